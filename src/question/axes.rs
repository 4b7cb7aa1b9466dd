//! Detects positions that fit their surroundings only with longitude and latitude exchanged.

use crate::model::{Bounds, Input, Location, Territory, YBandIndex, bounds_of};
use geo::Coord;

/// Returns the number of positions (lon, lat in degrees) that meet the territories with their axes exchanged, if none
/// does as given and nearly all do when exchanged.
pub fn swapped_axes(positions: &[Coord], territories: &[Territory]) -> Option<usize> {
    let parts = || territories.iter().flat_map(|t| t.parts());
    let shells = parts().flat_map(|part| part.exterior().0.iter().copied());
    if !only_exchanged(positions, Frame::of(shells)?) {
        return None;
    }
    let land: Vec<YBandIndex> = parts()
        .map(|p| YBandIndex::new(std::iter::once(p.exterior()).chain(p.interiors()).map(|r| r.0.as_slice())))
        .collect();
    let meets = |c: Coord| land.iter().any(|bands| bands.locate(c) != Location::Outside);
    let count = positions.iter().filter(|c| meets(exchanged(c))).count();
    (count as f64 >= 0.9 * positions.len() as f64).then_some(count)
}

/// Least margin in degrees around the other positions.
const BESIDE_DEG: f64 = 0.1;

/// Returns the number of positions (lon, lat in degrees), if as given none lies in the extent of the others and with
/// their axes exchanged all do. The extent is widened by a quarter of its width and height.
pub fn meet_exchanged(positions: &[Coord], others: &[Coord]) -> Option<usize> {
    only_exchanged(positions, Frame::of(others.iter().copied())?.widened()).then_some(positions.len())
}

/// Whether a box is disjoint from the extent of the others as given, and inside it with its axes exchanged. The extent
/// is widened by a quarter of its width and height. Boxes are west, south, east, north in degrees.
pub fn lies_exchanged(bounds: Bounds, others: &[Bounds]) -> bool {
    let corners = |&[west, south, east, north]: &Bounds| [Coord { x: west, y: south }, Coord { x: east, y: north }];
    let Some(frame) = Frame::of(others.iter().flat_map(corners)).map(Frame::widened) else { return false };
    let [low, high] = corners(&bounds);
    let apart = high.x < frame.low.x || low.x > frame.high.x || high.y < frame.low.y || low.y > frame.high.y;
    apart && frame.holds(exchanged(&low)) && frame.holds(exchanged(&high))
}

/// What is said of the first input without a stated order of axes that lies where inputs with a stated one lie (layers of
/// a dataset, or files in a declared system) only with its axes exchanged.
pub fn exchanged_beside(inputs: &[Input]) -> Option<String> {
    let known: Vec<Bounds> = inputs.iter().filter(|input| input.axes_stated).filter_map(|input| input.bounds).collect();
    inputs.iter().filter(|input| !input.axes_stated).find_map(|input| elsewhere(input, &known))
}

/// What is said of each input without a stated order of axes that lies where the other inputs lie only with its axes
/// exchanged.
pub fn exchanged_inputs(inputs: &[Input]) -> Vec<String> {
    let others = |one: usize| {
        inputs.iter().enumerate().filter(move |(number, _)| *number != one).filter_map(|(_, input)| input.bounds)
    };
    let unstated = inputs.iter().enumerate().filter(|(_, input)| !input.axes_stated);
    unstated.filter_map(|(number, input)| elsewhere(input, &others(number).collect::<Vec<_>>())).collect()
}

