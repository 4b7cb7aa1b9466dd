//! Rendering of `route` reports.

use super::{Cell, Rendering, Table};
use crate::io::{feature, line_geometry, point_geometry};
use crate::question::{NearLine, OnBorder, RouteGap, RouteReport, Stretch};
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
                "on_border_km",
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
                    Cell::text(c.uncertain.map_or("unknown", yes)),
                ]
            }));
        }
        let more = [on_border_table(self), near_table(self), gap_table(self)];
        [lengths, crossings].into_iter().chain(more.into_iter().filter(|table| !table.rows.is_empty())).collect()
    }

    fn features(&self) -> Vec<Value> {
        let mut out = Vec::new();
        for report in self {
            for piece in &report.pieces {
                let properties = object(json!({
                    "route": report.route,
                    "territory": piece.territory,
                    "on_border": piece.on_border,
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
            for gap in &report.gaps {
                let mut properties = super::properties(gap);
                let [x, y] = gap.position;
                properties.remove("position");
                properties.remove("end");
                properties.extend([("what".into(), "gap".into()), ("route".into(), report.route.clone().into())]);
                properties.extend([("end_lon".into(), gap.end[0].into()), ("end_lat".into(), gap.end[1].into())]);
                out.push(feature(None, point_geometry(Coord { x, y }), properties));
            }
        }
        out
    }
}

fn length_rows(report: &RouteReport) -> Vec<Vec<Cell>> {
    let row = |territory: &str, (length_m, on_border_m): (f64, f64), stretches: &[Stretch], published: bool| {
        vec![
            Cell::text(&report.route),
            Cell::text(territory),
            Cell::measure(length_m / 1000.0, 3),
            Cell::number((report.length_m > 0.0).then(|| 100.0 * length_m / report.length_m), 1),
            km(on_border_m),
            Cell::number(stretches.first().map(|s| s.from_m / 1000.0), 3),
            Cell::number(stretches.last().map(|s| s.to_m / 1000.0), 3),
            Cell::number((!stretches.is_empty()).then_some(stretches.len() as f64), 0),
            Cell::text(yes(report.indicative)),
            Cell::text(
                report.published_length_km.as_ref().filter(|_| published).map(ToString::to_string).unwrap_or_default(),
            ),
        ]
    };
    let mut rows: Vec<_> =
        report.parts.iter().map(|p| row(&p.territory, (p.length_m, p.on_border_m), &p.stretches, false)).collect();
    if report.outside_m > 0.0 {
        rows.push(row("outside", (report.outside_m, 0.0), &[], false));
    }
    rows.push(row("total", (report.length_m, report.on_border_m), &[], true));
    rows
}

fn km(metres: f64) -> Cell {
    Cell::number(metres / 1000.0, 3)
}

fn on_border_table(reports: &[RouteReport]) -> Table {
    let row = |report: &RouteReport, s: &OnBorder| {
        let territories = match s.territories.as_slice() {
            [one] => format!("{one}, outside"),
            all => all.join(", "),
        };
        let counts_for = Cell::text(s.counts_for.join(" + "));
        vec![Cell::text(&report.route), km(s.from_m), km(s.to_m), km(s.length_m), Cell::text(territories), counts_for]
    };
    Table {
        title: "Exactly on a line (part of the lengths above)".into(),
        columns: vec!["route", "from_km", "to_km", "length_km", "line_of", "counts_for"],
        rows: reports.iter().flat_map(|report| report.on_border.iter().map(|s| row(report, s))).collect(),
    }
}

fn near_table(reports: &[RouteReport]) -> Table {
    let row = |report: &RouteReport, near: &NearLine| {
        vec![
            Cell::text(&report.route),
            km(near.from_m),
            km(near.to_m),
            km(near.length_m),
            Cell::text(if near.crossings == 0 { "may cross" } else { "along the border" }),
            Cell::text(near.territories.join(", ")),
            Cell::number(near.within_m, 0),
            Cell::number(near.crossings as f64, 0),
        ]
    };
    Table {
        title: "Nearer to a line than the accuracy of both".into(),
        columns: vec!["route", "from_km", "to_km", "length_km", "what", "line_of", "within_m", "crossings"],
        rows: reports.iter().flat_map(|report| report.near_lines.iter().map(|near| row(report, near))).collect(),
    }
}

fn gap_table(reports: &[RouteReport]) -> Table {
    let row = |report: &RouteReport, gap: &RouteGap| {
        let place = gap.position.into_iter().chain(gap.end).map(|degrees| Cell::number(degrees, 6));
        let side = |id: &Option<String>| Cell::text(id.as_deref().unwrap_or("outside"));
        let start = [Cell::text(&report.route), km(gap.chainage_m), km(gap.width_m)];
        start.into_iter().chain(place).chain([side(&gap.from), side(&gap.to)]).collect()
    };
    Table {
        title: "Gaps between recorded pieces in which the territory changes".into(),
        columns: vec!["route", "chainage_km", "width_km", "lon", "lat", "to_lon", "to_lat", "from", "to"],
        rows: reports.iter().flat_map(|report| report.gaps.iter().map(|gap| row(report, gap))).collect(),
    }
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
