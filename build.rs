//! Embeds the dataset of `data/`: the bytes of each file, their SHA-256, the feature ids of each layer, and the
//! features in a packed form that is fast to read.

#[path = "build/pack.rs"]
mod pack;

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build");
    if std::env::var_os("CARGO_FEATURE_DATASET").is_none() {
        return;
    }
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    let (data, out) = (Path::new(&root).join("data"), Path::new(&out));
    let manifest = std::fs::read_to_string(data.join("dataset.toml")).expect("data/dataset.toml is in the repository");
    let table: toml::Table = manifest.parse().expect("data/dataset.toml is TOML");
    let mut code = format!("static MANIFEST: &str = include_str!({:?});\n", data.join("dataset.toml"));
    let layers = table["layer"].as_array().expect("the manifest lists layers");
    let (grids, layers): (Vec<_>, Vec<_>) = layers.iter().partition(|layer| layer["role"].as_str() == Some("relief"));
    code.push_str("static GRIDS: &[EmbeddedGrid] = &[\n");
    for grid in grids {
        let file = data.join(grid["file"].as_str().expect("a layer names its file"));
        let hash = hash(&std::fs::read(&file).expect("a layer's file is in the repository"));
        let id = grid["id"].as_str().expect("a layer has an id");
        writeln!(code, "EmbeddedGrid {{ id: {id:?}, bytes: include_bytes!({file:?}), sha256: {hash:?} }},")
            .expect("a String takes everything");
    }
    code.push_str("];\nstatic LAYERS: &[EmbeddedLayer] = &[\n");
    for layer in layers {
        let file = data.join(layer["file"].as_str().expect("a layer names its file"));
        let id = layer["id"].as_str().expect("a layer has an id");
        writeln!(code, "{},", embedded(id, &file, out)).expect("a String takes everything");
    }
    let world = embedded("world", &data.join("world.geojson"), out);
    writeln!(code, "];\nstatic WORLD: EmbeddedLayer = {world};").expect("a String takes everything");
    std::fs::write(out.join("embedded.rs"), code).expect("OUT_DIR can be written");
}

/// The Rust expression of a layer; its coordinates are written to the output folder.
fn embedded(id: &str, file: &Path, out: &Path) -> String {
    let text = std::fs::read_to_string(file).expect("a layer's file is in the repository");
    let hash = hash(text.as_bytes());
    let json: serde_json::Value = serde_json::from_str(&text).expect("a layer's file is JSON");
    let features = json["features"].as_array().expect("a layer's file is a FeatureCollection");
    let ids: Vec<&str> = features.iter().filter_map(|f| f["properties"]["id"].as_str()).collect();
    assert_eq!(ids.len(), features.len(), "every feature of {} has an id", file.display());
    let packed = pack::Packed::new(features);
    let columns = out.join(id).with_extension("columns");
    std::fs::write(&columns, &packed.coordinates).expect("OUT_DIR can be written");
    let (scale, heads) = (packed.scale, packed.heads);
    format!(
        "EmbeddedLayer {{ id: {id:?}, text: include_str!({file:?}), sha256: {hash:?}, ids: &{ids:?}, \
         scale: {scale:?}, coordinates: include_bytes!({columns:?}), features: &[{heads}] }}"
    )
}

/// The SHA-256 of bytes, in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a String takes everything");
        hex
    })
}
