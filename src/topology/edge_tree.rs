//! Which edges of a feature meet each other, or come near a place?

use crate::model::{DueEast, Whereabouts, due_east};
use geo::{Coord, Polygon};

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

    /// Puts the boxes over the edges of a polygon, ring by ring.
    pub fn of(polygon: &Polygon) -> Self {
        let rings = || std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|ring| &ring.0);
        let mut edges = Vec::with_capacity(rings().map(|ring| ring.len()).sum());
        rings().for_each(|ring| edges.extend(ring.windows(2).map(|edge| [edge[0], edge[1]])));
        EdgeTree::new(edges)
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

    /// Visits every edge whose box touches the box between two corners, in the order given.
    pub fn touching(&self, low: Coord, high: Coord, visit: &mut impl FnMut(usize)) {
        let wanted = [low.x, low.y, high.x, high.y];
        self.visit(&|node| touch(node, &wanted), &mut |edge| {
            visit(edge);
            true
        });
    }

    /// Whether the box of any edge touches the box between two corners.
    pub fn touch_box(&self, low: Coord, high: Coord) -> bool {
        let (wanted, mut found) = ([low.x, low.y, high.x, high.y], false);
        self.visit(&|node| touch(node, &wanted), &mut |_| {
            found = true;
            false
        });
        found
    }

    /// Where a position lies with regard to closed rings that these edges make; even-odd, decided exactly.
    pub fn locate(&self, position: Coord) -> Whereabouts {
        let reaches = |node: &Box2| node[1] <= position.y && position.y <= node[3] && position.x <= node[2];
        let mut place = Whereabouts::Outside;
        self.visit(&reaches, &mut |edge| {
            place = match (due_east(position, self.edges[edge]), place) {
                (DueEast::Begins, _) => Whereabouts::OnLine,
                (DueEast::Crosses, Whereabouts::Inside) => Whereabouts::Outside,
                (DueEast::Crosses, _) => Whereabouts::Inside,
                (DueEast::Misses, place) => place,
            };
            place != Whereabouts::OnLine
        });
        place
    }

    /// Visits the edges in boxes that are wanted, as long as the visitor goes on.
    fn visit(&self, wanted: &impl Fn(&Box2) -> bool, visit: &mut impl FnMut(usize) -> bool) {
        if !self.edges.is_empty() {
            self.visit_below(self.levels.len() - 1, 0, wanted, visit);
        }
    }

    fn visit_below(
        &self,
        level: usize,
        node: usize,
        wanted: &impl Fn(&Box2) -> bool,
        visit: &mut impl FnMut(usize) -> bool,
    ) -> bool {
        if !wanted(&self.levels[level][node]) {
            return true;
        }
        self.children(level, node).all(|child| match level {
            0 => !wanted(&box_of(&self.edges[child])) || visit(child),
            _ => self.visit_below(level - 1, child, wanted, visit),
        })
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

#[inline]
fn box_of(edge: &[Coord; 2]) -> Box2 {
    let [a, b] = edge;
    [a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y)]
}

#[inline]
fn join(a: Box2, b: Box2) -> Box2 {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

#[inline]
fn touch(a: &Box2, b: &Box2) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(i: usize) -> Coord {
        let t = i as f64 * 0.7;
        Coord { x: (t * 1.3).sin() * 3.0, y: (t * 0.9).cos() * 2.0 }
    }

    #[test]
    fn positions_lie_where_bands_say() {
        let mut ring: Vec<Coord> = (0..150).map(at).collect();
        ring.push(ring[0]);
        let bands = crate::model::Bands::new([ring.as_slice()]);
        let tree = EdgeTree::new(ring.windows(2).map(|e| [e[0], e[1]]).collect());
        let grid =
            (-35..35).flat_map(|x| (-25..25).map(move |y| Coord { x: f64::from(x) / 10.0, y: f64::from(y) / 10.0 }));
        for position in grid.chain(ring.iter().copied()) {
            assert_eq!(tree.locate(position), bands.locate(position), "{position:?}");
        }
        let (low, high) = (Coord { x: 0.1, y: 0.2 }, Coord { x: 0.3, y: 0.9 });
        let mut found = Vec::new();
        tree.touching(low, high, &mut |edge| found.push(edge));
        let expected = |edge: &[Coord; 2]| touch(&box_of(edge), &[low.x, low.y, high.x, high.y]);
        assert_eq!(found, (0..150).filter(|&i| expected(&tree.edges[i])).collect::<Vec<_>>());
    }

    #[test]
    fn every_touching_pair_comes_once() {
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
