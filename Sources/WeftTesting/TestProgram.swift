import Synchronization
import WeftJS
import WeftPlatform
import WeftThreads

/// Tells of all tests.
@JS func weftTestList() {
  for (index, test) in _TestRecord.all.enumerated() { Report.test(index, test) }
  Report.end(nanoseconds: 0, cases: 0, issues: 0, knownIssues: 0)
}

/// Runs a test, on a thread of its own where there are threads: as natively it is none of the pool's, and works with the pool as
/// a guest.
///
/// - Parameter firstCase: Those before have been run.
@JS func weftTestRun(_ index: Int, firstCase: Int) {
  let test = _TestRecord.all[index]
  if Thread.canSpawn {
    Thread.spawn(name: "test", stackSize: 1 << 22) { run(test, firstCase) }.join()
  } else {
    run(test, firstCase)
  }
}

private func run(_ test: _TestRecord, _ firstCase: Int) {
  RunningTest.issues.store(0, ordering: .relaxed)
  RunningTest.knownIssues.store(0, ordering: .relaxed)
  let start = monotonicNanoseconds()
  let cases = test.cases
  for index in cases.indices where index >= firstCase {
    if test.isParameterized { Report.begin(case: index, cases[index].arguments) }
    cases[index].body()
  }
  Report.end(
    nanoseconds: monotonicNanoseconds() - start, cases: cases.count, issues: RunningTest.issues.load(ordering: .relaxed),
    knownIssues: RunningTest.knownIssues.load(ordering: .relaxed))
}
