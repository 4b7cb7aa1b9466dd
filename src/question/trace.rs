//! A route along a network, with its lengths by territory.

use super::route::{RouteOptions, RouteReport, routes};
use crate::construct::{
    Mode, Network, NetworkGap, NetworkSummary, Trace, TraceLink, TraceOptions, TraceVia, TraceWay, Weight,
};
use crate::model::{Answer, Evidence, Meta, Provenance, Route, Territory, Warning, WarningCode};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// A route along a network, with its lengths by territory.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct TraceReport {
    /// Id of the route.
    pub route: String,
    /// The mode of travel: which ways were used.
    pub mode: Mode,
    /// The quantity that was minimised.
    pub weight: Weight,
    /// Its ellipsoidal length in metres.
    pub length_m: f64,
    /// Its travel time in seconds, if time was minimised.
    pub time_s: Option<f64>,
    /// Territories that it does not touch.
    pub avoided: Vec<String>,
    /// Preferred territories: a metre outside them counted twice.
    pub preferred: Vec<String>,
    /// Total length in metres of the straight links over gaps.
    pub bridged_m: f64,
    /// Its lengths by territory, with its crossings.
    pub territories: RouteReport,
    /// The via points, in order.
    pub vias: Vec<TraceVia>,
    /// The ways that it uses, in order.
    pub ways: Vec<TraceWay>,
    /// The straight links over gaps that it uses.
    pub links: Vec<TraceLink>,
    /// Gaps between parts of the network, the narrowest first.
    pub gaps: Vec<NetworkGap>,
    /// Summary of the network.
    pub network: NetworkSummary,
    /// The route itself.
    #[serde(skip)]
    pub course: Route,
}

/// Id of a traced route, and source and date of its network.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct TracedAs {
    /// Id of the route.
    pub id: String,
    /// Source of the network.
    pub source: Option<String>,
    /// Date of the network.
    pub date: Option<String>,
}

/// Returns the report on a traced route: its lengths by territory, its crossings, its ways and the gaps of its network.
///
/// # Earth and units
/// As [`routes`]; the lengths of ways and links add up to the total length.
pub fn traced(
    network: &Network,
    trace: &Trace,
    called: &TracedAs,
    options: &TraceOptions,
    territories: &[Territory],
    route_options: &RouteOptions,
) -> Answer<TraceReport> {
    let same = |pick: fn(&Evidence) -> &Option<String>| {
        let first = trace.evidence.first().map(pick);
        first.filter(|first| trace.evidence.iter().all(|own| pick(own) == *first)).cloned().flatten()
    };
    let evidence = Evidence {
        source: called.source.clone().or_else(|| same(|own| &own.source)),
        date: called.date.clone().or_else(|| same(|own| &own.date)),
        method: Some(trace.method),
        position_accuracy_m: trace.position_accuracy_m,
        datum: trace.evidence.first().and_then(|own| own.datum.clone()),
        ..Evidence::default()
    };
    let meta = Meta { evidence, edges: trace.edges, ..Meta::new(called.id.clone()) };
    let mode = Some(network.mode().word().to_owned());
    let course = Route { meta, mode, status: None, runs: trace.runs.clone(), published_length_km: None };
    let answer = routes(std::slice::from_ref(&course), territories, route_options);
    let Answer { report: mut answers, mut warnings, provenance: of_routes } = answer;
    let bridged: Vec<&TraceLink> = trace.links.iter().filter(|link| link.bridged).collect();
    for link in &bridged {
        let message = format!(
            "{}: at {:.3} km a gap of {:.1} m in the network is bridged by a straight line ({:.6}, {:.6})",
            called.id,
            link.chainage_m / 1000.0,
            link.width_m,
            link.position[0],
            link.position[1],
        );
        warnings.push(Warning { code: WarningCode::Gap, message, feature: Some(called.id.clone()) });
    }
    let report = TraceReport {
        route: called.id.clone(),
        mode: network.mode(),
        weight: options.weight,
        length_m: trace.length_m,
        time_s: trace.time_s,
        avoided: options.avoid.clone(),
        preferred: options.prefer.clone(),
        bridged_m: bridged.iter().fold(0.0, |sum, link| sum + link.width_m),
        territories: answers.swap_remove(0),
        vias: trace.vias.clone(),
        ways: trace.ways.clone(),
        links: trace.links.clone(),
        gaps: network.gaps().to_vec(),
        network: network.summary(),
        course,
    };
    // Without territories there are no crossings.
    let uncertain = of_routes.uncertain.filter(|_| !territories.is_empty());
    let provenance = Provenance { uncertain, ..Provenance::of([&report.course.meta]) };
    Answer::new(report, provenance, warnings)
}
