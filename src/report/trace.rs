//! Rendering of `trace` reports.

use super::{Cell, Records, Rendering, Table, rounded, route};
use crate::io::feature;
use crate::question::TraceReport;
use serde_json::{Map, Value};

impl Rendering for TraceReport {
    const COMMAND: &'static str = "trace";

    fn tables(&self) -> Vec<Table> {
        let of = std::slice::from_ref(&self.territories);
        let mut tables =
            vec![route::lengths_table(of), route::crossings_table(of), self.vias_table(), self.ways_table()];
        tables.extend([self.links_table(), self.gaps_table()]);
        tables.retain(|table| !table.rows.is_empty());
        tables.push(self.network_table());
        tables
    }

    fn records(&self) -> Vec<Records<'_>> {
        let mut lists = vec![
            Records::rows("lengths", route::length_records(&self.territories)),
            Records::of("crossings", &self.territories.crossings),
            Records::of("ways", &self.ways),
            Records::of("vias", &self.vias),
            Records::of("links", &self.links),
            Records::of("gaps", &self.gaps),
        ];
        lists.push(Records::of("network", [&self.network]));
        lists
    }

    fn summary(&self) -> Value {
        super::without(self, &["mode", "length_m", "time_s", "bridged_m"])
    }

    /// The route alone, so that it can be read as a route.
    fn features(&self) -> Vec<Value> {
        let evidence = &self.course.meta.evidence;
        let mut properties = Map::new();
        let mut put = |key: &str, value: Value| {
            if !value.is_null() {
                properties.insert(key.to_owned(), value);
            }
        };
        put("id", self.route.clone().into());
        put("mode", self.mode.word().into());
        put("method", evidence.method.map(|method| method.word()).into());
        put("source", evidence.source.clone().into());
        put("date", evidence.date.clone().into());
        put("position_accuracy_m", evidence.position_accuracy_m.filter(|m| m.is_finite()).into());
        put("length_m", self.length_m.into());
        put("time_s", self.time_s.into());
        put("ways", self.ways.len().into());
        put("bridged_m", self.bridged_m.into());
        let runs: Vec<_> = self.course.runs.iter().map(|run| run.0.clone()).collect();
        vec![feature(Some(self.route.clone()), rounded::line(&runs), properties)]
    }
}

impl TraceReport {
    fn vias_table(&self) -> Table {
        let rows = self.vias.iter().enumerate().map(|(number, via)| {
            vec![
                Cell::number(number as f64 + 1.0, 0),
                Cell::text(&via.via),
                Cell::metres(via.chainage_m),
                Cell::number(via.position[0], 6),
                Cell::number(via.position[1], 6),
                Cell::metres(via.distance_m),
                Cell::text(&via.way),
            ]
        });
        Table {
            title: "Places that it goes through".into(),
            columns: vec!["no", "via", "chainage_m", "lon", "lat", "distance_m", "way"],
            rows: rows.collect(),
        }
    }

    fn ways_table(&self) -> Table {
        let rows = self.ways.iter().map(|way| {
            let text = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or_default());
            vec![
                Cell::text(&way.way),
                text(&way.name),
                text(&way.reference),
                text(&way.class),
                text(&way.surface),
                Cell::metres(way.from_m),
                Cell::metres(way.length_m),
            ]
        });
        Table {
            title: "Ways".into(),
            columns: vec!["way", "name", "ref", "class", "surface", "from_m", "length_m"],
            rows: rows.collect(),
        }
    }

    fn links_table(&self) -> Table {
        let rows = self.links.iter().map(|link| {
            vec![
                Cell::metres(link.chainage_m),
                Cell::number(link.width_m, 1),
                Cell::number(link.position[0], 6),
                Cell::number(link.position[1], 6),
                Cell::text(if link.bridged { "gap bridged" } else { "end joined" }),
            ]
        });
        Table {
            title: "Straight lines between ways".into(),
            columns: vec!["chainage_m", "width_m", "lon", "lat", "what"],
            rows: rows.collect(),
        }
    }

    fn gaps_table(&self) -> Table {
        let rows = self.gaps.iter().map(|gap| {
            vec![
                Cell::number(gap.width_m, 1),
                Cell::number(gap.position[0], 6),
                Cell::number(gap.position[1], 6),
                Cell::text(&gap.from_way),
                Cell::text(&gap.to_way),
                Cell::truth(gap.bridged),
            ]
        });
        Table {
            title: "Gaps between parts of the network".into(),
            columns: vec!["width_m", "lon", "lat", "from_way", "to_way", "bridged"],
            rows: rows.collect(),
        }
    }

    fn network_table(&self) -> Table {
        let net = &self.network;
        let count = |number: usize| Cell::number(number as f64, 0);
        Table {
            title: "The network".into(),
            columns: vec!["mode", "ways", "one_way", "junctions", "length_m", "parts", "not_for_mode"],
            rows: vec![vec![
                Cell::text(self.mode.word()),
                count(net.ways),
                count(net.one_way),
                count(net.junctions),
                Cell::metres(net.length_m),
                count(net.parts),
                count(net.not_for_mode),
            ]],
        }
    }
}
