//! The discrete Fréchet distance of stretches that belong together.

use crate::earth::{distance_m, edge_length_m, line_length_m, point_along, ring_area_m2, to_space_m};
use geo::Coord;
use rayon::prelude::*;

/// Greatest number of couples of positions that are tried for one pair of stretches.
const COUPLES: f64 = 5e7;
/// Least step in metres to which lines are densified.
const STEP_M: f64 = 25.0;

/// The Fréchet distance of two lines, stretch by stretch.
pub(super) struct Coupled {
    pub distance_m: Option<f64>,
    pub step_m: Option<f64>,
    pub only_a: Vec<usize>,
    pub only_b: Vec<usize>,
}

pub(super) fn frechet(a: &[Vec<Coord>], b: &[Vec<Coord>]) -> Coupled {
    let pairs = pairs(a, b);
    let found: Vec<(f64, f64)> = pairs.par_iter().map(|&(i, j)| of_pair(&a[i], &b[j])).collect();
    let greatest = |pick: fn(&(f64, f64)) -> f64| found.iter().map(pick).reduce(f64::max);
    let without = |count: usize, taken: &dyn Fn(usize) -> bool| (0..count).filter(|i| !taken(*i)).collect();
    Coupled {
        distance_m: greatest(|f| f.0),
        step_m: greatest(|f| f.1),
        only_a: without(a.len(), &|i| pairs.iter().any(|p| p.0 == i)),
        only_b: without(b.len(), &|j| pairs.iter().any(|p| p.1 == j)),
    }
}

/// Stretches that belong together: open with open, closed with closed, the nearest ends first.
fn pairs(a: &[Vec<Coord>], b: &[Vec<Coord>]) -> Vec<(usize, usize)> {
    let closed = |run: &[Coord]| run.first() == run.last();
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (i, p) in a.iter().enumerate() {
        for (j, q) in b.iter().enumerate().filter(|(_, q)| closed(p) == closed(q)) {
            all.push((apart_m(p, q), i, j));
        }
    }
    all.sort_by(|x, y| x.0.total_cmp(&y.0));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, i, j) in all {
        if pairs.iter().all(|(x, y)| *x != i && *y != j) {
            pairs.push((i, j));
        }
    }
    pairs
}

/// How far the ends and the middles of two stretches are apart, the one turned if that is nearer.
fn apart_m(p: &[Coord], q: &[Coord]) -> f64 {
    if p.first() == p.last() {
        let middle = |run: &[Coord]| run.iter().fold(Coord::zero(), |sum, c| sum + *c) / run.len() as f64;
        return distance_m(middle(p), middle(q));
    }
    let (p0, p1, q0, q1) = (p[0], p[p.len() - 1], q[0], q[q.len() - 1]);
    let ends = |x: Coord, y: Coord| distance_m(p0, x) + distance_m(p1, y);
    let lengths = (line_length_m(p) - line_length_m(q)).abs();
    ends(q0, q1).min(ends(q1, q0)) + lengths
}

/// Distance and step of one pair.
fn of_pair(a: &[Coord], b: &[Coord]) -> (f64, f64) {
    let (length_a, length_b) = (line_length_m(a), line_length_m(b));
    // So coarse that the product of the positions, vertices left out, keeps within its limit.
    let step_m = (length_a * length_b / COUPLES).sqrt().max(STEP_M);
    let (p, q) = (positions(a, step_m), positions(&alike(a, b), step_m));
    (coupling_m(&p, &q), step_m)
}

