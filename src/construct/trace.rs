//! Shortest or fastest route along a network, through via points.

use super::access::FASTEST_KMH;
use super::flat::NetworkLocation;
use super::gaps::{self, NetworkGap};
use super::graph::Arcs;
use super::network::Network;
use super::path::Path;
use super::pieces::{NetworkEdge, Nodes, chain, directions, edges};
use super::territory_mask::TerritoryMask;
use crate::earth::{distance_m, to_geocentric_m};
use crate::model::{Edges, Evidence, Method, Territory};
use geo::{Coord, LineString};
use rayon::prelude::*;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use thiserror::Error;

/// Default greatest distance in metres of a via point from the network.
pub const DEFAULT_WITHIN_M: f64 = 5000.0;
/// Factor on the lower bound of a cost, so that rounding cannot make it exceed the cost.
const ROUNDING: f64 = 1.0 - 1e-9;

/// The quantity to minimise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Length.
    #[default]
    Length,
    /// Travel time, at a speed by class of way.
    Time,
}

/// Options of [`trace()`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TraceOptions {
    /// The quantity to minimise.
    pub weight: Weight,
    /// Ids of territories that it never touches.
    pub avoid: Vec<String>,
    /// Ids of territories that it prefers: a metre outside counts [`PREFERENCE`](super::PREFERENCE) times.
    pub prefer: Vec<String>,
    /// Greatest distance in metres of a via point from the network.
    pub within_m: f64,
}

impl Default for TraceOptions {
    fn default() -> Self {
        TraceOptions { weight: Weight::default(), avoid: Vec::new(), prefer: Vec::new(), within_m: DEFAULT_WITHIN_M }
    }
}

/// A via point of a route.
#[derive(Debug, Clone, PartialEq)]
pub struct ViaPoint {
    /// Its name in the report.
    pub name: String,
    /// Longitude and latitude in degrees.
    pub position: Coord,
}

/// A route along a network.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Trace {
    /// Its course; longitude and latitude in degrees. It has more than one run only where it crosses ±180°.
    pub runs: Vec<LineString>,
    /// Its ellipsoidal length in metres, along ways and links.
    pub length_m: f64,
    /// Its travel time in seconds, if time was minimised.
    pub time_s: Option<f64>,
    /// The minimised cost: metres or seconds, including the penalty for non-preferred territories.
    pub cost: f64,
    /// The via points, in order.
    pub vias: Vec<TraceVia>,
    /// The ways that it uses, in order.
    pub ways: Vec<TraceWay>,
    /// The straight links over gaps that it uses, in order.
    pub links: Vec<TraceLink>,
    /// How the positions of its ways were obtained.
    pub method: Method,
    /// The worst accuracy in metres of its ways, if all state one.
    pub position_accuracy_m: Option<f64>,
    /// The kind of its edges, for its length.
    pub edges: Edges,
    /// Distinct provenance of its ways.
    pub evidence: Vec<Evidence>,
}

/// A via point on the network.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct TraceVia {
    /// Its name.
    pub via: String,
    /// Its position on the network (lon, lat in degrees).
    pub position: [f64; 2],
    /// Distance in metres from the requested position.
    pub distance_m: f64,
    /// Chainage along the route in metres.
    pub chainage_m: f64,
    /// Id of the way on which it is.
    pub way: String,
}

/// A stretch of a route along one way.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct TraceWay {
    /// Id of the way.
    pub way: String,
    /// Its name.
    pub name: Option<String>,
    /// Its reference, as on signposts.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// Its class.
    pub class: Option<String>,
    /// Its surface.
    pub surface: Option<String>,
    /// Chainage of the start of the stretch in metres.
    pub from_m: f64,
    /// Chainage of its end in metres.
    pub to_m: f64,
    /// Its length in metres.
    pub length_m: f64,
    /// Whether it runs against the direction of the way.
    pub reversed: bool,
}

/// A straight link over a gap.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct TraceLink {
    /// Chainage of its start in metres.
    pub chainage_m: f64,
    /// Its length in metres.
    pub width_m: f64,
    /// Longitude and latitude in degrees of its start.
    pub position: [f64; 2],
    /// Longitude and latitude in degrees of its end.
    pub end: [f64; 2],
    /// Whether it bridges a gap between two components of the network; otherwise it snaps a loose end to a nearby line.
    pub bridged: bool,
}

