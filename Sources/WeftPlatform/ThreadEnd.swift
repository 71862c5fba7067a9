import CWeftPlatform

/// What a thread does at its end with its thread-local values. It stands first in what `weft_current_values` points to: so a
/// program without such values is without their code.
public typealias ThreadLocalValuesEnd = @convention(c) (UnsafeMutableRawPointer) -> Void

/// Ends the running thread's values. Nothing of it may use any afterwards.
func endThreadLocals() {
  guard let values = weft_current_values() else { return }
  values.load(as: ThreadLocalValuesEnd.self)(values)
}
