//! A plate of the states and boundary lines of the embedded dataset, as SVG on standard output.
//!
//! `cargo run --example plate > plate.svg`

use merestone::io::Dataset;
use merestone::map::{PlateOptions, PlateSpec, draw};
use merestone::model::Layer;
use std::error::Error;
use std::io::Write;

/// The plate specification; everything else has the program's defaults.
const SPECIFICATION: &str = r#"
id = "states"
languages = ["en"]

[title]
en = "States and boundary lines"

[[layers]]
id = "states"

[[layers]]
id = "lines"
"#;

/// Writes the plate.
pub fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let dataset = Dataset::embedded();
    let spec = PlateSpec::parse(SPECIFICATION, "plate.toml")?;
    let mut layers: Vec<Layer> = Vec::new();
    for id in spec.layers_needed() {
        layers.push(dataset.layer(&id, None)?.0);
    }
    let mut options = PlateOptions::default();
    options.parties = dataset.parties().to_vec();
    let plate = draw(&spec, &layers, &options)?;
    out.write_all(plate.svg().as_bytes())?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut std::io::stdout())
}
