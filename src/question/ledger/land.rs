//! The land whose holder differs.

use super::{LedgerOptions, UnchangedLand};
use crate::earth::polygon_area_m2;
use crate::model::{Piece, Territory, Warning, WarningCode};
use crate::question::clip_frame;
use crate::topology::{Arrangement, LabelledEdge, Unsettled, edges};
use geo::{BoundingRect, Coord, Polygon};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A piece of land with who held it and who holds it then.
pub(super) struct Change {
    pub from: Option<Arc<str>>,
    pub to: Option<Arc<str>>,
    pub polygon: Polygon,
}

/// Two editions, with the ids of either.
pub(super) struct Sides {
    pub before: Vec<Territory>,
    pub after: Vec<Territory>,
    ids: Vec<String>,
}

type Box2 = (Coord, Coord);

impl Sides {
    pub fn new(before: Vec<Territory>, after: Vec<Territory>) -> Self {
        let ids: BTreeSet<String> = before.iter().chain(&after).map(|t| t.meta.id.clone()).collect();
        Sides { before, after, ids: ids.into_iter().collect() }
    }

    /// Number of a territory in the alphabetical order of ids.
    fn number(&self, territory: &Territory) -> u32 {
        self.ids.binary_search(&territory.meta.id).map_or(0, |i| i as u32)
    }

    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// Ids that one edition has and the other lacks.
    fn lacking(&self, edition: &[Territory]) -> Vec<bool> {
        self.ids.iter().map(|id| !edition.iter().any(|t| &t.meta.id == id)).collect()
    }

    pub fn warnings(&self) -> Vec<Warning> {
        let mut out = Vec::new();
        for (name, other, lacking) in
            [("BEFORE", "AFTER", self.lacking(&self.before)), ("AFTER", "BEFORE", self.lacking(&self.after))]
        {
            let ids: Vec<&str> = self.ids.iter().zip(lacking).filter(|(_, l)| *l).map(|(id, _)| id.as_str()).collect();
            if !ids.is_empty() {
                let message = format!(
                    "{name} does not hold {}: what {other} alone gives them is not in the ledger, except where it \
                     passes from or to another territory; land that passes to them shows as held by nobody",
                    ids.join(", ")
                );
                out.push(Warning { code: WarningCode::Incomplete, message, feature: None });
            }
        }
        for territory in self.before.iter().chain(&self.after).filter(|t| t.meta.clipped) {
            let id = &territory.meta.id;
            let message =
                format!("{id}: incomplete, it is cut at the frame of the data; land at the frame is left out");
            let warning = Warning { code: WarningCode::Incomplete, message, feature: Some(id.clone()) };
            if !out.contains(&warning) {
                out.push(warning);
            }
        }
        out
    }
}

/// Labels: twice a territory's number before, and one more after.
pub(super) fn between(sides: &Sides) -> Result<Vec<Change>, Unsettled> {
    let mut all: Vec<LabelledEdge> = Vec::new();
    for (edition, territories) in [&sides.before, &sides.after].into_iter().enumerate() {
        for territory in territories {
            all.extend(edges(&territory.parts, 2 * sides.number(territory) + edition as u32));
        }
    }
    let arrangement = Arrangement::new(&all, |_, uses| same_in_both(uses))?;
    let (not_before, not_after) = (sides.lacking(&sides.before), sides.lacking(&sides.after));
    let land = arrangement.land(|labels| {
        let holders = |edition: u32| -> Vec<u32> {
            labels.iter().filter(|label| *label % 2 == edition).map(|label| label / 2).collect()
        };
        let (from, to) = (holders(0), holders(1));
        let only_in_one = |held: &[u32], other: &[u32], lacking: &[bool]| {
            other.is_empty() && held.iter().all(|t| lacking[*t as usize])
        };
        let left_out = only_in_one(&from, &to, &not_after) || only_in_one(&to, &from, &not_before);
        (from != to && !left_out).then_some((from, to))
    });
    let name = |held: &[u32]| -> Option<Arc<str>> {
        let ids: Vec<&str> = held.iter().map(|t| sides.ids[*t as usize].as_str()).collect();
        (!ids.is_empty()).then(|| ids.join(" + ").into())
    };
    let frames = [clip_frame(&sides.before), clip_frame(&sides.after)];
    let clipped = |held: &[u32], edition: &[Territory]| {
        held.iter().any(|t| edition.iter().any(|e| e.meta.clipped && e.meta.id == sides.ids[*t as usize]))
    };
    let mut out = Vec::new();
    for ((from, to), polygons) in land {
        // The clipped edition holds nothing beyond its frame: that is no land that passes.
        let beyond = [
            frames[0].filter(|_| from.is_empty() && clipped(&to, &sides.before)),
            frames[1].filter(|_| to.is_empty() && clipped(&from, &sides.after)),
        ];
        let kept = polygons.into_iter().filter(|p| !beyond.iter().flatten().any(|frame| reaches(p, *frame)));
        let (from, to) = (name(&from), name(&to));
        out.extend(kept.map(|polygon| Change { from: from.clone(), to: to.clone(), polygon }));
    }
    Ok(out)
}

