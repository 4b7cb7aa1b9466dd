//! Land that a line divides.

use super::lines::Lines;
use super::{DividedLand, SeveranceOptions, SeveranceReport, rings};
use crate::earth::{LocalPlane, polygon_area_m2};
use crate::model::{Bands, Meta, Place, Whereabouts};
use crate::topology::{Arrangement, LabelledEdge, edges};
use geo::{BoundingRect, Coord, LineString, Polygon};

/// Corners of the circle that stands for a settlement's surroundings: its area is 0.1 % less.
const CORNERS: usize = 72;

/// The land round a settlement, if the line divides it.
pub(super) fn surroundings(
    data: &str,
    place: &Place,
    lines: &Lines,
    options: &SeveranceOptions,
) -> Option<DividedLand> {
    let plane = LocalPlane::at(place.position);
    let corner = |i: usize| {
        let (sin, cos) = (i as f64 / CORNERS as f64 * std::f64::consts::TAU).sin_cos();
        plane.to_degrees(Coord { x: options.surroundings_m * cos, y: options.surroundings_m * sin })
    };
    let circle = Polygon::new(LineString((0..CORNERS).map(corner).collect()), Vec::new());
    let parts = sides(std::slice::from_ref(&circle), lines)?;
    let area_m2 = polygon_area_m2(&circle);
    let own = parts.iter().find(|part| {
        part.iter().any(|polygon| {
            let land = Bands::new(rings(std::slice::from_ref(polygon)).collect::<Vec<_>>());
            land.locate(place.position) != Whereabouts::Outside
        })
    })?;
    let own_m2: f64 = own.iter().map(polygon_area_m2).sum();
    let cut_off_m2 = (area_m2 - own_m2).max(0.0);
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

/// A polygon of the user's, by kind, and by itself if the line divides it.
pub(super) fn polygon(
    data: &str,
    meta: &Meta,
    parts: &[Polygon],
    lines: &Lines,
    options: &SeveranceOptions,
    out: &mut SeveranceReport,
) {
    let near = lines
        .near
        .as_ref()
        .is_some_and(|near| rings(parts).flatten().any(|position| near.to(*position).0 <= options.within_m));
    let divided = sides(parts, lines);
    let area_m2: f64 = parts.iter().map(polygon_area_m2).sum();
    let largest = divided.iter().flatten().map(|part| part.iter().map(polygon_area_m2).sum::<f64>());
    let cut_off_m2 = largest.reduce(f64::max).map_or(0.0, |largest| (area_m2 - largest).max(0.0));
    let total = out.total(data, "polygons", meta.kind.as_deref(), options.within_m);
    total.count += 1;
    total.near += usize::from(near || divided.is_some());
    total.severed += usize::from(divided.is_some());
    total.cut_off_m2 += cut_off_m2;
    if divided.is_some() {
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

/// The land on either side of the lines, by side; none where they do not divide it.
///
/// Each run that comes near is closed far outside; then land on one side of it is inside that ring and land on the
/// other is not. A run that ends within the box of the land does not divide it.
fn sides(parts: &[Polygon], lines: &Lines) -> Option<Vec<Vec<Polygon>>> {
    let boxes = parts.iter().filter_map(|part| part.bounding_rect());
    let rect = boxes.reduce(|a, b| {
        let low = Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) };
        geo::Rect::new(low, Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) })
    })?;
    lines.index.touching(rect.min(), rect.max()).next()?;
    let mut all: Vec<LabelledEdge> = edges(parts, 0).collect();
    let centre = rect.center();
    let touches = |edge: &[Coord]| {
        edge[0].x.max(edge[1].x) >= rect.min().x
            && edge[0].x.min(edge[1].x) <= rect.max().x
            && edge[0].y.max(edge[1].y) >= rect.min().y
            && edge[0].y.min(edge[1].y) <= rect.max().y
    };
    let within = |p: Coord| p.x >= rect.min().x && p.x <= rect.max().x && p.y >= rect.min().y && p.y <= rect.max().y;
    let mut label = 0;
    for run in &lines.runs {
        if !run.windows(2).any(touches)
            || (run[0] != run[run.len() - 1] && (within(run[0]) || within(run[run.len() - 1])))
        {
            continue;
        }
        label += 1;
        let mut ring = run.clone();
        ring.extend(way_back(run[run.len() - 1], run[0], centre, rect));
        all.extend(ring.windows(2).map(|e| LabelledEdge { from: e[0], to: e[1], label }));
    }
    let arrangement = Arrangement::new(&all, |_, _| false, |_| true).ok()?;
    let land = arrangement.land(|labels| (labels.first() == Some(&0)).then(|| labels.to_vec()));
    (land.len() > 1).then(|| land.into_values().collect())
}

/// From one place outside a box to another without entering it: out from its centre, round, and in again.
fn way_back(from: Coord, to: Coord, centre: Coord, rect: geo::Rect) -> Vec<Coord> {
    if from == to {
        return Vec::new();
    }
    let angle = |p: Coord| (p.y - centre.y).atan2(p.x - centre.x);
    let far = |p: Coord| (p.x - centre.x).hypot(p.y - centre.y);
    let radius = 2.0 * far(from).max(far(to)).max(rect.width() + rect.height());
    let at = |turn: f64| Coord { x: centre.x + radius * turn.cos(), y: centre.y + radius * turn.sin() };
    let (start, end) = (angle(from), angle(to));
    const STEPS: usize = 24;
    let mut out: Vec<Coord> = (0..=STEPS).map(|i| at(start + (end - start) * i as f64 / STEPS as f64)).collect();
    out.push(to);
    out
}
