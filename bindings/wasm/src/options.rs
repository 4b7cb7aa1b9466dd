//! Options of questions, as JSON.

use crate::fault::Fault;
use library::earth::Axes;
use library::io::{Encoding, Filter, Limits, ReadOptions};
use library::model::Edges;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Greatest size of an input, unpacked, in GiB: the memory of a module is at most 4.
const MAX_GIB: u32 = 1;

/// How files are read: options of every question.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Reading {
    /// The property that identifies the features.
    id_field: Option<String>,
    /// How edges run: `lonlat`, `geodesic`, `rhumb`.
    edges: Option<String>,
    /// The order of axes: `xy`, `yx`.
    axes: Option<String>,
    /// The reference system, as `EPSG:32640`.
    from: Option<String>,
    /// The encoding of text.
    encoding: Option<String>,
    /// A condition that features must meet.
    r#where: Option<String>,
    /// Whether invalid features are left out.
    skip_invalid: bool,
    /// Languages of names, best first.
    lang: Vec<String>,
}

impl Reading {
    pub fn options(&self) -> Result<ReadOptions, Fault> {
        let mut options = ReadOptions::default();
        options.id_field = self.id_field.clone().filter(|field| !field.is_empty());
        options.skip_invalid = self.skip_invalid;
        options.limits = Limits { max_gib: MAX_GIB, ..Limits::DEFAULT };
        const EDGES: [(&str, Edges); 3] =
            [("lonlat", Edges::Lonlat), ("geodesic", Edges::Geodesic), ("rhumb", Edges::Rhumb)];
        options.edges = word("edges", &self.edges, &EDGES)?;
        const AXES: [(&str, Axes); 2] = [("xy", Axes::EastNorth), ("yx", Axes::NorthEast)];
        options.frame.axes = word("axes", &self.axes, &AXES)?;
        options.frame.from = self.from.clone().filter(|from| !from.is_empty());
        if let Some(text) = self.encoding.as_deref().filter(|text| !text.is_empty()) {
            let encoding = Encoding::parse(text).map_err(|error| Fault::option(error.to_string(), ""))?;
            options.frame.encoding = Some(encoding);
        }
        if let Some(text) = self.condition() {
            let wrong = |error| Fault::option(format!("where: {error}"), "write it like admin_level = 8 and name != x");
            options.filter = Filter::parse(text).map_err(wrong)?;
        }
        Ok(options)
    }

    fn condition(&self) -> Option<&str> {
        self.r#where.as_deref().filter(|text| !text.trim().is_empty())
    }

    /// The condition that features must meet.
    pub fn filter(&self) -> Option<Filter> {
        self.condition().and_then(|text| Filter::parse(text).ok())
    }

    /// Whether the order of axes is stated.
    pub fn has_axes(&self) -> bool {
        self.axes.is_some()
    }

    /// Whether the ids are stated.
    pub fn has_ids(&self) -> bool {
        self.id_field.as_deref().is_some_and(|field| !field.is_empty())
    }

    /// Languages of names: English where none is given.
    pub fn languages(&self) -> Vec<String> {
        if self.lang.is_empty() { vec!["en".to_owned()] } else { self.lang.clone() }
    }

    /// Languages of a plate; those of its data where none is given.
    pub fn languages_of_plate(&self) -> Vec<String> {
        self.lang.clone()
    }
}

/// One of several words.
pub fn word<T: Copy>(what: &str, given: &Option<String>, known: &[(&str, T)]) -> Result<Option<T>, Fault> {
    let Some(given) = given.as_deref().filter(|given| !given.is_empty()) else { return Ok(None) };
    let found = known.iter().find(|(word, _)| *word == given).map(|(_, value)| *value);
    let words = || known.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    let unknown = || Fault::option(format!("{what}: \"{given}\" is not known"), format!("give one of {}", words()));
    found.map(Some).ok_or_else(unknown)
}

/// Parses the options of a question.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    let text = if text.trim().is_empty() { "{}" } else { text };
    serde_json::from_str(text).map_err(|error| Fault::option(format!("the options: {error}"), "give them as JSON"))
}

/// A pair of different names.
pub fn pair(given: &[String]) -> Result<Option<[String; 2]>, Fault> {
    match given {
        [] => Ok(None),
        [a, b] if a != b => Ok(Some([a.clone(), b.clone()])),
        _ => Err(Fault::option("a pair is two different territories", "give two different names")),
    }
}

/// A distance in metres.
pub fn metres(what: &str, given: Option<f64>) -> Result<Option<f64>, Fault> {
    match given {
        Some(metres) if !(metres > 0.0 && metres <= 50_000.0) => {
            Err(Fault::option(format!("{what} is {metres}"), "give metres, more than 0 and at most 50000"))
        }
        given => Ok(given),
    }
}
