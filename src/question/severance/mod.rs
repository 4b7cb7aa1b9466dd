//! Severance: settlements, routes and land that a line cuts off.

mod divide;
mod lines;
mod people;
mod ways;

use crate::earth::LocalPlane;
use crate::model::{Answer, Content, EdgeTree, Meta, Piece, Place, Provenance, Territory, Warning, WarningCode};
use crate::topology::{COINCIDENT_M, SegmentIndex, clean};
use geo::{Coord, Polygon};
use lines::{Lines, land_of};
use rustc_hash::FxHashMap;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use ways::{LineRow, Served};

use super::{CertaintyReport, Stretch};

/// Effects of a line or a proposal on settlements, routes and land.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct SeveranceReport {
    /// Label of the line or proposal.
    pub line: String,
    /// Ellipsoidal length of the lines in metres; 0 if a proposal results in no line.
    pub length_m: f64,
    /// Settlements that change side, or lie near the line.
    pub settlements: Vec<SeveredSettlement>,
    /// Routes that the line cuts, or that run near it.
    pub routes: Vec<SeveredRoute>,
    /// Settlements whose only listed route is cut.
    pub only_route_cut: Vec<OnlyRouteCut>,
    /// Surroundings of settlements, and given polygons, that the line divides.
    pub land: Vec<DividedLand>,
    /// Counts and lengths by kind of feature.
    pub kinds: Vec<KindTotal>,
    /// What is certain of the features by the lines, if asked for: see [`certain_sides`](super::certain_sides).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<CertaintyReport>,
    /// The lines themselves.
    #[serde(skip)]
    pub courses: Vec<Vec<Coord>>,
    /// Index in `kinds` by data, noun and kind.
    #[serde(skip)]
    totals: FxHashMap<(String, &'static str, Option<String>), usize>,
}

/// A point feature that changes side or lies near the line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct SeveredSettlement {
    /// Label of its data.
    pub data: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Its kind, as stated by the source.
    pub kind: Option<String>,
    /// The territory it passes from, where it changes side.
    pub from: Option<String>,
    /// The territory it passes to.
    pub to: Option<String>,
    /// Whether it changes side.
    pub changes: bool,
    /// Ellipsoidal distance from the line in metres; null if there is no line.
    pub distance_m: Option<f64>,
    /// Distance in metres up to which it counts as near.
    pub within_m: f64,
    /// Whether it is near.
    pub near: bool,
    /// Longitude and latitude in degrees.
    pub position: [f64; 2],
}

/// A route that the line cuts, or that runs near it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct SeveredRoute {
    /// Label of its data.
    pub data: String,
    /// Its id.
    pub id: String,
    /// Its kind or mode, as stated by the source.
    pub kind: Option<String>,
    /// Whether its lengths and cuts are only indicative.
    pub indicative: bool,
    /// Its ellipsoidal length in metres.
    pub length_m: f64,
    /// Positions where the line cuts it.
    pub cuts: Vec<RouteCut>,
    /// Stretches between two cuts, on which it is on the other side of the line.
    pub excursions: Vec<Stretch>,
    /// Stretches within the near distance of the line.
    pub near: Vec<Stretch>,
    /// Their length in metres.
    pub near_length_m: f64,
    /// Distance in metres up to which it counts as near.
    pub within_m: f64,
}

/// A position where a line cuts a route.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct RouteCut {
    /// Chainage along the route in metres.
    pub chainage_m: f64,
    /// Longitude and latitude in degrees.
    pub position: [f64; 2],
}

/// A settlement whose only listed route is cut.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct OnlyRouteCut {
    /// Id of the settlement.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// The only route within reach.
    pub route: String,
    /// Distance to it in metres.
    pub distance_m: f64,
    /// Distance in metres up to which a route is within reach.
    pub reach_m: f64,
    /// Distance along the route to the nearest cut, in metres.
    pub along_m: f64,
}

/// Land that the line divides.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct DividedLand {
    /// Label of its data.
    pub data: String,
    /// Id of the settlement or polygon.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Radius in metres of a settlement's surroundings; null for a given polygon.
    pub radius_m: Option<f64>,
    /// Its ellipsoidal area in m².
    pub area_m2: f64,
    /// Area in m² beyond the line: away from the settlement, or from the polygon's largest part.
    pub cut_off_m2: f64,
    /// Its share (0 to 1) of the whole area.
    pub cut_off_share: f64,
}

