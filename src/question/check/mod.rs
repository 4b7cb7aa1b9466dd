//! Validation of files: JSON, RFC 7946, geometry, location, coverage.

mod coverage;
mod crossing;
mod features;
mod geography;
mod geometry;
mod nesting;
mod place_name;
mod shift;

pub use features::{FeatureChecks, FeatureFindings};
pub use geography::{CheckReference, NamedPlace};

use crate::io::{ReadError, Scan};
use crate::model::{Answer, EdgeModel, Edges, Finding, FindingCode as Code, Measure, Provenance, Role, Severity};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// All findings on a set of files.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(transparent)]
#[non_exhaustive]
pub struct CheckReport {
    /// Findings, file by file in input order; those of the coverage last.
    pub findings: Vec<Finding>,
}

impl CheckReport {
    /// Number of findings of a severity, including those that are only counted.
    pub fn count(&self, severity: Severity) -> usize {
        let of_it = self.findings.iter().filter(|finding| finding.severity == severity);
        of_it.map(|finding| if finding.code == Code::NotListed { counted(finding) } else { 1 }).sum()
    }
}

/// Which files form one coverage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CoverageOf {
    /// Adjacent files together; files over the same land separately.
    #[default]
    Auto,
    /// Each file separately.
    Each,
    /// All files together.
    All,
    /// None.
    Nothing,
}

/// Options of [`check`].
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CheckOptions {
    /// Accuracy of positions in metres; by default that of the data, else [`DEFAULT_ACCURACY_M`].
    pub accuracy_m: Option<f64>,
    /// Which files form one coverage.
    pub coverage: CoverageOf,
    /// The kind of edges.
    pub edges: Edges,
    /// The property that identifies features.
    pub id_field: Option<String>,
    /// The required role of the features, if any.
    pub role: Option<Role>,
    /// Greatest number of listed findings of one kind in one file; by default [`DEFAULT_LISTED`].
    pub listed: Option<usize>,
    /// Reference to compare the files with.
    pub reference: Option<CheckReference>,
}

/// Accuracy of positions in metres if neither the data nor the user state one.
pub const DEFAULT_ACCURACY_M: f64 = 100.0;

/// Default number of listed findings of one kind in one file.
pub const DEFAULT_LISTED: usize = 10_000;

/// Returns all findings on the files; nothing is repaired. Warnings state what was not checked.
///
/// # Earth and units
/// WGS 84; m² and metres, ellipsoidal; positions (lon, lat) in degrees.
///
/// # Method
/// Four stages: JSON and RFC 7946 ([`Scan`]); the geometry of each feature, with exact predicates; its location
/// compared with a reference; and gaps and overlaps between the features ([`Coverage`](crate::topology::Coverage)). A
/// later stage uses only what is valid after the earlier ones. Findings of one kind in one feature that differ only in
/// position (repeated points, winding …) are combined, with their count. Of one kind in one file, at most
/// [`CheckOptions::listed`] are listed, those with the largest areas first; one finding states how many more there are.
///
/// # Errors
/// `id_field` is a property that a feature does not have.
///
/// # Limitations and cost
/// Near-linear in the number of vertices. Apparent swaps, shifts and misplaced names are warnings: a place of that name
/// may exist elsewhere. Only the coverage needs the land of all features at once: other files are streamed
/// ([`Scan::file`] with [`FeatureChecks`]), and [`check_rest`] runs the remaining checks.
///
/// # Examples
/// ```
/// use merestone::io::{ReadOptions, Scan};
/// use merestone::model::Severity;
/// use merestone::question::{CheckOptions, check};
/// let text = r#"{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [45, 95]}}"#;
/// let scan = Scan::bytes("point.geojson", text.as_bytes().to_vec(), &ReadOptions::default());
/// let report = check(vec![scan], &CheckOptions::default())?.report;
/// assert!(report.count(Severity::Error) > 0);
/// # Ok::<(), merestone::io::ReadError>(())
/// ```
pub fn check(scans: Vec<Scan>, options: &CheckOptions) -> Result<Answer<CheckReport>, ReadError> {
    let checks = FeatureChecks::new(options);
    let mut files: Vec<_> = scans.into_iter().map(|scan| scan.inspected(&checks)).collect();
    check_rest(&mut files, options)
}

