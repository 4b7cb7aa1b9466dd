//! The dataset that is compiled into the program.
//!
//! The build script (`build/pack.rs`) parses the GeoJSON; what stands here reads what it made of it. A test holds every
//! layer against the parsed file, bit for bit.

use super::geojson::geometry_pointer;
use super::{RawFeature, RawGeometry, RawLayer};
use crate::model::Input;
use geo::Coord;

/// A layer, with what the build script knows of it.
pub(super) struct EmbeddedLayer {
    pub id: &'static str,
    /// The committed file.
    pub text: &'static str,
    pub sha256: &'static str,
    pub ids: &'static [&'static str],
    scale: f64,
    coordinates: &'static [u8],
    features: &'static [EmbeddedFeature],
}

/// A feature without its coordinates.
struct EmbeddedFeature {
    id: Option<&'static str>,
    kind: &'static str,
    properties: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

impl EmbeddedLayer {
    /// The layer of that id.
    pub fn get(id: &str) -> &'static Self {
        LAYERS.iter().find(|layer| layer.id == id).expect("the build script embeds every layer of the manifest")
    }

    /// What messages and reports call its file.
    pub fn path(&self) -> String {
        format!("embedded:{}", self.id)
    }

    /// The layer as its file has it.
    pub fn read(&self) -> RawLayer {
        let mut columns = Columns { bytes: self.coordinates, scale: self.scale, last: [0, 0] };
        let feature = |(index, head): (usize, &EmbeddedFeature)| RawFeature {
            id: head.id.map(str::to_owned),
            properties: serde_json::from_str(head.properties).expect("the build script wrote it"),
            geometry: columns.geometry(head.kind),
            pointer: format!("{}/coordinates", geometry_pointer(index)),
        };
        let features: Vec<RawFeature> = self.features.iter().enumerate().map(feature).collect();
        let input = Input { features: features.len(), ..Input::new(self.path(), self.sha256) };
        RawLayer { features, ..RawLayer::empty(input) }
    }
}

/// What is left of a layer's coordinates.
struct Columns {
    bytes: &'static [u8],
    scale: f64,
    last: [i64; 2],
}

impl Columns {
    fn geometry(&mut self, kind: &'static str) -> RawGeometry {
        let mut geometry = RawGeometry { type_name: kind, ..RawGeometry::default() };
        match kind {
            "Point" => geometry.points.push(self.position()),
            "MultiPoint" => geometry.points = self.positions(),
            "LineString" => geometry.lines.push(self.positions()),
            "MultiLineString" => geometry.lines = self.rings(),
            "Polygon" => geometry.polygons.push(self.rings()),
            _ => geometry.polygons = (0..self.number()).map(|_| self.rings()).collect(),
        }
        geometry
    }

    fn rings(&mut self) -> Vec<Vec<Coord>> {
        (0..self.number()).map(|_| self.positions()).collect()
    }

    fn positions(&mut self) -> Vec<Coord> {
        (0..self.number()).map(|_| self.position()).collect()
    }

    #[inline]
    fn position(&mut self) -> Coord {
        for axis in 0..2 {
            let number = self.number();
            self.last[axis] += (number >> 1) as i64 ^ -((number & 1) as i64);
        }
        let [x, y] = self.last.map(|whole| whole as f64 / self.scale);
        Coord { x, y }
    }

    #[inline]
    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        while let [byte, rest @ ..] = self.bytes {
            self.bytes = rest;
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::geojson;

    #[test]
    fn every_layer_is_as_its_file_has_it() {
        for layer in LAYERS {
            let unpacked = layer.read();
            let input = Input::new(layer.path(), layer.sha256);
            let parsed = geojson::read_by_crate(layer.text, input).unwrap_or_else(|error| panic!("{error}"));
            // Bit for bit: `==` alone takes -0.0 for 0.0.
            assert_eq!(format!("{unpacked:?}"), format!("{parsed:?}"));
            let file = layer_file(layer.id);
            assert_eq!(file, layer.text, "{}", layer.id);
        }
    }

    fn layer_file(id: &str) -> String {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(id).with_extension("geojson");
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }
}
