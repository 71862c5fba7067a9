/// Elements in the order in which they came. Less of a program than an array, whose storage may be shared.
@usableFromInline
struct Queue<Element>: ~Copyable {
  @usableFromInline var memory: UnsafeMutablePointer<Element>?
  private var capacity = 0
  @usableFromInline private(set) var count = 0

  init() {}

  // Embedded Swift wants to see it wherever one ends.
  @inlinable
  deinit {
    guard let memory else { return }
    memory.deinitialize(count: count)
    memory.deallocate()
  }

  subscript(index: Int) -> Element { memory.unsafelyUnwrapped[index] }

  /// O(1) on average.
  mutating func append(_ element: consuming Element) {
    if count == capacity { grow() }
    (memory.unsafelyUnwrapped + count).initialize(to: element)
    count += 1
  }

  private mutating func grow() {
    capacity = max(4, capacity * 2)
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    if let memory {
      larger.moveInitialize(from: memory, count: count)
      memory.deallocate()
    }
    memory = larger
  }

  /// O(*n*) in the number of elements behind it.
  mutating func remove(at index: Int) -> Element {
    let place = memory.unsafelyUnwrapped + index
    let element = place.move()
    count -= 1
    place.moveInitialize(from: place + 1, count: count - index)
    return element
  }

  /// Leaves the queue empty.
  mutating func takeAll() -> Queue {
    let all = self
    self = Queue()
    return all
  }
}

// Holds: whoever has it has its elements.
extension Queue: @unchecked Sendable where Element: Sendable {}
