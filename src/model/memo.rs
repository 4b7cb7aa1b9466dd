//! A value computed on first use.

use std::fmt;
use std::sync::OnceLock;

/// A value computed on first use, which parallel tasks may share.
///
/// # Method
/// Threads that ask while nobody has stored the value compute it each; the first result is kept. No thread waits for
/// another: `OnceLock::get_or_init` does, and deadlocks where the computation is itself parallel, because a worker of
/// rayon that waits for its subtasks may run another task that asks for the same value.
///
/// Values that differ only in what is computed already are equal, and print alike.
#[derive(Clone)]
pub(crate) struct Memo<T>(OnceLock<T>);

impl<T> PartialEq for Memo<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> fmt::Debug for Memo<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memo")
    }
}

impl<T> Memo<T> {
    pub fn new() -> Memo<T> {
        Memo(OnceLock::new())
    }

    /// Memos for `n` values.
    pub fn several(n: usize) -> Vec<Memo<T>> {
        std::iter::repeat_with(Memo::new).take(n).collect()
    }

    /// The value; `compute` must give the same at every call.
    pub fn get(&self, compute: impl FnOnce() -> T) -> &T {
        match self.0.get() {
            Some(value) => value,
            None => {
                let value = compute();
                self.0.get_or_init(|| value)
            }
        }
    }
}

impl<T> Default for Memo<T> {
    fn default() -> Memo<T> {
        Memo::new()
    }
}

#[cfg(test)]
mod tests {
    use super::Memo;
    use rayon::prelude::*;
    use std::time::Duration;

    /// A worker that waits for subtasks which another one has taken runs a further task that asks for the same value. With
    /// `OnceLock` some of these rounds do not end.
    #[test]
    fn a_parallel_computation_does_not_wait_for_itself() {
        let work = |us: u64| std::thread::sleep(Duration::from_micros(us));
        let sum = || (0..32_usize).into_par_iter().with_max_len(1).map(|n| (work(100), n).1).sum::<usize>();
        let round = || {
            let memo = Memo::new();
            let ask = |task: usize| if task.is_multiple_of(4) { *memo.get(sum) } else { (work(300), 496).1 };
            (0..64_usize).into_par_iter().with_max_len(1).all(|task| ask(task) == 496)
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(8).build().expect("threads can be started");
        assert!(pool.install(|| (0..150).all(|_| round())));
    }
}
