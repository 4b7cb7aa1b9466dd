//! Coordinate transformation from a file's system to another.

use super::super::Problem;
#[cfg(feature = "gdal")]
use super::super::ogr::Proj;
use super::course::DensifyStats;
use super::{Choice, SourceCrs, check};
use crate::earth::{Axes, Chain, ChainStep, Crs, Datum};
use crate::model::{DatumNote, Warning, WarningCode};
use geo::Coord;
use std::cell::Cell;

/// A coordinate reference system: built in, or known only to PROJ.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::io) enum System {
    Ours(Crs),
    /// Its name, and its definition for PROJ.
    Other {
        name: String,
        definition: String,
    },
}

impl System {
    pub fn parse(text: &str) -> Self {
        Crs::parse(text)
            .map_or_else(|_| System::Other { name: text.to_owned(), definition: text.to_owned() }, System::Ours)
    }

    pub fn name(&self) -> String {
        match self {
            System::Ours(crs) => crs.to_string(),
            System::Other { name, .. } => name.clone(),
        }
    }
}

/// The transformation between two systems: by PROJ from a system that is not built in, by our own chain, by PROJ into
/// one.
pub(in crate::io) struct CrsTransform {
    from: System,
    swapped: bool,
    pub(super) vertices_only: bool,
    chain: Chain,
    /// Statistics on edges.
    pub(in crate::io) courses: DensifyStats,
    /// A position (lon, lat in degrees) outside the operation's area of use.
    outside: Cell<Option<Coord>>,
    #[cfg(feature = "gdal")]
    first: Option<Proj>,
    #[cfg(feature = "gdal")]
    last: Option<Proj>,
}

impl CrsTransform {
    pub fn between(frame: &SourceCrs, from: System, to: System) -> Result<Self, Problem> {
        let swapped = frame.axes == Some(Axes::NorthEast);
        let (vertices_only, courses, outside) = (frame.vertices_only, DensifyStats::default(), Cell::new(None));
        #[cfg(feature = "gdal")]
        {
            let from = match (from, &frame.operation) {
                // An operation of EPSG that is not in our table is left to PROJ entirely.
                (System::Ours(crs), Choice::Other(_)) if crs.datum() != Datum::Wgs84 => {
                    System::Other { name: crs.to_string(), definition: crs.id().to_owned() }
                }
                (from, _) => from,
            };
            let out_of = |system: &System, backwards: bool| match system {
                System::Ours(crs) => Ok((crs.clone(), None)),
                System::Other { name, definition } => {
                    Proj::new(name, definition, frame, backwards).map(|proj| (proj.hub().clone(), Some(proj)))
                }
            };
            let (start, first) = out_of(&from, false)?;
            let (end, last) = out_of(&to, true)?;
            let chain = Chain::new(start, end, &frame.operation.ours());
            Ok(CrsTransform { from, swapped, vertices_only, chain, courses, outside, first, last })
        }
        #[cfg(not(feature = "gdal"))]
        match (&from, &to, &frame.operation) {
            (System::Ours(a), System::Ours(b), Choice::Other(code)) if a.datum() != b.datum() => {
                Err(Problem::Operation(format!("EPSG:{code} is not in the table of operations")))
            }
            (System::Ours(a), System::Ours(b), _) => {
                let chain = Chain::new(a.clone(), b.clone(), &frame.operation.ours());
                Ok(CrsTransform { from, swapped, vertices_only, chain, courses, outside })
            }
            (System::Other { name, .. }, ..) | (_, System::Other { name, .. }, _) => {
                Err(Problem::CrsNeedsGdal(name.clone()))
            }
        }
    }

    /// Whether every position is returned unchanged.
    pub fn is_identity(&self) -> bool {
        !self.by_proj() && !self.swapped && self.chain.is_identity()
    }

    /// Transforms a position as in the file to coordinates (east, north) in the second system.
    ///
    /// # Errors
    /// The position is impossible in the file's system, or PROJ cannot transform it.
    pub fn apply(&self, at: Coord) -> Result<Coord, Problem> {
        let mut at = if self.swapped { Coord { x: at.y, y: at.x } } else { at };
        if let System::Ours(crs) = &self.from {
            at = check(crs, at)?;
        }
        #[cfg(feature = "gdal")]
        let at = self.first.as_ref().map_or(Ok(at), |proj| proj.out_of(at))?;
        if let Some(operation) = self.chain.operation()
            && self.outside.get().is_none()
        {
            let lonlat = self.chain.from().inverse(at);
            if !operation.covers(lonlat) {
                self.outside.set(Some(lonlat));
            }
        }
        let before = at;
        let mut at = self.chain.apply(at);
        // Keeps land continuous across ±180°, whatever the datum shift.
        if self.chain.from().is_geographic() && self.chain.to().is_geographic() {
            at.x += 360.0 * ((before.x - at.x) / 360.0).round();
        }
        #[cfg(feature = "gdal")]
        let at = self.last.as_ref().map_or(Ok(at), |proj| proj.apply(at))?;
        Ok(at)
    }

