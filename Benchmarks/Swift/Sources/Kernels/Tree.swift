import Weft

/// The sum of a balanced tree; the nodes stand in one allocation in the order of a walk through the tree.
final class TreeSum: Kernel {
  private let nodes: UnsafeMutablePointer<Node>
  private var result: Int64 = 0

  init(size: Int) {
    nodes = .allocate(capacity: size)
    var end = nodes
    _ = makeTree(from: 0, to: Int64(size), &end)
  }

  deinit { nodes.deallocate() }

  override func sequential(_ repetition: Int) { result = sum(nodes) }
  override func parallel(_ repetition: Int) { result = forkingSum(nodes) }
  override var hash: UInt32 { hashOf(result) }
}

private struct Node: @unchecked Sendable {
  // Unchecked: nobody changes a node once the tree is made.
  let value: Int64
  var left: UnsafePointer<Node>?
  var right: UnsafePointer<Node>?
}

private func makeTree(from: Int64, to: Int64, _ end: inout UnsafeMutablePointer<Node>) -> UnsafePointer<Node>? {
  if from >= to { return nil }
  let value = from + (to - from) / 2
  let node = end
  end += 1
  node.initialize(to: Node(value: value))
  node.pointee.left = makeTree(from: from, to: value, &end)
  node.pointee.right = makeTree(from: value + 1, to: to, &end)
  return UnsafePointer(node)
}

private func sum(_ node: UnsafePointer<Node>) -> Int64 {
  var sum = node.pointee.value
  if let left = node.pointee.left { sum &+= Kernels.sum(left) }
  if let right = node.pointee.right { sum &+= Kernels.sum(right) }
  return sum
}

private func forkingSum(_ node: UnsafePointer<Node>) -> Int64 {
  let tree = node.pointee
  let (left, right) = join({ tree.left.map(forkingSum) ?? 0 }, { tree.right.map(forkingSum) ?? 0 })
  return tree.value &+ left &+ right
}
