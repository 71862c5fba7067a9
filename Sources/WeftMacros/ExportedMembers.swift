import SwiftDiagnostics
import SwiftSyntax

/// The members of a type that carry `@JS` themselves, each with its thunk.
struct ExportedMembers {
  private(set) var descriptors: [Descriptor] = []
  private(set) var thunks: [Thunk] = []
  private let type: String
  private let staticOnly: Bool

  /// - Parameter staticOnly: Whether there are no objects of the type.
  init(of members: MemberBlockItemListSyntax, type: String, staticOnly: Bool, problems: inout [Diagnostic]) {
    self.type = type
    self.staticOnly = staticOnly
    for member in members {
      guard let attributes = member.decl.asProtocol(WithAttributesSyntax.self)?.attributes, attributes.contains(where: JSMacro.isJS)
      else { continue }
      if let function = member.decl.as(FunctionDeclSyntax.self) {
        add(function, problems: &problems)
      } else if let initializer = member.decl.as(InitializerDeclSyntax.self), !staticOnly {
        var signature = JSSignature(of: initializer, problems: &problems)
        signature.returnObject(of: type)
        if let mark = initializer.optionalMark { problems.append(Diagnostic(node: mark, message: JSDiagnostic.failableInitializer)) }
        descriptors.append(
          Descriptor().with("kind", "init").with("name", "constructor").with("doc", DocumentationComment.text(of: initializer))
            .with(signature))
        thunks.append(Thunk(signature: signature, callee: type))
      } else if let variable = member.decl.as(VariableDeclSyntax.self) {
        add(variable, problems: &problems)
      } else {
        problems.append(Diagnostic(node: member.decl, message: JSDiagnostic.member))
      }
    }
  }

  private mutating func add(_ function: FunctionDeclSyntax, problems: inout [Diagnostic]) {
    let isStatic = function.modifiers.contains { ["static", "class"].contains($0.name.text) }
    if staticOnly && !isStatic { problems.append(Diagnostic(node: function.name, message: JSDiagnostic.member)) }
    let signature = JSSignature(of: function, problems: &problems)
    descriptors.append(
      Descriptor().with("kind", isStatic ? "static" : "method").with("name", signature.name)
        .with("doc", DocumentationComment.text(of: function)).with(signature))
    thunks.append(
      Thunk(
        signature: signature, callee: "\(isStatic ? type : "__weft_self").\(function.name.text)", receiver: isStatic ? nil : type))
  }

  private mutating func add(_ variable: VariableDeclSyntax, problems: inout [Diagnostic]) {
    let isStatic = variable.modifiers.contains { ["static", "class"].contains($0.name.text) }
    if staticOnly && !isStatic { problems.append(Diagnostic(node: variable, message: JSDiagnostic.member)) }
    for binding in variable.bindings {
      guard let pattern = binding.pattern.as(IdentifierPatternSyntax.self),
        let type = TypeDeclaration.type(of: binding, problems: &problems)
      else { continue }
      let name = pattern.identifier.identifier?.name ?? pattern.identifier.text
      if !JSIdentifier.isValid(name) { problems.append(Diagnostic(node: pattern, message: JSDiagnostic.name(name))) }
      if Self.throwing(binding) { problems.append(Diagnostic(node: binding, message: JSDiagnostic.setterEffects)) }
      let callee = "\(isStatic ? self.type : "__weft_self").\(pattern.identifier.text)"
      let receiver = isStatic ? nil : self.type
      let getter = JSSignature(getterOf: name, type: type)
      descriptors.append(
        Descriptor().with("kind", isStatic ? "staticGet" : "get").with("name", name)
          .with("doc", DocumentationComment.text(of: variable)).with(getter))
      thunks.append(Thunk(signature: getter, callee: callee, receiver: receiver, form: .get))
      guard Self.isSettable(variable, binding) else { continue }
      let setter = JSSignature(setterOf: name, type: type)
      descriptors.append(Descriptor().with("kind", isStatic ? "staticSet" : "set").with("name", name).with(setter))
      thunks.append(Thunk(signature: setter, callee: callee, receiver: receiver, form: .set))
    }
  }

  private static func throwing(_ binding: PatternBindingSyntax) -> Bool {
    guard case .accessors(let accessors) = binding.accessorBlock?.accessors else { return false }
    return accessors.contains { $0.effectSpecifiers?.throwsClause != nil }
  }

  private static func isSettable(_ variable: VariableDeclSyntax, _ binding: PatternBindingSyntax) -> Bool {
    if variable.bindingSpecifier.tokenKind == .keyword(.let) { return false }
    // `private(set)` and the like.
    if variable.modifiers.contains(where: { $0.detail?.detail.text == "set" }) { return false }
    switch binding.accessorBlock?.accessors {
    case nil: return true
    case .getter: return false
    case .accessors(let accessors):
      return accessors.contains { ["set", "_modify", "willSet", "didSet"].contains($0.accessorSpecifier.text) }
    }
  }
}
