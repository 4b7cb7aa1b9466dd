//! Rendering of `route` reports.

use super::{Cell, Record, Records, Rendering, Table, certainty, rounded};
use crate::io::feature;
use crate::question::{Crossing, CrossingCounts, NearLine, OnBorder, RouteGap, RouteReport, Stretch};
use serde_json::{Map, Value, json};

impl Rendering for Vec<RouteReport> {
    const COMMAND: &'static str = "route";

    fn tables(&self) -> Vec<Table> {
        let (lengths, crossings) = (lengths_table(self), crossings_table(self));
        let more = [counts_table(self), on_border_table(self), near_table(self), gap_table(self)];
        let certain = certainty::table(self.iter().filter_map(|report| report.certainty.as_ref()));
        let more = more.into_iter().filter(|table| !table.rows.is_empty());
        [lengths].into_iter().chain(certain).chain([crossings]).chain(more).collect()
    }

    fn records(&self) -> Vec<Records<'_>> {
        let of = |list: fn(&RouteReport) -> Vec<Record>| {
            let rows = self.iter().flat_map(|report| list(report).into_iter().map(|fields| under(report, fields)));
            rows.collect::<Vec<_>>()
        };
        let certain = self.iter().filter_map(|report| report.certainty.as_ref());
        let certain = certain.clone().next().map(|_| Records::rows("certainty", certainty::records(certain)));
        // What was asked for comes first.
        let others = vec![
            Records::rows("lengths", of(length_fields)),
            Records::rows("crossings", of(|report| report.crossings.iter().map(super::properties).collect())),
            Records::rows("crossing_counts", of(|report| vec![super::properties(&report.crossing_counts)])),
            Records::rows("on_border", of(|report| report.on_border.iter().map(super::properties).collect())),
            Records::rows("near_lines", of(|report| report.near_lines.iter().map(super::properties).collect())),
            Records::rows("gaps", of(|report| report.gaps.iter().map(super::properties).collect())),
        ];
        certain.into_iter().chain(others).collect()
    }

    fn summary(&self) -> Value {
        let of = |report: &RouteReport| {
            let mut summary = super::without(report, &["crossings", "gaps", "certainty"]);
            // The stretches of each part are features.
            for part in summary["parts"].as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
                part.shift_remove("stretches");
            }
            summary
        };
        Value::Array(self.iter().map(of).collect())
    }

    fn features(&self) -> Vec<Value> {
        let mut out = Vec::new();
        for report in self {
            let id = |what: &str, number: usize| Some(format!("{}/{what}/{}", report.route, number + 1));
            for (number, piece) in report.pieces.iter().enumerate() {
                let properties = object(json!({
                    "route": report.route,
                    "territory": piece.territory,
                    "on_border": piece.on_border,
                    "from_m": piece.stretch.from_m,
                    "to_m": piece.stretch.to_m,
                    "length_m": piece.stretch.to_m - piece.stretch.from_m,
                    "indicative": report.indicative,
                }));
                out.push(feature(id("piece", number), rounded::line(&piece.runs), properties));
            }
            for (number, crossing) in report.crossings.iter().enumerate() {
                let properties = under(report, super::properties(crossing));
                out.push(feature(id("crossing", number), rounded::point(crossing.position), properties));
            }
            for (number, gap) in report.gaps.iter().enumerate() {
                let mut properties = under(report, super::properties(gap));
                properties.insert("what".into(), "gap".into());
                out.push(feature(id("gap", number), rounded::point(gap.position), properties));
            }
            out.extend(certainty::features(report.certainty.iter()));
        }
        out
    }
}

/// The lengths of routes by territory.
pub(super) fn lengths_table(reports: &[RouteReport]) -> Table {
    Table {
        title: "Length by territory".into(),
        columns: vec![
            "route",
            "territory",
            "length_m",
            "share",
            "on_border_m",
            "from_m",
            "to_m",
            "stretches",
            "indicative",
            "published_min_km",
            "published_max_km",
            "published_ratio_min",
            "published_ratio_max",
        ],
        rows: reports.iter().flat_map(length_rows).collect(),
    }
}

