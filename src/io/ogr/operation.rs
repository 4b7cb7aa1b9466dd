//! Determines which EPSG operation PROJ uses to WGS 84; PROJ selects it anew for each position.

use crate::earth::ChainStep;
use gdal::spatial_ref::{CoordTransform, CoordTransformOptions, SpatialRef};
use geo::Coord;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;

/// Operations to WGS 84 (tools/operations.py).
const TABLE: &str = include_str!("operations.tsv");
/// Difference in degrees within which two results count as equal: 0.1 mm.
const SAME_DEG: f64 = 1e-9;

/// An operation of the EPSG dataset from a geographic system to WGS 84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct OperationEntry {
    pub code: u32,
    name: &'static str,
    pub accuracy_m: Option<f64>,
    pub area_of_use: &'static str,
    /// West, south, east, north in degrees.
    bounds: [f64; 4],
}

impl OperationEntry {
    fn read(line: &'static str) -> Option<(u32, OperationEntry)> {
        let mut fields = line.split('\t');
        let mut next = || fields.next();
        let (source, code, name) = (next()?.parse().ok()?, next()?.parse().ok()?, next()?);
        let (accuracy_m, area_of_use) = (next()?.parse().ok(), next()?);
        let mut bounds = [0.0; 4];
        for bound in &mut bounds {
            *bound = next()?.parse().ok()?;
        }
        Some((source, OperationEntry { code, name, accuracy_m, area_of_use, bounds }))
    }

    fn all() -> impl Iterator<Item = (u32, OperationEntry)> {
        TABLE.lines().filter_map(OperationEntry::read)
    }

    /// The operation with this code.
    pub fn of(code: u32) -> Option<OperationEntry> {
        OperationEntry::all().map(|(_, entry)| entry).find(|entry| entry.code == code)
    }

    /// Whether a position (lon, lat in degrees) is in its area of use.
    pub fn covers(&self, at: Coord) -> bool {
        let [west, south, east, north] = self.bounds;
        let between = if west <= east { (west..=east).contains(&at.x) } else { at.x >= west || at.x <= east };
        between && (south..=north).contains(&at.y)
    }

    pub fn id(&self) -> String {
        format!("EPSG:{}", self.code)
    }

    /// The operation as a step; `backwards` if it leads out of WGS 84.
    pub fn step(&self, backwards: bool) -> ChainStep {
        let inverse = if backwards { ", taken backwards" } else { "" };
        ChainStep {
            step: format!("{} {}{inverse} (by PROJ)", self.id(), self.name),
            parameters: None,
            accuracy_m: self.accuracy_m,
            area_of_use: Some(self.area_of_use.to_owned()),
        }
    }
}

impl std::fmt::Display for OperationEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let accuracy = self.accuracy_m.map_or_else(|| "accuracy unknown".to_owned(), |m| format!("accuracy {m} m"));
        write!(f, "{} {} (by PROJ), {accuracy}, area of use: {}", self.id(), self.name, self.area_of_use)
    }
}

/// Cells per degree: the operation is determined once per cell.
const CELLS: f64 = 8.0;

/// An operation of a file's system.
struct Candidate {
    entry: OperationEntry,
    /// Whether positions used it; and one of them (lon, lat in degrees) outside its area of use.
    used: bool,
    outside: Option<Coord>,
    /// The transformation; `None` until it is needed, `Some(None)` if PROJ cannot build it (missing grid).
    way: Option<Option<CoordTransform>>,
}

/// The operations used by positions.
pub(super) struct Followed {
    /// Candidates for the geographic system, after the first position.
    candidates: RefCell<Option<Vec<Candidate>>>,
    seen: RefCell<HashSet<(i32, i32)>>,
    last: Cell<(i32, i32)>,
    /// Whether some positions used an operation outside the table.
    unnamed: Cell<bool>,
    backwards: bool,
}

impl Followed {
    /// No operation yet; `backwards` for transformations out of WGS 84.
    pub fn none(backwards: bool) -> Self {
        let (candidates, seen) = Default::default();
        let last = Cell::new((i32::MAX, 0));
        Followed { candidates, seen, last, unnamed: Cell::new(false), backwards }
    }

    /// The single requested operation.
    pub fn only(code: u32, backwards: bool) -> Self {
        let candidate = |entry| Candidate { entry, used: true, outside: None, way: None };
        let candidates = RefCell::new(Some(OperationEntry::of(code).map(candidate).into_iter().collect()));
        Followed { candidates, ..Followed::none(backwards) }
    }

    /// Whether the cell of a position (lon, lat in degrees) is new.
    pub fn is_new(&self, wgs84: Coord) -> bool {
        let cell = ((wgs84.x * CELLS).floor() as i32, (wgs84.y * CELLS).floor() as i32);
        self.last.replace(cell) != cell && self.seen.borrow_mut().insert(cell)
    }

