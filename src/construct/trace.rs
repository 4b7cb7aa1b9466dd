//! The shortest or fastest route along a network, through places.

use super::access::FASTEST_KMH;
use super::flat::Spot;
use super::gaps::{self, NetworkGap};
use super::graph::Arcs;
use super::network::Network;
use super::path::Path;
use super::pieces::{Edge, Nodes, chain, directions, edges};
use super::reach::Reach;
use crate::earth::{distance_m, to_geocentric_m};
use crate::model::{Edges, Evidence, Method, Territory};
use geo::{Coord, LineString};
use rayon::prelude::*;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use thiserror::Error;

/// A place to go through may be so many metres from the network, where nothing else is asked for.
pub const DEFAULT_WITHIN_M: f64 = 5000.0;
/// What the least cost of a way is lowered by, so that rounding makes it no greater than the cost.
const ROUNDING: f64 = 1.0 - 1e-9;

/// What a route is to have least of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Length.
    #[default]
    Length,
    /// Time, at a speed by class of way.
    Time,
}

/// What a route is to keep to.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TraceOptions {
    /// What it is to have least of.
    pub weight: Weight,
    /// Ids of territories that it never touches.
    pub avoid: Vec<String>,
    /// Ids of territories that it prefers: a metre outside counts [`PREFERENCE`](super::PREFERENCE) times.
    pub prefer: Vec<String>,
    /// How many metres a place to go through may be from the network.
    pub within_m: f64,
}

impl Default for TraceOptions {
    fn default() -> Self {
        TraceOptions { weight: Weight::default(), avoid: Vec::new(), prefer: Vec::new(), within_m: DEFAULT_WITHIN_M }
    }
}

/// A place that a route is to go through.
#[derive(Debug, Clone, PartialEq)]
pub struct ViaPoint {
    /// What it is called in the answer.
    pub name: String,
    /// Longitude and latitude in degrees.
    pub position: Coord,
}

/// A route along a network.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Trace {
    /// Its course; longitude and latitude in degrees.
    pub line: LineString,
    /// Its ellipsoidal length in metres, along ways and links.
    pub length_m: f64,
    /// Its time in seconds at the speeds of the classes, where it is to have least of that.
    pub time_s: Option<f64>,
    /// What was least: metres or seconds, with what the preference adds.
    pub cost: f64,
    /// The places that it goes through, in order.
    pub vias: Vec<TraceVia>,
    /// The ways that it uses, in order.
    pub ways: Vec<TraceWay>,
    /// The straight lines over gaps that it uses, in order.
    pub links: Vec<TraceLink>,
    /// How the positions of its ways came about.
    pub method: Method,
    /// The worst accuracy in metres that its ways state, where all do.
    pub position_accuracy_m: Option<f64>,
    /// How its edges run, for its length.
    pub edges: Edges,
    /// The provenance of its ways, where they have one.
    pub evidence: Vec<Evidence>,
}

/// A place that a route goes through.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct TraceVia {
    /// What it is called.
    pub via: String,
    /// Longitude and latitude in degrees on the network.
    pub position: [f64; 2],
    /// Distance in metres from the place asked for.
    pub distance_m: f64,
    /// Distance along the route from its start, in metres.
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
    /// Whether it runs against the way's own direction.
    pub reversed: bool,
}

/// A straight line over a gap.
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
    /// Whether it bridges a gap between two parts of the network, rather than joins a loose end to a line beside it.
    pub bridged: bool,
}

/// Why there is no route.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum TraceError {
    /// A route needs two places.
    #[error("a route goes through two places or more; there is {0}")]
    Vias(usize),
    /// No line may be used.
    #[error("none of the {lines} lines of the network is a {} that may be used", match mode { super::Mode::Rail => "railway", super::Mode::Road => "road" })]
    NoWays {
        /// The mode of travel.
        mode: super::Mode,
        /// How many lines there are.
        lines: usize,
    },
    /// A place is far from every way.
    #[error(
        "place {number} ({name}) is {:.1} km from the nearest way (at {:.6}, {:.6}); it may be {:.1} km from it",
        distance_m / 1000.0, at[0], at[1], within_m / 1000.0
    )]
    Far {
        /// Its number, from 1.
        number: usize,
        /// What it is called.
        name: String,
        /// Distance in metres to the nearest way.
        distance_m: f64,
        /// Longitude and latitude in degrees of the nearest place of a way.
        at: [f64; 2],
        /// How far it may be.
        within_m: f64,
    },
    /// A place is in land that the route is to avoid.
    #[error("place {number} ({name}) is on a way in {territory}, which the route is to avoid")]
    InAvoided {
        /// Its number, from 1.
        number: usize,
        /// What it is called.
        name: String,
        /// The territory.
        territory: String,
    },
    /// The network between two places is interrupted.
    #[error("no way joins {from} and {to}: they are in different parts of the network{}", told(gaps))]
    Apart {
        /// The place before.
        from: String,
        /// The place after.
        to: String,
        /// The gaps between, none where one is wider than 5 km.
        gaps: Vec<NetworkGap>,
    },
    /// Every way between two places enters land that the route is to avoid.
    #[error("every way from {from} to {to} touches {}", territories.join(" or "))]
    Avoided {
        /// The place before.
        from: String,
        /// The place after.
        to: String,
        /// The territories to avoid.
        territories: Vec<String>,
    },
    /// One-way roads lead from one place to the other in the wrong direction only.
    #[error("ways join {from} and {to}, but one-way roads leave none in that direction")]
    OneWay {
        /// The place before.
        from: String,
        /// The place after.
        to: String,
    },
}

