//! Joins polygons that were cut along the antimeridian (±180°).

use super::overlay::enclosed;
use super::splice::spliced;
use crate::model::DisjointSets;
use geo::{BoundingRect, Coord, LineString, MapCoords, Polygon};
use std::collections::BTreeMap;

/// A piece of land: one polygon, or several that meet along ±180°.
#[derive(Debug, Clone, PartialEq)]
pub struct AcrossAntimeridian {
    /// The polygons; none crosses ±180°.
    pub polygons: Vec<Polygon>,
    /// The same land in continuous longitudes, which may exceed ±180°; empty where `polygons` is a single polygon or
    /// the land surrounds a pole.
    pub unwrapped: Vec<Polygon>,
}

impl AcrossAntimeridian {
    /// The land in continuous longitudes where possible, else [`polygons`](Self::polygons).
    pub fn whole(&self) -> &[Polygon] {
        if self.unwrapped.is_empty() { &self.polygons } else { &self.unwrapped }
    }
}

/// An edge along a meridian: its southern latitude, its northern latitude, and the number of its polygon.
type MeridianEdge = (f64, f64, usize);

/// Joins polygons of one territory, in continuous longitudes, that share a stretch of 180°. The result takes the place
/// of the first polygon; vertices that only the cut had introduced are removed.
pub(super) fn joined_at_180(polygons: Vec<Polygon>) -> Vec<Polygon> {
    let pairs = pairs(&polygons, [180.0, 180.0]);
    if pairs.is_empty() {
        return polygons;
    }
    let mut sets = DisjointSets::new(polygons.len());
    for (west, east) in pairs {
        sets.unite(west as u32, east as u32);
    }
    let mut groups: BTreeMap<u32, Vec<Polygon>> = BTreeMap::new();
    for (number, polygon) in polygons.into_iter().enumerate() {
        groups.entry(sets.root(number as u32)).or_default().push(polygon);
    }
    let one = |group: Vec<Polygon>| match group.len() {
        1 => group,
        _ => match spliced(&group, 180.0) {
            Some(whole) => vec![uncut(&whole)],
            None => enclosed(&group).iter().map(uncut).collect(),
        },
    };
    groups.into_values().flat_map(one).collect()
}

/// Greatest offset in degrees, from rounding, of a cut vertex from the uncut edge.
const ROUNDING_DEG: f64 = 1e-12;

/// Removes the collinear vertices on 180° from a polygon.
fn uncut(polygon: &Polygon) -> Polygon {
    let ring = |ring: &LineString| {
        let open = &ring.0[..ring.0.len().saturating_sub(1)];
        let count = open.len();
        let goes_on = |i: usize| {
            let (before, at, after) = (open[(i + count - 1) % count], open[i], open[(i + 1) % count]);
            let (u, v) = (at - before, after - before);
            at.x == 180.0
                && (before.x - 180.0) * (after.x - 180.0) < 0.0
                && (u.x * v.y - u.y * v.x).abs() <= ROUNDING_DEG * v.x.hypot(v.y)
        };
        let mut kept: Vec<Coord> = (0..count).filter(|&i| !goes_on(i)).map(|i| open[i]).collect();
        kept.extend(kept.first().copied());
        LineString(kept)
    };
    Polygon::new(ring(polygon.exterior()), polygon.interiors().iter().map(ring).collect())
}

/// Groups polygons that share all or part of an edge along ±180°; groups are ordered by their first polygon.
///
/// Coordinates are (lon, lat) in degrees.
///
/// # Examples
/// ```
/// use merestone::geo::{Rect, coord};
/// let land = |west: f64| Rect::new(coord! { x: west, y: 65.0 }, coord! { x: west + 1.0, y: 66.0 }).to_polygon();
/// let found = merestone::topology::across_antimeridian(vec![land(179.0), land(0.0), land(-180.0)]);
/// assert_eq!((found.len(), found[0].polygons.len()), (2, 2));
/// ```
pub fn across_antimeridian(polygons: Vec<Polygon>) -> Vec<AcrossAntimeridian> {
    let pairs = pairs(&polygons, [180.0, -180.0]);
    if pairs.is_empty() {
        let alone = |polygon| AcrossAntimeridian { polygons: vec![polygon], unwrapped: Vec::new() };
        return polygons.into_iter().map(alone).collect();
    }
    let mut beside: Vec<Vec<(usize, i32)>> = vec![Vec::new(); polygons.len()];
    for &(west, east) in &pairs {
        beside[west].push((east, 1));
        beside[east].push((west, -1));
    }
    // Full turns (360°) by which each polygon is shifted, relative to the first of its group.
    let mut turns: Vec<Option<i32>> = vec![None; polygons.len()];
    let mut out = Vec::new();
    for first in 0..polygons.len() {
        if turns[first].is_some() {
            continue;
        }
        turns[first] = Some(0);
        let (mut group, mut goes_round, mut next) = (vec![first], false, 0);
        while let Some(&at) = group.get(next) {
            next += 1;
            for &(other, turn) in &beside[at] {
                let there = turns[at].unwrap_or(0) + turn;
                match turns[other] {
                    Some(known) => goes_round |= known != there,
                    None => {
                        turns[other] = Some(there);
                        group.push(other);
                    }
                }
            }
        }
        group.sort_unstable();
        let least = group.iter().filter_map(|i| turns[*i]).min().unwrap_or(0);
        let moved = |&i: &usize| {
            let degrees = f64::from(turns[i].unwrap_or(0) - least) * 360.0;
            polygons[i].map_coords(|at| Coord { x: at.x + degrees, y: at.y })
        };
        let is_one = group.len() > 1 && !goes_round;
        let unwrapped = if is_one { enclosed(&group.iter().map(moved).collect::<Vec<_>>()) } else { Vec::new() };
        out.push(AcrossAntimeridian { polygons: group.into_iter().map(|i| polygons[i].clone()).collect(), unwrapped });
    }
    out
}

