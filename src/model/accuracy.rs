//! Positional accuracy of an answer.

use super::{Evidence, Meta};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Positional accuracy of the inputs of an answer. It is not an error of a length.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Accuracy {
    /// Source and datum operation combined, in metres: the root of the sum of squares.
    pub position_accuracy_m: Option<f64>,
    /// The largest value that the features in question state, in metres.
    pub source_m: Option<f64>,
    /// Accuracy of the datum operation, in metres.
    pub datum_operation_m: Option<f64>,
    /// How the combined value was obtained.
    pub method: String,
}

impl Accuracy {
    /// Combines the accuracy of the source and of the datum operation in quadrature, in metres.
    ///
    /// # Examples
    /// ```
    /// use merestone::model::Accuracy;
    /// assert_eq!(Accuracy::of(Some(6.0), Some(4.5)).position_accuracy_m, Some(7.5)); // √(6² + 4.5²)
    /// assert_eq!(Accuracy::of(None, Some(4.5)).position_accuracy_m, None);
    /// ```
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

    /// The same where nothing states the accuracy of the datum operation.
    pub(super) fn without_operation(self) -> Self {
        let method = "not known: nobody states the accuracy of the datum operation".to_owned();
        Accuracy { position_accuracy_m: None, method, ..self }
    }

    /// Returns the largest accuracy value that these features state, in metres.
    pub fn stated_m<'a>(metas: impl IntoIterator<Item = &'a Meta>) -> Option<f64> {
        metas.into_iter().filter_map(|meta| meta.evidence.position_accuracy_m).reduce(f64::max)
    }
}

/// Relative accuracy of the positions of two features.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RelativeAccuracy {
    /// Lower bound in metres (1σ): the root of the sum of squares of the stated values, at least 0.
    pub at_least_m: f64,
    /// Whether all contributions are stated.
    pub complete: bool,
}

impl RelativeAccuracy {
    /// Combines the evidence of two features. `otherwise_m` replaces the accuracy that neither file states: that of one
    /// feature, of the other, or of both together.
    ///
    /// A datum operation of only one feature adds its own accuracy; the same operation on both displaces them equally
    /// and cancels.
    ///
    /// # Examples
    /// ```
    /// use merestone::model::{Evidence, RelativeAccuracy};
    /// let stating = |m| Evidence { position_accuracy_m: Some(m), ..Evidence::default() };
    /// assert_eq!(RelativeAccuracy::of(&stating(3.0), &stating(4.0), None), RelativeAccuracy { at_least_m: 5.0, complete: true });
    /// ```
    pub fn of(a: &Evidence, b: &Evidence, otherwise_m: Option<f64>) -> Self {
        let stated = |e: &Evidence| e.position_accuracy_m.filter(|m| m.is_finite());
        let (source_m, known) = match (stated(a), stated(b), otherwise_m) {
            (Some(a), Some(b), _) => (a.hypot(b), true),
            (Some(one), None, Some(m)) | (None, Some(one), Some(m)) => (one.hypot(m), true),
            (None, None, Some(m)) => (m, true),
            (one, other, None) => (one.or(other).unwrap_or(0.0), false),
        };
        let crossed = |e: &'_ Evidence| e.datum.clone().filter(|note| note.crosses_datums);
        let (of_a, of_b) = (crossed(a), crossed(b));
        let same = of_a.as_ref().map(|note| &note.operation) == of_b.as_ref().map(|note| &note.operation);
        let operations = [of_a, of_b].into_iter().flatten().filter(|_| !same);
        operations.fold(RelativeAccuracy { at_least_m: source_m, complete: known }, |sum, note| RelativeAccuracy {
            at_least_m: sum.at_least_m.hypot(note.accuracy_m.unwrap_or(0.0)),
            complete: sum.complete && note.accuracy_m.is_some(),
        })
    }
}

impl std::fmt::Display for Accuracy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.position_accuracy_m {
            // Rounded to 0.1 m; the method states the contributions.
            Some(metres) => write!(f, "{} m, {}", (metres * 10.0).round() / 10.0, self.method),
            None => f.write_str(&self.method),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DatumNote;

    #[test]
    fn source_and_operation_add_in_quadrature() {
        let both = Accuracy::of(Some(6.0), Some(4.5));
        assert_eq!(both.position_accuracy_m, Some(7.5));
        assert_eq!(both.to_string(), "7.5 m, source 6 m and datum operation 4.5 m, root of the sum of squares");
        assert_eq!(Accuracy::of(Some(100.0), None).to_string(), "100 m, the greatest that a feature states");
        assert_eq!(Accuracy::of(None, Some(4.5)).position_accuracy_m, None);
    }

    #[test]
    fn accuracy_of_one_feature_is_a_lower_bound() {
        let stating = |m: Option<f64>| Evidence { position_accuracy_m: m, ..Evidence::default() };
        let of = |a, b, otherwise| {
            let mutual = RelativeAccuracy::of(&stating(a), &stating(b), otherwise);
            (mutual.at_least_m, mutual.complete)
        };
        assert_eq!(of(Some(3.0), Some(4.0), None), (5.0, true));
        assert_eq!(of(None, Some(4.0), None), (4.0, false));
        assert_eq!(of(None, None, None), (0.0, false));
        assert_eq!(of(None, Some(4.0), Some(3.0)), (5.0, true));
        assert_eq!(of(None, None, Some(10.0)), (10.0, true));
        assert_eq!(of(Some(f64::NAN), Some(4.0), None), (4.0, false));
    }

    #[test]
    fn common_operation_cancels() {
        let datum = |code: &str, accuracy_m| DatumNote {
            crs: "EPSG:4284".into(),
            operation: code.into(),
            accuracy_m,
            edges: None,
            crosses_datums: true,
        };
        let by = |code: &str, accuracy_m| Evidence {
            position_accuracy_m: Some(3.0),
            datum: Some(datum(code, accuracy_m).into()),
            ..Evidence::default()
        };
        let plain = Evidence { position_accuracy_m: Some(0.0), ..Evidence::default() };
        let of = |a: &Evidence, b: &Evidence| RelativeAccuracy::of(a, b, None);
        let same = of(&by("EPSG:1267", Some(4.0)), &by("EPSG:1267", Some(4.0)));
        assert_eq!((same.at_least_m, same.complete), (3f64.hypot(3.0), true));
        let one = of(&by("EPSG:1267", Some(4.0)), &plain);
        assert_eq!((one.at_least_m, one.complete), (5.0, true));
        assert_eq!(one, of(&plain, &by("EPSG:1267", Some(4.0))));
        let unknown = of(&by("PROJ's own", None), &plain);
        assert_eq!((unknown.at_least_m, unknown.complete), (3.0, false));
        let none = DatumNote { crosses_datums: false, ..datum("none: WGS 84", None) };
        let none = Evidence { datum: Some(none.into()), ..by("", None) };
        assert_eq!(of(&none, &plain), RelativeAccuracy { at_least_m: 3.0, complete: true });
    }
}
