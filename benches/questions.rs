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
    let territories = mosaic::territories(across);
    bencher.bench_local(|| question::borders(&territories, &options));
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn enclaves(bencher: Bencher, across: usize) {
    let options = EnclaveOptions::default();
    let territories = mosaic::territories(across);
    bencher.bench_local(|| question::enclaves(&territories, &options));
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn routes(bencher: Bencher, across: usize) {
    let routes = mosaic::routes(500, across);
    let territories = mosaic::territories(across);
    bencher.bench_local(|| question::routes(&routes, &territories, &question::RouteOptions::default()));
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn info_features(bencher: Bencher, across: usize) {
    let content = Content::Territories(mosaic::territories(across));
    bencher.bench_local(|| question::info_features(&content, &[]));
}
