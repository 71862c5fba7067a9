import Synchronization
import WeftPlatform

@_exported import struct WeftPlatform.ThreadName

/// A thread of execution: a POSIX thread natively, a Web Worker with shared memory on the web.
///
///     let thread = Thread.spawn(name: "decoder") { decode(file) }
///     let picture = thread.join()
///
/// Computing needs no threads of its own: `join`, `parallelFor` and the parallel collections use those of the pool. A thread is
/// for what waits, or goes on beside all else.
public struct Thread: Sendable, Hashable {
  /// What tells threads apart that are alive at the same time.
  public let id: UInt
  /// As it was given to `spawn`; nil for a thread that Weft did not start: a page, or a program's first.
  public let name: ThreadName?

  /// The running thread.
  public static var current: Thread { Thread(id: PlatformThread.currentID, name: PlatformThread.currentName) }

  /// Whether this build can start threads: true natively and where a page may share memory. Where it cannot, everything else of
  /// Weft does its work on the calling thread.
  public static var canSpawn: Bool { canStartThreads }

  /// Starts a thread that runs `body`.
  ///
  /// Works on every thread, the page among them, also if the caller never comes back to its event loop. On the web the thread
  /// starts within some microseconds on a worker that an earlier thread left behind, if there is one, and otherwise on a new
  /// worker, which takes milliseconds.
  ///
  /// - Parameters:
  ///   - name: Shown by debuggers, on the console and in errors; `thread-1` and so on if not given.
  ///   - stackSize: Bytes. On the web this is the part of the stack that lies in memory: arrays and large values.
  ///   - body: What the thread does. It ends when this returns or throws.
  /// - Returns: What ``ThreadHandle/join()`` waits for. Who drops it leaves the thread to itself.
  /// - Precondition: ``canSpawn``; otherwise the program stops with a message.
  @discardableResult
  public static func spawn<Value: Sendable, Failure: Error>(
    name: ThreadName? = nil, stackSize: Int = 1 << 20, _ body: @escaping @Sendable () throws(Failure) -> Value
  ) -> ThreadHandle<Value, Failure> {
    let name = name ?? numberedThreadName()
    let outcome = ThreadOutcome<Value, Failure>()
    let platform = PlatformThread.start(name: name, stackSize: stackSize) { outcome.result = Result(catching: body) }
    return ThreadHandle(platform: platform, outcome: outcome)
  }

  /// Sleeps for at least `duration`. Not allowed on the page.
  @export(interface)
  public static func sleep(for duration: Duration) {
    let (seconds, attoseconds) = duration.components
    if seconds < 0 || attoseconds < 0 { return }
    let (whole, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    sleepThread(nanoseconds: overflow ? .max : whole &+ UInt64(attoseconds) / 1_000_000_000)
  }

  /// Lets another thread have the processor, if one waits for it.
  public static func yield() { yieldProcessor() }

  /// How many threads the machine runs at once, or as many as `init` was told in JavaScript.
  public static var availableParallelism: Int { WeftPlatform.availableParallelism }

  public static func == (left: Thread, right: Thread) -> Bool { left.id == right.id }

  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
