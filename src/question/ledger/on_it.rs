//! What lies on each piece, and how wide it is.

use super::land::Change;
use super::{LedgerOptions, LedgerPiece, RouteOn, SettlementOn};
use crate::earth::{area_error_m2, polygon_area_m2};
use crate::model::{Accuracy, Bands, Meta, Place, Territory, Whereabouts};
use crate::question::enclave::Named;
use crate::question::{is_settlement, route};
use crate::topology::{BoxIndex, in_order, widest_place};
use geo::{BoundingRect, Centroid, Contains, Polygon};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Metres to which the width of a piece is found.
const WIDTH_M: f64 = 1.0;

pub(super) fn pieces(
    changes: Vec<Change>,
    sliver_width_m: Option<f64>,
    accuracy_m: Option<f64>,
    options: &LedgerOptions,
) -> Vec<LedgerPiece> {
    let named = Named::new(&options.named);
    let measure = |change: Change| {
        let measured = measured(&change.polygon, sliver_width_m, accuracy_m, &named, options);
        (change, measured)
    };
    let changes: Vec<(Change, Measured)> = changes.into_par_iter().map(measure).collect();
    let order = in_which_order(&changes);
    // They are moved before they become pieces, which are larger.
    let changes = in_order(changes, order.into_iter());
    let mut pieces: Vec<LedgerPiece> = changes.into_par_iter().map(piece).collect();
    let index = near_what_is_asked(&pieces, options);
    name_settlements(&mut pieces, &index, options);
    measure_routes(&mut pieces, &index, options);
    pieces
}

/// Those that are no slivers first, the largest first.
fn in_which_order(changes: &[(Change, Measured)]) -> Vec<usize> {
    let key = |(i, (_, m)): (usize, &(Change, Measured))| (m.sliver, m.area_m2, m.centre[0], i);
    let mut order: Vec<(bool, f64, f64, usize)> = changes.par_iter().enumerate().map(key).collect();
    order.par_sort_unstable_by(|a, b| {
        a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.total_cmp(&b.2)).then(a.3.cmp(&b.3))
    });
    order.into_iter().map(|(.., i)| i).collect()
}

/// The pieces that lie about the settlements and routes, by place: of the world, a few.
fn near_what_is_asked(pieces: &[LedgerPiece], options: &LedgerOptions) -> BoxIndex {
    let places =
        options.places.iter().filter(|place| is_settlement(place)).map(|place| (place.position, place.position));
    let runs = options.routes.iter().flat_map(|route| &route.runs).filter_map(|run| run.bounding_rect());
    let asked = BoxIndex::new(places.chain(runs.map(|rect| (rect.min(), rect.max()))).map(|outline| (outline, 0)));
    let outline = |(i, piece): (usize, &LedgerPiece)| {
        let rect = piece.polygon.bounding_rect()?;
        asked.touches(rect.min(), rect.max()).then_some(((rect.min(), rect.max()), i as u32))
    };
    BoxIndex::new(pieces.par_iter().enumerate().filter_map(outline).collect::<Vec<_>>())
}

/// What the shape of a piece says of it.
struct Measured {
    area_m2: f64,
    area_error_m2: Option<f64>,
    centre: [f64; 2],
    name: Option<String>,
    width_m: f64,
    sliver: bool,
}

fn measured(
    polygon: &Polygon,
    sliver_width_m: Option<f64>,
    accuracy_m: Option<f64>,
    named: &Named<'_>,
    options: &LedgerOptions,
) -> Measured {
    let shape = std::slice::from_ref(polygon);
    let (area_m2, (width_m, widest)) = (polygon_area_m2(polygon), widest_place(polygon, WIDTH_M));
    let centroid = polygon.centroid().filter(|centroid| polygon.contains(centroid));
    let sliver = sliver_width_m.is_some_and(|limit| width_m <= limit);
    let named = if sliver { None } else { named.of(shape, area_m2) };
    let accuracy_m = accuracy_m.into_iter().chain(Accuracy::stated_m(named.map(|t| &t.meta))).reduce(f64::max);
    Measured {
        area_m2,
        area_error_m2: accuracy_m.map(|accuracy_m| area_error_m2(shape, accuracy_m)),
        centre: centroid.map_or(widest, |centroid| centroid.0).into(),
        name: named.and_then(|t| t.meta.name.best(&options.languages)).map(str::to_owned),
        width_m,
        sliver,
    }
}

fn piece((change, measured): (Change, Measured)) -> LedgerPiece {
    LedgerPiece {
        from: change.from,
        to: change.to,
        area_m2: measured.area_m2,
        area_km2: measured.area_m2 / 1e6,
        area_error_m2: measured.area_error_m2,
        centre: measured.centre,
        name: measured.name,
        width_m: measured.width_m,
        sliver: measured.sliver,
        settlements: Vec::new(),
        routes: Vec::new(),
        polygon: change.polygon,
    }
}

fn name_settlements(pieces: &mut [LedgerPiece], index: &BoxIndex, options: &LedgerOptions) {
    let mut places: Vec<&Place> = options.places.iter().filter(|place| is_settlement(place)).collect();
    places.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.meta.id.cmp(&b.meta.id)));
    let mut bands: FxHashMap<usize, Bands> = FxHashMap::default();
    for place in places {
        let mut near = index.touching(place.position, place.position).into_iter().map(|i| i as usize);
        let mut on = |i: usize| {
            let bands = bands.entry(i).or_insert_with(|| bands_of(&pieces[i].polygon));
            bands.locate(place.position) != Whereabouts::Outside
        };
        let Some(i) = near.find(|&i| on(i)) else { continue };
        let name = place.meta.name.best(&options.languages).map(str::to_owned);
        if pieces[i].name.is_none() {
            pieces[i].name = name.clone();
        }
        pieces[i].settlements.push(SettlementOn { id: place.meta.id.clone(), name });
    }
}

fn bands_of(polygon: &Polygon) -> Bands {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|ring| ring.0.as_slice());
    Bands::new(rings.collect::<Vec<_>>())
}

/// Slivers are left out: how long a route runs on land narrower than the accuracy says nothing.
fn measure_routes(pieces: &mut [LedgerPiece], index: &BoxIndex, options: &LedgerOptions) {
    for one in &options.routes {
        let runs = geo::MultiLineString(one.runs.clone());
        let Some(rect) = runs.bounding_rect() else { continue };
        let near: Vec<usize> = index
            .touching(rect.min(), rect.max())
            .into_iter()
            .map(|i| i as usize)
            .filter(|&i| !pieces[i].sliver)
            .collect();
        let land: Vec<Territory> = near
            .iter()
            .map(|&i| Territory {
                meta: Meta { id: i.to_string(), ..Meta::default() },
                parts: vec![pieces[i].polygon.clone()],
                published_area_km2: None,
            })
            .collect();
        for part in route(one, &land).0.parts {
            if let Some(piece) = part.territory.parse::<usize>().ok().and_then(|i| pieces.get_mut(i)) {
                piece.routes.push(RouteOn {
                    route: one.meta.id.clone(),
                    length_m: part.length_m,
                    indicative: one.is_indicative(),
                });
            }
        }
    }
}
