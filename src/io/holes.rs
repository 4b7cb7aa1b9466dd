//! Validates that the holes of a polygon are inside its shell and disjoint.

use super::Problem;
use crate::model::{Corners, EdgeTree, GridIndex, Location, Memo, Sides, YBandIndex, bounds};
use geo::{Coord, Intersects, Line};
use rayon::prelude::*;

/// A ring and its number in the file.
type Ring = (usize, Vec<Coord>);
/// Number of edges from which rings are indexed, and of holes from which a grid is built.
const FEW: usize = 64;

/// Drops holes outside the shell, which have no effect, and returns their number; rejects holes that
/// contradict the shell or overlap each other by more than `noise_m` metres.
///
/// # Limitations and cost
/// Linear in the number of positions, near-linear in the number of holes: a hole whose box is not touched by an edge of
/// the shell is located once, and only holes with overlapping boxes are tested against each other.
pub(super) fn check(rings: &mut Vec<Ring>, noise_m: f64) -> Result<usize, (usize, Problem)> {
    let Some(((_, shell), holes)) = rings.split_first().filter(|(_, holes)| !holes.is_empty()) else { return Ok(0) };
    let bands = Memo::new();
    let in_shell = || bands.get(|| YBandIndex::new([shell.as_slice()]));
    let asked = if holes.len() <= FEW {
        Asked::Tree(EdgeTree::new([shell.as_slice()]))
    } else {
        Asked::Grid(GridIndex::new(shell, in_shell()))
    };
    let side = |outline: Corners| match &asked {
        Asked::Tree(tree) => tree.side_of_box(outline),
        Asked::Grid(cells) => cells.side_of_box(outline),
    };
    // Of a shell with few holes, only the edges at the latitudes of a hole are indexed, and only if they meet.
    let is_plainly_inside = |hole: &[Coord]| match &asked {
        Asked::Tree(tree) if !meets(hole, tree) => tree.locate(hole[0]) == Location::Inside,
        Asked::Tree(_) => {
            let beside = YBandIndex::new(stretches_beside(shell, bounds(hole)));
            matches!(beside.sides(hole), Sides { inside: Some(_), outside: None, .. })
        }
        Asked::Grid(_) => false,
    };
    let lie: Vec<Lies> = holes
        .par_iter()
        .map(|(_, hole)| match side(bounds(hole)) {
            Some(Location::Inside) => Lies::Inside,
            // No edge of the shell is near the hole; hence the shell is not inside it either.
            Some(_) => Lies::Beside,
            None if is_plainly_inside(hole) => Lies::Inside,
            None => lies(hole, shell, in_shell()),
        })
        .collect();
    let mut beside = Vec::new();
    for ((index, hole), lies) in holes.iter().zip(lie) {
        match lies {
            Lies::Inside => {}
            Lies::Beside => beside.push(*index),
            Lies::Against(_) if noise_m > 0.0 && is_inside_but_for(hole, shell, noise_m) => {}
            Lies::Against(at) => return Err((*index, Problem::HoleOutside((at.x, at.y)))),
        }
    }
    if !beside.is_empty() {
        rings.retain(|(index, _)| beside.binary_search(index).is_err());
    }
    check_apart(&rings[1..], noise_m)?;
    Ok(beside.len())
}

/// Whether a hole meets an edge of the shell; if not, all of it is on one side.
fn meets(hole: &[Coord], shell: &EdgeTree<'_>) -> bool {
    hole.windows(2).any(|edge| {
        let (low, high) = bounds(edge);
        let (line, mut found) = (Line::new(edge[0], edge[1]), false);
        shell.touching(low, high, &mut |[from, to]| found = found || line.intersects(&Line::new(from, to)));
        found
    })
}

/// The stretches of a ring whose edges reach the latitudes of a box.
fn stretches_beside(ring: &[Coord], (low, high): Corners) -> Vec<&[Coord]> {
    let reaches = |edge: &[Coord]| edge[0].y.min(edge[1].y) <= high.y && edge[0].y.max(edge[1].y) >= low.y;
    let (mut stretches, mut start) = (Vec::new(), None);
    for (i, edge) in ring.windows(2).enumerate() {
        match (reaches(edge), start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                stretches.push(&ring[from..=i]);
                start = None;
            }
            _ => {}
        }
    }
    stretches.extend(start.map(|from| &ring[from..]));
    stretches
}

