//! Settlements and other points.

use super::lines::Lines;
use super::{SeveranceOptions, SeveranceReport, SeveredSettlement, divide};
use crate::model::Place;
use crate::question::is_settlement;

pub(super) fn settlements(
    data: &str,
    places: &[Place],
    lines: &Lines,
    options: &SeveranceOptions,
    out: &mut SeveranceReport,
) {
    let mut found = Vec::new();
    for place in places {
        let change = lines.change(place.position);
        let distance_m = lines.near.as_ref().map(|near| near.to(place.position).0);
        let near = distance_m.is_some_and(|distance_m| distance_m <= options.within_m);
        let kind = place.meta.kind.as_deref();
        let total = out.total(data, "points", kind, options.within_m);
        total.count += 1;
        total.severed += usize::from(change.is_some());
        total.near += usize::from(near);
        let reached = distance_m.is_some_and(|distance_m| distance_m < options.surroundings_m);
        if reached && is_settlement(place) {
            out.land.extend(divide::surroundings(data, place, lines, options));
        }
        if change.is_none() && !near {
            continue;
        }
        let changes = change.is_some();
        let (from, to) = change.unwrap_or_default();
        found.push(SeveredSettlement {
            data: data.to_owned(),
            id: place.meta.id.clone(),
            name: place.meta.name.best(&options.languages).map(str::to_owned),
            kind: kind.map(str::to_owned),
            from,
            to,
            changes,
            distance_m,
            within_m: options.within_m,
            near,
            position: [place.position.x, place.position.y],
        });
    }
    let key = |s: &SeveredSettlement| (!s.changes, s.distance_m.unwrap_or(f64::INFINITY));
    found.sort_by(|a, b| key(a).partial_cmp(&key(b)).unwrap_or(std::cmp::Ordering::Equal));
    out.settlements.extend(found);
}
