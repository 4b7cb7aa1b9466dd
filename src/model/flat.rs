//! Degenerate rings: rings that enclose no area.

use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};

/// Whether a closed ring encloses no area: all of it is traversed out and back, or it is collinear.
///
/// A signed area of zero does not imply this: it is also zero for a self-crossing ring whose loops have equal areas of
/// opposite sign.
///
/// # Method
/// Repeatedly removes a vertex at which the ring turns back along its previous edge (a spike); a ring of which nothing
/// remains encloses nothing. Exact (Shewchuk's predicates), in planar longitude and latitude, linear time. The
/// remainder is collinear if no vertex is farther from the line between the first and its farthest vertex than rounding
/// (10⁻¹⁴ of that distance, or a strip of 10⁻⁶ m²).
///
/// # Examples
/// ```
/// use geo::Coord;
/// use merestone::model::encloses_nothing;
/// assert!(encloses_nothing(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)].map(Coord::from)));
/// assert!(!encloses_nothing(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)].map(Coord::from)));
/// ```
pub fn encloses_nothing(ring: &[Coord]) -> bool {
    let rest = without_spikes(ring);
    let Some(&from) = rest.first() else { return true };
    let off = |p: &Coord| (p.x - from.x).abs().max((p.y - from.y).abs());
    let to = rest.iter().copied().max_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(from);
    let (d, span) = (to - from, off(&to));
    let doubled = rest.iter().map(|p| (d.x * (p.y - from.y) - d.y * (p.x - from.x)).abs()).fold(0.0, f64::max);
    // A square degree has at most 1.25e10 m², and towards a pole less, by the cosine of latitude.
    let m2 = 1.25e10 * rest.iter().map(|p| p.y.to_radians().cos().abs()).fold(0.0, f64::max);
    doubled <= 1e-14 * span * span || doubled * m2 < 1e-6
}

/// Returns a proper self-intersection of a ring, if any: the place for an error message.
pub fn self_intersection(ring: &[Coord]) -> Option<Coord> {
    use geo::algorithm::line_intersection::{LineIntersection, line_intersection};
    let meeting = |a: super::TreeEdge, b: super::TreeEdge| {
        let line = |edge: super::TreeEdge| geo::Line::new(edge.ends[0], edge.ends[1]);
        match line_intersection(line(a), line(b)) {
            Some(LineIntersection::SinglePoint { intersection, is_proper: true }) => Some(intersection),
            _ => None,
        }
    };
    super::EdgeTree::new([ring]).pairs(meeting).first().copied()
}

/// Removes spikes: the vertices of a closed ring, without the last, at which no edge turns back along the previous one.
fn without_spikes(ring: &[Coord]) -> Vec<Coord> {
    let mut path: Vec<Coord> = Vec::with_capacity(ring.len());
    for &next in ring {
        loop {
            match path[..] {
                [.., last] if last == next => {
                    path.pop();
                }
                [.., before, tip] if turns_back(before, tip, next) => {
                    path.pop();
                }
                _ => break,
            }
        }
        path.push(next);
    }
    // Across the closing vertex: the first vertex is also the last.
    let (mut first, mut end) = (0, path.len().saturating_sub(1));
    while end - first >= 2 {
        if path[first] == path[end - 1] || turns_back(path[end - 1], path[first], path[first + 1]) {
            first += 1;
        } else if turns_back(path[end - 2], path[end - 1], path[first]) {
            end -= 1;
        } else {
            break;
        }
    }
    if end - first < 3 { Vec::new() } else { path[first..end].to_vec() }
}

/// Whether the edge from a tip goes back along the edge to it.
fn turns_back(before: Coord, tip: Coord, next: Coord) -> bool {
    let (d, e) = (tip - before, next - tip);
    d.x * e.x + d.y * e.y < 0.0 && RobustKernel::orient2d(before, tip, next) == Orientation::Collinear
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().chain(points.first()).map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn loops_of_equal_size_enclose_land() {
        for points in [
            // Two triangles; three loops of which two equal the third in area; a figure of eight through a vertex.
            &[(20.1, 45.0), (20.2, 45.1), (20.2, 45.0), (20.1, 45.1)][..],
            &[(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, -2.0), (2.0, -2.0), (2.0, 1.0), (3.0, 1.0), (3.0, 0.0)],
            &[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (2.0, 0.0), (1.0, 1.0), (0.0, 2.0)],
        ] {
            assert!(!encloses_nothing(&ring(points)), "{points:?}");
        }
        let crossing = self_intersection(&ring(&[(20.1, 45.0), (20.2, 45.1), (20.2, 45.0), (20.1, 45.1)])).unwrap();
        assert!((crossing.x - 20.15).abs() < 1e-9 && (crossing.y - 45.05).abs() < 1e-9, "{crossing:?}");
    }

    #[test]
    fn out_and_back_ring_encloses_nothing_for_any_start() {
        let ways: [&[(f64, f64)]; 4] = [
            &[(45.0, 40.0), (46.0, 40.0), (45.5, 40.0)],
            &[(45.1, 39.1), (45.2, 39.2), (45.15, 39.15)],
            // Out along two perpendicular edges, and back; a star with three arms.
            &[(45.0, 40.0), (46.0, 40.0), (46.0, 41.0), (46.0, 40.0)],
            &[(0.0, 0.0), (1.0, 0.0), (0.0, 0.0), (0.0, 1.0), (0.0, 0.0), (-1.0, -1.0)],
        ];
        for way in ways {
            for turn in 0..way.len() {
                let points = [&way[turn..], &way[..turn]].concat();
                assert!(encloses_nothing(&ring(&points)), "{points:?}");
            }
        }
        assert!(!encloses_nothing(&ring(&[(45.0, 40.0), (45.0, 40.001), (45.001, 40.0)])));
    }
}
