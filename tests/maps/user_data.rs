//! User data without a specification.

use geo::{Coord, LineString, Polygon};
use merestone::map::{MapError, PlateOptions, PlateSpec, draw};
use merestone::model::{
    Content, Evidence, Input, Layer, LayerInfo, Line, Meta, Method, Name, Role, Route, Status, Territory,
};

pub fn square(x: f64, y: f64, side: f64) -> LineString {
    let corner = |dx: f64, dy: f64| Coord { x: x + dx * side, y: y + dy * side };
    LineString(vec![corner(0.0, 0.0), corner(1.0, 0.0), corner(1.0, 1.0), corner(0.0, 1.0), corner(0.0, 0.0)])
}

pub fn layer(id: &str, role: Role, content: Content) -> Layer {
    let info = LayerInfo {
        licence: "CC0".to_owned(),
        attribution: "nobody".to_owned(),
        date: "2026".to_owned(),
        position_accuracy_m: 1.0,
        ..LayerInfo::bare(id, role, &format!("{id}.geojson"))
    };
    Layer { info, input: Input { features: 1, ..Input::new("x", "0".repeat(64)) }, content }
}

pub fn territory(id: &str, parts: Vec<Polygon>) -> Territory {
    let meta = Meta { id: id.to_owned(), name: Name::plain(id), evidence: Evidence::default(), ..Meta::default() };
    Territory::from_parts_unchecked(meta, parts)
}

pub fn spec(ids: &[&str]) -> PlateSpec {
    let text: String = ids.iter().map(|id| format!("[[layers]]\nid = \"{id}\"\n")).collect();
    PlateSpec::parse(&text, "test.toml").expect("a specification")
}

#[test]
fn bare_territories_get_an_extent_a_scale_hues_and_boundaries() {
    let host = Polygon::new(square(10.0, 50.0, 1.0), vec![square(10.4, 50.4, 0.1)]);
    let layers = [layer(
        "mine",
        Role::Territory,
        Content::Territories(vec![
            territory("host", vec![host]),
            territory("guest", vec![Polygon::new(square(10.4, 50.4, 0.1), vec![])]),
            territory("neighbour", vec![Polygon::new(square(11.0, 50.0, 1.0), vec![])]),
        ]),
    )];
    let sheet = draw(&spec(&["mine"]), &layers, &PlateOptions::default()).expect("it draws");
    let symbols: Vec<&str> = sheet.legend.iter().map(|e| e.symbol.as_str()).collect();
    assert!(symbols.contains(&"boundary-territory-unspecified"), "{symbols:?}");
    assert_eq!(symbols.iter().filter(|s| s.starts_with("region-")).count(), 3, "{symbols:?}");
    let hues: std::collections::BTreeSet<&str> = sheet
        .svg()
        .split("<g class=\"region-")
        .skip(1)
        .filter_map(|g| g.split_once("fill=\"#"))
        .map(|(_, rest)| &rest[..6])
        .collect();
    assert!(hues.len() >= 2);
    assert!(sheet.scale > 100_000.0 && sheet.scale < 2_000_000.0);
}

/// A sheet with a square of land and a line of 20 km through its centre, thresholded to black and white around the
/// line.
fn in_one_bit(id: &str, role: Role, content: Content) -> Vec<bool> {
    let square = vec![Polygon::new(square(9.9, 49.9, 0.4), vec![])];
    let land = layer("land", Role::Territory, Content::Territories(vec![territory("land", square)]));
    let layers = [land, layer(id, role, content)];
    let text = format!(
        "languages = [\"en\"]\n[frame]\nscale = 200_000\ncentre = [10.1, 50.0]\n[paper]\nwidth_mm = 200\nheight_mm = 130\n\
         [insets]\nlocator = false\n[[layers]]\nid = \"land\"\nlabels = false\n[[layers]]\nid = \"{id}\"\nlabels = false\n"
    );
    let spec = PlateSpec::parse(&text, "t.toml").expect("a specification");
    let sheet = draw(&spec, &layers, &PlateOptions::default()).expect("it draws");
    black_rows(&sheet.png(300.0).expect("a picture"), middle_mm(sheet.svg()))
}

/// The course of every sample line.
fn run() -> LineString {
    LineString(vec![Coord { x: 9.95, y: 50.0 }, Coord { x: 10.25, y: 50.0 }])
}

