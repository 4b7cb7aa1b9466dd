//! Cost of plates, function by function: `cargo bench --bench plate`. The content is that of
//! benches/plates/reference.toml. The scripts of benches/peers compare whole programs.

use divan::Bencher;
use divan::counter::ItemsCount;
use merestone::io::{Dataset, ReadOptions, Reference};
use merestone::map::{self, InsetSpec, LayerSpec, Plate, PlateOptions, PlateSpec};
use merestone::model::{Content, Layer, Territory};
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    divan::main();
}

fn reference() -> (PlateSpec, Vec<Layer>) {
    let spec =
        PlateSpec::parse(include_str!("plates/reference.toml"), "reference.toml").expect("it is a specification");
    let dataset = Dataset::embedded();
    let layers = spec.layers_needed().iter().map(|id| dataset.layer(id, None).expect("it is embedded").0).collect();
    (spec, layers)
}

fn plate() -> Plate {
    let (spec, layers) = reference();
    map::draw(&spec, &layers, &PlateOptions::default()).expect("the reference plate can be drawn")
}

#[divan::bench]
fn draw(bencher: Bencher) {
    let (spec, layers) = reference();
    bencher.bench_local(|| map::draw(&spec, &layers, &PlateOptions::default()));
}

// A clone made before its first export parses the SVG again, as a program run does.

#[divan::bench]
fn png(bencher: Bencher) {
    let plate = plate();
    bencher.with_inputs(|| plate.clone()).bench_local_values(|plate| plate.png(300.0));
}

#[divan::bench]
fn pdf(bencher: Bencher) {
    let plate = plate();
    bencher.with_inputs(|| plate.clone()).bench_local_values(|plate| plate.pdf());
}

#[divan::bench]
fn outline_svg(bencher: Bencher) {
    let plate = plate();
    bencher.with_inputs(|| plate.clone()).bench_local_values(|plate| plate.outline_svg());
}

/// A layer of at least `vertices` vertices, simplified by shared arcs and drawn; the cost per vertex should be
/// constant.
#[divan::bench(args = [64_000, 256_000, 1_000_000], sample_count = 3)]
fn draw_dense(bencher: Bencher, vertices: usize) {
    let Some(layer) = rough(vertices) else { return };
    let insets = InsetSpec { locator: false, ..InsetSpec::default() };
    let layers = vec![LayerSpec::of(&layer.info.id)];
    let spec = PlateSpec { layers, insets, languages: vec!["en".to_owned()], ..PlateSpec::default() };
    let layers = [layer];
    let Content::Territories(territories) = &layers[0].content else { return };
    let parts = || territories.iter().flat_map(|t| t.parts());
    let count: usize =
        parts().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())).map(|r| r.0.len()).sum();
    bencher.counter(ItemsCount::new(count)).bench_local(|| map::draw(&spec, &layers, &PlateOptions::default()));
}

/// The states of the dataset with noise added to their lines by benches/plates/roughen.py; `None` (and a message)
/// without Python.
fn rough(vertices: usize) -> Option<Layer> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file: PathBuf = root.join(format!("target/rough-{vertices}.geojson"));
    if !file.exists() {
        let mut python = Command::new("python3");
        python.arg(root.join("benches/plates/roughen.py")).arg(root.join("data/states.geojson"));
        let made = python.arg(vertices.to_string()).arg(&file).status();
        if !made.is_ok_and(|status| status.success()) {
            eprintln!("draw_dense is left out: python3 is needed to make {}", file.display());
            return None;
        }
    }
    let dataset = Dataset::embedded();
    let reference = Reference::parse(&file.display().to_string());
    let found = dataset.select::<Territory>(&reference, &ReadOptions::default()).expect("the script writes GeoJSON");
    let info = dataset.layers().iter().find(|l| l.id == "states").expect("it is embedded").clone();
    Some(Layer { info, input: found.input, content: Content::Territories(found.features) })
}
