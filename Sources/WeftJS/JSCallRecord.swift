import CWeftPlatform
import Synchronization
import WeftPlatform

/// A call of JavaScript as both sides see it. JavaScript knows where the fields are.
struct JSCallRecord: ~Copyable {
  enum Target {
    case `import`(Int32)
    case value(Int32)
    case release(Int32)
    case worker(Int32)
  }

  /// What JavaScript stores when the call is over.
  private enum State {
    static let waiting: Int32 = 0
    static let threw: Int32 = 2
  }

  /// Byte 0. First, so that it can be waited on by the address of the whole.
  let state = Atomic<Int32>(State.waiting)
  /// Byte 4: 0 for an import, 1 for a value, 2 to let go of a value, 3 for what isolated workers need.
  let kind: Int32
  /// Byte 8: which of these.
  let number: Int32
  /// Byte 12: whether something is to come back.
  let needsResult: Int32
  /// Bytes 16 and 24: where what was written is. JavaScript writes the second, in memory that Swift frees.
  let arguments: Double
  var result: Double = 0
  /// Bytes 32 and 40: how long the arguments are, and where the last array among them is noted.
  let length: Double
  let lastBlock: UInt32
  /// Byte 44: whether the thread that makes the call waits for it itself.
  var isOwn: Int32 = 0
  /// Whether nobody waits, so that the record is freed with the call.
  var isSent = false
  /// The next in the queue, under its lock.
  var next: UnsafeMutablePointer<JSCallRecord>?

  init(_ target: Target, arguments: borrowing _JSWriter, needsResult: Bool) {
    self.arguments = arguments.address.forJavaScript
    length = Double(arguments.length)
    lastBlock = arguments.lastBlockNote
    self.needsResult = needsResult ? 1 : 0
    switch target {
    case .import(let number): (kind, self.number) = (0, number)
    case .value(let number): (kind, self.number) = (1, number)
    case .release(let number): (kind, self.number) = (2, number)
    case .worker(let number): (kind, self.number) = (3, number)
    }
  }

  var hasThrown: Bool { state.load(ordering: .relaxed) == State.threw }
}

extension UnsafeMutablePointer where Pointee == JSCallRecord {
  var hasThrown: Bool { pointee.hasThrown }

  func takeResult() -> UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: UInt(pointee.result)) }

  /// Makes the call, and waits until it is over.
  func run(onMain: Bool) {
    #if arch(wasm32) || arch(wasm64)
      if !onMain || MainThreadWork.isHere {
        pointee.isOwn = 1
        return makeHere()
      }
      MainThreadCalls.add(self)
      let word = UnsafeMutableRawPointer(self).assumingMemoryBound(to: Atomic<Int32>.self)
      // Not an endless wait to the one who looks for deadlocks: the page may answer whenever it likes.
      var wait = BlockedWait(for: "a function of JavaScript", isEndless: false)
      // Acquire: pairs with `Atomics.store` in JavaScript, publishes the result.
      while word.pointee.load(ordering: .acquiring) == 0 { wait.sleep(word, while: 0) }
    #else
      fail("There is no JavaScript here: functions of JavaScript can be called on the web only")
    #endif
  }

  /// Has the call made, and frees the record afterwards.
  func send() {
    #if arch(wasm32) || arch(wasm64)
      pointee.isSent = true
      if MainThreadWork.isHere { makeHere() } else { MainThreadCalls.add(self) }
    #else
      deinitialize(count: 1)
      deallocate()
    #endif
  }

  #if arch(wasm32) || arch(wasm64)
    func makeHere() {
      let isSent = pointee.isSent
      weft_call_javascript(UnsafeMutableRawPointer(self).forJavaScript)
      if isSent {
        deinitialize(count: 1)
        deallocate()
      }
    }
  #endif
}

#if arch(wasm32) || arch(wasm64)
  /// The calls that wait for the thread that JavaScript belongs to, in their order. Thread-safe.
  enum MainThreadCalls {
    private static let lock = SpinLock()
    /// Guarded by `lock`.
    nonisolated(unsafe) private static var first: UnsafeMutablePointer<JSCallRecord>?
    nonisolated(unsafe) private static var last: UnsafeMutablePointer<JSCallRecord>?

    static func add(_ call: UnsafeMutablePointer<JSCallRecord>) {
      MainThreadWork.set(runAll)
      lock.withLock {
        if let last { last.pointee.next = call } else { first = call }
        last = call
      }
      // It may be in JavaScript, or wait in Swift, and then looks by itself.
      weft_ask_main(Double(unsafeBitCast(runAll, to: Int.self)))
    }

    private static func removeFirst() -> UnsafeMutablePointer<JSCallRecord>? {
      lock.withLock {
        guard let call = first else { return nil }
        first = call.pointee.next
        if first == nil { last = nil }
        return call
      }
    }

    private static let runAll: @convention(c) () -> Void = {
      while let call = removeFirst() { call.makeHere() }
    }
  }
#endif
