import CWeftPlatform

/// The two words of a closure that its owner keeps alive, to be called by another thread before the owner returns.
///
/// A non-escaping closure cannot be stored in Swift, and `withoutActuallyEscaping` allocates a box (250 ns a `join`, measured).
public struct BorrowedClosure {
  @usableFromInline var words = WeftClosure(function: nil, context: nil)

  /// A closure that must not be called.
  @inlinable @inline(__always)
  public init() {}

  /// Takes the words of `body`.
  ///
  /// Unsafe: holds as long as the caller's frame in which `body` was made. Whoever stores the value must not let that frame
  /// end while somebody may still call it.
  @inlinable @inline(__always)
  public mutating func borrow(_ body: () -> Void) {
    captureClosure(body, &words)
  }

  /// Calls the closure.
  @inlinable @inline(__always)
  public func callAsFunction() {
    weft_closure_call(words)
  }
}

// A Swift function whose one definition is in C: it takes the closure's two words as two arguments, as the calling
// convention passes them.
@_silgen_name("weft_closure_capture")
@usableFromInline
func captureClosure(_ body: () -> Void, _ words: UnsafeMutablePointer<WeftClosure>)
