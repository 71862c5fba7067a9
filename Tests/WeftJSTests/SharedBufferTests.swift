import Testing

@testable import WeftJS

@Suite struct SharedBufferTests {
  @Test func readsAndWritesTheMemory() {
    let memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: 4)
    memory.initialize(repeating: 0)
    let buffer = SharedBuffer(memory)
    buffer[2] = 1.5
    #expect(buffer.count == 4)
    #expect(buffer.indices.map { buffer[$0] } == [0, 0, 1.5, 0])
    #expect(memory[2] == 1.5)
    memory.deallocate()
  }
}
