//! Lines and rings of all layers as one mesh, simplified arc by arc so that what was shared stays shared.

use geo::Coord;
use rustc_hash::FxHashMap;

/// Lines under construction; every line gets an index in the order of adding.
#[derive(Default)]
pub(crate) struct Mesh {
    vertices: FxHashMap<(i64, i64), u32>,
    points: Vec<Coord>,
    lines: Vec<Vec<u32>>,
}

/// A position as a key: two are the same vertex when they agree to 1e-7°.
pub(crate) fn key(p: Coord) -> (i64, i64) {
    ((p.x * 1e7).round() as i64, (p.y * 1e7).round() as i64)
}

impl Mesh {
    /// Adds a line or a closed ring and returns its index.
    pub(crate) fn add(&mut self, line: &[Coord]) -> usize {
        let mut ids: Vec<u32> = Vec::with_capacity(line.len());
        for p in line {
            let next = u32::try_from(self.points.len()).expect("fewer than four thousand million vertices");
            let id = *self.vertices.entry(key(*p)).or_insert(next);
            if id == next {
                self.points.push(*p);
            }
            if ids.last() != Some(&id) {
                ids.push(id);
            }
        }
        self.lines.push(ids);
        self.lines.len() - 1
    }

    /// Every line with only the vertices that matter on paper: Douglas–Peucker on each arc between junctions, in a
    /// direction that depends on the arc alone. `paper` gives the position on paper, `tolerance` is in its unit.
    pub(crate) fn simplified(&self, paper: impl Fn(Coord) -> Coord, tolerance: f64) -> Vec<Vec<Coord>> {
        let on_paper: Vec<Coord> = self.points.iter().map(|p| paper(*p)).collect();
        let junctions = self.junctions();
        self.lines.iter().map(|line| self.simplify(line, &junctions, &on_paper, tolerance)).collect()
    }

    /// Vertices where lines part, end or meet.
    fn junctions(&self) -> Vec<bool> {
        const NONE: u32 = u32::MAX;
        let mut neighbours = vec![[NONE; 2]; self.points.len()];
        let mut junction = vec![false; self.points.len()];
        for line in &self.lines {
            let closed = line.len() > 2 && line.first() == line.last();
            if let (false, Some(first), Some(last)) = (closed, line.first(), line.last()) {
                junction[*first as usize] = true;
                junction[*last as usize] = true;
            }
            for edge in line.windows(2) {
                for (a, b) in [(edge[0], edge[1]), (edge[1], edge[0])] {
                    let known = &mut neighbours[a as usize];
                    match known.iter().position(|n| *n == b || *n == NONE) {
                        Some(i) => known[i] = b,
                        None => junction[a as usize] = true,
                    }
                }
            }
        }
        junction
    }

    fn simplify(&self, line: &[u32], junction: &[bool], paper: &[Coord], tolerance: f64) -> Vec<Coord> {
        let mut line = line.to_vec();
        let n = line.len();
        if n > 3 && line.first() == line.last() {
            // A ring starts at a junction, or at the vertex that was added first: the same for every copy of it.
            line.pop();
            let start = (0..n - 1).find(|&i| junction[line[i] as usize]);
            let start = start.or_else(|| (0..n - 1).min_by_key(|&i| line[i])).expect("a ring has vertices");
            line.rotate_left(start);
            line.push(line[0]);
        }
        let mut kept: Vec<u32> = line.first().copied().into_iter().collect();
        let mut from = 0;
        for to in 1..line.len() {
            if junction[line[to] as usize] || to + 1 == line.len() {
                let mut arc = line[from..=to].to_vec();
                let backwards = (arc[arc.len() - 1], arc[arc.len() - 2]) < (arc[0], arc[1]);
                if backwards {
                    arc.reverse();
                }
                let mut arc = thin(&arc, paper, tolerance);
                if backwards {
                    arc.reverse();
                }
                kept.extend_from_slice(&arc[1..]);
                from = to;
            }
        }
        kept.iter().map(|id| self.points[*id as usize]).collect()
    }
}

/// Douglas–Peucker; a closed arc is first cut at its vertex farthest from the start.
fn thin(arc: &[u32], paper: &[Coord], tolerance: f64) -> Vec<u32> {
    let at = |i: usize| paper[arc[i] as usize];
    let last = arc.len() - 1;
    let mut keep = vec![false; arc.len()];
    (keep[0], keep[last]) = (true, true);
    let mut open = vec![(0, last)];
    if arc[0] == arc[last] && last > 2 {
        let away = |i: &usize| (at(*i).x - at(0).x).hypot(at(*i).y - at(0).y);
        let far = (1..last).max_by(|a, b| away(a).total_cmp(&away(b))).expect("a ring has vertices");
        keep[far] = true;
        open = vec![(0, far), (far, last)];
    }
    while let Some((from, to)) = open.pop() {
        let (mut worst, mut distance) = (from, tolerance);
        for i in from + 1..to {
            let d = super::paper::distance_to_edge(at(i), at(from), at(to));
            if d > distance {
                (worst, distance) = (i, d);
            }
        }
        if worst > from {
            keep[worst] = true;
            open.extend([(from, worst), (worst, to)]);
        }
    }
    arc.iter().zip(keep).filter(|(_, keep)| *keep).map(|(id, _)| *id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    #[test]
    fn a_shared_line_is_simplified_once() {
        let wiggle: Vec<Coord> = (0..=40).map(|i| c(f64::from(i), 0.2 * f64::from(i % 3))).collect();
        let mut north = wiggle.clone();
        north.extend([c(40.0, 20.0), c(0.0, 20.0), c(0.0, 0.0)]);
        let mut south: Vec<Coord> = wiggle.iter().rev().copied().collect();
        south.extend([c(0.0, -20.0), c(40.0, -20.0), wiggle[40]]);
        let mut mesh = Mesh::default();
        mesh.add(&north);
        mesh.add(&south);
        mesh.add(&wiggle[5..30]);
        let lines = mesh.simplified(|p| p, 0.5);
        assert!(lines[0].len() < 15);
        let edge = |l: &[Coord]| -> Vec<(i64, i64)> { l.iter().filter(|p| p.y.abs() < 5.0).map(|p| key(*p)).collect() };
        let (mut a, mut b) = (edge(&lines[0]), edge(&lines[1]));
        a.sort();
        a.dedup();
        b.sort();
        b.dedup();
        assert_eq!(a, b);
    }

    #[test]
    fn two_copies_of_a_ring_stay_the_same_ring() {
        let ring: Vec<Coord> =
            (0..=60).map(|i| f64::from(i % 60) / 60.0 * std::f64::consts::TAU).map(|t| c(t.cos(), t.sin())).collect();
        let mut hole: Vec<Coord> = ring[..60].iter().rev().copied().collect();
        hole.rotate_left(17);
        hole.push(hole[0]);
        let mut mesh = Mesh::default();
        mesh.add(&ring);
        mesh.add(&hole);
        let lines = mesh.simplified(|p| p, 0.05);
        let set = |l: &[Coord]| l.iter().map(|p| key(*p)).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(set(&lines[0]), set(&lines[1]));
        assert!(lines[0].len() < 30 && lines[0].first() == lines[0].last());
    }
}
