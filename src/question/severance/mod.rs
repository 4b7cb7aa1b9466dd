//! What does a line cut off?

mod cut;
mod divide;
mod lines;
mod people;
mod ways;

use crate::earth::LocalPlane;
use crate::model::{Content, EdgeTree, Piece, Place, Territory, Warning, WarningCode};
use crate::topology::{COINCIDENT_M, SegmentIndex};
use geo::{Coord, Polygon};
use lines::{Lines, land_of};
use rustc_hash::FxHashMap;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use ways::{Served, Way};

use super::Stretch;

/// What a line or a proposal does to settlements, routes and land.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct SeveranceReport {
    /// What was asked about.
    pub line: String,
    /// Ellipsoidal length of the lines in metres; 0 where a proposal leaves no line.
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
    /// The lines themselves.
    #[serde(skip)]
    pub courses: Vec<Vec<Coord>>,
    /// Places in `kinds`.
    #[serde(skip)]
    totals: FxHashMap<(String, &'static str, Option<String>), usize>,
}

/// A point feature that changes side or lies near the line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct SeveredSettlement {
    /// The data it is from.
    pub data: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Its kind, as the source says.
    pub kind: Option<String>,
    /// The territory it passes from, where it changes side.
    pub from: Option<String>,
    /// The territory it passes to.
    pub to: Option<String>,
    /// Whether it changes side.
    pub changes: bool,
    /// Ellipsoidal distance from the line in metres; none where there is no line.
    pub distance_m: Option<f64>,
    /// The distance in metres up to which it counts as near.
    pub within_m: f64,
    /// Whether it is.
    pub near: bool,
    /// Longitude and latitude in degrees.
    pub position: [f64; 2],
}

/// A route that the line cuts, or that runs near it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct SeveredRoute {
    /// The data it is from.
    pub data: String,
    /// Its id.
    pub id: String,
    /// Its kind or mode, as the source says.
    pub kind: Option<String>,
    /// Whether its lengths and cuts only indicate the true ones.
    pub indicative: bool,
    /// Its ellipsoidal length in metres.
    pub length_m: f64,
    /// Places where the line cuts it.
    pub cuts: Vec<RouteCut>,
    /// Stretches between two cuts: it leaves and re-enters.
    pub excursions: Vec<Stretch>,
    /// Stretches within the distance of the line.
    pub near: Vec<Stretch>,
    /// Their length in metres.
    pub near_length_m: f64,
    /// The distance in metres up to which it counts as near.
    pub within_m: f64,
}

/// A place where a line cuts a route.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct RouteCut {
    /// Distance along the route in metres.
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
    /// The distance in metres up to which a route is within reach.
    pub reach_m: f64,
    /// The way along the route to the nearest cut, in metres.
    pub along_m: f64,
}

/// Land that the line divides.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct DividedLand {
    /// The data it is from.
    pub data: String,
    /// Id of the settlement or polygon.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Radius in metres of a settlement's surroundings; none for a given polygon.
    pub radius_m: Option<f64>,
    /// Its ellipsoidal area in m².
    pub area_m2: f64,
    /// The part of it beyond the line: away from the settlement, or from the polygon's largest part.
    pub cut_off_m2: f64,
    /// Its share (0 to 1).
    pub cut_off_share: f64,
}

/// Features of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct KindTotal {
    /// The data.
    pub data: String,
    /// `points`, `lines` or `polygons`.
    pub noun: &'static str,
    /// The kind, as the source says.
    pub kind: Option<String>,
    /// How many there are.
    pub count: usize,
    /// How many change side (points), are cut (lines) or divided (polygons).
    pub severed: usize,
    /// How many lie or run within the distance of the line.
    pub near: usize,
    /// The distance in metres.
    pub within_m: f64,
    /// Length within that distance in metres (lines), else 0.
    pub near_length_m: f64,
    /// Area cut off in m² (polygons), else 0.
    pub cut_off_m2: f64,
}

/// What the question is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// A line, with who is to lie on its left and on its right where the data say so.
    Line(Vec<Content>),
    /// The land of a proposal.
    Proposal(Vec<Piece>),
}

/// A layer to ask about.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// What to call the data.
    pub data: String,
    /// Its features.
    pub content: Content,
    /// Kinds of its features, in the order of the file, and of each how many more lie where [`Surroundings`] does not
    /// reach: lines or polygons, as the content is.
    pub beyond: Vec<(Option<String>, usize)>,
}

impl Asked {
    /// A layer all of whose features are given.
    pub fn new(data: impl Into<String>, content: Content) -> Self {
        Asked { data: data.into(), content, beyond: Vec::new() }
    }
}

/// Distances, and what else is known.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SeveranceOptions {
    /// Distance in metres up to which something is near the line.
    pub within_m: f64,
    /// Distance in metres up to which a route serves a settlement.
    pub reach_m: f64,
    /// Radius in metres of a settlement's surroundings.
    pub surroundings_m: f64,
    /// Land nowhere wider than this, in metres, is not cut off by a line: it lies along it.
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

