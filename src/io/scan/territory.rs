//! The valid polygons of a scan as territories, for the coverage check.

use super::{Form, Scan, ScanFeature, ScanShape};
use crate::io::build::{meta, polygons, territory};
use crate::io::polygon::WrongHoles;
use crate::model::{Edges, Territory};
use geo::{Coord, Polygon};
use rayon::prelude::*;

impl Scan {
    /// Returns the features with polygons as territories; the polygons move out of the scan. Each comes with
    /// whether its outlines cross themselves.
    ///
    /// A polygon that cannot be built is left out; the findings on its rings state why. Features that share an id
    /// stay separate: conflicts between them are faults of the file.
    pub fn take_territories(&mut self, edges: Edges) -> Vec<(Territory, bool)> {
        let info = self.info.as_ref();
        let territory = |feature: &mut ScanFeature| {
            let rings: Vec<Vec<Vec<Coord>>> =
                std::mem::take(&mut feature.shapes).into_iter().filter_map(rings).collect();
            let built = polygons(rings, edges, WrongHoles::Refused, feature.noise_m).into_iter();
            let parts: Vec<Polygon> = built.filter_map(|(polygon, _)| polygon.ok().flatten()).collect();
            let built = |parts| territory(meta(feature.label.clone(), feature.properties.clone(), info, edges), parts);
            (!parts.is_empty()).then(|| (built(parts), feature.is_crossed))
        };
        self.features.par_iter_mut().filter_map(territory).collect()
    }
}

fn rings(shape: ScanShape) -> Option<Vec<Vec<Coord>>> {
    match shape.form {
        Form::Polygon(rings) => Some(rings),
        Form::Point(_) | Form::Line(_) => None,
    }
}
