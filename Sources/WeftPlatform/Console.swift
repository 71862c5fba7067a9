#if arch(wasm32) || arch(wasm64)
  import CWeftPlatform
  import Synchronization

  private let isPrinting = Atomic<Bool>(false)

  /// Prints one line, alone: the system takes a long one in parts, between which another thread's could come.
  @_cdecl("weft_print_whole_line")
  func printWholeLine(_ text: UnsafePointer<UInt8>, _ count: UInt) {
    var spins = 0
    // Orders the lines; nothing is published. Whoever failed while it printed does not come back.
    while isPrinting.exchange(true, ordering: .relaxed) {
      stopIfAnotherThreadFailed()
      backOff(&spins)
    }
    weft_print_line(text, count)
    isPrinting.store(false, ordering: .relaxed)
  }
#endif
