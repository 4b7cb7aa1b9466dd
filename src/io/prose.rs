//! Running text of a file: plain, Markdown, HTML, or a word processor document (Office Open XML, ECMA-376 part 1).

use super::bytes::{read_bytes, sha256};
use super::text::{in_utf8, narrowed};
use super::zip::{is_archive, member_bytes};
use super::{Encoding, Limits, ReadError};
use crate::model::Input;
use thiserror::Error;

/// What the byte spans of a text refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProseForm {
    /// The file itself; Markdown markup is replaced by spaces.
    Plain,
    /// The text extracted from HTML.
    Html,
    /// The text extracted from a word processor document.
    Docx,
}

/// The running text of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Prose {
    /// The file.
    pub input: Input,
    /// Its text; each paragraph is a line.
    pub text: String,
    /// Its original form.
    pub form: ProseForm,
}

/// A file without running text.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ProseError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It is of another kind.
    #[error("{path}: is {what}, not text")]
    NotText {
        /// The file.
        path: String,
        /// What it is.
        what: &'static str,
    },
}

/// Magic numbers of files without running text.
const OTHERS: [(&[u8], &str); 7] = [
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\xd0\xcf\x11\xe0", "a document of an old word processor (.doc)"),
    (b"{\\rtf", "rich text (RTF)"),
];

/// Reads the running text of a file, in the given encoding, else UTF-8.
///
/// # Errors
/// The file cannot be read, is of another kind, or its bytes are not text.
pub fn read_prose(path: &str, encoding: Option<Encoding>, limits: Limits) -> Result<Prose, ProseError> {
    let bytes = read_bytes(path, limits)?;
    let input = Input::new(path, sha256(&bytes));
    let wrong = |what| ProseError::NotText { path: path.to_owned(), what };
    if let Some((_, what)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(wrong(what));
    }
    if is_archive(&bytes) {
        let document = member_bytes(&bytes, "word/document.xml", path, limits)?;
        let Some(document) = document else { return Err(wrong("an archive without a text document")) };
        let xml = String::from_utf8(document).map_err(|_| wrong("a text document whose text is not UTF-8"))?;
        return Ok(Prose { input, text: stripped(&xml, true), form: ProseForm::Docx });
    }
    let utf8 = in_utf8(&bytes, path, encoding)?;
    let utf8 = narrowed(&utf8, path)?;
    let is_binary = utf8.iter().take(4096).filter(|byte| **byte == 0).count() > 0;
    let Ok(text) = std::str::from_utf8(&utf8) else {
        return Err(wrong("in another encoding than UTF-8"));
    };
    if is_binary {
        return Err(wrong("a file of bytes"));
    }
    let start = text.trim_start_matches('\u{feff}').trim_start().get(..9).unwrap_or_default().to_ascii_lowercase();
    let lower = path.to_lowercase();
    let html = lower.ends_with(".html")
        || lower.ends_with(".htm")
        || start.starts_with("<!doctype")
        || start.starts_with("<html");
    if html {
        return Ok(Prose { input, text: stripped(text, false), form: ProseForm::Html });
    }
    let markdown = lower.ends_with(".md") || lower.ends_with(".markdown");
    let text = if markdown { unmarked(text) } else { text.replace('\u{feff}', "   ") };
    Ok(Prose { input, text, form: ProseForm::Plain })
}

/// Markdown with its markup replaced by spaces, so that byte offsets are preserved; table cells are paragraphs.
fn unmarked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let body = line.trim_start();
        let marks = body.bytes().take_while(|byte| matches!(byte, b'#' | b'>')).count();
        let bullet = usize::from(marks == 0 && (body.starts_with("- ") || body.starts_with("* ")));
        let table = body.starts_with('|');
        let rule = table && body.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\n' | b'\r'));
        let from = line.len() - body.len();
        // An escaped mark is one of the text; its backslash becomes a space at the end of the word.
        let mut escapes = 0;
        let mut is_escaped = false;
        // Two line ends: a cell that starts with a small letter does not continue the one before.
        let mut starts_cell = false;
        for (at, c) in line.char_indices() {
            if std::mem::replace(&mut starts_cell, c == '|' && table && !rule && !is_escaped) && c == ' ' {
                out.push('\n');
                continue;
            }
            if std::mem::take(&mut is_escaped) {
                out.push(c);
                continue;
            }
            if c == '\\' && line[at + 1..].starts_with(|next: char| next.is_ascii_punctuation()) {
                (is_escaped, escapes) = (true, escapes + 1);
                continue;
            }
            if c.is_whitespace() || c == '|' && table {
                out.extend(std::iter::repeat_n(' ', std::mem::take(&mut escapes)));
            }
            let blank = at >= from && at < from + marks + bullet || c == '*' || rule && c != '\n';
            match c {
                '|' if table && !rule => out.push('\n'),
                _ if blank => out.push(' '),
                c => out.push(c),
            }
        }
        out.extend(std::iter::repeat_n(' ', escapes));
    }
    out
}

