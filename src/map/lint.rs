//! Requirements that a plate must meet before it is drawn: sources, licences, a disclaimer, the names of both parties,
//! distinguishable statuses.

use super::content::{Content, Level};
use super::fonts::Face;
use super::labels::{Ground, Placed};
use super::naming::Naming;
use super::spec::PlateSpec;
use super::symbol::boundary::{self, Look};
use crate::model::{Layer, Meta, Status};
use crate::text::{ENGLISH, Message, Voice};
use std::fmt;

/// A kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LintCode {
    /// A layer does not state the source of its data.
    MissingSource,
    /// A layer has no licence or no attribution.
    MissingLicence,
    /// The plate has no disclaimer for its statuses.
    MissingDisclaimer,
    /// A proposal does not state its proposer.
    ProposedBy,
    /// The fonts have no glyph for a character of a name.
    MissingGlyph,
    /// A name is missing in a language of the plate, or is a historical or renamed form.
    Naming,
    /// A line is drawn solid although its status is `undefined`.
    SolidUndefined,
    /// Two statuses differ only in colour, or not at all.
    ColourAlone,
    /// A text with its halo comes within half a millimetre of a state line.
    LineCovered,
    /// The name of a place is beyond a state line, without a leader.
    WrongSide,
}

impl LintCode {
    /// Every code.
    pub const ALL: [LintCode; 10] = [
        LintCode::MissingSource,
        LintCode::MissingLicence,
        LintCode::MissingDisclaimer,
        LintCode::ProposedBy,
        LintCode::MissingGlyph,
        LintCode::Naming,
        LintCode::SolidUndefined,
        LintCode::ColourAlone,
        LintCode::LineCovered,
        LintCode::WrongSide,
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
            LintCode::SolidUndefined => "solid-undefined",
            LintCode::ColourAlone => "colour-alone",
            LintCode::LineCovered => "line-covered",
            LintCode::WrongSide => "wrong-side",
        }
    }

    /// The code of that word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.word() == word)
    }
}

/// A finding on a plate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintFinding {
    /// The kind of finding.
    pub code: LintCode,
    /// Whether it prevents the plate from being drawn.
    pub is_error: bool,
    /// The layer, feature or part of the plate.
    pub subject: String,
    /// The problem, in English.
    pub message: String,
    /// The subject if it is not an id, and the problem, for plates in other languages.
    words: [Option<Words>; 2],
}

/// A message with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Words(Message, Vec<(&'static str, String)>);

