//! Settlements and other points.

use super::lines::{Change, Holders, Lines};
use super::{SeveranceOptions, SeveranceReport, SeveredSettlement, divide};
use crate::model::{Place, Warning, WarningCode};
use crate::question::is_settlement;

pub(super) fn settlements(
    data: &str,
    places: &[Place],
    lines: &Lines<'_>,
    options: &SeveranceOptions,
    out: &mut SeveranceReport,
    warnings: &mut Vec<Warning>,
) {
    let mut found = Vec::new();
    for place in places {
        let change = lines.change(place.position);
        warnings.extend(change.as_ref().and_then(|change| finding(place, change)));
        let change = change.and_then(|change| match change {
            Change::Passes(from, to) | Change::Contested(from, to) => Some((named(&from), named(&to))),
            Change::OnOutline => None,
        });
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
    found.sort_by(|a, b| {
        let by_distance = key(a).partial_cmp(&key(b)).unwrap_or(std::cmp::Ordering::Equal);
        by_distance.then_with(|| a.id.cmp(&b.id))
    });
    out.settlements.extend(found);
}

/// Holders joined by ` + `; `None` if there is none.
fn named(holders: &Holders) -> Option<String> {
    (!holders.is_empty()).then(|| holders.iter().cloned().collect::<Vec<_>>().join(" + "))
}

/// The warning for a place whose change of holder is undetermined.
fn finding(place: &Place, change: &Change) -> Option<Warning> {
    let id = &place.meta.id;
    let message = match change {
        Change::Passes(..) => return None,
        Change::Contested(_, to) => {
            let all = named(to).unwrap_or_else(|| "nobody".to_owned());
            format!("{id}: pieces of the proposal that overlap pass it to different holders: {all}; none is preferred")
        }
        Change::OnOutline => {
            format!("{id}: it lies exactly on the outline of land that passes; it counts on neither side")
        }
    };
    Some(Warning { code: WarningCode::Overlap, message, feature: Some(id.clone()) })
}
