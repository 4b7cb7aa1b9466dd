//! The shape of a feature, and its canonical form: equal for equal geometry, however it is written.

use geo::{Coord, LineString, Polygon};

/// The geometry of a feature.
#[derive(Clone, Copy)]
pub(super) enum Geometry<'f> {
    Area(&'f [Polygon]),
    Line(&'f [LineString]),
    Point(Coord),
}

/// The bits of the coordinates of positions, with [`PART`] and [`HOLE`] between them.
pub(super) type Key = Vec<[u64; 2]>;

/// Separators in a key: bits of no coordinate.
const PART: [u64; 2] = [u64::MAX, 0];
const HOLE: [u64; 2] = [u64::MAX, 1];

impl Geometry<'_> {
    /// The word for it in reports.
    pub fn word(self) -> &'static str {
        match self {
            Geometry::Area(_) => "area",
            Geometry::Line(_) => "line",
            Geometry::Point(_) => "point",
        }
    }

    /// The canonical form. The start of a ring, the direction of a ring or line, the order of parts, holes and runs,
    /// repeated and closing positions and the sign of zero have no effect.
    pub fn key(self) -> Key {
        let mut out = Vec::new();
        match self {
            Geometry::Area(parts) => {
                let mut all: Vec<Key> = parts.iter().map(part).collect();
                all.sort_unstable();
                for part in all {
                    out.push(PART);
                    out.extend(part);
                }
            }
            Geometry::Line(runs) => {
                let mut all: Vec<Key> = runs.iter().map(|run| directed(&run.0).0).collect();
                all.sort_unstable();
                for run in all {
                    out.push(PART);
                    out.extend(run);
                }
            }
            Geometry::Point(at) => out.push(bits(at)),
        }
        out
    }

    /// Its lines: runs, or rings.
    pub fn courses(self) -> Vec<Vec<Coord>> {
        match self {
            Geometry::Area(parts) => {
                let rings = parts.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()));
                rings.map(|ring| ring.0.clone()).collect()
            }
            Geometry::Line(runs) => runs.iter().map(|run| run.0.clone()).collect(),
            Geometry::Point(at) => vec![vec![at]],
        }
    }
}

/// How the runs of one line run against those of another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Direction {
    Same,
    Reversed,
    /// Some runs are reversed and others not.
    Mixed,
}

/// The direction of a line against an earlier version of it.
pub(super) fn direction(old: &[LineString], new: &[LineString]) -> Direction {
    let of = |runs: &[LineString]| {
        let mut all: Vec<(Key, bool)> = runs.iter().map(|run| directed(&run.0)).collect();
        all.sort_unstable();
        all
    };
    let (before, after) = (of(old), of(new));
    let equal = before.len() == after.len() && before.iter().zip(&after).all(|(old, new)| old.0 == new.0);
    let (mut same, mut reversed) = (false, false);
    if equal {
        for (old, new) in before.iter().zip(&after) {
            // A line that reads the same from both ends has both directions.
            if !symmetric(&old.0) {
                *(if old.1 == new.1 { &mut same } else { &mut reversed }) = true;
            }
        }
    } else {
        *(if runs_against(old, new) { &mut reversed } else { &mut same }) = true;
    }
    match (same, reversed) {
        (true, true) => Direction::Mixed,
        (false, true) => Direction::Reversed,
        _ => Direction::Same,
    }
}

/// Whether a moved line runs against its old version: an open one by its ends, a ring by its sense.
fn runs_against(old: &[LineString], new: &[LineString]) -> bool {
    let ends = |runs: &[LineString]| Some((*runs.first()?.0.first()?, *runs.last()?.0.last()?));
    let (Some(old_ends), Some(new_ends)) = (ends(old), ends(new)) else { return false };
    if old_ends.0 == old_ends.1 && new_ends.0 == new_ends.1 {
        return twice_area(&old[0].0) * twice_area(&new[0].0) < 0.0;
    }
    let square = |p: Coord, q: Coord| (p.x - q.x).powi(2) + (p.y - q.y).powi(2);
    let along = square(old_ends.0, new_ends.0) + square(old_ends.1, new_ends.1);
    let against = square(old_ends.0, new_ends.1) + square(old_ends.1, new_ends.0);
    against < along
}

fn twice_area(ring: &[Coord]) -> f64 {
    let from = ring[0];
    ring.windows(2).map(|e| (e[0].x - from.x) * (e[1].y - from.y) - (e[1].x - from.x) * (e[0].y - from.y)).sum()
}

fn part(part: &Polygon) -> Key {
    let mut out = ring(&part.exterior().0);
    let mut holes: Vec<Key> = part.interiors().iter().map(|hole| ring(&hole.0)).collect();
    holes.sort_unstable();
    for hole in holes {
        out.push(HOLE);
        out.extend(hole);
    }
    out
}