impl Words {
    fn say(&self, voice: Voice) -> Option<String> {
        let values: Vec<(&'static str, &str)> = self.1.iter().map(|(name, value)| (*name, value.as_str())).collect();
        voice.say(self.0, &values)
    }

    fn english(&self) -> String {
        let values: Vec<(&'static str, &str)> = self.1.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.0.with(ENGLISH, &values)
    }
}

impl LintFinding {
    /// A finding on a feature or part of the plate identified by an id.
    fn of(code: LintCode, id: String, message: Message, values: &[(&'static str, &str)]) -> Self {
        let values = values.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let message = Words(message, values);
        let english = message.english();
        LintFinding { code, is_error: true, subject: id, message: english, words: [None, Some(message)] }
    }

    /// A finding on a subject named by a message.
    fn on(code: LintCode, subject: Words, message: Message) -> Self {
        let name = subject.english();
        let finding = LintFinding::of(code, name, message, &[]);
        let [_, message] = finding.words;
        LintFinding { words: [Some(subject), message], ..finding }
    }

    /// The finding in one of the languages of a plate; nothing if another language already has this text.
    pub(super) fn say(&self, voice: Voice) -> Option<String> {
        let [subject, message] = &self.words;
        let subject = subject.as_ref().map_or_else(|| Some(self.subject.clone()), |words| words.say(voice))?;
        let message = message.as_ref().map_or_else(|| Some(self.message.clone()), |words| words.say(voice))?;
        Some(format!("{}: {subject}: {message}", self.code.word()))
    }
}

impl fmt::Display for LintFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.code.word(), self.subject, self.message)
    }
}

/// Findings on placed labels. On a plate with parties these are errors.
pub(super) fn placed(labels: &[Placed], ground: &Ground, is_error: bool) -> Vec<LintFinding> {
    let mut found = Vec::new();
    for label in labels {
        let (covers, beyond) = label.faults(ground);
        let faults = [
            (covers, LintCode::LineCovered, Message("lint-line-covered")),
            (beyond, LintCode::WrongSide, Message("lint-wrong-side")),
        ];
        for (_, code, message) in faults.into_iter().filter(|(is, ..)| *is) {
            let finding = LintFinding::of(code, label.name.clone(), message, &[]);
            found.push(LintFinding { is_error, ..finding });
        }
    }
    found
}

/// The finding on a text or furniture over a state line.
pub(super) fn covered(subject: &str, is_error: bool) -> LintFinding {
    let finding = LintFinding::of(LintCode::LineCovered, subject.to_owned(), Message("lint-line-covered"), &[]);
    LintFinding { is_error, ..finding }
}

/// Findings on a plate, in the order of the codes.
pub(super) fn findings(spec: &PlateSpec, content: &Content, naming: &Naming) -> Vec<LintFinding> {
    let mut found = Vec::new();
    content.layers.iter().for_each(|layer| source(layer, &mut found));
    let language = spec.language.as_deref().unwrap_or("en");
    if spec.disclaimer.get(language).is_some_and(|text| text.trim().is_empty()) {
        let subject = Words(Message("lint-disclaimer"), Vec::new());
        found.push(LintFinding::on(LintCode::MissingDisclaimer, subject, Message("lint-empty-disclaimer")));
    }
    for (piece, layer) in &content.pieces {
        let stated = |by: &Option<String>| by.as_ref().is_some_and(|text| !text.trim().is_empty());
        if !stated(&piece.proposed_by) && !stated(&layer.info.proposed_by) {
            found.push(LintFinding::of(LintCode::ProposedBy, piece.meta.id.clone(), Message("lint-no-proposer"), &[]));
        }
        names(&piece.meta, true, naming, &mut found);
    }
    for line in content.boundaries.iter().filter(|b| b.status == Status::Proposed && b.opinion.is_none()) {
        if line.over.as_ref().is_none_or(|o| o.by.is_none()) && !says_who(line.meta, &content.layers) {
            found.push(LintFinding::of(LintCode::ProposedBy, line.name(), Message("lint-line-no-proposer"), &[]));
        }
    }
    looks(content, &mut found);
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

fn source(layer: &Layer, found: &mut Vec<LintFinding>) {
    let mut lacks = |code, text: &str, message: Message| {
        if text.trim().is_empty() {
            let subject = Words(Message("lint-layer"), vec![("id", layer.info.id.clone())]);
            found.push(LintFinding::on(code, subject, message));
        }
    };
    lacks(LintCode::MissingSource, &layer.info.source, Message("lint-no-source"));
    lacks(LintCode::MissingLicence, &layer.info.licence, Message("lint-no-licence"));
    lacks(LintCode::MissingLicence, &layer.info.attribution, Message("lint-no-attribution"));
}

/// Whether a line or its layer names a proposer, for styles of the specification that do not.
fn says_who(meta: Option<&Meta>, layers: &[&Layer]) -> bool {
    let Some(meta) = meta else { return false };
    let own = meta.properties.get("proposed_by").and_then(|v| v.as_str());
    let holds = |layer: &&&Layer| layer.content.courses().iter().any(|(m, _)| std::ptr::eq(*m, meta));
    let of_layer = || layers.iter().find(holds).and_then(|layer| layer.info.proposed_by.as_deref());
    own.or_else(of_layer).is_some_and(|by| !by.trim().is_empty())
}

/// Lines whose appearance contradicts their status, or does not distinguish it from another.
fn looks(content: &Content, found: &mut Vec<LintFinding>) {
    let mut seen: Vec<(Status, Look, String)> = Vec::new();
    for line in content.boundaries.iter().filter(|b| b.opinion.is_none()) {
        let look = boundary::look(line.status, line.weight, line.over.as_ref());
        if line.status == Status::Undefined && look.stroke.dash_mm.is_empty() {
            found.push(LintFinding::of(LintCode::SolidUndefined, line.name(), Message("lint-solid-undefined"), &[]));
        }
        if seen.iter().all(|(status, known, _)| *status != line.status || *known != look) {
            seen.push((line.status, look, line.name()));
        }
    }
    for (i, (status, look, subject)) in seen.iter().enumerate() {
        for (other, like, _) in seen[..i].iter().filter(|(other, like, _)| other != status && like.is_like(look)) {
            let in_nothing = like.stroke.color == look.stroke.color;
            let message = if in_nothing { Message("lint-in-nothing") } else { Message("lint-colour-alone") };
            let values = [("status", status.word()), ("other", other.word())];
            found.push(LintFinding::of(LintCode::ColourAlone, subject.clone(), message, &values));
        }
    }
}

/// A place named by both parties must have a name in each stated language; elsewhere a missing name is only a remark. A
/// historical or renamed form is never drawn.
fn names(meta: &Meta, both: bool, naming: &Naming, found: &mut Vec<LintFinding>) {
    let name = &meta.name;
    if name.is_empty() {
        return;
    }
    for language in &naming.languages {
        let Some(text) = name.get(language) else {
            let values = [("language", language.as_str())];
            let finding = LintFinding::of(LintCode::Naming, meta.id.clone(), Message("lint-no-name"), &values);
            found.push(LintFinding { is_error: both && naming.are_stated, ..finding });
            continue;
        };
        let former = |variant: &String| {
            variant == text || variant.strip_prefix(language.as_str()).and_then(|v| v.strip_prefix(':')) == Some(text)
        };
        if name.variants.iter().any(former) {
            let values = [("name", text)];
            found.push(LintFinding::of(LintCode::Naming, meta.id.clone(), Message("lint-former-name"), &values));
        }
        if let Some(character) = Face::Regular.missing(text) {
            let (code, character) = (format!("U+{:04X}", u32::from(character)), character.to_string());
            let values = [("character", character.as_str()), ("code", &code), ("name", text)];
            found.push(LintFinding::of(LintCode::MissingGlyph, meta.id.clone(), Message("lint-no-glyph"), &values));
        }
    }
}