/// What is said of gaps in an error.
fn told(gaps: &[NetworkGap]) -> String {
    const MOST: usize = 5;
    let one = |gap: &NetworkGap| {
        let [x, y] = gap.position;
        format!("{:.1} m at {x:.6}, {y:.6} (between ways {} and {})", gap.width_m, gap.from_way, gap.to_way)
    };
    let more = gaps.len().saturating_sub(MOST);
    let more = if more > 0 { format!("; {more} more") } else { String::new() };
    match gaps {
        [] => ", with a gap wider than 5 km between them".to_owned(),
        [only] => format!("; the gap between them is {}", one(only)),
        all => {
            format!("; the gaps between them: {}{more}", all.iter().take(MOST).map(one).collect::<Vec<_>>().join("; "))
        }
    }
}

/// Returns the route with the least length or time through places, in their order.
///
/// # Earth and units
/// WGS 84, metres along the edges of ways as they are read.
///
/// # Method
/// Each place is moved to the nearest place of a way. The ways are cut at these places, at the vertices that they share and
/// where links reach them; of the graph of these pieces the cheapest path is found from place to place (A\*, with the chord
/// through the ellipsoid as the least length of the rest). Pieces that have a position in a territory to avoid, or on its
/// outline, are left out. Of a piece, the edges whose middle is in none of the preferred territories count
/// [`PREFERENCE`](super::PREFERENCE) times.
///
/// # Errors
/// A place far from every way or in land to avoid, parts of the network that no way joins (with the gaps between), land to
/// avoid that lies across, one-way roads.
///
/// # Guarantees
/// Without one-way roads the way back costs the same. A route touches none of the territories to avoid. The lengths of ways
/// and links add up to the total.
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
    let avoid = Reach::new(territories, &options.avoid);
    let spots = spots(network, vias, &avoid, options)?;
    let prefer = Reach::new(territories, &options.prefer);
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

/// Why no way joins two places.
fn no_way(
    network: &Network,
    spots: [Spot; 2],
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

/// The places of the network at which the route goes through the places asked for, and how far they are from these.
fn spots(
    network: &Network,
    vias: &[ViaPoint],
    avoid: &Reach<'_>,
    options: &TraceOptions,
) -> Result<Vec<(Spot, f64)>, TraceError> {
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

fn graph<'n>(network: &Network, nodes: &'n Nodes, edges: &[Edge], avoid: &Reach<'_>) -> Arcs<'n> {
    if avoid.is_empty() {
        return graph_of_all(network, nodes, edges);
    }
    let clear: Vec<bool> = edges.par_iter().map(|edge| !avoid.touches(&chain(&network.flat, nodes, edge))).collect();
    graph_where(network, nodes, edges, |number| clear[number])
}

fn graph_of_all<'n>(network: &Network, nodes: &'n Nodes, edges: &[Edge]) -> Arcs<'n> {
    graph_where(network, nodes, edges, |_| true)
}

/// The graph of the edges that are kept; labels are twice the number of the edge, and one more against it.
fn graph_where<'n>(network: &Network, nodes: &'n Nodes, edges: &[Edge], keep: impl Fn(usize) -> bool) -> Arcs<'n> {
    let arcs = edges.iter().enumerate().filter(|(number, _)| keep(*number)).flat_map(|(number, edge)| {
        let [along, against] = directions(network, edge);
        let label = 2 * number as u32;
        let along = along.then_some((edge.from, edge.to, label));
        along.into_iter().chain(against.then_some((edge.to, edge.from, label + 1)))
    });
    Arcs::new(&nodes.places, arcs.collect(), |label| edges[(label / 2) as usize].cost)
}
