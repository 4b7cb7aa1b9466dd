//! What marks are called.

use super::{BoundaryMarkKind, Mark, MarkError, told};
use crate::model::{Place, Warning};
use geo::Coord;
use rustc_hash::{FxHashMap, FxHashSet};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// How marks are numbered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    /// 1, 2, 3 … through all lines.
    #[default]
    Plain,
    /// The number of the line, then one from 1 on it: 1-01, 1-02, 2-01.
    Sector,
    /// 1, 2, 3 …, and intermediate ones after the mark before them: 12/1, 12/2.
    Intermediate,
}

/// A mark that stands.
pub(super) struct Stood<'a> {
    pub number: String,
    /// Of a pair, between the posts.
    pub at: Coord,
    /// Longitude and latitude of the posts on the left and on the right.
    pub posts: Option<[[f64; 2]; 2]>,
    pub place: &'a Place,
}

/// Marks that stand, and all numbers that are taken.
pub(super) struct Standing<'a> {
    pub places: Vec<Stood<'a>>,
    pub used: FxHashSet<String>,
}

/// The number of a place: its `number`, else its id.
pub(crate) fn of_place(place: &Place) -> String {
    match place.meta.properties.get("number") {
        Some(Value::String(text)) if !text.trim().is_empty() => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => place.meta.id.clone(),
    }
}

/// Reads existing marks; lost ones leave their number behind.
pub(super) fn standing<'a>(existing: &'a [Place], warnings: &mut Vec<Warning>) -> Result<Standing<'a>, MarkError> {
    let mut first: FxHashMap<String, Coord> = FxHashMap::default();
    let mut out = Standing { places: Vec::new(), used: FxHashSet::default() };
    for place in existing {
        let number = of_place(place);
        if let Some(known) = first.insert(number.clone(), place.position) {
            let at = [known, place.position].map(|at| [at.x, at.y]);
            return Err(MarkError::Twice { number, at });
        }
        if number.chars().any(|c| c.is_alphabetic() && !c.is_ascii_alphabetic()) {
            let message = format!("the number {number} has letters that are not Latin and may be taken for such");
            warnings.push(told(&place.meta, message));
        }
        let status = place.meta.properties.get("status").and_then(Value::as_str);
        if matches!(status, Some("lost" | "destroyed")) {
            out.used.insert(number);
        } else {
            out.places.push(Stood { number, at: place.position, posts: None, place });
        }
    }
    out.places = pairs(out.places);
    out.used.extend(out.places.iter().map(|stood| stood.number.clone()));
    Ok(out)
}

/// Posts `12 left` and `12 right` are the mark 12 between them.
fn pairs<'a>(all: Vec<Stood<'a>>) -> Vec<Stood<'a>> {
    let right = |stood: &Stood<'a>| Some((stood.number.strip_suffix(" right")?.to_owned(), stood.at));
    let rights: FxHashMap<String, Coord> = all.iter().filter_map(right).collect();
    let lefts: FxHashSet<String> =
        all.iter().filter_map(|stood| stood.number.strip_suffix(" left").map(str::to_owned)).collect();
    let one = |stood: Stood<'a>| {
        if stood.number.strip_suffix(" right").is_some_and(|base| lefts.contains(base)) {
            return None;
        }
        let base = stood.number.strip_suffix(" left").map(str::to_owned);
        let Some((base, right)) = base.and_then(|base| Some((base.clone(), *rights.get(&base)?))) else {
            return Some(stood);
        };
        let left = stood.at;
        let posts = Some([left, right].map(|at| [at.x, at.y]));
        Some(Stood { number: base, at: (left + right) / 2.0, posts, place: stood.place })
    };
    all.into_iter().filter_map(one).collect()
}

/// Gives each mark its number. With existing marks, new ones between two of them follow the first: 12/1, 12/2.
pub(super) fn number(
    marks: &mut [Mark],
    fixed: &[Option<String>],
    chains: &[Vec<(usize, f64)>],
    sectors: &[usize],
    standing: &Standing<'_>,
    numbering: Numbering,
) {
    let mut used = standing.used.clone();
    for (mark, number) in marks.iter_mut().zip(fixed) {
        mark.number = number.clone().unwrap_or_default();
    }
    // Serials go on behind the greatest that is or was in use.
    let serial_of = |number: &String| number.split('/').next().and_then(|part| part.parse::<u64>().ok());
    let in_sector = |number: &String| {
        let (sector, serial) = number.split_once('-')?;
        Some((sector.parse::<usize>().ok()?, serial.split('/').next()?.parse::<u64>().ok()?))
    };
    let mut plain = standing.used.iter().filter_map(serial_of).max().unwrap_or(0);
    let mut serials: FxHashMap<usize, u64> = FxHashMap::default();
    for (sector, serial) in standing.used.iter().filter_map(in_sector) {
        let known = serials.entry(sector).or_default();
        *known = (*known).max(serial);
    }
    let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
    sectors.iter().for_each(|sector| *counts.entry(*sector).or_default() += 1);
    let mut subs: FxHashMap<String, u64> = FxHashMap::default();
    for chain in chains {
        // The mark before, after which a later one is called.
        let mut before: Option<String> = None;
        let mut after_existing = false;
        for &(mark, _) in chain {
            if !marks[mark].number.is_empty() {
                after_existing |= marks[mark].existing;
                before = Some(marks[mark].number.clone());
                continue;
            }
            let is_between = numbering == Numbering::Intermediate && marks[mark].kind == BoundaryMarkKind::Intermediate;
            let parent = before.clone().filter(|_| after_existing || is_between);
            let mut next = || match (&parent, numbering) {
                (Some(parent), _) => {
                    let sub = subs.entry(parent.clone()).or_default();
                    *sub += 1;
                    format!("{parent}/{sub}")
                }
                (None, Numbering::Sector) => {
                    let sector = sectors[mark];
                    let serial = serials.entry(sector).or_default();
                    *serial += 1;
                    let width = counts[&sector].to_string().len().max(2);
                    format!("{sector}-{serial:0width$}")
                }
                (None, _) => {
                    plain += 1;
                    plain.to_string()
                }
            };
            let mut number = next();
            while used.contains(&number) {
                number = next();
            }
            used.insert(number.clone());
            if parent.is_none() {
                before = Some(number.clone());
            }
            marks[mark].number = number;
        }
    }
}
