import Foundation
import Testing

@testable import WeftDevelopment
@testable import WeftToolchain

@Suite struct PackageTemplateTests {
  @Test func writesAWholePackage() throws {
    let folder = try TemporaryFolder()
    let made = try PackageTemplate(name: "Hello", weft: "/work \"here\"").write(in: folder.url)
    #expect(made.lastPathComponent == "Hello")
    let names = try FileManager.default.subpathsOfDirectory(atPath: made.path).sorted()
    #expect(names == [".gitignore", "Package.swift", "README.md", "Sources", "Sources/Hello", "Sources/Hello/Hello.swift", "index.html"])
    let manifest = try folder.read("Hello/Package.swift")
    #expect(manifest.contains(#".package(name: "weft", path: "/work \"here\"")"#))
    #expect(manifest.contains(#".executableTarget(name: "Hello""#))
    for name in names where name.contains(".") { #expect(try !folder.read("Hello/\(name)").contains("{{"), "\(name)") }
  }

  @Test func dependsOnTheCloneOrOnWhatIsSaid() throws {
    let clone = URL(fileURLWithPath: "/src/weft")
    #expect(try PackageTemplate.dependency(on: nil, else: clone) == #".package(name: "weft", path: "/src/weft")"#)
    #expect(try PackageTemplate.dependency(on: "/other/weft", else: clone) == #".package(name: "weft", path: "/other/weft")"#)
    #expect(
      try PackageTemplate.dependency(on: "https://example.org/weft.git", else: clone)
        == #".package(url: "https://example.org/weft.git", branch: "main")"#)
  }

  @Test(arguments: [nil, URL(fileURLWithPath: "/app/.build/checkouts/weft")])
  func withoutAKeptCloneItAsks(checkout: URL?) throws {
    let problem = #expect(throws: Problem.self) { try PackageTemplate.dependency(on: nil, else: checkout) }
    #expect(problem?.message.contains("--weft") == true)
  }

  @Test(arguments: ["", "a b", "1st", "a-b", "../x", "a/b", "ä", "Weft", "Swift", ".hidden", "a\n"])
  func badNamesAreRefused(name: String) {
    #expect(throws: Problem.self) { try PackageTemplate(name: name) }
  }

  @Test func onlyAnEmptyFolderIsFilled() throws {
    let folder = try TemporaryFolder()
    let template = PackageTemplate(name: "Hello", dependency: "")
    try folder.write("mine", to: "Hello/notes.txt")
    let problem = #expect(throws: Problem.self) { try template.write(in: folder.url) }
    #expect(problem?.message.contains("not an empty folder") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/Hello") == ["notes.txt"])
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("Hello/notes.txt"))
    #expect(throws: Never.self) { try template.write(in: folder.url) }
  }

  @Test func aFileInTheWayIsLeftAlone() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "Hello")
    #expect(throws: Problem.self) { try PackageTemplate(name: "Hello", dependency: "").write(in: folder.url) }
    #expect(try folder.read("Hello") == "mine")
  }
}
