// swift-tools-version: 6.2
import PackageDescription

// The least that uses the pool: what `Benchmarks/size` weighs and `Benchmarks/build` builds.
let package = Package(
  name: "kernel",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "weft", path: "../..")],
  targets: [.executableTarget(name: "Kernel", dependencies: [.product(name: "WeftLibrary", package: "weft")])],
  swiftLanguageModes: [.v6]
)
