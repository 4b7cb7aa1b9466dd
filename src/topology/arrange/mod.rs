//! Planar arrangement (overlay) of labelled polygons.

mod clear;
mod noding;
mod ring;
mod sets;
mod split;
mod within;

use super::edge_box::box_of;
use super::edge_bvh::EdgeBvh;
use super::half_edges::{HalfEdgeStars, origin, simple_loops, target};
use super::intern::{number_all, plain};
use geo::{Coord, Polygon};
use noding::{Edge, node, rounded};
use rayon::prelude::*;
use sets::Sets;
use std::collections::BTreeMap;
use thiserror::Error;

pub(super) use ring::assembled;
pub use split::split;

/// The edges could not be cut so that they meet only at their ends.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[error("edges near {0:?} could not be told apart")]
#[non_exhaustive]
pub struct NodingError(pub [f64; 2]);

/// A directed edge of a labelled polygon, with the polygon's interior on the left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelledEdge {
    /// Start (lon, lat in degrees, or x, y in any plane).
    pub from: Coord,
    /// End, in the same coordinates.
    pub to: Coord,
    /// Label of the polygon.
    pub label: u32,
}

/// The planar overlay of labelled polygons.
///
/// # Method
/// Edges whose two sides agree in all layers (`quiet`) are left out, unless their box touches that of an edge that is
/// not quiet, or the labels beside the other edges show that they lie inside land that differs. The remaining edges are
/// noded: cut wherever they meet, decided by exact predicates (Shewchuk), with crossings rounded to the nearest double,
/// repeated until edges meet only at their ends. Half-edges around each position are sorted by direction, exactly;
/// across an edge the set of labels changes by the edge's labels. One ray for each connected component gives the first
/// set. All cycles must give consistent labels. Where noding does not converge, or labels are inconsistent, everything
/// is repeated on snap-rounding grids of 2⁻⁴⁶, 2⁻⁴⁰ and 2⁻³⁴ of the extent.
///
/// A label covers a face where an odd number of its polygons does.
pub struct Arrangement {
    positions: Vec<Coord>,
    edges: Vec<Edge>,
    stars: HalfEdgeStars,
    /// Label set on the left of each half-edge; `None` where no differing land touches it.
    left: Vec<Option<u32>>,
    sets: Sets,
}

impl Arrangement {
    /// Overlays labelled edges. `differs` tells whether land with these labels is of interest. `quiet` tells, from an
    /// edge's ends and uses (a label, and whether its interior is on the left along the edge), that both sides differ
    /// or that neither does.
    ///
    /// # Errors
    /// [`NodingError`] if no grid gives a consistent result.
    pub fn new(
        edges: &[LabelledEdge],
        quiet: impl Fn([Coord; 2], &[(u32, bool)]) -> bool,
        differs: impl Fn(&[u32]) -> bool,
    ) -> Result<Self, NodingError> {
        let mut unsettled = NodingError([f64::NAN; 2]);
        for grid in grids(edges.iter().map(|edge| [edge.from, edge.to])) {
            match Self::on_grid(edges, &quiet, &differs, grid) {
                Ok(done) => return Ok(done),
                Err(error) => unsettled = error,
            }
        }
        Err(unsettled)
    }

    fn on_grid(
        edges: &[LabelledEdge],
        quiet: &impl Fn([Coord; 2], &[(u32, bool)]) -> bool,
        differs: &impl Fn(&[u32]) -> bool,
        grid: Option<f64>,
    ) -> Result<Self, NodingError> {
        let mut sets = Sets::new();
        let (mut all, mut positions) = unique(edges, quiet, grid, &mut sets);
        loop {
            let (mut near, far) = by_nearness(all, &positions);
            let here = near.first().map_or([f64::NAN; 2], |e| {
                let p = positions[e.low as usize];
                [p.x, p.y]
            });
            if !node(&mut near, &mut positions, &mut sets, grid) {
                return Err(NodingError(here));
            }
            let stars = HalfEdgeStars::new(&near, &positions);
            let left = vec![None; 2 * near.len()];
            let mut done = Arrangement { positions, edges: near, stars, left, sets };
            let within = done.label(&far, differs)?;
            if within.is_empty() {
                return Ok(done);
            }
            all = done.edges;
            all.extend(far);
            within.into_iter().for_each(|number| all[number].quiet = false);
            (positions, sets) = (done.positions, done.sets);
        }
    }

