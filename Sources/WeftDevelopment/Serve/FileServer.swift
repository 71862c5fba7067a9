import FlyingFox
import Foundation
import WeftToolchain

/// Answers requests with the files below one folder, in the way that browsers need for shared memory.
struct FileServer: Sendable {
  private let root: String
  private let rootComponents: [String]

  /// Serves the files below `root`.
  init(root: URL) throws(Problem) {
    guard let path = Self.realPath(root.path) else { throw Problem("there is no folder \(root.path) to serve") }
    self.root = path
    rootComponents = (path as NSString).pathComponents
  }

  /// Answers a request. `page` may change an HTML page, and gives what to add to its tag.
  func respond(to request: HTTPRequest, page: (tag: String, script: String)) throws -> HTTPResponse {
    guard request.method == .GET || request.method == .HEAD else {
      return Self.plain(.methodNotAllowed, "Only GET and HEAD are answered here.", headers: [HTTPHeader("Allow"): "GET, HEAD"])
    }
    let target = request.target.path()
    guard let path = RequestPath(percentEncoded: target), let found = locate(path) else { return Self.notFound }
    if found.isDirectory && !path.isFolder {
      let query = request.target.query().isEmpty ? "" : "?\(request.target.query())"
      // Relative, so that no request can make it lead to another host.
      let name = target.split(separator: "/").last ?? ""
      return Self.plain(.movedPermanently, "This is a folder.", headers: [.location: "./\(name)/\(query)"])
    }
    guard found.isDirectory || !path.isFolder else { return Self.notFound }
    let file = found.isDirectory ? locate(path, appending: "index.html")?.path : found.path
    guard let file, let opened = OpenFile(path: file) else { return Self.notFound }

    let type = MediaType.of(file)
    if type.hasPrefix("text/html") {
      let html = ReloadScript.insert(page.script, into: try opened.read(at: 0, count: opened.size))
      return respond(to: request, type: type, tag: "\(opened.tag)-\(page.tag)", size: html.count) { range in
        HTTPBodySequence(data: Data(html[range]), suggestedBufferSize: Self.pieceSize)
      }
    }
    return respond(to: request, type: type, tag: opened.tag, size: opened.size) { range in
      HTTPBodySequence(from: opened.bytes(range), count: range.count, suggestedBufferSize: Self.pieceSize)
    }
  }

  private static let pieceSize = 1 << 16

  private func respond(
    to request: HTTPRequest, type: String, tag: String, size: Int, body: (Range<Int>) -> HTTPBodySequence
  ) -> HTTPResponse {
    let tag = "\"\(tag)\""
    var headers: HTTPHeaders = [
      .contentType: type, .eTag: tag, .cacheControl: "no-cache", .acceptRanges: "bytes", .contentLength: String(size),
    ]
    if let known = request.headers[.ifNoneMatch], Self.names(known, tag) {
      return HTTPResponse(statusCode: .notModified, headers: headers)
    }
    // A range of a file that has changed since would not fit what the browser has.
    let condition = request.headers[HTTPHeader("If-Range")]
    let range = condition == nil || condition == tag ? ByteRange(header: request.headers[.range], size: size) : .whole
    switch range {
    case .whole:
      return HTTPResponse(statusCode: .ok, headers: headers, body: request.method == .HEAD ? HTTPBodySequence() : body(0..<size))
    case .part(let range):
      headers[.contentLength] = String(range.count)
      headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
      return HTTPResponse(
        statusCode: .partialContent, headers: headers, body: request.method == .HEAD ? HTTPBodySequence() : body(range))
    case .unsatisfiable:
      return Self.plain(.rangeNotSatisfiable, "The file has \(size) bytes.", headers: [.contentRange: "bytes */\(size)"])
    }
  }

  /// Whether an `If-None-Match` header names the tag; the comparison is the weak one, as that header asks.
  private static func names(_ header: String, _ tag: String) -> Bool {
    header.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.contains { $0 == "*" || $0 == tag || $0 == "W/\(tag)" }
  }

  static let notFound = plain(.notFound, "There is no such file here.")

  /// A response of one line of text.
  static func plain(_ status: HTTPStatusCode, _ text: String, headers: HTTPHeaders = [:]) -> HTTPResponse {
    var headers = headers
    headers[.contentType] = "text/plain; charset=utf-8"
    headers[.cacheControl] = "no-cache"
    return HTTPResponse(statusCode: status, headers: headers, body: Data("\(status.code) \(status.phrase). \(text)\n".utf8))
  }
}

extension FileServer {
  /// Finds what a path names, with every symbolic link followed: below the root, and without hidden folders on the way.
  private func locate(_ path: RequestPath, appending name: String? = nil) -> (path: String, isDirectory: Bool)? {
    let wanted = ([root] + path.components + (name.map { [$0] } ?? [])).joined(separator: "/")
    guard let real = Self.realPath(wanted) else { return nil }
    let components = (real as NSString).pathComponents
    guard components.starts(with: rootComponents), !components.dropFirst(rootComponents.count).contains(where: { $0.hasPrefix(".") })
    else { return nil }
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: real, isDirectory: &isDirectory) else { return nil }
    return (real, isDirectory.boolValue)
  }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
