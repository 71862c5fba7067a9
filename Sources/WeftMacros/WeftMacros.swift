import SwiftCompilerPlugin
import SwiftSyntaxMacros

@main
struct WeftMacros: CompilerPlugin {
  let providingMacros: [any Macro.Type] = [JSMacro.self, JSImportMacro.self, WorkerMessageMacro.self]
}
