use thiserror::Error;

/// The reason why a text is not a plate specification.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SpecError {
    /// Not TOML, or a value of the wrong type.
    #[error("{path}, line {line}: {reason}")]
    Syntax {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The error of the parser.
        reason: String,
    },
    /// An unknown key.
    #[error("{path}, line {line}: unknown key `{key}`")]
    UnknownKey {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
        /// The keys known in its place.
        known: Vec<String>,
    },
    /// A value outside its range.
    #[error("{path}: {key} = {value} cannot be: {reason}")]
    Value {
        /// The file.
        path: String,
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
        /// The rule.
        reason: &'static str,
    },
}

impl SpecError {
    /// Extracts the keys from serde's message, the only source of them.
    pub(super) fn of_toml(error: &toml::de::Error, text: &str, path: &str) -> Self {
        let (path, message) = (path.to_owned(), error.message());
        let start = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = text.as_bytes()[..start].iter().filter(|b| **b == b'\n').count() + 1;
        let mut quoted = message.split('`').skip(1).step_by(2).map(str::to_owned);
        if message.starts_with("unknown field") || message.starts_with("unknown variant") {
            let key = quoted.next().unwrap_or_default();
            return SpecError::UnknownKey { path, line, key, known: quoted.collect() };
        }
        SpecError::Syntax { path, line, reason: message.lines().next().unwrap_or("not TOML").to_owned() }
    }
}
