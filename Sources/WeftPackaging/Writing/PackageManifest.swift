import Foundation

/// `package.json`, for bundlers and package managers.
enum PackageManifest {
  static func text(name: String, wasm: [String], files: [String]) -> String {
    // What bundlers and pages may name. The runtime's other scripts are nobody's business.
    let assets = wasm + ["worker.js", "isolation.js", "package.json"]
    return """
      {
        "name": "\(name)",
        "version": "0.0.0",
        "type": "module",
        "exports": {
          ".": {
            "types": "./index.d.ts",
            "default": "./index.js"
          },
          "./classic.js": {
            "types": "./classic.d.ts",
            "default": "./classic.js"
          },
          "./ports.js": {
            "types": "./ports.d.ts",
            "default": "./ports.js"
          },
          "./worklet.js": {
            "types": "./worklet.d.ts",
            "default": "./worklet.js"
          },
          \(assets.map { "\"./\($0)\": \"./\($0)\"" }.joined(separator: ",\n    "))
        },
        "main": "./index.js",
        "types": "./index.d.ts",
        "files": [
          \(files.map { "\"\($0)\"" }.joined(separator: ",\n    "))
        ],
        "sideEffects": [
          "./classic.js",
          "./scope.js",
          "./worker.js"
        ]
      }

      """
  }

  /// A name that npm, URLs and every file system accept.
  static func name(of product: String) -> String {
    let plain = product.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil).lowercased()
    let words = plain.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }
    let name = words.joined(separator: "-").drop { $0 == "_" }
    return name.isEmpty ? "app" : String(name.prefix(200))
  }
}
