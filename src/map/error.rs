use super::lint::LintFinding;
use thiserror::Error;

/// The reason why a plate was not drawn.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum MapError {
    /// The specification names a layer that was not given.
    #[error("layer \"{layer}\" of the plate is not among the data")]
    MissingLayer {
        /// The requested layer.
        layer: String,
        /// The available layers.
        known: Vec<String>,
    },
    /// The role of a line is not stated: boundary, route or river.
    #[error("{file}: feature {feature}: nothing says whether this line is a boundary or a route")]
    AmbiguousLine {
        /// The layer that contains it.
        layer: String,
        /// The file or source of the layer.
        file: String,
        /// The line.
        feature: String,
    },
    /// No data are within the frame.
    #[error("nothing of the data lies inside the frame of the plate ({frame})")]
    NothingInside {
        /// The frame in degrees.
        frame: String,
    },
    /// A feature that the specification names is in no layer.
    #[error("the plate names the feature \"{feature}\", which is in none of its layers")]
    MissingFeature {
        /// The requested feature.
        feature: String,
    },
    /// The requested original is of a code that is not a party of the plate.
    #[error("\"{code}\" is no party of the plate")]
    UnknownParty {
        /// The requested code.
        code: String,
        /// The codes of the parties.
        known: Vec<String>,
    },
    /// The plate lists crossings of a route without a report.
    #[error("the plate shows where \"{route}\" crosses, and no report on that route was given")]
    MissingReport {
        /// The route.
        route: String,
    },
    /// The projection is undefined somewhere in the extent.
    #[error("the {projection} projection cannot show this extent ({reason})")]
    Projection {
        /// Name of the projection.
        projection: &'static str,
        /// The failure.
        reason: String,
    },
    /// The fonts lack a character.
    #[error("the fonts have no glyph for \"{character}\" (U+{:04X}) in \"{text}\"", u32::from(*.character))]
    MissingGlyph {
        /// The character.
        character: char,
        /// The text that contains it.
        text: String,
        /// The feature with this name, or the part of the plate.
        feature: String,
    },
    /// The plate lacks required elements.
    #[error("the plate cannot be drawn:\n{}", findings.iter().map(|f| format!("  {f}")).collect::<Vec<_>>().join("\n"))]
    Lint {
        /// The findings.
        findings: Vec<LintFinding>,
    },
    /// The paper leaves no room for the map.
    #[error("paper of {width_mm} × {height_mm} mm leaves no room for a map")]
    PaperTooSmall {
        /// Width in millimetres.
        width_mm: f64,
        /// Height in millimetres.
        height_mm: f64,
    },
    /// An album would have more sheets than allowed.
    #[error("the album would have more than {most} sheets")]
    TooManySheets {
        /// The greatest number allowed.
        most: usize,
    },
    /// Legend, lists and notes need more room than the panel provides.
    #[error("legend, lists and notes need {over_mm} mm more than the height of the sheet gives")]
    PanelFull {
        /// The missing height, in millimetres.
        over_mm: f64,
    },
    /// The picture would be too large or would be empty.
    #[error("at {dpi} dpi the picture would have {width} × {height} pixels")]
    Resolution {
        /// Requested dots per inch.
        dpi: f64,
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// A format could not be written.
    #[error("the plate could not be written as {format}: {reason}")]
    Export {
        /// The format.
        format: &'static str,
        /// The error of the writer.
        reason: String,
    },
}
