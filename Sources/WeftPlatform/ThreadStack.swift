#if arch(wasm32) || arch(wasm64)
  /// A thread's stack in the shared memory. It grows down from its end.
  struct ThreadStack: ~Copyable {
    private let memory: UnsafeMutableRawPointer
    let end: UnsafeMutableRawPointer

    /// Two words at the lowest end that nothing but an overflow changes.
    private static let guardWord: UInt64 = 0x5745_4654_5354_4B21

    init(size: Int) {
      let bytes = UInt(max(size, 16384) + 15) & ~15
      guard let memory = Allocator.allocate(bytes) else { memoryIsExhausted(bytes) }
      self.memory = memory
      end = memory + Int(bytes)
      memory.storeBytes(of: ThreadStack.guardWord, as: UInt64.self)
      memory.storeBytes(of: ThreadStack.guardWord, toByteOffset: 8, as: UInt64.self)
    }

    /// Gives the memory back. Nobody may run on it.
    borrowing func free() { Allocator.free(memory) }

    borrowing func check() {
      if memory.load(as: UInt64.self) != ThreadStack.guardWord || memory.load(fromByteOffset: 8, as: UInt64.self) != ThreadStack.guardWord {
        fail("Stack overflow: the thread wrote past the end of its stack. Recurse less deep, or pass a larger stackSize to init().")
      }
    }
  }
#endif
