// swift-tools-version: 6.2
import PackageDescription

// Weft's part of `Benchmarks/compare --messages`.
let package = Package(
  name: "messages",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "weft", path: "../..")],
  targets: [.executableTarget(name: "Messages", dependencies: [.product(name: "WeftLibrary", package: "weft")])],
  swiftLanguageModes: [.v6]
)
