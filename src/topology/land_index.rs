//! Finds the territories in whose land a border, or the outline of another territory, runs.

use super::coverage_graph::CoverageGraph;
use super::edge_box::{around, box_of, runs, touch};
use super::edge_bvh::EdgeBvh;
use super::uses::of_edges;
use super::{COINCIDENT_M, Meeting, meet};
use crate::earth::{LocalPlane, edge_length_m, point_along};
use crate::model::{DisjointSets, EdgeTree, Location, Memo, Territory, interior_point};
use geo::{Coord, Polygon};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Candidate boxes per part, or per leaf of the index, on average, at which the search is abandoned.
const MOST_AROUND: usize = 64;
/// Edges near a run up to which all are tested against each of its edges.
const MOST_BESIDE: usize = 64;

/// The land of territories, indexed for finding the lines that run inside it.
pub struct LandIndex<'a> {
    territories: Vec<&'a Territory>,
    graph: &'a CoverageGraph,
    /// The boxes of parts, as diagonals.
    boxes: EdgeBvh,
    /// Cached result of [`beside_others`](Self::beside_others).
    beside: Memo<Option<Vec<[u32; 2]>>>,
    trees: Vec<Memo<Vec<EdgeTree<'a>>>>,
}

/// Consecutive unmatched edges of one part.
struct Chain {
    part: u32,
    /// Numbers of the positions in which it starts and ends.
    ends: [u32; 2],
    /// The westernmost midpoint of its edges, without the shortest ones.
    west: Option<Coord>,
}

/// The western of two positions; of those on one meridian, the southern.
fn western(a: Coord, b: Coord) -> Coord {
    if (a.x, a.y) < (b.x, b.y) { a } else { b }
}

impl<'a> LandIndex<'a> {
    /// Indexes a list of territories and their coverage graph.
    ///
    /// # Panics
    /// Panics if the graph was not built from these territories, here or in a later query.
    pub fn new<T: Borrow<Territory>>(territories: &'a [T], graph: &'a CoverageGraph) -> Self {
        let diagonal = |part: usize| <[Coord; 2]>::from(graph.parts[part].bounds);
        let boxes = EdgeBvh::new(graph.parts.len(), diagonal, |_| true).of(|part| graph.parts[part].territory as u32);
        let trees = Memo::several(graph.parts.len());
        let territories = territories.iter().map(Borrow::borrow).collect();
        LandIndex { territories, graph, boxes, beside: Memo::new(), trees }
    }

    /// Pairs of parts of different territories whose boxes touch; `None` where so many touch that testing each pair
    /// would outgrow the input.
    fn beside_others(&self) -> Option<&[[u32; 2]]> {
        let territory = |part: usize| self.graph.parts[part].territory;
        let keep = |a: usize, b: usize, pairs: &mut Vec<[u32; 2]>| {
            pairs.extend((territory(a) != territory(b)).then_some([a as u32, b as u32]));
        };
        self.beside.get(|| self.boxes.pairs_of_few_boxes(MOST_AROUND, keep)).as_deref()
    }

    /// Pairs of territories where an outline of the second runs inside the land of the first; `None` where so many
    /// parts contain each other that testing each pair would outgrow the input.
    ///
    /// # Method
    /// Edges without a partner are grouped into connected components within each part. For a component that crosses no
    /// other unpartnered edge, one position is decisive: the westernmost edge midpoint. A midpoint on another
    /// territory's outline also counts as inside: that outline then has its own partner there. Every overlap involves a
    /// territory found here, or one whose outline crosses another's; [`overlapping`](Self::overlapping) finds the other
    /// territories that it overlaps.
    pub fn contained_outlines(&self) -> Option<Vec<(usize, usize)>> {
        let first = self.westernmost();
        let (most, looked) = (MOST_AROUND * self.graph.parts.len(), AtomicUsize::new(0));
        let around = |&(at, territory): &(Coord, usize)| {
            if looked.load(Relaxed) > most {
                return vec![None];
            }
            let mut others = Vec::new();
            self.boxes.touching(at, at, |part| others.push(part));
            if looked.fetch_add(others.len(), Relaxed) + others.len() > most {
                return vec![None];
            }
            let others = others.into_iter().map(|part| (part, self.graph.parts[part].territory));
            let others = others.filter(|&(part, other)| other != territory && self.holds(part, at));
            others.map(|(_, other)| Some((other, territory))).collect()
        };
        sorted(first.par_iter().flat_map_iter(around).collect())
    }

