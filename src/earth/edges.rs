//! Densification: edges that are geodesics, rhumb lines or straight in another system become straight in lon/lat.

use super::distance::{azimuth_deg, distance_m};
use super::rhumb::rhumb_at;
use super::{LocalPlane, point_along};
use crate::model::Edges;
use geo::{Coord, Destination, Geodesic, Point};

/// Greatest distance in metres between an edge of up to 100 km and its densified chain.
pub const DENSIFY_TOLERANCE_M: f64 = 0.001;
/// The same for longer edges, as a share of the length: 1 mm per 100 km.
const DENSIFY_SHARE: f64 = 1e-8;
/// Below this latitude in degrees, and for edges shorter than [`SHORT_M`] metres, the sagitta of an edge of length s is
/// at most s² tan φ / 8R.
const LOW_DEG: f64 = 80.0;
const SHORT_M: f64 = 100_000.0;

/// Densifies a line: replaces every edge by a chain of edges straight in lon/lat, within [`DENSIFY_TOLERANCE_M`] of the
/// edge as `edges` defines it, or 1e-8 of its length where that is more. [`Edges::Lonlat`] returns the line unchanged.
///
/// A chain states where an edge runs. For lengths and areas of such edges use [`edge_length_as`](super::edge_length_as)
/// and [`ring_area_as`](super::ring_area_as), which need no chain.
///
/// # Earth and units
/// WGS 84; positions (lon, lat) in degrees.
///
/// # Method
/// Recursive bisection until the pieces are within the tolerance: see [`approximate_curve`]. Positions on a geodesic are Karney's
/// (2013); on a rhumb line, longitude is linear in isometric latitude. An edge is bisected from the same end in either
/// direction, so neighbours still share every vertex.
///
/// # Limitations and cost
/// At 40° of latitude: a vertex every 200 to 300 m on an edge of 100 km, every 3 km on one of 10 000 km. An edge across
/// ±180° takes the shorter way round; its longitudes continue beyond ±180° up to its last position.
///
/// # Examples
/// The geodesic from 45° E to 55° E at 40° N has its midpoint at 40.108 023° N (GeographicLib).
/// ```
/// use geo::Coord;
/// use merestone::earth::{densify, line_length_m};
/// let ends = [Coord { x: 45.0, y: 40.0 }, Coord { x: 55.0, y: 40.0 }];
/// let chain = densify(&ends, merestone::model::Edges::Geodesic);
/// assert!(chain.iter().any(|at| (at.x - 50.0).abs() < 1e-9 && (at.y - 40.108_023_17).abs() < 1e-8));
/// assert!((line_length_m(&chain) - 853_490.014).abs() < 0.001); // metres, GeographicLib
/// ```
pub fn densify(line: &[Coord], edges: Edges) -> Vec<Coord> {
    if edges == Edges::Lonlat {
        return line.to_vec();
    }
    let mut out: Vec<Coord> = line.first().copied().into_iter().collect();
    for edge in line.windows(2) {
        out.extend(inner(edge[0], edge[1], edges));
        out.push(edge[1]);
    }
    out
}

/// Densifies a line and splits it at ±180°, its edges taking the shorter way round. Returns runs straight in lon/lat.
///
/// **Method**: [`densify`]; where a chain crosses ±180° the run ends there and the next begins on the other side (RFC
/// 7946, 3.1.9).
///
/// **Example**
/// ```
/// use geo::Coord;
/// let edge = [Coord { x: 179.0, y: 10.0 }, Coord { x: -179.0, y: 12.0 }];
/// let runs = merestone::earth::densify_and_split(&edge, merestone::model::Edges::Lonlat);
/// assert_eq!(runs[0].last(), Some(&Coord { x: 180.0, y: 11.0 }));
/// assert_eq!(runs[1].first(), Some(&Coord { x: -180.0, y: 11.0 }));
/// ```
pub fn densify_and_split(line: &[Coord], edges: Edges) -> Vec<Vec<Coord>> {
    let Some(&first) = line.first() else { return Vec::new() };
    let (mut done, mut run) = (Vec::new(), vec![first]);
    for edge in line.windows(2) {
        // An edge of half the globe or more crosses ±180° more than once.
        let last = run[run.len() - 1];
        if (last.x - edge[0].x).abs() > 180.0 {
            done.push(std::mem::replace(&mut run, vec![edge[0]]));
        }
        let mut turns = 0.0;
        let chain = inner(edge[0], edge[1], edges).into_iter().chain([beside(edge[1], edge[0])]);
        for at in chain {
            let at = Coord { x: at.x - turns, y: at.y };
            let last = run[run.len() - 1];
            if at.x.abs() > 180.0 {
                let side = 180.0_f64.copysign(at.x);
                let seam = Coord { x: side, y: point_along(last, at, (side - last.x) / (at.x - last.x)).y };
                if last.x != side {
                    run.push(seam);
                }
                let across = Coord { x: -side, y: seam.y };
                done.push(std::mem::replace(&mut run, vec![across]));
                turns += 2.0 * side;
                run.push(Coord { x: at.x - 2.0 * side, y: at.y });
            } else {
                run.push(at);
            }
        }
        // The last position keeps the exact coordinates of the file, on either side of ±180°.
        if let Some(end) = run.last_mut().filter(|end| (end.x - edge[1].x).abs() < 180.0) {
            *end = edge[1];
        }
    }
    done.push(run);
    done.retain(|run| run.len() > 1 || line.len() == 1);
    done
}

