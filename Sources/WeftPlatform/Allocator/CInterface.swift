#if arch(wasm32) || arch(wasm64)
  import CWeftPlatform

  // The names by which the compiler and C code ask for memory.

  @_cdecl("posix_memalign")
  func posixMemalign(
    _ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: UInt, _ size: UInt
  ) -> Int32 {
    // Swift does not look at the error, so this is where running out is said.
    guard let block = Allocator.allocate(size, alignment: alignment) else { memoryIsExhausted(size) }
    result.pointee = block
    return 0
  }

  @_cdecl("calloc")
  func cCalloc(_ count: UInt, _ size: UInt) -> UnsafeMutableRawPointer? {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
    guard !overflow, let block = Allocator.allocate(bytes) else { return nil }
    block.initializeMemory(as: UInt8.self, repeating: 0, count: Int(bytes))
    return block
  }

  @_cdecl("realloc")
  func cRealloc(_ pointer: UnsafeMutableRawPointer?, _ size: UInt) -> UnsafeMutableRawPointer? {
    guard let pointer else { return Allocator.allocate(size) }
    let usable = Allocator.usableSize(pointer)
    if size <= usable && size >= usable / 2 { return pointer }
    guard let block = Allocator.allocate(size) else { return nil }
    block.copyMemory(from: pointer, byteCount: Int(min(size, usable)))
    Allocator.free(pointer)
    return block
  }

  @inline(never)
  func memoryIsExhausted(_ size: UInt) -> Never {
    let usage = PageSource.usage
    weft_memory_exhausted(size, usage.total, usage.free)
  }

  /// `malloc`.
  @_cdecl("weft_malloc")
  func cMalloc(_ size: UInt) -> UnsafeMutableRawPointer? { Allocator.allocate(size) }

  /// `free`.
  @_cdecl("weft_c_free")
  func cFree(_ pointer: UnsafeMutableRawPointer?) {
    if let pointer { Allocator.free(pointer) }
  }

  /// Memory for JavaScript's arguments. 0 where memory is exhausted: JavaScript throws.
  @_expose(wasm, "weft_allocate")
  @_cdecl("weft_allocate")
  func allocateForJavaScript(_ size: Double) -> Double {
    // What is too much for an address becomes the greatest one, which is never free.
    cMalloc(UInt(bitPattern: weft_address(size))).forJavaScript
  }

  /// Frees what `weft_allocate` returned, and results that JavaScript has copied.
  @_expose(wasm, "weft_free")
  @_cdecl("weft_free")
  func freeForJavaScript(_ address: Double) { cFree(weft_address(address)) }
#endif
