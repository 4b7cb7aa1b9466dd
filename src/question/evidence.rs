//! The sources of a line: kilometres by source, status, accuracy and date.

use super::FieldMap;
use crate::earth::line_length_m;
use crate::model::{Answer, Content, Meta, Provenance, Status};
use geo::Coord;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Kilometres of a line by evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct EvidenceReport {
    /// Ellipsoidal length of all stretches in metres.
    pub length_m: f64,
    /// Number of stretches.
    pub stretches: usize,
    /// Length in metres with status demarcated, delimited or agreed.
    pub agreed_m: f64,
    /// Its share (0 to 1) of the whole.
    pub agreed_share: f64,
    /// By source, status, accuracy and date, the longest first.
    pub rows: Vec<EvidenceRow>,
    /// By kind of source, the longest first.
    pub classes: Vec<ClassTotal>,
    /// Stretches without a source.
    pub without_source: Vec<BareStretch>,
    /// Stretches that the data mark as disputed or in need of correction.
    pub flagged: Vec<FlaggedStretch>,
    /// Every stretch with its row, for maps.
    #[serde(skip)]
    pub courses: Vec<(usize, String, Vec<Vec<Coord>>)>,
}

/// Stretches with the same evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct EvidenceRow {
    /// The source, as stated; null if no source is stated.
    pub source: Option<String>,
    /// The kind of source, derived from its text.
    pub class: SourceClass,
    /// Delimitation status.
    pub status: &'static str,
    /// The text of the source's own status field, where a field other than `status` is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_in_source: Option<String>,
    /// Accuracy of positions in metres, where stated.
    pub position_accuracy_m: Option<f64>,
    /// Date of the source, where stated.
    pub date: Option<String>,
    /// Number of stretches.
    pub stretches: usize,
    /// Ellipsoidal length in metres.
    pub length_m: f64,
    /// Share (0 to 1) of the whole.
    pub share: f64,
}

/// A kind of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SourceClass {
    /// Measured on the ground: `survey`, `gps` …
    Survey,
    /// A map.
    Map,
    /// Pictures from the air or from space.
    Imagery,
    /// Another dataset, or a text that identifies no kind.
    Dataset,
    /// No source.
    None,
}

impl SourceClass {
    /// The word used in reports.
    pub const fn word(self) -> &'static str {
        match self {
            SourceClass::Survey => "survey",
            SourceClass::Map => "map",
            SourceClass::Imagery => "imagery",
            SourceClass::Dataset => "dataset",
            SourceClass::None => "none",
        }
    }

    /// Derives the kind from the text of a source: the first that matches of imagery, survey, map.
    pub fn of(source: Option<&str>) -> Self {
        const IMAGERY: [&str; 16] = [
            "imagery",
            "satellite",
            "aerial",
            "bing",
            "maxar",
            "esri",
            "mapbox",
            "yahoo",
            "landsat",
            "sentinel",
            "digitalglobe",
            "ikonos",
            "spot",
            "orbview",
            "irs",
            "снимок",
        ];
        const SURVEY: [&str; 4] = ["survey", "gps", "gnss", "knowledge"];
        const MAP: [&str; 5] = ["map", "1:", "карта", "генштаб", "genshtab"];
        let Some(source) = source else { return SourceClass::None };
        let words = source.to_lowercase();
        let has = |all: &[&str]| all.iter().any(|word| holds_word(&words, word));
        match (has(&IMAGERY), has(&SURVEY), has(&MAP)) {
            (true, ..) => SourceClass::Imagery,
            (_, true, _) => SourceClass::Survey,
            (_, _, true) => SourceClass::Map,
            _ => SourceClass::Dataset,
        }
    }
}

/// The evidence of a stretch: source, status, the source's text for it, accuracy as bits, date.
type Basis = (Option<String>, Status, Option<String>, Option<u64>, Option<String>);

