//! Checks that holes are inside their shells and disjoint, and that parts are disjoint.

use super::crossing::Pairs;
use super::geometry::{Notes, Ring};
use crate::model::{EdgeTree, FindingCode as Code, Location, Severity, interior_point};
use crate::topology::BoxIndex;
use geo::{Coord, LineString, Polygon};

/// Reports misplaced holes and parts, and adds them to the pairs of rings already reported.
pub(super) fn nesting(rings: &[Ring<'_>], noise_m: f64, noted: &mut Pairs, notes: &mut Notes<'_>) {
    if rings.len() < 2 {
        return;
    }
    let boxes: Vec<(Coord, Coord)> = rings.iter().map(|ring| bounds(&ring.line)).collect();
    let mut polygons: Vec<std::ops::Range<usize>> = ranges(rings);
    polygons.retain(|range| rings[range.start].number == 0);
    for range in &polygons {
        holes(rings, (range.clone(), noise_m), &boxes, noted, notes);
    }
    let index = BoxIndex::new(polygons.iter().enumerate().map(|(i, range)| (boxes[range.start], i as u32)));
    for (large, range) in polygons.iter().enumerate() {
        let shell = range.start;
        let inside = |&small: &usize| {
            let other = polygons[small].start;
            let equal = boxes[other] == boxes[shell];
            small != large
                && holds(boxes[shell], boxes[other])
                && (!equal || small > large)
                && !has(noted, shell, other)
        };
        let found: Vec<usize> =
            index.touching(boxes[shell].0, boxes[shell].1).into_iter().map(|i| i as usize).filter(inside).collect();
        if found.is_empty() {
            continue;
        }
        let land = EdgeTree::new(rings[range.clone()].iter().map(|ring| &*ring.line));
        for small in found {
            let other = polygons[small].start;
            let part = &rings[other];
            let pair = (shell.min(other), shell.max(other));
            match against(&part.line, &land, noise_m) {
                Some(Location::Inside) => {
                    let message = "a part lies inside another part, which has no hole for it".into();
                    noted.insert(pair);
                    notes.note(Severity::Error, Code::NestedShell, &part.pointer, part.line[0], message);
                }
                None if middle(&part.line).is_some_and(|m| land.locate(m) == Location::Inside) => {
                    let message = "two parts hold the same land".into();
                    noted.insert(pair);
                    notes.note(Severity::Error, Code::PartsOverlap, &part.pointer, part.line[0], message);
                }
                _ => {}
            }
        }
    }
}

fn ranges(rings: &[Ring<'_>]) -> Vec<std::ops::Range<usize>> {
    let mut start = 0;
    rings
        .chunk_by(|a, b| a.polygon == b.polygon)
        .map(|group| {
            start += group.len();
            start - group.len()..start
        })
        .collect()
}

/// Checks the holes of one polygon; its shell is the first ring of the range.
fn holes(
    rings: &[Ring<'_>],
    (range, noise_m): (std::ops::Range<usize>, f64),
    boxes: &[(Coord, Coord)],
    noted: &mut Pairs,
    notes: &mut Notes<'_>,
) {
    let shell = range.start;
    if range.len() < 2 {
        return;
    }
    let in_shell = EdgeTree::new([&*rings[shell].line]);
    for hole in shell + 1..range.end {
        let ring = &rings[hole];
        let crosses = has(noted, shell, hole);
        let mut wrong = |message: &str| {
            noted.insert((shell, hole));
            notes.note(Severity::Error, Code::HoleOutside, &ring.pointer, ring.line[0], message.to_owned());
        };
        match against(&ring.line, &in_shell, noise_m) {
            _ if crosses => {}
            Some(Location::Outside) => wrong("the hole is not inside its shell"),
            None => {
                let in_hole = EdgeTree::new([&*ring.line]);
                if rings[shell].line.iter().all(|&c| in_hole.locate(c) == Location::OnLine) {
                    wrong("the hole is the whole of its shell");
                } else if middle(&ring.line).is_some_and(|m| in_shell.locate(m) == Location::Outside) {
                    wrong("the hole is not inside its shell");
                }
            }
            _ => {}
        }
    }
    let index = BoxIndex::new((shell + 1..range.end).map(|hole| (boxes[hole], hole as u32)));
    for large in shell + 1..range.end {
        let mut edges = None;
        for small in index.touching(boxes[large].0, boxes[large].1).into_iter().map(|i| i as usize) {
            let equal = boxes[small] == boxes[large];
            if small == large
                || !holds(boxes[large], boxes[small])
                || (equal && small < large)
                || has(noted, large, small)
            {
                continue;
            }
            let edges = edges.get_or_insert_with(|| EdgeTree::new([&*rings[large].line]));
            let ring = &rings[small];
            let inside = match against(&ring.line, edges, noise_m) {
                Some(place) => place == Location::Inside,
                None => middle(&ring.line).is_some_and(|m| edges.locate(m) == Location::Inside),
            };
            if inside {
                let message = "two holes share land".into();
                noted.insert((large.min(small), large.max(small)));
                notes.note(Severity::Error, Code::HolesOverlap, &ring.pointer, ring.line[0], message);
            }
        }
    }
}

fn has(noted: &Pairs, a: usize, b: usize) -> bool {
    noted.contains(&(a.min(b), a.max(b)))
}

/// Location of a ring relative to rings that it does not cross; `None` if all its vertices are on their outlines or
/// within the noise distance of them.
fn against(ring: &[Coord], others: &EdgeTree, noise_m: f64) -> Option<Location> {
    let is_near = |at: Coord| noise_m > 0.0 && others.is_near(at, noise_m);
    ring.iter().find_map(|&at| Some(others.locate(at)).filter(|place| *place != Location::OnLine && !is_near(at)))
}

fn middle(ring: &[Coord]) -> Option<Coord> {
    interior_point(&Polygon::new(LineString(ring.to_vec()), vec![])).map(|(at, _)| at)
}

fn holds(outer: (Coord, Coord), inner: (Coord, Coord)) -> bool {
    outer.0.x <= inner.0.x && outer.0.y <= inner.0.y && outer.1.x >= inner.1.x && outer.1.y >= inner.1.y
}

fn bounds(ring: &[Coord]) -> (Coord, Coord) {
    ring.iter().fold((ring[0], ring[0]), |(low, high), p| {
        (Coord { x: low.x.min(p.x), y: low.y.min(p.y) }, Coord { x: high.x.max(p.x), y: high.y.max(p.y) })
    })
}
