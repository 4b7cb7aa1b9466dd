//! Fuzz targets and their invariants. `tests/fuzz.rs` runs them on a small corpus.

use geo::{Area, Coord, LineString, Polygon};
use merestone::document::audit::{AuditGround, AuditOptions, audit};
use merestone::document::parse::{ParseOptions, parse};
use merestone::document::seal::{
    Bundle, Manifest, PrivateKey, SealAction, SealReport, parse_signers, verify_signatures,
};
use merestone::document::{CatalogueOptions, FromTable, catalogue as list, from_table};
use merestone::earth::{Axis, Dms, Operation, parse_angle};
use merestone::io::{
    ArchiveLimits, Conversion, ConvertOptions, Dataset, Found, Limits, ReadOptions, Reference, Rows, Scan,
    name_problem, read_archive, read_rows,
};
use merestone::map::PlateSpec;
use merestone::model::{Content, Meta, Route, Territory};
use merestone::question::{
    BorderOptions, CheckOptions, CompareOptions, CoverageOf, EnclaveOptions, FeatureChecks, LedgerOptions, Version,
    borders, check, check_rest, compare, enclaves, ledger, route as cut,
};
use merestone::report::{csv, envelope};
use merestone::topology::overlay as lay;
use std::path::PathBuf;
use std::sync::LazyLock;

/// Folder for the input files.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("merestone-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for files");
    folder
});

/// Writes a file with these bytes; each thread has its own.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let thread = format!("{:?}", std::thread::current().id());
    let folder = FOLDER.join(thread.replace(|c: char| !c.is_ascii_alphanumeric(), ""));
    std::fs::create_dir_all(&folder).expect("a folder for files");
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a file can be written");
    path
}

/// Tables with positions in columns or as geometry text: every reader accepts them or returns an error with a hint.
pub fn table_of_places(bytes: &[u8]) {
    foreign("any.csv", bytes);
}

/// A description of any bytes: every field is the words at its span, and an audit without a line ends.
pub fn description(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(read) = parse(&text, &ParseOptions::default()) else { return };
    for field in read.clauses.iter().flat_map(|clause| &clause.fields) {
        assert_eq!(text[field.span[0]..field.span[1]], field.text);
    }
    let mut options = AuditOptions::default();
    options.repair = true;
    let report = audit(&[read], &AuditGround::default(), &options).report;
    assert!(report.results.iter().all(|result| !result.rule.is_empty()));
}

/// Archives, keys and lists of signers of any bytes: every name of an archive is a good one, its files are within the limit,
/// and a manifest is the only text of its content.
pub fn bundle(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let allowed = parse_signers(&text, Some("20260101")).unwrap_or_default();
    let _ = PrivateKey::parse(&text);
    let mut limits = ArchiveLimits::default();
    limits.max_bytes = 1 << 24;
    let Ok(files) = read_archive(bytes, &limits) else { return };
    assert!(files.iter().all(|file| name_problem(&file.path).is_none()));
    assert!(files.iter().map(|file| file.bytes.len() as u64).sum::<u64>() <= limits.max_bytes);
    let Ok(bundle) = Bundle::open(files.into_iter().map(|file| (file.path, file.bytes))) else { return };
    assert_eq!(Manifest::parse(bundle.manifest.text().as_bytes()).as_ref(), Ok(&bundle.manifest));
    let mut report = SealReport::new(SealAction::Verified, &bundle.manifest, bundle.files());
    verify_signatures(&mut report, &bundle.manifest, &[("any".into(), text.into_owned())], Some(&allowed), &[]);
    assert!(!report.holds, "a signature of no allowed signer");
}

/// TopoJSON of any bytes.
pub fn topojson(bytes: &[u8]) {
    foreign("any.topojson", bytes);
}

/// Esri JSON of any bytes.
pub fn esri_json(bytes: &[u8]) {
    foreign("any.json", bytes);
}

