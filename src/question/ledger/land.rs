//! Land with different holders in the two editions.

use super::sides::{Holders, Sides};
use super::{LedgerOptions, UnchangedLand};
use crate::earth::polygon_area_m2;
use crate::model::{Corners, Piece, Warning, WarningCode};
use crate::question::clip_frame;
use crate::topology::{AcrossAntimeridian, Arrangement, LabelledEdge, NodingError, across_antimeridian, edges};
use geo::{BoundingRect, Polygon};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A piece of land with its holders before and after.
pub(super) struct Change {
    pub from: Arc<Holders>,
    pub to: Arc<Holders>,
    pub land: AcrossAntimeridian,
}

/// Splits land of one kind into pieces; polygons that meet across ±180° form one piece.
fn pieces(from: &Arc<Holders>, to: &Arc<Holders>, polygons: Vec<Polygon>) -> impl Iterator<Item = Change> {
    let change = |land| Change { from: from.clone(), to: to.clone(), land };
    across_antimeridian(polygons).into_iter().map(change)
}

/// Overlays both editions. Labels: twice a territory's number before, and one more after.
pub(super) fn between(sides: &Sides<'_>) -> Result<Vec<Change>, NodingError> {
    let mut all: Vec<LabelledEdge> = Vec::new();
    for (edition, territories) in [&sides.before, &sides.after].into_iter().enumerate() {
        for territory in territories {
            all.extend(edges(territory.parts(), 2 * sides.number(&territory.meta.id) + edition as u32));
        }
    }
    let holders = |labels: &[u32], edition: u32| -> Vec<u32> {
        labels.iter().filter(|label| *label % 2 == edition).map(|label| label / 2).collect()
    };
    let differs = |labels: &[u32]| holders(labels, 0) != holders(labels, 1);
    let arrangement = Arrangement::new(&all, |_, uses| same_in_both(uses), differs)?;
    let land = arrangement.land(|labels| {
        let (from, to) = (holders(labels, 0), holders(labels, 1));
        let only_in_one = |held: &[u32], other: &[u32], edition: usize| {
            other.is_empty() && held.iter().all(|t| sides.territory(edition, *t).is_none())
        };
        let left_out = only_in_one(&from, &to, 1) || only_in_one(&to, &from, 0);
        (from != to && !left_out).then_some((from, to))
    });
    let frames = [clip_frame(&sides.before), clip_frame(&sides.after)];
    let clipped = |held: &[u32], edition: usize| {
        held.iter().any(|t| sides.territory(edition, *t).is_some_and(|territory| territory.meta.clipped))
    };
    let mut out = Vec::new();
    for ((from, to), polygons) in land {
        // A clipped edition contains nothing beyond its frame: land beyond is not a change.
        let beyond = [
            frames[0].filter(|_| from.is_empty() && clipped(&to, 0)),
            frames[1].filter(|_| to.is_empty() && clipped(&from, 1)),
        ];
        let kept = polygons.into_iter().filter(|p| !beyond.iter().flatten().any(|frame| reaches(p, *frame)));
        out.extend(pieces(&sides.holders(from), &sides.holders(to), kept.collect()));
    }
    Ok(out)
}

/// Whether the same territories are on the same sides of an edge in both editions.
fn same_in_both(uses: &[(u32, bool)]) -> bool {
    let of = |edition: u32| uses.iter().filter(move |u| u.0 % 2 == edition).map(|u| (u.0 / 2, u.1));
    of(0).eq(of(1))
}

fn reaches(polygon: &Polygon, (low, high): Corners) -> bool {
    const SAME_DEG: f64 = 1e-6;
    polygon.bounding_rect().is_some_and(|r| {
        r.min().x <= low.x + SAME_DEG
            || r.min().y <= low.y + SAME_DEG
            || r.max().x >= high.x - SAME_DEG
            || r.max().y >= high.y - SAME_DEG
    })
}