/// Why there is no route.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum TraceError {
    /// A route needs at least two via points.
    #[error("a route goes through two places or more; there is {0}")]
    Vias(usize),
    /// No line is usable in this mode.
    #[error("none of the {lines} lines of the network is a {} that may be used", match mode { super::Mode::Rail => "railway", super::Mode::Road => "road" })]
    NoWays {
        /// The mode of travel.
        mode: super::Mode,
        /// Number of lines.
        lines: usize,
    },
    /// A via point is too far from every way.
    #[error(
        "place {number} ({name}) is {:.1} km from the nearest way (at {:.6}, {:.6}); it may be {:.1} km from it",
        distance_m / 1000.0, at[0], at[1], within_m / 1000.0
    )]
    Far {
        /// Its number, from 1.
        number: usize,
        /// Its name.
        name: String,
        /// Distance in metres to the nearest way.
        distance_m: f64,
        /// Position (lon, lat in degrees) of the nearest point of a way.
        at: [f64; 2],
        /// The distance limit in metres.
        within_m: f64,
    },
    /// A via point is in a territory to avoid.
    #[error("place {number} ({name}) is on a way in {territory}, which the route is to avoid")]
    InAvoided {
        /// Its number, from 1.
        number: usize,
        /// Its name.
        name: String,
        /// The territory.
        territory: String,
    },
    /// Two via points are in different components of the network.
    #[error("no way joins {from} and {to}: they are in different parts of the network{}", told(gaps))]
    Apart {
        /// The via point before.
        from: String,
        /// The via point after.
        to: String,
        /// The gaps between; if one is wider than 5 km, only the nearest positions of the two components.
        gaps: Vec<NetworkGap>,
    },
    /// Every path between two via points enters a territory to avoid.
    #[error("every way from {from} to {to} touches {}", territories.join(" or "))]
    Avoided {
        /// The via point before.
        from: String,
        /// The via point after.
        to: String,
        /// The territories to avoid.
        territories: Vec<String>,
    },
    /// One-way roads connect the two via points only in the opposite direction.
    #[error("ways join {from} and {to}, but one-way roads leave none in that direction")]
    OneWay {
        /// The via point before.
        from: String,
        /// The via point after.
        to: String,
    },
}

/// The gaps, as text for an error.
fn told(gaps: &[NetworkGap]) -> String {
    const MOST: usize = 5;
    let one = |gap: &NetworkGap| {
        let [x, y] = gap.position;
        format!("{:.1} m at {x:.6}, {y:.6} (between ways {} and {})", gap.width_m, gap.from_way, gap.to_way)
    };
    let more = gaps.len().saturating_sub(MOST);
    let more = if more > 0 { format!("; {more} more") } else { String::new() };
    match gaps {
        [] => String::new(),
        [only] => format!("; the gap between them is {}", one(only)),
        all => {
            format!("; the gaps between them: {}{more}", all.iter().take(MOST).map(one).collect::<Vec<_>>().join("; "))
        }
    }
}

/// Returns the route of least length or time through via points, in their order.
///
/// # Earth and units
/// WGS 84; metres along edges as the data define them; positions (lon, lat) in degrees.
///
/// # Method
/// Each via point is projected to the nearest point of a way. Ways are split at these points, at shared vertices and at
/// the ends of links; on the graph of these pieces the cheapest path is found from via point to via point (A\*; the
/// lower bound is the chord through the ellipsoid). Pieces with a position inside a territory to avoid, or on its
/// outline, are left out. On a piece, edges whose midpoint is outside the preferred territories count
/// [`PREFERENCE`](super::PREFERENCE) times.
///
/// # Errors
/// A via point far from every way or in a territory to avoid, disconnected components of the network (with the gaps
/// between), a territory to avoid that blocks every path, or one-way roads.
///
/// # Guarantees
/// Without one-way roads the reverse route has the same cost. A route touches none of the territories to avoid. The
/// lengths of ways and links add up to the total.
///
/// # Examples
/// ```
/// use merestone::construct::{Network, NetworkOptions, TraceOptions, ViaPoint, trace};
/// use merestone::{geo::{coord, line_string}, model::Route};
/// let road = Route::new("road", [line_string![(x: 10.0, y: 45.0), (x: 10.1, y: 45.0)]])?;
/// let (network, _) = Network::new([road], &NetworkOptions::default());
/// let via = |lon: f64| ViaPoint { name: String::new(), position: coord! { x: lon, y: 45.0 } };
/// let route = trace(&network, &[via(10.0), via(10.05)], &[], &TraceOptions::default())?;
/// assert!((route.length_m - 3_942.5).abs() < 0.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn trace(
    network: &Network,
    vias: &[ViaPoint],
    territories: &[Territory],
    options: &TraceOptions,
) -> Result<Trace, TraceError> {
    if vias.len() < 2 {
        return Err(TraceError::Vias(vias.len()));
    }
    let avoid = TerritoryMask::new(territories, &options.avoid);
    let spots = spots(network, vias, &avoid, options)?;
    let prefer = TerritoryMask::new(territories, &options.prefer);
    let nodes = Nodes::new(network, &spots);
    let edges = edges(network, &nodes, options.weight, &prefer);
    let graph = graph(network, &nodes, &edges, &avoid);
    let per_m = match options.weight {
        Weight::Length => 1.0,
        Weight::Time => 3.6 / FASTEST_KMH,
    };
    let cost = |label: u32| edges[(label / 2) as usize].cost;
    let mut path = Path::new(network, &nodes, &edges);
    for (leg, ends) in nodes.vias.windows(2).enumerate() {
        let goal = to_geocentric_m(nodes.places[ends[1] as usize]);
        let least = |at: Coord| {
            let from = to_geocentric_m(at);
            let squared: f64 = from.iter().zip(goal).map(|(a, b)| (a - b) * (a - b)).sum();
            squared.sqrt() * per_m * ROUNDING
        };
        let pair = [ends[0], ends[1]];
        path.at_via();
        match graph.cheapest(pair, cost, least) {
            Some((_, labels)) => path.follow(ends[0], &labels),
            None => {
                let names = [leg, leg + 1].map(|number| vias[number].name.clone());
                let all = || graph_of_all(network, &nodes, &edges).cheapest(pair, cost, least).is_some();
                return Err(no_way(network, [spots[leg].0, spots[leg + 1].0], names, &options.avoid, all));
            }
        }
    }
    path.at_via();
    Ok(path.traced(vias, &spots, options.weight))
}

