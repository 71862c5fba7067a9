import Synchronization
import Testing
import WeftParallel

@Suite(.serialized) struct MutationTests {
  @Test func elementsChangeInPlace() {
    onAnyThreads {
      for count in lengths {
        let values = randomIntegers(count)
        var changed = values
        changed.parallelForEach { $0 = $0 &* 3 }
        expectEqual(changed, values.map { $0 &* 3 })
        changed.withParallelMutableElements { elements in
          elements.enumerated().forEach { $0.element.value &+= $0.offset }
        }
        expectEqual(changed, values.enumerated().map { $1 &* 3 &+ $0 })
        var words = values.map(String.init)
        words.parallelForEach { $0 += "!" }
        expectEqual(words, values.map { "\($0)!" })
      }
    }
  }

  @Test func chunksChangeInPlace() {
    onAnyThreads {
      for count in lengths {
        for length in [1, 3, 64] {
          var values = [Int](repeating: -1, count: count)
          values.parallelForEachChunk(ofCount: length) { offset, chunk in
            for index in chunk.indices { chunk[index] = offset + index }
          }
          expectEqual(values, Array(0..<count))
          values.withParallelMutableElements { elements in
            let (chunks, remainder) = elements.exactChunks(ofCount: length)
            chunks.forEach { chunk in
              #expect(chunk.count == length)
              chunk[0] = 0
            }
            #expect(remainder.count == count % length)
            for index in remainder.indices { remainder[index] = -5 }
          }
          let end = count / length * length
          expectEqual(values, (0..<count).map { $0 >= end ? -5 : $0 % length == 0 ? 0 : $0 })
        }
      }
    }
  }

  @Test func tilesCoverAGridOnce() {
    onAnyThreads {
      for (width, height, tileWidth, tileHeight) in [(0, 5, 2, 2), (1, 1, 8, 8), (100, 37, 16, 8), (64, 64, 64, 1)] {
        var grid = [Int](repeating: 0, count: width * height)
        grid.withUnsafeMutableBufferPointer { buffer in
          nonisolated(unsafe) let grid = buffer
          parallelTiles(width: width, height: height, tileWidth: tileWidth, tileHeight: tileHeight) { tile in
            for y in tile.y { for x in tile.x { grid[y * width + x] += 1 } }
          }
        }
        expectEqual(grid, [Int](repeating: 1, count: width * height))
      }
    }
  }
}
