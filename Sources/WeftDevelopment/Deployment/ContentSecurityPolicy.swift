import Foundation

/// One `Content-Security-Policy`, as far as it concerns wasm, workers and what they load.
struct ContentSecurityPolicy {
  private let directives: [String: [String]]

  /// Reads a policy. Of a directive that comes twice the first counts.
  init(_ text: some StringProtocol) {
    directives = Dictionary(
      String(text).split(separator: ";" as Character).compactMap { directive in
        let words = directive.split { $0.isWhitespace }.map { String($0) }
        return words.first.map { ($0.lowercased(), Array(words.dropFirst())) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The policies of a header, which may hold several.
  static func all(in header: String?) -> [ContentSecurityPolicy] {
    (header ?? "").split(separator: "," as Character).map { ContentSecurityPolicy($0) }
  }

  var allowsWasm: Bool {
    guard let sources = sources(["script-src", "default-src"]) else { return true }
    return sources.contains { ["'wasm-unsafe-eval'", "'unsafe-eval'"].contains($0.lowercased()) }
  }

  var requiresTrustedTypes: Bool { directives["require-trusted-types-for"]?.contains("'script'") == true }

  /// Whether a script of the page's own files may run. Scripts with a nonce or a hash, and what such scripts load, may.
  func allowsScript(_ url: URL, page: URL) -> Bool {
    allows(url, page, ["script-src-elem", "script-src", "default-src"], orTrusted: true)
  }

  func allowsWorker(_ url: URL, page: URL) -> Bool {
    allows(
      url, page, ["worker-src", "child-src", "script-src", "default-src"],
      orTrusted: directives["worker-src"] == nil && directives["child-src"] == nil)
  }

  func allowsConnection(_ url: URL, page: URL) -> Bool { allows(url, page, ["connect-src", "default-src"], orTrusted: false) }

  /// The directive of those that decides, with its sources.
  private func sources(_ names: [String]) -> [String]? {
    names.lazy.compactMap { directives[$0] }.first
  }

  private func allows(_ url: URL, _ page: URL, _ names: [String], orTrusted isTrust: Bool) -> Bool {
    guard let sources = sources(names) else { return true }
    if isTrust, sources.contains(where: { $0.lowercased().hasPrefix("'strict-dynamic'") }) { return true }
    return sources.contains { Self.matches($0, url, page) }
  }

  private static func matches(_ source: String, _ url: URL, _ page: URL) -> Bool {
    let scheme = url.scheme?.lowercased() ?? ""
    let isWeb = scheme == "http" || scheme == "https"
    switch source.lowercased() {
    case "'self'": return url.origin == page.origin
    case "*": return isWeb || scheme == page.scheme?.lowercased()
    case let word where word.hasSuffix(":"): return word == "\(scheme):" || word == "http:" && scheme == "https"
    case let word where word.hasPrefix("'"): return false
    case let word:
      guard let match = word.wholeMatch(of: /(?:([a-z][a-z0-9+.\-]*):\/\/)?([^\/:]+)(?::(\d+|\*))?(\/.*)?/) else { return false }
      let wantedScheme = match.1.map(String.init) ?? page.scheme?.lowercased() ?? ""
      guard wantedScheme == scheme || wantedScheme == "http" && scheme == "https" else { return false }
      let host = url.host?.lowercased() ?? ""
      let wantedHost = String(match.2)
      guard wantedHost == "*" || wantedHost == host || wantedHost.hasPrefix("*.") && host.hasSuffix(wantedHost.dropFirst()) else {
        return false
      }
      let standard = scheme == "https" ? 443 : 80
      if let port = match.3, port != "*", Int(port) != url.port ?? standard { return false }
      if match.3 == nil, (url.port ?? standard) != standard { return false }
      guard let path = match.4, path != "/" else { return true }
      return path.hasSuffix("/") ? url.path.lowercased().hasPrefix(path) : url.path.lowercased() == path
    }
  }
}