/// Totals for features of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct KindTotal {
    /// Label of the data.
    pub data: String,
    /// `points`, `lines` or `polygons`.
    pub noun: &'static str,
    /// The kind, as stated by the source.
    pub kind: Option<String>,
    /// Number of features.
    pub count: usize,
    /// Number that change side (points), are cut (lines) or divided (polygons).
    pub severed: usize,
    /// Number within the near distance of the line.
    pub near: usize,
    /// The near distance in metres.
    pub within_m: f64,
    /// Length within that distance in metres (lines), else 0.
    pub near_length_m: f64,
    /// Area cut off in m² (polygons), else 0.
    pub cut_off_m2: f64,
}

/// The subject of the query.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// A line, with the territories on its left and right if stated.
    Line(Vec<Content>),
    /// The land of a proposal.
    Proposal(Vec<Piece>),
}

impl Subject {
    /// The subject that the features of a file are: land of a proposal, or polygons that all have a property `to`, are
    /// a proposal; other lines, and the outlines of other polygons, are the line. Points count for nothing; `None` if
    /// there is nothing else.
    pub fn of(contents: Vec<Content>) -> Option<Self> {
        let (mut pieces, mut lines) = (Vec::new(), Vec::new());
        for content in contents {
            match content {
                Content::Pieces(all) => pieces.extend(all),
                Content::Territories(all) if all.iter().all(|t| t.meta.properties.contains_key("to")) => {
                    pieces.extend(all.into_iter().map(Piece::from));
                }
                Content::Places(_) => {}
                other => lines.push(other),
            }
        }
        match (pieces.is_empty(), lines.is_empty()) {
            (true, true) => None,
            (true, false) => Some(Subject::Line(lines)),
            _ => Some(Subject::Proposal(pieces)),
        }
    }

    /// The common attributes of its features, in order.
    pub fn metas(&self) -> Vec<&Meta> {
        match self {
            Subject::Line(contents) => contents.iter().flat_map(Content::metas).collect(),
            Subject::Proposal(pieces) => pieces.iter().map(|piece| &piece.meta).collect(),
        }
    }
}

/// A layer to test against the line.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Label of the data.
    pub data: String,
    /// Its features.
    pub content: Content,
    /// Kinds of its features in file order, each with the number of further features outside [`Surroundings`]: lines or
    /// polygons, as the content.
    pub beyond: Vec<(Option<String>, usize)>,
}

impl Asked {
    /// A layer with all of its features.
    pub fn new(data: impl Into<String>, content: Content) -> Self {
        Asked { data: data.into(), content, beyond: Vec::new() }
    }
}

/// Distances and other options of [`severance`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SeveranceOptions {
    /// Distance in metres up to which a feature is near the line.
    pub within_m: f64,
    /// Distance in metres up to which a route serves a settlement.
    pub reach_m: f64,
    /// Radius in metres of a settlement's surroundings.
    pub surroundings_m: f64,
    /// Width in metres up to which land counts as lying along the line instead of being cut off by it.
    pub tolerance_m: f64,
    /// Languages of names, best first.
    pub languages: Vec<String>,
}

impl Default for SeveranceOptions {
    /// Near is 1 km, within reach 2 km, surroundings 2 km.
    fn default() -> Self {
        SeveranceOptions {
            within_m: 1000.0,
            reach_m: 2000.0,
            surroundings_m: 2000.0,
            tolerance_m: COINCIDENT_M,
            languages: Vec::new(),
        }
    }
}

