//! Whose land else does a border run in?

use super::fabric::Fabric;
use super::group::root;
use super::{BoxIndex, COINCIDENT_M, Meeting, meet};
use crate::earth::{LocalPlane, edge_length_m, point_along};
use crate::model::{EdgeTree, Location, Territory};
use geo::Coord;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Boxes of parts in which an outline is looked for, on average.
const MOST_AROUND: usize = 64;

/// The land of territories, made ready for asking which lines run in it.
pub struct Claims<'a> {
    territories: &'a [Territory],
    fabric: &'a Fabric,
    index: BoxIndex,
    trees: Vec<OnceLock<Vec<EdgeTree<'a>>>>,
}

impl<'a> Claims<'a> {
    /// Prepares a list of territories put side by side.
    ///
    /// # Panics
    /// The fabric is not that of the territories; here or when it is asked.
    pub fn new(territories: &'a [Territory], fabric: &'a Fabric) -> Self {
        let boxes = fabric.parts.iter().enumerate().map(|(i, part)| (part.bounds, i as u32));
        let trees = fabric.parts.iter().map(|_| OnceLock::new()).collect();
        Claims { territories, fabric, index: BoxIndex::new(boxes), trees }
    }

    /// Pairs of territories of which an outline of the second runs inside the land of the first; none where so many hold land
    /// around each other that looking at each pair would outgrow the input.
    ///
    /// # Method
    /// Outlines without a partner are taken as far as they hang together. Where such a group crosses no other outline without
    /// a partner, one place says it for all: the westernmost middle of an edge. It is also inside where it lies on another's
    /// outline, which then has its own partner there.
    pub fn outlines_inside(&self) -> Option<Vec<(usize, usize)>> {
        let (fabric, open) = (self.fabric, self.fabric.open_edges());
        let mut group: Vec<u32> = (0..fabric.positions.len() as u32).collect();
        for &(_, from, to) in open {
            let (a, b) = (root(&mut group, from), root(&mut group, to));
            group[a.max(b) as usize] = a.min(b);
        }
        // The westernmost middle of an edge of each group, by the group's number.
        const NONE: u32 = u32::MAX;
        let mut first: Vec<u32> = vec![NONE; group.len()];
        let middle = |edge: u32| {
            let (_, from, to) = open[edge as usize];
            point_along(fabric.position(from), fabric.position(to), 0.5)
        };
        let is_west = |a: Coord, b: Coord| (a.x, a.y) < (b.x, b.y);
        for (edge, &(_, from, to)) in open.iter().enumerate() {
            let first = &mut first[root(&mut group, from) as usize];
            let is_first = *first == NONE || is_west(middle(edge as u32), middle(*first));
            if is_first && fabric.is_long(from, to) {
                *first = edge as u32;
            }
        }
        let (most, looked) = (MOST_AROUND * fabric.parts.len(), AtomicUsize::new(0));
        let around = |(at, territory): &(Coord, usize)| {
            if looked.load(Relaxed) > most {
                return vec![None];
            }
            let others = self.index.touching_lazily(*at, *at).collect::<Vec<_>>();
            if looked.fetch_add(others.len(), Relaxed) + others.len() > most {
                return vec![None];
            }
            let others = others.into_iter().map(|part| part as usize);
            let others = others.filter(|part| fabric.parts[*part].territory != *territory && self.holds(*part, *at));
            others.map(|part| Some((fabric.parts[part].territory, *territory))).collect()
        };
        let territory = |edge: u32| fabric.parts[open[edge as usize].0 as usize].territory;
        let first = first.into_par_iter().filter(|edge| *edge != NONE);
        let first: Vec<(Coord, usize)> = first.map(|edge| (middle(edge), territory(edge))).collect();
        let found: Option<Vec<(usize, usize)>> = first.par_iter().flat_map_iter(around).collect();
        found.map(|mut pairs| {
            pairs.sort_unstable();
            pairs.dedup();
            pairs
        })
    }

    fn land(&self, part: usize) -> &[EdgeTree<'a>] {
        self.trees[part].get_or_init(|| {
            let part = &self.fabric.parts[part];
            part.polygons.iter().map(|&p| EdgeTree::of(&self.territories[part.territory].parts[p])).collect()
        })
    }

    fn holds(&self, part: usize, at: Coord) -> bool {
        self.land(part).iter().any(|polygon| polygon.locate(at) != Location::Outside)
    }