    /// Records the operation that takes the position `own` of the geographic system `base` to `wgs84`, or back: of
    /// several, one whose area of use contains it, then the most accurate, then the lowest code.
    pub fn note(&self, (base, hub): (&SpatialRef, &SpatialRef), (own, wgs84): (Coord, Coord)) {
        let mut candidates = self.candidates.borrow_mut();
        let candidates = candidates.get_or_insert_with(|| candidates_of(base));
        let accuracy = |entry: &OperationEntry| entry.accuracy_m.unwrap_or(f64::MAX);
        candidates.sort_by(|Candidate { entry: a, .. }, Candidate { entry: b, .. }| {
            let (near, far) = (a.covers(wgs84), b.covers(wgs84));
            far.cmp(&near).then(accuracy(a).total_cmp(&accuracy(b))).then(a.code.cmp(&b.code))
        });
        // Heights are dropped in both directions, so that one is not the inverse of the other.
        let ((a, from), (b, to)) =
            if self.backwards { ((hub, wgs84), (base, own)) } else { ((base, own), (hub, wgs84)) };
        let leads = |candidate: &mut Candidate| {
            let way = candidate.way.get_or_insert_with(|| by_code(a, b, candidate.entry.code, self.backwards));
            let there = way.as_ref().and_then(|way| applied(way, from));
            there.is_some_and(|at| (at.x - to.x).abs().max((at.y - to.y).abs()) <= SAME_DEG)
        };
        match candidates.iter_mut().find_map(|candidate| leads(candidate).then_some(candidate)) {
            Some(candidate) => {
                candidate.used = true;
                if !candidate.entry.covers(wgs84) {
                    candidate.outside.get_or_insert(wgs84);
                }
            }
            None => self.unnamed.set(true),
        }
    }

    /// The used operations, by code.
    pub fn entries(&self) -> Vec<OperationEntry> {
        self.used(|candidate| candidate.entry)
    }

    /// Positions (lon, lat in degrees) outside the area of use of their operation.
    pub fn outside(&self) -> Vec<(Coord, OperationEntry)> {
        self.used(|candidate| candidate.outside.map(|at| (at, candidate.entry))).into_iter().flatten().collect()
    }

    /// Whether some positions used an operation outside the table.
    pub fn has_unnamed(&self) -> bool {
        self.unnamed.get()
    }

    fn used<T>(&self, what: impl Fn(&Candidate) -> T) -> Vec<T> {
        let candidates = self.candidates.borrow();
        let mut used: Vec<&Candidate> = candidates.iter().flatten().filter(|candidate| candidate.used).collect();
        used.sort_by_key(|candidate| candidate.entry.code);
        used.into_iter().map(what).collect()
    }
}

/// The candidate operations of a geographic system.
fn candidates_of(base: &SpatialRef) -> Vec<Candidate> {
    let source = base.auth_code().ok().and_then(|code| u32::try_from(code).ok());
    let own = OperationEntry::all().filter(|(of, _)| Some(*of) == source);
    own.map(|(_, entry)| Candidate { entry, used: false, outside: None, way: None }).collect()
}

/// The transformation between two geographic systems by an EPSG operation.
pub(super) fn by_code(from: &SpatialRef, to: &SpatialRef, code: u32, backwards: bool) -> Option<CoordTransform> {
    let mut options = CoordTransformOptions::new().ok()?;
    // GDAL reorders the axes for the operation, according to the systems' mapping.
    options.set_coordinate_operation(&format!("urn:ogc:def:coordinateOperation:EPSG::{code}"), backwards).ok()?;
    CoordTransform::new_with_options(from, to, &options).ok()
}

/// Applies a transformation to a position; `None` if it fails.
pub(super) fn applied(way: &CoordTransform, at: Coord) -> Option<Coord> {
    let (mut x, mut y) = ([at.x], [at.y]);
    let done = way.transform_coords(&mut x, &mut y, &mut []).is_ok();
    (done && x[0].is_finite() && y[0].is_finite()).then(|| Coord { x: x[0], y: y[0] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(OperationEntry::all().count(), lines);
        let swiss = OperationEntry::of(1676).expect("in the table");
        let words = "EPSG:1676 CH1903+ to WGS 84 (1) (by PROJ), accuracy 1 m, area of use: Europe - Liechtenstein and Switzerland";
        assert_eq!(swiss.to_string(), words);
        assert!(swiss.covers(Coord { x: 8.0, y: 47.0 }) && !swiss.covers(Coord { x: 8.0, y: 50.0 }));
    }
}
