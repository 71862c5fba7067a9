//! The benchmarks' kernels with rayon, natively and as wasm threads.
pub mod input;
pub mod kernels;
pub mod session;

#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
compile_error!("build with -C target-feature=+atomics,+bulk-memory,+mutable-globals");

#[cfg(target_arch = "wasm32")]
mod wasm;