    /// Propagates labels through each connected component, from west to east, starting from a ray. Returns the numbers
    /// of quiet edges (those of `far` are numbered after the arrangement's) inside differing land, which must no longer
    /// be quiet.
    fn label(&mut self, far: &[Edge], differs: &impl Fn(&[u32]) -> bool) -> Result<Vec<usize>, NodingError> {
        let mut is_loud = vec![false; self.positions.len()];
        for edge in self.edges.iter().filter(|edge| !edge.quiet) {
            is_loud[edge.low as usize] = true;
            is_loud[edge.high as usize] = true;
        }
        let of = |number: usize| self.edges.get(number).unwrap_or_else(|| &far[number - self.edges.len()]);
        let count = self.edges.len() + far.len();
        let index = EdgeBvh::new(count, |number| of(number).ends(&self.positions), |_| false);
        let mut seeds: Vec<u32> = (0..self.positions.len() as u32).filter(|&n| is_loud[n as usize]).collect();
        let at = |n: &u32| self.positions[*n as usize];
        seeds.par_sort_unstable_by(|a, b| at(a).x.total_cmp(&at(b).x).then(at(a).y.total_cmp(&at(b).y)));
        let mut done = vec![false; self.positions.len()];
        let (mut waiting, mut half_edges, mut outlines) = (Vec::new(), Vec::new(), Vec::new());
        for seed in seeds {
            if done[seed as usize] {
                continue;
            }
            let start = self.stars.before_west(seed, &self.edges, &self.positions);
            let state = self.ray(seed, far, &index);
            self.set(start, state, seed)?;
            waiting.push((seed, start));
            done[seed as usize] = true;
            let mut outline = [self.positions[seed as usize]; 2];
            while let Some((node, known)) = waiting.pop() {
                let at = self.positions[node as usize];
                outline = [box_of([outline[0], at]).0, box_of([outline[1], at]).1];
                half_edges.clear();
                half_edges.extend_from_slice(self.stars.at(node));
                self.go_round(node, &half_edges, known)?;
                for &half in &half_edges {
                    let next = target(&self.edges, half);
                    if !self.edges[half as usize / 2].quiet && !done[next as usize] {
                        done[next as usize] = true;
                        waiting.push((next, half ^ 1));
                    }
                }
            }
            outlines.push(outline);
        }
        Ok(self.quiet_within(far, &index, &outlines, &is_loud, differs))
    }

    /// Labels all half-edges around a position, starting from a labelled one.
    fn go_round(&mut self, node: u32, half_edges: &[u32], known: u32) -> Result<(), NodingError> {
        let first = half_edges.iter().position(|half| *half == known).unwrap_or(0);
        let mut state = self.left[known as usize].unwrap_or(0);
        for half in half_edges[first + 1..].iter().chain(&half_edges[..=first]).copied() {
            state = self.sets.xor(state, self.edges[half as usize / 2].toggles);
            self.set(half, state, node)?;
        }
        Ok(())
    }

    fn set(&mut self, half: u32, state: u32, node: u32) -> Result<(), NodingError> {
        let edge = self.edges[half as usize / 2];
        let other = self.sets.xor(state, edge.toggles);
        for (half, state) in [(half, state), (half ^ 1, other)] {
            // Quiet edges may cross quiet ones far from all differing land; their two ends then may have different
            // labels.
            let before = self.left[half as usize].replace(state);
            if before.is_some_and(|before| before != state) && !edge.quiet {
                let p = self.positions[node as usize];
                return Err(NodingError([p.x, p.y]));
            }
        }
        Ok(())
    }

    /// The labels just north-west of a position: those east of the first labelled edge due west, changed by the edges
    /// between.
    fn ray(&mut self, node: u32, far: &[Edge], index: &EdgeBvh) -> u32 {
        let from = self.positions[node as usize];
        let (mut state, mut beyond) = (0, None);
        while let Some(number) = index.first_west(from, beyond) {
            let number = number as usize;
            let edge = self.edges.get(number).copied().unwrap_or_else(|| far[number - self.edges.len()]);
            let ends = edge.ends(&self.positions);
            if number < self.edges.len() && !edge.quiet {
                // Going south, east is on the left.
                let south = 2 * number as u32 + u32::from(ends[0].y < ends[1].y);
                if let Some(known) = self.left[south as usize] {
                    return self.sets.xor(state, known);
                }
            }
            state = self.sets.xor(state, edge.toggles);
            beyond = Some(ends);
        }
        state
    }

    /// Returns the land of each class as polygons with holes; `class` classifies sets of labels, and sets for which it
    /// returns `None` are left out. Polygons of one class touch at most in points.
    pub fn land<K: Ord + Send>(&self, class: impl Fn(&[u32]) -> Option<K>) -> BTreeMap<K, Vec<Polygon>> {
        const NONE: u32 = u32::MAX;
        let classes: Vec<Option<K>> = (0..self.sets.len() as u32).map(|set| class(self.sets.get(set))).collect();
        let mut names: Vec<&K> = classes.iter().flatten().collect();
        names.sort_unstable();
        names.dedup();
        let numbers: Vec<u32> = classes
            .iter()
            .map(|class| class.as_ref().and_then(|k| names.binary_search(&k).ok()).map_or(NONE, |i| i as u32))
            .collect();
        let of = |half: u32| self.left[half as usize].map_or(NONE, |set| numbers[set as usize]);
        let bounds = |half: u32| of(half) != NONE && of(half) != of(half ^ 1);
        let mut used = vec![false; self.left.len()];
        let mut rings: Vec<Vec<Vec<Coord>>> = names.iter().map(|_| Vec::new()).collect();
        let mut nodes = Vec::new();
        for start in 0..self.left.len() as u32 {
            if used[start as usize] || !bounds(start) {
                continue;
            }
            nodes.clear();
            let mut half = start;
            while !used[half as usize] {
                used[half as usize] = true;
                nodes.push(origin(&self.edges, half));
                // Clockwise from the reversed half-edge, the next one that bounds land of the same class.
                let mut next = self.stars.next(half, &self.edges);
                while next != half ^ 1 && !(bounds(next) && of(next) == of(half)) {
                    next = self.stars.clockwise(next, &self.edges);
                }
                half = next;
            }
            let place = |ring: &[u32]| ring.iter().chain(ring.first()).map(|&n| self.positions[n as usize]).collect();
            simple_loops(&nodes, |ring| rings[of(start) as usize].push(place(ring)));
        }
        let polygons: Vec<Vec<Polygon>> = rings.into_par_iter().map(ring::polygons).collect();
        let mut named: Vec<K> = classes.into_iter().flatten().collect();
        named.sort_unstable();
        named.dedup();
        named.into_iter().zip(polygons).filter(|(_, polygons)| !polygons.is_empty()).collect()
    }
}

