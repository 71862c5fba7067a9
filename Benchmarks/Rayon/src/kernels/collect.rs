use super::Kernel;
use crate::input::hash;
use rayon::prelude::*;

pub struct MapFilterCollect {
    size: u32,
    result: Vec<u32>,
}

impl MapFilterCollect {
    pub fn new(size: usize) -> Self {
        MapFilterCollect { size: size as u32, result: vec![] }
    }
}

impl Kernel for MapFilterCollect {
    fn sequential(&mut self, _: usize) {
        self.result = vec![];
        self.result = (0..self.size).map(|x| x.wrapping_mul(x)).filter(|x| x % 3 == 0).collect();
    }
    fn parallel(&mut self, _: usize) {
        self.result = vec![];
        self.result = (0..self.size).into_par_iter().map(|x| x.wrapping_mul(x)).filter(|x| x % 3 == 0).collect();
    }
    fn hash(&self) -> u32 {
        hash(&self.result)
    }
}
