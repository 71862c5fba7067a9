// swift-tools-version: 6.2
import CompilerPluginSupport
import PackageDescription

/// `weft build` compiles the wasm part in scratch folders of its own and hands the macro plug-in, which it has built
/// already, to the compiler by path. Without this the plug-in, and swift-syntax with it, would be built once more for each.
let macroPlugin: [Target.Dependency] = Context.environment["WEFT_MACRO_PLUGIN"] == nil ? ["WeftMacros"] : []

/// Embedded Swift on wasm needs this to declare and define C functions in Swift.
let runtime: [SwiftSetting] = [.enableExperimentalFeature("Extern")]

let package = Package(
  name: "weft",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "WeftLibrary", targets: ["Weft"]),
    .executable(name: "weft", targets: ["WeftCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/swiftlang/swift-syntax.git", from: "603.0.1"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/swhitty/FlyingFox.git", from: "0.27.1"),
  ],
  targets: [
    // The runtime: what is compiled into a user's program, natively and for the web.
    .target(name: "Weft", dependencies: ["WeftParallel", "WeftJS", "WeftScheduler", "WeftThreads", "WeftPlatform"]),
    .target(name: "WeftParallel", dependencies: ["WeftScheduler"]),
    .target(name: "WeftJS", dependencies: ["WeftScheduler", "WeftPlatform"] + macroPlugin),
    .target(name: "WeftScheduler", dependencies: ["WeftThreads", "WeftPlatform"]),
    .target(name: "WeftThreads", dependencies: ["WeftPlatform"]),
    .target(name: "WeftPlatform", dependencies: ["CWeftPlatform"], swiftSettings: runtime),
    .target(name: "CWeftPlatform"),

    // The tools: what runs on the developer's machine.
    .macro(
      name: "WeftMacros",
      dependencies: [
        .product(name: "SwiftCompilerPlugin", package: "swift-syntax"),
        .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
      ]),
    .target(name: "WeftPackaging", resources: [.copy("JavaScript")]),
    .executableTarget(
      name: "WeftCommand",
      dependencies: [
        "WeftPackaging",
        // Not called: `weft build` hands the built plug-in to the compiler.
        "WeftMacros",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "FlyingFox", package: "FlyingFox"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
