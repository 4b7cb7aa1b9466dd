//! Catalogue to lines to catalogue, byte for byte; and a paper table to a plate and back.

use assert_cmd::Command;
use geo::Coord;
use merestone::document::{
    CatalogueOptions, CoordinateColumns, Course, TurningPoint, catalogue, courses_of, from_table,
};
use merestone::earth::{OPERATIONS, Operation};
use merestone::io::{Dataset, Limits, ReadOptions, Reference, read_rows};
use merestone::report::{csv, envelope, geojson};
use proptest::prelude::*;
use std::path::Path;
use tempfile::TempDir;

fn options(positions: CoordinateColumns, dms_decimals: u8, operation: Operation) -> CatalogueOptions {
    let mut options = CatalogueOptions::default();
    options.positions = positions;
    options.dms_decimals = dms_decimals;
    options.operation = operation;
    options
}

/// The catalogue as CSV and as GeoJSON.
fn printed(courses: &[Course], options: &CatalogueOptions) -> (String, String) {
    let answer = envelope(catalogue(courses, options));
    (csv(&answer), geojson(&answer))
}

fn write(folder: &TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("it can be written");
    path.display().to_string()
}

/// Turning points across zones of both grids, with the other columns of a table.
fn points() -> impl Strategy<Value = Vec<TurningPoint>> {
    let text = || prop::option::of("[A-Za-zА-Яа-яԱ-Ֆա-ֆəƏ=@+-][A-Za-zА-Яа-я0-9 ,;\"-]{0,11}[A-Za-z0-9]");
    let height = prop::option::of("-?[0-9]{1,4}(\\.[0-9]{1,3})?");
    let point = (position(), prop::option::of("[0-9]{1,3}[a-z]?"), text(), height, text());
    let point = point.prop_map(|((x, y), number, name, height_m, source)| TurningPoint {
        position: Coord { x, y },
        number,
        name,
        height_m,
        source,
        given: None,
    });
    // Some points are repeated.
    let points = prop::collection::vec((point, 0..4_u8), 2..9);
    points.prop_map(|points| {
        let twice = |(point, times): (TurningPoint, u8)| std::iter::repeat_n(point, if times == 0 { 2 } else { 1 });
        points.into_iter().flat_map(twice).collect()
    })
}

