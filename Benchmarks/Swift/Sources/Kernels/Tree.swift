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

  override func sequential(_ repetition: Int) { result = sum(Tree(root: nodes)) }
  override func parallel(_ repetition: Int) { result = forkingSum(Tree(root: nodes)) }
  override var hash: UInt32 { hashOf(result) }
}

private struct Node {
  let value: Int64
  var left: Tree?
  var right: Tree?
}

private struct Tree: @unchecked Sendable {
  // Unchecked: nobody changes a node once the tree is made.
  let root: UnsafePointer<Node>
}

private func makeTree(from: Int64, to: Int64, _ end: inout UnsafeMutablePointer<Node>) -> Tree? {
  if from >= to { return nil }
  let value = from + (to - from) / 2
  let node = end
  end += 1
  node.initialize(to: Node(value: value))
  node.pointee.left = makeTree(from: from, to: value, &end)
  node.pointee.right = makeTree(from: value + 1, to: to, &end)
  return Tree(root: node)
}

private func sum(_ tree: Tree) -> Int64 {
  var sum = tree.root.pointee.value
  if let left = tree.root.pointee.left { sum &+= Kernels.sum(left) }
  if let right = tree.root.pointee.right { sum &+= Kernels.sum(right) }
  return sum
}

// As Spice's benchmark has it: a node forks where it has two children.
private func forkingSum(_ tree: Tree) -> Int64 {
  var sum = tree.root.pointee.value
  if let left = tree.root.pointee.left {
    if let right = tree.root.pointee.right {
      let (leftSum, rightSum) = join({ forkingSum(left) }, { forkingSum(right) })
      return sum &+ leftSum &+ rightSum
    }
    sum &+= forkingSum(left)
  }
  if let right = tree.root.pointee.right { sum &+= forkingSum(right) }
  return sum
}
