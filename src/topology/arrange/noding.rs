//! Noding: cuts edges until they meet only at their ends.

use super::Sets;
use super::clear::Drift;
use crate::topology::edge_bvh::EdgeBvh;
use crate::topology::half_edges::GraphEdge;
use crate::topology::intern::{number_all, plain};
use crate::topology::{Meeting, box_of, meet};
use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// An edge between two numbered positions, with the set of labels that change across it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub low: u32,
    pub high: u32,
    pub toggles: u32,
    /// Its two sides agree in all layers, so that nothing can differ along it.
    pub quiet: bool,
}

impl GraphEdge for Edge {
    fn numbers(&self) -> [u32; 2] {
        [self.low, self.high]
    }
}

impl Edge {
    /// The positions of its ends, the lower number first.
    pub fn ends(&self, positions: &[Coord]) -> [Coord; 2] {
        [positions[self.low as usize], positions[self.high as usize]]
    }
}

/// Rounds after which noding is abandoned.
const ROUNDS: usize = 40;
/// New pieces per edge, and a constant, at which it is abandoned too: edges that coincide but for rounding cross again
/// in each round.
const PIECES: usize = 16;
const SOME_PIECES: usize = 4096;
const NONE: u32 = u32::MAX;

/// Cuts edges wherever an edge that is not quiet meets another; `grid` rounds the positions of crossings.
/// Returns whether noding converged.
///
/// Rounding a crossing displaces the new pieces by an ulp. After the first round, only new pieces are tested against
/// nearby ones; of the pieces of the first round, only those for which an ulp may matter.
pub(super) fn node(edges: &mut Vec<Edge>, positions: &mut Vec<Coord>, sets: &mut Sets, grid: Option<f64>) -> bool {
    let drift = Drift::new(grid);
    let index = EdgeBvh::new(edges.len(), |i| edges[i].ends(positions), |i| !edges[i].quiet);
    let index = index.within(drift.greatest(positions));
    let found = index.pairs(|i, j, out| {
        let (a, b) = (EdgePiece::whole(edges, i), EdgePiece::whole(edges, j));
        if !(a.quiet && b.quiet) {
            cuts(&a, &b, positions, |piece, cut| out.push(EdgeTest::Cut(piece, cut)));
            if !drift.leaves((&edges[i], &edges[j]), positions) {
                out.extend([EdgeTest::Doubt(a.edge), EdgeTest::Doubt(b.edge)]);
            }
        }
    });
    let (mut doubtful, mut cut_at) = (vec![false; edges.len()], Vec::with_capacity(found.len()));
    for found in found {
        match found {
            EdgeTest::Cut(piece, cut) => cut_at.push((piece, cut)),
            EdgeTest::Doubt(edge) => doubtful[edge as usize] = true,
        }
    }
    if cut_at.is_empty() {
        return true;
    }
    let crossings = cut_at.iter().filter_map(|(_, cut)| match cut {
        Cut::Crossing(position) => Some(plain(rounded(*position, grid))),
        Cut::Vertex(_) => None,
    });
    // Known positions come first, so they keep their numbers.
    let known = positions.len();
    positions.extend(crossings);
    let (numbers, numbered) = number_all(std::mem::take(positions));
    *positions = numbered;
    let mut crossings = numbers[known..].iter();
    let at = |cut| match cut {
        Cut::Vertex(number) => number,
        Cut::Crossing(_) => *crossings.next().expect("each crossing was given a number"),
    };
    let mut marks = marks(cut_at, at);
    let most = PIECES * (edges.len() + marks.len()) + SOME_PIECES;
    let mut made = 0;
    let mut cut = CutEdges { edges, chain_of: vec![NONE; edges.len()], chains: Vec::new(), drift };
    for round in 0..ROUNDS {
        if marks.is_empty() {
            return false;
        }
        let mut fresh = cut.at(&marks, positions);
        made += fresh.len();
        if made > most {
            return false;
        }
        if round == 0 {
            fresh.retain(|piece| doubtful[piece.edge as usize] || !cut.is_spaced(piece.edge, positions));
        }
        let found: Vec<(EdgePiece, Cut)> = fresh
            .into_par_iter()
            .flat_map_iter(|piece| {
                let mut out = Vec::new();
                cut.near(&index, piece.ends(positions), |other| {
                    if other != piece && !(piece.quiet && other.quiet) {
                        cuts(&piece, &other, positions, |piece, cut| out.push((piece, cut)));
                    }
                });
                out
            })
            .collect();
        if found.is_empty() {
            let pieces = cut.pieces();
            *edges = joined(pieces, sets);
            return true;
        }
        let mut new: FxHashMap<[u64; 2], u32> = FxHashMap::default();
        marks = self::marks(found, |found| match found {
            Cut::Vertex(number) => number,
            Cut::Crossing(position) => {
                let position = plain(rounded(position, grid));
                *new.entry([position.x.to_bits(), position.y.to_bits()]).or_insert_with(|| {
                    cut.known(&index, position, positions).unwrap_or_else(|| {
                        positions.push(position);
                        positions.len() as u32 - 1
                    })
                })
            }
        });
    }
    false
}

