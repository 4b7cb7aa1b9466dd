//! Isolines on a grid, as closed rings around the area at or above a level (marching squares, Lorensen and Cline 1987).

use geo::Coord;
use rustc_hash::FxHashMap;

/// Values at the nodes of a square grid on paper.
pub(super) struct Field {
    pub columns: usize,
    pub rows: usize,
    /// Row by row from the top; minus infinity if there is no value.
    pub values: Vec<f64>,
    pub first: Coord,
    pub step: f64,
}

/// An edge between two nodes: from a node to the right, or downwards.
type Edge = (u32, u32, bool);

impl Field {
    /// The value at a node; minus infinity on the rim of the grid, so that every ring closes along it.
    fn at(&self, x: usize, y: usize) -> f64 {
        if x == 0 || y == 0 || x + 1 >= self.columns || y + 1 >= self.rows {
            return f64::NEG_INFINITY;
        }
        self.values[y * self.columns + x]
    }

    /// The field smoothed with the weights 1 2 1 along both axes.
    pub(super) fn smooth(&self) -> Field {
        let blur = |values: &[f64], step: usize, place: &dyn Fn(usize) -> (usize, usize)| -> Vec<f64> {
            let mean = |i: usize| {
                let (at, count) = place(i);
                let before = values[if at > 0 { i - step } else { i }];
                let after = values[if at + 1 < count { i + step } else { i }];
                (before + 2.0 * values[i] + after) / 4.0
            };
            (0..values.len()).map(mean).collect()
        };
        let (columns, rows) = (self.columns, self.rows);
        let across = blur(&self.values, 1, &|i| (i % columns, columns));
        let values = blur(&across, columns, &|i| (i / columns, rows));
        Field { values, ..*self }
    }

    /// Rings around the area at or above a level; holes are rings too.
    pub(super) fn rings(&self, level: f64) -> Vec<Vec<Coord>> {
        let mut next: FxHashMap<Edge, Edge> = FxHashMap::default();
        let mut order: Vec<Edge> = Vec::new();
        for y in 0..self.rows.saturating_sub(1) {
            for x in 0..self.columns.saturating_sub(1) {
                let corners = [self.at(x, y), self.at(x + 1, y), self.at(x + 1, y + 1), self.at(x, y + 1)];
                let case = corners.iter().fold(0, |bits, v| bits << 1 | usize::from(*v >= level));
                if case == 0 || case == 0b1111 {
                    continue;
                }
                let (a, b) = (x as u32, y as u32);
                let edges: [Edge; 4] = [(a, b, false), (a + 1, b, true), (a, b + 1, false), (a, b, true)];
                // Saddle: the inside is connected if the mean of the corners reaches the level.
                let joined = corners.iter().sum::<f64>() / 4.0 >= level;
                let ways: &[(usize, usize)] = match (case, joined) {
                    (0b1000, _) => &[(3, 0)],
                    (0b0100, _) => &[(0, 1)],
                    (0b0010, _) => &[(1, 2)],
                    (0b0001, _) => &[(2, 3)],
                    (0b0111, _) => &[(0, 3)],
                    (0b1011, _) => &[(1, 0)],
                    (0b1101, _) => &[(2, 1)],
                    (0b1110, _) => &[(3, 2)],
                    (0b1100, _) => &[(3, 1)],
                    (0b0011, _) => &[(1, 3)],
                    (0b1001, _) => &[(2, 0)],
                    (0b0110, _) => &[(0, 2)],
                    (0b1010, true) => &[(1, 0), (3, 2)],
                    (0b1010, false) => &[(3, 0), (1, 2)],
                    (0b0101, true) => &[(0, 3), (2, 1)],
                    _ => &[(0, 1), (2, 3)],
                };
                for (from, to) in ways {
                    next.insert(edges[*from], edges[*to]);
                    order.push(edges[*from]);
                }
            }
        }
        let mut rings = Vec::new();
        for start in order {
            let mut ring = Vec::new();
            let mut edge = start;
            while let Some(to) = next.remove(&edge) {
                ring.push(self.crossing(edge, level));
                edge = to;
            }
            if ring.len() > 2 {
                ring.push(ring[0]);
                rings.push(ring);
            }
        }
        rings
    }

    /// The position on an edge at which the level is crossed.
    fn crossing(&self, (x, y, down): Edge, level: f64) -> Coord {
        let (x, y) = (x as usize, y as usize);
        let (a, b) = (self.at(x, y), if down { self.at(x, y + 1) } else { self.at(x + 1, y) });
        let share = if a.is_finite() && b.is_finite() { ((level - a) / (b - a)).clamp(0.0, 1.0) } else { 0.5 };
        let (dx, dy) = if down { (0.0, share) } else { (share, 0.0) };
        self.first + Coord { x: (x as f64 + dx) * self.step, y: (y as f64 + dy) * self.step }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::paper::area;

    #[test]
    fn rings_of_a_cone_have_the_areas_of_its_circles() {
        let (columns, rows) = (81, 81);
        let height = |i: usize| 40.0 - ((i % columns) as f64 - 40.0).hypot((i / columns) as f64 - 40.0);
        let values = (0..columns * rows).map(height).collect();
        let field = Field { columns, rows, values, first: Coord::zero(), step: 1.0 };
        for radius in [5.0, 17.3, 30.0] {
            let rings = field.rings(40.0 - radius);
            let found: f64 = rings.iter().map(|ring| area(&ring[1..]).abs()).sum();
            let expected = std::f64::consts::PI * radius * radius;
            assert!(rings.len() == 1 && (found / expected - 1.0).abs() < 0.01, "{found} in place of {expected}");
        }
        assert!(field.rings(41.0).is_empty());
        // Areas at the rim of the grid are closed along it.
        assert!(field.rings(-10.0).iter().all(|ring| ring.first() == ring.last()));
    }

    #[test]
    fn a_pit_is_a_hole() {
        let values = (0..121).map(|i| if i == 60 { 0.0 } else { 10.0 }).collect();
        let field = Field { columns: 11, rows: 11, values, first: Coord::zero(), step: 1.0 };
        let rings = field.rings(5.0);
        assert_eq!(rings.len(), 2);
        let areas: Vec<f64> = rings.iter().map(|ring| area(&ring[1..])).collect();
        assert!(areas[0] * areas[1] < 0.0, "shell and hole run in opposite senses: {areas:?}");
    }

    #[test]
    fn smoothing_keeps_planes_and_sums() {
        let plane = |i: usize| (i % 9) as f64 * 3.0 + (i / 9) as f64;
        let field =
            Field { columns: 9, rows: 7, values: (0..63).map(plane).collect(), first: Coord::zero(), step: 1.0 };
        let smooth = field.smooth();
        for i in [10, 31, 50] {
            assert_eq!(smooth.values[i], plane(i));
        }
        let spike = Field { values: (0..63).map(|i| if i == 31 { 16.0 } else { 0.0 }).collect(), ..field };
        assert_eq!((spike.smooth().values[31], spike.smooth().values.iter().sum::<f64>()), (4.0, 16.0));
    }
}
