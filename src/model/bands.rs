//! Is this position inside these rings?

use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};

/// Where a position lies with regard to rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// Strictly inside.
    Inside,
    /// On an edge or a vertex.
    OnLine,
    /// Strictly outside.
    Outside,
}

/// Edges of rings sorted into bands of latitude, so that asking for a position looks at a few edges only.
///
/// The rings count even-odd: a position in a hole is outside. Decisions are exact (Shewchuk's predicates).
#[derive(Debug, Clone)]
pub struct Bands {
    south: f64,
    bands_per_deg: f64,
    starts: Vec<u32>,
    edges: Vec<[Coord; 2]>,
}

impl Bands {
    /// Sorts the edges of closed rings, in planar longitude and latitude. Linear in their number.
    pub fn new<'a>(rings: impl IntoIterator<Item = &'a [Coord]> + Clone) -> Self {
        let edges = || rings.clone().into_iter().flat_map(|ring| ring.windows(2).map(|e| [e[0], e[1]]));
        let (mut south, mut north, mut count) = (f64::INFINITY, f64::NEG_INFINITY, 0usize);
        for [from, to] in edges() {
            south = south.min(from.y).min(to.y);
            north = north.max(from.y).max(to.y);
            count += 1;
        }
        let bands = (count / 2).clamp(1, 1 << 18);
        let bands_per_deg = if north > south { bands as f64 / (north - south) } else { 0.0 };
        let mut sorted = Bands { south, bands_per_deg, starts: vec![0; bands + 2], edges: Vec::new() };
        // A counting sort: count into the slot after, sum up, then place.
        for [from, to] in edges() {
            for band in sorted.spanned(from.y.min(to.y), from.y.max(to.y)) {
                sorted.starts[band + 2] += 1;
            }
        }
        for band in 2..sorted.starts.len() {
            sorted.starts[band] += sorted.starts[band - 1];
        }
        sorted.edges = vec![[Coord::zero(); 2]; sorted.starts[bands + 1] as usize];
        for edge in edges() {
            for band in sorted.spanned(edge[0].y.min(edge[1].y), edge[0].y.max(edge[1].y)) {
                let at = &mut sorted.starts[band + 1];
                sorted.edges[*at as usize] = edge;
                *at += 1;
            }
        }
        sorted
    }

    fn band(&self, lat: f64) -> usize {
        (((lat - self.south) * self.bands_per_deg).max(0.0) as usize).min(self.starts.len() - 3)
    }

    fn spanned(&self, south: f64, north: f64) -> std::ops::RangeInclusive<usize> {
        self.band(south)..=self.band(north)
    }

    /// The edges whose latitudes may touch those from `south` to `north`; an edge may come more than once.
    pub fn edges_between(&self, south: f64, north: f64) -> &[[Coord; 2]] {
        if self.edges.is_empty() {
            return &[];
        }
        &self.edges[self.starts[self.band(south)] as usize..self.starts[self.band(north) + 1] as usize]
    }

    /// Where the position (lon, lat in degrees) lies.
    pub fn locate(&self, position: Coord) -> Whereabouts {
        let mut inside = false;
        for &[from, to] in self.edges_between(position.y, position.y) {
            let (low, high) = if from.y <= to.y { (from, to) } else { (to, from) };
            if position.y < low.y || position.y > high.y || position.x > from.x.max(to.x) {
                continue;
            }
            if low.y == high.y {
                if position.x >= from.x.min(to.x) {
                    return Whereabouts::OnLine;
                }
                continue;
            }
            match RobustKernel::orient2d(low, high, position) {
                Orientation::Collinear => return Whereabouts::OnLine,
                // The edge lies east of the position; its upper end belongs to the next edge.
                Orientation::CounterClockwise if position.y < high.y => inside = !inside,
                _ => {}
            }
        }
        if inside { Whereabouts::Inside } else { Whereabouts::Outside }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().chain(points.first()).map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn holes_corners_and_edges() {
        let shell = ring(&[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]);
        let hole = ring(&[(1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (2.0, 1.0)]);
        let bands = Bands::new([shell.as_slice(), hole.as_slice()]);
        for (x, y, expected) in [
            (0.5, 0.5, Whereabouts::Inside),
            (1.5, 1.5, Whereabouts::Outside),
            (3.0, 1.0, Whereabouts::Inside),
            (3.0, 2.0, Whereabouts::Inside),
            (0.5, 2.0, Whereabouts::Inside),
            (1.0, 1.5, Whereabouts::OnLine),
            (4.0, 4.0, Whereabouts::OnLine),
            (2.0, 4.0, Whereabouts::OnLine),
            (5.0, 2.0, Whereabouts::Outside),
            (-1.0, 0.0, Whereabouts::Outside),
            (2.0, 5.0, Whereabouts::Outside),
        ] {
            assert_eq!(bands.locate(Coord { x, y }), expected, "{x} {y}");
        }
    }

    #[test]
    fn no_rings_hold_nothing() {
        assert_eq!(Bands::new(std::iter::empty()).locate(Coord { x: 0.0, y: 0.0 }), Whereabouts::Outside);
    }
}
