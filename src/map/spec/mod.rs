//! The plate specification: the content of a plate and its style, as TOML.

mod check;
mod context;
mod error;
mod extras;
mod layer;
mod paper;
mod relief;

pub use context::{ContextFile, ContextKind, ContextSpec, StatedFile};
pub use error::SpecError;
pub use extras::{CrossingsSpec, DetailSpec, InsetSpec, Note, NotePoint};
pub use layer::{LayerSpec, MarkKind, StyleSpec};
pub use paper::{Orientation, Paper, PaperSize};
pub use relief::{Contours, ReliefSpec};

use super::framing::round_scale;
use super::palette::Hue;
use crate::model::Party;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A text by language code.
pub type Texts = BTreeMap<String, String>;

/// The content of a plate and its style.
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
    /// Whether the proposal shown is by no party: the plate is stamped as an illustration.
    pub illustration: bool,
    /// The year of the plate: features that are valid only in other years (`valid_from`, `valid_to`) are not drawn.
    pub year: Option<i32>,
    /// Title by language; `und` for an unstated language.
    pub title: Texts,
    /// Subtitle by language.
    pub subtitle: Texts,
    /// Languages of the names, in the order in which they are written one above the other. Empty: those of the parties
    /// here, of the title, or of the dataset's parties; else of the names in the data (up to four), else English.
    pub languages: Vec<String>,
    /// The parties, in order; empty: those of the dataset of the layers.
    pub parties: Vec<Party>,
    /// Code of the party that comes first throughout, on a plate that is one of two originals.
    pub alternat: Option<String>,
    /// Language of the furniture (legend, scale, sources); English if absent.
    pub language: Option<String>,
    /// The paper.
    pub paper: Paper,
    /// The area shown, and its scale.
    pub frame: FrameSpec,
    /// The projection; if absent, a Lambert conformal conic fitted to the frame, or for extents unsuited to a cone:
    /// Equal Earth for the world, polar stereographic around a pole, transverse Mercator on the equator.
    pub projection: ProjectionSpec,
    /// The layers, lowest first.
    pub layers: Vec<LayerSpec>,
    /// Several maps of equal size and scale instead of one.
    pub panels: Vec<PanelSpec>,
    /// Number of panels in a row.
    pub columns: Option<usize>,
    /// Hues of territories by id, overriding those of the parties; others get a hue different from their neighbours.
    pub hues: BTreeMap<String, Hue>,
    /// Colour of the area outside all territories.
    pub background: Background,
    /// Rivers, roads, railways and settlements around the subject.
    pub context: ContextSpec,
    /// Shade and contours, below everything else; none if absent.
    pub relief: Option<ReliefSpec>,
    /// The small maps.
    pub insets: InsetSpec,
    /// Whether route crossings are numbered on the map and listed with their chainages.
    pub crossings: Option<CrossingsSpec>,
    /// Id of the route with a profile under the map.
    pub profile: Option<String>,
    /// Names on the map without a feature.
    pub notes: Vec<Note>,
    /// The first day (or year) of what subtitle, remark and notes speak of: a plate of an earlier day lacks them.
    pub texts_from: Option<String>,
    /// A remark under the legend, by language.
    pub remark: Texts,
    /// Text instead of the standard disclaimer, by language.
    pub disclaimer: Texts,
}

/// One of several maps of equal size and scale on a plate.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PanelSpec {
    /// Its title by language.
    pub title: Texts,
    /// Its frame; that of the plate if absent.
    pub frame: Option<FrameSpec>,
    /// Its layers; those of the plate if empty.
    pub layers: Vec<LayerSpec>,
}

/// The area below the territories.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Background {
    /// Nothing is known: hatched; at 1:5 000 000 and smaller scales the land and the sea of the outline of the world.
    #[default]
    NoData,
    /// Land.
    Land,
    /// Sea.
    Water,
}

/// The area shown. By default the frame is fitted to the data at a round scale.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FrameSpec {
    /// Denominator of the scale.
    pub scale: Option<f64>,
    /// Longitude and latitude of the centre, in degrees.
    pub centre: Option<[f64; 2]>,
    /// West, south, east, north in degrees.
    pub extent: Option<[f64; 4]>,
    /// Ids of features that must be inside the frame.
    pub focus: Vec<String>,
    /// Distance between the lines of the graticule, in minutes of arc.
    pub graticule_minutes: Option<f64>,
    /// The projected grid; by default that of UTM at 1:250 000 and larger.
    pub grid: Option<GridKind>,
}

/// The projected grids, all on WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GridKind {
    /// No grid.
    None,
    /// Universal transverse Mercator, in the zone of the centre.
    Utm,
    /// Gauss–Krüger in zones of six degrees, in the zone of the centre.
    GaussKruger,
}

