//! Work done by many threads whose results are written in order.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{Receiver, sync_channel};

use crate::model::Findings;

/// Jobs beyond one a thread that may be under way or wait to be written, so that no thread waits for the writer, and memory
/// does not grow with the result.
const AHEAD: usize = 4;

/// Threads that make rows: as many as made the result.
pub(super) fn threads(findings: &dyn Findings) -> usize {
    findings.facts().run.threads as usize
}

/// Lets `threads` threads make bytes of each of `jobs` with `make`, and hands them to `write` in the order of `jobs`, on
/// the calling thread. At most `threads` + 4 results exist at a time.
///
/// # Errors
///
/// The first error of `make`, in order, or of `write`; nothing is written after it.
pub(crate) fn in_order<J: Send, R: Send>(
    threads: usize,
    mut jobs: impl Iterator<Item = J>,
    make: impl Fn(J) -> io::Result<R> + Sync,
    mut write: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    let pool = match threads {
        0 | 1 => None,
        // A system that gives no threads gets its results from this one.
        _ => rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok(),
    };
    let Some(pool) = pool else {
        return jobs.try_for_each(|job| write(make(job)?));
    };
    let make = &make;
    pool.in_place_scope(|scope| {
        let mut under_way: VecDeque<Receiver<io::Result<R>>> = VecDeque::new();
        loop {
            while under_way.len() < threads + AHEAD
                && let Some(job) = jobs.next()
            {
                let (sender, receiver) = sync_channel(1);
                // Nobody waits for it any more after an error.
                scope.spawn(move |_| drop(sender.send(make(job))));
                under_way.push_back(receiver);
            }
            let Some(next) = under_way.pop_front() else { return Ok(()) };
            // A thread that sends nothing has panicked, which the scope passes on.
            let made = next.recv().unwrap_or_else(|_| Err(io::Error::other("a thread has failed")))?;
            write(made)?;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_the_threads() {
        for threads in [0, 1, 2, 5] {
            let mut seen = Vec::new();
            let slow_first = |job: u64| {
                std::thread::sleep(std::time::Duration::from_micros(200 / (job + 1)));
                Ok(job)
            };
            in_order(threads, 0..100, slow_first, |made| {
                seen.push(made);
                Ok(())
            })
            .unwrap();
            assert_eq!(seen, (0..100).collect::<Vec<_>>(), "{threads}");
        }
    }

    #[test]
    fn nothing_is_written_after_an_error() {
        for threads in [1, 3] {
            let mut seen = 0;
            let fails = |job: u32| if job == 7 { Err(io::Error::other("broken")) } else { Ok(job) };
            let count = |_| {
                seen += 1;
                Ok(())
            };
            let error = in_order(threads, 0..100, fails, count).unwrap_err();
            assert_eq!((error.to_string().as_str(), seen), ("broken", 7));
            let stop = |made| if made == 3 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) };
            let error = in_order(threads, 0..100, Ok, stop).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        }
    }
}
