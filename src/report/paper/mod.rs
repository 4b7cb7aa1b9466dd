//! A paper as Markdown, HTML and DOCX, with texts in several languages side by side.

mod docx;
mod html;
mod markdown;

pub use docx::paper_docx;
pub use html::paper_html;
pub use markdown::paper_markdown;

/// Names of languages, each in its own language, as column headings.
pub(super) fn language_name(code: &str) -> &str {
    match code {
        "en" => "English",
        "ru" => "Русский",
        "hy" => "Հայերեն",
        "az" => "Azərbaycanca",
        other => other,
    }
}

/// The texts of a cell that differ, each with its language; one text for all languages has none.
pub(super) fn unlike<'t>(languages: &'t [String], texts: &'t [String]) -> Vec<(Option<&'t String>, &'t String)> {
    if let [one] = texts {
        return vec![(languages.first().filter(|_| languages.len() == 1), one)];
    }
    let mut out: Vec<(Option<&String>, &String)> = Vec::new();
    for (code, text) in languages.iter().zip(texts) {
        if !text.is_empty() && out.iter().all(|(_, known)| *known != text) {
            out.push((Some(code), text));
        }
    }
    out
}

/// Two parts of a word up to this length are not separated at the hyphen between them.
const SHORT: usize = 10;

/// Text escaped for XML and HTML, with non-breaking hyphens in winds and numbers.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = 0;
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '-' if (1..=SHORT).contains(&before) && (1..=SHORT).contains(&letters(&text[at + 1..])) => {
                out.push('\u{2011}')
            }
            // Characters not allowed in XML.
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => out.push(c),
        }
        before = if c.is_alphanumeric() { before + 1 } else { 0 };
    }
    out
}

/// The number of letters and digits at the start of a text, counted only as far as needed.
fn letters(text: &str) -> usize {
    text.chars().take(SHORT + 1).take_while(|c| c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn winds_do_not_break_and_long_words_do() {
        assert_eq!(escaped("a <b> south-west"), "a &lt;b&gt; south\u{2011}west");
        assert_eq!(escaped("protocoldescription-of - x"), "protocoldescription-of - x");
    }
}
