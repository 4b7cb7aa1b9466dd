//! Features: territories, lines, routes, places and the land of a proposal.

use super::{Edges, Evidence, Name, Published, Status};
use geo::{Coord, LineString, Polygon};
use serde_json::{Map, Value};

/// What every feature has, whatever its shape.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meta {
    /// Identifier, unique in its layer.
    pub id: String,
    /// Whether the id is the feature's number in the file, because nothing identifies it.
    pub numbered: bool,
    /// Its names.
    pub name: Name,
    /// Province, state, raion, village … as the source says.
    pub kind: Option<String>,
    /// Id of the territory it belongs to.
    pub parent: Option<String>,
    /// Id of the territory it lies in, for an enclave.
    pub host: Option<String>,
    /// What it rests on.
    pub evidence: Evidence,
    /// Cut at the frame of the data: numbers that touch the frame are incomplete.
    pub clipped: bool,
    /// A remark that every output showing the feature repeats.
    pub note: Option<String>,
    /// Who administers the land on the ground, where the source says so.
    pub controlled_by: Option<String>,
    /// First day (or year) on which the feature is valid.
    pub valid_from: Option<String>,
    /// Last day (or year) on which the feature is valid.
    pub valid_to: Option<String>,
    /// How its edges run. Coordinates are chains that are straight in lon/lat all the same; a chain of geodesics or rhumb
    /// lines is measured as such.
    pub edges: Edges,
    /// All properties as the file has them.
    pub properties: Map<String, Value>,
}

/// A territory: one or more parts, each a polygon with its holes.
#[derive(Debug, Clone, PartialEq)]
pub struct Territory {
    /// Identity, names and evidence.
    pub meta: Meta,
    /// Shells run counter-clockwise and holes clockwise, so that the interior lies on the left.
    pub parts: Vec<Polygon>,
    /// A published area in km².
    pub published_area_km2: Option<Published>,
}

/// A stretch of boundary with a territory on its left and on its right.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Identity, names and evidence.
    pub meta: Meta,
    /// Territory on the left along the direction of the coordinates.
    pub left: Option<String>,
    /// Territory on the right.
    pub right: Option<String>,
    /// How far it is settled.
    pub status: Status,
    /// The course, in one or more runs.
    pub runs: Vec<LineString>,
    /// A published length in km.
    pub published_length_km: Option<Published>,
}

/// A road, railway or other way, in use or planned.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Identity, names and evidence.
    pub meta: Meta,
    /// `rail`, `road` …
    pub mode: Option<String>,
    /// `in use`, `dismantled`, `planned` …
    pub status: Option<String>,
    /// The course, in one or more runs; chainage runs through them in order.
    pub runs: Vec<LineString>,
    /// A published length in km.
    pub published_length_km: Option<Published>,
}

impl Route {
    /// Whether lengths measured along it only indicate the true ones (it joins waypoints by straight edges).
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
    /// Importance: 1 is drawn first, 4 last.
    pub rank: u8,
}

/// Land that a proposal concerns.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Identity, names and evidence.
    pub meta: Meta,
    /// Territory from which it passes; the same as `to` where nothing passes.
    pub from: Option<String>,
    /// Territory to which it passes.
    pub to: Option<String>,
    /// Who proposes it.
    pub proposed_by: Option<String>,
    /// The land.
    pub parts: Vec<Polygon>,
}