/// Determines why no path connects two locations.
fn no_way(
    network: &Network,
    spots: [NetworkLocation; 2],
    [from, to]: [String; 2],
    avoid: &[String],
    joined_by_all: impl Fn() -> bool,
) -> TraceError {
    let parts = spots.map(|spot| network.parts.part(network.flat.vertex(spot)));
    if parts[0] != parts[1] {
        let gaps = gaps::on_the_way(&network.flat, &network.parts, &network.levels(), parts[0], parts[1]);
        let gaps = gaps.iter().map(|(link, width_m)| network.gap(link, *width_m, false)).collect();
        return TraceError::Apart { from, to, gaps };
    }
    if !avoid.is_empty() && joined_by_all() {
        return TraceError::Avoided { from, to, territories: avoid.to_vec() };
    }
    TraceError::OneWay { from, to }
}

/// The locations of the via points on the network, and their distances from it in metres.
fn spots(
    network: &Network,
    vias: &[ViaPoint],
    avoid: &TerritoryMask<'_>,
    options: &TraceOptions,
) -> Result<Vec<(NetworkLocation, f64)>, TraceError> {
    let flat = &network.flat;
    let one = |(index, via): (usize, &ViaPoint)| {
        let (number, name) = (index + 1, via.name.clone());
        let lines = network.summary().not_for_mode;
        let hit = flat.nearest(via.position).ok_or(TraceError::NoWays { mode: network.mode(), lines })?;
        let spot = flat.spot(hit);
        let place = flat.place(spot);
        let away_m = distance_m(via.position, place);
        if away_m > options.within_m {
            let (at, within_m) = ([place.x, place.y], options.within_m);
            return Err(TraceError::Far { number, name, distance_m: away_m, at, within_m });
        }
        match avoid.holder(place) {
            Some(territory) => Err(TraceError::InAvoided { number, name, territory: territory.to_owned() }),
            None => Ok((spot, away_m)),
        }
    };
    vias.iter().enumerate().map(one).collect()
}

fn graph<'n>(network: &Network, nodes: &'n Nodes, edges: &[NetworkEdge], avoid: &TerritoryMask<'_>) -> Arcs<'n> {
    if avoid.is_empty() {
        return graph_of_all(network, nodes, edges);
    }
    let clear: Vec<bool> = edges.par_iter().map(|edge| !avoid.touches(&chain(&network.flat, nodes, edge))).collect();
    graph_where(network, nodes, edges, |number| clear[number])
}

fn graph_of_all<'n>(network: &Network, nodes: &'n Nodes, edges: &[NetworkEdge]) -> Arcs<'n> {
    graph_where(network, nodes, edges, |_| true)
}

/// The graph of the selected edges; an arc's label is twice the number of its edge, plus one against the edge's
/// direction.
fn graph_where<'n>(
    network: &Network,
    nodes: &'n Nodes,
    edges: &[NetworkEdge],
    keep: impl Fn(usize) -> bool,
) -> Arcs<'n> {
    let arcs = edges.iter().enumerate().filter(|(number, _)| keep(*number)).flat_map(|(number, edge)| {
        let [along, against] = directions(network, edge);
        let label = 2 * number as u32;
        let along = along.then_some((edge.from, edge.to, label));
        along.into_iter().chain(against.then_some((edge.to, edge.from, label + 1)))
    });
    Arcs::new(&nodes.places, arcs.collect(), |label| edges[(label / 2) as usize].cost)
}