/// The index that locates boxes relative to the shell.
enum Asked<'a> {
    /// Faster to build, for few holes.
    Tree(EdgeTree<'a>),
    /// Faster to query, for many holes.
    Grid(GridIndex<'a>),
}

/// Location of a hole relative to its shell.
enum Lies {
    Inside,
    Beside,
    Against(Coord),
}

fn lies(hole: &[Coord], shell: &[Coord], in_shell: &YBandIndex) -> Lies {
    let Sides { inside, outside, .. } = in_shell.sides(hole);
    match (inside, outside) {
        (Some(_), None) => Lies::Inside,
        (Some(_), Some(at)) => Lies::Against(at),
        (None, None) => Lies::Against(hole[0]),
        (None, Some(_)) => match YBandIndex::new([hole]).sides(shell).inside {
            Some(at) => Lies::Against(at),
            None => Lies::Beside,
        },
    }
}

/// Whether a whole ring is inside another or within `noise_m` metres of its outline.
fn is_inside_but_for(inner: &[Coord], outer: &[Coord], noise_m: f64) -> bool {
    lies_but_for(inner, outer, noise_m, Location::Inside)
}

/// Whether a whole ring is outside another or within `noise_m` metres of its outline.
fn is_outside_but_for(ring: &[Coord], other: &[Coord], noise_m: f64) -> bool {
    lies_but_for(ring, other, noise_m, Location::Outside)
}

fn lies_but_for(ring: &[Coord], other: &[Coord], noise_m: f64, wanted: Location) -> bool {
    let (bands, tree) = (YBandIndex::new([other]), EdgeTree::new([other]));
    let places = ring.iter().map(|&at| (at, bands.locate(at)));
    // A ring wholly on the other's outline is on neither side.
    let mut some = false;
    places.fold(true, |holds, (at, place)| {
        some |= place == wanted;
        holds && (place == wanted || place == Location::OnLine || tree.is_near(at, noise_m))
    }) && some
}

/// Rejects holes that overlap.
fn check_apart(holes: &[Ring], noise_m: f64) -> Result<(), (usize, Problem)> {
    let rings =
        Rings { boxes: holes.iter().map(|(_, hole)| bounds(hole)).collect(), bands: Memo::several(holes.len()), holes };
    // In file order, whatever the order of detection.
    let found = rings.overlapping().into_par_iter().find_map_first(|(second, first)| {
        let apart = |inner: usize, outer: usize| is_outside_but_for(&holes[inner].1, &holes[outer].1, noise_m);
        let shared = rings.shared(first, second);
        let shared = shared.filter(|_| noise_m == 0.0 || !(apart(first, second) && apart(second, first)));
        shared.map(|at| (holes[second].0, Problem::HolesOverlap((at.x, at.y))))
    });
    found.map_or(Ok(()), Err)
}

/// Holes of a polygon, indexed for pairwise tests.
struct Rings<'a> {
    holes: &'a [Ring],
    boxes: Vec<Corners>,
    bands: Vec<Memo<Box<YBandIndex>>>,
}

impl Rings<'_> {
    /// Pairs whose boxes overlap, the later hole first, ordered by the later (a sweep from the west).
    fn overlapping(&self) -> Vec<(usize, usize)> {
        let mut from_west: Vec<usize> = (0..self.boxes.len()).collect();
        from_west.sort_by(|&a, &b| self.boxes[a].0.x.total_cmp(&self.boxes[b].0.x));
        let mut pairs = Vec::new();
        for (at, &i) in from_west.iter().enumerate() {
            let a = self.boxes[i];
            let to_the_east = from_west[at + 1..].iter().take_while(|&&j| self.boxes[j].0.x < a.1.x);
            let overlap = to_the_east.filter(|&&j| {
                let b = self.boxes[j];
                a.0.x < b.1.x && a.0.y < b.1.y && b.0.y < a.1.y
            });
            pairs.extend(overlap.map(|&j| (i.max(j), i.min(j))));
        }
        pairs.sort_unstable();
        pairs
    }

    /// A position common to both holes.
    fn shared(&self, first: usize, second: usize) -> Option<Coord> {
        if self.plainly_apart(first, second) {
            return None;
        }
        let (hole, other) = (&self.holes[second].1, &self.holes[first].1);
        let sides = YBandIndex::new([other.as_slice()]).sides(hole);
        let same = (sides.inside.is_none() && sides.outside.is_none()).then_some(hole[0]);
        sides.inside.or(same).or_else(|| YBandIndex::new([hole.as_slice()]).sides(other).inside)
    }

    /// Whether the boxes alone prove that two holes are disjoint.
    fn plainly_apart(&self, a: usize, b: usize) -> bool {
        let (box_a, box_b) = (self.boxes[a], self.boxes[b]);
        let outside = |inner: Corners, outer: usize| self.bands(outer).side_of_box(inner) == Some(Location::Outside);
        match (holds(box_a, box_b), holds(box_b, box_a)) {
            (true, true) => false,
            (true, false) => outside(box_b, a),
            (false, true) => outside(box_a, b),
            // Neither is inside the other; they can only cross, in the intersection of their boxes.
            (false, false) => {
                let low = Coord { x: box_a.0.x.max(box_b.0.x), y: box_a.0.y.max(box_b.0.y) };
                let high = Coord { x: box_a.1.x.min(box_b.1.x), y: box_a.1.y.min(box_b.1.y) };
                !self.comes_near(a, (low, high)) || !self.comes_near(b, (low, high))
            }
        }
    }

    /// Whether the box of any edge of the hole touches a box.
    fn comes_near(&self, hole: usize, (low, high): Corners) -> bool {
        let ring = &self.holes[hole].1;
        if ring.len() > FEW {
            return self.bands(hole).touch_box((low, high));
        }
        ring.windows(2).any(|e| {
            e[0].x.min(e[1].x) <= high.x
                && e[0].x.max(e[1].x) >= low.x
                && e[0].y.min(e[1].y) <= high.y
                && e[0].y.max(e[1].y) >= low.y
        })
    }

    fn bands(&self, hole: usize) -> &YBandIndex {
        self.bands[hole].get(|| Box::new(YBandIndex::new([self.holes[hole].1.as_slice()])))
    }
}

fn holds(outer: Corners, inner: Corners) -> bool {
    outer.0.x <= inner.0.x && outer.0.y <= inner.0.y && inner.1.x <= outer.1.x && inner.1.y <= outer.1.y
}
