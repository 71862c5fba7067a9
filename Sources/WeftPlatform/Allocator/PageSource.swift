import CWeftPlatform

/// The pages of 64 KiB that heaps are made of. Slow path only: one lock, first fit in a bitmap, grows the memory when
/// nothing fits.
///
/// All memory belongs to one source, because the wasm memory is one.
enum PageSource {
  static let pageSize: UInt = 65536

  /// Guards the bitmap, the growth, and the list of idle heaps.
  static let lock = SpinLock()

  /// No page below this one is free. Guarded by `lock`.
  nonisolated(unsafe) private static var lowestFree: UInt = 0

  /// The bitmap. A pointer taken by a function, because a C array comes into Swift as a tuple.
  private static var bits: UnsafeMutablePointer<UInt64> { weft_free_pages_address() }
  private static var map: UnsafeMutablePointer<UInt16> { weft_page_map_address() }

  /// Takes `count` pages in a row. Returns the address of the first, or nil where the memory cannot grow.
  ///
  /// Complexity: O(pages of the memory / 64) at worst.
  @inline(never)
  static func take(_ count: UInt) -> UInt? {
    lock.withLock {
      if !isStarted { start() }
      if let page = firstFit(count) ?? grow(count) {
        setFree(page, count, false)
        return weft_pages_base() + page * pageSize
      }
      return nil
    }
  }

  /// Gives `count` pages from `address` back.
  static func give(_ address: UInt, _ count: UInt) {
    let page = (address - weft_pages_base()) / pageSize
    lock.withLock {
      setFree(page, count, true)
      lowestFree = min(lowestFree, page)
    }
  }

  /// Notes that the first `pages` pages from `address` belong to a run that begins there, so that `runStart` finds it.
  @inline(never)
  static func noteRun(_ address: UInt, _ pages: UInt) {
    let first = (address - weft_pages_base()) / pageSize
    var offset: UInt = 0
    while offset < pages {
      map[Int(bitPattern: first &+ offset)] = UInt16(truncatingIfNeeded: offset)
      offset &+= 1
    }
  }

  /// The address at which the run begins in which `address` lies.
  @inline(__always)
  static func runStart(of address: UInt) -> UInt {
    let page = (address &- weft_pages_base()) &>> 16
    return weft_pages_base() &+ (page &- UInt(map[Int(bitPattern: page)])) &<< 16
  }

  private static func isFree(_ page: UInt) -> Bool {
    bits[Int(bitPattern: page &>> 6)] & (1 &<< UInt64(page & 63)) != 0
  }

  private static func setFree(_ page: UInt, _ count: UInt, _ free: Bool) {
    // A `while`, here and below: compiling a `for` over a range of `UInt` takes Embedded Swift a quarter of a second.
    var page = page
    let end = page &+ count
    while page < end {
      let word = Int(bitPattern: page &>> 6)
      let bit: UInt64 = 1 &<< UInt64(page & 63)
      if free { bits[word] |= bit } else { bits[word] &= ~bit }
      page &+= 1
    }
  }

  private static func firstFit(_ count: UInt) -> UInt? {
    let end = weft_pages_count()
    var page = lowestFree
    var start = page
    var isLowest = true
    while page < end {
      if page & 63 == 0 && bits[Int(bitPattern: page &>> 6)] == 0 {
        page += 64
        start = page
      } else if !isFree(page) {
        page += 1
        start = page
      } else {
        if isLowest {
          lowestFree = page
          isLowest = false
        }
        page += 1
        if page - start == count { return start }
      }
    }
    if isLowest { lowestFree = end }
    return nil
  }

  /// The pages that the linker left of the first memory are the first free ones.
  private static func start() {
    isStarted = true
    let first = weft_pages_first()
    let end = weft_pages_count()
    if first < end { setFree(first, end - first, true) }
    lowestFree = first
  }

  nonisolated(unsafe) private static var isStarted = false

  /// Grows by a quarter, so that the number of growths stays small, or by what is needed where that is too much.
  private static func grow(_ count: UInt) -> UInt? {
    let size = weft_pages_count()
    let extra = max(count, min(size / 4, 256))
    var before = weft_pages_grow(extra)
    var grown = extra
    if before == UInt.max {
      before = weft_pages_grow(count)
      grown = count
    }
    guard before != UInt.max else { return nil }
    setFree(before, grown, true)
    lowestFree = min(lowestFree, before)
    return firstFit(count)
  }

  /// Bytes of memory that exist, and bytes of them that no heap holds.
  static var usage: (total: UInt, free: UInt) {
    lock.withLock {
      let count = weft_pages_count()
      var free: UInt = 0
      var word = 0
      while word < Int(bitPattern: (count + 63) / 64) {
        free += UInt(bitPattern: bits[word].nonzeroBitCount)
        word += 1
      }
      return (count * pageSize, free * pageSize)
    }
  }
}
