//! A layer of a plate: what of it is drawn, and how where that differs from the line language.

use super::Texts;
use crate::map::palette::Hue;
use crate::model::Role;
use serde::Deserialize;

/// A layer on the plate.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerSpec {
    /// Id of the layer in the data; with `file`, the name that it has on the plate.
    pub id: String,
    /// A reference to a file of one's own, as on the command line, in place of a layer of the dataset.
    #[serde(default)]
    pub file: Option<String>,
    /// What the features of `file` are for; by their shape when absent (areas, lines of boundary, places).
    #[serde(default)]
    pub role: Option<Role>,
    /// Where the data of `file` come from.
    #[serde(default)]
    pub source: Option<String>,
    /// Licence of the data of `file`.
    #[serde(default)]
    pub licence: Option<String>,
    /// Words that the licence of `file` asks for.
    #[serde(default)]
    pub attribution: Option<String>,
    /// Date of the data of `file`.
    #[serde(default)]
    pub date: Option<String>,
    /// Kind of its territories, in place of what the data say: `state`, `union-republic`, `province` …
    #[serde(default)]
    pub kind: Option<String>,
    /// Another source's view of what a layer shows already: only outlines, in a dash of their own, named in the legend.
    #[serde(default)]
    pub second_opinion: bool,
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
    /// Styles of one's own by status and kind; the first that fits a feature counts.
    #[serde(default)]
    pub style: Vec<StyleSpec>,
}

impl LayerSpec {
    /// A layer with everything in it drawn and named.
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
            style: Vec::new(),
        }
    }
}

fn yes() -> bool {
    true
}

/// How features of a status and a kind are drawn, where that differs from the line language. What is not said stays.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StyleSpec {
    /// Status of the features: of a line (`undefined` …) or of a route (`in-use`, `planned`, `dismantled`); any when absent.
    pub status: Option<String>,
    /// Kind of the features, for a route its mode (`rail`, `road`); any when absent.
    pub kind: Option<String>,
    /// Colour as `#rrggbb`.
    pub color: Option<String>,
    /// Width of the line in millimetres.
    pub width_mm: Option<f64>,
    /// Dashes and gaps in millimetres in turn, at most eight; empty for a solid line.
    pub dash_mm: Option<Vec<f64>>,
    /// Small marks along the line.
    pub mark: Option<MarkKind>,
    /// Hue of territories.
    pub hue: Option<Hue>,
    /// What the legend says, by language.
    pub legend: Texts,
}

/// Small strokes along a line. Squares and circles are for boundary marks alone, and stand where these stand.
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

    /// Whether it is meant for features of this status and kind.
    pub(crate) fn fits(&self, status: &str, kind: Option<&str>) -> bool {
        self.status.as_deref().is_none_or(|s| s == status) && self.kind.as_deref().is_none_or(|k| Some(k) == kind)
    }
}
