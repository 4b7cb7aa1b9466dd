//! State lines as obstacles for labels: no text or symbol may cover them, and a name must be on its own side.

use super::quad::Quad;
use crate::map::paper::{Bounds, MM, walk_within};
use geo::Coord;
use std::cell::OnceCell;

/// Free space on each side of a line's axis, in micrometres.
const FREE: f64 = 0.5 * MM;
/// Least width of a cell in micrometres, and greatest number of cells along the longer side of a frame.
const CELL: f64 = 0.25 * MM;
const MOST: f64 = 2600.0;
/// Greatest distance from a label's box to the edge of its halo, in micrometres.
const HALO: f64 = 0.33 * MM;

/// State lines within a frame.
pub(crate) struct Sacred {
    frame: Bounds,
    lines: Vec<Vec<Coord>>,
    /// Outlines of units, which no text may cover either; names may be beyond them.
    outlines: Vec<Vec<Coord>>,
    cells: OnceCell<Cells>,
}

/// The frame as cells: the number of cells near a line above and left of each corner (summed-area table), and the cells
/// crossed by the axes.
struct Cells {
    side: f64,
    columns: usize,
    rows: usize,
    near: Vec<bool>,
    sums: Vec<u32>,
    axis: Vec<bool>,
}

impl Sacred {
    pub(super) fn new(frame: Bounds) -> Self {
        Sacred { frame, lines: Vec::new(), outlines: Vec::new(), cells: OnceCell::new() }
    }

    /// Adds lines that must not be covered.
    pub(super) fn add(&mut self, lines: &[Vec<Coord>]) {
        let seen = |line: &&Vec<Coord>| Bounds::of(*line).is_some_and(|b| b.overlaps(&self.frame.grown(2.0)));
        self.lines.extend(lines.iter().filter(seen).cloned());
        self.cells = OnceCell::new();
    }

    /// Adds outlines that must not be covered, and that names may be beyond.
    pub(super) fn add_outlines(&mut self, lines: &[Vec<Coord>]) {
        self.outlines.extend_from_slice(lines);
        self.cells = OnceCell::new();
    }

    /// Whether a label with its halo would be too near a line.
    pub(super) fn is_near(&self, quad: &Quad) -> bool {
        !(self.lines.is_empty() && self.outlines.is_empty()) && self.cells().holds_any(quad, &self.frame)
    }

    /// Whether a line runs between two positions. A line at either end does not count.
    pub(super) fn parts(&self, from: Coord, to: Coord) -> bool {
        if self.lines.is_empty() {
            return false;
        }
        let cells = self.cells();
        let d = to - from;
        let length = d.x.hypot(d.y);
        let own = cells.side * 2.5;
        let steps = (length / cells.side * 2.0).ceil().max(1.0) as usize;
        let on_axis = |i: usize| {
            let along = length * i as f64 / steps as f64;
            along > own && cells.axis_at(from + d * (along / length.max(1.0)), &self.frame)
        };
        (0..=steps).any(on_axis)
    }

    /// How many times a leader crosses lines. A line at its start, where the mark of a place may be, does not count.
    pub(super) fn crossed_by(&self, (from, to): (Coord, Coord)) -> usize {
        if self.lines.is_empty() {
            return 0;
        }
        let cells = self.cells();
        let d = to - from;
        let length = d.x.hypot(d.y);
        let steps = (length / cells.side * 2.0).ceil().max(1.0) as usize;
        let (mut count, mut was_on) = (0, true);
        for along in (0..=steps).map(|i| length * i as f64 / steps as f64) {
            let is_on = cells.axis_at(from + d * (along / length.max(1.0)), &self.frame);
            count += usize::from(is_on && !was_on);
            was_on = is_on || along <= cells.side * 2.5;
        }
        count
    }

