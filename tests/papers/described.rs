//! Descriptions from geometry: the features that a leg follows, crosses and leaves on its sides, against independent
//! numbers.

use merestone::document::description::{
    BankSide, Clause, Follow, Hand, Heading, LandmarkClass, LengthKind, PointKind, Rule, Statement, Stream, Total,
    Wind, WindCount, Words, written,
};
use merestone::document::{
    Compass, DescribeError, DescribeOptions, DescriptionContext, DescriptionLine, DescriptionReport, describe,
};
use merestone::geo::{Coord, LineString, Polygon};
use merestone::model::{Answer, Content, Edges, Line, Place, Territory};
use serde_json::Value;

/// Reference values of `tests/reference/describe.py` (pyproj).
fn reference(key: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../reference/describe.json")).expect("describe.py writes JSON");
    all[key].as_array().expect("an array").clone()
}

fn coord(value: &Value) -> Coord {
    Coord { x: value[0].as_f64().expect("a number"), y: value[1].as_f64().expect("a number") }
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().expect("a number")
}

/// A line of positions in metres east and north of 10° E, 45° N, with territories on both sides.
fn line(metres: &[(f64, f64)]) -> DescriptionLine {
    of_degrees(metres.iter().map(|&(x, y)| degrees(x, y)).collect())
}

fn of_degrees(points: Vec<Coord>) -> DescriptionLine {
    let mut line = DescriptionLine::new("line", points);
    (line.left, line.right) = (Some(Words::of("en", "Leftland")), Some(Words::of("en", "Rightland")));
    line.accuracy_m = Some(5.0);
    line
}

fn degrees(x: f64, y: f64) -> Coord {
    // Metres of a degree at 45° N: Snyder 1987, table 11 (WGS 84 differs by less than a metre).
    Coord { x: 10.0 + x / 78_847.0, y: 45.0 + y / 111_132.0 }
}

/// A feature of a layer: its id, its positions, and its properties.
type Drawn<'a> = (&'a str, &'a [(f64, f64)], Value);

