import Testing
import WeftPlatform

@testable import WeftScheduler

// The web has nothing that reads JSON.
#if canImport(Foundation)
  import Foundation

  @Suite struct TraceTests {
    @Test func traceIsJSONWithALaneForEachThread() throws {
      let pool = Pool(threads: 3, stackSize: 1 << 18)
      pool.startTracing()
      for _ in 0..<20 { #expect(pool.install { fib(18) } == 2584) }
      let bytes = pool.stopTracing()
      let silent = pool.stopTracing()
      pool.shutdown()

      let events = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: Any]])
      #expect(events.filter { $0["ph"] as? String == "M" }.count == 3)
      let calls = events.filter { $0["name"] as? String == "call" }
      #expect(calls.count == 20)
      for call in calls {
        #expect(call["ph"] as? String == "X")
        #expect((call["dur"] as? Double ?? 0) > 0)
        #expect((call["ts"] as? Double ?? 0) > 0)
      }
      let quiet = try #require(try JSONSerialization.jsonObject(with: Data(silent)) as? [[String: Any]])
      #expect(quiet.filter { $0["name"] as? String == "call" }.isEmpty)
    }

    @Test func recordingHasNothingFromBeforeIt() throws {
      let pool = Pool(threads: 2, stackSize: 1 << 18)
      // The call that ends a recording is under way meanwhile, so that it is written down after it.
      pool.startTracing()
      _ = pool.install { pool.stopTracing() }
      let between = monotonicNanoseconds()
      pool.startTracing()
      #expect(pool.install { fib(18) } == 2584)
      let bytes = pool.stopTracing()
      pool.shutdown()

      let events = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: Any]])
      let begins = events.compactMap { $0["ts"] as? Double }
      #expect(!begins.isEmpty)
      #expect(begins.allSatisfy { $0 >= Double(between) / 1000 })
    }
  }
#endif