/// A file in a foreign format: what the reader accepts, `check` and `convert` accept; positions are on the globe.
fn foreign(name: &str, bytes: &[u8]) {
    let path = file(name, bytes).display().to_string();
    let reference = Reference::File { path: path.clone(), fragment: None };
    let read = Dataset::empty().select_as_drawn(&reference, &ReadOptions::default());
    let scan = Scan::bytes(&path, bytes.to_vec(), &ReadOptions::default());
    let converted = Conversion::read(&path, &ConvertOptions::default(), &|_, _, _| {});
    if let Err(error) = &converted {
        assert!(!error.to_string().is_empty());
    }
    match &read {
        Ok(found) => {
            assert!(scan.failure.is_none(), "{} is read, and check cannot: {:?}", found.label, scan.failure);
            let on_globe = |at: &Coord| at.x.abs() <= 180.0 && at.y.abs() <= 90.0;
            for content in &found.contents {
                if let Content::Places(places) = content {
                    assert!(places.iter().all(|place| on_globe(&place.position)));
                }
                if let Content::Territories(all) = content {
                    let mut rings = all.iter().flat_map(|t| t.parts()).map(|part| part.exterior());
                    assert!(rings.all(|ring| ring.0.iter().all(on_globe)));
                }
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Files of any bytes: accepted, or refused with a reason and a hint. `check` accepts what the reader accepts.
pub fn reader(bytes: &[u8]) {
    let path = file("any.geojson", bytes).display().to_string();
    let read =
        Dataset::empty().select_any(&Reference::File { path: path.clone(), fragment: None }, &ReadOptions::default());
    let scan = Scan::bytes(&path, bytes.to_vec(), &ReadOptions::default());
    match &read {
        Ok(found) => assert!(scan.failure.is_none(), "{} is read, and check cannot: {:?}", found.label, scan.failure),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    // Streamed and in-memory checks give the same findings.
    let mut options = CheckOptions::default();
    options.coverage = CoverageOf::Nothing;
    let (streamed, known) = Scan::file(&path, &ReadOptions::default(), &FeatureChecks::new(&options));
    let held = Scan::bytes(&path, bytes.to_vec(), &ReadOptions::default());
    let found = (check_rest(&mut [(streamed, known)], &options), check(vec![held], &options));
    assert_eq!(format!("{:?}", found.0), format!("{:?}", found.1));
    // The overlay target covers the coverage of large nests of rings.
    let few = scan.features.iter().map(|feature| feature.shapes.len()).sum::<usize>() < 50;
    if few {
        let checked = check(vec![scan], &CheckOptions::default());
        assert!(checked.is_ok(), "lines that cannot be told apart");
    }
    let converted = Conversion::read(&path, &ConvertOptions::default(), &|_, _, _| {});
    if let Err(error) = &converted {
        assert!(!error.to_string().is_empty());
    }
    if let Ok(found) = read
        && few
    {
        questions(found);
    }
}

/// Every question on an accepted file gives finite numbers.
fn questions(found: Found) {
    let courses: Vec<Vec<Coord>> =
        found.contents.iter().flat_map(Content::courses).flat_map(|c| c.1).map(<[_]>::to_vec).collect();
    if courses.iter().map(Vec::len).sum::<usize>() > 200 {
        return;
    }
    // Profiles sample every few metres.
    let extent = |of: fn(&Coord) -> f64| {
        let all = || courses.iter().flatten().map(of);
        all().fold(f64::MIN, f64::max) - all().fold(f64::MAX, f64::min)
    };
    let local = extent(|at| at.x).max(extent(|at| at.y)) < 0.1 && courses.iter().flatten().all(|at| at.y.abs() < 80.0);
    if local {
        let version = Version::new("a", courses);
        if let Ok(answer) = compare(&version, &version, &CompareOptions::within(100.0)) {
            let report = answer.report;
            assert!(report.hausdorff_m < 1e-3 && report.length_a_m == report.length_b_m, "{report:?}");
        }
    }
    for content in found.contents {
        if let Content::Territories(territories) = content {
            let report = borders(&territories, &BorderOptions::default()).report;
            assert!(report.rows.iter().all(|row| row.length_m >= 0.0 && row.length_m.is_finite()));
            let report = enclaves(&territories, &EnclaveOptions::default()).report;
            assert!(report.rows.iter().all(|row| row.area_km2 >= 0.0 && row.perimeter_m.is_finite()));
            let changed = ledger(&territories.clone(), &territories, &LedgerOptions::default());
            assert!(changed.is_ok(), "lines that cannot be told apart");
        }
    }
}

/// Plate specifications of any text: parsed, or refused with a hint.
pub fn plate_specification(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match PlateSpec::parse(text, "plate.toml") {
        Ok(spec) => assert!(spec.layers_needed().len() <= text.len() + 100),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Manifests of any bytes: opened, or refused with a hint; no layer's file is outside the folder.
pub fn dataset_manifest(bytes: &[u8]) {
    let path = file("dataset.toml", bytes);
    match Dataset::open(path.parent().expect("it lies in a folder")) {
        Ok(dataset) => {
            for layer in dataset.layers() {
                assert!(
                    !layer.file.contains("..") || !layer.file.split('/').any(|part| part == ".."),
                    "{}",
                    layer.file
                );
                assert!(!layer.file.starts_with('/'), "{}", layer.file);
                // Existing or not, the file is inside the folder.
                let _ = dataset.layer(&layer.id, None);
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Angles of any text: refused, or in range; the printed form parses to the same angle.
pub fn angle(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for (axis, most) in [(Axis::Latitude, 90.0), (Axis::Longitude, 180.0), (Axis::Azimuth, 360.0)] {
        match parse_angle(text, Some(axis)) {
            Ok(read) => {
                assert!(read.degrees.abs() <= most && read.step_deg > 0.0 && read.decimals <= 9, "{read:?}");
                let printed = Dms::of(read.degrees, read.decimals);
                let written = printed.written(axis);
                let again = parse_angle(&written, Some(axis)).expect("what is printed is an angle");
                let same = Dms::of(again.degrees, again.decimals).written(axis);
                assert!(same == written && again.decimals == read.decimals, "{written} is read as {same}");
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

/// Tables of any bytes: refused, or imported; catalogue to lines to catalogue is the identity.
pub fn catalogue(bytes: &[u8]) {
    let path = file("table.csv", bytes).display().to_string();
    let Ok(rows) = read_rows(&path, None, Limits::DEFAULT) else { return };
    let operation = Operation::default();
    let read = match from_table("line", &rows.headings, &rows.rows, None, &operation) {
        Ok(read) => read,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    let first = listed(&read);
    let rows = table(&first);
    let read = from_table("line", &rows.headings, &rows.rows, None, &operation).expect("our own table is read");
    assert!(read.disagreements.is_empty(), "our own table contradicts itself: {:?}\n{first}", read.disagreements);
    assert_eq!(listed(&read), first, "list to line to list");
}

/// A table in our own CSV format.
fn table(text: &str) -> Rows {
    read_rows(&file("list.csv", text.as_bytes()).display().to_string(), None, Limits::DEFAULT)
        .expect("our own table is one")
}

/// The catalogue of the imported lines, as CSV.
fn listed(read: &FromTable) -> String {
    let mut options = CatalogueOptions::default();
    options.positions = read.positions;
    options.dms_decimals = read.dms_decimals;
    options.operation = Operation::default();
    csv(&envelope(list(&read.courses, &options)))
}

/// Positions on a coarse grid, so that edges often cross, touch and coincide.
fn positions(bytes: &[u8]) -> Vec<Coord> {
    let at = |step: u8| f64::from(step % 64) / 64.0;
    bytes.chunks_exact(2).map(|pair| Coord { x: 45.0 + at(pair[0]), y: 39.0 + at(pair[1]) }).collect()
}

/// A star-shaped ring around the centre of the grid with radii from bytes; it never crosses itself.
fn star(bytes: &[u8]) -> Option<Polygon> {
    if bytes.len() < 5 {
        return None;
    }
    let (x, y, radii) = (f64::from(bytes[0] % 32) / 64.0, f64::from(bytes[1] % 32) / 64.0, &bytes[2..]);
    let turn = std::f64::consts::TAU / radii.len() as f64;
    let corner = |(i, r): (usize, &u8)| {
        let (sin, cos) = (i as f64 * turn).sin_cos();
        // Snapped to a grid, so that two stars share corners and edges.
        let snap = |v: f64| (v * 256.0).round() / 256.0;
        let r = 0.05 + f64::from(r % 16) / 40.0;
        Coord { x: 45.0 + snap(x + r * cos), y: 39.0 + snap(y + r * sin) }
    };
    let ring: Vec<Coord> = radii.iter().enumerate().map(corner).collect();
    let polygon = Polygon::new(LineString(ring), Vec::new());
    (polygon.unsigned_area() > 1e-6).then_some(polygon)
}

/// Overlay of two stars: intersection and differences add up to each, and to the union.
pub fn overlay(bytes: &[u8]) {
    let (a, b) = bytes.split_at(bytes.len() / 2);
    let (Some(a), Some(b)) = (star(&a[..a.len().min(120)]), star(&b[..b.len().min(120)])) else { return };
    if !simple(&a) || !simple(&b) {
        return;
    }
    let laid = lay(std::slice::from_ref(&a), std::slice::from_ref(&b));
    let area = |polygons: &[Polygon]| polygons.iter().map(Area::unsigned_area).sum::<f64>();
    let [both, either, only_a, only_b] = [&laid.both, &laid.either, &laid.only_a, &laid.only_b].map(|p| area(p));
    for (what, left, right) in [
        ("a", both + only_a, a.unsigned_area()),
        ("b", both + only_b, b.unsigned_area()),
        ("either", both + only_a + only_b, either),
    ] {
        assert!((left - right).abs() < 1e-11, "{what}: {left} instead of {right}");
    }
}

/// Whether a ring is simple; snapping to the grid may make it touch itself.
fn simple(polygon: &Polygon) -> bool {
    let edges: Vec<geo::Line> = polygon.exterior().lines().collect();
    let n = edges.len();
    (0..n).all(|i| {
        (i + 1..n).all(|j| {
            use geo::line_intersection::{LineIntersection, line_intersection};
            match line_intersection(edges[i], edges[j]) {
                None => edges[i].start != edges[i].end,
                Some(LineIntersection::SinglePoint { intersection, .. }) => {
                    let next = j == i + 1 && intersection == edges[i].end;
                    next || (i == 0 && j == n - 1 && intersection == edges[0].start)
                }
                Some(LineIntersection::Collinear { .. }) => false,
            }
        })
    })
}

/// A route over a grid of boxes: lengths inside and outside add up to the whole.
pub fn route(bytes: &[u8]) {
    let Some((&columns, rest)) = bytes.split_first() else { return };
    let columns = usize::from(columns % 7) + 1;
    let mut line = positions(&rest[..rest.len().min(60)]);
    line.dedup();
    if line.len() < 2 {
        return;
    }
    let edge = |i: usize| 45.0 + (i as f64 / columns as f64 * 64.0).round() / 64.0;
    let territories: Vec<Territory> = (0..columns)
        .map(|i| {
            let (west, east) = (edge(i), edge(i + 1));
            let ring = [(west, 39.0), (east, 39.0), (east, 39.75), (west, 39.75)];
            let part = Polygon::new(LineString(ring.map(|(x, y)| Coord { x, y }).to_vec()), Vec::new());
            let meta = Meta { id: format!("t{i}"), ..Meta::default() };
            Territory::from_parts_unchecked(meta, vec![part])
        })
        .collect();
    let meta = Meta { id: "route".into(), ..Meta::default() };
    let asked = Route { meta, mode: None, status: None, runs: vec![LineString(line)], published_length_km: None };
    let report = cut(&asked, &territories, &Default::default()).report;
    let inside: f64 = report.parts.iter().map(|part| part.length_m).sum();
    let sum = inside + report.outside_m;
    assert!((sum - report.length_m).abs() < 1e-3, "{sum} instead of {}", report.length_m);
    let pieces: f64 = report.pieces.iter().map(|p| p.stretch.to_m - p.stretch.from_m).sum();
    assert!((pieces - report.length_m).abs() < 1e-3, "pieces make {pieces} of {}", report.length_m);
}
