//! What `rayon.js` calls. The pool is made the way wasm-bindgen-rayon does it: each worker waits for a thread to run.
use crate::session::Session;
use crossbeam_channel::{bounded, Receiver, Sender};
use rayon::{ThreadBuilder, ThreadPool, ThreadPoolBuilder};
use std::alloc::{alloc, Layout};
use std::sync::OnceLock;

pub struct PoolBuilder {
    threads: usize,
    sender: Sender<ThreadBuilder>,
    receiver: Receiver<ThreadBuilder>,
}

static POOL: OnceLock<ThreadPool> = OnceLock::new();
/// Used by the main thread only.
static mut SESSION: Option<Session> = None;

#[no_mangle]
pub extern "C" fn pool_new(threads: usize) -> *mut PoolBuilder {
    let (sender, receiver) = bounded(threads);
    Box::into_raw(Box::new(PoolBuilder { threads, sender, receiver }))
}

#[no_mangle]
pub unsafe extern "C" fn pool_receiver(builder: *const PoolBuilder) -> *const Receiver<ThreadBuilder> {
    &(*builder).receiver
}

/// Called by each worker when it has its stack and thread-local memory; does not return while the pool lives.
#[no_mangle]
pub unsafe extern "C" fn worker_entry(receiver: *const Receiver<ThreadBuilder>) {
    (*receiver).recv().unwrap().run()
}

/// Called by the main thread when all workers are up.
#[no_mangle]
pub unsafe extern "C" fn pool_build(builder: *const PoolBuilder) {
    let builder = &*builder;
    let spawn = |thread| {
        builder.sender.send(thread).unwrap();
        Ok(())
    };
    let pool = ThreadPoolBuilder::new().num_threads(builder.threads).spawn_handler(spawn).build().unwrap();
    POOL.set(pool).ok().unwrap();
}

#[no_mangle]
pub unsafe extern "C" fn memory_allocate(size: usize, alignment: usize) -> *mut u8 {
    alloc(Layout::from_size_align(size, alignment).unwrap())
}

fn pool() -> &'static ThreadPool {
    POOL.get().unwrap()
}

#[allow(static_mut_refs)]
unsafe fn session() -> &'static mut Session {
    SESSION.as_mut().unwrap()
}

#[no_mangle]
#[allow(static_mut_refs)]
pub unsafe extern "C" fn load(kernel: u32, size: usize, repeats: usize, pattern: u32) -> bool {
    SESSION = None;
    SESSION = Session::load(kernel, size, repeats, pattern);
    SESSION.is_some()
}

#[no_mangle]
pub unsafe extern "C" fn reset() {
    session().reset()
}

#[no_mangle]
pub unsafe extern "C" fn run(parallel: bool) {
    let session = session();
    if parallel {
        pool().install(|| session.run_parallel())
    } else {
        session.run_sequential()
    }
}

#[no_mangle]
pub unsafe extern "C" fn hash() -> u32 {
    session().hash()
}

/// From the calling thread into the pool and back.
#[no_mangle]
pub extern "C" fn nothing() {
    pool().install(|| ())
}
