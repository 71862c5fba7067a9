import Foundation
import Synchronization
import WeftToolchain

/// A running program of tests: takes commands, and tells lines.
struct TestSession: Sendable {
  /// What comes from the program, and in the end that nothing more does.
  enum Message: Sendable {
    case line(String)
    case ended(String)
    /// So long nothing has come since `watch` was last called with this number.
    case overdue(Int)
  }

  let messages: AsyncStream<Message>
  let continuation: AsyncStream<Message>.Continuation
  /// Sends a command.
  let send: @Sendable (String) -> Void

  init(send: @escaping @Sendable (String) -> Void) {
    (messages, continuation) = AsyncStream.makeStream(of: Message.self)
    self.send = send
  }
}

/// A program that goes on while its lines are read.
final class RunningProgram: Sendable {
  /// Unchecked: `Process` is not marked `Sendable`; it is used to terminate and by one thread to wait.
  private struct Handle: @unchecked Sendable { let process: Process }

  private let handle: Handle
  private let input = Pipe()
  private let hasEnded = Mutex(false)

  /// Starts a program; `heard` is called with each line, on a thread of its own, and in the end with nil.
  init(_ executable: URL, _ arguments: [String], heard: @escaping @Sendable (String?) -> Void) throws {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    handle = Handle(process: process)
    do {
      try process.run()
    } catch {
      throw Problem("could not run \(executable.path): \(error.localizedDescription)")
    }
    let handle = handle
    Thread.detachNewThread { [self] in
      var rest = Data()
      while true {
        let data = output.fileHandleForReading.availableData
        if data.isEmpty { break }
        rest += data
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          heard(String(decoding: rest[..<end], as: UTF8.self))
          rest = Data(rest[(end + 1)...])
        }
      }
      if !rest.isEmpty { heard(String(decoding: rest, as: UTF8.self)) }
      handle.process.waitUntilExit()
      hasEnded.withLock { $0 = true }
      heard(nil)
    }
  }

  /// Writes a line to the program's standard input.
  func write(_ line: String) {
    // A program that has ended reads nothing: that it ended is told elsewhere.
    try? input.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))
  }

  /// Ends the program and waits until it is gone, also where the task around has been cancelled: what it has open is deleted then.
  func end() async {
    await Task.detached { [self] in
      handle.process.terminate()
      for round in 0..<500 {
        if hasEnded.withLock({ $0 }) { return }
        // What does not heed the first request is stuck.
        if round == 200 { kill(handle.process.processIdentifier, SIGKILL) }
        try? await Task.sleep(for: .milliseconds(10))
      }
    }.value
  }
}
