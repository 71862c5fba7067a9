import Foundation

/// The folders whose files matter while serving.
struct WatchedTree: Sendable {
  /// The folders at the top, with links followed.
  let roots: [String]
  /// Folders within them that do not matter.
  let ignored: Set<String>

  /// Watches `folders`, without `ignored` and what lies below it.
  init(folders: [URL], ignoring ignored: [URL]) {
    roots = folders.map(\.realPath)
    self.ignored = Set(ignored.map(\.realPath))
  }

  /// Whether a folder is left alone: hidden, foreign, or ignored.
  func ignores(_ folder: String) -> Bool {
    let name = (folder as NSString).lastPathComponent
    return name.hasPrefix(".") || name == "node_modules" || ignored.contains(folder)
  }

  /// Whether a file is left alone. Editors write hidden files beside the one that is edited.
  func ignoresFile(_ path: String) -> Bool {
    let name = (path as NSString).lastPathComponent
    return name.hasPrefix(".") || name.hasSuffix("~")
  }

  /// Calls `visit` with every folder in the tree below `folder`, which comes first, and the files in it; `enter` before it looks what is there.
  func walk(_ folder: String, enter: (_ folder: String) -> Void = { _ in }, visit: (_ folder: String, _ files: [String]) -> Void) {
    enter(folder)
    // A folder can vanish while it is walked; then it has no files.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var files: [String] = []
    var folders: [String] = []
    for name in names {
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR { folders.append(path) } else { files.append(path) }
    }
    visit(folder, files)
    for folder in folders where !ignores(folder) { walk(folder, enter: enter, visit: visit) }
  }
}

extension URL {
  fileprivate var realPath: String { resolvingSymlinksInPath().standardizedFileURL.path }
}
