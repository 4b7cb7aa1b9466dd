//! The features of a layer in two editions.

use super::canonical::{Direction, Geometry, direction};
use super::edition::of;
use super::moved::{alone, courses, land, moved};
use super::pair::{Item, pairs};
use super::properties::{differing, flat};
use super::{
    DiffLayer, DiffOptions, DiffReport, Difference, DifferenceKind, DrawnDifference, DrawnEdition, DrawnGeometry,
    LayerCounts, LayerLand, MatchedBy, Moved, Scalar,
};
use crate::model::{Answer, Content, Meta, Role, Territory, Warning};
use crate::question::{LedgerOptions, Side, ledger};
use crate::topology::NodingError;
use rayon::prelude::*;

/// Properties of a line that a reversal exchanges.
const SIDES: [(&str, &str); 2] = [("left", "right"), ("right", "left")];

/// What one feature contributes to the report.
#[derive(Default)]
struct FeatureDifference {
    differences: Vec<Difference>,
    drawn: Vec<DrawnDifference>,
    redrawn: bool,
    area_moved: bool,
}

/// Compares two editions of a layer and adds what differs to the report.
pub(super) fn compare(
    old: Option<&DiffLayer>,
    new: Option<&DiffLayer>,
    options: &DiffOptions,
    report: &mut DiffReport,
    warnings: &mut Vec<Warning>,
) -> Result<(), NodingError> {
    let layer = new.or(old).and_then(DiffLayer::id).map(str::to_owned);
    let of_old = old.map(items).unwrap_or_default();
    let of_new = new.map(items).unwrap_or_default();
    let mut counts = LayerCounts {
        layer: layer.clone(),
        old_features: old.map(|_| of_old.len()),
        new_features: new.map(|_| of_new.len()),
        ..LayerCounts::default()
    };
    let (Some(old), Some(new)) = (old, new) else {
        let change = if old.is_none() { DifferenceKind::LayerAdded } else { DifferenceKind::LayerGone };
        report.differences.push(of(layer.as_deref(), change, None));
        (counts.added, counts.gone) = (of_new.len(), of_old.len());
        report.layers.push(counts);
        return Ok(());
    };
    let pairs = pairs(&of_old, &of_new);
    let context = Context { layer: layer.as_deref(), options };
    let found: Vec<FeatureDifference> =
        pairs.par_iter().map(|&(i, j, by)| context.between(&of_old[i], &of_new[j], by)).collect();
    let mut counterpart = vec![None; of_new.len()];
    pairs.iter().for_each(|&(i, j, _)| counterpart[j] = Some(i));
    let mut is_there = vec![false; of_old.len()];
    pairs.iter().for_each(|&(i, ..)| is_there[i] = true);
    let mut land_differs = false;
    for one in found {
        if one.differences.is_empty() {
            counts.unchanged += 1;
            counts.redrawn += usize::from(one.redrawn);
        } else {
            counts.changed += 1;
        }
        land_differs |= one.area_moved;
        report.differences.extend(one.differences);
        report.drawn.extend(one.drawn);
    }
    for (items, others, there, change, edition) in [
        (&of_old, &of_new, is_there, DifferenceKind::Gone, DrawnEdition::Old),
        (
            &of_new,
            &of_old,
            counterpart.iter().map(Option::is_some).collect::<Vec<_>>(),
            DifferenceKind::Added,
            DrawnEdition::New,
        ),
    ] {
        let is_asked = options.alone && there.iter().any(|there| !there);
        let near = is_asked.then(|| courses(others.iter().map(|item| item.geometry))).flatten();
        let side = if change == DifferenceKind::Gone { Side::A } else { Side::B };
        for item in items.iter().zip(there).filter(|(_, there)| !there).map(|(item, _)| item) {
            *(if change == DifferenceKind::Gone { &mut counts.gone } else { &mut counts.added }) += 1;
            land_differs |= matches!(item.geometry, Geometry::Area(_));
            let apart = near.as_ref().and_then(|near| alone(item.geometry, near, options.tolerance_m, side));
            let geometry = match &apart {
                None => whole(item.geometry),
                Some(apart) => DrawnGeometry::Lines(apart.stretches.iter().flatten().cloned().collect()),
            };
            report.differences.push(Difference { moved: apart.clone(), ..context.difference(item, change, None) });
            if !matches!(&geometry, DrawnGeometry::Lines(lines) if lines.is_empty()) {
                report.drawn.push(context.drawn(item, edition, vec![change], apart, geometry));
            }
        }
    }
    report.layers.push(counts);
    let of_territories = |layer: &DiffLayer| layer.info.as_ref().is_none_or(|info| info.role == Role::Territory);
    if land_differs && of_territories(old) && of_territories(new) {
        let before = territories(old);
        let mut after = territories(new);
        // Territories with another id are the same ones.
        let ids: Vec<Option<&str>> = counterpart.iter().map(|i| i.map(|i| of_old[i].meta.id.as_str())).collect();
        let mut of_territory = of_new.iter().zip(ids).filter(|(item, _)| matches!(item.geometry, Geometry::Area(_)));
        for territory in &mut after {
            if let Some((_, Some(id))) = of_territory.next() {
                id.clone_into(&mut territory.meta.id);
            }
        }
        if !before.is_empty() && !after.is_empty() {
            let mut asked = LedgerOptions::default();
            asked.languages.clone_from(&options.languages);
            let Answer { report: passes, warnings: more, .. } = ledger(&before, &after, &asked)?;
            warnings.extend(more);
            if !passes.pieces.is_empty() {
                report.land.push(LayerLand { layer, pairs: passes.pairs, pieces: passes.pieces });
            }
        }
    }
    Ok(())
}

