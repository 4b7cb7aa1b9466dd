//! Quadrilaterals (search cells) for the widest place.

use super::ground::LocalFrame;
use crate::earth::LocalPlane;
use geo::Coord;

/// A convex quadrilateral: its corners, the first two along its length.
#[derive(Clone, Copy)]
pub(super) struct Quadrilateral(pub [Coord; 4]);

impl Quadrilateral {
    pub fn middle(&self) -> Coord {
        let [a, b, c, d] = self.0;
        (a + b + c + d) / 4.0
    }

    pub fn halves(&self, across_length: bool) -> [Quadrilateral; 2] {
        let [a, b, c, d] = self.0;
        if across_length {
            let (low, high) = ((a + b) / 2.0, (d + c) / 2.0);
            [Quadrilateral([a, low, high, d]), Quadrilateral([low, b, c, high])]
        } else {
            let (left, right) = ((a + d) / 2.0, (b + c) / 2.0);
            [Quadrilateral([a, b, right, left]), Quadrilateral([left, right, c, d])]
        }
    }

    /// Upper bound, slightly generous, of the distance in metres from the middle to the farthest corner, for a
    /// quadrilateral in degrees that is too large for one plane.
    pub fn far_radius_m(&self) -> f64 {
        let middle = self.middle();
        let half = self.0.iter().fold(Coord::zero(), |half, corner| Coord {
            x: f64::max(half.x, (corner.x - middle.x).abs()),
            y: f64::max(half.y, (corner.y - middle.y).abs()),
        });
        let lowest = (middle.y.abs() - half.y).max(0.0);
        let corner = LocalPlane::at(Coord { x: 0.0, y: lowest }).to_m(Coord { x: half.x, y: lowest + half.y });
        corner.x.hypot(corner.y) * 1.02
    }
}

/// Principal axis of positions (metres).
struct Axis {
    sin: f64,
    cos: f64,
}

impl Axis {
    fn of(points: impl Iterator<Item = Coord> + Clone) -> Axis {
        let (sum, count) = points.clone().fold((Coord::zero(), 0.0), |(sum, count), p| (sum + p, count + 1.0));
        let mean = sum / count;
        let [mut xx, mut xy, mut yy] = [0.0; 3];
        for d in points.map(|p| p - mean) {
            xx += d.x * d.x;
            xy += d.x * d.y;
            yy += d.y * d.y;
        }
        let (sin, cos) = ((2.0 * xy).atan2(xx - yy) / 2.0).sin_cos();
        Axis { sin, cos }
    }

    /// Rotates to coordinates along and across the axis.
    fn turned(&self, p: Coord) -> Coord {
        Coord { x: p.x * self.cos + p.y * self.sin, y: p.y * self.cos - p.x * self.sin }
    }

    fn back(&self, p: Coord) -> Coord {
        Coord { x: p.x * self.cos - p.y * self.sin, y: p.x * self.sin + p.y * self.cos }
    }
}

/// The bounding rectangle of positions along their principal axis.
pub(super) fn around<G: LocalFrame>(positions: impl Iterator<Item = Coord> + Clone, ground: &G) -> Quadrilateral {
    let points = positions.map(|p| ground.to_m(p));
    let axis = Axis::of(points.clone());
    let (nothing, all) = (f64::INFINITY, f64::NEG_INFINITY);
    let (low, high) = points.map(|p| axis.turned(p)).fold(
        (Coord { x: nothing, y: nothing }, Coord { x: all, y: all }),
        |(low, high), p| {
            (Coord { x: low.x.min(p.x), y: low.y.min(p.y) }, Coord { x: high.x.max(p.x), y: high.y.max(p.y) })
        },
    );
    let corners = [low, Coord { x: high.x, y: low.y }, high, Coord { x: low.x, y: high.y }];
    Quadrilateral(corners.map(|corner| ground.place_at(axis.back(corner))))
}

/// A place, and an upper bound of the radius in metres of circles centred in it.
pub(super) type Bounded = (f64, Quadrilateral);

/// Slices the land inside edges (metres) across its length at every vertex, so that thin land gives few slices along
/// it. A circle centred in a slice has at most half the slice's width as its radius. The widest slices come first. A
/// sweep along the length: as many steps as there are slices, and a sort.
///
/// With many edges, the better of two perpendicular directions is used, by the sum of widths: for land around other
/// land, the principal axis is not the direction in which it extends.
pub(super) fn slices(edges: &[[Coord; 2]]) -> Vec<Bounded> {
    /// Number of edges up to which a second direction does not pay.
    const FEW: usize = 32;
    let axis = Axis::of(edges.iter().map(|edge| edge[0]));
    let along = slices_along(&axis, edges);
    if edges.len() <= FEW {
        return along;
    }
    let across = slices_along(&Axis { sin: axis.cos, cos: -axis.sin }, edges);
    let all_m = |slices: &[Bounded]| slices.iter().map(|(most_m, _)| most_m).sum::<f64>();
    if all_m(&across) < all_m(&along) { across } else { along }
}

fn slices_along(axis: &Axis, edges: &[[Coord; 2]]) -> Vec<Bounded> {
    let turned = edges.iter().map(|edge| {
        let [a, b] = edge.map(|end| axis.turned(end));
        if a.x <= b.x { [a, b] } else { [b, a] }
    });
    let mut turned: Vec<[Coord; 2]> = turned.collect();
    turned.sort_by(|[a, _], [b, _]| a.x.total_cmp(&b.x));
    let mut cuts: Vec<f64> = turned.iter().flatten().map(|p| p.x).collect();
    cuts.sort_unstable_by(f64::total_cmp);
    cuts.dedup();
    let (mut out, mut over) = (Vec::with_capacity(edges.len()), Vec::new());
    let (mut begun, mut met) = (turned.into_iter().peekable(), Vec::<[Coord; 2]>::new());
    for cut in cuts.windows(2) {
        while let Some(edge) = begun.next_if(|[a, _]| a.x <= cut[0]) {
            met.push(edge);
        }
        met.retain(|[_, b]| b.x >= cut[1]);
        over.clear();
        over.extend(met.iter().map(|[a, b]| {
            let slope = (b.y - a.y) / (b.x - a.x);
            [cut[0], cut[1]].map(|x| Coord { x, y: a.y + (x - a.x) * slope })
        }));
        over.sort_unstable_by(|a, b| (a[0].y + a[1].y).total_cmp(&(b[0].y + b[1].y)));
        let between = over.chunks_exact(2).map(|pair| [pair[0][0], pair[0][1], pair[1][1], pair[1][0]]);
        out.extend(between.map(|corners| {
            let across = f64::max(corners[3].y - corners[0].y, corners[2].y - corners[1].y);
            (across / 2.0, Quadrilateral(corners.map(|corner| axis.back(corner))))
        }));
    }
    out.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    out
}
