//! Rendering of `severance` reports.

use super::{Cell, Record, Records, Rendering, Table};
use crate::io::{feature, line_geometry, point_geometry};
use crate::question::{RouteCut, SeveranceReport, SeveredRoute, Stretch};
use geo::Coord;
use serde_json::{Map, Value};

impl Rendering for SeveranceReport {
    const COMMAND: &'static str = "severance";

    fn tables(&self) -> Vec<Table> {
        vec![self.settlement_table(), self.route_table(), self.only_route_table(), self.land_table(), self.kind_table()]
    }

    fn records(&self) -> Vec<Records<'_>> {
        let cuts = self.routes.iter().flat_map(|route| route.cuts.iter().map(move |cut| cut_fields(route, cut)));
        vec![
            Records::of("settlements", &self.settlements),
            Records::of("routes", &self.routes),
            Records::rows("cuts", cuts.collect()),
            Records::of("only_route_cut", &self.only_route_cut),
            Records::of("land", &self.land),
            Records::of("kinds", &self.kinds),
        ]
    }

    fn summary(&self) -> Value {
        super::without(self, &["settlements"])
    }

    fn features(&self) -> Vec<Value> {
        let settlements = self.settlements.iter().map(|s| {
            let [x, y] = s.position;
            feature(Some(s.id.clone()), point_geometry(Coord { x, y }), super::properties(s))
        });
        let cuts = self.routes.iter().flat_map(|route| {
            route.cuts.iter().enumerate().map(|(number, cut)| {
                let [x, y] = cut.position;
                let id = format!("{}/cut/{}", route.id, number + 1);
                let mut properties = Map::from_iter([("what".to_owned(), Value::from("cut"))]);
                properties.extend(cut_fields(route, cut));
                feature(Some(id), point_geometry(Coord { x, y }), properties)
            })
        });
        let line =
            Map::from_iter([("what".to_owned(), Value::from("line")), ("length_m".into(), self.length_m.into())]);
        let lines =
            (!self.courses.is_empty()).then(|| feature(Some(self.line.clone()), line_geometry(&self.courses), line));
        settlements.chain(cuts).chain(lines).collect()
    }
}

fn cut_fields(route: &SeveredRoute, cut: &RouteCut) -> Record {
    let mut fields = Map::from_iter([
        ("route".to_owned(), Value::from(route.id.clone())),
        ("data".to_owned(), route.data.clone().into()),
        ("indicative".to_owned(), route.indicative.into()),
    ]);
    fields.extend(super::properties(cut));
    fields
}

fn km(length_m: f64) -> Cell {
    Cell::measure(length_m / 1000.0, 3)
}

fn stretches(all: &[Stretch]) -> String {
    let words: Vec<String> = all.iter().map(|s| format!("{:.1}–{:.1}", s.from_m / 1000.0, s.to_m / 1000.0)).collect();
    words.join("; ")
}

impl SeveranceReport {
    fn settlement_table(&self) -> Table {
        let rows = self.settlements.iter().map(|s| {
            vec![
                Cell::text(&s.id),
                Cell::maybe(s.name.as_deref()),
                Cell::maybe(s.kind.as_deref()),
                Cell::maybe(s.from.as_deref()),
                Cell::maybe(s.to.as_deref()),
                Cell::text(if s.changes { "changes side" } else { "near" }),
                km_maybe(s.distance_m),
                km(s.within_m),
                Cell::text(&s.data),
            ]
        });
        Table {
            title: format!(
                "Points that change side or lie near {} ({:.3} km of line)",
                self.line,
                self.length_m / 1000.0
            ),
            columns: vec!["id", "name", "kind", "from", "to", "what", "distance_km", "within_km", "data"],
            rows: rows.collect(),
        }
    }

    fn route_table(&self) -> Table {
        let rows = self.routes.iter().map(|r| {
            let cuts: Vec<String> = r.cuts.iter().map(|cut| format!("{:.1}", cut.chainage_m / 1000.0)).collect();
            vec![
                Cell::text(&r.id),
                Cell::maybe(r.kind.as_deref()),
                km(r.length_m),
                Cell::number(r.cuts.len() as f64, 0),
                Cell::list(cuts),
                Cell::text(stretches(&r.excursions)),
                km(r.near_length_m),
                km(r.within_m),
                Cell::text(if r.indicative { "yes" } else { "no" }),
                Cell::text(&r.data),
            ]
        });
        Table {
            title: "Routes and lines that are cut or run near".into(),
            columns: vec![
                "id",
                "kind",
                "length_km",
                "cuts",
                "at_km",
                "leaves_and_re_enters_km",
                "near_km",
                "within_km",
                "indicative",
                "data",
            ],
            rows: rows.collect(),
        }
    }

    fn only_route_table(&self) -> Table {
        let rows = self.only_route_cut.iter().map(|s| {
            vec![
                Cell::text(&s.id),
                Cell::maybe(s.name.as_deref()),
                Cell::text(&s.route),
                km(s.distance_m),
                km(s.reach_m),
                km(s.along_m),
            ]
        });
        Table {
            title: "Settlements whose only listed route is cut".into(),
            columns: vec!["id", "name", "route", "distance_km", "reach_km", "along_km"],
            rows: rows.collect(),
        }
    }

    fn land_table(&self) -> Table {
        let rows = self.land.iter().map(|l| {
            vec![
                Cell::text(&l.id),
                Cell::maybe(l.name.as_deref()),
                Cell::number(l.radius_m, 0),
                Cell::measure(l.area_m2 / 1e6, 4),
                Cell::measure(l.cut_off_m2 / 1e6, 4),
                Cell::number(100.0 * l.cut_off_share, 1),
                Cell::text(&l.data),
            ]
        });
        Table {
            title: "Surroundings of settlements, and polygons, that are divided".into(),
            columns: vec!["id", "name", "radius_m", "area_km2", "cut_off_km2", "share_percent", "data"],
            rows: rows.collect(),
        }
    }

    fn kind_table(&self) -> Table {
        let rows = self.kinds.iter().map(|k| {
            let count = |n: usize| Cell::number(n as f64, 0);
            vec![
                Cell::text(&k.data),
                Cell::text(k.noun),
                Cell::maybe(k.kind.as_deref()),
                count(k.count),
                count(k.severed),
                count(k.near),
                km(k.within_m),
                km(k.near_length_m),
                Cell::measure(k.cut_off_m2 / 1e6, 4),
            ]
        });
        Table {
            title: "By kind".into(),
            columns: vec!["data", "noun", "kind", "count", "severed", "near", "within_km", "near_km", "cut_off_km2"],
            rows: rows.collect(),
        }
    }
}

fn km_maybe(length_m: Option<f64>) -> Cell {
    Cell::measure(length_m.map(|m| m / 1000.0), 3)
}
