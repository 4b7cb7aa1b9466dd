//! Plates that were once wrong, each on the smallest input.

use super::odd::{bare, box_of, territories};
use super::user_data::territory;
use super::world::{ring, rings};
use geo::{Coord, LineString, Polygon};
use merestone::map::{PlateOptions, PlateSpec, draw};

pub fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Polygon {
    let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    Polygon::new(LineString(corners.map(|(x, y)| Coord { x, y }).to_vec()), vec![])
}

/// A border along a parallel, defined by its ends, is drawn as the curve that it is.
#[test]
fn a_long_edge_is_drawn_as_the_curve_that_it_is() {
    let ends = bare(&territories(vec![
        territory("north", vec![rectangle(-120.0, 49.0, -100.0, 55.0)]),
        territory("south", vec![rectangle(-120.0, 45.0, -100.0, 49.0)]),
    ]));
    let many = bare(&territories(vec![
        box_of("north", -120.0, 49.0, -100.0, 55.0),
        box_of("south", -120.0, 45.0, -100.0, 49.0),
    ]));
    assert_eq!(ends.scale, many.scale);
    let lowest = |svg: &str| {
        let line = rings(svg, "boundary-territory-unspecified");
        line.iter().flatten().map(|p| p[1]).fold(f64::MIN, f64::max)
    };
    let (found_mm, expected_mm) = (lowest(ends.svg()), lowest(many.svg()));
    assert!((found_mm - expected_mm).abs() < 0.1, "{found_mm} mm in place of {expected_mm} mm");
}

#[test]
fn plate_has_the_languages_of_its_title() {
    let mut land = vec![box_of("w", 20.0, 45.0, 20.1, 45.1), box_of("e", 20.1, 45.0, 20.2, 45.1)];
    for (land, names) in land.iter_mut().zip([["Westland", "Վեստլանդ"], ["Eastland", "Իստլանդ"]]) {
        let texts = [("en", names[0]), ("hy", names[1])].map(|(l, t)| (l.to_owned(), t.to_owned()));
        land.meta.name = merestone::model::Name { texts: texts.into(), ..Default::default() };
    }
    let text = "title = { en = \"Westland and Eastland\" }\n[[layers]]\nid = \"land\"\n";
    let spec = PlateSpec::parse(text, "test.toml").expect("a specification");
    let sheet = draw(&spec, &territories(land), &PlateOptions::default()).expect("it draws");
    assert!(sheet.svg().contains("WESTLAND"));
    assert!(!sheet.svg().contains('Վ') && !sheet.svg().contains('Ի'));
}

/// Frames of the detail maps, in millimetres.
pub fn insets(svg: &str) -> Vec<Vec<[f64; 2]>> {
    let frames = svg.split("<path ").filter(|path| path.contains("stroke-width=\"0.28\""));
    frames.filter_map(|path| Some(ring(path.split_once("d=\"M")?.1.split_once('"')?.0))).collect()
}

fn holds(frame: &[[f64; 2]], p: &[f64; 2]) -> bool {
    (0..2).all(|axis| {
        let all = || frame.iter().map(|corner| corner[axis]);
        p[axis] > all().fold(f64::MAX, f64::min) && p[axis] < all().fold(f64::MIN, f64::max)
    })
}

