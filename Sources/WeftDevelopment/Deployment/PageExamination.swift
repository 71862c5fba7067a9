import Foundation
import WeftToolchain

/// What `weft doctor URL` reports: whether a deployed page can run Swift on threads, and what it lacks.
public struct PageExamination: Sendable {
  /// How one thing stands.
  public enum Verdict: Sendable {
    case good
    /// Threads can work; it could be better.
    case advice
    /// Threads cannot work.
    case failure
  }

  /// One thing that was looked at.
  public struct Finding: Sendable {
    /// What was looked at.
    public let subject: String
    public let verdict: Verdict
    /// What was found, or what is wrong and what to do about it.
    public let text: String
  }

  /// Everything that was looked at, in order. What makes no sense after a failure is left out.
  public private(set) var findings: [Finding] = []

  /// Whether nothing was found that keeps the page from running threads.
  public var canRunThreads: Bool { !findings.contains { $0.verdict == .failure } }

  private static let opener = "Cross-Origin-Opener-Policy"
  private static let embedder = "Cross-Origin-Embedder-Policy"
  private static let help = "see Documentation/Hosting.md"

  private let client: WebClient
  private let deadline: ContinuousClock.Instant

  /// Looks at the page at `address`, and at its package: in the folder `package` relative to the page, or where the page's scripts
  /// lead to, or in `pkg/` beside the page. Takes no longer than `seconds` for an answer, and some times that for all.
  public static func run(address: String, package: String? = nil, seconds: Double = 15) async -> PageExamination {
    var examination = PageExamination(client: WebClient(seconds: seconds), deadline: .now + .seconds(seconds * 4))
    guard let url = url(of: address) else {
      examination.add(.failure, "page", "\(address) is no address of a page, such as https://example.org/app/")
      return examination
    }
    await examination.look(at: url, package: package)
    return examination
  }

  private init(client: WebClient, deadline: ContinuousClock.Instant) {
    self.client = client
    self.deadline = deadline
  }

  /// The URL that a user means, who may leave out the scheme.
  static func url(of address: String) -> URL? {
    var text = address
    if !text.contains("://") {
      guard let guess = URL(string: "http://\(text)") else { return nil }
      text = "\(guess.isSecureContext ? "http" : "https")://\(text)"
    }
    guard var components = URLComponents(string: text), ["http", "https"].contains(components.scheme?.lowercased()),
      components.host?.isEmpty == false
    else { return nil }
    if components.path.isEmpty { components.path = "/" }
    components.fragment = nil
    return components.url
  }

  private mutating func add(_ verdict: Verdict, _ subject: String, _ text: String) {
    findings.append(Finding(subject: subject, verdict: verdict, text: text))
  }

  private mutating func look(at url: URL, package: String?) async {
    let page: WebResource
    do throws(Problem) {
      page = try await client.get(url)
    } catch {
      return add(.failure, "page", error.message)
    }
    guard page.isFound else { return add(.failure, "page", "\(page.url.absoluteString) answers with status \(page.status)") }
    guard page.isPage else {
      let type = page.mediaType.isEmpty ? "without a Content-Type" : "as \(page.mediaType)"
      return add(.failure, "page", "\(page.url.absoluteString) is sent \(type); a page is text/html. Give the address of the page itself")
    }
    add(.good, "page", page.url == url ? url.absoluteString : "\(page.url.absoluteString), to which \(url.absoluteString) is redirected")

    lookAtConnection(of: page)
    let worker = await IsolationWorker.find(in: page, with: client)
    lookAtHeaders(of: page, worker)
    lookAtPermissions(of: page)
    let files = await findPackage(of: page, in: package)
    let policies =
      ContentSecurityPolicy.all(in: page.headers["content-security-policy"])
      + References.policies(of: page.text).map { ContentSecurityPolicy($0) }
    lookAt(policies, of: page, files)
    if let files { lookAt(files, of: page, worker) }
    lookAtOtherHosts(in: page)
  }
}

