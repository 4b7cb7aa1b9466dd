//! Features built from a program's own geometries, validated and oriented.

use super::{Line, Meta, Piece, Place, Route, Territory, encloses_nothing};
use geo::algorithm::orient::{Direction, Orient};
use geo::{Coord, CoordsIter, LineString, Polygon};
use thiserror::Error;

/// Why a geometry is invalid.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum InvalidGeometry {
    /// It has no part, run or position.
    #[error("{id}: no {wanted}")]
    Empty {
        /// Id of the feature.
        id: String,
        /// What is missing.
        wanted: &'static str,
    },
    /// A coordinate is not finite, or not a longitude or latitude in degrees.
    #[error("{id}: ({lon}, {lat}) is no longitude (-180 to 180) and latitude (-90 to 90) in degrees")]
    Position {
        /// Id of the feature.
        id: String,
        /// The first coordinate.
        lon: f64,
        /// The second.
        lat: f64,
    },
    /// A line has fewer than two positions.
    #[error("{id}: a line has fewer than two positions")]
    ShortLine {
        /// Id of the feature.
        id: String,
    },
    /// A ring encloses no area.
    #[error("{id}: ring {ring} of polygon {polygon} encloses no area")]
    NoArea {
        /// Id of the feature.
        id: String,
        /// Number of the polygon, from 0.
        polygon: usize,
        /// Number of the ring, from 0, which is the shell.
        ring: usize,
    },
}

impl Territory {
    /// Returns a territory with these polygons (a `Vec`, an array or a [`MultiPolygon`](geo::MultiPolygon)); positions
    /// are (lon, lat) in degrees of WGS 84. Rings are oriented: shells counter-clockwise, holes clockwise.
    ///
    /// Whether polygons and their holes share land is not checked here: see
    /// [`check`](crate::question::check()) and [`clean`](crate::topology::clean()).
    ///
    /// # Errors
    /// No polygon, a ring without area, or an invalid position.
    ///
    /// # Examples
    /// ```
    /// use merestone::geo::{Polygon, polygon};
    /// use merestone::model::Territory;
    /// let square = polygon![(x: 10.0, y: 45.0), (x: 10.0, y: 46.0), (x: 11.0, y: 46.0), (x: 11.0, y: 45.0)];
    /// let territory = Territory::new("a", [square])?;
    /// assert_eq!(territory.parts()[0].exterior().0[1].x, 11.0); // counter-clockwise now
    /// assert!(Territory::new("b", [Polygon::empty()]).is_err());
    /// # Ok::<(), merestone::model::InvalidGeometry>(())
    /// ```
    pub fn new(id: impl Into<String>, parts: impl IntoIterator<Item = Polygon>) -> Result<Self, InvalidGeometry> {
        let meta = Meta::new(id);
        let parts = land(&meta.id, parts)?;
        Ok(Territory::from_parts_unchecked(meta, parts))
    }
}

impl Piece {
    /// Returns land that passes to `to` under a proposal; otherwise as [`Territory::new`].
    ///
    /// # Errors
    /// As [`Territory::new`].
    pub fn new(
        id: impl Into<String>,
        to: impl Into<String>,
        parts: impl IntoIterator<Item = Polygon>,
    ) -> Result<Self, InvalidGeometry> {
        let meta = Meta::new(id);
        let parts = land(&meta.id, parts)?;
        Ok(Piece { meta, from: None, to: Some(to.into()), proposed_by: None, parts })
    }
}

impl Line {
    /// Returns a boundary line with these runs (a `Vec`, an array or a [`MultiLineString`](geo::MultiLineString));
    /// positions are (lon, lat) in degrees of WGS 84. Its sides and status are unset.
    ///
    /// # Errors
    /// No run, a run of fewer than two positions, or an invalid position.
    ///
    /// # Examples
    /// ```
    /// use merestone::geo::line_string;
    /// use merestone::model::Line;
    /// let line = Line { left: Some("a".into()), ..Line::new("a-b", [line_string![(x: 10.0, y: 45.0), (x: 10.0, y: 46.0)]])? };
    /// assert_eq!(line.runs.len(), 1);
    /// # Ok::<(), merestone::model::InvalidGeometry>(())
    /// ```
    pub fn new(id: impl Into<String>, runs: impl IntoIterator<Item = LineString>) -> Result<Self, InvalidGeometry> {
        let meta = Meta::new(id);
        let runs = courses(&meta.id, runs)?;
        Ok(Line { meta, left: None, right: None, status: Default::default(), runs, published_length_km: None })
    }
}