/// Returns the settlements, routes and land that a line, or the lines that a proposal would create, cuts off.
///
/// # Earth and units
/// WGS 84; metres and m²; distances are geodesics; positions (lon, lat) in degrees.
///
/// # Method
/// *Lines.* A proposal's lines are the edges of its land whose two sides have different holders once it is carried out
/// (looked up 1 m to either side of each edge's midpoint): an enclave that passes to its host results in no line.
/// *Change of side.* Under a proposal, a settlement on land that passes; if overlapping pieces name different holders
/// it passes to all of them, with a warning; exactly on the outline of such land it passes to none, with a warning. For
/// a line with `left` and `right`, a settlement held by one or both of the two that is on one's side of the nearest
/// edge and not held by that one alone, if the straight path to the line stays in their land. LandIndex of third parties
/// are unaffected. The order of territories, lines and pieces has no effect. *Cuts*: a route that touches a line or
/// runs along it and turns back to the side from which it came is not cut, nor is one that starts or ends on it; see
/// `cut.rs`. Excursions are the stretches between two cuts. *Near* is a feature that comes within the distance anywhere
/// along its edges. *Surroundings*: a circle, and the area of it beyond the line, seen from the settlement. Land is
/// divided by all lines together; pieces on the same side of each line count as one, and pieces no wider than the
/// tolerance are ignored.
/// # Limitations and cost
/// "Only route" refers to the routes given. A line that ends inside a settlement's surroundings or a polygon, without
/// reaching its outline or another line, does not divide it. Near-linear in the size of the layers.
///
/// # Examples
/// ```
/// # use merestone::geo::{Rect, coord, line_string};
/// # use merestone::model::{InvalidGeometry, Territory};
/// # let square = |id: &str, west: f64| {
/// #     Territory::new(id, [Rect::new(coord! { x: west, y: 45.0 }, coord! { x: west + 1.0, y: 46.0 }).to_polygon()])
/// # };
/// use merestone::model::{Content, Line, Place};
/// use merestone::question::{Asked, SeveranceOptions, Subject, severance};
/// let mut line = Line::new("line", [line_string![(x: 10.9, y: 45.0), (x: 10.9, y: 46.0)]])?;
/// (line.left, line.right) = (Some("a".to_owned()), Some("b".to_owned()));
/// let village = Place::new("village", coord! { x: 10.95, y: 45.5 })?;
/// let answer = severance(
///     "line",
///     &Subject::Line(vec![Content::Lines(vec![line])]),
///     &[square("a", 10.0)?, square("b", 11.0)?],
///     &[Asked::new("villages", Content::Places(vec![village]))],
///     &SeveranceOptions::default(),
/// );
/// assert_eq!(answer.report.settlements[0].to.as_deref(), Some("b"));
/// # Ok::<(), InvalidGeometry>(())
/// ```
pub fn severance(
    label: &str,
    subject: &Subject,
    territories: &[Territory],
    asked: &[Asked],
    options: &SeveranceOptions,
) -> Answer<SeveranceReport> {
    let provenance = Provenance::of(subject.metas()).within(COINCIDENT_M);
    let features = land_of(subject);
    let land = clean(&features);
    let lines = Lines::new(subject, &land.territories, territories);
    let near_line = EdgeTree::new(lines.runs.iter().map(Vec::as_slice));
    let mut out = SeveranceReport {
        line: label.to_owned(),
        length_m: lines.length_m,
        settlements: Vec::new(),
        routes: Vec::new(),
        only_route_cut: Vec::new(),
        land: Vec::new(),
        kinds: Vec::new(),
        certainty: None,
        courses: lines.runs.clone(),
        totals: FxHashMap::default(),
    };
    let mut warnings = land.warnings;
    let mut reaching: Vec<Served<'_>> = Vec::new();
    for Asked { data, content, beyond } in asked {
        let noun = if matches!(content, Content::Lines(_)) { "lines" } else { "polygons" };
        for (kind, count) in beyond {
            out.total(data, noun, kind.as_deref(), options.within_m).count += count;
        }
        let mut polygon = |meta, parts| divide::polygon(data, meta, parts, (&lines, &near_line), options, &mut out);
        match content {
            Content::Territories(all) => all.iter().for_each(|one| polygon(&one.meta, one.parts())),
            Content::Pieces(all) => all.iter().for_each(|one| polygon(&one.meta, &one.parts)),
            Content::Places(all) => people::settlements(data, all, &lines, options, &mut out, &mut warnings),
            Content::Routes(all) => {
                for route in all {
                    let (course, cuts) = LineRow::of_route(data, route).add(&lines, &near_line, options, &mut out);
                    reaching.push(Served { route, course, cuts });
                    if route.is_indicative() {
                        let id = &route.meta.id;
                        let message = format!("{id}: a chain of waypoints; where it is cut is only indicated");
                        warnings.push(Warning { code: WarningCode::Indicative, message, feature: Some(id.clone()) });
                    }
                }
            }
            Content::Lines(all) => all.iter().for_each(|line| {
                LineRow::of_line(data, line).add(&lines, &near_line, options, &mut out);
            }),
        }
    }
    let places = asked.iter().filter_map(|layer| match &layer.content {
        Content::Places(places) => Some(places),
        _ => None,
    });
    let settlements: Vec<&Place> = places.flatten().filter(|place| super::is_settlement(place)).collect();
    out.only_route_cut = ways::only_route_cut(&settlements, &reaching, options);
    // Drops kinds without any feature with land.
    out.kinds.retain(|kind| kind.count > 0);
    Answer::new(out, provenance, warnings)
}