/// The crossings of routes.
pub(super) fn crossings_table(reports: &[RouteReport]) -> Table {
    let row = |report: &RouteReport, number: usize, c: &Crossing| {
        vec![
            Cell::text(&report.route),
            Cell::number(number as f64 + 1.0, 0),
            Cell::metres(c.chainage_m),
            Cell::number(c.position[0], 6),
            Cell::number(c.position[1], 6),
            Cell::text(c.from.as_deref().unwrap_or(OUTSIDE)),
            Cell::text(c.to.as_deref().unwrap_or(OUTSIDE)),
            Cell::text(c.uncertain.map_or("unknown".to_owned(), |uncertain| uncertain.to_string())),
        ]
    };
    let of = |report: &RouteReport| -> Vec<_> {
        report.crossings.iter().enumerate().map(|(number, c)| row(report, number, c)).collect()
    };
    Table {
        title: "Crossings".into(),
        columns: vec!["route", "no", "chainage_m", "lon", "lat", "from", "to", "uncertain"],
        rows: reports.iter().flat_map(of).collect(),
    }
}

/// The lengths of a route by territory, with the id of the route.
pub(super) fn length_records(report: &RouteReport) -> Vec<Record> {
    length_fields(report).into_iter().map(|fields| under(report, fields)).collect()
}

/// Fields of one route, preceded by its id.
fn under(report: &RouteReport, fields: Record) -> Record {
    let mut out = Record::from_iter([("route".to_owned(), report.route.clone().into())]);
    out.extend(fields);
    out
}

/// Length by territory; `outside` and `total` are the names for land of no territory and for the whole route.
fn length_fields(report: &RouteReport) -> Vec<Record> {
    let row = |territory: &str, length_m: f64, on_border_m: f64, stretches: Option<&[Stretch]>| {
        let share = (report.length_m > 0.0).then(|| length_m / report.length_m);
        let published = report.published_length_km.as_ref().filter(|_| territory == TOTAL);
        let ratio = report.published_ratio.as_ref().filter(|_| territory == TOTAL);
        Record::from_iter([
            ("territory".to_owned(), territory.into()),
            ("length_m".to_owned(), length_m.into()),
            ("share".to_owned(), share.into()),
            ("on_border_m".to_owned(), on_border_m.into()),
            ("from_m".to_owned(), stretches.and_then(|all| all.first()).map(|s| s.from_m).into()),
            ("to_m".to_owned(), stretches.and_then(|all| all.last()).map(|s| s.to_m).into()),
            ("stretches".to_owned(), stretches.map(<[_]>::len).into()),
            ("indicative".to_owned(), report.indicative.into()),
            ("published_min_km".to_owned(), published.map(|figure| figure.low).into()),
            ("published_max_km".to_owned(), published.map(|figure| figure.high).into()),
            ("published_ratio_min".to_owned(), ratio.map(|share| share.low).into()),
            ("published_ratio_max".to_owned(), ratio.map(|share| share.high).into()),
        ])
    };
    let parts = report.parts.iter();
    let mut rows: Vec<Record> =
        parts.map(|part| row(&part.territory, part.length_m, part.on_border_m, Some(&part.stretches))).collect();
    if report.outside_m > 0.0 {
        rows.push(row(OUTSIDE, report.outside_m, 0.0, None));
    }
    rows.push(row(TOTAL, report.length_m, report.on_border_m, None));
    rows
}

/// Name for land of no territory.
const OUTSIDE: &str = "outside";
/// Name for the whole route.
const TOTAL: &str = "total";

