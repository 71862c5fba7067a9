import SwiftDiagnostics
import SwiftSyntax

/// What is looked at alike in structs, enums and classes.
enum TypeDeclaration {
  static func check(_ name: TokenSyntax, _ generics: GenericParameterClauseSyntax?, problems: inout [Diagnostic]) {
    if !JSIdentifier.isValid(name.identifier?.name ?? "") { problems.append(Diagnostic(node: name, message: JSDiagnostic.name(name.text))) }
    if let generics { problems.append(Diagnostic(node: generics, message: JSDiagnostic.generic)) }
  }

  /// What a witness of a protocol needs to be as visible as the type.
  static func access(_ modifiers: DeclModifierListSyntax) -> String {
    let found = modifiers.first { ["public", "package"].contains($0.name.text) }
    return found.map { "\($0.name.text) " } ?? ""
  }

  static func isStatic(_ modifiers: DeclModifierListSyntax) -> Bool { modifiers.contains { ["static", "lazy"].contains($0.name.text) } }

  static func isStored(_ binding: PatternBindingSyntax) -> Bool {
    switch binding.accessorBlock?.accessors {
    case nil: true
    case .getter: false
    case .accessors(let accessors): accessors.allSatisfy { ["willSet", "didSet"].contains($0.accessorSpecifier.text) }
    }
  }

  static func type(of binding: PatternBindingSyntax, problems: inout [Diagnostic]) -> BridgedType? {
    guard let annotation = binding.typeAnnotation?.type else {
      problems.append(Diagnostic(node: binding, message: JSDiagnostic.missingType))
      return nil
    }
    switch BridgedType(annotation) {
    case nil, .function, .tuple, .sharedBuffer, .optional(.function):
      problems.append(Diagnostic(node: annotation, message: JSDiagnostic.type(annotation.trimmedDescription)))
      return nil
    case let type?: return type
    }
  }
}
