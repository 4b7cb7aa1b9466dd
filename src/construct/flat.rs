//! Lines of a network as flat arrays: positions, the vertex at each, and the runs.

use crate::earth::antimeridian::on_east_side;
use crate::earth::{LocalPlane, distance_m};
use crate::topology::number_all;
use geo::{Coord, LineString};
use rayon::prelude::*;

/// Positions of all runs, one run after the other.
#[derive(Default)]
pub(super) struct Flat {
    pub positions: Vec<Coord>,
    /// The vertex at each position, known once the network is settled; equal positions share one.
    pub vertices: Vec<u32>,
    pub runs: Vec<WayRun>,
    /// The position of each vertex.
    pub places: Vec<Coord>,
    /// Number of positions at each vertex, at most 2.
    uses: Vec<u8>,
    /// Index of the first position at each vertex.
    on: Vec<u32>,
}

/// Consecutive positions of a way.
#[derive(Clone, Copy)]
pub(super) struct WayRun {
    pub way: u32,
    pub first: u32,
    /// One past the last position.
    pub end: u32,
}

/// A location on the network.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum NetworkLocation {
    /// A vertex.
    Vertex(u32),
    /// Inside the segment that starts at a position.
    Inside { segment: u32, share: f64, at: Coord },
}

/// The nearest point of a segment.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    pub distance_m: f64,
    pub segment: u32,
    pub share: f64,
}

impl Hit {
    fn nearer(self, other: Hit) -> Hit {
        if (other.distance_m, other.segment) < (self.distance_m, self.segment) { other } else { self }
    }

    /// The nearer of two optional hits.
    pub fn nearest(a: Option<Hit>, b: Option<Hit>) -> Option<Hit> {
        match (a, b) {
            (Some(a), Some(b)) => Some(a.nearer(b)),
            (a, b) => a.or(b),
        }
    }
}

impl Flat {
    /// Adds a run without repeated positions; returns whether it has a length.
    pub fn add(&mut self, way: u32, run: LineString) -> bool {
        let first = self.positions.len();
        for position in run.0 {
            if self.positions[first..].last().is_none_or(|last| key(last) != key(&position)) {
                self.positions.push(position);
            }
        }
        if self.positions.len() < first + 2 {
            self.positions.truncate(first);
            return false;
        }
        self.runs.push(WayRun { way, first: first as u32, end: self.positions.len() as u32 });
        true
    }

    /// Removes the last run, which duplicates an earlier one.
    pub fn take_back(&mut self) {
        if let Some(run) = self.runs.pop() {
            self.positions.truncate(run.first as usize);
        }
    }

    /// Numbers the vertices, in the order of first occurrence, and counts the positions at each. No run is added
    /// afterwards.
    pub fn settle(&mut self) {
        self.positions.shrink_to_fit();
        (self.vertices, self.places) = number_all(self.positions.iter().copied().map(plain).collect());
        self.uses = vec![0; self.places.len()];
        self.on = vec![0; self.places.len()];
        for (position, &vertex) in self.vertices.iter().enumerate().rev() {
            self.on[vertex as usize] = position as u32;
            let uses = &mut self.uses[vertex as usize];
            *uses = (*uses + 1).min(2);
        }
        // As the data write it: on ±180° with the side of the first run.
        for (place, &at) in self.places.iter_mut().zip(&self.on) {
            *place = self.positions[at as usize];
        }
    }

    pub fn positions_of(&self, run: WayRun) -> &[Coord] {
        &self.positions[run.first as usize..run.end as usize]
    }

    pub fn vertices_of(&self, run: WayRun) -> &[u32] {
        &self.vertices[run.first as usize..run.end as usize]
    }

    /// Ends of runs with no other position at their vertex, in run order.
    pub fn loose_ends(&self) -> Vec<u32> {
        let ends = self.runs.iter().flat_map(|run| [run.first, run.end - 1]);
        ends.map(|end| self.vertices[end as usize]).filter(|v| self.uses[*v as usize] == 1).collect()
    }

