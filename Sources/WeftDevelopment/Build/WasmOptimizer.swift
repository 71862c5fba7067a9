import Foundation
import WeftToolchain

/// `wasm-opt` of Binaryen: it makes the modules of a release build smaller by an eighth. Only who asks for it gets it, because what it
/// makes of a program is not always right: with `-O3`, version 108 of Debian lets `ThreadName.init` read outside the memory.
struct WasmOptimizer: Sendable {
  let program: URL

  /// The one in `PATH`, if there is one.
  init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
    guard let program = ChildProcess.find("wasm-opt", environment: environment) else { return nil }
    self.program = program
  }

  /// Why a module is used as the compiler made it.
  struct Refusal: Error {
    let reason: String
  }

  /// The command for a module. What the module may use is written in it. Names of functions are kept; debug information would keep
  /// most passes from running.
  static func arguments(for module: URL, to output: URL) -> [String] {
    ["--strip-dwarf", "-O2", "-g", module.path, "-o", output.path]
  }

  /// Writes an optimised copy of `module`, which must not exist yet.
  func optimize(_ module: URL, to output: URL) async throws {
    let outcome = try await ChildProcess(executable: program, arguments: Self.arguments(for: module, to: output)).run()
    guard outcome.status == 0, output.exists else {
      throw Refusal(reason: outcome.text.split(separator: "\n").first.map(String.init) ?? "exit status \(outcome.status)")
    }
  }
}
