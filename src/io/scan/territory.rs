//! The sound polygons of a scan as territories, for the coverage.

use super::{Form, Scan};
use crate::io::build::Builder;
use crate::io::polygon::WrongHoles;
use crate::io::{RawFeature, RawGeometry, RawLayer, ReadError};
use crate::model::{Edges, Territory};

impl Scan {
    /// Returns the features that have polygons as territories, with identifiers that no two share.
    ///
    /// A polygon that no polygon can be built of is left out; the findings on its rings say why.
    ///
    /// # Errors
    /// `id_field` names a property that a feature does not have.
    pub fn territories(&self, edges: Edges, id_field: Option<&str>) -> Result<Vec<Territory>, ReadError> {
        let mut raw = RawLayer { input: self.input.clone(), layer: None, features: Vec::new(), warnings: Vec::new() };
        for feature in &self.features {
            raw.features.push(RawFeature {
                id: feature.id.clone(),
                properties: feature.properties.clone(),
                geometry: RawGeometry { type_name: "MultiPolygon", ..RawGeometry::default() },
                pointer: feature.pointer.clone(),
            });
        }
        let ids = raw.ids(id_field)?;
        let mut builder =
            Builder { raw: &mut raw, ids, info: self.info.as_ref(), edges, wrong_holes: WrongHoles::Refused };
        let mut out: Vec<Territory> = Vec::new();
        for (index, feature) in self.features.iter().enumerate() {
            let mut whole: Option<Territory> = None;
            for shape in &feature.shapes {
                let Form::Polygon(rings) = &shape.form else { continue };
                builder.raw.features[index].geometry.polygons = vec![rings.clone()];
                let Ok(built) = builder.territories(&[index]) else { continue };
                for territory in built {
                    match &mut whole {
                        Some(whole) => whole.parts.extend(territory.parts),
                        None => whole = Some(territory),
                    }
                }
            }
            builder.raw.features[index].geometry.polygons = Vec::new();
            out.extend(whole);
        }
        Ok(out)
    }
}
