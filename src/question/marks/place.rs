//! Where marks stand along a run.

use super::run::{Beside, Features, MeasuredRun, key};
use super::{BoundaryMarkKind, MarkBasis, MarkOptions, sight};
use crate::earth::LocalPlane;
use crate::topology::{Meeting, meet};
use geo::Coord;

/// The line runs along a river where their directions differ by no more than so many degrees.
const ALONG_DEG: f64 = 30.0;
/// Places nearer to each other along the line than this, in metres, are one.
const SAME_M: f64 = 1.0;
/// Between marks nearer than this along the line, in metres, none is put in for sight.
const SHORTEST_M: f64 = 40.0;

/// A place for a mark.
pub(super) struct Station {
    pub chainage_m: f64,
    pub position: Coord,
    pub kind: BoundaryMarkKind,
    pub why: Vec<String>,
    /// The number of an existing mark.
    pub fixed: Option<String>,
    pub edge: usize,
    /// Where the line follows a river: half of its width in metres.
    pub river: Option<f64>,
    /// Longitude and latitude of the posts of an existing pair.
    pub posts: Option<[[f64; 2]; 2]>,
}

/// The places for marks on a run in order; of a ring, the start once.
pub(super) fn stations(
    run: &MeasuredRun<'_>,
    number: usize,
    beside: &Beside,
    basis: &MarkBasis<'_>,
    options: &MarkOptions,
) -> Vec<Station> {
    let mut needed = needed(run, number, beside, options);
    let length_m = run.length_m();
    needed.sort_by(|a, b| a.chainage_m.total_cmp(&b.chainage_m).then(b.fixed.is_some().cmp(&a.fixed.is_some())));
    let mut stations = merged(needed, options);
    // The end of a ring is its start.
    if run.is_ring() && stations.len() > 1 && stations[stations.len() - 1].chainage_m > length_m - SAME_M {
        stations.pop();
    }
    let end_m = run.is_ring().then_some(length_m);
    let equal = |_: Coord, _: Coord, path_m: f64| {
        let parts = path_m / options.max_spacing_m * (1.0 - 1e-12);
        (parts > 1.0).then(|| parts.ceil() as usize)
    };
    let spaced = between(run, stations, end_m, &equal, "spacing");
    let mut all = match basis.heights {
        None => spaced,
        Some(height) => {
            let halves = |a: Coord, b: Coord, path_m: f64| {
                (path_m >= SHORTEST_M && sight::sees(a, b, height, options) == Some(false)).then_some(2)
            };
            let mut all = spaced;
            loop {
                let before = all.len();
                all = between(run, all, end_m, &halves, "sight");
                if all.len() == before {
                    break all;
                }
            }
        }
    };
    // A junction is one mark, and what stands stays as it is.
    for station in
        all.iter_mut().filter(|station| station.kind != BoundaryMarkKind::Junction && station.fixed.is_none())
    {
        let Some((name, half_m)) = follows(run, station, &beside.rivers, options) else { continue };
        if !station.why.contains(&name) {
            station.why.push(name);
        }
        (station.river, station.kind) = (Some(half_m), BoundaryMarkKind::RiverPair);
    }
    all
}

/// The places that the line and what lies beside it ask for.
fn needed(run: &MeasuredRun<'_>, number: usize, beside: &Beside, options: &MarkOptions) -> Vec<Station> {
    let mut out = Vec::new();
    let mut put =
        |chainage_m: f64, position: Coord, edge: usize, kind: BoundaryMarkKind, why: String, fixed: Option<String>| {
            out.push(Station { chainage_m, position, kind, why: vec![why], fixed, edge, river: None, posts: None });
        };
    let (last, points) = (run.points.len() - 1, &run.points);
    if run.is_ring() {
        put(0.0, points[0], 0, BoundaryMarkKind::Main, "start".into(), None);
    } else {
        for (at, edge, chainage_m) in [(points[0], 0, 0.0), (points[last], last - 1, run.length_m())] {
            let meet = beside.ends.get(&key(at)).is_some_and(|count| *count > 2);
            let (kind, why) =
                if meet { (BoundaryMarkKind::Junction, "lines meet") } else { (BoundaryMarkKind::Main, "end") };
            put(chainage_m, at, edge, kind, why.into(), None);
        }
    }
    for vertex in 1..last {
        let turn = run.turning_deg(points[vertex - 1], points[vertex], points[vertex + 1]);
        if turn > options.turn_deg {
            put(
                run.at_m[vertex],
                points[vertex],
                vertex,
                BoundaryMarkKind::Main,
                format!("turning of {turn:.0}°"),
                None,
            );
        }
    }
    for (features, what) in [(&beside.roads, "road"), (&beside.rivers, "river")] {
        for edge in 0..last {
            let own = run.edge(edge);
            let low = Coord { x: own[0].x.min(own[1].x), y: own[0].y.min(own[1].y) };
            let high = Coord { x: own[0].x.max(own[1].x), y: own[0].y.max(own[1].y) };
            for (other, feature) in features.index.touching_across(low, high) {
                let shares = match meet(own, other) {
                    Meeting::Apart => continue,
                    _ if what == "river" && is_along(own, other) => continue,
                    Meeting::At { share, .. } => vec![share],
                    Meeting::Along { from, to } => vec![from, to],
                };
                for share in shares {
                    let chainage_m = run.chainage(edge, share);
                    let why = format!("{what} {}", features.names[feature as usize]);
                    put(chainage_m, run.position(chainage_m), edge, BoundaryMarkKind::Main, why, None);
                }
            }
        }
    }
    for on in &beside.on[number] {
        let (kind, why, fixed) = match (on.is_existing, on.posts) {
            (true, Some(_)) => (BoundaryMarkKind::RiverPair, "stands already".to_owned(), Some(on.name.clone())),
            (true, None) => (BoundaryMarkKind::Main, "stands already".to_owned(), Some(on.name.clone())),
            (false, _) => (BoundaryMarkKind::Junction, format!("junction {}", on.name), None),
        };
        // Just before the start of a ring is beside its start.
        let is_before = run.is_ring() && on.chainage_m > run.length_m() - options.within_m;
        let chainage_m = if is_before { on.chainage_m - run.length_m() } else { on.chainage_m };
        let (position, edge, posts) = (on.position, run.edge_at(on.chainage_m), on.posts);
        out.push(Station { chainage_m, position, kind, why: vec![why], fixed, edge, river: None, posts });
    }
    out
}

