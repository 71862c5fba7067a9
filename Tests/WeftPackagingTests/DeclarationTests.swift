import Foundation
import Testing

@testable import WeftPackaging

/// What becomes of the types that a program exports.
@Suite struct DeclarationTests {
  private static let point =
    #"{"kind":"struct","name":"Point","doc":"A point.","fields":[{"name":"x","type":"Double","doc":"Right."},{"name":"next","type":"Point?"}]}"#
  private static let shape =
    #"{"kind":"enum","name":"Shape","cases":[{"name":"empty","payload":[]},{"name":"circle","payload":[{"label":"at","type":"Point"},{"type":"Int"}]}]}"#
  private static let side =
    #"{"kind":"enum","name":"Side","cases":[{"name":"left","raw":"L","payload":[]},{"name":"right","raw":"right","payload":[]}]}"#
  private static let oops = #"{"kind":"enum","name":"Oops","cases":[{"name":"bad","payload":[]}]}"#
  private static let counter = """
    {"kind":"class","name":"Counter","members":[{"kind":"init","name":"constructor","parameters":[{"name":"value","type":"Int","default":"0"}],"result":"Counter"},\
    {"kind":"get","name":"value","parameters":[],"result":"Int"},{"kind":"set","name":"value","parameters":[{"name":"value","type":"Int"}],"result":"Void"},\
    {"kind":"method","name":"merge","doc":"Merges.","parameters":[{"name":"other","type":"Counter"}],"result":"Void"},\
    {"kind":"static","name":"make","parameters":[],"result":"[Counter]"}]}
    """
  private static let space =
    #"{"kind":"namespace","name":"Space","members":[{"kind":"static","name":"area","parameters":[{"name":"shape","type":"Shape"}],"result":"Double"}]}"#

  private func app(_ descriptors: [String], imports: [String] = [], bareImports: [String] = []) throws -> AppModules {
    let names = descriptors.map(Self.encoded)
    var threaded = TestModule(exports: names)
    threaded.imports = imports.map(Self.encoded) + bareImports
    var single = TestModule(exports: names, memory: TestModule.plainMemory)
    single.imports = threaded.imports
    return try AppModules(threaded: WasmModule(threaded.bytes), single: WasmModule(single.bytes))
  }

  private static func encoded(_ json: String) -> String {
    "weft:" + json.replacing("%", with: "%25").replacing("\"", with: "%22").replacing("\\", with: "%5C")
  }

  private func function(_ name: String, _ parameters: String = "", result: String = "Void", throwing: String? = nil) -> String {
    #"{"name":"\#(name)","parameters":[\#(parameters)],"result":"\#(result)"\#(throwing.map { #","throws":"\#($0)""# } ?? "")}"#
  }

  private func message(_ descriptors: [String]) throws -> String {
    let error = #expect(throws: PackagingError.self) { try app(descriptors) }
    return "\(try #require(error))"
  }

  private func scripts(_ descriptors: [String]) throws -> (index: String, types: String) {
    let app = try app(descriptors)
    return (IndexScript.text(for: app, wasm: ("a.wasm", "b.wasm")), Declarations.text(for: app))
  }

