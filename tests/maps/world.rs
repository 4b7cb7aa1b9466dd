//! Plates of the world: equal area, no artefacts across the sheet, and a scale with its range of validity.

use super::odd::{bare, box_of, territories};
use super::user_data::territory;
use geo::{Coord, LineString, Polygon};
use merestone::earth::{distance_m, polygon_area_m2};
use merestone::map::{Plate, PlateOptions, PlateSpec, draw};
use merestone::model::{Layer, Territory};

/// Vertices of every path of a symbol, in millimetres.
pub fn rings(svg: &str, symbol: &str) -> Vec<Vec<[f64; 2]>> {
    let group = svg.split_once(&format!("<g class=\"{symbol}\">\n")).expect("it is drawn").1;
    let data = group.split_once(" d=\"").expect("a path").1.split_once('"').expect("it ends").0;
    data.split('M').skip(1).map(ring).collect()
}

/// A path with one start and relative lines, as plates are written.
pub fn ring(data: &str) -> Vec<[f64; 2]> {
    let spaced = data.replace('-', " -").replace(['l', 'z'], " ");
    let numbers: Vec<f64> = spaced.split_whitespace().map(|n| n.parse().expect("a number")).collect();
    let mut at = [0.0, 0.0];
    let corner = |step: &[f64]| {
        at = [at[0] + step[0], at[1] + step[1]];
        at
    };
    numbers.chunks_exact(2).map(corner).collect()
}

pub fn area_mm2(ring: &[[f64; 2]]) -> f64 {
    let n = ring.len();
    let cross = |i: usize| ring[i][0] * ring[(i + 1) % n][1] - ring[(i + 1) % n][0] * ring[i][1];
    (0..n).map(cross).sum::<f64>().abs() / 2.0
}

/// Corners of the world and two places between them, so that the extent is the whole world, centred on Greenwich.
fn whole() -> Vec<Territory> {
    vec![
        box_of("south-west", -180.0, -89.0, -170.0, -80.0),
        box_of("west", -60.0, -85.0, -50.0, -80.0),
        box_of("middle", 0.0, -85.0, 5.0, -80.0),
        box_of("north-east", 170.0, 75.0, 180.0, 84.0),
    ]
}

fn world(more: Vec<Territory>) -> (Vec<Layer>, Plate) {
    let layers = territories(whole().into_iter().chain(more).collect());
    let sheet = bare(&layers);
    assert!(sheet.svg().contains("Equal Earth projection"), "it is the world");
    (layers, sheet)
}

#[test]
fn areas_are_in_true_proportion() {
    let boxes = [
        box_of("equator", 10.0, -10.0, 40.0, 10.0),
        box_of("north", -120.0, 55.0, -60.0, 70.0),
        box_of("south", 120.0, -50.0, 170.0, -20.0),
    ];
    let (_, sheet) = world(boxes.to_vec());
    let share = |t: &Territory| {
        let on_paper: f64 = rings(sheet.svg(), &format!("region-{}", t.meta.id)).iter().map(|r| area_mm2(r)).sum();
        on_paper / polygon_area_m2(&t.parts()[0]).abs()
    };
    let shares = boxes.each_ref().map(share);
    for s in shares {
        assert!((s / shares[0] - 1.0).abs() < 0.002, "{shares:?}");
    }
}

#[test]
fn the_bar_is_true_at_the_centre_and_the_plate_says_where_it_is_not() {
    let (_, sheet) = world(vec![box_of("land", 10.0, -10.0, 40.0, 10.0)]);
    let [a, b] = sheet.scale_bar.ends.map(|[x, y]| Coord { x, y });
    let km = distance_m(a, b) / 1000.0;
    assert!((km / sheet.scale_bar.km - 1.0).abs() < 0.005, "the bar says {} km, the map {km} km", sheet.scale_bar.km);
    let lines = sheet.svg().split("</text>").filter_map(|t| t.rsplit_once('>'));
    let words = lines.map(|t| t.1).collect::<Vec<_>>().join(" ");
    assert!(words.contains("Areas are in true proportion") && words.contains("between 75° S and 75° N"), "{words}");
    assert!(!words.contains("Grid north"), "there is no one north");
    for degrees in ["30°N", "60°S", "180°", "120°W"] {
        assert!(sheet.svg().contains(&format!(">{degrees}<")), "{degrees}");
    }
}

/// Split at the antimeridian or not, and for any central meridian: no edge is longer than the land is wide. Equal Earth
/// is 34.5 Mm wide: here that fills nine tenths of the frame.
#[test]
fn the_world_is_as_large_as_the_sheet_allows() {
    let (_, sheet) = world(vec![box_of("land", 10.0, -10.0, 40.0, 10.0)]);
    assert_eq!((sheet.width_mm, sheet.height_mm), (297.0, 210.0));
    assert!(sheet.scale <= 170e6, "1:{}", sheet.scale);
}

