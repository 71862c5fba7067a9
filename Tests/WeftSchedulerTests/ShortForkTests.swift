import CWeftPlatform
import Synchronization
import Testing
import WeftPlatform
import WeftThreads

@testable import WeftScheduler

/// Forks that are not offered while they are short, and are again when they are not.
@Suite struct ShortForkTests {
  @Test func forksThatWereShortAreOfferedWhenTheyGetLong() {
    withPool(2) { _ in
      let run = Run()
      // Nobody asks while the other thread is busy, so that the forks inside the first one are soon known to be short.
      run.keepBusy { for _ in 0..<1000 { run.start(leaves: 0) } }
      #expect(Worker.current?.pointee.shortForks.load(ordering: .relaxed) != none)
      while Worker.current?.pointee.request.load(ordering: .relaxed) == 0 {}
      // All of the work is inside the first branch of the outermost fork: another thread gets some of it only if forks inside are offered.
      run.start(leaves: 20_000_000)
      #expect(run.others.load(ordering: .relaxed) > 0)
    }
  }

  @Test func nothingIsTakenForShortWhereAllOthersSleep() {
    withPool(2) { _ in
      let worker = Worker.current!
      let sleepers = worker.pointee.pool.pointee.sleepers
      for _ in 0..<5 {
        // Whatever is learned while the other thread falls asleep, and it has looked before.
        while sleepers.pointee.sleeping.load(ordering: .relaxed) == 0 {
          worker.setRequest(false)
          worker.expectShortForks(at: 1 << 20)
        }
        sleepThread(nanoseconds: 1_000_000)
        #expect(worker.pointee.shortForks.load(ordering: .relaxed) == none)
        worker.setRequest(false)
        worker.expectShortForks(at: 1 << 20)
        #expect(worker.pointee.shortForks.load(ordering: .relaxed) == none)
        sleepers.wake(1)
        while sleepers.pointee.sleeping.load(ordering: .relaxed) > 0 { sleepThread(nanoseconds: 100_000) }
      }
    }
  }

  @Test func whoAsksTwiceTakesBackWhatIsKnown() {
    withPool(1) { _ in
      let worker = Worker.current!
      worker.expectShortForks(at: 1 << 20)
      worker.ask()
      #expect(worker.pointee.shortForks.load(ordering: .relaxed) != none)
      worker.ask()
      #expect(worker.pointee.shortForks.load(ordering: .relaxed) == none)
      worker.expectShortForks(at: 1 << 20)
      #expect(worker.pointee.shortForks.load(ordering: .relaxed) == none, "somebody asks")
    }
  }

  @Test func whatIsKnownReachesNoDeeperThanItsSpan() {
    withPool(1) { _ in
      let worker = Worker.current!
      var job = WeftJob()
      withUnsafeMutablePointer(to: &job) { job in
        worker.expectShortForks(at: 1 << 20)
        #expect(!worker.isShortFork(1 << 20), "nothing surrounds it")
        worker.push(job, at: 0)
        let span = UInt(weft_short_forks_span)
        #expect(worker.isShortFork(1 << 20))
        #expect(!worker.isShortFork(1 << 20 + 16))
        #expect(worker.isShortFork(1 << 20 + 16 - span))
        #expect(!worker.isShortFork(1 << 20 - span))
        // One that lies deeper changes nothing, one that lies higher takes its place, as does one of other code.
        worker.expectShortForks(at: 1 << 20 - 2 * span)
        #expect(worker.isShortFork(1 << 20))
        worker.expectShortForks(at: 1 << 20 + span)
        #expect(!worker.isShortFork(1 << 20))
        worker.expectShortForks(at: 7 << 20)
        #expect(worker.isShortFork(7 << 20))
        // Where nothing is known no place is near it.
        worker.forgetShortForks()
        for place in [0, 16, 1 << 11, UInt.max & ~15] as [UInt] { #expect(!worker.isShortFork(place)) }
        #expect(worker.pop(job))
      }
    }
  }
}

private let none = UInt(weft_no_short_forks)

/// A tree of forks, all in the first branch of one fork.
private final class Run: Sendable {
  /// How many leaves other threads have run.
  let others = Atomic<Int>(0)
  private let isOver = Atomic<Bool>(false)
  private let isBusy = Atomic<Bool>(false)

  /// Runs a body while the pool's other thread has something to do.
  func keepBusy(_ body: () -> Void) {
    Pool.current.submit {
      self.isBusy.store(true, ordering: .relaxed)
      while !self.isOver.load(ordering: .relaxed) {}
    }
    while !isBusy.load(ordering: .relaxed) {}
    body()
    isOver.store(true, ordering: .relaxed)
  }

  /// - Parameter leaves: How long each leaf takes, in nanoseconds.
  func start(leaves: UInt64) {
    let main = Pool.currentThreadIndex
    _ = join({ self.descend(2, leaves, main) }, {})
  }

  private func descend(_ depth: Int, _ leaves: UInt64, _ main: Int?) {
    if depth > 0 {
      _ = join({ self.descend(depth - 1, leaves, main) }, { self.descend(depth - 1, leaves, main) })
    } else if leaves > 0 {
      let end = monotonicNanoseconds() + leaves
      while monotonicNanoseconds() < end {}
      if Pool.currentThreadIndex != main { others.add(1, ordering: .relaxed) }
    }
  }
}
