//! The vector data of a dossier's map: features with names and properties, positions as differences of integers.

use crate::model::{Content, Layer, Meta, Role, Status};
use geo::{Coord, Polygon};
use serde_json::{Map, Value, json};

/// Units per degree: 1e-5° is 1.1 m of latitude.
const UNITS: f64 = 1e5;

/// The layers with their features.
pub(super) fn layers(layers: &[Layer]) -> Value {
    layers.iter().map(layer).collect()
}

fn layer(layer: &Layer) -> Value {
    let features: Vec<Value> = match &layer.content {
        Content::Territories(all) => all.iter().map(|t| polygons(&t.meta, None, t.parts())).collect(),
        Content::Pieces(all) => {
            let status = Some(Status::Proposed);
            let piece = |p: &crate::model::Piece| {
                let mut feature = polygons(&p.meta, status, &p.parts);
                feature["facts"]["from"] = json!(p.from);
                feature["facts"]["to"] = json!(p.to);
                feature
            };
            all.iter().map(piece).collect()
        }
        Content::Lines(all) => {
            // A river is no boundary: it has no status.
            let is_boundary = layer.info.role != Role::River;
            let line = |l: &crate::model::Line| {
                let mut feature =
                    feature(&l.meta, Some(l.status).filter(|_| is_boundary), "line", l.runs.iter().map(|run| &run.0));
                feature["facts"]["left"] = json!(l.left);
                feature["facts"]["right"] = json!(l.right);
                feature
            };
            all.iter().map(line).collect()
        }
        Content::Routes(all) => {
            let route = |r: &crate::model::Route| feature(&r.meta, None, "line", r.runs.iter().map(|run| &run.0));
            all.iter().map(route).collect()
        }
        Content::Places(all) => {
            let place = |p: &crate::model::Place| {
                let mut feature = feature(&p.meta, None, "point", std::iter::once(&vec![p.position]));
                feature["rank"] = json!(p.rank);
                feature
            };
            all.iter().map(place).collect()
        }
    };
    json!({ "id": layer.info.id, "role": role(layer.info.role), "features": features })
}

fn role(role: Role) -> Value {
    serde_json::to_value(role).unwrap_or_default()
}

fn polygons(meta: &Meta, status: Option<Status>, parts: &[Polygon]) -> Value {
    let rings = parts.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()));
    feature(meta, status, "area", rings.map(|ring| &ring.0))
}

fn feature<'a>(meta: &Meta, status: Option<Status>, form: &str, chains: impl Iterator<Item = &'a Vec<Coord>>) -> Value {
    let mut facts = Map::new();
    let mut put = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            facts.insert(key.to_owned(), value.into());
        }
    };
    let evidence = &meta.evidence;
    put("kind", meta.kind.clone());
    put("status", status.map(|status| status.word().to_owned()));
    put("parent", meta.parent.clone());
    put("host", meta.host.clone());
    put("controlled_by", meta.controlled_by.clone());
    put("source", evidence.source.clone());
    put("date", evidence.date.clone());
    put("position_accuracy_m", evidence.position_accuracy_m.map(|metres| metres.to_string()));
    put("valid_from", meta.valid_from.clone());
    put("valid_to", meta.valid_to.clone());
    put("note", meta.note.clone());
    let chains: Vec<Vec<i64>> = chains.map(|chain| packed(chain)).collect();
    json!({
        "id": meta.id,
        "names": meta.name.texts,
        "status": status.map(Status::word),
        "form": form,
        "facts": facts,
        "chains": chains,
    })
}

/// Positions in units of 1e-5°, delta-encoded.
fn packed(chain: &[Coord]) -> Vec<i64> {
    let mut before = (0, 0);
    let mut out = Vec::with_capacity(2 * chain.len());
    for position in chain {
        let now = ((position.x * UNITS).round() as i64, (position.y * UNITS).round() as i64);
        if now != before || out.is_empty() {
            out.extend([now.0 - before.0, now.1 - before.1]);
            before = now;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_unpacked_by_adding_up() {
        let chain = [(45.5, 39.25), (45.50001, 39.25), (45.50001, 39.25), (45.4, 39.3)];
        let chain: Vec<Coord> = chain.iter().map(|&(x, y)| Coord { x, y }).collect();
        assert_eq!(packed(&chain), [4_550_000, 3_925_000, 1, 0, -10_001, 5000]);
    }
}
