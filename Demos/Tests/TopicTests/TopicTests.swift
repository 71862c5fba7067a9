import Filters
import Gravity
import Hashing
import Life
import Lines
import Mandelbrot
import Matrices
import Noise
import Raytracer
import Sorting
import Sums
import Testing
import Texts
import Weft

// Each topic on all threads comes to what it comes to on one, and to what browsers come to.

@Test func sums() throws {
  try withBuffer(100_000, of: Double.self) { numbers in
    fillWithWholeNumbers(numbers)
    let (one, all) = (sumSequentially(numbers), sum(numbers))
    #expect(one == all)
    let known = try expected("sum")
    #expect(String(Int(all)) == known)
  }
}

@Test func mandelbrots() throws {
  let view = MandelbrotView(width: 160, height: 100, x: -0.65, y: 0, pixel: 3.4 / 160, limit: 250)
  try withBuffer(160 * 100) { one in
    mandelbrotSequentially(one, view: view)
    try withBuffer(160 * 100) { all in
      mandelbrot(all, view: view)
      #expect(contents(one) == contents(all))
      let known = try expected("mandelbrot")
      #expect(fingerprint(all) == known)
    }
  }
}

@Test(arguments: [Filter.blur, .sharpen, .edges, .emboss, .grayscale, .sepia])
func filters(kind: Filter) throws {
  let (width, height) = (160, 100)
  try withBuffer(width * height, of: UInt32.self) { source in
    let rendering = Rendering(width: width, height: height, samples: 1)
    rendering.render(tiles: 0..<rendering.tiles.count, into: source.baseAddress, isStopped: { false }, finished: {})
    try withBuffer(width * height, of: UInt32.self) { one in
      filterSequentially(source, into: one, width: width, filter: kind, radius: 4)
      try withBuffer(width * height, of: UInt32.self) { all in
        filter(source, into: all, width: width, filter: kind, radius: 4)
        #expect(contents(one) == contents(all))
        #expect(contents(all) != contents(source))
        let known = try expected(kind.rawValue)
        #expect(fingerprint(all) == known)
      }
    }
  }
}

@Test func blurOfOneColorIsThatColor() {
  withBuffer(35, of: UInt32.self) { source in
    for index in source.indices { source[index] = 0xFF40_8010 }
    withBuffer(35, of: UInt32.self) { target in
      filter(source, into: target, width: 7, filter: .blur, radius: 3)
      #expect(contents(target) == contents(source))
    }
  }
}

@Test func matrices() throws {
  let size = 64
  try withBuffer(size * size, of: Double.self) { a in
    fillWithWholeNumbers(a)
    try withBuffer(size * size, of: Double.self) { one in
      multiplySequentially(a, a, into: one, size: size)
      #expect(one[5 * size + 7] == (0..<size).reduce(0) { $0 + a[5 * size + $1] * a[$1 * size + 7] })
      try withBuffer(size * size, of: Double.self) { all in
        multiply(a, a, into: all, size: size)
        #expect(contents(one) == contents(all))
        let known = try expected("matrix")
        #expect(fingerprint(all) == known)
      }
    }
  }
}

@Test func gravity() throws {
  try withBuffer(4 * 1000, of: Float.self) { one in
    fillWithGalaxies(one)
    try withBuffer(4 * 1000, of: Float.self) { all in
      fillWithGalaxies(all)
      for _ in 0..<10 {
        moveSequentially(one, by: 0.008)
        move(all, by: 0.008)
      }
      #expect(contents(one) == contents(all))
      #expect(contents(all).allSatisfy { $0.isFinite })
      let known = try expected("gravity")
      #expect(fingerprint(all) == known)
    }
  }
}

@Test func bodiesPullAsNewtonSays() {
  // A heavy heap far away: as if all of it were at its middle.
  withBuffer(4 * 101, of: Float.self) { bodies in
    for body in 0..<100 { bodies[4 * body] = 1 + Float(body % 10) / 1000 }
    bodies[400] = -1
    move(bodies, by: 1)
    let pull = Float(100) / 101 / 4
    #expect(abs(bodies[402] - pull) < 0.01 * pull, "the pull is \(bodies[402]), not \(pull)")
  }
}

