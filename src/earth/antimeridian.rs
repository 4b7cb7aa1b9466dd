//! Cuts lines and land with longitudes beyond ±180° at the antimeridian (RFC 7946, section 3.1.9).

use super::edges::continue_longitudes;
pub(crate) use super::nested::{Vertex, nested, twice_area};
use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};
use std::collections::HashMap;

/// Greatest distance in degrees beyond ±180° or ±90° that counts as rounding (0.1 µm).
const ROUNDING_DEG: f64 = 1e-12;
/// Greatest absolute longitude in degrees that is accepted.
const MOST_DEG: f64 = 360.0;

/// A position (lon, lat in degrees) with rounding errors beyond ±180° and ±90° removed; `None` if it is out of range.
/// Longitudes up to ±360° are unchanged.
pub(crate) fn on_globe(at: Coord) -> Option<Coord> {
    let near = |value: f64, most: f64| {
        if value.abs() > most && value.abs() <= most + ROUNDING_DEG { most.copysign(value) } else { value }
    };
    let at = Coord { x: near(near(at.x, 180.0), MOST_DEG), y: near(at.y, 90.0) };
    (at.x.abs() <= MOST_DEG && at.y.abs() <= 90.0).then_some(at)
}

/// Normalises a position (lon, lat in degrees) to longitudes within ±180°. Accepts longitudes up to ±360° and rounding
/// errors (1e-12°); returns `None` if the position is out of range.
///
/// # Examples
/// ```
/// use geo::Coord;
/// use merestone::earth::normalize_position;
///
/// assert_eq!(normalize_position(Coord { x: 200.5, y: 10.0 }), Some(Coord { x: -159.5, y: 10.0 }));
/// assert_eq!(normalize_position(Coord { x: 180.00000000000006, y: 10.0 }), Some(Coord { x: 180.0, y: 10.0 }));
/// assert_eq!(normalize_position(Coord { x: 0.0, y: 91.0 }), None);
/// ```
pub fn normalize_position(at: Coord) -> Option<Coord> {
    on_globe(at).map(point)
}

/// A longitude in degrees with one value on ±180°: there, 180.
pub(crate) fn on_east_side(lon: f64) -> f64 {
    if lon == -180.0 { 180.0 } else { lon }
}

/// Whether a continuous longitude is ±180°, whole turns aside.
pub(crate) fn is_antimeridian(lon: f64) -> bool {
    lon.rem_euclid(360.0) == 180.0
}

/// Whether a longitude is beyond ±180°.
pub(crate) fn is_beyond(lon: f64) -> bool {
    lon.abs() > 180.0
}

/// The turns by which a box from `west` to `east` is moved to reach all positions within ±180° that lie in it: no turn,
/// and one round the globe for what it has beyond ±180°.
pub(crate) fn turns(west: f64, east: f64) -> impl Iterator<Item = f64> {
    [(0.0, true), (360.0, west <= -180.0), (-360.0, east >= 180.0)].into_iter().filter(|turn| turn.1).map(|turn| turn.0)
}

/// The 360° strip that contains a longitude: 0 from −180° to 180°. On the meridian between two strips, the one nearer
/// to 0.
fn strip(lon: f64) -> f64 {
    if lon > 180.0 {
        ((lon - 180.0) / 360.0).ceil()
    } else if lon < -180.0 {
        ((lon + 180.0) / 360.0).floor()
    } else {
        0.0
    }
}

/// The number of the strip that contains a longitude, one of two on the meridian between them. Exact: the difference of
/// numbers that differ by at most a factor of two is not rounded.
fn strip_of(lon: f64) -> f64 {
    let near = (lon / 360.0).round();
    match lon - 360.0 * near {
        off if off > 180.0 => near + 1.0,
        off if off < -180.0 => near - 1.0,
        _ => near,
    }
}

/// Normalises a position to longitudes within ±180°.
pub(crate) fn point<V: Vertex>(vertex: V) -> V {
    let at = vertex.at();
    vertex.put(Coord { x: at.x - 360.0 * strip(at.x), y: at.y })
}

/// The strips that vertices cover, each by its middle meridian.
fn strips<V: Vertex>(vertices: &[V]) -> Vec<f64> {
    let low = vertices.iter().map(|v| v.at().x).fold(f64::INFINITY, f64::min);
    let high = vertices.iter().map(|v| v.at().x).fold(f64::NEG_INFINITY, f64::max);
    if !(low.is_finite() && high.is_finite()) {
        return Vec::new();
    }
    // A meridian between two strips belongs to the eastern one as the western limit, to the western one as the eastern.
    let (first, last) = (strip_of(low), strip_of(high));
    let first = (first + f64::from(low - 360.0 * first == 180.0)) as i32;
    let last = (last - f64::from(high - 360.0 * last == -180.0)) as i32;
    (first..=last.max(first)).map(|number| 360.0 * f64::from(number)).collect()
}