/// Lines with properties, as in a layer of the context.
fn layer(features: &[Drawn<'_>]) -> Vec<Content> {
    let one = |(id, metres, properties): &(&str, &[(f64, f64)], Value)| {
        let course = LineString(metres.iter().map(|&(x, y)| degrees(x, y)).collect());
        let mut line = Line::new(*id, [course]).expect("a line");
        line.meta.properties = properties.as_object().expect("an object").clone();
        if let Some(name) = properties["name"].as_str() {
            line.meta.name = merestone::model::Name::plain(name);
        }
        line
    };
    vec![Content::Lines(features.iter().map(one).collect())]
}

fn places(all: &[(&str, f64, f64, f64, Value)]) -> Vec<Content> {
    let one = |(id, x, y, accuracy_m, properties): &(&str, f64, f64, f64, Value)| {
        let mut place = Place::new(*id, degrees(*x, *y)).expect("a place");
        place.meta.properties = properties.as_object().expect("an object").clone();
        place.meta.evidence.position_accuracy_m = Some(*accuracy_m);
        if let Some(name) = properties["name"].as_str() {
            place.meta.name = merestone::model::Name::plain(name);
        }
        place
    };
    vec![Content::Places(all.iter().map(one).collect())]
}

fn described(line: DescriptionLine, context: &DescriptionContext, options: &DescribeOptions) -> DescriptionReport {
    describe(&[line], context, options).unwrap_or_else(|error| panic!("{error}")).report
}

fn legs(report: &DescriptionReport) -> Vec<&Clause> {
    report.description.legs().map(|(_, leg)| leg).collect()
}

/// One leg for the whole line.
fn in_one() -> DescribeOptions {
    let mut options = DescribeOptions::default();
    options.simplify_m = Some(1e6);
    options
}

#[test]
fn winds_and_lengths_are_those_of_geographiclib() {
    for row in reference("legs") {
        for (winds, key) in [(WindCount::Sixteen, "wind16"), (WindCount::Eight, "wind8")] {
            let mut line = of_degrees(vec![coord(&row["from"]), coord(&row["to"])]);
            line.edges = Edges::Geodesic;
            let mut options = DescribeOptions::default();
            options.compass = Compass::Winds(winds);
            options.decimals = Some(2);
            let report = described(line, &DescriptionContext::default(), &options);
            let leg = &report.legs[0];
            assert_eq!(leg.wind.as_deref(), row[key].as_str(), "{row}");
            assert!((leg.length_m - number(&row, "distance_m")).abs() < 1e-6 * leg.length_m.max(1.0), "{row}");
            assert!((leg.azimuth_deg.expect("it has one") - number(&row, "azimuth_deg")).abs() < 1e-6, "{row}");
            let stated = legs(&report)[0].length.clone().expect("it is stated");
            if row["km"] != "0.00" {
                assert_eq!(Some(stated.value.digits()), row["km"].as_str(), "{row}");
            } else {
                assert!(stated.value.value() > 0.0, "{row}");
            }
        }
    }
}

#[test]
fn rings_have_the_area_and_perimeter_of_geographiclib_and_run_clockwise() {
    for row in reference("rings") {
        let mut line = of_degrees(row["ring"].as_array().expect("a ring").iter().map(coord).collect());
        line.edges = Edges::Geodesic;
        let report = described(line, &DescriptionContext::default(), &DescribeOptions::default());
        let area_m2 = report.area_m2.expect("a ring has one");
        assert!((area_m2 - number(&row, "area_m2")).abs() < 1e-6 * area_m2, "{row}");
        assert!((report.length_m - number(&row, "perimeter_m")).abs() < 1e-5, "{row}");
        let totals = &report.description.totals;
        let area = totals.iter().find_map(|total| if let Total::Area(area) = total { Some(area) } else { None });
        let area = area.expect("it is stated");
        assert!((area.square_metres() - area_m2).abs() <= area.half_unit_m2() * 1.000_001, "{row}");
        assert!(totals.iter().any(|total| matches!(total, Total::Perimeter(_))));
        let last = *legs(&report).last().expect("it has legs");
        let to = last.to.as_ref().expect("it ends");
        assert_eq!((to.kind, to.id.as_deref()), (PointKind::Start, Some("1")));
        // Clockwise, the enclosed land is on the right: the ring was counter-clockwise with Leftland inside, or is
        // unchanged.
        let turned: f64 = report
            .legs
            .iter()
            .map(|leg| leg.course[0])
            .zip(report.legs.iter().map(|leg| leg.course[1]))
            .map(|(a, b)| (b.x - a.x) * (b.y + a.y))
            .sum();
        assert!(turned > 0.0, "{row}");
    }
}

#[test]
fn text_states_the_numbers_of_the_tree() {
    let mut seed = 7_u64;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as f64 / f64::from(1_u32 << 31)
    };
    for _ in 0..60 {
        let mut at = (0.0, 0.0);
        let count = 2 + (random() * 8.0) as usize;
        let points: Vec<(f64, f64)> = (0..count)
            .map(|_| {
                at = (at.0 + random() * 900.0 - 300.0, at.1 + random() * 900.0 - 300.0);
                at
            })
            .collect();
        let mut line = line(&points);
        line.accuracy_m = Some(10f64.powf(random() * 4.0 - 2.0));
        let report = described(line, &DescriptionContext::default(), &DescribeOptions::default());
        let mut sum = 0.0;
        for (leg, row) in legs(&report).iter().zip(&report.legs) {
            let length = leg.length.as_ref().expect("it is stated");
            assert!((length.metres() - row.length_m).abs() <= length.half_unit_m() + 1e-9);
            assert!(length.metres() >= row.chord_m - length.half_unit_m() - 1e-9);
            assert!(length.metres() > 0.0 && length.kind == Some(LengthKind::Along));
            sum += length.metres();
            for language in ["en", "ru", "hy", "az"] {
                let text = written(&Statement::Leg((*leg).clone()), language).expect("a sentence");
                let digits = length.value.digits();
                let digits = if language == "en" { digits.to_owned() } else { digits.replace('.', ",") };
                assert!(text.contains(&format!("{digits}\u{a0}")), "{text}");
                for point in [&leg.from, &leg.to] {
                    let id = point.as_ref().and_then(|point| point.id.clone()).expect("a number");
                    assert!(text.contains(&id), "{text}");
                }
            }
        }
        let total =
            report.description.totals.iter().find_map(|t| if let Total::Length(l) = t { Some(l) } else { None });
        let total = total.expect("it is stated");
        assert!((total.metres() - report.length_m).abs() <= total.half_unit_m() + 1e-9);
        let other = report.description.totals.iter().any(|total| matches!(total, Total::SumOfLegs(_)));
        assert_eq!(other, (sum - total.metres()).abs() > total.half_unit_m(), "{sum} against {}", total.metres());
    }
}

