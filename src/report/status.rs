//! Rendering of `status` reports.

use super::{Cell, Records, Rendering, Table, rounded};
use crate::io::feature;
use crate::question::StatusReport;
use serde_json::Value;

impl Rendering for StatusReport {
    const COMMAND: &'static str = "status";

    fn tables(&self) -> Vec<Table> {
        let [low, high] = Cell::published(self.published_length_km.as_ref(), 3);
        let whole = Table {
            title: "All lines".into(),
            columns: vec!["length_m", "published_min_km", "published_max_km"],
            rows: vec![vec![Cell::metres(self.length_m), low, high]],
        };
        vec![self.history_table(), self.entry_table(), self.stretch_table(), whole]
    }

    fn records(&self) -> Vec<Records<'_>> {
        let mut whole = super::Record::new();
        whole.insert("length_m".into(), self.length_m.into());
        let published = self.published_length_km.as_ref();
        whole.insert("published_min_km".into(), published.map(|p| p.low).into());
        whole.insert("published_max_km".into(), published.map(|p| p.high).into());
        vec![
            Records::of("history", &self.history),
            Records::of("entries", &self.entries),
            Records::of("stretches", &self.stretches),
            Records::rows("lines", vec![whole]),
        ]
    }

    fn summary(&self) -> Value {
        super::without(self, &["stretches"])
    }

    fn features(&self) -> Vec<Value> {
        let stretches = self.stretches.iter().enumerate().map(|(number, stretch)| {
            let id = format!("{}/{}", stretch.line, number + 1);
            feature(Some(id), rounded::line(&stretch.courses), super::properties(stretch))
        });
        stretches.collect()
    }
}

impl StatusReport {
    fn history_table(&self) -> Table {
        let rows = self.history.iter().map(|row| {
            vec![
                Cell::maybe(row.date.as_deref()),
                Cell::maybe(row.meeting.as_deref()),
                Cell::text(row.status.word()),
                Cell::metres(row.length_m),
                Cell::number(row.share, 4),
                Cell::metres(row.change_m),
                Cell::number(row.published_km, 3),
                Cell::number(row.published_share_min, 4),
                Cell::number(row.published_share_max, 4),
            ]
        });
        Table {
            title: "By status over time; the first rows are before the log".into(),
            columns: vec![
                "date",
                "meeting",
                "status",
                "length_m",
                "share",
                "change_m",
                "published_km",
                "published_share_min",
                "published_share_max",
            ],
            rows: rows.collect(),
        }
    }

    fn entry_table(&self) -> Table {
        let rows = self.entries.iter().map(|entry| {
            vec![
                Cell::number(entry.row as f64, 0),
                Cell::text(&entry.date),
                Cell::maybe(entry.meeting.as_deref()),
                Cell::text(&entry.line),
                Cell::metres(entry.from_m),
                Cell::metres(entry.to_m),
                Cell::text(entry.status.word()),
                Cell::metres(entry.length_m),
                Cell::number(entry.published_km, 3),
                Cell::metres(entry.difference_m),
                Cell::metres(entry.standing_m),
                Cell::maybe(entry.source.as_deref()),
            ]
        });
        Table {
            title: "Entries of the log, measured and published".into(),
            columns: vec![
                "row",
                "date",
                "meeting",
                "line",
                "from_m",
                "to_m",
                "status",
                "length_m",
                "published_km",
                "difference_m",
                "standing_m",
                "source",
            ],
            rows: rows.collect(),
        }
    }

    fn stretch_table(&self) -> Table {
        let rows = self.stretches.iter().map(|stretch| {
            vec![
                Cell::text(&stretch.line),
                Cell::metres(stretch.from_m),
                Cell::metres(stretch.to_m),
                Cell::metres(stretch.length_m),
                Cell::text(stretch.status.word()),
                Cell::maybe(stretch.since.as_deref()),
                Cell::maybe(stretch.meeting.as_deref()),
            ]
        });
        Table {
            title: "Stretches at the last date".into(),
            columns: vec!["line", "from_m", "to_m", "length_m", "status", "since", "meeting"],
            rows: rows.collect(),
        }
    }
}
