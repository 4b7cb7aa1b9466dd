//! The readers beside OGR's drivers: the same features, identifiers, properties and warnings.

use crate::io::convert::Table;
use crate::io::frame::Reading;
use crate::io::source::{self, Source};
use crate::io::{Limits, MemoryFile, RawLayer, ReadError, SourceCrs, ogr};
use crate::model::{Input, Role};

/// The project's own files.
const FILES: [&str; 15] = [
    "survey.kml",
    "odd.kml",
    "ride.gpx",
    "plain.gpx",
    "parcels.zip",
    "language.zip",
    "cpg.zip",
    "wrong.zip",
    "own.zip",
    "unknown.zip",
    "ways.zip",
    "towns.zip",
    "short.gpx",
    "empty.gpx",
    "lone.kml",
];

fn bytes(name: &str) -> Vec<u8> {
    let text = match name {
        "short.gpx" => r#"<gpx version="1.1"><trk><trkseg><trkpt lat="1" lon="2"/></trkseg></trk></gpx>"#,
        "empty.gpx" => r#"<gpx version="1.1"/>"#,
        "lone.kml" => "<kml><Placemark><name>p</name><Point><coordinates>1,2</coordinates></Point></Placemark></kml>",
        _ => {
            let path = format!("{}/tests/formats/{name}", env!("CARGO_MANIFEST_DIR"));
            return std::fs::read(path).expect("a file of the project");
        }
    };
    text.as_bytes().to_vec()
}

/// Calls `with` with the file, or the first layer of an archive.
fn opened<T>(name: &str, with: impl FnOnce(&Source<'_>, Reading<'_>) -> T) -> T {
    let (bytes, frame) = (bytes(name), SourceCrs::default());
    let frame = frame.within(Limits::DEFAULT).in_memory(name);
    let members = source::members(name, &bytes, frame).expect("it is whole");
    let source = match members.first() {
        Some(member) => source::member(name, &bytes, member, frame),
        None => Source::of(name.into(), bytes.as_slice().into(), frame),
    };
    with(&source.expect("it is read"), frame)
}

/// What a reader says, as text.
fn said(read: Result<RawLayer, ReadError>) -> String {
    match read {
        Err(error) => format!("{error}"),
        Ok(layer) => {
            let features: Vec<String> = layer.features.iter().map(|feature| format!("{feature:?}")).collect();
            let warnings: Vec<&str> = layer.warnings.iter().map(|warning| warning.message.as_str()).collect();
            let invalid: Vec<String> = layer.invalid.iter().map(ToString::to_string).collect();
            let rest = (layer.layer, layer.short_way, layer.noise_m, layer.input.datum);
            format!("{}\n{}\n{invalid:?}\n{rest:?}", features.join("\n"), warnings.join("\n"))
        }
    }
}

#[test]
fn the_same_features_as_ogr_for_every_role() {
    for name in FILES {
        if name.ends_with("kml") && !ogr::has_driver("LIBKML") {
            eprintln!("{name}: skipped, this GDAL has no driver LIBKML");
            continue;
        }
        for role in [None, Some(Role::Territory), Some(Role::Route), Some(Role::Place)] {
            let (ogr, native) = opened(name, |source, frame| {
                let input = || Input::new(name, "");
                let ogr = ogr::read(&source.path, &source.bytes, (None, role), input(), frame);
                let named = (source.path.as_ref(), source.name.as_str());
                (said(ogr), said(super::raw(named, &source.bytes, (None, role), input(), frame).expect("known")))
            });
            assert_eq!(native, ogr, "{name} {role:?}");
        }
    }
}

#[test]
fn layers_are_read_by_name() {
    for (name, layer) in [
        ("survey.kml", "Land"),
        ("survey.kml", "Layer2"),
        ("ride.gpx", "track_points"),
        ("ride.gpx", "route_points"),
        ("ride.gpx", "routes"),
        ("ride.gpx", "none"),
    ] {
        let (ogr, native) = opened(name, |source, frame| {
            let input = || Input::new(name, "");
            let ogr = ogr::read(&source.path, &source.bytes, (Some(layer), None), input(), frame);
            let named = (source.path.as_ref(), source.name.as_str());
            let native = super::raw(named, &source.bytes, (Some(layer), None), input(), frame);
            (said(ogr), said(native.expect("known")))
        });
        assert_eq!(native, ogr, "{name}#{layer}");
    }
}

#[test]
fn the_same_layers_as_ogr_for_conversion() {
    for name in FILES.into_iter().filter(|name| !name.ends_with("kml")) {
        let (ogr, native) = opened(name, |source, frame| {
            let ogr = ogr::read_tables(&source.path, &source.bytes, (None, frame), &|_| {}).expect("it is read");
            let named = (source.path.as_ref(), source.name.as_str());
            let native = super::read(named, &source.bytes, None, frame).expect("known").expect("it is read");
            let text = |table: &Table| format!("{} {:#?}", table.name, table.rows);
            let ogr: Vec<_> = ogr
                .iter()
                .filter(|o| !o.table.rows.is_empty())
                .map(|o| (text(&o.table), o.short, o.system.clone()))
                .collect();
            let native: Vec<_> = native
                .iter()
                .filter(|o| !o.table.rows.is_empty())
                .map(|o| (text(&o.table), o.short, o.declared.clone()))
                .collect();
            (ogr, native)
        });
        assert_eq!(native, ogr, "{name}");
    }
}