#[test]
fn rivers_are_followed_up_and_down_and_on_their_banks() {
    let course: Vec<(f64, f64)> = (0..11).map(|i| (f64::from(i) * 100.0, f64::from(i % 2) * 40.0)).collect();
    let upstream: Vec<(f64, f64)> = course.iter().rev().copied().collect();
    for (positions, stream) in [(&course, Stream::Down), (&upstream, Stream::Up)] {
        let mut context = DescriptionContext::default();
        context.rivers = layer(&[("r", positions, serde_json::json!({"name": "Alda"}))]);
        let report = described(line(&course), &context, &in_one());
        let leg = legs(&report)[0];
        assert_eq!((leg.parts[0].follow, leg.parts[0].stream), (Some(Follow::River), Some(stream)));
        assert!(leg.directions.is_empty(), "the stream says the direction");
        assert!((report.river_m - report.length_m).abs() < 1e-9);
        assert!(legs(&report)[0].to_location.on[0].landmark.anaphora);
    }
    // The line runs 30 m north of a river 80 m wide that flows east: on its left bank; reversed, still on its left bank.
    let river = layer(&[("r", &[(0.0, 0.0), (1000.0, 0.0)], serde_json::json!({"name": "Alda", "width_m": 80.0}))]);
    let mut context = DescriptionContext::default();
    context.rivers = river;
    for (metres, bank, stream) in [
        ([(0.0, 30.0), (1000.0, 30.0)], BankSide::Left, Stream::Down),
        ([(1000.0, 30.0), (0.0, 30.0)], BankSide::Left, Stream::Up),
        ([(0.0, -30.0), (1000.0, -30.0)], BankSide::Right, Stream::Down),
    ] {
        let report = described(line(&metres), &context, &DescribeOptions::default());
        let part = &legs(&report)[0].parts[0];
        assert_eq!((part.follow, part.bank, part.stream), (Some(Follow::Bank), Some(bank), Some(stream)));
        assert!(report.description.rules.contains(&Rule::BanksDownstream));
    }
}

#[test]
fn a_thalweg_is_never_inferred() {
    let mut context = DescriptionContext::default();
    let course = [(0.0, 0.0), (500.0, 0.0), (1000.0, 0.0)];
    for (properties, word) in [
        (serde_json::json!({"name": "Alda", "width_m": 500.0}), "middle"),
        (serde_json::json!({"name": "Alda", "line": "thalweg"}), "thalweg"),
    ] {
        context.rivers = layer(&[("r", &course, properties)]);
        let report = described(line(&course), &context, &DescribeOptions::default());
        let text = written(&Statement::Leg(legs(&report)[0].clone()), "en").expect("a sentence");
        assert!(text.contains(&format!("follows the {word} of the river Alda downstream")), "{text}");
    }
}

