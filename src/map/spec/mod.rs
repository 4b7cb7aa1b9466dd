//! The plate specification: what a plate shows and how, as TOML.

mod check;
mod error;
mod extras;
mod layer;
mod paper;
mod relief;

pub use error::SpecError;
pub use extras::{CrossingsSpec, DetailSpec, InsetSpec, Note, NotePoint};
pub use layer::{LayerSpec, MarkKind, StyleSpec};
pub use paper::{Orientation, Paper, PaperSize};
pub use relief::{Contours, ReliefSpec};

use super::palette::Hue;
use crate::model::Party;
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
/// assert_eq!(error.to_string(), "plate.toml, line 2: unknown key `scal`");
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
    /// Nobody made the proposal that the plate shows: it is stamped as an illustration.
    pub illustration: bool,
    /// The year that the plate shows: features that are valid in other years only (`valid_from`, `valid_to`) are not drawn.
    pub year: Option<i32>,
    /// Title by language; under `und` one in no stated language.
    pub title: Texts,
    /// Subtitle by language.
    pub subtitle: Texts,
    /// Languages of the names, in the order in which they stand one above the other. Empty: those of the parties here, of
    /// the title, or of the dataset's parties; else of the names that the data have (up to four), else English.
    pub languages: Vec<String>,
    /// The parties, in the order in which they stand; empty: those of the dataset that layers are from.
    pub parties: Vec<Party>,
    /// Code of the party that stands first throughout, on a plate that is one of two originals.
    pub alternat: Option<String>,
    /// Language of the furniture (legend, scale, sources); English when absent.
    pub language: Option<String>,
    /// The paper.
    pub paper: Paper,
    /// What part of the earth is shown, at what scale.
    pub frame: FrameSpec,
    /// The projection; when absent a Lambert conformal conic fitted to the frame, or what an extent asks for that no cone
    /// serves: Equal Earth for the world, polar stereographic about a pole, transverse Mercator on the equator.
    pub projection: ProjectionSpec,
    /// What is drawn, lowest first.
    pub layers: Vec<LayerSpec>,
    /// Several maps of equal size and scale instead of one.
    pub panels: Vec<PanelSpec>,
    /// Panels in a row.
    pub columns: Option<usize>,
    /// Hues of territories by id, before those of the parties; the others get one that no neighbour has.
    pub hues: BTreeMap<String, Hue>,
    /// Colour of what no territory covers.
    pub background: Background,
    /// Shade and contours, below everything else; none when absent.
    pub relief: Option<ReliefSpec>,
    /// The small maps.
    pub insets: InsetSpec,
    /// Numbers the crossings of the routes on the map and lists their chainages.
    pub crossings: Option<CrossingsSpec>,
    /// Id of the route whose profile stands under the map.
    pub profile: Option<String>,
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
    /// The projected grid; that of UTM at 1:250 000 and larger when nothing is said.
    pub grid: Option<GridKind>,
}

/// The projected grids there are, all on WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GridKind {
    /// No grid.
    None,
    /// Universal transverse Mercator, the zone of the centre.
    Utm,
    /// Gauss–Krüger in zones of six degrees, the zone of the centre.
    GaussKruger,
}

/// The projection asked for.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProjectionSpec {
    /// Which projection.
    pub kind: ProjectionKind,
    /// Standard parallels of the conic, in degrees.
    pub parallels: Option<[f64; 2]>,
    /// Central meridian in degrees, of the conic, of the transverse Mercator and of Equal Earth.
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
    /// Equal Earth, on which the areas of the whole world are in true proportion.
    EqualEarth,
    /// Web Mercator.
    WebMercator,
}

impl ProjectionKind {
    /// Every projection with the word for it.
    pub const ALL: [(ProjectionKind, &str); 6] = [
        (ProjectionKind::Lambert, "lambert"),
        (ProjectionKind::TransverseMercator, "transverse-mercator"),
        (ProjectionKind::Utm, "utm"),
        (ProjectionKind::GaussKruger, "gauss-kruger"),
        (ProjectionKind::EqualEarth, "equal-earth"),
        (ProjectionKind::WebMercator, "web-mercator"),
    ];

    /// The projection of that word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == word).map(|(kind, _)| kind)
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

    /// A text in the language of the furniture, else in `second`, else in any.
    pub(crate) fn title_of<'t>(&self, texts: &'t Texts, second: Option<&String>) -> Option<&'t String> {
        let language = self.language.as_deref().unwrap_or("en");
        texts.get(language).or_else(|| texts.get(second?)).or_else(|| texts.values().next())
    }

    /// Ids of the data layers that the plate shows, those of files among them, each once.
    pub fn layers_needed(&self) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for layer in self.layers_shown() {
            if !ids.contains(&layer.id) {
                ids.push(layer.id);
            }
        }
        ids
    }

    /// The layer of territories through which the plate follows routes, and the routes' ids (none: all of them), when
    /// it lists crossings or draws a profile. Their reports go into [`PlateOptions::routes`](super::PlateOptions).
    pub fn routes_needed(&self) -> Option<(&str, Vec<&str>)> {
        let listed = self.crossings.as_ref().map(|c| c.routes.iter().map(String::as_str).collect::<Vec<_>>());
        let routes = match (listed, &self.profile) {
            (None, None) => return None,
            (None, Some(route)) => vec![route.as_str()],
            (Some(routes), Some(route)) if !routes.is_empty() && !routes.contains(&route.as_str()) => {
                routes.into_iter().chain([route.as_str()]).collect()
            }
            (Some(routes), _) => routes,
        };
        Some((self.crossings.as_ref().map_or("states", |c| c.territories.as_str()), routes))
    }

    /// The layers of the plate and of its panels, each once.
    pub fn layers_shown(&self) -> Vec<LayerSpec> {
        let mut shown = self.layers.clone();
        for layer in self.panels.iter().flat_map(|p| &p.layers) {
            if shown.iter().all(|known| known.id != layer.id) {
                shown.push(layer.clone());
            }
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_key_is_named_with_the_right_one() {
        let error = PlateSpec::parse("[paper]\nsise = \"A3\"\n", "p.toml").unwrap_err();
        assert_eq!(error.to_string(), "p.toml, line 2: unknown key `sise`");
    }

    #[test]
    fn a_value_out_of_range_is_refused() {
        let error = PlateSpec::parse("[frame]\ncentre = [40.0, 146.0]\n", "p.toml").unwrap_err();
        assert!(error.to_string().contains("frame.centre"));
    }
}
