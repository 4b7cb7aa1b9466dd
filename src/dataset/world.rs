//! The land of the world: an outline without boundaries, which is no layer.

use super::{Columns, WORLD};
use crate::map::WorldOutline;
use geo::{LineString, Polygon};

impl WorldOutline {
    /// The outline embedded in the program: Natural Earth 1:50m, simplified by 0.01°.
    ///
    /// # Example
    /// ```
    /// assert!(merestone::map::WorldOutline::embedded().credit.contains("Natural Earth"));
    /// ```
    pub fn embedded() -> Self {
        let mut columns = Columns { bytes: WORLD.coordinates, scale: WORLD.scale, last: [0, 0] };
        let kinds = WORLD.features.iter().map(|feature| feature.kind);
        let polygon = |mut rings: Vec<Vec<geo::Coord>>| {
            let holes = rings.split_off(1);
            Polygon::new(LineString(rings.remove(0)), holes.into_iter().map(LineString).collect())
        };
        let polygons: Vec<Polygon> = kinds.flat_map(|kind| columns.geometry(kind).polygons).map(polygon).collect();
        let credit = "npm package world-atlas 2.0.2 (Natural Earth 1:50m, land). Public domain.";
        WorldOutline::new(&polygons, credit, WORLD.sha256)
    }
}
