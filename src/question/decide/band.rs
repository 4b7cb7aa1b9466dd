//! The accuracy of a feature against a line, term by term.

use super::DecideOptions;
use crate::model::{Evidence, RelativeAccuracy};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// Accuracy of a map in millimetres of its paper, where nothing else is known: half a millimetre, as large as a point that is
/// plotted and read off by hand.
pub const MAP_ACCURACY_MM: f64 = 0.5;

/// A contribution to an accuracy.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct AccuracyTerm {
    /// What contributes.
    pub of: String,
    /// How much, in metres (1 sigma).
    pub metres: f64,
}

/// How accuracies are combined.
pub(super) struct Bands {
    pub otherwise_m: Option<f64>,
    pub sigmas: f64,
    map: Vec<AccuracyTerm>,
    map_m: f64,
}

/// The accuracy of a feature against a line.
#[derive(Debug, Clone)]
pub(super) struct Band {
    /// Both together (1 sigma), as far as it is stated.
    pub accuracy_m: f64,
    /// All but the feature's own.
    pub others_m: f64,
    pub complete: bool,
    /// The distance up to which nothing is decided.
    pub within_m: f64,
    pub formula: String,
}

/// Metres without digits that mean nothing.
fn shown(metres: f64) -> String {
    let text = format!("{metres:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

impl Bands {
    pub fn new(options: &DecideOptions) -> Self {
        let mut map = Vec::new();
        if let Some(scale) = options.scale.map(f64::from) {
            let of = format!("map 1:{scale:.0}, {} mm", options.map_accuracy_mm);
            map.push(AccuracyTerm { of, metres: options.map_accuracy_mm * scale / 1000.0 });
            if let Some(width_mm) = options.line_width_mm {
                let of = format!("drawn line {width_mm} mm wide, half of it / √3");
                map.push(AccuracyTerm { of, metres: width_mm * scale / 1000.0 / 2.0 / 3_f64.sqrt() });
            }
        }
        let map_m = map.iter().fold(0.0, |sum: f64, term| sum.hypot(term.metres));
        Bands { otherwise_m: options.accuracy_m, sigmas: options.sigmas, map, map_m }
    }

    pub fn map_terms(&self) -> Vec<AccuracyTerm> {
        self.map.clone()
    }

    /// The band of a line alone: the feature is exact.
    pub fn of_line(&self, position_accuracy_m: Option<f64>) -> Band {
        let exact = Evidence { position_accuracy_m: Some(0.0), ..Evidence::default() };
        let line = Evidence { position_accuracy_m: position_accuracy_m.or(self.otherwise_m), ..Evidence::default() };
        self.between(&exact, &line, true)
    }

    /// The band of a feature against a line by what both state.
    pub fn of(&self, feature: &Evidence, line: &Evidence) -> Band {
        self.between(feature, line, false)
    }

    /// The same; the formula of a line alone has no term of the feature, which is exact.
    fn between(&self, feature: &Evidence, line: &Evidence, is_line_alone: bool) -> Band {
        let both = RelativeAccuracy::of(feature, line, self.otherwise_m);
        let exact = Evidence { position_accuracy_m: Some(0.0), ..feature.clone() };
        let rest = RelativeAccuracy::of(&exact, line, self.otherwise_m);
        let accuracy_m = both.at_least_m.hypot(self.map_m);
        let stated = [("feature", feature), ("line", line)];
        let stated = stated.into_iter().filter_map(|(of, one)| Some((of.to_owned(), one.position_accuracy_m?)));
        let mut terms: Vec<(String, f64)> = stated.collect();
        if let Some(metres) = self.otherwise_m.filter(|_| terms.len() < 2) {
            terms.push((if terms.is_empty() { "both".to_owned() } else { "the other".to_owned() }, metres));
        }
        let known_m = terms.iter().fold(0.0, |sum: f64, (_, metres)| sum.hypot(*metres));
        // What is left of the squares is the datum operation's.
        let operation_m = (both.at_least_m.powi(2) - known_m.powi(2)).max(0.0).sqrt();
        if operation_m > 1e-6 * both.at_least_m.max(1.0) {
            terms.push(("datum operation".to_owned(), operation_m));
        }
        if is_line_alone {
            terms.remove(0);
        }
        terms.extend(self.map.iter().map(|term| (term.of.clone(), term.metres)));
        let squares: Vec<String> = terms.iter().map(|(of, metres)| format!("{}² ({of})", shown(*metres))).collect();
        let formula = match (squares.is_empty(), both.complete) {
            (true, _) => "not stated".to_owned(),
            (false, true) => format!("√({}) = {} m", squares.join(" + "), shown(accuracy_m)),
            (false, false) => format!("at least √({}) = {} m", squares.join(" + "), shown(accuracy_m)),
        };
        Band {
            accuracy_m,
            others_m: rest.at_least_m.hypot(self.map_m),
            complete: both.complete,
            within_m: self.sigmas * accuracy_m,
            formula,
        }
    }
}
