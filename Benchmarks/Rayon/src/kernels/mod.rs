//! What is measured: each kernel in a sequential form and with rayon.
mod calls;
mod collect;
mod images;
mod locks;
mod numbers;
mod sorting;
mod text;
mod tree;

pub trait Kernel: Send {
    fn reset(&mut self) {}
    fn sequential(&mut self, repetition: usize);
    fn parallel(&mut self, repetition: usize);
    /// Of the last run's result; where repetitions differ, the first one's.
    fn hash(&self) -> u32;
}

/// The numbers are the places in `KERNELS` of `Benchmarks/Compare/workloads.py`.
pub fn make(kernel: u32, size: usize, repeats: usize, pattern: u32) -> Option<Box<dyn Kernel>> {
    Some(match kernel {
        0 => Box::new(calls::Join::new(size)),
        1 => Box::new(calls::Fibonacci::new(size)),
        2 => Box::new(numbers::Sum::new(size)),
        3 => Box::new(numbers::ForEach::new(size)),
        4 => Box::new(sorting::Sort::<u32>::new(size, repeats, pattern)),
        5 => Box::new(sorting::Sort::<f64>::new(size, repeats, pattern)),
        6 => Box::new(sorting::StableSort::new(size)),
        7 => Box::new(collect::MapFilterCollect::new(size)),
        8 => Box::new(images::Mandelbrot::new(size)),
        9 => Box::new(images::Blur::new(size)),
        10 => Box::new(numbers::MatrixProduct::new(size)),
        11 => Box::new(numbers::Bodies::new(size)),
        12 => Box::new(tree::TreeSum::new(size)),
        13 => Box::new(text::Scan::new(size)),
        14 => Box::new(text::BlockHash::new(size)),
        17 => Box::new(locks::FreeLock::new(size)),
        #[cfg(not(target_arch = "wasm32"))]
        18 => Box::new(locks::SharedLock::new(size)),
        #[cfg(not(target_arch = "wasm32"))]
        19 => Box::new(locks::ChannelRound::new(size)),
        #[cfg(not(target_arch = "wasm32"))]
        22 => Box::new(locks::Spawn::new(size)),
        _ => return None,
    })
}