    /// The westernmost midpoint of an unpartnered edge, and its territory, for each connected component of such edges
    /// of one part, as far as the part may be inside other territories.
    fn westernmost(&self) -> Vec<(Coord, usize)> {
        let graph = self.graph;
        let mut asked = vec![false; graph.parts.len()];
        match self.beside_others() {
            Some(pairs) => pairs.iter().flatten().for_each(|&part| asked[part as usize] = true),
            None => asked.fill(true),
        }
        let mut chains = self.chains(&asked);
        chains.sort_by_key(|chain| chain.part);
        // By position: its group and the number of the part, and of each group its place in the list of those found.
        // Numbers begin at 1, so that memory of positions that are not asked for stays untouched.
        let (mut sets, mut of) = (DisjointSets::unset(graph.positions.len()), vec![0_u32; graph.positions.len()]);
        let mut places = vec![0_u32; graph.positions.len()];
        let mut found: Vec<(Coord, u32)> = Vec::new();
        for chains in chains.chunk_by(|a, b| a.part == b.part) {
            let part = chains[0].part;
            for &Chain { ends, .. } in chains {
                for end in ends {
                    if of[end as usize] != part + 1 {
                        of[end as usize] = part + 1;
                        sets.reset(end);
                    }
                }
                sets.unite(ends[0], ends[1]);
            }
            for (ends, middle) in chains.iter().filter_map(|chain| Some((chain.ends, chain.west?))) {
                let place = &mut places[sets.root(ends[0]) as usize];
                let known = (*place as usize).checked_sub(1).map(|place| &mut found[place]);
                match known.filter(|known| known.1 == part) {
                    Some((known, _)) => *known = western(middle, *known),
                    None => {
                        found.push((middle, part));
                        *place = found.len() as u32;
                    }
                }
            }
        }
        found.into_iter().map(|(at, part)| (at, graph.parts[part as usize].territory)).collect()
    }

    /// The unmatched edges of the marked parts, as chains of consecutive ones.
    fn chains(&self, asked: &[bool]) -> Vec<Chain> {
        let (graph, unmatched) = (self.graph, self.graph.unmatched());
        of_edges(&graph.uses, |_, edge, chains: &mut Vec<Chain>| {
            if !unmatched.holds(edge) {
                return;
            }
            for u in edge {
                let (part, from, to) = graph.directed(u);
                if !asked[part as usize] {
                    continue;
                }
                let middle = || point_along(graph.position(from), graph.position(to), 0.5);
                let middle = graph.is_long(from, to).then(middle);
                // Through a vertex that only one ring passes, and only once.
                let goes_on =
                    |chain: &&mut Chain| (chain.part, chain.ends[1]) == (part, u.low) && !graph.several[u.low as usize];
                match chains.last_mut().filter(goes_on) {
                    Some(chain) => {
                        chain.ends[1] = u.high;
                        chain.west = chain.west.zip(middle).map(|(a, b)| western(a, b)).or(chain.west).or(middle);
                    }
                    None => chains.push(Chain { part, ends: [u.low, u.high], west: middle }),
                }
            }
        })
    }