/// The edges of polygons, with their label; directed as in the rings.
pub fn edges(polygons: &[Polygon], label: u32) -> impl Iterator<Item = LabelledEdge> {
    let rings = polygons.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    let pairs = rings.flat_map(|ring| ring.0.windows(2));
    pairs.map(move |edge| LabelledEdge { from: edge[0], to: edge[1], label })
}

/// Snap-rounding grids to try: none, then steps of 2⁻⁴⁶, 2⁻⁴⁰ and 2⁻³⁴ of the extent of the edges.
fn grids(edges: impl Iterator<Item = [Coord; 2]>) -> [Option<f64>; 4] {
    let (mut low, mut high) = (Coord { x: f64::MAX, y: f64::MAX }, Coord { x: f64::MIN, y: f64::MIN });
    for edge in edges {
        let (l, h) = box_of(edge);
        low = Coord { x: low.x.min(l.x), y: low.y.min(l.y) };
        high = Coord { x: high.x.max(h.x), y: high.y.max(h.y) };
    }
    let extent = (high.x - low.x).max(high.y - low.y).max(f64::MIN_POSITIVE);
    let step = |bits: i32| 2f64.powi(extent.log2().ceil() as i32 - bits);
    [None, Some(step(46)), Some(step(40)), Some(step(34))]
}

/// Each undirected edge once, with the labels that change an odd number of times across it; and the positions.
fn unique(
    edges: &[LabelledEdge],
    quiet: &impl Fn([Coord; 2], &[(u32, bool)]) -> bool,
    grid: Option<f64>,
    sets: &mut Sets,
) -> (Vec<Edge>, Vec<Coord>) {
    // The start of an edge that continues the one before, as in a ring, is listed once.
    let goes_on = |i: usize| i > 0 && edges[i - 1].to == edges[i].from;
    let mut list = Vec::with_capacity(edges.len() + edges.len() / 4);
    for (i, edge) in edges.iter().enumerate() {
        if !goes_on(i) {
            list.push(plain(rounded(edge.from, grid)));
        }
        list.push(plain(rounded(edge.to, grid)));
    }
    let (numbers, positions) = number_all(list);
    let mut uses: Vec<(u32, u32, u32, bool)> = Vec::with_capacity(edges.len());
    let mut at = 0;
    for (i, edge) in edges.iter().enumerate() {
        at += 1 + usize::from(!goes_on(i));
        let (from, to) = (numbers[at - 2], numbers[at - 1]);
        if from != to {
            uses.push((from.min(to), from.max(to), edge.label, from < to));
        }
    }
    uses.par_sort_unstable();
    let (mut out, mut labels, mut who) = (Vec::with_capacity(uses.len()), Vec::new(), Vec::new());
    for same in uses.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        labels.clear();
        labels.extend(same.chunk_by(|a, b| a.2 == b.2).filter(|uses| uses.len() % 2 == 1).map(|uses| uses[0].2));
        let toggles = sets.number(&labels);
        if toggles != 0 {
            who.clear();
            who.extend(same.iter().map(|u| (u.2, u.3)));
            let ends = [same[0].0, same[0].1].map(|n| positions[n as usize]);
            out.push(Edge { low: same[0].0, high: same[0].1, toggles, quiet: quiet(ends, &who) });
        }
    }
    (out, positions)
}

/// Splits edges into those that are not quiet, with the quiet ones whose boxes touch theirs, and the others.
fn by_nearness(all: Vec<Edge>, positions: &[Coord]) -> (Vec<Edge>, Vec<Edge>) {
    let differ: Vec<u32> = (0..all.len() as u32).filter(|&i| !all[i as usize].quiet).collect();
    if differ.len() == all.len() {
        return (all, Vec::new());
    }
    let index = EdgeBvh::new(differ.len(), |i| all[differ[i] as usize].ends(positions), |_| false);
    all.into_par_iter().partition(|edge| !edge.quiet || index.touches(edge.ends(positions)))
}
