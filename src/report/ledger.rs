//! Rendering of `ledger` reports.

use super::{Cell, Records, Rendering, Table, rounded};
use crate::io::feature;
use crate::question::{LedgerPiece, LedgerReport};
use serde_json::Value;

/// Placeholder for land without a territory.
const NOBODY: &str = "nobody";

impl Rendering for LedgerReport {
    const COMMAND: &'static str = "ledger";

    fn tables(&self) -> Vec<Table> {
        let mut tables = vec![self.piece_table(), self.pair_table(), self.territory_table(), self.balance_table()];
        if !self.unchanged.is_empty() {
            tables.insert(1, self.unchanged_table());
        }
        tables
    }

    /// Slivers are omitted from the pieces and counted in the pairs.
    fn records(&self) -> Vec<Records<'_>> {
        // Slivers are last.
        let count = self.pieces.partition_point(|piece| !piece.sliver);
        let pieces = Records::on_demand("pieces", count, |number| super::properties(&self.pieces[number]));
        vec![
            pieces.with_columns(&PIECE_FIELDS),
            Records::of("unchanged", &self.unchanged),
            Records::of("pairs", &self.pairs),
            Records::of("territories", &self.territories),
            Records::of("balance", [&self.balance]),
        ]
    }

    fn summary(&self) -> Value {
        super::without(self, &["pieces", "unchanged"])
    }

    fn features(&self) -> Vec<Value> {
        let pieces = self.pieces.iter().enumerate().map(|(number, piece)| {
            let id = format!("piece/{}", number + 1);
            feature(Some(id), rounded::land(&piece.polygons), super::properties(piece))
        });
        let unchanged = self
            .unchanged
            .iter()
            .map(|land| feature(Some(land.id.clone()), rounded::land(&land.polygons), super::properties(land)));
        pieces.chain(unchanged).collect()
    }
}

/// Columns of the table of pieces if it has no rows.
const PIECE_FIELDS: [&str; 12] = [
    "from",
    "to",
    "area_m2",
    "area_km2",
    "area_error_m2",
    "centre_lon",
    "centre_lat",
    "name",
    "width_m",
    "sliver",
    "settlements",
    "routes",
];

const PIECE_COLUMNS: [&str; 10] =
    ["from", "to", "area_m2", "area_error_m2", "width_m", "centre_lon", "centre_lat", "name", "settlements", "routes"];

fn piece_row(piece: &LedgerPiece) -> Vec<Cell> {
    let settlements: Vec<&str> = piece.settlements.iter().map(|s| s.name.as_deref().unwrap_or(s.id.as_str())).collect();
    let routes: Vec<String> = piece
        .routes
        .iter()
        .map(|r| {
            let indicative = if r.indicative { " (indicative)" } else { "" };
            let metres = |length_m: f64, place: &str| (length_m > 0.0).then(|| format!("{length_m:.0} m{place}"));
            let lengths = [metres(r.length_m, ""), metres(r.on_border_m, " on the outline")];
            format!("{} {}{indicative}", r.route, lengths.into_iter().flatten().collect::<Vec<_>>().join(", "))
        })
        .collect();
    let [area, area_error] = Cell::areas(piece.area_m2, piece.area_error_m2, 0);
    vec![
        who(piece.from.as_deref()),
        who(piece.to.as_deref()),
        area,
        area_error,
        Cell::number(piece.width_m, 0),
        Cell::number(piece.centre[0], 5),
        Cell::number(piece.centre[1], 5),
        Cell::maybe(piece.name.as_deref()),
        Cell::list(settlements),
        Cell::list(routes),
    ]
}

fn who(territory: Option<&str>) -> Cell {
    Cell::text(territory.unwrap_or(NOBODY))
}

impl LedgerReport {
    fn piece_table(&self) -> Table {
        Table {
            title: "Land that passes".into(),
            columns: PIECE_COLUMNS.to_vec(),
            rows: self.pieces.iter().filter(|piece| !piece.sliver).map(piece_row).collect(),
        }
    }

    fn unchanged_table(&self) -> Table {
        let rows = self.unchanged.iter().map(|land| {
            vec![
                Cell::text(&land.id),
                Cell::maybe(land.name.as_deref()),
                who(land.territory.as_deref()),
                Cell::maybe(land.controlled_by.as_deref()),
                Cell::truth(land.under_other_control),
                Cell::measure(land.area_km2, 4),
            ]
        });
        Table {
            title: "Land that stays".into(),
            columns: vec!["id", "name", "territory", "controlled_by", "under_other_control", "area_km2"],
            rows: rows.collect(),
        }
    }

    fn pair_table(&self) -> Table {
        let rows = self.pairs.iter().map(|pair| {
            let [area, area_error] = Cell::areas(pair.area_m2, pair.area_error_m2, 0);
            vec![
                who(pair.from.as_deref()),
                who(pair.to.as_deref()),
                Cell::number(pair.pieces as f64, 0),
                area,
                area_error,
                Cell::number(pair.slivers as f64, 0),
                Cell::measure(pair.sliver_area_m2, 1),
            ]
        });
        let title = match self.sliver_width_m {
            Some(width) => format!("By pair; slivers are nowhere wider than {width:.0} m"),
            None => "By pair; no accuracy is stated, so nothing counts as a sliver".into(),
        };
        let columns = vec!["from", "to", "pieces", "area_m2", "area_error_m2", "slivers", "sliver_area_m2"];
        Table { title, columns, rows: rows.collect() }
    }

    fn territory_table(&self) -> Table {
        let rows = self.territories.iter().map(|t| {
            vec![
                Cell::text(&t.territory),
                Cell::measure(t.to_it_m2, 1),
                Cell::measure(t.from_it_m2, 1),
                Cell::measure(t.difference_km2, 4),
                Cell::measure(t.before_m2, 0),
                Cell::measure(t.after_m2, 0),
                Cell::number(t.residual_m2, 3),
            ]
        });
        Table {
            title: "By territory, slivers included".into(),
            columns: vec![
                "territory",
                "to_it_m2",
                "from_it_m2",
                "difference_km2",
                "before_m2",
                "after_m2",
                "residual_m2",
            ],
            rows: rows.collect(),
        }
    }

    fn balance_table(&self) -> Table {
        let b = &self.balance;
        Table {
            title: "Balance".into(),
            columns: vec!["received_m2", "ceded_m2", "difference_m2", "greatest_residual_m2", "balanced"],
            rows: vec![vec![
                Cell::number(b.received_m2, 1),
                Cell::number(b.ceded_m2, 1),
                Cell::number(b.difference_m2, 3),
                Cell::number(b.greatest_residual_m2, 3),
                Cell::truth(b.balanced),
            ]],
        }
    }
}
