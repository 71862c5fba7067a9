use super::Kernel;
use crate::input::{hash, Random};
use rayon::prelude::*;

/// Counts the marks of a JSON text and adds its digits.
pub struct Scan {
    bytes: Vec<u8>,
    result: u32,
}

impl Scan {
    pub fn new(size: usize) -> Self {
        let mut random = Random::new();
        let letters = b"{}[]:,\"\"0123456789abcdefghijklmn";
        Scan { bytes: (0..size).map(|_| letters[(random.next() >> 27) as usize]).collect(), result: 0 }
    }
}

#[inline(always)]
fn weight(byte: u8) -> u32 {
    match byte {
        b'{' | b'}' | b'[' | b']' | b':' | b',' => 1,
        b'"' => 65536,
        b'0'..=b'9' => (byte - b'0') as u32,
        _ => 0,
    }
}

impl Kernel for Scan {
    fn sequential(&mut self, _: usize) {
        self.result = self.bytes.iter().map(|byte| weight(*byte)).fold(0, u32::wrapping_add);
    }
    fn parallel(&mut self, _: usize) {
        self.result = self.bytes.par_iter().map(|byte| weight(*byte)).reduce(|| 0, u32::wrapping_add);
    }
    fn hash(&self) -> u32 {
        hash(&[self.result])
    }
}

/// A hash of each block of 64 bytes.
pub struct BlockHash {
    blocks: Vec<[u32; 16]>,
    hashes: Vec<u32>,
}

impl BlockHash {
    pub fn new(size: usize) -> Self {
        let mut random = Random::new();
        let mut block = || std::array::from_fn(|_| random.next());
        BlockHash { blocks: (0..size).map(|_| block()).collect(), hashes: vec![0; size] }
    }
}

#[inline(always)]
fn block_hash(block: &[u32; 16]) -> u32 {
    let mut hash = 0x811c9dc5u32;
    for word in block {
        hash = (hash ^ *word).wrapping_mul(0x01000193);
        hash ^= hash >> 15;
    }
    hash
}

impl Kernel for BlockHash {
    fn sequential(&mut self, _: usize) {
        self.hashes.iter_mut().zip(&self.blocks).for_each(|(hash, block)| *hash = block_hash(block));
    }
    fn parallel(&mut self, _: usize) {
        self.hashes.par_iter_mut().zip(&self.blocks).for_each(|(hash, block)| *hash = block_hash(block));
    }
    fn hash(&self) -> u32 {
        hash(&self.hashes)
    }
}