impl Route {
    /// Returns a route with these runs; otherwise as [`Line::new`].
    ///
    /// # Errors
    /// As [`Line::new`].
    pub fn new(id: impl Into<String>, runs: impl IntoIterator<Item = LineString>) -> Result<Self, InvalidGeometry> {
        let meta = Meta::new(id);
        let runs = courses(&meta.id, runs)?;
        Ok(Route { meta, mode: None, status: None, runs, published_length_km: None })
    }
}

impl Place {
    /// Returns a place at a position (lon, lat) in degrees of WGS 84, with the lowest drawing priority.
    ///
    /// # Errors
    /// The position is invalid.
    pub fn new(id: impl Into<String>, position: Coord) -> Result<Self, InvalidGeometry> {
        let meta = Meta::new(id);
        on_earth(&meta.id, [position])?;
        Ok(Place { meta, position, rank: 4 })
    }
}

impl Meta {
    /// Attributes of a feature with only an id.
    pub fn new(id: impl Into<String>) -> Self {
        Meta { id: id.into(), ..Meta::default() }
    }
}

fn land(id: &str, parts: impl IntoIterator<Item = Polygon>) -> Result<Vec<Polygon>, InvalidGeometry> {
    let parts: Vec<Polygon> = parts.into_iter().collect();
    for (polygon, part) in parts.iter().enumerate() {
        on_earth(id, part.coords_iter())?;
        let rings = std::iter::once(part.exterior()).chain(part.interiors());
        if let Some(ring) = rings.map(|ring| &ring.0).position(|ring| encloses_nothing(ring)) {
            return Err(InvalidGeometry::NoArea { id: id.to_owned(), polygon, ring });
        }
    }
    if parts.is_empty() {
        return Err(InvalidGeometry::Empty { id: id.to_owned(), wanted: "polygons" });
    }
    Ok(parts.into_iter().map(|part| part.orient(Direction::Default)).collect())
}

fn courses(id: &str, runs: impl IntoIterator<Item = LineString>) -> Result<Vec<LineString>, InvalidGeometry> {
    let runs: Vec<LineString> = runs.into_iter().collect();
    on_earth(id, runs.iter().flat_map(|run| run.0.iter().copied()))?;
    if runs.iter().any(|run| run.0.len() < 2) {
        return Err(InvalidGeometry::ShortLine { id: id.to_owned() });
    }
    if runs.is_empty() {
        return Err(InvalidGeometry::Empty { id: id.to_owned(), wanted: "lines" });
    }
    Ok(runs)
}

fn on_earth(id: &str, positions: impl IntoIterator<Item = Coord>) -> Result<(), InvalidGeometry> {
    // A comparison with NaN is false.
    match positions.into_iter().find(|at| !(at.x.abs() <= 180.0 && at.y.abs() <= 90.0)) {
        None => Ok(()),
        Some(Coord { x: lon, y: lat }) => Err(InvalidGeometry::Position { id: id.to_owned(), lon, lat }),
    }
}

impl From<Territory> for Piece {
    /// Land of a proposal that a file has as a territory: its properties `from`, `to` and `proposed_by` count.
    fn from(territory: Territory) -> Self {
        let text = |key: &str| territory.meta.properties.get(key).and_then(|v| v.as_str()).map(str::to_owned);
        let (from, to, proposed_by) = (text("from"), text("to"), text("proposed_by"));
        Piece { from, to, proposed_by, meta: territory.meta.clone(), parts: territory.into_parts() }
    }
}
