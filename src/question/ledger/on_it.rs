//! Settlements and routes on each piece, and its width.

use super::land::Change;
use super::{LedgerOptions, LedgerPiece, RouteOn, SettlementOn};
use crate::earth::{area_error_m2, polygon_area_m2};
use crate::model::{Accuracy, Location, Meta, Place, Territory, Warning, WarningCode, YBandIndex};
use crate::question::part_name::Named;
use crate::question::pieces::beside_180;
use crate::question::{RouteOptions, is_settlement, route};
use crate::topology::{AcrossAntimeridian, BoxIndex, in_order, widest_place};
use geo::{BoundingRect, Centroid, Contains, Coord, MultiPolygon};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Lengths below this, in metres, are rounding.
const ROUNDING_M: f64 = 1e-6;
/// Accuracy in metres of the width of a piece.
const WIDTH_M: f64 = 1.0;

pub(super) fn pieces(
    changes: Vec<Change>,
    sliver_width_m: Option<f64>,
    accuracy_m: Option<f64>,
    options: &LedgerOptions,
    warnings: &mut Vec<Warning>,
) -> Vec<LedgerPiece> {
    let named = Named::new(&options.named, &options.units);
    let measure = |change: Change| {
        let measured = measured(&change.land, sliver_width_m, accuracy_m, &named, options);
        (change, measured)
    };
    let changes: Vec<(Change, Measured)> = changes.into_par_iter().map(measure).collect();
    let order = in_which_order(&changes);
    // Sorted before conversion to pieces, which are larger in memory.
    let changes = in_order(changes, order.into_iter());
    let mut pieces: Vec<LedgerPiece> = changes.into_par_iter().map(piece).collect();
    let index = near_what_is_asked(&pieces, options);
    warnings.extend(name_settlements(&mut pieces, &index, options));
    measure_routes(&mut pieces, &index, options);
    pieces
}

/// Order of pieces: slivers last, larger ones first.
fn in_which_order(changes: &[(Change, Measured)]) -> Vec<usize> {
    let key = |(i, (_, m)): (usize, &(Change, Measured))| (m.sliver, m.area_m2, m.centre[0], i);
    let mut order: Vec<(bool, f64, f64, usize)> = changes.par_iter().enumerate().map(key).collect();
    order.par_sort_unstable_by(|a, b| {
        a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.total_cmp(&b.2)).then(a.3.cmp(&b.3))
    });
    order.into_iter().map(|(.., i)| i).collect()
}

/// Index of the pieces near settlements and routes.
fn near_what_is_asked(pieces: &[LedgerPiece], options: &LedgerOptions) -> BoxIndex {
    let places =
        options.places.iter().filter(|place| is_settlement(place)).map(|place| (place.position, place.position));
    let runs = options.routes.iter().flat_map(|route| &route.runs).filter_map(|run| run.bounding_rect());
    let asked = BoxIndex::new(places.chain(runs.map(|rect| (rect.min(), rect.max()))).map(|outline| (outline, 0)));
    let outlines = |(i, piece): (usize, &LedgerPiece)| {
        let rects = piece.polygons.iter().filter_map(|polygon| polygon.bounding_rect());
        let near = rects.filter(|rect| asked.touches(rect.min(), rect.max()));
        near.map(|rect| ((rect.min(), rect.max()), i as u32)).collect::<Vec<_>>()
    };
    BoxIndex::new(pieces.par_iter().enumerate().flat_map_iter(outlines).collect::<Vec<_>>())
}

/// The pieces near a box, without duplicates.
fn about(index: &BoxIndex, low: Coord, high: Coord) -> Vec<usize> {
    let mut about: Vec<usize> = index.touching(low, high).into_iter().map(|i| i as usize).collect();
    about.sort_unstable();
    about.dedup();
    about
}

/// Measures of a piece's shape.
struct Measured {
    area_m2: f64,
    area_error_m2: Option<f64>,
    centre: [f64; 2],
    name: Option<String>,
    width_m: f64,
    sliver: bool,
}

fn measured(
    land: &AcrossAntimeridian,
    sliver_width_m: Option<f64>,
    accuracy_m: Option<f64>,
    named: &Named<'_>,
    options: &LedgerOptions,
) -> Measured {
    let (shape, whole) = (land.polygons.as_slice(), land.whole());
    let area_m2 = shape.iter().map(polygon_area_m2).sum();
    let widths = whole.iter().map(|polygon| widest_place(polygon, WIDTH_M));
    let (width_m, widest) = widths.reduce(|a, b| if b.0 > a.0 { b } else { a }).unwrap_or_default();
    let centroid = match whole {
        [alone] => alone.centroid().filter(|centroid| alone.contains(centroid)),
        several => {
            let all = MultiPolygon(several.to_vec());
            all.centroid().filter(|centroid| all.contains(centroid))
        }
    };
    let sliver = sliver_width_m.is_some_and(|limit| width_m <= limit);
    let named = if sliver { None } else { named.of(shape, area_m2, None) };
    let apart = named.filter(|known| !known.is_unit).map(|known| &known.feature.meta);
    let accuracy_m = accuracy_m.into_iter().chain(Accuracy::stated_m(apart)).reduce(f64::max);
    Measured {
        area_m2,
        area_error_m2: accuracy_m.map(|accuracy_m| area_error_m2(whole, accuracy_m)),
        centre: within_180(centroid.map_or(widest, |centroid| centroid.0)),
        name: named.and_then(|known| known.feature.meta.name.best(&options.languages)).map(str::to_owned),
        width_m,
        sliver,
    }
}

