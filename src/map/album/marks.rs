//! The boundary marks that are drawn at a scale.

use crate::earth::LocalPlane;
use crate::earth::projection::Projection;
use crate::model::Place;
use geo::Coord;
use rustc_hash::FxHashMap;

/// Denominator of the scale up to which every mark is drawn; at smaller scales marks are at least so many millimetres
/// apart (GOST R 70171-2022, 8.2.4).
const EVERY_MARK: f64 = 50_000.0;
const MARKS_MM: f64 = 3.0;
/// A line turns sharply at a mark, which is never left out, by more than so many degrees.
const SHARP_DEG: f64 = 30.0;

/// Leaves out the marks that are too near to another one at the scale; at sharp turns of the lines none is left out.
pub(super) fn thin<'c>(
    marks: &mut Vec<Place>,
    scale: f64,
    courses: impl Iterator<Item = &'c [Coord]>,
    plane: &Projection,
) {
    if scale <= EVERY_MARK {
        return;
    }
    let sharp = Near::of(1.0, sharp_turns(courses).into_iter().map(|p| plane.forward(p)));
    let mut kept = Near::of(MARKS_MM / 1000.0 * scale, []);
    marks.retain(|mark| {
        let at = plane.forward(mark.position);
        let is_kept = !kept.has_near(at) || sharp.has_near(at);
        if is_kept {
            kept.add(at);
        }
        is_kept
    });
}

/// Where lines turn sharply.
fn sharp_turns<'c>(courses: impl Iterator<Item = &'c [Coord]>) -> Vec<Coord> {
    let turn = |three: &[Coord]| {
        let plane = LocalPlane::at(three[1]);
        let [a, b] = [(three[0], three[1]), (three[1], three[2])].map(|(from, to)| plane.to_m(to) - plane.to_m(from));
        (a.x * b.y - a.y * b.x).atan2(a.x * b.x + a.y * b.y).to_degrees().abs()
    };
    let of = |course: &'c [Coord]| course.windows(3).filter(|three| turn(three) > SHARP_DEG).map(|three| three[1]);
    courses.flat_map(of).collect()
}

/// Positions on a plane, by cells of the distance asked for.
struct Near {
    within: f64,
    cells: FxHashMap<[i64; 2], Vec<Coord>>,
}

impl Near {
    fn of(within: f64, all: impl IntoIterator<Item = Coord>) -> Self {
        let mut near = Near { within, cells: FxHashMap::default() };
        all.into_iter().for_each(|at| near.add(at));
        near
    }

    fn cell(&self, at: Coord) -> [i64; 2] {
        [at.x, at.y].map(|value| (value / self.within).floor() as i64)
    }

    fn add(&mut self, at: Coord) {
        let cell = self.cell(at);
        self.cells.entry(cell).or_default().push(at);
    }

    /// Whether one of the positions is nearer than the distance.
    fn has_near(&self, at: Coord) -> bool {
        let [x, y] = self.cell(at);
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| [x + dx, y + dy]));
        let mut near = around.filter_map(|cell| self.cells.get(&cell)).flatten();
        near.any(|other| (at - *other).x.hypot((at - *other).y) < self.within)
    }
}
