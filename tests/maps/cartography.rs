//! What a plate says on its own: type, disclaimer, names along the line, symbols of what has no shape, ground without
//! data.

use super::odd::{box_of, territories};
use super::preset;
use merestone::geo::{Coord, LineString};
use merestone::map::{LayerSpec, Plate, PlateOptions, PlateSpec, WorldOutline, draw};
use merestone::model::{Content, Input, Layer, LayerInfo, Role, Route};
use std::collections::BTreeMap;

fn sizes_mm(svg: &str) -> Vec<f64> {
    let sizes = svg.split("font-size=\"").skip(1).filter_map(|text| text.split_once('"')?.0.parse().ok());
    sizes.collect()
}

fn sheet(text: &str, layers: &[Layer], world: bool) -> Plate {
    let spec = PlateSpec::parse(text, "t.toml").unwrap_or_else(|error| panic!("{error}"));
    let mut options = PlateOptions::default();
    options.world = world.then(WorldOutline::embedded);
    draw(&spec, layers, &options).unwrap_or_else(|error| panic!("{error}"))
}

const ONE: &str = "[[layers]]\nid = \"land\"\n";

#[test]
fn type_grows_with_the_paper() {
    let layers = territories(vec![box_of("a", 10.0, 50.0, 11.0, 51.0), box_of("b", 11.0, 50.0, 12.0, 51.0)]);
    let least = |size: &str| {
        let sheet = sheet(&format!("paper = {{ size = \"{size}\" }}\n{ONE}"), &layers, false);
        let least = sizes_mm(sheet.svg()).into_iter().fold(f64::MAX, f64::min);
        // The scale is that of the paper: two degrees of latitude on the map.
        let ring = &super::world::rings(sheet.svg(), "region-a")[0];
        let high = |f: fn(f64, f64) -> f64, from: f64| ring.iter().map(|p| p[1]).fold(from, f);
        let mm = high(f64::max, f64::MIN) - high(f64::min, f64::MAX);
        assert!((mm * sheet.scale / 1e6 - 111.25).abs() < 1.5, "{size}: {mm} mm at 1:{}", sheet.scale);
        least / 25.4 * 72.0
    };
    let points = ["A4", "A3", "A2", "A0"].map(least);
    for (points, expected) in points.iter().zip([5.0, 6.0, 8.49, 16.97]) {
        assert!((points - expected).abs() < 0.03, "{points}");
    }
}

#[test]
fn the_disclaimer_is_black_and_in_a_box_with_a_column_for_each_language() {
    for (name, languages) in [("overview", 3), ("soviet-1988", 4)] {
        let sheet = preset(name);
        let group = sheet.svg().split_once("<g id=\"disclaimer\">").expect("it has one").1;
        let group = group.split_once("</g>").expect("it ends").0;
        assert!(group.trim_start().starts_with("<path") && group.contains("stroke="), "{name}: a frame");
        let mut columns: BTreeMap<&str, usize> = BTreeMap::new();
        for text in group.split("<text ").skip(1) {
            assert!(text.contains("fill=\"#1a1a1a\""), "{name}: {text}");
            *columns.entry(text.split_once("x=\"").and_then(|(_, x)| x.split('"').next()).expect("x")).or_default() +=
                1;
        }
        assert_eq!(columns.len(), languages, "{name}: {columns:?}");
    }
}

/// Names along lines are turned; those in areas of this plate are level or several lines.
#[test]
fn both_states_are_named_along_the_line_and_none_alone() {
    for name in ["overview", "syunik-routes", "tavush"] {
        let sheet = preset(name);
        let turned = |word: &str| {
            let ends = format!(">{word}</text>");
            let texts = sheet.svg().split("<text ").filter(|text| text.contains(&ends));
            texts.filter(|text| text.contains("rotate(") && text.contains("font-weight")).count()
        };
        let all = ["ՀԱՅԱՍՏԱՆ", "AZƏRBAYCAN", "GÜRCÜSTAN", "İRAN", "TÜRKİYƏ", "RUSİYA"].map(turned);
        assert!(all[0] > 0 && all[1] > 0, "{name}: {all:?}");
        assert_eq!(all.iter().sum::<usize>() % 2, 0, "{name}: {all:?}: they come in pairs");
    }
}

#[test]
fn a_reservoir_of_which_few_positions_are_known_is_a_symbol() {
    let sheet = preset("tavush");
    assert!(sheet.svg().contains("class=\"point-reservoir\"") && sheet.svg().contains("Joğaz"));
    let map = sheet.svg().split_once("<g id=\"legend\">").expect("a legend").0;
    assert!(!map.contains("<g class=\"water\">\n<path"), "the triangle and the hexagon are not drawn");
}

