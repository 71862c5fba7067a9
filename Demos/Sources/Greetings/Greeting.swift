import Weft

/// Says hello, on whichever thread runs it.
@JS public func greet() {
  print("Hello, world!")
}