/// OGR's driver (GDAL 3.6) ends the whole process at a track of several pieces, and reads no bare ring that has a name.
#[test]
fn tracks_of_several_pieces_and_bare_rings_are_lines() {
    let kml = "<kml xmlns:gx='http://www.google.com/kml/ext/2.2'><Document>\
        <Placemark><name>ring</name><LinearRing><coordinates>1,2 3,2 3,4 1,2</coordinates></LinearRing></Placemark>\
        <Placemark><gx:MultiTrack><gx:Track><when>2020-01-01T00:00:00Z</when><gx:coord>1 2 3</gx:coord><gx:coord>1 3 3\
        </gx:coord></gx:Track><gx:Track><when>2020-01-03</when><gx:coord>2 2</gx:coord><gx:coord>2 3</gx:coord></gx:Track>\
        </gx:MultiTrack></Placemark></Document></kml>";
    let frame = SourceCrs::default();
    let frame = frame.within(Limits::DEFAULT).in_memory("a.kml");
    let layers = super::read(("a.kml", "a"), kml.as_bytes(), None, frame).expect("known").expect("it is read");
    let rows = &layers[0].table.rows;
    let lines: Vec<usize> = rows.iter().map(|row| row.shape.as_ref().expect("a line").positions()).collect();
    assert_eq!(lines, [4, 4]);
    assert_eq!(rows[1].properties["begin"], "2020-01-01T00:00:00+00:00");
    assert_eq!(rows[1].properties["end"], "2020-01-03T00:00:00+00:00");
}

#[test]
fn folders_of_one_name_are_numbered() {
    let folders = ["a", "a", "a (#2)", "a"].map(|name| format!("<Folder><name>{name}</name></Folder>")).concat();
    let text = format!("<kml><Document>{folders}</Document></kml>");
    let frame = SourceCrs::default();
    let frame = frame.within(Limits::DEFAULT).in_memory("a.kml");
    let layers = super::read(("a.kml", "a"), text.as_bytes(), None, frame).expect("it is KML").expect("it is read");
    let names: Vec<&str> = layers.iter().map(|layer| layer.table.name.as_str()).collect();
    assert_eq!(names, ["a", "a (#2)", "a (#2) (#2)", "a (#3)"]);
}

#[test]
fn a_system_that_no_table_has_is_an_error_that_names_it() {
    let said = opened("swiss.zip", |source, frame| {
        let named = (source.path.as_ref(), source.name.as_str());
        let layers = super::read(named, &source.bytes, None, frame).expect("known").expect("it is read");
        layers[0].declared.as_ref().map(|system| system.name())
    });
    assert_eq!(said.as_deref(), Some("Grid_of_a_town"));
}

#[test]
fn faults_have_a_feature_and_a_place() {
    let kml = "<kml><Document>\n<Placemark><name>a</name><Point><coordinates>1,2</coordinates></Point></Placemark>\n\
        <Placemark><name>b</name><LineString><coordinates>1,NaN 3,4</coordinates></LineString></Placemark></Document></kml>";
    let gpx = "<gpx>\n<wpt lat='1' lon='2'/>\n<wpt lat='inf' lon='2'><name>b</name></wpt></gpx>";
    for (name, text, expected) in [
        (
            "a.kml",
            kml,
            "feature 1 (b): is no XML that is read: line 3, column 51: the coordinate \"NaN\" is not a finite",
        ),
        (
            "a.gpx",
            gpx,
            "feature 1 (b): is no XML that is read: line 3, column 24: lat \"inf\" of <wpt> is not a finite",
        ),
    ] {
        let file = MemoryFile::new(name, text.as_bytes());
        let frame = SourceCrs::default();
        let frame = frame.within(Limits::DEFAULT).in_memory(name);
        let input = Input::new(name, "");
        let layer = super::raw((name, "a"), file.bytes(), (None, None), input, frame).expect("known").expect("read");
        let said = layer.invalid[0].to_string();
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn every_beginning_of_a_shapefile_is_a_shapefile_or_an_error() {
    let archive = bytes("parcels.zip");
    let of = |end: &str| {
        crate::io::zip::companion(&archive, "x/survey/parcels.shp", end, Limits::DEFAULT)
            .expect("it is whole")
            .expect("it is there")
    };
    let (shp, dbf) = (of("shp"), of("dbf"));
    let frame = SourceCrs::default();
    let frame = frame.within(Limits::DEFAULT).in_memory("a.shp");
    for end in 0..shp.len() {
        let _ = super::shapefile::read(&shp[..end], ("a.shp", "a"), frame);
    }
    for end in 0..dbf.len() {
        let read = super::dbf::read(&dbf[..end], "a.dbf", None, None);
        assert!(read.is_err() || end + 1 >= dbf.len(), "{end}");
    }
    for at in 0..shp.len() {
        let mut wrong = shp.clone();
        wrong[at] ^= 0xff;
        let _ = super::shapefile::read(&wrong, ("a.shp", "a"), frame);
    }
}
