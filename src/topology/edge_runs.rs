//! Candidate search by runs of consecutive edges: vertices on edges, and unpartnered edges near those of other
//! territories.

use super::cells::Margins;
use super::edge_box::{box_of, join, touch};
use super::edge_bvh::EdgeBvh;
use super::on_edge::{Hit, hit};
use super::uses::{Use, same_edge, stretches};
use geo::Coord;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

/// Greatest number of edges in a run.
const RUN: usize = 16;
/// Average number of touching boxes per box at which the search is abandoned.
const BESIDE: usize = 16;
/// Average number of edges tested against one vertex, per run, at which the search is abandoned.
const ASKED: usize = 64;
/// A vertex nearer than this counts as on an edge, whatever else is near: it is rounding.
pub(super) const EXACTLY_M: f64 = 1e-6;
/// Owner of an edge that several rings use, or that has an end on several rings.
const APART: u32 = u32::MAX;

/// The input edges.
#[derive(Clone, Copy)]
pub(super) struct Edges<'a> {
    pub positions: &'a [Coord],
    /// Sorted.
    pub uses: &'a [Use],
    /// By position: whether several rings pass it, or one ring several times.
    pub several: &'a [bool],
    /// Indices of the first uses of edges near holes, in ascending order.
    pub beside_holes: &'a [u32],
    /// By position: whether several rings pass it and an edge near a hole ends there; empty if there is none.
    pub at_hole: &'a [bool],
    /// Positions without edges.
    pub unused: &'a [u32],
    /// Territory of each ring.
    pub territory_of: &'a [u32],
}

/// Result of the search.
pub(super) struct JunctionHits {
    /// Vertices on edges, ordered by edge and vertex; an edge is given by the index of its first use.
    pub hits: Vec<Hit>,
    /// By position: whether unpartnered edges that end there come near unpartnered edges of another territory.
    pub near_other_territory: Vec<bool>,
}

/// Consecutive edges, each starting where the previous one ends.
struct Run {
    /// Indices of their uses.
    uses: Range<u32>,
    outline: (Coord, Coord),
    /// The same of their ends in the directions NE and SE: least and greatest x + y and x − y.
    slanted: (Coord, Coord),
    /// The only ring that uses these edges, or [`APART`].
    owner: u32,
    kind: RunKind,
    /// The [`directions`] that all its edges have in common.
    along: u8,
}

impl Run {
    /// Least and greatest values along the axes of [`directions`].
    fn extents(&self) -> [[f64; 2]; 4] {
        let ((low, high), (least, greatest)) = (self.outline, self.slanted);
        [[low.x, high.x], [low.y, high.y], [least.x, greatest.x], [least.y, greatest.y]]
    }

    /// Whether this run ends at a line through its end, in a direction of all its edges, that another run does not pass.
    fn advances_to(&self, other: &Run, end: Coord) -> bool {
        let (extents, at) = (other.extents(), Run::at(end));
        bits(self.along).any(|(axis, up)| if up { extents[axis][0] >= at[axis] } else { extents[axis][1] <= at[axis] })
    }

    /// Whether this run starts at a line through its start, in a direction of all its edges, that another run does not
    /// pass.
    fn comes_from(&self, other: &Run, start: Coord) -> bool {
        let (extents, at) = (other.extents(), Run::at(start));
        bits(self.along).any(|(axis, up)| if up { extents[axis][1] <= at[axis] } else { extents[axis][0] >= at[axis] })
    }

    fn at(at: Coord) -> [f64; 4] {
        let turned = slant(at);
        [at.x, at.y, turned.x, turned.y]
    }
}

/// The axis and the sense of each direction in a set of [`directions`].
fn bits(along: u8) -> impl Iterator<Item = (usize, bool)> {
    (0..8).filter(move |bit| along & (1 << bit) != 0).map(|bit| (bit % 4, bit < 4))
}

#[derive(Clone, Copy, Default, PartialEq)]
struct RunKind {
    /// Whether the edges have land on one side only.
    is_unmatched: bool,
    is_beside_hole: bool,
    ends_at_hole: bool,
}

