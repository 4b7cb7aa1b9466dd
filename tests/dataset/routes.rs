//! Every route: parts add up, and the sequence of territories is the documented one.

use super::select;
use merestone::model::{Answer, Route, Territory};
use merestone::question::route;
use serde_json::Value;

#[test]
fn parts_and_outside_make_the_whole() {
    for layer in ["states", "provinces"] {
        let territories: Vec<Territory> = select(layer);
        for each in select::<Route>("routes") {
            let report = route(&each, &territories, &Default::default()).report;
            let sum: f64 = report.parts.iter().map(|part| part.length_m).sum::<f64>() + report.outside_m;
            assert!((sum - report.length_m).abs() < 1e-3, "{} × {layer}: {sum} of {} m", report.route, report.length_m);
            let whole: f64 = each.runs.iter().map(|run| merestone::earth::line_length_m(&run.0)).sum();
            assert!((whole - report.length_m).abs() < 1e-3, "{} × {layer}", report.route);
            for part in &report.parts {
                let stretches: f64 = part.stretches.iter().map(|s| s.to_m - s.from_m).sum();
                assert!((stretches - part.length_m).abs() < 1e-3, "{} × {}", report.route, part.territory);
            }
        }
    }
}

#[test]
fn sequences_of_territories_are_the_documented_ones() {
    let territories: Vec<Territory> = select("states");
    for each in select::<Route>("routes") {
        let properties = &each.meta.properties;
        let listed = properties.get("expected_territories").and_then(Value::as_array);
        let expected: Vec<&str> = listed.expect("every route lists them").iter().filter_map(Value::as_str).collect();
        let ignore_m = properties.get("expected_ignore_m").and_then(Value::as_f64).unwrap_or(0.0);
        let report = route(&each, &territories, &Default::default()).report;
        let long = report.pieces.iter().filter(|piece| piece.stretch.to_m - piece.stretch.from_m >= ignore_m);
        let mut found: Vec<&str> = long.map(|piece| piece.territory.as_deref().unwrap_or("outside")).collect();
        found.dedup();
        assert_eq!(found, expected, "{}", report.route);
    }
}

#[test]
fn chains_of_waypoints_are_marked_indicative() {
    let territories: Vec<Territory> = select("states");
    for each in select::<Route>("routes") {
        let Answer { report, warnings, .. } = route(&each, &territories, &Default::default());
        assert_eq!(report.indicative, each.meta.evidence.method == Some(merestone::model::Method::Waypoints));
        if report.indicative {
            assert!(report.crossings.iter().all(|crossing| crossing.is_uncertain()), "{}", report.route);
            let told = warnings.iter().any(|w| w.code == merestone::model::WarningCode::Indicative);
            assert!(told, "{}", report.route);
        }
        assert!(!each.meta.id.is_empty() && each.status.is_some(), "{} has a status", report.route);
    }
}
