import Synchronization
import Weft

// What the tests of the boundary need beyond one function a type.

/// A value of every kind at once.
@JS struct Everything {
  var flag: Bool
  var byte: UInt8
  var long: Int64
  var single: Float
  var double: Double
  var text: String
  var texts: [String]
  var doubles: [Double]
  var bytes: [UInt8]?
  var point: Point?
  var shape: Shape
  var level: Level
  var counts: [String: Int]
  var rows: [[Int32]]
}

@JS func echoEverything(_ everything: Everything) -> Everything { everything }
@JS func echoEverythings(_ everythings: [Everything]) -> [Everything] { everythings }
@JS func echoOptionalInt(_ value: Int?) -> Int? { value }
@JS func echoOptionalBool(_ value: Bool?) -> Bool? { value }
@JS func echoOptionalDoubles(_ values: [Double]?) -> [Double]? { values }
@JS func echoOptionalPoint(_ point: Point?) -> Point? { point }
@JS func echoOptionalShape(_ shape: Shape?) -> Shape? { shape }
@JS func echoOptionalTexts(_ texts: [String?]) -> [String?] { texts }
@JS func echoPoints(_ points: [Point]) -> [Point] { points }
@JS func echoShapes(_ shapes: [Shape]) -> [Shape] { shapes }
@JS func echoDirections(_ directions: [Direction]) -> [Direction] { directions }
@JS func echoTexts(_ record: [String: String]) -> [String: String] { record }
@JS func echoLists(_ records: [[String: [Double]]]) -> [[String: [Double]]] { records }
@JS func echoValues(_ values: [JSValue]) -> [JSValue] { values }
@JS func echoOptionalValue(_ value: JSValue?) -> JSValue? { value }
@JS func echoError(_ error: JSError) -> JSError { error }
@JS func echoCounters(_ counters: [Counter]) -> [Counter] { counters }
@JS func manyArrays(_ a: [UInt8], _ b: [Int16], _ c: [Double], _ d: String, _ e: [Int64]) -> (
  d: String, e: [Int64], c: [Double], b: [Int16], a: [UInt8]
) {
  (d, e, c, b, a)
}
@JS func tripleOf(_ texts: [String], _ point: Point?, _ flag: Bool) -> ([String], Point?, Bool) { (texts, point, flag) }

// Arrays that come back.

@JS func scaleBoth(_ first: inout [Double], cancellation: Cancellation, _ second: inout [Int32], by factor: Int) -> String {
  for index in first.indices { first[index] *= Double(factor) }
  for index in second.indices { second[index] *= Int32(factor) }
  return "by \(factor)"
}
@JS func invert(_ bytes: inout [UInt8]) { for index in bytes.indices { bytes[index] = ~bytes[index] } }
@JS func negate(_ longs: inout [Int64]) { for index in longs.indices { longs[index] = -longs[index] } }
@JS func shrink(_ first: inout [Double], _ second: inout [Double]) {
  first.removeLast()
  second[0] = 42
}
@JS func scaleOrRefuse(_ values: inout [Double], refuse: Bool) throws(Refusal) -> Int {
  for index in values.indices { values[index] *= 2 }
  if refuse { throw Refusal(reason: "asked to") }
  return values.count
}

/// An error that holds whatever JavaScript gave.
@JS struct Rejection: Error { var value: JSValue }
@JS func reject(_ value: JSValue) throws(Rejection) { throw Rejection(value: value) }

/// An error that is but a name.
@JS enum Grade: String, Error {
  case low
  case high = "HIGH!"
}
@JS func grade(_ grade: Grade) throws(Grade) -> Int { throw grade }

// Buffers of every element.

