//! Known answers of the nomenclature, sheet corners from PROJ, and the partition of a line by sheets.

use super::{found, reference};
use merestone::earth::{Letters, Operation, Sheet, SheetScale, distance_m, line_length_m, polygon_area_m2};
use merestone::model::Content;
use merestone::question::{SheetOptions, SheetReport, sheet_frames, sheets};

fn options(scale: SheetScale) -> SheetOptions {
    let mut options = SheetOptions::default();
    options.scale = scale;
    options.letters = Letters::Cyrillic;
    options.operation = Operation::default();
    options
}

fn ask(contents: &[Content], scale: SheetScale) -> SheetReport {
    sheets(contents, &options(scale)).unwrap_or_else(|error| panic!("{error}")).report
}

fn names(reference: &str, scale: SheetScale) -> Vec<String> {
    ask(&found(reference).contents, scale).sheets.into_iter().map(|row| row.sheet).collect()
}

#[test]
fn places_lie_on_their_known_sheets() {
    // Derived by hand from the published grid of the nomenclature.
    for (place, sheet) in [
        ("v-artsvashen", "K-38-128-А"),
        ("v-yuxari-eskipara", "K-38-103-В"),
        ("v-kirants", "K-38-103-В"),
        ("v-baghanis", "K-38-103-В"),
        ("v-berkaber", "K-38-103-В"),
        ("v-barxudarli", "K-38-115-А"),
        ("v-yaradullu", "K-38-103-Г"),
        ("tp-am-az-ge", "K-38-103-А"),
        ("v-karki", "J-38-6-Г"),
        ("m2-yeraskh", "J-38-6-Г"),
        ("pass-vorotan", "J-38-8-В"),
        ("pass-bichanak", "J-38-20-Б"),
        ("m2-eyvazli", "J-38-21-Г"),
        ("bx-hakari", "J-38-22-А"),
        ("r-chakaten", "J-38-33-Г"),
        ("m2-meghri", "J-38-45-А"),
        ("tp-am-nx-ir", "J-38-45-А"),
        ("r-nrnadzor", "J-38-45-Б"),
        ("tp-am-az-ir-main", "J-38-46-А"),
    ] {
        assert_eq!(names(&format!("places/{place}"), SheetScale::FiftyThousand), [sheet], "{place}");
    }
}

#[test]
fn whole_rings_touch_their_known_sheets() {
    for (ring, known) in [
        ("enclaves/artsvashen", vec!["K-38-116-В", "K-38-127-Б", "K-38-128-А"]),
        ("enclaves/yuxari-eskipara", vec!["K-38-102-Г", "K-38-103-В"]),
        ("enclaves/barxudarli-sofulu", vec!["K-38-103-В", "K-38-115-А"]),
    ] {
        assert_eq!(names(ring, SheetScale::FiftyThousand), known, "{ring}");
    }
    // Sheet edges in Pulkovo 1942 decide: in WGS 84 degrees Əskipara's western edge would move by 105 m.
    assert_eq!(names("lines/ring-artsvashen", SheetScale::FiftyThousand).len(), 3);
}

#[test]
fn the_whole_border_lies_in_two_sheets_of_a_million() {
    for content in found("lines").contents {
        let Content::Lines(lines) = content else { panic!("lines") };
        let between = |l: &merestone::model::Line| {
            let mut sides = [l.left.as_deref(), l.right.as_deref()];
            sides.sort();
            sides == [Some("ARM"), Some("AZE")]
        };
        let border: Vec<_> = lines.into_iter().filter(between).collect();
        assert!(!border.is_empty());
        let report = ask(&[Content::Lines(border)], SheetScale::Million);
        let names: Vec<&str> = report.sheets.iter().map(|row| row.sheet.as_str()).collect();
        assert_eq!(names, ["K-38", "J-38"]);
    }
}

#[test]
fn corners_agree_with_proj() {
    for row in reference("frames") {
        let name = row["sheet"].as_str().expect("a name");
        let sheet = Sheet::parse(name).unwrap_or_else(|error| panic!("{error}"));
        let report = sheet_frames(&[sheet], &options(sheet.scale())).report;
        for (ours, proj) in report.sheets[0].wgs84_corners.iter().zip(row["corners"].as_array().expect("corners")) {
            let at = |x: f64, y: f64| geo::Coord { x, y };
            let theirs = at(proj[0].as_f64().expect("a number"), proj[1].as_f64().expect("a number"));
            let apart_m = distance_m(at(ours[0], ours[1]), theirs);
            assert!(apart_m < 1e-4, "{name}: {apart_m} m from PROJ's corner");
        }
    }
}

