import CWeftPlatform
import Synchronization
import Testing
import WeftPlatform
import WeftThreads

@testable import WeftScheduler

@Suite struct LoopTests {
  @Test(arguments: [1, 2, 8]) func piecesKeepTheirLengths(threads: Int) {
    withPool(threads) { _ in
      for (count, shortest, longest) in [(1000, 1, 7), (1000, 10, 10), (1003, 16, 100), (5, 10, 20), (40_000, 1, .max)] {
        let counter = Counter()
        parallelPieces(of: count, minimumLength: shortest, maximumLength: longest) { piece in
          #expect(piece.count <= longest)
          #expect(piece.lowerBound % shortest == 0)
          #expect(piece.count % shortest == 0 || piece.upperBound == count)
          counter.add(piece.count)
          return true
        }
        #expect(counter.value == count)
      }
    }
  }

  @Test(arguments: [1, 2, 8]) func noPieceBeginsAfterAFalse(threads: Int) {
    withPool(threads) { _ in
      let begun = Counter()
      parallelPieces(of: 100_000, maximumLength: 10) { piece in
        begun.add(1)
        return piece.lowerBound < 500
      }
      #expect(begun.value >= 1)
      #expect(begun.value < 10_000)
    }
  }

  @Test(arguments: [1, 2, 8]) func errorEndsTheLoop(threads: Int) {
    withPool(threads) { _ in
      let calls = Counter()
      do throws(Failed) {
        try parallelFor(0..<1_000_000) { (index) throws(Failed) in
          calls.add(1)
          if index % 1000 == 999 { throw Failed(number: index) }
        }
        Issue.record("no error")
      } catch {
        #expect(error.number % 1000 == 999)
      }
      #expect(calls.value < 1_000_000)
    }
  }

  @Test(arguments: [1, 2, 8]) func shortLoopsThatComeAgainAndAgainAreWhole(threads: Int) {
    withPool(threads) { _ in
      for (count, shortest) in [(1, 1), (2, 1), (7, 1), (33, 1), (100, 1), (100, 16)] {
        for round in 0..<1000 {
          let sum = Counter()
          parallelPieces(of: count, minimumLength: shortest) { piece in
            sum.add(piece.reduce(0, +))
            return true
          }
          if sum.value != count * (count - 1) / 2 { Issue.record("round \(round) of \(count): \(sum.value)") }
        }
      }
    }
  }

  @Test(arguments: [1, 2, 8]) func shortLoopsThatComeAgainAndAgainStop(threads: Int) {
    withPool(threads) { _ in
      for round in 0..<2000 {
        let failing = round % 10
        let calls = Counter()
        do throws(Failed) {
          try parallelFor(0..<10) { (index) throws(Failed) in
            calls.add(1)
            if index >= failing { throw Failed(number: index) }
          }
          Issue.record("no error")
        } catch {
          if error.number < failing || calls.value > 10 { Issue.record("\(error.number) in round \(round)") }
        }
      }
    }
  }

  /// A loop whose body takes a millisecond, right after hundreds of calls in which it took nothing. Of a few elements the caller does all at
  /// once, so that it learns only then that somebody has asked. Where the first elements take nothing still, half of the others are shared.
  @Test(arguments: [2, 8], [(64, 0, 1), (64, 16, 1), (4, 0, 3)])
  func aLoopThatWasShortIsSharedWhenItGetsLong(threads: Int, shape: (count: Int, cheap: Int, calls: Int)) {
    withPool(threads) { _ in
      let helped = Counter()
      let isLong = Counter()
      func run() {
        let caller = Worker.current?.pointee.index
        parallelFor(0..<shape.count) { index in
          if isLong.value == 0 || index < shape.cheap { return }
          Thread.sleep(for: .milliseconds(1))
          if Worker.current?.pointee.index != caller { helped.add(1) }
        }
      }
      for _ in 0..<300 { run() }
      isLong.add(1)
      for _ in 0..<shape.calls where helped.value == 0 { run() }
      #expect(helped.value > 0)
    }
  }

  @Test func aLoopIsNotJudgedByNoCalls() {
    var history = LoopHistory()
    var isShort = false
    // Whether so many calls that do nothing are short depends on what else the machine does.
    for _ in 0..<64 * 20 { isShort = history.count(1) }
    #expect(history.calls == 0)
    #expect(history.measure() == isShort)
    #expect(history.isShort == isShort)
  }