/// A piece of an edge between two consecutive cuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct EdgePiece {
    edge: u32,
    /// Index of the piece along the edge.
    place: u32,
    from: u32,
    to: u32,
    quiet: bool,
}

impl EdgePiece {
    fn whole(edges: &[Edge], number: usize) -> Self {
        let Edge { low, high, quiet, .. } = edges[number];
        EdgePiece { edge: number as u32, place: 0, from: low, to: high, quiet }
    }

    fn ends(&self, positions: &[Coord]) -> [Coord; 2] {
        [positions[self.from as usize], positions[self.to as usize]]
    }
}

/// Cuts sorted by piece, without duplicates.
fn marks(found: Vec<(EdgePiece, Cut)>, mut number: impl FnMut(Cut) -> u32) -> Vec<(EdgePiece, u32)> {
    let numbered = found.into_iter().map(|(piece, cut)| (piece, number(cut)));
    let mut marks: Vec<(EdgePiece, u32)> =
        numbered.filter(|(piece, at)| *at != piece.from && *at != piece.to).collect();
    marks.par_sort_unstable();
    marks.dedup();
    marks
}

/// Edges with the positions at which they are cut.
struct CutEdges<'a> {
    edges: &'a [Edge],
    /// Index in `chains` of each cut edge.
    chain_of: Vec<u32>,
    chains: Vec<Vec<u32>>,
    drift: Drift,
}