@JS func fillBytes(_ values: SharedBuffer<UInt8>, _ value: UInt8) { for index in values.indices { values[index] = value } }
@JS func fillLongs(_ values: SharedBuffer<Int64>, _ value: Int64) { for index in values.indices { values[index] = value } }
@JS func addBuffers(_ a: SharedBuffer<Float>, _ b: SharedBuffer<Int32>) -> Double {
  var sum = 0.0
  for index in a.indices { sum += Double(a[index]) }
  for index in b.indices { sum += Double(b[index]) }
  return sum
}
/// Writes before a call and afterwards. Returns what it sees between: the first element a hundred times, and the second.
@JS func shareAndCall(_ values: SharedBuffer<Double>, _ body: () throws(JSError) -> Void) -> Double {
  values[0] = 5
  do throws(JSError) { try body() } catch {}
  let seen = values[0] * 100 + values[1]
  values[0] = 1
  return seen
}
/// Writes all of the buffer. Returns how many elements it has.
@JS func addDetached(_ values: SharedBuffer<Double>, _ point: Point) -> Int {
  for index in values.indices { values[index] = point.x }
  return values.count
}
/// Calls back while it has the buffer, and writes afterwards.
@JS func holdBuffer(_ values: SharedBuffer<Double>, _ body: () throws(JSError) -> Void) -> Double {
  do throws(JSError) { try body() } catch {}
  for index in values.indices { values[index] += 1 }
  return values.count == 0 ? 0 : values[0]
}

// Functions of JavaScript.

@JS func callEverything(_ body: (Everything) throws(JSError) -> Everything, _ value: Everything) throws(JSError) -> Everything {
  try body(value)
}
@JS func callText(_ body: (String) throws(JSError) -> String, _ text: String) throws(JSError) -> String { try body(text) }
@JS func callOptional(_ body: (Int?) throws(JSError) -> Int?, _ value: Int?) throws(JSError) -> Int? { try body(value) }
@JS func callBytes(_ body: ([UInt8]) throws(JSError) -> [UInt8], _ bytes: [UInt8]) throws(JSError) -> [UInt8] { try body(bytes) }
@JS func callValue(_ body: (JSValue) throws(JSError) -> JSValue, _ value: JSValue) throws(JSError) -> JSValue { try body(value) }
@JS func callCounter(_ body: (Counter) throws(JSError) -> Counter, _ counter: Counter) throws(JSError) -> Counter { try body(counter) }
@JS func callBool(_ body: () throws(JSError) -> Bool) throws(JSError) -> Bool { try body() }
@JS func callLong(_ body: (Int64) throws(JSError) -> Int64, _ value: Int64) throws(JSError) -> Int64 { try body(value) }
/// Calls first, and reads what it was given afterwards.
@JS func callAround(_ a: [Double], _ body: () throws(JSError) -> Void, _ b: [Double], _ text: String) -> (sum: Double, text: String) {
  do throws(JSError) { try body() } catch { return (-1, "\(error.name): \(error.message)") }
  return (a.reduce(0, +) + b.reduce(0, +), text)
}
/// What came of `count` calls, all threads at once.
@JS func callOnThreads(_ count: Int, _ body: @escaping @Sendable (Int) throws(JSError) -> String) -> [String] {
  (0..<count).parallel.map { index -> String in
    do throws(JSError) { return try body(index) } catch { return "\(error.name): \(error.message)" }
  }.collect()
}
/// Grows the memory by some blocks on a thread of its own, and calls from there with arguments that lie behind them.
@JS func callAfterGrowth(_ megabytes: Int, _ body: @escaping @Sendable ([String]) throws(JSError) -> String) -> String {
  Thread.spawn {
    let large = UnsafeMutableRawPointer.allocate(byteCount: megabytes << 20, alignment: 16)
    defer { large.deallocate() }
    let texts = (0..<2000).map { "text \($0)" }
    do throws(JSError) { return try body(texts) } catch { return "\(error.name): \(error.message)" }
  }.join()
}
/// Calls when this function is long over.
@JS func callLater(_ value: Int, _ body: @escaping @Sendable (Int) -> Void) {
  Thread.spawn {
    Thread.sleep(for: .milliseconds(20))
    body(value)
  }
}
@JS func canSpawn() -> Bool { Thread.canSpawn }

/// Keeps a function of JavaScript's.
@JS final class Keeper: Sendable {
  private let body: @Sendable (Int) throws(JSError) -> Int
  @JS init(_ body: @escaping @Sendable (Int) throws(JSError) -> Int) { self.body = body }
  @JS func call(_ number: Int) throws(JSError) -> Int { try body(number) }
  @JS func callOnThreads(_ count: Int) -> [String] {
    let body = body
    return (0..<count).parallel.map { index -> String in
      do throws(JSError) { return "\(try body(index))" } catch { return "\(error.name): \(error.message)" }
    }.collect()
  }
}