#[test]
fn roads_are_allotted_by_their_side_and_crossed_in_order() {
    let mut context = DescriptionContext::default();
    // 7 m north of the line, which runs east: on its left, and within the tolerance of 7.5 m.
    let road = serde_json::json!({"class": "field-road"});
    context.roads = layer(&[("road", &[(0.0, 7.0), (1000.0, 7.0)], road.clone())]);
    let report = described(line(&[(0.0, 0.0), (500.0, 0.5), (1000.0, 0.0)]), &context, &in_one());
    let part = &legs(&report)[0].parts[0];
    assert_eq!(part.follow, Some(Follow::Road));
    assert_eq!(part.leaves[0].territory, Words::of("en", "Leftland"));
    // 15 m away, all along: parallel to it.
    context.roads = layer(&[("road", &[(0.0, 15.0), (1000.0, 15.0)], road.clone())]);
    let report = described(line(&[(0.0, 0.0), (1000.0, 0.0)]), &context, &DescribeOptions::default());
    let part = &legs(&report)[0].parts[0];
    assert_eq!(part.follow, Some(Follow::Offset));
    assert!((part.offset.as_ref().expect("it is stated").metres() - 15.0).abs() <= 5.0);
    // Across it: crossed, in the order of the line.
    context.roads = layer(&[
        ("b", &[(700.0, -300.0), (700.0, 300.0)], serde_json::json!({"kind": "railway"})),
        ("a", &[(200.0, -300.0), (250.0, 300.0)], road),
    ]);
    let report = described(line(&[(0.0, 0.0), (1000.0, 0.0)]), &context, &DescribeOptions::default());
    let part = &legs(&report)[0].parts[0];
    let crossed: Vec<_> = part.crosses.iter().map(|one| one.what.class).collect();
    assert_eq!(part.follow, Some(Follow::Straight));
    assert_eq!(crossed, [Some(LandmarkClass::FieldRoad), Some(LandmarkClass::Railway)]);
}

#[test]
fn ridges_go_through_their_heights_and_edges_are_followed() {
    let mut context = DescriptionContext::default();
    let crest = [(0.0, 0.0), (300.0, 80.0), (600.0, 0.0), (900.0, 60.0)];
    context.ridges = layer(&[("ridge", &crest, serde_json::json!({}))]);
    let height = |metres: f64| serde_json::json!({"kind": "height", "height_m": metres});
    context.places = places(&[("b", 600.0, 2.0, 1.0, height(1311.0)), ("a", 300.0, 79.0, 1.0, height(1204.3))]);
    let report = described(line(&crest), &context, &in_one());
    let leg = legs(&report)[0];
    let text = written(&Statement::Leg(leg.clone()), "en").expect("a sentence").replace('\u{a0}', " ");
    assert!(
        text.contains("along the crest of the unnamed ridge in a general easterly direction through the heights 1204.3 and 1311 for")
            || text.contains("along the crest of the unnamed ridge in a general easterly direction through the heights 1204.3 and 1311"),
        "{text}"
    );
    let mut context = DescriptionContext::default();
    context.parcels = layer(&[("forest", &crest, serde_json::json!({"kind": "forest"}))]);
    let report = described(line(&crest), &context, &in_one());
    assert_eq!(legs(&report)[0].parts[0].follow, Some(Follow::ForestEdge));
}

