import Weft

/// Says hello, on whichever thread runs it.
@JS public func greet() {
  print("Hello, world!")
}

/// Says hello on each thread of the pool.
@JS public func greetOnEveryThread() {
  _ = Pool.global.broadcast { _ in print("Hello, world!") }
}