// Imports.

@JS(.global, name: "missing.function") func missingFunction() throws(JSError)
@JS(.module, on: .page) func identity(_ value: JSValue) throws(JSError) -> JSValue
@JS(.module) func identityHere(_ value: JSValue) throws(JSError) -> JSValue
@JS(.module, on: .page) func passCounter(_ counter: Counter) throws(JSError) -> Counter
@JS(.module) func passEverything(_ value: Everything) throws(JSError) -> Everything
@JS(.module) func asked() -> Int
@JS(.module) func fail(_ kind: String) throws(JSError)
@JSVariable(.module, on: .page, name: "settings.level") var levelSetting: Level

@JS func parsed(_ text: String) throws(JSError) -> JSValue { try parseJSON(text) }
@JS func callMissing() throws(JSError) { try missingFunction() }
@JS func throughImport(_ value: JSValue) throws(JSError) -> JSValue { try identity(value) }
@JS func throughImportHere(_ value: JSValue) throws(JSError) -> JSValue { try identityHere(value) }
@JS func throughCounter(_ counter: Counter) throws(JSError) -> Counter { try passCounter(counter) }
@JS func throughEverything(_ value: Everything) throws(JSError) -> Everything { try passEverything(value) }
@JS func failing(_ kind: String) throws(JSError) { try fail(kind) }
@JS func setLevel(_ level: Level) -> Level {
  let old = levelSetting
  levelSetting = level
  return old
}

/// What stands in for an argument comes from JavaScript, before the others are read.
@JS func withAsking(_ a: Int = asked(), _ b: [Double], _ c: String) -> String { "\(a) \(b.count) \(b.reduce(0, +)) \(c)" }

// Classes.

/// Tells whether two calls were inside at once.
@JS final class Exclusive {
  private var inside = 0
  private var overlaps = 0
  @JS init() {}
  @JS func work(_ milliseconds: Int) -> Int {
    inside += 1
    if inside != 1 { overlaps += 1 }
    Thread.sleep(for: .milliseconds(milliseconds))
    if inside != 1 { overlaps += 1 }
    inside -= 1
    return overlaps
  }
  /// The sum, and how many calls were inside.
  @JS func sum(_ values: [Double]) -> Double {
    inside += 1
    defer { inside -= 1 }
    return values.reduce(0, +) + Double(inside - 1) * 1e6
  }
}

/// Its calls see each other.
@JS final class Room: Sendable {
  private let inside = Atomic<Int>(0)
  @JS init() {}
  /// Whether so many are inside at once within 10 s.
  @JS func meet(_ count: Int) -> Bool {
    inside.add(1, ordering: .relaxed)
    for _ in 0..<10_000 {
      if inside.load(ordering: .relaxed) >= count { return true }
      Thread.sleep(for: .milliseconds(1))
    }
    return false
  }
}

// Memory.

/// Bytes in the memory that nobody but it may write.
@JS final class Canary {
  private let start: UnsafeMutablePointer<UInt32>
  private let count: Int
  private let seed: UInt32

  @JS init(_ words: Int, _ seed: UInt32) {
    (start, count, self.seed) = (.allocate(capacity: words), words, seed)
    for index in 0..<words { (start + index).initialize(to: pattern(index)) }
  }

  private func pattern(_ index: Int) -> UInt32 { (seed &+ UInt32(index)) &* 2_654_435_761 }

  @JS func isWhole() -> Bool { (0..<count).allSatisfy { start[$0] == pattern($0) } }

  deinit { start.deallocate() }
}

/// Grows the memory.
@JS func grow(_ megabytes: Int) {
  UnsafeMutableRawPointer.allocate(byteCount: megabytes << 20, alignment: 16).deallocate()
}

/// Ends the program with a message that says how much memory there is and how much of it is free.
@JS func exhaust() -> Int {
  let block = UnsafeMutableRawPointer.allocate(byteCount: Int.max - (1 << 20), alignment: 16)
  block.storeBytes(of: 1, as: UInt8.self)
  return Int(bitPattern: block)
}
