import Testing
import WeftThreads

@Suite struct MeetingTests {
  @Test func aConditionThatHoldsIsNotWaitedFor() {
    let condition = Condition()
    let mutex = Mutex([1])
    #expect(condition.wait(for: mutex, until: { !$0.isEmpty }) { $0.removeFirst() } == 1)
    #expect(condition.wait(for: mutex, until: { !$0.isEmpty }, timeout: .microseconds(200)) { $0.removeFirst() } == nil)
    #expect(mutex.withLockIfAvailable { $0 } == [])
    #expect(throws: Failed.self) { try condition.wait(for: mutex, until: { $0.isEmpty }) { _ throws(Failed) in throw Failed() } }
    #expect(mutex.withLockIfAvailable { $0 } == [])
    mutex.withLock { _ in
      #expect(condition.wait(for: mutex, until: { _ in true }, timeout: .microseconds(200)) { $0 } == nil)
    }
    condition.notifyOne()
    condition.notifyAll()
  }

  @Test(.timeLimit(.minutes(5))) func allWaitersAreNotified() {
    final class Shared: Sendable {
      let condition = Condition()
      let state = Mutex((waiting: 0, isOpen: false))
    }
    for _ in 0..<100 {
      let shared = Shared()
      onThreads(8) { thread in
        if thread == 0 {
          while shared.state.withLock({ $0.waiting }) < 7 {}
          shared.state.withLock { $0.isOpen = true }
          shared.condition.notifyAll()
        } else {
          shared.state.withLock { $0.waiting += 1 }
          shared.condition.wait(for: shared.state, until: { $0.isOpen }) { _ in }
        }
      }
    }
  }

  @Test func permitsAreCounted() {
    let semaphore = Semaphore(permits: 2)
    #expect(holds(semaphore.acquireIfAvailable()))
    #expect(holds(semaphore.acquire(timeout: .zero)))
    #expect(holds(!semaphore.acquireIfAvailable()))
    #expect(holds(!semaphore.acquire(timeout: .microseconds(200))))
    semaphore.release(3)
    for _ in 0..<3 { semaphore.acquire() }
    #expect(holds(!semaphore.acquireIfAvailable()))
  }

  @Test func aBarrierOfOneLetsItThrough() {
    let barrier = Barrier(count: 1)
    for _ in 0..<3 { #expect(holds(barrier.arriveAndWait())) }
  }

  @Test func onceRunsOnceAndAfterAnErrorAgain() {
    let once = Once()
    var runs = 0
    #expect(throws: Failed.self) { try once.run { () throws(Failed) in throw Failed() } }
    #expect(holds(!once.isDone))
    once.run { runs += 1 }
    once.run { runs += 1 }
    #expect(holds(runs == 1 && once.isDone))
  }

  @Test func lazyIsMadeWhenItIsUsed() {
    let log = Log()
    let lazy = Lazy { () -> Int in
      log.note()
      return 5
    }
    #expect(lazy.valueIfMade == nil && log.count == 0)
    #expect(lazy.value == 5 && lazy.value == 5)
    #expect(lazy.valueIfMade == 5 && log.count == 1)
  }

  @Test func permissionToGoOnIsKeptOnce() {
    let parker = Parker()
    parker.unpark()
    parker.unpark()
    parker.park()
    #expect(holds(!parker.park(timeout: .microseconds(200))))
    #expect(holds(!parker.park(timeout: .zero)))
    parker.unpark()
    #expect(holds(parker.park(timeout: .zero)))
  }

  @Test func aFutureGivesItsValueOnce() {
    let (completer, future) = Future<Int>.make()
    #expect(future.valueIfReady() == .empty)
    #expect(future.wait(timeout: .microseconds(200)) == .empty)
    #expect(completer.complete(with: 1) == nil)
    #expect(completer.complete(with: 2) == 2)
    #expect(future.wait() == 1)
    #expect(future.wait() == nil)
    #expect(future.valueIfReady() == .closed)
  }

  @Test(.timeLimit(.minutes(5))) func aFutureThatNobodyCompletesEnds() {
    var (completer, future): (Completer<Int>?, Future<Int>) = Future<Int>.make()
    completer = nil
    #expect(completer == nil && future.wait() == nil)
    let ring = (0..<8).map { _ in Future<Int>.make() }
    let futures = ring.map { $0.future }
    let waiting = Mutex(ring.map { Optional($0.completer) })
    _ = consume ring
    let holder = Shared(waiting.withLock { $0 })
    waiting.withLock { $0 = [] }
    onThreads(2) { thread in
      for index in 0..<8 { if thread == 0 { holder.drop(index) } else { #expect(futures[index].wait() == nil) } }
    }
  }

  private final class Shared: Sendable {
    private let completers: Mutex<[Completer<Int>?]>
    init(_ completers: [Completer<Int>?]) { self.completers = Mutex(completers) }
    func drop(_ index: Int) { completers.withLock { $0[index] = nil } }
  }

  @Test func aFutureMayBeNoncopyable() {
    let log = Log()
    let (completer, future) = Future<Resource>.make()
    completer.complete(with: Resource(log, 4))
    if let resource = future.wait() { #expect(holds(resource.number == 4 && log.count == 0)) }
    #expect(log.count == 1)
    do {
      let (completer, _) = Future<Resource>.make()
      completer.complete(with: Resource(log, 4))
    }
    #expect(log.count == 2)
  }
}
