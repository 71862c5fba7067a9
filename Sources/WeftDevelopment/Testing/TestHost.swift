import Foundation
import WeftToolchain

/// Where tests run: an engine, and how many threads they have.
struct TestHost: Sendable {
  let engine: TestEngine
  let program: URL
  let site: URL
  /// None means as many as the machine has.
  let threads: Int?
  let isSingle: Bool

  private var options: String { isSingle ? "?single" : threads.map { "?threads=\($0)" } ?? "" }

  /// Starts the program of the tests, and ends it when `body` returns.
  func withSession<Value: Sendable>(_ body: @escaping @Sendable (TestSession) async throws -> Value) async throws -> Value {
    engine == .node ? try await inNode(body) : try await inBrowser(body)
  }

  private func inNode<Value: Sendable>(_ body: @Sendable (TestSession) async throws -> Value) async throws -> Value {
    let (commands, commandsIn) = AsyncStream.makeStream(of: String.self)
    let session = TestSession { commandsIn.yield($0) }
    let running = try RunningProgram(program, [site.appendingPathComponent("tests.mjs").path, options]) { line in
      session.continuation.yield(line.map { .line($0) } ?? .ended("Node ended"))
    }
    let writer = Task { for await command in commands { running.write(command) } }
    return try await ended(running, writer) { try await body(session) }
  }

  private func inBrowser<Value: Sendable>(_ body: @escaping @Sendable (TestSession) async throws -> Value) async throws -> Value {
    let (commands, commandsIn) = AsyncStream.makeStream(of: String.self)
    let session = TestSession { commandsIn.yield($0) }
    let profile = FileManager.default.temporaryDirectory.appendingPathComponent("weft-test-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: profile, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: profile) }
    let server = try TestServer(site: site, isIsolated: !isSingle, commands: commands) { session.continuation.yield(.line($0)) }
    let (results, resultsIn) = AsyncStream.makeStream(of: Value.self)
    try await server.run { address in
      let page = URL(string: "tests.html\(options)", relativeTo: address) ?? address
      let running = try RunningProgram(program, engine.browserArguments(profile: profile, page: page.absoluteURL)) { line in
        // What browsers say of themselves is not of interest.
        if line == nil { session.continuation.yield(.ended("\(engine.title) ended")) }
      }
      resultsIn.yield(try await ended(running, nil) { try await body(session) })
    }
    for await result in results { return result }
    throw Problem("the server of the tests ended")
  }

  private func ended<Value>(
    _ running: RunningProgram, _ writer: Task<Void, Never>?, _ body: () async throws -> Value
  ) async throws -> Value {
    do {
      let value = try await body()
      writer?.cancel()
      await running.end()
      return value
    } catch {
      writer?.cancel()
      await running.end()
      throw error
    }
  }
}
