//! Relief: shade and contours under the map.

use serde::Deserialize;

/// Heights that a plate draws below everything else.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReliefSpec {
    /// A grid of heights: GeoTIFF, `.hgt` …, beside the specification; the relief of the dataset when absent.
    pub file: Option<String>,
    /// Direction of the light in degrees clockwise from north; from the south-west to the north, in turn, when absent.
    pub sun: Option<f64>,
    /// Metres between contours, or whether there are contours; as the scale and the accuracy of the heights ask for when
    /// absent.
    pub contours: Contours,
    /// Source of a file's heights.
    pub source: Option<String>,
    /// Their licence.
    pub licence: Option<String>,
    /// The words that their licence asks for.
    pub attribution: Option<String>,
    /// Their date.
    pub date: Option<String>,
}

/// Contours of a plate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Contours {
    /// As the scale asks for (`true`), or none (`false`).
    Wanted(bool),
    /// So many metres apart.
    Every(f64),
    /// As the scale asks for.
    #[default]
    ByScale,
}
