use thiserror::Error;

/// Why a text is not a plate specification.
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
        /// What the reader says.
        reason: String,
    },
    /// A key that no specification has.
    #[error("{path}, line {line}: unknown key `{key}`")]
    UnknownKey {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
        /// The keys that could stand there.
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
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            SpecError::Syntax { .. } => {
                "`merestone map --print-spec overview` shows a specification to start from".to_owned()
            }
            SpecError::UnknownKey { key, known, .. } => match nearest(key, known) {
                Some(right) => format!("did you mean `{right}`?"),
                None => format!("keys here are: {}", known.join(", ")),
            },
            SpecError::Value { key, .. } => format!("correct `{key}`, or leave it out"),
        }
    }

    /// Reads the keys out of serde's message, the only place where they are.
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

/// The known word fewest edits away, if it is near.
fn nearest<'a>(word: &str, known: &'a [String]) -> Option<&'a str> {
    let (edits, best) = known.iter().map(|k| (edits(word, k), k)).min()?;
    (edits <= 1 + best.chars().count() / 3).then_some(best)
}

/// Levenshtein distance.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
