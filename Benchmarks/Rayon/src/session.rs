//! One kernel with its input, run when the host says so.
use crate::kernels::{make, Kernel};

pub struct Session {
    kernel: Box<dyn Kernel>,
    repeats: usize,
}

impl Session {
    pub fn load(kernel: u32, size: usize, repeats: usize, pattern: u32) -> Option<Self> {
        Some(Session { kernel: make(kernel, size, repeats, pattern)?, repeats })
    }
    /// Not timed: puts the input back that a run has changed.
    pub fn reset(&mut self) {
        self.kernel.reset();
    }
    pub fn run_sequential(&mut self) {
        for repetition in 0..self.repeats {
            self.kernel.sequential(repetition);
        }
    }
    /// Inside a pool.
    pub fn run_parallel(&mut self) {
        for repetition in 0..self.repeats {
            self.kernel.parallel(repetition);
        }
    }
    pub fn hash(&self) -> u32 {
        self.kernel.hash()
    }
}
