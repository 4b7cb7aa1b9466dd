//! Elements of a plate besides its layers: small maps, notes, the list of crossings.

use super::Texts;
use crate::model::{Meta, Name, Place};
use geo::Coord;
use serde::Deserialize;

/// The crossings of routes, numbered on the map and listed with their chainages.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CrossingsSpec {
    /// The layer of territories between which the routes cross.
    pub territories: String,
    /// Ids of the routes; empty for all routes of the plate.
    pub routes: Vec<String>,
}

impl Default for CrossingsSpec {
    fn default() -> Self {
        CrossingsSpec { territories: "states".to_owned(), routes: Vec::new() }
    }
}

/// The small maps of a plate.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InsetSpec {
    /// A map that shows the position of the plate.
    pub locator: bool,
    /// A detail map of each whole territory, enclave or piece of land that is too small to be visible, at most four.
    pub details: bool,
    /// Also a detail map of each small part of a territory: islands, exclaves.
    pub islands: bool,
    /// Denominator of the scale of the detail maps of small territories.
    pub scale: Option<f64>,
    /// Detail maps with a chosen extent.
    pub detail: Vec<DetailSpec>,
}

/// A detail map with a chosen extent.
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
    /// The symbol of a place, with its name beside it; without one the name is exactly at the position.
    #[serde(default)]
    pub point: Option<NotePoint>,
    /// Languages whose text is a transcription.
    #[serde(default)]
    pub transcribed: Vec<String>,
    /// Whether it names water: blue and italic.
    #[serde(default)]
    pub water: bool,
    /// Clockwise rotation in degrees.
    #[serde(default)]
    pub angle: f64,
    /// Size in points.
    #[serde(default)]
    pub size_pt: Option<f64>,
}

/// The symbol of a place added by a specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotePoint {
    /// Capital or regional centre.
    Centre,
    /// Town.
    Town,
}

impl Note {
    /// Its longitude and latitude.
    pub(crate) fn position(&self) -> Coord {
        Coord { x: self.at[0], y: self.at[1] }
    }

    /// Its name.
    pub(crate) fn named(&self) -> Name {
        let transliterated = self.transcribed.iter().cloned().collect();
        Name { texts: self.name.clone(), transliterated, ..Name::default() }
    }

    /// The place added by the note, if it has a symbol.
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
