// swift-tools-version: 6.2
import PackageDescription

// What the tests under Node call: a user's package, as small as one can be.
let package = Package(
  name: "calls",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "Calls", targets: ["Calls"])],
  dependencies: [.package(name: "weft", path: "../../..")],
  targets: [.executableTarget(name: "Calls", dependencies: [.product(name: "WeftLibrary", package: "weft")])],
  swiftLanguageModes: [.v6]
)
