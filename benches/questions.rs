//! Cost of whole questions on territories in memory.

#[path = "support/mosaic.rs"]
mod mosaic;

use divan::Bencher;
use merestone::model::Content;
use merestone::question::{self, BorderOptions, EnclaveOptions};

fn main() {
    divan::main();
}

/// Territories per side of the mosaic, with a thousand positions each.
const ACROSS: [usize; 2] = [8, 24];

#[divan::bench(args = ACROSS, sample_count = 10)]
fn borders(bencher: Bencher, across: usize) {
    let options = BorderOptions::default();
    bencher.with_inputs(|| mosaic::territories(across)).bench_local_values(|t| question::borders(t, &options));
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn enclaves(bencher: Bencher, across: usize) {
    let options = EnclaveOptions::default();
    bencher.with_inputs(|| mosaic::territories(across)).bench_local_values(|t| question::enclaves(t, &options));
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn routes(bencher: Bencher, across: usize) {
    let routes = mosaic::routes(500, across);
    bencher
        .with_inputs(|| mosaic::territories(across))
        .bench_local_values(|t| question::routes(&routes, t, &question::RouteOptions::default()));
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn info_features(bencher: Bencher, across: usize) {
    let content = Content::Territories(mosaic::territories(across));
    bencher.bench_local(|| question::info_features(&content, &[]));
}
