//! How good the positions of an answer are.

use super::Meta;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Accuracy of the positions that an answer rests on. Never a ± on a length.
#[derive(Debug, Clone, Default, PartialEq, JsonSchema, Serialize, Deserialize)]
pub struct Accuracy {
    /// Source and datum operation together, in metres: the root of the sum of their squares.
    pub position_accuracy_m: Option<f64>,
    /// The greatest that the features asked about state, in metres.
    pub source_m: Option<f64>,
    /// That of the datum operation, in metres.
    pub datum_operation_m: Option<f64>,
    /// How the first follows from the others.
    pub method: String,
}

impl Accuracy {
    /// Source and datum operation in quadrature.
    pub fn of(source_m: Option<f64>, datum_operation_m: Option<f64>) -> Self {
        let (total_m, method) = match (source_m, datum_operation_m) {
            (Some(source), Some(operation)) => {
                let method = format!("source {source} m and datum operation {operation} m, root of the sum of squares");
                (Some(source.hypot(operation)), method)
            }
            (Some(source), None) => (Some(source), "the greatest that a feature states".to_owned()),
            (None, Some(operation)) => (None, format!("not stated by the source; datum operation {operation} m")),
            (None, None) => (None, "not stated".to_owned()),
        };
        Accuracy { position_accuracy_m: total_m, source_m, datum_operation_m, method }
    }

    /// The greatest accuracy that these features state, in metres.
    pub fn stated_m<'a>(metas: impl IntoIterator<Item = &'a Meta>) -> Option<f64> {
        metas.into_iter().filter_map(|meta| meta.evidence.position_accuracy_m).reduce(f64::max)
    }
}

impl std::fmt::Display for Accuracy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.position_accuracy_m {
            // A tenth of a metre says enough: the parts stand behind.
            Some(metres) => write!(f, "{} m, {}", (metres * 10.0).round() / 10.0, self.method),
            None => f.write_str(&self.method),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_and_operation_add_in_quadrature() {
        let both = Accuracy::of(Some(6.0), Some(4.5));
        assert_eq!(both.position_accuracy_m, Some(7.5));
        assert_eq!(both.to_string(), "7.5 m, source 6 m and datum operation 4.5 m, root of the sum of squares");
        assert_eq!(Accuracy::of(Some(100.0), None).to_string(), "100 m, the greatest that a feature states");
        assert_eq!(Accuracy::of(None, Some(4.5)).position_accuracy_m, None);
    }
}
