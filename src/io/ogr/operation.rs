//! By which of EPSG's operations does PROJ come to WGS 84?

use crate::earth::ChainStep;
use gdal::spatial_ref::{CoordTransform, CoordTransformOptions, SpatialRef};
use geo::Coord;

/// Operations that lead to WGS 84 without a grid (tools/operations.py).
const TABLE: &str = include_str!("operations.tsv");
/// Degrees within which two ways lead to the same position: 0.1 mm.
const SAME_DEG: f64 = 1e-9;

/// An operation of the EPSG dataset from a geographic system to WGS 84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    pub code: u32,
    name: &'static str,
    pub accuracy_m: Option<f64>,
    pub area_of_use: &'static str,
    /// West, south, east, north in degrees.
    bounds: [f64; 4],
}

impl Entry {
    fn read(line: &'static str) -> Option<(u32, Entry)> {
        let mut fields = line.split('\t');
        let mut next = || fields.next();
        let (source, code, name) = (next()?.parse().ok()?, next()?.parse().ok()?, next()?);
        let (accuracy_m, area_of_use) = (next()?.parse().ok(), next()?);
        let mut bounds = [0.0; 4];
        for bound in &mut bounds {
            *bound = next()?.parse().ok()?;
        }
        Some((source, Entry { code, name, accuracy_m, area_of_use, bounds }))
    }

    fn all() -> impl Iterator<Item = (u32, Entry)> {
        TABLE.lines().filter_map(Entry::read)
    }

    /// The operation with this code.
    pub fn of(code: u32) -> Option<Entry> {
        Entry::all().map(|(_, entry)| entry).find(|entry| entry.code == code)
    }

    /// The operation out of the geographic system `base` by which a position of it comes to `wgs84`: of several the one
    /// whose area of use holds it, the most accurate, the one of the lowest code.
    pub fn leading(base: &SpatialRef, hub: &SpatialRef, from: Coord, wgs84: Coord) -> Option<Entry> {
        let source = u32::try_from(base.auth_code().ok()?).ok()?;
        let accuracy = |entry: &Entry| entry.accuracy_m.unwrap_or(f64::MAX);
        let leads = |entry: &Entry| {
            let there = by_code(base, hub, entry.code, false).and_then(|way| applied(&way, from));
            there.is_some_and(|at| (at.x - wgs84.x).abs().max((at.y - wgs84.y).abs()) <= SAME_DEG)
        };
        let mut fitting: Vec<Entry> =
            Entry::all().filter(|(of, entry)| *of == source && leads(entry)).map(|(_, entry)| entry).collect();
        fitting.sort_by(|a, b| {
            let (near, far) = (a.covers(wgs84), b.covers(wgs84));
            far.cmp(&near).then(accuracy(a).total_cmp(&accuracy(b))).then(a.code.cmp(&b.code))
        });
        fitting.first().copied()
    }

    /// Whether a position (lon, lat in degrees) lies where it is valid.
    pub fn covers(&self, at: Coord) -> bool {
        let [west, south, east, north] = self.bounds;
        let between = if west <= east { (west..=east).contains(&at.x) } else { at.x >= west || at.x <= east };
        between && (south..=north).contains(&at.y)
    }

    pub fn id(&self) -> String {
        format!("EPSG:{}", self.code)
    }

    /// The step that it is; `backwards` where it leads out of WGS 84.
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

impl std::fmt::Display for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let accuracy = self.accuracy_m.map_or_else(|| "accuracy unknown".to_owned(), |m| format!("accuracy {m} m"));
        write!(f, "{} {} (by PROJ), {accuracy}, area of use: {}", self.id(), self.name, self.area_of_use)
    }
}

/// The transformation between two geographic systems by an operation of EPSG's.
pub(super) fn by_code(from: &SpatialRef, to: &SpatialRef, code: u32, backwards: bool) -> Option<CoordTransform> {
    let mut options = CoordTransformOptions::new().ok()?;
    // GDAL turns the axes to the operation's own order, by the systems' mapping.
    options.set_coordinate_operation(&format!("urn:ogc:def:coordinateOperation:EPSG::{code}"), backwards).ok()?;
    CoordTransform::new_with_options(from, to, &options).ok()
}

/// Where a transformation takes a position; nothing where it takes it nowhere.
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
        assert_eq!(Entry::all().count(), lines);
        let swiss = Entry::of(1676).expect("in the table");
        let words = "EPSG:1676 CH1903+ to WGS 84 (1) (by PROJ), accuracy 1 m, area of use: Europe - Liechtenstein and Switzerland";
        assert_eq!(swiss.to_string(), words);
        assert!(swiss.covers(Coord { x: 8.0, y: 47.0 }) && !swiss.covers(Coord { x: 8.0, y: 50.0 }));
    }
}