fn length_rows(report: &RouteReport) -> Vec<Vec<Cell>> {
    let row = |territory: &str, (length_m, on_border_m): (f64, f64), stretches: &[Stretch], published: bool| {
        let mut cells = vec![
            Cell::text(&report.route),
            Cell::text(territory),
            Cell::metres(length_m),
            Cell::number((report.length_m > 0.0).then(|| length_m / report.length_m), 3),
            Cell::metres(on_border_m),
            Cell::metres(stretches.first().map(|s| s.from_m)),
            Cell::metres(stretches.last().map(|s| s.to_m)),
            Cell::number((!stretches.is_empty()).then_some(stretches.len() as f64), 0),
            Cell::truth(report.indicative),
        ];
        cells.extend(Cell::published(report.published_length_km.as_ref().filter(|_| published), 1));
        cells.extend(Cell::published(report.published_ratio.as_ref().filter(|_| published), 3));
        cells
    };
    let mut rows: Vec<_> =
        report.parts.iter().map(|p| row(&p.territory, (p.length_m, p.on_border_m), &p.stretches, false)).collect();
    if report.outside_m > 0.0 {
        rows.push(row(OUTSIDE, (report.outside_m, 0.0), &[], false));
    }
    rows.push(row(TOTAL, (report.length_m, report.on_border_m), &[], true));
    rows
}

fn counts_table(reports: &[RouteReport]) -> Table {
    let row = |report: &RouteReport| {
        let CrossingCounts { certain, uncertain, unknown } = report.crossing_counts;
        let counts = [certain, uncertain, unknown].map(|count| Cell::number(count as f64, 0));
        [Cell::text(&report.route)].into_iter().chain(counts).collect()
    };
    let some = reports.iter().filter(|report| !report.crossings.is_empty());
    Table {
        title: "Number of crossings, by what the accuracy supports".into(),
        columns: vec!["route", "certain", "uncertain", "unknown"],
        rows: some.map(row).collect(),
    }
}

fn on_border_table(reports: &[RouteReport]) -> Table {
    let row = |report: &RouteReport, s: &OnBorder| {
        let territories = match s.territories.as_slice() {
            [one] => format!("{one}, outside"),
            all => all.join(", "),
        };
        let counts_for = Cell::text(s.counts_for.join(" + "));
        vec![
            Cell::text(&report.route),
            Cell::metres(s.from_m),
            Cell::metres(s.to_m),
            Cell::metres(s.length_m),
            Cell::text(territories),
            counts_for,
        ]
    };
    Table {
        title: "Exactly on a line (part of the lengths above)".into(),
        columns: vec!["route", "from_m", "to_m", "length_m", "line_of", "counts_for"],
        rows: reports.iter().flat_map(|report| report.on_border.iter().map(|s| row(report, s))).collect(),
    }
}

fn near_table(reports: &[RouteReport]) -> Table {
    let row = |report: &RouteReport, near: &NearLine| {
        vec![
            Cell::text(&report.route),
            Cell::metres(near.from_m),
            Cell::metres(near.to_m),
            Cell::metres(near.length_m),
            Cell::text(if near.crossings == 0 { "may cross" } else { "along the border" }),
            Cell::text(near.territories.join(", ")),
            Cell::number(near.within_m, 0),
            Cell::number(near.crossings as f64, 0),
        ]
    };
    Table {
        title: "Nearer to a line than the accuracy of both".into(),
        columns: vec!["route", "from_m", "to_m", "length_m", "what", "line_of", "within_m", "crossings"],
        rows: reports.iter().flat_map(|report| report.near_lines.iter().map(|near| row(report, near))).collect(),
    }
}

fn gap_table(reports: &[RouteReport]) -> Table {
    let row = |report: &RouteReport, gap: &RouteGap| {
        let place = gap.position.into_iter().chain(gap.end).map(|degrees| Cell::number(degrees, 6));
        let side = |id: &Option<String>| Cell::text(id.as_deref().unwrap_or(OUTSIDE));
        let start = [Cell::text(&report.route), Cell::metres(gap.chainage_m), Cell::metres(gap.width_m)];
        start.into_iter().chain(place).chain([side(&gap.from), side(&gap.to)]).collect()
    };
    Table {
        title: "Gaps between recorded pieces in which the territory changes".into(),
        columns: vec!["route", "chainage_m", "width_m", "lon", "lat", "to_lon", "to_lat", "from", "to"],
        rows: reports.iter().flat_map(|report| report.gaps.iter().map(|gap| row(report, gap))).collect(),
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
