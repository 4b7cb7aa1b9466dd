//! Boundary marks: none too far from the next, no number twice, numbers that stay.

use merestone::geo::{Coord, LineString};
use merestone::model::{Content, Line, Place};
use merestone::question::{MarkBasis, MarkOptions, MarkReport, Numbering, marks};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn lines(courses: &[Vec<(f64, f64)>]) -> Vec<Content> {
    let line = |(number, course): (usize, &Vec<(f64, f64)>)| {
        let mut at = Coord { x: 10.0 + number as f64, y: 45.0 };
        let mut run = vec![at];
        for (dx, dy) in course {
            at = Coord { x: at.x + 0.02 * dx, y: at.y + 0.02 * dy };
            run.push(at);
        }
        Line::new(format!("l{number}"), [LineString(run)]).expect("a line of positions")
    };
    vec![Content::Lines(courses.iter().enumerate().map(line).collect())]
}

fn placed(contents: &[Content], existing: &[Place], spacing_m: f64, numbering: Numbering) -> MarkReport {
    let mut options = MarkOptions::default();
    (options.max_spacing_m, options.numbering) = (spacing_m, numbering);
    let mut basis = MarkBasis::default();
    basis.existing = existing;
    marks(contents, &basis, &options).expect("lines with a length").report
}

/// The marks as places that stand.
fn standing(report: &MarkReport) -> Vec<Place> {
    let place = |mark: &merestone::question::Mark| {
        let [x, y] = mark.position;
        Place::new(mark.number.clone(), Coord { x, y }).expect("a position")
    };
    report.marks.iter().map(place).collect()
}

fn numbering() -> impl Strategy<Value = Numbering> {
    prop_oneof![Just(Numbering::Plain), Just(Numbering::Sector), Just(Numbering::Intermediate)]
}

fn courses() -> impl Strategy<Value = Vec<Vec<(f64, f64)>>> {
    prop::collection::vec(prop::collection::vec((0.05..1.0_f64, -1.0..1.0_f64), 1..8), 1..4)
}

proptest! {
    #![proptest_config(super::cases(64))]

    #[test]
    fn no_leg_is_longer_than_asked_and_the_legs_add_up(
        courses in courses(), spacing_m in 150.0..3000.0_f64, numbering in numbering(),
    ) {
        let report = placed(&lines(&courses), &[], spacing_m, numbering);
        for line in &report.lines {
            let legs: Vec<_> = report.legs.iter().filter(|leg| leg.line == line.line).collect();
            prop_assert!(legs.iter().all(|leg| leg.path_m <= spacing_m + 1e-6));
            // The geodesic is the shortest way.
            prop_assert!(legs.iter().all(|leg| leg.distance_m <= leg.path_m + 1e-4));
            let sum: f64 = legs.iter().map(|leg| leg.path_m).sum();
            prop_assert!((sum - line.length_m).abs() < 1e-3);
        }
        let numbers: BTreeSet<&str> = report.marks.iter().map(|mark| mark.number.as_str()).collect();
        prop_assert_eq!(numbers.len(), report.marks.len());
    }

    #[test]
    fn marks_that_stand_keep_their_numbers_when_others_come_between(
        courses in courses(), spacing_m in 400.0..3000.0_f64, numbering in numbering(), drop in any::<prop::sample::Index>(),
    ) {
        let contents = lines(&courses);
        let first = placed(&contents, &[], spacing_m, numbering);
        let mut places = standing(&first);
        // One is lost: its number stays behind.
        let lost = drop.index(places.len());
        places[lost].meta.properties.insert("status".into(), "lost".into());
        let second = placed(&contents, &places, spacing_m / 2.5, numbering);
        let now: BTreeMap<&str, [f64; 2]> = second.marks.iter().map(|mark| (mark.number.as_str(), mark.position)).collect();
        prop_assert_eq!(now.len(), second.marks.len());
        for (number, mark) in first.marks.iter().enumerate() {
            if number == lost {
                prop_assert!(!now.contains_key(mark.number.as_str()));
            } else {
                prop_assert_eq!(now.get(mark.number.as_str()), Some(&mark.position));
            }
        }
    }

    #[test]
    fn a_plan_against_itself_has_no_residuals(courses in courses(), spacing_m in 150.0..3000.0_f64) {
        let mut report = placed(&lines(&courses), &[], spacing_m, Numbering::Plain);
        let places = standing(&report);
        report.compare(&places);
        let measured = report.measured.expect("it was asked");
        prop_assert_eq!(measured.rms_m, Some(0.0));
        prop_assert!(measured.not_measured.is_empty() && measured.not_planned.is_empty());
    }
}
