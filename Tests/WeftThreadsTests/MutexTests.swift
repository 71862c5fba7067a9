import Testing
import WeftThreads

@Suite struct MutexTests {
  @Test func guardsItsValue() {
    let mutex = Mutex([1])
    mutex.withLock { $0.append(2) }
    #expect(mutex.withLock { $0 } == [1, 2])
  }
}
