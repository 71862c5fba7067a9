//! `native THREADS` obeys lines on its standard input; `Benchmarks/README.md` has them.
use peer::session::Session;
use std::io::{stdin, BufRead};
use std::time::Instant;

fn main() {
    let threads = std::env::args().nth(1).unwrap().parse().unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let mut session: Option<Session> = None;
    for line in stdin().lock().lines() {
        let line = line.unwrap();
        let words: Vec<&str> = line.split(' ').collect();
        let number = |index: usize| words[index].parse::<usize>().unwrap();
        match words[0] {
            "load" => {
                drop(session.take());
                session = Session::load(number(1) as u32, number(2), number(3), number(4) as u32);
                println!("{}", session.is_some() as u32);
            }
            "run" => {
                let session = session.as_mut().unwrap();
                session.reset();
                let start = Instant::now();
                if number(1) == 0 {
                    session.run_sequential()
                } else {
                    pool.install(|| session.run_parallel())
                }
                println!("{}", start.elapsed().as_secs_f64() * 1e3);
            }
            _ => println!("{}", session.as_ref().unwrap().hash()),
        }
    }
}
