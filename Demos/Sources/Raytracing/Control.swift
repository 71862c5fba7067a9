import Synchronization
import Weft

/// The words of shared memory through which the page and a running call talk without a message.
struct Control: Sendable {
  private let words: SharedBuffer<Int32>

  /// - Precondition: the buffer has at least two words.
  init(_ words: SharedBuffer<Int32>) {
    precondition(words.count >= 2, "the control buffer needs 2 words")
    self.words = words
  }

  /// Whether the page wants the rendering to stop. Pairs with the page's `Atomics.store`.
  var isStopRequested: Bool { word(0).pointee.load(ordering: .relaxed) != 0 }

  /// Adds one to the tiles that are done. Releases the tile's pixels to the page's `Atomics.load`.
  func countTile() {
    word(1).pointee.add(1, ordering: .releasing)
  }

  /// SAFETY: the initialiser has checked that both words exist, an `Atomic<Int32>` has the layout of an `Int32`, and neither
  /// side ever uses the words but atomically while a call runs.
  private func word(_ index: Int) -> UnsafePointer<Atomic<Int32>> {
    UnsafeRawPointer(words.baseAddress + index).assumingMemoryBound(to: Atomic<Int32>.self)
  }
}
