import SwiftCompilerPlugin
import SwiftSyntaxMacros

@main
struct WeftMacros: CompilerPlugin {
  let providingMacros: [any Macro.Type] = [
    JSMacro.self, JSImportMacro.self, WorkerMessageMacro.self, TestMacro.self, SuiteMacro.self, EmptiedMacro.self, TagMacro.self,
    ExpectMacro.self, RequireMacro.self, RequireValueMacro.self, ExpectThrowsMacro.self, SourceLocationMacro.self,
  ]
}
