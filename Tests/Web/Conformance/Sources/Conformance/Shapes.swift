import Synchronization
import Weft

/// A point in the plane.
@JS struct Point {
  /// To the right.
  var x: Double
  var y: Double
}

/// A line through points.
@JS struct Path {
  var name: String
  var points: [Point]
  var weights: [Float]
  var note: String?
  var tags: [String: Int]
}

/// Where something goes.
@JS enum Direction {
  /// Up.
  case north
  case south, east, west
}

@JS enum Level: String {
  case low
  case high = "HIGH!"
}

/// What can be drawn.
@JS indirect enum Shape {
  case empty
  case circle(center: Point, radius: Double)
  case polygon([Point])
  case labelled(String, Int)
  case group([Shape])
}

/// Why a text is no number.
@JS enum ParseError: Error {
  case empty
  case badCharacter(String, at: Int)
}

@JS struct Refusal: Error {
  var reason: String
}

@JS func echoPoint(_ point: Point) -> Point { point }
@JS func echoPath(_ path: Path) -> Path { path }
@JS func echoDirection(_ direction: Direction) -> Direction { direction }
@JS func echoLevel(_ level: Level) -> Level { level }
@JS func echoShape(_ shape: Shape) -> Shape { shape }
@JS func echoStrings(_ strings: [String]) -> [String] { strings }
@JS func echoNested(_ arrays: [[Double]]) -> [[Double]] { arrays }
@JS func echoOptionals(_ values: [Int?]) -> [Int?] { values }
@JS func echoBools(_ values: [Bool]) -> [Bool] { values }
@JS func echoRecord(_ record: [String: [String: Double]]) -> [String: [String: Double]] { record }
@JS func echoOptionalString(_ text: String?) -> String? { text }
@JS func echoValue(_ value: JSValue) -> JSValue { value }
@JS func twice(_ value: JSValue) -> [JSValue] { [value, value] }
@JS func pairOf(_ number: Double, _ text: String) -> (Double, String) { (number, text) }
@JS func rangeOf(_ numbers: [Double]) -> (low: Double, high: Double) { (numbers.min() ?? 0, numbers.max() ?? 0) }
@JS func withDefaults(_ a: Int, b: Int = 5, c: String = "x\"y") -> String { "\(a) \(b) \(c)" }

/// The number that `text` stands for.
@JS func parse(_ text: String) throws(ParseError) -> Int {
  if text.isEmpty { throw .empty }
  var value = 0
  for (index, character) in text.utf8.enumerated() {
    guard character >= 48 && character < 58 else { throw .badCharacter(String(UnicodeScalar(character)), at: index) }
    value = value * 10 + Int(character - 48)
  }
  return value
}

@JS func refuse(_ reason: String) throws(Refusal) { throw Refusal(reason: reason) }

/// Counts.
@JS final class Counter {
  /// How far.
  @JS var value: Int
  @JS let name: String
  @JS static var made: Int { howMany.load(ordering: .relaxed) }

  /// Begins at `value`.
  @JS init(_ value: Int = 0, name: String = "counter") {
    self.value = value
    self.name = name
    howMany.add(1, ordering: .relaxed)
  }

  deinit { ended.add(1, ordering: .relaxed) }

  /// Goes on.
  @JS func add(_ amount: Int) -> Int {
    value += amount
    return value
  }

  /// Goes on after a call.
  @JS func addAfter(_ amount: Int, _ body: () throws(JSError) -> Void) -> Int {
    do throws(JSError) { try body() } catch { return -1 }
    return add(amount)
  }

  @JS func copy() -> Counter { Counter(value, name: name) }
  @JS func merge(_ other: Counter) { value += other.value }
  @JS static func sum(_ counters: [Counter]) -> Int { counters.reduce(0) { $0 + $1.value } }
}

private let howMany = Atomic<Int>(0)
private let ended = Atomic<Int>(0)

@JS func endedCounters() -> Int { ended.load(ordering: .relaxed) }

/// A class that any number of threads may use.
@JS final class Tally: Sendable {
  private let count = Atomic<Int>(0)

  @JS init() throws(Refusal) {}

  @JS func add(_ amount: Int) { count.add(amount, ordering: .relaxed) }
  @JS var total: Int { count.load(ordering: .relaxed) }
}

/// What belongs together.
@JS enum Geometry {
  @JS static func area(_ shape: Shape) -> Double {
    switch shape {
    case .empty, .labelled: return 0
    case .circle(_, let radius): return 3 * radius * radius
    case .polygon(let points): return Double(points.count)
    case .group(let shapes): return shapes.reduce(0) { $0 + area($1) }
    }
  }

  @JS static var dimensions: Int { 2 }
}
