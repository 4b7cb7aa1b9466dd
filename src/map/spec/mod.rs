//! The plate specification: what a plate shows and how, as TOML.

mod error;
mod paper;
mod preset;

pub use error::SpecError;
pub use paper::{Orientation, Paper, PaperSize};

use super::palette::Hue;
use crate::model::{Meta, Name, Place};
use geo::Coord;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A text by language code.
pub type Texts = BTreeMap<String, String>;

/// What a plate shows and how.
///
/// **Example**
/// ```
/// use merestone::map::PlateSpec;
/// let spec = PlateSpec::parse("[[layers]]\nid = \"states\"\n", "plate.toml")?;
/// assert_eq!(spec.layers[0].id, "states");
/// let error = PlateSpec::parse("[frame]\nscal = 1000000\n", "plate.toml").unwrap_err();
/// assert_eq!(error.hint(), "did you mean `scale`?");
/// # Ok::<(), merestone::map::SpecError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlateSpec {
    /// Short identifier, printed in the margin.
    pub id: String,
    /// Sheet number.
    pub sheet: Option<String>,
    /// Edition of the sheet.
    pub edition: Option<String>,
    /// Title by language.
    pub title: Texts,
    /// Subtitle by language.
    pub subtitle: Texts,
    /// Languages of the names, in the order in which they stand one above the other. Empty: Azerbaijani and Armenian.
    pub languages: Vec<String>,
    /// Language of the furniture (legend, scale, sources); English when absent.
    pub language: Option<String>,
    /// The paper.
    pub paper: Paper,
    /// What part of the earth is shown, at what scale.
    pub frame: FrameSpec,
    /// The projection; a Lambert conformal conic fitted to the frame when absent.
    pub projection: ProjectionSpec,
    /// What is drawn, lowest first.
    pub layers: Vec<LayerSpec>,
    /// Several maps of equal size and scale instead of one.
    pub panels: Vec<PanelSpec>,
    /// Panels in a row.
    pub columns: Option<usize>,
    /// Hues of territories by id; the others get one that no neighbour has.
    pub hues: BTreeMap<String, Hue>,
    /// Colour of what no territory covers.
    pub background: Background,
    /// The small maps.
    pub insets: InsetSpec,
    /// Names that stand on the map without a feature of their own.
    pub notes: Vec<Note>,
    /// A remark under the legend, by language.
    pub remark: Texts,
    /// Words in place of the standard disclaimer, by language.
    pub disclaimer: Texts,
}

/// One of several maps of equal size and scale on a plate.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PanelSpec {
    /// Its title by language.
    pub title: Texts,
    /// What it shows; as the plate when absent.
    pub frame: Option<FrameSpec>,
    /// What is drawn; as on the plate when empty.
    pub layers: Vec<LayerSpec>,
}

/// What lies under the territories.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Background {
    /// Land of which nothing is said.
    #[default]
    Land,
    /// Sea.
    Water,
}

/// What part of the earth is shown. Without any of it the frame is fitted to the data at a round scale.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FrameSpec {
    /// Denominator of the scale.
    pub scale: Option<f64>,
    /// Longitude and latitude of the centre, in degrees.
    pub centre: Option<[f64; 2]>,
    /// West, south, east, north in degrees.
    pub extent: Option<[f64; 4]>,
    /// Ids of features that must be in the frame.
    pub focus: Vec<String>,
    /// Distance between the lines of the graticule, in minutes of arc.
    pub graticule_minutes: Option<f64>,
}

/// The projection asked for.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProjectionSpec {
    /// Which projection.
    pub kind: ProjectionKind,
    /// Standard parallels of the conic, in degrees.
    pub parallels: Option<[f64; 2]>,
    /// Central meridian in degrees, of the conic and of the transverse Mercator.
    pub central_meridian: Option<f64>,
    /// Zone of UTM and Gauss–Krüger; that of the centre when absent.
    pub zone: Option<u8>,
}

/// The projections there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProjectionKind {
    /// Lambert conformal conic, ellipsoidal, two standard parallels.
    #[default]
    Lambert,
    /// Transverse Mercator on a central meridian of one's own, scale 1 there.
    TransverseMercator,
    /// Universal transverse Mercator.
    Utm,
    /// Gauss–Krüger in zones of six degrees, on WGS 84.
    GaussKruger,
    /// Web Mercator.
    WebMercator,
}

/// A layer on the plate.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerSpec {
    /// Id of the layer in the data.
    pub id: String,
    /// Ids of the features to draw; empty for all.
    #[serde(default)]
    pub only: Vec<String>,
    /// Ids of the features to leave out.
    #[serde(default)]
    pub except: Vec<String>,
    /// Whether its names are written.
    #[serde(default = "yes")]
    pub labels: bool,
    /// Whether territories are filled.
    #[serde(default = "yes")]
    pub fill: bool,
    /// Whether territories get an outline of their own.
    #[serde(default = "yes")]
    pub outline: bool,
    /// Places of a rank above this are left out.
    #[serde(default)]
    pub max_rank: Option<u8>,
}

impl LayerSpec {
    /// A layer with everything in it drawn and named.
    pub fn of(id: &str) -> Self {
        let (only, except) = (Vec::new(), Vec::new());
        LayerSpec { id: id.to_owned(), only, except, labels: true, fill: true, outline: true, max_rank: None }
    }
}

fn yes() -> bool {
    true
}

