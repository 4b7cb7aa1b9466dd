//! Layers of polygons laid over each other: which labels hold where?

mod fan;
mod noding;
mod ring;
mod sets;

use super::SegmentIndex;
use super::intern::Interner;
use fan::{Fans, origin, target};
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};
use geo::{Coord, Polygon};
use noding::{Edge, corners, node, rounded};
use sets::Sets;
use std::collections::BTreeMap;
use thiserror::Error;

/// The edges could not be cut so that they meet only at their ends.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[error("edges near {0:?} could not be told apart")]
pub struct Unsettled(pub [f64; 2]);

/// A directed edge of a labelled polygon, its interior on the left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelledEdge {
    /// Where it begins (lon, lat in degrees, or any plane).
    pub from: Coord,
    /// Where it ends.
    pub to: Coord,
    /// Label of the polygon.
    pub label: u32,
}

/// Labelled polygons laid over each other.
///
/// # Method
/// An edge that every layer has alike (`quiet`) is left out, unless its box touches that of an edge that is not. The
/// rest is cut wherever edges meet, decided exactly (Shewchuk's predicates) and with crossings rounded to the nearest
/// double, again and again until edges meet only at their ends. Around each position edges are sorted by direction,
/// exactly; from edge to edge the set of labels changes by those of the edge between. One ray for each connected
/// group tells where to begin. That every way round gives the same labels is checked. Where cutting comes to no end,
/// or the labels do not agree, it is done again on grids of 2⁻⁴⁶, 2⁻⁴⁰ and 2⁻³⁴ of the extent.
///
/// A label holds where an odd number of its polygons does.
pub struct Arrangement {
    positions: Vec<Coord>,
    edges: Vec<Edge>,
    fans: Fans,
    /// Set of labels on the left of each half-edge; none where nothing that differs touches it.
    left: Vec<Option<u32>>,
    sets: Sets,
}

impl Arrangement {
    /// Lays labelled edges over each other. `quiet` says of an edge (its ends, and its uses: a
    /// label, and whether its interior is on the left along the edge) that nothing can differ on its two sides.
    ///
    /// # Errors
    /// [`Unsettled`] if no grid gives an answer that agrees with itself.
    pub fn new(edges: &[LabelledEdge], quiet: impl Fn([Coord; 2], &[(u32, bool)]) -> bool) -> Result<Self, Unsettled> {
        let (mut low, mut high) = (Coord { x: f64::MAX, y: f64::MAX }, Coord { x: f64::MIN, y: f64::MIN });
        for edge in edges {
            let (l, h) = corners([edge.from, edge.to]);
            low = Coord { x: low.x.min(l.x), y: low.y.min(l.y) };
            high = Coord { x: high.x.max(h.x), y: high.y.max(h.y) };
        }
        let extent = (high.x - low.x).max(high.y - low.y).max(f64::MIN_POSITIVE);
        let step = |bits: i32| 2f64.powi(extent.log2().ceil() as i32 - bits);
        let grids = [None, Some(step(46)), Some(step(40)), Some(step(34))];
        let mut unsettled = Unsettled([low.x, low.y]);
        for grid in grids {
            match Self::on_grid(edges, &quiet, grid) {
                Ok(done) => return Ok(done),
                Err(error) => unsettled = error,
            }
        }
        Err(unsettled)
    }

    fn on_grid(
        edges: &[LabelledEdge],
        quiet: &impl Fn([Coord; 2], &[(u32, bool)]) -> bool,
        grid: Option<f64>,
    ) -> Result<Self, Unsettled> {
        let (mut interner, mut sets) = (Interner::with_capacity(edges.len()), Sets::new());
        let all = unique(edges, quiet, grid, &mut interner, &mut sets);
        let (mut near, far) = by_nearness(all, &interner.positions);
        let here = near.first().map_or([f64::NAN; 2], |e| {
            let p = interner.positions[e.low as usize];
            [p.x, p.y]
        });
        if !node(&mut near, &mut interner, &mut sets, grid) {
            return Err(Unsettled(here));
        }
        let positions = interner.positions;
        let fans = Fans::new(&near, &positions);
        let left = vec![None; 2 * near.len()];
        let mut done = Arrangement { positions, edges: near, fans, left, sets };
        done.label(&far)?;
        Ok(done)
    }

    /// Spreads labels from a ray's answer over each connected group of edges.
    fn label(&mut self, far: &[Edge]) -> Result<(), Unsettled> {
        let mut differs = vec![false; self.positions.len()];
        for edge in self.edges.iter().filter(|edge| !edge.quiet) {
            differs[edge.low as usize] = true;
            differs[edge.high as usize] = true;
        }
        let all: Vec<Edge> = self.edges.iter().chain(far).copied().collect();
        let ends = |e: &Edge| [self.positions[e.low as usize], self.positions[e.high as usize]];
        let index = SegmentIndex::new(all.iter().enumerate().map(|(i, e)| (ends(e), i as u32)));
        let west = self.edges.iter().chain(far).map(|e| ends(e)[0].x.min(ends(e)[1].x)).fold(f64::MAX, f64::min);
        let mut done = vec![false; self.positions.len()];
        for seed in (0..self.positions.len() as u32).filter(|&n| differs[n as usize]) {
            if done[seed as usize] {
                continue;
            }
            let start = self.fans.before_west(seed, &self.edges, &self.positions);
            let state = self.ray(seed, west, &all, &index);
            self.set(start, state, seed)?;
            let mut waiting = vec![(seed, start)];
            done[seed as usize] = true;
            while let Some((node, known)) = waiting.pop() {
                self.go_round(node, known)?;
                for half in self.fans.at(node).to_vec() {
                    let next = target(&self.edges, half);
                    if differs[next as usize] && !done[next as usize] {
                        done[next as usize] = true;
                        waiting.push((next, half ^ 1));
                    }
                }
            }
        }
        Ok(())
    }

