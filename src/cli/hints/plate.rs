//! Hints for errors of plates and their specifications.

use super::Hint;
use merestone::io::nearest;
use merestone::map::{MapError, SpecError};

impl Hint for SpecError {
    fn hint(&self) -> String {
        match self {
            SpecError::UnknownKey { key, known, .. } => match nearest(key, known) {
                Some(right) => format!("did you mean `{right}`?"),
                None => format!("keys here are: {}", known.join(", ")),
            },
            SpecError::Value { key, .. } => format!("correct `{key}`, or leave it out"),
            SpecError::Syntax { .. } => {
                "`merestone map --print-spec overview` shows a specification to start from".to_owned()
            }
            // For kinds added in later versions of the library.
            _ => "docs/map.md says what a specification holds".to_owned(),
        }
    }
}

impl Hint for MapError {
    fn hint(&self) -> String {
        match self {
            MapError::MissingLayer { known, .. } => format!("layers there are: {}", known.join(", ")),
            MapError::AmbiguousLine { layer, .. } => format!(
                "give the layer {layer} a role (role = \"route\" or \"line\"), or its lines `mode`, or `left`, `right` and `kind`"
            ),
            MapError::NothingInside { .. } => {
                "change `scale`, `centre` or `extent` under [frame], or leave [frame] out to show all of the data".to_owned()
            }
            MapError::MissingFeature { .. } => "name ids of features in the plate's layers".to_owned(),
            MapError::UnknownParty { known, .. } if known.is_empty() => {
                "neither its specification nor the dataset of its layers has parties: name them as [[parties]] in the specification".to_owned()
            }
            MapError::UnknownParty { known, .. } => format!("the parties are {}", known.join(", ")),
            MapError::MissingReport { .. } => {
                "give the reports of `question::routes` in the options of the plate, or name a route that it shows".to_owned()
            }
            MapError::Projection { .. } => {
                "choose another `kind` under [projection] (lambert, azimuthal-equal-area, transverse-mercator, utm, gauss-kruger, equal-earth, web-mercator) or a smaller extent".to_owned()
            }
            MapError::MissingGlyph { feature, .. } => {
                format!("the name is that of {feature}; ask for other languages with --lang, or correct the name")
            }
            MapError::Lint { findings } => {
                let codes: std::collections::BTreeSet<&str> = findings.iter().map(|f| f.code.word()).collect();
                let allow: Vec<String> = codes.iter().map(|c| format!("--allow {c}")).collect();
                format!("supply what is missing; {} lets it pass and prints that on the plate", allow.join(" "))
            }
            MapError::PaperTooSmall { .. } => "use at least 160 × 120 mm: --paper, or [paper] in the specification".to_owned(),
            MapError::TooManySheets { most } => format!(
                "use a smaller scale (--scale with a larger number) or larger paper, or allow more: --max-sheets {}",
                most.saturating_mul(2)
            ),
            MapError::PanelFull { .. } => {
                "use larger paper under [paper], or fewer layers, routes, crossings or languages".to_owned()
            }
            MapError::Resolution { .. } => "use --dpi between 10 and 1200, or write PDF or SVG".to_owned(),
            MapError::Export { .. } => "write the plate as SVG to see what is in it".to_owned(),
            // For kinds added in later versions of the library.
            _ => "`merestone map --help` says what a plate needs".to_owned(),
        }
    }
}