  @Test func structs() throws {
    let (index, types) = try scripts([Self.point, function("f", #"{"name":"p","type":"[Point]"}"#, result: "Point")])
    #expect(index.contains(#"const $Point = object("Point", [["x", double], ["next", optional(later(() => $Point))]]);"#))
    #expect(index.contains(#"["f0", ["f", [["p", list($Point)]], $Point]],"#))
    #expect(types.contains("/** A point. */\nexport interface Point {\n  /** Right. */\n  x: number;\n  next?: Point | undefined;\n}\n"))
    #expect(types.contains("  f(p: readonly Point[], options?: CallOptions): Promise<Point>;"))
  }

  @Test func enums() throws {
    let (index, types) = try scripts([Self.point, Self.shape, Self.side, function("f", #"{"name":"s","type":"Shape"}"#, result: "Side")])
    #expect(index.contains(#"const $Shape = choice("Shape", [["empty"], ["circle", ["at", $Point], ["value1", int]]]);"#))
    #expect(index.contains(#"const $Side = names("Side", ["L", "right"]);"#))
    #expect(types.contains("export type Shape =\n  | { case: \"empty\" }\n  | { case: \"circle\", at: Point, value1: number };\n"))
    #expect(types.contains("export type Side =\n  | \"L\"\n  | \"right\";\n"))
  }

  @Test func classes() throws {
    let (index, types) = try scripts([Self.counter])
    #expect(index.contains(#"const $Counter = handle("Counter", true);"#))
    #expect(index.contains(#"  Counter: define(app, "f0", $Counter, ["#))
    #expect(index.contains(#"    ["init", ["Counter", [["value", defaulted(int)]], $Counter, true]],"#))
    #expect(
      types.contains("export interface Counter extends Disposable {\n  value: number;\n  /** Merges. */\n  merge(other: Counter): void;\n"))
    #expect(types.contains("  merge(other: PageCounter, options?: CallOptions): Promise<void>;\n"))
    #expect(types.contains("  get value(): Promise<number>;\n  set value(value: number | Promise<number>);\n"))
    #expect(types.contains("    new (value?: number): Counter;\n    make(): Counter[];\n    readonly prototype: Counter;\n"))
    #expect(types.contains("    new (value?: number, options?: CallOptions): Promise<PageCounter>;\n"))
  }

  @Test func callsOnObjectsThatAreNotSendableTakeTurns() throws {
    let sendable = Self.counter.replacing(#""name":"Counter","members""#, with: #""name":"Counter","sendable":true,"members""#)
    let holder = #"{"kind":"struct","name":"Holder","fields":[{"name":"counter","type":"Counter?"}]}"#
    let functions = [function("plain", #"{"name":"p","type":"Int"}"#), function("deep", #"{"name":"p","type":"[Holder]"}"#)]
    let index = try scripts([Self.counter, holder] + functions).index
    #expect(index.contains(#"["deep", [["p", list($Holder)]], null, true]"#))
    #expect(index.contains(#"["plain", [["p", int]], null]"#))
    #expect(try scripts([sendable, holder] + functions).index.contains(#"["deep", [["p", list($Holder)]], null]"#))
  }

  @Test func namespaces() throws {
    let (index, types) = try scripts([Self.point, Self.shape, Self.space])
    #expect(index.contains("  Space: define(app, \"f0\", null, [\n    [\"static\", [\"area\", [[\"shape\", $Shape]], double]],\n  ]),"))
    #expect(types.contains("  readonly Space: {\n    area(shape: Shape): number;\n  };\n"))
  }

  @Test func errors() throws {
    let (index, types) = try scripts([Self.oops, function("f", throwing: "Oops"), function("g", throwing: "JSError")])
    #expect(index.contains(#"export const Oops = failure("Oops", $Oops);"#))
    #expect(index.contains(#"["f", [], throwing(null, Oops)]"#) && index.contains(#"["g", [], throwing(null, thrownError)]"#))
    #expect(types.contains("export type OopsValue =\n  | \"bad\";\n"))
    #expect(
      types.contains(
        "export class Oops extends Error {\n  private constructor();\n  /** What Swift has thrown. */\n  readonly value: OopsValue;\n"))
  }

  @Test func otherTypes() throws {
    let (_, types) = try scripts([
      function(
        "f",
        #"{"name":"a","type":"Int?"},{"name":"b","type":"String","default":"x"},{"name":"c","type":"(Int) -> String"},{"name":"d","type":"Cancellation"}"#,
        result: "(low: Int, high: [Double])"),
      function("g", #"{"name":"a","type":"[String: [Int?]]"},{"name":"b","type":"JSValue"}"#, result: "(Int, Bool)"),
    ])
    #expect(
      types.contains(
        "  f(a: number | null | undefined, b: string | undefined, c: (a0: number) => string): { low: number, high: Float64Array };"))
    #expect(
      types.contains("c: (a0: number) => string | Promise<string>, options?: CallOptions): Promise<{ low: number, high: Float64Array }>;"))
    #expect(types.contains("  g(a: Readonly<Record<string, readonly (number | null | undefined)[]>>, b: unknown): [number, boolean];"))
  }

  @Test func imports() throws {
    let later =
      #"{"kind":"import","name":"later","source":"module","page":true,"members":[{"kind":"function","name":"later","parameters":[{"name":"x","type":"Int"}],"result":"String"}]}"#
    let title =
      #"{"kind":"import","name":"title","source":"global","path":"document.title","members":[{"kind":"get","name":"title","parameters":[],"result":"String"},{"kind":"set","name":"title","parameters":[{"name":"title","type":"String"}],"result":"Void"}]}"#
    let app = try app([], imports: [title, later])
    // In the order of their descriptions, so that both modules have the same numbers.
    #expect(app.threaded.imports.filter { $0.module == "weft:js" }.map(\.name) == ["1", "0"])
    #expect(app.single.imports.filter { $0.module == "weft:js" }.map(\.name) == ["1", "0"])
    let text = CallsScript.text(for: app)
    #expect(text.contains("import * as module from \"./imports.js\";"))
    #expect(text.contains(#"{ source: "module", page: true, path: "later", parameters: [int], result: text },"#))
    #expect(text.contains(#"{ source: "global", page: false, path: "document.title", set: true, parameters: [text], result: null },"#))
    #expect(try scripts([function("f")]).index.contains("calls.js") == false)
  }

  @Test func programsWithWorkers() throws {
    let app = try app([function("f")], bareImports: ["weft.workers"])
    #expect(app.usesWorkers)
    // JavaScript knows it by its name, which says nothing about a function.
    #expect(app.threaded.imports.filter { $0.module == "weft:js" }.map(\.name) == ["weft.workers"])
    #expect(CallsScript.isNeeded(for: app))
    let text = CallsScript.text(for: app)
    #expect(text.contains("import { workers } from \"./isolated.js\";"))
    #expect(text.contains("caller(app, imports, module, workers(app, connect, \(IndexScript.memoryType(of: app)))"))
    #expect(try CallsScript.isNeeded(for: self.app([function("f")])) == false)
  }

  @Test func ports() throws {
    let box = #"{"kind":"struct","name":"Box","fields":[{"name":"value","type":"JSValue"}]}"#
    let arrays =
      #"{"name":"a","type":"[Double]","inout":true},{"name":"c","type":"Cancellation"},{"name":"b","type":"[Int32]","inout":true}"#
    let bodies = #"{"name":"a","type":"Int"},{"name":"b","type":"((Int) -> Void)?"},{"name":"c","type":"(Int) -> Int"}"#
    let functions = [function("f", arrays), function("g", bodies, throwing: "Oops"), function("h", result: "[Box]")]
    let text = PortsScript.text(for: try app(functions + [box, Self.counter, Self.shape, Self.point, Self.space, Self.oops]))
    #expect(
      text.contains(
        """
          ["", false, [
            ["function", "f", ["a", "b"], { inout: [0, 1], cancels: true }],
            ["function", "g", ["a", "b", "c"], { voids: [1] }],
            ["function", "h", [], { values: true }],
          ]],
          ["Counter", true, [
            ["init", "Counter", ["value"], {}],
            ["get", "value", [], {}],

        """))
    #expect(text.contains("  [\"Space\", false, [\n    [\"static\", \"area\", [\"shape\"], {}],\n  ]],\n"))
    #expect(text.contains("exposeProgram({ owners, errors: [\"Oops\"] }, app, port, options)"))
  }

  @Test func whatDoesNotFitTogether() throws {
    #expect(
      try message([function("f", #"{"name":"p","type":"Pixel"}"#)])
        == "'f' uses the type 'Pixel', which is not exported; mark its declaration with '@JS', or write out what it stands for")
    #expect(try message([Self.point.replacing("Double", with: "Nothing")]).hasPrefix("'Point' uses the type 'Nothing'"))
    #expect(try message([Self.counter, function("f", throwing: "Counter")]) == "'f' throws 'Counter', which is no '@JS' enum or struct")
    let twice = Self.counter.replacing(#""name":"make""#, with: #""name":"constructor""#).replacing(
      #""kind":"static""#, with: #""kind":"init""#)
    #expect(
      try message([twice]) == "'Counter' exports two members called 'constructor'; JavaScript has no overloading, so rename one of them")
    #expect(try message([Self.counter.replacing(#""name":"merge""#, with: #""name":"dispose""#)]).contains("'Counter.dispose'"))
  }
}
