//! Formats that are read but not written: MapInfo, OpenStreetMap PBF.

use super::{folder_with, read, run};
use gdal::DriverManager;
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::{Feature, FieldDefn, Geometry, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType};

const NAME: &str = "Արծվաշեն / Başkənd / Башкенд";

/// A MapInfo table with one line, written by GDAL.
fn mapinfo(path: &std::path::Path, code: u32, wkt: &str, encoding: &str) {
    let driver = DriverManager::get_driver_by_name("MapInfo File").expect("GDAL has it");
    let mut dataset = driver.create_vector_only(path).expect("it can be written");
    let mut system = SpatialRef::from_epsg(code).expect("PROJ knows it");
    system.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    let encoding = format!("ENCODING={encoding}");
    let layer = dataset
        .create_layer(LayerOptions {
            name: "line",
            srs: Some(&system),
            ty: OGRwkbGeometryType::wkbLineString,
            options: Some(&[&encoding, "BOUNDS=-9000000,-9000000,9000000,9000000"][..if code == 4326 { 1 } else { 2 }]),
        })
        .expect("a layer");
    for name in ["id", "name"] {
        let field = FieldDefn::new(name, OGRFieldType::OFTString).expect("a field");
        field.add_to_layer(&layer).expect("it can be added");
    }
    let mut feature = Feature::new(layer.defn()).expect("a feature");
    let at = |name: &str| layer.defn().field_index(name).expect("a field");
    feature.set_field_string(at("id"), "line").expect("a text");
    feature.set_field_string(at("name"), NAME).expect("a text");
    feature.set_geometry(Geometry::from_wkt(wkt).expect("a line")).expect("it is one");
    feature.create(&layer).expect("it is written");
    drop(feature);
    dataset.flush_cache().expect("it is written");
}

#[test]
fn mapinfo_tables_and_exchange_files_are_read() {
    let (folder, _) = folder_with("none", "");
    let line = "LINESTRING (45.25 40.5, 45.5 40.75, 46 40.5)";
    for file in ["line.tab", "line.mif"] {
        mapinfo(&folder.path().join(file), 4326, line, "UTF-8");
        run(folder.path(), &["convert", file, "out.geojson", "--quiet"]);
        let out = read(folder.path(), "out.geojson");
        let feature = &out["features"][0];
        assert_eq!((&feature["properties"]["id"], &feature["properties"]["name"]), (&"line".into(), &NAME.into()));
        let found = feature["geometry"]["coordinates"].as_array().expect("positions");
        for (at, expected) in found.iter().zip([[45.25, 40.5], [45.5, 40.75], [46.0, 40.5]]) {
            // A table stores integers of 1/2e9 of its extent: 0.02 m.
            let miss = [0, 1].map(|i| (at[i].as_f64().expect("a number") - expected[i]).abs());
            assert!(found.len() == 3 && miss.iter().all(|miss| *miss < 1e-6), "{file}: {found:?}");
        }
        let (answer, said) = run(folder.path(), &["info", file, "--format", "csv"]);
        assert!(answer.contains("line,") && !said.contains("error"), "{answer}{said}");
    }
}

#[test]
fn mapinfo_in_gauss_kruger_uses_the_operation() {
    let (folder, _) = folder_with("none", "");
    // MapInfo has no name for it: the zone is spelled out, on the datum Pulkovo 1942.
    mapinfo(
        &folder.path().join("line.mif"),
        28408,
        "LINESTRING (8607949.305 4308492.539, 8608949.305 4309492.539)",
        "UTF-8",
    );
    let (_, said) = run(folder.path(), &["convert", "line.mif", "out.geojson"]);
    assert!(said.contains("EPSG:15865"), "{said}");
    let out = read(folder.path(), "out.geojson");
    let at = super::first(&out);
    // `cs2cs EPSG:28408 EPSG:4326` of PROJ 9.1.1.
    assert!((at[0] - 46.2432158591).abs() < 1e-8 && (at[1] - 38.9023844748).abs() < 1e-8, "{at:?}");
}

