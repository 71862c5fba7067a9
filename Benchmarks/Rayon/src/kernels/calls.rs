use super::Kernel;
use crate::input::hash;
use std::hint::black_box;

pub struct Join {
    count: usize,
    result: u32,
}

impl Join {
    pub fn new(count: usize) -> Self {
        Join { count, result: 0 }
    }
}

impl Kernel for Join {
    fn sequential(&mut self, _: usize) {
        self.result = 0;
        for _ in 0..self.count {
            self.result = self.result.wrapping_add(black_box(1) + black_box(2));
        }
    }
    fn parallel(&mut self, _: usize) {
        self.result = 0;
        for _ in 0..self.count {
            let (a, b) = rayon::join(|| black_box(1u32), || black_box(2u32));
            self.result = self.result.wrapping_add(a + b);
        }
    }
    fn hash(&self) -> u32 {
        hash(&[self.result])
    }
}

pub struct Fibonacci {
    n: u32,
    result: u32,
}

impl Fibonacci {
    pub fn new(size: usize) -> Self {
        Fibonacci { n: size as u32, result: 0 }
    }
}

#[inline(never)]
fn sequential(n: u32) -> u32 {
    if n < 2 {
        return n;
    }
    // `black_box` keeps LLVM from turning one of the calls into a loop.
    black_box(sequential(n - 1)) + black_box(sequential(n - 2))
}

#[inline(never)]
fn parallel(n: u32) -> u32 {
    if n < 2 {
        return n;
    }
    let (a, b) = rayon::join(|| parallel(n - 1), || parallel(n - 2));
    a + b
}

impl Kernel for Fibonacci {
    fn sequential(&mut self, _: usize) {
        self.result = sequential(self.n);
    }
    fn parallel(&mut self, _: usize) {
        self.result = parallel(self.n);
    }
    fn hash(&self) -> u32 {
        hash(&[self.result])
    }
}
