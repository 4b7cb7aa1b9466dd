//! Features: territories, lines, routes, places and the land of a proposal.

use super::{Corners, Edges, Evidence, Memo, Name, Published, Status, corners_of};
use geo::{Coord, LineString, Polygon};
use serde_json::{Map, Value};

/// Attributes common to all features.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meta {
    /// Identifier, unique in its layer.
    pub id: String,
    /// Whether the id is the number of the feature in the file, because the file has no identifier.
    pub numbered: bool,
    /// Its names.
    pub name: Name,
    /// Province, state, raion, village …, as in the source.
    pub kind: Option<String>,
    /// Id of the territory it belongs to.
    pub parent: Option<String>,
    /// Id of the territory it lies in, for an enclave.
    pub host: Option<String>,
    /// Provenance.
    pub evidence: Evidence,
    /// Clipped at the extent of the data: measures that touch the extent are incomplete.
    pub clipped: bool,
    /// A remark that accompanies the feature in every output.
    pub note: Option<String>,
    /// Who administers the land, where the source states it.
    pub controlled_by: Option<String>,
    /// First day (or year) on which the feature is valid.
    pub valid_from: Option<String>,
    /// Last day (or year) on which the feature is valid.
    pub valid_to: Option<String>,
    /// The kind of edge of the source. Coordinates are always densified to edges straight in lon/lat; measures of a
    /// chain of geodesics or rhumb lines use the original kind.
    pub edges: Edges,
    /// All properties of the file.
    pub properties: Map<String, Value>,
}

impl Meta {
    /// The administrative level that the feature states, with the name of the property: `admin_level` of
    /// OpenStreetMap, in common spellings.
    ///
    /// ```
    /// use merestone::model::Meta;
    /// let mut meta = Meta::default();
    /// assert_eq!(meta.level(), None);
    /// meta.properties.insert("admin_level".into(), "8".into());
    /// assert_eq!(meta.level(), Some(("admin_level", "8".to_owned())));
    /// ```
    pub fn level(&self) -> Option<(&'static str, String)> {
        const PROPERTIES: [&str; 3] = ["admin_level", "ADMIN_LEVEL", "adm_level"];
        PROPERTIES.into_iter().find_map(|property| match self.properties.get(property)? {
            Value::Null => None,
            Value::String(text) => Some((property, text.clone())),
            other => Some((property, other.to_string())),
        })
    }
}

/// A territory of one or more parts, each a polygon with its holes.
#[derive(Debug, Clone, PartialEq)]
pub struct Territory {
    /// Identity, names and evidence.
    pub meta: Meta,
    /// Shells are counter-clockwise and holes clockwise, so the interior is on the left.
    parts: Vec<Polygon>,
    /// The corners of each part.
    corners: Memo<Vec<Corners>>,
    /// Published area in km².
    pub published_area_km2: Option<Published>,
}

impl Territory {
    /// Returns a territory with these polygons, which must be as [`new`](Self::new) makes them: shells counter-clockwise,
    /// holes clockwise, rings closed and with area, positions (lon, lat) in degrees. Otherwise answers may be wrong.
    pub fn from_parts_unchecked(meta: Meta, parts: Vec<Polygon>) -> Self {
        Territory { meta, parts, corners: Memo::new(), published_area_km2: None }
    }

    /// Its polygons, (lon, lat) in degrees: shells counter-clockwise and holes clockwise, so the interior is on the left.
    pub fn parts(&self) -> &[Polygon] {
        &self.parts
    }

    /// Its polygons.
    pub fn into_parts(self) -> Vec<Polygon> {
        self.parts
    }

    /// The same feature with other polygons.
    pub(crate) fn with_parts(&self, parts: Vec<Polygon>) -> Self {
        let corners = Memo::new();
        let (meta, published_area_km2) = (self.meta.clone(), self.published_area_km2.clone());
        Territory { meta, parts, corners, published_area_km2 }
    }

    /// Replaces its polygons.
    pub(crate) fn change_parts(&mut self, change: impl FnOnce(Vec<Polygon>) -> Vec<Polygon>) {
        self.parts = change(std::mem::take(&mut self.parts));
        self.corners = Memo::new();
    }

    /// South-west and north-east corners of each part; both (0, 0) for a part without positions.
    pub(crate) fn corners(&self) -> &[Corners] {
        self.corners.get(|| self.parts.iter().map(corners_of).collect())
    }
}

/// A boundary line with a territory on its left and one on its right.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Identity, names and evidence.
    pub meta: Meta,
    /// Territory on the left, in the direction of the coordinates.
    pub left: Option<String>,
    /// Territory on the right.
    pub right: Option<String>,
    /// Delimitation status.
    pub status: Status,
    /// The course, as one or more runs.
    pub runs: Vec<LineString>,
    /// Published length in km.
    pub published_length_km: Option<Published>,
}

/// A road, railway or other route, in use or planned.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Identity, names and evidence.
    pub meta: Meta,
    /// `rail`, `road` …
    pub mode: Option<String>,
    /// `in use`, `dismantled`, `planned` …
    pub status: Option<String>,
    /// The course, as one or more runs; chainage continues through them in order.
    pub runs: Vec<LineString>,
    /// Published length in km.
    pub published_length_km: Option<Published>,
}

impl Route {
    /// Whether lengths along it are indicative, because it joins waypoints by straight edges.
    pub fn is_indicative(&self) -> bool {
        self.meta.evidence.method == Some(super::Method::Waypoints)
    }
}

/// A settlement, station, pass, tripoint or other point.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Identity, names and evidence.
    pub meta: Meta,
    /// Longitude and latitude in degrees.
    pub position: Coord,
    /// Drawing priority: 1 first, 4 last.
    pub rank: u8,
}

/// A piece of land in a proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Identity, names and evidence.
    pub meta: Meta,
    /// The territory that holds it before; equal to `to` where the holder does not change.
    pub from: Option<String>,
    /// The territory that holds it after.
    pub to: Option<String>,
    /// Who proposes it.
    pub proposed_by: Option<String>,
    /// The land.
    pub parts: Vec<Polygon>,
}
