import Foundation
import WeftToolchain

/// The service worker `isolation.js` of a page, which adds the headers that the host does not send.
struct IsolationWorker: Sendable {
  static let fileName = "isolation.js"

  let url: URL
  /// Why it cannot work, if it cannot.
  let problem: String?

  /// The one that a page loads.
  static func find(in page: WebResource, with client: WebClient) async -> IsolationWorker? {
    for element in References.elements(of: page.text) where element.name == "script" {
      guard let url = PackageFiles.resolve([element.url], against: page.url).first, url.lastPathComponent == fileName else { continue }
      return IsolationWorker(url: url, problem: await problem(of: url, in: page.url, with: client))
    }
    return nil
  }

  private static func problem(of url: URL, in page: URL, with client: WebClient) async -> String? {
    guard url.origin == page.origin else { return "it must come from the page's own host, not from \(url.origin)" }
    guard reaches(page, from: url) else {
      return "it reaches only pages in \(url.folder.absoluteString); copy it from the package into the page's folder"
    }
    do throws(Problem) {
      let script = try await client.get(url)
      guard script.isFound else {
        return "\(url.absoluteString) answers with status \(script.status); copy it from the package into the page's folder"
      }
      guard script.isScript else { return "it is sent as \(script.mediaType); send it as text/javascript" }
      guard script.url == url else { return "it is redirected to \(script.url.absoluteString), which browsers refuse for service workers" }
      return nil
    } catch {
      return error.message
    }
  }

  /// Whether it adds the headers to `file`.
  func reaches(_ file: URL) -> Bool { problem == nil && Self.reaches(file, from: url) }

  private static func reaches(_ file: URL, from url: URL) -> Bool { file.absoluteString.hasPrefix(url.folder.absoluteString) }
}
