//! Places as point symbols.

use crate::map::canvas::{Sheet, Stroke};
use crate::map::palette::{GREY_INK, INK, PAPER, SHORE, WATER};
use crate::map::paper::MM;
use crate::model::Place;
use geo::Coord;

/// The class of a point symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Point {
    /// A place of the first rank.
    Centre,
    Town,
    Village,
    Station,
    Crossing,
    Pass,
    Peak,
    /// A lake or reservoir whose shape is not known.
    Reservoir,
    Tripoint,
    /// A boundary pillar.
    Mark,
    /// A turning point of a line without a stated pillar.
    Turning,
}

impl Point {
    /// The symbol of a place; none for a position that only has a name.
    pub(crate) fn of(place: &Place) -> Option<Self> {
        let kind = place.meta.kind.as_deref().unwrap_or("").to_lowercase();
        let is = |words: &[&str]| words.iter().any(|w| kind.contains(w));
        if is(&["enclave", "label", "region", "water", "river", "lake", "test_"]) {
            return None;
        }
        Some(if is(&["tripoint"]) {
            Point::Tripoint
        } else if is(&["turning point"]) {
            Point::Turning
        } else if is(&["pillar", "mark"]) {
            Point::Mark
        } else if is(&["station"]) {
            Point::Station
        } else if is(&["pass", "tunnel"]) {
            Point::Pass
        } else if is(&["peak", "mount", "summit"]) {
            Point::Peak
        } else if is(&["crossing", "bridge", "checkpoint", "post"]) {
            Point::Crossing
        } else if place.rank <= 1 || is(&["capital"]) {
            Point::Centre
        } else if place.rank == 2 || is(&["town", "city"]) {
            Point::Town
        } else {
            Point::Village
        })
    }

    /// Whether its position is on a boundary, so that it is not moved off the line.
    pub(crate) fn is_of_the_line(self) -> bool {
        matches!(self, Point::Crossing | Point::Pass | Point::Tripoint | Point::Mark | Point::Turning)
    }

    /// Distance from the centre to the edge of the symbol, in millimetres.
    pub(crate) fn radius_mm(self) -> f64 {
        match self {
            Point::Centre => 1.1,
            Point::Reservoir => 0.9,
            Point::Town | Point::Peak | Point::Tripoint | Point::Pass => 0.8,
            Point::Station | Point::Crossing => 0.7,
            Point::Mark => 0.6,
            Point::Village => 0.5,
            Point::Turning => 0.4,
        }
    }

    pub(crate) fn draw(self, sheet: &mut Sheet, at: Coord) {
        let r = self.radius_mm();
        let corner = |x: f64, y: f64| at + Coord { x, y } * (r * MM);
        match self {
            Point::Centre => {
                sheet.circle(at, r, Some(PAPER), Some(&Stroke::new(INK, 0.28)));
                sheet.circle(at, 0.5, Some(INK), None);
            }
            Point::Town => sheet.circle(at, r - 0.1, Some(PAPER), Some(&Stroke::new(INK, 0.3))),
            Point::Village => sheet.circle(at, r, Some(INK), Some(&Stroke::new(PAPER, 0.12))),
            Point::Station => {
                let ring = vec![
                    corner(-0.8, -0.8),
                    corner(0.8, -0.8),
                    corner(0.8, 0.8),
                    corner(-0.8, 0.8),
                    corner(-0.8, -0.8),
                ];
                sheet.fill(std::slice::from_ref(&ring), PAPER);
                sheet.stroke(&[ring], &Stroke::new(INK, 0.24));
            }
            Point::Crossing => {
                sheet.circle(at, r, Some(PAPER), Some(&Stroke::new(INK, 0.2)));
                sheet.stroke(
                    &[vec![corner(-0.6, 0.0), corner(0.6, 0.0)], vec![corner(0.0, -0.6), corner(0.0, 0.6)]],
                    &Stroke::new(INK, 0.2),
                );
            }
            Point::Pass => {
                let arc = |side: f64| {
                    vec![
                        corner(side * 0.9, -0.9),
                        corner(side * 0.35, -0.4),
                        corner(side * 0.35, 0.4),
                        corner(side * 0.9, 0.9),
                    ]
                };
                sheet.stroke(&[arc(-1.0), arc(1.0)], &Stroke::new(PAPER, 0.6));
                sheet.stroke(&[arc(-1.0), arc(1.0)], &Stroke::new(INK, 0.26));
            }
            Point::Peak => {
                sheet.fill(&[vec![corner(0.0, -0.9), corner(0.85, 0.7), corner(-0.85, 0.7)]], GREY_INK);
            }
            Point::Reservoir => {
                // Water above a dam.
                let arc = (0..=12).map(|i| (f64::from(i) * std::f64::consts::PI / 12.0).sin_cos());
                let half: Vec<Coord> = arc.map(|(sin, cos)| corner(-cos, 0.45 - 1.2 * sin)).collect();
                sheet.fill(std::slice::from_ref(&half), WATER);
                sheet.stroke(&[half], &Stroke::new(SHORE, 0.2));
                sheet.stroke(&[vec![corner(-1.0, 0.45), corner(1.0, 0.45)]], &Stroke::new(INK, 0.36).flat());
            }
            Point::Tripoint => {
                let ring = vec![corner(0.0, -1.0), corner(0.9, 0.65), corner(-0.9, 0.65), corner(0.0, -1.0)];
                sheet.fill(std::slice::from_ref(&ring), PAPER);
                sheet.stroke(&[ring], &Stroke::new(INK, 0.25));
                sheet.circle(at + Coord { x: 0.0, y: 0.05 * MM }, 0.16, Some(INK), None);
            }
            Point::Turning => sheet.circle(at, r, Some(PAPER), Some(&Stroke::new(INK, 0.18))),
            Point::Mark => {
                let ring = vec![corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)];
                sheet.fill(&[ring], INK);
            }
        }
    }
}
