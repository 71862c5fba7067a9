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

  @Test func numbersKeepTheirValueInASlot() {
    let slot = UnsafeMutableRawPointer.allocate(byteCount: 16, alignment: 16)
    defer { slot.deallocate() }
    func crossing<Value: JSBridgeable & Equatable>(_ value: Value) -> Bool {
      value._toJS(slot)
      return Value._fromJS(slot) == value
    }
    #expect(crossing(Int8.min) && crossing(Int16.min) && crossing(Int32.min) && crossing(Int64.min))
    #expect(crossing(UInt8.max) && crossing(UInt16.max) && crossing(UInt32.max) && crossing(UInt64.max))
    #expect(crossing(Float.pi) && crossing(Double.pi) && crossing(true) && crossing(false))
  }
}