#[test]
fn mixed_legs_are_compound_and_longer_ones_are_cut() {
    let mut context = DescriptionContext::default();
    let course: Vec<(f64, f64)> = (0..21).map(|i| (f64::from(i) * 100.0, 0.0)).collect();
    context.rivers = layer(&[("r", &course[..11], serde_json::json!({"name": "Alda"}))]);
    let report = described(line(&course), &context, &in_one());
    let follow: Vec<_> = legs(&report)[0].parts.iter().map(|part| part.follow).collect();
    assert_eq!(follow, [Some(Follow::River), Some(Follow::Straight)]);
    assert!((report.river_m - 1000.0).abs() < 10.0, "{}", report.river_m);
    // Four parts of 500 m: river, straight, road, straight.
    context.rivers = layer(&[("r", &course[..6], serde_json::json!({"name": "Alda"}))]);
    context.roads = layer(&[("road", &course[10..16], serde_json::json!({"territory": "Leftland"}))]);
    let report = described(line(&course), &context, &in_one());
    assert!(report.legs.len() > 1, "{:?}", report.legs.iter().map(|leg| &leg.follow).collect::<Vec<_>>());
    assert!(legs(&report).iter().all(|leg| leg.parts.len() <= 3));
    // Five parts of 400 m: river, straight, road, straight, river. No part follows a feature across a gap.
    context.rivers = layer(&[
        ("r", &course[..5], serde_json::json!({"name": "Alda"})),
        ("s", &course[16..], serde_json::json!({"name": "Berda"})),
    ]);
    context.roads = layer(&[("road", &course[8..13], serde_json::json!({"territory": "Leftland"}))]);
    let report = described(line(&course), &context, &in_one());
    assert!(report.legs.len() > 1, "{:?}", report.legs.iter().map(|leg| &leg.follow).collect::<Vec<_>>());
    let kinds = ["river", "straight", "road", "straight", "river"];
    let mut from_m = 0.0;
    for (leg, row) in legs(&report).iter().zip(&report.legs) {
        let to_m = from_m + row.length_m;
        let shared = |i: &usize| to_m.min(400.0 * (*i as f64 + 1.0)) - from_m.max(400.0 * *i as f64) > 20.0;
        let expected: Vec<&str> = (0..5).filter(shared).map(|i| kinds[i]).collect();
        assert_eq!(row.follow, expected.join(" + "), "from {from_m:.0} m to {to_m:.0} m");
        assert!(leg.parts.len() <= 3);
        from_m = to_m;
    }
    assert!((report.river_m - 800.0).abs() < 20.0, "{}", report.river_m);
}

#[test]
fn vertices_off_a_straight_line_are_not_called_straight() {
    let bent = [(0.0, 0.0), (300.0, 200.0), (600.0, -100.0), (900.0, 0.0)];
    let report = described(line(&bent), &DescriptionContext::default(), &in_one());
    let leg = legs(&report)[0];
    assert_eq!(leg.parts[0].follow, Some(Follow::CoordinateList));
    assert!(leg.directions.iter().all(|direction| direction.general));
    // All its vertices are in the annex, numbered between those of the leg.
    let numbers: Vec<_> = report.courses[0].points.iter().filter_map(|point| point.number.clone()).collect();
    assert_eq!(numbers, ["1", "1/1", "1/2", "2"]);
}

#[test]
fn ties_come_from_three_sides_and_one_from_each_territory() {
    let village = |name: &str| serde_json::json!({"kind": "village", "name": name});
    let mut context = DescriptionContext::default();
    // The line runs north; the left is west. East is nearer, but one in each territory comes first.
    context.places = places(&[
        ("e1", 700.0, 0.0, 5.0, village("Eastone")),
        ("e2", 750.0, 20.0, 5.0, village("Eastwo")),
        ("w", -1500.0, 10.0, 5.0, village("Westone")),
        ("s", 0.0, -1900.0, 5.0, serde_json::json!({"kind": "bridge"})),
        ("far", 4000.0, 4000.0, 5.0, village("Far")),
    ]);
    let report = described(line(&[(0.0, 0.0), (0.0, 2000.0)]), &context, &DescribeOptions::default());
    let Some(Statement::Point(start)) = report.description.sections[0].statements.first() else { panic!("no start") };
    let ties: Vec<(&str, Wind)> = start
        .location
        .ties
        .iter()
        .map(|tie| {
            let Some(Heading::Wind(wind)) = tie.direction.as_ref().map(|one| one.heading.clone()) else {
                panic!("no wind")
            };
            (tie.from.name.get("en").unwrap_or("bridge"), wind)
        })
        .collect();
    assert_eq!(ties, [("Eastone", Wind::W), ("Westone", Wind::E), ("bridge", Wind::N)]);
    let territories: Vec<_> = start.location.ties.iter().map(|tie| tie.from.territory.get("en")).collect();
    assert_eq!(territories[..2], [Some("Rightland"), Some("Leftland")]);
    // The village beside the line is left on its side by name.
    context.places = places(&[("v", 300.0, 1000.0, 5.0, village("Nearby"))]);
    let report = described(line(&[(0.0, 0.0), (0.0, 2000.0)]), &context, &DescribeOptions::default());
    let leaves = &legs(&report)[0].parts[0].leaves;
    assert_eq!((leaves.len(), leaves[0].territory.get("en")), (1, Some("Rightland")));
    // A village with an accuracy of a kilometre gives no exact tie.
    context.places = places(&[("v", 2000.0, 0.0, 1000.0, village("Vague"))]);
    let report = described(line(&[(0.0, 0.0), (0.0, 2000.0)]), &context, &DescribeOptions::default());
    let Some(Statement::Point(start)) = report.description.sections[0].statements.first() else { panic!("no start") };
    assert!(start.location.ties[0].distance.as_ref().is_some_and(|distance| distance.approx));
}

