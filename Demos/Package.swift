// swift-tools-version: 6.2
import PackageDescription

let weft = Target.Dependency.product(name: "WeftLibrary", package: "weft")

/// What the gallery shows: a folder of ordinary Swift each, the same natively and on the web.
let topics = [
  "Filters", "Gravity", "Greetings", "Hashing", "Life", "Lines", "Mandelbrot", "Matrices", "Noise", "Raytracer", "Sorting", "Sums", "Texts",
]

/// What topics need of others.
let needs = ["Lines": ["Pieces"], "Sorting": ["Noise"], "Texts": ["Pieces"]]

/// The programs, of a few topics each, so that no page loads what others need.
let programs = [
  // What the cards show, and pages that need little else.
  "Demos": ["Filters", "Gravity", "Greetings", "Life", "Mandelbrot", "Matrices", "Noise", "Raytracer", "Raytracing", "Sums", "Texts"],
  "Pictures": ["Filters", "Raytracing", "Recording"],
  "Worlds": ["Gravity", "Life", "Mandelbrot", "Matrices", "Recording", "Sums", "Texts"],
  "Lists": ["Noise", "Recording", "Sorting"],
  "Comparisons": ["Filters", "Gravity", "Hashing", "Lines", "Mandelbrot", "Matrices", "Noise", "Sorting", "Sums"],
  "Messages": [],
  "Bells": ["Sounds"],
]

func dependencies(_ names: [String]?) -> [Target.Dependency] { (names ?? []).map { .init(stringLiteral: $0) } + [weft] }

let package = Package(
  name: "demos",
  platforms: [.macOS(.v15)],
  products: programs.keys.sorted().map { .executable(name: $0, targets: [$0]) },
  dependencies: [
    .package(name: "weft", path: "..")
  ],
  targets: topics.map { .target(name: $0, dependencies: dependencies(needs[$0])) } + [
    .target(name: "Pieces", dependencies: [weft]),
    // What the raytracer's page calls.
    .target(name: "Raytracing", dependencies: dependencies(["Raytracer"])),
    .target(name: "Recording", dependencies: [weft]),
    .target(name: "Sounds", dependencies: [weft]),
    .testTarget(name: "RaytracerTests", dependencies: ["Raytracer"]),
    .testTarget(name: "TopicTests", dependencies: dependencies(topics)),
  ] + programs.map { .executableTarget(name: $0, dependencies: dependencies($1)) },
  swiftLanguageModes: [.v6]
)