/// The intersection of an edge with a meridian; the same for both directions of the edge.
fn cut<V: Vertex>(a: &V, b: &V, lon: f64) -> V {
    let (p, q) = (a.at(), b.at());
    let forward = (p.x, p.y) <= (q.x, q.y);
    let (from, to) = if forward { (a, b) } else { (b, a) };
    let (p, q) = (from.at(), to.at());
    let share = (lon - p.x) / (q.x - p.x);
    let (low, high) = (p.y.min(q.y), p.y.max(q.y));
    V::between(from, to, share, Coord { x: lon, y: (p.y + (q.y - p.y) * share).clamp(low, high) })
}

/// The runs of a line within ±180°, in line order.
pub(crate) fn line<V: Vertex>(line: &[V]) -> Vec<Vec<V>> {
    let mut runs: Vec<Vec<V>> = Vec::new();
    let mut run: Vec<V> = Vec::new();
    // The middle meridian of the strip that contains the run; `None` while the whole run is on a strip's edge.
    let mut middle: Option<f64> = None;
    let moved = |v: V, middle: f64| v.put(Coord { x: v.at().x - middle, y: v.at().y });
    let mut end = |run: &mut Vec<V>, middle: Option<f64>| {
        let middle = middle.unwrap_or_else(|| run.first().map_or(0.0, |v| 360.0 * strip(v.at().x)));
        if run.len() > 1 {
            runs.push(run.iter().map(|v| moved(*v, middle)).collect());
        }
        run.clear();
    };
    for &vertex in line {
        loop {
            let lon = vertex.at().x;
            let own = 360.0 * strip_of(lon);
            let on_edge = (lon - own).abs() == 180.0;
            let Some(now) = middle else {
                if !on_edge {
                    // A run that started on a strip's edge continues in the strip that contains its first vertex off
                    // the edge.
                    let toward = run.last().map_or(own, |last: &V| {
                        let side = if lon > last.at().x { 180.0 } else { -180.0 };
                        last.at().x + side
                    });
                    middle = Some(if run.is_empty() { own } else { toward });
                    continue;
                }
                run.push(vertex);
                break;
            };
            if (lon - now).abs() <= 180.0 {
                run.push(vertex);
                break;
            }
            let edge = now + if lon > now { 180.0 } else { -180.0 };
            let Some(last) = run.last().copied() else { break };
            let at = if last.at().x == edge { last } else { cut(&last, &vertex, edge) };
            if last.at().x != edge {
                run.push(at);
            }
            end(&mut run, Some(now));
            run.push(at);
            middle = Some(edge + if lon > edge { 180.0 } else { -180.0 });
        }
    }
    end(&mut run, middle);
    runs
}

/// The runs within ±180° of the line through positions (lon, lat in degrees), each edge by the shorter way round the
/// globe, cut at ±180° in longitude and latitude.
///
/// # Examples
/// ```
/// use geo::Coord;
/// use merestone::earth::shortest_runs;
/// let runs = shortest_runs(&[Coord { x: 179.0, y: 0.0 }, Coord { x: -179.0, y: 1.0 }]);
/// assert_eq!(runs[1], [Coord { x: -180.0, y: 0.5 }, Coord { x: -179.0, y: 1.0 }]);
/// ```
pub fn shortest_runs(positions: &[Coord]) -> Vec<Vec<Coord>> {
    let mut whole = positions.to_vec();
    continue_longitudes(&mut whole);
    if whole.iter().any(|at| is_beyond(at.x)) { line(&whole) } else { vec![whole] }
}

/// The polygons within ±180° of a polygon (closed rings, the shell first).
///
/// In each strip of 360° the rings are cut where they leave it. On each of the strip's two meridians the cut ends are
/// sorted by latitude; every second interval between them is inside and becomes an edge. Existing edges along a
/// meridian are reproduced in this way. An edge is cut at the same position in either direction, so that neighbours
/// still share it.
pub(crate) fn polygon<V: Vertex>(rings: &[Vec<V>]) -> Vec<Vec<Vec<V>>> {
    let mut out = Vec::new();
    let Some(shell) = rings.first() else { return out };
    for middle in strips(shell) {
        let mut whole: Vec<Vec<V>> = Vec::new();
        let mut chains: Vec<Vec<V>> = Vec::new();
        for ring in rings {
            within(ring, middle, &mut whole, &mut chains);
        }
        whole.extend(joined(chains).into_iter().flat_map(|ring| apart(ring, middle)));
        let moved = |ring: Vec<V>| -> Vec<V> {
            ring.into_iter().map(|v| v.put(Coord { x: v.at().x - middle, y: v.at().y })).collect()
        };
        out.extend(nested(whole.into_iter().map(moved).collect()));
    }
    out
}