#[test]
fn rivers_meet_at_a_confluence_and_three_territories_in_a_tripoint() {
    let mut context = DescriptionContext::default();
    context.rivers = layer(&[
        ("a", &[(-500.0, 500.0), (0.0, 0.0)], serde_json::json!({"name": "Alda"})),
        ("b", &[(-500.0, -400.0), (0.0, 0.0), (600.0, 0.0)], serde_json::json!({"name": "Berda"})),
    ]);
    let corner: Vec<Coord> =
        [(0.0, 0.0), (0.0, 900.0), (-900.0, 900.0), (-900.0, -900.0), (0.0, 0.0)].map(|(x, y)| degrees(x, y)).into();
    context.territories = vec![Territory::new("third", [Polygon::new(LineString(corner), Vec::new())]).expect("land")];
    let report = described(line(&[(0.0, 0.0), (0.0, -1000.0)]), &context, &DescribeOptions::default());
    let points: Vec<_> = report.description.points().map(|(_, point)| point.clone()).collect();
    let names: Vec<_> =
        points[0].location.at[0].of.iter().map(|river| river.name.get("en").or(river.name.get("und"))).collect();
    assert_eq!(names, [Some("Alda"), Some("Berda")]);
    assert_eq!(
        (points[1].point.kind, points[1].meeting.len(), points[1].by_separate_treaty),
        (PointKind::Tripoint, 3, true)
    );
}

#[test]
fn sectors_that_meet_share_their_point_and_turn_to_do_so() {
    let first = line(&[(0.0, 0.0), (0.0, 1000.0)]);
    let mut second = line(&[(0.0, 2000.0), (0.0, 1000.0)]);
    second.id = "second".to_owned();
    let options = DescribeOptions::default();
    let report = describe(&[first, second], &DescriptionContext::default(), &options).expect("they meet").report;
    let ids: Vec<_> = report.legs.iter().map(|leg| (leg.from.as_str(), leg.to.as_str(), leg.wind.as_deref())).collect();
    assert_eq!(ids, [("1", "2", Some("N")), ("2", "3", Some("N"))]);
    let sides = |leg: &Clause, hand: Hand| {
        leg.sides.iter().find(|side| side.hand == Some(hand)).map(|side| side.territory.clone())
    };
    assert_eq!(sides(legs(&report)[1], Hand::Left), Some(Words::of("en", "Rightland")));
    assert_eq!(sides(legs(&report)[0], Hand::Left), Some(Words::of("en", "Leftland")));
}

#[test]
fn lines_that_cannot_be_described_say_why() {
    let asked = |line: DescriptionLine| {
        describe(&[line], &DescriptionContext::default(), &DescribeOptions::default()).expect_err("it cannot")
    };
    let zero = asked(line(&[(0.0, 0.0), (0.0, 0.0)]));
    assert_eq!(zero, DescribeError::NoLength { line: "line".to_owned(), at: [10.0, 45.0] });
    let mut bare = line(&[(0.0, 0.0), (0.0, 10.0)]);
    bare.left = None;
    assert_eq!(asked(bare), DescribeError::NoSides { line: "line".to_owned() });
    let mut options = DescribeOptions::default();
    options.marks = Some(vec![Place::new("m1", degrees(500.0, 500.0)).expect("a place")]);
    let far = describe(&[line(&[(0.0, 0.0), (0.0, 1000.0)])], &DescriptionContext::default(), &options);
    assert!(matches!(far, Err(DescribeError::FarMark { mark, .. }) if mark == "m1"));
}