/// Whether a text contains a word, not as part of a longer word.
fn holds_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let after = text[at + word.len()..].chars().next().is_some_and(char::is_alphabetic);
        !before && !after
    })
}

/// A kind of source with its length.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct ClassTotal {
    /// The kind.
    pub class: SourceClass,
    /// Number of stretches.
    pub stretches: usize,
    /// Ellipsoidal length in metres.
    pub length_m: f64,
    /// Share (0 to 1) of the whole.
    pub share: f64,
}

/// A stretch without a source.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct BareStretch {
    /// Its id.
    pub id: String,
    /// Ellipsoidal length in metres.
    pub length_m: f64,
    /// Its first position (lon, lat in degrees).
    pub position: [f64; 2],
}

/// A stretch that the data mark as disputed or in need of correction.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct FlaggedStretch {
    /// Its id.
    pub id: String,
    /// The property that marks it.
    pub flag: String,
    /// The value of the property.
    pub value: String,
    /// Ellipsoidal length in metres.
    pub length_m: f64,
    /// Its first position (lon, lat in degrees).
    pub position: [f64; 2],
}

/// Returns the kilometres of lines by source, status, accuracy and date.
///
/// # Earth and units
/// WGS 84; metres along edges straight in lon/lat.
///
/// # Method
/// Each feature is a stretch. Its source, accuracy and date are its own properties, else its layer's; the date may also
/// be OpenStreetMap's `source:date`. Missing values are read from the properties of the field map. The kind of source
/// is derived from words in the source's text. Agreed are `demarcated`, `delimited` and `agreed`, not an unstated
/// status.
///
/// # Limitations and cost
/// Linear. Polygons count with their outlines, so that a line shared by two of them counts twice.
///
/// # Examples
/// ```
/// use merestone::geo::line_string;
/// use merestone::model::{Content, Line, Status};
/// use merestone::question::{FieldMap, evidence};
/// let line = |id, status, lat| {
///     Line::new(id, [line_string![(x: 10.0, y: lat), (x: 11.0, y: lat)]]).map(|line| Line { status, ..line })
/// };
/// let lines = vec![line("a", Status::Demarcated, 45.0)?, line("b", Status::Disputed, 45.0)?];
/// let report = evidence(&[Content::Lines(lines)], &FieldMap::default()).report;
/// assert_eq!((report.stretches, report.agreed_share), (2, 0.5));
/// # Ok::<(), merestone::model::InvalidGeometry>(())
/// ```
pub fn evidence(contents: &[Content], fields: &FieldMap) -> Answer<EvidenceReport> {
    let mut groups: BTreeMap<Basis, usize> = BTreeMap::new();
    let mut out = EvidenceReport {
        length_m: 0.0,
        stretches: 0,
        agreed_m: 0.0,
        agreed_share: 0.0,
        rows: Vec::new(),
        classes: Vec::new(),
        without_source: Vec::new(),
        flagged: Vec::new(),
        courses: Vec::new(),
    };
    for content in contents {
        for (number, (meta, runs)) in content.courses().into_iter().enumerate() {
            let own = match content {
                Content::Lines(lines) => lines[number].status,
                _ => Status::Unspecified,
            };
            let mapped = fields.status(meta).filter(|_| own == Status::Unspecified);
            let (stated, status) = mapped.map_or((None, own), |(stated, status)| (Some(stated), status));
            let Some(position) = runs.first().and_then(|run| run.first()).map(|c| [c.x, c.y]) else { continue };
            let length_m: f64 = runs.iter().map(|run| line_length_m(run)).sum();
            let (evidence, id) = (&meta.evidence, meta.id.clone());
            let source = evidence.source.clone().or_else(|| fields.source(meta));
            let date = evidence.date.clone().or_else(|| text(meta, "source:date")).or_else(|| fields.date(meta));
            let accuracy = evidence.position_accuracy_m.or_else(|| fields.accuracy_m(meta));
            let key = (source.clone(), status, stated.clone(), accuracy.map(f64::to_bits), date.clone());
            let row = *groups.entry(key).or_insert_with(|| {
                out.rows.push(EvidenceRow {
                    source: source.clone(),
                    class: SourceClass::of(source.as_deref()),
                    status: status.word(),
                    status_in_source: stated,
                    position_accuracy_m: accuracy,
                    date,
                    stretches: 0,
                    length_m: 0.0,
                    share: 0.0,
                });
                out.rows.len() - 1
            });
            out.rows[row].stretches += 1;
            out.rows[row].length_m += length_m;
            out.length_m += length_m;
            out.stretches += 1;
            if matches!(status, Status::Demarcated | Status::Delimited | Status::Agreed) {
                out.agreed_m += length_m;
            }
            if source.is_none() {
                out.without_source.push(BareStretch { id: id.clone(), length_m, position });
            }
            out.flagged.extend(flags(meta, status).map(|(flag, value)| FlaggedStretch {
                id: id.clone(),
                flag,
                value,
                length_m,
                position,
            }));
            out.courses.push((row, id, runs.into_iter().map(<[Coord]>::to_vec).collect()));
        }
    }
    finish(&mut out);
    Answer::new(out, Provenance::of(contents.iter().flat_map(Content::metas)), Vec::new())
}