  /// A request that a short loop cannot answer, because what is around it is published already, is not lost to what can.
  @Test func aShortLoopLeavesWhatALoopAroundItIsAskedFor() {
    withPool(2) { pool in
      let worker = Worker.current!
      let isBusy = Atomic<Bool>(false)
      let isOver = Atomic<Bool>(false)
      withUnsafePointer(to: isBusy) { isBusy in
        withUnsafePointer(to: isOver) { isOver in
          // Holds: this function waits until the other thread uses them no more.
          nonisolated(unsafe) let (isBusy, isOver) = (isBusy, isOver)
          // So that nobody else raises the request again.
          pool.submit {
            isBusy.pointee.store(true, ordering: .relaxed)
            while !isOver.pointee.load(ordering: .relaxed) {}
            isBusy.pointee.store(false, ordering: .releasing)
          }
          while !isBusy.pointee.load(ordering: .relaxed) {}
          var outer = WeftJob(body: WeftClosure(), previous: UInt(weft_job_loop | weft_job_published))
          var isKept = false
          withUnsafeMutablePointer(to: &outer) { outer in
            for round in 0..<2 {
              if round == 1 {
                // Short, whatever else the machine does: the calls before have taken less than five seconds in all.
                for index in 0..<LoopHistory.capacity {
                  worker.pointee.histories?[index].isShort = true
                  worker.pointee.histories?[index].start = monotonicNanoseconds()
                  worker.pointee.histories?[index].calls = 1 << 20
                }
                worker.pointee.tail = outer
                worker.setRequest(true)
              }
              parallelFor(0..<8) { _ in }
            }
            isKept = worker.pointee.request.load(ordering: .relaxed) != 0
            worker.setRequest(false)
            worker.pointee.tail = nil
          }
          isOver.pointee.store(true, ordering: .relaxed)
          // Acquire: pairs with the release of the other thread, which uses this frame no more.
          while isBusy.pointee.load(ordering: .acquiring) {}
          #expect(isKept)
        }
      }
    }
  }

  @Test(arguments: [1, 2, 8]) func errorsOfJoinsAreThrown(threads: Int) {
    withPool(threads) { _ in
      @Sendable func work(_ depth: Int, _ failing: Int) throws(Failed) -> Int {
        if depth == 0 {
          if failing == 0 { throw Failed(number: 5) }
          return 1
        }
        let (a, b) = try join(
          { () throws(Failed) in try work(depth - 1, failing * 2) }, { () throws(Failed) in try work(depth - 1, failing * 2 + 1) })
        return a + b
      }
      #expect(throws: Failed(number: 5)) { try work(8, 0) }
      #expect((try? work(8, 1)) == 256)
    }
  }

  @Test(arguments: [1, 4]) func cancelledLoopStopsAndSaysSo(threads: Int) {
    withPool(threads) { _ in
      let cancellation = Cancellation()
      let progress = ProgressCounter(total: 1_000_000)
      let calls = Counter()
      #expect(throws: Cancelled.self) {
        try parallelFor(0..<1_000_000, cancellation: cancellation, progress: progress) { index in
          calls.add(1)
          if index == 300 { cancellation.cancel() }
        }
      }
      #expect(calls.value < 1_000_000)
      #expect(progress.completed <= calls.value)
    }
  }

  @Test func progressCountsAll() {
    withPool(3) { _ in
      let progress = ProgressCounter(total: 5000)
      try? parallelFor(0..<5000, cancellation: Cancellation(), progress: progress) { _ in }
      #expect(progress.completed == 5000)
      #expect(progress.fraction == 1)
    }
  }

  /// rayon#592: there a thread that waits inside the lock runs another element, which wants the lock too.
  @Test(arguments: [2, 4, 16]) func lockHeldAcrossAForkDoesNotDeadlock(threads: Int) {
    withPool(threads) { _ in
      let lock = SpinLock()
      let total = Counter()
      withUnsafePointer(to: lock) { pointer in
        nonisolated(unsafe) let lock = pointer
        parallelFor(0..<200) { _ in
          lock.pointee.lock()
          let (a, b) = join({ fib(10) }, { fib(10) })
          total.add(a + b)
          lock.pointee.unlock()
        }
      }
      #expect(total.value == 200 * 110)
    }
  }

  @Test func aLongElementDoesNotHideThoseBehindIt() {
    withPool(2) { _ in
      // The first element ends only when all others have, so a thread must have reached them meanwhile.
      let others = Counter()
      parallelFor(0..<1000) { index in
        if index == 0 { while others.value < 999 {} } else { others.add(1) }
      }
      #expect(others.value == 999)
    }
  }
}
