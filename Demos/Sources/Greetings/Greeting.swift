import Weft

/// A greeting by whoever runs this: a thread of the pool, or the page itself.
@JS public func greet(_ name: String) -> String {
  let thread = Thread.current.name?.withBytes { String(decoding: $0, as: UTF8.self) }
  return "Hello, \(name), from \(thread ?? "the page")!"
}

/// A greeting by each thread of the pool, all of them at the same time.
@JS public func greetFromEveryThread(_ name: String) -> [String] {
  Pool.global.broadcast { _ in greet(name) }
}
