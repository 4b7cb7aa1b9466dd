//! Cost of reading: the embedded dataset, and a file of a million positions.

#[path = "support/mosaic.rs"]
mod mosaic;

use divan::Bencher;
use merestone::io::{Dataset, ReadOptions, Reference, feature, feature_collection, polygon_geometry, write_file};
use merestone::model::{Route, Territory};
use serde_json::Map;

fn main() {
    divan::main();
}

#[divan::bench]
fn embedded() -> Dataset {
    Dataset::embedded()
}

#[divan::bench]
fn select_embedded_states() -> usize {
    let states = Dataset::embedded().select::<Territory>(&Reference::parse("states"), &ReadOptions::default());
    states.expect("the dataset has states").features.len()
}

#[divan::bench]
fn select_embedded_routes() -> usize {
    let routes = Dataset::embedded().select::<Route>(&Reference::parse("routes"), &ReadOptions::default());
    routes.expect("the dataset has routes").features.len()
}

/// A file of `thousands` thousand positions.
#[divan::bench(args = [100, 1_024], sample_count = 10)]
fn select_file(bencher: Bencher, thousands: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mosaic.geojson");
    let territories = mosaic::territories((thousands as f64).sqrt() as usize);
    let features: Vec<_> =
        territories.iter().map(|t| feature(Some(t.meta.id.clone()), polygon_geometry(t.parts()), Map::new())).collect();
    write_file(&path, feature_collection(&features, &Map::new()).as_bytes()).expect("it can be written");
    let reference = Reference::File { path: path.display().to_string(), fragment: None };
    let dataset = Dataset::embedded();
    bencher.bench_local(|| {
        let read = dataset.select::<Territory>(&reference, &ReadOptions::default());
        read.expect("it was just written").features.len()
    });
}
