import Foundation

/// What a host answered to a request, after the redirects.
struct WebResource: Sendable {
  /// Where it came from in the end.
  let url: URL
  let status: Int
  /// By names in lower case.
  let headers: [String: String]
  /// The body, or the beginning of a long one.
  let body: Data

  init(url: URL, status: Int, headers: [String: String], body: Data) {
    self.url = url
    self.status = status
    self.headers = Dictionary(headers.map { ($0.lowercased(), $1) }, uniquingKeysWith: { "\($0), \($1)" })
    self.body = body
  }

  var text: String { String(decoding: body, as: UTF8.self) }
  var isFound: Bool { (200..<300).contains(status) }

  /// The media type without its parameters.
  var mediaType: String {
    (headers["content-type"] ?? "").prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
  }

  /// What browsers take for JavaScript.
  var isScript: Bool {
    let types = [
      "text/javascript", "application/javascript", "application/x-javascript", "text/x-javascript", "text/ecmascript",
      "application/ecmascript", "application/x-ecmascript", "text/x-ecmascript", "text/jscript", "text/livescript",
    ]
    return types.contains(mediaType)
  }

  var isPage: Bool { ["text/html", "application/xhtml+xml"].contains(mediaType) }
}

extension URL {
  /// Scheme, host and port: what a browser compares.
  var origin: String {
    let scheme = scheme?.lowercased() ?? ""
    let port = port ?? (scheme == "https" ? 443 : 80)
    return "\(scheme)://\(host?.lowercased() ?? ""):\(port)"
  }

  /// Whether browsers treat what comes from here as safe from change on the way.
  var isSecureContext: Bool {
    let host = (host ?? "").lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    let isLoopback = host == "localhost" || host.hasSuffix(".localhost") || host.hasPrefix("127.") || host == "::1"
    return scheme?.lowercased() == "https" || isLoopback
  }

  /// The folder that it lies in, with a slash at its end.
  var folder: URL { URL(string: ".", relativeTo: self)?.absoluteURL ?? self }
}
