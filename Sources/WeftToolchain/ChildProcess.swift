import Foundation
import Synchronization

/// A program to run to its end, with its output collected.
package struct ChildProcess: Sendable {
  /// What a program left when it ended.
  package struct Outcome: Sendable {
    /// The exit status; 128 plus the number of the signal that ended it, as a shell has it.
    package let status: Int32
    /// What it wrote to standard output, and to standard error if that was merged.
    package let output: Data
    /// `output` as text.
    package var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// What happens to the standard error of the program.
  package enum Errors: Sendable {
    case merged
    case discarded
  }

  package let executable: URL
  package let arguments: [String]
  package var environment = ProcessInfo.processInfo.environment
  package var directory: URL?
  package var errors = Errors.merged
  /// The file that the program reads as its standard input, if it does.
  package var input: URL?

  package init(
    executable: URL, arguments: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
    directory: URL? = nil, errors: Errors = .merged
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.errors = errors
  }

  /// Runs the program. If the surrounding task is cancelled the program is interrupted, as by Control-C, which lets
  /// `swift build` end its own children.
  package func run() async throws -> Outcome {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = directory
    let pipe = Pipe()
    process.standardInput = try input.map(FileHandle.init(forReadingFrom:)) ?? FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = errors == .merged ? pipe : FileHandle.nullDevice

    let running = Mutex(Running())
    let handle = UncheckedProcess(process)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        do {
          try running.withLock { state in
            if state.isCancelled { throw CancellationError() }
            try handle.process.run()
            state.isRunning = true
          }
        } catch let error as CancellationError {
          return continuation.resume(throwing: error)
        } catch {
          return continuation.resume(throwing: Problem("could not run \(executable.path): \(error.localizedDescription)"))
        }
        // Reading blocks until the program closes its output, so it has a thread of its own.
        Thread.detachNewThread {
          let output = pipe.fileHandleForReading.readDataToEndOfFile()
          handle.process.waitUntilExit()
          running.withLock { $0.isRunning = false }
          let signalled = handle.process.terminationReason == .uncaughtSignal
          let status = handle.process.terminationStatus
          continuation.resume(returning: Outcome(status: signalled ? 128 + status : status, output: output))
        }
      }
    } onCancel: {
      running.withLock { state in
        state.isCancelled = true
        if state.isRunning { handle.process.interrupt() }
      }
    }
  }

  /// Finds a program by name in the folders of `PATH`.
  package static func find(_ name: String, environment: [String: String]) -> URL? {
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    return folders.lazy
      .map { URL(fileURLWithPath: String($0), isDirectory: true).appendingPathComponent(name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}

private struct Running {
  var isRunning = false
  var isCancelled = false
}

/// `Process` is not marked `Sendable`; after `run()` it is used only for `interrupt` and, by one thread, for waiting.
private struct UncheckedProcess: @unchecked Sendable {
  let process: Process
  init(_ process: Process) { self.process = process }
}
