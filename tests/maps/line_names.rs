//! Both states are named along the line between them, each on its own side, and the line stays free.

use merestone::geo::{Coord, LineString};
use merestone::map::{Album, AlbumPage, AlbumSpec, LayerSpec, Paper, PlateOptions, PlateSpec};
use merestone::model::{Content, Input, Layer, LayerInfo, Line, Role};

/// A winding line from west to east with A in the north, as a file of either direction has it.
fn layer(is_turned: bool) -> Layer {
    let wave = |i: i32| (f64::from(i) * 0.4).sin() * 0.004;
    let mut course: Vec<Coord> =
        (0..=60).map(|i| Coord { x: 10.0 + f64::from(i) * 0.01, y: 45.0 + f64::from(i) * 0.002 + wave(i) }).collect();
    let mut sides = [Some("Aland".to_owned()), Some("Beland".to_owned())];
    if is_turned {
        course.reverse();
        sides.reverse();
    }
    let line = Line::new("north", [LineString(course)]).expect("a line");
    let [left, right] = sides;
    let content = Content::Lines(vec![Line { left, right, ..line }]);
    Layer { info: LayerInfo::bare("line", Role::Line, "line.geojson"), input: Input::new("made", "0"), content }
}

/// Where names along the line start, in millimetres of paper.
fn starts(svg: &str, name: &str) -> Vec<[f64; 2]> {
    let ends = format!(">{name}</text>");
    let texts = svg.split("<text ").filter(|text| text.contains(&ends) && text.contains("rotate("));
    let start = |text: &str| {
        let inner = text.split_once("translate(")?.1.split_once(')')?.0;
        let (x, y) = inner.split_once(' ')?;
        Some([x.parse().ok()?, y.parse().ok()?])
    };
    texts.filter_map(start).collect()
}

/// The height of the line on paper below (or above) a position.
fn line_at(svg: &str, x: f64) -> f64 {
    let lines = super::world::rings(svg, "boundary-state-unspecified");
    let edges = lines.iter().flat_map(|line| line.windows(2));
    let near = |edge: &&[[f64; 2]]| (edge[0][0] - x) * (edge[1][0] - x) <= 0.0 && edge[0][0] != edge[1][0];
    let edge = edges.clone().find(near).unwrap_or_else(|| panic!("no line at {x}"));
    edge[0][1] + (edge[1][1] - edge[0][1]) * (x - edge[0][0]) / (edge[1][0] - edge[0][0])
}

fn check(svg: &str, most: usize) {
    for (name, is_north) in [("ALAND", true), ("BELAND", false)] {
        let all = starts(svg, name);
        assert!((1..=most).contains(&all.len()), "{name}: {} times", all.len());
        for [x, y] in all {
            let line = line_at(svg, x);
            assert_eq!(y < line, is_north, "{name} at {x}, {y}; the line at {line}");
            assert!((y - line).abs() > 0.5 && (y - line).abs() < 15.0, "{name} at {x}, {y}; the line at {line}");
        }
    }
}

fn sheets(is_turned: bool) -> Vec<merestone::map::Plate> {
    let mut spec = AlbumSpec::default();
    spec.plate = PlateSpec { layers: vec![LayerSpec::of("line")], ..PlateSpec::default() };
    spec.plate.paper = Paper { width_mm: Some(420.0), height_mm: Some(297.0), ..Paper::default() };
    spec.scale = 50_000.0;
    let layer = layer(is_turned);
    let lines = [layer.content.clone()];
    let album = Album::new(&lines, None, spec, vec![layer], &PlateOptions::default());
    let album = album.unwrap_or_else(|error| panic!("{error}"));
    let pages = album.pages().into_iter().filter(|page| matches!(page, AlbumPage::Sheet(_)));
    pages.map(|page| album.page(page).expect("a sheet")).collect()
}

#[test]
fn every_sheet_of_an_album_names_both_states_whichever_way_the_line_is_drawn() {
    for is_turned in [false, true] {
        let sheets = sheets(is_turned);
        assert!(sheets.len() > 2);
        for sheet in sheets {
            check(sheet.svg(), 3);
            assert!(sheet.findings.is_empty(), "{:?}", sheet.findings);
        }
    }
}
