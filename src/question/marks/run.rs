//! Lines as runs with chainages, and what lies beside them.

use super::number::Stood;
use super::{MarkBasis, MarkOptions, told};
use crate::earth::antimeridian::on_east_side;
use crate::earth::{LocalPlane, azimuth_deg, edge_length_as, point_along, share_along};
use crate::model::{Content, Edges, Place, Warning};
use crate::topology::{SegmentIndex, joined_legs, wrapped};
use geo::Coord;
use rustc_hash::FxHashMap;

/// A run of a line with the chainages of its vertices.
pub(super) struct MeasuredRun<'a> {
    /// Number of the line.
    pub line: usize,
    pub id: &'a str,
    pub left: Option<&'a str>,
    pub right: Option<&'a str>,
    /// Its vertices; longitudes continue beyond ±180°.
    pub points: Vec<Coord>,
    pub at_m: Vec<f64>,
    edges: Edges,
}

/// The runs of lines that have a length; those that join end to end are one.
pub(super) fn runs_of(lines: &[Content]) -> Vec<MeasuredRun<'_>> {
    let mut out = Vec::new();
    let mut number = 0;
    for content in lines {
        for (index, (meta, runs)) in content.courses().into_iter().enumerate() {
            let sides = match content {
                Content::Lines(lines) => (lines[index].left.as_deref(), lines[index].right.as_deref()),
                _ => (None, None),
            };
            for points in joined_legs(&runs) {
                let mut at_m = vec![0.0];
                for edge in points.windows(2) {
                    at_m.push(at_m[at_m.len() - 1] + edge_length_as(edge[0], edge[1], meta.edges));
                }
                if at_m[at_m.len() - 1] > 0.0 {
                    let (left, right) = sides;
                    out.push(MeasuredRun { line: number, id: &meta.id, left, right, points, at_m, edges: meta.edges });
                }
            }
            number += 1;
        }
    }
    out
}

impl MeasuredRun<'_> {
    pub fn length_m(&self) -> f64 {
        self.at_m[self.at_m.len() - 1]
    }

    pub fn is_ring(&self) -> bool {
        self.points.len() > 3 && key(self.points[0]) == key(self.points[self.points.len() - 1])
    }

    /// The edge that has a chainage, the last one that begins before it.
    pub fn edge_at(&self, chainage_m: f64) -> usize {
        self.at_m.partition_point(|at| *at <= chainage_m).clamp(1, self.points.len() - 1) - 1
    }

    pub fn edge(&self, edge: usize) -> [Coord; 2] {
        [self.points[edge], self.points[edge + 1]]
    }

    /// The position at a chainage.
    pub fn position(&self, chainage_m: f64) -> Coord {
        let edge = self.edge_at(chainage_m);
        let [a, b] = self.edge(edge);
        let edge_m = self.at_m[edge + 1] - self.at_m[edge];
        if edge_m > 0.0 {
            point_along(a, b, share_along(a, b, chainage_m - self.at_m[edge], edge_m, self.edges))
        } else {
            a
        }
    }

    /// The chainage of a share of an edge in degrees.
    pub fn chainage(&self, edge: usize, share: f64) -> f64 {
        let [a, b] = self.edge(edge);
        self.at_m[edge] + edge_length_as(a, point_along(a, b, share), self.edges)
    }

    /// The position so many metres to the left of a place on an edge (to the right of it where negative).
    pub fn beside(&self, edge: usize, at: Coord, metres: f64) -> [f64; 2] {
        let plane = LocalPlane::at(at);
        let [a, b] = self.edge(edge).map(|p| plane.to_m(p));
        let along = b - a;
        let length = along.x.hypot(along.y);
        let moved = plane.to_degrees(Coord { x: -along.y / length * metres, y: along.x / length * metres });
        wrapped(moved).into()
    }

    /// The turning at a vertex in degrees: 0 goes straight on, 180 turns back.
    pub fn turning_deg(&self, before: Coord, at: Coord, after: Coord) -> f64 {
        let turn = azimuth_deg(at, after) - azimuth_deg(at, before) - 180.0;
        (turn - 360.0 * (turn / 360.0).round()).abs()
    }

    /// The nearest place on the run: chainage and distance in metres; by the boxes of edges near it alone.
    fn nearest(&self, edges: impl Iterator<Item = usize>, to: Coord) -> Option<(f64, f64)> {
        let plane = LocalPlane::at(to);
        let of = |edge: usize| {
            let turn = 360.0 * ((self.points[edge].x - to.x) / 360.0).round();
            let [a, b] = self.edge(edge).map(|end| Coord { x: end.x - turn, ..end });
            let (share, distance_m) = plane.nearest_on_edge(to, a, b);
            (edge, share, distance_m)
        };
        let best = edges.map(of).min_by(|a, b| a.2.total_cmp(&b.2).then(a.0.cmp(&b.0)))?;
        Some((self.chainage(best.0, best.1), best.2))
    }
}

