use super::Kernel;
use crate::input::{hash, Random};
use rayon::prelude::*;

pub struct Sum {
    values: Vec<f64>,
    result: f64,
}

impl Sum {
    pub fn new(size: usize) -> Self {
        let mut random = Random::new();
        Sum { values: (0..size).map(|_| random.short_fraction()).collect(), result: 0.0 }
    }
}

impl Kernel for Sum {
    fn sequential(&mut self, _: usize) {
        self.result = self.values.iter().sum();
    }
    fn parallel(&mut self, _: usize) {
        self.result = self.values.par_iter().sum();
    }
    fn hash(&self) -> u32 {
        hash(&[self.result])
    }
}

pub struct ForEach {
    values: Vec<u32>,
}

impl ForEach {
    pub fn new(size: usize) -> Self {
        ForEach { values: vec![0; size] }
    }
}

#[inline(always)]
fn step(value: &mut u32) {
    *value = value.wrapping_mul(1664525).wrapping_add(1013904223);
}

impl Kernel for ForEach {
    fn reset(&mut self) {
        let mut random = Random::new();
        self.values.fill_with(|| random.next());
    }
    fn sequential(&mut self, _: usize) {
        self.values.iter_mut().for_each(step);
    }
    fn parallel(&mut self, _: usize) {
        self.values.par_iter_mut().for_each(step);
    }
    fn hash(&self) -> u32 {
        hash(&self.values)
    }
}

pub struct MatrixProduct {
    n: usize,
    a: Vec<f64>,
    b: Vec<f64>,
    c: Vec<f64>,
}

impl MatrixProduct {
    pub fn new(size: usize) -> Self {
        let n = (size as f64).sqrt() as usize;
        let mut random = Random::new();
        let mut matrix = || (0..n * n).map(|_| random.fraction()).collect();
        MatrixProduct { n, a: matrix(), b: matrix(), c: vec![0.0; n * n] }
    }
}

#[inline(always)]
fn product_row(a: &[f64], b: &[f64], row: &mut [f64], i: usize, n: usize) {
    row.fill(0.0);
    for k in 0..n {
        let factor = a[i * n + k];
        for (c, b) in row.iter_mut().zip(&b[k * n..k * n + n]) {
            *c += factor * *b;
        }
    }
}

impl Kernel for MatrixProduct {
    fn sequential(&mut self, _: usize) {
        let (n, a, b) = (self.n, &self.a, &self.b);
        self.c.chunks_mut(n).enumerate().for_each(|(i, row)| product_row(a, b, row, i, n));
    }
    fn parallel(&mut self, _: usize) {
        let (n, a, b) = (self.n, &self.a, &self.b);
        self.c.par_chunks_mut(n).enumerate().for_each(|(i, row)| product_row(a, b, row, i, n));
    }
    fn hash(&self) -> u32 {
        hash(&self.c)
    }
}

/// One step of bodies that attract each other: x, y, z and mass.
pub struct Bodies {
    positions: Vec<[f64; 4]>,
    velocities: Vec<[f64; 4]>,
    moved: Vec<[f64; 4]>,
}

impl Bodies {
    pub fn new(size: usize) -> Self {
        let mut random = Random::new();
        let mut body = || [random.fraction(), random.fraction(), random.fraction(), random.fraction()];
        Bodies { positions: (0..size).map(|_| body()).collect(), velocities: vec![[0.0; 4]; size], moved: vec![[0.0; 4]; size] }
    }
}

#[inline(always)]
fn move_body(positions: &[[f64; 4]], velocity: &mut [f64; 4], moved: &mut [f64; 4], i: usize) {
    let dt = 1e-3;
    let p = positions[i];
    let (mut ax, mut ay, mut az) = (0.0, 0.0, 0.0);
    for q in positions {
        let (dx, dy, dz) = (q[0] - p[0], q[1] - p[1], q[2] - p[2]);
        let square = dx * dx + dy * dy + dz * dz + 1e-9;
        let force = q[3] * (1.0 / (square * square.sqrt()));
        ax += force * dx;
        ay += force * dy;
        az += force * dz;
    }
    velocity[0] += ax * dt;
    velocity[1] += ay * dt;
    velocity[2] += az * dt;
    *moved = [p[0] + velocity[0] * dt, p[1] + velocity[1] * dt, p[2] + velocity[2] * dt, p[3]];
}

impl Kernel for Bodies {
    fn reset(&mut self) {
        self.velocities.fill([0.0; 4]);
    }
    fn sequential(&mut self, _: usize) {
        let positions = &self.positions;
        let both = self.velocities.iter_mut().zip(self.moved.iter_mut());
        both.enumerate().for_each(|(i, (velocity, moved))| move_body(positions, velocity, moved, i));
    }
    fn parallel(&mut self, _: usize) {
        let positions = &self.positions;
        let both = self.velocities.par_iter_mut().zip(self.moved.par_iter_mut());
        both.enumerate().for_each(|(i, (velocity, moved))| move_body(positions, velocity, moved, i));
    }
    fn hash(&self) -> u32 {
        hash(&self.moved)
    }
}
