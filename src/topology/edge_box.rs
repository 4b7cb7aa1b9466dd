//! Bounding boxes of edges.

use crate::model::Corners;
use geo::Coord;

/// The bounding box of an edge.
#[inline]
pub(crate) fn box_of([a, b]: [Coord; 2]) -> Corners {
    (Coord { x: a.x.min(b.x), y: a.y.min(b.y) }, Coord { x: a.x.max(b.x), y: a.y.max(b.y) })
}

#[inline]
pub(super) fn join(a: Corners, b: Corners) -> Corners {
    (Coord { x: a.0.x.min(b.0.x), y: a.0.y.min(b.0.y) }, Coord { x: a.1.x.max(b.1.x), y: a.1.y.max(b.1.y) })
}

#[inline]
pub(super) fn touch(a: Corners, b: Corners) -> bool {
    a.0.x <= b.1.x && b.0.x <= a.1.x && a.0.y <= b.1.y && b.0.y <= a.1.y
}

/// The bounding box of a non-empty line.
pub(super) fn around(line: &[Coord]) -> Corners {
    line.iter().map(|&at| (at, at)).fold((line[0], line[0]), join)
}

/// Consecutive edges whose common box is tested before their own boxes.
const RUN: usize = 16;

/// The edges of a line in runs of [`RUN`]: their positions and their bounding box.
pub(super) fn runs(line: &[Coord]) -> impl Iterator<Item = (&[Coord], Corners)> {
    (0..line.len().saturating_sub(1)).step_by(RUN).map(|first| {
        let run = &line[first..line.len().min(first + RUN + 1)];
        (run, around(run))
    })
}
