import Testing

@Suite struct JSMacroTests {
  @Test func argumentsAndResult() {
    expectExpansion(
      of: """
        /// Mixes.
        @JS func mix(a: Int, _ b: String, by c: [Double]) -> Double { 0 }
        """,
      to: """
        /// Mixes.
        func mix(a: Int, _ b: String, by c: [Double]) -> Double { 0 }

        #if arch(wasm32) || arch(wasm64)
          @_expose(wasm, "weft:{%22name%22:%22mix%22,%22doc%22:%22Mixes.%22,%22parameters%22:[{%22name%22:%22a%22,%22type%22:%22Int%22},{%22name%22:%22b%22,%22type%22:%22String%22},{%22name%22:%22c%22,%22type%22:%22[Double]%22}],%22result%22:%22Double%22}") @_cdecl("__weft_js_mix")
          func __weft_js_mix() -> Int32 {
            _thunkIndex { __weft_frame in
              var __weft_reader = _JSReader(__weft_frame)
              let __weft_0 = __weft_reader.read(Int.self)
              let __weft_1 = __weft_reader.read(String.self)
              let __weft_2 = __weft_reader.read(_JSNumbers<Double>.self)
              _JSWriter.store(mix(a: __weft_0, __weft_1, by: __weft_2), in: __weft_frame)
            }
          }
        #endif
        """)
  }