/// Anywhere in the region, and at the limits of zones, hemispheres and the globe.
fn position() -> impl Strategy<Value = (f64, f64)> {
    let ends = vec![
        (48.0, 40.0),
        (48.0_f64.next_down(), 40.0),
        (47.999_999_9, 40.0),
        (180.0, 66.0),
        (-180.0, 66.0),
        (-179.999_9, -17.5),
        (179.999_999_9, 52.0),
        (12.0, 90.0),
        (-100.0, -90.0),
        (6.0, 0.0),
        (-66.0, -1e-7),
        (3.0, 84.0),
        (3.0, 84.000_000_1),
        (9.0, 72.0),
        (3.0, 56.0),
        (30.0, -80.0),
    ];
    prop_oneof![(44.0..49.0_f64, 38.5..41.5_f64), prop::sample::select(ends)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn list_to_line_to_list_is_the_same_bytes(
        points in points(),
        positions in prop::sample::select(CoordinateColumns::ALL.to_vec()),
        decimals in 0..=9_u8,
        operation in 0..OPERATIONS.len(),
    ) {
        let folder = TempDir::new().expect("a folder");
        let options = options(positions, decimals, OPERATIONS[operation].clone());
        let (list, line) = printed(&[Course { id: "a line".into(), points }], &options);
        // Through the table.
        let rows = read_rows(&write(&folder, "list.csv", &list), None, Limits::DEFAULT).expect("our own table is read");
        let read = from_table("other", &rows.headings, &rows.rows, None, &options.operation).expect("and is a line");
        prop_assert_eq!(read.positions, positions);
        prop_assert_eq!(&read.disagreements, &[]);
        prop_assert_eq!(read.dms_decimals.max(options.metre_decimals() as u8), decimals);
        let mut again = options.clone();
        again.dms_decimals = read.dms_decimals;
        prop_assert_eq!(&printed(&read.courses, &again).0, &list);
        // Through the line, which keeps its printed form; points printed as one position make no line.
        if !line.contains("LineString") {
            return Ok(());
        }
        let path = write(&folder, "line.geojson", &line);
        let found = Dataset::embedded().select_any(&Reference::parse(&path), &ReadOptions::default()).expect("our line");
        let kept = CatalogueOptions::kept(&found.contents, None).expect("of the table").expect("how it was printed");
        prop_assert_eq!(kept.positions, positions);
        prop_assert_eq!(&printed(&courses_of(&found.contents), &kept).0, &list, "{}", line);
    }

    #[test]
    fn disagreement_names_its_row(points in points(), at in 0..8_usize, slip_m in 5.0..5000.0_f64) {
        let folder = TempDir::new().expect("a folder");
        let options = options(CoordinateColumns::Wgs84, 2, Operation::default());
        let (list, _) = printed(&[Course { id: "line".into(), points }], &options);
        let rows = read_rows(&write(&folder, "list.csv", &list), None, Limits::DEFAULT).expect("our own table is read");
        let (mut table, at) = (rows.rows.clone(), at % (rows.rows.len() - 1));
        let column = rows.headings.iter().position(|heading| heading == "distance_m").expect("a column");
        let distance: f64 = table[at].1[column].parse().expect("a number");
        table[at].1[column] = format!("{:.2}", distance + slip_m);
        let read = from_table("line", &rows.headings, &table, None, &options.operation).expect("it is read");
        prop_assert_eq!(read.disagreements.len(), 1);
        prop_assert_eq!((read.disagreements[0].row, read.disagreements[0].column), (table[at].0, "distance"));
        let sentence = format!("row {} ", table[at].0);
        prop_assert!(read.warnings.iter().any(|w| w.message.contains(&sentence)));
    }
}

fn merestone(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("merestone").expect("the program is built");
    let output = command.current_dir(folder).args(arguments).assert().success().get_output().stdout.clone();
    String::from_utf8(output).expect("UTF-8")
}

/// A table in the style of Soviet documents: Pulkovo 1942, decimal commas, Cyrillic letters, semicolons.
const PAPER: &str = "№;Название;Широта (СК-42);Долгота (СК-42);Высота\n\
    101;Столб 101;41°02′50,91″ с.ш.;45°06′01,42″ в.д.;845,3\n\
    102;Столб 102;41°02'44,08\" с.ш.;45°06'12,77\" в.д.;851,0\n\
    103;;41 02 31,50 С;45 06 20,05 В;\n\
    104;Гора;41°02’17,26”;45°06’18,30”;902,75\n";

#[test]
fn a_paper_table_goes_to_a_plate_and_back_without_losing_a_digit() {
    let folder = TempDir::new().expect("a folder");
    write(&folder, "paper.csv", PAPER);
    let to_line = ["catalogue", "--read", "paper.csv", "--format", "geojson", "--output", "line.geojson", "--quiet"];
    merestone(folder.path(), &to_line);
    // To a plate, with its points.
    merestone(folder.path(), &["map", "--layer", "line.geojson", "-o", "plate.svg"]);
    let plate = std::fs::read_to_string(folder.path().join("plate.svg")).expect("a plate");
    for text in ["Столб 101", "Гора", "103", "Turning point"] {
        assert!(plate.contains(text), "{text} on the plate");
    }
    // And back: every digit, in the defining columns.
    let list = merestone(folder.path(), &["catalogue", "line.geojson", "--format", "csv", "--quiet"]);
    let rows: Vec<&str> = list.lines().collect();
    assert!(rows[0].starts_with("line,number,name,pulkovo_1942_latitude,pulkovo_1942_longitude,"), "{}", rows[0]);
    for (row, start) in rows[1..].iter().zip([
        "paper,101,Столб 101,41°02′50.91″N,45°06′01.42″E,",
        "paper,102,Столб 102,41°02′44.08″N,45°06′12.77″E,",
        "paper,103,,41°02′31.50″N,45°06′20.05″E,",
        "paper,104,Гора,41°02′17.26″N,45°06′18.30″E,",
    ]) {
        assert!(row.starts_with(start), "{row}");
    }
    assert!(rows[1].contains(",\"845,3\",") && rows[4].contains(",\"902,75\","), "heights as written");
    // Importing and exporting the list is the identity.
    write(&folder, "list.csv", &list);
    assert_eq!(merestone(folder.path(), &["catalogue", "--read", "list.csv", "--format", "csv", "--quiet"]), list);
}

#[test]
fn longitudes_to_360_are_those_of_the_western_hemisphere() {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder, "list.csv", "No,Latitude,Longitude\n1,-31.5,200.25\n2,-31.6,200.25\n");
    let list = merestone(folder.path(), &["catalogue", "--read", "list.csv", "--format", "csv", "-q"]);
    assert_eq!(list.matches("159°45′00″W").count(), 2, "{list}");
}

#[test]
fn gpx_is_valid_for_other_readers() {
    let folder = TempDir::new().expect("a folder");
    write(&folder, "paper.csv", &PAPER.replace("Гора", "Гора <&> \"ось\""));
    merestone(folder.path(), &["catalogue", "--read", "paper.csv", "--gpx", "points.gpx", "--quiet"]);
    let text = std::fs::read_to_string(folder.path().join("points.gpx")).expect("it is written");
    assert!(
        text.contains("<name>104 Гора &lt;&amp;&gt; \"ось\"</name>") && text.contains("<ele>845.3</ele>"),
        "{text}"
    );
    assert_eq!((text.matches("<wpt ").count(), text.matches("<trkpt ").count()), (4, 4));
    // OGR, if this build has it.
    if cfg!(feature = "gdal") {
        let list = merestone(folder.path(), &["info", "points.gpx", "--format", "json", "--quiet"]);
        assert!(list.contains("104 Гора <&>"), "{list}");
    }
}
