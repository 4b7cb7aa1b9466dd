//! Lines and rings of all layers as one mesh, simplified arc by arc so that shared edges remain shared.

use crate::topology::number_all;
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Lines under construction; every line gets an index in insertion order.
#[derive(Default, Clone)]
pub(crate) struct Mesh {
    /// The [`key`]s of all vertices, line after line, and their positions on paper.
    keys: Vec<Coord>,
    paper: Vec<Coord>,
    /// End of each line in these lists.
    ends: Vec<usize>,
    /// Rings whose interior must be preserved.
    parts: Vec<usize>,
}

/// The lines of a [`Mesh`], with numbered vertices.
struct Numbered {
    /// Positions of the vertices on paper.
    paper: Vec<Coord>,
    lines: Vec<Vec<u32>>,
}

/// Vertex key: positions that agree to 1e-7° are the same vertex.
pub(crate) fn key(p: Coord) -> (i64, i64) {
    ((p.x * 1e7).round() as i64, (p.y * 1e7).round() as i64)
}

impl Mesh {
    /// Adds a line or a closed ring, given in degrees and on paper, and returns its index.
    pub(crate) fn add(&mut self, line: &[Coord], paper: &[Coord]) -> usize {
        let as_coord = |(x, y): (i64, i64)| Coord { x: x as f64, y: y as f64 };
        self.keys.extend(line.iter().map(|p| as_coord(key(*p))));
        self.paper.extend_from_slice(paper);
        self.ends.push(self.keys.len());
        self.ends.len() - 1
    }

    /// Adds a ring that must not vanish: a part of a territory, whatever its size.
    pub(crate) fn add_part(&mut self, ring: &[Coord], paper: &[Coord]) -> usize {
        let index = self.add(ring, paper);
        self.parts.push(index);
        index
    }

    /// Every line on paper, simplified: Douglas–Peucker on each arc between junctions, in a direction that depends on
    /// the arc alone. `tolerance` is in the unit of the paper. An arc shared by several lines is simplified once; arcs
    /// are independent and are simplified on all cores.
    ///
    /// A part that would lose its interior keeps three vertices, in every line through them: its start, the vertex
    /// farthest from it and the one farthest from the line between these two.
    pub(crate) fn simplified(self, tolerance: f64) -> Vec<Vec<Coord>> {
        let (parts, mesh) = (self.parts.clone(), self.numbered());
        let mut junctions = mesh.junctions();
        let mut lines = mesh.simplify(&junctions, tolerance);
        let flat = |i: &&usize| is_ring(&mesh.lines[**i]) && lines[**i].len() < 4;
        let flat: Vec<usize> = parts.iter().filter(flat).copied().collect();
        if !flat.is_empty() {
            flat.iter().for_each(|&i| mesh.keep_open(&mesh.lines[i], &mut junctions));
            lines = mesh.simplify(&junctions, tolerance);
        }
        lines.par_iter().map(|line| line.iter().map(|id| mesh.paper[*id as usize]).collect()).collect()
    }

    fn numbered(self) -> Numbered {
        let (numbers, vertices) = number_all(self.keys);
        let mut paper: Vec<Coord> = Vec::with_capacity(vertices.len());
        for (number, on_paper) in numbers.iter().zip(self.paper) {
            if *number as usize == paper.len() {
                paper.push(on_paper);
            }
        }
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let line = |(start, end): (usize, &usize)| {
            let mut line = numbers[start..*end].to_vec();
            line.dedup();
            line
        };
        Numbered { paper, lines: starts.zip(&self.ends).map(line).collect() }
    }
}

impl Numbered {
    /// Marks three vertices of a ring that preserve its interior.
    fn keep_open(&self, ring: &[u32], junction: &mut [bool]) {
        let at = |id: u32| self.paper[id as usize];
        let open = || ring[1..].iter().copied();
        let Some(start) = open().find(|id| junction[*id as usize]).or_else(|| open().min()) else { return };
        let away = |id: u32| (at(id).x - at(start).x).hypot(at(id).y - at(start).y);
        let Some(far) = open().max_by(|a, b| away(*a).total_cmp(&away(*b))) else { return };
        let off = |id: u32| super::paper::distance_to_edge(at(id), at(start), at(far));
        let Some(aside) = open().max_by(|a, b| off(*a).total_cmp(&off(*b))) else { return };
        for id in [start, far, aside] {
            junction[id as usize] = true;
        }
    }

