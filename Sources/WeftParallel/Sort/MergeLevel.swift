/// One round of merges: each run at an even place with the one behind it, cut into pieces for the threads.
@usableFromInline
struct MergeLevel<Element>: @unchecked Sendable {
  // Unchecked: a piece moves elements that no other piece touches.
  @usableFromInline let source: UnsafeMutablePointer<Element>
  @usableFromInline let target: UnsafeMutablePointer<Element>
  @usableFromInline let count: Int
  @usableFromInline let runCount: Int
  @usableFromInline let runLength: Int
  @usableFromInline let piecesOfMerge: Int

  @inlinable @inline(__always)
  init(
    from source: UnsafeMutablePointer<Element>, to target: UnsafeMutablePointer<Element>, _ count: Int,
    runCount: Int, runLength: Int
  ) {
    self.source = source
    self.target = target
    self.count = count
    self.runCount = runCount
    self.runLength = runLength
    piecesOfMerge = max(1, 2 &* runLength / mergePieceLength)
  }

  /// The round after this one, which goes back to where this one came from.
  @inlinable @inline(__always)
  var next: MergeLevel {
    MergeLevel(from: target, to: source, count, runCount: runCount / 2, runLength: runLength &* 2)
  }

  @inlinable @inline(__always)
  var pieceCount: Int { runCount / 2 &* piecesOfMerge }

  /// The two runs of a merge: from `start` to `middle` and from there to `end`.
  @inlinable @inline(__always)
  func runs(_ index: Int) -> (start: Int, middle: Int, end: Int) {
    let start = index &* 2 &* runLength
    return (start, start &+ runLength, index &* 2 &+ 2 == runCount ? count : start &+ 2 &* runLength)
  }

  /// How many elements of a merge come before one of its pieces.
  @inlinable @inline(__always)
  func offset(_ piece: Int, ofLength length: Int) -> Int {
    piece == piecesOfMerge ? length : length / piecesOfMerge &* piece
  }

  /// Finds for each piece how many of the elements before it come from the left run.
  ///
  /// Each is found once and within what the one before it leaves, so the pieces fit together whatever the comparison says.
  @inlinable @inline(__always)
  func findCuts<Order: SortOrder<Element>>(_ cuts: UnsafeMutablePointer<Int>, in order: Order) {
    var index = 0
    while index < pieceCount {
      let (start, middle, end) = runs(index / piecesOfMerge)
      let (left, right) = (source + start, source + middle)
      let piece = index % piecesOfMerge
      if piece == 0 {
        cuts[index] = 0
      } else {
        let before = offset(piece, ofLength: end &- start)
        let last = cuts[index &- 1]
        var low = max(last, before &- (end &- middle))
        var high = min(middle &- start, last &+ before &- offset(piece &- 1, ofLength: end &- start))
        while low < high {
          let taken = low &+ (high &- low) / 2
          if order.isOrdered(right[before &- taken &- 1], before: left[taken]) { high = taken } else { low = taken &+ 1 }
        }
        cuts[index] = low
      }
      index &+= 1
    }
  }

  /// Merges one piece.
  @inlinable @inline(__always)
  func merge<Order: SortOrder<Element>>(_ index: Int, cuts: UnsafeMutablePointer<Int>, in order: Order) {
    let (start, middle, end) = runs(index / piecesOfMerge)
    let piece = index % piecesOfMerge
    let first = offset(piece, ofLength: end &- start)
    let last = offset(piece &+ 1, ofLength: end &- start)
    let leftStart = cuts[index]
    let leftEnd = piece &+ 1 == piecesOfMerge ? middle &- start : cuts[index &+ 1]
    let rightStart = first &- leftStart
    mergeRuns(
      source + (start &+ leftStart), leftEnd &- leftStart,
      source + (middle &+ rightStart), last &- leftEnd &- rightStart,
      to: target + (start &+ first), in: order)
  }
}
