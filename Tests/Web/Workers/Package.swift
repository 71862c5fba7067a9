// swift-tools-version: 6.2
import PackageDescription

// Isolated workers, in every shape that they have.
let package = Package(
  name: "workers",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "Workers", targets: ["Workers"])],
  dependencies: [.package(name: "weft", path: "../../..")],
  targets: [.executableTarget(name: "Workers", dependencies: [.product(name: "WeftLibrary", package: "weft")])],
  swiftLanguageModes: [.v6]
)
