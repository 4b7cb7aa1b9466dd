//! Sanitises text of untrusted origin for display.

use std::borrow::Cow;

/// Replaces characters that control their display by U+FFFD; borrows the text if it has none.
///
/// Names come from untrusted files. Replaced are control characters (terminal escape sequences), line and paragraph
/// separators, bidirectional overrides, embeddings and isolates (spoofing), tag characters and noncharacters. Line
/// feeds, tabs, joiners and directional marks stay, because scripts need them.
///
/// # References
/// Unicode Technical Report 36, 3.1 (bidirectional spoofing); XML 1.0, production 2 (characters).
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if text.chars().any(controls_display) {
        Cow::Owned(text.chars().map(|c| if controls_display(c) { char::REPLACEMENT_CHARACTER } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

fn controls_display(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\n' | '\t');
    let direction = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let separator = matches!(c, '\u{2028}' | '\u{2029}');
    let hidden = matches!(c, '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}');
    let noncharacter = u32::from(c) & 0xFFFE == 0xFFFE || matches!(c, '\u{FDD0}'..='\u{FDEF}');
    control || direction || separator || hidden || noncharacter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_replaced_and_joiners_stay() {
        assert_eq!(sanitize("a\u{1b}[31mb\u{0}c\u{9b}d"), "a\u{fffd}[31mb\u{fffd}c\u{fffd}d");
        assert_eq!(sanitize("x\u{202e}txt.exe\u{2066}"), "x\u{fffd}txt.exe\u{fffd}");
        assert_eq!(sanitize("\u{2028}\u{e0041}\u{ffff}"), "\u{fffd}\u{fffd}\u{fffd}");
        for kept in ["Լեռ", "Çeşmə", "می\u{200c}خواهم", "👨\u{200d}👩", "a\u{200f}b", "two\nlines\tand a tab"]
        {
            assert!(matches!(sanitize(kept), Cow::Borrowed(same) if same == kept), "{kept}");
        }
    }
}