impl CutEdges<'_> {
    fn pieces_of(&self, edge: usize) -> impl Iterator<Item = EdgePiece> {
        let Edge { low, high, quiet, .. } = self.edges[edge];
        let chain = self.chains.get(self.chain_of[edge] as usize);
        let count = chain.map_or(1, |chain| chain.len() - 1);
        (0..count).map(move |place| {
            let (from, to) = chain.map_or((low, high), |chain| (chain[place], chain[place + 1]));
            EdgePiece { edge: edge as u32, place: place as u32, from, to, quiet }
        })
    }

    /// Whether the cuts of an edge are far from each other.
    fn is_spaced(&self, edge: u32, positions: &[Coord]) -> bool {
        self.chains.get(self.chain_of[edge as usize] as usize).is_none_or(|chain| self.drift.spaced(chain, positions))
    }

    /// Cuts pieces and returns the new ones.
    fn at(&mut self, marks: &[(EdgePiece, u32)], positions: &[Coord]) -> Vec<EdgePiece> {
        let of_edges = marks.par_chunk_by(|a, b| a.0.edge == b.0.edge);
        let cut: Vec<(Vec<u32>, Vec<EdgePiece>)> = of_edges.map(|of_edge| self.cut_one(of_edge, positions)).collect();
        let mut fresh = Vec::with_capacity(2 * marks.len());
        for (chain, new) in cut {
            let edge = new[0].edge as usize;
            fresh.extend(new);
            if self.chain_of[edge] == NONE {
                self.chain_of[edge] = self.chains.len() as u32;
                self.chains.push(chain);
            } else {
                self.chains[self.chain_of[edge] as usize] = chain;
            }
        }
        fresh
    }

    /// The chain of one edge after cutting, and its new pieces.
    fn cut_one(&self, marks: &[(EdgePiece, u32)], positions: &[Coord]) -> (Vec<u32>, Vec<EdgePiece>) {
        let edge = marks[0].0.edge as usize;
        let mut chain = vec![self.edges[edge].low];
        let mut new = Vec::new();
        let mut marks = marks.chunk_by(|a, b| a.0 == b.0).peekable();
        for piece in self.pieces_of(edge) {
            if let Some(here) = marks.next_if(|here| here[0].0 == piece) {
                let [from, to] = piece.ends(positions);
                let along = |number: u32| {
                    let (d, p) = (to - from, positions[number as usize] - from);
                    d.x * p.x + d.y * p.y
                };
                let mut inner: Vec<u32> = here.iter().map(|(_, number)| *number).collect();
                inner.sort_by(|a, b| along(*a).total_cmp(&along(*b)).then(a.cmp(b)));
                new.extend(chain.len() - 1..chain.len() + inner.len());
                chain.extend(inner);
            }
            chain.push(piece.to);
        }
        let quiet = self.edges[edge].quiet;
        let piece = |place: usize| {
            let (from, to) = (chain[place], chain[place + 1]);
            EdgePiece { edge: edge as u32, place: place as u32, from, to, quiet }
        };
        let new = new.into_iter().map(piece).collect();
        (chain, new)
    }

    /// Visits the pieces of all edges whose boxes touch the box of two positions.
    fn near(&self, index: &EdgeBvh, [a, b]: [Coord; 2], mut visit: impl FnMut(EdgePiece)) {
        let step = |value: f64| self.drift.at(value);
        let (low, high) = box_of([a, b]);
        let wide = Coord { x: step(low.x).max(step(high.x)), y: step(low.y).max(step(high.y)) };
        index.touching(low - wide, high + wide, |edge| {
            for piece in self.pieces_of(edge) {
                visit(piece);
            }
        });
    }

    /// The number of a position that is already an end of a piece.
    fn known(&self, index: &EdgeBvh, position: Coord, positions: &[Coord]) -> Option<u32> {
        let mut known = None;
        self.near(index, [position; 2], |piece| {
            let same = |number: &u32| positions[*number as usize] == position;
            known = known.or([piece.from, piece.to].into_iter().find(same));
        });
        known
    }

    fn pieces(&self) -> Vec<Edge> {
        (0..self.edges.len())
            .into_par_iter()
            .flat_map_iter(|edge| {
                let of = self.edges[edge];
                self.pieces_of(edge).map(move |p| Edge { low: p.from.min(p.to), high: p.from.max(p.to), ..of })
            })
            .collect()
    }
}

/// Where to cut an edge.
enum Cut {
    Vertex(u32),
    Crossing(Coord),
}

/// Result of testing two edges against each other.
enum EdgeTest {
    Cut(EdgePiece, Cut),
    /// Once this edge is cut, its pieces may meet other edges.
    Doubt(u32),
}

pub(super) fn rounded(position: Coord, grid: Option<f64>) -> Coord {
    grid.map_or(position, |g| Coord { x: (position.x / g).round() * g, y: (position.y / g).round() * g })
}

fn cuts(a: &EdgePiece, b: &EdgePiece, positions: &[Coord], mut found: impl FnMut(EdgePiece, Cut)) {
    // In the order of positions: a crossing then has the same coordinates whatever the order of the layers.
    let before = |a: &Coord, b: &Coord| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)).is_le();
    let ends = |piece: &EdgePiece| {
        let [p, q] = piece.ends(positions);
        if before(&p, &q) { [p, q] } else { [q, p] }
    };
    let key = |piece: &EdgePiece| ends(piece).map(|p| [p.x, p.y]);
    let (a, b) = if key(a) <= key(b) { (a, b) } else { (b, a) };
    let (ea, eb) = (ends(a), ends(b));
    match meet(ea, eb) {
        Meeting::Apart => {}
        Meeting::At { share, proper: true } => {
            let at = crossing(ea, share);
            let end = near_end(at, [a.from, a.to, b.from, b.to], positions);
            let cut = || end.map_or(Cut::Crossing(at), Cut::Vertex);
            found(*a, cut());
            found(*b, cut());
        }
        _ => {
            for (piece, line, others) in [(a, ea, [b.from, b.to]), (b, eb, [a.from, a.to])] {
                for end in others.into_iter().filter(|end| *end != piece.from && *end != piece.to) {
                    if strictly_on(positions[end as usize], line) {
                        found(*piece, Cut::Vertex(end));
                    }
                }
            }
        }
    }
}

