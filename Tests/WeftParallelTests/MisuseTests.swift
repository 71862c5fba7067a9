// A process for each: not on the web.
#if !arch(wasm32) && !arch(wasm64)
  import Testing
  import WeftParallel

  /// What ends the program says what was expected.
  @Suite struct MisuseTests {
    func expectMessage(_ result: ExitTest.Result?, _ message: String, sourceLocation: SourceLocation = #_sourceLocation) {
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains(message), sourceLocation: sourceLocation)
    }

    @Test func ofCountsAndLengths() async {
      expectMessage(
        await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = [1].parallel.chunks(ofCount: 0) },
        "chunks(ofCount:): the count must be at least 1")
      expectMessage(
        await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = [1].parallel.windows(ofCount: -1) },
        "windows(ofCount:): the count must be at least 1")
      expectMessage(
        await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = [1].parallel.prefix(-1) },
        "prefix(_:): the count must not be negative")
      expectMessage(
        await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
          parallelTiles(width: 1, height: 1, tileWidth: 0, tileHeight: 1) { _ in }
        }, "parallelTiles: the width and the height must not be negative, and a tile's must be at least 1")
    }

    @Test func ofWhatDoesNotFitTogether() async {
      expectMessage(
        await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
          _ = zip(equalLength: [1].parallel, [1, 2].parallel)
        }, "zip(equalLength:_:): the sequences differ in length")
      expectMessage(
        await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
          [1].parallel.collect(into: UnsafeMutableBufferPointer(start: nil, count: 0))
        }, "collect(into:): the buffer must have as many places as the sequence has elements")
    }

    @Test func ofWhatIsThereOnce() async {
      expectMessage(
        await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
          let texts = ["one", "two"].parallelConsuming()
          _ = texts.collect()
          _ = texts.collect()
        }, "parallelConsuming(): an element was asked for twice")
      expectMessage(
        await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
          _ = Dictionary(uniqueKeysWithValues: [1, 1].parallel.map { ($0, 0) })
        }, "Dictionary(uniqueKeysWithValues:): a key occurs twice")
    }
  }
#endif
