//! The space for labels: occupied areas, and lines that a label should not cover.

use super::quad::Quad;
use super::sacred::Sacred;
use crate::map::paper::{Bounds, MM, walk_within};
use geo::Coord;
use std::cell::OnceCell;

/// Width of a cell in micrometres.
pub(super) const CELL: f64 = 0.7 * MM;

/// Length of a diagonal step to a neighbour, in cells.
const DIAGONAL: f32 = 1.414;

/// Occupied rectangles and the density of lines, within a frame.
pub(crate) struct Ground {
    pub frame: Bounds,
    taken: Vec<Quad>,
    columns: usize,
    rows: usize,
    density: Vec<u32>,
    /// Areas on which no label at the end of a leader may be, and the same as cells, computed on first use.
    land: Vec<Vec<Coord>>,
    land_cells: OnceCell<Option<Mask>>,
    /// State lines.
    sacred: Sacred,
}

impl Ground {
    pub(crate) fn new(frame: Bounds) -> Self {
        let count = |length: f64| (length / CELL).ceil().max(1.0) as usize + 1;
        let (columns, rows) = (count(frame.width()), count(frame.height()));
        Ground {
            frame,
            taken: Vec::new(),
            columns,
            rows,
            density: vec![0; columns * rows],
            land: Vec::new(),
            land_cells: OnceCell::new(),
            sacred: Sacred::new(frame),
        }
    }

    /// Occupies a rectangle: nothing may overlap it.
    pub(crate) fn take(&mut self, quad: Quad) {
        self.taken.push(quad);
    }

    /// The number of occupied rectangles.
    pub(super) fn taken(&self) -> usize {
        self.taken.len()
    }

    /// Frees the rectangles occupied since there were `count` of them.
    pub(super) fn free_again(&mut self, count: usize) {
        self.taken.truncate(count);
    }

    /// Adds lines that labels avoid if possible.
    pub(crate) fn avoid(&mut self, lines: &[Vec<Coord>], weight: u32) {
        for line in lines {
            for at in walk_within(line, CELL, &self.frame.grown(1.0)) {
                if let Some(i) = self.cell(at) {
                    self.density[i] = self.density[i].max(weight);
                }
            }
        }
    }

    /// Adds lines that no label may cover, and that no name of a place may be beyond.
    pub(crate) fn keep_off(&mut self, lines: &[Vec<Coord>]) {
        self.sacred.add(lines);
    }

    /// Adds outlines that no label may cover; names may be beyond them.
    pub(crate) fn keep_off_outlines(&mut self, lines: &[Vec<Coord>]) {
        self.sacred.add_outlines(lines);
    }

    /// Whether a label's box neither covers nor closely approaches a state line.
    pub(crate) fn is_off_lines(&self, quad: &Quad) -> bool {
        !self.sacred.is_near(quad)
    }

    /// Whether no state line runs between two positions.
    pub(super) fn is_one_side(&self, a: Coord, b: Coord) -> bool {
        !self.sacred.parts(a, b)
    }

    /// How many times a leader crosses state lines.
    pub(super) fn crossed_by(&self, leader: (Coord, Coord)) -> usize {
        self.sacred.crossed_by(leader)
    }

    /// The position of a symbol of some radius, moved clear of the state lines.
    pub(crate) fn off_lines(&self, at: Coord, radius: f64) -> Coord {
        self.sacred.off(at, radius)
    }

    /// Whether a box comes within half a millimetre of a state line, and whether state lines cross the link to it an
    /// odd number of times: computed exactly from the lines, for lint.
    pub(crate) fn told_of(&self, quad: &Quad, way: Option<(Coord, Coord)>) -> (bool, bool) {
        (self.sacred.covers(quad), way.is_some_and(|(from, to)| self.sacred.crossings(from, to) % 2 == 1))
    }

    /// Adds areas on which no label at the end of a leader may be: it would seem to name them.
    pub(crate) fn keep_leaders_off(&mut self, rings: &[Vec<Coord>]) {
        self.land.extend_from_slice(rings);
        self.land_cells = OnceCell::new();
    }

    /// Whether a label at the end of a leader may be on a rectangle.
    pub(super) fn may_lead_to(&self, quad: &Quad) -> bool {
        let land = self.land_cells.get_or_init(|| Mask::of(&self.land));
        land.as_ref().is_none_or(|land| quad.samples(CELL).all(|p| land.clearance(p) == 0.0))
    }

    /// Whether a rectangle is in the frame and overlaps nothing.
    pub(crate) fn is_free(&self, quad: &Quad) -> bool {
        let b = &quad.bounds;
        let inside = b.x0 >= self.frame.x0 && b.x1 <= self.frame.x1 && b.y0 >= self.frame.y0 && b.y1 <= self.frame.y1;
        inside && self.is_untaken(quad)
    }

    /// Whether a rectangle overlaps nothing.
    pub(crate) fn is_untaken(&self, quad: &Quad) -> bool {
        !self.taken.iter().any(|t| t.overlaps(quad))
    }

    /// The density of lines covered by a rectangle.
    pub(crate) fn lines_under(&self, quad: &Quad) -> f64 {
        quad.samples(CELL).filter_map(|p| self.cell(p)).map(|i| f64::from(self.density[i])).sum()
    }

    fn cell(&self, p: Coord) -> Option<usize> {
        let (x, y) = ((p.x - self.frame.x0) / CELL, (p.y - self.frame.y0) / CELL);
        let inside = x >= 0.0 && y >= 0.0 && (x as usize) < self.columns && (y as usize) < self.rows;
        inside.then(|| y as usize * self.columns + x as usize)
    }
}

