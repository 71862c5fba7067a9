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

        #if arch(wasm32)
          @_expose(wasm, "weft:{%22name%22:%22mix%22,%22doc%22:%22Mixes.%22,%22parameters%22:[{%22name%22:%22a%22,%22type%22:%22Int%22},{%22name%22:%22b%22,%22type%22:%22String%22},{%22name%22:%22c%22,%22type%22:%22[Double]%22}],%22result%22:%22Double%22}") @_cdecl("__weft_js_mix")
          func __weft_js_mix() -> Int {
            let __weft_thunk: @convention(c) (UnsafeMutableRawPointer) -> Void = { __weft_frame in
              let __weft_result = mix(a: Int._fromJS(__weft_frame), String._fromJS(__weft_frame + 16), by: [Double]._fromJS(__weft_frame + 32))
              __weft_result._toJS(__weft_frame)
            }
            return unsafeBitCast(__weft_thunk, to: Int.self)
          }
        #endif
        """)
  }

  @Test func inoutArraysAreWrittenBack() {
    expectExpansion(
      of: "@JS func scale(_ data: inout [Double], by k: Double) {}",
      to: """
        func scale(_ data: inout [Double], by k: Double) {}

        #if arch(wasm32)
          @_expose(wasm, "weft:{%22name%22:%22scale%22,%22parameters%22:[{%22name%22:%22data%22,%22type%22:%22[Double]%22,%22inout%22:true},{%22name%22:%22k%22,%22type%22:%22Double%22}],%22result%22:%22Void%22}") @_cdecl("__weft_js_scale")
          func __weft_js_scale() -> Int {
            let __weft_thunk: @convention(c) (UnsafeMutableRawPointer) -> Void = { __weft_frame in
              var __weft_0 = [Double]._fromJS(__weft_frame)
              let __weft_1 = Double._fromJS(__weft_frame + 16)
              scale(&__weft_0, by: __weft_1)
              __weft_0._toJS(__weft_frame)
            }
            return unsafeBitCast(__weft_thunk, to: Int.self)
          }
        #endif
        """)
  }

  @Test func privateFunctionsGetAnInternalExport() {
    expectExpansion(
      of: "@JS private func tick() {}",
      to: """
        private func tick() {}

        #if arch(wasm32)
          @_expose(wasm, "weft:{%22name%22:%22tick%22,%22parameters%22:[],%22result%22:%22Void%22}") @_cdecl("__weft_js_tick")
          func __weft_js_tick() -> Int {
            let __weft_thunk: @convention(c) (UnsafeMutableRawPointer) -> Void = { _ in
              tick()
            }
            return unsafeBitCast(__weft_thunk, to: Int.self)
          }
        #endif
        """)
  }

  @Test func keywordsNeedTheirBackticksInSwiftOnly() {
    expectExpansion(
      of: "@JS func `repeat`(`in` x: Int, `var` y: Int, _: SharedBuffer<UInt8>, for `class`: Array<Float>) -> () {}",
      to: """
        func `repeat`(`in` x: Int, `var` y: Int, _: SharedBuffer<UInt8>, for `class`: Array<Float>) -> () {}

        #if arch(wasm32)
          @_expose(wasm, "weft:{%22name%22:%22repeat%22,%22parameters%22:[{%22name%22:%22x%22,%22type%22:%22Int%22},{%22name%22:%22y%22,%22type%22:%22Int%22},{%22name%22:%22argument3%22,%22type%22:%22SharedBuffer<UInt8>%22},{%22name%22:%22class%22,%22type%22:%22[Float]%22}],%22result%22:%22Void%22}") @_cdecl("__weft_js_repeat")
          func __weft_js_repeat() -> Int {
            let __weft_thunk: @convention(c) (UnsafeMutableRawPointer) -> Void = { __weft_frame in
              `repeat`(in: Int._fromJS(__weft_frame), `var`: Int._fromJS(__weft_frame + 16), SharedBuffer<UInt8>._fromJS(__weft_frame + 32), for: [Float]._fromJS(__weft_frame + 48))
            }
            return unsafeBitCast(__weft_thunk, to: Int.self)
          }
        #endif
        """)
  }

  @Test func ownershipOfParametersMakesNoDifference() {
    expectExpansion(
      of: "@JS func take(_ data: consuming [Int8], _ name: borrowing String) {}",
      to: """
        func take(_ data: consuming [Int8], _ name: borrowing String) {}

        #if arch(wasm32)
          @_expose(wasm, "weft:{%22name%22:%22take%22,%22parameters%22:[{%22name%22:%22data%22,%22type%22:%22[Int8]%22},{%22name%22:%22name%22,%22type%22:%22String%22}],%22result%22:%22Void%22}") @_cdecl("__weft_js_take")
          func __weft_js_take() -> Int {
            let __weft_thunk: @convention(c) (UnsafeMutableRawPointer) -> Void = { __weft_frame in
              take([Int8]._fromJS(__weft_frame), String._fromJS(__weft_frame + 16))
            }
            return unsafeBitCast(__weft_thunk, to: Int.self)
          }
        #endif
        """)
  }
}