#[test]
fn a_leg_crosses_a_river_only_if_its_accuracy_determines_so() {
    let river = |accuracy_m: f64| {
        let mut context = DescriptionContext::default();
        context.rivers = layer(&[("r", &[(500.0, -400.0), (520.0, 400.0)], serde_json::json!({"name": "Alda"}))]);
        let Content::Lines(lines) = &mut context.rivers[0] else { panic!("a line") };
        lines[0].meta.evidence.position_accuracy_m = Some(accuracy_m);
        context
    };
    // The line is accurate to 5 m: its tolerance is 7.5 m.
    let course = line(&[(0.0, 0.0), (400.0, 0.0), (1000.0, 0.0)]);
    let text = |accuracy_m: f64| {
        let Answer { report, warnings, .. } =
            describe(std::slice::from_ref(&course), &river(accuracy_m), &DescribeOptions::default())
                .expect("a description");
        let all: Vec<String> =
            legs(&report).iter().filter_map(|leg| written(&Statement::Leg((*leg).clone()), "en")).collect();
        (all.join(" "), warnings.iter().any(|warning| warning.message.contains("not determined: river Alda")))
    };
    let (near, told) = text(5.0);
    assert!(near.contains("crossing the river Alda") && !told, "{near}");
    let (far, told) = text(500.0);
    assert!(!far.contains("Alda") && told, "{far}");
}

#[test]
fn islands_are_left_on_their_side_of_the_middle_of_the_river() {
    let mut context = DescriptionContext::default();
    let course = [(0.0, 0.0), (600.0, 40.0), (1200.0, 0.0)];
    context.rivers = layer(&[("r", &course, serde_json::json!({"name": "Alda", "width_m": 120.0}))]);
    context.places = places(&[
        ("i", 500.0, 75.0, 5.0, serde_json::json!({"name": "Holm", "kind": "island"})),
        ("j", 900.0, -30.0, 5.0, serde_json::json!({"name": "Werder", "kind": "island"})),
    ]);
    let report = described(line(&course), &context, &in_one());
    let text = written(&Statement::Leg(legs(&report)[0].clone()), "en").expect("a sentence").replace('\u{a0}', " ");
    assert!(text.contains("the middle of the river Alda"), "{text}");
    for said in
        ["the island of Holm in the territory of Leftland", "the island of Werder in the territory of Rightland"]
    {
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn a_line_across_a_lake_is_straight_from_shore_to_shore() {
    let mut context = DescriptionContext::default();
    let shore = LineString(
        [(300.0, -400.0), (900.0, -400.0), (900.0, 400.0), (300.0, 400.0), (300.0, -400.0)]
            .map(|(x, y)| degrees(x, y))
            .into(),
    );
    let mut lake = Territory::new("lake", [Polygon::new(shore, Vec::new())]).expect("a lake");
    lake.meta.properties = serde_json::json!({"name": "Mere", "kind": "lake"}).as_object().expect("an object").clone();
    context.rivers = vec![Content::Territories(vec![lake])];
    let report = described(
        line(&[(0.0, 0.0), (300.0, 0.0), (900.0, 0.0), (1200.0, 0.0)]),
        &context,
        &DescribeOptions::default(),
    );
    let follows: Vec<_> = legs(&report).iter().map(|leg| leg.parts[0].follow).collect();
    assert_eq!(follows, [Some(Follow::Straight); 3]);
    // Its shore is no river that could be crossed.
    assert!(legs(&report).iter().all(|leg| leg.parts[0].crosses.is_empty()));
}
