//! Versions of a line.

use crate::io::{Found, Problem, ReadError, Selected};
use crate::model::{Accuracy, Content, LayerInfo, Sources, Territory, Warning, WarningCode};
use crate::question::{BorderOptions, CompareOptions, Version, borders, top_level};
use geo::Coord;

/// A version of a line, with what its readers know besides the files.
#[derive(Debug, Clone, PartialEq)]
pub struct LineVersion {
    /// The line.
    pub version: Version,
    /// The sources of its first input.
    pub sources: Sources,
    /// The manifest entries of its layers.
    pub info: Vec<LayerInfo>,
}

/// Two territories have no line in common.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{label}: {} have no line in common", pair.join(" and "))]
pub struct NoBorder {
    /// The input.
    pub label: String,
    /// The territories.
    pub pair: [String; 2],
}

/// Lines unchanged, and outlines of polygons, of all inputs as one version.
///
/// # Errors
/// An input has no lines.
pub fn lines_of(label: String, inputs: impl IntoIterator<Item = Found>) -> Result<LineVersion, ReadError> {
    let mut version = Version::new(label, Vec::new());
    let (mut info, mut first) = (Vec::new(), None::<Sources>);
    for found in inputs {
        let before = version.runs.len();
        for (meta, lines) in found.contents.iter().flat_map(Content::courses) {
            version.edges = if version.runs.is_empty() { meta.edges } else { version.edges };
            version.runs.extend(lines.into_iter().map(<[Coord]>::to_vec));
            let stated_m = [version.position_accuracy_m, meta.evidence.position_accuracy_m];
            version.position_accuracy_m = stated_m.into_iter().flatten().reduce(f64::max);
        }
        if version.runs.len() == before {
            return Err(ReadError::new(found.label, Problem::Nothing("lines")));
        }
        first.get_or_insert_with(|| Sources::default().of_layer(found.info.as_ref()));
        info.extend(found.info);
    }
    Ok(LineVersion { version, sources: first.unwrap_or_default(), info })
}

/// The border of a pair of territories as a version of a line, without the rings around enclaves unless `rings`; with
/// warnings, the last of which may say that rings were left out. `add` is what the caller adds to that sentence.
///
/// # Errors
/// There is no territory of one of these names; [`NoBorder`] within.
pub fn border_of(
    label: String,
    mut all: Selected<Territory>,
    pair: &[String; 2],
    (rings, add): (bool, &str),
) -> Result<Result<(LineVersion, Vec<Warning>), NoBorder>, ReadError> {
    let info: Vec<LayerInfo> = all.info.clone().into_iter().collect();
    let (whole, left_out) = top_level(std::mem::take(&mut all.features));
    all.features = whole;
    let mut warnings: Vec<Warning> = left_out.into_iter().collect();
    let which: Vec<usize> = pair.iter().map(|id| all.find(id)).collect::<Result<_, _>>()?;
    let position_accuracy_m = Accuracy::stated_m(which.iter().map(|&i| &all.features[i].meta));
    let sources = Sources::default().of_layer(all.info.as_ref()).against(format!("{}: {}", label, pair.join("–")));
    let options = BorderOptions { pair: Some(pair.clone()), ..BorderOptions::default() };
    let found = borders(&all.features, &options);
    warnings.extend(found.warnings.into_iter().filter(|warning| warning.code != WarningCode::Note));
    let components = || found.report.rows.iter().flat_map(|row| &row.components);
    let rings_m: f64 = components().filter(|component| component.ring).map(|component| component.length_m).sum();
    if rings_m > 0.0 && !rings {
        let count = components().filter(|component| component.ring).count();
        let km = rings_m / 1000.0;
        let message = format!("{label}: {count} rings around enclaves ({km:.1} km) are left out{add}");
        warnings.push(Warning { code: WarningCode::Note, message, feature: None });
    }
    let runs: Vec<Vec<Coord>> =
        components().filter(|component| rings || !component.ring).flat_map(|c| c.courses.clone()).collect();
    if runs.is_empty() {
        return Ok(Err(NoBorder { label, pair: pair.clone() }));
    }
    let mut version = Version::new(label, runs);
    (version.edges, version.position_accuracy_m) = (all.edges, position_accuracy_m);
    Ok(Ok((LineVersion { version, sources, info }, warnings)))
}

/// The offset in metres up to which two versions agree if none is asked for: the accuracy that they state, that of both
/// together if both do, else that of [`CompareOptions`].
pub fn tolerance_m(a: &Version, b: &Version) -> f64 {
    let stated = match (a.position_accuracy_m, b.position_accuracy_m) {
        (Some(a), Some(b)) => Some(a.hypot(b)),
        (one, other) => one.or(other),
    };
    stated.unwrap_or(CompareOptions::default().tolerance_m)
}