/// The parts of a ring within 180° of a meridian: the whole ring, or chains between the strip's edges.
fn within<V: Vertex>(ring: &[V], middle: f64, whole: &mut Vec<Vec<V>>, chains: &mut Vec<Vec<V>>) {
    let inside = |v: &V| (v.at().x - middle).abs() < 180.0;
    let open = &ring[..ring.len().saturating_sub(1)];
    let n = open.len();
    // Starts outside or on the strip's edge, so that no chain spans the start of the ring.
    let Some(start) = open.iter().position(|v| !inside(v)) else {
        return whole.push(ring.to_vec());
    };
    let edge_toward = |v: &V| middle + if v.at().x > middle { 180.0 } else { -180.0 };
    let on = |from: &V, out: &V| {
        let edge = edge_toward(out);
        if out.at().x == edge { *out } else { cut(from, out, edge) }
    };
    let mut chain: Vec<V> = Vec::new();
    for i in 0..n {
        let (a, b) = (&open[(start + i) % n], &open[(start + i + 1) % n]);
        match (inside(a), inside(b)) {
            (false, true) => chain = vec![on(b, a), *b],
            (true, true) => chain.push(*b),
            (true, false) => {
                chain.push(on(a, b));
                chains.push(std::mem::take(&mut chain));
            }
            // Both outside: crosses the whole strip, or misses it.
            (false, false) => {
                let (p, q) = (a.at().x - middle, b.at().x - middle);
                if p * q < 0.0 {
                    chains.push(vec![on(b, a), on(a, b)]);
                }
            }
        }
    }
}

