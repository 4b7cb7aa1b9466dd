//! Faults found by independent tests: small inputs and their right values.

use crate::ids::Folder;
use serde_json::{Value, json};

fn collection(features: &[Value]) -> String {
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

fn feature(id: &str, properties: Value, kind: &str, coordinates: Value) -> Value {
    json!({"type": "Feature", "id": id, "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}})
}

fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Value {
    json!([[[west, south], [east, south], [east, north], [west, north], [west, south]]])
}

fn close(value: &Value, right: f64, within: f64) {
    let found = value.as_f64().unwrap_or(f64::NAN);
    assert!((found - right).abs() <= within, "{found} instead of {right}");
}

#[test]
fn an_own_id_of_1_point_0_is_1() {
    let squares = |id: &str| {
        let all = [(20.0, id.to_owned()), (20.1, "2".to_owned())];
        let one = |(west, id): &(f64, String)| {
            let id: Value = serde_json::from_str(id).expect("a number");
            json!({"type": "Feature", "id": id, "properties": {},
                "geometry": {"type": "Polygon", "coordinates": rectangle(*west, 45.0, west + 0.1, 45.1)}})
        };
        collection(&all.iter().map(one).collect::<Vec<_>>())
    };
    let folder = Folder::new();
    folder.file("before.geojson", &squares("1.0")).file("after.geojson", &squares("1"));
    let (answer, _) = folder.ask(&["ledger", "before.geojson", "after.geojson"]);
    assert_eq!(answer["results"]["pieces"], json!([]));
}

#[test]
fn a_geocentric_system_is_refused() {
    let folder = Folder::new();
    folder.file("p.geojson", &collection(&[feature("p", json!({}), "Point", json!([5.0, 5.0]))]));
    let said = folder.refused(&["convert", "p.geojson", "o.csv", "--to", "EPSG:4978"]);
    assert!(said.contains("three axes"), "{said}");
}

/// The sides of the proposal and of the territories coincide but for rounding: noding made more pieces in each round and
/// did not end.
#[test]
fn sides_that_coincide_but_for_rounding_are_overlaid() {
    let folder = Folder::new();
    folder
        .file("t.geojson", include_str!("regressions/geodesic-sides.geojson"))
        .file("q.geojson", include_str!("regressions/geodesic-sides-proposal.geojson"));
    let (answer, _) = folder.ask(&["ledger", "t.geojson", "q.geojson", "--axes", "xy"]);
    let areas = answer["results"]["pieces"].as_array().expect("pieces").iter().map(|piece| piece["area_m2"].as_f64());
    // The proposal's own land (pyproj, Geod.polygon_area_perimeter of its positions, 376 872.74 km²).
    let largest = areas.flatten().fold(0.0, f64::max);
    assert!((largest / 376_872_737_794.5 - 1.0).abs() < 1e-6, "{largest}");
}

/// 282 503.558 m is the distance of the western ends (pyproj), and brute force over samples of 1.5 km gives the same.
#[test]
fn the_frechet_distance_of_lines_far_apart() {
    let line = |a: [f64; 2], b: [f64; 2]| collection(&[feature("l", json!({}), "LineString", json!([a, b]))]);
    let folder = Folder::new();
    folder.file("a.geojson", &line([8.0, 50.02], [22.0, 50.3])).file("b.geojson", &line([11.0, 49.0], [19.0, 52.0]));
    let (answer, _) = folder.ask(&["compare", "a.geojson", "b.geojson", "--axes", "xy"]);
    close(&answer["results"]["frechet_m"], 282_503.558, 1e-4 * 282_503.558);
}

/// Land around the pole is bounded by its parallel alone: 10° of the meridian from 80° N are 1 116 825 m (pyproj).
#[test]
fn a_pole_is_no_line() {
    let known = |metres: f64| json!({"position_accuracy_m": metres});
    let cap = feature("A", known(100.0), "Polygon", rectangle(-180.0, 80.0, 180.0, 90.0));
    let belt = feature("B", known(100.0), "Polygon", rectangle(-180.0, 70.0, 180.0, 80.0));
    let places = [("pole", [0.0, 90.0]), ("near", [77.0, 89.9999]), ("on180", [180.0, 85.0])];
    let places = places.map(|(id, at)| feature(id, known(10.0), "Point", json!(at)));
    let folder = Folder::new();
    folder.file("t.geojson", &collection(&[cap, belt])).file("p.geojson", &collection(&places));
    let (answer, _) = folder.ask(&["decide", "p.geojson", "--territories", "t.geojson", "--axes", "xy"]);
    let rows = answer["results"]["features"].as_array().expect("features");
    for row in rows {
        assert_eq!((&row["verdict"], &row["territory"]), (&json!("inside"), &json!("A")), "{row}");
    }
    close(&rows[0]["distance_m"], 1_116_825.0, 150.0);
}

#[test]
fn a_route_between_two_pieces_is_on_the_outline_of_both_whichever_way_it_is_drawn() {
    let land = [(9.0, "A"), (12.0, "B"), (13.5, "C")];
    let land = land.map(|(west, id)| feature(id, json!({}), "Polygon", rectangle(west, 44.0, west + 1.5, 46.0)));
    let piece = |id: &str, west: f64, to: &str| {
        feature(id, json!({"from": "A", "to": to}), "Polygon", rectangle(west, 44.5, west + 0.25, 45.5))
    };
    let folder = Folder::new();
    folder.file("t.geojson", &collection(&land));
    folder.file("q.geojson", &collection(&[piece("q", 9.5, "B"), piece("s", 9.75, "C")]));
    for ends in [[44.6, 45.4], [45.4, 44.6]] {
        let line = json!([[9.75, ends[0]], [9.75, ends[1]]]);
        folder.file("r.geojson", &collection(&[feature("r", json!({"mode": "road"}), "LineString", line)]));
        let (answer, _) = folder.ask(&["ledger", "t.geojson", "q.geojson", "--routes", "r.geojson", "--axes", "xy"]);
        for to in ["B", "C"] {
            let pieces = answer["results"]["pieces"].as_array().expect("pieces");
            let route = &pieces.iter().find(|piece| piece["to"] == to).expect("a piece")["routes"][0];
            assert_eq!(route["length_m"], json!(0.0), "{route}");
            // 0.8° of the meridian from 44.6° N: 88 905 m (pyproj).
            close(&route["on_border_m"], 88_905.0, 1.0);
        }
    }
}

#[test]
fn of_a_settlement_on_the_line_the_smaller_side_is_cut_off_in_either_hemisphere() {
    let folder = Folder::new();
    let shares = [1.0, -1.0].map(|sign| {
        let land = rectangle(9.0, f64::min(44.0 * sign, 46.0 * sign), 11.0, f64::max(44.0 * sign, 46.0 * sign));
        let line = json!([[9.9, 45.1 * sign], [10.0, 45.0 * sign], [10.1, 45.0 * sign]]);
        let place = feature("v", json!({"kind": "village", "name": "V"}), "Point", json!([10.0, 45.0 * sign]));
        folder.file("t.geojson", &collection(&[feature("A", json!({}), "Polygon", land)]));
        folder.file("l.geojson", &collection(&[feature("l", json!({}), "LineString", line)]));
        folder.file("p.geojson", &collection(&[place]));
        let arguments =
            ["severance", "l.geojson", "--places", "p.geojson", "--territories", "t.geojson", "--axes", "xy"];
        folder.ask(&arguments).0["results"]["land"][0]["cut_off_share"].as_f64().expect("a share")
    });
    assert!((shares[0] - shares[1]).abs() < 1e-6 && shares[0] < 0.5, "{shares:?}");
}

#[test]
fn a_settlement_on_an_outline_at_180_counts_on_neither_side() {
    let village = |id: &str, lon: f64| feature(id, json!({"kind": "village"}), "Point", json!([lon, 45.5]));
    let folder = Folder::new();
    let land = [(179.0, 2.0, "A"), (181.0, 1.0, "B")];
    let land = land.map(|(west, wide, id)| feature(id, json!({}), "Polygon", rectangle(west, 44.0, west + wide, 46.0)));
    let piece = feature("q", json!({"from": "A", "to": "B"}), "Polygon", rectangle(179.5, 44.5, 180.5, 45.5));
    folder.file("t.geojson", &collection(&land)).file("q.geojson", &collection(&[piece]));
    folder.file("p.geojson", &collection(&[village("v", 180.0), village("u", 179.9)]));
    let (answer, said) = folder.ask(&["ledger", "t.geojson", "q.geojson", "--places", "p.geojson", "--axes", "xy"]);
    assert_eq!(answer["results"]["pieces"][0]["settlements"], json!([]));
    assert_eq!(said.matches("counts on neither side").count(), 2, "{said}");
}

#[test]
fn runs_that_join_are_one_line_for_marks() {
    let runs = json!([[[9.9, 45.0], [10.0, 45.0]], [[10.0, 45.0], [10.1, 45.0]]]);
    let folder = Folder::new();
    folder.file("l.geojson", &collection(&[feature("l", json!({}), "MultiLineString", runs)]));
    let (answer, _) = folder.ask(&["marks", "l.geojson", "--max-spacing", "5000", "--axes", "xy"]);
    let results = &answer["results"];
    // 15.77 km in four lengths.
    assert_eq!(results["marks"].as_array().map(Vec::len), Some(5), "{results}");
    assert_eq!(results["lines"][0]["marks"], json!(5));
}

/// Two roads end 7.9 m on either side of a meridian: geodesic of 15.769 m (pyproj).
#[test]
fn gaps_of_a_network_are_bridged_across_180() {
    let folder = Folder::new();
    for middle in [10.0, 180.0] {
        let wrapped = |lon: f64| if lon > 180.0 { lon - 360.0 } else { lon };
        let road = |id: &str, from: f64, to: f64| {
            let ends = json!([[wrapped(middle + from), 45.0], [wrapped(middle + to), 45.0]]);
            feature(id, json!({"highway": "primary"}), "LineString", ends)
        };
        folder.file("n.geojson", &collection(&[road("w", -0.1, -0.0001), road("e", 0.0001, 0.1)]));
        let via = |by: f64| format!("{},45", wrapped(middle + by));
        let (west, east) = (via(-0.05), via(0.05));
        for option in ["--bridge", "--snap"] {
            let arguments = ["trace", "--network", "n.geojson", "--via", &west, "--via", &east, option, "50"];
            let (answer, _) = folder.ask(&arguments);
            close(&answer["results"]["length_m"], 7884.683, 1e-3);
            close(&answer["results"]["links"][0]["width_m"], 15.769, 1e-3);
        }
        let arguments = ["trace", "--network", "n.geojson", "--via", &west, "--via", &east];
        let said = folder.refused(&arguments);
        assert!(said.contains("the gap between them is 15.8 m"), "{said}");
    }
}

#[test]
fn a_hole_that_touches_its_shell_is_no_self_touch_where_180_cuts_both() {
    let folder = Folder::new();
    let shell = json!([[179.8, 44.5], [180.3, 44.5], [180.3, 45.5], [179.8, 45.5], [179.8, 45.0], [179.8, 44.5]]);
    let hole = json!([[179.8, 45.0], [180.1, 45.1], [180.1, 44.9], [179.8, 45.0]]);
    folder.file("a.geojson", &collection(&[feature("A", json!({}), "Polygon", json!([shell, hole]))]));
    let (answer, _) = folder.ask(&["check", "a.geojson", "--no-reference"]);
    let codes: Vec<&str> =
        answer["results"].as_array().expect("a list").iter().map(|one| one["code"].as_str().expect("text")).collect();
    assert_eq!(codes, ["antimeridian"]);
}

/// A road crosses the line in a vertex of its own, another turns back there.
#[test]
fn a_description_names_roads_that_cross_in_a_vertex() {
    let folder = Folder::new();
    let road =
        |name: &str, course: Value| feature(name, json!({"name": name, "highway": "primary"}), "LineString", course);
    let roads = [
        road("M1", json!([[10.0, 44.9], [10.0, 45.0], [10.0, 45.1]])),
        road("M3", json!([[9.95, 45.1], [9.95, 45.0], [9.955, 45.1]])),
    ];
    folder.file("r.geojson", &collection(&roads));
    for points in [json!([[9.9, 45.0], [10.1, 45.0]]), json!([[9.9, 45.0], [10.0, 45.0], [10.1, 45.0]])] {
        let line = feature("l", json!({"left": "A", "right": "B"}), "LineString", points);
        folder.file("l.geojson", &collection(&[line]));
        let (answer, _) = folder.ask(&["describe", "l.geojson", "--roads", "r.geojson"]);
        let text = answer["results"]["paragraphs"].to_string();
        assert_eq!(text.matches("crossing the highway M1").count(), 1, "{text}");
        assert!(!text.contains("M3"), "{text}");
    }
}

/// The GeoJSON of a catalogue across ±180° is cut there; read again, it gives the same table.
#[test]
fn a_catalogue_across_180_is_cut_in_geojson_alone() {
    let folder = Folder::new();
    folder.file("c.csv", "number,lat,lon\n7,45.0,179.95\n8,45.01,-179.95\n9,45.02,180.0\n10,45.03,179.9\n");
    let (table, _) = folder.ask(&["catalogue", "--read", "c.csv"]);
    let line = folder.geojson(&["catalogue", "--read", "c.csv"]);
    folder.file("l.geojson", &line.to_string());
    assert_eq!(line["features"][0]["geometry"]["type"], "MultiLineString");
    let (again, _) = folder.ask(&["catalogue", "l.geojson"]);
    assert_eq!(again["results"]["points"], table["results"]["points"]);
    assert_eq!(table["results"]["points"].as_array().map(Vec::len), Some(4));
}

/// The text of a line across ±180° agrees with it; a wrong number of a point is found at its clause, and nowhere else.
#[test]
fn an_audit_at_180_and_of_a_wrong_number() {
    let folder = Folder::new();
    for middle in [10.0, 180.0] {
        let wrapped = |lon: f64| if lon > 180.0 { lon - 360.0 } else { lon };
        let points = [(-0.01, 45.0), (0.01, 45.0), (0.03, 45.001), (0.05, 45.0), (0.05, 45.02)];
        let points: Vec<_> = points.iter().map(|(by, lat)| json!([wrapped(middle + by), lat])).collect();
        folder.file("l.csv", &{
            let row = |(i, at): (usize, &Value)| format!("{},{},{}\n", i + 1, at[1], at[0]);
            "number,lat,lon\n".to_owned() + &points.iter().enumerate().map(row).collect::<String>()
        });
        let mut line = folder.geojson(&["catalogue", "--read", "l.csv"]);
        let only = line["features"][0].take();
        let only = feature(
            "l",
            json!({"left": "A", "right": "B"}),
            only["geometry"]["type"].as_str().expect("text"),
            only["geometry"]["coordinates"].clone(),
        );
        folder.file("l.geojson", &collection(&[only]));
        assert!(folder.run(&["describe", "l.geojson", "--output", "t.md"]).status.success());
        let (answer, _) = folder.ask(&["audit", "t.md", "--line", "l.geojson"]);
        let totals = &answer["results"]["totals"];
        assert!(totals["contradict"] == 0 && totals["agree"].as_u64() > Some(8), "{middle}: {totals}");
        let text = folder.text("t.md").replace("\u{a0}3.", "\u{a0}5.");
        folder.file("w.md", &text);
        let (answer, _) = folder.ask(&["audit", "w.md", "--line", "l.geojson"]);
        let wrong = answer["results"]["results"].as_array().expect("a list").iter();
        let clauses: std::collections::BTreeSet<u64> = wrong
            .filter(|row| row["verdict"] == "contradict")
            .map(|row| row["clause"].as_u64().expect("a number"))
            .collect();
        assert_eq!(clauses.len(), 1, "{middle}: {}", answer["results"]);
    }
}

/// The title of the window is no text of the paper.
#[test]
fn html_is_read_as_markdown_is() {
    let folder = Folder::new();
    let line = feature("l", json!({"left": "A", "right": "B"}), "LineString", json!([[9.9, 45.0], [10.1, 45.0]]));
    folder.file("l.geojson", &collection(&[line]));
    let trees = ["t.md", "t.html"].map(|name| {
        assert!(folder.run(&["describe", "l.geojson", "--output", name]).status.success());
        folder.ask(&["parse", name]).0["results"]["texts"][0]["description"].clone()
    });
    assert_eq!(trees[0], trees[1]);
    assert_eq!(trees[0]["sections"].as_array().map(Vec::len), Some(1), "{}", trees[0]);
}

/// The lengths of a regular pentagon fit in both directions: ties tell which is meant. The ring is counter-clockwise in
/// the file, and clockwise in the text.
#[test]
fn an_audit_of_a_ring_of_equal_legs() {
    let at = |k: i32, metres: f64| {
        let (sin, cos) = (f64::from(k) * 72.0_f64.to_radians()).sin_cos();
        // Metres of a degree at 50° N: Snyder 1987, table 11.
        json!([10.0 + metres * cos / 71_698.0, 50.0 + metres * sin / 111_229.0])
    };
    let ring: Vec<Value> = (0..=5).map(|k| at(k % 5, 250.0)).collect();
    let known = json!({"left": "Alpha", "right": "Beta", "position_accuracy_m": 1.0});
    let place = |k: i32| {
        let properties = json!({"kind": "village", "name": format!("Village{k}"), "position_accuracy_m": 0.1});
        feature(&format!("p{k}"), properties, "Point", at(k, 300.0 + 20.0 * f64::from(k)))
    };
    let folder = Folder::new();
    folder
        .file("l.geojson", &collection(&[feature("l", known, "LineString", json!(ring))]))
        .file("p.geojson", &collection(&(0..5).map(place).collect::<Vec<_>>()));
    let described = folder.run(&["describe", "l.geojson", "--places", "p.geojson", "--output", "t.md"]);
    assert!(described.status.success());
    let (answer, _) = folder.ask(&["audit", "t.md", "--line", "l.geojson", "--places", "p.geojson"]);
    assert_eq!(answer["results"]["totals"]["contradict"], 0, "{:#}", answer["results"]);
    assert!(answer["results"]["totals"]["agree"].as_u64().unwrap_or_default() > 10);
}

#[test]
fn marks_keep_their_numbers() {
    let line: Vec<Value> = (0..6).map(|k| json!([10.0 + 0.01 * f64::from(k), 45.0])).collect();
    let known = json!({"left": "Alpha", "right": "Beta", "position_accuracy_m": 1.0});
    let mark =
        |k: i32, number: &str| feature(&format!("f{k}"), json!({"number": number}), "Point", line[k as usize].clone());
    let folder = Folder::new();
    folder
        .file("l.geojson", &collection(&[feature("l", known, "LineString", json!(line))]))
        .file("m.geojson", &collection(&[mark(1, "2"), mark(3, "1"), mark(4, "105/2")]));
    let (answer, _) = folder.ask(&["describe", "l.geojson", "--marks", "m.geojson"]);
    let legs = answer["results"]["legs"].as_array().expect("legs");
    let ends: Vec<(&str, &str)> =
        legs.iter().map(|leg| (leg["from"].as_str().unwrap_or("?"), leg["to"].as_str().unwrap_or("?"))).collect();
    // The ends of the line have no marks: the next numbers that no mark has.
    assert_eq!(ends, [("3", "2"), ("2", "1"), ("1", "105/2"), ("105/2", "4")]);
}
