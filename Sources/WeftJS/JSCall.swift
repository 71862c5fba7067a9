import Synchronization
import WeftPlatform

/// A call of a function of JavaScript's, as it is being made. What `@JS` generates uses it.
public struct _JSCall {
  private var writer = _JSWriter()
  private let target: JSCallRecord.Target
  /// Keeps the function alive until the call is over.
  private let function: JSValue?
  private let onMain: Bool

  /// A call of a function that JavaScript has passed, on the thread that it belongs to.
  public init(_ function: JSValue) {
    target = .value(function.id)
    self.function = function
    onMain = true
  }

  /// A call of a function that the program imports.
  public init(import number: Int32, onPage: Bool) {
    target = .import(number)
    function = nil
    onMain = onPage
  }

  /// A call of what JavaScript does for isolated workers, on the calling thread.
  package init(worker number: Int32) {
    target = .worker(number)
    function = nil
    onMain = false
  }

  /// Tells JavaScript that nobody refers to a value any more.
  @export(interface)
  static func release(_ value: Int32) {
    let record = UnsafeMutablePointer<JSCallRecord>.allocate(capacity: 1)
    record.initialize(to: JSCallRecord(.release(value), arguments: _JSWriter(), needsResult: false))
    record.send()
  }

  /// Adds an argument.
  public mutating func write<Codec: _JSCodec>(_ codec: Codec.Type, _ value: consuming Codec.Value) { Codec._write(value, &writer) }

  /// Makes the call, and waits for what it returns.
  public mutating func perform<Codec: _JSCodec>(_ codec: Codec.Type) -> Codec.Value {
    var reply = makeOrStop(needsResult: true)
    defer { reply.free() }
    return reply.reader.read(Codec.self)
  }

  /// Makes the call, and waits until it is over.
  public mutating func perform() {
    var reply = makeOrStop(needsResult: false)
    reply.free()
  }

  /// Makes the call, and waits for what it returns or throws.
  public mutating func tryPerform<Codec: _JSCodec>(_ codec: Codec.Type) throws(JSError) -> Codec.Value {
    var reply = make(needsResult: true)
    defer { reply.free() }
    if reply.hasThrown { throw reply.reader.read(JSError.self) }
    return reply.reader.read(Codec.self)
  }

  /// Makes the call, and waits until it is over.
  public mutating func tryPerform() throws(JSError) {
    var reply = make(needsResult: false)
    defer { reply.free() }
    if reply.hasThrown { throw reply.reader.read(JSError.self) }
  }

  private mutating func makeOrStop(needsResult: Bool) -> Reply {
    var reply = make(needsResult: needsResult)
    if reply.hasThrown {
      let error = reply.reader.read(JSError.self)
      // Its own words, because they go into the error that ends the app.
      print("JavaScript threw an error where the declaration in Swift does not say 'throws(JSError)': ", terminator: "")
      printPart(error.name)
      print(": ", terminator: "")
      printPart(error.message)
      print("")
      failAsPrinted()
    }
    return reply
  }

  @export(interface)
  private mutating func make(needsResult: Bool) -> Reply {
    let record = UnsafeMutablePointer<JSCallRecord>.allocate(capacity: 1)
    record.initialize(to: JSCallRecord(target, arguments: writer, needsResult: needsResult))
    record.run(onMain: onMain)
    let reply = Reply(memory: record.takeResult(), hasThrown: record.hasThrown)
    record.deinitialize(count: 1)
    record.deallocate()
    writer.free()
    return reply
  }

  private struct Reply {
    let memory: UnsafeMutableRawPointer?
    let hasThrown: Bool
    var reader: _JSReader

    init(memory: UnsafeMutableRawPointer?, hasThrown: Bool) {
      self.memory = memory
      self.hasThrown = hasThrown
      // Nothing is read where nothing was written.
      reader = _JSReader(memory ?? UnsafeMutableRawPointer(bitPattern: 8).unsafelyUnwrapped, ownsObjects: true)
    }

    mutating func free() { if let memory { freeMemory(memory) } }
  }
}
