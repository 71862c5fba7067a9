use super::Kernel;
use crate::input::{dimensions, hash, Random};
use rayon::prelude::*;

/// The real part in [-2.5, 1), the imaginary in [-1.25, 1.25), 256 iterations.
pub struct Mandelbrot {
    width: usize,
    height: usize,
    image: Vec<u32>,
}

impl Mandelbrot {
    pub fn new(size: usize) -> Self {
        let (width, height) = dimensions(size);
        Mandelbrot { width, height, image: vec![0; width * height] }
    }
}

#[inline(always)]
fn mandelbrot_row(row: &mut [u32], y: usize, width: usize, height: usize) {
    let ci = -1.25 + 2.5 * (y as f64) / (height as f64);
    for (x, pixel) in row.iter_mut().enumerate() {
        let cr = -2.5 + 3.5 * (x as f64) / (width as f64);
        let (mut zr, mut zi) = (0.0f64, 0.0f64);
        let mut iteration = 0u32;
        while iteration < 256 {
            let (r2, i2) = (zr * zr, zi * zi);
            if r2 + i2 > 4.0 {
                break;
            }
            zi = 2.0 * zr * zi + ci;
            zr = r2 - i2 + cr;
            iteration += 1;
        }
        *pixel = iteration;
    }
}

impl Kernel for Mandelbrot {
    fn sequential(&mut self, _: usize) {
        let (width, height) = (self.width, self.height);
        self.image.chunks_mut(width).enumerate().for_each(|(y, row)| mandelbrot_row(row, y, width, height));
    }
    fn parallel(&mut self, _: usize) {
        let (width, height) = (self.width, self.height);
        self.image.par_chunks_mut(width).enumerate().for_each(|(y, row)| mandelbrot_row(row, y, width, height));
    }
    fn hash(&self) -> u32 {
        hash(&self.image)
    }
}

/// The mean of 9 x 9 RGBA pixels, cut off, with the edges repeated.
pub struct Blur {
    width: usize,
    height: usize,
    source: Vec<u8>,
    image: Vec<u8>,
}

impl Blur {
    pub fn new(size: usize) -> Self {
        let (width, height) = dimensions(size);
        let mut random = Random::new();
        let source: Vec<u8> = (0..width * height * 4).map(|_| random.next() as u8).collect();
        Blur { width, height, image: vec![0; source.len()], source }
    }
}

#[inline(always)]
fn blur_row(source: &[u8], row: &mut [u8], y: usize, width: usize, height: usize) {
    const RADIUS: i32 = 4;
    const COUNT: u32 = ((2 * RADIUS + 1) * (2 * RADIUS + 1)) as u32;
    for x in 0..width {
        let mut sums = [0u32; 4];
        for dy in -RADIUS..=RADIUS {
            let sy = (y as i32 + dy).clamp(0, height as i32 - 1) as usize;
            for dx in -RADIUS..=RADIUS {
                let sx = (x as i32 + dx).clamp(0, width as i32 - 1) as usize;
                let start = (sy * width + sx) * 4;
                let pixel = &source[start..start + 4];
                sums[0] += pixel[0] as u32;
                sums[1] += pixel[1] as u32;
                sums[2] += pixel[2] as u32;
                sums[3] += pixel[3] as u32;
            }
        }
        let pixel = &mut row[x * 4..x * 4 + 4];
        for channel in 0..4 {
            pixel[channel] = (sums[channel] / COUNT) as u8;
        }
    }
}

impl Kernel for Blur {
    fn sequential(&mut self, _: usize) {
        let (source, width, height) = (&self.source, self.width, self.height);
        self.image.chunks_mut(width * 4).enumerate().for_each(|(y, row)| blur_row(source, row, y, width, height));
    }
    fn parallel(&mut self, _: usize) {
        let (source, width, height) = (&self.source, self.width, self.height);
        self.image.par_chunks_mut(width * 4).enumerate().for_each(|(y, row)| blur_row(source, row, y, width, height));
    }
    fn hash(&self) -> u32 {
        hash(&self.image)
    }
}
