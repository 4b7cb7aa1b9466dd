//! Geometries of tables in another system.

use super::Problem;
use super::frame::CrsTransform;
use geo::{LineString, MapCoords, MultiLineString, MultiPolygon, Polygon};

/// A geometry in the target system.
pub(super) fn moved(geometry: geo::Geometry, way: &CrsTransform) -> Result<geo::Geometry, Problem> {
    // Recursion through nested collections in the trait would not terminate at compile time.
    if let geo::Geometry::GeometryCollection(collection) = geometry {
        let parts = collection.0.into_iter().map(|part| moved(part, way)).collect::<Result<Vec<_>, _>>()?;
        return Ok(geo::Geometry::GeometryCollection(geo::GeometryCollection(parts)));
    }
    let line = |line: LineString| way.line(&line.0).map(LineString);
    let polygon = |polygon: Polygon| {
        let (shell, holes) = polygon.into_inner();
        Ok(Polygon::new(line(shell)?, holes.into_iter().map(line).collect::<Result<_, _>>()?))
    };
    Ok(match geometry {
        geo::Geometry::Point(g) => g.try_map_coords(|at| way.apply(at))?.into(),
        geo::Geometry::MultiPoint(g) => g.try_map_coords(|at| way.apply(at))?.into(),
        geo::Geometry::LineString(g) => line(g)?.into(),
        geo::Geometry::MultiLineString(g) => {
            MultiLineString(g.0.into_iter().map(line).collect::<Result<_, _>>()?).into()
        }
        geo::Geometry::Polygon(g) => polygon(g)?.into(),
        geo::Geometry::MultiPolygon(g) => MultiPolygon(g.0.into_iter().map(polygon).collect::<Result<_, _>>()?).into(),
        // Tables have no other kinds.
        other => other,
    })
}
