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

/// Prints text and does not end the line. On the web `print` compiles, into each module that prints a string, what makes one piece of it.
@export(interface)
public func printPart(_ text: String) {
  #if arch(wasm32) || arch(wasm64)
    // Always there: only strings of Foundation may not lie in one piece.
    text.utf8.withContiguousStorageIfAvailable { for byte in $0 { putchar(Int32(byte)) } }
  #else
    print(text, terminator: "")
  #endif
}
