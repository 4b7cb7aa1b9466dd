//! Cost of `check`, group of checks by group.

#[path = "support/mosaic.rs"]
mod mosaic;

use divan::Bencher;
use merestone::io::{ReadOptions, Scan};
use merestone::question::{CheckOptions, CoverageOf, check};
use merestone::topology::{Coverage, CoverageGraph, near_runs, widest_place};

fn main() {
    divan::main();
}

/// Territories per side of the mosaic, with a thousand positions each.
const ACROSS: [usize; 2] = [8, 24];
/// Width in degrees of the gaps and overlaps between neighbours.
const APART_DEG: f64 = 0.0005;

#[divan::bench(args = ACROSS, sample_count = 10)]
fn scan(bencher: Bencher, across: usize) {
    let file = mosaic::file(&mosaic::territories(across));
    bencher
        .with_inputs(|| file.clone())
        .bench_local_values(|bytes| Scan::bytes("file", bytes, &ReadOptions::default()));
}

/// All checks except coverage, on a file without faults.
#[divan::bench(args = ACROSS, sample_count = 10)]
fn check_geometry(bencher: Bencher, across: usize) {
    let scan = || vec![Scan::bytes("file", mosaic::file(&mosaic::territories(across)), &ReadOptions::default())];
    let mut options = CheckOptions::default();
    options.coverage = CoverageOf::Nothing;
    bencher.with_inputs(scan).bench_local_values(|scans| check(scans, &options));
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn coverage_regions(bencher: Bencher, across: usize) {
    let territories = mosaic::shifted(across, APART_DEG);
    let graph = CoverageGraph::new(&territories);
    bencher.bench_local(|| Coverage::new(&territories, &graph, &vec![false; territories.len()]).regions());
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn near_runs_within_100_m(bencher: Bencher, across: usize) {
    let graph = CoverageGraph::new(&mosaic::shifted(across, APART_DEG));
    bencher.bench_local(|| near_runs(&graph, 100.0));
}

/// The greatest width of every gap and overlap of the smaller mosaic.
#[divan::bench(sample_count = 10)]
fn widest_places(bencher: Bencher) {
    let territories = mosaic::shifted(ACROSS[0], APART_DEG);
    let graph = CoverageGraph::new(&territories);
    let regions = Coverage::new(&territories, &graph, &vec![false; territories.len()]).regions();
    bencher.bench_local(|| regions.iter().map(|region| widest_place(&region.land, 0.01).0).sum::<f64>());
}
