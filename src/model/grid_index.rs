//! Grid that answers point-in-polygon queries for small boxes far from any edge.

use super::y_band_index::{Location, YBandIndex};
use geo::Coord;

/// State of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    /// The bounding box of an edge intersects the cell.
    Touched,
    /// No edge is near; the whole cell has this location.
    Clear(Location),
}

/// Grid over a ring, for many small query boxes of which most are far from any edge.
pub(crate) struct GridIndex<'a> {
    bands: &'a YBandIndex,
    low: Coord,
    per_deg: Coord,
    side: usize,
    cells: Vec<Cell>,
}

impl<'a> GridIndex<'a> {
    /// Builds the grid over a ring and locates its cells; `bands` is the index of the same ring. Linear in the number
    /// of edges.
    pub fn new(ring: &[Coord], bands: &'a YBandIndex) -> Self {
        let (low, high) = bounds(ring);
        let side = ((ring.len() as f64).sqrt() as usize).clamp(1, 1024);
        let per = |from: f64, to: f64| if to > from { side as f64 / (to - from) } else { 0.0 };
        let per_deg = Coord { x: per(low.x, high.x), y: per(low.y, high.y) };
        let mut grid =
            GridIndex { bands, low, per_deg, side, cells: vec![Cell::Clear(Location::Outside); side * side] };
        for edge in ring.windows(2) {
            let (columns, rows) = grid.covered(bounds(edge));
            for row in rows {
                grid.cells[row * side + columns.start()..=row * side + columns.end()].fill(Cell::Touched);
            }
        }
        for row in 0..side {
            let mut known = None;
            for column in 0..side {
                let cell = row * side + column;
                known = match (grid.cells[cell], known) {
                    (Cell::Touched, _) => None,
                    // No edge lies between adjacent clear cells.
                    (_, Some(place)) => Some(place),
                    _ => Some(bands.locate(grid.middle(column, row))),
                };
                if let Some(place) = known {
                    grid.cells[cell] = Cell::Clear(place);
                }
            }
        }
        grid
    }

    /// Locates a box; `None` where the bounding box of an edge intersects it.
    pub fn side_of_box(&self, outline: (Coord, Coord)) -> Option<Location> {
        let (columns, rows) = self.covered(outline);
        let first = self.cells[rows.start() * self.side + columns.start()];
        // A box that extends beyond the grid is outside there, but an edge may be near.
        let within = outline.0.x >= self.low.x && outline.0.y >= self.low.y;
        let clear = |row: usize| self.cells[row * self.side..][columns.clone()].iter().all(|cell| *cell == first);
        match first {
            Cell::Clear(place) if within && rows.clone().all(clear) => Some(place),
            _ => self.bands.side_of_box(outline),
        }
    }

    /// Columns and rows of the cells that a box intersects.
    fn covered(
        &self,
        (low, high): (Coord, Coord),
    ) -> (std::ops::RangeInclusive<usize>, std::ops::RangeInclusive<usize>) {
        let cell = |degrees: f64, from: f64, per: f64| (((degrees - from) * per).max(0.0) as usize).min(self.side - 1);
        (
            cell(low.x, self.low.x, self.per_deg.x)..=cell(high.x, self.low.x, self.per_deg.x),
            cell(low.y, self.low.y, self.per_deg.y)..=cell(high.y, self.low.y, self.per_deg.y),
        )
    }

    fn middle(&self, column: usize, row: usize) -> Coord {
        let at = |cell: usize, from: f64, per: f64| if per > 0.0 { from + (cell as f64 + 0.5) / per } else { from };
        Coord { x: at(column, self.low.x, self.per_deg.x), y: at(row, self.low.y, self.per_deg.y) }
    }
}

/// South-west and north-east corners.
pub(crate) fn bounds(line: &[Coord]) -> (Coord, Coord) {
    line.iter().fold((line[0], line[0]), |(low, high), p| {
        (Coord { x: low.x.min(p.x), y: low.y.min(p.y) }, Coord { x: high.x.max(p.x), y: high.y.max(p.y) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grid_agrees_with_y_band_index() {
        let star = |i: usize| {
            let (turn, reach) = (i as f64 / 400.0 * std::f64::consts::TAU, if i.is_multiple_of(2) { 3.0 } else { 1.0 });
            Coord { x: 45.0 + reach * turn.cos(), y: 40.0 + reach * turn.sin() }
        };
        let ring: Vec<Coord> = (0..=400).map(|i| star(i % 400)).collect();
        let bands = YBandIndex::new([ring.as_slice()]);
        let cells = GridIndex::new(&ring, &bands);
        let mut clear = 0;
        for i in 0..4000 {
            let at = Coord { x: 41.5 + f64::from(i % 80) * 0.09, y: 36.5 + f64::from(i / 80) * 0.14 };
            let outline = (at, at + Coord { x: 0.03, y: 0.02 });
            if let Some(place) = cells.side_of_box(outline) {
                // A cell next to an edge's box may give less than the bands, but never another answer.
                assert_eq!(bands.side_of_box(outline), Some(place), "{at:?}");
                clear += 1;
            } else {
                assert_eq!(bands.side_of_box(outline), None, "{at:?}");
            }
        }
        assert!(clear > 1000, "{clear}");
    }
}
