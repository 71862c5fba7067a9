/// Looks whether what a program exports fits together: a macro sees one declaration at a time.
struct DeclarationCheck {
  private let declarations: [String: ExportedDeclaration]

  init(_ declarations: [String: ExportedDeclaration]) { self.declarations = declarations }

  func run() throws(PackagingError) {
    for declaration in declarations.values.sorted(by: { $0.name < $1.name }) {
      for name in declaration.names { try checkType(name, usedIn: declaration.name) }
      for (_, function) in declaration.functions { try check(function, of: declaration.name) }
      try checkMembers(of: declaration)
    }
  }

  private func checkType(_ name: String, usedIn user: String) throws(PackagingError) {
    switch declarations[name] {
    case .structure, .enumeration, .classType: return
    default: if name != "JSError" { throw .unknownType(name, usedIn: user) }
    }
  }

  private func check(_ function: ExportedFunction, of owner: String) throws(PackagingError) {
    guard let error = function.error, error != "JSError" else { return }
    if case .classType = declarations[error] { throw .notAnError(error, thrownBy: function.name == "constructor" ? owner : function.name) }
  }

  private func checkMembers(of declaration: ExportedDeclaration) throws(PackagingError) {
    var seen: Set<String> = []
    for (_, member) in declaration.functions where member.kind != .function {
      let isStatic = [.static, .staticGet, .staticSet].contains(member.kind)
      let part = [.set, .staticSet].contains(member.kind) ? "set" : ""
      guard seen.insert("\(isStatic) \(part) \(member.name)").inserted else { throw .duplicateMember(member.name, of: declaration.name) }
      if let reason = ReservedNames.reason(againstMember: member.name, isStatic: isStatic), member.kind != .initializer {
        throw .reservedName("\(declaration.name).\(member.name)", reason: reason)
      }
    }
  }
}
