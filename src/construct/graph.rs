//! Shortest paths (A*). The only module that uses `petgraph`.

use geo::Coord;
use petgraph::csr::Csr;
use petgraph::visit::EdgeRef;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// An arc: source node, target node, and a label chosen by the caller.
pub(super) type Arc = (u32, u32, u32);

/// Nodes with their positions, and arcs in compressed sparse rows: 8 bytes each.
pub(super) struct Arcs<'n> {
    places: &'n [Coord],
    rows: Csr<(), u32>,
}

impl<'n> Arcs<'n> {
    /// Builds the graph from nodes and arcs; `cost` gives the cost of an arc by its label and is never negative.
    pub fn new(places: &'n [Coord], mut arcs: Vec<Arc>, cost: impl Fn(u32) -> f64 + Sync) -> Self {
        // Of parallel arcs the cheapest is kept. No path uses a self-loop.
        arcs.retain(|arc| arc.0 != arc.1);
        let mut arcs = by_start(arcs, places.len());
        arcs.par_chunk_by_mut(|a, b| a.0 == b.0).for_each(|row| {
            row.sort_unstable_by(|a, b| {
                let ends = a.1.cmp(&b.1);
                ends.then_with(|| cost(a.2).total_cmp(&cost(b.2))).then_with(|| a.2.cmp(&b.2))
            });
        });
        arcs.dedup_by_key(|arc| (arc.0, arc.1));
        // Building fails only for unsorted arcs.
        Arcs { places, rows: Csr::from_sorted_edges(&arcs).unwrap_or_else(|_| Csr::new()) }
    }

    /// The cost of the cheapest path and the labels of its arcs; `None` if there is no path.
    ///
    /// A* (Hart, Nilsson and Raphael 1968); `least` is a lower bound of the remaining cost from a position. Node data
    /// are in arrays, where petgraph's own search uses hash tables.
    pub fn cheapest(
        &self,
        [from, to]: [u32; 2],
        cost: impl Fn(u32) -> f64,
        least: impl Fn(Coord) -> f64,
    ) -> Option<(f64, Vec<u32>)> {
        if from == to {
            return Some((0.0, Vec::new()));
        }
        let count = self.rows.node_count();
        // Nodes after the last one with an arc are not in the rows.
        if from.max(to) as usize >= count {
            return None;
        }
        let least = |node: u32| least(self.places[node as usize]);
        let mut reached = vec![Reached { cost: f64::INFINITY, before: u32::MAX, label: 0 }; count];
        reached[from as usize].cost = 0.0;
        let mut open = BinaryHeap::from([Open { bound: least(from), cost: 0.0, node: from }]);
        while let Some(Open { cost: so_far, node, .. }) = open.pop() {
            if node == to {
                break;
            }
            // A cheaper path to it has been expanded already.
            if so_far > reached[node as usize].cost {
                continue;
            }
            for arc in self.rows.edges(node) {
                let (next, label) = (arc.target(), *arc.weight());
                let whole = so_far + cost(label);
                if whole < reached[next as usize].cost {
                    reached[next as usize] = Reached { cost: whole, before: node, label };
                    open.push(Open { bound: whole + least(next), cost: whole, node: next });
                }
            }
        }
        let total = reached[to as usize].cost;
        if total.is_infinite() {
            return None;
        }
        let (mut labels, mut node) = (Vec::new(), to);
        while node != from {
            let Reached { before, label, .. } = reached[node as usize];
            labels.push(label);
            node = before;
        }
        labels.reverse();
        Some((total, labels))
    }
}

/// Arcs in the order of the nodes from which they start, by counting: there are few for each node.
fn by_start(arcs: Vec<Arc>, nodes: usize) -> Vec<Arc> {
    let mut next = vec![0_u32; nodes + 1];
    arcs.iter().for_each(|arc| next[arc.0 as usize + 1] += 1);
    for node in 0..nodes {
        next[node + 1] += next[node];
    }
    let mut ordered = vec![(0, 0, 0); arcs.len()];
    for arc in arcs {
        let place = &mut next[arc.0 as usize];
        ordered[*place as usize] = arc;
        *place += 1;
    }
    ordered
}

/// The cheapest way to a node so far: its cost, the node before and the arc from there. One entry, for one cache line.
#[derive(Clone, Copy)]
struct Reached {
    cost: f64,
    before: u32,
    label: u32,
}

/// A node that may be gone on from: the least bound first, of equal ones the dearer, which is nearer to the end.
struct Open {
    bound: f64,
    cost: f64,
    node: u32,
}

impl Ord for Open {
    fn cmp(&self, other: &Self) -> Ordering {
        let bounds = other.bound.total_cmp(&self.bound);
        bounds.then_with(|| self.cost.total_cmp(&other.cost)).then_with(|| other.node.cmp(&self.node))
    }
}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Open {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Open {}
