//! Branch-and-bound cell: upper bound of the radius of inscribed circles centred in a quadrilateral.

use super::distance_field::{DistanceField, NONE};
use super::ground::LocalFrame;
use super::place::Quadrilateral;
use geo::Coord;

/// A quadrilateral with an upper bound of the radius, in metres, of circles centred in it.
pub(super) struct Cell {
    pub most_m: f64,
    /// Distance of its middle from the outline, negative outside.
    pub signed_m: f64,
    pub place: Quadrilateral,
    pub middle: Coord,
    /// Edges that give bounds, the one nearest to the middle first.
    pub edges: [u32; 4],
    /// Whether to split it across its length.
    pub across_length: bool,
    /// Candidate for the centre of the largest circle.
    pub summit: Option<Coord>,
}

impl Cell {
    /// `known` are the edges that gave the bounds of the parent cell.
    pub fn new<R: DistanceField>(distance_field: &R, place: Quadrilateral, known: [u32; 4]) -> Cell {
        let middle = place.middle();
        let ground = R::LocalFrame::at(middle);
        let (signed_m, nearest) = distance_field.nearest(middle);
        let mut edges = known;
        for edge in nearest.into_iter().rev().filter(|edge| *edge != NONE) {
            let at = edges.iter().position(|other| *other == edge).unwrap_or(edges.len() - 1);
            edges[..=at].rotate_right(1);
            edges[0] = edge;
        }
        let corners = place.0.map(|corner| ground.to_m(corner));
        let (radius_m, is_near) = ground.reach(&place, corners.into_iter().map(length).fold(0.0, f64::max));
        let most_m = signed_m + radius_m;
        let [a, b, c, d] = corners;
        let across_length = length(b - a + c - d) >= length(d - a + c - b);
        let mut cell = Cell { most_m, signed_m, place, middle, edges, across_length, summit: None };
        if is_near && most_m > 0.0 {
            cell.lower(distance_field, &ground, corners);
        }
        cell
    }

    /// The same, with a further upper bound in metres.
    pub fn at_most(self, most_m: f64) -> Cell {
        Cell { most_m: self.most_m.min(most_m), ..self }
    }

    /// Lowers the bound by the distances from edges, and by weighted means of these.
    fn lower<R: DistanceField>(&mut self, distance_field: &R, ground: &R::LocalFrame, corners: [Coord; 4]) {
        let (mut all, mut count) = ([Near::NONE; 4], 0);
        for number in self.edges.into_iter().filter(|number| *number != NONE) {
            all[count] = Near::new(distance_field.edge(number).map(|end| ground.to_m(end)), corners);
            count += 1;
        }
        let (near, longer) = (&all[..count], self.across_length);
        for one in near {
            let most_m = one.off.into_iter().fold(0.0, f64::max);
            if most_m < self.most_m {
                self.most_m = most_m;
                // Split across the direction that explains the distance of the farthest corner.
                let [a, b, c, d] = one.off;
                let [along, aside] = [(b - a).abs() + (c - d).abs(), (d - a).abs() + (c - b).abs()];
                let explained = along.max(aside) > most_m - self.signed_m.max(0.0);
                self.across_length = if explained { along > aside } else { longer };
            }
        }
        let mut mean = |weights: [f64; 3], near: [&Near; 3]| {
            let at = |corner: usize| (0..3).map(|i| weights[i] * near[i].off[corner]).sum::<f64>();
            self.most_m = self.most_m.min((0..4).map(at).fold(0.0, f64::max));
        };
        for (i, a) in near.iter().enumerate() {
            for (j, b) in near.iter().enumerate().skip(i + 1) {
                mean([0.5, 0.5, 0.0], [a, b, b]);
                for c in &near[j + 1..] {
                    if let Some(weights) = weights(a, b, c) {
                        mean(weights, [a, b, c]);
                    }
                }
            }
        }
        if let [a, b, c, ..] = near {
            self.summit = summit(a, b, c).map(|m| ground.place_at(m));
        }
    }
}

/// Distances of a quadrilateral from an edge.
#[derive(Clone, Copy)]
struct Near {
    /// Of the corners, in metres.
    off: [f64; 4],
    /// Of the middle, in metres.
    distance_m: f64,
    /// Gradient of the distance at the middle.
    away: Coord,
}

impl Near {
    const NONE: Near = Near { off: [0.0; 4], distance_m: 0.0, away: Coord { x: 0.0, y: 0.0 } };

    fn new([from, to]: [Coord; 2], corners: [Coord; 4]) -> Near {
        let way = to - from;
        let inverse = 1.0 / (way.x * way.x + way.y * way.y);
        let to_edge = |p: Coord| {
            let share = (((p.x - from.x) * way.x + (p.y - from.y) * way.y) * inverse).clamp(0.0, 1.0);
            Coord { x: from.x + way.x * share - p.x, y: from.y + way.y * share - p.y }
        };
        let foot = to_edge(Coord::zero());
        let distance_m = length(foot);
        let scale = -1.0 / distance_m.max(f64::MIN_POSITIVE);
        let away = Coord { x: foot.x * scale, y: foot.y * scale };
        Near { off: corners.map(|corner| length(to_edge(corner))), distance_m, away }
    }
}

fn length(d: Coord) -> f64 {
    (d.x * d.x + d.y * d.y).sqrt()
}

fn cross(a: Coord, b: Coord) -> f64 {
    a.x * b.y - a.y * b.x
}

/// Weights with which the gradients of three edges cancel, if these lie on all sides.
fn weights(a: &Near, b: &Near, c: &Near) -> Option<[f64; 3]> {
    let [u, v, w] = [cross(b.away, c.away), cross(c.away, a.away), cross(a.away, b.away)];
    let sum = u + v + w;
    let weights = [u, v, w].map(|weight| weight / sum);
    weights.iter().all(|weight| (0.0..=1.0).contains(weight)).then_some(weights)
}

/// The point, in metres from the middle, equidistant from three edges taken as infinite straight lines.
fn summit(a: &Near, b: &Near, c: &Near) -> Option<Coord> {
    let (p, q) = (a.away - b.away, a.away - c.away);
    let (s, t) = (b.distance_m - a.distance_m, c.distance_m - a.distance_m);
    let place = Coord { x: s * q.y - t * p.y, y: t * p.x - s * q.x } / cross(p, q);
    let reach = 4.0 * a.distance_m.max(b.distance_m).max(c.distance_m);
    (length(place) <= reach).then_some(place)
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
        let by_place = || self.middle.x.total_cmp(&other.middle.x).then(self.middle.y.total_cmp(&other.middle.y));
        self.most_m.total_cmp(&other.most_m).then_with(by_place)
    }
}
