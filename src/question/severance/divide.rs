//! Land divided by a line.

use super::lines::{Lines, key};
use super::{DividedLand, SeveranceOptions, SeveranceReport, edge_box, rings};
use crate::earth::{LocalPlane, line_length_m, point_along, polygon_area_m2};
use crate::model::{EdgeTree, Edges, Location, Meta, Place, YBandIndex};
use crate::topology::{Measured, Meeting, box_of, dissolved, meet, split, widest_place};
use geo::{Coord, LineString, Polygon};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Vertices of the circle that represents a settlement's surroundings: its area is 0.1 % too small.
const CORNERS: usize = 72;

/// Accuracy of the width of a piece, as a share of the tolerance.
const PRECISION: f64 = 0.1;

/// The land around a settlement, if the line divides it.
pub(super) fn surroundings(
    data: &str,
    place: &Place,
    lines: &Lines<'_>,
    options: &SeveranceOptions,
) -> Option<DividedLand> {
    let plane = LocalPlane::at(place.position);
    let corner = |i: usize| {
        let (sin, cos) = (i as f64 / CORNERS as f64 * std::f64::consts::TAU).sin_cos();
        plane.to_degrees(Coord { x: options.surroundings_m * cos, y: options.surroundings_m * sin })
    };
    let circle = Polygon::new(LineString((0..CORNERS).map(corner).collect()), Vec::new());
    let parts = sides(&circle, lines, options.tolerance_m)?;
    let area_m2 = polygon_area_m2(&circle);
    let holds = |part: &&Vec<Polygon>| {
        part.iter().any(|polygon| {
            let land = YBandIndex::new(rings(std::slice::from_ref(polygon)).collect::<Vec<_>>());
            land.locate(place.position) != Location::Outside
        })
    };
    // Of a settlement on the line, the smaller sides count as cut off.
    let land_m2 = |part: &Vec<Polygon>| part.iter().map(polygon_area_m2).sum::<f64>();
    let own = parts.iter().filter(holds).max_by(|a, b| land_m2(a).total_cmp(&land_m2(b)))?;
    let beyond = parts.iter().filter(|part| !std::ptr::eq(*part, own)).flatten();
    let cut_off_m2 = beyond.map(polygon_area_m2).sum();
    Some(DividedLand {
        data: data.to_owned(),
        id: place.meta.id.clone(),
        name: place.meta.name.best(&options.languages).map(str::to_owned),
        radius_m: Some(options.surroundings_m),
        area_m2,
        cut_off_m2,
        cut_off_share: cut_off_m2 / area_m2,
    })
}

/// Adds a polygon to the totals of its kind, and as a row if the line divides it.
pub(super) fn polygon(
    data: &str,
    meta: &Meta,
    parts: &[Polygon],
    (lines, near_line): (&Lines<'_>, &EdgeTree<'_>),
    options: &SeveranceOptions,
    out: &mut SeveranceReport,
) {
    // Polygons of one feature that share an edge, as those cut at ±180° do, are one piece of land.
    let touches = |part: &Polygon| {
        let outline = edge_box(part.exterior().0.iter(), 0.0);
        outline.is_some_and(|boxes| lines.index.touching_across(boxes[0].0, boxes[0].1).next().is_some())
    };
    let whole = if parts.iter().any(touches) { dissolved(parts) } else { Cow::Borrowed(parts) };
    let cut_off: Vec<f64> = whole.iter().filter_map(|part| cut_off_m2(part, lines, options.tolerance_m)).collect();
    let (divided, cut_off_m2) = (!cut_off.is_empty(), cut_off.iter().fold(0.0, |sum, m2| sum + m2));
    let near = divided || is_near(parts, lines, near_line, options.within_m);
    let area_m2: f64 = parts.iter().map(polygon_area_m2).sum();
    let total = out.total(data, "polygons", meta.kind.as_deref(), options.within_m);
    total.count += 1;
    total.near += usize::from(near);
    total.severed += usize::from(divided);
    total.cut_off_m2 += cut_off_m2;
    if divided {
        out.land.push(DividedLand {
            data: data.to_owned(),
            id: meta.id.clone(),
            name: meta.name.best(&options.languages).map(str::to_owned),
            radius_m: None,
            area_m2,
            cut_off_m2,
            cut_off_share: cut_off_m2 / area_m2,
        });
    }
}

