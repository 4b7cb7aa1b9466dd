//! Features from geometries of a program's own, checked and oriented.

use super::{Line, Meta, Piece, Place, Route, Territory, encloses_nothing};
use geo::algorithm::orient::{Direction, Orient};
use geo::{Coord, CoordsIter, LineString, Polygon};
use thiserror::Error;

/// Why a geometry is no feature.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum InvalidGeometry {
    /// There is nothing in it.
    #[error("{id}: no {wanted}")]
    Empty {
        /// Id of the feature.
        id: String,
        /// What it must have.
        wanted: &'static str,
    },
    /// A coordinate is not finite, or is no longitude or latitude in degrees.
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
    /// A territory of these polygons (a `Vec`, an array or a [`MultiPolygon`](geo::MultiPolygon)), whose positions are
    /// longitude and latitude in degrees of WGS 84. Rings are oriented: shells counter-clockwise, holes clockwise.
    ///
    /// Whether polygons and their holes share land is not checked here: see
    /// [`check`](crate::question::check()) and [`clean`](crate::topology::clean()).
    ///
    /// # Errors
    /// No polygon, a ring without area, or a position that is none.
    ///
    /// # Examples
    /// ```
    /// use merestone::geo::{Polygon, polygon};
    /// use merestone::model::Territory;
    /// let square = polygon![(x: 10.0, y: 45.0), (x: 10.0, y: 46.0), (x: 11.0, y: 46.0), (x: 11.0, y: 45.0)];
    /// let territory = Territory::new("a", [square])?;
    /// assert_eq!(territory.parts[0].exterior().0[1].x, 11.0); // counter-clockwise now
    /// assert!(Territory::new("b", [Polygon::empty()]).is_err());
    /// # Ok::<(), merestone::model::InvalidGeometry>(())
    /// ```
    pub fn new(id: impl Into<String>, parts: impl IntoIterator<Item = Polygon>) -> Result<Self, InvalidGeometry> {
        let meta = Meta::new(id);
        let parts = land(&meta.id, parts)?;
        Ok(Territory { meta, parts, published_area_km2: None })
    }
}

impl Piece {
    /// A piece of land that passes to `to` under a proposal; otherwise as [`Territory::new`].
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
    /// A boundary line of these runs (a `Vec`, an array or a [`MultiLineString`](geo::MultiLineString)), whose positions
    /// are longitude and latitude in degrees of WGS 84; nothing is said of its sides or status.
    ///
    /// # Errors
    /// No run, a run of fewer than two positions, or a position that is none.
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
    /// A route of these runs; otherwise as [`Line::new`].
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
    /// A place at a longitude and latitude in degrees of WGS 84, of the last drawing priority.
    ///
    /// # Errors
    /// The position is none.
    pub fn new(id: impl Into<String>, position: Coord) -> Result<Self, InvalidGeometry> {
        let meta = Meta::new(id);
        on_earth(&meta.id, [position])?;
        Ok(Place { meta, position, rank: 4 })
    }
}

impl Meta {
    /// Attributes of a feature of which nothing but its id is known.
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
