use super::Kernel;
use crate::input::{hash, Random};
use rayon::prelude::*;

pub trait Element: Copy + Send + Sync {
    fn random(random: &mut Random) -> Self;
    fn number(value: u32) -> Self;
    fn sort(values: &mut [Self]);
    fn par_sort(values: &mut [Self]);
}

impl Element for u32 {
    fn random(random: &mut Random) -> Self {
        random.next()
    }
    fn number(value: u32) -> Self {
        value
    }
    fn sort(values: &mut [Self]) {
        values.sort_unstable()
    }
    fn par_sort(values: &mut [Self]) {
        values.par_sort_unstable()
    }
}

impl Element for f64 {
    fn random(random: &mut Random) -> Self {
        random.fraction()
    }
    fn number(value: u32) -> Self {
        value as f64
    }
    fn sort(values: &mut [Self]) {
        values.sort_unstable_by(|a, b| a.partial_cmp(b).unwrap())
    }
    fn par_sort(values: &mut [Self]) {
        values.par_sort_unstable_by(|a, b| a.partial_cmp(b).unwrap())
    }
}

/// Each repetition sorts elements of its own, so that no branch predictor learns them by heart.
pub struct Sort<T> {
    size: usize,
    input: Vec<T>,
    values: Vec<T>,
}

impl<T: Element> Sort<T> {
    pub fn new(size: usize, repeats: usize, pattern: u32) -> Self {
        let mut random = Random::new();
        let input: Vec<T> = (0..size * repeats)
            .map(|index| {
                let i = (index % size) as u32;
                match pattern {
                    0 => T::random(&mut random),
                    1 => T::number(i),
                    2 => T::number(size as u32 - i),
                    3 => T::number(random.next() % 16),
                    _ => T::number(i.min(size as u32 - i)),
                }
            })
            .collect();
        Sort { size, values: input.clone(), input }
    }
    fn part(&mut self, repetition: usize) -> &mut [T] {
        &mut self.values[repetition * self.size..(repetition + 1) * self.size]
    }
}

impl<T: Element> Kernel for Sort<T> {
    fn reset(&mut self) {
        self.values.copy_from_slice(&self.input);
    }
    fn sequential(&mut self, repetition: usize) {
        T::sort(self.part(repetition));
    }
    fn parallel(&mut self, repetition: usize) {
        T::par_sort(self.part(repetition));
    }
    fn hash(&self) -> u32 {
        hash(&self.values[..self.size])
    }
}

#[derive(Clone, Copy)]
#[repr(C)]
struct Record {
    key: u32,
    number: u32,
    weight: f64,
}

/// By a key that sixteen records share, so the result shows whether the order of equals was kept.
pub struct StableSort {
    input: Vec<Record>,
    values: Vec<Record>,
}

impl StableSort {
    pub fn new(size: usize) -> Self {
        let mut random = Random::new();
        let keys = (size / 16).max(1) as u32;
        let record = |number| Record { key: random.next() % keys, number, weight: number as f64 };
        let input: Vec<Record> = (0..size as u32).map(record).collect();
        StableSort { values: input.clone(), input }
    }
}

impl Kernel for StableSort {
    fn reset(&mut self) {
        self.values.copy_from_slice(&self.input);
    }
    fn sequential(&mut self, _: usize) {
        self.values.sort_by_key(|record| record.key);
    }
    fn parallel(&mut self, _: usize) {
        self.values.par_sort_by_key(|record| record.key);
    }
    fn hash(&self) -> u32 {
        hash(&self.values)
    }
}
