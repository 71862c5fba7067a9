import Foundation

/// What pages and scripts refer to, as far as can be told from their text.
enum References {
  /// An element of a page that loads something.
  struct Element: Equatable {
    let name: String
    let url: String
    /// Whether the browser asks other hosts for their consent (`crossorigin`, and modules always).
    let asksForConsent: Bool
  }

  /// The scripts, images and style sheets of a page.
  static func elements(of html: String) -> [Element] {
    withoutComments(html).matches(of: /<(script|img|link)\b([^>]*)>/.ignoresCase()).compactMap { match in
      let name = match.1.lowercased()
      let attributes = String(match.2)
      if name == "link", attribute("rel", of: attributes)?.lowercased().contains(/stylesheet|modulepreload/) != true { return nil }
      guard let url = attribute(name == "link" ? "href" : "src", of: attributes) else { return nil }
      let isModule =
        attribute("type", of: attributes)?.lowercased() == "module" || attribute("rel", of: attributes)?.lowercased() == "modulepreload"
      return Element(name: name, url: url, asksForConsent: isModule || attributes.lowercased().contains(/\bcrossorigin\b/))
    }
  }

  /// What the scripts within a page import.
  static func inlineImports(of html: String) -> [String] {
    withoutComments(html).matches(of: /<script\b[^>]*>(.*?)<\/script>/.ignoresCase().dotMatchesNewlines()).flatMap {
      imports(of: String($0.1))
    }
  }

  /// The policies in a page's `<meta http-equiv="Content-Security-Policy">`.
  static func policies(of html: String) -> [String] {
    withoutComments(html).matches(of: /<meta\b([^>]*)>/.ignoresCase()).compactMap { match in
      let attributes = String(match.1)
      guard attribute("http-equiv", of: attributes)?.lowercased() == "content-security-policy" else { return nil }
      return attribute("content", of: attributes)
    }
  }

  /// The modules that a script imports.
  static func imports(of script: String) -> [String] {
    let found = script.matches(of: /\b(?:from|import)\s*\(?\s*(["'`])([^"'`\n]+?)\1/).map { String($0.2) }
    return found.filter { $0.hasPrefix(".") || $0.hasPrefix("/") || $0.contains("://") }
  }

  /// A file that a module names relative to itself.
  struct File: Equatable {
    let name: String
    /// Whether it may be started as a worker: it is not what another function is called with.
    let mayBeWorker: Bool
  }

  /// The files that a module names relative to itself: `new URL("…", import.meta.url)`.
  static func files(of script: String) -> [File] {
    script.matches(of: /(?:([\w$]+)\s*\(\s*)?new\s+URL\(\s*(["'`])([^"'`\n]+?)\2\s*,\s*(?:""\s*\+\s*)?import\.meta\.url/).map {
      File(name: String($0.3), mayBeWorker: $0.1.map { $0.hasSuffix("Worker") } ?? true)
    }
  }

  private static func withoutComments(_ html: String) -> String {
    html.replacing(/<!--.*?-->/.dotMatchesNewlines(), with: "")
  }

  private static func attribute(_ name: String, of attributes: String) -> String? {
    for match in attributes.matches(of: /([^\s"'=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/) where match.1.lowercased() == name {
      let value = String(match.2 ?? match.3 ?? match.4 ?? "")
      return value.replacing("&amp;", with: "&").replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
    }
    return nil
  }
}
