import Foundation
import Testing

@testable import WeftDevelopment
@testable import WeftToolchain

@Suite struct PackageManifestTests {
  private let weft = #"{"product":["WeftLibrary","weft",null,null]}"#

  /// A description as SwiftPM prints it, reduced to what is read.
  private func manifest(products: [String] = [], targets: [String], dependencies: [String] = []) throws -> PackageManifest {
    let dump = """
      {"name":"P","products":[\(products.joined(separator: ","))],"targets":[\(targets.joined(separator: ","))],
       "dependencies":[\(dependencies.joined(separator: ","))]}
      """
    return try PackageManifest(dump: Data(dump.utf8))
  }

  private func target(_ name: String, _ type: String = "executable", uses dependencies: String...) -> String {
    #"{"name":"\#(name)","type":"\#(type)","dependencies":[\#(dependencies.joined(separator: ","))]}"#
  }

  @Test func findsTheOnlyProductThatUsesWeft() throws {
    let manifest = try manifest(targets: [target("App", uses: weft), target("Tool"), target("Library", "regular", uses: weft)])
    #expect(try manifest.product(named: nil) == "App")
    #expect(manifest.otherProducts == ["Tool"])
  }

  @Test func followsTargetsOfThePackage() throws {
    let manifest = try manifest(targets: [
      target("App", uses: #"{"byName":["Core",null]}"#), target("Core", "regular", uses: #"{"target":["Base",null]}"#),
      target("Base", "regular", uses: weft, #"{"byName":["Core",null]}"#),
    ])
    #expect(try manifest.product(named: nil) == "App")
  }

  @Test func usesTheNameOfADeclaredProduct() throws {
    let manifest = try manifest(
      products: [
        #"{"name":"site","targets":["App"],"type":{"executable":null}}"#,
        #"{"name":"Kit","targets":["Core"],"type":{"library":["automatic"]}}"#,
      ], targets: [target("App", uses: weft), target("Core", "regular")])
    #expect(try manifest.product(named: nil) == "site")
  }

  @Test func severalProductsNeedAChoice() throws {
    let manifest = try manifest(targets: [target("B", uses: weft), target("A", uses: weft), target("Tool")])
    #expect(throws: Problem("several executable products use Weft: A, B; choose one with --product")) { try manifest.product(named: nil) }
    #expect(try manifest.product(named: "B") == "B")
    #expect(throws: Problem("there is no executable product C in this package; it has A, B")) { try manifest.product(named: "C") }
    let problem = #expect(throws: Problem.self) { try manifest.product(named: "Tool") }
    #expect(problem?.message.hasPrefix("the product Tool does not use Weft") == true)
  }

  @Test func noProductSaysWhatToAdd() throws {
    let problem = #expect(throws: Problem.self) { try manifest(targets: [target("Tool")]).product(named: nil) }
    #expect(problem?.message.contains(#".product(name: "WeftLibrary", package: "weft")"#) == true)
  }

  @Test func tellsLocalFromRemoteDependencies() throws {
    let local = #"{"fileSystem":[{"identity":"weft","path":"/there"}]}"#
    let remote = #"{"sourceControl":[{"identity":"x","location":{"remote":[{"urlString":"https://example.org"}]}}]}"#
    #expect(try manifest(targets: [], dependencies: [local]).localDependencies == ["/there"])
    #expect(try !manifest(targets: [], dependencies: [local]).hasRemoteDependencies)
    #expect(try manifest(targets: [], dependencies: [local, remote]).hasRemoteDependencies)
  }
}