/// Whether an edge has the same territories on the same sides in both editions.
fn same_in_both(uses: &[(u32, bool)]) -> bool {
    let of = |edition: u32| uses.iter().filter(move |u| u.0 % 2 == edition).map(|u| (u.0 / 2, u.1));
    of(0).eq(of(1))
}

fn reaches(polygon: &Polygon, (low, high): Box2) -> bool {
    const SAME_DEG: f64 = 1e-6;
    polygon.bounding_rect().is_some_and(|r| {
        r.min().x <= low.x + SAME_DEG
            || r.min().y <= low.y + SAME_DEG
            || r.max().x >= high.x - SAME_DEG
            || r.max().y >= high.y - SAME_DEG
    })
}

/// The land of a proposal. Labels: twice a territory's number, and twice a piece's plus one.
pub(super) fn under(
    sides: &Sides,
    proposal: &[Piece],
    options: &LedgerOptions,
    warnings: &mut Vec<Warning>,
) -> Result<(Vec<Change>, Vec<UnchangedLand>), Unsettled> {
    let mut all: Vec<LabelledEdge> = Vec::new();
    for territory in &sides.before {
        all.extend(edges(&territory.parts, 2 * sides.number(territory)));
    }
    for (number, piece) in proposal.iter().enumerate() {
        all.extend(edges(&piece.parts, 2 * number as u32 + 1));
    }
    let boxes: Vec<Box2> = proposal
        .iter()
        .flat_map(|piece| &piece.parts)
        .filter_map(|part| part.bounding_rect().map(|r| (r.min(), r.max())))
        .collect();
    let arrangement = Arrangement::new(&all, |ends, uses| {
        uses.iter().all(|u| u.0 % 2 == 0) && !boxes.iter().any(|b| touches(ends, *b))
    })?;
    let land = arrangement.land(|labels| {
        let held: Vec<u32> = labels.iter().filter(|l| *l % 2 == 0).map(|l| l / 2).collect();
        labels.iter().find(|l| *l % 2 == 1).map(|l| (l / 2, held))
    });
    let (mut changes, mut unchanged) = (Vec::new(), Vec::<UnchangedLand>::new());
    for ((number, held), polygons) in land {
        let piece = &proposal[number as usize];
        let ids: Vec<&str> = held.iter().map(|t| sides.ids[*t as usize].as_str()).collect();
        let from = (!ids.is_empty()).then(|| ids.join(" + "));
        let area_km2: f64 = polygons.iter().map(polygon_area_m2).sum::<f64>() / 1e6;
        if piece.from.is_some() && piece.from != from {
            let message = format!(
                "{}: the proposal says that the land is held by {}; in the territories given {area_km2:.3} km² of it \
                 are held by {}",
                piece.meta.id,
                piece.from.as_deref().unwrap_or("nobody"),
                from.as_deref().unwrap_or("nobody")
            );
            warnings.push(Warning { code: WarningCode::Overlap, message, feature: Some(piece.meta.id.clone()) });
        }
        if from != piece.to {
            let [from, to] = [&from, &piece.to].map(|id| id.as_deref().map(Arc::<str>::from));
            let change = |polygon| Change { from: from.clone(), to: to.clone(), polygon };
            changes.extend(polygons.into_iter().map(change));
            continue;
        }
        let controlled_by = piece.meta.controlled_by.clone();
        unchanged.push(UnchangedLand {
            id: piece.meta.id.clone(),
            name: piece.meta.name.best(&options.languages).map(str::to_owned),
            under_other_control: controlled_by.is_some() && controlled_by != from,
            territory: from,
            controlled_by,
            area_km2,
            polygons,
        });
    }
    Ok((changes, unchanged))
}

fn touches(ends: [Coord; 2], (low, high): Box2) -> bool {
    let [a, b] = ends;
    a.x.max(b.x) >= low.x && a.x.min(b.x) <= high.x && a.y.max(b.y) >= low.y && a.y.min(b.y) <= high.y
}
