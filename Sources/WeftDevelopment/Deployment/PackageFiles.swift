import Foundation
import WeftToolchain

/// The files of a package as a page's host sends them, found by reading the page's scripts.
///
/// A package need not look as weft wrote it: a bundler renames its files, but keeps the words by which they refer to each other.
struct PackageFiles: Sendable {
  /// A file, or why it could not be had.
  typealias Answer = Result<WebResource, Problem>

  /// The scripts that were read, in the order in which they were found.
  private(set) var scripts: [URL] = []
  /// Those of them that are started as workers.
  private(set) var workers: [URL] = []
  private(set) var modules: [URL] = []
  private(set) var answers: [URL: Answer] = [:]
  private var imports: [URL: [URL]] = [:]

  private static let maximumCount = 80

  /// Reads scripts, and what they import, until there is nothing new.
  mutating func read(_ starts: [URL], with client: WebClient, until deadline: ContinuousClock.Instant) async {
    var waiting = starts
    while !waiting.isEmpty, answers.count < Self.maximumCount {
      let url = waiting.removeFirst()
      guard answers[url] == nil, url.scheme == "http" || url.scheme == "https" else { continue }
      let answer = await Self.get(url, with: client, until: deadline)
      answers[url] = answer
      if url.pathExtension == "wasm" {
        modules.append(url)
        continue
      }
      scripts.append(url)
      guard let script = try? answer.get(), script.isFound, !script.isPage else { continue }
      let imported = Self.resolve(References.imports(of: script.text), against: script.url)
      let references = References.files(of: script.text)
      let files = Self.resolve(references.map(\.name), against: script.url)
      imports[url] = imported
      for file in Self.resolve(references.filter(\.mayBeWorker).map(\.name), against: script.url)
      where ["js", "mjs"].contains(file.pathExtension) && !workers.contains(file) { workers.append(file) }
      waiting += imported + files.filter { ["js", "mjs", "wasm"].contains($0.pathExtension) }
    }
  }

  private static func get(_ url: URL, with client: WebClient, until deadline: ContinuousClock.Instant) async -> Answer {
    guard ContinuousClock.now < deadline else { return .failure(Problem("the host is too slow to look at everything")) }
    do throws(Problem) {
      return .success(try await client.get(url))
    } catch {
      return .failure(error)
    }
  }

  static func resolve(_ references: [String], against base: URL) -> [URL] {
    references.compactMap { reference in
      guard let url = URL(string: reference, relativeTo: base)?.absoluteURL else { return nil }
      // A fragment is no part of what is asked of the host.
      var components = URLComponents(url: url.standardized, resolvingAgainstBaseURL: true)
      components?.fragment = nil
      return components?.url
    }
  }

  /// The scripts beside the package's modules and workers, and those that lead to them. The page's other scripts are its own affair.
  var scriptsOfPackage: [URL] {
    let folders = Set((modules + workers).map(\.folder))
    var found = Set(scripts.filter { folders.contains($0.folder) })
    var count = 0
    while count != found.count {
      count = found.count
      found.formUnion(scripts.filter { !found.isDisjoint(with: imports[$0] ?? []) })
    }
    return scripts.filter(found.contains)
  }

  /// What the workers import, directly or not.
  var importsOfWorkers: [URL] {
    var found: [URL] = []
    var waiting = workers.flatMap { imports[$0] ?? [] }
    while let url = waiting.popLast() {
      guard !found.contains(url) else { continue }
      found.append(url)
      waiting += imports[url] ?? []
    }
    return found.filter { !workers.contains($0) }.sorted { $0.absoluteString < $1.absoluteString }
  }
}
