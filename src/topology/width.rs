//! How wide is a piece of land at its widest?

use super::clean::bands_of;
use super::index::SpaceIndex;
use crate::earth::{LocalPlane, point_along, to_space_m};
use crate::model::{Bands, Whereabouts};
use geo::{BoundingRect, Coord, Polygon};
use std::collections::BinaryHeap;

/// Share of the width, and metres, to which it is found.
const PRECISION: (f64, f64) = (0.01, 0.01);
/// Cells after which the best so far is the answer.
const MOST_CELLS: usize = 20_000;
/// Edges up to which each is tried.
const FEW: usize = 48;
/// Metres within which a plane that touches the ellipsoid measures as well as is asked.
const NEAR_M: f64 = 20_000.0;

/// Returns the diameter in metres of the largest circle that fits into a polygon, to 1 % or 1 cm, and its centre.
///
/// # Method
/// That of a triangle is the circle inscribed. Otherwise branch and bound, as Mapbox's *polylabel*, on rectangles that
/// lie along the polygon: one is halved while a larger circle may have its centre in it. No such circle reaches farther
/// than from a corner of the rectangle to an edge of the outline, whichever edge that be, because the distance from an
/// edge is convex; the edges nearest to the middles on the way down give the bounds. So the number of rectangles does
/// not grow with length over width where the sides run straight.
///
/// # Limitations and cost
/// At most 20 000 rectangles; of land that needs more, the widest place found in them.
pub fn widest_place(polygon: &Polygon) -> (f64, Coord) {
    let Some(bounds) = polygon.bounding_rect() else { return (0.0, Coord::zero()) };
    let (low, high) = (bounds.min(), bounds.max());
    let middle = (low + high) / 2.0;
    let plane = LocalPlane::at(middle);
    let size = plane.to_m(high) - plane.to_m(low);
    let outline = Rim::new(polygon, size.x.hypot(size.y) < NEAR_M);
    if outline.edges.is_empty() {
        return (0.0, low);
    }
    if let (3, None) = (outline.edges.len(), &outline.index) {
        return in_triangle(&plane, outline.edges.iter().map(|edge| plane.to_m(edge[0])));
    }
    let mut heap = BinaryHeap::from([outline.cell(outline.frame(&plane), [u32::MAX; 3])]);
    let (mut best, mut tried) = ((0.0, low), 0);
    while let Some(widest) = heap.pop() {
        if widest.signed_m > best.0 {
            best = (widest.signed_m, widest.place.middle);
        }
        tried += 1;
        if widest.most_m - best.0 <= (best.0 * PRECISION.0).max(PRECISION.1) || tried > MOST_CELLS {
            break;
        }
        for half in widest.place.halves(widest.along) {
            let smaller = outline.cell(half, widest.edges);
            if smaller.signed_m > best.0 {
                best = (smaller.signed_m, smaller.place.middle);
            }
            if smaller.most_m > best.0 {
                heap.push(smaller);
            }
        }
    }
    (2.0 * best.0, best.1)
}

/// Returns the greatest width of a polygon in metres: see [`widest_place`].
pub fn greatest_width_m(polygon: &Polygon) -> f64 {
    widest_place(polygon).0
}

/// The circle inscribed in a triangle.
fn in_triangle(plane: &LocalPlane, corners: impl Iterator<Item = Coord>) -> (f64, Coord) {
    let p: Vec<Coord> = corners.collect();
    let side = |i: usize| {
        let d = p[(i + 2) % 3] - p[(i + 1) % 3];
        d.x.hypot(d.y)
    };
    let (u, v) = (p[1] - p[0], p[2] - p[0]);
    let around = side(0) + side(1) + side(2);
    let centre = (p[0] * side(0) + p[1] * side(1) + p[2] * side(2)) / around;
    (2.0 * (u.x * v.y - u.y * v.x).abs() / around, plane.to_degrees(centre))
}

/// A rectangle on the ground: its middle, and from there to the middle of two of its sides, in degrees.
#[derive(Clone, Copy)]
struct Place {
    middle: Coord,
    a: Coord,
    b: Coord,
}

impl Place {
    fn halves(&self, along_a: bool) -> [Place; 2] {
        let step = if along_a { self.a / 2.0 } else { self.b / 2.0 };
        let (a, b) = if along_a { (step, self.b) } else { (self.a, step) };
        [self.middle - step, self.middle + step].map(|middle| Place { middle, a, b })
    }

    fn corners(&self) -> [Coord; 4] {
        let (sum, difference) = (self.a + self.b, self.a - self.b);
        [self.middle + sum, self.middle - sum, self.middle + difference, self.middle - difference]
    }
}