/// The bounds in millimetres of the paths in the groups of a symbol, before the legend.
fn widths(svg: &str, class: &str) -> Vec<f64> {
    let map = svg.split_once("<g id=\"legend\">").expect("a legend").0;
    let opens = format!("<g class=\"{class}\">\n");
    let groups = map.split(opens.as_str()).skip(1);
    let paths = groups.filter_map(|group| group.split_once(" d=\"")?.1.split_once('"')).map(|path| path.0);
    let width = |path: &str| {
        let xs: Vec<f64> = path.split('M').skip(1).flat_map(super::world::ring).map(|p| p[0]).collect();
        xs.iter().copied().fold(f64::MIN, f64::max) - xs.iter().copied().fold(f64::MAX, f64::min)
    };
    paths.map(width).collect()
}

#[test]
fn land_that_passes_is_at_least_eight_millimetres_wide() {
    let sheet = preset("illustration-a");
    let mut widths = widths(sheet.svg(), "passes");
    widths.sort_by(f64::total_cmp);
    // Parts of two of them are also at the edge of a neighbour's panel.
    assert_eq!(widths.iter().filter(|width| **width >= 8.0).count(), 4, "{widths:?}");
}

#[test]
fn ground_without_data_is_neither_land_nor_sea() {
    let layers = territories(vec![box_of("a", 10.0, 50.0, 11.0, 51.0), box_of("b", 11.0, 50.0, 12.0, 51.0)]);
    let symbols = |sheet: &Plate| sheet.legend.iter().map(|entry| entry.symbol.clone()).collect::<Vec<_>>();
    let near = symbols(&sheet(ONE, &layers, true));
    assert!(near.contains(&"nodata".to_owned()) && !near.contains(&"water".to_owned()), "{near:?}");
    // The outline is accurate enough for a small scale, at which the sea is sea.
    let far = symbols(&sheet(&format!("frame = {{ scale = 10_000_000, centre = [8.0, 52.0] }}\n{ONE}"), &layers, true));
    assert!(far.contains(&"outside".to_owned()) && far.contains(&"water".to_owned()), "{far:?}");
    // Data everywhere: nothing to hatch.
    let full = sheet(&format!("frame = {{ scale = 100_000, centre = [11.0, 50.5] }}\n{ONE}"), &layers, true);
    assert!(!symbols(&full).contains(&"nodata".to_owned()), "{:?}", symbols(&full));
}

#[test]
fn the_outline_of_the_world_is_land_and_sea_where_they_are() {
    let layers = territories(vec![box_of("a", -20.0, 64.0, -19.0, 65.0)]);
    let text = format!("frame = {{ scale = 20_000_000, centre = [-19.5, 64.5] }}\n{ONE}");
    let sheet = sheet(&text, &layers, true);
    let area =
        super::world::rings(sheet.svg(), "outside").iter().map(|ring| super::world::area_mm2(ring)).fold(0.0, f64::max);
    // Iceland, the largest land there, has 101 800 km².
    assert!(area > 200.0, "{area} mm²");
}

fn way(id: &str, highway: &str, y: f64) -> Route {
    let mut route = Route {
        meta: Default::default(),
        mode: Some("road".to_owned()),
        status: None,
        runs: vec![LineString(vec![Coord { x: 10.1, y }, Coord { x: 11.9, y }])],
        published_length_km: None,
    };
    route.meta.id = id.to_owned();
    route.meta.properties.insert("highway".to_owned(), highway.into());
    route
}

#[test]
fn context_lies_below_the_line_and_thins_out_with_the_scale() {
    let mut layers = territories(vec![box_of("a", 10.0, 50.0, 11.0, 51.0), box_of("b", 11.0, 50.0, 12.0, 51.0)]);
    let routes = vec![way("big", "motorway", 50.4), way("small", "track", 50.6)];
    let mut info = LayerInfo::bare("context-roads", Role::Route, "roads.geojson");
    info.source = "Road survey".to_owned();
    layers.push(Layer { info, input: Input::new("roads.geojson", "0"), content: Content::Routes(routes) });
    let drawn = |scale: u32| {
        let text = format!(
            "[context]\nroads = {{ file = \"roads.geojson\", source = \"Road survey\" }}\n[frame]\nscale = {scale}\ncentre = [11.0, 50.5]\n{ONE}"
        );
        let sheet = sheet(&text, &layers, false);
        let at = |what: &str| sheet.svg().find(what);
        assert!(at("class=\"context-road\"") < at("class=\"boundary-"), "below the line");
        assert!(at("class=\"context-road\"").is_some() && !sheet.svg().contains("class=\"route-"));
        assert!(sheet.svg().contains("Road survey"), "its source");
        super::world::rings(sheet.svg(), "context-road").len()
    };
    assert_eq!([drawn(150_000), drawn(1_000_000)], [2, 1]);
}

#[test]
fn a_plate_of_a_spec_keeps_its_layers_when_it_has_context() {
    let spec = PlateSpec::parse("[context]\nrivers = \"rivers.geojson\"\n[[layers]]\nid = \"states\"\n", "t")
        .expect("it parses");
    let ids: Vec<&str> = spec.layers.iter().map(|layer: &LayerSpec| layer.id.as_str()).collect();
    assert_eq!(ids, ["states", "context-rivers"]);
    assert!(PlateSpec::parse("[context]\nlakes = \"x\"\n", "t").is_err());
}