/// The requested projection.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProjectionSpec {
    /// Kind of projection.
    pub kind: ProjectionKind,
    /// Standard parallels of the conic, in degrees.
    pub parallels: Option<[f64; 2]>,
    /// Central meridian in degrees, of the conic, the transverse Mercator and Equal Earth.
    pub central_meridian: Option<f64>,
    /// Zone of UTM and Gauss–Krüger; that of the centre if absent.
    pub zone: Option<u8>,
}

/// The kinds of projection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProjectionKind {
    /// Lambert conformal conic, ellipsoidal, two standard parallels.
    #[default]
    Lambert,
    /// Lambert azimuthal equal-area, for a continent.
    AzimuthalEqualArea,
    /// Transverse Mercator on a chosen central meridian, scale 1 there.
    TransverseMercator,
    /// Universal transverse Mercator.
    Utm,
    /// Gauss–Krüger in zones of six degrees, on WGS 84.
    GaussKruger,
    /// Equal Earth, an equal-area projection of the whole world.
    EqualEarth,
    /// Web Mercator.
    WebMercator,
}

impl ProjectionKind {
    /// Every projection with its name in specifications.
    pub const ALL: [(ProjectionKind, &str); 7] = [
        (ProjectionKind::Lambert, "lambert"),
        (ProjectionKind::AzimuthalEqualArea, "azimuthal-equal-area"),
        (ProjectionKind::TransverseMercator, "transverse-mercator"),
        (ProjectionKind::Utm, "utm"),
        (ProjectionKind::GaussKruger, "gauss-kruger"),
        (ProjectionKind::EqualEarth, "equal-earth"),
        (ProjectionKind::WebMercator, "web-mercator"),
    ];

    /// The projection with this name, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == word).map(|(kind, _)| kind)
    }
}

impl PlateSpec {
    /// Parses a specification from TOML; `path` is for messages.
    ///
    /// **Errors**: text that is not TOML, a key that is unknown (with the closest known one suggested) or has an
    /// invalid value.
    pub fn parse(text: &str, path: &str) -> Result<Self, SpecError> {
        let mut spec: PlateSpec = toml::from_str(text).map_err(|error| SpecError::of_toml(&error, text, path))?;
        let context = spec.context.layers();
        let of_panels = spec.panels.iter_mut().map(|panel| &mut panel.layers).filter(|layers| !layers.is_empty());
        of_panels.for_each(|layers| layers.extend(context.clone()));
        spec.layers.extend(context);
        spec.checked(path)
    }

    /// Puts the plate on other paper: its scales grow or shrink with the square root of the area, to round scales at which the
    /// maps show no less.
    ///
    /// # Example
    /// ```
    /// use merestone::map::{Paper, PaperSize, PlateSpec};
    ///
    /// let mut spec = PlateSpec::parse("paper = { size = \"A3\" }\nframe = { scale = 2_500_000 }\n", "plate.toml")?;
    /// spec.put_on(Paper { size: PaperSize::A0, ..Paper::default() });
    /// assert_eq!(spec.frame.scale, Some(1_000_000.0));
    /// # Ok::<(), merestone::map::SpecError>(())
    /// ```
    pub fn put_on(&mut self, paper: Paper) {
        let area = |paper: &Paper| paper.size_mm().0 * paper.size_mm().1;
        let ratio = (area(&self.paper) / area(&paper)).sqrt();
        let put = |scale: &mut f64| *scale = round_scale(*scale * ratio);
        let frames = self.panels.iter_mut().filter_map(|panel| panel.frame.as_mut()).chain([&mut self.frame]);
        frames.filter_map(|frame| frame.scale.as_mut()).for_each(put);
        self.insets.scale.iter_mut().for_each(put);
        self.insets.detail.iter_mut().for_each(|detail| put(&mut detail.scale));
        self.paper = paper;
    }

    /// A text in the language of the furniture, else in `second`, else in any.
    pub(crate) fn title_of<'t>(&self, texts: &'t Texts, second: Option<&String>) -> Option<&'t String> {
        let language = self.language.as_deref().unwrap_or("en");
        texts.get(language).or_else(|| texts.get(second?)).or_else(|| texts.values().next())
    }

    /// Ids of the data layers of the plate, including those from files, each once.
    pub fn layers_needed(&self) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for layer in self.layers_shown() {
            if !ids.contains(&layer.id) {
                ids.push(layer.id);
            }
        }
        ids
    }

    /// The layer of territories for which the plate needs route reports, and the routes' ids (empty: all of them), if
    /// it lists crossings or draws a profile. The reports are passed in [`PlateOptions::routes`](super::PlateOptions).
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
