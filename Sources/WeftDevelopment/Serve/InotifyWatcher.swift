#if os(Linux)
  import Foundation
  import Glibc

  /// Notices changes as the Linux kernel tells of them.
  final class InotifyWatcher: @unchecked Sendable {
    // Only the thread that `changes` starts uses these once it runs.
    private let tree: WatchedTree
    private let events: Int32
    private let stop = Pipe()
    private var folders: [Int32: String] = [:]

    private static let interesting = UInt32(IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR)

    /// Starts to watch; there is no watcher if the kernel has no watches left.
    init?(tree: WatchedTree) {
      self.tree = tree
      events = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
      guard events >= 0 else { return nil }
      var complete = true
      for root in tree.roots {
        tree.walk(root, enter: { complete = add($0) && complete }, visit: { _, _ in })
      }
      guard complete else { return nil }
    }

    deinit {
      close(events)
    }

    /// Watches one folder. One that has just vanished counts as watched.
    private func add(_ folder: String) -> Bool {
      let watch = inotify_add_watch(events, folder, Self.interesting)
      guard watch >= 0 else { return errno == ENOENT || errno == ENOTDIR }
      folders[watch] = folder
      return true
    }

    func changes(quiet: Duration) -> AsyncStream<Changes> {
      let milliseconds = Int32(quiet / .milliseconds(1))
      return AsyncStream { continuation in
        continuation.onTermination = { [self] _ in stop.fileHandleForWriting.closeFile() }
        Thread.detachNewThread { [self] in
          var pending = Changes()
          while let ready = wait(milliseconds: pending.isEmpty ? -1 : milliseconds) {
            if ready {
              read(into: &pending)
            } else {
              continuation.yield(pending)
              pending = Changes()
            }
          }
          continuation.finish()
        }
      }
    }

    /// Waits for an event: whether one came in time, or nothing if it is time to stop.
    private func wait(milliseconds: Int32) -> Bool? {
      var descriptors = [events, stop.fileHandleForReading.fileDescriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      var count: Int32
      repeat { count = poll(&descriptors, 2, milliseconds) } while count < 0 && errno == EINTR
      return count < 0 || descriptors[1].revents != 0 ? nil : count > 0
    }

    private func read(into changes: inout Changes) {
      let header = MemoryLayout<inotify_event>.size
      withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: MemoryLayout<inotify_event>.alignment) { buffer in
        let count = Glibc.read(events, buffer.baseAddress, buffer.count)
        var offset = 0
        while offset < count {
          let event = buffer.load(fromByteOffset: offset, as: inotify_event.self)
          // The name follows the event, filled up with zeros.
          let name = buffer[offset + header..<offset + header + Int(event.len)].prefix { $0 != 0 }
          note(event, name: String(decoding: name, as: UTF8.self), in: &changes)
          offset += header + Int(event.len)
        }
      }
    }

    private func note(_ event: inotify_event, name: String, in changes: inout Changes) {
      if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { changes.isOverflow = true }
      if event.mask & UInt32(IN_IGNORED) != 0 { folders[event.wd] = nil }
      guard let folder = folders[event.wd], !name.isEmpty else { return }
      let path = "\(folder)/\(name)"
      guard event.mask & UInt32(IN_ISDIR) != 0 else {
        if !tree.ignoresFile(path) { changes.paths.insert(path) }
        return
      }
      guard event.mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0, !tree.ignores(path) else { return }
      // Files may have come into the new folder before it was watched, and may come while it is looked at: first the watch, then the look.
      tree.walk(path) { folder in
        if !add(folder) { changes.isOverflow = true }
      } visit: { _, files in
        changes.paths.formUnion(files.filter { !tree.ignoresFile($0) })
      }
    }
  }
#endif
