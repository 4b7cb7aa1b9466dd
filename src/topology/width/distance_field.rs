//! The edges of a polygon, indexed for nearest-edge queries.

use super::ground::{Flat, LocalFrame};
use super::{FEW, NEAR_M};
use crate::earth::{LocalPlane, point_along, to_geocentric_m};
use crate::model::{Location, YBandIndex};
use crate::topology::clean::bands_of;
use crate::topology::index::SpaceIndex;
use geo::{Coord, Polygon};
use std::cell::OnceCell;

/// In place of an edge's number.
pub(super) const NONE: u32 = u32::MAX;

/// The edges of a polygon.
pub(super) trait DistanceField {
    /// Coordinates of the edges.
    type LocalFrame: LocalFrame;
    /// An edge in the units of these coordinates.
    fn edge(&self, number: u32) -> [Coord; 2];
    /// Signed distance in metres of a place from the outline, negative outside, and the nearest edges, the nearest
    /// first.
    fn nearest(&self, at: Coord) -> (f64, [u32; 3]);
}

/// Few edges on one plane, in metres: groups whose boxes may be near are tested edge by edge.
pub(super) struct Few {
    edges: Vec<Stretch>,
    /// South-west and north-east corners of the box of each [`GROUP`] of edges.
    boxes: Vec<[Coord; 2]>,
}

/// Consecutive edges with a common box.
const GROUP: usize = 16;

/// An edge as its ends, its vector, and the factor that gives shares along it.
struct Stretch {
    from: Coord,
    to: Coord,
    way: Coord,
    inverse: f64,
}

impl Few {
    pub fn new(edges: &[[Coord; 2]]) -> Self {
        let stretch = |&[from, to]: &[Coord; 2]| {
            let way = to - from;
            Stretch { from, to, way, inverse: 1.0 / (way.x * way.x + way.y * way.y) }
        };
        let box_of = |group: &[[Coord; 2]]| {
            group.iter().flatten().fold([group[0][0]; 2], |[low, high], end| {
                let low = Coord { x: low.x.min(end.x), y: low.y.min(end.y) };
                [low, Coord { x: high.x.max(end.x), y: high.y.max(end.y) }]
            })
        };
        Few { edges: edges.iter().map(stretch).collect(), boxes: edges.chunks(GROUP).map(box_of).collect() }
    }
}

impl DistanceField for Few {
    type LocalFrame = Flat;

    fn edge(&self, number: u32) -> [Coord; 2] {
        let edge = &self.edges[number as usize];
        [edge.from, edge.to]
    }

    fn nearest(&self, at: Coord) -> (f64, [u32; 3]) {
        let (mut nearest, mut inside) = ([(f64::INFINITY, NONE); 3], false);
        let numbered = |group: usize| (group * GROUP..).zip(&self.edges[group * GROUP..]).take(GROUP);
        for (group, [low, high]) in self.boxes.iter().enumerate() {
            let to_box = |low: f64, high: f64, at: f64| (low - at).max(at - high).max(0.0);
            let off = Coord { x: to_box(low.x, high.x, at.x), y: to_box(low.y, high.y, at.y) };
            // Neither near, nor crossed by a ray to the east.
            if off.x * off.x + off.y * off.y >= nearest[2].0 && (off.y > 0.0 || high.x < at.x) {
                continue;
            }
            for (number, edge) in numbered(group) {
                let (p, way) = (edge.from - at, edge.way);
                let share = (-(p.x * way.x + p.y * way.y) * edge.inverse).clamp(0.0, 1.0);
                let foot = Coord { x: p.x + way.x * share, y: p.y + way.y * share };
                let squared = foot.x * foot.x + foot.y * foot.y;
                if squared < nearest[2].0 {
                    nearest[2] = (squared, number as u32);
                    if squared < nearest[1].0 {
                        nearest.swap(1, 2);
                    }
                    if squared < nearest[0].0 {
                        nearest.swap(0, 1);
                    }
                }
                // Ray casting to the east. Compares coordinates, not rounded results: where the ray passes through a
                // vertex, both edges must agree on which side of it the vertex is.
                if (edge.from.y > at.y) != (edge.to.y > at.y) {
                    inside ^= (p.x * way.y - p.y * way.x > 0.0) == (way.y > 0.0);
                }
            }
        }
        let signed_m = if inside { nearest[0].0.sqrt() } else { -nearest[0].0.sqrt() };
        (signed_m, nearest.map(|(_, number)| number))
    }
}

