//! What a plate has beside its layers: small maps, notes, the list of crossings.

use super::Texts;
use crate::model::{Meta, Name, Place};
use geo::Coord;
use serde::Deserialize;

/// The crossings of routes, numbered on the map and listed with their chainages.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CrossingsSpec {
    /// The layer of territories from one to another of which the routes pass.
    pub territories: String,
    /// Ids of the routes; empty for all that the plate shows.
    pub routes: Vec<String>,
}

impl Default for CrossingsSpec {
    fn default() -> Self {
        CrossingsSpec { territories: "states".to_owned(), routes: Vec::new() }
    }
}

/// Which small maps a plate has.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InsetSpec {
    /// A map of where the plate lies.
    pub locator: bool,
    /// A detail map of each territory, or part at a border, too small to be seen.
    pub details: bool,
    /// A detail map of each small island, too.
    pub islands: bool,
    /// Denominator of the scale of the detail maps of small territories.
    pub scale: Option<f64>,
    /// Detail maps of one's own choice.
    pub detail: Vec<DetailSpec>,
}

/// A detail map of one's own choice.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetailSpec {
    /// West, south, east, north in degrees.
    pub extent: [f64; 4],
    /// Denominator of its scale.
    pub scale: f64,
    /// Its title by language.
    #[serde(default)]
    pub title: Texts,
}

impl Default for InsetSpec {
    fn default() -> Self {
        InsetSpec { locator: true, details: true, islands: false, scale: None, detail: Vec::new() }
    }
}

/// A name on the map without a feature of its own.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Its text by language.
    pub name: Texts,
    /// Longitude and latitude in degrees.
    pub at: [f64; 2],
    /// A place with a symbol, its name beside it; otherwise the name stands exactly here.
    #[serde(default)]
    pub point: Option<NotePoint>,
    /// Languages whose text is a transcription.
    #[serde(default)]
    pub transcribed: Vec<String>,
    /// Water is blue and italic.
    #[serde(default)]
    pub water: bool,
    /// Turned clockwise by so many degrees.
    #[serde(default)]
    pub angle: f64,
    /// Size in points.
    #[serde(default)]
    pub size_pt: Option<f64>,
}

/// The symbol of a place that a specification adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotePoint {
    /// Capital or regional centre.
    Centre,
    /// Town.
    Town,
}

impl Note {
    /// Where it stands, in longitude and latitude.
    pub(crate) fn position(&self) -> Coord {
        Coord { x: self.at[0], y: self.at[1] }
    }

    /// What it says.
    pub(crate) fn named(&self) -> Name {
        let transliterated = self.transcribed.iter().cloned().collect();
        Name { texts: self.name.clone(), transliterated, ..Name::default() }
    }

    /// The place that the note adds, if it has a symbol.
    pub(crate) fn place(&self) -> Option<Place> {
        let rank = match self.point? {
            NotePoint::Centre => 1,
            NotePoint::Town => 2,
        };
        let name = self.named();
        let id = name.best(&["en".to_owned()]).unwrap_or("note").to_owned();
        let kind = Some("town".to_owned());
        Some(Place { meta: Meta { id, name, kind, ..Meta::default() }, position: self.position(), rank })
    }
}
