//! Assembles a traced route from the edges of the graph.

use super::flat::NetworkLocation;
use super::network::{Network, WayAttributes, method};
use super::pieces::{LINK, NetworkEdge, Nodes, chain, speed_kmh};
use super::trace::{Trace, TraceLink, TraceVia, TraceWay, ViaPoint, Weight};
use crate::earth::shortest_runs;
use crate::model::Evidence;
use geo::{Coord, LineString};

/// A route under construction.
pub(super) struct Path<'a> {
    network: &'a Network,
    nodes: &'a Nodes,
    edges: &'a [NetworkEdge],
    /// Runs; a new one starts where the route crosses ±180°.
    runs: Vec<Vec<Coord>>,
    length_m: f64,
    time_s: f64,
    cost: f64,
    chainages_m: Vec<f64>,
    ways: Vec<(u32, bool, f64, f64)>,
    links: Vec<TraceLink>,
}

impl<'a> Path<'a> {
    pub fn new(network: &'a Network, nodes: &'a Nodes, edges: &'a [NetworkEdge]) -> Self {
        let (runs, chainages_m, ways, links) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Path { network, nodes, edges, runs, length_m: 0.0, time_s: 0.0, cost: 0.0, chainages_m, ways, links }
    }

    pub fn at_via(&mut self) {
        self.chainages_m.push(self.length_m);
    }

    pub fn follow(&mut self, from: u32, labels: &[u32]) {
        if self.runs.is_empty() && labels.is_empty() {
            self.runs.push(vec![self.nodes.places[from as usize]]);
        }
        for label in labels {
            let (edge, against) = (&self.edges[(label / 2) as usize], label % 2 == 1);
            let mut positions = chain(&self.network.flat, self.nodes, edge);
            if against {
                positions.reverse();
            }
            let [from_m, to_m] = [self.length_m, self.length_m + edge.length_m];
            if edge.way == LINK {
                let (start, end) = (positions[0], positions[positions.len() - 1]);
                self.links.push(TraceLink {
                    chainage_m: from_m,
                    width_m: edge.length_m,
                    position: [start.x, start.y],
                    end: [end.x, end.y],
                    bridged: self.network.links[edge.inside[0] as usize].bridged,
                });
            } else {
                match self.ways.last_mut() {
                    Some((way, reversed, _, end)) if (*way, *reversed) == (edge.way, against) && *end == from_m => {
                        *end = to_m;
                    }
                    _ => self.ways.push((edge.way, against, from_m, to_m)),
                }
            }
            // A link may cross ±180°.
            for positions in if edge.way == LINK { shortest_runs(&positions) } else { vec![positions] } {
                match self.runs.last_mut() {
                    Some(run) if run.last() == positions.first() => run.extend(positions.into_iter().skip(1)),
                    Some(run) if run.len() == 1 => *run = positions,
                    _ => self.runs.push(positions),
                }
            }
            self.time_s += edge.length_m * 3.6 / speed_kmh(self.network, edge.way);
            self.cost += edge.cost;
            self.length_m = to_m;
        }
    }

    pub fn traced(self, vias: &[ViaPoint], spots: &[(NetworkLocation, f64)], weight: Weight) -> Trace {
        let network = self.network;
        let way = |number: u32| &network.ways[number as usize];
        let used = || self.ways.iter().map(|(number, ..)| way(*number));
        let stated: Option<Vec<f64>> = used().map(|way| way.evidence.position_accuracy_m).collect();
        let mut evidence: Vec<Evidence> = Vec::new();
        for own in used().map(|way| way.evidence.as_ref()) {
            if !evidence.contains(own) {
                evidence.push(own.clone());
            }
        }
        let stretch = |&(number, reversed, from_m, to_m): &(u32, bool, f64, f64)| {
            let WayAttributes { id, name, reference, surface, access, .. } = way(number);
            TraceWay {
                way: id.to_string(),
                name: name.as_deref().map(str::to_owned),
                reference: reference.as_deref().map(str::to_owned),
                class: access.class.as_deref().map(str::to_owned),
                surface: surface.as_deref().map(str::to_owned),
                from_m,
                to_m,
                length_m: to_m - from_m,
                reversed,
            }
        };
        let through = vias.iter().zip(spots).zip(&self.chainages_m).map(|((via, (spot, distance_m)), chainage_m)| {
            let at = network.flat.place(*spot);
            TraceVia {
                via: via.name.clone(),
                position: [at.x, at.y],
                distance_m: *distance_m,
                chainage_m: *chainage_m,
                way: network.way_at(*spot),
            }
        });
        Trace {
            length_m: self.length_m,
            time_s: (weight == Weight::Time).then_some(self.time_s),
            cost: self.cost,
            vias: through.collect(),
            ways: self.ways.iter().map(stretch).collect(),
            links: self.links,
            method: method(used()),
            position_accuracy_m: stated.and_then(|all| all.into_iter().reduce(f64::max)),
            edges: network.edges,
            evidence,
            runs: self.runs.into_iter().map(LineString).collect(),
        }
    }
}
