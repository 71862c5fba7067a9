#if arch(wasm32) || arch(wasm64)
  import Synchronization

  /// Waits until another thread has made a global.
  @_cdecl("weft_await_first_use")
  func awaitFirstUse(_ state: UnsafeMutableRawPointer) {
    if !canStartThreads { fail("Deadlock: a global is used while it is being made, by what makes it") }
    // An `Atomic<Int>` is laid out as the integer in it.
    let state = state.assumingMemoryBound(to: Atomic<Int>.self)
    var spins = 0
    // Acquire: pairs with the release in `swift_once`, publishes the global.
    while state.pointee.load(ordering: .acquiring) >= 0 {
      stopIfAnotherThreadFailed()
      backOff(&spins)
    }
  }
#endif
