//! Plane geometry on paper. Positions are micrometres from the top left corner, y downwards.

use geo::Coord;

/// Micrometres in a millimetre.
pub(crate) const MM: f64 = 1000.0;

/// A point from millimetres.
pub(crate) fn mm(x: f64, y: f64) -> Coord {
    Coord { x: x * MM, y: y * MM }
}

/// An axis-parallel rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    pub x0: f64,
    pub y0: f64,
    pub x1: f64,
    pub y1: f64,
}

impl Bounds {
    pub(crate) fn mm(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        Bounds { x0: x0 * MM, y0: y0 * MM, x1: x1 * MM, y1: y1 * MM }
    }

    pub(crate) fn of<'a>(points: impl IntoIterator<Item = &'a Coord>) -> Option<Self> {
        points.into_iter().fold(None, |all: Option<Bounds>, p| {
            let all = all.unwrap_or(Bounds { x0: p.x, y0: p.y, x1: p.x, y1: p.y });
            Some(Bounds { x0: all.x0.min(p.x), y0: all.y0.min(p.y), x1: all.x1.max(p.x), y1: all.y1.max(p.y) })
        })
    }

    pub(crate) fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    pub(crate) fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    pub(crate) fn centre(&self) -> Coord {
        Coord { x: (self.x0 + self.x1) / 2.0, y: (self.y0 + self.y1) / 2.0 }
    }

    /// Enlarged (or, below zero, reduced) by the given millimetres on every side.
    pub(crate) fn grown(&self, by_mm: f64) -> Self {
        let d = by_mm * MM;
        Bounds { x0: self.x0 - d, y0: self.y0 - d, x1: self.x1 + d, y1: self.y1 + d }
    }

    pub(crate) fn union(&self, other: &Bounds) -> Self {
        Bounds {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// Whether two boxes agree to a twentieth of a millimetre.
    pub(crate) fn is_like(&self, other: &Bounds) -> bool {
        let near = |x: f64, y: f64| (x - y).abs() < 0.05 * MM;
        near(self.x0, other.x0) && near(self.y0, other.y0) && near(self.x1, other.x1) && near(self.y1, other.y1)
    }

    pub(crate) fn contains(&self, p: Coord) -> bool {
        p.x >= self.x0 && p.x <= self.x1 && p.y >= self.y0 && p.y <= self.y1
    }

    pub(crate) fn overlaps(&self, other: &Bounds) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// The corners clockwise from the top left, closed.
    pub(crate) fn ring(&self) -> Vec<Coord> {
        let c = |x, y| Coord { x, y };
        vec![c(self.x0, self.y0), c(self.x1, self.y0), c(self.x1, self.y1), c(self.x0, self.y1), c(self.x0, self.y0)]
    }
}

/// The part of a ring inside a rectangle (Sutherland–Hodgman), open.
pub(crate) fn clip_ring(ring: &[Coord], to: &Bounds) -> Vec<Coord> {
    let open = if ring.len() > 1 && ring.first() == ring.last() { &ring[..ring.len() - 1] } else { ring };
    if open.iter().all(|p| to.contains(*p)) {
        return open.to_vec();
    }
    let (x, y) = (Coord { x: 1.0, y: 0.0 }, Coord { x: 0.0, y: 1.0 });
    let sides = [(x, to.x0, 1.0), (x, to.x1, -1.0), (y, to.y0, 1.0), (y, to.y1, -1.0)];
    let mut ring = open.to_vec();
    for (axis, limit, sign) in sides {
        let depth = |p: &Coord| (axis.x * p.x + axis.y * p.y - limit) * sign;
        let mut kept = Vec::with_capacity(ring.len() + 4);
        for (i, &q) in ring.iter().enumerate() {
            let p = ring[(i + ring.len() - 1) % ring.len()];
            let (dp, dq) = (depth(&p), depth(&q));
            if (dp >= 0.0) != (dq >= 0.0) {
                kept.push(p + (q - p) * (dp / (dp - dq)));
            }
            if dq >= 0.0 {
                kept.push(q);
            }
        }
        ring = kept;
    }
    ring
}

/// The pieces of a line inside a rectangle (Liang–Barsky on each edge).
pub(crate) fn clip_line(line: &[Coord], to: &Bounds) -> Vec<Vec<Coord>> {
    let mut pieces = Vec::new();
    let mut piece: Vec<Coord> = Vec::new();
    for edge in line.windows(2) {
        let (p, d) = (edge[0], edge[1] - edge[0]);
        let Some((enter, leave)) = shares_inside(p, d, to) else {
            pieces.push(std::mem::take(&mut piece));
            continue;
        };
        if piece.is_empty() || enter > 0.0 {
            pieces.push(std::mem::replace(&mut piece, vec![p + d * enter]));
        }
        piece.push(p + d * leave);
        if leave < 1.0 {
            pieces.push(std::mem::take(&mut piece));
        }
    }
    pieces.push(piece);
    pieces.retain(|p| p.len() > 1);
    pieces
}

/// From which to which share of its length an edge lies in a rectangle.
fn shares_inside(from: Coord, d: Coord, to: &Bounds) -> Option<(f64, f64)> {
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    for (slope, room) in [(-d.x, from.x - to.x0), (d.x, to.x1 - from.x), (-d.y, from.y - to.y0), (d.y, to.y1 - from.y)]
    {
        if slope == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if slope < 0.0 {
            enter = enter.max(room / slope);
        } else {
            leave = leave.min(room / slope);
        }
    }
    (enter <= leave).then_some((enter, leave))
}

/// Length of a line in micrometres.
pub(crate) fn length(line: &[Coord]) -> f64 {
    line.windows(2).map(|w| (w[1].x - w[0].x).hypot(w[1].y - w[0].y)).sum()
}

/// Points every `step` along a line, the first at `first`, each with the unit vector of the line there.
pub(crate) fn walk(line: &[Coord], first: f64, step: f64) -> Vec<(Coord, Coord)> {
    let mut found = Vec::new();
    let (mut done, mut next) = (0.0, first);
    for edge in line.windows(2) {
        let d = edge[1] - edge[0];
        let l = d.x.hypot(d.y);
        while l > 0.0 && next <= done + l {
            found.push((edge[0] + d * ((next - done) / l), d / l));
            next += step;
        }
        done += l;
    }
    found
}

/// The points of [`walk`] that lie in a rectangle: a projection takes what lies far off to kilometres of paper.
pub(crate) fn walk_within(line: &[Coord], step: f64, to: &Bounds) -> Vec<Coord> {
    let mut found = Vec::new();
    let mut done = 0.0;
    for edge in line.windows(2) {
        let d = edge[1] - edge[0];
        let l = d.x.hypot(d.y);
        if let Some((enter, leave)) = shares_inside(edge[0], d, to).filter(|_| l > 0.0) {
            let mut at = ((done + l * enter) / step).ceil() * step;
            while at <= done + l * leave && at + step > at {
                found.push(edge[0] + d * ((at - done) / l));
                at += step;
            }
        }
        done += l;
    }
    found
}

/// A line moved sideways by so much, to the right of its direction where that is positive (y runs downwards).
pub(crate) fn beside(line: &[Coord], by: f64) -> Vec<Coord> {
    let unit = |a: Coord, b: Coord| {
        let d = b - a;
        let l = d.x.hypot(d.y);
        if l > 0.0 { d / l } else { Coord::zero() }
    };
    let last = line.len().saturating_sub(1);
    let moved = |(i, p): (usize, &Coord)| {
        let d = unit(line[i.saturating_sub(1)], *p) + unit(*p, line[(i + 1).min(last)]);
        let l = d.x.hypot(d.y).max(0.5);
        *p + Coord { x: -d.y, y: d.x } * (by / l)
    };
    line.iter().enumerate().map(moved).collect()
}

/// The stretch of a line between two distances from its start.
pub(crate) fn stretch(line: &[Coord], from: f64, to: f64) -> Vec<Coord> {
    let mut cut: Vec<Coord> = Vec::new();
    let mut done = 0.0;
    for edge in line.windows(2) {
        let d = edge[1] - edge[0];
        let l = d.x.hypot(d.y);
        if l > 0.0 && done + l >= from && done <= to {
            if cut.is_empty() {
                cut.push(edge[0] + d * ((from - done).max(0.0) / l));
            }
            cut.push(edge[0] + d * ((to - done).min(l) / l));
        }
        done += l;
    }
    cut
}

/// Joins lines end to end where exactly two meet, so that dashes continue; order and direction follow the input.
pub(crate) fn chain(lines: Vec<Vec<Coord>>) -> Vec<Vec<Coord>> {
    let key = |p: &Coord| ((p.x * 1e7).round() as i64, (p.y * 1e7).round() as i64);
    let mut ends: std::collections::BTreeMap<(i64, i64), Vec<usize>> = Default::default();
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| l.len() > 1 && l.first() != l.last()) {
        for end in [&line[0], &line[line.len() - 1]] {
            ends.entry(key(end)).or_default().push(i);
        }
    }
    let mut used = vec![false; lines.len()];
    let mut chained = Vec::new();
    for start in 0..lines.len() {
        if used[start] || lines[start].len() < 2 {
            continue;
        }
        used[start] = true;
        let mut whole = lines[start].clone();
        for _ in 0..2 {
            loop {
                let tail = whole[whole.len() - 1];
                let meeting = ends.get(&key(&tail)).map_or(&[][..], Vec::as_slice);
                let Some(&next) = meeting.iter().find(|&&i| !used[i]).filter(|_| meeting.len() == 2) else { break };
                used[next] = true;
                let line = &lines[next];
                if key(&line[0]) == key(&tail) {
                    whole.extend_from_slice(&line[1..]);
                } else {
                    whole.extend(line.iter().rev().skip(1));
                }
            }
            whole.reverse();
        }
        chained.push(whole);
    }
    chained
}

