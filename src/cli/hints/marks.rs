//! Remedies where marks cannot be placed.

use super::Hint;
use merestone::question::MarkError;

impl Hint for MarkError {
    fn hint(&self) -> String {
        match self {
            MarkError::NoLine => "name a line with a length".into(),
            MarkError::Twice { .. } => "give each existing mark its own number, in the property `number`".into(),
            MarkError::Many { .. } => "give a greater length: --max-spacing 1000".into(),
            _ => "`merestone marks --help` says how to ask".into(),
        }
    }
}