/// Many or long edges, in degrees.
pub(super) struct Many {
    edges: Vec<[Coord; 2]>,
    chords: OnceCell<Chords>,
    longest_deg: f64,
    bands: YBandIndex,
}

/// Edges as chords in space, with an R-tree.
struct Chords {
    index: SpaceIndex,
    /// Edge of each chord.
    of: Vec<u32>,
}

impl Many {
    /// `coarser`: factor on the deviation of chords from edges, relative to centimetres.
    pub fn new(edges: Vec<[Coord; 2]>, polygon: &Polygon, coarser: f64) -> Self {
        /// Chords of a kilometre deviate by centimetres; the deviation grows with the square of the length.
        const SHORT_DEG: f64 = 0.01;
        let longest_deg = (SHORT_DEG * coarser.sqrt()).min(1.0);
        Many { edges, chords: OnceCell::new(), longest_deg, bands: bands_of(polygon) }
    }

    fn chords(&self) -> &Chords {
        self.chords.get_or_init(|| {
            let (mut all, mut of) = (Vec::with_capacity(self.edges.len()), Vec::with_capacity(self.edges.len()));
            for (number, edge) in self.edges.iter().enumerate() {
                all.extend(chords(edge[0], edge[1], self.longest_deg));
                of.resize(all.len(), number as u32);
            }
            Chords { index: SpaceIndex::new(&all), of }
        })
    }

    /// The nearest of few edges, if it is close enough for a plane.
    fn nearest_on_plane(&self, at: Coord) -> Option<(f64, [u32; 3])> {
        if self.edges.len() > FEW {
            return None;
        }
        let plane = LocalPlane::at(at);
        let mut nearest = [(f64::INFINITY, NONE); 3];
        for (number, &[from, to]) in self.edges.iter().enumerate() {
            let (_, distance_m) = plane.nearest_on_edge(at, from, to);
            if distance_m < nearest[2].0 {
                nearest[2] = (distance_m, number as u32);
                nearest.sort_by(|a, b| a.0.total_cmp(&b.0));
            }
        }
        (nearest[0].0 <= NEAR_M).then_some((nearest[0].0, nearest.map(|(_, number)| number)))
    }
}

impl DistanceField for Many {
    type LocalFrame = LocalPlane;

    fn edge(&self, number: u32) -> [Coord; 2] {
        self.edges[number as usize]
    }

    fn nearest(&self, at: Coord) -> (f64, [u32; 3]) {
        let (distance_m, edges) = self.nearest_on_plane(at).unwrap_or_else(|| {
            let chords = self.chords();
            let (squared, chord) = chords.index.nearest(to_geocentric_m(at));
            (squared.sqrt(), [chords.of[chord as usize], NONE, NONE])
        });
        let inside = self.bands.locate(at) == Location::Inside;
        (if inside { distance_m } else { -distance_m }, edges)
    }
}

/// An edge as chords in space, none longer than `longest_deg` degrees.
fn chords(from: Coord, to: Coord, longest_deg: f64) -> impl Iterator<Item = [[f64; 3]; 2]> {
    let pieces = (((to.x - from.x).abs().max((to.y - from.y).abs()) / longest_deg).ceil() as usize).clamp(1, 4000);
    let at = move |i: usize| match i {
        0 => to_geocentric_m(from),
        i if i == pieces => to_geocentric_m(to),
        i => to_geocentric_m(point_along(from, to, i as f64 / pieces as f64)),
    };
    (0..pieces).map(move |i| [at(i), at(i + 1)])
}
