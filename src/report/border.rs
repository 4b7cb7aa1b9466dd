//! Rendering of `borders` reports.

use super::{Cell, Record, Records, Rendering, Table};
use crate::io::{feature, line_geometry, point_geometry};
use crate::question::{BorderReport, BorderRow, SPACING_MM};
use geo::Coord;
use serde_json::{Map, Value};

/// Columns of the table of pairs if it has no rows.
const PAIR_FIELDS: [&str; 8] = ["a", "b", "length_m", "without_rings_m", "components", "rings", "points", "incomplete"];

impl Rendering for BorderReport {
    const COMMAND: &'static str = "borders";

    fn tables(&self) -> Vec<Table> {
        let two_sided = self.rows.iter().any(|row| row.a_side_length_m.is_some());
        let mut pairs = Table {
            title: "Borders".into(),
            columns: vec!["a", "b", "length_m", "without_rings_m", "components", "rings", "points", "incomplete"],
            rows: Vec::new(),
        };
        let named = self
            .rows
            .iter()
            .flat_map(|row| &row.components)
            .any(|c| c.a_part_name.is_some() || c.b_part_name.is_some());
        let mut parts = Table {
            title: "By pair of parts".into(),
            columns: match named {
                true => vec!["a", "a_part", "a_part_name", "b", "b_part", "b_part_name", "length_m", "ring", "lines"],
                false => vec!["a", "a_part", "b", "b_part", "length_m", "ring", "lines"],
            },
            rows: Vec::new(),
        };
        let claimed = self.rows.iter().any(|row| !row.claimed_by.is_empty());
        if claimed {
            pairs.columns.push("also_claimed_by");
        }
        if two_sided {
            pairs.columns.extend(["a_side_length_m", "b_side_length_m"]);
            parts.columns.extend(["a_side_length_m", "b_side_length_m"]);
        }
        for row in &self.rows {
            let rings = row.components.iter().filter(|c| c.ring);
            let open_m: f64 = row.components.iter().filter(|c| !c.ring).map(|c| c.length_m).sum();
            let mut cells = vec![
                Cell::text(&row.a),
                Cell::text(&row.b),
                Cell::metres(row.length_m),
                Cell::metres(open_m),
                Cell::number(row.components.len() as f64, 0),
                Cell::number(rings.count() as f64, 0),
                Cell::number(row.points.len() as f64, 0),
                Cell::truth(row.incomplete),
            ];
            if claimed {
                let ids: Vec<&str> = row.claimed_by.iter().map(|claim| claim.territory.as_str()).collect();
                cells.push(Cell::list(&ids));
            }
            if two_sided {
                cells.extend([row.a_side_length_m, row.b_side_length_m].map(Cell::metres));
            }
            pairs.rows.push(cells);
            for c in &row.components {
                let side = |id: &str, part: usize, name: &Option<String>| {
                    let start = [Cell::text(id), Cell::number(part as f64, 0)];
                    start.into_iter().chain(named.then(|| Cell::maybe(name.as_deref())))
                };
                let mut cells: Vec<Cell> = side(&row.a, c.a_part, &c.a_part_name).collect();
                cells.extend(side(&row.b, c.b_part, &c.b_part_name));
                cells.extend([Cell::metres(c.length_m), Cell::truth(c.ring), Cell::number(c.lines as f64, 0)]);
                if two_sided {
                    cells.extend([c.a_side_length_m, c.b_side_length_m].map(Cell::metres));
                }
                parts.rows.push(cells);
            }
        }
        let scales = self.scale_table();
        if scales.rows.is_empty() { vec![pairs, parts] } else { vec![scales, pairs, parts] }
    }

