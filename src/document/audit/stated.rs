//! The legs of a text with the names of their ends.

use crate::document::description::{Clause, Direction, Follow, PointKind, PointRef, StatedLength, Statement};
use crate::document::parse::{ClauseKind, ParsedClause, ParsedText};

/// A leg as stated in a text.
pub(super) struct StatedLeg<'a> {
    pub clause: &'a ParsedClause,
    pub leg: &'a Clause,
    /// The name of its first point; "start" for that of a ring.
    pub from: Option<String>,
    /// The name of its last point.
    pub to: Option<String>,
}

/// The name of a point, if it has one.
fn name(point: &PointRef) -> Option<String> {
    point.id.clone().or_else(|| (point.kind == PointKind::Start).then(|| "start".to_owned()))
}

/// The legs of a text in order.
pub(super) fn legs(text: &ParsedText) -> Vec<StatedLeg<'_>> {
    let mut out: Vec<StatedLeg<'_>> = Vec::new();
    for clause in text.clauses.iter().filter(|clause| clause.kind == ClauseKind::Leg) {
        let [section, statement] = clause.place;
        let found = text.description.sections.get(section).and_then(|section| section.statements.get(statement));
        let Some(Statement::Leg(leg)) = found else { continue };
        let from = leg.from.as_ref().and_then(name).or_else(|| clause.starts_at.clone());
        let to = leg.to.as_ref().and_then(name);
        out.push(StatedLeg { clause, leg, from, to });
    }
    // "From 5 … 1160 m, then from 6 …": a leg without an end ends where the next one begins.
    for at in 1..out.len() {
        let begins = out[at].leg.from.as_ref().and_then(name);
        let before = &mut out[at - 1];
        if before.leg.to.is_none()
            && before.from.is_some()
            && before.leg.to_location.is_empty()
            && before.from != begins
        {
            before.to = begins;
        }
    }
    out
}

impl StatedLeg<'_> {
    /// The stated length of the whole leg.
    pub fn length(&self) -> Option<&StatedLength> {
        self.leg.length.as_ref()
    }

    /// Its directions: its own, else those of its first part.
    pub fn directions(&self) -> &[Direction] {
        match self.leg.parts.first() {
            Some(part) if self.leg.directions.is_empty() => &part.directions,
            _ => &self.leg.directions,
        }
    }

    /// Whether it is one straight line.
    pub fn is_straight(&self) -> bool {
        !self.leg.parts.is_empty() && self.leg.parts.iter().all(|part| part.follow == Some(Follow::Straight))
    }

    /// Whether it follows something other than a straight line.
    pub fn winds(&self) -> bool {
        self.leg.parts.iter().any(|part| part.follow.is_some_and(|follow| follow != Follow::Straight))
    }
}