#[test]
fn nothing_is_drawn_across_the_sheet() {
    let ring = [(170.0, 60.0), (-170.0, 60.0), (-170.0, 70.0), (170.0, 70.0), (170.0, 60.0)];
    let uncut = LineString(ring.map(|(x, y)| Coord { x, y }).to_vec());
    let uncut = territory("uncut", vec![Polygon::new(uncut, vec![])]);
    let halves = [box_of("", 172.0, -20.0, 180.0, -15.0), box_of("", -180.0, -20.0, -175.0, -15.0)];
    let cut = territory("cut", halves.iter().flat_map(|t| t.parts().to_vec()).collect());
    let wide = box_of("wide", 60.0, -40.0, 140.0, -30.0);
    let (layers, _) = world(vec![uncut, cut, wide]);
    for meridian in [0, 11, 100, -160] {
        let text = format!("[projection]\ncentral_meridian = {meridian}\n[[layers]]\nid = \"land\"\n");
        let spec = PlateSpec::parse(&text, "t.toml").expect("a specification");
        let sheet = draw(&spec, &layers, &PlateOptions::default()).expect("it draws");
        for symbol in ["uncut", "cut", "wide"] {
            let rings = rings(sheet.svg(), &format!("region-{symbol}"));
            let widest = rings.iter().map(|ring| width_mm(ring)).fold(0.0, f64::max);
            let world_mm = 3.5e10 / sheet.scale;
            assert!(widest < world_mm / 3.0, "{symbol} about {meridian}°: {widest} of {world_mm} mm");
        }
    }
}

fn width_mm(ring: &[[f64; 2]]) -> f64 {
    let x = || ring.iter().map(|p| p[0]);
    x().fold(f64::MIN, f64::max) - x().fold(f64::MAX, f64::min)
}

/// Land continues across the antimeridian: no coast there, and no boundary of a territory with itself.
#[test]
fn antimeridian_is_not_a_coast() {
    let halves = [box_of("", 150.0, 40.0, 180.0, 60.0), box_of("", -180.0, 40.0, -150.0, 60.0)];
    let land = territory("land", halves.iter().flat_map(|t| t.parts().to_vec()).collect());
    let layers = territories(vec![land]);
    let spec = PlateSpec::parse("background = \"water\"\n[[layers]]\nid = \"land\"\n", "t.toml").expect("it is one");
    let sheet = draw(&spec, &layers, &PlateOptions::default()).expect("it draws");
    let shore = rings(sheet.svg(), "shore");
    // The land extends equally to the west and to the east of the antimeridian.
    let x = || shore.iter().flatten().map(|p| p[0]);
    let middle_mm = x().sum::<f64>() / x().count() as f64;
    let along = |w: &[[f64; 2]]| w.iter().all(|p| (p[0] - middle_mm).abs() < 1.0);
    assert!(!shore.iter().any(|ring| ring.windows(2).any(along)), "{shore:?}");
}

#[test]
fn small_territories_of_the_world_are_listed_without_detail_maps() {
    let (_, sheet) = world(vec![box_of("small", 10.0, 40.0, 11.0, 41.0)]);
    assert!(sheet.left_out.contains(&"detail maps of small territories"), "{:?}", sheet.left_out);
    assert!(!sheet.legend.iter().any(|e| e.symbol == "inset-box"));
}

/// A transverse Mercator projection takes what lies a quarter of the globe away to infinity: it lay over the whole sheet, and took
/// all memory.
#[test]
fn land_a_quarter_of_the_globe_away_is_not_drawn() {
    let layers = territories(vec![
        box_of("here", 20.0, -10.0, 30.0, 10.0),
        box_of("quarter", -81.0, -18.0, -69.0, 2.0),
        box_of("half", 150.0, -10.0, 165.0, 10.0),
    ]);
    let text = "projection = { kind = \"transverse-mercator\" }\n[frame]\nextent = [-20, -36, 53, 38]\n[insets]\nlocator = false\ndetails = false\n[[layers]]\nid = \"land\"\n";
    let spec = PlateSpec::parse(text, "africa.toml").expect("a specification");
    let sheet = draw(&spec, &layers, &PlateOptions::default()).expect("it draws");
    assert!(sheet.svg().contains("Transverse Mercator"), "the projection that goes to infinity");
    let map = sheet.svg().split("<g id=\"legend\">").next().expect("there is a map");
    assert!(map.contains("<g class=\"region-here\">\n<path"));
    for far in ["quarter", "half"] {
        assert!(!map.contains(&format!("<g class=\"region-{far}\">\n<path")), "{far}");
    }
}
