//! Which edges of a feature meet each other?

use geo::Coord;

/// Edges in one leaf box.
const LEAF: usize = 8;
/// Boxes in the box above.
const FAN: usize = 4;

type Box2 = [f64; 4];

/// Edges in the order of their rings, under a tree of boxes over runs of them.
///
/// Neighbours along a ring are neighbours on the ground, so runs have small boxes and no sorting is needed.
pub struct EdgeTree {
    edges: Vec<[Coord; 2]>,
    levels: Vec<Vec<Box2>>,
}

impl EdgeTree {
    /// Puts the boxes over edges (lon, lat in degrees). Linear in their number.
    pub fn new(edges: Vec<[Coord; 2]>) -> Self {
        let mut levels = vec![edges.chunks(LEAF).map(|run| run.iter().map(box_of).fold(NOTHING, join)).collect()];
        while levels.last().is_some_and(|level: &Vec<Box2>| level.len() > 1) {
            let below = &levels[levels.len() - 1];
            levels.push(below.chunks(FAN).map(|run| run.iter().copied().fold(NOTHING, join)).collect());
        }
        EdgeTree { edges, levels }
    }

    /// The edges, in the order given.
    pub fn edges(&self) -> &[[Coord; 2]] {
        &self.edges
    }

    /// Visits every pair of edges whose boxes touch, the earlier one first; neighbours along a ring among them.
    pub fn touching_pairs(&self, visit: &mut impl FnMut(usize, usize)) {
        if !self.edges.is_empty() {
            self.within(self.levels.len() - 1, 0, visit);
        }
    }

    fn within(&self, level: usize, node: usize, visit: &mut impl FnMut(usize, usize)) {
        let children = self.children(level, node);
        for a in children.clone() {
            if level > 0 {
                self.within(level - 1, a, visit);
            }
            for b in a + 1..children.end {
                self.below(level, a, b, visit);
            }
        }
    }

    /// Pairs between two children of nodes of this level.
    fn below(&self, level: usize, a: usize, b: usize, visit: &mut impl FnMut(usize, usize)) {
        if level > 0 {
            self.between(level - 1, a, b, visit);
        } else if touch(&box_of(&self.edges[a]), &box_of(&self.edges[b])) {
            visit(a, b);
        }
    }

    fn between(&self, level: usize, a: usize, b: usize, visit: &mut impl FnMut(usize, usize)) {
        let (box_a, box_b) = (&self.levels[level][a], &self.levels[level][b]);
        if !touch(box_a, box_b) {
            return;
        }
        for child in self.children(level, a).filter(|&child| touch(&self.child_box(level, child), box_b)) {
            for other in self.children(level, b) {
                self.below(level, child, other, visit);
            }
        }
    }

    fn child_box(&self, level: usize, child: usize) -> Box2 {
        if level > 0 { self.levels[level - 1][child] } else { box_of(&self.edges[child]) }
    }

    fn children(&self, level: usize, node: usize) -> std::ops::Range<usize> {
        let (fan, count) = if level > 0 { (FAN, self.levels[level - 1].len()) } else { (LEAF, self.edges.len()) };
        node * fan..((node + 1) * fan).min(count)
    }
}

const NOTHING: Box2 = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];

fn box_of(edge: &[Coord; 2]) -> Box2 {
    let [a, b] = edge;
    [a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y)]
}

fn join(a: Box2, b: Box2) -> Box2 {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn touch(a: &Box2, b: &Box2) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_touching_pair_comes_once() {
        let at = |i: usize| {
            let t = i as f64 * 0.7;
            Coord { x: (t * 1.3).sin() * 3.0, y: (t * 0.9).cos() * 2.0 }
        };
        let edges: Vec<[Coord; 2]> = (0..203).map(|i| [at(i), at(i + 1)]).collect();
        let mut expected = Vec::new();
        for a in 0..edges.len() {
            for b in a + 1..edges.len() {
                if touch(&box_of(&edges[a]), &box_of(&edges[b])) {
                    expected.push((a, b));
                }
            }
        }
        let mut found = Vec::new();
        EdgeTree::new(edges).touching_pairs(&mut |a, b| found.push((a, b)));
        found.sort_unstable();
        assert_eq!(found, expected);
    }
}