/// The territories of a layer; land of a proposal is none.
fn territories(layer: &DiffLayer) -> Vec<Territory> {
    let all = layer.contents.iter().filter_map(|content| match content {
        Content::Territories(all) => Some(all.iter().cloned()),
        _ => None,
    });
    all.flatten().collect()
}

fn items(layer: &DiffLayer) -> Vec<Item<'_>> {
    let mut all: Vec<(&Meta, Geometry<'_>)> = Vec::new();
    for content in &layer.contents {
        match content {
            Content::Territories(t) => all.extend(t.iter().map(|f| (&f.meta, Geometry::Area(f.parts())))),
            Content::Pieces(p) => all.extend(p.iter().map(|f| (&f.meta, Geometry::Area(&f.parts)))),
            Content::Lines(l) => all.extend(l.iter().map(|f| (&f.meta, Geometry::Line(&f.runs)))),
            Content::Routes(r) => all.extend(r.iter().map(|f| (&f.meta, Geometry::Line(&f.runs)))),
            Content::Places(p) => all.extend(p.iter().map(|f| (&f.meta, Geometry::Point(f.position)))),
        }
    }
    let item = |(meta, geometry): (&'_ Meta, Geometry<'_>)| (geometry.key(), flat(&meta.properties));
    let made: Vec<_> = all.par_iter().map(|one| item(*one)).collect();
    all.into_iter()
        .zip(made)
        .map(|((meta, geometry), (key, properties))| Item { meta, geometry, key, properties })
        .collect()
}

fn whole(geometry: Geometry<'_>) -> DrawnGeometry {
    match geometry {
        Geometry::Area(_) => DrawnGeometry::Land(land(geometry)),
        Geometry::Line(_) => DrawnGeometry::Lines(geometry.courses()),
        Geometry::Point(at) => DrawnGeometry::Point(at),
    }
}

struct Context<'c> {
    layer: Option<&'c str>,
    options: &'c DiffOptions,
}

