import Foundation

/// The `Content-Type` of a file, from the end of its name.
enum MediaType {
  /// Browsers refuse to stream-compile wasm, or to run a module script, that is served as anything else.
  private static let types = [
    "css": "text/css; charset=utf-8",
    "gif": "image/gif",
    "htm": "text/html; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "map": "application/json",
    "md": "text/markdown; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ts": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
  ]

  static func of(_ fileName: String) -> String {
    types[(fileName as NSString).pathExtension.lowercased()] ?? "application/octet-stream"
  }

  /// Whether a file of this name is something that a page may show or load.
  static func isKnown(_ fileName: String) -> Bool {
    types[(fileName as NSString).pathExtension.lowercased()] != nil
  }
}
