//! Places the frames of sheets along lines: north up, of one size, as few as cover the lines.

use crate::map::paper::{Bounds, MM};
use geo::Coord;

/// Sides of sheets and how they overlap, in one plane; lengths in its unit, which may be any.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Size {
    /// Width and height of a frame.
    pub frame: [f64; 2],
    /// Distance that a line on a sheet keeps from its frame.
    pub spare: f64,
    /// Least overlap of successive sheets, as a share of the width and of the height.
    pub overlap: f64,
}

impl Size {
    /// The size on the ground of a frame on paper, with 1 cm of paper to spare on every side.
    pub(super) fn of(frame: &Bounds, scale: f64, overlap: f64) -> Self {
        let ground = |um: f64| um / MM / 1000.0 * scale;
        Size { frame: [ground(frame.width()), ground(frame.height())], spare: 0.01 * scale, overlap }
    }

    fn half(&self) -> [f64; 2] {
        self.frame.map(|side| side / 2.0)
    }

    /// Half the size of the part of a sheet in which a line must lie.
    fn half_inside(&self) -> [f64; 2] {
        self.half().map(|half| half - self.spare)
    }

    /// The box of a frame with this centre.
    pub(super) fn at(&self, centre: Coord) -> Bounds {
        let [x, y] = self.half();
        Bounds { x0: centre.x - x, y0: centre.y - y, x1: centre.x + x, y1: centre.y + y }
    }

    /// Whether a sheet shows all of a line with room to spare.
    fn holds(&self, centre: Coord, line: &[Coord]) -> bool {
        let [x, y] = self.half_inside();
        line.iter().all(|p| (p.x - centre.x).abs() <= x && (p.y - centre.y).abs() <= y)
    }
}

/// A frame that covers a stretch of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    pub centre: Coord,
    /// Number of the line.
    pub line: usize,
    /// Where the stretch begins and ends: number of an edge and share of it.
    pub from: (usize, f64),
    pub to: (usize, f64),
}

/// The frames of several lines, in the order of the lines and along them; none if there would be more than `most`.
///
/// # Method
/// From the start of a line a sheet takes as much of it as fits, so that no fewer sheets could cover it piece by piece;
/// the next one begins where it ends. Successive sheets have at least the asked overlap in both directions. With as many
/// sheets as that gives, the line is then kept as far from the frames as they allow: what a sheet has to spare is spread
/// over all of them. Open lines that a sheet before them shows need none of their own; rings always have their own.
pub(super) fn frames(lines: &[Vec<Coord>], size: &Size, most: usize) -> Option<Vec<Placed>> {
    let mut placed: Vec<Placed> = Vec::new();
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| line.len() > 1) {
        let is_ring = line.first() == line.last();
        if !is_ring && placed.iter().any(|sheet| size.holds(sheet.centre, line)) {
            continue;
        }
        placed.extend(of_line(number, line, size, most.checked_sub(placed.len())?)?);
    }
    Some(placed)
}

/// Steps of the search for the greatest distance from the frames.
const SPREADING: usize = 16;

fn of_line(number: usize, line: &[Coord], size: &Size, most: usize) -> Option<Vec<Placed>> {
    let mut best = cover(number, line, size, most)?;
    let count = best.len();
    let [width, height] = size.frame;
    let (mut low, mut high) = (size.spare, width.min(height) / 2.0);
    for _ in 0..SPREADING {
        let spare = (low + high) / 2.0;
        match cover(number, line, &Size { spare, ..*size }, count) {
            Some(better) if !better.is_empty() => (best, low) = (better, spare),
            _ => high = spare,
        }
    }
    Some(best)
}

/// The sheets of one line, each with as much of it as fits; none if they are more than `most`.
fn cover(number: usize, line: &[Coord], size: &Size, most: usize) -> Option<Vec<Placed>> {
    let mut placed = Vec::new();
    let mut along = Along { line, size, at: (0, 0.0), before: None };
    while along.at.0 < line.len() - 1 {
        // Without room on a sheet there is no cover.
        let (centre, to) = along.next_sheet()?;
        placed.push(Placed { centre, line: number, from: along.at, to });
        if placed.len() > most {
            return None;
        }
        (along.at, along.before) = (to, Some(centre));
    }
    Some(placed)
}

/// A line of which a part is covered.
struct Along<'l> {
    line: &'l [Coord],
    size: &'l Size,
    /// Where the uncovered rest begins.
    at: (usize, f64),
    /// The centre of the sheet before.
    before: Option<Coord>,
}