impl Context<'_> {
    fn name(&self, item: &Item<'_>) -> Option<String> {
        item.meta.name.best(&self.options.languages).map(str::to_owned)
    }

    fn difference(&self, item: &Item<'_>, change: DifferenceKind, by: Option<MatchedBy>) -> Difference {
        Difference {
            id: Some(item.meta.id.clone()),
            name: self.name(item),
            shape: Some(item.geometry.word()),
            matched_by: by,
            ..of(self.layer, change, None)
        }
    }

    fn drawn(
        &self,
        item: &Item<'_>,
        edition: DrawnEdition,
        changes: Vec<DifferenceKind>,
        moved: Option<Moved>,
        geometry: DrawnGeometry,
    ) -> DrawnDifference {
        DrawnDifference {
            layer: self.layer.map(str::to_owned),
            id: item.meta.id.clone(),
            name: self.name(item),
            shape: item.geometry.word(),
            edition,
            changes,
            moved,
            geometry,
        }
    }

    /// The differences of a feature that both editions have.
    fn between(&self, old: &Item<'_>, new: &Item<'_>, by: MatchedBy) -> FeatureDifference {
        let mut out = FeatureDifference::default();
        let fresh = |change, field: &str, values: [Option<Scalar>; 2]| {
            let [before, after] = values;
            let field = (!field.is_empty()).then(|| field.to_owned());
            let id = Some(old.meta.id.clone());
            Difference { id, field, old: before, new: after, ..self.difference(new, change, Some(by)) }
        };
        let text = |text: &str| Some(Scalar::Text(text.to_owned()));
        if old.meta.id != new.meta.id && !(old.meta.numbered && new.meta.numbered) {
            let values = [text(&old.meta.id), text(&new.meta.id)];
            out.differences.push(fresh(DifferenceKind::Id, "id", values));
        }
        let mut exchanged: &[(&str, &str)] = &[];
        if let (Geometry::Line(before), Geometry::Line(after)) = (old.geometry, new.geometry) {
            let sided = |item: &Item<'_>| SIDES.iter().any(|(side, _)| item.properties.contains_key(*side));
            if sided(old) || sided(new) {
                match direction(before, after) {
                    Direction::Same => {}
                    Direction::Reversed => exchanged = &SIDES,
                    Direction::Mixed => {
                        let values = [text("as drawn"), text("some stretches reversed")];
                        out.differences.push(fresh(DifferenceKind::Property, "direction", values));
                    }
                }
            }
        }
        for one in differing((old.meta, &old.properties), (new.meta, &new.properties), exchanged) {
            let change = match one.field.as_str() {
                "status" => DifferenceKind::Status,
                field if field == "name" || field.starts_with("name:") => DifferenceKind::Renamed,
                _ => DifferenceKind::Property,
            };
            out.differences.push(fresh(change, &one.field, [one.old, one.new]));
        }
        let shapes = (old.geometry.word(), new.geometry.word());
        let mut moved_by = None;
        if shapes.0 != shapes.1 {
            out.differences.push(fresh(DifferenceKind::Shape, "", [text(shapes.0), text(shapes.1)]));
        } else if old.key != new.key {
            moved_by = moved(old.geometry, new.geometry, self.options.tolerance_m);
            out.redrawn = moved_by.is_none();
        }
        if let Some(moved) = &moved_by {
            let difference = fresh(DifferenceKind::Moved, "", [None, None]);
            out.differences.push(Difference { moved: Some(moved.clone()), ..difference });
        }
        out.area_moved = shapes.0 != shapes.1 || (moved_by.is_some() && shapes.1 == "area");
        if out.differences.is_empty() {
            return out;
        }
        let mut changes: Vec<DifferenceKind> = out.differences.iter().map(|difference| difference.change).collect();
        changes.sort_unstable();
        changes.dedup();
        match moved_by {
            None if shapes.0 == shapes.1 => {
                out.drawn.push(self.drawn(new, DrawnEdition::Both, changes, None, whole(new.geometry)));
            }
            moved => {
                let stretches = moved.as_ref().map(|moved| moved.stretches.clone()).unwrap_or_default();
                let sides = [(old, DrawnEdition::Old), (new, DrawnEdition::New)];
                for ((item, edition), lines) in sides.into_iter().zip(stretches) {
                    // Where the new line only continues the old one, the old one has no stretch that differs.
                    let geometry = match item.geometry {
                        Geometry::Point(at) => DrawnGeometry::Point(at),
                        _ if moved.is_some() && lines.is_empty() => continue,
                        _ if moved.is_some() => DrawnGeometry::Lines(lines),
                        geometry => whole(geometry),
                    };
                    out.drawn.push(self.drawn(item, edition, changes.clone(), moved.clone(), geometry));
                }
            }
        }
        out
    }
}
