// swift-tools-version: 6.2
import PackageDescription

// A user's package with tests that go well and badly, for the tests of `weft test`.
let package = Package(
  name: "sums",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "weft", path: "../../..")],
  targets: [
    .executableTarget(name: "Sums", dependencies: [.product(name: "WeftLibrary", package: "weft")]),
    .testTarget(name: "SumsTests", dependencies: ["Sums"]),
    .testTarget(name: "BrokenTests", dependencies: ["Sums"]),
  ],
  swiftLanguageModes: [.v6]
)
