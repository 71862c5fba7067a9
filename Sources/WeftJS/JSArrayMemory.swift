import WeftPlatform

// Arrays of numbers are filled by JavaScript, in their own memory, so that they are copied once and not twice.

#if arch(wasm32) || arch(wasm64)
  /// Makes an array of `count` elements of `size` bytes, and returns the object that holds them, with one reference to it. The
  /// elements begin behind four words of the size of an address. JavaScript fills it, and hands the reference on or lets go of it.
  /// Returns 0 if the memory is exhausted: an argument that does not fit is no fault of the program's.
  @_expose(wasm, "weft_make_array")
  @_cdecl("weft_make_array")
  func makeArray(_ count: Double, _ size: Int32) -> Double {
    let bytes = count * Double(size) + Double(4 * MemoryLayout<Int>.size)
    // An object counts twice its elements in an `Int`.
    guard bytes < Double(UInt.max), count < Double(Int.max / 2), let memory = allocateMemoryIfPossible(UInt(bytes)) else { return 0 }
    // Objects of arrays of plain elements differ in nothing that is used but their two counts, which stand behind two words: the elements,
    // and twice those that there is room for. The first two words are those of any other. JavaScript writes the elements.
    let header = memory.assumingMemoryBound(to: Int.self)
    let other = retainStorage(of: [UInt64](unsafeUninitializedCapacity: 1) { $1 = 1 })
    header.update(from: UnsafePointer(bitPattern: other).unsafelyUnwrapped, count: 2)
    release(other)
    header[2] = Int(count)
    header[3] = Int(count) * 2
    return memory.forJavaScript
  }

  /// Adds a reference to an object, for what a function of JavaScript returns: its handle may be disposed of before Swift reads it.
  @_expose(wasm, "weft_retain")
  @_cdecl("weft_retain")
  func retainForJavaScript(_ object: Double) {
    guard let object = UnsafeRawPointer(bitPattern: UInt(object)) else { return }
    _ = Unmanaged<AnyObject>.fromOpaque(object).retain()
  }

  /// Lets go of an object whose class needs nothing to be done when it ends but to be freed.
  @_expose(wasm, "weft_release")
  @_cdecl("weft_release")
  func releaseForJavaScript(_ object: Double) { release(UInt(object)) }
#endif

func release(_ object: UInt) {
  guard let object = UnsafeRawPointer(bitPattern: object) else { return }
  Unmanaged<AnyObject>.fromOpaque(object).release()
}
