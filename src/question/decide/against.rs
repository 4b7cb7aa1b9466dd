//! Territories or lines that features are held against.

use super::DecideAgainst;
use super::area::{corners, near_area_m2, reach_of};
use super::band::{Band, Bands};
use crate::earth::{LocalPlane, edge_length_as, edge_length_m, point_along};
use crate::model::{EdgeTree, Edges, Evidence};
use crate::question::pieces::{LineSplitter, owners};
use crate::topology::edge_box::box_of;
use crate::topology::{Measured, Meeting, Nearest, SegmentIndex, meet};
use geo::{Coord, Polygon};

/// Outlines with one statement of their accuracy.
struct Group<'a> {
    evidence: Evidence,
    nearest: Nearest,
    tree: EdgeTree<'a>,
    /// Edges with the numbers of their territories or lines.
    edges: SegmentIndex,
}

/// What states an accuracy, and the runs of its outlines with the numbers of their territories or lines.
type OutlinesByAccuracy<'a> = (&'a Evidence, Vec<usize>, Vec<&'a [Coord]>);

/// Lines with the territories on their sides.
struct Sided<'a> {
    left: Vec<Option<&'a str>>,
    right: Vec<Option<&'a str>>,
    nearest: Option<Nearest>,
    /// Line of each run of `nearest`.
    line_of: Vec<usize>,
    index: SegmentIndex,
}

pub(super) struct Against<'a> {
    ids: Vec<&'a str>,
    /// The territories of the lines' sides, where lines are held against.
    sided: Option<Sided<'a>>,
    splitter: Option<&'a LineSplitter<'a>>,
    groups: Vec<Group<'a>>,
    pub bands: &'a Bands,
}

/// A piece of a run by chainage, with who holds it; none where that cannot be told.
pub(super) struct Held {
    pub from_m: f64,
    pub to_m: f64,
    pub course: Vec<Coord>,
    pub by: Option<Vec<String>>,
}

/// The nearest outline.
pub(super) struct Near {
    pub distance_m: f64,
    pub band: Band,
    /// Whether the distance is within the band.
    pub open: bool,
}

fn same(a: &Evidence, b: &Evidence) -> bool {
    let key = |e: &Evidence| {
        let datum = e.datum.as_ref().map(|note| (note.operation.clone(), note.accuracy_m.map(f64::to_bits)));
        (e.position_accuracy_m.map(f64::to_bits), datum)
    };
    key(a) == key(b)
}

