import Foundation

/// Notices changes by looking at every file again and again. It works everywhere.
struct PollingWatcher: Sendable {
  let tree: WatchedTree

  func changes(every interval: Duration) -> AsyncStream<Changes> {
    let before = snapshot()
    return AsyncStream { continuation in
      let task = Task {
        var before = before
        while (try? await Task.sleep(for: interval)) != nil {
          let now = snapshot()
          let changed = Set(before.keys).union(now.keys).filter { before[$0] != now[$0] }
          before = now
          if !changed.isEmpty { continuation.yield(Changes(paths: changed)) }
        }
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  private struct State: Equatable {
    let size: Int64
    let seconds: Int
    let nanoseconds: Int
    let inode: UInt64
  }

  private func snapshot() -> [String: State] {
    var files: [String: State] = [:]
    for root in tree.roots {
      tree.walk(root) { _, paths in
        for path in paths where !tree.ignoresFile(path) {
          var status = stat()
          guard stat(path, &status) == 0 else { continue }
          #if os(Linux)
            let time = status.st_mtim
          #else
            let time = status.st_mtimespec
          #endif
          files[path] = State(
            size: Int64(status.st_size), seconds: time.tv_sec, nanoseconds: time.tv_nsec, inode: UInt64(status.st_ino))
        }
      }
    }
    return files
  }
}
