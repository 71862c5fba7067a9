import Foundation

/// Notices that files change.
enum SourceWatcher {
  /// The changes below some folders, collected until none has come for `quiet`.
  static func changes(in tree: WatchedTree, quiet: Duration = .milliseconds(80)) -> AsyncStream<Changes> {
    #if os(Linux)
      // Without a free watch of the system (the number is limited), asking again and again works too.
      if let watcher = InotifyWatcher(tree: tree) { return watcher.changes(quiet: quiet) }
    #endif
    return PollingWatcher(tree: tree).changes(every: .milliseconds(400))
  }
}
