//! Kinds of findings that were once wrong for some input, each with similar inputs.

use super::{check, codes, collection, feature, of_text, ring, square};
use serde_json::{Value, json};

/// The ring encloses two or more triangles whose signed sum is zero (shapely 2: Self-intersection, same positions).
#[test]
fn loops_of_equal_area_are_not_zero_area() {
    let bow = [(20.1, 45.0), (20.2, 45.1), (20.2, 45.0), (20.1, 45.1)];
    for turn in 0..4 {
        let points = [&bow[turn..], &bow[..turn]].concat();
        for points in [points.clone(), points.into_iter().rev().collect()] {
            let (code, findings) = of_text(&collection(vec![feature("a", json!([ring(&points)]))]));
            assert_eq!((code, codes(&findings)), (1, vec!["self-intersection"]), "{points:?}");
            let at: Vec<f64> = serde_json::from_value(findings[0]["position"].clone()).unwrap();
            assert!((at[0] - 20.15).abs() < 1e-9 && (at[1] - 45.05).abs() < 1e-9, "{at:?}");
        }
    }
    // Three loops; the middle one equals the two others in area.
    let three = [
        (20.0, 45.0),
        (20.0, 46.0),
        (21.0, 46.0),
        (21.0, 43.0),
        (22.0, 43.0),
        (22.0, 46.0),
        (23.0, 46.0),
        (23.0, 45.0),
    ];
    let (_, findings) = of_text(&collection(vec![feature("a", json!([ring(&three)]))]));
    assert_eq!(codes(&findings), ["self-intersection", "self-intersection"]);
    // Out and back along two edges: no area and no crossing.
    let back = [(20.0, 45.0), (20.1, 45.0), (20.1, 45.1), (20.1, 45.0)];
    let (code, findings) = of_text(&collection(vec![feature("a", json!([ring(&back)]))]));
    assert_eq!((code, codes(&findings)), (0, vec!["zero-area"]));
}

#[test]
fn crossing_or_touching_outlines_are_not_non_coincident() {
    // Rectangles across each other at several angles: one overlap each.
    for turn in [0.0_f64, 5.0, 17.0, 45.0, 63.0, 88.0] {
        let (sin, cos) = turn.to_radians().sin_cos();
        let bar = |wide: f64, high: f64, (sin, cos): (f64, f64)| {
            let corners = [(-wide, -high), (wide, -high), (wide, high), (-wide, high)];
            json!([ring(&corners.map(|(x, y)| (10.0 + x * cos - y * sin, 0.5 + x * sin + y * cos)))])
        };
        let text = collection(vec![feature("a", bar(0.4, 0.05, (0.0, 1.0))), feature("b", bar(0.05, 0.3, (sin, cos)))]);
        assert_eq!(codes(&of_text(&text).1), ["overlap"], "{turn}");
    }
    // Squares that touch in a corner; a corner on a side; identical squares.
    let b = ring(&[(46.0, 39.5), (46.5, 39.0), (47.0, 39.5), (46.5, 40.0)]);
    for (b, expected) in [(square(46.0, 40.0, 1.0), vec![]), (b, vec![]), (square(45.0, 39.0, 1.0), vec!["overlap"])] {
        let text = collection(vec![feature("a", json!([square(45.0, 39.0, 1.0)])), feature("b", json!([b]))]);
        let found = of_text(&text).1;
        assert_eq!(
            codes(&found).into_iter().filter(|c| *c != "enclave-not-cut").collect::<Vec<_>>(),
            expected,
            "{found:?}"
        );
    }
}

#[test]
fn the_order_of_the_features_changes_nothing() {
    // Four around a gap, one of which overlaps its neighbour by 20 m along a side.
    let around = [
        feature("d", json!([ring(&[(45.0, 39.0), (46.0, 39.0), (46.0, 39.1), (45.0, 39.1)])])),
        feature("b", json!([ring(&[(45.0, 39.9), (46.0, 39.9), (46.0, 40.0), (45.0, 40.0)])])),
        feature("c", json!([ring(&[(45.0, 39.1), (45.1, 39.1), (45.1, 39.9), (45.0, 39.9)])])),
        feature("a", json!([ring(&[(45.9, 39.0998), (46.0, 39.0998), (46.0, 39.9), (45.9, 39.9)])])),
    ];
    let said = |order: [usize; 4]| {
        let (_, findings) = of_text(&collection(order.map(|i| around[i].clone()).to_vec()));
        findings
    };
    let first = said([0, 1, 2, 3]);
    for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]] {
        assert_eq!(said(order), first, "{order:?}");
    }
    let gap = first.iter().find(|finding| finding["code"] == "gap").unwrap();
    assert!(gap["message"].as_str().unwrap().contains("a, b, c, d"), "{gap}");
}

