//! Cost of matching shared edges.

#[path = "support/mosaic.rs"]
mod mosaic;

use divan::Bencher;
use merestone::model::EdgeTree;
use merestone::topology::{CoverageGraph, chain, clean};

fn main() {
    divan::main();
}

/// Territories per side of the mosaic, with a thousand positions each.
const ACROSS: [usize; 2] = [8, 24];

#[divan::bench(args = ACROSS, sample_count = 10)]
fn clean_all(bencher: Bencher, across: usize) {
    let territories = mosaic::territories(across);
    bencher.bench_local(|| clean(&territories).warnings.len());
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn graph(bencher: Bencher, across: usize) {
    let territories = mosaic::territories(across);
    bencher.bench_local(|| CoverageGraph::new(&territories));
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn shared_edges(bencher: Bencher, across: usize) {
    let territories = mosaic::territories(across);
    let graph = CoverageGraph::new(&territories);
    bencher.bench_local(|| graph.shared_edges());
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn point_contacts(bencher: Bencher, across: usize) {
    let territories = mosaic::territories(across);
    let graph = CoverageGraph::new(&territories);
    let shared = graph.shared_edges();
    bencher.bench_local(|| graph.point_contacts(&shared));
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn crossing_pairs(bencher: Bencher, across: usize) {
    let territories = mosaic::territories(across);
    let graph = CoverageGraph::new(&territories);
    bencher.bench_local(|| graph.crossing_pairs());
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn chain_outlines(bencher: Bencher, across: usize) {
    let territories = mosaic::territories(across);
    let graph = CoverageGraph::new(&territories);
    let edges: Vec<(u32, u32)> = graph.outlines().map(|(_, from, to)| (from, to)).collect();
    bencher.bench_local(|| chain(&edges, &graph.positions));
}

#[divan::bench(sample_count = 10)]
fn edge_tree(bencher: Bencher) {
    let territories = mosaic::territories(8);
    let rings = territories.iter().flat_map(|t| t.parts()).map(|part| &part.exterior().0);
    let rings: Vec<_> = rings.map(Vec::as_slice).collect();
    bencher.bench_local(|| EdgeTree::new(rings.iter().copied()));
}