impl Along<'_> {
    fn place(&self, (edge, share): (usize, f64)) -> Coord {
        match self.line.get(edge + 1) {
            Some(&end) => self.line[edge] + (end - self.line[edge]) * share,
            None => self.line[edge],
        }
    }

    /// The next sheet: its centre, and where the stretch on it ends; none if a sheet has no room for any of it.
    fn next_sheet(&self) -> Option<(Coord, (usize, f64))> {
        let last = self.line.len() - 1;
        let start = self.place(self.at);
        let mut shown = Bounds { x0: start.x, y0: start.y, x1: start.x, y1: start.y };
        for edge in self.at.0..last {
            let end = self.line[edge + 1];
            let with = |p: Coord| shown.union(&Bounds { x0: p.x, y0: p.y, x1: p.x, y1: p.y });
            if self.centre(&with(end)).is_some() {
                shown = with(end);
                continue;
            }
            // The longest part of the edge that still fits.
            let first = if edge == self.at.0 { self.at.1 } else { 0.0 };
            let (mut low, mut high) = (first, 1.0);
            for _ in 0..60 {
                let middle = (low + high) / 2.0;
                if self.centre(&with(self.place((edge, middle)))).is_some() { low = middle } else { high = middle }
            }
            let to = (edge, low);
            let centre = self.centre(&with(self.place(to)))?;
            // Rounding must not stop it at a place that has been reached.
            return (to > self.at).then_some((centre, to));
        }
        Some((self.centre(&shown)?, (last, 0.0)))
    }

    /// The centre of a sheet that shows a box and overlaps the sheet before: as near to the middle of the box as it can
    /// be.
    fn centre(&self, shown: &Bounds) -> Option<Coord> {
        let [x, y] = [0, 1].map(|axis| {
            let (low, high) = if axis == 0 { (shown.x0, shown.x1) } else { (shown.y0, shown.y1) };
            let inside = self.size.half_inside()[axis];
            let (mut least, mut most) = (high - inside, low + inside);
            if let Some(before) = self.before {
                let before = if axis == 0 { before.x } else { before.y };
                let step = self.size.frame[axis] * (1.0 - self.size.overlap);
                (least, most) = (least.max(before - step), most.min(before + step));
            }
            (least <= most).then(|| ((low + high) / 2.0).clamp(least, most))
        });
        Some(Coord { x: x?, y: y? })
    }
}

/// A side of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SheetSide {
    /// Above.
    North,
    /// To the right.
    East,
    /// Below.
    South,
    /// To the left.
    West,
}

impl SheetSide {
    /// The four sides, clockwise from the top.
    pub const ALL: [SheetSide; 4] = [SheetSide::North, SheetSide::East, SheetSide::South, SheetSide::West];

    /// The opposite side.
    pub const fn opposite(self) -> Self {
        match self {
            SheetSide::North => SheetSide::South,
            SheetSide::East => SheetSide::West,
            SheetSide::South => SheetSide::North,
            SheetSide::West => SheetSide::East,
        }
    }
}

/// A sheet that shows some of the same ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Neighbour {
    /// Its number, from 0.
    pub sheet: usize,
    pub side: SheetSide,
    /// The line in the middle of the common ground, at which one continues the other.
    pub match_line: [Coord; 2],
}