/// OGC 06-103r4, 6.1.11.1: the interior of a polygon is connected (shapely 2: "Interior is disconnected").
#[test]
fn disconnected_interior_is_an_error() {
    let diamond = |x: f64| ring(&[(x, 39.5), (x + 0.5, 39.9), (x + 1.0, 39.5), (x + 0.5, 39.1)]);
    let shell = ring(&[(45.0, 39.0), (47.0, 39.0), (47.0, 39.5), (47.0, 40.0), (45.0, 40.0), (45.0, 39.5)]);
    let found = |holes: &[f64]| {
        let rings: Vec<Value> = std::iter::once(shell.clone()).chain(holes.iter().map(|x| diamond(*x))).collect();
        codes_of(&collection(vec![feature("a", json!(rings))]))
    };
    // One hole touches the shell once; two connected holes touch it on both sides.
    assert!(!found(&[45.0]).contains(&"disconnected-interior".to_owned()));
    assert!(found(&[45.0, 46.0]).contains(&"disconnected-interior".to_owned()));
}

fn codes_of(text: &str) -> Vec<String> {
    codes(&of_text(text).1).into_iter().map(str::to_owned).collect()
}

#[test]
fn holes_that_share_an_edge_have_no_land_between_them() {
    let text = collection(vec![feature(
        "a",
        json!([
            square(45.0, 39.0, 1.0),
            ring(&[(45.2, 39.2), (45.2, 39.4), (45.4, 39.4), (45.4, 39.2)]),
            ring(&[(45.4, 39.2), (45.4, 39.4), (45.6, 39.4), (45.6, 39.2)]),
        ]),
    )]);
    let (_, findings) = of_text(&text);
    assert_eq!(codes(&findings), ["shared-edge"]);
    assert!(findings[0]["message"].as_str().unwrap().contains("no land lies between them"));
}

#[test]
fn bbox_must_contain_its_positions() {
    let boxed = |bbox: Value, x: f64| {
        let mut feature = feature("a", json!([square(x, 39.0, 1.0)]));
        feature["bbox"] = bbox.clone();
        let whole = json!({"type": "FeatureCollection", "bbox": bbox, "features": [self::feature("a", json!([square(x, 39.0, 1.0)]))]});
        (codes_of(&collection(vec![feature])), codes_of(&whole.to_string()))
    };
    let (none, one) = (Vec::<String>::new(), vec!["bbox".to_owned()]);
    assert_eq!(boxed(json!([45, 39, 46, 40]), 45.0), (none.clone(), none.clone()));
    assert_eq!(boxed(json!([45, 39, -10, 46, 40, 90]), 45.0), (none.clone(), none.clone()));
    assert_eq!(boxed(json!([0, 0, 1, 1]), 45.0), (one.clone(), one.clone()));
    assert_eq!(boxed(json!([45, 39, 45.5, 40]), 45.0), (one.clone(), one.clone()));
    // Across the antimeridian west is greater than east.
    assert_eq!(boxed(json!([170, 39, -170, 40]), 175.0), (none.clone(), none.clone()));
    assert_eq!(boxed(json!([170, 39, -170, 40]), -175.0), (none.clone(), none));
    assert_eq!(boxed(json!([170, 39, -170, 40]), 45.0), (one.clone(), one));
}

#[test]
fn unread_file_is_not_reported_valid() {
    assert_eq!(codes(&of_text(r#"{"type":"FeatureCollection","features":[]}"#).1), ["no-features"]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nothing.csv");
    std::fs::write(&path, "id,lon,lat\n").unwrap();
    let (_, findings) = check(&[path.to_str().unwrap(), "--no-reference"], None);
    assert!(!findings.is_empty());
}

#[test]
fn long_list_states_the_number_omitted() {
    // 4 by 4 strips: 16 overlaps, of which the largest three are listed.
    let strip = |i: f64, upright: bool| {
        let (a, b, end) = (i * 0.1, i * 0.1 + 0.01 * (i + 1.0), 1.0);
        let corners = [(a, -0.1), (b, -0.1), (b, end), (a, end)];
        json!([ring(&corners.map(|(x, y)| if upright { (45.0 + x, 0.0 + y) } else { (45.0 + y, 0.0 + x) }))])
    };
    let mut features: Vec<Value> = (0..4).map(|i| feature(&format!("v{i}"), strip(f64::from(i), true))).collect();
    features.extend((0..4).map(|i| feature(&format!("h{i}"), strip(f64::from(i), false))));
    let (_, all) = check(&["-", "--no-reference"], Some(&collection(features.clone())));
    let all: Vec<&Value> = all.iter().filter(|f| f["code"] == "overlap").collect();
    assert_eq!(all.len(), 16);
    let (_, few) = check(&["-", "--no-reference", "--list", "3"], Some(&collection(features)));
    let area = |f: &Value| f["measure"]["area_m2"].as_f64().unwrap();
    let listed: Vec<&Value> = few.iter().filter(|f| f["code"] == "overlap").collect();
    let rest: Vec<&Value> = few.iter().filter(|f| f["code"] == "not-listed" && f["measure"]["count"] == 13).collect();
    assert_eq!((listed.len(), rest.len()), (3, 1), "{few:?}");
    let sum = |list: &[&Value]| list.iter().map(|f| area(f)).sum::<f64>();
    assert!((sum(&listed) + sum(&rest) - sum(&all)).abs() < 1e-3 * sum(&all));
    assert!(listed.iter().all(|f| area(f) * 13.0 > sum(&rest)));
}
