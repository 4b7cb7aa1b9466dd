//! Checks of single features, during streaming.

use super::place_name::Names;
use super::{CheckOptions, CoverageOf, geometry};
use crate::io::{Form, Inspector, ScanFeature, may_identify};
use crate::model::{Finding, FindingCode as Code, Role, Sample};
use geo::Coord;

/// Greatest number of positions compared with the reference.
const SAMPLE: usize = 4000;

/// The checks of single features.
pub struct FeatureChecks<'o> {
    options: &'o CheckOptions,
    names: Option<Names<'o>>,
}

/// Findings on the single features of a file.
#[derive(Debug, Clone)]
pub struct FeatureFindings {
    /// Features with a geometry type other than required.
    pub(super) shape: Vec<Finding>,
    /// Invalid geometry.
    pub(super) geometry: Vec<Finding>,
    /// Names of places that are elsewhere.
    pub(super) name: Vec<Finding>,
    /// Whether a feature has the name of a place of the reference.
    pub(super) is_of_reference: bool,
    /// Sample of the positions of all geometries of the file.
    pub(super) sample: Sample,
}

impl Default for FeatureFindings {
    fn default() -> Self {
        let (shape, geometry, name) = Default::default();
        FeatureFindings { shape, geometry, name, is_of_reference: false, sample: Sample::new(SAMPLE) }
    }
}

/// Findings on one feature.
pub struct Seen {
    shape: Option<Finding>,
    geometry: Vec<Finding>,
    is_of_reference: bool,
    name: Option<Finding>,
}

impl<'o> FeatureChecks<'o> {
    /// Selects the checks of the options.
    pub fn new(options: &'o CheckOptions) -> Self {
        FeatureChecks { options, names: options.reference.as_ref().map(Names::new) }
    }
}

impl Inspector for FeatureChecks<'_> {
    type Seen = Seen;
    type Known = FeatureFindings;

    fn look(&self, file: &str, feature: &ScanFeature) -> Seen {
        Seen {
            shape: self.options.role.and_then(|role| shape(file, feature, role)),
            geometry: geometry::check(file, feature),
            is_of_reference: self.names.as_ref().is_some_and(|names| names.knows(feature)),
            name: self.names.as_ref().and_then(|names| names.check(file, feature)),
        }
    }

    /// Keeps only what the coverage check needs of the feature: its polygons and properties.
    fn take(&self, known: &mut FeatureFindings, feature: &mut ScanFeature, seen: Seen) {
        let crossed = |finding: &Finding| matches!(finding.code, Code::SelfIntersection | Code::Spike);
        feature.is_crossed = seen.geometry.iter().any(crossed);
        known.shape.extend(seen.shape);
        known.geometry.extend(seen.geometry);
        known.name.extend(seen.name);
        known.is_of_reference |= seen.is_of_reference;
        lines(feature).for_each(|line| known.sample.take(line));
        if self.options.coverage == CoverageOf::Nothing {
            feature.shapes = Vec::new();
            // Keeps only properties that may identify the feature.
            let asked = self.options.id_field.as_deref();
            feature.properties.retain(|name, _| match asked {
                Some(field) => name.eq_ignore_ascii_case(field),
                None => feature.id.is_none() && may_identify(name),
            });
        } else {
            feature.shapes.retain(|shape| matches!(shape.form, Form::Polygon(_)));
        }
    }
}

/// The lines of a feature; points are lines of one position.
fn lines(feature: &ScanFeature) -> impl Iterator<Item = &[Coord]> {
    feature.shapes.iter().flat_map(|shape| match &shape.form {
        Form::Point(at) => vec![std::slice::from_ref(at)],
        Form::Line(line) => vec![line.as_slice()],
        Form::Polygon(rings) => rings.iter().map(Vec::as_slice).collect(),
    })
}

/// A finding if a feature does not have the geometry type that a role requires.
fn shape(file: &str, feature: &ScanFeature, role: Role) -> Option<Finding> {
    let fits = |form: &Form| match role {
        Role::Territory | Role::Water | Role::Proposal => matches!(form, Form::Polygon(_)),
        Role::Line | Role::River | Role::Route => matches!(form, Form::Line(_)),
        Role::Place | Role::Mark => matches!(form, Form::Point(_)),
        Role::Relief => false,
    };
    let wanted = match role {
        Role::Territory | Role::Water | Role::Proposal => "polygons",
        Role::Line | Role::River | Role::Route => "lines",
        Role::Place | Role::Mark => "points",
        Role::Relief => "heights",
    };
    let shape = feature.shapes.iter().find(|shape| !fits(&shape.form))?;
    let message = format!("the feature has other shapes than the {wanted} that are needed");
    Some(Finding::error(file, Code::WrongShape, message).of(&feature.label).at(shape.pointer.clone()))
}
