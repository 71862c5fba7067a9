//! The standard library's lock, and crossbeam's channels. Threads of their own exist natively only.
use super::Kernel;
use crate::input::hash;
use std::hint::black_box;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Mutex;

/// Taking and giving back a free lock, beside the two atomic operations that it needs.
pub struct FreeLock {
    count: usize,
    bare: AtomicU32,
    mutex: Mutex<u32>,
    result: u32,
}

impl FreeLock {
    pub fn new(count: usize) -> Self {
        FreeLock { count, bare: AtomicU32::new(0), mutex: Mutex::new(0), result: 0 }
    }
}

impl Kernel for FreeLock {
    fn sequential(&mut self, _: usize) {
        let bare = black_box(&self.bare);
        self.result = 0;
        for _ in 0..self.count {
            let _ = bare.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed);
            self.result += 1;
            bare.fetch_sub(1, Ordering::Release);
        }
    }
    fn parallel(&mut self, _: usize) {
        let mutex = black_box(&self.mutex);
        *mutex.lock().unwrap() = 0;
        for _ in 0..self.count {
            *mutex.lock().unwrap() += 1;
        }
        self.result = *mutex.lock().unwrap();
    }
    fn hash(&self) -> u32 {
        hash(&[self.result])
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use native::{ChannelRound, SharedLock, Spawn};

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use super::*;
    use crossbeam_channel::{bounded, Receiver, Sender};
    use std::sync::Arc;
    use std::thread;

    type Job = Box<dyn FnOnce() + Send>;

    /// A thread that does what it is told, so that no run starts one.
    struct Partner {
        jobs: Sender<Job>,
        done: Receiver<()>,
        thread: thread::Thread,
    }

    impl Partner {
        fn new() -> Self {
            let (jobs, received) = bounded::<Job>(1);
            let (finished, done) = bounded(1);
            let handle = thread::spawn(move || {
                for job in received {
                    job();
                    let _ = finished.send(());
                }
            });
            Partner { jobs, done, thread: handle.thread().clone() }
        }
        fn run(&self, job: impl FnOnce() + Send + 'static) {
            self.jobs.send(Box::new(job)).unwrap();
        }
        fn wait(&self) {
            self.done.recv().unwrap();
        }
    }

    /// Two threads at one lock, beside one thread that does the work of both.
    pub struct SharedLock {
        count: usize,
        mutex: Arc<Mutex<u32>>,
        partner: Partner,
        result: u32,
    }

    impl SharedLock {
        pub fn new(count: usize) -> Self {
            SharedLock { count, mutex: Arc::new(Mutex::new(0)), partner: Partner::new(), result: 0 }
        }
    }

    fn add(mutex: &Mutex<u32>, count: usize) {
        for _ in 0..count {
            *mutex.lock().unwrap() += 1;
        }
    }

    impl Kernel for SharedLock {
        fn sequential(&mut self, _: usize) {
            *self.mutex.lock().unwrap() = 0;
            add(black_box(&self.mutex), self.count * 2);
            self.result = *self.mutex.lock().unwrap();
        }
        fn parallel(&mut self, _: usize) {
            *self.mutex.lock().unwrap() = 0;
            let (mutex, count) = (self.mutex.clone(), self.count);
            self.partner.run(move || add(&mutex, count));
            add(&self.mutex, self.count);
            self.partner.wait();
            self.result = *self.mutex.lock().unwrap();
        }
        fn hash(&self) -> u32 {
            hash(&[self.result])
        }
    }

    /// A message there and back through channels, beside the same by parking, the standard library's futex.
    pub struct ChannelRound {
        count: usize,
        partner: Partner,
        there: (Sender<usize>, Receiver<usize>),
        back: (Sender<usize>, Receiver<usize>),
        turn: Arc<AtomicU32>,
        result: u32,
    }

    impl ChannelRound {
        pub fn new(count: usize) -> Self {
            ChannelRound {
                count,
                partner: Partner::new(),
                there: bounded(1),
                back: bounded(1),
                turn: Arc::new(AtomicU32::new(0)),
                result: 0,
            }
        }
    }

    fn wait_for(turn: &AtomicU32, value: u32) {
        while turn.load(Ordering::Acquire) != value {
            thread::park();
        }
    }

    impl Kernel for ChannelRound {
        fn sequential(&mut self, _: usize) {
            let (turn, count, caller) = (self.turn.clone(), self.count, thread::current());
            self.partner.run(move || {
                for _ in 0..count {
                    wait_for(&turn, 1);
                    turn.store(0, Ordering::Release);
                    caller.unpark();
                }
            });
            self.result = 0;
            for _ in 0..self.count {
                self.turn.store(1, Ordering::Release);
                self.partner.thread.unpark();
                wait_for(&self.turn, 0);
                self.result += 1;
            }
            self.partner.wait();
        }
        fn parallel(&mut self, _: usize) {
            let (there, back, count) = (self.there.1.clone(), self.back.0.clone(), self.count);
            self.partner.run(move || {
                for _ in 0..count {
                    back.send(there.recv().unwrap() + 1).unwrap();
                }
            });
            self.result = 0;
            for number in 0..self.count {
                self.there.0.send(number).unwrap();
                if self.back.1.recv() == Ok(number + 1) {
                    self.result += 1;
                }
            }
            self.partner.wait();
        }
        fn hash(&self) -> u32 {
            hash(&[self.result])
        }
    }

    /// Threads that are started and joined one after the other, beside a message there and back between two threads.
    pub struct Spawn {
        count: usize,
        round: ChannelRound,
        result: u32,
    }

    impl Spawn {
        pub fn new(count: usize) -> Self {
            Spawn { count, round: ChannelRound::new(count), result: 0 }
        }
    }

    impl Kernel for Spawn {
        fn sequential(&mut self, repetition: usize) {
            self.round.sequential(repetition);
            self.result = self.count as u32;
        }
        fn parallel(&mut self, _: usize) {
            self.result = (0..self.count).filter(|&number| thread::spawn(move || number).join().unwrap() == number).count() as u32;
        }
        fn hash(&self) -> u32 {
            hash(&[self.result])
        }
    }
}
