// swift-tools-version: 6.2
import PackageDescription

// What goes wrong in a debug build, which says more about it than a release build can.
let package = Package(
  name: "faults",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "Faults", targets: ["Faults"])],
  dependencies: [.package(name: "weft", path: "../../..")],
  targets: [.executableTarget(name: "Faults", dependencies: [.product(name: "WeftLibrary", package: "weft")])],
  swiftLanguageModes: [.v6]
)
