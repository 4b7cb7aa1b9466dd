//! Land around a pole that is written as on a globe: a ring that crosses ±180° once, and a ring along the pole.

use geo::Coord;

/// A ring within this of a pole, in degrees (1 km), is the pole.
const AT_POLE_DEG: f64 = 0.01;

/// The shell of a polygon whose first ring runs along a pole and whose second ring goes around it; none of other polygons.
///
/// Libraries for rings on the sphere write Antarctica so: what is between the two rings is the land. In longitude and
/// latitude it is one ring, closed along ±180° and the pole.
pub(super) fn shell(rings: &[Vec<Coord>]) -> Option<Vec<Coord>> {
    let [pole, around, ..] = rings else { return None };
    let sign = pole.first()?.y.signum();
    if !pole.iter().all(|p| (p.y * sign - 90.0).abs() < AT_POLE_DEG) || around.len() < 4 {
        return None;
    }
    let is_wide = |edge: &&[Coord]| (edge[1].x - edge[0].x).abs() > 180.0;
    if around.windows(2).filter(is_wide).count() != 1 {
        return None;
    }
    let at = around.windows(2).position(|edge| is_wide(&edge))?;
    let mut open = around[..around.len() - 1].to_vec();
    open.rotate_left((at + 1) % (around.len() - 1));
    let (first, last) = (open[0], open[open.len() - 1]);
    // The edge from the last position to the first crosses ±180° between them.
    let end = 180.0f64.copysign(last.x);
    let (before, after) = ((end - last.x).abs(), (end + first.x).abs());
    let share = if before + after == 0.0 { 0.0 } else { before / (before + after) };
    let y = last.y + (first.y - last.y) * share;
    open.extend([(end, y), (end, 90.0 * sign), (-end, 90.0 * sign), (-end, y)].map(|(x, y)| Coord { x, y }));
    open.push(first);
    open.dedup();
    Some(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    #[test]
    fn a_coast_around_a_pole_is_the_shell() {
        let pole = vec![c(-180.0, -89.999), c(90.0, -89.999), c(0.0, -89.999), c(-90.0, -89.999), c(-180.0, -89.999)];
        let coast =
            vec![c(-180.0, -84.0), c(-90.0, -70.0), c(0.0, -70.0), c(90.0, -66.0), c(179.0, -83.0), c(-180.0, -84.0)];
        let ring = shell(&[pole.clone(), coast.clone()]).expect("it is around the pole");
        assert!(ring.contains(&c(180.0, -90.0)) && ring.contains(&c(-180.0, -90.0)), "{ring:?}");
        assert!(ring.windows(2).all(|e| (e[1].x - e[0].x).abs() <= 180.0 || e[0].y == -90.0), "{ring:?}");
        assert_eq!(ring.first(), ring.last());
        assert_eq!(shell(&[coast.clone(), pole.clone()]), None);
        let lake = vec![c(10.0, -80.0), c(11.0, -80.0), c(11.0, -81.0), c(10.0, -80.0)];
        assert_eq!(shell(&[pole, lake]), None);
    }
}
