import Foundation

/// Replaces a folder as a whole: the new one is written beside it and then takes its name.
///
/// Readers see either the old files or the new ones. A failure at any point leaves the old folder in place; what a killed run has left
/// beside it is removed by the next.
struct FolderReplacement {
  private let output: URL
  private let isReplaceable: (URL) -> Bool
  private let files = FileManager.default

  /// Existing folders that `isReplaceable` does not accept are not touched, unless they are empty.
  init(of output: URL, isReplaceable: @escaping (URL) -> Bool) {
    // Where the output is a link, its target is replaced and not the link.
    self.output = output.standardizedFileURL.resolvingSymlinksInPath()
    self.isReplaceable = isReplaceable
  }

  func replace(with contents: [String: Data]) throws(PackagingError) {
    try checkOutput()
    let parent = output.deletingLastPathComponent()
    try attempt("make the folder '\(parent.path)'") {
      try files.createDirectory(at: parent, withIntermediateDirectories: true)
    }
    try recover(in: parent)

    let staging = parent.appending(component: "\(temporaryPrefix)\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString).new")
    let previous = staging.deletingPathExtension().appendingPathExtension("old")
    do throws(PackagingError) {
      try attempt("write the package beside '\(output.path)'") {
        try files.createDirectory(at: staging, withIntermediateDirectories: false)
        for (name, data) in contents { try data.write(to: staging.appending(component: name)) }
      }
      try swap(staging, keeping: previous)
    } catch {
      // The first failure is the one to tell of; what is left of the new folder goes with the next run.
      try? files.removeItem(at: staging)
      throw error
    }
  }

  func swap(_ staging: URL, keeping previous: URL) throws(PackagingError) {
    let existed = files.fileExists(atPath: output.path)
    try attempt("replace '\(output.path)'") {
      if existed { try files.moveItem(at: output, to: previous) }
      do {
        try files.moveItem(at: staging, to: output)
      } catch {
        if existed { try files.moveItem(at: previous, to: output) }
        throw error
      }
      if existed { try files.removeItem(at: previous) }
    }
  }

  private func checkOutput() throws(PackagingError) {
    var isFolder: ObjCBool = false
    guard files.fileExists(atPath: output.path, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else { throw .foreignOutput(output) }
    var isEmpty = false
    try attempt("look into '\(output.path)'") { isEmpty = try files.contentsOfDirectory(atPath: output.path).isEmpty }
    guard isEmpty || isReplaceable(output) else { throw .foreignOutput(output) }
  }

  /// Puts back what a run killed between its two renames has moved away, and removes the other remains of runs that are over.
  private func recover(in parent: URL) throws(PackagingError) {
    try attempt("tidy up beside '\(output.path)'") {
      for name in try files.contentsOfDirectory(atPath: parent.path) where isAbandoned(name) {
        let remains = parent.appending(component: name)
        if remains.pathExtension == "old", !files.fileExists(atPath: output.path) {
          try files.moveItem(at: remains, to: output)
        } else {
          try files.removeItem(at: remains)
        }
      }
    }
  }

  private var temporaryPrefix: String { ".\(output.lastPathComponent).weft-" }

  private func isAbandoned(_ name: String) -> Bool {
    guard name.hasPrefix(temporaryPrefix),
      let process = name.dropFirst(temporaryPrefix.count).split(separator: "-").first.flatMap({ Int32($0) })
    else { return false }
    // No signal is sent: this asks whether the process exists.
    return kill(process, 0) != 0 && errno == ESRCH
  }

  private func attempt(_ action: String, _ body: () throws -> Void) throws(PackagingError) {
    do {
      try body()
    } catch {
      throw .fileSystem(doing: action, reason: error.localizedDescription)
    }
  }
}
