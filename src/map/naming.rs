//! Names as labels: the requested languages, one above the other.

use super::canvas::{Rgb, Text};
use super::error::MapError;
use super::fonts::{Face, is_joined};
use super::labels::Block;
use super::palette::GREY_INK;
use super::spec::Texts;
use crate::model::{Meta, Name, Party};
use crate::text::{Voice, capitals};
use std::cell::Cell;

/// The languages of a plate, in the order of the names.
pub(crate) struct Naming {
    pub languages: Vec<String>,
    /// The language of the furniture, then the others.
    spoken: Vec<String>,
    /// Whether the languages are stated, by a specification, an option or the parties, not derived from the data.
    pub are_stated: bool,
    /// The parties of the plate, and whether it is the original of the first of them.
    pub sides: Vec<Party>,
    pub by_alternat: bool,
    /// Whether states are named along the lines between them too.
    pub along_lines: bool,
    /// Whether any transcription was drawn.
    pub transcribed: Cell<bool>,
}

/// The typography of a kind of name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub size_pt: f64,
    pub face: Face,
    pub color: Rgb,
    pub spacing_mm: f64,
    pub halo_mm: f64,
    pub capitals: bool,
}

impl Style {
    pub(crate) const fn new(size_pt: f64, color: Rgb) -> Self {
        Style { size_pt, face: Face::Regular, color, spacing_mm: 0.0, halo_mm: 0.4, capitals: false }
    }
}

/// The colour of halos.
pub(crate) const HALO: Rgb = 0xffffff;

impl Naming {
    /// Names in these languages, on a plate whose furniture has the given language.
    pub(crate) fn new(languages: Vec<String>, furniture: String) -> Self {
        let others = languages.iter().filter(|language| **language != furniture).cloned();
        let spoken = std::iter::once(furniture.clone()).chain(others).collect();
        let transcribed = Cell::new(false);
        let sides = Vec::new();
        Naming { languages, spoken, are_stated: true, sides, by_alternat: false, along_lines: false, transcribed }
    }

    /// The language of the furniture.
    pub(crate) fn furniture(&self) -> &str {
        &self.spoken[0]
    }

    /// The languages of names other than that of the furniture.
    pub(crate) fn others(&self) -> &[String] {
        &self.spoken[1..]
    }

    /// The language of the furniture, for messages.
    pub(crate) fn voice(&self) -> Voice<'_> {
        Voice::each(&self.spoken).next().expect("the furniture has a language")
    }

    /// The other languages of the plate, for messages.
    pub(crate) fn other_voices(&self) -> Vec<Voice<'_>> {
        Voice::each(&self.spoken).skip(1).collect()
    }

    /// A text in the languages other than that of the furniture, in one line, without repeating the heading.
    pub(crate) fn others_of(&self, texts: &Texts, heading: Option<&String>) -> String {
        self.texts_of_others(texts, heading).join(" · ")
    }

    /// A text in the languages other than that of the furniture, each once, without the heading.
    pub(crate) fn texts_of_others<'t>(&self, texts: &'t Texts, heading: Option<&String>) -> Vec<&'t str> {
        let mut others: Vec<&str> = Vec::new();
        for text in self.others().iter().filter_map(|l| texts.get(l)).filter(|text| Some(*text) != heading) {
            if !others.contains(&text.as_str()) {
                others.push(text);
            }
        }
        others
    }

    /// Several names joined, in each language in which all of them have a text.
    pub(crate) fn joined(&self, names: &[Name]) -> Name {
        let mut all = Name::default();
        for language in &self.languages {
            let texts: Vec<&str> = names.iter().filter_map(|name| name.get(language)).collect();
            if !texts.is_empty() && texts.len() == names.len() {
                all.texts.insert(language.clone(), texts.join(", "));
                let transcribed = names.iter().any(|name| name.is_transliterated(language));
                all.transliterated.extend(transcribed.then(|| language.clone()));
            }
        }
        all
    }

    /// A name in every requested language, without duplicates; the best available text if none has it.
    pub(crate) fn block(&self, name: &Name, style: Style) -> Block {
        self.block_on(name, style, None)
    }

    /// As [`Naming::block`], for a feature on the land of a territory: the languages of that party are first, unless
    /// the plate is the original of a party.
    pub(crate) fn block_on(&self, name: &Name, style: Style, territory: Option<&str>) -> Block {
        let side = territory.filter(|_| !self.by_alternat);
        let side = side.and_then(|id| self.sides.iter().find(|party| party.holds(id)));
        let mut languages: Vec<&String> = self.languages.iter().collect();
        languages.sort_by_key(|language| side.is_some_and(|party| !party.languages.contains(language)));
        let mut lines: Vec<Text> = Vec::new();
        for language in languages {
            let Some(text) = name.get(language) else { continue };
            let text = if style.capitals { capitals(text, language) } else { text.to_owned() };
            if lines.iter().any(|l| l.text == text) {
                continue;
            }
            let transcription = name.is_transliterated(language) && !style.face.is_serif();
            self.transcribed.set(self.transcribed.get() || transcription);
            lines.push(styled(&text, style, transcription).lang(language));
        }
        if lines.is_empty() {
            lines.extend(name.best(&self.languages).map(|text| styled(text, style, false)));
        }
        Block { lines }
    }
}

/// The name of a feature; its id if it has none.
pub(crate) fn called(meta: &Meta) -> Name {
    if meta.name.is_empty() { Name::plain(meta.id.clone()) } else { meta.name.clone() }
}

fn styled(text: &str, style: Style, transcription: bool) -> Text {
    let line = Text::new(text, style.size_pt)
        .face(style.face)
        .color(style.color)
        .halo(HALO, style.halo_mm)
        .spacing(style.spacing_mm);
    let line = match (transcription, style.face) {
        (false, _) => line,
        (true, Face::Bold) => line.face(Face::BoldOblique),
        (true, _) => {
            line.face(Face::Oblique).color(if style.color == super::palette::INK { GREY_INK } else { style.color })
        }
    };
    let face = line.face.for_text(text);
    let is_number = text.chars().all(|c| c.is_ascii_digit());
    line.face(face).spacing(if is_joined(text) || is_number { 0.0 } else { style.spacing_mm })
}

/// Reports the first character of a block without a glyph in its face.
pub(crate) fn check_glyphs(block: &Block, feature: &str) -> Result<(), MapError> {
    block.lines.iter().try_for_each(|line| check_text(line, feature))
}

/// As [`check_glyphs`], for one line.
pub(crate) fn check_text(line: &Text, feature: &str) -> Result<(), MapError> {
    match line.face.missing(&line.text) {
        None => Ok(()),
        Some(character) => {
            Err(MapError::MissingGlyph { character, text: line.text.clone(), feature: feature.to_owned() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_stand_in_the_order_asked_and_equal_texts_once() {
        let languages = vec!["de".to_owned(), "fr".to_owned(), "en".to_owned()];
        let naming = Naming::new(languages, "en".to_owned());
        let texts = [("en", "Basel"), ("fr", "Bâle"), ("de", "Basel")].map(|(l, t)| (l.to_owned(), t.to_owned()));
        let name = Name { texts: texts.into(), ..Name::default() };
        let block = naming.block(&name, Style::new(6.0, 0));
        assert_eq!(block.lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["Basel", "Bâle"]);
    }
}
