//! A paper as Markdown, HTML and DOCX. Texts in several languages stand side by side.

mod docx;
mod html;
mod markdown;

pub use docx::paper_docx;
pub use html::paper_html;
pub use markdown::paper_markdown;

/// Names of languages, each in itself, as headings of columns.
pub(super) fn language_name(code: &str) -> &str {
    match code {
        "en" => "English",
        "ru" => "Русский",
        "hy" => "Հայերեն",
        "az" => "Azərbaycanca",
        other => other,
    }
}

/// Text for XML and HTML, with hyphens inside words that do not break: a wind or a number stays on one line.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '-' if before.is_alphanumeric() && letters.peek().is_some_and(|next| next.is_alphanumeric()) => {
                out.push('\u{2011}')
            }
            // Characters that XML does not allow.
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => out.push(c),
        }
        before = c;
    }
    out
}