/// Elements that end a paragraph.
const BLOCKS: [&str; 18] = [
    "p", "div", "br", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "dd", "dt",
    "article",
];

/// The text of XML or HTML, without tags, comments, styles, scripts and the title of the window.
fn stripped(markup: &str, word_processor: bool) -> String {
    let mut out = String::with_capacity(markup.len() / 2);
    // As long as the markup, byte for byte.
    let lower = markup.to_ascii_lowercase();
    let mut rest = markup;
    let mut inside = !word_processor;
    while let Some(at) = rest.find('<') {
        if inside {
            push_text(&mut out, &rest[..at], word_processor);
        }
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/', '\n', '\t', '\r'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let closing = tag.starts_with('/');
        if word_processor {
            match name.as_str() {
                "w:t" => inside = !closing && !tag.ends_with('/'),
                "w:p" | "w:tc" if closing => out.push('\n'),
                "w:br" | "w:cr" => out.push('\n'),
                "w:tab" => out.push('\t'),
                _ => {}
            }
        } else if matches!(name.as_str(), "script" | "style" | "title") && !closing {
            let close = format!("</{name}");
            rest = lower[markup.len() - rest.len()..].find(&close).map_or("", |at| &rest[at..]);
        } else if BLOCKS.contains(&name.as_str()) {
            out.push('\n');
        }
    }
    if inside {
        push_text(&mut out, rest, word_processor);
    }
    out
}

/// Appends text with character references decoded; consecutive white space of HTML is collapsed.
fn push_text(out: &mut String, text: &str, exact: bool) {
    let mut rest = text;
    let push = |out: &mut String, part: &str| {
        if exact {
            out.push_str(part);
            return;
        }
        for c in part.chars() {
            let blank = c.is_ascii_whitespace();
            if !blank {
                out.push(c);
            } else if !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
        }
    };
    while let Some(at) = rest.find('&') {
        push(out, &rest[..at]);
        rest = &rest[at..];
        let known = rest.find(';').filter(|end| *end <= 10).and_then(|end| Some((reference(&rest[1..end])?, end)));
        match known {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    push(out, rest);
}

/// The character of a character reference.
fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "deg" => '°',
        "prime" => '′',
        "Prime" => '″',
        "laquo" => '«',
        "raquo" => '»',
        "ndash" => '–',
        "mdash" => '—',
        "shy" => '\u{ad}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_markdown_become_blanks() {
        let text = "## 1. **Line**\n| From point 1 | Von |\n|---|---|\n";
        let plain = unmarked(text);
        assert_eq!(plain.len(), text.len());
        assert!(plain.contains("Line") && plain.contains("\n\nFrom point 1 \n") && !plain.contains(['#', '*', '-']));
    }

    #[test]
    fn escaped_marks_of_markdown_are_text() {
        let text = "## Rio \\[Verde\\] \\*star\\*, *x*\n| a\\|b | c |\n";
        let plain = unmarked(text);
        assert_eq!(plain.len(), text.len());
        assert!(plain.contains("Rio [Verde]   *star*,    x ") && plain.contains("a|b"), "{plain}");
    }

    #[test]
    fn tags_go_and_characters_come() {
        let html = "<p>47&deg; 12&#8242;<br>N &amp; E</p><script>let a = '<p>';</script><p>x</p>";
        assert_eq!(stripped(html, false), "\n47° 12′\nN & E\n\nx\n");
        let xml = "<w:p><w:r><w:t xml:space=\"preserve\">point </w:t></w:r><w:r><w:t>4</w:t></w:r></w:p><w:p/>";
        assert_eq!(stripped(xml, true), "point 4\n");
    }
}
