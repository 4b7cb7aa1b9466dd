//! Cost of measuring an edge and a ring.

use divan::{Bencher, black_box};
use geo::Coord;
use merestone::earth::{distance_m, edge_length_m, line_length_m, ring_area_m2};

fn main() {
    divan::main();
}

/// A ring in the South Caucasus with edges of about `edge_m` metres.
fn ring(edge_m: f64) -> Vec<Coord> {
    const CORNERS: usize = 1000;
    let radius_deg = edge_m * CORNERS as f64 / std::f64::consts::TAU / 111_000.0;
    let at = |i: usize| {
        let (sin, cos) = (i as f64 / CORNERS as f64 * std::f64::consts::TAU).sin_cos();
        Coord { x: 45.5 + radius_deg * 1.3 * cos, y: 40.0 + radius_deg * sin }
    };
    (0..=CORNERS).map(|i| at(i % CORNERS)).collect()
}

#[divan::bench(args = [100.0, 10_000.0])]
fn edge_length(bencher: Bencher, edge_m: f64) {
    let ring = ring(edge_m);
    bencher.bench_local(|| edge_length_m(black_box(ring[0]), black_box(ring[1])));
}

/// The geodesic between the same ends, for comparison.
#[divan::bench(args = [100.0, 10_000.0])]
fn distance(bencher: Bencher, edge_m: f64) {
    let ring = ring(edge_m);
    bencher.bench_local(|| distance_m(black_box(ring[0]), black_box(ring[1])));
}

#[divan::bench(args = [100.0, 10_000.0])]
fn line_length_of_1000(bencher: Bencher, edge_m: f64) {
    let ring = ring(edge_m);
    bencher.bench_local(|| line_length_m(black_box(&ring)));
}

#[divan::bench(args = [100.0, 10_000.0])]
fn ring_area_of_1000(bencher: Bencher, edge_m: f64) {
    let ring = ring(edge_m);
    bencher.bench_local(|| ring_area_m2(black_box(&ring)));
}
