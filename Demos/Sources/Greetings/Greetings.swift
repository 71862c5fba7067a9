import Weft

/// Says hello on each thread of the pool, on all of them at the same time.
@JS public func greetOnEveryThread() {
  _ = Pool.global.broadcast { _ in print("Hello, world!") }
}
