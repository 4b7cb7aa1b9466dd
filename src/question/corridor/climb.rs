//! Ascent and descent of a route, from heights at equal steps along it.

use super::HeightAt;
use crate::earth::{edge_length_as, point_along, share_along};
use crate::model::Route;
use geo::Coord;

/// Ascent, descent and grades of a route.
#[derive(Default)]
pub(super) struct Climb {
    /// Chainage and height in metres, where the height is known.
    pub heights: Vec<[f64; 2]>,
    /// Number of positions without a known height.
    pub unknown: usize,
    pub up_m: f64,
    pub down_m: f64,
    pub steepest_percent: f64,
}

impl Climb {
    pub fn of(route: &Route, length_m: f64, height: HeightAt<'_>, step_m: f64) -> Self {
        let mut climb = Climb::default();
        let steps = (length_m / step_m).ceil().max(1.0) as usize;
        let mut before: Option<[f64; 2]> = None;
        for (chainage_m, at) in along(route, length_m, steps) {
            let Some(height_m) = height(at) else {
                climb.unknown += 1;
                before = None;
                continue;
            };
            if let Some([from_m, from_height_m]) = before {
                let (rise_m, way_m) = (height_m - from_height_m, chainage_m - from_m);
                climb.up_m += rise_m.max(0.0);
                climb.down_m += (-rise_m).max(0.0);
                if way_m > 0.0 {
                    climb.steepest_percent = climb.steepest_percent.max(100.0 * rise_m.abs() / way_m);
                }
            }
            before = Some([chainage_m, height_m]);
            climb.heights.extend(before);
        }
        climb
    }

    /// The value, if heights are known.
    pub fn figure(&self, value: f64) -> Option<f64> {
        (self.heights.len() > 1).then_some(value)
    }
}

/// Positions along a route at equal steps, with their chainages in metres.
fn along(route: &Route, length_m: f64, steps: usize) -> Vec<(f64, Coord)> {
    let (mut out, mut done_m, mut next) = (Vec::with_capacity(steps + 1), 0.0, 0);
    let wanted_m = |step: usize| length_m * step as f64 / steps as f64;
    let mut last = None;
    for run in &route.runs {
        for edge in run.0.windows(2) {
            let edge_m = edge_length_as(edge[0], edge[1], route.meta.edges);
            while next <= steps && wanted_m(next) <= done_m + edge_m && edge_m > 0.0 {
                let (behind_m, edges) = (wanted_m(next) - done_m, route.meta.edges);
                let share = share_along(edge[0], edge[1], behind_m, edge_m, edges);
                out.push((wanted_m(next), point_along(edge[0], edge[1], share)));
                next += 1;
            }
            done_m += edge_m;
            last = Some(edge[1]);
        }
    }
    // Rounding may omit the end.
    out.extend(last.filter(|_| next == steps).map(|end| (length_m, end)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::line_length_m;
    use geo::line_string;

    #[test]
    fn places_at_equal_steps_are_so_far_apart_along_an_edge() {
        // The middle of this edge in degrees has 97 m more than half of its length behind it.
        let run = line_string![(x: 10.0, y: 45.0), (x: 11.0, y: 46.0)];
        let whole_m = line_length_m(&run.0);
        let route = Route::new("r", [run]).expect("a line with a length");
        let places = along(&route, whole_m, 7);
        assert_eq!(places.len(), 8);
        for pair in places.windows(2) {
            assert!((line_length_m(&[pair[0].1, pair[1].1]) - whole_m / 7.0).abs() < 1e-3);
        }
    }
}
