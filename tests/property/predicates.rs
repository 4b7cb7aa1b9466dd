//! Point location and edge intersection, against `geo`.

use super::figures::{position, star};
use geo::{Contains, Coord, Intersects, Line, Point};
use merestone::model::{Location, YBandIndex};
use merestone::topology::{Meeting, meet};
use proptest::prelude::*;

/// Positions on a coarse grid, where edges often touch, cross at corners or coincide.
fn coarse() -> impl Strategy<Value = Coord> {
    (0..6_i32, 0..6_i32).prop_map(|(x, y)| Coord { x: f64::from(x), y: f64::from(y) })
}

fn edge() -> impl Strategy<Value = [Coord; 2]> {
    (coarse(), coarse()).prop_filter("two positions", |(a, b)| a != b).prop_map(|(a, b)| [a, b])
}

fn mirrored(share: f64) -> f64 {
    1.0 - share
}

proptest! {
    #![proptest_config(super::cases(512))]

    #[test]
    fn y_band_index_agrees_with_geo(polygon in star(), by in (-0.6..0.6_f64, -0.6..0.6_f64), corner in 0..14_usize) {
        let bands = YBandIndex::new([polygon.exterior().0.as_slice()]);
        let ring = &polygon.exterior().0;
        // Near a corner, at its latitude, and at the corner.
        let at = ring[corner % ring.len()];
        for c in [at, Coord { x: at.x + by.0, y: at.y }, Coord { x: at.x + by.0, y: at.y + by.1 }] {
            let expected = if polygon.contains(&Point(c)) {
                Location::Inside
            } else if polygon.intersects(&Point(c)) {
                Location::OnLine
            } else {
                Location::Outside
            };
            prop_assert_eq!(bands.locate(c), expected, "{:?}", c);
        }
    }

    #[test]
    fn sides_of_a_line_agree_with_geo(polygon in star(), a in position(), b in position(), pull in 0.0..1.0_f64) {
        // Pulled towards the polygon, so that it often crosses it.
        let middle = polygon.exterior().0[0];
        let line = [a + (middle - a) * pull, b + (middle - b) * pull];
        let sides = YBandIndex::new([polygon.exterior().0.as_slice()]).sides(&line);
        let drawn = geo::LineString(line.to_vec());
        prop_assert_eq!(sides.inside.is_some(), polygon.intersects(&drawn));
        prop_assert_eq!(sides.outside.is_some(), !polygon.contains(&drawn));
    }

    /// Bit for bit: neighbours have their shared edge in opposite directions.
    #[test]
    fn direction_of_the_other_edge_changes_nothing(a in (position(), position()), b in (position(), position())) {
        prop_assert_eq!(meet([a.0, a.1], [b.0, b.1]), meet([a.0, a.1], [b.1, b.0]));
    }

    #[test]
    fn edges_meet_either_way_round(a in edge(), b in edge()) {
        let touches = |m: Meeting| m != Meeting::Apart;
        prop_assert_eq!(touches(meet(a, b)), Line::new(a[0], a[1]).intersects(&Line::new(b[0], b[1])));
        match (meet(a, b), meet(b, a)) {
            (Meeting::Apart, Meeting::Apart) => {}
            (Meeting::At { share: s, proper: p }, Meeting::At { share: t, proper: q }) => {
                prop_assert_eq!(p, q);
                let (one, other) = (a[0] + (a[1] - a[0]) * s, b[0] + (b[1] - b[0]) * t);
                prop_assert!((one.x - other.x).abs() < 1e-12 && (one.y - other.y).abs() < 1e-12);
            }
            (Meeting::Along { from, to }, Meeting::Along { from: f, to: t }) => {
                let length = |e: [Coord; 2]| (e[1].x - e[0].x).hypot(e[1].y - e[0].y);
                prop_assert!(((to - from) * length(a) - (t - f) * length(b)).abs() < 1e-12);
            }
            (one, other) => prop_assert!(false, "{:?} but {:?}", one, other),
        }
    }

    #[test]
    fn a_turned_edge_meets_at_the_same_place(a in edge(), b in edge()) {
        let there = meet(a, b);
        prop_assert_eq!(there, meet(a, [b[1], b[0]]));
        match (there, meet([a[1], a[0]], b)) {
            (Meeting::At { share, proper }, Meeting::At { share: s, proper: p }) => {
                prop_assert!((share - mirrored(s)).abs() < 1e-12);
                prop_assert_eq!(proper, p);
            }
            (Meeting::Along { from, to }, Meeting::Along { from: f, to: t }) => {
                prop_assert!((from - mirrored(t)).abs() < 1e-12 && (to - mirrored(f)).abs() < 1e-12);
            }
            (one, other) => prop_assert_eq!(one, other),
        }
    }
}
