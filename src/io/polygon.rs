//! Rings of a file become polygons that are valid once built.

use super::Problem;
use crate::earth::as_lonlat;
use crate::model::{Bands, Edges, Sides};
use geo::{Coord, LineString, Polygon};

/// What was put right or looked odd while a polygon was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Oddity {
    /// The last position differed from the first by rounding; the ring was closed.
    Unclosed,
    /// The ring encloses nothing and was left out.
    NoArea,
    /// An edge spans more than half the globe.
    WideEdge,
    /// A hole lies beside its shell; it takes nothing away and was left out.
    HoleBeside,
}

/// Greatest gap in degrees that counts as a rounding of the same position (0.1 mm).
const CLOSING_GAP_DEG: f64 = 1e-9;

/// Returns the polygon with its shell counter-clockwise and its holes clockwise, or nothing where it has no area;
/// an error comes with the number of the ring that is wrong.
pub(super) fn build(
    rings: &[Vec<Coord>],
    edges: Edges,
    mut odd: impl FnMut(Oddity),
) -> Result<Option<Polygon>, (usize, Problem)> {
    let mut built = Vec::with_capacity(rings.len());
    for (index, ring) in rings.iter().enumerate() {
        let mut ring = close(ring, &mut odd).map_err(|problem| (index, problem))?;
        ring.dedup();
        if ring.windows(2).any(|e| (e[1].x - e[0].x).abs() > 180.0 && e[0].y.abs() < 90.0) {
            odd(Oddity::WideEdge);
        }
        ring = as_lonlat(&ring, edges);
        let doubled_area = doubled_area_deg2(&ring);
        if ring.len() < 4 || doubled_area == 0.0 {
            odd(Oddity::NoArea);
            if index == 0 {
                return Ok(None);
            }
            continue;
        }
        if (doubled_area > 0.0) != (index == 0) {
            ring.reverse();
        }
        built.push((index, ring));
    }
    if built.is_empty() {
        return Ok(None);
    }
    check_holes(&mut built, &mut odd)?;
    let mut rings = built.into_iter().map(|(_, ring)| LineString(ring));
    Ok(rings.next().map(|shell| Polygon::new(shell, rings.collect())))
}

fn close(ring: &[Coord], odd: &mut impl FnMut(Oddity)) -> Result<Vec<Coord>, Problem> {
    let mut ring = ring.to_vec();
    let (Some(&first), Some(&last)) = (ring.first(), ring.last()) else { return Ok(ring) };
    if first != last {
        if (first.x - last.x).abs() > CLOSING_GAP_DEG || (first.y - last.y).abs() > CLOSING_GAP_DEG {
            return Err(Problem::OpenRing { first: (first.x, first.y), last: (last.x, last.y) });
        }
        odd(Oddity::Unclosed);
        let end = ring.len() - 1;
        ring[end] = first;
    }
    Ok(ring)
}

/// Twice the planar area in square degrees, for the sense of a ring only.
fn doubled_area_deg2(ring: &[Coord]) -> f64 {
    let Some(&origin) = ring.first() else { return 0.0 };
    ring.windows(2).map(|e| (e[0].x - origin.x) * (e[1].y - origin.y) - (e[1].x - origin.x) * (e[0].y - origin.y)).sum()
}

/// Leaves out holes that lie beside the shell, where they take nothing away, and refuses those that contradict it.
fn check_holes(rings: &mut Vec<(usize, Vec<Coord>)>, odd: &mut impl FnMut(Oddity)) -> Result<(), (usize, Problem)> {
    let Some(((_, shell), holes)) = rings.split_first().filter(|(_, holes)| !holes.is_empty()) else { return Ok(()) };
    let in_shell = Bands::new([shell.as_slice()]);
    let mut beside = Vec::new();
    for (index, hole) in holes {
        match lies(hole, shell, &in_shell) {
            Lies::Inside => {}
            Lies::Beside => beside.push(*index),
            Lies::Against(at) => return Err((*index, Problem::HoleOutside((at.x, at.y)))),
        }
    }
    beside.iter().for_each(|_| odd(Oddity::HoleBeside));
    rings.retain(|(index, _)| !beside.contains(index));
    check_apart(&rings[1..])
}

/// How a hole lies with regard to its shell.
enum Lies {
    Inside,
    Beside,
    Against(Coord),
}