    fn records(&self) -> Vec<Records<'_>> {
        let claimed = self.rows.iter().any(|row| !row.claimed_by.is_empty());
        let pair = |row: &BorderRow| {
            Record::from_iter([("a".to_owned(), row.a.clone().into()), ("b".to_owned(), row.b.clone().into())])
        };
        let under = |row: &BorderRow, fields: Record| pair(row).into_iter().chain(fields).collect::<Record>();
        let pairs = self.rows.iter().map(|row| {
            let rings = row.components.iter().filter(|c| c.ring);
            let open_m: f64 = row.components.iter().filter(|c| !c.ring).map(|c| c.length_m).sum();
            let mut record = pair(row);
            record.extend([
                ("length_m".to_owned(), row.length_m.into()),
                ("without_rings_m".to_owned(), open_m.into()),
                ("components".to_owned(), row.components.len().into()),
                ("rings".to_owned(), rings.count().into()),
                ("points".to_owned(), row.points.len().into()),
                ("incomplete".to_owned(), row.incomplete.into()),
                ("a_side_length_m".to_owned(), row.a_side_length_m.into()),
                ("b_side_length_m".to_owned(), row.b_side_length_m.into()),
            ]);
            if claimed {
                let ids: Vec<&str> = row.claimed_by.iter().map(|claim| claim.territory.as_str()).collect();
                record.insert("claimed_by".to_owned(), ids.join("; ").into());
            }
            record
        });
        let components =
            self.rows.iter().flat_map(|row| row.components.iter().map(move |c| under(row, super::properties(c))));
        let points = self.rows.iter().flat_map(|row| {
            row.points.iter().map(move |&[x, y]| {
                under(
                    row,
                    Record::from_iter([
                        ("lon".to_owned(), super::degrees(x).into()),
                        ("lat".to_owned(), super::degrees(y).into()),
                    ]),
                )
            })
        });
        let scales =
            self.rows.iter().flat_map(|row| row.by_scale.iter().map(move |at| under(row, super::properties(at))));
        let mut records = vec![
            Records::rows("borders", pairs.collect()).with_columns(&PAIR_FIELDS),
            Records::rows("components", components.collect()),
            Records::rows("points", points.collect()),
        ];
        let scales = Records::rows("by_scale", scales.collect());
        if !scales.is_empty() {
            records.insert(0, scales);
        }
        records
    }

    fn features(&self) -> Vec<Value> {
        let mut out = Vec::new();
        for row in &self.rows {
            let mut lines_before = 0;
            for component in &row.components {
                let coincident = component.a_side_length_m.is_none();
                for (lines, owner) in component.sides().into_iter().zip([&row.a, &row.b]) {
                    for course in lines {
                        let mut properties = Map::from_iter([
                            ("left".to_owned(), row.a.clone().into()),
                            ("right".to_owned(), row.b.clone().into()),
                            ("left_part".to_owned(), component.a_part.into()),
                            ("right_part".to_owned(), component.b_part.into()),
                            ("length_m".to_owned(), crate::earth::line_length_m(course).into()),
                            ("ring".to_owned(), component.ring.into()),
                            ("coincident".to_owned(), coincident.into()),
                            ("status".to_owned(), crate::model::Status::Unspecified.word().into()),
                        ]);
                        for (key, name) in
                            [("left_part_name", &component.a_part_name), ("right_part_name", &component.b_part_name)]
                        {
                            properties.extend(name.as_ref().map(|name| (key.to_owned(), name.clone().into())));
                        }
                        if !coincident {
                            properties.insert("outline_of".to_owned(), owner.clone().into());
                        }
                        lines_before += 1;
                        let id = format!("{}/{}/line/{lines_before}", row.a, row.b);
                        out.push(feature(Some(id), line_geometry(std::slice::from_ref(course)), properties));
                    }
                }
            }
            for (number, &[x, y]) in row.points.iter().enumerate() {
                let id = format!("{}/{}/point/{}", row.a, row.b, number + 1);
                let properties = Map::from_iter([
                    ("a".to_owned(), Value::from(row.a.clone())),
                    ("b".to_owned(), row.b.clone().into()),
                    ("contact".to_owned(), "point".into()),
                ]);
                out.push(feature(Some(id), point_geometry(Coord { x, y }), properties));
            }
        }
        out
    }
}

impl BorderReport {
    fn scale_table(&self) -> Table {
        let rows = self.rows.iter().flat_map(|row| row.by_scale.iter().map(move |at| (row, at)));
        let rows = rows.map(|(row, at)| {
            vec![
                Cell::text(&row.a),
                Cell::text(&row.b),
                Cell::text(at.scale.map_or("as it is".to_owned(), |scale| format!("1:{scale}"))),
                Cell::number(at.spacing_m, 0),
                Cell::metres(at.length_m),
                Cell::metres(at.without_rings_m),
            ]
        });
        Table {
            title: format!("Length by spacing of vertices: dividers opened to {SPACING_MM} mm at each scale"),
            columns: vec!["a", "b", "scale", "spacing_m", "length_m", "without_rings_m"],
            rows: rows.collect(),
        }
    }
}