    /// By vertex: whether runs end or meet there.
    pub fn junctions(&self) -> Vec<bool> {
        let mut junctions: Vec<bool> = self.uses.iter().map(|uses| *uses > 1).collect();
        for run in &self.runs {
            junctions[self.vertices[run.first as usize] as usize] = true;
            junctions[self.vertices[run.end as usize - 1] as usize] = true;
        }
        junctions
    }

    /// The first position at a vertex.
    pub fn position_of(&self, vertex: u32) -> Option<u32> {
        self.on.get(vertex as usize).copied()
    }

    pub fn segment(&self, segment: u32) -> [Coord; 2] {
        [self.positions[segment as usize], self.positions[segment as usize + 1]]
    }

    /// The run of a segment.
    pub fn run_of(&self, segment: u32) -> WayRun {
        self.runs[self.runs.partition_point(|run| run.end <= segment)]
    }

    /// The point of the network nearest to a position. Linear in the number of positions, in parallel.
    pub fn nearest(&self, to: Coord) -> Option<Hit> {
        let plane = LocalPlane::at(to);
        let of_run = |run: &WayRun| {
            let segments = run.first..run.end - 1;
            segments
                .map(|segment| self.hit_in(&plane, to, segment))
                .fold(None, |best, hit| Hit::nearest(best, Some(hit)))
        };
        self.runs.par_iter().with_min_len(1024).map(of_run).reduce(|| None, Hit::nearest)
    }

    /// The point of a segment nearest to a position; the distance is measured in the tangent plane of the position.
    pub fn hit(&self, to: Coord, segment: u32) -> Hit {
        self.hit_in(&LocalPlane::at(to), to, segment)
    }

    /// The end of a run that a segment has, the nearer of two; none where the segment is inside the run.
    pub fn hit_of_end(&self, to: Coord, run: WayRun, segment: u32) -> Option<Hit> {
        let [first, last] = [segment == run.first, segment + 2 == run.end];
        let end = |share: f64| {
            let at = self.positions[segment as usize + share as usize];
            Hit { distance_m: distance_m(to, at), segment, share }
        };
        Hit::nearest(first.then(|| end(0.0)), last.then(|| end(1.0)))
    }

    fn hit_in(&self, plane: &LocalPlane, to: Coord, segment: u32) -> Hit {
        let [from, end] = self.segment(segment);
        let turn = 360.0 * ((to.x - from.x) / 360.0).round();
        let moved = |p: Coord| Coord { x: p.x + turn, ..p };
        let (share, distance_m) = plane.nearest_on_edge(to, moved(from), moved(end));
        Hit { distance_m, segment, share }
    }

    /// The location of a hit: a vertex if it coincides with one.
    pub fn spot(&self, hit: Hit) -> NetworkLocation {
        let [from, to] = self.segment(hit.segment);
        let at = from + (to - from) * hit.share;
        match hit.share {
            share if share <= 0.0 || at == from => NetworkLocation::Vertex(self.vertices[hit.segment as usize]),
            share if share >= 1.0 || at == to => NetworkLocation::Vertex(self.vertices[hit.segment as usize + 1]),
            share => NetworkLocation::Inside { segment: hit.segment, share, at },
        }
    }

    pub fn place(&self, spot: NetworkLocation) -> Coord {
        match spot {
            NetworkLocation::Vertex(vertex) => self.places[vertex as usize],
            NetworkLocation::Inside { at, .. } => at,
        }
    }

    /// A vertex of the same component of the network.
    pub fn vertex(&self, spot: NetworkLocation) -> u32 {
        match spot {
            NetworkLocation::Vertex(vertex) => vertex,
            NetworkLocation::Inside { segment, .. } => self.vertices[segment as usize],
        }
    }
}

/// A position with one spelling: -180° as 180°, and -0.0 as 0.0.
fn plain(position: Coord) -> Coord {
    Coord { x: on_east_side(position.x) + 0.0, y: position.y + 0.0 }
}

/// Key of a position, the same for all its spellings.
pub(super) fn key(position: &Coord) -> [u64; 2] {
    let position = plain(*position);
    [position.x.to_bits(), position.y.to_bits()]
}