/// A ring in either direction from its least start.
fn ring(positions: &[Coord]) -> Key {
    around(&open(positions)).0
}

/// A run of a line in its canonical direction, and whether that is the reverse of its own.
fn directed(positions: &[Coord]) -> (Key, bool) {
    let closed = positions.len() > 3 && bits(positions[0]) == bits(positions[positions.len() - 1]);
    if closed {
        return around(&open(positions));
    }
    let forward = without_repeats(positions);
    let backward: Key = forward.iter().rev().copied().collect();
    if backward < forward { (backward, true) } else { (forward, false) }
}

fn around(forward: &Key) -> (Key, bool) {
    let backward: Key = forward.iter().rev().copied().collect();
    let (forward, backward) = (rotated(forward), rotated(&backward));
    // A ring of one run is marked as closed, so that it is no open line of the same positions.
    let close = |mut key: Key| {
        key.extend(key.first().copied());
        key
    };
    if backward < forward { (close(backward), true) } else { (close(forward), false) }
}

fn symmetric(key: &Key) -> bool {
    key.iter().eq(key.iter().rev())
}

/// The positions of a ring, each once.
fn open(positions: &[Coord]) -> Key {
    let mut out = without_repeats(positions);
    while out.len() > 1 && out.first() == out.last() {
        out.pop();
    }
    out
}

fn without_repeats(positions: &[Coord]) -> Key {
    let mut out: Key = positions.iter().map(|at| bits(*at)).collect();
    out.dedup();
    out
}

/// The bits of a position; zero has no sign.
pub(super) fn bits(at: Coord) -> [u64; 2] {
    [(at.x + 0.0).to_bits(), (at.y + 0.0).to_bits()]
}

/// The least rotation (Booth 1980, in the form with two candidates), in linear time.
fn rotated(ring: &Key) -> Key {
    let n = ring.len();
    let (mut i, mut j, mut k) = (0, 1, 0);
    while i < n && j < n && k < n {
        let (a, b) = (ring[(i + k) % n], ring[(j + k) % n]);
        if a == b {
            k += 1;
            continue;
        }
        if a > b {
            i += k + 1;
        } else {
            j += k + 1;
        }
        if i == j {
            j += 1;
        }
        k = 0;
    }
    let start = i.min(j);
    ring[start..].iter().chain(&ring[..start]).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(positions: &[(f64, f64)]) -> LineString {
        LineString::from(positions.to_vec())
    }

    #[test]
    fn rotation_and_direction_do_not_change_a_ring() {
        let ring = [(0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (0.0, 1.0), (0.0, 0.0)];
        let turned = [(2.0, 1.0), (2.0, -0.0), (0.0, 0.0), (0.0, 1.0), (0.0, 1.0), (2.0, 1.0)];
        let key = |positions: &[(f64, f64)]| Geometry::Area(&[Polygon::new(line(positions), Vec::new())]).key();
        assert_eq!(key(&ring), key(&turned));
        assert_ne!(key(&ring), key(&[(0.0, 0.0), (2.0, 0.0), (2.0, 1.5), (0.0, 1.0), (0.0, 0.0)]));
        let runs = [line(&ring)];
        assert_eq!(Geometry::Line(&runs).key(), Geometry::Line(&[line(&turned)]).key());
        assert_eq!(direction(&runs, &[line(&turned)]), Direction::Reversed);
    }

    #[test]
    fn an_open_line_is_the_same_from_both_ends_and_not_a_ring() {
        let (a, b) = (line(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]), line(&[(1.0, 1.0), (1.0, 0.0), (0.0, 0.0)]));
        let closed = line(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]);
        let key = |line: &LineString| Geometry::Line(std::slice::from_ref(line)).key();
        assert_eq!(key(&a), key(&b));
        assert_ne!(key(&a), key(&closed));
        let pair = [a.clone(), line(&[(5.0, 5.0), (6.0, 5.0)])];
        let mixed = [line(&[(5.0, 5.0), (6.0, 5.0)]), b.clone()];
        assert_eq!(direction(&pair, &mixed), Direction::Mixed);
        assert_eq!(direction(std::slice::from_ref(&a), &[b]), Direction::Reversed);
        // A moved line: by its ends.
        let moved = line(&[(1.1, 1.0), (1.0, 0.2), (0.0, 0.1)]);
        assert_eq!(direction(&[a], &[moved]), Direction::Reversed);
    }

    #[test]
    fn the_least_rotation_is_that_of_all_rotations() {
        for n in 1..9_u64 {
            for code in 0..3_u64.pow(n as u32).min(3000) {
                let ring: Key = (0..n).map(|i| [code / 3_u64.pow(i as u32) % 3, 0]).collect();
                let all = (0..ring.len()).map(|i| [&ring[i..], &ring[..i]].concat());
                assert_eq!(Some(rotated(&ring)), all.min(), "{ring:?}");
            }
        }
    }
}
