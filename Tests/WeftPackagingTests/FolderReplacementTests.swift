import Foundation
import Testing

@testable import WeftPackaging

@Suite struct FolderReplacementTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func replace(_ name: String = "pkg", with contents: [String: String], isReplaceable: Bool = true) throws {
    try FolderReplacement(of: folder.file(name), isReplaceable: { _ in isReplaceable })
      .replace(with: contents.mapValues { Data($0.utf8) })
  }

  @Test func makesTheFolderAndThoseAboveIt() throws {
    try replace("deep/er/pkg", with: ["a": "1"])
    #expect(try folder.texts(in: "deep/er/pkg") == ["a": "1"])
  }

  @Test func replacesAllFiles() throws {
    try replace(with: ["a": "1", "b": "2"])
    try replace(with: ["b": "3", "c": "4"])
    #expect(try folder.texts(in: "pkg") == ["b": "3", "c": "4"])
    #expect(try folder.names() == ["pkg"])
  }

  @Test func failureWhileWritingLeavesTheOldFolder() throws {
    try replace(with: ["a": "1"])
    let error = #expect(throws: PackagingError.self) { try replace(with: ["a": "2", "no/such/folder": "3"]) }
    #expect("\(try #require(error))".hasPrefix("cannot write the package beside '"))
    #expect(try folder.texts(in: "pkg") == ["a": "1"])
    #expect(try folder.names() == ["pkg"])
  }

  @Test func failureOfTheSecondRenamePutsTheOldFolderBack() throws {
    try replace(with: ["a": "1"])
    let replacement = FolderReplacement(of: folder.file("pkg"), isReplaceable: { _ in true })
    let error = #expect(throws: PackagingError.self) {
      try replacement.swap(folder.file("not there"), keeping: folder.file("previous"))
    }
    #expect("\(try #require(error))".hasPrefix("cannot replace '"))
    #expect(try folder.texts(in: "pkg") == ["a": "1"])
    #expect(try folder.names() == ["pkg"])
  }

  @Test func doesNotTouchWhatIsNotItsOwn() throws {
    try folder.write("precious", to: "pkg/novel.txt")
    let error = #expect(throws: PackagingError.self) { try replace(with: ["a": "1"], isReplaceable: false) }
    #expect("\(try #require(error))".hasSuffix("exists and was not written by weft; remove it or choose another output folder"))
    #expect(try folder.texts(in: "pkg") == ["novel.txt": "precious"])
    try folder.write("precious", to: "file")
    #expect(throws: PackagingError.self) { try replace("file", with: ["a": "1"]) }
    #expect(try String(contentsOf: folder.file("file"), encoding: .utf8) == "precious")
  }

  @Test func takesEmptyFolders() throws {
    try FileManager.default.createDirectory(at: folder.file("pkg"), withIntermediateDirectories: true)
    try replace(with: ["a": "1"], isReplaceable: false)
    #expect(try folder.texts(in: "pkg") == ["a": "1"])
  }

  @Test func replacesTheTargetOfALink() throws {
    try folder.write("0", to: "target/a")
    try FileManager.default.createSymbolicLink(at: folder.file("pkg"), withDestinationURL: folder.file("target"))
    try replace(with: ["a": "1"])
    #expect(try folder.texts(in: "target") == ["a": "1"])
    #expect(try folder.names() == ["pkg", "target"])
  }

  /// The remains of a run are named after its process, of which only those of processes that are over may go.
  @Test func removesWhatKilledRunsLeft() throws {
    let over = Process()
    over.executableURL = URL(filePath: "/bin/sh")
    over.arguments = ["-c", "exit 0"]
    try over.run()
    over.waitUntilExit()
    let dead = ".pkg.weft-\(over.processIdentifier)-1"
    let alive = ".pkg.weft-\(ProcessInfo.processInfo.processIdentifier)-1.new"
    for name in ["\(dead).new", "\(dead).old", alive, ".pkg.weft-notes", "pkg"] { try folder.write("x", to: "\(name)/a") }
    try replace(with: ["a": "1"])
    #expect(try folder.names() == [alive, ".pkg.weft-notes", "pkg"])
    #expect(try folder.texts(in: "pkg") == ["a": "1"])

    // Killed between its two renames, and the next run fails as well.
    try FileManager.default.moveItem(at: folder.file("pkg"), to: folder.file("\(dead).old"))
    #expect(throws: PackagingError.self) { try replace(with: ["no/such/folder": "3"]) }
    #expect(try folder.texts(in: "pkg") == ["a": "1"])
  }
}