/// Whether an outline comes within a distance of the lines, or the land contains some of them.
fn is_near(parts: &[Polygon], lines: &Lines<'_>, near_line: &EdgeTree<'_>, within_m: f64) -> bool {
    if !lines.comes_near(rings(parts).flatten(), within_m) {
        return false;
    }
    if rings(parts).any(|ring| Measured::new([ring], Edges::Lonlat, 0.0).comes_within(near_line, within_m)) {
        return true;
    }
    // No line is near the outline: each run is wholly inside or wholly outside.
    let Some(boxes) = edge_box(rings(parts).flatten(), 0.0) else { return false };
    let bundles = lines.index.touching(boxes[0].0, boxes[0].1).map(|(_, bundle)| &lines.bundles[bundle as usize]);
    let runs: BTreeSet<u32> = bundles.filter_map(|runs| runs.first()).copied().collect();
    let land = EdgeTree::new(rings(parts));
    runs.into_iter().any(|run| land.locate(lines.runs[run as usize][0]) != Location::Outside)
}

/// The land of a polygon on each side of the lines; `None` if they do not divide it into pieces wider than the
/// tolerance.
fn sides(land: &Polygon, lines: &Lines<'_>, tolerance_m: f64) -> Option<Vec<Vec<Polygon>>> {
    let (low, high) = edge_box(land.exterior().0.iter(), 0.0)?[0];
    let ground = IndexedPolygon::new(land);
    let within = lines.index.touching_across(low, high).filter(|(edge, _)| ground.holds_some_of(*edge));
    let within: Vec<([Coord; 2], u32)> =
        within.flat_map(|(edge, bundle)| lines.bundles[bundle as usize].iter().map(move |run| (edge, *run))).collect();
    if within.is_empty() {
        return None;
    }
    let mut sides = split(land, &within).ok()?;
    let is_wide = |polygon: &Polygon| is_wider(polygon, tolerance_m);
    if sides.len() > 1 {
        sides.iter_mut().for_each(|side| side.retain(is_wide));
        sides.retain(|side| !side.is_empty());
    }
    (sides.len() > 1).then_some(sides)
}

/// Whether the largest circle inscribed in a polygon is wider than the tolerance.
fn is_wider(polygon: &Polygon, tolerance_m: f64) -> bool {
    // No interior position is farther from the outline than the radius r of that circle, and the area within r of a
    // closed curve of length L is at most 2rL + πr² (Hotelling 1939).
    let outlines = || rings(std::slice::from_ref(polygon));
    let bound_m2: f64 = outlines().map(|ring| tolerance_m * (line_length_m(ring) + tolerance_m)).sum();
    polygon_area_m2(polygon) > bound_m2 || widest_place(polygon, PRECISION * tolerance_m).0 > tolerance_m
}

/// A polygon, indexed for locating edges.
struct IndexedPolygon<'a> {
    tree: EdgeTree<'a>,
    own: FxHashSet<[[u64; 2]; 2]>,
}

impl<'a> IndexedPolygon<'a> {
    fn new(land: &'a Polygon) -> Self {
        let rings = || rings(std::slice::from_ref(land));
        let own = rings().flat_map(|ring| ring.windows(2)).map(|edge| key([edge[0], edge[1]])).collect();
        IndexedPolygon { tree: EdgeTree::new(rings()), own }
    }

    /// Whether part of an edge is inside: an edge that only touches the outline, or runs along it, divides nothing.
    fn holds_some_of(&self, edge: [Coord; 2]) -> bool {
        if self.own.contains(&key(edge)) {
            return false;
        }
        let (low, high) = box_of(edge);
        let (mut crosses, mut stops, mut along) = (false, vec![0.0, 1.0], Vec::new());
        self.tree.touching(low, high, &mut |other| match meet(edge, other) {
            Meeting::Apart => {}
            Meeting::At { proper: true, .. } => crosses = true,
            Meeting::At { share, .. } => stops.push(share),
            Meeting::Along { from, to } => {
                stops.extend([from, to]);
                along.push((from, to));
            }
        });
        stops.sort_by(f64::total_cmp);
        let is_along = |from: f64, to: f64| along.iter().any(|&(a, b)| a <= from && to <= b);
        crosses
            || stops.windows(2).filter(|stop| stop[0] < stop[1] && !is_along(stop[0], stop[1])).any(|stop| {
                let middle = point_along(edge[0], edge[1], (stop[0] + stop[1]) / 2.0);
                self.tree.locate(middle) != Location::Outside
            })
    }
}

/// The area in m² of a polygon beyond its largest side; `None` if the lines do not divide it.
fn cut_off_m2(land: &Polygon, lines: &Lines<'_>, tolerance_m: f64) -> Option<f64> {
    let area_m2 = |side: Vec<Polygon>| side.iter().map(polygon_area_m2).sum::<f64>();
    let areas: Vec<f64> = sides(land, lines, tolerance_m)?.into_iter().map(area_m2).collect();
    Some(areas.iter().sum::<f64>() - areas.iter().copied().fold(0.0, f64::max))
}
