import Foundation
import Testing

@testable import WeftDevelopment

@Suite(.timeLimit(.minutes(5))) struct WatcherTests {
  enum Kind: CaseIterable {
    case polling
    #if os(Linux)
      case inotify
    #endif
  }

  private func changes(_ kind: Kind, in tree: WatchedTree) throws -> AsyncStream<Changes> {
    switch kind {
    case .polling: return PollingWatcher(tree: tree).changes(every: .milliseconds(50))
    #if os(Linux)
      case .inotify: return try #require(InotifyWatcher(tree: tree)).changes(quiet: .milliseconds(50))
    #endif
    }
  }

  /// Watches a folder while `edit` changes it, until a change of a path that ends in `last` is seen; gives all paths seen.
  private func seen(_ kind: Kind, in folder: TemporaryFolder, until last: String, edit: (TemporaryFolder) throws -> Void) async throws
    -> Set<String>
  {
    let tree = WatchedTree(folders: [folder.url], ignoring: [folder.url.appendingPathComponent("pkg")])
    let changes = try changes(kind, in: tree)
    try edit(folder)
    var seen: Set<String> = []
    for await change in changes {
      seen.formUnion(change.paths.map { String($0.dropFirst(folder.url.path.count + 1)) })
      if seen.contains(last) { break }
    }
    return seen
  }

  @Test(arguments: Kind.allCases) func noticesEveryKindOfChange(kind: Kind) async throws {
    let folder = try TemporaryFolder()
    for name in ["edited", "removed", "moved"] { try folder.write("1", to: "Sources/\(name).swift") }
    let seen = try await seen(kind, in: folder, until: "z.swift") { folder in
      try folder.write("22", to: "Sources/edited.swift")
      try FileManager.default.removeItem(at: folder.url.appendingPathComponent("Sources/removed.swift"))
      try FileManager.default.moveItem(
        at: folder.url.appendingPathComponent("Sources/moved.swift"), to: folder.url.appendingPathComponent("Sources/to.swift"))
      try folder.write("", to: "Sources/New/Deep/new.swift")
      Thread.sleep(forTimeInterval: 0.2)
      try folder.write("3", to: "Sources/New/Deep/later.swift")
      try folder.write("", to: "z.swift")
    }
    let expected = ["edited", "removed", "moved", "to", "New/Deep/new", "New/Deep/later"].map { "Sources/\($0).swift" } + ["z.swift"]
    #expect(seen.isSuperset(of: expected), "\(Set(expected).subtracting(seen))")
  }

  @Test(arguments: Kind.allCases) func leavesOutputAndHiddenFoldersAlone(kind: Kind) async throws {
    let folder = try TemporaryFolder()
    for name in ["pkg", ".build", "node_modules"] { try folder.write("1", to: "\(name)/a.swift") }
    let seen = try await seen(kind, in: folder, until: "z.swift") { folder in
      for name in ["pkg", ".build", "node_modules"] { try folder.write("22", to: "\(name)/a.swift") }
      try folder.write("", to: ".a.swift.swp")
      try folder.write("", to: "a.swift~")
      try folder.write("", to: "z.swift")
    }
    #expect(seen.filter { $0.hasSuffix(".swift") || $0.hasSuffix("~") || $0.hasSuffix(".swp") } == ["z.swift"])
  }

  @Test func aFolderIsEnteredBeforeItIsLookedAt() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "New/Deep/first.swift")
    let tree = WatchedTree(folders: [folder.url], ignoring: [])
    var seen: Set<String> = []
    // What comes once a folder is watched is told by the watch; what came before, by the look.
    tree.walk(tree.roots[0]) { entered in
      #expect(FileManager.default.createFile(atPath: "\(entered)/late.swift", contents: nil))
    } visit: { _, files in
      seen.formUnion(files)
    }
    let expected = ["late.swift", "New/late.swift", "New/Deep/late.swift", "New/Deep/first.swift"]
    #expect(seen == Set(expected.map { "\(folder.url.path)/\($0)" }))
  }

  @Test func onlySourcesAskForABuild() {
    #expect(Changes(paths: ["/a/x.swift", "/a/y.css"]).consequence == .build)
    #expect(Changes(paths: ["/a/x.c"]).consequence == .build)
    #expect(Changes(paths: ["/a/imports.js"]).consequence == .build)
    #expect(Changes(isOverflow: true).consequence == .build)
    #expect(Changes(paths: ["/a/index.html"]).consequence == .reload)
    #expect(Changes(paths: ["/a/notes", "/a/x.o"]).consequence == nil)
  }
}
