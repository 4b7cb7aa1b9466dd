//! The notes of a plate, at the foot of the sheet or of the panel: disclaimer, routes, remarks, sources.

use super::disclaimer::Boxed;
use super::imprint::credit;
use super::panel::{GAP_MM, Panel};
use super::way::Way;
use crate::map::canvas::{Align, Sheet, Text};
use crate::map::fonts::{Face, LEAST_PT, wrap};
use crate::map::palette::{ALERT, GREY_INK, INK};
use crate::map::paper::{Bounds, MM, mm};
use crate::map::relief::Relief;
use crate::map::symbol::Symbol;
use crate::map::{MapError, inset, sentences, words};
use crate::text::{Message, Voice};
use std::collections::BTreeSet;

/// A line of the notes at the foot.
pub(super) struct FootLine {
    pub(super) text: Text,
    pub(super) indent_mm: f64,
    /// The number of a route, in a ring before the text.
    pub(super) number: Option<usize>,
}

impl Panel<'_, '_> {
    /// The lines at the foot of the sheet, and the number of them per column.
    pub(super) fn lines_at_foot(&self, way: &Way, foot: Bounds) -> Result<(Vec<FootLine>, usize), MapError> {
        let others = self.others(way.translated.notes);
        let mut lines = Vec::new();
        let mut add = |text: &Text, indent_mm: f64, mut number: Option<usize>| {
            let broken = wrap(&text.text, text.face, text.size_mm, column_mm(foot) - indent_mm).into_iter();
            lines.extend(broken.map(|line| {
                let text = Text { text: line, ..text.clone() };
                FootLine { text, indent_mm, number: number.take() }
            }));
        };
        if way.routes_at_foot {
            let routes = self.route_texts(&self.others(way.translated.routes));
            let heading = self.in_languages(words::ROUTES, &self.others(way.translated.routes));
            add(&Text::new(heading, LEAST_PT).bold(), 0.0, None);
            for (number, texts) in routes {
                let all: Vec<String> = texts.into_iter().map(|text| text.text).collect();
                add(&Text::new(all.join(" · "), LEAST_PT), 3.6, Some(number));
            }
        }
        for text in self.foot(&others, true)? {
            add(&text, 0.0, None);
        }
        // A few lines stay in one column.
        let rows = lines.len().div_ceil(columns(foot)).max(LEAST_ROWS.min(lines.len()));
        Ok((lines, rows.max(1)))
    }

    /// The disclaimer in the language of the furniture, and in the others if wanted, in a box of some width.
    pub(super) fn boxed(&self, others: bool, width_mm: f64) -> Boxed {
        let voices = std::iter::once(self.naming.voice()).chain(self.others(others));
        let texts = voices.map(|voice| small(self.disclaimer(voice)).color(INK).lang(voice.language()));
        Boxed::of(&texts.filter(|text| !text.text.is_empty()).collect::<Vec<_>>(), width_mm)
    }

    /// Remarks, sources, data: the text at the foot of the panel.
    ///
    /// With `of_the_map`, the statements on scale, north and projection in the other languages are among them.
    pub(super) fn foot(&self, others: &[Voice], of_the_map: bool) -> Result<Vec<Text>, MapError> {
        let mut foot: Vec<Text> = self.remarks(self.naming.voice());
        for &voice in others {
            let mut remarks: Vec<String> = Vec::new();
            if of_the_map {
                remarks.extend(
                    self.of_the_map(&[voice])?.into_iter().skip_while(|text| text.lang.is_none()).map(|t| t.text),
                );
            }
            remarks.extend(self.remarks(voice).into_iter().map(|t| t.text));
            foot.extend((!remarks.is_empty()).then(|| small(remarks.join(" ")).lang(voice.language())));
        }
        if !self.allowed.is_empty() {
            let allowed = self.in_languages(words::ALLOWED, others);
            for voice in std::iter::once(self.naming.voice()).chain(others.iter().copied()) {
                let list: Option<Vec<String>> = self.allowed.iter().map(|finding| finding.say(voice)).collect();
                let heading = if voice.is_first() { format!("{allowed}: ") } else { String::new() };
                let text = list.map(|list| small(format!("{heading}{}.", list.join("; "))).color(ALERT));
                foot.extend(text.map(|text| if voice.is_first() { text } else { text.lang(voice.language()) }));
            }
        }
        let heading = self.in_languages(words::SOURCES, others);
        let sources = self.sources().into_iter().enumerate();
        foot.extend(sources.map(|(i, text)| small(if i == 0 { format!("{heading} – {text}") } else { text })));
        Ok(foot)
    }

    /// A message in the language of the furniture and in the others.
    pub(super) fn in_languages(&self, message: Message, others: &[Voice]) -> String {
        let all = std::iter::once(self.naming.voice()).chain(others.iter().copied());
        let mut texts: Vec<String> = all.filter_map(|voice| voice.say(message, &[])).collect();
        texts.dedup();
        texts.join(" · ")
    }

