//! The inputs and the hash that all systems share; `Benchmarks/README.md` defines them.

/// xorshift32.
pub struct Random(u32);

impl Random {
    pub fn new() -> Self {
        Random(0x12345678)
    }
    pub fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }
    /// In [0, 1), 32 bits.
    pub fn fraction(&mut self) -> f64 {
        self.next() as f64 / 4294967296.0
    }
    /// In [0, 1), 20 bits: sums of these are exact, so they do not depend on the order.
    pub fn short_fraction(&mut self) -> f64 {
        (self.next() >> 12) as f64 / 1048576.0
    }
}

/// FNV-1a of the bytes.
pub fn hash<T>(values: &[T]) -> u32 {
    let bytes = unsafe { std::slice::from_raw_parts(values.as_ptr() as *const u8, std::mem::size_of_val(values)) };
    bytes.iter().fold(0x811c9dc5, |hash, byte| (hash ^ *byte as u32).wrapping_mul(0x01000193))
}

/// The image that has `pixels` pixels: its width is a power of two.
pub fn dimensions(pixels: usize) -> (usize, usize) {
    let mut width = 1;
    while width * width < pixels {
        width *= 2;
    }
    (width, pixels / width)
}