/// Shifts a longitude by whole turns to within half a turn of another.
pub(crate) fn beside(at: Coord, near: Coord) -> Coord {
    Coord { x: at.x - 360.0 * ((at.x - near.x) / 360.0).round(), y: at.y }
}

/// Moves the longitudes of a line by whole turns so that each edge goes the shorter way round the globe.
pub(crate) fn continue_longitudes(line: &mut [Coord]) {
    for i in 1..line.len() {
        line[i] = beside(line[i], line[i - 1]);
    }
}

/// Positions between the ends of an edge, in its direction, without a jump at ±180°.
fn inner(from: Coord, to: Coord, edges: Edges) -> Vec<Coord> {
    if edges == Edges::Lonlat || from == to {
        return Vec::new();
    }
    let forward = (from.x, from.y) <= (to.x, to.y);
    let (a, b) = if forward { (from, to) } else { (to, from) };
    let mut inner = interior(a, beside(b, a), edges);
    if !forward {
        inner.reverse();
    }
    // The chain is the same from either end.
    inner.iter_mut().for_each(|at| at.x += if forward { 0.0 } else { from.x - beside(from, to).x });
    inner
}

fn interior(from: Coord, to: Coord, edges: Edges) -> Vec<Coord> {
    let length_m = distance_m(from, to);
    let highest = from.y.abs().max(to.y.abs());
    if length_m < SHORT_M && highest < LOW_DEG {
        let bow_m = length_m * length_m * highest.to_radians().tan().max(0.02) / (8.0 * 6_371_000.0);
        if bow_m <= DENSIFY_TOLERANCE_M {
            return Vec::new();
        }
    }
    let tolerance_m = DENSIFY_TOLERANCE_M.max(length_m * DENSIFY_SHARE);
    let azimuth = azimuth_deg(from, to);
    let at = |share: f64| {
        Some(match edges {
            Edges::Rhumb => rhumb_at(from, to, share),
            _ => beside(Geodesic.destination(Point(from), azimuth, length_m * share).0, from),
        })
    };
    let mut chain: Vec<Coord> =
        approximate_curve([from, to], &at, &distance_to_lonlat_edge_m, tolerance_m, tolerance_m / length_m)
            .into_iter()
            .map(|(_, at)| at)
            .collect();
    // Unwraps longitudes, so that the chain has no jump.
    let mut last = from;
    for at in &mut chain {
        *at = beside(*at, last);
        last = *at;
    }
    chain
}

/// Returns the distance in metres of a position (lon, lat in degrees) from the straight lon/lat edge `a`–`b`, the
/// shorter way round.
///
/// # Examples
/// ```
/// use merestone::{earth::distance_to_lonlat_edge_m, geo::coord};
/// let (a, b) = (coord! { x: 10.0, y: 45.0 }, coord! { x: 10.0, y: 46.0 });
/// assert!((distance_to_lonlat_edge_m(coord! { x: 10.001, y: 45.5 }, a, b) - 78.15).abs() < 0.05);
/// ```
pub fn distance_to_lonlat_edge_m(at: Coord, a: Coord, b: Coord) -> f64 {
    LocalPlane::at(at).nearest_on_edge(at, beside(a, at), beside(b, at)).1
}

