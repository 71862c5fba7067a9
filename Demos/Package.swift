// swift-tools-version: 6.2
import PackageDescription

let weft = Target.Dependency.product(name: "WeftLibrary", package: "weft")

/// What the gallery shows: a folder of ordinary Swift each, the same natively and on the web.
let topics = [
  "Filters", "Gravity", "Greetings", "Hashing", "Life", "Mandelbrot", "Matrices", "Raytracer", "Sorting", "Sums", "Texts",
]

let package = Package(
  name: "demos",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "Demos", targets: ["Demos"]),
    .executable(name: "Messages", targets: ["Messages"]),
  ],
  dependencies: [
    .package(name: "weft", path: "..")
  ],
  targets: topics.map { .target(name: $0, dependencies: [weft]) } + [
    // The program: all topics, and what the raytracer's page calls.
    .executableTarget(name: "Demos", dependencies: topics.map { .init(stringLiteral: $0) } + [weft]),
    // What only the page about messages needs: the others load less without it.
    .target(name: "Sounds", dependencies: [weft]),
    .executableTarget(name: "Messages", dependencies: ["Sounds", weft]),
    .testTarget(name: "RaytracerTests", dependencies: ["Raytracer"]),
    .testTarget(name: "TopicTests", dependencies: topics.map { .init(stringLiteral: $0) } + [weft]),
  ],
  swiftLanguageModes: [.v6]
)