/// The message for an input that is within the extent of others only with its axes exchanged.
fn elsewhere(input: &Input, others: &[Bounds]) -> Option<String> {
    let bounds = input.bounds.filter(|bounds| lies_exchanged(*bounds, others))?;
    let [west, south, east, north] = bounds_of(others.iter().copied())?;
    let degrees = |value: f64, [positive, negative]: [&str; 2]| {
        format!("{:.1}° {}", value.abs(), if value < 0.0 { negative } else { positive })
    };
    let (x, y) = (["E", "W"], ["N", "S"]);
    let span = |low, high, axis| format!("{} and {}", degrees(low, axis), degrees(high, axis));
    Some(format!(
        "{}: no position lies near {}, {} as it stands ([{}, {}] is its south-western corner), and all do with latitude \
         and longitude exchanged",
        input.path,
        span(west, east, x),
        span(south, north, y),
        bounds[0],
        bounds[1]
    ))
}

fn exchanged(at: &Coord) -> Coord {
    Coord { x: at.y, y: at.x }
}

/// South-west and north-east corners.
#[derive(Clone, Copy)]
struct Frame {
    low: Coord,
    high: Coord,
}

impl Frame {
    fn of(positions: impl Iterator<Item = Coord>) -> Option<Self> {
        positions.map(|at| Frame { low: at, high: at }).reduce(|a, b| Frame {
            low: Coord { x: a.low.x.min(b.low.x), y: a.low.y.min(b.low.y) },
            high: Coord { x: a.high.x.max(b.high.x), y: a.high.y.max(b.high.y) },
        })
    }

    /// Widened by a quarter of its width and height on every side.
    fn widened(self) -> Self {
        let Frame { low, high } = self;
        let wide = Coord { x: BESIDE_DEG.max((high.x - low.x) / 4.0), y: BESIDE_DEG.max((high.y - low.y) / 4.0) };
        Frame { low: low - wide, high: high + wide }
    }

    fn holds(self, at: Coord) -> bool {
        self.low.x <= at.x && at.x <= self.high.x && self.low.y <= at.y && at.y <= self.high.y
    }
}

/// Whether no position lies in a frame as given, and all do when exchanged.
fn only_exchanged(positions: &[Coord], frame: Frame) -> bool {
    !positions.is_empty() && positions.iter().all(|at| !frame.holds(*at) && frame.holds(exchanged(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// West, south, east and north of Switzerland, Italy, Chile, Argentina, and the oblasts of Rostov and Donetsk.
    #[test]
    fn boxes_are_held_against_each_other_and_nothing_else() {
        let [switzerland, italy] = [[5.9, 45.8, 10.5, 47.8], [6.6, 35.5, 18.5, 47.1]];
        let [chile, argentina] = [[-75.7, -55.9, -66.4, -17.5], [-73.6, -55.1, -53.6, -21.8]];
        let rostov = [38.2, 45.9, 44.3, 50.2];
        let turned = |[west, south, east, north]: Bounds| [south, west, north, east];
        for (one, other) in [(switzerland, italy), (chile, argentina), (rostov, [36.5, 46.9, 39.1, 49.3])] {
            assert!(!lies_exchanged(one, &[other]) && !lies_exchanged(one, &[]));
            assert!(lies_exchanged(turned(one), &[one, other]));
        }
        assert!(lies_exchanged(turned(switzerland), &[italy]) && lies_exchanged(turned(rostov), &[rostov]));
        assert!(!lies_exchanged(rostov, &[[-180.0, -90.0, 180.0, 90.0]]));
    }

    #[test]
    fn lines_that_meet_only_exchanged() {
        let line = [(13.0, 47.0), (13.1, 47.6), (12.9, 48.4)].map(|(x, y)| Coord { x, y });
        let other = line.map(|at| Coord { x: at.x + 0.02, y: at.y - 0.03 });
        let turned = other.map(|at| exchanged(&at));
        assert_eq!(meet_exchanged(&line, &other), None);
        assert_eq!((meet_exchanged(&line, &turned), meet_exchanged(&turned, &line)), (Some(3), Some(3)));
        let elsewhere = other.map(|at| Coord { x: at.x + 40.0, y: at.y });
        assert_eq!((meet_exchanged(&line, &elsewhere), meet_exchanged(&line, &[])), (None, None));
    }
}
