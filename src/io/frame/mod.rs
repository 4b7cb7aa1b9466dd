//! In which system a file's coordinates are, and how they come to WGS 84: never reinterpreted quietly.

mod course;
mod rewrite;
mod way;

pub(super) use rewrite::rewrite;
pub(super) use way::{System, Way};

use super::{Encoding, Limits, Problem, ReadError, antimeridian, read_operation};
use crate::earth::{Axes, Crs, Operation};

/// The datum operation that a user chose.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Choice {
    /// None: [`Operation::default`].
    #[default]
    Default,
    /// One of the table, or a commission's own parameters.
    Ours(Operation),
    /// Another operation of EPSG's, by its code; GDAL and PROJ compute it.
    Other(u32),
}

impl Choice {
    /// Reads `EPSG:5044`, `5044`, or the path of a TOML file with parameters of one's own.
    ///
    /// # Errors
    /// The file cannot be read or is wrong.
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

/// How the coordinates of inputs are to be taken.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Frame {
    /// The coordinate reference system, whatever the file says: `EPSG:28408`, or with GDAL anything PROJ understands.
    pub from: Option<String>,
    /// The datum operation.
    pub operation: Choice,
    /// Whether a transformation may pass over a difference of datums.
    pub allow_ballpark: bool,
    /// The order of the two numbers of a position in the file; without it, east before north.
    pub axes: Option<Axes>,
    /// The encoding of text whose files do not declare it, or wrongly; without it, as they do, else UTF-8.
    pub encoding: Option<Encoding>,
    /// Whether edges keep their ends alone where they bend on the way to another system; else they are cut.
    pub vertices_only: bool,
}

/// How a file is to be read: the system of its coordinates, the limits, and where it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'f> {
    pub frame: &'f Frame,
    pub limits: Limits,
    /// What messages call the file, where it is in memory alone: no reader may open a file of that name.
    pub memory: Option<&'f str>,
}

impl<'f> Reading<'f> {
    /// The same for a file in memory of that name.
    pub fn in_memory(self, name: &'f str) -> Self {
        Reading { memory: Some(name), ..self }
    }

    /// The same for what a path of the command line names: standard input (`-`) is in memory.
    pub fn at(self, path: &'f str) -> Self {
        if path == "-" { self.in_memory(path) } else { self }
    }
}

impl std::ops::Deref for Reading<'_> {
    type Target = Frame;

    fn deref(&self) -> &Frame {
        self.frame
    }
}

impl Frame {
    /// The same within limits.
    pub(super) fn within(&self, limits: Limits) -> Reading<'_> {
        Reading { frame: self, limits, memory: None }
    }

    /// Whether positions of a file that names no system are longitude and latitude on WGS 84 as they stand.
    pub(super) fn is_plain(&self) -> bool {
        self.from.is_none() && self.axes != Some(Axes::NorthEast) && self.encoding.is_none()
    }

    /// The system of a file that declares this one, or none.
    pub(super) fn system(&self, declared: Option<&System>) -> System {
        match (&self.from, declared) {
            (Some(text), _) => System::parse(text),
            (None, Some(system)) => system.clone(),
            (None, None) => System::Ours(Crs::wgs84()),
        }
    }

    /// What to say where the user's word stands against the file's.
    pub(super) fn overruled(&self, path: &str, declared: Option<&System>) -> Option<String> {
        let (from, declared) = (self.from.as_ref()?, declared?);
        let (from, declared) = (System::parse(from).name(), declared.name());
        (from != declared).then(|| format!("{path} says {declared}; it is read as {from}, as asked"))
    }

    /// The way to WGS 84 from the system that a file declares, or that the user says.
    pub(super) fn to_wgs84(&self, path: &str, declared: Option<&System>) -> Result<Way, ReadError> {
        Way::between(self, self.system(declared), System::Ours(Crs::wgs84()))
            .map_err(|problem| ReadError::new(path, problem))
    }
}

/// A position of a system, put right where it is off the globe by rounding; longitudes beyond ±180° stay, to ±360°.
///
/// # Errors
/// It cannot belong to its system.
pub(super) fn check(crs: &Crs, at: geo::Coord) -> Result<geo::Coord, Problem> {
    let at = if crs.is_geographic() { antimeridian::on_globe(at).unwrap_or(at) } else { at };
    let within = if crs.is_geographic() && at.x.abs() <= 360.0 { antimeridian::point(at) } else { at };
    match crs.misfit(within) {
        None => Ok(at),
        Some(misfit) => Err(Problem::Misfit { x: at.x, y: at.y, crs: crs.to_string(), misfit }),
    }
}
