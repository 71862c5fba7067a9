use super::Kernel;
use crate::input::hash;

/// A balanced tree; the children are places in the same allocation, which is in the order of a walk through the tree.
pub struct Node {
    value: i64,
    left: *const Node,
    right: *const Node,
}

pub struct TreeSum {
    nodes: Vec<Node>,
    result: i64,
}

// The nodes are never changed.
unsafe impl Send for TreeSum {}
unsafe impl Sync for Node {}

impl TreeSum {
    pub fn new(size: usize) -> Self {
        let mut nodes = Vec::with_capacity(size);
        add(&mut nodes, 0, size as i64);
        TreeSum { nodes, result: 0 }
    }
}

fn add(nodes: &mut Vec<Node>, from: i64, to: i64) -> *const Node {
    if from >= to {
        return std::ptr::null();
    }
    let value = from + (to - from) / 2;
    let place = nodes.len();
    nodes.push(Node { value, left: std::ptr::null(), right: std::ptr::null() });
    let left = add(nodes, from, value);
    let right = add(nodes, value + 1, to);
    nodes[place].left = left;
    nodes[place].right = right;
    &nodes[place]
}

fn sequential(node: &Node) -> i64 {
    let mut sum = node.value;
    unsafe {
        if let Some(left) = node.left.as_ref() {
            sum += sequential(left);
        }
        if let Some(right) = node.right.as_ref() {
            sum += sequential(right);
        }
    }
    sum
}

fn parallel(node: &Node) -> i64 {
    match unsafe { (node.left.as_ref(), node.right.as_ref()) } {
        (Some(left), Some(right)) => {
            let (left, right) = rayon::join(|| parallel(left), || parallel(right));
            node.value + left + right
        }
        (Some(child), None) | (None, Some(child)) => node.value + parallel(child),
        (None, None) => node.value,
    }
}

impl Kernel for TreeSum {
    fn sequential(&mut self, _: usize) {
        self.result = sequential(&self.nodes[0]);
    }
    fn parallel(&mut self, _: usize) {
        self.result = parallel(&self.nodes[0]);
    }
    fn hash(&self) -> u32 {
        hash(&[self.result])
    }
}
