#if arch(wasm32)
  import CWeftPlatform
  import Synchronization

  /// A thread that stopped in an error of the program. What others wait for will never come; they stop too.
  ///
  /// JavaScript ends the workers, but where it waits itself (a call in Node) somebody must let go of it.
  enum Fault {
    static let none: Int32 = 0
    static let beingWritten: Int32 = 1
    static let known: Int32 = 2
    static let state = Atomic<Int32>(none)
    /// Bytes of the message. Written before `state` becomes `known`.
    nonisolated(unsafe) static var messageCount = 0
  }

  /// Called on a thread that has trapped. Returns where its message is to be written, 1024 bytes, or null if another thread
  /// was first.
  @_expose(wasm, "weft_fault_begin")
  @_cdecl("weft_fault_begin")
  func beginFault() -> UnsafeMutablePointer<UInt8>? {
    Fault.state.compareExchange(expected: Fault.none, desired: Fault.beingWritten, ordering: .relaxed).exchanged
      ? weft_fault_message_address() : nil
  }

  @_expose(wasm, "weft_fault_end")
  @_cdecl("weft_fault_end")
  func endFault(_ count: Int) {
    Fault.messageCount = count
    // Release: pairs with the acquires below, publishes the message.
    Fault.state.store(Fault.known, ordering: .releasing)
  }

  /// Bytes of the first fault's message; 0 while no thread has stopped.
  @_expose(wasm, "weft_fault_count")
  @_cdecl("weft_fault_count")
  func faultCount() -> Int {
    Fault.state.load(ordering: .acquiring) == Fault.known ? Fault.messageCount : 0
  }

  @_expose(wasm, "weft_fault_text")
  @_cdecl("weft_fault_text")
  func faultText() -> UnsafeMutablePointer<UInt8> { weft_fault_message_address() }
#endif

/// Stops the running thread if another one has stopped in an error, so that nobody waits for it for ever.
@export(interface)
public func stopIfAnotherThreadFailed() {
  #if arch(wasm32)
    if Fault.state.load(ordering: .acquiring) == Fault.known { weft_trap() }
  #endif
}

/// Stops the program with a message. On the web the message goes to the console and into the JavaScript error: Embedded
/// Swift drops the message of `fatalError` in a release build.
@inline(never)
@export(interface)
public func fail(_ message: StaticString) -> Never {
  #if arch(wasm32)
    weft_print_line(message.utf8Start, UInt(message.utf8CodeUnitCount))
    weft_trap()
  #else
    fatalError("\(message)")
  #endif
}
