//! The sound polygons of a scan as territories, for the coverage.

use super::{Form, Scan, ScanFeature};
use crate::io::build::Builder;
use crate::io::polygon::WrongHoles;
use crate::io::{RawFeature, RawGeometry, RawLayer, ReadError};
use crate::model::{Edges, Territory};
use rayon::prelude::*;

impl Scan {
    /// Returns the features that have polygons as territories, with identifiers that no two share.
    ///
    /// A polygon that no polygon can be built of is left out; the findings on its rings say why.
    ///
    /// # Errors
    /// `id_field` names a property that a feature does not have.
    pub fn territories(&self, edges: Edges, id_field: Option<&str>) -> Result<Vec<Territory>, ReadError> {
        let ids = self.raw(self.features.iter()).ids(id_field)?;
        let built = self.features.par_iter().zip(ids).map(|(feature, id)| self.territory(feature, id, edges));
        Ok(built.collect::<Vec<_>>().into_iter().flatten().collect())
    }

    /// Features without their coordinates.
    fn raw<'a>(&self, features: impl Iterator<Item = &'a ScanFeature>) -> RawLayer {
        let features = features.map(|feature| RawFeature {
            id: feature.id.clone(),
            properties: feature.properties.clone(),
            geometry: RawGeometry { type_name: "MultiPolygon", ..RawGeometry::default() },
            pointer: feature.pointer.clone(),
        });
        RawLayer { input: self.input.clone(), layer: None, features: features.collect(), warnings: Vec::new() }
    }

    fn territory(&self, feature: &ScanFeature, id: String, edges: Edges) -> Option<Territory> {
        let mut raw = self.raw(std::iter::once(feature));
        let (ids, info) = (vec![id], self.info.as_ref());
        let mut builder = Builder { raw: &mut raw, ids, info, edges, wrong_holes: WrongHoles::Refused };
        let mut whole: Option<Territory> = None;
        for shape in &feature.shapes {
            let Form::Polygon(rings) = &shape.form else { continue };
            builder.raw.features[0].geometry.polygons = vec![rings.clone()];
            for territory in builder.territories(&[0]).into_iter().flatten() {
                match &mut whole {
                    Some(whole) => whole.parts.extend(territory.parts),
                    None => whole = Some(territory),
                }
            }
        }
        whole
    }
}