fn lies(hole: &[Coord], shell: &[Coord], in_shell: &Bands) -> Lies {
    let Sides { inside, outside } = in_shell.sides(hole);
    match (inside, outside) {
        (Some(_), None) => Lies::Inside,
        (Some(_), Some(at)) => Lies::Against(at),
        (None, None) => Lies::Against(hole[0]),
        (None, Some(_)) => match Bands::new([hole]).sides(shell).inside {
            Some(at) => Lies::Against(at),
            None => Lies::Beside,
        },
    }
}

/// Refuses holes that share land.
fn check_apart(holes: &[(usize, Vec<Coord>)]) -> Result<(), (usize, Problem)> {
    let boxes: Vec<_> = holes.iter().map(|(_, hole)| bounds(hole)).collect();
    for (second, (index, hole)) in holes.iter().enumerate() {
        for (first, (_, other)) in holes[..second].iter().enumerate() {
            let (a, b) = (&boxes[first], &boxes[second]);
            if a.0.x >= b.1.x || b.0.x >= a.1.x || a.0.y >= b.1.y || b.0.y >= a.1.y {
                continue;
            }
            let sides = Bands::new([other.as_slice()]).sides(hole);
            let same = (sides == Sides::default()).then_some(hole[0]);
            let around = || Bands::new([hole.as_slice()]).sides(other).inside;
            if let Some(at) = sides.inside.or(same).or_else(around) {
                return Err((*index, Problem::HolesOverlap((at.x, at.y))));
            }
        }
    }
    Ok(())
}

fn bounds(ring: &[Coord]) -> (Coord, Coord) {
    ring.iter().fold((ring[0], ring[0]), |(low, high), p| {
        (Coord { x: low.x.min(p.x), y: low.y.min(p.y) }, Coord { x: high.x.max(p.x), y: high.y.max(p.y) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64) -> Vec<Coord> {
        [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)]
            .map(|(dx, dy)| Coord { x: x + dx, y: y + dy })
            .to_vec()
    }

    fn built(rings: &[Vec<Coord>]) -> Result<Option<Polygon>, (usize, Problem)> {
        build(rings, Edges::Lonlat, |_| {})
    }

    #[test]
    fn winding_is_put_right() {
        let mut shell = square(45.0, 39.0, 1.0);
        shell.reverse();
        let polygon = built(&[shell, square(45.2, 39.2, 0.1)]).unwrap().unwrap();
        assert!(doubled_area_deg2(&polygon.exterior().0) > 0.0);
        assert!(doubled_area_deg2(&polygon.interiors()[0].0) < 0.0);
    }

    #[test]
    fn holes_that_are_none_are_refused() {
        let shell = square(0.0, 0.0, 10.0);
        for holes in [
            vec![shell.clone()],
            vec![square(-1.0, -1.0, 20.0)],
            vec![square(9.0, 9.0, 2.0)],
            vec![square(1.0, 1.0, 2.0), square(2.0, 2.0, 2.0)],
            vec![square(1.0, 1.0, 2.0), square(1.0, 1.0, 2.0)],
            vec![square(1.0, 1.0, 4.0), square(2.0, 2.0, 1.0)],
            vec![square(2.0, 2.0, 1.0), square(1.0, 1.0, 4.0)],
            // Nothing but edges along each other: no vertex is strictly inside, no edge crosses another.
            vec![square(1.0, 1.0, 2.0), square(2.0, 1.0, 2.0)],
        ] {
            assert!(built(&[vec![shell.clone()], holes].concat()).is_err());
        }
        let beside = built(&[shell.clone(), square(20.0, 0.0, 1.0)]).unwrap().unwrap();
        assert!(beside.interiors().is_empty());
        assert!(built(&[shell, square(1.0, 1.0, 1.0), square(2.0, 2.0, 1.0)]).is_ok());
        // A shell like a U, and a hole from arm to arm with every vertex inside.
        let u = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (6.0, 9.0), (6.0, 3.0), (3.0, 3.0), (3.0, 9.0), (0.0, 9.0)];
        let bridge = [(1.0, 5.0), (8.0, 5.0), (8.0, 6.0), (1.0, 6.0)];
        let ring = |points: &[(f64, f64)]| points.iter().chain(points.first()).map(|&(x, y)| Coord { x, y }).collect();
        assert!(built(&[ring(&u), ring(&bridge)]).is_err());
    }
}
