//! Rust sources without comments, string contents and tests.

use super::files;

/// A source file of the crate.
pub struct Source {
    /// Its path from the root of the repository.
    pub path: String,
    /// Its code, without comments, contents of strings, and everything after the first `#[cfg(test)]`.
    pub code: String,
}

impl Source {
    /// The top-level module of the file: `io`, `cli`, or `lib` and `main`.
    pub fn module(&self) -> &str {
        let path = self.path.trim_start_matches("src/");
        path.split(['/', '.']).next().unwrap_or(path)
    }

    /// Words of the code, each with the text before and after it.
    pub fn words(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let code = self.code.as_str();
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let mut at = 0;
        std::iter::from_fn(move || {
            let start = at + code[at..].find(is_word)?;
            let end = code[start..].find(|c| !is_word(c)).map_or(code.len(), |length| start + length);
            at = end;
            Some((&code[..start], &code[start..end], &code[end..]))
        })
    }
}

/// Every source file of the crate.
pub fn all() -> Vec<Source> {
    let paths = files::below("src").into_iter().filter(|path| path.ends_with(".rs"));
    paths.map(|path| Source { code: bare(&files::text(&path)), path }).collect()
}

/// Code without comments, contents of strings, and tests.
pub fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => quoted(rest),
            'r' if raw(rest).is_some() && !out.ends_with(|c: char| c.is_alphanumeric() || c == '_') => {
                raw(rest).expect("just found")
            }
            '\'' => letter(rest),
            _ => 0,
        };
        if taken == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            out.push_str(if c == '/' { " " } else { "\"\"" });
            rest = &rest[taken..];
        }
    }
    let end = out.find("#[cfg(test)]").unwrap_or(out.len());
    out.truncate(end);
    out
}

/// Length of the string literal at the start of the text.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

/// Length of the raw string literal at the start of the text, if any.
fn raw(text: &str) -> Option<usize> {
    let hashes = text[1..].chars().take_while(|&c| c == '#').count();
    let open = 1 + hashes;
    if !text[open..].starts_with('"') {
        return None;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    text[open + 1..].find(&close).map(|length| open + 1 + length + close.len())
}

/// Length of the character literal at the start of the text; 0 for a lifetime.
fn letter(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => text[3..].find('\'').map_or(0, |length| 3 + length + 1),
        Some((_, _)) => chars.next().filter(|(_, c)| *c == '\'').map_or(0, |(at, _)| at + 1),
        None => 0,
    }
}

#[test]
fn comments_strings_and_tests_are_left_out() {
    let text = "a('\"', \"b\\\" // c\", r#\"d\"e\"#, '\\'', x: &'f str) // g\n/* h */ i #[cfg(test)] mod tests { j }";
    let code = bare(text);
    for (word, there) in [("a", true), ("b", false), ("c", false), ("d", false), ("e", false), ("f", true)] {
        assert_eq!(code.contains(word), there, "{word} in {code}");
    }
    for (word, there) in [("g", false), ("h", false), (" i ", true), ("j", false)] {
        assert_eq!(code.contains(word), there, "{word} in {code}");
    }
}
