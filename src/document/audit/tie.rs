//! Tests ties against the positions of objects, and against each other.

use super::against::Sought;
use super::bearing::{sector, within};
use super::leg::EXACT_M;
use super::{AuditRun, Finding, Verdict};
use crate::document::description::{Heading, Tie, Wind, WindCount};
use crate::document::parse::{describe_landmark, length_text, plain_metres as metric};
use crate::document::stating::{doubt_deg, length_doubt_m, turned_deg};
use crate::earth::{azimuth_deg, distance_m};
use geo::Coord;

/// An object farther than this from a point, in metres, is another one.
const FAR_M: f64 = 10_000.0;

fn wind_of(tie: &Tie) -> Option<Wind> {
    match tie.direction.as_ref()?.heading {
        Heading::Wind(wind) => Some(wind),
        _ => None,
    }
}

impl AuditRun<'_> {
    /// Tests the ties of the ends of a leg.
    pub(super) fn ties(&mut self, at: usize, winds: Option<WindCount>) {
        let Some(ground) = &self.ground else { return };
        let leg = &self.legs[at];
        let mut findings = Vec::new();
        for (name, location, field) in
            [(&leg.from, &leg.leg.from_location, "from-tie"), (&leg.to, &leg.leg.to_location, "to-tie")]
        {
            let point = name.as_deref().and_then(|name| ground.position(name));
            for (nth, tie) in location.ties.iter().enumerate() {
                let finding = match point {
                    Some(point) => self.tied(tie, point, winds.unwrap_or(WindCount::Sixteen)),
                    None => Finding::not_tested(shown(tie), "the point is not on the line"),
                };
                findings.push((field, nth, finding));
            }
        }
        for (field, nth, finding) in findings {
            self.enter(at, "tie", &[field], nth, finding);
        }
    }

    fn tied(&self, tie: &Tie, point: Coord, winds: WindCount) -> Finding {
        let stated = shown(tie);
        let sought = Sought::of(&tie.from);
        let place = |number: u32| &self.against.places[number as usize];
        let metres = tie.distance.as_ref().map(crate::document::description::StatedLength::metres);
        // Of several objects of one name the one of its kind, and from which the tie leads nearest to the point.
        let misfit = |number: u32| {
            let place = place(number);
            let away = distance_m(place.position, point);
            let off = wind_of(tie).map_or(0.0, |wind| {
                turned_deg(wind.azimuth_deg(), azimuth_deg(place.position, point)).to_radians().abs()
            });
            metres.map_or(0.0, |metres| (away - metres).abs()) + 2.0 * away * (off / 2.0).sin()
        };
        let rank = |number: u32| !self.against.of_class(&sought, number);
        let candidates = self.against.near(&sought, point, FAR_M).into_iter();
        let ranked = candidates.map(|number| (rank(number), misfit(number), number));
        let best = ranked.min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let Some(place) = best.map(|(_, _, number)| place(number)) else {
            return Finding::not_tested(stated, "no such object is among the places");
        };
        let (away, azimuth) = (distance_m(place.position, point), azimuth_deg(place.position, point).rem_euclid(360.0));
        let mut verdict = Verdict::Agree;
        let mut tolerance = None;
        if let Some(distance) = &tie.distance {
            let about = if distance.approx { 0.1 * distance.metres() } else { 0.0 };
            let half = distance.half_unit_m();
            let most = half + length_doubt_m(self.options.accuracy_m) + about;
            tolerance = Some(most);
            let off = (distance.metres() - away).abs();
            verdict = if off <= half + EXACT_M {
                Verdict::Agree
            } else if off <= most + EXACT_M {
                Verdict::Rounding
            } else {
                Verdict::Contradict
            };
        }
        if let Some(wind) = wind_of(tie) {
            let (middle, half) = sector(wind, winds);
            let doubt = doubt_deg(self.options.accuracy_m, away);
            let of_wind = within(azimuth, middle, half, doubt);
            let rank = |verdict: Verdict| {
                [Verdict::Agree, Verdict::Rounding, Verdict::Undecidable, Verdict::Contradict]
                    .iter()
                    .position(|v| *v == verdict)
            };
            if rank(of_wind) > rank(verdict) {
                verdict = of_wind;
            }
        }
        let name = place.names.first().cloned().or_else(|| place.kind.clone()).unwrap_or_default();
        let expected = format!("{} m {:?} ({azimuth:.1}°) of {name}", metric(away), Wind::nearest(azimuth, winds));
        Finding {
            verdict,
            stated,
            expected,
            tolerance,
            rule: "distance and direction from the object to the point".to_owned(),
        }
    }

    /// Without a line: tests a leg between two points that are tied to the same object.
    pub(super) fn tied_points(&mut self, winds: Option<WindCount>) {
        if self.ground.is_some() {
            return;
        }
        let winds = winds.unwrap_or(WindCount::Sixteen);
        for at in 1..self.legs.len() {
            let (before, leg) = (&self.legs[at - 1], &self.legs[at]);
            if before.to.is_none() || before.to != leg.from {
                continue;
            }
            let pairs =
                before.leg.to_location.ties.iter().flat_map(|a| leg.leg.to_location.ties.iter().map(move |b| (a, b)));
            let same = pairs.filter(|(a, b)| {
                describe_landmark(&a.from) == describe_landmark(&b.from) && !describe_landmark(&a.from).is_empty()
            });
            let Some((a, b)) = same.take(1).next() else { continue };
            let Some(finding) = self.between(at, a, b, winds) else { continue };
            self.enter(at, "tie", &["to-tie"], 0, finding);
        }
    }

    fn between(&self, at: usize, a: &Tie, b: &Tie, winds: WindCount) -> Option<Finding> {
        let leg = &self.legs[at];
        let stated = leg.length()?;
        let (low, high, from, span) = resected(a, b, winds)?;
        let object = describe_landmark(&b.from);
        let (metres, half) = (stated.metres(), stated.half_unit_m());
        let expected = format!("{low:.0} to {high:.0} m apart, {from:.0}° to {:.0}°", (from + span).rem_euclid(360.0));
        let rule = format!("both points are tied to {object}, taken as one object");
        let wind = leg.directions().iter().find_map(|direction| match &direction.heading {
            Heading::Wind(wind) => Some(*wind),
            _ => None,
        });
        let faces = wind.is_none_or(|wind| {
            let (middle, half) = sector(wind, winds);
            let ahead = (middle - from).rem_euclid(360.0);
            ahead <= span + half || ahead >= 360.0 - half
        });
        let (verdict, rule) = match () {
            () if metres + half < low => (Verdict::Contradict, format!("{rule}; no path is shorter than its chord")),
            () if leg.is_straight() && metres - half > high => (Verdict::Contradict, rule),
            () if !faces && leg.is_straight() => (Verdict::Contradict, format!("{rule}; the direction does not fit")),
            () if !leg.is_straight() && metres > 3.0 * high => (
                Verdict::Undecidable,
                format!(
                    "{rule}; the path is {:.1} times the longest chord: ask whether it is one object",
                    metres / high
                ),
            ),
            () => (Verdict::Agree, rule),
        };
        let shown = length_text(stated);
        Some(Finding { verdict, stated: shown, expected, tolerance: Some(half), rule })
    }
}