/// The land of a proposal; parts of a piece must share no land. Labels: twice a territory's number, and twice a piece's
/// number plus one.
pub(super) fn under(
    sides: &Sides<'_>,
    proposal: &[Piece],
    options: &LedgerOptions,
    warnings: &mut Vec<Warning>,
) -> Result<(Vec<Change>, Vec<UnchangedLand>), NodingError> {
    let mut all: Vec<LabelledEdge> = Vec::new();
    for territory in &sides.before {
        all.extend(edges(territory.parts(), 2 * sides.number(&territory.meta.id)));
    }
    for (number, piece) in proposal.iter().enumerate() {
        all.extend(edges(&piece.parts, 2 * number as u32 + 1));
    }
    let of_a_piece = |label: &u32| label % 2 == 1;
    let arrangement = Arrangement::new(
        &all,
        |_, uses| !uses.iter().any(|(label, _)| of_a_piece(label)),
        |labels| labels.iter().any(of_a_piece),
    )?;
    let land = arrangement.land(|labels| {
        let (named, held): (Vec<u32>, Vec<u32>) = labels.iter().partition(|label| of_a_piece(label));
        let halved = |labels: Vec<u32>| -> Vec<u32> { labels.into_iter().map(|label| label / 2).collect() };
        (!named.is_empty()).then(|| (halved(named), halved(held)))
    });
    let (mut changes, mut unchanged) = (Vec::new(), Vec::<UnchangedLand>::new());
    let mut held_by_others: BTreeMap<(u32, Vec<u32>), f64> = BTreeMap::new();
    for ((named, held), polygons) in land {
        let area_km2: f64 = polygons.iter().map(polygon_area_m2).sum::<f64>() / 1e6;
        let from = sides.holders(held.clone());
        let of = |number: u32| &proposal[number as usize];
        for &number in named.iter().filter(|n| of(**n).from.is_some() && of(**n).from.as_deref() != from.name()) {
            *held_by_others.entry((number, held.clone())).or_default() += area_km2;
        }
        // Land named by several pieces passes to all territories that they name.
        let mut to: Vec<u32> = named.iter().filter_map(|n| of(*n).to.as_deref()).map(|id| sides.number(id)).collect();
        to.sort_unstable();
        to.dedup();
        if named.len() > 1 {
            let pieces: Vec<&Piece> = named.iter().map(|n| of(*n)).collect();
            warnings.push(named_twice(&pieces, area_km2, sides.holders(to.clone()).name()));
        }
        if from.numbers != to {
            changes.extend(pieces(&from, &sides.holders(to), polygons));
            continue;
        }
        for piece in named.into_iter().map(of) {
            let controlled_by = piece.meta.controlled_by.clone();
            let territory = from.name().map(str::to_owned);
            unchanged.push(UnchangedLand {
                id: piece.meta.id.clone(),
                name: piece.meta.name.best(&options.languages).map(str::to_owned),
                under_other_control: controlled_by.is_some() && controlled_by != territory,
                territory,
                controlled_by,
                area_km2,
                polygons: polygons.clone(),
            });
        }
    }
    for ((number, held), area_km2) in held_by_others {
        let piece = &proposal[number as usize];
        let message = format!(
            "{}: the proposal says that the land is held by {}; in the territories given {area_km2:.3} km² of it are held \
             by {}",
            piece.meta.id,
            piece.from.as_deref().unwrap_or("nobody"),
            sides.holders(held).name().unwrap_or("nobody")
        );
        warnings.push(Warning { code: WarningCode::Overlap, message, feature: Some(piece.meta.id.clone()) });
    }
    Ok((changes, unchanged))
}

/// Warning: several pieces of a proposal name the same land. They are listed by id in alphabetical order.
fn named_twice(pieces: &[&Piece], area_km2: f64, to: Option<&str>) -> Warning {
    let mut all: Vec<(&str, &str)> =
        pieces.iter().map(|piece| (piece.meta.id.as_str(), piece.to.as_deref().unwrap_or("nobody"))).collect();
    all.sort_unstable();
    let named: Vec<String> = all.iter().map(|(id, to)| format!("{id} (to {to})")).collect();
    let (named, to) = (named.join(", "), to.unwrap_or("nobody"));
    let outcome = if all.iter().all(|(_, other)| *other == all[0].1) {
        format!("it passes to {to}, and counts once")
    } else {
        format!("it is listed as passing to {to}: the order of the pieces decides nothing")
    };
    let message = format!("{named}: pieces of the proposal overlap on {area_km2:.3} km²; {outcome}");
    Warning { code: WarningCode::OverlappingProposals, message, feature: Some(all[0].0.to_owned()) }
}
