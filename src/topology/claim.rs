//! Whose land else does a border run in?

use super::edge_box::{around, box_of, runs};
use super::fabric::Fabric;
use super::group::root;
use super::{BoxIndex, COINCIDENT_M, Meeting, meet};
use crate::earth::{LocalPlane, edge_length_m, point_along};
use crate::model::{EdgeTree, Location, Territory, interior_point};
use geo::{Coord, Polygon};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
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
    /// Edges without a partner are taken as far as those of one part hang together. Where such a group crosses no other edge
    /// without a partner, one place says it for all: the westernmost middle of an edge. It is also inside where it lies on
    /// another's outline, which then has its own partner there. Every overlap involves a territory that is found so, or one
    /// whose outline crosses another's; whom else its land overlaps is found by [`overlapping`](Self::overlapping).
    pub fn outlines_inside(&self) -> Option<Vec<(usize, usize)>> {
        let first = self.westernmost();
        let (most, looked) = (MOST_AROUND * self.fabric.parts.len(), AtomicUsize::new(0));
        let around = |&(at, territory): &(Coord, usize)| {
            if looked.load(Relaxed) > most {
                return vec![None];
            }
            let others = self.index.touching_lazily(at, at).collect::<Vec<_>>();
            if looked.fetch_add(others.len(), Relaxed) + others.len() > most {
                return vec![None];
            }
            let others = others.into_iter().map(|part| (part as usize, self.fabric.parts[part as usize].territory));
            let others = others.filter(|&(part, other)| other != territory && self.holds(part, at));
            others.map(|(_, other)| Some((other, territory))).collect()
        };
        sorted(first.par_iter().flat_map_iter(around).collect())
    }

    /// The westernmost middle of an edge without a partner, and its territory, of each group of those of one part that hang
    /// together.
    fn westernmost(&self) -> Vec<(Coord, usize)> {
        const NONE: u32 = u32::MAX;
        let fabric = self.fabric;
        let mut open: Vec<(u32, u32, u32)> = fabric.open_edges().to_vec();
        open.sort_by_key(|&(part, ..)| part);
        let (mut group, mut of) = (vec![0_u32; fabric.positions.len()], vec![NONE; fabric.positions.len()]);
        let mut first: Vec<(Coord, u32)> = vec![(Coord::zero(), NONE); fabric.positions.len()];
        let is_west = |a: Coord, b: Coord| (a.x, a.y) < (b.x, b.y);
        let mut found = Vec::new();
        for edges in open.chunk_by(|a, b| a.0 == b.0) {
            let part = edges[0].0;
            for &(_, from, to) in edges {
                for end in [from, to] {
                    if of[end as usize] != part {
                        (of[end as usize], group[end as usize]) = (part, end);
                    }
                }
                let (a, b) = (root(&mut group, from), root(&mut group, to));
                group[a.max(b) as usize] = a.min(b);
            }
            let mut roots = Vec::new();
            for &(_, from, to) in edges.iter().filter(|&&(_, from, to)| fabric.is_long(from, to)) {
                let middle = point_along(fabric.position(from), fabric.position(to), 0.5);
                let root = root(&mut group, from);
                let (known, owner) = &mut first[root as usize];
                if *owner != part {
                    roots.push(root);
                }
                if *owner != part || is_west(middle, *known) {
                    (*known, *owner) = (middle, part);
                }
            }
            let territory = fabric.parts[part as usize].territory;
            found.extend(roots.into_iter().map(|root| (first[root as usize].0, territory)));
        }
        found
    }

    /// Pairs of territories that overlap, of which one is among those marked; none where so many lie around each other that
    /// looking at each pair would outgrow the input.
    ///
    /// # Method
    /// Where two parts overlap, a ring of the marked one runs inside the other, or the other lies inside it.
    pub fn overlapping(&self, marked: &[bool]) -> Option<Vec<(usize, usize)>> {
        let parts = &self.fabric.parts;
        let (most, looked) = (MOST_AROUND * parts.len(), AtomicUsize::new(0));
        let found =
            (0..parts.len()).into_par_iter().filter(|part| marked[parts[*part].territory]).flat_map_iter(|part| {
                let (territory, (low, high)) = (parts[part].territory, parts[part].bounds);
                if looked.load(Relaxed) > most {
                    return vec![None];
                }
                let others = self.index.touching_lazily(low, high).map(|other| other as usize);
                let others: Vec<usize> = others.filter(|other| parts[*other].territory != territory).collect();
                if looked.fetch_add(others.len(), Relaxed) + others.len() > most {
                    return vec![None];
                }
                let overlaps = |other: &usize| self.runs_inside(part, *other) || self.lies_inside(*other, part);
                let pair = |other: usize| Some((territory, parts[other].territory));
                others.into_iter().filter(overlaps).map(pair).collect()
            });
        sorted(found.collect())
    }

    /// Whether a ring of a part runs inside the land of another.
    fn runs_inside(&self, part: usize, other: usize) -> bool {
        let (low, high) = self.fabric.parts[other].bounds;
        // Of what lies around a large part, most lies far from its edges.
        let near = self.polygons(part).zip(self.land(part)).filter(|(_, tree)| tree.touch_box(low, high));
        let mut rings = near.flat_map(|(polygon, _)| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        rings.any(|ring| self.land(other).iter().any(|land| any_inside(&ring.0, land)))
    }

    /// Whether a part lies inside the land of another, no ring of which runs inside it.
    fn lies_inside(&self, part: usize, other: usize) -> bool {
        let ((low, high), (from, to)) = (self.fabric.parts[part].bounds, self.fabric.parts[other].bounds);
        let within = from.x <= low.x && from.y <= low.y && high.x <= to.x && high.y <= to.y;
        let inside = |at: Coord| self.land(other).iter().any(|land| land.locate(at) == Location::Inside);
        within
            && self
                .polygons(part)
                .any(|polygon| interior_point(polygon).is_some_and(|(at, wide)| wide > 0.0 && inside(at)))
    }

    fn polygons(&self, part: usize) -> impl Iterator<Item = &Polygon> {
        let part = &self.fabric.parts[part];
        part.polygons.iter().map(|&p| &self.territories[part.territory].parts[p])
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
            let outline = around(line);
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

/// Pairs in order, each once.
fn sorted(found: Option<Vec<(usize, usize)>>) -> Option<Vec<(usize, usize)>> {
    found.map(|mut pairs| {
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    })
}

/// Length in metres of what of a line lies inside a polygon, further than [`COINCIDENT_M`] from its outline: a line along the
/// outline lies in the land of neither side, whichever way its positions are rounded.
fn inside_m(line: &[Coord], polygon: &EdgeTree<'_>) -> f64 {
    let mut length_m = 0.0;
    _ = inside(line, polygon, |piece| {
        length_m += edge_length_m(piece[0], piece[1]);
        ControlFlow::Continue(())
    });
    length_m
}

/// Whether anything of a line lies so.
fn any_inside(line: &[Coord], polygon: &EdgeTree<'_>) -> bool {
    inside(line, polygon, |_| ControlFlow::Break(())).is_break()
}

/// Visits the pieces of a line that lie so.
fn inside(
    line: &[Coord],
    polygon: &EdgeTree<'_>,
    mut visit: impl FnMut([Coord; 2]) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let holds = |[a, b]: [Coord; 2]| {
        let middle = point_along(a, b, 0.5);
        polygon.locate(middle) == Location::Inside && !polygon.is_near(middle, COINCIDENT_M)
    };
    let (low, high) = around(line);
    let wide = LocalPlane::at(if -low.y > high.y { low } else { high }).degrees(COINCIDENT_M);
    let mut before = None;
    let mut shares = Vec::new();
    for (run, (low, high)) in runs(line) {
        let is_near = polygon.touch_box(low - wide, high + wide);
        for edge in run.windows(2).map(|edge| [edge[0], edge[1]]) {
            shares.clear();
            let mut along = false;
            if is_near {
                let (low, high) = box_of(edge);
                polygon.touching(low - wide, high + wide, &mut |other| {
                    along |= other == [edge[1], edge[0]] || other == edge;
                    match meet(edge, other) {
                        // Where an edge beside this one begins and ends, this one may come to its outline or leave it.
                        Meeting::Apart => shares.extend(other.map(|end| share_beside(edge, end))),
                        Meeting::At { share, .. } => shares.push(share),
                        Meeting::Along { from, to } => shares.extend([from, to]),
                    }
                });
            }
            if along {
                before = None;
            } else if shares.is_empty() {
                // As before, where it meets nothing.
                let inside = *before.get_or_insert_with(|| holds(edge));
                if inside {
                    visit(edge)?;
                }
            } else {
                before = None;
                shares.extend([0.0, 1.0]);
                shares.sort_by(f64::total_cmp);
                shares.dedup();
                for ends in shares.windows(2) {
                    let piece = [ends[0], ends[1]].map(|share| point_along(edge[0], edge[1], share));
                    if holds(piece) {
                        visit(piece)?;
                    }
                }
            }
        }
    }
    ControlFlow::Continue(())
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
    use geo::{LineString, Rect};

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
