//! Pairs the stretches of two lines.

use geo::Coord;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::earth::to_geocentric_m;
use crate::topology::NearPoints;

/// Corners of a run's box in space: independent of its direction and, for a ring, of its start.
type Key = [f64; 6];

/// Runs with one key; the last is used first.
type Group = (Key, Vec<usize>);

/// Returns pairs of runs of two lines: open with open, closed with closed.
///
/// # Method
/// The distance of two runs is that of the corners of their boxes in space. Greedy matching: the nearest two are
/// paired, then the nearest two of the rest. Following nearest neighbours until two are mutual (nearest-neighbour
/// chain) gives the same pairs. Ties are broken by the corners' coordinates, then by the runs' vertices, so that the
/// order of the input has no effect.
///
/// # Cost
/// Near-linear in the number of runs.
pub(super) fn pairs(a: &[Vec<Coord>], b: &[Vec<Coord>]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for closed in [false, true] {
        let of = |runs: &[Vec<Coord>]| {
            groups(runs, (0..runs.len()).filter(|&i| (runs[i].first() == runs[i].last()) == closed))
        };
        matched(&mut [of(a), of(b)], &mut out);
    }
    out.sort_unstable();
    out
}

fn groups(runs: &[Vec<Coord>], which: impl Iterator<Item = usize>) -> Vec<Group> {
    let mut keyed: Vec<(Key, usize)> = which.map(|i| (key(&runs[i]), i)).collect();
    keyed.sort_by(|p, q| order(&p.0, &q.0).then_with(|| canonical(&runs[q.1]).cmp(&canonical(&runs[p.1]))));
    keyed.chunk_by(|p, q| p.0 == q.0).map(|of| (of[0].0, of.iter().map(|(_, i)| *i).collect())).collect()
}

/// Sort key of runs with equal boxes, independent of direction.
fn canonical(run: &[Coord]) -> Vec<(u64, u64)> {
    let mut all: Vec<(u64, u64)> = run.iter().map(|c| (c.x.to_bits(), c.y.to_bits())).collect();
    all.sort_unstable();
    all
}

fn key(run: &[Coord]) -> Key {
    let mut key =
        [f64::INFINITY, f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for point in run.iter().map(|c| to_geocentric_m(*c)) {
        for axis in 0..3 {
            key[axis] = key[axis].min(point[axis]);
            key[axis + 3] = key[axis + 3].max(point[axis]);
        }
    }
    key
}

fn order(p: &Key, q: &Key) -> Ordering {
    p.iter().zip(q).map(|(x, y)| x.total_cmp(y)).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
}

/// Follows nearest neighbours between the two sides; matches and removes mutual nearest neighbours.
fn matched(sides: &mut [Vec<Group>; 2], out: &mut Vec<(usize, usize)>) {
    let mut free = [0, 1].map(|side| NearPoints::new(sides[side].iter().map(|(key, _)| *key)));
    let mut left: BTreeSet<usize> = (0..sides[0].len()).collect();
    // Groups of alternate sides, each the nearest to the previous one.
    let mut way: Vec<usize> = Vec::new();
    loop {
        let Some(&last) = way.last().or_else(|| left.first()) else { return };
        if way.is_empty() {
            way.push(last);
        }
        let side = (way.len() - 1) % 2;
        let Some(next) =
            free[1 - side].nearest(&sides[side][last].0, |i, j| order(&sides[1 - side][i].0, &sides[1 - side][j].0))
        else {
            return;
        };
        if way.len() < 2 || way[way.len() - 2] != next {
            way.push(next);
            continue;
        }
        way.truncate(way.len() - 2);
        let (i, j) = if side == 0 { (last, next) } else { (next, last) };
        while let (Some(&p), Some(&q)) = (sides[0][i].1.last(), sides[1][j].1.last()) {
            sides[0][i].1.pop();
            sides[1][j].1.pop();
            out.push((p, q));
        }
        if sides[0][i].1.is_empty() {
            free[0].remove(i);
            left.remove(&i);
        }
        if sides[1][j].1.is_empty() {
            free[1].remove(j);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(x: f64, y: f64, size: f64) -> Vec<Coord> {
        vec![Coord { x, y }, Coord { x: x + size, y: y + size }]
    }

    #[test]
    fn the_nearest_belong_together_whatever_their_order() {
        let a: Vec<Vec<Coord>> =
            (0..200).map(|i| run(40.0 + f64::from(i % 14) * 0.1, 40.0 + f64::from(i / 14) * 0.1, 0.01)).collect();
        let mut b: Vec<Vec<Coord>> =
            a.iter().map(|r| r.iter().map(|c| *c + Coord { x: 0.002, y: 0.001 }).collect()).collect();
        let straight: Vec<(usize, usize)> = (0..200).map(|i| (i, i)).collect();
        assert_eq!(pairs(&a, &b), straight);
        b.reverse();
        b.iter_mut().for_each(|run| run.reverse());
        assert_eq!(pairs(&a, &b), (0..200).map(|i| (i, 199 - i)).collect::<Vec<_>>());
    }

    #[test]
    fn open_ones_and_rings_are_kept_apart_and_what_is_left_has_none() {
        let ring =
            |x: f64| vec![Coord { x, y: 0.0 }, Coord { x: x + 0.1, y: 0.0 }, Coord { x, y: 0.1 }, Coord { x, y: 0.0 }];
        let (a, b) = (vec![ring(1.0), run(1.0, 0.0, 0.1)], vec![run(1.0, 0.0, 0.1), run(1.0, 0.0, 0.1), ring(5.0)]);
        let found = pairs(&a, &b);
        assert_eq!(found.len(), 2);
        assert!(found.contains(&(0, 2)) && found[1].0 == 1);
    }
}