/// The same for files whose features were checked while they were read; their polygons are used for the coverage.
///
/// # Errors
/// `id_field` is a property that a feature does not have.
pub fn check_rest(
    files: &mut [(Scan, FeatureFindings)],
    options: &CheckOptions,
) -> Result<Answer<CheckReport>, ReadError> {
    let (mut findings, mut warnings) = (Vec::new(), Vec::new());
    let several = files.len() > 1;
    for (scan, found) in files.iter_mut() {
        let found = found.shape.iter_mut().chain(&mut found.geometry).chain(&mut found.name);
        warnings.extend(scan.identify(options.id_field.as_deref(), several, found)?);
    }
    for (scan, found) in files.iter() {
        if scan.features.is_empty() && scan.findings.is_empty() {
            let message = "no feature was read: nothing was checked";
            findings.push(Finding::warning(&scan.input.path, Code::NoFeatures, message));
        }
        findings.extend(scan.findings.iter().chain(&found.shape).chain(&found.geometry).cloned());
        if let Some(reference) = &options.reference {
            findings.extend(geography::check(scan, reference, found));
        }
    }
    let (more, apart) = coverage::check(files.iter_mut().map(|(scan, _)| scan), options);
    findings.extend(more);
    warnings.extend(apart);
    let findings = listed(findings, options.listed.unwrap_or(DEFAULT_LISTED));
    Ok(Answer::new(CheckReport { findings }, provenance(files, options), warnings))
}

/// What the files and the options state.
fn provenance(files: &[(Scan, FeatureFindings)], options: &CheckOptions) -> Provenance {
    let stated = files.iter().filter_map(|(scan, _)| Some(scan.info.as_ref()?.position_accuracy_m));
    Provenance {
        edges: EdgeModel::Kind(options.edges),
        territories: options.reference.as_ref().map(|reference| reference.label.clone()),
        tolerance_m: options.accuracy_m,
        position_accuracy_m: stated.reduce(f64::max),
        inputs: files.iter().map(|(scan, _)| scan.input.clone()).collect(),
        ..Provenance::default()
    }
}

/// The number of findings that a summary finding replaces.
fn counted(finding: &Finding) -> usize {
    finding.measure.and_then(|measure| measure.count).unwrap_or(1)
}

/// Limits findings to `most` of each kind in each file, followed by the number omitted; keeps those with the largest
/// areas, else the first.
fn listed(findings: Vec<Finding>, most: usize) -> Vec<Finding> {
    let mut kinds: BTreeMap<(&str, Severity, Code), Vec<usize>> = BTreeMap::new();
    for (i, finding) in findings.iter().enumerate() {
        kinds.entry((&finding.file, finding.severity, finding.code)).or_default().push(i);
    }
    kinds.retain(|_, places| places.len() > most);
    let area_m2 = |i: usize| findings[i].measure.and_then(|measure| measure.area_m2).unwrap_or(0.0);
    let mut is_left_out = vec![false; findings.len()];
    let mut rest: BTreeMap<usize, Finding> = BTreeMap::new();
    for ((file, severity, code), mut places) in kinds {
        let last = places.last().copied().unwrap_or_default();
        places.sort_by(|a, b| area_m2(*b).total_cmp(&area_m2(*a)).then(a.cmp(b)));
        let (count, area) = (places.len() - most, places[most..].iter().map(|i| area_m2(*i)).sum::<f64>());
        places[most..].iter().for_each(|i| is_left_out[*i] = true);
        let measure = Measure { count: Some(count), area_m2: (area > 0.0).then_some(area), ..Measure::default() };
        let message = format!("{count} more findings of the kind {} are not listed", code.word());
        rest.insert(last, Finding::new(file, severity, Code::NotListed, message).measured(measure));
    }
    if rest.is_empty() {
        return findings;
    }
    let mut out = Vec::new();
    for (i, finding) in findings.into_iter().enumerate() {
        if !is_left_out[i] {
            out.push(finding);
        }
        out.extend(rest.remove(&i));
    }
    out
}
