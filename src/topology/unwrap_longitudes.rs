//! Moves land on both sides of ±180° to continuous longitudes.

use super::COINCIDENT_M;
use super::antimeridian::joined_at_180;
use super::box_pool::BoxPool;
use crate::earth::LocalPlane;
use crate::earth::antimeridian::{is_beyond, line, point, polygon};
use crate::model::{Corners, Territory, corners_of};
use geo::{Coord, LineString, MapCoords, Polygon};
use rayon::prelude::*;
use std::borrow::Cow;

/// Moves land that crosses ±180°, with the land near it, to continuous longitudes, which may exceed 180°, so that
/// planar operations in longitude and latitude work there as elsewhere. Returns whether any land was moved.
///
/// [`wrapped`], [`wrapped_lines`] and [`wrapped_land`] restore results to ±180°. Lengths and areas are unaffected.
///
/// # Method
/// Polygons whose boxes are within `margin_m` metres of each other form a group, across ±180° too. In a group, land
/// west of ±180° stays and land east of it moves by 360°. Polygons of one territory that share a stretch of the
/// meridian are joined. Longitudes up to −128° are moved without rounding.
///
/// # Limitations and cost
/// A group that surrounds the globe has no continuous longitudes: it stays cut at ±180°. Near-linear in the number of
/// polygons; where ±180° is not reached from both sides, only boxes are computed.
pub fn unwrap_longitudes(territories: &mut [Cow<'_, Territory>], margin_m: f64) -> bool {
    let corners = territories.par_iter().flat_map_iter(|territory| territory.corners());
    let boxes: Vec<Corners> = corners.map(|corners| widened(*corners, margin_m)).collect();
    let moves = moves(&boxes);
    if !moves.contains(&true) {
        return false;
    }
    let mut rest = moves.as_slice();
    for territory in territories {
        let (own, others) = rest.split_at(territory.parts().len());
        rest = others;
        if own.contains(&true) {
            territory.to_mut().change_parts(|parts| shifted(parts, own));
        }
    }
    true
}

/// The same for the land of one feature.
pub fn unwrap_land(parts: &mut Vec<Polygon>, margin_m: f64) {
    let boxes: Vec<Corners> = parts.par_iter().map(|part| widened(corners_of(part), margin_m)).collect();
    let moves = moves(&boxes);
    if moves.contains(&true) {
        *parts = shifted(std::mem::take(parts), &moves);
    }
}

/// The parts, some of them moved by 360°, and joined where they then share a stretch of the meridian.
fn shifted(mut parts: Vec<Polygon>, moves: &[bool]) -> Vec<Polygon> {
    for (part, _) in parts.iter_mut().zip(moves).filter(|(_, moves)| **moves) {
        *part = part.map_coords(|at| Coord { x: at.x + 360.0, y: at.y });
    }
    joined_at_180(parts)
}

/// The position normalised to longitudes within ±180°.
///
/// # Examples
/// ```
/// use merestone::{geo::coord, topology::wrapped};
/// assert_eq!(wrapped(coord! { x: 181.0, y: 65.0 }), coord! { x: -179.0, y: 65.0 });
/// ```
pub fn wrapped(at: Coord) -> Coord {
    point(at)
}

/// Normalises lines to longitudes within ±180°, cut where they cross it.
pub fn wrapped_lines(lines: Vec<Vec<Coord>>) -> Vec<Vec<Coord>> {
    let beyond = |line: &Vec<Coord>| line.iter().any(|at| is_beyond(at.x));
    let cut = |one: Vec<Coord>| if beyond(&one) { line(&one) } else { vec![one] };
    lines.into_iter().flat_map(cut).collect()
}

/// Normalises polygons to longitudes within ±180°, cut where they cross it.
///
/// # Examples
/// ```
/// use merestone::geo::{Rect, coord};
/// let across = Rect::new(coord! { x: 179.0, y: 65.0 }, coord! { x: 181.0, y: 66.0 }).to_polygon();
/// assert_eq!(merestone::topology::wrapped_land(&[across]).len(), 2);
/// ```
pub fn wrapped_land(polygons: &[Polygon]) -> Vec<Polygon> {
    let cut = |one: &Polygon| {
        let rings: Vec<Vec<Coord>> =
            std::iter::once(one.exterior()).chain(one.interiors()).map(|ring| ring.0.clone()).collect();
        if !rings.iter().flatten().any(|at| is_beyond(at.x)) {
            return vec![one.clone()];
        }
        let whole = |mut rings: Vec<Vec<Coord>>| {
            let shell = if rings.is_empty() { Vec::new() } else { rings.remove(0) };
            Polygon::new(LineString(shell), rings.into_iter().map(LineString).collect())
        };
        polygon(&rings).into_iter().map(whole).collect()
    };
    polygons.iter().flat_map(cut).collect()
}

/// A box widened by a distance in metres, at least that of coincidence on both sides of ±180°.
fn widened((low, high): Corners, margin_m: f64) -> Corners {
    let nearer_pole = if -low.y > high.y { low } else { high };
    let wide = LocalPlane::at(nearer_pole).degrees(margin_m.max(2.0 * COINCIDENT_M));
    (low - wide, high + wide)
}

/// Marks the boxes that move by 360°.
fn moves(boxes: &[Corners]) -> Vec<bool> {
    let mut moves = vec![false; boxes.len()];
    let at_west = |b: &Corners| b.0.x <= -180.0;
    let at_east = |b: &Corners| b.1.x >= 180.0;
    if !boxes.iter().any(at_east) || !boxes.iter().any(at_west) {
        return moves;
    }
    let mut pool = BoxPool::new(boxes.iter().copied().zip(0..));
    let (mut known, mut taken) = (vec![false; boxes.len()], Vec::new());
    for first in (0..boxes.len()).filter(|i| at_east(&boxes[*i])) {
        if known[first] {
            continue;
        }
        // Collects the group, with the number of turns round the globe.
        pool.take_touching(boxes[first], &mut taken);
        let mut group: Vec<(usize, i32)> = taken.drain(..).map(|i| (i as usize, 0)).collect();
        let mut next = 0;
        while let Some(&(at, turns)) = group.get(next) {
            next += 1;
            let (low, high) = boxes[at];
            let shifts = [(0.0, 0, true), (-360.0, 1, at_east(&boxes[at])), (360.0, -1, at_west(&boxes[at]))];
            for (shift, turn, _) in shifts.into_iter().filter(|shift| shift.2) {
                let by = Coord { x: shift, y: 0.0 };
                pool.take_touching((low + by, high + by), &mut taken);
                group.extend(taken.drain(..).map(|i| (i as usize, turns + turn)));
            }
        }
        group.iter().for_each(|(i, _)| known[*i] = true);
        let fits =
            |&(i, turns): &(usize, i32)| (!at_east(&boxes[i]) || turns == 0) && (!at_west(&boxes[i]) || turns == 1);
        if group.iter().all(fits) && is_consistent(&group, boxes) {
            group.iter().filter(|(_, turns)| *turns == 1).for_each(|(i, _)| moves[*i] = true);
        }
    }
    moves
}

/// Whether touching boxes have the same number of turns, and boxes that touch across ±180° differ by one turn: false if
/// the group surrounds the globe. Turns are 0 or 1.
fn is_consistent(group: &[(usize, i32)], boxes: &[Corners]) -> bool {
    let of = |turns: i32| group.iter().filter(move |member| member.1 == turns).map(|(i, _)| (boxes[*i], *i as u32));
    let (stays, moves) = (BoxPool::new(of(0)), BoxPool::new(of(1)));
    let turn = Coord { x: 360.0, y: 0.0 };
    group.iter().all(|&(i, turns)| {
        let (low, high) = boxes[i];
        let beyond = if turns == 0 { (low - turn, high - turn) } else { (low + turn, high + turn) };
        let (same, other) = if turns == 0 { (&stays, &moves) } else { (&moves, &stays) };
        !other.touches((low, high)) && !same.touches(beyond)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(boxes: &[(f64, f64, f64, f64)]) -> Vec<bool> {
        let of = |&(west, south, east, north): &(f64, f64, f64, f64)| {
            (Coord { x: west, y: south }, Coord { x: east, y: north })
        };
        moves(&boxes.iter().map(of).collect::<Vec<_>>())
    }

    #[test]
    fn what_lies_beside_land_across_it_moves_with_it() {
        let fiji = [(178.0, -19.0, 180.0, -16.0), (-180.0, -18.0, -179.0, -17.0), (-179.0, -20.0, -178.0, -17.5)];
        let elsewhere = [(10.0, 0.0, 20.0, 5.0), (-180.0, 60.0, -170.0, 65.0), (-70.0, -20.0, -60.0, 0.0)];
        assert_eq!(moved(&[&fiji[..], &elsewhere[..]].concat()), [false, true, true, false, false, false]);
        // Land around a pole does not affect land elsewhere.
        let cap = (-180.0, -90.0, 180.0, -60.0);
        assert_eq!(moved(&[&fiji[..], &[cap]].concat()), [false, true, true, false]);
    }

    #[test]
    fn what_goes_around_the_globe_stays() {
        let girdle: Vec<_> = (-18..18).map(|i| (f64::from(i) * 10.0, 0.0, f64::from(i) * 10.0 + 10.0, 5.0)).collect();
        assert!(!moved(&girdle).contains(&true));
        let gap = [&girdle[..20], &girdle[21..]].concat();
        let gapped = moved(&gap);
        assert!(gapped[..20].iter().all(|moves| *moves) && !gapped[20..].contains(&true), "{gapped:?}");
    }

    #[test]
    fn lines_come_back_within_it() {
        let at = |x: f64, y: f64| Coord { x, y };
        let lines = wrapped_lines(vec![vec![at(179.0, 0.0), at(181.0, 2.0)], vec![at(10.0, 0.0), at(11.0, 0.0)]]);
        assert_eq!(lines[0], [at(179.0, 0.0), at(180.0, 1.0)]);
        assert_eq!(lines[1], [at(-180.0, 1.0), at(-179.0, 2.0)]);
        assert_eq!((lines.len(), wrapped(at(190.5, 3.0))), (3, at(-169.5, 3.0)));
    }
}
