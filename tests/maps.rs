//! Plates: what must be true of every sheet.

#[path = "maps/furniture.rs"]
mod furniture;
#[path = "maps/presets.rs"]
mod presets;
#[path = "maps/user_data.rs"]
mod user_data;

use merestone::io::Dataset;
use merestone::map::{Plate, PlateOptions, PlateSpec, draw};
use merestone::model::Layer;

/// The layers of the embedded dataset that a specification names.
fn layers(spec: &PlateSpec) -> Vec<Layer> {
    let data = Dataset::embedded();
    spec.layers_needed().iter().map(|id| data.layer(id, None).expect("the dataset has it").0).collect()
}

fn plate(spec: &PlateSpec) -> Plate {
    draw(spec, &layers(spec), &PlateOptions::default()).expect("it draws")
}