// The page.
extension PageExamination {
  private mutating func lookAtConnection(of page: WebResource) {
    if page.url.isSecureContext {
      add(.good, "secure context", page.url.scheme == "https" ? "HTTPS" : "this machine")
    } else {
      add(
        .failure, "secure context",
        "browsers share memory only with pages that come over HTTPS or from this machine; serve the page over HTTPS")
    }
  }

  private mutating func lookAtHeaders(of page: WebResource, _ worker: IsolationWorker?) {
    let opens = page.headers[Self.opener.lowercased()]
    let embeds = page.headers[Self.embedder.lowercased()]
    let isIsolated = Self.word(opens) == "same-origin" && Self.isolates(embeds)
    if let problem = worker?.problem, !isIsolated { add(.failure, IsolationWorker.fileName, problem) }
    for (name, value, isGood, wanted) in [
      (Self.opener, opens, Self.word(opens) == "same-origin", "same-origin"),
      (Self.embedder, embeds, Self.isolates(embeds), "require-corp"),
    ] {
      if isGood {
        add(.good, name, value ?? "")
      } else if let worker, worker.reaches(page.url) {
        add(.good, name, "added by the service worker \(worker.url.lastPathComponent)")
      } else {
        let found = value.map { "the host sends `\($0)`" } ?? "the host does not send it"
        add(
          .failure, name,
          "\(found); send `\(name): \(wanted)` with the page, or load \(IsolationWorker.fileName) if the host cannot: \(Self.help)")
      }
    }
    if Self.word(embeds) == "credentialless" {
      add(.advice, Self.embedder, "Safari does not know `credentialless` and runs the page on one thread; `require-corp` works everywhere")
    }
  }

  /// The word of a header that has one, without its parameters; none if the header was sent twice.
  private static func word(_ value: String?) -> String? {
    value?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces)
  }

  private static func isolates(_ embedder: String?) -> Bool { ["require-corp", "credentialless"].contains(word(embedder)) }

  private mutating func lookAtPermissions(of page: WebResource) {
    guard let policy = page.headers["permissions-policy"],
      let list = policy.firstMatch(of: /(?:^|,)\s*cross-origin-isolated\s*=\s*(\([^)]*\)|[^,;\s]+)/)?.1
    else { return }
    let words = list.split { " ()".contains($0) }
    let own = page.url.origin
    if words.contains(where: { $0 == "*" || $0 == "self" || URL(string: $0.trimmingCharacters(in: ["\""]))?.origin == own }) { return }
    add(
      .failure, "Permissions-Policy",
      "`cross-origin-isolated=\(list)` forbids the page to share memory; take it out, or write `cross-origin-isolated=(self)`")
  }

  private mutating func lookAtOtherHosts(in page: WebResource) {
    guard Self.word(page.headers[Self.embedder.lowercased()]) == "require-corp" else { return }
    for element in References.elements(of: page.text) where !element.asksForConsent {
      guard let url = PackageFiles.resolve([element.url], against: page.url).first, ["http", "https"].contains(url.scheme),
        url.origin != page.url.origin
      else { continue }
      add(
        .advice, "<\(element.name)>",
        "\(url.absoluteString) loads only if its host sends `Cross-Origin-Resource-Policy: cross-origin`; or write `crossorigin` into the element if it sends `Access-Control-Allow-Origin`"
      )
    }
  }
}