impl<'a> Against<'a> {
    pub fn new(against: &'a DecideAgainst, splitter: Option<&'a LineSplitter<'a>>, bands: &'a Bands) -> Self {
        let mut gathered: Vec<OutlinesByAccuracy<'a>> = Vec::new();
        let mut add = |evidence: &'a Evidence, owner: usize, run: &'a [Coord]| {
            let at = gathered.iter().position(|(known, ..)| same(known, evidence)).unwrap_or_else(|| {
                gathered.push((evidence, Vec::new(), Vec::new()));
                gathered.len() - 1
            });
            gathered[at].1.push(owner);
            gathered[at].2.push(run);
        };
        let (mut ids, mut sided) = (Vec::new(), None);
        match (against, splitter) {
            (DecideAgainst::Territories(all), Some(splitter)) => {
                ids = all.iter().map(|t| t.meta.id.as_str()).collect();
                for (territory, run) in splitter.outlines() {
                    add(&all[territory].meta.evidence, territory, run);
                }
            }
            (DecideAgainst::Territories(_), None) => {}
            (DecideAgainst::Lines(all), _) => {
                let (mut line_of, mut edges, mut runs) = (Vec::new(), Vec::new(), Vec::new());
                for (number, line) in all.iter().enumerate() {
                    for run in &line.runs {
                        add(&line.meta.evidence, number, &run.0);
                        edges.extend(run.0.windows(2).map(|edge| [edge[0], edge[1]]));
                        line_of.push(number);
                        runs.push(run.0.as_slice());
                    }
                }
                ids = all.iter().map(|line| line.meta.id.as_str()).collect();
                sided = Some(Sided {
                    left: all.iter().map(|line| line.left.as_deref()).collect(),
                    right: all.iter().map(|line| line.right.as_deref()).collect(),
                    nearest: Nearest::new(runs),
                    line_of,
                    index: SegmentIndex::new(edges.into_iter().zip(0_u32..)),
                });
            }
        }
        let group = |(evidence, owners, runs): OutlinesByAccuracy<'a>| {
            let nearest = Nearest::new(runs.iter().copied())?;
            let numbered = runs.iter().zip(&owners).flat_map(|(run, owner)| {
                run.windows(2).map(|edge| ([edge[0], edge[1]], *owner as u32)).collect::<Vec<_>>()
            });
            let edges = SegmentIndex::new(numbered);
            Some(Group { evidence: evidence.clone(), tree: EdgeTree::new(runs), edges, nearest })
        };
        let groups = gathered.into_iter().filter_map(group).collect();
        Against { ids, sided, splitter, groups, bands }
    }

    /// The outline that decides about a position: of those within their bands, or else of all, the nearest.
    pub fn near(&self, at: Coord, feature: &Evidence) -> Option<Near> {
        let of_group = |group: &Group<'_>| {
            let (distance_m, band) = (group.nearest.distance_m(at), self.bands.of(feature, &group.evidence));
            Near { distance_m, open: distance_m <= band.within_m, band }
        };
        let all = self.groups.iter().map(of_group);
        all.min_by(|a, b| b.open.cmp(&a.open).then(a.distance_m.total_cmp(&b.distance_m)))
    }

    /// Ids of the territories whose outlines, or of the sides of lines that, a position is within the band of.
    pub fn open_at(&self, at: Coord, feature: &Evidence) -> Vec<String> {
        let mut out = Vec::new();
        for group in &self.groups {
            let within_m = self.bands.of(feature, &group.evidence).within_m;
            if group.nearest.distance_m(at) > within_m {
                continue;
            }
            let plane = LocalPlane::at(at);
            let reach = plane.degrees(1.01 * within_m);
            let near = group.edges.touching_across(at - reach, at + reach);
            let near = near.filter(|([a, b], _)| plane.nearest_on_edge(at, *a, *b).1 <= 1.001 * within_m);
            let mut owners: Vec<u32> = near.map(|(_, owner)| owner).collect();
            owners.sort_unstable();
            owners.dedup();
            out.extend(owners.into_iter().flat_map(|owner| self.named(owner as usize)));
        }
        sorted(out)
    }

    /// The same for all positions of a course.
    pub fn open_along(&self, course: &[Coord], feature: &Evidence) -> Vec<String> {
        /// Greatest length in metres of pieces that are treated as straight in one plane.
        const STRAIGHT_M: f64 = 10_000.0;
        let mut pieces: Vec<[Coord; 2]> = Vec::new();
        for edge in course.windows(2) {
            let count = (edge_length_m(edge[0], edge[1]) / STRAIGHT_M).ceil().max(1.0) as usize;
            let at = |i: usize| point_along(edge[0], edge[1], i as f64 / count as f64);
            pieces.extend((0..count).map(|i| [at(i), at(i + 1)]));
        }
        let mut owners: Vec<u32> = Vec::new();
        for group in &self.groups {
            let within_m = 1.001 * self.bands.of(feature, &group.evidence).within_m;
            for &[a, b] in &pieces {
                let plane = LocalPlane::at((a + b) / 2.0);
                let reach = plane.degrees(1.01 * within_m);
                let (low, high) = box_of([a, b]);
                let is_near = |[c, d]: [Coord; 2]| {
                    let ends = [(a, [c, d]), (b, [c, d]), (c, [a, b]), (d, [a, b])];
                    meet([a, b], [c, d]) != Meeting::Apart
                        || ends.iter().any(|(at, edge)| plane.nearest_on_edge(*at, edge[0], edge[1]).1 <= within_m)
                };
                let near = group.edges.touching_across(low - reach, high + reach).filter(|(edge, _)| is_near(*edge));
                owners.extend(near.map(|(_, owner)| owner));
            }
            owners.sort_unstable();
            owners.dedup();
        }
        sorted(owners.into_iter().flat_map(|owner| self.named(owner as usize)).collect())
    }

    /// The territories of an outline: its own; of a line those of both sides.
    fn named(&self, owner: usize) -> Vec<String> {
        match &self.sided {
            Some(sided) => [sided.left[owner], sided.right[owner]].into_iter().flatten().map(str::to_owned).collect(),
            None => vec![self.ids[owner].to_owned()],
        }
    }

    /// Who holds a position; none where nothing tells.
    pub fn holders(&self, at: Coord) -> Option<Vec<String>> {
        match (&self.sided, self.splitter) {
            (Some(sided), _) => {
                let nearest = sided.nearest.as_ref()?;
                let line = *sided.line_of.get(*nearest.nearest_lines(at).first()?)?;
                let side = if nearest.is_left(at)? { sided.left[line] } else { sided.right[line] };
                Some(vec![side?.to_owned()])
            }
            (None, Some(splitter)) => {
                Some(splitter.holders_of(at)?.into_iter().map(|t| self.ids[t].to_owned()).collect())
            }
            (None, None) => None,
        }
    }

    /// Pieces of a run, cut where it meets outlines.
    pub fn cut(&self, run: &[Coord], edges: Edges, from_m: f64) -> Vec<Held> {
        if let Some(splitter) = self.splitter {
            let cuts = splitter.cut([run], edges, from_m);
            let by: Vec<Vec<String>> =
                owners(&cuts).into_iter().map(|all| all.iter().map(|t| self.ids[*t].to_owned()).collect()).collect();
            let held = cuts.into_iter().zip(by);
            return held
                .map(|(cut, by)| Held { from_m: cut.from_m, to_m: cut.to_m, course: cut.line, by: Some(by) })
                .collect();
        }
        let Some(sided) = &self.sided else { return Vec::new() };
        let mut out = Vec::new();
        let mut done_m = from_m;
        for edge in run.windows(2) {
            let edge = [edge[0], edge[1]];
            let (low, high) = box_of(edge);
            let mut shares = vec![0.0, 1.0];
            for (other, _) in sided.index.touching(low, high) {
                match meet(edge, other) {
                    Meeting::Apart => {}
                    Meeting::At { share, .. } => shares.push(share),
                    Meeting::Along { from, to } => shares.extend([from, to]),
                }
            }
            shares.sort_by(f64::total_cmp);
            for pair in shares.windows(2).filter(|pair| pair[0] < pair[1]) {
                let [a, b] = [pair[0], pair[1]].map(|share| point_along(edge[0], edge[1], share));
                let length_m = edge_length_as(a, b, edges);
                let by = self.holders(point_along(a, b, 0.5));
                out.push(Held { from_m: done_m, to_m: done_m + length_m, course: vec![a, b], by });
                done_m += length_m;
            }
        }
        out
    }

    /// Stretches of a course within the bands of outlines, by chainage in metres.
    pub fn within(&self, course: &Measured, feature: &Evidence) -> Vec<(f64, f64)> {
        let of_group = |group: &Group<'_>| {
            let band = self.bands.of(feature, &group.evidence);
            if band.within_m > 0.0 { course.within(&group.tree, band.within_m) } else { Vec::new() }
        };
        let mut all: Vec<(f64, f64)> = self.groups.iter().flat_map(of_group).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut out: Vec<(f64, f64)> = Vec::new();
        for (from_m, to_m) in all {
            match out.last_mut() {
                Some(last) if from_m <= last.1 => last.1 = last.1.max(to_m),
                _ => out.push((from_m, to_m)),
            }
        }
        out
    }

    /// The land of a feature beyond the bands of all outlines: each polygon has the same holders everywhere.
    pub fn beyond_bands(&self, land: &[Polygon], feature: &Evidence) -> Vec<Polygon> {
        /// Least width in metres of the strip along an exact line, so that it divides the land.
        const LEAST_M: f64 = 0.01;
        let of_group = |part: Vec<Polygon>, group: &Group<'_>| {
            let within_m = self.bands.of(feature, &group.evidence).within_m.max(LEAST_M);
            let Some((low, high)) = corners(&part) else { return part };
            let reach = reach_of(low, high, within_m);
            let near = group.edges.touching_across(low - reach, high + reach).map(|(edge, _)| edge.to_vec());
            near_area_m2(&part, &near.collect::<Vec<_>>(), within_m).1
        };
        // Part by part, so that the edges between distant parts are left out.
        let part = |part: &Polygon| self.groups.iter().fold(vec![part.clone()], of_group);
        land.iter().flat_map(part).collect()
    }

    /// Whether accuracies are stated for a feature against all outlines.
    pub fn complete(&self, feature: &Evidence) -> bool {
        self.groups.iter().all(|group| self.bands.of(feature, &group.evidence).complete)
    }

    /// A place inside each part of a territory that lies in a box.
    pub fn insides_in(&self, low: Coord, high: Coord) -> Vec<Coord> {
        self.splitter.map_or_else(Vec::new, |splitter| splitter.insides_in(low, high))
    }

    /// Vertices of the outlines in a box.
    pub fn vertices_in(&self, low: Coord, high: Coord) -> Vec<Coord> {
        let mut out = Vec::new();
        for group in &self.groups {
            group.tree.touching(low, high, &mut |edge| out.push(edge[0]));
        }
        out
    }
}

pub(super) fn sorted(mut all: Vec<String>) -> Vec<String> {
    all.sort();
    all.dedup();
    all
}