    /// Vertices where lines diverge, end or meet.
    fn junctions(&self) -> Vec<bool> {
        const NONE: u32 = u32::MAX;
        let mut neighbours = vec![[NONE; 2]; self.paper.len()];
        let mut junction = vec![false; self.paper.len()];
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

    fn simplify(&self, junction: &[bool], tolerance: f64) -> Vec<Vec<u32>> {
        let turned: Vec<Vec<u32>> = self.lines.iter().map(|line| started_at_junction(line, junction)).collect();
        let mut arcs: Vec<Vec<u32>> = Vec::new();
        // Between two junctions an arc has no branches: its first two vertices identify it.
        let mut known: FxHashMap<(u32, u32), usize> = FxHashMap::default();
        let mut made_of: Vec<Vec<(usize, bool)>> = Vec::with_capacity(turned.len());
        for line in &turned {
            let mut own = Vec::new();
            let mut from = 0;
            for to in 1..line.len() {
                if !junction[line[to] as usize] && to + 1 != line.len() {
                    continue;
                }
                let arc = &line[from..=to];
                let (ahead, back) = ((arc[0], arc[1]), (arc[arc.len() - 1], arc[arc.len() - 2]));
                let backwards = back < ahead;
                let index = *known.entry(if backwards { back } else { ahead }).or_insert_with(|| {
                    arcs.push(if backwards { arc.iter().rev().copied().collect() } else { arc.to_vec() });
                    arcs.len() - 1
                });
                own.push((index, backwards));
                from = to;
            }
            made_of.push(own);
        }
        let thinned: Vec<Vec<u32>> = arcs.par_iter().map(|arc| thin(arc, &self.paper, tolerance)).collect();
        let joined = |(line, own): (&Vec<u32>, Vec<(usize, bool)>)| {
            let mut kept: Vec<u32> = line.first().copied().into_iter().collect();
            for (index, backwards) in own {
                let arc = &thinned[index];
                if backwards {
                    kept.extend(arc.iter().rev().skip(1));
                } else {
                    kept.extend_from_slice(&arc[1..]);
                }
            }
            kept
        };
        turned.iter().zip(made_of).map(joined).collect()
    }
}

/// Rotates a ring to start at a junction, or at the vertex that was added first: the same for every copy of it.
fn started_at_junction(line: &[u32], junction: &[bool]) -> Vec<u32> {
    let mut line = line.to_vec();
    if is_ring(&line) {
        line.pop();
        let start = (0..line.len()).find(|&i| junction[line[i] as usize]);
        let start = start.or_else(|| (0..line.len()).min_by_key(|&i| line[i])).expect("a ring has vertices");
        line.rotate_left(start);
        line.push(line[0]);
    }
    line
}

/// Whether a line is closed and has an interior.
fn is_ring(line: &[u32]) -> bool {
    line.len() > 3 && line.first() == line.last()
}

/// Douglas–Peucker; a closed arc is first cut at its vertex farthest from the start.
fn thin(arc: &[u32], paper: &[Coord], tolerance: f64) -> Vec<u32> {
    let at: Vec<Coord> = arc.iter().map(|id| paper[*id as usize]).collect();
    let last = arc.len() - 1;
    let mut keep = vec![false; arc.len()];
    (keep[0], keep[last]) = (true, true);
    let mut open = vec![(0, last)];
    if arc[0] == arc[last] && last > 2 {
        let away = |i: &usize| (at[*i].x - at[0].x).hypot(at[*i].y - at[0].y);
        let far = (1..last).max_by(|a, b| away(a).total_cmp(&away(b))).expect("a ring has vertices");
        keep[far] = true;
        open = vec![(0, far), (far, last)];
    }
    while let Some((from, to)) = open.pop() {
        if let Some(worst) = farthest_off(&at[from..=to], tolerance) {
            let worst = from + worst;
            keep[worst] = true;
            open.extend([(from, worst), (worst, to)]);
        }
    }
    let kept = arc.iter().zip(keep).filter(|(_, keep)| *keep).map(|(id, _)| *id).collect();
    without_returns(kept, paper, tolerance)
}

/// Removes movements back and forth along the last drawn part of an arc, within the tolerance: narrow adjacent spikes
/// at one spot of the paper are one spike. The arc then has no more long edges than the paper can show.
fn without_returns(arc: Vec<u32>, paper: &[Coord], tolerance: f64) -> Vec<u32> {
    let near = |a: u32, b: u32| {
        let d = paper[a as usize] - paper[b as usize];
        d.x * d.x + d.y * d.y < tolerance * tolerance
    };
    let (mut kept, mut at): (Vec<u32>, usize) = (Vec::with_capacity(arc.len()), 0);
    while at < arc.len() {
        // Both ends of the arc are kept.
        if let ([.., a, b], true) = (kept.as_slice(), at + 2 < arc.len())
            && near(arc[at], *a)
            && near(arc[at + 1], *b)
        {
            at += 2;
            continue;
        }
        kept.push(arc[at]);
        at += 1;
    }
    kept
}

/// The vertex farthest from the edge between the ends of a line, if it is farther than the tolerance; the first of
/// equals.
///
/// Distances are compared squared: this is the innermost loop of a plate.
fn farthest_off(line: &[Coord], tolerance: f64) -> Option<usize> {
    let (a, d) = (line[0], line[line.len() - 1] - line[0]);
    let l2 = d.x * d.x + d.y * d.y;
    let per_l2 = if l2 == 0.0 { 0.0 } else { 1.0 / l2 };
    let (mut worst, mut distance2) = (None, tolerance * tolerance);
    for (i, p) in line.iter().enumerate().take(line.len() - 1).skip(1) {
        let t = (((p.x - a.x) * d.x + (p.y - a.y) * d.y) * per_l2).clamp(0.0, 1.0);
        let (x, y) = (p.x - a.x - d.x * t, p.y - a.y - d.y * t);
        let off2 = x * x + y * y;
        if off2 > distance2 {
            (worst, distance2) = (Some(i), off2);
        }
    }
    worst
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
        mesh.add(&north, &north);
        mesh.add(&south, &south);
        mesh.add(&wiggle[5..30], &wiggle[5..30]);
        let lines = mesh.simplified(0.5);
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
    fn teeth_narrower_than_the_tolerance_are_few() {
        // Spikes 20 high and 1/1000 wide, over a length of 10.
        let teeth: Vec<Coord> = (0..20_000).map(|i| c(f64::from(i) / 2000.0, 20.0 * f64::from(i % 2))).collect();
        let mut mesh = Mesh::default();
        mesh.add(&teeth, &teeth);
        let line = &mesh.simplified(0.1)[0];
        assert!(line.len() < 250, "{} vertices", line.len());
        assert_eq!((line.first(), line.last()), (teeth.first(), teeth.last()));
        // No spike is farther from a drawn one.
        let drawn = |p: &Coord| line.iter().any(|q| (p.x - q.x).abs() < 0.11 && (p.y - q.y).abs() < 0.11);
        assert!(teeth.iter().step_by(97).all(drawn));
    }

    #[test]
    fn two_copies_of_a_ring_stay_the_same_ring() {
        let ring: Vec<Coord> =
            (0..=60).map(|i| f64::from(i % 60) / 60.0 * std::f64::consts::TAU).map(|t| c(t.cos(), t.sin())).collect();
        let mut hole: Vec<Coord> = ring[..60].iter().rev().copied().collect();
        hole.rotate_left(17);
        hole.push(hole[0]);
        let mut mesh = Mesh::default();
        mesh.add(&ring, &ring);
        mesh.add(&hole, &hole);
        let lines = mesh.simplified(0.05);
        let set = |l: &[Coord]| l.iter().map(|p| key(*p)).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(set(&lines[0]), set(&lines[1]));
        assert!(lines[0].len() < 30 && lines[0].first() == lines[0].last());
    }

    /// A jagged line from one corner to the next, the same from both sides.
    fn jagged(a: Coord, b: Coord) -> Vec<Coord> {
        let swap = (b.x, b.y) < (a.x, a.y);
        let (from, to) = if swap { (b, a) } else { (a, b) };
        let d = to - from;
        let noise = |i: i32| f64::from((i * 7919 + (from.x * 31.0 + from.y * 17.0) as i32).rem_euclid(13) - 6) / 40.0;
        let at = |i: i32| match i {
            0 => from,
            24 => to,
            _ => from + d * (f64::from(i) / 24.0) + Coord { x: -d.y, y: d.x } * noise(i),
        };
        let line: Vec<Coord> = (0..=24).map(at).collect();
        if swap { line.into_iter().rev().collect() } else { line }
    }

    /// Territories that cover the land without gap or overlap still do so after simplification: every inner edge has a
    /// twin in the opposite direction, and their areas sum to that of the outer ring.
    #[test]
    fn simplified_neighbours_leave_no_gap() {
        let side = 6;
        let mut mesh = Mesh::default();
        for (x, y) in (0..side).flat_map(|x| (0..side).map(move |y| (f64::from(x), f64::from(y)))) {
            let corners = [c(x, y), c(x + 1.0, y), c(x + 1.0, y + 1.0), c(x, y + 1.0), c(x, y)];
            let mut ring: Vec<Coord> = corners.windows(2).flat_map(|w| jagged(w[0], w[1])).collect();
            ring.dedup();
            // Rings in real files start at any vertex.
            let start = (x * 5.0 + y * 3.0) as usize;
            ring.pop();
            ring.rotate_left(start);
            ring.push(ring[0]);
            mesh.add(&ring, &ring);
        }
        for tolerance in [0.02, 0.1, 0.5, 3.0] {
            let rings = mesh.clone().simplified(tolerance);
            let mut edges: std::collections::BTreeMap<_, i32> = Default::default();
            for w in rings.iter().flat_map(|ring| ring.windows(2)) {
                *edges.entry((key(w[0]), key(w[1]))).or_default() += 1;
            }
            let alone: Vec<_> = edges.keys().filter(|(a, b)| !edges.contains_key(&(*b, *a))).copied().collect();
            assert!(edges.values().all(|n| *n == 1), "an edge has two territories on one side");
            let mut next: std::collections::BTreeMap<_, _> = alone.iter().copied().collect();
            assert_eq!(next.len(), alone.len(), "the outline passes a vertex once");
            let mut outline = vec![alone[0].0];
            while let Some(to) = next.remove(&outline[outline.len() - 1]) {
                outline.push(to);
            }
            assert!(next.is_empty() && outline.first() == outline.last(), "one outline, closed");
            let shape = |ring: &[Coord]| super::super::paper::area(&ring[1..]);
            let outer: Vec<Coord> = outline.iter().map(|k| c(k.0 as f64 / 1e7, k.1 as f64 / 1e7)).collect();
            let sum: f64 = rings.iter().map(|ring| shape(ring)).sum();
            assert!((sum - shape(&outer)).abs() < 1e-4, "{sum} against {}", shape(&outer));
        }
    }

    #[test]
    fn a_part_too_small_for_the_tolerance_does_not_vanish() {
        let round = |x: f64, n: i32| -> Vec<Coord> {
            (0..=n)
                .map(|i| f64::from(i % n) / f64::from(n) * std::f64::consts::TAU)
                .map(|t| c(x + t.cos(), t.sin()))
                .collect()
        };
        let mut mesh = Mesh::default();
        // An island, and a sliver between two large neighbours that shares all its vertices with them.
        mesh.add_part(&round(50.0, 30), &round(50.0, 30));
        let sliver = [c(0.0, 0.0), c(2.0, 0.3), c(4.0, 0.0), c(2.0, -0.3), c(0.0, 0.0)];
        let north = [c(0.0, 0.0), c(2.0, 0.3), c(4.0, 0.0), c(4.0, 20.0), c(0.0, 20.0), c(0.0, 0.0)];
        let south = [c(0.0, 0.0), c(2.0, -0.3), c(4.0, 0.0), c(4.0, -20.0), c(0.0, -20.0), c(0.0, 0.0)];
        for ring in [&sliver[..], &north, &south] {
            mesh.add_part(ring, ring);
        }
        let rings = mesh.simplified(5.0);
        assert!(rings.iter().all(|ring| super::super::paper::area(&ring[1..]).abs() > 0.5), "{rings:?}");
        let has = |ring: &[Coord], p: Coord| ring.contains(&p);
        for p in &sliver[1..4] {
            let beside = has(&rings[2], *p) || has(&rings[3], *p);
            assert!(
                has(&rings[1], *p) == beside || *p == sliver[2],
                "what the sliver keeps its neighbours keep: {p:?}"
            );
        }
    }
}
