//! Labels of paragraphs in a list: "1.", "2)", "а)", "§ 4.", "IV.".

use super::items::Meaning;
use super::reader::Reader;

/// Whether a word is a Roman numeral.
fn is_roman(printed: &str) -> bool {
    printed.chars().count() <= 6 && printed.chars().all(|c| "IVXLC".contains(c))
}

/// The number of a sentence that is a label alone: "12.".
pub(super) fn alone(sentence: &str) -> Option<u32> {
    let number = sentence.trim().trim_start_matches(['§', ' ']).strip_suffix('.')?;
    (number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| number.parse().ok()).flatten()
}

impl Reader<'_> {
    /// The item after the label of a list at the start of a sentence; 0 if it has none.
    pub(super) fn after_label(&self) -> usize {
        let at = usize::from(self.mark(0, &['§', '№', '(']));
        let is_label = match self.meaning(at) {
            Some(Meaning::Number) => self.low(at).len() <= 4 && !self.low(at).contains(','),
            Some(Meaning::Word) => self.low(at).chars().count() == 1 || is_roman(self.printed(at, at + 1)),
            _ => false,
        };
        let marks: &[char] = if self.mark(0, &['(']) { &[')'] } else { &['.', ')'] };
        let next = at + 2;
        let goes_on = matches!(self.meaning(next), Some(Meaning::Word | Meaning::Tag(_)))
            && self.items.get(next).is_some_and(|item| item.capital || self.mark(at + 1, &[')']));
        if is_label && self.mark(at + 1, marks) && goes_on { next } else { 0 }
    }
}
