//! The lines in question, and who is to lie on which side of them.

use super::rings;
use super::{Subject, comes_near};
use crate::earth::{LocalPlane, line_length_m};
use crate::model::{Content, Edges, Line, Piece, Territory};
use crate::question::pieces::Cutter;
use crate::topology::{Cleaned, Nearest, SegmentIndex, clean, join_runs};
use geo::Coord;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// How far beyond an edge its neighbour is looked up, in metres.
const BEYOND_M: f64 = 1.0;

/// Who holds a place: ids in alphabetical order; nobody where there is none.
pub(super) type Holders = BTreeSet<String>;

/// How a place passes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    /// From holders to others.
    Passes(Holders, Holders),
    /// Pieces of a proposal name different holders for it: before, and after by all of them.
    Contested(Holders, Holders),
    /// It lies on the outline of land that passes; nothing says on which side.
    OnOutline,
}

pub(super) struct Lines<'a> {
    pub runs: Vec<Vec<Coord>>,
    pub length_m: f64,
    pub near: Option<Nearest>,
    /// Edges, each once, with the number of the bundle of runs that go along it.
    pub index: SegmentIndex,
    pub bundles: Vec<Vec<u32>>,
    territories: &'a [Territory],
    holders: Cutter<'a>,
    proposal: Option<Proposal<'a>>,
    /// Lines with a left and a right, and all of them made ready for asking what is nearest.
    sided: Vec<&'a Line>,
    sides: Option<Nearest>,
    /// The line of each run in `sides`.
    side_of: Vec<usize>,
}

/// The pieces of a proposal, parts of one that share land counted once.
pub(super) struct Proposal<'a> {
    pieces: &'a [Piece],
    land: Cutter<'a>,
}

/// The land of a proposal's pieces, cleaned.
pub(super) fn land_of(subject: &Subject) -> Cleaned {
    let pieces = match subject {
        Subject::Proposal(pieces) => pieces.as_slice(),
        Subject::Line(_) => &[],
    };
    let land =
        |piece: &Piece| Territory { meta: piece.meta.clone(), parts: piece.parts.clone(), published_area_km2: None };
    clean(pieces.iter().map(land).collect())
}

impl<'a> Lines<'a> {
    pub fn new(subject: &'a Subject, land: &'a [Territory], territories: &'a [Territory]) -> Self {
        let holders = Cutter::new(territories);
        let proposal = match subject {
            Subject::Line(_) => None,
            Subject::Proposal(pieces) => Some(Proposal { pieces, land: Cutter::new(land) }),
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
                // The same whatever the order of the file.
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
        let runs = join_runs(&runs);
        let (index, bundles) = bundled(&runs);
        (lines.index, lines.bundles) = (SegmentIndex::new(index), bundles);
        lines.length_m = runs.iter().fold(0.0, |sum, run| sum + line_length_m(run));
        lines.near = Nearest::new(runs.iter().map(Vec::as_slice));
        lines.runs = runs;
        lines
    }

    /// Edges of a proposal's land on whose other side, once it is carried out, others hold the land; each once.
    fn drawn_by(&self, land: &[Territory]) -> Vec<Vec<Coord>> {
        let (mut edges, mut seen) = (Vec::new(), BTreeSet::new());
        for edge in land.iter().flat_map(|one| rings(&one.parts)).flat_map(|ring| ring.windows(2)) {
            let ends = key([edge[0], edge[1]]);
            let [here, there] = [-BEYOND_M, BEYOND_M].map(|off_m| self.after(beyond(edge[0], edge[1], off_m)));
            if here != there && seen.insert(ends) {
                edges.push(edge.to_vec());
            }
        }
        edges
    }

    /// Who holds a place once a proposal is carried out.
    fn after(&self, position: Coord) -> Holders {
        match self.proposal.as_ref().map(|proposal| proposal.at(position)) {
            Some(pieces) if !pieces.is_empty() => pieces.into_iter().filter_map(|piece| piece.to.clone()).collect(),
            _ => self.before(position),
        }
    }

    /// Who holds a place before.
    fn before(&self, position: Coord) -> Holders {
        self.holders.holding(position, &[]).into_iter().map(|t| self.territories[t].meta.id.clone()).collect()
    }

    /// Whether positions of a line, and what lies between them, may come within so many metres of the lines.
    pub fn comes_near<'c>(&self, positions: impl Iterator<Item = &'c Coord>, within_m: f64) -> bool {
        comes_near(&self.index, positions, within_m)
    }

    /// Who holds a place before and who then, where that changes.
    pub fn change(&self, position: Coord) -> Option<Change> {
        if let Some(proposal) = &self.proposal {
            return proposal.change(position);
        }
        let held = self.before(position);
        let nearest = self.sides.as_ref()?;
        let lines = nearest.nearest_lines(position).into_iter().map(|run| self.sided[self.side_of[run]]);
        // Where lines of several pairs are as near, that of a pair to which a holder belongs.
        let party = |line: &&Line| [&line.left, &line.right].into_iter().flatten().any(|id| held.contains(id));
        let line = lines.into_iter().find(party)?;
        let to = if nearest.is_left(position)? { &line.left } else { &line.right }.clone()?;
        let parties = Holders::from_iter([line.left.clone()?, line.right.clone()?]);
        // A third one's claim is not the line's business.
        let then: Holders = held.difference(&parties).cloned().chain([to]).collect();
        if then == held {
            return None;
        }
        // Beyond land of others the line decides nothing.
        let (_, at) = nearest.to(position);
        let way = [position, Coord { x: at.x - 360.0 * ((at.x - position.x) / 360.0).round(), ..at }];
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

/// An edge whichever way it is gone.
pub(super) fn key([a, b]: [Coord; 2]) -> [[u64; 2]; 2] {
    let bits = |p: Coord| [p.x.to_bits(), p.y.to_bits()];
    let (a, b) = (bits(a), bits(b));
    [a.min(b), a.max(b)]
}

/// The ends of an edge, and the number of its bundle.
type Edge = ([Coord; 2], u32);

/// The edges of runs, each once, with the number of its bundle: the runs that go along it. That of one run alone has its number.
fn bundled(runs: &[Vec<Coord>]) -> (Vec<Edge>, Vec<Vec<u32>>) {
    let mut bundles: Vec<Vec<u32>> = (0..runs.len() as u32).map(|run| vec![run]).collect();
    let (mut edges, mut places) = (Vec::<Edge>::new(), FxHashMap::default());
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

/// A place so many metres to the right of an edge's middle: outside, where the interior is on its left.
fn beyond(from: Coord, to: Coord, off_m: f64) -> Coord {
    let middle = (from + to) / 2.0;
    let plane = LocalPlane::at(middle);
    let d = plane.to_m(to) - plane.to_m(from);
    let length = d.x.hypot(d.y).max(f64::MIN_POSITIVE);
    plane.to_degrees(Coord { x: d.y / length * off_m, y: -d.x / length * off_m })
}
