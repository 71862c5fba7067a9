import Testing

@testable import WeftPackaging

/// How scripts are made smaller.
@Suite struct ScriptTests {
  @Test(arguments: [
    ("const a = 1;\n  return a + +b;\n", "const a=1;return a+ +b;"),
    ("if (x) {\n  f();\n}\nelse {\n  g( a, b );\n}", "if(x){f()}\nelse{g(a,b)}"),
    ("const s = \"a  b\" + 'c  \\' d' + `e  ${ f({ a: \"}\" }) }  g`;", "const s=\"a  b\"+'c  \\' d'+`e  ${ f({ a: \"}\" }) }  g`;"),
    ("const r = /a  [/ ] \\/ b/g.test( x ) / 2 / y;", "const r=/a  [/ ] \\/ b/g.test(x)/2/y;"),
    ("class A {\n  #x = 1;\n  get y() {\n    return this.#x;\n  }\n  z() {}\n}", "class A{#x=1;get y(){return this.#x}\nz(){}}"),
    ("import(/* webpackIgnore: true */ x);", "import(/* webpackIgnore: true */x);"),
    ("a; // @ts-ignore\nb", "a;// @ts-ignore\nb"),
    ("let a = b\nlet c = d", "let a=b\nlet c=d"),
    ("a = b - -c", "a=b- -c"),
    ("f({\n  a: [1, 2,],\n  b,\n},);\nwhile (g());\n{ h; }", "f({a:[1,2],b});while(g());{h}"),
    ("{ while (a(b)); }\n{ if (\")\") f(); }\n{ for (;;) ; }", "{while(a(b));}\n{if(\")\")f()}\n{for(;;);}"),
    ("f((x) => x, (a, b) => a, async (y) => y, ({ z }) => z)", "f(x=>x,(a,b)=>a,async y=>y,({z})=>z)"),
  ])
  func whiteSpace(_ text: String, _ compacted: String) {
    #expect(ScriptCompaction.compact(text) == compacted)
  }

  @Test func privateNamesAreShort() {
    let names = (0..<28).map { "#name\($0)" }
    #expect(
      PrivateNames.shortened("class A {\n  #first = 1;\n  #second() { return `${this.#first}` + other.second; }\n}")
        == "class A {\n  #a = 1;\n  #b() { return `${this.#a}` + other.second; }\n}")
    #expect(PrivateNames.shortened(names.joined(separator: " ")).split(separator: " ").suffix(3) == ["#z", "#aa", "#ab"])
    #expect(PrivateNames.shortened("a # b; \"#\"") == "a # b; \"#\"")
  }

  @Test func partsThatAreLoadedTogetherAreOneFile() {
    let scripts = ScriptBundle.bundle([
      "errors.js": "export class E {}\n", "instance.js": "import { E } from \"./errors.js\";\nexport const i = E;\n",
      "values.js": "import { i } from \"./instance.js\";\nexport const v = i;\n", "buffers.js": "export const b = 1;\n",
      "workers.js": "import { E } from \"./errors.js\";\nexport const w = E;\n",
      "runtime.js":
        "import { E } from \"./errors.js\";\nimport { b } from \"./buffers.js\";\nimport { v } from \"./values.js\";\nexport { E, b, v };\n",
      "other.js": "import { v } from \"./values.js\";\nimport { w } from \"./workers.js\";\nimport { E } from \"./errors.js\";\n",
    ])
    #expect(scripts.keys.sorted() == ["instance.js", "other.js", "runtime.js"])
    #expect(scripts["instance.js"] == "export class E {}\nexport const i = E;\n\n")
    #expect(
      scripts["runtime.js"] == """
        import { E, i } from "./instance.js";
        export const v = i;
        export const b = 1;
        export const w = E;
        export { E, b, v };


        """)
    #expect(
      scripts["other.js"]
        == "import { v } from \"./runtime.js\";\nimport { w } from \"./runtime.js\";\nimport { E } from \"./instance.js\";\n")
  }
}