/// Key of a position: −0.0 and 0.0 are one place, as are +180° and −180°.
pub(super) fn key(at: Coord) -> [u64; 2] {
    let Coord { x, y } = wrapped(at);
    [(on_east_side(x) + 0.0).to_bits(), (y + 0.0).to_bits()]
}

/// Edges of features, with their names and widths.
pub(super) struct Features {
    pub index: SegmentIndex,
    pub names: Vec<String>,
    pub widths_m: Vec<f64>,
}

impl Features {
    fn of(contents: &[Content]) -> Self {
        let (mut edges, mut names, mut widths_m) = (Vec::new(), Vec::new(), Vec::new());
        for (meta, runs) in contents.iter().flat_map(Content::courses) {
            let number = names.len() as u32;
            let of_run = |run: &[Coord]| run.windows(2).map(|e| ([e[0], e[1]], number)).collect::<Vec<_>>();
            edges.extend(runs.into_iter().flat_map(of_run));
            names.push(meta.name.best(&[]).map_or_else(|| meta.id.clone(), str::to_owned));
            let width = meta.properties.get("width_m").and_then(serde_json::Value::as_f64);
            widths_m.push(width.filter(|width| *width > 0.0).unwrap_or(0.0));
        }
        Features { index: SegmentIndex::new(edges), names, widths_m }
    }
}

/// A place to be marked on a run.
pub(super) struct OnRun {
    pub chainage_m: f64,
    pub position: Coord,
    /// The number of an existing mark; the id of a junction.
    pub name: String,
    pub is_existing: bool,
    /// Longitude and latitude of the posts of an existing pair, on the left and on the right.
    pub posts: Option<[[f64; 2]; 2]>,
}

/// What lies beside the runs.
pub(super) struct Beside {
    pub roads: Features,
    pub rivers: Features,
    /// MeasuredRun by run.
    pub on: Vec<Vec<OnRun>>,
    /// How many runs end in a place.
    pub ends: FxHashMap<[u64; 2], usize>,
}

impl Beside {
    pub fn new(
        runs: &[MeasuredRun<'_>],
        basis: &MarkBasis<'_>,
        standing: &[Stood<'_>],
        options: &MarkOptions,
        warnings: &mut Vec<Warning>,
    ) -> Self {
        let mut ends = FxHashMap::default();
        for run in runs.iter().filter(|run| !run.is_ring()) {
            for end in [run.points[0], run.points[run.points.len() - 1]] {
                *ends.entry(key(end)).or_default() += 1;
            }
        }
        // Number of the edge among all; the first of each run.
        let mut first = vec![0];
        runs.iter().for_each(|run| first.push(first[first.len() - 1] + run.points.len() - 1));
        let all = runs.iter().zip(&first).flat_map(|(run, first)| {
            (0..run.points.len() - 1).map(move |edge| (run.edge(edge), (first + edge) as u32))
        });
        let index = SegmentIndex::new(all);
        let mut on: Vec<Vec<OnRun>> = runs.iter().map(|_| Vec::new()).collect();
        let mut put = |at: Coord, name: &str, is_existing: bool, posts, place: &Place| {
            let wide = LocalPlane::at(at).degrees(1.01 * options.within_m);
            let mut near: Vec<usize> =
                index.touching_across(at - wide, at + wide).map(|(_, edge)| edge as usize).collect();
            near.sort_unstable();
            let run_of = |edge: usize| first.partition_point(|first| *first <= edge) - 1;
            let mut found = false;
            for group in near.chunk_by(|a, b| run_of(*a) == run_of(*b)) {
                let number = run_of(group[0]);
                let nearest = runs[number].nearest(group.iter().map(|edge| edge - first[number]), at);
                if let Some((chainage_m, _)) = nearest.filter(|(_, distance_m)| *distance_m <= options.within_m) {
                    found = true;
                    let position = if is_existing { at } else { runs[number].position(chainage_m) };
                    on[number].push(OnRun { chainage_m, position, name: name.to_owned(), is_existing, posts });
                }
            }
            if !found {
                let what = if is_existing { "the mark" } else { "the junction" };
                let message = format!("{what} is farther than {} m from every line and is left out", options.within_m);
                warnings.push(told(&place.meta, message));
            }
        };
        standing.iter().for_each(|stood| put(stood.at, &stood.number, true, stood.posts, stood.place));
        basis.junctions.iter().for_each(|place| put(place.position, &place.meta.id, false, None, place));
        on.iter_mut().for_each(|all| all.sort_by(|a, b| a.chainage_m.total_cmp(&b.chainage_m)));
        Beside { roads: Features::of(basis.roads), rivers: Features::of(basis.rivers), on, ends }
    }
}
