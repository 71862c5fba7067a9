import Testing

@testable import WeftPackaging

/// `weft test` knows which of the two modules it will run, and compiles no other.
@Suite struct OneModuleTests {
  @Test func eitherModuleMayStandForBoth() throws {
    for memory in [TestModule.sharedMemory, TestModule.plainMemory] {
      let module = try WasmModule(TestModule(exports: [], memory: memory).bytes)
      let app = try AppModules(threaded: module, single: module, isOneModule: true)
      #expect(app.memory.initial == UInt64(memory.initial[0]))
      #expect(app.memory.maximum == 16384)
    }
  }

  @Test func otherwiseTheyAreChecked() throws {
    let shared = try WasmModule(TestModule(exports: [], memory: TestModule.sharedMemory).bytes)
    let plain = try WasmModule(TestModule(exports: [], memory: TestModule.plainMemory).bytes)
    #expect(throws: PackagingError.self) { try AppModules(threaded: shared, single: shared) }
    #expect(throws: PackagingError.self) { try AppModules(threaded: plain, single: plain) }
  }
}