impl SeveranceReport {
    /// The totals of a kind, created if missing.
    fn total(&mut self, data: &str, noun: &'static str, kind: Option<&str>, within_m: f64) -> &mut KindTotal {
        let key = (data.to_owned(), noun, kind.map(str::to_owned));
        let at = *self.totals.entry(key).or_insert_with(|| {
            self.kinds.push(KindTotal {
                data: data.to_owned(),
                noun,
                kind: kind.map(str::to_owned),
                count: 0,
                severed: 0,
                near: 0,
                within_m,
                near_length_m: 0.0,
                cut_off_m2: 0.0,
            });
            self.kinds.len() - 1
        });
        &mut self.kinds[at]
    }
}

/// The zone in which features can be cut, divided or near: features outside it are only counted.
pub struct Surroundings {
    edges: SegmentIndex,
    within_m: f64,
}

impl Surroundings {
    /// The zone within this many metres of any edge of the line or of the proposal's land, or slightly larger.
    pub fn new(subject: &Subject, within_m: f64) -> Self {
        let runs: Vec<&[Coord]> = match subject {
            Subject::Line(contents) => contents.iter().flat_map(Content::courses).flat_map(|(_, runs)| runs).collect(),
            Subject::Proposal(pieces) => pieces.iter().flat_map(|piece| rings(&piece.parts)).collect(),
        };
        let edges = runs.into_iter().flat_map(|run| run.windows(2)).map(|edge| ([edge[0], edge[1]], 0));
        // Where pieces overlap, their lines cross at rounded positions.
        Surroundings { edges: SegmentIndex::new(edges), within_m: within_m.max(1.0) }
    }

    /// Whether a feature with these positions (lon, lat in degrees) and straight edges between them may reach the zone.
    pub fn reach(&self, positions: &mut dyn Iterator<Item = &Coord>) -> bool {
        comes_near(&self.edges, positions, self.within_m)
    }
}

/// Whether a line through these positions may come within this many metres of edges.
fn comes_near<'c>(edges: &SegmentIndex, positions: impl Iterator<Item = &'c Coord>, within_m: f64) -> bool {
    edge_box(positions, within_m)
        .is_some_and(|boxes| boxes.into_iter().any(|(low, high)| edges.touching(low, high).next().is_some()))
}

/// Rings of polygons.
fn rings(parts: &[Polygon]) -> impl Iterator<Item = &[Coord]> {
    parts.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors())).map(|ring| ring.0.as_slice())
}

/// South-west and north-east corners of the box within this many metres of positions, and of its copies across ±180°.
fn edge_box<'c>(positions: impl Iterator<Item = &'c Coord>, within_m: f64) -> Option<Vec<(Coord, Coord)>> {
    let (low, high) = positions.map(|p| (*p, *p)).reduce(|(low, high), (p, _)| {
        (Coord { x: low.x.min(p.x), y: low.y.min(p.y) }, Coord { x: high.x.max(p.x), y: high.y.max(p.y) })
    })?;
    let wide = |y: f64| LocalPlane::at(Coord { x: 0.0, y }).degrees(1.1 * within_m);
    let (x, y) = (wide(low.y).x.max(wide(high.y).x).min(360.0), wide(low.y).y);
    let turns = [0.0, -360.0, 360.0].into_iter();
    let turns =
        turns.filter(|turn| *turn == 0.0 || (high.x + x > 180.0 && *turn < 0.0) || (low.x - x < -180.0 && *turn > 0.0));
    let moved =
        |turn: f64| (Coord { x: low.x - x + turn, y: low.y - y }, Coord { x: high.x + x + turn, y: high.y + y });
    Some(turns.map(moved).collect())
}
