//! The lines of a severance query, and the territories on either side of them.

use super::{Subject, comes_near};
use crate::earth::edges::beside;
use crate::earth::{LocalPlane, line_length_m};
use crate::model::{Content, Edges, Line, Piece, Territory};
use crate::question::pieces::LineSplitter;
use crate::topology::{CoverageGraph, Nearest, SegmentIndex, join_runs, wrapped, wrapped_lines};
use geo::Coord;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Offset in metres from an edge at which the territory beside it is looked up.
const BEYOND_M: f64 = 1.0;

/// Holders of a position: ids in alphabetical order; empty for no holder.
pub(super) type Holders = BTreeSet<String>;

/// How a position changes holder.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    /// From these holders to others.
    Passes(Holders, Holders),
    /// Pieces of a proposal name different holders for it: the holders before, and all those named.
    Contested(Holders, Holders),
    /// It is on the outline of land that passes: the side is undetermined.
    OnOutline,
}

pub(super) struct Lines<'a> {
    pub runs: Vec<Vec<Coord>>,
    pub length_m: f64,
    pub near: Option<Nearest>,
    /// Distinct edges, with the number of the bundle of runs that share them.
    pub index: SegmentIndex,
    pub bundles: Vec<Vec<u32>>,
    territories: &'a [Territory],
    holders: LineSplitter<'a>,
    proposal: Option<Proposal<'a>>,
    /// Lines with a left and a right, and a nearest-line index of all of them.
    sided: Vec<&'a Line>,
    sides: Option<Nearest>,
    /// For each run in `sides`, its line.
    side_of: Vec<usize>,
}

/// The pieces of a proposal; parts of a piece that share land are merged.
pub(super) struct Proposal<'a> {
    pieces: &'a [Piece],
    land: LineSplitter<'a>,
}

/// The pieces of a proposal as territories.
pub(super) fn land_of(subject: &Subject) -> Vec<Territory> {
    let pieces = match subject {
        Subject::Proposal(pieces) => pieces.as_slice(),
        Subject::Line(_) => &[],
    };
    let land = |piece: &Piece| Territory::from_parts_unchecked(piece.meta.clone(), piece.parts.clone());
    pieces.iter().map(land).collect()
}

