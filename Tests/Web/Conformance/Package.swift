// swift-tools-version: 6.2
import PackageDescription

// An app that exports a signature of every kind, for the same tests on every engine.
let package = Package(
  name: "conformance",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "Conformance", targets: ["Conformance"])],
  dependencies: [.package(name: "weft", path: "../../..")],
  targets: [.executableTarget(name: "Conformance", dependencies: [.product(name: "WeftLibrary", package: "weft")])],
  swiftLanguageModes: [.v6]
)
