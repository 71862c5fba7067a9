import Foundation
import WeftToolchain

/// Builds the tests of a package for the web and runs them.
public struct TestRun: Sendable {
  /// What to test, and where.
  public struct Request: Sendable {
    /// The package.
    public var package: UserPackage
    /// The test targets; none means all.
    public var targets: [String] = []
    /// Only tests whose `Module.Suite/name()` has a part that one of these matches; none means all.
    public var filters: [String] = []
    /// Where the tests run, one after the other.
    public var engines: [TestEngine] = [.node]
    /// How many threads the pool has; none means as many as the machine.
    public var threads: Int?
    /// Whether the single-threaded module is tested.
    public var isSingle = false
    /// How long a test, or a case of one with parameters, may take, unless it says less, in seconds.
    public var timeLimit = 60
    /// How to compile.
    public var configuration = Configuration.debug

    /// Makes a request.
    public init(package: UserPackage) { self.package = package }
  }

  private let build: WebBuild
  private let console: Console

  /// Makes a runner that builds with `build`.
  public init(_ build: WebBuild, console: Console = .standard) {
    self.build = build
    self.console = console
  }

  /// Builds and runs. Returns whether all tests have passed.
  public func run(_ request: Request) async throws -> Bool {
    let filter = try TestFilter(request.filters)
    let programs = try request.engines.map { try ($0, $0.find()) }
    try await checkTargets(request)
    let tests = TestPackage(original: request.package, targets: request.targets)
    let package = try tests.write()
    console.say("Building the tests for the web, \(request.isSingle ? "single-threaded" : "threaded")")
    try await compile(package, tests, request)
    try write(PackageResources.tests_mjs, PackageResources.tests_html, to: tests.site)

    var passed = true
    for (engine, program) in programs {
      let host = TestHost(engine: engine, program: program, site: tests.site, threads: request.threads, isSingle: request.isSingle)
      var progress = TestProgress(host: host, timeLimit: request.timeLimit, report: TestReport(console: console))
      passed = try await progress.run { filter.wants($0) } && passed
    }
    return passed
  }

  private func checkTargets(_ request: Request) async throws {
    let targets = try await build.manifest(of: request.package).testTargets
    if targets.isEmpty {
      throw Problem("the package in \(request.package.folder.path) has no test target; add .testTarget(name: …) to its Package.swift")
    }
    if let unknown = request.targets.first(where: { !targets.contains($0) }) {
      throw Problem("there is no test target \(unknown) in this package; it has \(targets.joined(separator: ", "))")
    }
  }

  private func compile(_ package: UserPackage, _ tests: TestPackage, _ request: Request) async throws {
    var web = WebBuild.Request(
      package: package, product: TestPackage.product, configuration: request.configuration,
      output: tests.site.appendingPathComponent("pkg", isDirectory: true))
    web.isTestable = true
    web.threading = request.isSingle ? .single : .threads
    do {
      _ = try await build.run(web)
    } catch let error as WebBuild.CompileError {
      console.complain(tests.original(error.diagnostics))
      throw Problem("the tests did not compile for the web; the compiler's messages are above")
    }
  }

  private func write(_ script: [UInt8], _ page: [UInt8], to site: URL) throws {
    try Data(script).write(to: site.appendingPathComponent("tests.mjs"))
    try Data(page).write(to: site.appendingPathComponent("tests.html"))
  }
}
