//! The sound polygons of a scan as territories, for the coverage.

use super::{Form, Scan, ScanFeature, ScanShape};
use crate::io::build::{meta, polygons, territory};
use crate::io::polygon::WrongHoles;
use crate::model::{Edges, Territory};
use geo::{Coord, Polygon};
use rayon::prelude::*;

impl Scan {
    /// Returns the features that have polygons as territories; the polygons go from the scan into them.
    ///
    /// A polygon that no polygon can be built of is left out; the findings on its rings say why. Features that share an id
    /// stay apart: what is wrong between them is wrong in the file.
    pub fn take_territories(&mut self, edges: Edges) -> Vec<Territory> {
        let info = self.info.as_ref();
        let territory = |feature: &mut ScanFeature| {
            let rings: Vec<Vec<Vec<Coord>>> =
                std::mem::take(&mut feature.shapes).into_iter().filter_map(rings).collect();
            let built = polygons(rings, edges, WrongHoles::Refused, feature.noise_m).into_iter();
            let parts: Vec<Polygon> = built.filter_map(|(polygon, _)| polygon.ok().flatten()).collect();
            (!parts.is_empty())
                .then(|| territory(meta(feature.label.clone(), feature.properties.clone(), info, edges), parts))
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
