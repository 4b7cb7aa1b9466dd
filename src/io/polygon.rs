//! Builds valid polygons from rings of a file.

use super::{Problem, holes, pole};
use crate::earth::{densify, ring_area_as};
use crate::model::{Edges, encloses_nothing, self_intersection};
use geo::{Coord, LineString, Polygon};

/// A geometry issue that was repaired or detected while a polygon was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GeometryIssue {
    /// The last position differed from the first by rounding; the ring was closed.
    Unclosed,
    /// The ring encloses no area and was dropped.
    NoArea,
    /// An edge spans more than half the globe.
    WideEdge,
    /// A hole is outside its shell; it has no effect and was dropped.
    HoleBeside,
    /// A ring crosses itself and its loops cancel each other; only if that is not an error.
    LoopsCancel,
    /// Its holes contradict the shell or each other; only if that is not an error.
    HolesWrong,
}

/// Treatment of a polygon whose holes contradict its shell or overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WrongHoles {
    /// It is an error.
    Refused,
    /// They are kept with a warning, to show a file's contents as drawn. Geodesics and rhumb lines keep only their
    /// ends.
    Told,
}

/// Greatest gap in degrees between equal positions that differ by rounding (0.1 mm).
const CLOSING_GAP_DEG: f64 = 1e-9;

/// Returns the polygon with its shell counter-clockwise and its holes clockwise, or `None` if it has no area;
/// an error comes with the number of the faulty ring.
pub(super) fn build(
    rings: Vec<Vec<Coord>>,
    edges: Edges,
    (wrong_holes, noise_m): (WrongHoles, f64),
    mut odd: impl FnMut(GeometryIssue),
) -> Result<Option<Polygon>, (usize, Problem)> {
    let around_a_pole = pole::shell(&rings);
    let mut rings: Vec<(usize, Vec<Coord>)> = rings.into_iter().enumerate().collect();
    if let Some(shell) = around_a_pole {
        rings.remove(0);
        rings[0].1 = shell;
    }
    let mut built = Vec::with_capacity(rings.len());
    for (place, (index, mut ring)) in rings.into_iter().enumerate() {
        close(&mut ring, &mut odd).map_err(|problem| (index, problem))?;
        ring.dedup();
        let as_drawn = edges != Edges::Lonlat && wrong_holes == WrongHoles::Told;
        if !as_drawn && ring.windows(2).any(|e| (e[1].x - e[0].x).abs() > 180.0 && e[0].y.abs() < 90.0) {
            odd(GeometryIssue::WideEdge);
        }
        if edges != Edges::Lonlat && !as_drawn {
            ring = densify(&ring, edges);
        }
        let doubled_area = if as_drawn { ring_area_as(&ring, edges) } else { doubled_area_deg2(&ring) };
        if ring.len() < 4 || (doubled_area == 0.0 && encloses_nothing(&ring)) {
            odd(GeometryIssue::NoArea);
            if place == 0 {
                return Ok(None);
            }
            continue;
        }
        if doubled_area == 0.0 && wrong_holes == WrongHoles::Told {
            odd(GeometryIssue::LoopsCancel);
        } else if doubled_area == 0.0 {
            let at = self_intersection(&ring).unwrap_or(ring[0]);
            return Err((index, Problem::LoopsCancel((at.x, at.y))));
        }
        if (doubled_area > 0.0) != (place == 0) {
            ring.reverse();
        }
        built.push((index, ring));
    }
    if built.is_empty() {
        return Ok(None);
    }
    let straight = edges == Edges::Lonlat || wrong_holes == WrongHoles::Refused;
    match if straight { holes::check(&mut built, noise_m) } else { Ok(0) } {
        Ok(beside) => (0..beside).for_each(|_| odd(GeometryIssue::HoleBeside)),
        Err(_) if wrong_holes == WrongHoles::Told => odd(GeometryIssue::HolesWrong),
        Err(error) => return Err(error),
    }
    let mut rings = built.into_iter().map(|(_, ring)| LineString(ring));
    Ok(rings.next().map(|shell| Polygon::new(shell, rings.collect())))
}

fn close(ring: &mut [Coord], odd: &mut impl FnMut(GeometryIssue)) -> Result<(), Problem> {
    let [first, .., last] = ring else { return Ok(()) };
    if first != last {
        if (first.x - last.x).abs() > CLOSING_GAP_DEG || (first.y - last.y).abs() > CLOSING_GAP_DEG {
            return Err(Problem::OpenRing { first: (first.x, first.y), last: (last.x, last.y) });
        }
        odd(GeometryIssue::Unclosed);
        *last = *first;
    }
    Ok(())
}

/// Twice the planar area in square degrees, only for the orientation of a ring.
fn doubled_area_deg2(ring: &[Coord]) -> f64 {
    let Some(&origin) = ring.first() else { return 0.0 };
    ring.windows(2).map(|e| (e[0].x - origin.x) * (e[1].y - origin.y) - (e[1].x - origin.x) * (e[0].y - origin.y)).sum()
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
        build(rings.to_vec(), Edges::Lonlat, (WrongHoles::Refused, 0.0), |_| {})
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
    fn land_between_a_pole_and_a_coast_around_it_is_one_shell() {
        let c = |x: f64, y: f64| Coord { x, y };
        let pole = [-180.0, 120.0, 0.0, -120.0, -180.0].map(|x| c(x, -89.999)).to_vec();
        let coast = vec![c(-180.0, -70.0), c(-60.0, -70.0), c(60.0, -70.0), c(178.0, -70.0), c(-180.0, -70.0)];
        let polygon = built(&[pole, coast]).unwrap().expect("it has an area");
        assert!((doubled_area_deg2(&polygon.exterior().0) / 2.0 - 360.0 * 20.0).abs() < 1e-6);
        assert!(polygon.interiors().is_empty());
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
            // Only overlapping edges: no vertex is strictly inside, no edge crosses another.
            vec![square(1.0, 1.0, 2.0), square(2.0, 1.0, 2.0)],
        ] {
            assert!(built(&[vec![shell.clone()], holes].concat()).is_err());
        }
        let beside = built(&[shell.clone(), square(20.0, 0.0, 1.0)]).unwrap().unwrap();
        assert!(beside.interiors().is_empty());
        assert!(built(&[shell, square(1.0, 1.0, 1.0), square(2.0, 2.0, 1.0)]).is_ok());
        // A U-shaped shell, and a hole across its arms with every vertex inside.
        let u = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (6.0, 9.0), (6.0, 3.0), (3.0, 3.0), (3.0, 9.0), (0.0, 9.0)];
        let bridge = [(1.0, 5.0), (8.0, 5.0), (8.0, 6.0), (1.0, 6.0)];
        let ring = |points: &[(f64, f64)]| points.iter().chain(points.first()).map(|&(x, y)| Coord { x, y }).collect();
        assert!(built(&[ring(&u), ring(&bridge)]).is_err());
    }
}