/// The end of two pieces that coincides with their crossing to within its rounding along either axis.
///
/// Doubles are denser near zero: at 47° W 0.6° S steps of latitude are a sixty-fourth of those of longitude, and two
/// pieces along a meridian might cross again and again, a step farther each time.
fn near_end(at: Coord, ends: [u32; 4], positions: &[Coord]) -> Option<u32> {
    let step = 2.0 * f64::EPSILON * at.x.abs().max(at.y.abs());
    let off = |number: &u32| {
        let d = positions[*number as usize] - at;
        d.x.abs().max(d.y.abs())
    };
    let order = |a: &u32, b: &u32| {
        let (p, q) = (positions[*a as usize], positions[*b as usize]);
        off(a).total_cmp(&off(b)).then(p.x.total_cmp(&q.x)).then(p.y.total_cmp(&q.y))
    };
    ends.into_iter().min_by(order).filter(|end| off(end) <= step)
}

/// A position along an edge, computed from the nearer end, which loses the fewest digits.
fn crossing([from, to]: [Coord; 2], share: f64) -> Coord {
    let d = to - from;
    if share <= 0.5 { from + d * share } else { to - d * (1.0 - share) }
}

fn strictly_on(p: Coord, line: [Coord; 2]) -> bool {
    let (low, high) = box_of(line);
    p.x >= low.x
        && p.x <= high.x
        && p.y >= low.y
        && p.y <= high.y
        && RobustKernel::orient2d(line[0], line[1], p) == Orientation::Collinear
}

/// Merges coincident pieces and drops those that cancel.
pub(super) fn joined(mut pieces: Vec<Edge>, sets: &mut Sets) -> Vec<Edge> {
    pieces.par_sort_unstable();
    let mut edges = Vec::with_capacity(pieces.len());
    for same in pieces.chunk_by(|a, b| (a.low, a.high) == (b.low, b.high)) {
        let toggles = same.iter().fold(0, |set, edge| sets.xor(set, edge.toggles));
        if toggles != 0 {
            edges.push(Edge { toggles, quiet: same.iter().all(|edge| edge.quiet), ..same[0] });
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        /// Positions on a coarse grid, displaced by a few rounding steps: almost collinear lines, crossings almost
        /// coincident with each other or with a vertex.
        #[test]
        fn edges_meet_at_their_ends_only(
            places in prop::collection::vec((0..6_i32, 0..6_i32, -3..=3_i32, -3..=3_i32, 0..4_i32), 4..24),
            ends in prop::collection::vec((0..24_usize, 0..24_usize), 3..30), grid in any::<bool>(),
        ) {
            let step = |steps: i32, size: i32| f64::from(steps) * 7e-15 * 100f64.powi(size);
            let at = |&(x, y, dx, dy, size): &(i32, i32, i32, i32, i32)| Coord {
                x: 45.0 + f64::from(x) * 0.1 + step(dx, size),
                y: 40.0 + f64::from(y) * 0.1 + step(dy, size),
            };
            let list: Vec<Coord> = places.iter().map(at).collect();
            let (numbers, mut positions) = number_all(list);
            let mut sets = Sets::new();
            let toggles = sets.number(&[1]);
            let edge = |&(a, b): &(usize, usize)| {
                let (a, b) = (numbers[a % numbers.len()], numbers[b % numbers.len()]);
                (a != b).then(|| Edge { low: a.min(b), high: a.max(b), toggles, quiet: false })
            };
            let mut edges: Vec<Edge> = ends.iter().filter_map(edge).collect();
            edges.sort_unstable();
            edges.dedup();
            let grid = grid.then(|| 2f64.powi(-40));
            if !node(&mut edges, &mut positions, &mut sets, grid) {
                return Ok(());
            }
            for (i, a) in edges.iter().enumerate() {
                for b in &edges[i + 1..] {
                    let shared = [a.low, a.high].iter().filter(|n| [b.low, b.high].contains(n)).count();
                    let apart = match meet(a.ends(&positions), b.ends(&positions)) {
                        Meeting::Apart => true,
                        Meeting::At { proper, .. } => !proper && shared == 1,
                        Meeting::Along { .. } => false,
                    };
                    prop_assert!(apart, "{:?} {:?}", a.ends(&positions), b.ends(&positions));
                }
            }
        }
    }
}
