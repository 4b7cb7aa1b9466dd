//! Traverses by bearings and distances: closure and enclosed area.

use super::stated::StatedLeg;
use super::{AuditRun, Finding, Verdict};
use crate::document::description::{Decimal, Follow, Hand, Heading, PointKind};
use crate::document::parse::plain_metres as metric;

/// A course of a traverse.
#[derive(Debug, Clone)]
pub(super) struct Course {
    /// Index of its leg.
    pub leg: usize,
    /// Its length in metres; along the arc for an arc.
    pub metres: f64,
    /// Half a unit of the length, in metres.
    pub half: f64,
    /// Its azimuth in degrees; for an arc, that of the tangent at its start.
    azimuth: Option<f64>,
    half_deg: f64,
    /// Radius in metres and signed angle in degrees, positive to the right.
    arc: Option<(f64, f64)>,
}

/// The result of a traverse.
pub(super) struct Closed {
    /// Distance from its end to its start, in metres.
    pub misclosure: f64,
    /// The misclosure that rounding explains, in metres.
    pub tolerance: f64,
    pub area_m2: f64,
}

/// The courses of the legs up to the closing one; `None` if one of them lacks a bearing or a length.
pub(super) fn courses(legs: &[StatedLeg<'_>]) -> Option<(Vec<Course>, usize)> {
    let last = legs.iter().position(|leg| leg.leg.to.as_ref().is_some_and(|to| to.kind == PointKind::Start))?;
    let mut out = Vec::new();
    for (at, leg) in legs[..=last].iter().enumerate() {
        let length = leg.length()?;
        let bearing = leg.directions().iter().find_map(|direction| match &direction.heading {
            Heading::Bearing(bearing) => Some(bearing),
            _ => None,
        });
        let arc = leg.leg.parts.iter().find(|part| part.follow == Some(Follow::Arc)).and_then(|part| {
            let arc = part.arc.as_ref()?;
            let sign = if arc.hand? == Hand::Right { 1.0 } else { -1.0 };
            Some((arc.radius.as_ref()?.metres(), sign * arc.central_angle.as_ref()?.value_deg()))
        });
        if bearing.is_none() && arc.is_none() {
            return None;
        }
        out.push(Course {
            leg: at,
            metres: length.metres(),
            half: length.half_unit_m(),
            azimuth: bearing.map(|bearing| bearing.azimuth_deg()),
            half_deg: bearing.map_or(0.0, |bearing| bearing.angle.half_unit_deg()),
            arc,
        });
    }
    (out.len() > 2).then_some((out, last))
}

/// Computes a traverse; an arc continues in the direction of the previous course.
pub(super) fn run(courses: &[Course]) -> Option<Closed> {
    let (mut x, mut y) = (0.0_f64, 0.0_f64);
    let mut heading: Option<f64> = None;
    let (mut twice_area, mut segments, mut tolerance) = (0.0, 0.0, 0.0);
    for course in courses {
        let (azimuth, metres) = match course.arc {
            Some((radius, angle)) => {
                let begin = course.azimuth.or(heading)?;
                heading = Some(begin + angle);
                let turn = angle.to_radians();
                segments += 0.5 * radius * radius * (turn.abs() - turn.abs().sin()) * turn.signum();
                (begin + angle / 2.0, 2.0 * radius * (turn.abs() / 2.0).sin())
            }
            None => {
                let azimuth = course.azimuth?;
                heading = Some(azimuth);
                (azimuth, course.metres)
            }
        };
        let (dx, dy) = (metres * azimuth.to_radians().sin(), metres * azimuth.to_radians().cos());
        twice_area += x * (y + dy) - (x + dx) * y;
        (x, y) = (x + dx, y + dy);
        tolerance += course.half + metres * course.half_deg.to_radians();
    }
    // Counter-clockwise is positive in the sum; arc segments are outside their chords if they turn with the ring.
    let polygon = 0.5 * twice_area;
    let area_m2 = (polygon - segments).abs();
    Some(Closed { misclosure: x.hypot(y), tolerance, area_m2 })
}

/// The stated area of a leg's clause, in square metres, and half a unit of its last digit.
pub(super) fn stated_area(leg: &StatedLeg<'_>) -> Option<(f64, f64)> {
    let field = leg.clause.fields.iter().find(|field| field.field == "area")?;
    let metres2: f64 = field.value.parse().ok()?;
    let digits: String = field
        .text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .collect();
    let printed: Decimal = digits.trim_end_matches(['.', ',']).replace(',', ".").parse().ok()?;
    let unit = if printed.value() > 0.0 { metres2 / printed.value() } else { 1.0 };
    Some((metres2, printed.half_unit() * unit))
}

impl AuditRun<'_> {
    /// Tests that rings close and enclose the stated area.
    pub(super) fn closure(&mut self) {
        if let Some((courses, last)) = courses(self.legs) {
            let Some(closed) = run(&courses) else { return };
            let verdict =
                if closed.misclosure <= closed.tolerance + 0.01 { Verdict::Agree } else { Verdict::Contradict };
            let finding = Finding {
                verdict,
                stated: "closes".to_owned(),
                expected: format!("misclosure {} m", metric(closed.misclosure)),
                tolerance: Some(closed.tolerance),
                rule: "bearings and distances of a ring lead back to its beginning".to_owned(),
            };
            self.enter(last, "closure", &["closes", "to"], 0, finding);
            self.area(last, closed.area_m2, verdict == Verdict::Agree);
            return;
        }
        let Some(ground) = &self.ground else { return };
        let Some(last) = (0..self.legs.len())
            .find(|at| self.legs[*at].leg.to.as_ref().is_some_and(|to| to.kind == PointKind::Start))
        else {
            return;
        };
        let verdict = if ground.closed { Verdict::Agree } else { Verdict::Contradict };
        let ends = [ground.points.first(), ground.points.last()].map(|point| point.map(|point| point.position));
        let apart = match ends {
            [Some(a), Some(b)] => crate::earth::distance_m(a, b),
            _ => 0.0,
        };
        let ring: Vec<geo::Coord> = ground.points.iter().map(|point| point.position).collect();
        let area_m2 = crate::earth::geodesic_ring_area_m2(&ring).abs();
        let finding = Finding {
            verdict,
            stated: "closes".to_owned(),
            expected: format!("the ends are {} m apart", metric(apart)),
            tolerance: None,
            rule: "a line that returns to its starting point is a ring".to_owned(),
        };
        self.enter(last, "closure", &["closes", "to"], 0, finding);
        self.area(last, area_m2, verdict == Verdict::Agree);
    }

    fn area(&mut self, at: usize, area_m2: f64, closes: bool) {
        let Some((stated, half)) = stated_area(&self.legs[at]) else { return };
        let shown = format!("{stated:.1} m²");
        if !closes {
            self.enter(
                at,
                "area",
                &["area"],
                0,
                Finding::not_tested(shown, "a ring that does not close encloses nothing"),
            );
            return;
        }
        let verdict =
            if (stated - area_m2).abs() <= half + 0.001 * area_m2 { Verdict::Agree } else { Verdict::Contradict };
        let rule = "the area that the ring encloses".to_owned();
        let finding =
            Finding { verdict, stated: shown, expected: format!("{area_m2:.1} m²"), tolerance: Some(half), rule };
        self.enter(at, "area", &["area"], 0, finding);
    }
}

/// Lengths with which a ring would close and enclose the stated area: the leg, the length, and the resulting closure.
pub(super) fn closing(legs: &[StatedLeg<'_>]) -> Vec<(usize, f64, Closed)> {
    let Some((courses, last)) = courses(legs) else { return Vec::new() };
    let Some(now) = run(&courses) else { return Vec::new() };
    if now.misclosure <= now.tolerance + 0.01 {
        return Vec::new();
    }
    let mut out = Vec::new();
    for at in 0..courses.len() {
        for factor in [0.1, 0.01, 10.0, 100.0] {
            let mut tried = courses.clone();
            tried[at].metres *= factor;
            tried[at].half *= factor;
            let Some(closed) = run(&tried).filter(|closed| closed.misclosure <= closed.tolerance + 0.01) else {
                continue;
            };
            let fits = stated_area(&legs[last])
                .is_none_or(|(area, half)| (area - closed.area_m2).abs() <= half + 0.001 * area);
            if fits {
                out.push((courses[at].leg, tried[at].metres, closed));
            }
        }
    }
    out
}