    /// Whether it ends in longitude and latitude of a built-in system.
    pub fn ends_geographic(&self) -> bool {
        #[cfg(feature = "gdal")]
        if self.last.is_some() {
            return false;
        }
        self.chain.to().is_geographic()
    }

    /// Whether the first system is in degrees; `None` if its unit is neither degrees nor metres.
    pub(super) fn starts_in_degrees(&self) -> Option<bool> {
        #[cfg(feature = "gdal")]
        if let Some(proj) = &self.first {
            return proj.in_degrees();
        }
        Some(self.chain.from().is_geographic())
    }

    /// The same for the second system.
    pub(super) fn ends_in_degrees(&self) -> Option<bool> {
        #[cfg(feature = "gdal")]
        if let Some(proj) = &self.last {
            return proj.in_degrees();
        }
        Some(self.chain.to().is_geographic())
    }

    /// Whether PROJ is involved.
    pub fn by_proj(&self) -> bool {
        #[cfg(feature = "gdal")]
        let by_proj = self.first.is_some() || self.last.is_some();
        #[cfg(not(feature = "gdal"))]
        let by_proj = false;
        by_proj
    }

    /// The part computed by our own chain.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The displacement of a position as in the file by the datum operation: metres, and azimuth in degrees.
    pub fn moves(&self, at: Coord) -> Option<(f64, f64)> {
        let at = if self.swapped { Coord { x: at.y, y: at.x } } else { at };
        #[cfg(feature = "gdal")]
        {
            let hub = self.first.as_ref().map_or(Ok(at), |proj| proj.apply(at)).ok()?;
            let first = || self.first.as_ref()?.moves(at);
            let last = || self.last.as_ref()?.moves(self.chain.apply(hub));
            self.chain.displacement(hub).or_else(first).or_else(last)
        }
        #[cfg(not(feature = "gdal"))]
        self.chain.displacement(at)
    }

    /// The steps, in order.
    pub fn steps(&self) -> Vec<ChainStep> {
        #[cfg(feature = "gdal")]
        {
            let proj = |proj: &Option<Proj>| proj.as_ref().map(Proj::steps).unwrap_or_default();
            [proj(&self.first), self.chain.steps(), proj(&self.last)].concat()
        }
        #[cfg(not(feature = "gdal"))]
        self.chain.steps()
    }

    /// The note for reports; `None` if coordinates are unchanged.
    pub fn note(&self) -> Option<DatumNote> {
        if self.is_identity() {
            return None;
        }
        let none = |datum: Datum| format!("none: {} throughout", datum.name());
        let ours = self.chain.operation().map(ToString::to_string);
        let ours = ours.unwrap_or_else(|| none(self.chain.from().datum()));
        let accuracy = self.chain.operation().and_then(|operation| operation.accuracy_m);
        #[cfg(feature = "gdal")]
        let (ours, accuracy) = {
            let by_proj: Vec<_> = [&self.first, &self.last].into_iter().flatten().map(Proj::said).collect();
            let known = accuracy.into_iter().chain(by_proj.iter().filter_map(|(_, accuracy_m)| *accuracy_m));
            let accuracy = known.reduce(f64::hypot);
            let own = self.chain.operation().is_some().then_some(ours.clone());
            let all: Vec<String> = own.into_iter().chain(by_proj.into_iter().map(|(said, _)| said)).collect();
            (if self.by_proj() { all.join("; ") } else { ours }, accuracy)
        };
        let crs = self.from.name();
        let crosses_datums = self.by_proj() || self.chain.operation().is_some();
        Some(DatumNote { edges: self.courses.note(&crs), crs, operation: ours, accuracy_m: accuracy, crosses_datums })
    }

    /// Bound in metres on gaps or overlaps, after the transformation, of geometries that touch in the file.
    pub fn noise_m(&self) -> f64 {
        if self.is_identity() { 0.0 } else { self.courses.noise_m() }
    }

    /// Warnings, after all positions were transformed.
    pub fn warnings(&self, path: &str) -> Vec<Warning> {
        let ours = self.outside.get().zip(self.chain.operation());
        let outside = ours.map(|(at, operation)| (at, operation.id(), operation.area_of_use.to_string()));
        #[cfg(feature = "gdal")]
        let outside = outside.into_iter().chain(
            [&self.first, &self.last]
                .into_iter()
                .flatten()
                .flat_map(Proj::outside)
                .map(|(at, id, area)| (at, id, area.to_owned())),
        );
        let warning = |(at, id, area): (Coord, String, String)| {
            let place = format!("the position {:.4}, {:.4} (lon, lat)", at.x, at.y);
            let message = format!("{path}: {place} lies outside the area of use of {id}: {area}");
            Warning { code: WarningCode::Datum, message, feature: None }
        };
        outside.into_iter().map(warning).collect()
    }
}
