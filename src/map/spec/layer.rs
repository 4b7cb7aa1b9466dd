//! A layer of a plate: the features drawn, and their style if it differs from the line language.

use super::{ContextKind, Texts};
use crate::map::palette::Hue;
use crate::model::Role;
use serde::Deserialize;

/// A layer on the plate.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerSpec {
    /// Id of the layer in the data; with `file`, its name on the plate.
    pub id: String,
    /// A reference to another file, as on the command line, instead of a layer of the dataset.
    #[serde(default)]
    pub file: Option<String>,
    /// The role of the features of `file`; by default from their geometry (areas, boundary lines, places).
    #[serde(default)]
    pub role: Option<Role>,
    /// Source of the data of `file`.
    #[serde(default)]
    pub source: Option<String>,
    /// Licence of the data of `file`.
    #[serde(default)]
    pub licence: Option<String>,
    /// The attribution that the licence of `file` requires.
    #[serde(default)]
    pub attribution: Option<String>,
    /// Date of the data of `file`.
    #[serde(default)]
    pub date: Option<String>,
    /// Kind of its territories, overriding the data: `state`, `union-republic`, `province` …
    #[serde(default)]
    pub kind: Option<String>,
    /// Another source's view of features that a layer already shows: drawn as outlines with a separate dash, named in
    /// the legend.
    #[serde(default)]
    pub second_opinion: bool,
    /// Ids of the features to draw; empty for all.
    #[serde(default)]
    pub only: Vec<String>,
    /// Ids of the features to omit.
    #[serde(default)]
    pub except: Vec<String>,
    /// Whether its names are labelled.
    #[serde(default = "yes")]
    pub labels: bool,
    /// Whether territories are filled.
    #[serde(default = "yes")]
    pub fill: bool,
    /// Whether territories have an outline of their own.
    #[serde(default = "yes")]
    pub outline: bool,
    /// Places with a rank above this are omitted.
    #[serde(default)]
    pub max_rank: Option<u8>,
    /// Styles by status and kind; the first that matches a feature applies.
    #[serde(default)]
    pub style: Vec<StyleSpec>,
    /// What it shows, if it is context.
    #[serde(skip)]
    pub context: Option<ContextKind>,
}

impl LayerSpec {
    /// A layer with all features drawn and labelled.
    pub fn of(id: &str) -> Self {
        LayerSpec {
            id: id.to_owned(),
            file: None,
            role: None,
            source: None,
            licence: None,
            attribution: None,
            date: None,
            kind: None,
            second_opinion: false,
            only: Vec::new(),
            except: Vec::new(),
            labels: true,
            fill: true,
            outline: true,
            max_rank: None,
            context: None,
            style: Vec::new(),
        }
    }
}

fn yes() -> bool {
    true
}

/// Style of features with a given status and kind, where it differs from the line language. Unset fields change
/// nothing.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StyleSpec {
    /// Status of the features: of a line (`undefined` …) or of a route (`in-use`, `planned`, `dismantled`); any if
    /// absent.
    pub status: Option<String>,
    /// Kind of the features, for a route its mode (`rail`, `road`); any if absent.
    pub kind: Option<String>,
    /// Colour as `#rrggbb`.
    pub color: Option<String>,
    /// Width of the line in millimetres.
    pub width_mm: Option<f64>,
    /// Alternating dashes and gaps in millimetres, at most eight; empty for a solid line.
    pub dash_mm: Option<Vec<f64>>,
    /// Small marks along the line.
    pub mark: Option<MarkKind>,
    /// Hue of territories.
    pub hue: Option<Hue>,
    /// Text of the legend, by language.
    pub legend: Texts,
}

/// Small strokes along a line. Squares and circles are reserved for boundary marks, at their positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// No marks.
    None,
    /// Crosses.
    Cross,
    /// Strokes across.
    Tick,
}

impl StyleSpec {
    /// The colour as 0xRRGGBB.
    pub(crate) fn rgb(&self) -> Option<u32> {
        let digits = self.color.as_ref()?.strip_prefix('#')?;
        (digits.len() == 6).then(|| u32::from_str_radix(digits, 16).ok())?
    }

    /// Whether it applies to features of this status and kind.
    pub(crate) fn fits(&self, status: &str, kind: Option<&str>) -> bool {
        self.status.as_deref().is_none_or(|s| s == status) && self.kind.as_deref().is_none_or(|k| Some(k) == kind)
    }
}
