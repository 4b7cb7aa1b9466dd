//! Source reference system of a file and its transformation to WGS 84; coordinates are never silently reinterpreted.

mod course;
mod rewrite;
mod way;

pub(super) use rewrite::rewrite;
pub(super) use way::{CrsTransform, System};

use super::{Encoding, Limits, Problem, ReadError, antimeridian, read_operation};
use crate::earth::{Axes, Crs, Operation};

/// The datum operation chosen by the user.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Choice {
    /// No choice: [`Operation::default`].
    #[default]
    Default,
    /// One of the built-in table, or user-defined parameters.
    Ours(Operation),
    /// Another operation of EPSG, by its code; computed by GDAL and PROJ.
    Other(u32),
}

impl Choice {
    /// Parses `EPSG:5044`, `5044`, or the path of a TOML file with user-defined parameters.
    ///
    /// # Errors
    /// The file cannot be read or is invalid.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let code = text.rsplit(':').next().and_then(|code| code.parse::<u32>().ok());
        match code.filter(|_| text.len() < 60 && !text.contains(['/', '.'])) {
            Some(code) => Ok(Operation::epsg(code).map_or(Choice::Other(code), Choice::Ours)),
            None => read_operation(text).map(Choice::Ours),
        }
    }

    /// The operation between Pulkovo 1942 and WGS 84.
    pub(super) fn ours(&self) -> Operation {
        match self {
            Choice::Ours(operation) => operation.clone(),
            _ => Operation::default(),
        }
    }
}

/// How to interpret the coordinates of inputs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceCrs {
    /// The coordinate reference system, overriding the file: `EPSG:28408`, or with GDAL any definition of PROJ.
    pub from: Option<String>,
    /// The datum operation.
    pub operation: Choice,
    /// Whether a ballpark transformation, which ignores a difference of datums, is allowed.
    pub allow_ballpark: bool,
    /// The order of the two numbers of a position in the file; by default east before north.
    pub axes: Option<Axes>,
    /// The encoding of text in files that do not declare it, or declare it wrongly; by default as declared, else UTF-8.
    pub encoding: Option<Encoding>,
    /// Whether edges that bend in the target system keep only their ends; otherwise they are densified.
    pub vertices_only: bool,
}

/// Settings for reading a file: the system of its coordinates, the limits, and its location.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'f> {
    pub frame: &'f SourceCrs,
    pub limits: Limits,
    /// The name of a file that is only in memory: readers must not open a file of that name.
    pub memory: Option<&'f str>,
}

impl<'f> Reading<'f> {
    /// The same for a file in memory with this name.
    pub fn in_memory(self, name: &'f str) -> Self {
        Reading { memory: Some(name), ..self }
    }

    /// The same for a path of the command line: standard input (`-`) is in memory.
    pub fn at(self, path: &'f str) -> Self {
        if path == "-" { self.in_memory(path) } else { self }
    }
}

impl std::ops::Deref for Reading<'_> {
    type Target = SourceCrs;

    fn deref(&self) -> &SourceCrs {
        self.frame
    }
}

impl SourceCrs {
    /// The same with limits.
    pub(super) fn within(&self, limits: Limits) -> Reading<'_> {
        Reading { frame: self, limits, memory: None }
    }

    /// Whether positions of a file without a declared system are WGS 84 longitude and latitude as they are.
    pub(super) fn is_plain(&self) -> bool {
        self.from.is_none() && self.axes != Some(Axes::NorthEast) && self.encoding.is_none()
    }

    /// The system of a file with this declaration, or none.
    pub(super) fn system(&self, declared: Option<&System>) -> System {
        match (&self.from, declared) {
            (Some(text), _) => System::parse(text),
            (None, Some(system)) => system.clone(),
            (None, None) => System::Ours(Crs::wgs84()),
        }
    }

    /// The warning if the user's system overrides the file's.
    pub(super) fn overruled(&self, path: &str, declared: Option<&System>) -> Option<String> {
        let (from, declared) = (self.from.as_ref()?, declared?);
        let (from, declared) = (System::parse(from).name(), declared.name());
        (from != declared).then(|| format!("{path} says {declared}; it is read as {from}, as asked"))
    }

    /// The transformation to WGS 84 from the system that the file declares or the user gives.
    pub(super) fn to_wgs84(&self, path: &str, declared: Option<&System>) -> Result<CrsTransform, ReadError> {
        CrsTransform::between(self, self.system(declared), System::Ours(Crs::wgs84()))
            .map_err(|problem| ReadError::new(path, problem))
    }
}

/// A position of a system, with rounding errors beyond the globe removed; longitudes up to ±360° are kept.
///
/// # Errors
/// It is impossible in its system.
pub(super) fn check(crs: &Crs, at: geo::Coord) -> Result<geo::Coord, Problem> {
    let at = if crs.is_geographic() { antimeridian::on_globe(at).unwrap_or(at) } else { at };
    let within = if crs.is_geographic() && at.x.abs() <= 360.0 { antimeridian::point(at) } else { at };
    match crs.misfit(within) {
        None => Ok(at),
        Some(misfit) => Err(Problem::Misfit { x: at.x, y: at.y, crs: crs.to_string(), misfit }),
    }
}
