import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@Test` on the web: leaves a function in the section `weft_tests` of the module that adds the test to a list.
public struct TestMacro: PeerMacro {
  /// Expands `@Test` beside the function that carries it, or diagnoses why it cannot be a test.
  public static func expansion(
    of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol, in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] {
    guard let function = declaration.as(FunctionDeclSyntax.self) else {
      context.diagnose(Diagnostic(node: node, message: TestDiagnostic.notAFunction))
      return []
    }
    guard let test = TestFunction(function, attribute: node, in: context) else { return [] }
    return test.declarations
  }
}

/// `@Suite` on the web: what it says is read by the tests' own macros.
public struct SuiteMacro: PeerMacro, MemberAttributeMacro {
  /// Nothing: the type is there already.
  public static func expansion(
    of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol, in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] { [] }

  /// Empties tests that throw they do not say what: Embedded Swift cannot compile them. `@Test` leaves a copy that does not throw.
  public static func expansion(
    of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax, providingAttributesFor member: some DeclSyntaxProtocol,
    in context: some MacroExpansionContext
  ) throws -> [AttributeSyntax] {
    guard let function = member.as(FunctionDeclSyntax.self), TestFunction.attribute("Test", of: function.attributes) != nil,
      function.signature.effectSpecifiers?.throwsClause.map({ $0.type == nil }) ?? false
    else { return [] }
    return ["@Testing._Emptied"]
  }
}

/// `@_Emptied`: takes the body of a function away that is not called.
public struct EmptiedMacro: BodyMacro {
  /// A statement, because a function for which there is none keeps its body.
  public static func expansion(
    of node: AttributeSyntax, providingBodyFor declaration: some DeclSyntaxProtocol & WithOptionalCodeBlockSyntax,
    in context: some MacroExpansionContext
  ) throws -> [CodeBlockItemSyntax] { ["Swift.fatalError()"] }
}

/// `@Tag` on the web.
public struct TagMacro: AccessorMacro {
  /// A tag with the name of the variable.
  public static func expansion(
    of node: AttributeSyntax, providingAccessorsOf declaration: some DeclSyntaxProtocol, in context: some MacroExpansionContext
  ) throws -> [AccessorDeclSyntax] {
    let name = declaration.as(VariableDeclSyntax.self)?.bindings.first?.pattern.trimmedDescription ?? ""
    return ["get { Testing.Tag(_name: \(literal: name)) }"]
  }
}
