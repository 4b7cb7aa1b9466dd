//! Edges of the routing graph: ways split at its nodes.

use super::flat::{Flat, NetworkLocation, WayRun};
use super::network::Network;
use super::territory_mask::{PREFERENCE, TerritoryMask};
use super::trace::Weight;
use crate::earth::{distance_m, edge_length_as};
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// In place of a way's number: the edge is a link.
pub(super) const LINK: u32 = u32::MAX;
/// Speed in km/h along a link.
const LINK_KMH: f64 = 10.0;

/// Nodes inside segments, by segment and the bits of the share.
type InnerNodes = FxHashMap<(u32, u64), u32>;

/// An edge between two nodes: a stretch of a way, or a link.
pub(super) struct NetworkEdge {
    pub from: u32,
    pub to: u32,
    /// The way, or [`LINK`].
    pub way: u32,
    /// The index range of its inner positions; for a link, its number.
    pub inside: [u32; 2],
    pub length_m: f64,
    pub cost: f64,
}

/// Nodes of the graph, with their positions.
pub(super) struct Nodes {
    pub places: Vec<Coord>,
    /// The node at each vertex, if any.
    pub of_vertex: Vec<u32>,
    /// Nodes inside segments: segment, share and node, ordered by segment.
    pub inside: Vec<(u32, f64, u32)>,
    /// Nodes of the via points.
    pub vias: Vec<u32>,
    /// Nodes at the ends of links.
    pub links: Vec<[u32; 2]>,
}

impl Nodes {
    pub fn new(network: &Network, vias: &[(NetworkLocation, f64)]) -> Self {
        let flat = &network.flat;
        let mut nodes = Nodes {
            places: Vec::new(),
            of_vertex: Vec::new(),
            inside: Vec::new(),
            vias: Vec::new(),
            links: Vec::new(),
        };
        nodes.of_vertex = vec![u32::MAX; flat.places.len()];
        let mut known = InnerNodes::default();
        for (vertex, _) in flat.junctions().into_iter().enumerate().filter(|(_, is)| *is) {
            nodes.node(flat, NetworkLocation::Vertex(vertex as u32), &mut known);
        }
        for link in &network.links {
            let ends = [NetworkLocation::Vertex(link.from), link.to].map(|spot| nodes.node(flat, spot, &mut known));
            nodes.links.push(ends);
        }
        nodes.vias = vias.iter().map(|(spot, _)| nodes.node(flat, *spot, &mut known)).collect();
        nodes.inside.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        nodes
    }

    fn node(&mut self, flat: &Flat, spot: NetworkLocation, known: &mut InnerNodes) -> u32 {
        let next = self.places.len() as u32;
        match spot {
            NetworkLocation::Vertex(vertex) => {
                let node = &mut self.of_vertex[vertex as usize];
                if *node == u32::MAX {
                    *node = next;
                    self.places.push(flat.places[vertex as usize]);
                }
                *node
            }
            NetworkLocation::Inside { segment, share, at } => {
                let node = *known.entry((segment, share.to_bits())).or_insert(next);
                if node == next {
                    self.inside.push((segment, share, next));
                    self.places.push(at);
                }
                node
            }
        }
    }
}

/// The edges of the graph: pieces of ways between nodes, and links.
pub(super) fn edges(network: &Network, nodes: &Nodes, weight: Weight, prefer: &TerritoryMask<'_>) -> Vec<NetworkEdge> {
    let (flat, kind) = (&network.flat, network.edges);
    let measured = |from: u32, to: u32, way: u32, inside: [u32; 2]| {
        let mut edge = NetworkEdge { from, to, way, inside, length_m: 0.0, cost: 0.0 };
        let (mut before, mut length_m) = (None, 0.0);
        for at in positions(flat, nodes, &edge) {
            let length = |from| if way == LINK { distance_m(from, at) } else { edge_length_as(from, at, kind) };
            length_m += before.map_or(0.0, length);
            before = Some(at);
        }
        edge.length_m = length_m;
        let counted_m = match prefer.is_empty() {
            true => edge.length_m,
            false => {
                let chain = chain(flat, nodes, &edge);
                edge.length_m + (PREFERENCE - 1.0) * prefer.outside_m(&chain, |a, b| edge_length_as(a, b, kind))
            }
        };
        edge.cost = counted_m
            * match weight {
                Weight::Length => 1.0,
                Weight::Time => 3.6 / speed_kmh(network, way),
            };
        edge
    };
    let of_run = |run: &WayRun| {
        let mut edges = Vec::new();
        let mut from = (nodes.of_vertex[flat.vertices[run.first as usize] as usize], run.first + 1);
        let mut cut = nodes.inside.partition_point(|(segment, ..)| *segment < run.first);
        for position in run.first + 1..run.end {
            while let Some((.., node)) = nodes.inside.get(cut).filter(|(segment, ..)| *segment == position - 1) {
                edges.push(measured(from.0, *node, run.way, [from.1, position]));
                from = (*node, position);
                cut += 1;
            }
            let node = nodes.of_vertex[flat.vertices[position as usize] as usize];
            if node != u32::MAX {
                edges.push(measured(from.0, node, run.way, [from.1, position]));
                from = (node, position + 1);
            }
        }
        edges
    };
    let is_node = |position: &u32| nodes.of_vertex[*position as usize] != u32::MAX;
    let most = flat.vertices.par_iter().filter(|position| is_node(position)).count() + nodes.inside.len();
    let mut edges: Vec<NetworkEdge> = Vec::with_capacity(most + nodes.links.len());
    // Block by block: parallel collection doubles the memory of a block.
    for block in flat.runs.chunks(1 << 15) {
        edges.par_extend(block.par_iter().with_min_len(256).flat_map_iter(of_run));
    }
    let links = nodes.links.iter().zip(0..).map(|([from, to], number)| measured(*from, *to, LINK, [number, number]));
    edges.extend(links);
    edges
}

pub(super) fn speed_kmh(network: &Network, way: u32) -> f64 {
    network.ways.get(way as usize).map_or(LINK_KMH, |way| way.access.speed_kmh)
}

/// The positions of an edge, in its direction.
pub(super) fn chain(flat: &Flat, nodes: &Nodes, edge: &NetworkEdge) -> Vec<Coord> {
    positions(flat, nodes, edge).collect()
}

fn positions(flat: &Flat, nodes: &Nodes, edge: &NetworkEdge) -> impl Iterator<Item = Coord> {
    let inside = if edge.way == LINK { &[] } else { &flat.positions[edge.inside[0] as usize..edge.inside[1] as usize] };
    let [from, to] = [edge.from, edge.to].map(|node| nodes.places[node as usize]);
    let start = on_side_of(from, inside.first().copied().unwrap_or(to));
    let end = on_side_of(to, inside.last().copied().unwrap_or(start));
    [start].into_iter().chain(inside.iter().copied()).chain([end])
}

/// A node on ±180° with the longitude of the side on which an edge continues from it: a node there has both.
fn on_side_of(node: Coord, next: Coord) -> Coord {
    if node.x.abs() == 180.0 && next.x != 0.0 { Coord { x: node.x.copysign(next.x), ..node } } else { node }
}

/// Whether an edge may be used in its direction, and against it.
pub(super) fn directions(network: &Network, edge: &NetworkEdge) -> [bool; 2] {
    network.ways.get(edge.way as usize).map_or([true, true], |way| [way.access.forward, way.access.backward])
}
