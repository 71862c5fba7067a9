import Weft

// One function a bridged type: it gives back what it was given.

@JS func echoBool(_ value: Bool) -> Bool { value }
@JS func echoInt8(_ value: Int8) -> Int8 { value }
@JS func echoInt16(_ value: Int16) -> Int16 { value }
@JS func echoInt32(_ value: Int32) -> Int32 { value }
@JS func echoInt(_ value: Int) -> Int { value }
@JS func echoUInt8(_ value: UInt8) -> UInt8 { value }
@JS func echoUInt16(_ value: UInt16) -> UInt16 { value }
@JS func echoUInt32(_ value: UInt32) -> UInt32 { value }
@JS func echoUInt(_ value: UInt) -> UInt { value }
@JS func echoInt64(_ value: Int64) -> Int64 { value }
@JS func echoUInt64(_ value: UInt64) -> UInt64 { value }
@JS func echoFloat(_ value: Float) -> Float { value }
@JS func echoDouble(_ value: Double) -> Double { value }
@JS func echoString(_ value: String) -> String { value }

@JS func bitsOfInt() -> Int { Int.bitWidth }
/// 2 to the power of `exponent`, if that many bits are there.
@JS func powerOfTwo(_ exponent: Int) -> Int { 1 << exponent }
@JS func unsignedPowerOfTwo(_ exponent: Int) -> UInt { 1 << exponent }
@JS func powersOfTwo(_ exponents: [Double]) -> [Int?] { exponents.map { 1 << Int($0) } }

@JS func echoInt8Array(_ values: [Int8]) -> [Int8] { values }
@JS func echoInt16Array(_ values: [Int16]) -> [Int16] { values }
@JS func echoInt32Array(_ values: [Int32]) -> [Int32] { values }
@JS func echoIntArray(_ values: [Int]) -> [Int] { values }
@JS func echoUInt8Array(_ values: [UInt8]) -> [UInt8] { values }
@JS func echoUInt16Array(_ values: [UInt16]) -> [UInt16] { values }
@JS func echoUInt32Array(_ values: [UInt32]) -> [UInt32] { values }
@JS func echoUIntArray(_ values: [UInt]) -> [UInt] { values }
@JS func echoInt64Array(_ values: [Int64]) -> [Int64] { values }
@JS func echoUInt64Array(_ values: [UInt64]) -> [UInt64] { values }
@JS func echoFloatArray(_ values: [Float]) -> [Float] { values }
@JS func echoDoubleArray(_ values: [Double]) -> [Double] { values }

@JS func scale(_ values: inout [Double], by factor: Double) { for index in values.indices { values[index] *= factor } }
@JS func scaleShared(_ values: SharedBuffer<Double>, by factor: Double) { for index in values.indices { values[index] *= factor } }
@JS func trap() { fatalError("trapped") }
@JS func addNumbers(_ a: Double, _ b: Double) -> Double { a + b }
