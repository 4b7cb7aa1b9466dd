//! Hints for texts of descriptions.

use super::Hint;
use merestone::document::parse::NoDescription;
use merestone::io::ProseError;

impl Hint for ProseError {
    fn hint(&self) -> String {
        match self {
            ProseError::Read(error) => error.hint(),
            _ => "give plain text in UTF-8 (or its --encoding), Markdown, HTML or DOCX; of a PDF, its text".into(),
        }
    }
}

impl Hint for NoDescription {
    fn hint(&self) -> String {
        match self {
            NoDescription::Language(_, known) => format!("the languages are {known}"),
            _ => {
                "a description has clauses like: From point 3 the boundary runs in a straight line for 0.93 km to point 4"
                    .into()
            }
        }
    }
}