#[test]
fn a_frame_lies_a_hundred_metres_off_the_same_degrees_of_wgs84() {
    let sheet = Sheet::parse("K-38-103-В").expect("a sheet");
    let corner = sheet_frames(&[sheet], &options(sheet.scale())).report.sheets[0].wgs84_corners[0];
    let apart_m = distance_m(geo::Coord { x: corner[0], y: corner[1] }, geo::Coord { x: 45.0, y: 41.0 });
    assert!((95.0..112.0).contains(&apart_m), "{apart_m} m");
}

/// Territories of a GeoJSON text.
fn territory(ring: &[(f64, f64)]) -> Vec<Content> {
    let ring: Vec<String> = ring.iter().map(|(x, y)| format!("[{x},{y}]")).collect();
    let text = format!(
        r#"{{"type":"Feature","properties":{{"id":"t"}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
        ring.join(",")
    );
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("t.geojson");
    std::fs::write(&path, text).expect("it can be written");
    found(&path.display().to_string()).contents
}

#[test]
fn land_at_180_degrees_and_at_a_pole_lies_on_sheets() {
    let square = |x: f64, y: f64| vec![(x, y), (x + 2.0, y), (x + 2.0, y + 1.0), (x, y + 1.0), (x, y)];
    let pole = vec![(-180.0, -90.0), (180.0, -90.0), (180.0, -70.0), (0.0, -75.0), (-180.0, -70.0), (-180.0, -90.0)];
    for (ring, known) in [
        (square(-180.0, 66.0), vec!["Q-1,2", "Q-59,60"]),
        (square(178.0, 66.0), vec!["Q-59,60"]),
        (square(-180.0, -17.0), vec!["E-1 (Ю.П.)", "E-60 (Ю.П.)"]),
        (pole, vec![]),
    ] {
        let contents = territory(&ring);
        let Content::Territories(all) = &contents[0] else { panic!("territories") };
        let whole_m2: f64 = all.iter().flat_map(|t| t.parts()).map(polygon_area_m2).sum();
        let report = ask(&contents, SheetScale::Million);
        let area_m2: f64 = report.sheets.iter().filter_map(|row| row.area_m2).sum();
        assert!((area_m2 / whole_m2 - 1.0).abs() < 1e-9, "{ring:?}: {area_m2} of {whole_m2}");
        for name in known {
            assert!(report.sheets.iter().any(|row| row.sheet == name), "{name} of {ring:?}");
        }
        for row in report.sheets.iter().flat_map(|row| &row.frame) {
            assert!(row.exterior().0.iter().all(|c| c.x.abs() <= 180.0 && c.y.abs() <= 90.0));
        }
    }
}

#[test]
fn a_position_on_a_frame_in_pulkovo_keeps_its_sheet_whatever_the_operation() {
    use geo::Coord;
    for operation in merestone::earth::OPERATIONS {
        for (x, y) in [(45.5, 40.0 + 2.0 / 3.0), (46.0, 39.0 + 1.0 / 3.0), (44.5, 40.0), (45.0, 40.0 + 1.0 / 3.0)] {
            let given = operation.to_wgs84(Coord { x, y });
            // Coordinates as in files: to 1e-10°.
            let position = Coord { x: (given.x * 1e10).round() / 1e10, y: (given.y * 1e10).round() / 1e10 };
            let place = merestone::model::Place { meta: Default::default(), position, rank: 1 };
            let mut options = options(SheetScale::HundredThousand);
            options.operation = operation.clone();
            let found = sheets(&[Content::Places(vec![place])], &options);
            let report = found.unwrap_or_else(|error| panic!("{error}")).report;
            let wanted = Sheet::at(Coord { x: x + 0.1, y: y + 0.1 }, SheetScale::HundredThousand).expect("a sheet");
            assert_eq!(report.sheets[0].sheet, wanted.name(Letters::Cyrillic), "{} {x} {y}", operation.id());
        }
    }
}

#[test]
fn sheets_partition_the_line() {
    let territories = found("states").contents;
    let lines = found("lines").contents;
    for scale in SheetScale::ALL.into_iter().take(4) {
        let area_m2: f64 = ask(&territories, scale).sheets.iter().filter_map(|row| row.area_m2).sum();
        let Content::Territories(all) = &territories[0] else { panic!("territories") };
        let whole_m2: f64 = all.iter().flat_map(|t| t.parts()).map(polygon_area_m2).sum();
        assert!((area_m2 / whole_m2 - 1.0).abs() < 1e-9, "{scale:?}: {area_m2} of {whole_m2} m²");
        let length_m: f64 = ask(&lines, scale).sheets.iter().filter_map(|row| row.length_m).sum();
        let whole_m: f64 = lines.iter().flat_map(Content::courses).flat_map(|(_, runs)| runs).map(line_length_m).sum();
        assert!((length_m / whole_m - 1.0).abs() < 1e-9, "{scale:?}: {length_m} of {whole_m} m");
    }
}
