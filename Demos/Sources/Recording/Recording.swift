import Weft

/// Begins to record what each thread does.
@JS public func startRecording() { Pool.current.startTracing() }

/// Ends the recording.
///
/// - Returns: A trace in Chrome's format, JSON in UTF-8.
@JS public func stopRecording() -> [UInt8] { Pool.current.stopTracing() }
