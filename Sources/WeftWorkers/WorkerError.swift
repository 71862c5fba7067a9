/// Why a worker did not do what it was asked for.
public enum WorkerError: Error, Sendable {
  /// It could not be started, or a fault has stopped it: with the message.
  case stopped(String)
  /// It has ended, or was terminated: nothing comes any more.
  case ended
  /// What was asked for would have to wait, where nothing can: on a page, and in the single-threaded build.
  case wouldWait
}