  @Test func numbersHaveAnExportOfTheirOwn() throws {
    let text = try expansion(of: "@JS func mix(_ a: Int, b: Bool, `in` c: UInt8) -> UInt32 { 0 }")
    #expect(text.contains("@_expose(wasm, \"weft.direct:mix\") @_cdecl(\"__weft_direct_mix\")"))
    #expect(
      text.contains(
        "func __weft_direct_mix(_ __weft_0: Double, _ __weft_1: Int32, _ __weft_2: Double) -> Double { Double(mix(Int(__weft_0), b: __weft_1 != 0, in: UInt8(__weft_2))) }"
      ))
    for other in ["(_ a: String)", "(_ a: Int = 1)", "(_ a: inout [Int])", "(_ a: Int?)", "() throws(E)", "() -> String"] {
      #expect(try !expansion(of: "@JS func f\(other) {}").contains("weft.direct"), "\(other)")
    }
  }

  @Test func inoutArraysAreWrittenBack() throws {
    let text = try expansion(of: "@JS func scale(_ data: inout [Double], by k: Double) -> Int {}")
    #expect(text.contains("var __weft_0 = __weft_reader.read(_JSNumbers<Double>.self)"))
    #expect(text.contains("let __weft_result = scale(&__weft_0, by: __weft_1)"))
    let result = try #require(text.firstRange(of: "__weft_writer.write(Int.self, __weft_result)"))
    let back = try #require(text.firstRange(of: "__weft_writer.write(_JSNumbers<Double>.self, __weft_0)"))
    #expect(result.lowerBound < back.lowerBound)
  }

  @Test func privateFunctionsGetAnInternalExport() throws {
    let text = try expansion(of: "@JS private func tick() {}")
    #expect(text.contains(" func __weft_js_tick() -> Int32 {"))
    #expect(text.contains("_thunkIndex { _ in"))
  }

  @Test func keywordsNeedTheirBackticksInSwiftOnly() throws {
    let text = try expansion(of: "@JS func `repeat`(`in` x: Int, `var` y: Int, _: SharedBuffer<UInt8>, for `class`: Array<Float>) -> () {}")
    #expect(text.contains("`repeat`(in: __weft_0, `var`: __weft_1, __weft_2, for: __weft_3)"))
    #expect(text.contains("{%22name%22:%22argument3%22,%22type%22:%22SharedBuffer<UInt8>%22},{%22name%22:%22class%22,"))
  }

  @Test func ownershipOfParametersMakesNoDifference() throws {
    let text = try expansion(of: "@JS func take(_ data: consuming [Int8], _ name: borrowing String) {}")
    #expect(text.contains("take(__weft_0, __weft_1)"))
  }

  @Test func defaultsAreThoseOfTheDeclaration() throws {
    let text = try expansion(of: "@JS func f(a: Int = 2 + 3, b: String? = nil) {}")
    #expect(text.contains("let __weft_0: Int = __weft_reader.flag() ? __weft_reader.read(Int.self) : 2 + 3"))
    #expect(text.contains("let __weft_1: String? = __weft_reader.flag() ? __weft_reader.read(_JSOptional<String>.self) : nil"))
  }

  @Test func errorsAreWrittenBehindAFlag() throws {
    let text = try expansion(of: "@JS func f() throws(Oops) -> Int { 0 }")
    #expect(text.contains("do throws(Oops) {"))
    #expect(text.contains("let __weft_result = try f()"))
    #expect(text.contains("__weft_writer.store(UInt8(1)) __weft_writer.write(__weft_codec_Oops.self, error)"))
  }

  @Test func functionsOfJavaScript() throws {
    let text = try expansion(of: "@JS func f(_ body: (Int, [Point]) throws(JSError) -> String, _ done: (() -> Void)?) {}")
    #expect(text.contains("{ @Sendable (__weft_argument0: Int, __weft_argument1: [Point]) throws(JSError) -> String in"))
    #expect(
      text.contains(
        "__weft_call.write(_JSArray<__weft_codec_Point>.self, __weft_argument1); return try __weft_call.tryPerform(String.self)"))
    #expect(text.contains("let __weft_1: (@Sendable () -> Void)? = !__weft_reader.flag() ? nil : "))
  }

  @Test func structsHaveACodec() throws {
    let text = try expansion(
      of: "@JS public struct Path { public var name: String; var points: [Point] = []; static let zero = 0; var count: Int { 0 } }")
    #expect(text.contains("public enum __weft_codec_Path: _JSCodec {"))
    #expect(text.contains("return Path(name: __weft_0, points: __weft_1)"))
    #expect(text.contains("writer.write(_JSArray<__weft_codec_Point>.self, value.points)"))
    #expect(!text.contains("zero)") && !text.contains("value.count"))
  }

  @Test func enumsHaveACodec() throws {
    let text = try expansion(of: "@JS enum Shape { case empty, circle(radius: Double); case `default`(Int, String) }")
    #expect(text.contains("case 1: return .circle(radius: reader.read(Double.self))"))
    #expect(text.contains("default: return .`default`(reader.read(Int.self), reader.read(String.self))"))
    #expect(text.contains("case .circle(let value0): writer.store(UInt8(1)); writer.write(Double.self, value0)"))
    #expect(try expansion(of: "@JS enum Level: String { case low; case high = \"HIGH\" }").contains("%22raw%22:%22HIGH%22"))
  }

  @Test func classesExportTheirMarkedMembers() throws {
    let text = try expansion(
      of: """
        @JS final class Counter {
          @JS var value: Int
          @JS private(set) var seen: Int
          var hidden: Int
          @JS init(_ value: Int) throws(Oops) {}
          @JS func add(_ n: Int) -> Int { 0 }
          @JS static func of(_ other: Counter) -> Counter { other }
        }
        """)
    #expect(text.contains("typealias __weft_codec_Counter = _JSObject<Counter>"))
    #expect(text.contains("func __weft_js_Counter(_ __weft_thunk: Int32) -> Int32 {"))
    #expect(text.contains("_releaseObject(__weft_frame)"))
    #expect(text.contains("let __weft_self = __weft_reader.read(__weft_codec_Counter.self)"))
    #expect(text.contains("__weft_self.value = __weft_0"))
    #expect(!text.contains("__weft_self.seen = ") && !text.contains("hidden\""))
    #expect(text.contains("let __weft_result = try Counter(__weft_0)"))
    #expect(text.contains("let __weft_result = Counter.of(__weft_0)"))
    #expect(!text.contains("%22sendable%22"))
    #expect(try expansion(of: "@JS final class Tally: Base, @unchecked Sendable {}").contains("%22sendable%22:true"))
  }

  @Test func enumsWithoutCasesAreNamespaces() throws {
    let text = try expansion(of: "@JS enum Space { @JS static func f() -> Int { 0 }\n @JS static var size: Int { 2 } }")
    #expect(text.contains("%22kind%22:%22namespace%22"))
    #expect(text.contains("_JSWriter.store(Space.f(), in: __weft_frame)"))
    #expect(text.contains("_JSWriter.store(Space.size, in: __weft_frame)"))
  }
}
