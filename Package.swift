// swift-tools-version: 6.2
import CompilerPluginSupport
import PackageDescription

/// `weft build` sets this for the builds for the web. They need the runtime alone: the tools are built already, and the macro
/// plug-in is handed to the compiler by path. Without this swift-syntax would be resolved and built once more for each module.
let isWebBuild = Context.environment["WEFT_MACRO_PLUGIN"] != nil

/// Embedded Swift on wasm needs this to declare and define C functions in Swift.
let runtime: [SwiftSetting] = [.enableExperimentalFeature("Extern")]

/// Whether the modules are for the web. Then a generic function is compiled into the programs that call it and nowhere else, so
/// that optimising it where it is declared is time lost: most of a program's first build. What is not generic and is called from
/// inner loops must stay out of modules that have these settings.
let isForWeb = Context.environment["WEFT_WEB"] != nil
let unoptimized: [SwiftSetting] =
  isForWeb
  ? [.unsafeFlags(["-Onone", "-assert-config", "Release", "-no-emit-module-separately-wmo"], .when(configuration: .release))] : []

let package = Package(
  name: "weft",
  platforms: [.macOS(.v15)],
  products: [.library(name: "WeftLibrary", targets: ["Weft"])],
  targets: [
    // The runtime: what is compiled into a user's program, natively and for the web.
    .target(name: "Weft", dependencies: ["WeftWorkers", "WeftParallel", "WeftJS", "WeftScheduler", "WeftThreads", "WeftPlatform"]),
    .target(
      name: "WeftWorkers", dependencies: ["WeftJS", "WeftThreads", "WeftPlatform", "CWeftPlatform"] + (isWebBuild ? [] : ["WeftMacros"]),
      exclude: ["README.md"], swiftSettings: runtime + unoptimized),
    .target(name: "WeftParallel", dependencies: ["WeftScheduler", "WeftPlatform"], exclude: ["README.md"], swiftSettings: unoptimized),
    .target(
      name: "WeftJS", dependencies: ["WeftScheduler", "WeftPlatform", "CWeftPlatform"] + (isWebBuild ? [] : ["WeftMacros"]),
      exclude: ["README.md"]),
    .target(name: "WeftScheduler", dependencies: ["WeftPlatform"], exclude: ["README.md"]),
    .target(
      name: "WeftThreads", dependencies: ["WeftPlatform", "CWeftPlatform"], exclude: ["README.md"],
      // A lock's value lies inside the lock, at an address that does not change.
      swiftSettings: [.enableExperimentalFeature("RawLayout")] + unoptimized),
    .target(name: "WeftPlatform", dependencies: ["CWeftPlatform"], swiftSettings: runtime),
    .target(name: "CWeftPlatform"),

    .testTarget(name: "WeftPlatformTests", dependencies: ["WeftPlatform", "CWeftPlatform"]),
    .testTarget(name: "WeftThreadsTests", dependencies: ["WeftThreads", "WeftPlatform"]),
    .testTarget(name: "WeftSchedulerTests", dependencies: ["WeftScheduler", "WeftThreads", "CWeftPlatform"]),
    .testTarget(name: "WeftParallelTests", dependencies: ["WeftParallel"]),
    .testTarget(name: "WeftJSTests", dependencies: ["WeftJS"]),
    .testTarget(name: "WeftWorkersTests", dependencies: ["WeftWorkers", "WeftThreads"]),
  ],
  swiftLanguageModes: [.v6]
)

if Context.environment["WEFT_TEST"] != nil {
  // What `weft test` builds tests with: it stands in for the toolchain's Testing, which keeps its name natively.
  package.products.append(.library(name: "WeftTesting", targets: ["Testing"]))
  package.targets += [
    .target(
      name: "Testing", dependencies: ["WeftJS", "WeftThreads", "WeftPlatform", "CWeftTesting"], path: "Sources/WeftTesting",
      exclude: ["README.md"]),
    .target(name: "CWeftTesting"),
  ]
}

if !isWebBuild {
  package.products.append(.executable(name: "weft", targets: ["WeftCommand"]))
  package.dependencies = [
    .package(url: "https://github.com/swiftlang/swift-syntax.git", from: "603.0.1"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/swhitty/FlyingFox.git", from: "0.27.1"),
  ]
  package.targets += [
    // The tools: what runs on the developer's machine.
    .macro(
      name: "WeftMacros",
      dependencies: [
        .product(name: "SwiftCompilerPlugin", package: "swift-syntax"),
        .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
      ]),
    .target(name: "WeftPackaging", resources: [.copy("JavaScript")]),
    .target(
      name: "WeftDevelopment",
      dependencies: [
        "WeftPackaging",
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      // Code, not files: the command must find them wherever it is built.
      resources: [.embedInCode("Web")]),
    .executableTarget(
      name: "WeftCommand",
      dependencies: [
        "WeftDevelopment",
        // Not called: `weft build` hands the built plug-in to the compiler.
        "WeftMacros",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .testTarget(name: "WeftDevelopmentTests", dependencies: ["WeftDevelopment"]),
    .testTarget(
      name: "WeftMacrosTests",
      dependencies: ["WeftMacros", .product(name: "SwiftSyntaxMacrosGenericTestSupport", package: "swift-syntax")]),
    .testTarget(name: "WeftPackagingTests", dependencies: ["WeftPackaging"]),
  ]
}