    /// Labels all half-edges around a position from one that has its label.
    fn go_round(&mut self, node: u32, known: u32) -> Result<(), Unsettled> {
        let fan = self.fans.at(node).to_vec();
        let first = fan.iter().position(|half| *half == known).unwrap_or(0);
        let mut state = self.left[known as usize].unwrap_or(0);
        for i in 1..=fan.len() {
            let half = fan[(first + i) % fan.len()];
            state = self.sets.xor(state, self.edges[half as usize / 2].toggles);
            self.set(half, state, node)?;
        }
        Ok(())
    }

    fn set(&mut self, half: u32, state: u32, node: u32) -> Result<(), Unsettled> {
        let other = self.sets.xor(state, self.edges[half as usize / 2].toggles);
        for (half, state) in [(half, state), (half ^ 1, other)] {
            if self.left[half as usize].replace(state).is_some_and(|before| before != state) {
                let p = self.positions[node as usize];
                return Err(Unsettled([p.x, p.y]));
            }
        }
        Ok(())
    }

    /// The labels just north-west of a position: those that change an odd number of times on the way from the west.
    fn ray(&mut self, node: u32, west: f64, all: &[Edge], index: &SegmentIndex) -> u32 {
        let p = self.positions[node as usize];
        let mut state = 0;
        for ([from, to], number) in index.touching(Coord { x: west, y: p.y }, p) {
            let edge = all[number as usize];
            if edge.low == node || edge.high == node || (from.y <= p.y) == (to.y <= p.y) {
                continue;
            }
            let (low, high) = if from.y <= to.y { (from, to) } else { (to, from) };
            if RobustKernel::orient2d(low, high, p) == Orientation::Clockwise {
                state = self.sets.xor(state, edge.toggles);
            }
        }
        state
    }

    /// Returns the land of each class as polygons with holes; `class` sorts sets of labels, and what it gives no
    /// class is left out. Land of one class may come in several polygons; they touch in points at most.
    pub fn land<K: Ord + Clone>(&self, class: impl Fn(&[u32]) -> Option<K>) -> BTreeMap<K, Vec<Polygon>> {
        let classes: Vec<Option<K>> = (0..self.sets.len() as u32).map(|set| class(self.sets.get(set))).collect();
        let of = |half: u32| self.left[half as usize].and_then(|set| classes[set as usize].as_ref());
        let bounds = |half: u32| of(half).is_some() && of(half) != of(half ^ 1);
        let mut used = vec![false; self.left.len()];
        let mut rings: BTreeMap<K, Vec<Vec<Coord>>> = BTreeMap::new();
        for start in 0..self.left.len() as u32 {
            if used[start as usize] || !bounds(start) {
                continue;
            }
            let (mut numbers, mut half) = (Vec::new(), start);
            while !used[half as usize] {
                used[half as usize] = true;
                numbers.push(origin(&self.edges, half));
                // Clockwise from the way back, the next edge that bounds the same land.
                let mut next = self.fans.clockwise(half ^ 1, &self.edges);
                while next != half ^ 1 && !(bounds(next) && of(next) == of(half)) {
                    next = self.fans.clockwise(next, &self.edges);
                }
                half = next;
            }
            if let Some(class) = of(start) {
                let loops = ring::simple_loops(&numbers).into_iter();
                let placed = loops.map(|ring| ring.into_iter().map(|n| self.positions[n as usize]).collect());
                rings.entry(class.clone()).or_default().extend(placed);
            }
        }
        rings.into_iter().map(|(class, rings)| (class, ring::polygons(rings))).collect()
    }
}

/// Each pair of ends once, with the labels that change an odd number of times across it.
fn unique(
    edges: &[LabelledEdge],
    quiet: &impl Fn([Coord; 2], &[(u32, bool)]) -> bool,
    grid: Option<f64>,
    interner: &mut Interner,
    sets: &mut Sets,
) -> Vec<Edge> {
    let mut uses: Vec<(u32, u32, u32, bool)> = Vec::with_capacity(edges.len());
    for edge in edges {
        let (from, to) = (interner.number(rounded(edge.from, grid)), interner.number(rounded(edge.to, grid)));
        if from != to {
            uses.push((from.min(to), from.max(to), edge.label, from < to));
        }
    }
    uses.sort_unstable();
    let mut out = Vec::with_capacity(uses.len());
    for same in uses.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let labels =
            same.chunk_by(|a, b| a.2 == b.2).filter(|uses| uses.len() % 2 == 1).map(|uses| uses[0].2).collect();
        let toggles = sets.number(labels);
        if toggles != 0 {
            let who: Vec<(u32, bool)> = same.iter().map(|u| (u.2, u.3)).collect();
            let ends = [same[0].0, same[0].1].map(|n| interner.positions[n as usize]);
            out.push(Edge { low: same[0].0, high: same[0].1, toggles, quiet: quiet(ends, &who) });
        }
    }
    out
}

/// Edges that differ with the quiet ones whose boxes touch theirs, and the rest.
fn by_nearness(all: Vec<Edge>, positions: &[Coord]) -> (Vec<Edge>, Vec<Edge>) {
    let ends = |e: &Edge| [positions[e.low as usize], positions[e.high as usize]];
    let index = SegmentIndex::new(all.iter().filter(|e| !e.quiet).map(|e| (ends(e), 0)));
    all.iter().partition(|edge| {
        let (low, high) = corners(ends(edge));
        !edge.quiet || index.touching(low, high).next().is_some()
    })
}