/// Returns what a line, or the lines that a proposal would draw, cuts off: settlements, routes, land.
///
/// # Earth and units
/// WGS 84; metres and m²; distances are geodesics.
///
/// # Method
/// *Lines.* A proposal's lines are the outlines of its land where, once it is carried out, others hold the land on one
/// side than on the other (looked up 1 m to either side of each edge's middle): an enclave that passes to its host leaves
/// none.
/// *Change of side.* Under a proposal, a settlement on land that passes; where pieces that overlap pass it to different
/// holders it passes to all of them, and a warning says so; exactly on the outline of such land it passes to nobody, with a
/// warning. For a line with `left` and `right`, a settlement held by one of the two, or by both, that lies on one's side
/// by the nearest edge and is not that one's alone, if the straight way there stays in their land. Claims of third parties
/// stay. The order of territories, lines and pieces decides nothing.
/// *Cuts*: a route that touches a line, or runs along it, and goes back to where it came from is not cut, nor one that
/// begins or ends on it; see `cut.rs`. The stretches between two cuts are those on which it leaves and re-enters.
/// *Near* is what comes within the distance anywhere along its edges.
/// *Surroundings*: a circle, and how much of it lies beyond the line, seen from the settlement. Land is divided by all
/// lines together; pieces on one side of each line count as one, and pieces no wider than the tolerance as none.
///
/// # Limitations and cost
/// "Only route" means of the routes given. A line that ends in a settlement's surroundings or a polygon without reaching
/// its outline or another line does not divide it. Near-linear in what is asked about.
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
/// let (report, _) = severance(
///     "line".to_owned(),
///     &Subject::Line(vec![Content::Lines(vec![line])]),
///     &[square("a", 10.0)?, square("b", 11.0)?],
///     &[Asked::new("villages", Content::Places(vec![village]))],
///     &SeveranceOptions::default(),
/// );
/// assert_eq!(report.settlements[0].to.as_deref(), Some("b"));
/// # Ok::<(), InvalidGeometry>(())
/// ```
pub fn severance(
    label: String,
    subject: &Subject,
    territories: &[Territory],
    asked: &[Asked],
    options: &SeveranceOptions,
) -> (SeveranceReport, Vec<Warning>) {
    let land = land_of(subject);
    let lines = Lines::new(subject, &land.territories, territories);
    let near_line = EdgeTree::new(lines.runs.iter().map(Vec::as_slice));
    let mut out = SeveranceReport {
        line: label,
        length_m: lines.length_m,
        settlements: Vec::new(),
        routes: Vec::new(),
        only_route_cut: Vec::new(),
        land: Vec::new(),
        kinds: Vec::new(),
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
            Content::Territories(all) => all.iter().for_each(|one| polygon(&one.meta, &one.parts)),
            Content::Pieces(all) => all.iter().for_each(|one| polygon(&one.meta, &one.parts)),
            Content::Places(all) => people::settlements(data, all, &lines, options, &mut out, &mut warnings),
            Content::Routes(all) => {
                for route in all {
                    let (course, cuts) = Way::of_route(data, route).add(&lines, &near_line, options, &mut out);
                    reaching.push(Served { route, course, cuts });
                    if route.is_indicative() {
                        let id = &route.meta.id;
                        let message = format!("{id}: a chain of waypoints; where it is cut is only indicated");
                        warnings.push(Warning { code: WarningCode::Indicative, message, feature: Some(id.clone()) });
                    }
                }
            }
            Content::Lines(all) => all.iter().for_each(|line| {
                Way::of_line(data, line).add(&lines, &near_line, options, &mut out);
            }),
        }
    }
    let places = asked.iter().filter_map(|layer| match &layer.content {
        Content::Places(places) => Some(places),
        _ => None,
    });
    let settlements: Vec<&Place> = places.flatten().filter(|place| super::is_settlement(place)).collect();
    out.only_route_cut = ways::only_route_cut(&settlements, &reaching, options);
    // A kind of which no feature has any land.
    out.kinds.retain(|kind| kind.count > 0);
    (out, warnings)
}

impl SeveranceReport {
    /// The total of a kind, made where there is none yet.
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

/// Where features must lie for a line, or a proposal, to cut, divide or come near them: others are only counted.
pub struct Surroundings {
    edges: SegmentIndex,
    within_m: f64,
}

impl Surroundings {
    /// What lies within so many metres of any edge that the line, or the land of the proposal, has; and perhaps some more.
    pub fn new(subject: &Subject, within_m: f64) -> Self {
        let runs: Vec<&[Coord]> = match subject {
            Subject::Line(contents) => contents.iter().flat_map(Content::courses).flat_map(|(_, runs)| runs).collect(),
            Subject::Proposal(pieces) => pieces.iter().flat_map(|piece| rings(&piece.parts)).collect(),
        };
        let edges = runs.into_iter().flat_map(|run| run.windows(2)).map(|edge| ([edge[0], edge[1]], 0));
        // Where pieces overlap, their lines cross in places that are rounded.
        Surroundings { edges: SegmentIndex::new(edges), within_m: within_m.max(1.0) }
    }

    /// Whether a feature with these positions (lon, lat in degrees), its edges straight between them, may lie there.
    pub fn reach(&self, positions: &mut dyn Iterator<Item = &Coord>) -> bool {
        comes_near(&self.edges, positions, self.within_m)
    }
}

/// Whether positions of a line, and what lies between them, may come within so many metres of edges.
fn comes_near<'c>(edges: &SegmentIndex, positions: impl Iterator<Item = &'c Coord>, within_m: f64) -> bool {
    edge_box(positions, within_m)
        .is_some_and(|boxes| boxes.into_iter().any(|(low, high)| edges.touching(low, high).next().is_some()))
}

/// Rings of polygons.
fn rings(parts: &[Polygon]) -> impl Iterator<Item = &[Coord]> {
    parts.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors())).map(|ring| ring.0.as_slice())
}

/// South-west and north-east corners of the boxes within so many metres of positions: one, and its like beyond ±180°.
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
