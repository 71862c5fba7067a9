import Foundation

/// A build as the user sees it: what is being done, the compiler's messages, and what came of it.
public struct BuildConversation: Sendable {
  private let build: WebBuild
  private let console: Console

  /// Makes a conversation about what `build` does.
  public init(_ build: WebBuild, console: Console = .standard) {
    self.build = build
    self.console = console
  }

  /// Builds and tells of it. What goes wrong is thrown; the compiler's messages have been shown by then.
  public func run(_ request: WebBuild.Request) async throws {
    console.say("Building \(try await build.product(of: request)) for the web, threaded and single-threaded")
    do {
      let report = try await build.run(request)
      if !report.warnings.isEmpty { console.complain(report.warnings) }
      if let note = report.note { console.complain(note) }
      try await OutputSizes(of: request.output).lines.forEach(console.say)
      console.say("Built \(report.product) in \(Self.seconds(report.duration))")
    } catch let error as WebBuild.CompileError {
      console.complain(error.diagnostics)
      throw error
    }
  }

  private static func seconds(_ duration: Duration) -> String {
    duration.formatted(.units(allowed: [.seconds], fractionalPart: .show(length: 1)))
  }
}