    /// Ellipsoidal lengths in metres of lines in the land of each of the territories asked.
    pub fn lengths_m(&self, lines: &[Vec<Coord>], asked: impl Fn(usize) -> bool) -> BTreeMap<usize, f64> {
        let mut lengths: BTreeMap<usize, f64> = BTreeMap::new();
        for line in lines {
            let first = (line[0], line[0]);
            let outline = line.iter().map(|&at| (at, at)).fold(first, super::edge_box::join);
            for part in self.index.touching_lazily(outline.0, outline.1) {
                let territory = self.fabric.parts[part as usize].territory;
                if asked(territory) {
                    for polygon in self.land(part as usize) {
                        *lengths.entry(territory).or_default() += inside_m(line, polygon);
                    }
                }
            }
        }
        lengths.retain(|_, length_m| *length_m > 0.0);
        lengths
    }
}

/// Length in metres of what of a line lies inside a polygon, further than [`COINCIDENT_M`] from its outline: a line along the
/// outline lies in the land of neither side, whichever way its positions are rounded.
fn inside_m(line: &[Coord], polygon: &EdgeTree<'_>) -> f64 {
    let (mut length_m, mut before) = (0.0, None);
    let holds = |[a, b]: [Coord; 2]| {
        let middle = point_along(a, b, 0.5);
        polygon.locate(middle) == Location::Inside && !polygon.is_near(middle, COINCIDENT_M)
    };
    for edge in line.windows(2).map(|edge| [edge[0], edge[1]]) {
        let (low, high) = super::edge_box::box_of(edge);
        let nearer_pole = if -low.y > high.y { low } else { high };
        let wide = LocalPlane::at(nearer_pole).degrees(COINCIDENT_M);
        let mut shares = vec![0.0, 1.0];
        let mut met = false;
        polygon.touching(low - wide, high + wide, &mut |other| {
            met = true;
            match meet(edge, other) {
                // Where an edge beside this one begins and ends, this one may come to its outline or leave it.
                Meeting::Apart => shares.extend(other.map(|end| share_beside(edge, end))),
                Meeting::At { share, .. } => shares.push(share),
                Meeting::Along { from, to } => shares.extend([from, to]),
            }
        });
        if !met {
            // As before, where it meets nothing.
            let inside = before.unwrap_or_else(|| holds(edge));
            length_m += if inside { edge_length_m(edge[0], edge[1]) } else { 0.0 };
            before = Some(inside);
            continue;
        }
        before = None;
        shares.sort_by(f64::total_cmp);
        shares.dedup();
        for piece in shares.windows(2).map(|s| [s[0], s[1]].map(|share| point_along(edge[0], edge[1], share))) {
            length_m += if holds(piece) { edge_length_m(piece[0], piece[1]) } else { 0.0 };
        }
    }
    length_m
}

/// The share of an edge, from 0 to 1, that is nearest to a position beside it.
fn share_beside([a, b]: [Coord; 2], at: Coord) -> f64 {
    let (along, to) = (b - a, at - a);
    let length2 = along.x * along.x + along.y * along.y;
    if length2 > 0.0 { ((along.x * to.x + along.y * to.y) / length2).clamp(0.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{LineString, Polygon, Rect};

    #[test]
    fn a_line_along_an_outline_lies_in_the_land_of_neither_side() {
        let land = Rect::new(Coord { x: 10.0, y: 45.0 }, Coord { x: 10.25, y: 45.25 }).to_polygon();
        let tree = EdgeTree::of(&land);
        // A centimetre and a metre north of the side in the south, which goes on beyond both ends.
        let beside_m = |metres: f64| {
            let y = 45.0 + metres / 111_131.8;
            inside_m(&[Coord { x: 9.9, y }, Coord { x: 10.1, y }, Coord { x: 10.4, y }], &tree)
        };
        assert_eq!([beside_m(0.01), beside_m(-0.01), beside_m(0.0)], [0.0; 3]);
        // A quarter of a degree of the parallel of 45° in WGS 84: 78 846.8 m a degree.
        assert!((beside_m(1.0) - 19_711.7).abs() < 1.0, "{}", beside_m(1.0));
        let closed = Polygon::new(LineString(land.exterior().0.clone()), vec![]);
        assert_eq!(inside_m(&closed.exterior().0, &tree), 0.0);
    }
}
