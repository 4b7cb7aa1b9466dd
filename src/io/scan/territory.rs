//! The sound polygons of a scan as territories, for the coverage.

use super::{Form, Scan, ScanFeature, ScanShape};
use crate::io::build::{meta, polygons, territory};
use crate::io::polygon::WrongHoles;
use crate::io::{RawFeature, RawGeometry, RawLayer, ReadError};
use crate::model::{Edges, Territory};
use geo::{Coord, Polygon};
use rayon::prelude::*;

impl Scan {
    /// Returns the features that have polygons as territories, with identifiers that no two share; the polygons go from the
    /// scan into them. Each comes with whether outlines of it cross themselves.
    ///
    /// A polygon that no polygon can be built of is left out; the findings on its rings say why.
    ///
    /// # Errors
    /// `id_field` names a property that a feature does not have.
    pub fn take_territories(
        &mut self,
        edges: Edges,
        id_field: Option<&str>,
    ) -> Result<Vec<(Territory, bool)>, ReadError> {
        let ids = self.without_coordinates().ids(id_field)?;
        let info = self.info.as_ref();
        let territory = |(feature, id): (&mut ScanFeature, String)| {
            let rings: Vec<Vec<Vec<Coord>>> =
                std::mem::take(&mut feature.shapes).into_iter().filter_map(rings).collect();
            let built = polygons(rings, edges, WrongHoles::Refused).into_iter();
            let parts: Vec<Polygon> = built.filter_map(|(polygon, _)| polygon.ok().flatten()).collect();
            let built = |parts| territory(meta(id, feature.properties.clone(), info), parts);
            (!parts.is_empty()).then(|| (built(parts), feature.is_crossed))
        };
        Ok(self.features.par_iter_mut().zip(ids).filter_map(territory).collect())
    }

    fn without_coordinates(&self) -> RawLayer {
        let features = self.features.iter().map(|feature| RawFeature {
            id: feature.id.clone(),
            properties: feature.properties.clone(),
            geometry: RawGeometry { type_name: "MultiPolygon", ..RawGeometry::default() },
            pointer: feature.pointer.clone(),
        });
        RawLayer { input: self.input.clone(), layer: None, features: features.collect(), warnings: Vec::new() }
    }
}

fn rings(shape: ScanShape) -> Option<Vec<Vec<Coord>>> {
    match shape.form {
        Form::Polygon(rings) => Some(rings),
        Form::Point(_) | Form::Line(_) => None,
    }
}
