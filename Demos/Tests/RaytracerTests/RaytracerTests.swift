import Foundation
import Raytracer
import Synchronization
import Testing

/// A small picture and its fingerprint, which every system, build and number of threads must give.
struct Expected: Decodable {
  var width: Int
  var height: Int
  var samples: Int
  var hash: String

  var rendering: Rendering { Rendering(width: width, height: height, samples: samples) }

  static func load() throws -> Expected {
    let demos = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDecoder().decode(Expected.self, from: Data(contentsOf: demos.appending(path: "expected.json")))
  }
}

/// Calls `body` with as many pixels as the picture has, all 0.
func withPixels<Result>(of rendering: Rendering, _ body: (UnsafeMutableBufferPointer<UInt32>) throws -> Result) rethrows -> Result {
  let pixels = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: rendering.width * rendering.height)
  defer { pixels.deallocate() }
  pixels.initialize(repeating: 0)
  return try body(pixels)
}

@Test func sequentialPictureIsTheExpectedOne() throws {
  let expected = try Expected.load()
  let rendering = expected.rendering
  try withPixels(of: rendering) { pixels in
    let start = try #require(pixels.baseAddress)
    for tile in rendering.tiles {
      #expect(rendering.render(tile, into: start, isStopped: { false }))
    }
    #expect(fingerprint(of: UnsafeBufferPointer(pixels)) == expected.hash)
  }
}

@Test func parallelPictureIsTheExpectedOne() throws {
  let expected = try Expected.load()
  #expect(expected.rendering.fingerprint() == expected.hash)
}

@Test func partsMakeTheWhole() throws {
  let expected = try Expected.load()
  let rendering = expected.rendering
  try withPixels(of: rendering) { pixels in
    let start = try #require(pixels.baseAddress)
    let finished = Atomic(0)
    let middle = rendering.tiles.count / 3
    for part in [middle..<rendering.tiles.count, 0..<middle] {
      rendering.render(tiles: part, into: start, isStopped: { false }, finished: { finished.add(1, ordering: .relaxed) })
    }
    #expect(finished.load(ordering: .relaxed) == rendering.tiles.count)
    #expect(fingerprint(of: UnsafeBufferPointer(pixels)) == expected.hash)
  }
}

@Test func stopLeavesTheRestUnrendered() throws {
  let rendering = Rendering(width: 200, height: 120, samples: 1)
  try withPixels(of: rendering) { pixels in
    let asked = Atomic(0)
    rendering.render(
      tiles: 0..<rendering.tiles.count, into: try #require(pixels.baseAddress),
      isStopped: { asked.add(1, ordering: .relaxed).oldValue >= 50 },
      finished: { Issue.record("no tile has as few as 50 pixels") })
    #expect(pixels.count { $0 != 0 } == 50)
  }
}

@Test(arguments: [(1, 1), (32, 32), (33, 31), (100, 7), (321, 200)])
func tilesCoverEveryPixelOnce(width: Int, height: Int) {
  var covered = [Int](repeating: 0, count: width * height)
  for tile in Rendering(width: width, height: height, samples: 1).tiles {
    for y in tile.rows {
      for x in tile.columns { covered[y * width + x] += 1 }
    }
  }
  #expect(covered.allSatisfy { $0 == 1 })
}

@Test func fingerprintIsFNV1a() {
  // The published test vector for "foob".
  let pixels: [UInt32] = [0x626F_6F66]
  #expect(pixels.withUnsafeBufferPointer { fingerprint(of: $0) } == "3f5076ef")
}
