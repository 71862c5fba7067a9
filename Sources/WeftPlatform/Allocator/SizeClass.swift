/// The sizes in which small memory is handed out: every 16 bytes up to 128, then four steps to each doubling, up to 64 KiB.
/// No request wastes more than a fifth of its block (beyond 128 bytes).
enum SizeClass {
  static let count = 44
  static let largestSize: UInt = 65536

  /// The smallest class that holds `size` bytes. O(1), a few instructions.
  @inline(__always)
  static func index(for size: UInt) -> Int {
    if size <= 128 { return Int(bitPattern: (max(size, 1) &+ 15) &>> 4) &- 1 }
    let last = size &- 1
    let exponent = UInt.bitWidth &- 1 &- last.leadingZeroBitCount
    let quarter = Int(bitPattern: last &>> UInt(bitPattern: exponent &- 2)) & 3
    return 8 &+ (exponent &- 7) &* 4 &+ quarter
  }

  /// The size of the blocks of a class, in bytes: a multiple of 16.
  static func blockSize(_ index: Int) -> UInt {
    if index < 8 { return UInt(index + 1) * 16 }
    let (doubling, quarter) = ((index &- 8) &>> 2, (index &- 8) & 3)
    return UInt(bitPattern: 5 &+ quarter) &<< UInt(bitPattern: doubling &+ 5)
  }
}
