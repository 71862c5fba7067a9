import Foundation
import WeftToolchain

/// The files of a written `pkg`, with what they weigh on disk and on the wire.
public struct OutputSizes: Sendable {
  struct File: Sendable {
    let name: String
    let bytes: Int
    let gzipped: Int?
  }

  let folder: URL
  let files: [File]

  /// Looks at the modules and scripts in `folder`. The compressed size is left out where there is no `gzip`.
  public init(of folder: URL) async throws {
    self.folder = folder
    let gzip = ChildProcess.find("gzip", environment: ProcessInfo.processInfo.environment)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    var files: [File] = []
    for name in names where (name.hasSuffix(".wasm") || name.hasSuffix(".js")) && !name.hasSuffix(".debug.wasm") {
      let file = folder.appendingPathComponent(name)
      let bytes = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
      let compressed = try await gzip.asyncMap { gzip in
        try await ChildProcess(executable: gzip, arguments: ["-9c", file.path], errors: .discarded).run()
      }
      files.append(File(name: name, bytes: bytes, gzipped: compressed.flatMap { $0.status == 0 ? $0.output.count : nil }))
    }
    self.files = files
  }

  /// One line a file, aligned.
  public var lines: [String] {
    let width = files.map(\.name.count).max() ?? 0
    return files.map { file in
      let name = file.name.padding(toLength: width, withPad: " ", startingAt: 0)
      let compressed = file.gzipped.map { ", \(Self.kilobytes($0)) gzipped" } ?? ""
      return "  \(folder.lastPathComponent)/\(name)  \(Self.kilobytes(file.bytes))\(compressed)"
    }
  }

  static func kilobytes(_ bytes: Int) -> String {
    String(format: "%7.1f KB", Double(bytes) / 1000)
  }
}

extension Optional {
  fileprivate func asyncMap<R>(_ transform: (Wrapped) async throws -> R) async rethrows -> R? {
    guard let self else { return nil }
    return try await transform(self)
  }
}