// The package.
extension PageExamination {
  private mutating func findPackage(of page: WebResource, in folder: String?) async -> PackageFiles? {
    var files = PackageFiles()
    if let folder {
      let index = PackageFiles.resolve(
        [folder.hasSuffix(".js") ? folder : folder.hasSuffix("/") ? "\(folder)index.js" : "\(folder)/index.js"], against: page.url)
      await files.read(index, with: client, until: deadline)
    } else {
      let scripts = References.elements(of: page.text).filter { $0.name != "img" && !$0.url.contains(/\.css(\?|$)/) }.map(\.url)
      let starts = PackageFiles.resolve(scripts + References.inlineImports(of: page.text), against: page.url)
      await files.read(starts.filter { $0.lastPathComponent != IsolationWorker.fileName }, with: client, until: deadline)
      if files.modules.isEmpty {
        var beside = PackageFiles()
        await beside.read(PackageFiles.resolve(["pkg/index.js"], against: page.url), with: client, until: deadline)
        if !beside.modules.isEmpty { files = beside }
      }
    }
    guard let module = files.modules.first else {
      let place = folder.map { "in \($0)" } ?? "by the page's scripts (\(files.scripts.count) were read) or in pkg/ beside the page"
      add(.failure, "package", "none was found \(place); say where it is, relative to the page: --package PATH")
      // What could not be had may be the reason.
      for url in files.scripts { lookAtStatus(of: url, in: files) }
      return nil
    }
    add(.good, "package", module.folder.absoluteString)
    return files
  }

  /// Whether the file was sent; if not, that is noted.
  @discardableResult
  private mutating func lookAtStatus(of url: URL, in files: PackageFiles) -> WebResource? {
    switch files.answers[url] {
    case .success(let file) where file.isFound: return file
    case .success(let file):
      add(.failure, url.lastPathComponent, "\(url.absoluteString) answers with status \(file.status); publish every file of the package")
    case .failure(let problem): add(.failure, url.lastPathComponent, problem.message)
    case nil: add(.failure, url.lastPathComponent, "the page has too many scripts to look at \(url.absoluteString)")
    }
    return nil
  }

  private mutating func lookAt(_ files: PackageFiles, of page: WebResource, _ worker: IsolationWorker?) {
    let before = findings.count
    let scripts = files.scriptsOfPackage
    for url in scripts {
      guard let file = lookAtStatus(of: url, in: files), !file.isScript else { continue }
      let type = file.mediaType.isEmpty ? "without a Content-Type" : "as \(file.mediaType)"
      let doubt = file.isPage ? ". Is it there at all?" : ""
      add(
        .failure, url.lastPathComponent,
        "\(url.absoluteString) is sent \(type), and browsers refuse to run that; send it as text/javascript\(doubt)")
    }
    lookAtConsent(to: files, of: page)
    if findings.count == before { add(.good, "scripts", "\(scripts.count), sent as JavaScript") }
    for url in files.workers { lookAtWorker(url, in: files, of: page, worker) }
    lookAtImports(in: files, of: page, worker)
    for url in files.modules { lookAtModule(url, in: files) }
  }

  /// Modules and wasm are asked for in a way that needs the consent of another host; `Cross-Origin-Resource-Policy` would not do.
  private mutating func lookAtConsent(to files: PackageFiles, of page: WebResource) {
    for url in files.scriptsOfPackage + files.modules {
      guard case .success(let file) = files.answers[url], file.isFound, file.url.origin != page.url.origin else { continue }
      let consent = file.headers["access-control-allow-origin"]
      if consent == "*" || consent.flatMap({ URL(string: $0) })?.origin == page.url.origin { continue }
      let text =
        "\(url.absoluteString) is on another host, which does not let the page have it; send `Access-Control-Allow-Origin: *` there"
      add(.failure, url.lastPathComponent, text)
    }
  }

  private mutating func lookAtWorker(_ url: URL, in files: PackageFiles, of page: WebResource, _ worker: IsolationWorker?) {
    guard case .success(let file) = files.answers[url], file.isFound else { return }
    let name = url.lastPathComponent
    guard file.url.origin == page.url.origin else {
      // A script of the page's own imports it; where that may not be, the policy has been looked at.
      return add(
        .good, name, "on another host: a `blob:` script of the page's starts it, which a Content-Security-Policy must allow in `worker-src`"
      )
    }
    let value = file.headers[Self.embedder.lowercased()]
    if Self.isolates(value) {
      add(.good, name, "\(Self.embedder): \(value ?? "")")
    } else if let worker, worker.reaches(url) {
      add(.good, name, "\(Self.embedder): added by the service worker \(worker.url.lastPathComponent)")
    } else {
      let advice = worker.map { ", or put \($0.url.lastPathComponent) into a folder that holds both the page and the package" } ?? ""
      add(
        .failure, name,
        "isolated pages start no worker whose script comes without the header; send `\(Self.embedder): require-corp` with every file\(advice)"
      )
    }
  }

