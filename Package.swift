// swift-tools-version: 6.2
import CompilerPluginSupport
import PackageDescription

/// `weft build` sets this for the builds for the web. They need the runtime alone: the tools are built already, and the macro
/// plug-in is handed to the compiler by path. Without this swift-syntax would be resolved and built once more for each module.
let isWebBuild = Context.environment["WEFT_MACRO_PLUGIN"] != nil

/// Embedded Swift on wasm needs this to declare and define C functions in Swift.
let runtime: [SwiftSetting] = [.enableExperimentalFeature("Extern")]

/// `weft build` sets this where the runtime's modules in Swift were compiled when the command was built: the compiler and the linker
/// are told where they are, and what is in C is left.
let isCompiled = Context.environment["WEFT_RUNTIME"] != nil

let package = Package(
  name: "weft",
  platforms: [.macOS(.v15)],
  products: [.library(name: "WeftLibrary", targets: ["Weft"])],
  targets: [
    // The runtime: what is compiled into a user's program, natively and for the web.
    .target(name: "Weft", dependencies: ["WeftWorkers", "WeftParallel", "WeftJS", "WeftScheduler", "WeftThreads", "WeftPlatform"]),
    .target(
      name: "WeftWorkers", dependencies: ["WeftJS", "WeftThreads", "WeftPlatform", "CWeftPlatform"] + (isWebBuild ? [] : ["WeftMacros"]),
      exclude: ["README.md"], swiftSettings: runtime),
    .target(name: "WeftParallel", dependencies: ["WeftScheduler", "WeftThreads", "WeftPlatform"], exclude: ["README.md"]),
    .target(
      name: "WeftJS", dependencies: ["WeftScheduler", "WeftPlatform", "CWeftPlatform"] + (isWebBuild ? [] : ["WeftMacros"]),
      exclude: ["README.md"]),
    .target(name: "WeftScheduler", dependencies: ["WeftPlatform"], exclude: ["README.md"]),
    .target(
      name: "WeftThreads", dependencies: ["WeftPlatform", "CWeftPlatform"], exclude: ["README.md"],
      // A lock's value lies inside the lock, at an address that does not change.
      swiftSettings: [.enableExperimentalFeature("RawLayout")]),
    .target(name: "WeftPlatform", dependencies: ["CWeftPlatform"], swiftSettings: runtime),
    .target(name: "CWeftPlatform"),

    .testTarget(name: "WeftPlatformTests", dependencies: ["WeftPlatform", "CWeftPlatform"]),
    .testTarget(name: "WeftThreadsTests", dependencies: ["WeftThreads", "WeftPlatform"]),
    .testTarget(name: "WeftSchedulerTests", dependencies: ["WeftScheduler", "WeftThreads", "CWeftPlatform"]),
    .testTarget(name: "WeftParallelTests", dependencies: ["WeftParallel", "WeftThreads"]),
    .testTarget(name: "WeftJSTests", dependencies: ["WeftJS"]),
    .testTarget(name: "WeftWorkersTests", dependencies: ["WeftWorkers", "WeftThreads"]),
  ],
  swiftLanguageModes: [.v6]
)

if isCompiled {
  package.products = [.library(name: "WeftLibrary", targets: ["CWeftPlatform"])]
  package.targets.removeAll { $0.name != "CWeftPlatform" }
}

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
    .target(name: "WeftToolchain"),
    .target(
      name: "WeftDevelopment",
      dependencies: [
        "WeftPackaging", "WeftToolchain",
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      // Code, not files: the command must find them wherever it is built.
      resources: [.embedInCode("Web")]),
    .executableTarget(
      name: "WeftCommand",
      dependencies: [
        "WeftDevelopment", "WeftToolchain",
        // Not called: `weft build` hands the built plug-in to the compiler.
        "WeftMacros",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      plugins: ["CompileRuntime"]),
    // Compiles the runtime for the web once, when the command is built, so that a package's first build takes seconds.
    .plugin(name: "CompileRuntime", capability: .buildTool(), dependencies: ["WeftRuntimeCompiler"]),
    .executableTarget(name: "WeftRuntimeCompiler", dependencies: ["WeftToolchain", "WeftMacros"]),

    .testTarget(name: "WeftDevelopmentTests", dependencies: ["WeftDevelopment", "WeftToolchain"]),
    .testTarget(
      name: "WeftMacrosTests",
      dependencies: ["WeftMacros", .product(name: "SwiftSyntaxMacrosGenericTestSupport", package: "swift-syntax")]),
    .testTarget(name: "WeftPackagingTests", dependencies: ["WeftPackaging"]),
  ]
}
