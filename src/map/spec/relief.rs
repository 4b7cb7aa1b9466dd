//! Relief: hill shading and contours under the map.

use serde::Deserialize;

/// Heights drawn below everything else.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReliefSpec {
    /// A grid of heights (GeoTIFF, `.hgt` …), relative to the specification; the relief of the dataset if absent.
    pub file: Option<String>,
    /// Direction of the light in degrees clockwise from north; if absent, several directions from south-west to north.
    pub sun: Option<f64>,
    /// Contour interval in metres, or whether there are contours; if absent, chosen by the scale and the accuracy of
    /// the heights.
    pub contours: Contours,
    /// Source of a file's heights.
    pub source: Option<String>,
    /// Their licence.
    pub licence: Option<String>,
    /// The attribution that their licence requires.
    pub attribution: Option<String>,
    /// Their date.
    pub date: Option<String>,
}

/// Contours of a plate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Contours {
    /// Chosen by the scale (`true`), or none (`false`).
    Wanted(bool),
    /// Interval in metres.
    Every(f64),
    /// Chosen by the scale.
    #[default]
    ByScale,
}
