import Testing

@testable import WeftPackaging

@Suite struct RuntimeScriptsTests {
  private func stripped(_ text: String) -> String { RuntimeScripts.withoutComments(text) }

  @Test func commentsBeforeCode() {
    #expect(stripped("// one\n  // two\nlet a = 1; // behind\n") == "let a = 1; // behind\n")
    #expect(stripped("/**\n * Doc.\n */\nexport class A {}\n") == "export class A {}\n")
    #expect(stripped("  /** @type {number} */ #x;\n") == "#x;\n")
    #expect(stripped("/* a */ /* b */ c();") == "c();\n")
    #expect(stripped("/* a\n b */ c(); /* d\n e */") == "c(); /* d\ne */\n")
  }

  @Test func typesWithinALine() {
    #expect(stripped("f((/** @type {any} */ x, /** @type {B} */ y) => x);") == "f((x, y) => x);\n")
    // The parentheses of a cast go with it, if they hold a name, or names of parts.
    #expect(stripped("if (a) /** @type {any} */ (this).b?.();") == "if (a) this.b?.();\n")
    #expect(stripped("c = /** @type {any} */ (a.b).c;") == "c = a.b.c;\n")
    #expect(stripped("f(/** @type {A} */ (a) => a);") == "f((a) => a);\n")
    #expect(stripped("import(/* webpackIgnore: true */ name);") == "import(/* webpackIgnore: true */ name);\n")
  }

  @Test func onlyComments() {
    #expect(stripped("/* a */\n\n  /* b\n c */ // d\n/**/\n/*/ e\n*/") == "")
  }

  @Test func codeThatLooksLikeAComment() {
    #expect(stripped("  *[Symbol.iterator]() {\n  a\n    * b;\n") == "*[Symbol.iterator]() {\na\n* b;\n")
    #expect(stripped("a = \"/* \" + b; // */\n") == "a = \"/* \" + b; // */\n")
  }

  @Test func directivesOfTypeScript() {
    #expect(stripped("// @ts-nocheck\n// @see\n") == "// @ts-nocheck\n")
  }
}