/// Which small maps a plate has.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InsetSpec {
    /// A map of where the plate lies.
    pub locator: bool,
    /// A detail map of each territory too small to be seen.
    pub details: bool,
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
        InsetSpec { locator: true, details: true, scale: None, detail: Vec::new() }
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
    /// The place that the note adds, if it has a symbol.
    pub(crate) fn place(&self) -> Option<Place> {
        let rank = match self.point? {
            NotePoint::Centre => 1,
            NotePoint::Town => 2,
        };
        let name = Name {
            texts: self.name.clone(),
            transliterated: self.transcribed.iter().cloned().collect(),
            ..Name::default()
        };
        let id = name.best(&["en".to_owned()]).unwrap_or("note").to_owned();
        let kind = Some("town".to_owned());
        let [x, y] = self.at;
        Some(Place { meta: Meta { id, name, kind, ..Meta::default() }, position: Coord { x, y }, rank })
    }
}

impl PlateSpec {
    /// The specification in a TOML text; `path` is for messages.
    ///
    /// **Errors**: text that is not TOML, a key that is unknown (with the right one suggested) or has a wrong value.
    pub fn parse(text: &str, path: &str) -> Result<Self, SpecError> {
        let spec: PlateSpec = toml::from_str(text).map_err(|error| SpecError::of_toml(&error, text, path))?;
        spec.checked(path)
    }

    /// The specification of that name among those that come with the program.
    pub fn preset(name: &str) -> Option<Self> {
        let text = Self::preset_text(name)?;
        Some(Self::parse(text, name).expect("presets are specifications: a test parses each"))
    }

    /// The TOML text of a preset, as a specification to start from.
    pub fn preset_text(name: &str) -> Option<&'static str> {
        preset::PRESETS.iter().find(|(id, _)| *id == name).map(|(_, text)| *text)
    }

    /// The names of the presets.
    pub fn preset_names() -> Vec<&'static str> {
        preset::PRESETS.iter().map(|(id, _)| *id).collect()
    }

    /// A text in the language of the furniture, else in `second`, else in any.
    pub(crate) fn title_of<'t>(&self, texts: &'t Texts, second: Option<&String>) -> Option<&'t String> {
        let language = self.language.as_deref().unwrap_or("en");
        texts.get(language).or_else(|| texts.get(second?)).or_else(|| texts.values().next())
    }

    /// Ids of the data layers that the plate shows.
    pub fn layers_needed(&self) -> Vec<String> {
        self.layers_shown().into_iter().map(|layer| layer.id).collect()
    }

    /// The layers of the plate and of its panels, each once.
    pub(crate) fn layers_shown(&self) -> Vec<LayerSpec> {
        let mut shown = self.layers.clone();
        for layer in self.panels.iter().flat_map(|p| &p.layers) {
            if shown.iter().all(|known| known.id != layer.id) {
                shown.push(layer.clone());
            }
        }
        shown
    }

    fn checked(self, path: &str) -> Result<Self, SpecError> {
        let refuse = |key: &'static str, value: String, reason: &'static str| {
            Err(SpecError::Value { path: path.to_owned(), key, value, reason })
        };
        if let Some(scale) = self.frame.scale.filter(|s| !(100.0..=1e9).contains(s)) {
            return refuse(
                "frame.scale",
                scale.to_string(),
                "the denominator of a scale lies between 100 and 1 000 000 000",
            );
        }
        if let Some([lon, lat]) = self.frame.centre.filter(|c| c[0].abs() > 180.0 || c[1].abs() > 90.0) {
            return refuse("frame.centre", format!("[{lon}, {lat}]"), "it is [longitude, latitude] in degrees");
        }
        if let Some(e) = self.frame.extent.filter(|e| e[0] >= e[2] || e[1] >= e[3] || e[1] < -90.0 || e[3] > 90.0) {
            return refuse("frame.extent", format!("{e:?}"), "it is [west, south, east, north] in degrees");
        }
        let wrong = |d: &&DetailSpec| {
            d.extent[0] >= d.extent[2] || d.extent[1] >= d.extent[3] || !(100.0..=1e9).contains(&d.scale)
        };
        if let Some(detail) = self.insets.detail.iter().find(wrong) {
            return refuse(
                "insets.detail",
                format!("{:?}", detail.extent),
                "it needs [west, south, east, north] in degrees and a scale",
            );
        }
        if let Some(zone) = self.projection.zone.filter(|z| !(1..=60).contains(z)) {
            return refuse("projection.zone", zone.to_string(), "zones are numbered 1 to 60");
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_a_specification() {
        for name in PlateSpec::preset_names() {
            let spec = PlateSpec::preset(name).expect("listed");
            assert_eq!(spec.id, name);
            assert!(!spec.layers.is_empty(), "{name}");
        }
    }

    #[test]
    fn a_wrong_key_is_named_with_the_right_one() {
        let error = PlateSpec::parse("[paper]\nsise = \"A3\"\n", "p.toml").unwrap_err();
        assert_eq!(error.to_string(), "p.toml, line 2: unknown key `sise`");
        assert_eq!(error.hint(), "did you mean `size`?");
    }

    #[test]
    fn a_value_out_of_range_is_refused() {
        let error = PlateSpec::parse("[frame]\ncentre = [40.0, 146.0]\n", "p.toml").unwrap_err();
        assert!(error.to_string().contains("frame.centre"));
    }
}
