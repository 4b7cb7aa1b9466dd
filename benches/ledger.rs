//! Cost of a ledger of changed land.

#[path = "support/mosaic.rs"]
mod mosaic;

use divan::Bencher;
use merestone::question::{self, LedgerOptions};
use merestone::topology::{Arrangement, LabelledEdge, edges, overlay};

fn main() {
    divan::main();
}

/// Territories per side of the mosaic, with a thousand positions each.
const ACROSS: [usize; 2] = [8, 24];
/// Degrees by which the lines of the later edition are displaced.
const MOVED_DEG: f64 = 0.0005;

#[divan::bench(args = ACROSS, sample_count = 10)]
fn ledger(bencher: Bencher, across: usize) {
    let options = LedgerOptions::default();
    let (before, after) = (mosaic::territories(across), mosaic::shifted(across, MOVED_DEG));
    bencher.bench_local(|| question::ledger(&before, &after, &options));
}

/// Identical editions: equal edges cancel.
#[divan::bench(args = ACROSS, sample_count = 10)]
fn ledger_of_equals(bencher: Bencher, across: usize) {
    let options = LedgerOptions::default();
    let (before, after) = (mosaic::territories(across), mosaic::territories(across));
    bencher.bench_local(|| question::ledger(&before, &after, &options));
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn arrangement(bencher: Bencher, across: usize) {
    let territories = mosaic::shifted(across, MOVED_DEG);
    let of = territories.iter().enumerate().flat_map(|(i, t)| edges(t.parts(), i as u32));
    let all: Vec<LabelledEdge> = of.collect();
    bencher.bench_local(|| {
        Arrangement::new(&all, |_, _| false, |_| true).map(|done| done.land(|labels| Some(labels.to_vec())))
    });
}

#[divan::bench(args = [1, 8], sample_count = 10)]
fn overlay_of_two(bencher: Bencher, across: usize) {
    let parts =
        |by| mosaic::shifted(across, by).into_iter().step_by(2).flat_map(|t| t.into_parts()).collect::<Vec<_>>();
    let (a, b) = (parts(0.0), parts(MOVED_DEG));
    bencher.bench_local(|| overlay(&a, &b));
}
