import Testing

@testable import WeftJS

@Suite struct CodecTests {
  /// What is read of what was written.
  private func crossing<Codec: _JSCodec>(_ codec: Codec.Type, _ value: Codec.Value) -> Codec.Value {
    var writer = _JSWriter()
    writer.store(UInt8(7))
    writer.write(codec, value)
    writer.store(UInt16(0xABCD))
    let frame = UnsafeMutableRawPointer.allocate(byteCount: 24, alignment: 8)
    defer { frame.deallocate() }
    writer.finish(frame)
    let memory = UnsafeMutableRawPointer(bitPattern: UInt(frame.load(as: Double.self)))!
    defer { memory.deallocate() }
    var reader = _JSReader(memory)
    #expect(reader.load(UInt8.self) == 7)
    let read = reader.read(codec)
    #expect(reader.load(UInt16.self) == 0xABCD, "as many bytes are read as were written")
    #expect(frame.load(fromByteOffset: 8, as: Double.self) == Double(reader.skip(0) - memory))
    return read
  }

  private func keeps<Codec: _JSCodec>(_ codec: Codec.Type, _ values: Codec.Value...) -> Bool where Codec.Value: Equatable {
    values.allSatisfy { crossing(codec, $0) == $0 }
  }

  @Test func numbers() {
    #expect(keeps(Int8.self, .min, -1, .max) && keeps(Int16.self, .min, .max) && keeps(Int32.self, .min, .max))
    #expect(keeps(Int64.self, .min, .max) && keeps(UInt64.self, 0, .max) && keeps(UInt32.self, 0, .max))
    #expect(keeps(UInt8.self, .max) && keeps(UInt16.self, .max) && keeps(Float.self, .pi, -.infinity) && keeps(Double.self, -0.0, .pi))
    #expect(keeps(Int.self, -(1 << 53), 1 << 53) && keeps(UInt.self, 1 << 53) && keeps(Bool.self, true, false))
    #expect(crossing(Double.self, .nan).isNaN)
  }

  @Test func texts() {
    #expect(keeps(String.self, "", "weft", "織り糸 👩‍👩‍👧", String(repeating: "x", count: 10_000), "a\0b"))
  }

  @Test func compositions() {
    #expect(keeps(_JSOptional<String>.self, nil, "", "x"))
    #expect(keeps(_JSArray<_JSOptional<Int>>.self, [], [1, nil, 3]))
    #expect(keeps(_JSDictionary<_JSArray<Bool>>.self, [:], ["a": [true], "": []]))
  }

  @Test func arraysOfNumbersKeepOneReference() {
    final class Watched {}
    #expect(keeps(_JSNumbers<Double>.self, [], [1, 2, 3]) && keeps(_JSArray<_JSNumbers<UInt8>>.self, [[1], [], [2, 3]]))
    // Otherwise the memory would be somebody else's, or nobody's ever again.
    var array = [1, 2, 3]
    let address = array.withUnsafeBufferPointer { $0.baseAddress }
    array = crossing(_JSNumbers<Int>.self, array)
    array[0] = 5
    #expect(array.withUnsafeBufferPointer { $0.baseAddress } == address, "nobody else refers to it, so it is changed in place")
  }

  @Test func errors() {
    let error = crossing(JSError.self, JSError(name: "RangeError", message: "far"))
    #expect(error.name == "RangeError" && error.message == "far")
  }
}