/// The neighbours of each sheet. Two sheets are neighbours on opposite sides: the sides where their centres are farther
/// apart, in sheets.
pub(super) fn neighbours(centres: &[Coord], size: &Size) -> Vec<Vec<Neighbour>> {
    let [width, height] = size.frame;
    let mut found = vec![Vec::new(); centres.len()];
    // Only sheets whose centres are less than a width apart can meet: in the order of x they stand together.
    let mut order: Vec<usize> = (0..centres.len()).collect();
    order.sort_by(|a, b| centres[*a].x.total_cmp(&centres[*b].x).then(a.cmp(b)));
    for (place, &a) in order.iter().enumerate() {
        for &b in order[place + 1..].iter().take_while(|b| centres[**b].x - centres[a].x < width) {
            let apart = centres[b] - centres[a];
            if apart.y.abs() >= height || apart == Coord::zero() {
                continue;
            }
            let middle = (centres[a] + centres[b]) / 2.0;
            // Half the common ground across the direction in which they are apart.
            let (side, along) = if apart.x / width >= apart.y.abs() / height {
                (SheetSide::East, Coord { x: 0.0, y: (height - apart.y.abs()) / 2.0 })
            } else if apart.y > 0.0 {
                (SheetSide::North, Coord { x: (width - apart.x) / 2.0, y: 0.0 })
            } else {
                (SheetSide::South, Coord { x: (width - apart.x) / 2.0, y: 0.0 })
            };
            let match_line = [middle - along, middle + along];
            found[a].push(Neighbour { sheet: b, side, match_line });
            found[b].push(Neighbour { sheet: a, side: side.opposite(), match_line });
        }
    }
    for own in &mut found {
        own.sort_by_key(|neighbour| (neighbour.side, neighbour.sheet));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIZE: Size = Size { frame: [30.0, 20.0], spare: 1.0, overlap: 0.1 };

    fn line(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn a_straight_line_has_as_few_sheets_as_the_overlap_allows() {
        // 27 of a sheet's width are new on each sheet after the first, which shows 28.
        let found = frames(&[line(&[(0.0, 0.0), (28.0 + 3.0 * 27.0, 0.0)])], &SIZE, 99).unwrap();
        assert_eq!(found.len(), 4);
        let found = frames(&[line(&[(0.0, 0.0), (28.1 + 3.0 * 27.0, 0.0)])], &SIZE, 99).unwrap();
        assert_eq!(found.len(), 5);
    }

    #[test]
    fn a_ring_has_its_own_sheet_and_a_short_line_beside_another_has_none() {
        let long = line(&[(0.0, 0.0), (20.0, 0.0)]);
        let beside = line(&[(5.0, 1.0), (6.0, 2.0)]);
        let ring = line(&[(5.0, 1.0), (6.0, 1.0), (6.0, 2.0), (5.0, 1.0)]);
        let found = frames(&[long, beside, ring], &SIZE, 99).unwrap();
        assert_eq!(found.iter().map(|sheet| sheet.line).collect::<Vec<_>>(), [0, 2]);
    }

    #[test]
    fn too_many_sheets_are_none() {
        assert_eq!(frames(&[line(&[(0.0, 0.0), (1000.0, 0.0)])], &SIZE, 10), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

        #[test]
        fn every_part_of_a_line_is_on_a_sheet_with_room_to_spare(
            steps in prop::collection::vec((-40.0..40.0, -40.0..40.0), 1..40),
            (width, height) in (5.0..60.0, 5.0..60.0),
            (spare, overlap) in (0.0..0.3, 0.0..0.5),
        ) {
            let mut at = Coord { x: 0.0, y: 0.0 };
            let mut course = vec![at];
            for (x, y) in steps {
                at = at + Coord { x, y };
                course.push(at);
            }
            let size = Size { frame: [width, height], spare: spare * f64::min(width, height), overlap };
            let found = frames(&[course.clone()], &size, 100_000).unwrap();
            prop_assert_eq!(found[0].from, (0, 0.0));
            prop_assert_eq!(found[found.len() - 1].to, (course.len() - 1, 0.0));
            let along = Along { line: &course, size: &size, at: (0, 0.0), before: None };
            let rounding = 1e-9 * (1.0 + width + height) * course.len() as f64;
            let inside = Size { spare: size.spare - rounding, ..size };
            for sheet in &found {
                let within = course.iter().enumerate().filter(|(i, _)| (*i, 0.0) > sheet.from && (*i, 0.0) <= sheet.to);
                let mut shown: Vec<Coord> = within.map(|(_, p)| *p).collect();
                shown.extend([along.place(sheet.from), along.place(sheet.to)]);
                prop_assert!(inside.holds(sheet.centre, &shown), "{:?} of {:?}", sheet, shown);
            }
            for pair in found.windows(2) {
                prop_assert_eq!(pair[0].to, pair[1].from);
                let apart = pair[1].centre - pair[0].centre;
                prop_assert!(width - apart.x.abs() >= overlap * width - rounding);
                prop_assert!(height - apart.y.abs() >= overlap * height - rounding);
            }
            let centres: Vec<Coord> = found.iter().map(|sheet| sheet.centre).collect();
            let beside = neighbours(&centres, &size);
            for (number, own) in beside.iter().enumerate() {
                for neighbour in own {
                    let back = Neighbour { sheet: number, side: neighbour.side.opposite(), ..*neighbour };
                    prop_assert!(beside[neighbour.sheet].contains(&back));
                }
            }
            let meet = |a: Coord, b: Coord| (a.x - b.x).abs() < width && (a.y - b.y).abs() < height && a != b;
            for a in 0..centres.len() {
                for b in a + 1..centres.len() {
                    let known = beside[a].iter().any(|neighbour| neighbour.sheet == b);
                    prop_assert_eq!(known, meet(centres[a], centres[b]));
                }
            }
        }
    }
}