/// A rectangle with the most that circles with their centres in it can measure.
struct Cell {
    most_m: f64,
    signed_m: f64,
    place: Place,
    /// Edges that give bounds, the nearest to the middle first.
    edges: [u32; 3],
    /// Whether to halve it along `a`.
    along: bool,
}

/// The edges of a polygon, ready for asking for the nearest.
struct Rim {
    edges: Vec<[Coord; 2]>,
    index: Option<Index>,
}

/// Of many or long edges.
struct Index {
    chords: SpaceIndex,
    /// Edge of each chord.
    of: Vec<u32>,
    bands: Bands,
}

impl Rim {
    fn new(polygon: &Polygon, small: bool) -> Self {
        let rings = || std::iter::once(polygon.exterior()).chain(polygon.interiors());
        let edges: Vec<[Coord; 2]> = rings()
            .flat_map(|ring| ring.0.windows(2))
            .filter(|edge| edge[0] != edge[1])
            .map(|edge| [edge[0], edge[1]])
            .collect();
        let index = (!(edges.is_empty() || small && edges.len() <= FEW)).then(|| {
            let (mut all, mut of) = (Vec::with_capacity(edges.len()), Vec::with_capacity(edges.len()));
            for (number, edge) in edges.iter().enumerate() {
                all.extend(chords(edge[0], edge[1]));
                of.resize(all.len(), number as u32);
            }
            Index { chords: SpaceIndex::new(&all), of, bands: bands_of(polygon) }
        });
        Rim { edges, index }
    }

    /// The rectangle around all edges, along the direction in which the vertices are spread most.
    fn frame(&self, plane: &LocalPlane) -> Place {
        let points = || self.edges.iter().map(|edge| plane.to_m(edge[0]));
        let mean = points().fold(Coord::zero(), |sum, p| sum + p) / self.edges.len() as f64;
        let [mut xx, mut xy, mut yy] = [0.0; 3];
        for d in points().map(|p| p - mean) {
            xx += d.x * d.x;
            xy += d.x * d.y;
            yy += d.y * d.y;
        }
        let (sin, cos) = ((2.0 * xy).atan2(xx - yy) / 2.0).sin_cos();
        let turned = |p: Coord| Coord { x: p.x * cos + p.y * sin, y: p.y * cos - p.x * sin };
        let back = |p: Coord| Coord { x: p.x * cos - p.y * sin, y: p.x * sin + p.y * cos };
        let first = turned(mean);
        let (low, high) = points().map(turned).fold((first, first), |(low, high), p| {
            (Coord { x: low.x.min(p.x), y: low.y.min(p.y) }, Coord { x: high.x.max(p.x), y: high.y.max(p.y) })
        });
        let (middle, half) = ((low + high) / 2.0, (high - low) / 2.0);
        let origin = plane.to_degrees(Coord::zero());
        let degrees = |p: Coord| plane.to_degrees(back(p)) - origin;
        let (a, b) = (degrees(Coord { x: half.x, y: 0.0 }), degrees(Coord { x: 0.0, y: half.y }));
        Place { middle: plane.to_degrees(back(middle)), a, b }
    }

    /// Distance in metres from the outline, negative outside, and the nearest edge.
    fn nearest(&self, at: Coord, plane: &LocalPlane) -> (f64, u32) {
        if let Some(index) = &self.index {
            let (squared, chord) = index.chords.nearest(to_space_m(at));
            let inside = index.bands.locate(at) == Whereabouts::Inside;
            return (if inside { squared.sqrt() } else { -squared.sqrt() }, index.of[chord as usize]);
        }
        let (mut nearest, mut inside) = ((f64::INFINITY, 0), false);
        for (number, edge) in self.edges.iter().enumerate() {
            let (p, q) = (plane.to_m(edge[0]), plane.to_m(edge[1]));
            let d = q - p;
            let share = (-(p.x * d.x + p.y * d.y) / (d.x * d.x + d.y * d.y)).clamp(0.0, 1.0);
            let foot = p + d * share;
            let squared = foot.x * foot.x + foot.y * foot.y;
            if squared < nearest.0 {
                nearest = (squared, number as u32);
            }
            // A ray to the east.
            if (p.y > 0.0) != (q.y > 0.0) {
                inside ^= (p.x * q.y - p.y * q.x > 0.0) == (d.y > 0.0);
            }
        }
        (if inside { nearest.0.sqrt() } else { -nearest.0.sqrt() }, nearest.1)
    }

