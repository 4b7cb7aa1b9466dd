//! Parts of files: layers and features by name.

use super::{check, codes, collection, feature, square};
use serde_json::json;
use std::process::Command;

/// A layer, a feature and a feature of a layer, as in the references of other commands.
#[test]
fn a_part_of_a_file_is_checked_by_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let bow =
        json!({"type": "Polygon", "coordinates": [[[10.0, 1.0], [11.0, 2.0], [11.0, 1.0], [10.0, 2.0], [10.0, 1.0]]]});
    let mut crossed = feature("crossed", json!(null));
    crossed["geometry"] = bow;
    let text = collection(vec![
        feature("fine", json!([square(0.0, 0.0, 1.0)])),
        crossed,
        feature("far", json!([square(5.0, 5.0, 1.0)])),
    ]);
    std::fs::write(path("a.geojson"), &text).expect("it can be written");
    let (status, whole) = check(&[&path("a.geojson"), "--no-reference"], None);
    assert_eq!((status, whole.iter().filter(|f| f["code"] == "self-intersection").count()), (1, 1), "{whole:?}");
    for part in ["fine", "far"] {
        let found = check(&[&format!("{}#{part}", path("a.geojson")), "--no-reference"], None);
        assert_eq!(found, (0, vec![]), "{part}");
    }
    let (status, found) = check(&[&format!("{}#crossed", path("a.geojson")), "--no-reference"], None);
    assert_eq!((status, codes(&found)), (1, vec!["self-intersection"]));
    assert_eq!((&found[0]["feature"], &found[0]["pointer"]), (&whole[0]["feature"], &whole[0]["pointer"]));
    // On standard input.
    assert_eq!(check(&["--no-reference", "--", "-#fine"], Some(&text)), (0, vec![]));
    // One that is not there.
    let mut command = Command::new(env!("CARGO_BIN_EXE_merestone"));
    let output = command.args(["check", &format!("{}#fin", path("a.geojson"))]).output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("fin") && said.contains("fine"), "{said}");
    // Layers and features of the dataset.
    #[cfg(feature = "dataset")]
    for reference in ["states", "states/ARM", "ARM"] {
        assert_eq!(check(&[reference], None).0, 0, "{reference}");
    }
    #[cfg(feature = "gdal")]
    {
        let at = |id: &str, kind: &str, coordinates: serde_json::Value| {
            json!({"type": "Feature", "properties": {"id": id},
            "geometry": {"type": kind, "coordinates": coordinates}})
        };
        let point = at("p", "Point", json!([5.0, 5.0]));
        let line = at("l", "LineString", json!([[5.0, 5.0], [6.0, 6.0]]));
        std::fs::write(path("m.geojson"), collection(vec![point, line])).expect("it can be written");
        let mut convert = Command::new(env!("CARGO_BIN_EXE_merestone"));
        convert.args(["convert", &path("m.geojson"), &path("m.gpx"), "-q"]);
        assert!(convert.status().expect("it starts").success());
        let of =
            |layer: &str| check(&[&format!("{}#{layer}", path("m.gpx")), "--no-reference", "--role", "line"], None);
        assert_eq!(of("tracks"), (0, vec![]));
        let (status, found) = of("waypoints");
        assert_eq!((status, codes(&found)), (1, vec!["wrong-shape"]));
    }
}