/// Approximates a curve by a chain: returns the positions between its two ends, each with its parameter (0 to 1).
///
/// **Method**: recursive bisection. `at` gives the position at a parameter (`None` where there is none), `off_m` the
/// distance in metres of a position from the straight edge between two others. A piece is halved while the curve at its
/// middle or quarters (an S-shaped piece may cross the chord in its middle) is farther than `tolerance_m` from the
/// chord and the piece is longer than `shortest`. A curve within the tolerance of its chord gives no positions.
pub fn approximate_curve(
    ends: [Coord; 2],
    at: &impl Fn(f64) -> Option<Coord>,
    off_m: &impl Fn(Coord, Coord, Coord) -> f64,
    tolerance_m: f64,
    shortest: f64,
) -> Vec<(f64, Coord)> {
    let mut out = Vec::new();
    let Some(middle) = at(0.5) else { return out };
    // Stack of pieces to test, the first on top.
    let mut pieces = vec![((0.0, ends[0]), (0.5, middle), (1.0, ends[1]))];
    while let Some((from, middle, to)) = pieces.pop() {
        let quarters = [(from.0 + middle.0) / 2.0, (middle.0 + to.0) / 2.0];
        let [Some(first), Some(third)] = quarters.map(at) else { continue };
        let off = |at: Coord| off_m(at, from.1, to.1);
        if to.0 - from.0 > shortest && off(middle.1).max(off(first)).max(off(third)) > tolerance_m {
            pieces.push((middle, (quarters[1], third), to));
            pieces.push((from, (quarters[0], first), middle));
        } else if to.0 < 1.0 {
            out.push(to);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::line_length_m;

    #[test]
    fn a_dense_geodesic_is_as_long_as_the_geodesic() {
        let (a, b) = (Coord { x: 20.0, y: 40.0 }, Coord { x: 80.0, y: 40.0 });
        let length = line_length_m(&densify(&[a, b], Edges::Geodesic));
        assert!((length - distance_m(a, b)).abs() < 0.02, "{length}");
        // The edge straight in lon/lat is kilometres longer.
        assert!(line_length_m(&[a, b]) - length > 10_000.0);
    }

    #[test]
    fn both_directions_give_the_same_vertices() {
        for (from, to) in
            [((45.0, 39.0), (46.0, 40.0)), ((175.0, 39.0), (-175.0, 41.0)), ((10.0, 80.0), (-150.0, 88.0))]
        {
            let line = [from, to].map(|(x, y)| Coord { x, y });
            for edges in [Edges::Geodesic, Edges::Rhumb] {
                let wrapped = |c: &Coord| (((c.x + 540.0).rem_euclid(360.0) * 1e9).round(), c.y.to_bits());
                let mut back: Vec<_> = densify(&[line[1], line[0]], edges).iter().map(wrapped).collect();
                back.reverse();
                assert_eq!(densify(&line, edges).iter().map(wrapped).collect::<Vec<_>>(), back);
            }
        }
    }

    #[test]
    fn runs_end_at_the_antimeridian() {
        let line = [(179.0, 10.0), (-179.0, 11.0), (-178.0, 12.0), (179.5, 13.0)].map(|(x, y)| Coord { x, y });
        let runs = densify_and_split(&line, Edges::Lonlat);
        let seam = |x: f64, y: f64| Coord { x, y };
        assert_eq!(runs.len(), 3);
        assert_eq!(runs[0], [line[0], seam(180.0, 10.5)]);
        assert_eq!(runs[1], [seam(-180.0, 10.5), line[1], line[2], seam(-180.0, 12.8)]);
        assert_eq!(runs[2], [seam(180.0, 12.8), line[3]]);
        // A position exactly on ±180°, with either sign.
        let on = [(179.0, 10.0), (-180.0, 11.0), (-179.0, 12.0)].map(|(x, y)| Coord { x, y });
        assert_eq!(densify_and_split(&on, Edges::Lonlat), [vec![on[0], seam(180.0, 11.0)], vec![on[1], on[2]]]);
        let geodesic = densify_and_split(&line, Edges::Geodesic);
        assert_eq!(geodesic.len(), 3);
        assert!(geodesic.iter().flatten().all(|c| c.x.abs() <= 180.0));
    }

    #[test]
    fn vertex_count_grows_with_the_root_of_the_length() {
        let pieces = |lon: f64| densify(&[Coord { x: 0.0, y: 40.0 }, Coord { x: lon, y: 41.0 }], Edges::Geodesic).len();
        assert!(pieces(1.0) < 600 && pieces(160.0) < 12_000, "{} {}", pieces(1.0), pieces(160.0));
    }

    #[test]
    fn geodesic_across_a_pole_is_densified() {
        let line = [Coord { x: 10.0, y: 85.0 }, Coord { x: -169.9, y: 85.0 }];
        let chain = densify(&line, Edges::Geodesic);
        assert!((line_length_m(&chain[..chain.len() - 1]) - distance_m(line[0], chain[chain.len() - 2])).abs() < 0.01);
        assert!(chain.len() < 4000, "{}", chain.len());
    }
}
