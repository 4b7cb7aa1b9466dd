//! Errors, with what a page shows of them.

use crate::hint;
use library::inputs::{MixedSides, NoBorder};
use library::io::ReadError;
use library::map::MapError;
use wasm_bindgen::prelude::wasm_bindgen;

/// Why a question has no answer: thrown as an exception.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Fault {
    kind: String,
    message: String,
    hint: Option<String>,
    file: Option<String>,
    feature: Option<String>,
    feature_index: Option<u32>,
    position: Option<Vec<f64>>,
    pointer: Option<String>,
}

#[wasm_bindgen]
impl Fault {
    /// The kind as a word: `out-of-range`, `unknown-id`, `option`.
    #[wasm_bindgen(getter)]
    pub fn kind(&self) -> String {
        self.kind.clone()
    }

    /// The sentence, as the program prints it after `error:`.
    #[wasm_bindgen(getter)]
    pub fn message(&self) -> String {
        self.message.clone()
    }

    /// What to do about it.
    #[wasm_bindgen(getter)]
    pub fn hint(&self) -> Option<String> {
        self.hint.clone()
    }

    /// The file that it concerns.
    #[wasm_bindgen(getter)]
    pub fn file(&self) -> Option<String> {
        self.file.clone()
    }

    /// The id of the feature that it concerns, or its number.
    #[wasm_bindgen(getter)]
    pub fn feature(&self) -> Option<String> {
        self.feature.clone()
    }

    /// The number of that feature in the file, from 0.
    #[wasm_bindgen(getter, js_name = featureIndex)]
    pub fn feature_index(&self) -> Option<u32> {
        self.feature_index
    }

    /// The position that it concerns, as the file has it: east, north.
    #[wasm_bindgen(getter)]
    pub fn position(&self) -> Option<Vec<f64>> {
        self.position.clone()
    }

    /// The JSON pointer to it.
    #[wasm_bindgen(getter)]
    pub fn pointer(&self) -> Option<String> {
        self.pointer.clone()
    }
}

impl Fault {
    fn new(kind: &str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        let hint = Some(hint.into()).filter(|hint| !hint.is_empty());
        Fault { kind: kind.to_owned(), message: message.into(), hint, ..Fault::default() }
    }

    /// An option that cannot be used.
    pub fn option(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Fault::new("option", message, hint)
    }

    /// A question without an answer.
    pub fn question(error: impl std::fmt::Display) -> Self {
        Fault::new("question", error.to_string(), "")
    }

    /// Inputs that lie beside each other only with exchanged axes.
    pub fn axes(message: String) -> Self {
        Fault::new("exchanged-axes", message, hint::AXES)
    }

    /// Territories of several levels of administration.
    pub fn levels(message: String, hint: String) -> Self {
        Fault::new("several-levels", message, hint)
    }
}

impl From<ReadError> for Fault {
    fn from(error: ReadError) -> Self {
        let message = error.to_string();
        let index = error.feature.as_ref().map(|feature| feature.index);
        Fault {
            kind: error.problem.kind().to_owned(),
            message,
            hint: Some(hint::of(&error)).filter(|hint| !hint.is_empty()),
            position: error.problem.position().map(|position| position.to_vec()),
            feature: error.feature.map(|feature| feature.id.unwrap_or_else(|| feature.index.to_string())),
            feature_index: index.and_then(|index| u32::try_from(index).ok()),
            pointer: error.pointer,
            file: Some(error.path),
        }
    }
}

impl From<MapError> for Fault {
    fn from(error: MapError) -> Self {
        Fault::new("plate", error.to_string(), hint::of_plate(&error))
    }
}

impl From<NoBorder> for Fault {
    fn from(none: NoBorder) -> Self {
        Fault::new("no-border", none.to_string(), "ask which territories touch")
    }
}

impl From<MixedSides> for Fault {
    fn from(mixed: MixedSides) -> Self {
        Fault::new("mixed-sides", mixed.to_string(), "give either territories, or features that say from and to")
    }
}
