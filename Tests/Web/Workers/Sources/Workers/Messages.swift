import Weft

/// All that a message can hold.
@JS @WorkerMessage struct Job {
  var id: Int
  var title: String
  var samples: [Float]
  var counts: [UInt64]
  var flags: [String: [Bool]]?
  var shapes: [Shape]
}

@JS @WorkerMessage enum Shape {
  case point
  case circle(radius: Double)
  case text(String, size: Int)
}

/// Why a worker did not do it, as text.
func reason(_ error: WorkerError) -> String {
  switch error {
  case .stopped(let message): "stopped: \(message)"
  case .ended: "ended"
  case .wouldWait: "would wait"
  }
}

/// Made in another memory from what came in, it must be as it was but for what is changed there.
@JS func changedElsewhere(_ job: Job) -> Job {
  do throws(WorkerError) {
    return try WebWorker<Job, Job>.run(job) { job in
      var job = job
      job.id += 1
      job.title += "!"
      for index in job.samples.indices { job.samples[index] *= 2 }
      job.shapes.reverse()
      return job
    }
  } catch {
    return Job(id: -1, title: reason(error), samples: [], counts: [], flags: nil, shapes: [])
  }
}

/// Counts in the program and in a worker: each has its own.
nonisolated(unsafe) private var count = 0

@JS func globalsAreApart() -> [Int] {
  count += 10
  let there = try? WebWorker<Int, Int>.run(1) { step in
    count += step
    return count
  }
  return [count, there ?? -1]
}

/// The sum of what a worker computes with the collections and the scheduler, which work there on one thread.
@JS func collectionsThere(_ n: Int) -> Int {
  let sum = try? WebWorker<Int, Int>.run(n) { n in
    let (a, b) = join({ (0..<n).parallel.map { $0 * 2 }.sum() }, { (0..<n).parallel.filter { $0 % 2 == 0 }.count() })
    return a + b
  }
  return sum ?? -1
}

@JS func trapThere(_ index: Int) -> String {
  do throws(WorkerError) {
    return try WebWorker<Int, String>.run(index, name: "unlucky") { index in
      print("looking at \(index)")
      return "\([1, 2, 3][index])"
    }
  } catch {
    return reason(error)
  }
}

@JS func captures(_ n: Int) -> Int { (try? WebWorker<Int, Int>.run(1) { $0 + n }) ?? -1 }

@JS func startsAThreadThere() -> String {
  do throws(WorkerError) {
    return try WebWorker<Int, String>.run(1) { _ in
      Thread.spawn { 1 }
      return "started"
    }
  } catch {
    return reason(error)
  }
}

@JS func fillsMemoryThere(_ megabytes: Int) -> String {
  do throws(WorkerError) {
    return try WebWorker<Int, String>.run(megabytes, memory: 32 << 20) { megabytes in
      "\([UInt8](repeating: 1, count: megabytes << 20).count >> 20)"
    }
  } catch {
    return reason(error)
  }
}
