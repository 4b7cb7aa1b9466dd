//! The embedded dataset: its layers, its manifest, and the presets of plates drawn from it.
//!
//! No other module of the library names this one: it adds [`Dataset::embedded`] and the presets of
//! [`PlateSpec`](crate::map::PlateSpec). The build script (`build/pack.rs`) parses the GeoJSON and packs the features;
//! this module unpacks them. A test compares every layer with the parsed file, bit for bit.

#[cfg(feature = "plates")]
mod preset;
#[cfg(feature = "plates")]
mod world;

use crate::io::{Dataset, LayerSource, RawFeature, RawGeometry, RawLayer, geometry_pointer};
use crate::model::Input;
use geo::Coord;

impl Dataset {
    /// The dataset embedded in the program.
    pub fn embedded() -> Self {
        Dataset::from_source(MANIFEST, &Embedded).expect("a test reads it")
    }

    /// The files of the embedded dataset by their names in its folder: the manifest, the layers, and the statement of
    /// sources, licences and attribution.
    ///
    /// # Example
    /// ```
    /// use merestone::io::Dataset;
    ///
    /// let files = Dataset::embedded_files();
    /// assert!(files.iter().any(|(name, bytes)| name == "dataset.toml" && bytes.starts_with(b"# ")));
    /// ```
    pub fn embedded_files() -> Vec<(String, &'static [u8])> {
        let dataset = Self::embedded();
        let layers = dataset.layers().iter().chain(dataset.reliefs());
        let mut files: Vec<(String, &'static [u8])> =
            layers.map(|info| (info.file.clone(), Embedded.text(&info.id))).collect();
        files.push(("world.geojson".to_owned(), WORLD.text.as_bytes()));
        files.push(("dataset.toml".to_owned(), MANIFEST.as_bytes()));
        files.push(("SOURCES.md".to_owned(), include_bytes!("../data/SOURCES.md")));
        files.sort();
        files.dedup_by(|a, b| a.0 == b.0);
        files
    }
}

/// The layers packed by the build script.
#[derive(Debug)]
struct Embedded;

/// A layer with its metadata from the build script.
struct EmbeddedLayer {
    id: &'static str,
    /// The committed file.
    text: &'static str,
    sha256: &'static str,
    ids: &'static [&'static str],
    scale: f64,
    coordinates: &'static [u8],
    features: &'static [EmbeddedFeature],
}

/// A layer of heights: the committed file.
struct EmbeddedGrid {
    id: &'static str,
    bytes: &'static [u8],
    sha256: &'static str,
}

/// A feature without its coordinates.
struct EmbeddedFeature {
    id: Option<&'static str>,
    kind: &'static str,
    properties: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

fn layer(id: &str) -> &'static EmbeddedLayer {
    LAYERS.iter().find(|layer| layer.id == id).expect("the build script embeds every layer of the manifest")
}

fn grid(id: &str) -> Option<&'static EmbeddedGrid> {
    GRIDS.iter().find(|grid| grid.id == id)
}

impl LayerSource for Embedded {
    fn name(&self) -> &str {
        "the embedded dataset"
    }

    fn path(&self, id: &str) -> String {
        format!("embedded:{id}")
    }

    fn read(&self, id: &str) -> RawLayer {
        let layer = layer(id);
        let mut columns = Columns { bytes: layer.coordinates, scale: layer.scale, last: [0, 0] };
        let feature = |(index, head): (usize, &EmbeddedFeature)| RawFeature {
            id: head.id.map(str::to_owned),
            properties: serde_json::from_str(head.properties).expect("the build script wrote it"),
            geometry: columns.geometry(head.kind),
            pointer: format!("{}/coordinates", geometry_pointer(index)),
        };
        let features: Vec<RawFeature> = layer.features.iter().enumerate().map(feature).collect();
        let input = Input { features: features.len(), is_embedded: true, ..Input::new(self.path(id), layer.sha256) };
        RawLayer { features, ..RawLayer::empty(input) }
    }

    fn text(&self, id: &str) -> &'static [u8] {
        grid(id).map_or_else(|| layer(id).text.as_bytes(), |grid| grid.bytes)
    }

    fn hash(&self, id: &str) -> &'static str {
        grid(id).map_or_else(|| layer(id).sha256, |grid| grid.sha256)
    }

    fn ids(&self, id: &str) -> &'static [&'static str] {
        layer(id).ids
    }
}

/// Cursor over the coordinates of a layer not yet read.
struct Columns {
    bytes: &'static [u8],
    scale: f64,
    last: [i64; 2],
}

impl Columns {
    fn geometry(&mut self, kind: &'static str) -> RawGeometry {
        let mut geometry = RawGeometry::default();
        geometry.type_name = kind;
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
    use std::path::Path;

    #[test]
    fn the_relief_is_as_its_file_has_it() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let (files, embedded) = (Dataset::open(&folder).expect("the manifest is there"), Dataset::embedded());
        assert_eq!((files.reliefs().len(), GRIDS.len()), (1, 1));
        let unpacked = embedded.heights(None).expect("a relief").expect("it is read");
        // With GDAL the file is read by a different reader of the same bytes.
        let read = files.heights(None).expect("a relief").expect("it is read");
        assert_eq!((unpacked.size(), unpacked.input().sha256.as_str()), (read.size(), read.input().sha256.as_str()));
        let (columns, rows) = read.size();
        let nodes = |of: &crate::io::Heights| -> Vec<Option<f64>> {
            (0..rows)
                .flat_map(|row| (0..columns).map(move |column| (column, row)))
                .map(|(c, r)| of.node_m(c, r))
                .collect()
        };
        assert_eq!(nodes(&unpacked), nodes(&read));
        for (a, b) in unpacked.bounds().into_iter().zip(read.bounds()) {
            assert!((a - b).abs() < 1e-9, "{a} {b}");
        }
    }

    #[test]
    fn every_layer_is_as_its_file_has_it() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let (files, embedded) = (Dataset::open(&folder).expect("the manifest is there"), Dataset::embedded());
        assert_eq!(files.layers().len(), LAYERS.len());
        for known in LAYERS {
            let parsed = files.layer(known.id, None).unwrap_or_else(|error| panic!("{error}"));
            let unpacked = embedded.layer(known.id, None).unwrap_or_else(|error| panic!("{error}"));
            // Bit for bit: `==` treats -0.0 and 0.0 as equal.
            assert_eq!(format!("{:?}", unpacked.0.content), format!("{:?}", parsed.0.content));
            assert_eq!((unpacked.0.info, unpacked.0.input.sha256), (parsed.0.info, parsed.0.input.sha256));
            assert_eq!(unpacked.1, parsed.1);
            let file = std::fs::read_to_string(folder.join(known.id).with_extension("geojson"));
            assert_eq!(file.expect("the layer is there"), known.text, "{}", known.id);
        }
    }
}
