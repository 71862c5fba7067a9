// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "kernels",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "weft", path: "../..")],
  targets: [
    // What is measured, natively and on the web.
    .target(name: "Kernels", dependencies: [.product(name: "WeftLibrary", package: "weft")]),
    .executableTarget(name: "Native", dependencies: ["Kernels", .product(name: "WeftLibrary", package: "weft")]),
    .executableTarget(name: "Web", dependencies: ["Kernels", .product(name: "WeftLibrary", package: "weft")]),
  ],
  swiftLanguageModes: [.v6]
)
