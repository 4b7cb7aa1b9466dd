//! Edges read as geodesics or rhumb lines, or straight in another system, become chains that are straight in lon/lat.

use super::distance::{azimuth_deg, distance_m};
use super::rhumb::rhumb_at;
use super::{LocalPlane, point_along};
use crate::model::Edges;
use geo::{Coord, Destination, Geodesic, Point};

/// Greatest distance in metres between an edge of up to 100 km and the chain that stands for it.
pub const DENSIFY_TOLERANCE_M: f64 = 0.001;
/// The same of a longer one, as a share of its length: 1 mm of 100 km.
const DENSIFY_SHARE: f64 = 1e-8;
/// How far a chord rises from an edge of length s is no more than s² tan φ / 8R below this latitude, in degrees, and where
/// the edge is shorter than this, in metres.
const LOW_DEG: f64 = 80.0;
const SHORT_M: f64 = 100_000.0;

/// Returns the line with every edge replaced by a chain of straight lon/lat edges that keeps within
/// [`DENSIFY_TOLERANCE_M`] of the edge as `edges` reads it, or 1e-8 of its length where that is more. With
/// [`Edges::Lonlat`] nothing changes.
///
/// Chains say where an edge runs; how long it is and what it encloses, [`edge_length_as`](super::edge_length_as) and
/// [`ring_area_as`](super::ring_area_as) say without them.
///
/// # Method
/// An edge is halved until its pieces keep to it: see [`follow`]. Positions on a geodesic are Karney's; on a rhumb line
/// longitude grows with the isometric latitude. An edge is cut from the same end whichever way it runs, so neighbours
/// still share it vertex for vertex.
///
/// # Limitations and cost
/// A piece every 200 to 300 m of an edge of 100 km at 40° of latitude, every 3 km of one of 10 000 km. An edge across
/// ±180° follows the shorter way round, its longitudes going on beyond ±180° up to its last position.
pub fn as_lonlat(line: &[Coord], edges: Edges) -> Vec<Coord> {
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

/// Returns a line as runs that are straight in lon/lat and do not go across ±180°, its edges taken the shorter way round.
///
/// **Method**: [`as_lonlat`], and where a chain passes ±180° the run ends there, and the next begins on the other side
/// (RFC 7946, 3.1.9).
pub fn as_runs(line: &[Coord], edges: Edges) -> Vec<Vec<Coord>> {
    let Some(&first) = line.first() else { return Vec::new() };
    let (mut done, mut run) = (Vec::new(), vec![first]);
    for edge in line.windows(2) {
        // Half a globe and more in one edge, with an end on either side of ±180°.
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
        // To the last bit what the file says, whichever turn it is on.
        if let Some(end) = run.last_mut().filter(|end| (end.x - edge[1].x).abs() < 180.0) {
            *end = edge[1];
        }
    }
    done.push(run);
    done.retain(|run| run.len() > 1 || line.len() == 1);
    done
}

/// A position brought to within half a turn of another.
fn beside(at: Coord, near: Coord) -> Coord {
    Coord { x: at.x - 360.0 * ((at.x - near.x) / 360.0).round(), y: at.y }
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
    // The same chain whichever end it is begun from.
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
    let mut chain: Vec<Coord> = follow([from, to], &at, &off_lonlat_m, tolerance_m, tolerance_m / length_m)
        .into_iter()
        .map(|(_, at)| at)
        .collect();
    // Beyond half a turn from where it began, longitudes go on.
    let mut last = from;
    for at in &mut chain {
        *at = beside(*at, last);
        last = *at;
    }
    chain
}

/// How far, in metres, a position (lon, lat) is from the straight lon/lat edge between two others, the shorter way round.
pub fn off_lonlat_m(at: Coord, a: Coord, b: Coord) -> f64 {
    LocalPlane::at(at).nearest_on_edge(at, beside(a, at), beside(b, at)).1
}

/// Follows a curve by a chain: returns the positions between its two ends, each with its share (0 to 1) of the way.
///
/// **Method**: `at` gives the position at a share, nothing where there is none, and `off_m` how far a position is from
/// the straight edge between two others. A piece is halved as long as the curve is farther than `tolerance_m` from its
/// straight edge in its middle or its quarters (a curve that bends both ways may pass through the middle), and longer than
/// the share `shortest`. Where the curve keeps to the straight edge there is nothing between the ends.
pub fn follow(
    ends: [Coord; 2],
    at: &impl Fn(f64) -> Option<Coord>,
    off_m: &impl Fn(Coord, Coord, Coord) -> f64,
    tolerance_m: f64,
    shortest: f64,
) -> Vec<(f64, Coord)> {
    let mut out = Vec::new();
    let Some(middle) = at(0.5) else { return out };
    // Pieces still to be looked at, the first on top.
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
        let length = line_length_m(&as_lonlat(&[a, b], Edges::Geodesic));
        assert!((length - distance_m(a, b)).abs() < 0.02, "{length}");
        // The parallel is kilometres longer.
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
                let mut back: Vec<_> = as_lonlat(&[line[1], line[0]], edges).iter().map(wrapped).collect();
                back.reverse();
                assert_eq!(as_lonlat(&line, edges).iter().map(wrapped).collect::<Vec<_>>(), back);
            }
        }
    }

    #[test]
    fn runs_end_at_the_antimeridian() {
        let line = [(179.0, 10.0), (-179.0, 11.0), (-178.0, 12.0), (179.5, 13.0)].map(|(x, y)| Coord { x, y });
        let runs = as_runs(&line, Edges::Lonlat);
        let seam = |x: f64, y: f64| Coord { x, y };
        assert_eq!(runs.len(), 3);
        assert_eq!(runs[0], [line[0], seam(180.0, 10.5)]);
        assert_eq!(runs[1], [seam(-180.0, 10.5), line[1], line[2], seam(-180.0, 12.8)]);
        assert_eq!(runs[2], [seam(180.0, 12.8), line[3]]);
        // A position on ±180° itself, with either sign.
        let on = [(179.0, 10.0), (-180.0, 11.0), (-179.0, 12.0)].map(|(x, y)| Coord { x, y });
        assert_eq!(as_runs(&on, Edges::Lonlat), [vec![on[0], seam(180.0, 11.0)], vec![on[1], on[2]]]);
        let geodesic = as_runs(&line, Edges::Geodesic);
        assert_eq!(geodesic.len(), 3);
        assert!(geodesic.iter().flatten().all(|c| c.x.abs() <= 180.0));
    }

    #[test]
    fn chains_grow_with_the_root_of_an_edge() {
        let pieces =
            |lon: f64| as_lonlat(&[Coord { x: 0.0, y: 40.0 }, Coord { x: lon, y: 41.0 }], Edges::Geodesic).len();
        assert!(pieces(1.0) < 600 && pieces(160.0) < 12_000, "{} {}", pieces(1.0), pieces(160.0));
    }

    #[test]
    fn a_geodesic_over_a_pole_is_followed() {
        let line = [Coord { x: 10.0, y: 85.0 }, Coord { x: -169.9, y: 85.0 }];
        let chain = as_lonlat(&line, Edges::Geodesic);
        assert!((line_length_m(&chain[..chain.len() - 1]) - distance_m(line[0], chain[chain.len() - 2])).abs() < 0.01);
        assert!(chain.len() < 4000, "{}", chain.len());
    }
}
