//! Points, lines and areas, each decided by its own rule.

use super::against::{Against, Held, Near, sorted};
use super::{DecideOptions, DecidedLength, DecidedStretch, Decision, DecisionVerdict, Drawn};
use crate::earth::edge_length_as;
use crate::model::{Content, Edges, Meta, Method, Territory, interior_point};
use crate::question::pieces::LineSplitter;
use crate::topology::{Measured, Nearest, clean_parts};
use geo::{Coord, Intersects, Point, Polygon};
use std::collections::BTreeMap;

/// What is asked about.
pub(super) enum Shape<'a> {
    Point(Coord),
    Line(Vec<&'a [Coord]>),
    Area(&'a [Polygon]),
}

/// The features of a layer.
pub(super) fn shapes(content: &Content) -> Vec<(&Meta, Shape<'_>)> {
    match content {
        Content::Places(all) => all.iter().map(|f| (&f.meta, Shape::Point(f.position))).collect(),
        Content::Territories(all) => all.iter().map(|f| (&f.meta, Shape::Area(f.parts()))).collect(),
        Content::Pieces(all) => all.iter().map(|f| (&f.meta, Shape::Area(&f.parts))).collect(),
        Content::Lines(_) | Content::Routes(_) => {
            content.courses().into_iter().map(|(meta, runs)| (meta, Shape::Line(runs))).collect()
        }
    }
}

pub(super) fn decided(meta: &Meta, shape: &Shape<'_>, against: &Against<'_>, options: &DecideOptions) -> Decision {
    match shape {
        Shape::Point(at) => point(meta, *at, against, options),
        Shape::Line(runs) => of_courses("line", meta, runs, &[], against, options),
        Shape::Area(parts) => {
            // An area that is cut at ±180° has no outline there.
            let (land, _) = clean_parts(&meta.id, parts);
            let land = Territory::from_parts_unchecked(meta.clone(), land.into_owned());
            let splitter = LineSplitter::new(std::slice::from_ref(&land));
            let outlines: Vec<&[Coord]> = splitter.outlines().into_iter().map(|(_, run)| run).collect();
            of_courses("area", meta, &outlines, parts, against, options)
        }
    }
}

fn joined(ids: &[String]) -> Option<String> {
    (!ids.is_empty()).then(|| sorted(ids.to_vec()).join(" + "))
}

/// A decision with what is known of the nearest line.
fn begun(
    shape: &'static str,
    meta: &Meta,
    near: Option<&Near>,
    distance_m: Option<f64>,
    options: &DecideOptions,
) -> Decision {
    let deciding_m = distance_m.filter(|m| *m > 0.0).map(|m| m / options.sigmas);
    let others_m = near.map_or(0.0, |near| near.band.others_m);
    Decision {
        id: meta.id.clone(),
        name: meta.name.best(&options.languages).map(str::to_owned),
        shape,
        verdict: DecisionVerdict::Inside,
        territory: None,
        open: Vec::new(),
        distance_m,
        accuracy_m: near.map_or(0.0, |near| near.band.accuracy_m),
        complete: near.is_none_or(|near| near.band.complete),
        formula: near.map_or_else(|| "no line".to_owned(), |near| near.band.formula.clone()),
        band_m: near.map_or(0.0, |near| near.band.within_m),
        deciding_m,
        own_deciding_m: deciding_m.filter(|m| *m > others_m).map(|m| (m * m - others_m * others_m).sqrt()),
        length_m: None,
        undecidable_m: None,
        lengths: Vec::new(),
        drawn: Drawn::Stretches(Vec::new()),
    }
}

fn point(meta: &Meta, at: Coord, against: &Against<'_>, options: &DecideOptions) -> Decision {
    let near = against.near(at, &meta.evidence);
    let holders = against.holders(at);
    let is_open = near.as_ref().is_some_and(|near| near.open) || holders.is_none();
    let verdict = match is_open {
        true => DecisionVerdict::Undecidable,
        false if !against.complete(&meta.evidence) => DecisionVerdict::Unknown,
        false => DecisionVerdict::Inside,
    };
    Decision {
        verdict,
        territory: holders.as_deref().and_then(joined),
        open: if is_open { against.open_at(at, &meta.evidence) } else { Vec::new() },
        drawn: Drawn::Point(at),
        ..begun("point", meta, near.as_ref(), near.as_ref().map(|near| near.distance_m), options)
    }
}

/// A line, or the outline of an area.
fn of_courses(
    shape: &'static str,
    meta: &Meta,
    runs: &[&[Coord]],
    parts: &[Polygon],
    against: &Against<'_>,
    options: &DecideOptions,
) -> Decision {
    let mut stretches: Vec<DecidedStretch> = Vec::new();
    let mut lengths: BTreeMap<(bool, Option<String>), f64> = BTreeMap::new();
    let (mut whole_m, mut undecidable_m, mut done_m) = (0.0, 0.0, 0.0);
    let mut given: Vec<String> = Vec::new();
    for run in runs {
        let course = Measured::new([*run], meta.edges, done_m);
        let near = against.within(&course, &meta.evidence);
        for held in against.cut(run, meta.edges, done_m) {
            done_m = held.to_m;
            let territory = held.by.as_deref().and_then(joined);
            given.extend(territory.clone());
            for (from_m, to_m, is_near) in divided(&held, &near) {
                let certain = !is_near && held.by.is_some();
                let metres = to_m - from_m;
                whole_m += metres;
                undecidable_m += if certain { 0.0 } else { metres };
                let key = (!certain, territory.clone().filter(|_| certain));
                *lengths.entry(key).or_default() += metres;
                let course = between(&held, from_m, to_m, meta.edges);
                stretches.push(DecidedStretch { territory: territory.clone(), certain, course });
            }
        }
    }
    let certain = |(is_open, _): &(bool, Option<String>)| !is_open;
    let mut sure: Vec<Option<String>> = lengths.keys().filter(|key| certain(key)).map(|(_, id)| id.clone()).collect();
    // What runs within an area without meeting its outline.
    let within = within(meta, parts, against);
    sure.extend(within.certain);
    let is_open = undecidable_m > 0.0 || within.open || whole_m == 0.0;
    given.extend(within.given);
    if is_open && shape == "area" && (within.meets || sorted(given.clone()).len() > 1) && all_equal(&sure) {
        let mut found = Within::default();
        let land = against.beyond_bands(parts, &meta.evidence);
        for (at, _) in land.iter().filter_map(interior_point) {
            look(meta, at, against, &mut found);
        }
        sure.extend(found.certain);
        given.extend(found.given);
    }
    sure.sort();
    sure.dedup();
    let is_chain = shape == "line" && meta.evidence.method == Some(Method::Waypoints);
    let verdict = match (sure.len() > 1, is_open) {
        // Between its waypoints it may run anywhere.
        _ if is_chain => DecisionVerdict::Undecidable,
        (false, true) => DecisionVerdict::Undecidable,
        _ if !against.complete(&meta.evidence) => DecisionVerdict::Unknown,
        (true, _) => DecisionVerdict::Divided,
        (false, false) => DecisionVerdict::Inside,
    };
    let crossed = sorted(given.clone()).len() > 1 || within.meets;
    let (near, distance_m) = nearest(meta, runs, crossed, against);
    let open = stretches.iter().filter(|stretch| !stretch.certain);
    let open = sorted(open.flat_map(|stretch| against.open_along(&stretch.course, &meta.evidence)).collect());
    let row = |((is_open, territory), length_m): ((bool, Option<String>), f64)| DecidedLength {
        territory,
        certain: !is_open,
        length_m,
    };
    let territory = sorted(given).join(", ");
    Decision {
        verdict,
        territory: (!territory.is_empty()).then_some(territory),
        open,
        length_m: Some(whole_m),
        undecidable_m: Some(undecidable_m),
        lengths: lengths.into_iter().map(row).collect(),
        drawn: Drawn::Stretches(stretches),
        ..begun(shape, meta, near.as_ref(), distance_m, options)
    }
}

fn all_equal<T: PartialEq>(all: &[T]) -> bool {
    all.windows(2).all(|two| two[0] == two[1])
}

/// A piece by chainage, cut where it comes within the bands and leaves them.
fn divided(held: &Held, near: &[(f64, f64)]) -> Vec<(f64, f64, bool)> {
    let mut out = Vec::new();
    let mut at_m = held.from_m;
    let first = near.partition_point(|(_, to_m)| *to_m <= held.from_m);
    for &(from_m, to_m) in near[first..].iter().take_while(|(from_m, _)| *from_m < held.to_m) {
        if from_m > at_m {
            out.push((at_m, from_m, false));
        }
        let end_m = to_m.min(held.to_m);
        out.push((from_m.max(at_m), end_m, true));
        at_m = end_m;
    }
    if at_m < held.to_m {
        out.push((at_m, held.to_m, false));
    }
    out
}

/// The course of a piece between two chainages.
fn between(held: &Held, from_m: f64, to_m: f64, edges: Edges) -> Vec<Coord> {
    let mut out: Vec<Coord> = Vec::new();
    let mut at_m = held.from_m;
    for edge in held.course.windows(2) {
        let metres = edge_length_as(edge[0], edge[1], edges);
        let share = |chainage_m: f64| ((chainage_m - at_m) / metres.max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
        if at_m + metres >= from_m && at_m <= to_m {
            for share in [share(from_m), share(to_m)] {
                let at = crate::earth::point_along(edge[0], edge[1], share);
                if out.last() != Some(&at) {
                    out.push(at);
                }
            }
        }
        at_m += metres;
    }
    out
}

/// What is known of the inside of an area.
#[derive(Default)]
struct Within {
    /// Territories that certainly hold a place in it.
    certain: Vec<Option<String>>,
    given: Vec<String>,
    /// Whether a line in it may, or may not, be one.
    open: bool,
    /// Whether a line runs in it.
    meets: bool,
}

/// Lines within an area that do not meet its outline: whole territories may lie in it.
fn within(meta: &Meta, parts: &[Polygon], against: &Against<'_>) -> Within {
    let mut out = Within::default();
    for part in parts {
        if let Some((at, _)) = interior_point(part) {
            look(meta, at, against, &mut out);
        }
        let Some((low, high)) = Measured::new([part.exterior().0.as_slice()], Edges::Lonlat, 0.0).bounds() else {
            continue;
        };
        let inside = |at: &Coord| part.intersects(&Point(*at)) && !part.exterior().intersects(&Point(*at));
        if against.vertices_in(low, high).iter().any(inside) {
            out.meets = true;
            out.open = true;
            for at in against.insides_in(low, high).into_iter().filter(inside) {
                look(meta, at, against, &mut out);
            }
        }
    }
    out
}

fn look(meta: &Meta, at: Coord, against: &Against<'_>, out: &mut Within) {
    let Some(holders) = against.holders(at) else { return };
    let holders = joined(&holders);
    out.given.extend(holders.clone());
    if !against.near(at, &meta.evidence).is_some_and(|near| near.open) {
        out.certain.push(holders);
    }
}

/// The outline that decides about a course, and the distance from the nearest: at a vertex of one of both, or nothing where
/// they meet.
fn nearest(meta: &Meta, runs: &[&[Coord]], crossed: bool, against: &Against<'_>) -> (Option<Near>, Option<f64>) {
    let all = runs.iter().flat_map(|run| run.iter());
    let nearer = |a: &Near, b: &Near| b.open.cmp(&a.open).then(a.distance_m.total_cmp(&b.distance_m));
    let Some(near) = all.filter_map(|at| against.near(*at, &meta.evidence)).min_by(nearer) else { return (None, None) };
    if crossed {
        return (Some(near), Some(0.0));
    }
    let course = Nearest::new(runs.iter().copied());
    let bounds = Measured::new(runs.iter().copied(), Edges::Lonlat, 0.0).bounds();
    let (Some(course), Some((low, high))) = (course, bounds) else { return (Some(near), None) };
    let wide = |at: Coord| crate::earth::LocalPlane::at(at).degrees(1.01 * near.distance_m);
    let reach = Coord { x: wide(low).x.max(wide(high).x), y: wide(low).y };
    let beside = against.vertices_in(low - reach, high + reach);
    let least_m = beside.into_iter().map(|at| course.distance_m(at)).fold(near.distance_m, f64::min);
    (Some(near), Some(least_m))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_cut_at_the_ends_of_bands() {
        let held = Held { from_m: 10.0, to_m: 20.0, course: Vec::new(), by: None };
        assert_eq!(divided(&held, &[]), [(10.0, 20.0, false)]);
        assert_eq!(
            divided(&held, &[(0.0, 12.0), (15.0, 16.0), (19.0, 30.0)]),
            [(10.0, 12.0, true), (12.0, 15.0, false), (15.0, 16.0, true), (16.0, 19.0, false), (19.0, 20.0, true)]
        );
        assert_eq!(divided(&held, &[(0.0, 10.0), (20.0, 21.0)]), [(10.0, 20.0, false)]);
    }
}