/// Pairs of different polygons that share a stretch of the antimeridian, the one west of it first. `west_lon` and
/// `east_lon` are the longitudes that the western and the eastern polygon use for it.
fn pairs(polygons: &[Polygon], [west_lon, east_lon]: [f64; 2]) -> Vec<(usize, usize)> {
    let [mut west, mut east]: [Vec<MeridianEdge>; 2] = [Vec::new(), Vec::new()];
    for (number, polygon) in polygons.iter().enumerate() {
        let Some(bounds) = polygon.bounding_rect() else { continue };
        for (lon, sides) in [
            (west_lon, (bounds.max().x == west_lon).then_some(&mut west)),
            (east_lon, (bounds.min().x == east_lon).then_some(&mut east)),
        ] {
            let Some(sides) = sides else { continue };
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            let edges = rings.flat_map(|ring| ring.0.windows(2)).filter(|edge| edge[0].x == lon && edge[1].x == lon);
            sides.extend(edges.map(|edge| (edge[0].y.min(edge[1].y), edge[0].y.max(edge[1].y), number)));
        }
    }
    // Polygons on the same side share no land, so their edges along the meridian do not overlap.
    for sides in [&mut west, &mut east] {
        sides.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    }
    let (mut pairs, mut first) = (Vec::new(), 0);
    for (south, north, number) in west {
        while east.get(first).is_some_and(|other| other.1 <= south) {
            first += 1;
        }
        let beside = east[first..].iter().take_while(|other| other.0 < north).filter(|other| other.1 > south);
        pairs.extend(beside.map(|other| (number, other.2)).filter(|(a, b)| a != b));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area, polygon};

    #[test]
    fn two_rectangles_that_meet_in_a_part_of_their_sides() {
        let west = polygon![(x: 179.0, y: 0.0), (x: 180.0, y: 0.0), (x: 180.0, y: 2.0), (x: 179.0, y: 2.0)];
        let east = polygon![(x: -180.0, y: 1.0), (x: -179.0, y: 1.0), (x: -179.0, y: 3.0), (x: -180.0, y: 3.0)];
        let apart = polygon![(x: -180.0, y: 3.0), (x: -179.0, y: 3.0), (x: -179.0, y: 4.0), (x: -180.0, y: 4.0)];
        let corner = polygon![(x: 0.0, y: 3.0), (x: 1.0, y: 3.0), (x: 1.0, y: 4.0), (x: 0.0, y: 4.0)];
        let joined = across_antimeridian(vec![east.clone(), corner, west.clone(), apart]);
        assert_eq!(joined.len(), 3);
        assert_eq!(joined[0].polygons, [east, west]);
        assert_eq!(joined[0].unwrapped.len(), 1);
        assert_eq!(joined[0].whole()[0].signed_area(), 4.0);
        assert!(joined[1].unwrapped.is_empty());
    }

    #[test]
    fn land_joined_at_180_has_the_vertices_that_it_has_elsewhere() {
        let west = polygon![(x: 179.0, y: 0.0), (x: 180.0, y: 0.5), (x: 180.0, y: 2.0), (x: 179.0, y: 2.0)];
        let east = polygon![(x: 180.0, y: 0.5), (x: 181.0, y: 1.0), (x: 181.0, y: 3.0), (x: 180.0, y: 3.0)];
        let apart = polygon![(x: 180.0, y: 4.0), (x: 181.0, y: 4.0), (x: 181.0, y: 5.0), (x: 180.0, y: 5.0)];
        let joined = joined_at_180(vec![apart.clone(), west, east]);
        let whole = polygon![
            (x: 179.0, y: 0.0), (x: 181.0, y: 1.0), (x: 181.0, y: 3.0), (x: 180.0, y: 3.0), (x: 180.0, y: 2.0),
            (x: 179.0, y: 2.0)
        ];
        assert_eq!((joined.len(), &joined[0], joined[1].signed_area()), (2, &apart, whole.signed_area()));
        let sorted = |polygon: &Polygon| {
            let mut corners: Vec<[u64; 2]> =
                polygon.exterior().0[1..].iter().map(|c| [c.x.to_bits(), c.y.to_bits()]).collect();
            corners.sort_unstable();
            corners
        };
        assert_eq!(sorted(&joined[1]), sorted(&whole));
    }

    #[test]
    fn a_cap_around_a_pole_stays_as_it_is() {
        let half =
            |from: f64, to: f64| polygon![(x: from, y: 80.0), (x: to, y: 80.0), (x: to, y: 90.0), (x: from, y: 90.0)];
        let cap = across_antimeridian(vec![half(-180.0, 180.0)]);
        assert_eq!((cap.len(), cap[0].unwrapped.len()), (1, 0));
    }
}
