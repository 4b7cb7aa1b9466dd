//! The property that identifies the features of each input.

use std::str::FromStr;

/// The role of an input in a question on two: `BEFORE` and `AFTER` of a ledger, `A` and `B` of a comparison.
pub type InputRole = &'static str;

/// The roles of inputs in questions on two.
const SIDES: [InputRole; 4] = ["BEFORE", "AFTER", "A", "B"];

/// `NAME` for all inputs, or `NAME,ISO`, the first that a feature has; `BEFORE=NAME,AFTER=ISO` or
/// `file.geojson=NAME,other.geojson=ISO` for individual inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdField {
    /// For all inputs.
    All(String),
    /// By role or file name.
    Each(Vec<(String, String)>),
}

impl FromStr for IdField {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let pairs: Option<Vec<(String, String)>> = text
            .split(',')
            .map(|part| part.split_once('=').map(|(of, field)| (of.trim().to_owned(), field.trim().to_owned())))
            .collect();
        let Some(pairs) = pairs else { return Ok(IdField::All(text.to_owned())) };
        let known = |of: &str| is_side(of) || std::path::Path::new(of).exists();
        match pairs.iter().find(|(of, field)| !known(of) || field.is_empty()) {
            None => Ok(IdField::Each(pairs)),
            // A property name may contain `=`.
            Some(_) if pairs.len() == 1 && !pairs[0].1.is_empty() => Ok(IdField::All(text.to_owned())),
            Some((of, _)) => Err(format!(
                "\"{of}\" is no input\nhint: write --id-field NAME, BEFORE=NAME,AFTER=ISO, A=NAME,B=ISO or FILE=NAME"
            )),
        }
    }
}

fn is_side(word: &str) -> bool {
    SIDES.iter().any(|side| side.eq_ignore_ascii_case(word))
}

impl IdField {
    /// The property for an input: by its file, else its role, else for all.
    pub fn of(&self, side: Option<InputRole>, reference: &str) -> Option<&str> {
        let pairs = match self {
            IdField::All(field) => return Some(field),
            IdField::Each(pairs) => pairs,
        };
        let file = reference.split('#').next().unwrap_or(reference);
        let by_file = pairs.iter().find(|(of, _)| of == file);
        let by_side = || pairs.iter().find(|(of, _)| side.is_some_and(|side| side.eq_ignore_ascii_case(of)));
        by_file.or_else(by_side).map(|(_, field)| field.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_input_has_its_own() {
        let each: IdField = "BEFORE=NAME,after=ISO".parse().unwrap();
        assert_eq!(each.of(Some("BEFORE"), "a.geojson"), Some("NAME"));
        assert_eq!(each.of(Some("AFTER"), "b.geojson#x"), Some("ISO"));
        assert_eq!(each.of(None, "c.geojson"), None);
        let all: IdField = "NAME".parse().unwrap();
        assert_eq!(all.of(Some("B"), "c.geojson"), Some("NAME"));
        assert_eq!("addr=x".parse(), Ok(IdField::All("addr=x".into())));
        assert!("BEFOR=NAME,AFTER=ISO".parse::<IdField>().is_err());
    }
}
