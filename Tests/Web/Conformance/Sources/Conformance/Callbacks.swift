import Weft

@JS(.global, name: "Math.hypot") func hypotenuse(_ a: Double, _ b: Double) -> Double
@JS(.global, name: "JSON.parse") func parseJSON(_ text: String) throws(JSError) -> JSValue
@JS(.module) func shout(_ text: String) -> String
@JS(.module, on: .page) func note(_ line: String)
@JS(.module, on: .page) func later(_ number: Int) throws(JSError) -> Int
@JSVariable(.global, on: .page) var pageTitle: String

@JS func hypotenuseOf(_ a: Double, _ b: Double) -> Double { hypotenuse(a, b) }
@JS func shouted(_ text: String) -> String { shout(text) }

/// The sum of what JavaScript makes of the numbers from 0, asked for on all threads.
@JS func sumOfReplies(_ count: Int, _ reply: @escaping @Sendable (Int) -> Int) -> Int {
  (0..<count).parallel.map { reply($0) }.sum()
}

@JS func callNow(_ body: (String, [Double]) -> Point) -> Point { body("now", [1, 2, 3]) }
@JS func callVoid(_ count: Int, _ body: (Int) -> Void) { for index in 0..<count { body(index) } }
@JS func callMaybe(_ body: ((Int) -> Void)?) -> Bool {
  body?(7)
  return body != nil
}
@JS func tryCall(_ body: (Int) throws(JSError) -> Int) -> String {
  do throws(JSError) { return "returned \(try body(3))" } catch { return "\(error.name): \(error.message)" }
}
@JS func notes(_ lines: [String]) { for line in lines { note(line) } }
@JS func laterTwice(_ number: Int) throws(JSError) -> Int { try later(number) + later(number) }
@JS func retitle(_ title: String) -> String {
  let old = pageTitle
  pageTitle = title
  return old
}

/// Goes on until it is cancelled, and tells of its progress.
@JS func count(to limit: Int, cancellation: Cancellation, progress: ProgressCounter) -> Int {
  progress.total = limit
  for number in 0..<limit {
    if cancellation.isCancelled { return number }
    progress.add(1)
    Thread.sleep(for: .milliseconds(1))
  }
  return limit
}

@JSVariable(.global, name: "document.title") var documentTitle: String

/// Waits in every way that there is, works on all threads, and then changes the page's title: for a page that runs Swift itself.
@JS func waitAndRetitle(_ title: String) -> Int {
  let channel = Channel<Int>(capacity: 1)
  let meeting = Meeting()
  let handle = Thread.spawn {
    Thread.sleep(for: .milliseconds(50))
    meeting.lock.withLock { $0 += 1 }
    _ = channel.send(20)
    meeting.barrier.arriveAndWait()
    return 300
  }
  let sent = channel.receive() ?? 0
  meeting.barrier.arriveAndWait()
  Thread.sleep(for: .milliseconds(20))
  Thread.yield()
  let (ended, sum) = join({ handle.join() }, { (0..<100_000).parallel.map { $0 & 1 }.sum() })
  documentTitle = title
  return sent + ended + sum + meeting.lock.withLock { $0 }
}

private final class Meeting: Sendable {
  let lock = Mutex(0)
  let barrier = Barrier(count: 2)
}
