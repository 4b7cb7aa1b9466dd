//! The relief against independent heights, and unusable grids of heights.

use super::near;
use merestone::io::{Dataset, Heights, HeightsError, HeightsProblem, Limits};
use std::path::{Path, PathBuf};

fn relief() -> Heights {
    Dataset::embedded().heights(None).unwrap_or_else(|error| panic!("{error}")).expect("the manifest names a relief")
}

#[test]
fn heights_are_those_of_maps() {
    let heights = relief();
    let of = |lon: f64, lat: f64| heights.height_m(lon, lat).expect("inside");
    let accuracy_m = heights.vertical_accuracy_m().expect("stated");
    assert_eq!(accuracy_m, 150.0);
    // data/waypoints.csv: passes whose position is good to 1.5 km.
    near("Vorotan Pass", of(45.71772, 39.68841), 2344.0, accuracy_m);
    near("Bichanak Pass", of(45.8163, 39.5351), 2346.0, accuracy_m);
    // The lake level in the source.
    assert_eq!((of(45.35, 40.35), of(45.25, 40.45)), (1875.0, 1875.0));
    assert_eq!(of(50.9, 39.5), 0.0, "the Caspian");
    // A grid of 30″ smooths peaks: Kaputjugh has 3 905 m.
    let peak = of(46.0038, 39.1581);
    assert!((3905.0 - 400.0..3905.0).contains(&peak), "{peak}");
}

#[test]
fn the_grid_is_the_one_of_the_source() {
    let heights = relief();
    assert_eq!(heights.size(), (1081, 721));
    assert_eq!(heights.bounds().map(|degrees| (degrees * 1e9).round() / 1e9), [42.0, 37.0, 51.0, 43.0]);
    // 30″ at 40° N, by PROJ's geod: 711.6 m along the parallel, 925.3 m along the meridian.
    let (east_m, north_m) = heights.cell_m(40.0);
    near("along the parallel", east_m, 711.6, 0.1);
    near("along the meridian", north_m, 925.3, 0.1);
    for (lon, lat) in [(41.999, 40.0), (51.001, 40.0), (45.0, 36.999), (45.0, 43.001)] {
        assert_eq!(heights.height_m(lon, lat), None);
    }
    assert!(heights.height_m(51.0, 37.0).is_some() && heights.height_m(42.0, 43.0).is_some(), "corners belong to it");
}

fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    (folder, path)
}

fn problem(path: &Path) -> HeightsProblem {
    match Heights::read(&path.display().to_string(), None, Limits::DEFAULT) {
        Err(HeightsError::Grid { problem, .. }) => problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn files_that_are_no_heights_are_refused() {
    let (_folder, path) = file("words.tif", b"these are words");
    assert!(matches!(problem(&path), HeightsProblem::Format(_) | HeightsProblem::NeedsGdal(_)));
    let (_folder, path) = file("cut.tif", &std::fs::read("data/relief.tif").expect("committed")[..5000]);
    assert!(matches!(problem(&path), HeightsProblem::Format(_)), "{:?}", problem(&path));
    let missing = Heights::read("no-such-file.tif", None, Limits::DEFAULT);
    assert!(matches!(missing, Err(HeightsError::Read(_))), "{missing:?}");
}

/// SRTM's own format: 1 201 × 1 201 heights of a square degree, big-endian, row by row from the north, -32768 for
/// voids.
#[cfg(feature = "gdal")]
#[test]
fn hgt_is_read_where_its_name_says_it_is() {
    let mut bytes = Vec::new();
    for row in 0..1201_i16 {
        for column in 0..1201_i16 {
            let height = if (row, column) == (0, 0) { -32768 } else { row - column };
            bytes.extend(height.to_be_bytes());
        }
    }
    let (_folder, path) = file("N40E045.hgt", &bytes);
    let path = path.display().to_string();
    let whole = Heights::read(&path, None, Limits::DEFAULT).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(whole.size(), (1201, 1201));
    near("the middle", whole.height_m(45.5, 40.5).expect("inside"), 0.0, 1e-6);
    near("the south-east", whole.height_m(45.75, 40.25).expect("inside"), 0.0, 1e-6);
    near("the south-west", whole.height_m(45.25, 40.25).expect("inside"), 600.0, 1e-6);
    assert_eq!(whole.height_m(45.0001, 40.9999), None, "beside a void");
    assert!(whole.height_m(45.01, 40.99).is_some());
    let part = Heights::read(&path, Some([45.2, 40.2, 45.3, 40.3]), Limits::DEFAULT).unwrap();
    assert!(part.size().0 < 125 && part.size().1 < 125, "{:?}", part.size());
    near("in a part", part.height_m(45.25, 40.25).expect("inside"), 600.0, 1e-6);
    assert_eq!(part.height_m(45.5, 40.5), None);
    let beside = Heights::read(&path, Some([7.0, 46.0, 8.0, 47.0]), Limits::DEFAULT);
    assert!(matches!(beside, Err(HeightsError::Grid { problem: HeightsProblem::TooSmall { .. }, .. })), "{beside:?}");
}

/// A grid in projected metres is not read as degrees.
#[cfg(feature = "gdal")]
#[test]
fn a_projected_grid_is_refused() {
    let text = "ncols 2\nnrows 2\nxllcorner 500000\nyllcorner 4400000\ncellsize 30\n1 2\n3 4\n";
    let (_folder, path) = file("utm.asc", text.as_bytes());
    assert_eq!(problem(&path), HeightsProblem::NotNorthUp);
    let (_folder, path) =
        file("lonlat.asc", text.replace("500000", "45").replace("4400000", "40").replace("30\n", "0.5\n").as_bytes());
    let read =
        Heights::read(&path.display().to_string(), None, Limits::DEFAULT).unwrap_or_else(|error| panic!("{error}"));
    // The values refer to the centres of their cells.
    assert_eq!((read.height_m(45.25, 40.75), read.height_m(45.5, 40.5)), (Some(1.0), Some(2.5)));
}
