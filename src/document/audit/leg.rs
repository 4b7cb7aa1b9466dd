//! Tests lengths, marks and via points of a leg.

use super::{AuditRun, Finding, Verdict};
use crate::document::description::StatedLength;
use crate::document::parse::plain_metres as metric;
use crate::document::stating::length_doubt_m;

impl AuditRun<'_> {
    /// Tests whether the points of a leg are among those of the line.
    pub(super) fn marks(&mut self, at: usize) {
        let Some(ground) = &self.ground else { return };
        let leg = &self.legs[at];
        let mut found = Vec::new();
        for (name, field) in [(&leg.from, "from"), (&leg.to, "to")] {
            let Some(name) = name.as_ref().filter(|name| *name != "start") else { continue };
            // The end of one leg is the start of the next: the name is tested once.
            if field == "from" && leg.leg.from.is_none() {
                continue;
            }
            if !ground.is_matched() {
                let why = "which points of the line are those of the text is not known";
                found.push((field, Finding::not_tested(name.clone(), why)));
            } else if ground.index(name).is_none() {
                let like = ground.nearest_name(name).map_or(String::new(), |like| format!("{like}?"));
                found.push((
                    field,
                    Finding {
                        verdict: Verdict::Contradict,
                        stated: name.clone(),
                        expected: like,
                        tolerance: None,
                        rule: "every point of the text is one of the line".to_owned(),
                    },
                ));
            }
        }
        for (field, finding) in found {
            self.enter(at, "mark", &[field], 0, finding);
        }
    }

    /// Tests the length of a leg against its path and its chord.
    pub(super) fn length(&mut self, at: usize) {
        let leg = &self.legs[at];
        let Some(stated) = leg.length().or(leg.leg.chord.as_ref()) else { return };
        let shown = crate::document::parse::length_text(stated);
        let Some(ground) = &self.ground else { return };
        let Some(stretch) = ground.stretch(leg) else {
            let finding = Finding::not_tested(shown, "an end of the leg is not on the line");
            self.enter(at, "length", &["length", "chord"], 0, finding);
            return;
        };
        let (metres, half) = (stated.metres(), half_unit(stated));
        let is_chord = leg.leg.chord.as_ref() == Some(stated);
        let truth = if is_chord { stretch.chord_m } else { stretch.path_m };
        let winding = if leg.winds() && !is_chord { self.options.generalisation * truth } else { 0.0 };
        let about = if stated.approx { 0.1 * metres } else { 0.0 };
        let doubt = length_doubt_m(self.options.accuracy_m);
        let tolerance = half + doubt + winding + about;
        let off = (metres - truth).abs();
        let short = stretch.chord_m - (metres + half);
        let rule = |words: &str| {
            format!(
                "{words}: half a unit {} m, positions {} m, generalisation {} m",
                metric(half),
                metric(doubt),
                metric(winding)
            )
        };
        let (verdict, words) = match () {
            () if off <= half + EXACT_M => (Verdict::Agree, "length along the line"),
            // One unit less than the chord: truncated instead of rounded.
            () if short > EXACT_M && off <= 2.0 * half + EXACT_M => {
                (Verdict::Rounding, "shorter than the chord by less than a unit")
            }
            () if short > doubt + about + EXACT_M => (Verdict::Contradict, "no path is shorter than its chord"),
            () if off <= tolerance => (Verdict::Rounding, "length along the line"),
            () => (Verdict::Contradict, "length along the line"),
        };
        let expected = if short > EXACT_M && verdict != Verdict::Agree { stretch.chord_m } else { truth };
        let finding = Finding {
            verdict,
            stated: shown,
            expected: format!("{} m", metric(expected)),
            tolerance: Some(tolerance),
            rule: rule(words),
        };
        self.enter(at, "length", &["length", "chord"], 0, finding);
    }

    /// Tests whether via points are in order between the ends.
    pub(super) fn vias(&mut self, at: usize) {
        let Some(ground) = &self.ground else { return };
        let leg = &self.legs[at];
        let Some(stretch) = ground.stretch(leg) else { return };
        let names = leg.leg.parts.iter().flat_map(|part| &part.via).filter_map(|via| via.point.as_ref()?.id.clone());
        let names: Vec<String> = names.collect();
        if names.is_empty() {
            return;
        }
        let mut last = stretch.from;
        let mut verdict = Verdict::Agree;
        let mut expected = String::new();
        for name in &names {
            match ground.index(name) {
                Some(index) if index > last && index < stretch.to => last = index,
                Some(_) => (verdict, expected) = (Verdict::Contradict, format!("{name} lies elsewhere on the line")),
                None => (verdict, expected) = (Verdict::Contradict, format!("{name} is no point of the line")),
            }
        }
        let rule = "points on the way stand in order along the line".to_owned();
        let finding = Finding { verdict, stated: names.join(", "), expected, tolerance: None, rule };
        self.enter(at, "via", &["via"], 0, finding);
    }
}

/// Allowance for numerical error, in metres.
pub(super) const EXACT_M: f64 = 0.001;

/// Half a unit of the last digit.
pub(super) fn half_unit(length: &StatedLength) -> f64 {
    length.half_unit_m()
}
