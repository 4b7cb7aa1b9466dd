//! Hints for documents that cannot be put in an order.

use super::Hint;
use merestone::document::ResolveError;
use merestone::document::description::Authority;

impl Hint for ResolveError {
    fn hint(&self) -> String {
        let words = |order: &[Authority]| order.iter().map(|document| document.word()).collect::<Vec<_>>().join(",");
        match self {
            ResolveError::NoPrecedence { of_text: Some(order) } => {
                format!("if it is to hold, ask for it: --precedence {}", words(order))
            }
            ResolveError::NoPrecedence { of_text: None } => {
                "name the order, the strongest first: --precedence text,coordinates,map,marks".to_owned()
            }
            ResolveError::TwiceInOrder(_) => "name each document once".to_owned(),
            ResolveError::NotInOrder(document) => {
                format!("add {} to --precedence, or leave the file out", document.word())
            }
            ResolveError::TooFew(_) => {
                "give two or more: --text FILE --coordinates FILE --map REF --marks REF".to_owned()
            }
            ResolveError::TwoPositions { .. } => "numbers are unique in a document: correct one of them".to_owned(),
            ResolveError::NoPoints => {
                "number the points: a column `number` of the catalogue, a property `number` of marks".to_owned()
            }
            _ => "see `merestone resolve --help`".to_owned(),
        }
    }
}
