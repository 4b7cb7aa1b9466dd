//! Rendering of `severance` reports.

use super::{Cell, Record, Records, Rendering, Table, certainty, rounded};
use crate::io::{feature, point_geometry};
use crate::question::{RouteCut, SeveranceReport, SeveredRoute, Stretch};
use geo::Coord;
use serde_json::{Map, Value};

impl Rendering for SeveranceReport {
    const COMMAND: &'static str = "severance";

    fn tables(&self) -> Vec<Table> {
        let own = [
            self.settlement_table(),
            self.route_table(),
            self.only_route_table(),
            self.land_table(),
            self.kind_table(),
        ];
        own.into_iter().chain(certainty::table(self.certainty.iter())).collect()
    }

    fn records(&self) -> Vec<Records<'_>> {
        let cuts = self.routes.iter().flat_map(|route| route.cuts.iter().map(move |cut| cut_fields(route, cut)));
        let certain =
            self.certainty.iter().map(|one| Records::rows("certainty", certainty::records(std::iter::once(one))));
        let others = vec![
            Records::of("settlements", &self.settlements),
            Records::of("routes", &self.routes),
            Records::rows("cuts", cuts.collect()),
            Records::of("only_route_cut", &self.only_route_cut),
            Records::of("land", &self.land),
            Records::of("kinds", &self.kinds),
        ];
        certain.chain(others).collect()
    }

    fn summary(&self) -> Value {
        let mut summary = super::without(self, &["settlements", "length_m", "certainty"]);
        for route in summary["routes"].as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            route.shift_remove("cuts");
        }
        summary
    }

    fn features(&self) -> Vec<Value> {
        let settlements = self.settlements.iter().map(|s| {
            let [x, y] = s.position;
            feature(Some(s.id.clone()), point_geometry(Coord { x, y }), super::properties(s))
        });
        let cuts = self.routes.iter().flat_map(|route| {
            route.cuts.iter().enumerate().map(|(number, cut)| {
                let id = format!("{}/cut/{}", route.id, number + 1);
                let mut properties = Map::from_iter([("what".to_owned(), Value::from("cut"))]);
                properties.extend(cut_fields(route, cut));
                feature(Some(id), rounded::point(cut.position), properties)
            })
        });
        let line =
            Map::from_iter([("what".to_owned(), Value::from("line")), ("length_m".into(), self.length_m.into())]);
        let lines =
            (!self.courses.is_empty()).then(|| feature(Some(self.line.clone()), rounded::line(&self.courses), line));
        settlements.chain(cuts).chain(lines).chain(certainty::features(self.certainty.iter())).collect()
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

fn stretches(all: &[Stretch]) -> String {
    let words: Vec<String> = all.iter().map(|s| format!("{:.0}–{:.0}", s.from_m, s.to_m)).collect();
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
                Cell::truth(s.changes),
                Cell::metres(s.distance_m),
                Cell::metres(s.within_m),
                Cell::text(&s.data),
            ]
        });
        Table {
            title: format!("Points that change side or lie near {} ({:.0} m of line)", self.line, self.length_m),
            columns: vec!["id", "name", "kind", "from", "to", "changes", "distance_m", "within_m", "data"],
            rows: rows.collect(),
        }
    }

    fn route_table(&self) -> Table {
        let rows = self.routes.iter().map(|r| {
            let cuts: Vec<String> = r.cuts.iter().map(|cut| format!("{:.0}", cut.chainage_m)).collect();
            vec![
                Cell::text(&r.id),
                Cell::maybe(r.kind.as_deref()),
                Cell::metres(r.length_m),
                Cell::list(cuts),
                Cell::text(stretches(&r.excursions)),
                Cell::metres(r.near_length_m),
                Cell::metres(r.within_m),
                Cell::truth(r.indicative),
                Cell::text(&r.data),
            ]
        });
        Table {
            title: "Routes and lines that are cut or run near".into(),
            columns: vec![
                "id",
                "kind",
                "length_m",
                "cuts",
                "excursions",
                "near_length_m",
                "within_m",
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
                Cell::metres(s.distance_m),
                Cell::metres(s.reach_m),
                Cell::metres(s.along_m),
            ]
        });
        Table {
            title: "Settlements whose only listed route is cut".into(),
            columns: vec!["id", "name", "route", "distance_m", "reach_m", "along_m"],
            rows: rows.collect(),
        }
    }

    fn land_table(&self) -> Table {
        let rows = self.land.iter().map(|l| {
            vec![
                Cell::text(&l.id),
                Cell::maybe(l.name.as_deref()),
                Cell::number(l.radius_m, 0),
                Cell::measure(l.area_m2, 0),
                Cell::measure(l.cut_off_m2, 0),
                Cell::number(l.cut_off_share, 3),
                Cell::text(&l.data),
            ]
        });
        Table {
            title: "Surroundings of settlements, and polygons, that are divided".into(),
            columns: vec!["id", "name", "radius_m", "area_m2", "cut_off_m2", "cut_off_share", "data"],
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
                Cell::metres(k.within_m),
                Cell::metres(k.near_length_m),
                Cell::measure(k.cut_off_m2, 0),
            ]
        });
        Table {
            title: "By kind".into(),
            columns: vec![
                "data",
                "noun",
                "kind",
                "count",
                "severed",
                "near",
                "within_m",
                "near_length_m",
                "cut_off_m2",
            ],
            rows: rows.collect(),
        }
    }
}