#[test]
fn detail_maps_hide_no_boundary_of_the_subject() {
    let enclaves: Vec<Polygon> = (0..8)
        .map(|i| (6.5 + f64::from(i % 4), 46.2 + f64::from(i / 4)))
        .map(|(x, y)| rectangle(x, y, x + 0.01, y + 0.01))
        .collect();
    let holes = enclaves.iter().map(|e| LineString(e.exterior().0.iter().rev().copied().collect())).collect();
    let host = Polygon::new(rectangle(6.0, 45.8, 10.0, 47.8).exterior().clone(), holes);
    let mut land = vec![territory("host", vec![host]), territory("owner", vec![rectangle(10.0, 45.8, 10.4, 47.8)])];
    land.extend(enclaves.into_iter().enumerate().map(|(i, part)| territory(&format!("enclave-{i}"), vec![part])));
    let sheet = bare(&territories(land));
    let insets = insets(sheet.svg());
    assert_eq!(insets.len(), 4, "detail maps");
    // The eastern border has only its ends: sample it every millimetre.
    let border = rings(sheet.svg(), "boundary-territory-unspecified");
    let long = border.iter().max_by(|a, b| tall(a).total_cmp(&tall(b))).expect("there is a border");
    let steps = tall(long).ceil() as usize;
    for pair in long.windows(2) {
        for i in 0..=steps {
            let t = i as f64 / steps as f64;
            let p = [pair[0][0] + (pair[1][0] - pair[0][0]) * t, pair[0][1] + (pair[1][1] - pair[0][1]) * t];
            assert!(!insets.iter().any(|frame| holds(frame, &p)), "a detail map lies on the border at {p:?}");
        }
    }
}

fn tall(line: &[[f64; 2]]) -> f64 {
    let y = || line.iter().map(|p| p[1]);
    y().fold(f64::MIN, f64::max) - y().fold(f64::MAX, f64::min)
}

#[test]
fn parts_far_from_each_other_have_a_detail_map_each() {
    let two = territory("two", vec![rectangle(79.387, 32.76, 79.392, 32.764), rectangle(79.95, 32.97, 80.0, 33.0)]);
    let sheet = bare(&territories(vec![territory("big", vec![rectangle(77.0, 33.0, 80.0, 36.0)]), two]));
    let frames = insets(sheet.svg());
    assert_eq!(frames.len(), 2);
    // In each frame some of the territory is drawn.
    let drawn: Vec<Vec<[f64; 2]>> = sheet
        .svg()
        .split("<g class=\"region-two\">")
        .skip(1)
        .flat_map(|group| group.split_once("</g>").expect("it ends").0.split(" d=\"M").skip(1))
        .flat_map(|path| path.split_once('"').expect("it ends").0.split('M').map(ring))
        .collect();
    for frame in frames {
        assert!(drawn.iter().any(|ring| ring.iter().all(|p| holds(&frame, p))), "a detail map shows nothing");
    }
}

#[test]
fn a_northern_state_across_the_antimeridian_stands_upright() {
    let parts = [box_of("", 30.0, 50.0, 180.0, 70.0), box_of("", -180.0, 62.0, -170.0, 70.0)];
    let land = territory("land", parts.iter().flat_map(|t| t.parts().to_vec()).collect());
    let sheet = bare(&territories(vec![land]));
    assert!(sheet.svg().contains("central meridian 110°"), "the meridian in the middle of the land");
    // No label of a meridian overlaps another.
    let labels = sheet.svg().split("<text x").filter(|text| text.contains("°00′"));
    let number = |text: &str, name: &str| -> f64 {
        let rest = text.split_once(&format!("{name}=\"")).expect("it has a place").1;
        rest.split_once('"').expect("it ends").0.parse().expect("a number")
    };
    let mut places: Vec<(f64, f64)> = labels.map(|text| (number(text, " y"), number(text, ""))).collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    assert!(places.windows(2).all(|two| two[0].0 != two[1].0 || two[1].1 - two[0].1 > 8.0), "{places:?}");
}

#[test]
fn a_cone_is_fitted_to_what_the_frame_shows() {
    let far = territory("far", vec![rectangle(4.9, 51.4, 5.0, 51.48), rectangle(-70.0, 12.4, -69.9, 12.6)]);
    let text = "frame = { scale = 25_000, centre = [4.95, 51.44] }\n[[layers]]\nid = \"land\"\n";
    let spec = PlateSpec::parse(text, "test.toml").expect("a specification");
    let sheet = draw(&spec, &territories(vec![far]), &PlateOptions::default()).expect("it draws");
    // The frame is 1′ to 3′ high: both parallels in whole minutes within it, not half degrees for the whole of the data.
    let found = sheet.svg().split_once("parallels 51°2").expect("parallels within the frame").1;
    assert!(found.contains(" and 51°2"), "parallels within the frame");
}