fn boundary(status: Status) -> Vec<bool> {
    let properties = serde_json::Map::from_iter([("proposed_by".to_owned(), "a test".into())]);
    let line = Line {
        meta: Meta { id: "line".into(), kind: Some("state".into()), properties, ..Meta::default() },
        left: None,
        right: None,
        status,
        runs: vec![run()],
        published_length_km: None,
    };
    in_one_bit("lines", Role::Line, Content::Lines(vec![line]))
}

fn route(mode: &str, status: &str, method: Option<Method>) -> Vec<bool> {
    let mut route = Route {
        meta: Meta { id: "route".into(), ..Meta::default() },
        mode: Some(mode.into()),
        status: Some(status.into()),
        runs: vec![run()],
        published_length_km: None,
    };
    route.meta.evidence.method = method;
    in_one_bit("routes", Role::Route, Content::Routes(vec![route]))
}

/// Every boundary by status and every route by mode, state and certainty differs from every other by a fifth of its
/// ink.
#[test]
fn boundaries_and_routes_stay_apart_in_black_and_white() {
    let mut samples: Vec<(String, Vec<bool>)> =
        Status::ALL.into_iter().map(|status| (status.word().to_owned(), boundary(status))).collect();
    assert_eq!(samples.len(), 9);
    for mode in ["rail", "road", "ferry"] {
        for status in ["in use", "planned", "dismantled"] {
            for method in [None, Some(Method::Waypoints)] {
                samples.push((format!("{mode} {status} {method:?}"), route(mode, status, method)));
            }
        }
    }
    for (i, (a, picture)) in samples.iter().enumerate() {
        let ink = picture.iter().filter(|p| **p).count();
        assert!(ink > 300, "{a} leaves too little ink: {ink}");
        for (b, other) in &samples[i + 1..] {
            let different = picture.iter().zip(other).filter(|(x, y)| x != y).count();
            assert!(different * 5 > ink, "{a} and {b} differ in {different} of {ink}");
        }
    }
}

/// The middle of the frame in millimetres down the sheet: its ring is the last but one of its group.
fn middle_mm(svg: &str) -> f64 {
    let group = svg.split_once("<g id=\"frame\">").and_then(|(_, rest)| rest.split_once("</g>")).expect("a frame").0;
    let rings: Vec<&str> =
        group.split("<path d=\"").filter_map(|path| path.split_once('"')).map(|path| path.0).collect();
    let ring = super::world::ring(rings[rings.len() - 2].trim_start_matches('M'));
    let y = || ring.iter().map(|p| p[1]);
    (y().fold(f64::MAX, f64::min) + y().fold(f64::MIN, f64::max)) / 2.0
}

/// The strip of the picture around the line, thresholded to black and white.
fn black_rows(png: &[u8], middle_mm: f64) -> Vec<bool> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it fits")];
    let info = reader.next_frame(&mut pixels).expect("a picture");
    let (width, height) = (info.width as usize, info.height as usize);
    // The panel is on the right.
    let middle = (middle_mm / 130.0 * height as f64) as usize;
    let half = 18;
    let (from, to) = (width * 25 / 200, width * 100 / 200);
    let row = |y: usize| (from..to).map(move |x| (y * width + x) * 3);
    let pixels = &pixels;
    (middle - half..middle + half)
        .flat_map(row)
        .map(|i| 299 * u32::from(pixels[i]) + 587 * u32::from(pixels[i + 1]) + 114 * u32::from(pixels[i + 2]) < 128_000)
        .collect()
}

#[test]
fn everything_undrawable_is_in_one_error() {
    let layers = [layer(
        "mine",
        Role::Territory,
        Content::Territories(vec![territory("漢", vec![Polygon::new(square(10.0, 50.0, 1.0), vec![])])]),
    )];
    let error = draw(&spec(&["other"]), &layers, &PlateOptions::default()).unwrap_err();
    assert!(matches!(&error, MapError::MissingLayer { known, .. } if *known == ["mine"]));
    let error = draw(&spec(&["mine"]), &layers, &PlateOptions::default()).unwrap_err();
    assert!(error.to_string().contains("missing-glyph") && error.to_string().contains('漢'), "{error}");
    let far = PlateSpec::parse(
        "[frame]\ncentre = [100.0, 10.0]\nscale = 100000\n[[layers]]\nid = \"mine\"\nlabels = false\n",
        "t",
    )
    .expect("a specification");
    let error = draw(&far, &layers, &PlateOptions::default()).unwrap_err();
    assert!(matches!(error, MapError::NothingInside { .. }), "{error}");
}