    /// Pairs of overlapping territories, at least one of them marked and none of them known (the earlier territory first);
    /// `None` where so many parts contain each other that testing each pair would outgrow the input.
    ///
    /// # Method
    /// Where two parts overlap, a ring of the marked one runs inside the other, or the other lies inside it.
    pub fn overlapping(&self, marked: &[bool], known: &FxHashSet<(usize, usize)>) -> Option<Vec<(usize, usize)>> {
        let territory = |part: usize| self.graph.parts[part].territory;
        let found = |&[a, b]: &[u32; 2]| {
            let (a, b) = (a as usize, b as usize);
            let pair = (territory(a).min(territory(b)), territory(a).max(territory(b)));
            let overlaps = |part: usize, other: usize| {
                marked[territory(part)] && (self.runs_inside(part, other) || self.lies_inside(other, part))
            };
            (!known.contains(&pair) && (overlaps(a, b) || overlaps(b, a))).then_some(pair)
        };
        sorted(Some(self.beside_others()?.par_iter().filter_map(found).collect()))
    }

    /// Whether a ring of a part runs inside the land of another.
    fn runs_inside(&self, part: usize, other: usize) -> bool {
        let bounds = self.graph.parts[other].bounds;
        let mut near = Vec::new();
        self.land(other).iter().any(|land| {
            near.clear();
            // Where no edge of the land is near, one position is decisive for many edges.
            let is_clear = |low, high| {
                let wide = margin(low, high, 2.0 * COINCIDENT_M);
                !land.touch_box(low - wide, high + wide)
            };
            for tree in self.land(part) {
                tree.runs_touching(bounds, &is_clear, &mut |run, outline| near.push((run, outline)));
            }
            inside(near.iter().copied(), land, |_| ControlFlow::Break(())).is_break()
        })
    }

    /// Whether a part lies inside the land of another part, given that no ring of the other runs inside it.
    fn lies_inside(&self, part: usize, other: usize) -> bool {
        let ((low, high), (from, to)) = (self.graph.parts[part].bounds, self.graph.parts[other].bounds);
        let within = from.x <= low.x && from.y <= low.y && high.x <= to.x && high.y <= to.y;
        if !within || self.land(other).iter().all(|land| land.side_of_box((low, high)) == Some(Location::Outside)) {
            return false;
        }
        let inside = |at: Coord| self.land(other).iter().any(|land| land.locate(at) == Location::Inside);
        self.polygons(part).any(|polygon| interior_point(polygon).is_some_and(|(at, wide)| wide > 0.0 && inside(at)))
    }

    fn polygons(&self, part: usize) -> impl Iterator<Item = &Polygon> {
        let part = &self.graph.parts[part];
        part.polygons.iter().map(|&p| &self.territories[part.territory].parts()[p])
    }

    fn land(&self, part: usize) -> &[EdgeTree<'a>] {
        self.trees[part].get(|| {
            let part = &self.graph.parts[part];
            part.polygons.iter().map(|&p| EdgeTree::of(&self.territories[part.territory].parts()[p])).collect()
        })
    }

    fn holds(&self, part: usize, at: Coord) -> bool {
        self.land(part).iter().any(|polygon| polygon.locate(at) != Location::Outside)
    }

    /// Ellipsoidal length in metres of the lines inside the land of each territory for which `asked` is true.
    ///
    /// Lines are (lon, lat) in degrees, their edges straight in lon/lat.
    pub fn lengths_m(&self, lines: &[Vec<Coord>], asked: impl Fn(usize) -> bool) -> BTreeMap<usize, f64> {
        let mut lengths: BTreeMap<usize, f64> = BTreeMap::new();
        for line in lines {
            let outline = around(line);
            let mut near = Vec::new();
            self.boxes.touching(outline.0, outline.1, |part| near.push(part));
            near.sort_unstable();
            for part in near {
                let territory = self.graph.parts[part].territory;
                if asked(territory) {
                    for polygon in self.land(part) {
                        *lengths.entry(territory).or_default() += inside_m(line, polygon);
                    }
                }
            }
        }
        lengths.retain(|_, length_m| *length_m > 0.0);
        lengths
    }
}

