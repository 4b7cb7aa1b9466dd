//! A value computed on first use.

use std::sync::OnceLock;

/// A value computed on first use, which parallel tasks may share.
///
/// # Method
/// Threads that ask while nobody has stored the value compute it each; the first result is kept. No thread waits for
/// another: `OnceLock::get_or_init` does, and deadlocks where the computation is itself parallel, because a worker of
/// rayon that waits for its subtasks may run another task that asks for the same value.
#[derive(Debug, Clone)]
pub(crate) struct Memo<T>(OnceLock<T>);

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

    /// Of many tasks that ask at once, a worker that waits inside the computation takes up another one.
    #[test]
    fn a_parallel_computation_does_not_wait_for_itself() {
        let sum = |memo: &Memo<u64>| *memo.get(|| (0..20_000_u64).into_par_iter().map(|n| n % 7).sum());
        for _ in 0..200 {
            let memos = Memo::several(3);
            let sums: Vec<u64> = (0..64_usize).into_par_iter().map(|task| sum(&memos[task % 3])).collect();
            assert!(sums.iter().all(|found| *found == 59_997), "{sums:?}");
        }
    }
}
