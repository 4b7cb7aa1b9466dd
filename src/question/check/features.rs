//! What is checked of features one by one, while a file goes by.

use super::place_name::Names;
use super::{CheckOptions, CoverageOf, geometry};
use crate::io::{Form, Inspector, ScanFeature, may_identify};
use crate::model::{Finding, FindingCode as Code, Role, Sample};
use geo::Coord;

/// Most positions that are held against the reference.
const SAMPLE: usize = 4000;

/// The checks of features one by one.
pub struct FeatureChecks<'o> {
    options: &'o CheckOptions,
    names: Option<Names<'o>>,
}

/// What was found of the features of a file, one by one.
#[derive(Debug, Clone)]
pub struct FeatureFindings {
    /// Features of another shape than is needed.
    pub(super) shape: Vec<Finding>,
    /// Geometry that is not sound.
    pub(super) geometry: Vec<Finding>,
    /// Names of places that lie elsewhere.
    pub(super) name: Vec<Finding>,
    /// Whether a feature goes by the name of a place of the reference.
    pub(super) is_of_reference: bool,
    /// Positions spread over all shapes of the file.
    pub(super) sample: Sample,
}

impl Default for FeatureFindings {
    fn default() -> Self {
        let (shape, geometry, name) = Default::default();
        FeatureFindings { shape, geometry, name, is_of_reference: false, sample: Sample::new(SAMPLE) }
    }
}

/// What is wrong with one feature.
pub struct Seen {
    shape: Option<Finding>,
    geometry: Vec<Finding>,
    is_of_reference: bool,
    name: Option<Finding>,
}

impl<'o> FeatureChecks<'o> {
    /// The checks that are asked for.
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

    /// Of the feature stays what the coverage needs: its polygons, and properties.
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
            // Of the properties stays what may identify it.
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

/// Every run of positions of a feature.
fn lines(feature: &ScanFeature) -> impl Iterator<Item = &[Coord]> {
    feature.shapes.iter().flat_map(|shape| match &shape.form {
        Form::Point(at) => vec![std::slice::from_ref(at)],
        Form::Line(line) => vec![line.as_slice()],
        Form::Polygon(rings) => rings.iter().map(Vec::as_slice).collect(),
    })
}

/// Whether a feature is not of the shape that a role needs.
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