  private mutating func lookAtImports(in files: PackageFiles, of page: WebResource, _ worker: IsolationWorker?) {
    let bare = files.importsOfWorkers.filter { url in
      guard case .success(let file) = files.answers[url], file.isFound else { return false }
      return !Self.isolates(file.headers[Self.embedder.lowercased()]) && worker?.reaches(url) != true
    }
    guard !bare.isEmpty, Self.isolates(page.headers[Self.embedder.lowercased()]) else { return }
    let names = bare.map(\.lastPathComponent).joined(separator: ", ")
    add(
      .advice, "scripts of workers",
      "WebKit starts only one worker if what it imports comes without the header; send `\(Self.embedder): require-corp` with \(names) too")
  }

  private mutating func lookAtModule(_ url: URL, in files: PackageFiles) {
    guard let file = lookAtStatus(of: url, in: files) else { return }
    let name = url.lastPathComponent
    if file.isPage { return add(.failure, name, "\(url.absoluteString) is sent as a page (\(file.mediaType)). Is it there at all?") }
    var hints: [String] = []
    if file.mediaType != "application/wasm" {
      let type = file.mediaType.isEmpty ? "no type" : file.mediaType
      hints.append("it is sent as \(type), so browsers compile it only when all of it has come; send it as application/wasm")
    }
    if file.headers["content-encoding"] == nil, file.body.count > 8192 {
      hints.append("it is sent uncompressed, \(file.body.count / 1024) KB and more; let the host compress application/wasm")
    }
    if !["etag", "last-modified", "cache-control"].contains(where: { file.headers[$0] != nil }) {
      hints.append("browsers load it with every visit; send `Cache-Control: no-cache` and an `ETag`")
    }
    if hints.isEmpty {
      add(.good, name, ["application/wasm", file.headers["content-encoding"]].compactMap(\.self).joined(separator: ", "))
    }
    for hint in hints { add(.advice, name, hint) }
  }

  private mutating func lookAt(_ policies: [ContentSecurityPolicy], of page: WebResource, _ files: PackageFiles?) {
    guard !policies.isEmpty else { return }
    let name = "Content-Security-Policy"
    let before = findings.count
    if policies.contains(where: { !$0.allowsWasm }) { add(.failure, name, "it forbids WebAssembly; add 'wasm-unsafe-eval' to script-src") }
    if policies.contains(where: \.requiresTrustedTypes) {
      add(.failure, name, "require-trusted-types-for 'script' forbids to start workers by their address; take it out")
    }
    func first(_ urls: [URL]?, _ isAllowed: (ContentSecurityPolicy, URL) -> Bool) -> URL? {
      urls?.first { url in policies.contains { !isAllowed($0, url) } }
    }
    let refusals: [(URL?, String)] = [
      (first(files?.scriptsOfPackage) { $0.allowsScript($1, page: page.url) }, "script-src"),
      (first(files?.workers) { $0.allowsWorker($1, page: page.url) }, "worker-src"),
      (first(files?.modules) { $0.allowsConnection($1, page: page.url) }, "connect-src"),
    ]
    for case (let url?, let directive) in refusals {
      let source = url.origin == page.url.origin ? "'self'" : url.origin
      add(.failure, name, "it forbids the page to load \(url.absoluteString); add \(source) to \(directive)")
    }
    if findings.count == before { add(.good, name, "lets wasm and workers in") }
  }
}
