//! Parses JSON texts within the nesting limit: the only module that calls `serde_json` for whole documents.

use super::Limits;
use serde::Deserialize;
use serde::de::Error;
use serde_json::Deserializer;
use serde_json::de::StrRead;

/// Parses the single value of a text.
pub(super) fn parse<'t, T: Deserialize<'t>>(text: &'t str, limits: Limits) -> serde_json::Result<T> {
    let mut reader = reader(text, limits)?;
    let value = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// A deserialiser for a text, up to the nesting limit.
pub(super) fn reader(text: &str, limits: Limits) -> serde_json::Result<Deserializer<StrRead<'_>>> {
    let mut reader = Deserializer::from_str(text);
    let most = limits.max_depth;
    if most > Limits::DEFAULT.max_depth {
        // The deserialiser supports only its own limit or none.
        if depth(text) > most {
            return Err(serde_json::Error::custom(TOO_DEEP));
        }
        reader.disable_recursion_limit();
    }
    Ok(reader)
}

/// `serde_json`'s message for its nesting limit.
const TOO_DEEP: &str = "recursion limit exceeded";

/// Whether an error is about nesting.
pub(super) fn is_depth(error: &serde_json::Error) -> bool {
    error.to_string().starts_with(TOO_DEEP)
}

/// Nesting depth of objects and arrays, by brackets alone.
fn depth(text: &str) -> u32 {
    let (mut open, mut deepest, mut quoted, mut escaped) = (0_u32, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => {
                open += 1;
                deepest = deepest.max(open);
            }
            b'}' | b']' if !quoted => open = open.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn depth_is_counted_outside_of_texts() {
        assert_eq!(depth(r#"{"a[[[": [1, "\"[[[", {"b": []}], "c": {}}"#), 4);
        assert_eq!(depth("1"), 0);
        assert_eq!(depth(&"[".repeat(100_000)), 100_000);
    }

    #[test]
    fn the_default_is_the_readers_own() {
        let nested = |levels: u32| "[".repeat(levels as usize) + &"]".repeat(levels as usize);
        let most = Limits::DEFAULT.max_depth;
        let more = Limits { max_depth: most + 1, ..Limits::DEFAULT };
        assert!(parse::<Value>(&nested(most), Limits::DEFAULT).is_ok());
        assert!(parse::<Value>(&nested(most + 1), Limits::DEFAULT).is_err_and(|error| is_depth(&error)));
        assert!(parse::<Value>(&nested(most + 1), more).is_ok());
        assert!(parse::<Value>(&nested(most + 2), more).is_err_and(|error| is_depth(&error)));
    }
}
