/// One of the modules that a package can be built into.
package struct Variant: Hashable, Sendable {
  /// How many threads the module has. Every package has a module of each.
  package enum Threading: String, CaseIterable, Sendable {
    /// Shared memory and atomics, for pages that are cross-origin isolated.
    case threads
    /// Memory of its own and no atomics, for everywhere else.
    case single
  }

  package let threading: Threading
  /// Whether the compiler may use instructions that work on several numbers at once.
  package var hasSIMD = true
  /// Whether addresses have 64 bits, so that the memory can have more than 4 GiB.
  package var hasWideAddresses = false
  /// Whether the runtime is there already, so that only what uses it is compiled.
  package var usesCompiledRuntime = false

  package init(threading: Threading, hasSIMD: Bool = true, hasWideAddresses: Bool = false) {
    self.threading = threading
    self.hasSIMD = hasSIMD
    self.hasWideAddresses = hasWideAddresses
  }

  /// All that there are where the runtime is compiled with each program.
  package static let all = Threading.allCases.flatMap { threading in
    [false, true].flatMap { wide in
      [true, false].map { Variant(threading: threading, hasSIMD: $0, hasWideAddresses: wide) }
    }
  }

  /// The same, for programs that are compiled against a runtime that is there.
  package func withCompiledRuntime() -> Variant {
    var variant = self
    variant.usesCompiledRuntime = true
    return variant
  }

  /// A name for folders.
  package var name: String {
    threading.rawValue + (hasSIMD ? "" : "-no-simd") + (hasWideAddresses ? "-memory64" : "") + (usesCompiledRuntime ? "-compiled" : "")
  }

  /// What it is compiled for.
  package var target: Toolchain.Target { hasWideAddresses ? .wasm64 : .wasm32 }

  /// The name of the Swift SDK that builds it.
  package var sdk: String { "weft-\(name)" }

  private var features: [String] {
    (threading == .threads ? ["-matomics"] : []) + (hasSIMD ? ["-msimd128"] : [])
      + ["-mbulk-memory", "-mmutable-globals", "-msign-ext", "-mnontrapping-fptoint"]
  }

  /// What Swift (`#if`) and C (`#ifdef`) sources see.
  private var condition: String { "WEFT_\(threading.rawValue.uppercased())" }

  func swiftFlags(plugin: String) -> [String] {
    [
      "-enable-experimental-feature", "Embedded", "-enable-experimental-feature", "Extern", "-wmo",
      "-D\(condition)", "-Xfrontend", "-disable-stack-protector", "-Xclang-linker", "-nostdlib",
      // It would put a hash of 16 bytes for each source file into the program, which no compression makes smaller.
      "-Xfrontend", "-disable-incremental-llvm-codegen",
      // A loop's body stands in two places, where it is inlined and behind a pointer for the threads that help. With the
      // usual 225 a body of some lines is called for each element instead, and the loop is not vectorised.
      "-Xllvm", "-inline-threshold=300",
      "-load-plugin-executable", "\(plugin)#WeftMacros",
    ] + (features + ["-D\(condition)=1"]).flatMap { ["-Xcc", $0] }
      // These are wrong where addresses have 64 bits; strings.c of CWeftPlatform has the right ones.
      + (hasWideAddresses ? ["", "_n"] : []).flatMap { ["-Xllvm", "-force-attribute=swift_bridgeObjectRetain\($0):noinline"] }
  }

  var cFlags: [String] {
    // `memset` written in C must not be compiled into a call of `memset`.
    features + ["-D\(condition)=1", "-fno-builtin"]
  }

  func linkerFlags(unicodeTables: String) -> [String] {
    // The most that engines give: 4 and 16 GiB.
    let limit = "--max-memory=\(hasWideAddresses ? 17_179_869_184 : 4_294_967_296)"
    return [
      // The stack lies lowest, so that overflowing it traps instead of overwriting data.
      "--no-entry", "--import-memory", "--stack-first", "-z", "stack-size=1048576", "--export-table", "--export=__stack_pointer",
    ]
      // What JavaScript needs to start a thread, and the top-level code of the executable.
      + ["__wasm_init_tls", "main"].map { "--export-if-defined=\($0)" }
      + (threading == .threads ? ["--shared-memory"] : []) + [limit, unicodeTables]
  }
}
