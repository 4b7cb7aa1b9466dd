//! How far is a place from a line?

use super::index::SpaceIndex;
use crate::earth::{LocalPlane, distance_m, edge_length_m, point_along, to_space_m};
use geo::Coord;

/// Greatest length in metres of the chords that stand for edges: their sagitta is 2 cm.
const CHORD_M: f64 = 1000.0;

/// Lines made ready for asking what is nearest.
pub struct Nearest {
    edges: Vec<[Coord; 2]>,
    index: SpaceIndex,
}

impl Nearest {
    /// Gathers the edges of lines; none if there is no edge.
    pub fn new<'a>(lines: impl IntoIterator<Item = &'a [Coord]>) -> Option<Self> {
        let mut edges = Vec::new();
        for edge in lines.into_iter().flat_map(|line| line.windows(2)) {
            let pieces = (edge_length_m(edge[0], edge[1]) / CHORD_M).ceil().max(1.0) as usize;
            let at = |i: usize| match i {
                0 => edge[0],
                _ if i == pieces => edge[1],
                _ => point_along(edge[0], edge[1], i as f64 / pieces as f64),
            };
            edges.extend((0..pieces).map(|i| [at(i), at(i + 1)]));
        }
        let space: Vec<_> = edges.iter().map(|edge| edge.map(to_space_m)).collect();
        (!edges.is_empty()).then(|| Nearest { index: SpaceIndex::new(&space), edges })
    }

    /// Ellipsoidal distance in metres from a position to the nearest position of the lines, and that position.
    ///
    /// # Method
    /// The nearest edge is found in space; the place on it in a plane that touches the ellipsoid at `position`; the
    /// distance is the geodesic. Right to 1e-4 of itself.
    pub fn to(&self, position: Coord) -> (f64, Coord) {
        let [from, to] = self.edges[self.index.nearest(to_space_m(position)).1 as usize];
        let (share, _) = LocalPlane::at(position).nearest_on_edge(position, from, to);
        let nearest = match share {
            0.0 => from,
            1.0 => to,
            _ => point_along(from, to, share),
        };
        (if nearest == position { 0.0 } else { distance_m(position, nearest) }, nearest)
    }
}