/// `b` in the sense of `a`, and started like it if closed.
fn alike(a: &[Coord], b: &[Coord]) -> Vec<Coord> {
    let mut b = b.to_vec();
    if a.first() == a.last() && b.first() == b.last() {
        if ring_area_m2(a) * ring_area_m2(&b) < 0.0 {
            b.reverse();
        }
        b.pop();
        let near = (0..b.len()).min_by(|&i, &j| distance_m(a[0], b[i]).total_cmp(&distance_m(a[0], b[j])));
        b.rotate_left(near.unwrap_or(0));
        b.extend(b.first().copied());
        return b;
    }
    let end = |run: &[Coord]| run[run.len() - 1];
    let straight = distance_m(a[0], b[0]).max(distance_m(end(a), end(&b)));
    if distance_m(a[0], end(&b)).max(distance_m(end(a), b[0])) < straight {
        b.reverse();
    }
    b
}

/// Positions no farther apart than a step: with all vertices where that does not double their number.
fn positions(line: &[Coord], step_m: f64) -> Vec<[f64; 3]> {
    let wanted = (line_length_m(line) / step_m).ceil().max(1.0) as usize;
    if line.len() <= wanted {
        let mut out = vec![to_space_m(line[0])];
        for edge in line.windows(2) {
            let pieces = (edge_length_m(edge[0], edge[1]) / step_m).ceil().max(1.0) as usize;
            out.extend((1..=pieces).map(|i| {
                to_space_m(if i == pieces { edge[1] } else { point_along(edge[0], edge[1], i as f64 / pieces as f64) })
            }));
        }
        return out;
    }
    // Too many vertices: places at equal chainages.
    let even_m = line_length_m(line) / wanted as f64;
    let (mut out, mut done_m) = (vec![to_space_m(line[0])], 0.0);
    for edge in line.windows(2) {
        let length_m = edge_length_m(edge[0], edge[1]);
        while out.len() < wanted && out.len() as f64 * even_m <= done_m + length_m && length_m > 0.0 {
            let share = (out.len() as f64 * even_m - done_m) / length_m;
            out.push(to_space_m(point_along(edge[0], edge[1], share)));
        }
        done_m += length_m;
    }
    out.push(to_space_m(line[line.len() - 1]));
    out
}

/// Eiter & Mannila 1994, table 1, row by row; distances as chords in space.
fn coupling_m(p: &[[f64; 3]], q: &[[f64; 3]]) -> f64 {
    let squared = |a: &[f64; 3], b: &[f64; 3]| {
        let (x, y, z) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        x * x + y * y + z * z
    };
    let mut row: Vec<f64> = Vec::with_capacity(q.len());
    for (i, a) in p.iter().enumerate() {
        let mut corner = f64::INFINITY;
        for (j, b) in q.iter().enumerate() {
            let here = squared(a, b);
            if i == 0 {
                let before = if j == 0 { here } else { row[j - 1] };
                row.push(here.max(before));
                continue;
            }
            let above = row[j];
            let reach = if j == 0 { above } else { above.min(corner).min(row[j - 1]) };
            corner = above;
            row[j] = here.max(reach);
        }
    }
    row.last().map_or(0.0, |squared| squared.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_and_its_parallel() {
        let line = |y: f64| vec![Coord { x: 45.0, y }, Coord { x: 45.2, y }];
        let mut back = line(40.01);
        back.reverse();
        // 0.01° of latitude at 40° N: 1 110.35 m.
        for other in [line(40.01), back] {
            let found = frechet(&[line(40.0)], &[other]);
            assert!((found.distance_m.unwrap_or(0.0) - 1110.4).abs() < 0.5, "{:?}", found.distance_m);
        }
    }

    #[test]
    fn going_back_counts() {
        // Hausdorff distance 0 but for the way: b goes to the end, back to the middle and to the end again.
        let at = |x: f64| Coord { x, y: 40.0 };
        let a = vec![at(45.0), at(45.1)];
        let b = vec![at(45.0), at(45.08), at(45.02), at(45.1)];
        let found = frechet(&[a], &[b]).distance_m.unwrap_or(0.0);
        // Half of 0.06° along 40° N: 2 561.8 m.
        assert!((found - 2561.8).abs() < 30.0, "{found}");
    }
}
