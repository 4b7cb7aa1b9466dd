//! Unusual user data: points only, a garden, both sides of the antimeridian, a pole, the world, a chequerboard.

use super::user_data::{layer, spec, square, territory};
use geo::{Coord, LineString, Polygon};
use merestone::map::{Plate, PlateOptions, PlateSpec, draw};
use merestone::model::{Content, Layer, Line, Meta, Name, Place, Role, Status, Territory};
use std::collections::{BTreeMap, BTreeSet};

pub fn bare(layers: &[Layer]) -> Plate {
    let ids: Vec<&str> = layers.iter().map(|l| l.info.id.as_str()).collect();
    draw(&spec(&ids), layers, &PlateOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

pub fn territories(all: Vec<Territory>) -> Vec<Layer> {
    vec![layer("land", Role::Territory, Content::Territories(all))]
}

pub fn box_of(id: &str, west: f64, south: f64, east: f64, north: f64) -> Territory {
    let steps = 24;
    let along = |a: (f64, f64), b: (f64, f64)| {
        (0..steps)
            .map(move |i| f64::from(i) / f64::from(steps))
            .map(move |t| Coord { x: a.0 + (b.0 - a.0) * t, y: a.1 + (b.1 - a.1) * t })
    };
    let corners = [(west, south), (east, south), (east, north), (west, north)];
    let mut ring: Vec<Coord> = (0..4).flat_map(|i| along(corners[i], corners[(i + 1) % 4])).collect();
    ring.push(ring[0]);
    territory(id, vec![Polygon::new(LineString(ring), vec![])])
}

#[test]
fn places_alone() {
    let place = |id: &str, x: f64, y: f64| Place {
        meta: Meta { id: id.into(), name: Name::plain(id), kind: Some("town".into()), ..Meta::default() },
        position: Coord { x, y },
        rank: 2,
    };
    let several = vec![place("Here", 10.0, 50.0), place("There", 11.0, 50.4)];
    let sheet = bare(&[layer("places", Role::Place, Content::Places(several))]);
    assert!(sheet.svg().contains(">Here<") && sheet.svg().contains(">There<"));
    let sheet = bare(&[layer("places", Role::Place, Content::Places(vec![place("Alone", -70.0, -33.0)]))]);
    assert!(sheet.svg().contains(">Alone<") && sheet.scale < 100_000.0);
}

#[test]
fn a_garden_of_three_metres_fills_its_sheet() {
    let sheet = bare(&territories(vec![box_of("garden", 10.0, 50.0, 10.00004, 50.00003)]));
    assert!(sheet.scale <= 250.0, "1:{}", sheet.scale);
}

#[test]
fn both_sides_of_the_antimeridian_stand_side_by_side() {
    let sheet = bare(&territories(vec![
        box_of("west", 177.0, -19.0, 180.0, -16.0),
        box_of("east", -180.0, -19.0, -178.0, -16.0),
    ]));
    assert!(sheet.scale < 5_000_000.0, "1:{}: the plate shows the whole world", sheet.scale);
    for label in ["178°E", "180°", "179°W"] {
        assert!(sheet.svg().contains(label), "{label}");
    }
    for symbol in ["region-west", "region-east"] {
        assert!(sheet.legend.iter().any(|e| e.symbol == symbol), "{symbol}");
    }
}

#[test]
fn a_pole_lies_within_its_plate() {
    for (south, north) in [(66.0, 84.0), (-84.0, -64.0)] {
        let sheet = bare(&territories(vec![box_of("ice", -179.0, south, 179.0, north)]));
        assert!(sheet.svg().contains("Polar stereographic"));
        assert!(sheet.scale < 60_000_000.0, "1:{}", sheet.scale);
    }
}

#[test]
fn the_whole_world() {
    let all =
        (0..12).map(|i| f64::from(i) * 30.0 - 180.0).map(|x| box_of(&format!("strip{x}"), x, -90.0, x + 30.0, 90.0));
    let sheet = bare(&territories(all.collect()));
    assert!(sheet.svg().contains("Equal Earth") && sheet.scale >= 100_000_000.0, "1:{}", sheet.scale);
    assert!(!sheet.svg().contains("NaN") && !sheet.svg().contains("inf"));
}

/// Fill colours of the first territories of a sheet, in the order of the data.
fn fills(svg: &str, count: usize) -> Vec<&str> {
    let fill = |group: &'_ str| group.find("fill=\"#").map(|at| at + 7);
    let groups = svg.split("<g class=\"territories\">\n<path").skip(1);
    groups.filter_map(|group| Some(&group[fill(group)?..][..6])).take(count).collect()
}

#[test]
fn of_two_hundred_territories_no_neighbours_share_a_hue() {
    let (columns, rows) = (20, 10);
    let id = |x: usize, y: usize| format!("t{x:02}-{y:02}");
    // Every other row is displaced by half a square: each territory has six neighbours.
    let cell = |x: usize, y: usize| {
        let west = x as f64 + if y % 2 == 1 { 0.5 } else { 0.0 };
        let (south, half) = (y as f64, 0.5);
        let ring = [(0.0, 0.0), (half, 0.0), (1.0, 0.0), (1.0, 1.0), (half, 1.0), (0.0, 1.0), (0.0, 0.0)];
        let ring = ring.map(|(dx, dy)| Coord { x: 10.0 + west + dx, y: 40.0 + south + dy });
        territory(&id(x, y), vec![Polygon::new(LineString(ring.to_vec()), vec![])])
    };
    let all = (0..rows).flat_map(|y| (0..columns).map(move |x| cell(x, y))).collect();
    let sheet = bare(&territories(all));
    let entries: Vec<&str> = sheet.legend.iter().map(|e| e.symbol.as_str()).collect();
    assert!(entries.contains(&"territories") && !entries.iter().any(|e| e.starts_with("region-")), "{entries:?}");
    let fills = fills(sheet.svg(), columns * rows);
    let fill: BTreeMap<(usize, usize), &str> =
        (0..columns * rows).map(|i| ((i % columns, i / columns), fills[i])).collect();
    for (&(x, y), hue) in &fill {
        let shift = y % 2;
        let around = [(x + 1, y), (x + shift, y + 1), ((x + shift).wrapping_sub(1), y + 1)];
        for other in around.into_iter().filter_map(|at| fill.get(&at)) {
            assert_ne!(hue, other, "{}", id(x, y));
        }
    }
}

#[test]
fn each_claimant_has_a_hue_and_a_dash_of_its_own() {
    let claim = |id: &str, by: &str, x: f64| {
        let mut line = Line {
            meta: Meta { id: id.into(), kind: Some("state".into()), ..Meta::default() },
            left: Some("A".into()),
            right: Some("B".into()),
            status: Status::Disputed,
            runs: vec![LineString(vec![Coord { x, y: 50.1 }, Coord { x, y: 50.9 }])],
            published_length_km: None,
        };
        line.meta.evidence.asserted_by = Some(by.into());
        line
    };
    let land = territories(vec![territory("A", vec![Polygon::new(square(10.0, 50.0, 1.0), vec![])])]);
    let lines = layer("lines", Role::Line, Content::Lines(vec![claim("one", "A", 10.4), claim("two", "B", 10.6)]));
    let sheet = bare(&[land, vec![lines]].concat());
    let disputed: Vec<_> = sheet.legend.iter().filter(|e| e.symbol.contains("disputed")).collect();
    assert_eq!(disputed.len(), 2);
    assert!(disputed[0].text.ends_with("claimed by A") && disputed[1].text.ends_with("claimed by B"));
    let stroke = |symbol: &str| {
        let drawn = sheet.svg().split_once(&format!("<g class=\"{symbol}\">\n<path")).expect("it is drawn").1;
        drawn.split_once("stroke=").expect("it is a line").1.split_once("/>").expect("it ends").0.to_owned()
    };
    let strokes: BTreeSet<String> = disputed.iter().map(|e| stroke(&e.symbol)).collect();
    let dashes: BTreeSet<&str> = strokes.iter().filter_map(|s| s.split_once("dasharray=")).map(|(_, d)| d).collect();
    assert_eq!((strokes.len(), dashes.len()), (2, 2), "{strokes:?}");
}

#[test]
fn every_projection_asked_for_is_the_one_drawn() {
    let land = territories(vec![box_of("land", 44.0, 39.0, 46.0, 41.0)]);
    let text = |kind: &str| format!("[projection]\nkind = \"{kind}\"\n[[layers]]\nid = \"land\"\n");
    for (kind, words) in [
        ("lambert", "Lambert conformal conic projection"),
        ("transverse-mercator", "Transverse Mercator projection, central meridian 45°, scale there 1"),
        ("utm", "Transverse Mercator projection, central meridian 45°, scale there 0.9996"),
        ("gauss-kruger", "Transverse Mercator projection, central meridian 45°, scale there 1"),
        ("equal-earth", "Equal Earth projection (equal-area), central meridian 45°"),
        ("web-mercator", "Web Mercator projection"),
    ] {
        let spec = PlateSpec::parse(&text(kind), "t.toml").expect("a specification");
        let sheet = draw(&spec, &land, &PlateOptions::default()).expect("it draws");
        let lines: String =
            sheet.svg().split("</text>").filter_map(|t| t.rsplit_once('>')).map(|t| format!("{} ", t.1)).collect();
        assert!(lines.contains(words), "{kind}: {lines}");
    }
}

#[test]
fn a_sheet_too_small_for_its_legend_is_refused_and_not_overprinted() {
    let mut spec = PlateSpec::preset("syunik-routes").expect("listed");
    let data = super::layers(&spec);
    spec.paper = PlateSpec::parse("[paper]\nwidth_mm = 200\nheight_mm = 125\n", "t").expect("paper").paper;
    spec.frame.scale = Some(2_000_000.0);
    let error = draw(&spec, &data, &super::options(&spec, &data)).unwrap_err();
    assert!(matches!(error, merestone::map::MapError::PanelFull { .. }), "{error}");
}

/// On A4 the panel is wider, notes and sources are at the foot, and omissions are reported.
#[test]
fn a_full_sheet_finds_room_on_a4() {
    for orientation in ["landscape", "portrait"] {
        let mut spec = PlateSpec::preset("syunik-routes").expect("listed");
        let data = super::layers(&spec);
        let paper = format!("[paper]\nsize = \"A4\"\norientation = \"{orientation}\"\n");
        spec.paper = PlateSpec::parse(&paper, "t").expect("paper").paper;
        spec.frame.scale = Some(1_250_000.0);
        let sheet = draw(&spec, &data, &super::options(&spec, &data)).expect("it draws");
        let words: String = sheet.svg().split("</text>").filter_map(|t| t.rsplit_once('>')).map(|t| t.1).collect();
        for must in ["no opinion", "ODbL", "Southern railway", "Crossings", "State boundary, undefined", "1:1 250 000"]
        {
            assert!(words.contains(must), "{orientation}: {must}");
        }
        assert_eq!(sheet.svg().contains("<g id=\"locator\">"), !sheet.left_out.contains(&"the locator"));
        let translated = words.contains("Dövlət sərhədi, müəyyən edilməyib");
        assert_eq!(translated, !sheet.left_out.contains(&"other languages in the legend"), "{:?}", sheet.left_out);
    }
}

/// A vertex on a neighbour's edge splits that edge: the plate equals the one of data with common vertices.
#[test]
fn edges_meeting_at_t_junctions_are_a_border() {
    let ring = |corners: &[(f64, f64)]| {
        let mut ring: Vec<Coord> = corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        ring.push(ring[0]);
        Polygon::new(LineString(ring), vec![])
    };
    // The southern edge of the north contains two corners of the south, one of them 0.1 m off.
    let north = [(10.0, 50.0), (12.0, 50.0), (12.0, 51.0), (10.0, 51.0)];
    let with_vertices = [(10.0, 50.0), (10.5, 50.0), (11.5, 50.0000007), (12.0, 50.0), (12.0, 51.0), (10.0, 51.0)];
    let south = [(10.5, 49.0), (11.5, 49.0), (11.5, 50.0000007), (10.5, 50.0)];
    let sheet = |north: &[(f64, f64)]| {
        let land = vec![territory("north", vec![ring(north)]), territory("south", vec![ring(&south)])];
        bare(&territories(land))
    };
    let (t_junctions, common) = (sheet(&north), sheet(&with_vertices));
    assert!(common.legend.iter().any(|e| e.symbol == "boundary-territory-unspecified"), "{:?}", common.legend);
    assert_eq!(t_junctions.svg(), common.svg());
}

/// No edge is shared: a row of squares meets one of half their width, and another is slightly off.
#[test]
fn neighbours_that_touch_without_a_common_edge_differ_in_hue() {
    let mut all = Vec::new();
    for i in 0..6 {
        let x = 10.0 + f64::from(i);
        all.push(box_of(&format!("north{i}"), x, 50.0, x + 1.0, 51.0));
        all.push(box_of(&format!("south{i}"), x + 0.37, 49.0, x + 1.37, 50.0));
        all.push(box_of(&format!("third{i}"), x, 51.0005, x + 1.0, 52.0));
    }
    let sheet = bare(&territories(all));
    let fills = fills(sheet.svg(), 18);
    let hue = |row: usize, i: usize| fills[3 * i + row];
    for i in 0..6 {
        assert_ne!(hue(0, i), hue(1, i), "north{i} lies on south{i}");
        assert_ne!(hue(0, i), hue(2, i), "third{i} lies on north{i}");
        if i > 0 {
            assert_ne!(hue(0, i), hue(1, i - 1), "north{i} lies on south{}", i - 1);
            assert!((0..3).all(|row| hue(row, i) != hue(row, i - 1)), "next to each other in a row");
        }
    }
}

/// The world in every projection: the sheet, or an error that names the projection; never a broken one.
#[test]
fn the_world_on_a_projection_that_cannot_show_it_is_refused() {
    let all =
        (0..12).map(|i| f64::from(i) * 30.0 - 180.0).map(|x| box_of(&format!("strip{x}"), x, -90.0, x + 30.0, 90.0));
    let land = territories(all.collect());
    let mut drawn = Vec::new();
    for kind in [
        "kind = \"lambert\"",
        "kind = \"lambert\"\nparallels = [30.0, 60.0]",
        "kind = \"lambert\"\nparallels = [-20.0, 20.0]",
        "kind = \"lambert\"\ncentral_meridian = 45.0",
        "kind = \"transverse-mercator\"",
        "kind = \"utm\"",
        "kind = \"utm\"\nzone = 38",
        "kind = \"gauss-kruger\"",
        "kind = \"equal-earth\"",
        "kind = \"equal-earth\"\ncentral_meridian = -160.0",
        "kind = \"web-mercator\"",
    ] {
        let text = format!("[projection]\n{kind}\n[[layers]]\nid = \"land\"\n");
        let spec = PlateSpec::parse(&text, "t.toml").expect("a specification");
        match draw(&spec, &land, &PlateOptions::default()) {
            Ok(sheet) => {
                assert!(!sheet.svg().contains("NaN") && !sheet.svg().contains("inf"), "{kind}");
                drawn.push(kind);
            }
            Err(error) => {
                assert!(matches!(error, merestone::map::MapError::Projection { .. }), "{kind}: {error}");
            }
        }
    }
    assert!(drawn.contains(&"kind = \"lambert\"") && drawn.contains(&"kind = \"web-mercator\""), "{drawn:?}");
}

#[test]
fn every_paper_in_both_orientations() {
    let land = territories(vec![box_of("land", 44.0, 39.0, 46.0, 41.0)]);
    for (size, short, long) in
        [("A4", 210.0, 297.0), ("A3", 297.0, 420.0), ("A2", 420.0, 594.0), ("A1", 594.0, 841.0), ("A0", 841.0, 1189.0)]
    {
        for (orientation, width, height) in [("portrait", short, long), ("landscape", long, short)] {
            let text =
                format!("[paper]\nsize = \"{size}\"\norientation = \"{orientation}\"\n[[layers]]\nid = \"land\"\n");
            let spec = PlateSpec::parse(&text, "t.toml").expect("a specification");
            let sheet = draw(&spec, &land, &PlateOptions::default()).expect("it draws");
            assert_eq!((sheet.width_mm, sheet.height_mm), (width, height));
        }
    }
}