impl Edges<'_> {
    fn at(&self, number: u32) -> Coord {
        self.positions[number as usize]
    }

    /// Vertices on edges, within the tolerance; `None` where so many boxes touch that the search would outgrow the
    /// input.
    ///
    /// # Method
    /// Runs are nearly straight, so that no vertex of a run lies on the run's own edges; runs are tested against each
    /// other by their boxes. Where edge and vertex belong to the same single ring and no other ring comes near, only
    /// vertices within [`EXACTLY_M`] of the edge are found.
    pub fn near(self, tolerance_m: f64) -> Option<JunctionHits> {
        let margins = Margins::new(tolerance_m);
        let search = Search { edges: self, runs: self.runs(), margins, exactly: Margins::new(EXACTLY_M), tolerance_m };
        search.found()
    }

    fn runs(&self) -> Vec<Run> {
        let stretches = stretches(self.uses);
        let mut runs: Vec<Run> = stretches.into_par_iter().flat_map_iter(|stretch| self.runs_of(stretch)).collect();
        let unused = |number: u32| {
            let at = self.at(number);
            let ends_at_hole = !self.at_hole.is_empty() && self.at_hole[number as usize];
            let kind = RunKind { ends_at_hole, ..RunKind::default() };
            Run {
                uses: number..number,
                outline: (at, at),
                slanted: (slant(at), slant(at)),
                owner: APART,
                kind,
                along: 0,
            }
        };
        runs.extend(self.unused.iter().map(|&number| unused(number)));
        runs
    }

    fn runs_of(&self, stretch: Range<usize>) -> Vec<Run> {
        let margins = Margins::new(EXACTLY_M);
        let mut runs: Vec<Run> = Vec::with_capacity(stretch.len() / RUN * 2);
        let mut start = stretch.start as u32;
        let mut beside = &self.beside_holes[self.beside_holes.partition_point(|place| *place < start)..];
        // End of the last run, and its number of edges.
        let (mut end, mut count) = (u32::MAX, RUN);
        for edge in self.uses[stretch].chunk_by(same_edge) {
            let numbers = [edge[0].low, edge[0].high];
            let ends = numbers.map(|end| self.at(end));
            let is_beside_hole = beside.first() == Some(&start);
            beside = &beside[usize::from(is_beside_hole)..];
            let kind = RunKind {
                // Backward uses come first.
                is_unmatched: edge[0].forward() == edge[edge.len() - 1].forward(),
                is_beside_hole,
                ends_at_hole: !self.at_hole.is_empty() && numbers.iter().any(|end| self.at_hole[*end as usize]),
            };
            let is_alone = kind == LONELY && edge.len() == 1 && numbers.iter().all(|end| !self.several[*end as usize]);
            let owner = if is_alone { edge[0].owner() } else { APART };
            let uses = start..start + edge.len() as u32;
            start = uses.end;
            let goes = if is_alone { directions(ends, margins.along(ends)) } else { ALL };
            let fits = |run: &&mut Run| {
                (run.owner, run.kind) == (owner, kind) && end == numbers[0] && count < RUN && run.along & goes != 0
            };
            match runs.last_mut().filter(fits) {
                Some(run) => {
                    // The boxes hold the first end.
                    let (at, turned) = (ends[1], slant(ends[1]));
                    (run.outline, run.slanted) = (join(run.outline, (at, at)), join(run.slanted, (turned, turned)));
                    (run.uses.end, count, run.along) = (uses.end, count + 1, run.along & goes);
                }
                None => {
                    let (outline, slanted) = (box_of(ends), box_of(ends.map(slant)));
                    runs.push(Run { uses, outline, slanted, owner, kind, along: goes });
                    count = 1;
                }
            }
            end = numbers[1];
        }
        runs
    }
}

const LONELY: RunKind = RunKind { is_unmatched: true, is_beside_hole: false, ends_at_hole: false };
/// All of the [`directions`].
const ALL: u8 = u8::MAX;

/// A position in axes turned by 45°.
fn slant(at: Coord) -> Coord {
    Coord { x: at.x + at.y, y: at.x - at.y }
}

/// Bit set of the eight directions in which an edge advances by more than a margin. If consecutive edges share one,
/// only their own ends lie within the margin of an edge.
fn directions([from, to]: [Coord; 2], margin: Coord) -> u8 {
    let d = to - from;
    let both = margin.x + margin.y;
    [(d.x, margin.x), (d.y, margin.y), (d.x + d.y, both), (d.x - d.y, both)].iter().enumerate().fold(
        0,
        |bits, (axis, &(along, margin))| {
            bits | u8::from(along > margin) << axis | u8::from(along < -margin) << (axis + 4)
        },
    )
}

struct Search<'a> {
    edges: Edges<'a>,
    runs: Vec<Run>,
    margins: Margins,
    exactly: Margins,
    tolerance_m: f64,
}

