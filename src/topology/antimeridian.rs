//! Polygons that are one piece of land across ±180°.

use super::overlay::enclosed;
use geo::{BoundingRect, Coord, MapCoords, Polygon};

/// A piece of land, in one polygon or in several that meet along ±180°.
#[derive(Debug, Clone, PartialEq)]
pub struct AcrossAntimeridian {
    /// Its polygons, none of which crosses ±180°.
    pub polygons: Vec<Polygon>,
    /// The same land in one run of longitudes, which go beyond ±180°; empty where that is what `polygons` are, or where the
    /// land goes all around a pole.
    pub unwrapped: Vec<Polygon>,
}

impl AcrossAntimeridian {
    /// The land in one run of longitudes where it can be.
    pub fn whole(&self) -> &[Polygon] {
        if self.unwrapped.is_empty() { &self.polygons } else { &self.unwrapped }
    }
}

/// An edge along ±180°: its latitudes from south to north, and the number of its polygon.
type Side = (f64, f64, usize);

/// Puts together polygons that share an edge, or a stretch of one, across ±180°; in the order of the first of each.
pub fn across_antimeridian(polygons: Vec<Polygon>) -> Vec<AcrossAntimeridian> {
    let pairs = pairs(&polygons);
    if pairs.is_empty() {
        let alone = |polygon| AcrossAntimeridian { polygons: vec![polygon], unwrapped: Vec::new() };
        return polygons.into_iter().map(alone).collect();
    }
    let mut beside: Vec<Vec<(usize, i32)>> = vec![Vec::new(); polygons.len()];
    for &(west, east) in &pairs {
        beside[west].push((east, 1));
        beside[east].push((west, -1));
    }
    // How many times round the Earth each polygon is put, counted from the first of its group.
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

/// Pairs of different polygons of which the first lies west of ±180° and the second east of it, along the same stretch.
fn pairs(polygons: &[Polygon]) -> Vec<(usize, usize)> {
    let mut sides: [Vec<Side>; 2] = [Vec::new(), Vec::new()];
    for (number, polygon) in polygons.iter().enumerate() {
        let Some(bounds) = polygon.bounding_rect() else { continue };
        if bounds.max().x < 180.0 && bounds.min().x > -180.0 {
            continue;
        }
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        for edge in rings.flat_map(|ring| ring.0.windows(2)).filter(|edge| edge[0].x == edge[1].x) {
            if edge[0].x.abs() == 180.0 {
                let latitudes = (edge[0].y.min(edge[1].y), edge[0].y.max(edge[1].y), number);
                sides[usize::from(edge[0].x < 0.0)].push(latitudes);
            }
        }
    }
    // Edges along one side belong to polygons that share no land: they share no stretch either.
    sides.iter_mut().for_each(|side| side.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))));
    let [west, east] = sides;
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
    fn a_cap_around_a_pole_stays_as_it_is() {
        let half =
            |from: f64, to: f64| polygon![(x: from, y: 80.0), (x: to, y: 80.0), (x: to, y: 90.0), (x: from, y: 90.0)];
        let cap = across_antimeridian(vec![half(-180.0, 180.0)]);
        assert_eq!((cap.len(), cap[0].unwrapped.len()), (1, 0));
    }
}
