//! Routes by territory, rendered.

use super::{Cell, Rendering, Table};
use crate::io::{feature, line_geometry, point_geometry};
use crate::question::RouteReport;
use geo::Coord;
use serde_json::{Map, Value, json};

impl Rendering for Vec<RouteReport> {
    const COMMAND: &'static str = "route";

    fn tables(&self) -> Vec<Table> {
        let mut lengths = Table {
            title: "Length by territory".into(),
            columns: vec![
                "route",
                "territory",
                "length_km",
                "share_percent",
                "from_km",
                "to_km",
                "stretches",
                "indicative",
                "published_km",
            ],
            rows: Vec::new(),
        };
        let mut crossings = Table {
            title: "Crossings".into(),
            columns: vec!["route", "no", "chainage_km", "lon", "lat", "from", "to", "uncertain"],
            rows: Vec::new(),
        };
        for report in self {
            lengths.rows.extend(length_rows(report));
            crossings.rows.extend(report.crossings.iter().enumerate().map(|(i, c)| {
                vec![
                    Cell::text(&report.route),
                    Cell::number(i as f64 + 1.0, 0),
                    Cell::number(c.chainage_m / 1000.0, 3),
                    Cell::number(c.position[0], 6),
                    Cell::number(c.position[1], 6),
                    Cell::text(c.from.as_deref().unwrap_or("outside")),
                    Cell::text(c.to.as_deref().unwrap_or("outside")),
                    Cell::text(yes(c.uncertain)),
                ]
            }));
        }
        vec![lengths, crossings]
    }

    fn features(&self) -> Vec<Value> {
        let mut out = Vec::new();
        for report in self {
            for piece in &report.pieces {
                let properties = object(json!({
                    "route": report.route,
                    "territory": piece.territory,
                    "from_m": piece.stretch.from_m,
                    "to_m": piece.stretch.to_m,
                    "length_m": piece.stretch.to_m - piece.stretch.from_m,
                    "indicative": report.indicative,
                }));
                out.push(feature(None, line_geometry(&piece.runs), properties));
            }
            for crossing in &report.crossings {
                let mut properties = super::properties(crossing);
                properties.remove("position");
                properties.insert("route".into(), report.route.clone().into());
                let [x, y] = crossing.position;
                out.push(feature(None, point_geometry(Coord { x, y }), properties));
            }
        }
        out
    }
}

fn length_rows(report: &RouteReport) -> Vec<Vec<Cell>> {
    let row = |territory: &str, length_m: f64, stretches: &[crate::question::Stretch], published: bool| {
        vec![
            Cell::text(&report.route),
            Cell::text(territory),
            Cell::measure(length_m / 1000.0, 3),
            Cell::number((report.length_m > 0.0).then(|| 100.0 * length_m / report.length_m), 1),
            Cell::number(stretches.first().map(|s| s.from_m / 1000.0), 3),
            Cell::number(stretches.last().map(|s| s.to_m / 1000.0), 3),
            Cell::number((!stretches.is_empty()).then_some(stretches.len() as f64), 0),
            Cell::text(yes(report.indicative)),
            Cell::text(
                report.published_length_km.as_ref().filter(|_| published).map(ToString::to_string).unwrap_or_default(),
            ),
        ]
    };
    let mut rows: Vec<_> = report.parts.iter().map(|p| row(&p.territory, p.length_m, &p.stretches, false)).collect();
    if report.outside_m > 0.0 {
        rows.push(row("outside", report.outside_m, &[], false));
    }
    rows.push(row("total", report.length_m, &[], true));
    rows
}

fn yes(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