/// Distance from a point to an edge.
pub(crate) fn distance_to_edge(p: Coord, a: Coord, b: Coord) -> f64 {
    let d = b - a;
    let l2 = d.x * d.x + d.y * d.y;
    let t = if l2 == 0.0 { 0.0 } else { (((p.x - a.x) * d.x + (p.y - a.y) * d.y) / l2).clamp(0.0, 1.0) };
    let q = a + d * t;
    (p.x - q.x).hypot(p.y - q.y)
}

/// Signed area of a ring in square micrometres.
pub(crate) fn area(ring: &[Coord]) -> f64 {
    let n = ring.len();
    (0..n).map(|i| ring[i].x * ring[(i + 1) % n].y - ring[(i + 1) % n].x * ring[i].y).sum::<f64>() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Bounds = Bounds { x0: 0.0, y0: 0.0, x1: 10.0, y1: 10.0 };

    #[test]
    fn points_along_a_line_are_those_in_sight_however_far_it_goes() {
        let line = [c(-3.0e12, 5.0), c(3.0e12, 5.0), c(4.0, 5.0), c(4.0, 8.0)];
        let short = [c(-2.0, 5.0), c(12.0, 5.0), c(4.0, 5.0), c(4.0, 8.0)];
        let within = walk_within(&short, 0.7, &PAGE);
        let all: Vec<Coord> = walk(&short, 0.0, 0.7).into_iter().map(|(at, _)| at).collect();
        let seen: Vec<Coord> = all.into_iter().filter(|at| PAGE.contains(*at)).collect();
        assert_eq!(within.len(), seen.len());
        assert!(within.iter().zip(&seen).all(|(p, q)| (p.x - q.x).hypot(p.y - q.y) < 1e-9));
        assert!(walk_within(&line, 0.7, &PAGE).len() <= 40, "two ways across and one up");
        assert!(walk_within(&[c(0.0, 0.0), c(f64::INFINITY, 0.0)], 0.7, &PAGE).len() <= 40);
    }

    fn c(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    #[test]
    fn clipping_a_ring_keeps_what_lies_inside() {
        let ring = [c(-5.0, 2.0), c(5.0, 2.0), c(5.0, 8.0), c(-5.0, 8.0)];
        assert_eq!(area(&clip_ring(&ring, &PAGE)).abs(), 30.0);
        assert!(clip_ring(&[c(20.0, 20.0), c(30.0, 20.0), c(30.0, 30.0)], &PAGE).is_empty());
    }

    #[test]
    fn right_of_a_line_to_the_east_is_south() {
        let moved = beside(&[c(0.0, 0.0), c(10.0, 0.0)], 2.0);
        assert_eq!(moved, vec![c(0.0, 2.0), c(10.0, 2.0)]);
    }

    #[test]
    fn a_line_that_leaves_and_returns_is_two_pieces() {
        let pieces = clip_line(&[c(5.0, 5.0), c(15.0, 5.0), c(15.0, 6.0), c(5.0, 6.0)], &PAGE);
        assert_eq!(pieces, vec![vec![c(5.0, 5.0), c(10.0, 5.0)], vec![c(10.0, 6.0), c(5.0, 6.0)]]);
    }

    #[test]
    fn chained_lines_keep_their_length_and_stop_at_junctions() {
        let lines =
            vec![vec![c(0.0, 0.0), c(1.0, 0.0)], vec![c(2.0, 0.0), c(1.0, 0.0)], vec![c(2.0, 0.0), c(2.0, 5.0)]];
        assert_eq!(chain(lines.clone()).len(), 1);
        let mut forked = lines;
        forked.push(vec![c(2.0, 0.0), c(9.0, 0.0)]);
        let chained = chain(forked);
        assert_eq!(chained.len(), 3);
        assert_eq!(chained.iter().map(|l| length(l)).sum::<f64>(), 14.0);
    }
}
