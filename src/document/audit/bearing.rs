//! Tests winds (compass points) and bearings.

use super::ground::Stretch;
use super::stated::StatedLeg;
use super::{AuditRun, Finding, Verdict};
use crate::document::description::{BearingReference, Direction, Heading, Wind, WindCount};
use crate::document::stating::{WINDING, doubt_deg, turned_deg};

/// With a rose of quadrants, a cardinal word means a direction this close to the cardinal one.
const CARDINAL_DEG: f64 = 5.0;

/// The wind rose of a text: the stated or inferred one; quadrants if eight winds contradict the line and quadrants
/// do not.
pub(super) fn rose(court: &AuditRun<'_>) -> Option<WindCount> {
    let winds = court.conventions().winds?;
    let stated = court.text.facts.iter().any(|fact| fact.about == "winds" && fact.stated);
    if winds != WindCount::Eight || stated {
        return Some(winds);
    }
    let Some(ground) = &court.ground else { return Some(winds) };
    let count = |winds: WindCount| {
        let tested = court.legs.iter().filter_map(|leg| Some((leg, ground.stretch(leg)?)));
        tested
            .flat_map(|(leg, stretch)| {
                leg.directions().iter().filter_map(move |d| test(court, leg, &stretch, d, winds))
            })
            .filter(|finding| finding.verdict == Verdict::Contradict)
            .count()
    };
    Some(if count(WindCount::Eight) > 1 && count(WindCount::Quadrants) == 0 { WindCount::Quadrants } else { winds })
}

/// The sector of a wind: its middle azimuth and half its width, in degrees.
pub(super) fn sector(wind: Wind, winds: WindCount) -> (f64, f64) {
    let oblique = wind as u8 % 4 == 2;
    match winds {
        WindCount::Quadrants if oblique => (wind.azimuth_deg(), 45.0),
        WindCount::Quadrants => (wind.azimuth_deg(), CARDINAL_DEG),
        other => (wind.azimuth_deg(), other.sector_deg() / 2.0),
    }
}

/// The verdict on an azimuth against a sector, given their uncertainty in degrees.
pub(super) fn within(azimuth: f64, middle: f64, half: f64, doubt: f64) -> Verdict {
    let off = turned_deg(middle, azimuth).abs();
    match () {
        () if off <= half - doubt => Verdict::Agree,
        () if off <= half + doubt + 1e-9 => Verdict::Undecidable,
        () => Verdict::Contradict,
    }
}

fn test(
    court: &AuditRun<'_>,
    leg: &StatedLeg<'_>,
    stretch: &Stretch,
    direction: &Direction,
    winds: WindCount,
) -> Option<Finding> {
    if stretch.chord_m <= 0.0 {
        return None;
    }
    let follows = leg.winds() || direction.general;
    // Also for a straight leg with via points: they lie on the line between its ends.
    let azimuth = stretch.chord_deg;
    let doubt = doubt_deg(court.options.accuracy_m, stretch.chord_m);
    let what = "azimuth of the chord";
    let expected = |count: WindCount| format!("{:?} ({azimuth:.1}°)", Wind::nearest(azimuth, count));
    let approx = if direction.approx { 11.25 } else { 0.0 };
    Some(match &direction.heading {
        Heading::Wind(wind) => {
            let (middle, half) = sector(*wind, winds);
            let (middle, half) = if direction.approx { (middle, half + approx) } else { (middle, half) };
            let mut verdict = within(azimuth, middle, half, doubt);
            let mut rule = format!("{what}, sector of ±{half}°");
            if verdict == Verdict::Undecidable {
                rule = format!("{rule}; {doubt:.2}° from its edge is within the accuracy of the positions");
            } else if verdict == Verdict::Contradict && follows && stretch.path_m > WINDING * stretch.chord_m {
                verdict = Verdict::Undecidable;
                rule = format!("{rule}; the line winds too much for a general direction");
            }
            Finding { verdict, stated: format!("{wind:?}"), expected: expected(winds), tolerance: Some(half), rule }
        }
        Heading::Winds(list) => {
            let best = list.iter().map(|wind| {
                let (middle, half) = sector(*wind, winds);
                within(azimuth, middle, half, doubt)
            });
            let rank = |verdict: &Verdict| match verdict {
                Verdict::Agree => 0,
                Verdict::Undecidable => 1,
                _ => 2,
            };
            let verdict = best.min_by_key(rank).unwrap_or(Verdict::NotTested);
            let stated = list.iter().map(|wind| format!("{wind:?}")).collect::<Vec<_>>().join(" and ");
            Finding {
                verdict,
                stated,
                expected: expected(winds),
                tolerance: None,
                rule: format!("{what}, within one of the sectors"),
            }
        }
        Heading::Range { from_deg, to_deg, .. } => {
            let half = (to_deg - from_deg).rem_euclid(360.0) / 2.0;
            let verdict = within(azimuth, from_deg + half, half, doubt);
            let stated = format!("{from_deg}° to {to_deg}°");
            Finding {
                verdict,
                stated,
                expected: format!("{azimuth:.1}°"),
                tolerance: Some(half),
                rule: format!("{what}, within the range"),
            }
        }
        Heading::Bearing(bearing) => {
            let stated = format!("{:.4}°", bearing.azimuth_deg());
            let north = bearing.reference.or(court.conventions().north);
            if let Some(north @ (BearingReference::Magnetic | BearingReference::Grid)) = north {
                let why = match north {
                    BearingReference::Magnetic => "bearings are from magnetic north; declination and year are needed",
                    _ => "bearings are from grid north; the convergence of the grid is needed",
                };
                return Some(Finding::not_tested(stated, why));
            }
            let half = bearing.angle.half_unit_deg();
            let off = turned_deg(bearing.azimuth_deg(), stretch.chord_deg).abs();
            let verdict = match () {
                () if off <= half + 1e-6 => Verdict::Agree,
                () if off <= half + doubt + 1e-6 => Verdict::Rounding,
                () => Verdict::Contradict,
            };
            let expected = format!("{:.4}°", stretch.chord_deg);
            Finding {
                verdict,
                stated,
                expected,
                tolerance: Some(half + doubt),
                rule: "azimuth of the chord".to_owned(),
            }
        }
        Heading::Turn { .. } | Heading::Same | Heading::Text(_) => return None,
    })
}

impl AuditRun<'_> {
    /// Tests the directions of a leg.
    pub(super) fn directions(&mut self, at: usize, winds: Option<WindCount>) {
        let leg = &self.legs[at];
        let Some(ground) = &self.ground else { return };
        let Some(stretch) = ground.stretch(leg) else { return };
        let winds = winds.unwrap_or(WindCount::Eight);
        let findings: Vec<Finding> =
            leg.directions().iter().filter_map(|d| test(self, leg, &stretch, d, winds)).collect();
        for finding in findings {
            let field =
                if finding.stated.ends_with('°') && !finding.stated.contains("to") { "bearing" } else { "wind" };
            self.enter(at, field, &["wind", "winds", "bearing", "direction"], 0, finding);
        }
    }
}