    /// Moves a position away from the nearest line, so that a symbol of some radius is clear of it; a position on a
    /// line itself is unchanged.
    pub(super) fn off(&self, at: Coord, radius: f64) -> Coord {
        let wanted = radius + FREE;
        let mut nearest: Option<(f64, Coord)> = None;
        for edge in self.lines.iter().flat_map(|line| line.windows(2)) {
            let (a, d) = (edge[0], edge[1] - edge[0]);
            let far = wanted + d.x.abs().max(d.y.abs());
            if (a.x - at.x).abs() > far || (a.y - at.y).abs() > far {
                continue;
            }
            let l2 = d.x * d.x + d.y * d.y;
            let t = if l2 == 0.0 { 0.0 } else { (((at - a).x * d.x + (at - a).y * d.y) / l2).clamp(0.0, 1.0) };
            let away = at - (a + d * t);
            let distance = away.x.hypot(away.y);
            if nearest.is_none_or(|(least, _)| distance < least) {
                nearest = Some((distance, away));
            }
        }
        match nearest {
            Some((distance, away)) if distance < wanted && distance > 0.02 * MM => {
                at + away * (wanted / distance - 1.0)
            }
            _ => at,
        }
    }

    /// Whether a box with its halo covers a line or comes within half a millimetre of it, computed exactly from the
    /// lines.
    pub(super) fn covers(&self, quad: &Quad) -> bool {
        let reach = quad.bounds.grown(FREE / MM);
        self.lines
            .iter()
            .flat_map(|line| walk_within(line, 0.2 * MM, &reach))
            .any(|p| reach.contains(p) && quad.distance(p) < FREE * 0.98)
    }

    /// Number of edges of lines crossed between two positions.
    pub(super) fn crossings(&self, from: Coord, to: Coord) -> usize {
        let cross = |a: Coord, b: Coord| a.x * b.y - a.y * b.x;
        let d = to - from;
        let crosses = |edge: &&[Coord]| {
            let (e, o) = (edge[1] - edge[0], edge[0] - from);
            let denominator = cross(d, e);
            if denominator == 0.0 {
                return false;
            }
            let (along, on) = (cross(o, e) / denominator, cross(o, d) / denominator);
            (0.0..1.0).contains(&along) && (0.0..1.0).contains(&on)
        };
        self.lines.iter().flat_map(|line| line.windows(2)).filter(crosses).count()
    }

    fn cells(&self) -> &Cells {
        self.cells.get_or_init(|| Cells::of(&self.lines, &self.outlines, &self.frame))
    }
}

impl Cells {
    fn of(lines: &[Vec<Coord>], outlines: &[Vec<Coord>], frame: &Bounds) -> Self {
        let side = CELL.max(frame.width().max(frame.height()) / MOST);
        let count = |length: f64| (length / side).ceil() as usize + 1;
        let (columns, rows) = (count(frame.width()), count(frame.height()));
        let mut cells = Cells {
            side,
            columns,
            rows,
            near: vec![false; columns * rows],
            sums: Vec::new(),
            axis: vec![false; columns * rows],
        };
        let reach = ((FREE + HALO) / side).ceil() as i64;
        let of = |lines: &[Vec<Coord>], is_axis: bool| -> Vec<(Coord, bool)> {
            let near = frame.grown((reach + 1) as f64 * side / MM);
            lines.iter().flat_map(|line| walk_within(line, side * 0.5, &near)).map(|p| (p, is_axis)).collect()
        };
        for (p, is_axis) in of(lines, true).into_iter().chain(of(outlines, false)) {
            let (x, y) = (((p.x - frame.x0) / side).floor() as i64, ((p.y - frame.y0) / side).floor() as i64);
            if x < -reach || y < -reach || x > columns as i64 + reach || y > rows as i64 + reach {
                continue;
            }
            if let Some(i) = cells.index(x, y).filter(|_| is_axis) {
                if cells.axis[i] {
                    continue;
                }
                cells.axis[i] = true;
            }
            for (dx, dy) in (-reach..=reach).flat_map(|dx| (-reach..=reach).map(move |dy| (dx, dy))) {
                let far = (dx as f64).hypot(dy as f64) * side;
                if far <= FREE + HALO + side * 0.7
                    && let Some(i) = cells.index(x + dx, y + dy)
                {
                    cells.near[i] = true;
                }
            }
        }
        cells.sums = vec![0; (columns + 1) * (rows + 1)];
        for y in 0..rows {
            let mut row = 0;
            for x in 0..columns {
                row += u32::from(cells.near[y * columns + x]);
                cells.sums[(y + 1) * (columns + 1) + x + 1] = cells.sums[y * (columns + 1) + x + 1] + row;
            }
        }
        cells
    }