@Test(arguments: [0, 1, 2, 1000, 100_000])
func sorting(count: Int) throws {
  try withBuffer(max(count, 1), of: UInt32.self) { one in
    fillWithNoise(one, seed: 1)
    let sorted = contents(one).sorted()
    try withBuffer(max(count, 1), of: UInt32.self) { all in
      fillWithNoise(all, seed: 1)
      sort(all)
      sortSequentially(one)
      #expect(contents(one) == sorted)
      #expect(contents(all) == sorted)
      let known = try expected("sort")
      if count == 100_000 { #expect(fingerprint(all) == known) }
    }
  }
}

@Test func sortingAgain() {
  withBuffer(1000, of: UInt32.self) { one in
    sortSequentiallyAgain(one, times: 5)
    withBuffer(1000, of: UInt32.self) { all in
      sortAgain(all, times: 5)
      #expect(contents(one) == contents(all))
    }
  }
}

@Test(arguments: [(128, "life"), (512, "life-512")])
func life(size: Int, name: String) throws {
  try withBuffer(size * size, of: UInt8.self) { one in
    fillWithLife(one, seed: 7)
    try withBuffer(size * size, of: UInt8.self) { all in
      fillWithLife(all, seed: 7)
      try withBuffer(size * size, of: UInt8.self) { next in
        for _ in 0..<5 {
          liveSequentially(one, into: next, width: size)
          liveSequentially(next, into: one, width: size)
        }
        for _ in 0..<5 {
          live(all, into: next, width: size)
          live(next, into: all, width: size)
        }
        #expect(contents(one) == contents(all))
        let known = try expected(name)
        #expect(fingerprint(all) == known)
      }
    }
  }
}

@Test func aBlinkerBlinksAcrossTheEdge() {
  withBuffer(25, of: UInt8.self) { cells in
    for index in [4, 0, 1] { cells[index] = 255 }
    withBuffer(25, of: UInt8.self) { next in
      live(cells, into: next, width: 5)
      #expect(next.indices.filter { next[$0] == 255 } == [0, 5, 20])
    }
  }
}

@Test func words() throws {
  try withBuffer(250_000, of: UInt8.self) { text in
    fillWithProse(text)
    let count = countWords(text, top: 10)
    #expect(count == countWordsSequentially(text, top: 10))
    let known = try expected("words")
    #expect("\(count.words) words, \(count.different) different" == known)
    let standard = String(decoding: contents(text), as: UTF8.self).lowercased().split { $0 == " " || $0 == "\n" }
    #expect(count.words == standard.count)
    #expect(count.different == Set(standard).count)
    let frequencies = Dictionary(standard.map { ($0, 1) }, uniquingKeysWith: +).values.sorted(by: >)
    #expect(count.top.map(\.count) == Array(frequencies.prefix(10)))
  }
}

@Test(arguments: ["", "one", "One one ONE", "  a,b;a  ", "naïve Naïve don't"])
func wordsOfShortTexts(text: String) {
  withBuffer(max(text.utf8.count, 1), of: UInt8.self) { bytes in
    for (index, byte) in text.utf8.enumerated() { bytes[index] = byte }
    let words = text.lowercased().split { " ,;".contains($0) }
    let count = countWords(bytes, top: 3)
    #expect(count.words == words.count)
    #expect(count.different == Set(words).count)
  }
}

@Test func manyDifferentWords() {
  let text = (0..<20_000).map { String($0, radix: 36) }.joined(separator: " ")
  withBuffer(text.utf8.count, of: UInt8.self) { bytes in
    for (index, byte) in text.utf8.enumerated() { bytes[index] = byte }
    let count = countWords(bytes, top: 1)
    #expect(count.words == 20_000)
    #expect(count.different == 20_000)
  }
}

@Test func jsonLines() {
  withBuffer(200_000, of: UInt8.self) { text in
    fillWithJSON(text)
    let contents = scanLines(text)
    #expect(contents == scanLinesSequentially(text))
    #expect(contents.strings > 1000)
  }
}

@Test func contentsOfALine() {
  let line = #"{"id":404,"name":"weft \"fine\"","tags":[],"stock":{"here":3}}"#
  withBuffer(line.utf8.count, of: UInt8.self) { text in
    for (index, byte) in line.utf8.enumerated() { text[index] = byte }
    let contents = scanLines(text)
    #expect([contents.strings, contents.numbers, contents.containers] == [6, 2, 3])
    #expect(contents.sum == 407)
  }
}

@Test(arguments: [1, 2, 16, 33])
func hashes(count: Int) {
  withBuffer(count, of: UInt8.self) { text in
    for index in text.indices { text[index] = UInt8(index * 7 + 1) }
    #expect(hash(text, times: 3) == hashSequentially(text, times: 3))
  }
}