    fn cell(&self, place: Place, known: [u32; 3]) -> Cell {
        let plane = LocalPlane::at(place.middle);
        let (signed_m, edge) = self.nearest(place.middle, &plane);
        let length = |d: Coord| {
            let m = plane.to_m(place.middle + d);
            m.x.hypot(m.y)
        };
        let radius_m = length(place.a + place.b).max(length(place.a - place.b)) * 1.001;
        let edges = if known.contains(&edge) { known } else { [edge, known[0], known[1]] };
        let mut cell = Cell { most_m: signed_m + radius_m, signed_m, place, edges, along: true };
        cell.along = length(place.a) >= length(place.b);
        if radius_m > NEAR_M {
            cell.most_m = signed_m + far_radius_m(&place);
            return cell;
        }
        let corners = place.corners();
        for &number in edges.iter().filter(|number| **number != u32::MAX) {
            let [from, to] = self.edges[number as usize];
            let off = corners.map(|corner| plane.nearest_on_edge(corner, from, to).1);
            let most_m = off.into_iter().fold(0.0, f64::max);
            if most_m < cell.most_m {
                cell.most_m = most_m;
                // Halved across, where that is why a corner is so far.
                let across_a = ((off[0] - off[3]).abs() + (off[2] - off[1]).abs()) / 2.0;
                let across_b = ((off[0] - off[2]).abs() + (off[1] - off[3]).abs()) / 2.0;
                let explained = across_a.max(across_b) > (most_m - signed_m.max(0.0)) / 2.0;
                cell.along = if explained { across_a > across_b } else { length(place.a) >= length(place.b) };
            }
        }
        cell
    }
}

/// The same as the radius of a rectangle too large for one plane, or a little more.
fn far_radius_m(place: &Place) -> f64 {
    let half = Coord { x: place.a.x.abs() + place.b.x.abs(), y: place.a.y.abs() + place.b.y.abs() };
    let lowest = (place.middle.y.abs() - half.y).max(0.0);
    let corner = LocalPlane::at(Coord { x: 0.0, y: lowest }).to_m(Coord { x: half.x, y: lowest + half.y });
    corner.x.hypot(corner.y) * 1.02
}

/// An edge as chords in space, so short that they lie within centimetres of it.
fn chords(from: Coord, to: Coord) -> impl Iterator<Item = [[f64; 3]; 2]> {
    const LONGEST_DEG: f64 = 0.01;
    let pieces = (((to.x - from.x).abs().max((to.y - from.y).abs()) / LONGEST_DEG).ceil() as usize).clamp(1, 4000);
    let at = move |i: usize| match i {
        0 => to_space_m(from),
        i if i == pieces => to_space_m(to),
        i => to_space_m(point_along(from, to, i as f64 / pieces as f64)),
    };
    (0..pieces).map(move |i| [at(i), at(i + 1)])
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Cell {}
impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Cell {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let (here, there) = (self.place.middle, other.place.middle);
        let by_place = || here.x.total_cmp(&there.x).then(here.y.total_cmp(&there.y));
        self.most_m.total_cmp(&other.most_m).then_with(by_place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    #[test]
    fn a_strip_is_as_wide_as_it_is_wide() {
        // 0.001° of latitude at 40° N is 111.04 m (GeographicLib); 0.1° of longitude is 8.5 km.
        let strip = polygon![(x: 45.0, y: 40.0), (x: 45.1, y: 40.0), (x: 45.1, y: 40.001), (x: 45.0, y: 40.001)];
        let (width_m, centre) = widest_place(&strip);
        assert!((width_m - 111.04).abs() < 0.6, "{width_m}");
        assert!((centre.y - 40.0005).abs() < 1e-5);
    }

    #[test]
    fn long_edges_and_thin_ends() {
        let long = polygon![(x: 45.0, y: 40.0), (x: 46.0, y: 40.0), (x: 46.0, y: 40.0002), (x: 45.0, y: 40.0002)];
        assert!((widest_place(&long).0 - 22.2).abs() < 0.3, "{:?}", widest_place(&long));
        let triangle = polygon![(x: 45.0, y: 40.0), (x: 45.1, y: 40.0), (x: 45.0, y: 40.0001)];
        assert!(widest_place(&triangle).0 < 11.2);
    }

    #[test]
    fn a_hole_takes_width_away() {
        let holed = polygon!(
            exterior: [(x: 45.0, y: 40.0), (x: 45.02, y: 40.0), (x: 45.02, y: 40.02), (x: 45.0, y: 40.02)],
            interiors: [[(x: 45.001, y: 40.001), (x: 45.019, y: 40.001), (x: 45.019, y: 40.019), (x: 45.001, y: 40.019)]],
        );
        assert!(widest_place(&holed).0 < 130.0);
    }
}
