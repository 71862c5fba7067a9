// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "demos",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "Demos", targets: ["Demos"])
  ],
  dependencies: [
    .package(name: "weft", path: "..")
  ],
  targets: [
    // What the pages call.
    .executableTarget(name: "Demos", dependencies: ["Raytracer", .product(name: "WeftLibrary", package: "weft")]),

    // The renderer: ordinary Swift, the same natively and on the web.
    .target(name: "Raytracer", dependencies: [.product(name: "WeftLibrary", package: "weft")]),

    .testTarget(name: "RaytracerTests", dependencies: ["Raytracer"]),
  ],
  swiftLanguageModes: [.v6]
)
