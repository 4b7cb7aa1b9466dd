//! What is wrong with these files?

mod coverage;
mod crossing;
mod geography;
mod geometry;
mod nesting;
mod place_name;
mod shift;

pub use geography::{CheckReference, NamedPlace, swapped_axes};

use crate::io::{Form, ReadError, Scan};
use crate::model::{Edges, Finding, FindingCode as Code, Role, Severity, Warning};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

/// Everything wrong with some files.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[serde(transparent)]
pub struct CheckReport {
    /// Findings, file by file in the order given, those of the coverage last.
    pub findings: Vec<Finding>,
}

impl CheckReport {
    /// How many findings are of that severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// Which files are checked as one coverage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CoverageOf {
    /// Files that lie beside each other together; files over the same land apart.
    #[default]
    Auto,
    /// Each file alone.
    Each,
    /// All files together.
    All,
    /// None.
    Nothing,
}

/// How files are checked.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// Accuracy of positions in metres; without it as the data say, else [`DEFAULT_ACCURACY_M`].
    pub accuracy_m: Option<f64>,
    /// Which files are one coverage.
    pub coverage: CoverageOf,
    /// How edges run.
    pub edges: Edges,
    /// The property that identifies features.
    pub id_field: Option<String>,
    /// What the features must be, if anything.
    pub role: Option<Role>,
    /// Known places to hold the files against.
    pub reference: Option<CheckReference>,
}

/// Accuracy of positions in metres where neither the data nor the user state one.
pub const DEFAULT_ACCURACY_M: f64 = 100.0;

/// Returns everything that is wrong with the files; nothing is repaired. Warnings say what was not checked.
///
/// # Earth and units
/// WGS 84; m² and metres, ellipsoidal; positions (lon, lat) in degrees.
///
/// # Method
/// Four layers: JSON and RFC 7946 ([`Scan`]); the geometry of each feature, on exact predicates; its place on the
/// earth against a reference; and gaps and overlaps between the features ([`Coverage`](crate::topology::Coverage)).
/// A later layer goes by what an earlier one left sound. Findings of one kind in one feature that only differ in the
/// position within it (repeated points, winding …) come once, with their count.
///
/// # Errors
/// `id_field` names a property that a feature does not have.
///
/// # Limitations and cost
/// Near-linear in the number of vertices. What looks swapped, shifted or misnamed is a warning: a place of that name
/// may well be elsewhere.
pub fn check(scans: &[Scan], options: &CheckOptions) -> Result<(CheckReport, Vec<Warning>), ReadError> {
    let mut findings = Vec::new();
    for scan in scans {
        findings.extend(scan.findings.iter().cloned());
        findings.extend(options.role.into_iter().flat_map(|role| shapes(scan, role)));
        let by_feature: Vec<Vec<Finding>> =
            scan.features.par_iter().map(|feature| geometry::check(&scan.input.path, feature)).collect();
        findings.extend(by_feature.into_iter().flatten());
        if let Some(reference) = &options.reference {
            findings.extend(geography::check(scan, reference));
        }
    }
    let (more, warnings) = coverage::check(scans, options)?;
    findings.extend(more);
    Ok((CheckReport { findings }, warnings))
}

/// Features that are not of the shape that a role needs.
fn shapes(scan: &Scan, role: Role) -> Vec<Finding> {
    let fits = |form: &Form| match role {
        Role::Territory | Role::Water | Role::Proposal => matches!(form, Form::Polygon(_)),
        Role::Line | Role::Route => matches!(form, Form::Line(_)),
        Role::Place | Role::Mark => matches!(form, Form::Point(_)),
    };
    let wanted = match role {
        Role::Territory | Role::Water | Role::Proposal => "polygons",
        Role::Line | Role::Route => "lines",
        Role::Place | Role::Mark => "points",
    };
    let mut out = Vec::new();
    for feature in &scan.features {
        if let Some(shape) = feature.shapes.iter().find(|shape| !fits(&shape.form)) {
            let message = format!("the feature has other shapes than the {wanted} that are needed");
            let finding = Finding::error(&scan.input.path, Code::WrongShape, message);
            out.push(finding.of(&feature.label).at(shape.pointer.clone()));
        }
    }
    out
}