/// A Protocol Buffers field: varints, and length-delimited bytes.
fn varint(mut number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
    out
}

fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

fn bytes(field: u64, value: &[u8]) -> Vec<u8> {
    [varint(field << 3 | 2), varint(value.len() as u64), value.to_vec()].concat()
}

const fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

fn packed(field: u64, values: &[u64]) -> Vec<u8> {
    bytes(field, &values.iter().flat_map(|value| varint(*value)).collect::<Vec<_>>())
}

/// A block of a file (OpenStreetMap wiki, "PBF Format"): header length, header, blob.
fn block(kind: &str, content: &[u8]) -> Vec<u8> {
    let blob = [bytes(1, content), number(2, content.len() as u64)].concat();
    let header = [bytes(1, kind.as_bytes()), number(3, blob.len() as u64)].concat();
    [(header.len() as u32).to_be_bytes().to_vec(), header, blob].concat()
}

/// An extract in PBF: a way of three nodes with tags, and a village.
fn pbf() -> Vec<u8> {
    let strings =
        ["", "boundary", "administrative", "source", "Topographic map 1:50 000", "place", "village", "name", NAME];
    let table: Vec<u8> = strings.iter().flat_map(|text| bytes(1, text.as_bytes())).collect();
    // Degrees in units of 100 nanodegrees.
    let node = |id: i64, lon: f64, lat: f64, tags: &[(u64, u64)]| {
        let unit = |degrees: f64| zigzag((degrees * 1e7).round() as i64);
        let keys: Vec<u64> = tags.iter().map(|tag| tag.0).collect();
        let values: Vec<u64> = tags.iter().map(|tag| tag.1).collect();
        let tags = if tags.is_empty() { Vec::new() } else { [packed(2, &keys), packed(3, &values)].concat() };
        bytes(1, &[number(1, zigzag(id)), tags, number(8, unit(lat)), number(9, unit(lon))].concat())
    };
    let nodes = [
        node(1, 45.25, 40.5, &[]),
        node(2, 45.5, 40.75, &[]),
        node(3, 46.0, 40.5, &[]),
        node(4, 45.5158, 40.6331, &[(5, 6), (7, 8)]),
    ];
    let references = [1, 1, 1].map(zigzag);
    let way = bytes(3, &[number(1, 10), packed(2, &[1, 3]), packed(3, &[2, 4]), packed(8, &references)].concat());
    let data = [bytes(1, &table), bytes(2, &nodes.concat()), bytes(2, &way)].concat();
    let header = bytes(4, b"OsmSchema-V0.6");
    [block("OSMHeader", &header), block("OSMData", &data)].concat()
}

#[test]
fn openstreetmap_pbf_is_read_with_its_tags() {
    let (folder, _) = folder_with("none", "");
    std::fs::write(folder.path().join("extract.osm.pbf"), pbf()).expect("it can be written");
    run(folder.path(), &["convert", "extract.osm.pbf", "out.geojson", "--layer", "lines", "--quiet"]);
    let out = read(folder.path(), "out.geojson");
    let feature = &out["features"][0];
    assert_eq!(feature["properties"]["source"], "Topographic map 1:50 000", "{out}");
    assert_eq!(feature["geometry"]["coordinates"].to_string(), "[[45.25,40.5],[45.5,40.75],[46.0,40.5]]");
    run(folder.path(), &["convert", "extract.osm.pbf", "out.geojson", "--layer", "points", "--quiet"]);
    let out = read(folder.path(), "out.geojson");
    assert_eq!(out["features"][0]["properties"]["name"], NAME, "{out}");
    // The questions read it like the XML.
    let (answer, _) = run(folder.path(), &["evidence", "extract.osm.pbf", "--format", "csv", "--quiet"]);
    assert!(answer.contains("Topographic map 1:50 000"), "{answer}");
}