/// Normalises a longitude to ±180°; returns [lon, lat].
fn within_180(at: Coord) -> [f64; 2] {
    [if at.x > 180.0 { at.x - 360.0 } else { at.x }, at.y]
}

fn piece((change, measured): (Change, Measured)) -> LedgerPiece {
    LedgerPiece {
        from: change.from.names.clone(),
        to: change.to.names.clone(),
        area_m2: measured.area_m2,
        area_km2: measured.area_m2 / 1e6,
        area_error_m2: measured.area_error_m2,
        centre: measured.centre,
        name: measured.name,
        width_m: measured.width_m,
        sliver: measured.sliver,
        settlements: Vec::new(),
        routes: Vec::new(),
        polygons: change.land.polygons,
        holders: [change.from, change.to],
    }
}

/// Lists settlements with the pieces that contain them. One on an outline is on neither side of it: it is listed with
/// no piece, and a warning is issued.
fn name_settlements(pieces: &mut [LedgerPiece], index: &BoxIndex, options: &LedgerOptions) -> Vec<Warning> {
    let mut places: Vec<&Place> = options.places.iter().filter(|place| is_settlement(place)).collect();
    places.sort_by(|a, b| a.rank.cmp(&b.rank).then_with(|| a.meta.id.cmp(&b.meta.id)));
    let mut bands: FxHashMap<usize, Vec<YBandIndex>> = FxHashMap::default();
    let mut warnings = Vec::new();
    for place in places {
        // A position on the antimeridian has two longitudes.
        let turned = Coord { x: -place.position.x, y: place.position.y };
        let is_on_180 = place.position.x.abs() == 180.0;
        let positions = [Some(place.position), is_on_180.then_some(turned)];
        let near = positions.iter().flatten().flat_map(|at| about(index, *at, *at));
        let mut near: Vec<usize> = near.collect();
        near.dedup();
        let (mut inside, mut on_line) = (None, false);
        for i in near {
            let bands = bands.entry(i).or_insert_with(|| bands_of(&pieces[i]));
            let on = |at: &Coord| bands.iter().map(|bands| bands.locate(*at)).find(|w| *w != Location::Outside);
            // On ±180°, inside if the piece has land on both sides.
            let is_in = |at: &Coord| on(at) == Some(Location::Inside);
            if beside_180(place.position).map_or(is_in(&place.position), |sides| sides.iter().all(is_in)) {
                inside = Some(i);
            } else if positions.iter().flatten().any(|at| on(at).is_some()) {
                on_line = true;
            }
        }
        let name = place.meta.name.best(&options.languages).map(str::to_owned);
        if let Some(i) = inside {
            if pieces[i].name.is_none() {
                pieces[i].name = name.clone();
            }
            pieces[i].settlements.push(SettlementOn { id: place.meta.id.clone(), name });
        } else if on_line {
            let id = &place.meta.id;
            let message =
                format!("{id}: it lies exactly on the outline of land that passes; it counts on neither side");
            warnings.push(Warning { code: WarningCode::Overlap, message, feature: Some(id.clone()) });
        }
    }
    warnings
}

/// An index of the rings of each of a piece's polygons.
fn bands_of(piece: &LedgerPiece) -> Vec<YBandIndex> {
    let bands = piece.polygons.iter().map(|polygon| {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|ring| ring.0.as_slice());
        YBandIndex::new(rings.collect::<Vec<_>>())
    });
    bands.collect()
}

/// Measures routes on pieces, and on their outlines. Skips slivers: a length on land narrower than the accuracy is
/// meaningless.
fn measure_routes(pieces: &mut [LedgerPiece], index: &BoxIndex, options: &LedgerOptions) {
    for one in &options.routes {
        let runs = geo::MultiLineString(one.runs.clone());
        let Some(rect) = runs.bounding_rect() else { continue };
        let (low, high) = (rect.min(), rect.max());
        let mut near = about(index, low, high);
        // Along ±180° a piece may have the other sign of longitude.
        for (side, is_on) in [(-180.0, high.x == 180.0), (180.0, low.x == -180.0)] {
            if is_on {
                near.extend(about(index, Coord { x: side, ..low }, Coord { x: side, ..high }));
            }
        }
        near.sort_unstable();
        near.dedup();
        near.retain(|i| !pieces[*i].sliver);
        let land: Vec<Territory> = near
            .iter()
            .map(|&i| {
                Territory::from_parts_unchecked(
                    Meta { id: i.to_string(), ..Meta::default() },
                    pieces[i].polygons.clone(),
                )
            })
            .collect();
        let numbers: FxHashMap<&str, usize> =
            land.iter().zip(&near).map(|(land, piece)| (land.meta.id.as_str(), *piece)).collect();
        // Lengths inside and on the outline, by piece.
        let mut lengths: BTreeMap<usize, [f64; 2]> = BTreeMap::new();
        let report = route(one, &land, &RouteOptions::default()).report;
        for part in &report.parts {
            if let Some(&piece) = numbers.get(part.territory.as_str()) {
                lengths.entry(piece).or_default()[0] += part.length_m - part.on_border_m;
            }
        }
        for stretch in &report.on_border {
            for piece in stretch.territories.iter().filter_map(|id| numbers.get(id.as_str()).copied()) {
                lengths.entry(piece).or_default()[1] += stretch.length_m;
            }
        }
        for (piece, [length_m, on_border_m]) in lengths {
            let length_m = if length_m > ROUNDING_M { length_m } else { 0.0 };
            if length_m + on_border_m > 0.0 {
                let (route, indicative) = (one.meta.id.clone(), one.is_indicative());
                pieces[piece].routes.push(RouteOn { route, length_m, on_border_m, indicative });
            }
        }
    }
}