    fn index(&self, x: i64, y: i64) -> Option<usize> {
        let inside = x >= 0 && y >= 0 && (x as usize) < self.columns && (y as usize) < self.rows;
        inside.then(|| y as usize * self.columns + x as usize)
    }

    fn at(&self, p: Coord, frame: &Bounds) -> Option<usize> {
        self.index(((p.x - frame.x0) / self.side).floor() as i64, ((p.y - frame.y0) / self.side).floor() as i64)
    }

    fn axis_at(&self, p: Coord, frame: &Bounds) -> bool {
        self.at(p, frame).is_some_and(|i| self.axis[i])
    }

    /// Whether a rectangle contains a cell near a line. For horizontal ones it is looked up in the summed-area table.
    fn holds_any(&self, quad: &Quad, frame: &Bounds) -> bool {
        let cell = |v: f64, low: f64, most: usize| (((v - low) / self.side).floor().max(0.0) as usize).min(most - 1);
        let b = &quad.bounds;
        let (x0, x1) = (cell(b.x0, frame.x0, self.columns), cell(b.x1, frame.x0, self.columns));
        let (y0, y1) = (cell(b.y0, frame.y0, self.rows), cell(b.y1, frame.y0, self.rows));
        let sum = |x: usize, y: usize| i64::from(self.sums[y * (self.columns + 1) + x]);
        let within = sum(x1 + 1, y1 + 1) - sum(x0, y1 + 1) - sum(x1 + 1, y0) + sum(x0, y0);
        if within == 0 || quad.is_level() {
            return within > 0;
        }
        quad.samples(self.side).filter_map(|p| self.at(p, frame)).any(|i| self.near[i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cells_say_what_the_lines_say() {
        let frame = Bounds::mm(0.0, 0.0, 100.0, 80.0);
        let mut sacred = Sacred::new(frame);
        let wave: Vec<Coord> = (0..=200)
            .map(|i| f64::from(i) * 0.5)
            .map(|x| Coord { x: x * MM, y: (40.0 + 12.0 * (x / 7.0).sin()) * MM })
            .collect();
        sacred.add(&[wave]);
        let mut near = 0;
        for i in 0..2000 {
            let t = f64::from(i);
            let centre = Coord { x: (8.0 + (t * 7.31) % 84.0) * MM, y: (6.0 + (t * 3.17) % 68.0) * MM };
            let quad = Quad::new(centre, (2.0 + t % 9.0) * MM, 2.5 * MM, if i % 3 == 0 { t % 90.0 } else { 0.0 });
            // Every box near a line is also near by the cells; a box near by the cells is at most a millimetre from a
            // line.
            let (by_cells, truly) = (sacred.is_near(&quad), sacred.covers(&quad));
            assert!(by_cells || !truly, "{quad:?}");
            near += usize::from(by_cells);
            let wide = sacred.lines.iter().flatten().any(|p| quad.distance(*p) < 1.6 * MM);
            assert!(!by_cells || wide, "{quad:?}");
            let other = centre + Coord { x: 0.0, y: 9.0 * MM };
            if !sacred.parts(centre, other) && sacred.crossings(centre, other) % 2 == 1 {
                assert!(
                    sacred.off(centre, MM) != centre,
                    "only a line at the position itself does not count: {centre:?}"
                );
            }
        }
        assert!((200..1800).contains(&near), "{near}");
    }

    #[test]
    fn a_symbol_beside_the_line_stands_clear_of_it_on_its_own_side() {
        let mut sacred = Sacred::new(Bounds::mm(0.0, 0.0, 50.0, 50.0));
        sacred.add(&[vec![Coord { x: 0.0, y: 20.0 * MM }, Coord { x: 50.0 * MM, y: 20.0 * MM }]]);
        let at = Coord { x: 10.0 * MM, y: 20.2 * MM };
        assert_eq!(sacred.off(at, 0.5 * MM), Coord { x: 10.0 * MM, y: 21.0 * MM });
        let (far, on) = (Coord { x: 10.0 * MM, y: 25.0 * MM }, Coord { x: 10.0 * MM, y: 20.0 * MM });
        assert_eq!((sacred.off(far, 0.5 * MM), sacred.off(on, 0.5 * MM)), (far, on));
    }
}