impl<'a> Lines<'a> {
    pub fn new(subject: &'a Subject, land: &'a [Cow<'a, Territory>], territories: &'a [Territory]) -> Self {
        let holders = LineSplitter::new(territories);
        let proposal = match subject {
            Subject::Line(_) => None,
            Subject::Proposal(pieces) => Some(Proposal { pieces, land: LineSplitter::new(land) }),
        };
        let mut lines = Lines {
            runs: Vec::new(),
            length_m: 0.0,
            near: None,
            index: SegmentIndex::new([]),
            bundles: Vec::new(),
            territories,
            holders,
            proposal,
            sided: Vec::new(),
            sides: None,
            side_of: Vec::new(),
        };
        let runs = match subject {
            Subject::Line(contents) => {
                let all = contents.iter().filter_map(as_lines).flatten();
                lines.sided = all.filter(|line| line.left.is_some() && line.right.is_some()).collect();
                // Sorted, so that the order of the file has no effect.
                lines.sided.sort_by(|a, b| (&a.left, &a.right, &a.meta.id).cmp(&(&b.left, &b.right, &b.meta.id)));
                let courses = contents.iter().flat_map(Content::courses).flat_map(|(_, runs)| runs);
                courses.map(<[Coord]>::to_vec).collect()
            }
            Subject::Proposal(_) => lines.drawn_by(land),
        };
        let runs_of =
            |(i, line): (usize, &&'a Line)| line.runs.iter().map(move |run| (i, run.0.as_slice())).collect::<Vec<_>>();
        let sides: Vec<(usize, &[Coord])> = lines.sided.iter().enumerate().flat_map(runs_of).collect();
        lines.sides = Nearest::new(sides.iter().map(|(_, run)| *run));
        lines.side_of = sides.into_iter().map(|(line, _)| line).collect();
        let runs = wrapped_lines(join_runs(&runs));
        let (index, bundles) = bundled(&runs);
        (lines.index, lines.bundles) = (SegmentIndex::new(index), bundles);
        lines.length_m = runs.iter().fold(0.0, |sum, run| sum + line_length_m(run));
        lines.near = Nearest::new(runs.iter().map(Vec::as_slice));
        lines.runs = runs;
        lines
    }

    /// Distinct edges of a proposal's land whose two sides have different holders once it is carried out. Edges that
    /// pieces share in part are cut at the vertices of both.
    fn drawn_by(&self, land: &[Cow<'_, Territory>]) -> Vec<Vec<Coord>> {
        let (mut edges, mut seen) = (Vec::new(), BTreeSet::new());
        let graph = CoverageGraph::new(land);
        for (_, from, to) in graph.outlines() {
            let edge = [graph.position(from), graph.position(to)];
            let ends = key(edge);
            let [here, there] = [-BEYOND_M, BEYOND_M].map(|off_m| self.after(wrapped(beyond(edge[0], edge[1], off_m))));
            if here != there && seen.insert(ends) {
                edges.push(edge.to_vec());
            }
        }
        edges
    }

    /// Holders of a position once a proposal is carried out.
    fn after(&self, position: Coord) -> Holders {
        match self.proposal.as_ref().map(|proposal| proposal.at(position)) {
            Some(pieces) if !pieces.is_empty() => pieces.into_iter().filter_map(|piece| piece.to.clone()).collect(),
            _ => self.before(position),
        }
    }

    /// Holders of a position before.
    fn before(&self, position: Coord) -> Holders {
        self.holders.holding(position, &[]).into_iter().map(|t| self.territories[t].meta.id.clone()).collect()
    }

    /// Whether a line through these positions may come within this many metres of the lines.
    pub fn comes_near<'c>(&self, positions: impl Iterator<Item = &'c Coord>, within_m: f64) -> bool {
        comes_near(&self.index, positions, within_m)
    }

    /// Holders of a position before and after, if they change.
    pub fn change(&self, position: Coord) -> Option<Change> {
        if let Some(proposal) = &self.proposal {
            return proposal.change(position);
        }
        let held = self.before(position);
        let nearest = self.sides.as_ref()?;
        let lines = nearest.nearest_lines(position).into_iter().map(|run| self.sided[self.side_of[run]]);
        // Of equally near lines of several pairs, the one of a pair to which a holder belongs.
        let party = |line: &&Line| [&line.left, &line.right].into_iter().flatten().any(|id| held.contains(id));
        let line = lines.into_iter().find(party)?;
        let to = if nearest.is_left(position)? { &line.left } else { &line.right }.clone()?;
        let parties = Holders::from_iter([line.left.clone()?, line.right.clone()?]);
        // The line does not affect third parties' claims.
        let then: Holders = held.difference(&parties).cloned().chain([to]).collect();
        if then == held {
            return None;
        }
        // The line decides nothing beyond land of third parties.
        let (_, at) = nearest.to(position);
        let way = [position, beside(at, position)];
        let concerned = held.intersection(&parties).cloned().collect::<Holders>();
        let reached = self.holders.cut([&way[..]], Edges::Lonlat, 0.0).iter().all(|cut| {
            let holds = |t: &usize| concerned.contains(&self.territories[*t].meta.id);
            cut.to_m - cut.from_m < BEYOND_M || cut.left.iter().chain(&cut.right).any(holds)
        });
        reached.then_some(Change::Passes(held, then))
    }
}

impl Proposal<'_> {
    fn at(&self, position: Coord) -> Vec<&Piece> {
        self.land.holding(position, &[]).into_iter().map(|piece| &self.pieces[piece]).collect()
    }

    fn change(&self, position: Coord) -> Option<Change> {
        let pieces = self.at(position);
        if pieces.is_empty() {
            let passes = |piece: usize| self.pieces[piece].from != self.pieces[piece].to;
            return self.land.on_outline(position).into_iter().any(passes).then_some(Change::OnOutline);
        }
        let outcomes: BTreeSet<&Option<String>> = pieces.iter().map(|piece| &piece.to).collect();
        let before: Holders = pieces.iter().filter_map(|piece| piece.from.clone()).collect();
        let after: Holders = pieces.iter().filter_map(|piece| piece.to.clone()).collect();
        match (outcomes.len(), before == after) {
            (1, true) => None,
            (1, false) => Some(Change::Passes(before, after)),
            _ => Some(Change::Contested(before, after)),
        }
    }
}

/// Key of an edge, independent of its direction and, along ±180°, of the sign of its longitude.
pub(super) fn key([a, b]: [Coord; 2]) -> [[u64; 2]; 2] {
    let on_180 = a.x.abs() == 180.0 && a.x == b.x;
    let bits = |p: Coord| [if on_180 { p.x.abs() } else { p.x }.to_bits(), p.y.to_bits()];
    let (a, b) = (bits(a), bits(b));
    [a.min(b), a.max(b)]
}

/// The ends of an edge, and the number of its bundle.
type BundleEdge = ([Coord; 2], u32);

/// Distinct edges of runs, each with the number of its bundle: the runs that share it. The bundle of a single run has
/// the run's number.
fn bundled(runs: &[Vec<Coord>]) -> (Vec<BundleEdge>, Vec<Vec<u32>>) {
    let mut bundles: Vec<Vec<u32>> = (0..runs.len() as u32).map(|run| vec![run]).collect();
    let (mut edges, mut places) = (Vec::<BundleEdge>::new(), FxHashMap::default());
    for (number, run) in runs.iter().enumerate() {
        for edge in run.windows(2).map(|e| [e[0], e[1]]) {
            let place = *places.entry(key(edge)).or_insert(edges.len());
            let Some((_, bundle)) = edges.get_mut(place) else {
                edges.push((edge, number as u32));
                continue;
            };
            let known = &mut bundles[*bundle as usize];
            if known.last() == Some(&(number as u32)) {
                continue;
            }
            if *bundle as usize >= runs.len() {
                known.push(number as u32);
            } else {
                let both = vec![known[0], number as u32];
                *bundle = bundles.len() as u32;
                bundles.push(both);
            }
        }
    }
    (edges, bundles)
}

fn as_lines(content: &Content) -> Option<&Vec<Line>> {
    match content {
        Content::Lines(lines) => Some(lines),
        _ => None,
    }
}

/// The position this many metres to the right of an edge's midpoint: outside, if the interior is on the left.
fn beyond(from: Coord, to: Coord, off_m: f64) -> Coord {
    let middle = (from + to) / 2.0;
    let plane = LocalPlane::at(middle);
    let d = plane.to_m(to) - plane.to_m(from);
    let length = d.x.hypot(d.y).max(f64::MIN_POSITIVE);
    plane.to_degrees(Coord { x: d.y / length * off_m, y: -d.x / length * off_m })
}