/// Computes shares and totals by kind, and sorts by length.
fn finish(out: &mut EvidenceReport) {
    let share = |length_m: f64| if out.length_m > 0.0 { length_m / out.length_m } else { 0.0 };
    out.agreed_share = share(out.agreed_m);
    let mut classes: BTreeMap<SourceClass, (usize, f64)> = BTreeMap::new();
    for row in &mut out.rows {
        row.share = share(row.length_m);
        let total = classes.entry(row.class).or_default();
        total.0 += row.stretches;
        total.1 += row.length_m;
    }
    let total = |(class, (stretches, length_m))| ClassTotal { class, stretches, length_m, share: share(length_m) };
    out.classes = classes.into_iter().map(total).collect();
    out.classes.sort_by(|a, b| b.length_m.total_cmp(&a.length_m));
    // Row numbers of stretches follow the sorted rows.
    let mut order: Vec<usize> = (0..out.rows.len()).collect();
    order.sort_by(|&a, &b| out.rows[b].length_m.total_cmp(&out.rows[a].length_m).then(a.cmp(&b)));
    out.courses.iter_mut().for_each(|course| course.0 = order.iter().position(|&row| row == course.0).unwrap_or(0));
    out.rows = order.into_iter().map(|row| out.rows[row].clone()).collect();
}

fn text(meta: &Meta, key: &str) -> Option<String> {
    meta.properties.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Properties that mark a stretch: `disputed` (and `disputed_by` …) unless "no", `fixme`, and the status itself.
fn flags(meta: &Meta, status: Status) -> impl Iterator<Item = (String, String)> {
    let tagged = meta.properties.iter().filter_map(|(key, value)| {
        let lower = key.to_lowercase();
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Bool(true) => "yes".to_owned(),
            _ => return None,
        };
        let marks = lower == "disputed" || lower.starts_with("disputed_") || lower == "fixme";
        (marks && value != "no" && !value.is_empty()).then(|| (key.clone(), value))
    });
    let by_status = (status == Status::Disputed).then(|| ("status".to_owned(), status.word().to_owned()));
    tagged.chain(by_status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_source_by_their_words() {
        for (source, class) in [
            (Some("Topographic map 1:50 000"), SourceClass::Map),
            (Some("LSIB3"), SourceClass::Dataset),
            (Some("Maxar"), SourceClass::Imagery),
            (Some("Bing;GPS"), SourceClass::Imagery),
            (Some("survey 2024"), SourceClass::Survey),
            (Some("hotspots"), SourceClass::Dataset),
            (None, SourceClass::None),
        ] {
            assert_eq!(SourceClass::of(source), class, "{source:?}");
        }
    }
}