/// Places that are one are one; a mark that stands already serves for what lies within the distance to it.
fn merged(needed: Vec<Station>, options: &MarkOptions) -> Vec<Station> {
    let mut out: Vec<Station> = Vec::with_capacity(needed.len());
    for next in needed {
        let Some(last) = out.last_mut() else {
            out.push(next);
            continue;
        };
        let both = last.fixed.is_some() && next.fixed.is_some();
        let one = last.fixed.is_some() || next.fixed.is_some();
        let within_m = if one { options.within_m.max(SAME_M) } else { SAME_M };
        if both || next.chainage_m - last.chainage_m > within_m {
            out.push(next);
            continue;
        }
        last.kind = last.kind.max(next.kind);
        // The reason of an existing mark comes first, whatever rounding makes of the order of chainages.
        let (first, then) = if next.fixed.is_some() { (&next.why, &last.why) } else { (&last.why, &next.why) };
        let mut why = first.clone();
        why.extend(then.iter().filter(|why| !first.contains(why)).cloned());
        last.why = why;
        if next.fixed.is_some() {
            (last.chainage_m, last.position, last.edge) = (next.chainage_m, next.position, next.edge);
            (last.fixed, last.posts) = (next.fixed, next.posts);
        }
    }
    out
}

/// Puts marks at equal lengths between neighbours, as many parts as are asked for between them.
fn between(
    run: &MeasuredRun<'_>,
    stations: Vec<Station>,
    end_m: Option<f64>,
    parts: &dyn Fn(Coord, Coord, f64) -> Option<usize>,
    why: &str,
) -> Vec<Station> {
    let close = end_m.and_then(|end_m| Some((end_m, stations.first()?.position, stations.first()?.chainage_m)));
    let mut out: Vec<Station> = Vec::with_capacity(stations.len());
    let fill = |out: &mut Vec<Station>, to_m: f64, to: Coord| {
        let Some((from_m, from)) = out.last().map(|last| (last.chainage_m, last.position)) else { return };
        let Some(count) = parts(from, to, to_m - from_m) else { return };
        for part in 1..count {
            let chainage_m = from_m + (to_m - from_m) * part as f64 / count as f64;
            let (position, edge) = (run.position(chainage_m), run.edge_at(chainage_m));
            let (kind, why) = (BoundaryMarkKind::Intermediate, vec![why.to_owned()]);
            out.push(Station { chainage_m, position, kind, why, fixed: None, edge, river: None, posts: None });
        }
    };
    for station in stations {
        fill(&mut out, station.chainage_m, station.position);
        out.push(station);
    }
    if let Some((end_m, start, start_m)) = close {
        fill(&mut out, end_m + start_m, start);
    }
    out
}

fn is_along(a: [Coord; 2], b: [Coord; 2]) -> bool {
    let plane = LocalPlane::at(a[0]);
    let direction = |edge: [Coord; 2]| {
        let [from, to] = edge.map(|p| plane.to_m(p));
        (to.y - from.y).atan2(to.x - from.x).to_degrees()
    };
    let off = direction(a) - direction(b);
    (off - 180.0 * (off / 180.0).round()).abs() <= ALONG_DEG
}

/// The river that the line follows at a place, with half of its width.
fn follows(
    run: &MeasuredRun<'_>,
    station: &Station,
    rivers: &Features,
    options: &MarkOptions,
) -> Option<(String, f64)> {
    let at = station.position;
    let plane = LocalPlane::at(at);
    let wide = plane.degrees(options.river_within_m);
    let near = rivers.index.touching_across(at - wide, at + wide).filter_map(|(edge, feature)| {
        let (_, distance_m) = plane.nearest_on_edge(at, edge[0], edge[1]);
        let there = distance_m <= options.river_within_m && is_along(run.edge(station.edge), edge);
        there.then_some((distance_m, feature))
    });
    let (_, feature) = near.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
    Some((format!("river {}", rivers.names[feature as usize]), rivers.widths_m[feature as usize] / 2.0))
}