/// Joins chains, whose ends are on two meridians, into rings.
fn joined<V: Vertex>(chains: Vec<Vec<V>>) -> Vec<Vec<V>> {
    // For each end: its position, its chain, and whether it is the chain's last vertex.
    let mut ends: Vec<(Coord, usize, bool)> = Vec::new();
    for (number, chain) in chains.iter().enumerate() {
        ends.extend([(chain[0].at(), number, false), (chain[chain.len() - 1].at(), number, true)]);
    }
    ends.sort_by(|a, b| a.0.x.total_cmp(&b.0.x).then(a.0.y.total_cmp(&b.0.y)).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut partner = vec![[(0, false); 2]; chains.len()];
    for pair in ends.chunks_exact(2) {
        let [(_, a, a_last), (_, b, b_last)] = [pair[0], pair[1]];
        partner[a][usize::from(a_last)] = (b, b_last);
        partner[b][usize::from(b_last)] = (a, a_last);
    }
    let mut used = vec![false; chains.len()];
    let mut rings = Vec::new();
    for first in 0..chains.len() {
        let (mut at, mut forward, mut ring) = (first, true, Vec::new());
        while !used[at] {
            used[at] = true;
            if forward {
                ring.extend(chains[at].iter().copied());
            } else {
                ring.extend(chains[at].iter().rev().copied());
            }
            let (next, is_last) = partner[at][usize::from(forward)];
            (at, forward) = (next, !is_last);
        }
        if ring.len() > 2 {
            ring.push(ring[0]);
            rings.push(ring);
        }
    }
    rings
}

/// A ring that touches itself in a vertex, divided there if either part has an edge on the strip's meridians: a ring
/// and its hole that touch become so when the meridian cuts both, and land that meets in one position is two polygons.
/// Where the ring crosses itself it stays whole.
fn apart<V: Vertex>(ring: Vec<V>, middle: f64) -> Vec<Vec<V>> {
    let bits = |v: &V| [(v.at().x + 0.0).to_bits(), (v.at().y + 0.0).to_bits()];
    let on_meridian = |a: &V, b: &V| a.at().x == b.at().x && (a.at().x - middle).abs() == 180.0;
    let open = ring.len() - 1;
    let mut rest = ring.windows(2).filter(|edge| on_meridian(&edge[0], &edge[1])).count();
    let (mut parts, mut line): (Vec<Vec<V>>, Vec<V>) = (Vec::new(), Vec::new());
    // Edges of the line on the meridians, up to each vertex.
    let mut cuts: Vec<usize> = Vec::new();
    let mut seen: HashMap<[u64; 2], usize> = HashMap::new();
    for (i, vertex) in ring[..open].iter().enumerate() {
        let upto = line.last().map_or(0, |last| cuts[cuts.len() - 1] + usize::from(on_meridian(last, vertex)));
        if let Some(&first) = seen.get(&bits(vertex)).filter(|first| line.len() > **first + 2) {
            let own = upto - cuts[first];
            let before = if first == 0 { &ring[open - 1] } else { &line[first - 1] };
            let arms = [before, &line[first + 1], &line[line.len() - 1], &ring[i + 1]].map(Vertex::at);
            if own > 0 && rest > own && !is_crossing(vertex.at(), arms) {
                let mut part = line.split_off(first);
                part[1..].iter().for_each(|v| _ = seen.remove(&bits(v)));
                line.push(part[0]);
                cuts.truncate(first + 1);
                part.push(*vertex);
                parts.push(part);
                rest -= own;
                continue;
            }
        }
        seen.insert(bits(vertex), line.len());
        line.push(*vertex);
        cuts.push(upto);
    }
    line.extend(line.first().copied());
    parts.push(line);
    parts
}

/// Whether a line that passes a position twice, each time from one arm to the next, crosses itself there; lines with a
/// common direction count as crossing.
fn is_crossing(at: Coord, [in_1, out_1, in_2, out_2]: [Coord; 4]) -> bool {
    let turn = |a: Coord, b: Coord| RobustKernel::orient2d(at, a, b);
    // Whether a direction is strictly in the sector from the first arm, counter-clockwise, to the second.
    let is_between = |direction: Coord| match turn(out_1, in_1) {
        Orientation::Clockwise => {
            turn(out_1, direction) == Orientation::CounterClockwise
                || turn(direction, in_1) == Orientation::CounterClockwise
        }
        _ => {
            turn(out_1, direction) == Orientation::CounterClockwise
                && turn(direction, in_1) == Orientation::CounterClockwise
        }
    };
    let shares = [(out_1, in_2), (out_1, out_2), (in_1, in_2), (in_1, out_2)];
    let is_same = |(a, b): (Coord, Coord)| {
        turn(a, b) == Orientation::Collinear && (a.x - at.x) * (b.x - at.x) + (a.y - at.y) * (b.y - at.y) > 0.0
    };
    shares.into_iter().any(is_same) || is_between(in_2) != is_between(out_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().chain(points.first()).map(|&(x, y)| Coord { x, y }).collect()
    }

    fn area(polygons: &[Vec<Vec<Coord>>]) -> f64 {
        let one = |rings: &Vec<Vec<Coord>>| {
            twice_area(&rings[0]).abs() - rings[1..].iter().map(|r| twice_area(r).abs()).sum::<f64>()
        };
        polygons.iter().map(one).sum::<f64>() / 2.0
    }

    #[test]
    fn land_beyond_one_meridian_or_across_it() {
        let wholly = polygon(&[ring(&[(182.0, 0.0), (184.0, 0.0), (184.0, 2.0), (182.0, 2.0)])]);
        assert_eq!(wholly, [vec![ring(&[(-178.0, 0.0), (-176.0, 0.0), (-176.0, 2.0), (-178.0, 2.0)])]]);
        let beside = polygon(&[ring(&[(180.0, -18.0), (182.0, -18.0), (182.0, -16.0), (180.0, -16.0)])]);
        assert_eq!(beside.len(), 1);
        assert!(beside[0][0].iter().all(|at| at.x <= -178.0 && at.x >= -180.0), "{beside:?}");
        for shift in [0.0, -360.0] {
            let across = ring(&[(170.0, 0.0), (190.0, 0.0), (190.0, 10.0), (170.0, 10.0)].map(|(x, y)| (x + shift, y)));
            let hole = ring(&[(175.0, 2.0), (175.0, 8.0), (185.0, 8.0), (185.0, 2.0)].map(|(x, y)| (x + shift, y)));
            let own = ring(&[(171.0, 1.0), (171.0, 2.0), (172.0, 2.0)].map(|(x, y)| (x + shift, y)));
            let parts = polygon(&[across, hole, own]);
            assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
            assert!((area(&parts) - (200.0 - 60.0 - 0.5)).abs() < 1e-9);
            assert!(parts.iter().flatten().flatten().all(|at| at.x.abs() <= 180.0));
        }
    }

    #[test]
    fn a_hole_that_touches_its_shell_leaves_two_parts_that_meet() {
        let shell = ring(&[(179.8, 44.5), (180.3, 44.5), (180.3, 45.5), (179.8, 45.5), (179.8, 45.0)]);
        let hole = ring(&[(179.8, 45.0), (180.1, 45.1), (180.1, 44.9)]);
        let parts = polygon(&[shell.clone(), hole]);
        assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1], "{parts:?}");
        assert!((area(&parts) - (0.5 - 0.03)).abs() < 1e-12);
        // A shell that crosses itself stays one ring, so that the fault is found.
        let bow = ring(&[(179.0, 44.0), (179.5, 45.0), (181.0, 46.0), (181.0, 44.0), (179.5, 45.0), (179.0, 46.0)]);
        assert_eq!(polygon(&[bow]).iter().filter(|part| part[0].len() > 5).count(), 1);
    }

    #[test]
    fn a_comb_over_the_meridian_is_as_many_parts_as_it_has_teeth() {
        let mut points = vec![(170.0, 0.0)];
        for tooth in 0..5 {
            let y = f64::from(tooth) * 2.0;
            points.extend([(185.0, y), (185.0, y + 1.0), (175.0, y + 1.0), (175.0, y + 2.0)]);
        }
        points.pop();
        points.extend([(170.0, 9.0)]);
        let parts = polygon(&[ring(&points)]);
        assert_eq!(parts.len(), 6);
        let whole = twice_area(&ring(&points)).abs() / 2.0;
        assert!((area(&parts) - whole).abs() < 1e-9);
    }

    #[test]
    fn a_ring_that_touches_the_meridian_or_runs_along_it() {
        let touching = polygon(&[ring(&[(178.0, 0.0), (180.0, 1.0), (178.0, 2.0)])]);
        assert!((area(&touching) - 2.0).abs() < 1e-12 && touching.len() == 1);
        let u = [
            (180.0, 0.0),
            (184.0, 0.0),
            (184.0, 9.0),
            (180.0, 9.0),
            (180.0, 6.0),
            (182.0, 6.0),
            (182.0, 3.0),
            (180.0, 3.0),
        ];
        let parts = polygon(&[ring(&u)]);
        assert!((area(&parts) - (36.0 - 6.0)).abs() < 1e-12 && parts.len() == 1, "{parts:?}");
    }

    #[test]
    fn neighbours_across_the_meridian_share_what_they_shared() {
        let shared = [Coord { x: 171.3, y: 1.7 }, Coord { x: 187.9, y: 5.1 }];
        let there = line(&shared);
        let mut back: Vec<Vec<Coord>> = line(&[shared[1], shared[0]]);
        back.reverse();
        back.iter_mut().for_each(|run| run.reverse());
        assert_eq!(there, back);
        assert_eq!((there.len(), there[0][1].x, there[1][0].x), (2, 180.0, -180.0));
        assert_eq!(there[0][1].y, there[1][0].y);
    }

    #[test]
    fn positions_next_to_the_meridian_are_kept() {
        for (lon, other) in
            [(180.0_f64.next_down(), 275.0), (180.0_f64.next_up(), 90.0), (-(180.0_f64.next_down()), -275.0)]
        {
            let runs = line(&[Coord { x: lon, y: 0.0 }, Coord { x: other, y: 1.0 }]);
            assert_eq!(runs.len(), 2, "{lon}: {runs:?}");
            let land = polygon(&[ring(&[(lon, 0.0), (other, 0.0), (other, 1.0), (lon, 1.0)])]);
            let whole = (other - lon).abs();
            assert!((area(&land) - whole).abs() < 1e-9, "{lon}: {land:?}");
        }
    }

    #[test]
    fn lines_that_begin_on_the_meridian_stay_whole() {
        let whole = line(&[Coord { x: 180.0, y: 0.0 }, Coord { x: 185.0, y: 1.0 }]);
        assert_eq!(whole, [[Coord { x: -180.0, y: 0.0 }, Coord { x: -175.0, y: 1.0 }]]);
        let back = line(&[Coord { x: 185.0, y: 1.0 }, Coord { x: 180.0, y: 0.0 }, Coord { x: 175.0, y: 1.0 }]);
        assert_eq!(back.len(), 2);
        let far = line(&[Coord { x: -185.0, y: 0.0 }, Coord { x: 185.0, y: 0.0 }]);
        assert_eq!(far.len(), 3);
        assert_eq!(point(Coord { x: 200.0, y: 1.0 }), Coord { x: -160.0, y: 1.0 });
    }
}