impl Search<'_> {
    fn found(&self) -> Option<JunctionHits> {
        let runs = &self.runs;
        let widened = |number: usize| {
            let (low, high) = runs[number].outline;
            let margin = self.margins.around(low, high);
            [low - margin, high + margin]
        };
        let is_active = |number: usize| runs[number].kind.is_unmatched || runs[number].kind.is_beside_hole;
        let edge_bvh = EdgeBvh::new(runs.len(), widened, is_active);
        let near_other_territory: Vec<AtomicBool> = runs.iter().map(|_| AtomicBool::new(false)).collect();
        let of_pair = |i: usize, j: usize, hits: &mut Vec<Hit>| {
            let (a, b) = (&runs[i], &runs[j]);
            if a.owner != APART && a.owner == b.owner {
                if self.are_slanted_near(a, b, &self.exactly) {
                    self.between(a, b, self.near_each_other(a, b), &self.exactly, EXACTLY_M, hits);
                }
                return;
            }
            if !self.are_slanted_near(a, b, &self.margins) {
                return;
            }
            if a.kind.is_unmatched && b.kind.is_unmatched && !self.are_of_one_territory(a, b) {
                near_other_territory[i].store(true, Relaxed);
                near_other_territory[j].store(true, Relaxed);
            }
            self.between(a, b, [true; 2], &self.margins, self.tolerance_m, hits);
        };
        let mut hits = edge_bvh.pairs_of_few_boxes(BESIDE, of_pair)?;
        // A run is tested against itself only where one of its vertices may be on another ring.
        let itself = |run: &Run| {
            let mut hits = Vec::new();
            if run.owner == APART && (run.kind.is_unmatched || run.kind.is_beside_hole) {
                self.vertices_on(run, run, run.outline, &self.margins, self.tolerance_m, &mut hits);
            }
            hits
        };
        hits.par_extend(runs.par_iter().flat_map_iter(itself));
        hits.par_extend(self.again(&edge_bvh, &hits)?);
        hits.par_sort_unstable_by_key(|hit| (hit.edge, hit.vertex));
        hits.dedup_by_key(|hit| (hit.edge, hit.vertex));
        Some(JunctionHits { hits, near_other_territory: self.by_position(&near_other_territory) })
    }

    /// Repeats the search, with the full tolerance, for unpartnered edges near vertices that other rings come near.
    fn again(&self, edge_bvh: &EdgeBvh, hits: &[Hit]) -> Option<Vec<Hit>> {
        let mut vertices: Vec<u32> = hits.iter().map(|hit| hit.vertex).collect();
        vertices.sort_unstable();
        vertices.dedup();
        let (most, asked) = (ASKED * (self.runs.len() + 64), AtomicUsize::new(0));
        let near = |&vertex: &u32| {
            let (at, mut hits, mut count) = (self.edges.at(vertex), Vec::new(), 0);
            if asked.load(Relaxed) > most {
                return hits;
            }
            edge_bvh.touching(at, at, |number| {
                let run = &self.runs[number];
                count += 1;
                if run.kind.is_unmatched {
                    self.on_run(run, &[(at, vertex)], &self.margins, self.tolerance_m, &mut hits);
                }
            });
            asked.fetch_add(count, Relaxed);
            hits
        };
        let found = vertices.par_iter().flat_map_iter(near).collect();
        (asked.into_inner() <= most).then_some(found)
    }

    fn by_position(&self, near_other_territory: &[AtomicBool]) -> Vec<bool> {
        let mut near = vec![false; self.edges.positions.len()];
        let is_in =
            |(run, is_in): &(&Run, &AtomicBool)| is_in.load(Relaxed) || (run.owner == APART && run.kind.is_unmatched);
        for (run, _) in self.runs.iter().zip(near_other_territory).filter(is_in) {
            self.uses_of(run).iter().for_each(|u| [u.low, u.high].iter().for_each(|end| near[*end as usize] = true));
        }
        near
    }

    /// Whether each of two runs belongs to one ring only, and both rings to one territory.
    fn are_of_one_territory(&self, a: &Run, b: &Run) -> bool {
        let territory = |run: &Run| self.edges.territory_of.get(run.owner as usize);
        territory(a).is_some() && territory(a) == territory(b)
    }

    /// Whether the boxes of two runs in axes turned by 45° are within the margins: boxes of slanted runs often overlap
    /// only in the other axes.
    fn are_slanted_near(&self, a: &Run, b: &Run, margins: &Margins) -> bool {
        let margin = margins.around(a.outline.0, a.outline.1);
        let wide = Coord { x: margin.x + margin.y, y: margin.x + margin.y };
        touch((a.slanted.0 - wide, a.slanted.1 + wide), b.slanted)
    }

    /// Of two runs of a single ring: whether vertices of the second may lie on edges of the first, and the reverse.
    ///
    /// Where one run goes on from the other, a line through the common end may separate them. If all edges of one run
    /// advance towards that line, only its end reaches it: its other vertices are near no edge of the other run.
    fn near_each_other(&self, a: &Run, b: &Run) -> [bool; 2] {
        let ends = |run: &Run| {
            let uses = self.uses_of(run);
            uses.first().zip(uses.last()).map(|(first, last)| [first.low, last.high])
        };
        let Some((of_a, of_b)) = ends(a).zip(ends(b)) else { return [true; 2] };
        // Whether vertices of the earlier run, and of the later one, are clear of the other.
        let clear = |before: &Run, after: &Run, common: u32| {
            let at = self.edges.at(common);
            [before.advances_to(after, at), after.comes_from(before, at)]
        };
        let [a_is_clear, b_is_clear] = if of_a[1] == of_b[0] {
            clear(a, b, of_a[1])
        } else if of_b[1] == of_a[0] {
            let [b_is_clear, a_is_clear] = clear(b, a, of_b[1]);
            [a_is_clear, b_is_clear]
        } else {
            [false; 2]
        };
        [!b_is_clear, !a_is_clear]
    }

    fn uses_of(&self, run: &Run) -> &[Use] {
        self.edges.uses.get(run.uses.start as usize..run.uses.end as usize).unwrap_or_default()
    }

    /// Vertices of either run that lie on edges of the other; `asked` are those of the second on the first, and the
    /// reverse.
    fn between(&self, a: &Run, b: &Run, asked: [bool; 2], margins: &Margins, tolerance_m: f64, hits: &mut Vec<Hit>) {
        if asked == [false; 2] {
            return;
        }
        let ((a_low, a_high), (b_low, b_high)) = (a.outline, b.outline);
        let margin =
            margins.around(Coord { x: 0.0, y: a_low.y.min(b_low.y) }, Coord { x: 0.0, y: a_high.y.max(b_high.y) });
        // Intersection of the two boxes.
        let low = Coord { x: a_low.x.max(b_low.x), y: a_low.y.max(b_low.y) } - margin;
        let high = Coord { x: a_high.x.min(b_high.x), y: a_high.y.min(b_high.y) } + margin;
        if low.x > high.x || low.y > high.y {
            return;
        }
        if asked[0] {
            self.vertices_on(a, b, (low, high), margins, tolerance_m, hits);
        }
        if asked[1] {
            self.vertices_on(b, a, (low, high), margins, tolerance_m, hits);
        }
    }

    /// Vertices of the second run, within a box, that lie on edges of the first.
    fn vertices_on(
        &self,
        of: &Run,
        others: &Run,
        (low, high): (Coord, Coord),
        margins: &Margins,
        tolerance_m: f64,
        hits: &mut Vec<Hit>,
    ) {
        let all = of.kind.is_unmatched || others.kind.is_unmatched;
        if !(all || of.kind.is_beside_hole && others.kind.ends_at_hole) {
            return;
        }
        let mut near = [(Coord::zero(), 0); RUN + 1];
        let mut count = 0;
        // A vertex of a single ring lies on no other edge of the run that ends there.
        let ends = match self.uses_of(of) {
            [first, .., last] if of.owner != APART && of.owner == others.owner => [first.low, last.high],
            _ => [u32::MAX; 2],
        };
        let mut note = |number: u32| {
            let at = self.edges.at(number);
            let is_asked = touch((at, at), (low, high)) && !ends.contains(&number);
            if is_asked && (all || self.edges.at_hole[number as usize]) {
                near[count] = (at, number);
                count += 1;
            }
        };
        let uses = self.uses_of(others);
        match uses.first() {
            Some(first) => note(first.low),
            None => note(others.uses.start),
        }
        uses.chunk_by(same_edge).for_each(|edge| note(edge[0].high));
        if count > 0 {
            self.on_run(of, &near[..count], margins, tolerance_m, hits);
        }
    }

    /// The given vertices that lie on edges of a run.
    fn on_run(&self, run: &Run, vertices: &[(Coord, u32)], margins: &Margins, tolerance_m: f64, hits: &mut Vec<Hit>) {
        let mut start = run.uses.start;
        let margin = margins.around(run.outline.0, run.outline.1);
        for edge in self.uses_of(run).chunk_by(same_edge) {
            let numbers = [edge[0].low, edge[0].high];
            let ends = numbers.map(|end| self.edges.at(end));
            let (low, high) = box_of(ends);
            let (low, high) = (low - margin, high + margin);
            for &(at, vertex) in vertices.iter().filter(|(at, _)| touch((*at, *at), (low, high))) {
                if !numbers.contains(&vertex) {
                    hits.extend(hit(start, ends, (at, vertex), margin, tolerance_m).filter(Hit::is_inside));
                }
            }
            start += edge.len() as u32;
        }
    }
}
