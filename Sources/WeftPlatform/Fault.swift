#if arch(wasm32) || arch(wasm64)
  import CWeftPlatform
  import Synchronization

  /// A thread that stopped in an error of the program. What others wait for will never come; they stop too.
  ///
  /// JavaScript writes it, where the thread ran or where its worker was started: what is left of a thread may be nothing.
  enum Fault {
    static let known: Int32 = 2

    /// The first field of `weft_fault`. Acquire: pairs with `Atomics.store` in JavaScript, publishes the message.
    static var isKnown: Bool {
      UnsafeMutableRawPointer(weft_fault_address()).assumingMemoryBound(to: Atomic<Int32>.self).pointee.load(ordering: .acquiring) == known
    }
  }

  /// Where JavaScript writes what has stopped a thread.
  @_expose(wasm, "weft_fault")
  @_cdecl("weft_fault_for_javascript")
  func faultForJavaScript() -> Double { UnsafeMutableRawPointer(weft_fault_address()).forJavaScript }
#endif

/// Stops the running thread if another one has stopped in an error, so that nobody waits for it for ever.
@export(interface)
public func stopIfAnotherThreadFailed() {
  #if arch(wasm32) || arch(wasm64)
    if Fault.isKnown { weft_trap() }
  #endif
}

/// Stops the program with a message. On the web the message goes to the console and into the JavaScript error: Embedded
/// Swift drops the message of `fatalError` in a release build.
@inline(never)
@export(interface)
public func fail(_ message: StaticString) -> Never {
  #if arch(wasm32) || arch(wasm64)
    weft_print_line(message.utf8Start, UInt(message.utf8CodeUnitCount))
    weft_trap()
  #else
    fatalError("\(message)")
  #endif
}

/// Stops the program because of what it has just printed, which goes into the JavaScript error.
@inline(never)
@export(interface)
public func failAsPrinted() -> Never {
  #if arch(wasm32) || arch(wasm64)
    weft_trap()
  #else
    fatalError()
  #endif
}
