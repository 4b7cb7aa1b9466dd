//! What a plate must have before anybody may draw it: sources, licences, a disclaimer, both parties' names.

use super::content::{Content, Level};
use super::fonts::Face;
use super::naming::Naming;
use super::spec::PlateSpec;
use crate::model::{Layer, Meta};
use std::fmt;

/// A kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LintCode {
    /// A layer does not say where its data come from.
    MissingSource,
    /// A layer has no licence, or no words of attribution.
    MissingLicence,
    /// The plate has no disclaimer of its statuses.
    MissingDisclaimer,
    /// A proposal does not say who proposes it.
    ProposedBy,
    /// The fonts have no glyph for a character of a name.
    MissingGlyph,
    /// A name is missing in a language of the plate.
    Naming,
}

impl LintCode {
    /// Every code.
    pub const ALL: [LintCode; 6] = [
        LintCode::MissingSource,
        LintCode::MissingLicence,
        LintCode::MissingDisclaimer,
        LintCode::ProposedBy,
        LintCode::MissingGlyph,
        LintCode::Naming,
    ];

    /// The word used on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            LintCode::MissingSource => "missing-source",
            LintCode::MissingLicence => "missing-licence",
            LintCode::MissingDisclaimer => "missing-disclaimer",
            LintCode::ProposedBy => "proposed-by",
            LintCode::MissingGlyph => "missing-glyph",
            LintCode::Naming => "naming",
        }
    }

    /// The code of that word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.word() == word)
    }
}

/// Something that a plate lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub code: LintCode,
    /// Whether it stops the plate.
    pub is_error: bool,
    /// The layer, feature or part of the plate.
    pub subject: String,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.code.word(), self.subject, self.message)
    }
}

/// Findings on a plate, in the order of the codes.
pub(super) fn findings(spec: &PlateSpec, content: &Content, naming: &Naming) -> Vec<Finding> {
    let mut found = Vec::new();
    content.layers.iter().for_each(|layer| source(layer, &mut found));
    let language = spec.language.as_deref().unwrap_or("en");
    if spec.disclaimer.get(language).is_some_and(|text| text.trim().is_empty()) {
        let message = "its text is empty".to_owned();
        let subject = "the disclaimer".to_owned();
        found.push(Finding { code: LintCode::MissingDisclaimer, is_error: true, subject, message });
    }
    for (piece, layer) in &content.pieces {
        let stated = |by: &Option<String>| by.as_ref().is_some_and(|text| !text.trim().is_empty());
        if !stated(&piece.proposed_by) && !stated(&layer.info.proposed_by) {
            let message = "the proposal does not say who proposes it".to_owned();
            let subject = piece.meta.id.clone();
            found.push(Finding { code: LintCode::ProposedBy, is_error: true, subject, message });
        }
        names(&piece.meta, true, naming, &mut found);
    }
    for region in content.regions.iter().filter(|r| r.labels) {
        names(region.meta, region.level == Level::Enclave, naming, &mut found);
    }
    for spot in content.places.iter().filter(|s| s.labels) {
        names(&spot.place.meta, false, naming, &mut found);
    }
    found.sort_by(|a, b| (a.code, &a.subject).cmp(&(b.code, &b.subject)));
    found.dedup();
    found
}

fn source(layer: &Layer, found: &mut Vec<Finding>) {
    let mut lacks = |code, text: &str, message: &str| {
        if text.trim().is_empty() {
            let subject = format!("layer {}", layer.info.id);
            found.push(Finding { code, is_error: true, subject, message: message.to_owned() });
        }
    };
    lacks(LintCode::MissingSource, &layer.info.source, "no source");
    lacks(LintCode::MissingLicence, &layer.info.licence, "no licence");
    lacks(LintCode::MissingLicence, &layer.info.attribution, "no attribution");
}

/// A place that both parties name must have both names; elsewhere a missing name is only remarked on.
fn names(meta: &Meta, both: bool, naming: &Naming, found: &mut Vec<Finding>) {
    let name = &meta.name;
    if name.is_empty() {
        return;
    }
    for language in &naming.languages {
        let Some(text) = name.get(language) else {
            let message = format!("no name in \"{language}\"");
            found.push(Finding { code: LintCode::Naming, is_error: both, subject: meta.id.clone(), message });
            continue;
        };
        if let Some(character) = Face::Regular.missing(text) {
            let message = format!("no glyph for \"{character}\" (U+{:04X}) in \"{text}\"", u32::from(character));
            found.push(Finding { code: LintCode::MissingGlyph, is_error: true, subject: meta.id.clone(), message });
        }
    }
}
