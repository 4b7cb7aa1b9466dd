//! What whole questions cost once their territories are read.

#[path = "support/mosaic.rs"]
mod mosaic;

use divan::Bencher;
use geo::{Coord, LineString};
use merestone::model::{Content, Meta, Route};
use merestone::question::{self, BorderOptions, EnclaveOptions};

fn main() {
    divan::main();
}

/// Territories of a thousand positions each.
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

/// Routes across the territories, corner to corner and back, of 31 positions each.
fn routes_across(number: usize, across: usize) -> Vec<Route> {
    let route = |i: usize| {
        let turn = i as f64 * 2.399_963;
        let at = |j: usize| {
            let (share, reach) = (j as f64 / 30.0 - 0.5, across as f64 * 0.45);
            let middle = across as f64 / 2.0;
            Coord { x: 42.0 + middle + share * reach * turn.cos(), y: 37.0 + middle + share * reach * turn.sin() }
        };
        let runs = vec![LineString((0..31).map(at).collect())];
        Route {
            meta: Meta { id: format!("r{i}"), ..Meta::default() },
            mode: None,
            status: None,
            runs,
            published_length_km: None,
        }
    };
    (0..number).map(route).collect()
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn routes(bencher: Bencher, across: usize) {
    let routes = routes_across(500, across);
    bencher.with_inputs(|| mosaic::territories(across)).bench_local_values(|t| question::routes(&routes, t));
}

#[divan::bench(args = ACROSS, sample_count = 10)]
fn info_features(bencher: Bencher, across: usize) {
    let content = Content::Territories(mosaic::territories(across));
    bencher.bench_local(|| question::info_features(&content, &[]));
}