    /// Remarks needed to read the map.
    fn remarks(&self, voice: Voice) -> Vec<Text> {
        let mut remarks = Vec::new();
        let (day, view) = self.selected;
        remarks.extend(day.and_then(|day| voice.say(words::AS_OF, &[("day", day)])).map(small));
        remarks.extend(
            view.and_then(|view| match view {
                "neutral" => voice.say(words::VIEW_NEUTRAL, &[]),
                party => voice.say(words::VIEW, &[("party", party)]),
            })
            .map(small),
        );
        if self.drawn.iter().any(|s| matches!(s, Symbol::Route(_, _, true, _))) {
            remarks.extend(voice.say(words::INDICATIVE, &[]).map(small));
        }
        if self.naming.transcribed.get() {
            remarks.extend(voice.say(words::TRANSCRIPTIONS, &[]).map(|text| small(text).face(Face::Oblique)));
        }
        let unseen = inset::unseen(self.spec, self.content, self.view, voice.language());
        if !unseen.is_empty() {
            remarks.extend(voice.say(words::OUTSIDE_FRAME, &[("names", &unseen.join(", "))]).map(small));
        }
        let several = [
            (&self.content.drawn_twice.whole, words::DRAWN_TWICE),
            (&self.content.drawn_twice.in_part, words::DRAWN_TWICE_IN_PART),
            (&self.content.overlapping, words::OVERLAPPING),
        ];
        for (regions, message) in several.into_iter().filter(|(regions, _)| !regions.is_empty()) {
            let metas = regions.iter().map(|region| self.content.regions[*region].meta);
            let names: Vec<&str> =
                metas.map(|meta| meta.name.best(&[voice.language().to_owned()]).unwrap_or(&meta.id)).collect();
            remarks.extend(voice.say(message, &[("names", &names.join(", "))]).map(small));
        }
        remarks.extend(self.spec.remark.get(voice.language()).map(|t| small(t.clone())));
        remarks
    }

    fn disclaimer(&self, voice: Voice) -> String {
        if let Some(own) = self.spec.disclaimer.get(voice.language()) {
            return own.clone();
        }
        let of_boundary = |s: &Symbol| if let Symbol::Boundary(_, status, _) = s { Some(*status) } else { None };
        let statuses: BTreeSet<_> = self.drawn.iter().filter_map(of_boundary).collect();
        let cautions = statuses.into_iter().filter_map(sentences::caution);
        let all = std::iter::once(words::DISCLAIMER).chain(cautions);
        all.filter_map(|message| voice.say(message, &[])).collect::<Vec<_>>().join(" ")
    }

    /// Each source once, with the layers based on it.
    fn sources(&self) -> Vec<String> {
        let mut sources: Vec<(String, Vec<&str>)> = Vec::new();
        for layer in &self.content.layers {
            let text = credit(&layer.info);
            match sources.iter_mut().find(|(known, _)| *known == text) {
                Some((_, ids)) => ids.push(&layer.info.id),
                None => sources.push((text, vec![&layer.info.id])),
            }
        }
        let of_relief = self.relief.map(|Relief { grid, .. }| (grid.credit.clone(), vec![grid.id.as_str()]));
        let of_world = self.outline().map(|world| (world.credit.clone(), vec!["world"]));
        let sources = sources.into_iter().chain(of_relief).chain(of_world);
        sources.map(|(text, ids)| format!("{}: {text}", ids.join(", "))).collect()
    }
}

/// The number of a route in a ring, as on the map.
pub(super) fn badge(sheet: &mut Sheet, [x_mm, y_mm]: [f64; 2], radius_mm: f64, number: usize) {
    let stroke = crate::map::canvas::Stroke::new(INK, 0.2);
    sheet.circle(mm(x_mm, y_mm), radius_mm, Some(crate::map::palette::PAPER), Some(&stroke));
    let digit = Text::new(number.to_string(), LEAST_PT).bold();
    sheet.text(mm(x_mm, y_mm + digit.cap_mm() / 2.0), &digit, Align::Middle, 0.0);
}

/// Least number of lines in a column of notes.
const LEAST_ROWS: usize = 3;

/// Columns of notes at the foot, and the width of one.
fn columns(foot: Bounds) -> usize {
    (foot.width() / MM / 95.0).round().max(1.0) as usize
}

pub(super) fn column_mm(foot: Bounds) -> f64 {
    (foot.width() / MM + GAP_MM) / columns(foot) as f64 - GAP_MM
}

/// Small print.
pub(super) fn small(text: String) -> Text {
    Text::new(text, LEAST_PT).color(GREY_INK)
}
