import Synchronization
import WeftPlatform
import WeftScheduler

// What JavaScript may do with a call while it runs: ask it to stop, and look how far it is. Its arguments hold the address of a block
// that JavaScript keeps until the call is over, or 0:
//   0   Int32: set to 1 by JavaScript to cancel
//   8   Double: the object of the `Cancellation`, whose flag JavaScript may set, from the moment that it is there
//   16  Double: the object of the `ProgressCounter`, whose numbers JavaScript may read
// JavaScript lets go of both objects.

extension Cancellation: _JSCodec {
  public static func _read(_ reader: inout _JSReader) -> Cancellation {
    let cancellation = Cancellation()
    guard let block = UnsafeMutableRawPointer(bitPattern: reader.size()) else { return cancellation }
    publish(cancellation, at: block + 8)
    // Sequentially consistent, as are JavaScript's accesses: either it sees the object or this sees its wish.
    if block.assumingMemoryBound(to: Atomic<Int32>.self).pointee.load(ordering: .sequentiallyConsistent) != 0 { cancellation.cancel() }
    return cancellation
  }

  public static func _write(_ value: consuming Cancellation, _ writer: inout _JSWriter) {}
}

extension ProgressCounter: _JSCodec {
  public static func _read(_ reader: inout _JSReader) -> ProgressCounter {
    let progress = ProgressCounter()
    if let block = UnsafeMutableRawPointer(bitPattern: reader.size()) { publish(progress, at: block + 16) }
    return progress
  }

  public static func _write(_ value: consuming ProgressCounter, _ writer: inout _JSWriter) {}
}

private func publish(_ object: AnyObject, at place: UnsafeMutableRawPointer) {
  // The bits of a floating-point number are stored as an integer, in one piece.
  let address = Unmanaged.passRetained(object).toOpaque().forJavaScript.bitPattern
  place.assumingMemoryBound(to: Atomic<UInt64>.self).pointee.store(address, ordering: .sequentiallyConsistent)
}