fn shown(tie: &Tie) -> String {
    let distance = tie.distance.as_ref().map_or(String::new(), |length| format!("{} ", length_text(length)));
    let wind = wind_of(tie).map_or(String::new(), |wind| format!("{wind:?} "));
    format!("{distance}{wind}of {}", describe_landmark(&tie.from))
}

/// The least and the greatest distance between two points that are tied to one object, and the directions from the first
/// to the second: where they begin, clockwise, and how wide they are.
pub(super) fn resected(a: &Tie, b: &Tie, winds: WindCount) -> Option<(f64, f64, f64, f64)> {
    const STEPS: i32 = 6;
    let places = |tie: &Tie| -> Option<Vec<(f64, f64)>> {
        let (distance, wind) = (tie.distance.as_ref()?, wind_of(tie)?);
        let (middle, half) = sector(wind, winds);
        let shares = (-STEPS..=STEPS).map(|step| f64::from(step) / f64::from(STEPS));
        let mut out = Vec::new();
        for share in shares {
            let azimuth = (middle + share * half).to_radians();
            for end in [-1.0, 0.0, 1.0] {
                let metres = distance.metres() + end * distance.half_unit_m();
                out.push((metres * azimuth.sin(), metres * azimuth.cos()));
            }
        }
        Some(out)
    };
    let (first, second) = (places(a)?, places(b)?);
    let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
    let mut azimuths = Vec::new();
    for (ax, ay) in &first {
        for (bx, by) in &second {
            let (dx, dy) = (bx - ax, by - ay);
            let metres = dx.hypot(dy);
            (low, high) = (low.min(metres), high.max(metres));
            azimuths.push(dx.atan2(dy).to_degrees().rem_euclid(360.0));
        }
    }
    azimuths.sort_by(f64::total_cmp);
    // The range of azimuths is the complement of the widest gap.
    let count = azimuths.len();
    let gap = |at: usize| (azimuths[(at + 1) % count] - azimuths[at]).rem_euclid(360.0);
    let widest = (0..count).max_by(|a, b| gap(*a).total_cmp(&gap(*b)))?;
    let from = azimuths[(widest + 1) % count];
    Some((low, high, from, (azimuths[widest] - from).rem_euclid(360.0)))
}