/// An area as cells, each with its distance from the edge.
pub(crate) struct Mask {
    origin: Coord,
    columns: usize,
    rows: usize,
    /// Distance to the edge of the area in cells; zero outside.
    clearance: Vec<f32>,
}

impl Mask {
    /// Fills rings by the even-odd rule, one scan line per row of cells.
    pub(crate) fn of(rings: &[Vec<Coord>]) -> Option<Self> {
        let b = Bounds::of(rings.iter().flatten())?;
        let origin = Coord { x: b.x0 - CELL, y: b.y0 - CELL };
        let (columns, rows) = ((b.width() / CELL) as usize + 3, (b.height() / CELL) as usize + 3);
        let mut clearance = vec![0.0f32; columns * rows];
        // Intersections of edges with the middle line of each row of cells.
        let mut cuts: Vec<Vec<f64>> = vec![Vec::new(); rows];
        for ring in rings {
            for i in 0..ring.len() {
                let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
                let row = |y: f64| (y - origin.y) / CELL - 0.5;
                // One more row on each side: rounding must not lose an intersection.
                let first = (row(a.y.min(b.y)).floor() - 1.0).max(0.0) as usize;
                let last = (row(a.y.max(b.y)).ceil() + 1.0).max(0.0) as usize;
                for (row, cuts) in cuts.iter_mut().enumerate().take(last + 1).skip(first) {
                    let y = origin.y + (row as f64 + 0.5) * CELL;
                    if (a.y > y) != (b.y > y) {
                        cuts.push(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
                    }
                }
            }
        }
        for (row, mut cuts) in cuts.into_iter().enumerate() {
            cuts.sort_by(f64::total_cmp);
            for pair in cuts.chunks_exact(2) {
                let column = |x: f64| (((x - origin.x) / CELL - 0.5).ceil().max(0.0) as usize).min(columns);
                clearance[row * columns + column(pair[0])..row * columns + column(pair[1])].fill(f32::MAX);
            }
        }
        let mut mask = Mask { origin, columns, rows, clearance };
        mask.measure();
        Some(mask)
    }

    /// Chamfer distance transform in two passes; the outermost cells are outside the area.
    fn measure(&mut self) {
        let columns = self.columns;
        for row in 1..self.rows - 1 {
            let (above, own) = self.clearance.split_at_mut(row * columns);
            let above = &above[(row - 1) * columns..];
            for x in 1..columns - 1 {
                let diagonal = above[x - 1].min(above[x + 1]) + DIAGONAL;
                own[x] = own[x].min((own[x - 1].min(above[x]) + 1.0).min(diagonal));
            }
        }
        for row in (1..self.rows - 1).rev() {
            let (own, below) = self.clearance.split_at_mut((row + 1) * columns);
            let own = &mut own[row * columns..];
            for x in (1..columns - 1).rev() {
                let diagonal = below[x - 1].min(below[x + 1]) + DIAGONAL;
                own[x] = own[x].min((own[x + 1].min(below[x]) + 1.0).min(diagonal));
            }
        }
    }

    /// Distance from a point to the edge of the area in micrometres; zero outside.
    pub(crate) fn clearance(&self, p: Coord) -> f64 {
        let (x, y) = ((p.x - self.origin.x) / CELL, (p.y - self.origin.y) / CELL);
        if x < 0.0 || y < 0.0 || x as usize >= self.columns || y as usize >= self.rows {
            return 0.0;
        }
        f64::from(self.clearance[y as usize * self.columns + x as usize]) * CELL
    }

    /// Centres of cells inside the area, every `step` cells, with their clearance.
    pub(crate) fn inside(&self, step: usize) -> Vec<(Coord, f64)> {
        let centre = |row: usize, column: usize| {
            self.origin + Coord { x: (column as f64 + 0.5) * CELL, y: (row as f64 + 0.5) * CELL }
        };
        let cells = (0..self.rows).step_by(step).flat_map(|r| (0..self.columns).step_by(step).map(move |c| (r, c)));
        cells
            .map(|(r, c)| (centre(r, c), f64::from(self.clearance[r * self.columns + c]) * CELL))
            .filter(|(_, clearance)| *clearance > 0.0)
            .collect()
    }

    /// Direction of the long axis in degrees, clockwise from the right, within ±90.
    pub(super) fn axis_deg(&self) -> f64 {
        let cells = self.inside(1);
        let n = cells.len().max(1) as f64;
        let mean = cells.iter().fold(Coord { x: 0.0, y: 0.0 }, |sum, (p, _)| sum + *p) / n;
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for d in cells.iter().map(|(p, _)| *p - mean) {
            (xx, xy, yy) = (xx + d.x * d.x, xy + d.x * d.y, yy + d.y * d.y);
        }
        (0.5 * (2.0 * xy).atan2(xx - yy)).to_degrees()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pole_of_a_square_is_its_middle() {
        let ring = Bounds::mm(10.0, 10.0, 50.0, 50.0).ring();
        let mask = Mask::of(&[ring]).expect("it has points");
        let (pole, clearance) =
            mask.inside(1).into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("it has an inside");
        assert!((pole.x - 30.0 * MM).abs() < 1.0 * MM && (pole.y - 30.0 * MM).abs() < 1.0 * MM, "{pole:?}");
        assert!((clearance - 20.0 * MM).abs() < 1.0 * MM);
    }
}
