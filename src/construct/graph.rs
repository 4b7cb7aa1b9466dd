//! Shortest paths. The one door to `petgraph`.

use geo::Coord;
use petgraph::algo::astar;
use petgraph::graph::{Graph, NodeIndex};

/// Nodes with their places, and arcs with a label of the caller's.
pub(super) struct Arcs(Graph<Coord, u32>);

impl Arcs {
    /// Builds the graph of nodes and of arcs from node to node.
    pub fn new(nodes: &[Coord], arcs: impl Iterator<Item = (u32, u32, u32)>) -> Self {
        let mut graph = Graph::with_capacity(nodes.len(), arcs.size_hint().0);
        nodes.iter().for_each(|place| _ = graph.add_node(*place));
        for (from, to, label) in arcs {
            graph.add_edge(NodeIndex::new(from as usize), NodeIndex::new(to as usize), label);
        }
        Arcs(graph)
    }

    /// The labels of the arcs of the cheapest path, and its cost; none where there is no path.
    ///
    /// `cost` is that of an arc by its label, and never negative; `least` never exceeds the cost of the rest of the way from a
    /// place on (A*, Hart, Nilsson and Raphael 1968).
    pub fn cheapest(
        &self,
        [from, to]: [u32; 2],
        cost: impl Fn(u32) -> f64,
        least: impl Fn(Coord) -> f64,
    ) -> Option<(f64, Vec<u32>)> {
        let [from, to] = [from, to].map(|node| NodeIndex::new(node as usize));
        let (total, nodes) =
            astar(&self.0, from, |node| node == to, |arc| cost(*arc.weight()), |node| least(self.0[node]))?;
        let arc = |pair: &[NodeIndex]| {
            let between = self.0.edges_connecting(pair[0], pair[1]).map(|arc| *arc.weight());
            between.min_by(|a, b| cost(*a).total_cmp(&cost(*b)).then(a.cmp(b)))
        };
        Some((total, nodes.windows(2).filter_map(arc).collect()))
    }
}
