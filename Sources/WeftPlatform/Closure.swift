import CWeftPlatform

// Closures that their owner keeps alive, to be called by another thread before the owner returns. A non-escaping closure
// cannot be stored in Swift, and `withoutActuallyEscaping` allocates a box (250 ns a `join`, measured).

/// Calls `use` with the words of `body`, which hold until `use` returns.
///
/// Unsafe: whoever stores them must not let `use` return while somebody may still call the closure.
@inlinable @inline(__always)
public func withBorrowedClosure<Result, Failure: Error>(
  _ body: () -> Void, _ use: (WeftClosure) throws(Failure) -> Result
) throws(Failure) -> Result {
  weft_define_captures()
  var words = WeftClosure()
  _withUnprotectedUnsafeMutablePointer(to: &words) { captureClosure(body, $0) }
  return try use(words)
}

/// The same for a closure over a range, given by its bounds.
@inlinable @inline(__always)
public func withBorrowedClosure<Result, Failure: Error>(
  over body: (Int, Int) -> Int, _ use: (WeftClosure) throws(Failure) -> Result
) throws(Failure) -> Result {
  weft_define_captures()
  var words = WeftClosure()
  _withUnprotectedUnsafeMutablePointer(to: &words) { captureRangeClosure(body, $0) }
  return try use(words)
}

// Swift functions whose one definition is in C: it takes the closure's two words as two arguments, as the calling convention
// passes them.
@_silgen_name("weft_closure_capture")
@usableFromInline
func captureClosure(_ body: () -> Void, _ words: UnsafeMutablePointer<WeftClosure>)

@_silgen_name("weft_range_closure_capture")
@usableFromInline
func captureRangeClosure(_ body: (Int, Int) -> Int, _ words: UnsafeMutablePointer<WeftClosure>)