/// Sorts pairs and removes duplicates.
fn sorted(found: Option<Vec<(usize, usize)>>) -> Option<Vec<(usize, usize)>> {
    found.map(|mut pairs| {
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    })
}

/// Length in metres of the part of a line inside a polygon and more than [`COINCIDENT_M`] from its outline. A line
/// along the outline is thus in the land of neither side, however its positions are rounded.
fn inside_m(line: &[Coord], polygon: &EdgeTree<'_>) -> f64 {
    let mut length_m = 0.0;
    _ = inside(runs(line), polygon, |piece| {
        length_m += edge_length_m(piece[0], piece[1]);
        ControlFlow::Continue(())
    });
    length_m
}

/// Visits the pieces of lines that lie inside a polygon, by the same rule; the lines are given as runs of edges, each
/// with its positions and their bounding box.
fn inside<'r>(
    runs: impl Iterator<Item = (&'r [Coord], (Coord, Coord))>,
    polygon: &EdgeTree<'_>,
    mut visit: impl FnMut([Coord; 2]) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let holds = |[a, b]: [Coord; 2]| {
        let middle = point_along(a, b, 0.5);
        polygon.locate(middle) == Location::Inside && !polygon.is_near(middle, COINCIDENT_M)
    };
    let mut before = None;
    let mut end = None;
    let (mut shares, mut beside, mut near) = (Vec::new(), Vec::new(), Vec::new());
    for (run, (low, high)) in runs {
        let wide = margin(low, high, COINCIDENT_M);
        if end.replace(run[run.len() - 1]) != Some(run[0]) {
            before = None;
        }
        // One search for the whole run, unless its box is so wide that an edge has far fewer edges beside it.
        beside.clear();
        let are_few = polygon.few_touching(low - wide, high + wide, MOST_BESIDE, &mut beside);
        if beside.is_empty() && !*before.get_or_insert_with(|| holds([run[0], run[1]])) {
            continue;
        }
        // The place in the list of the edge along which the last one ran.
        let mut place: Option<usize> = None;
        for edge in run.windows(2).map(|edge| [edge[0], edge[1]]) {
            let is_along = |other: &[Coord; 2]| *other == [edge[1], edge[0]] || *other == edge;
            // A coinciding line goes on along the next edge, in either direction.
            let next = place.map(|place| [place.wrapping_sub(1), place + 1]);
            place = next.and_then(|next| next.into_iter().find(|&i| beside.get(i).is_some_and(is_along)));
            if place.is_some() {
                before = None;
                continue;
            }
            shares.clear();
            near.clear();
            if !beside.is_empty() {
                let (low, high) = box_of(edge);
                let wanted = (low - wide, high + wide);
                match are_few {
                    true => near.extend(beside.iter().filter(|other| touch(box_of(**other), wanted))),
                    false => polygon.touching(wanted.0, wanted.1, &mut |other| near.push(other)),
                }
            }
            let along = near.iter().any(is_along);
            if along {
                place = beside.iter().position(is_along);
            }
            if !along {
                for &other in &near {
                    match meet(edge, other) {
                        // Near the ends of a nearby edge, this edge may enter or leave the tolerance of the outline.
                        Meeting::Apart => shares.extend(other.map(|end| share_beside(edge, end))),
                        Meeting::At { share, .. } => shares.push(share),
                        Meeting::Along { from, to } => shares.extend([from, to]),
                    }
                }
            }
            if along {
                before = None;
            } else if shares.is_empty() {
                // Without a meeting, the state of the previous edge still holds.
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

/// A distance in metres at a box, in degrees.
fn margin(low: Coord, high: Coord, distance_m: f64) -> Coord {
    LocalPlane::at(if -low.y > high.y { low } else { high }).degrees(distance_m)
}

/// The share (0 to 1) of an edge at which it is nearest to a position.
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
        // A centimetre and a metre north of the southern edge, extending beyond both its ends.
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
