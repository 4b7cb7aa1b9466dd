//! Overlaps (land covered by several territories) and gaps (land between territories that none covers).

use super::coverage_graph::CoverageGraph;
use super::edge_bvh::EdgeBvh;
use super::face::{Faces, NetEdge};
use super::uses::Use;
use super::{BoxIndex, Meeting, meet};
use crate::earth::point_along;
use crate::model::{EdgeTree, Location, Memo, Territory, interior_point};
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};
use geo::{BoundingRect, Coord, LineString, Polygon};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// A piece of land that is covered by no territory or by more than one.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// The land.
    pub land: Polygon,
    /// Number of territories that cover it: 0 for a gap, 2 or more for an overlap.
    pub depth: usize,
    /// Of an overlap the covering territories, at most [`MOST_NAMED`]; of a gap the surrounding ones; in ascending
    /// order.
    pub territories: Vec<usize>,
    /// The part that has exactly this outline and lies in another's land without a hole cut for it.
    pub uncut: Option<usize>,
}

/// Finds where territories do not form a coverage.
pub struct Coverage<'a> {
    territories: Vec<&'a Territory>,
    graph: &'a CoverageGraph,
    boxes: BoxIndex,
    trees: Vec<Memo<Vec<EdgeTree<'a>>>>,
    /// Territories whose outlines may self-intersect.
    crossed: &'a [bool],
}

impl<'a> Coverage<'a> {
    /// Indexes territories and their coverage graph; `crossed[i]` tells whether outlines of territory `i` may
    /// self-intersect.
    pub fn new<T: Borrow<Territory>>(territories: &'a [T], graph: &'a CoverageGraph, crossed: &'a [bool]) -> Self {
        let boxes = BoxIndex::new(graph.parts.iter().enumerate().map(|(i, part)| (part.bounds, i as u32)));
        let trees = Memo::several(graph.parts.len());
        let territories = territories.iter().map(Borrow::borrow).collect();
        Coverage { territories, graph, boxes, trees, crossed }
    }

    /// Returns every overlap and every enclosed gap, ordered by westernmost position.
    ///
    /// # Method
    /// Matching opposite edges cancel; the remaining edges have a different number of territories on either side. These
    /// edges are noded (cut where they cross) and bound the faces of a planar graph; the depth, the number of covering
    /// territories, changes from face to face by the net count of the edge between. A ray due west from the westernmost
    /// position of each connected component finds the face that contains it: the face on the near side of the first
    /// edge hit, which gets the component's outer outline as a hole. Faces of depth 0 bounded by several territories
    /// are gaps, faces of depth 2 or more are overlaps. A ray that hits outlines which may self-intersect is not used:
    /// a position is located in all territories instead.
    ///
    /// # Limitations and cost
    /// Near-linear in the number of vertices. A gap that is open to the outside is not reported: see
    /// [`near_runs`](super::near_runs()).
    pub fn regions(&self) -> Vec<Region> {
        let (mut edges, positions) = self.cut(self.leftover());
        let groups = Groups::new(&mut edges, positions.len());
        let faces = Faces::new(&edges, &groups.ranges, &positions);
        let around = surroundings(&edges, &groups, &positions);
        let depth_of = self.depths(&edges, &groups, &faces, &around, &positions);
        let holes = holes(&groups, &faces, &around, &positions);
        let mut regions: Vec<Region> = (0..depth_of.len())
            .into_par_iter()
            .filter_map(|face| Some((face, depth_of[face].filter(|depth| *depth != 1 && *depth >= 0)? as usize)))
            .flat_map_iter(|(face, depth)| {
                let first = holes.partition_point(|(outer, _)| (*outer as usize) < face);
                let in_it = holes[first..].iter().take_while(|(outer, _)| *outer as usize == face);
                self.region(&faces, face, depth, in_it.map(|(_, hole)| *hole as usize), &positions)
            })
            .collect();
        regions.sort_by(|a, b| {
            let west = |r: &Region| r.land.bounding_rect().map_or((0.0, 0.0), |b| (b.min().x, b.min().y));
            west(a).partial_cmp(&west(b)).unwrap_or(std::cmp::Ordering::Equal)
        });
        regions
    }

    /// Depth of each face; `None` where it cannot be determined.
    fn depths(
        &self,
        edges: &[NetEdge],
        groups: &Groups,
        faces: &Faces<'_>,
        around: &[Surroundings],
        positions: &[Coord],
    ) -> Vec<Option<i32>> {
        let is_crossed = |range: &std::ops::Range<usize>| {
            edges[range.clone()]
                .iter()
                .any(|e| self.crossed[self.territory(e.part)] || (e.several && self.any_crossed()))
        };
        let crossed: Vec<bool> = groups.ranges.par_iter().map(is_crossed).collect();
        let met = |g: usize| around[g].met.map(|side| (side, groups.of(side as usize / 2)));
        // An edge of each component that cannot be placed by its ray, with the depth on its right.
        let located = |g: usize| {
            (crossed[g] || met(g).is_some_and(|(_, other)| crossed[other])).then(|| {
                let range = groups.ranges[g].clone();
                let edge = range.start + longest(&edges[range], positions);
                (edge as u32, self.depth_beside(&edges[edge], positions))
            })
        };
        let located: Vec<Option<(u32, i32)>> = (0..around.len()).into_par_iter().map(located).collect();
        let faces_of = faces.by_component(&groups.ranges);
        let by_face = |of_component: &(dyn Fn(usize, &mut Vec<Option<i32>>) + Sync)| -> Vec<Option<i32>> {
            let of_block = |block: &[usize]| {
                let mut depths = Vec::new();
                block.iter().for_each(|g| of_component(*g, &mut depths));
                depths
            };
            let components: Vec<usize> = (0..around.len()).collect();
            components.par_chunks(BLOCK).flat_map_iter(of_block).collect()
        };
        // Relative to the first edge of each component.
        let relative_to_first = by_face(&|g, depths| {
            faces.depths(faces_of[g].clone(), (groups.ranges[g].start as u32, 0), depths);
        });
        let relative = |side: u32| relative_to_first[faces.face_of[side as usize] as usize].unwrap_or(0);
        let mut base = vec![0; around.len()];
        for g in from_west(around, positions) {
            base[g] = match located[g] {
                Some((edge, right)) => right - relative(2 * edge + 1),
                None => met(g).map_or(0, |(side, other)| base[other] + relative(side)) - relative(around[g].outer),
            };
        }
        by_face(&|g, depths| match located[g] {
            Some(known) => faces.depths(faces_of[g].clone(), known, depths),
            None => depths.extend(relative_to_first[faces_of[g].clone()].iter().map(|depth| Some((*depth)? + base[g]))),
        })
    }

    fn any_crossed(&self) -> bool {
        self.crossed.contains(&true)
    }

    fn territory(&self, part: u32) -> usize {
        self.graph.parts[part as usize].territory
    }

    /// Edges whose sides are covered by different numbers of territories.
    fn leftover(&self) -> Vec<NetEdge> {
        self.graph.par_edges().filter_map(|edge| self.net(edge)).collect()
    }

    /// The net edge of all uses of an edge; `None` where they cancel.
    fn net(&self, edge: &[Use]) -> Option<NetEdge> {
        let net = edge.iter().map(|u| if u.forward() { 1 } else { -1 }).sum::<i32>();
        if net == 0 {
            return None;
        }
        let mut parts = edge.iter().filter(|u| u.forward() == (net > 0)).map(|u| self.graph.part_of_use(u));
        let part = parts.next().unwrap_or_default();
        let (from, to) = if net > 0 { (edge[0].low, edge[0].high) } else { (edge[0].high, edge[0].low) };
        let several = parts.any(|other| self.territory(other) != self.territory(part));
        Some(NetEdge { from, to, net: net.abs(), part, several })
    }

    /// Nodes edges: cuts them where they cross or run along each other.
    fn cut(&self, edges: Vec<NetEdge>) -> (Vec<NetEdge>, Vec<Coord>) {
        let mut positions = self.graph.positions.clone();
        let ends = |e: &NetEdge| [self.graph.position(e.from), self.graph.position(e.to)];
        let index = EdgeBvh::new(edges.len(), |i| ends(&edges[i]), |_| true);
        let index = index.of(|i| self.territory(edges[i].part) as u32);
        let meetings: Option<Vec<(usize, f64, Cut)>> = index.meeting(usize::MAX, |i, j, cuts| {
            if self.territory(edges[i].part) != self.territory(edges[j].part) {
                cuts_of(i, ends(&edges[i]), j, ends(&edges[j]), &edges[j], cuts);
                cuts_of(j, ends(&edges[j]), i, ends(&edges[i]), &edges[i], cuts);
            }
        });
        let meetings = meetings.unwrap_or_default();
        if meetings.is_empty() {
            return (edges, positions);
        }
        let mut by_edge: BTreeMap<usize, Vec<(f64, u32)>> = BTreeMap::new();
        let mut crossings: FxHashMap<(usize, usize), u32> = FxHashMap::default();
        for (i, share, cut) in meetings {
            let node = match cut {
                Cut::At(node) => node,
                // Both edges get the same position.
                Cut::Crossing(j) => *crossings.entry((i.min(j), i.max(j))).or_insert_with(|| {
                    let (edge, share) = (ends(&edges[i]), share);
                    positions.push(point_along(edge[0], edge[1], share));
                    (positions.len() - 1) as u32
                }),
            };
            if node != edges[i].from && node != edges[i].to {
                by_edge.entry(i).or_default().push((share, node));
            }
        }
        let mut pieces = Vec::with_capacity(edges.len() + by_edge.len() * 2);
        for (i, edge) in edges.into_iter().enumerate() {
            let Some(cuts) = by_edge.get_mut(&i) else {
                pieces.push(edge);
                continue;
            };
            cuts.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            cuts.dedup_by_key(|cut| cut.1);
            let mut from = edge.from;
            for to in cuts.iter().map(|cut| cut.1).chain([edge.to]) {
                if from != to {
                    pieces.push(NetEdge { from, to, ..edge });
                }
                from = to;
            }
        }
        (merged(pieces), positions)
    }

    /// Number of territories that cover the land on the right of an edge.
    fn depth_beside(&self, edge: &NetEdge, positions: &[Coord]) -> i32 {
        let middle = point_along(positions[edge.from as usize], positions[edge.to as usize], 0.5);
        self.holders(middle, Some(self.territory(edge.part)), usize::MAX).len() as i32
    }

    /// At most `most` territories that strictly contain a position, except `but`, whose land then need not be indexed.
    fn holders(&self, position: Coord, but: Option<usize>, most: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for part in self.boxes.around(position).map(|part| part as usize) {
            let territory = self.graph.parts[part].territory;
            if found.len() < most
                && but != Some(territory)
                && !found.contains(&territory)
                && self.land(part).iter().any(|polygon| polygon.locate(position) == Location::Inside)
            {
                found.insert(territory);
            }
            if found.len() >= most {
                break;
            }
        }
        found
    }

    fn land(&self, part: usize) -> &[EdgeTree<'a>] {
        self.trees[part].get(|| {
            let part = &self.graph.parts[part];
            part.polygons.iter().map(|&p| EdgeTree::of(&self.territories[part.territory].parts()[p])).collect()
        })
    }

    /// The land of a face without the components inside it, whose outer outlines become holes.
    fn region(
        &self,
        faces: &Faces<'_>,
        face: usize,
        depth: usize,
        inside: impl Iterator<Item = usize>,
        positions: &[Coord],
    ) -> Vec<Region> {
        let edge = |side: u32| &faces.edges[(side / 2) as usize];
        let inside: Vec<usize> = inside.collect();
        let bounding = |face: usize| faces.around(face).map(|side| self.territory(edge(side).part));
        let around: BTreeSet<usize> = bounding(face).chain(inside.iter().flat_map(|hole| bounding(*hole))).collect();
        // A hole within one territory, such as a lake, is not a gap.
        if depth == 0 && around.len() < 2 {
            return Vec::new();
        }
        let (shells, mut holes): (Vec<_>, Vec<_>) =
            faces.rings(face, positions).into_iter().partition(|ring| doubled_area_deg2(ring) > 0.0);
        if shells.is_empty() {
            return Vec::new();
        }
        let outer = inside.iter().flat_map(|hole| faces.rings(*hole, positions));
        holes.extend(outer.filter(|ring| doubled_area_deg2(ring) < 0.0));
        let first = edge(faces.first[face]);
        let alone = |side: u32| side & 1 == 0 && !edge(side).several && edge(side).part == first.part;
        let uncut = (depth >= 2 && faces.around(face).all(alone)).then_some(first.part as usize);
        let several = shells.len() > 1;
        let region = |shell: Vec<Coord>| {
            let edges = several.then(|| EdgeTree::new([shell.as_slice()]));
            let holds = |hole: &&Vec<Coord>| {
                let mut places = hole.iter().map(|&at| edges.as_ref().map_or(Location::Inside, |e| e.locate(at)));
                places.find(|w| *w != Location::OnLine) == Some(Location::Inside)
            };
            let inner = holes.iter().filter(holds).map(|hole| LineString(hole.clone())).collect();
            drop(edges);
            let land = Polygon::new(LineString(shell), inner);
            let mut territories = around.clone();
            if depth >= 2 {
                // Territories that contain an interior point; for a sliver without a usable interior point, those along
                // its edges.
                let most = depth.min(MOST_NAMED);
                let holding = interior_point(&land).map(|(at, _)| self.holders(at, None, most)).unwrap_or_default();
                if holding.len() >= 2 {
                    territories = holding;
                }
            }
            Region { land, depth, territories: territories.into_iter().collect(), uncut }
        };
        shells.into_iter().map(region).collect()
    }
}

/// Components of edges per parallel task.
const BLOCK: usize = 256;

/// Greatest number of territories listed for one overlap.
pub const MOST_NAMED: usize = 12;

/// The position of a connected component of edges relative to the others.
struct Surroundings {
    /// Its westernmost position.
    node: u32,
    /// A side of an edge that borders the component's outer face.
    outer: u32,
    /// The side, facing this component, of the first edge of another component due west.
    met: Option<u32>,
}

/// The surroundings of each connected component.
fn surroundings(edges: &[NetEdge], groups: &Groups, positions: &[Coord]) -> Vec<Surroundings> {
    let at = |number: u32| positions[number as usize];
    let index = EdgeBvh::new(edges.len(), |i| [at(edges[i].from), at(edges[i].to)], |_| false);
    let of_group = |range: &std::ops::Range<usize>| {
        let ends = range.clone().flat_map(|e| [(edges[e].from, 2 * e as u32), (edges[e].to, 2 * e as u32 + 1)]);
        // Of the sides that begin at the westernmost position, the leftmost one.
        let far = |side: u32| if side & 1 == 0 { edges[side as usize / 2].to } else { edges[side as usize / 2].from };
        let west = |(number, side): &(u32, u32), (other, known): &(u32, u32)| {
            let (p, q) = (at(*number), at(*other));
            p.x.total_cmp(&q.x).then(p.y.total_cmp(&q.y)).then_with(|| {
                match RobustKernel::orient2d(p, at(far(*known)), at(far(*side))) {
                    Orientation::CounterClockwise => Ordering::Less,
                    Orientation::Clockwise => Ordering::Greater,
                    Orientation::Collinear => side.cmp(known),
                }
            })
        };
        let (node, outer) = ends.min_by(west).unwrap_or_default();
        let met = index.first_west(at(node), None).map(|met| {
            let edge = &edges[met as usize];
            // The side facing east.
            if at(edge.from).y < at(edge.to).y { 2 * met + 1 } else { 2 * met }
        });
        Surroundings { node, outer, met }
    };
    groups.ranges.par_iter().map(of_group).collect()
}

/// Components from west to east, so that the component that a ray due west hits comes before.
fn from_west(around: &[Surroundings], positions: &[Coord]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..around.len()).collect();
    let west = |g: &usize| positions[around[*g].node as usize].x;
    order.sort_by(|a, b| west(a).total_cmp(&west(b)));
    order
}

/// Pairs of a face and the outer face of a component inside it, in ascending order.
fn holes(groups: &Groups, faces: &Faces<'_>, around: &[Surroundings], positions: &[Coord]) -> Vec<(u32, u32)> {
    let outer = |g: usize| faces.face_of[around[g].outer as usize];
    let mut inside: Vec<Option<u32>> = vec![None; around.len()];
    for g in from_west(around, positions) {
        inside[g] = around[g].met.and_then(|side| {
            let (other, face) = (groups.of(side as usize / 2), faces.face_of[side as usize]);
            // A component that lies outside the other one's outline is in the face that contains the other.
            if face == outer(other) { inside[other] } else { Some(face) }
        });
    }
    let mut holes: Vec<(u32, u32)> =
        inside.into_iter().enumerate().filter_map(|(g, inside)| Some((inside?, outer(g)))).collect();
    holes.sort_unstable();
    holes
}

/// Where to cut an edge.
enum Cut {
    /// At a numbered position.
    At(u32),
    /// At the crossing with this edge.
    Crossing(usize),
}

/// The cuts of edge `i` that edge `j` causes.
fn cuts_of(i: usize, edge: [Coord; 2], j: usize, other: [Coord; 2], ends: &NetEdge, cuts: &mut Vec<(usize, f64, Cut)>) {
    let nearest_end = |share: f64| {
        let at = point_along(edge[0], edge[1], share);
        let off = |c: Coord| (c.x - at.x).abs() + (c.y - at.y).abs();
        if off(other[0]) <= off(other[1]) { ends.from } else { ends.to }
    };
    match meet(edge, other) {
        Meeting::Apart => {}
        Meeting::At { share, proper: true } => cuts.push((i, share, Cut::Crossing(j))),
        Meeting::At { share, .. } if share > 0.0 && share < 1.0 => cuts.push((i, share, Cut::At(nearest_end(share)))),
        Meeting::At { .. } => {}
        Meeting::Along { from, to } => {
            let inner = [from, to].into_iter().filter(|share| *share > 0.0 && *share < 1.0);
            cuts.extend(inner.map(|share| (i, share, Cut::At(nearest_end(share)))));
        }
    }
}

/// Merges equal edges and drops those that cancel.
fn merged(mut pieces: Vec<NetEdge>) -> Vec<NetEdge> {
    let key = |e: &NetEdge| (e.from.min(e.to), e.from.max(e.to));
    pieces.par_sort_unstable_by_key(|e| (key(e), e.part, e.from));
    let mut out: Vec<NetEdge> = Vec::with_capacity(pieces.len());
    for same in pieces.chunk_by(|a, b| key(a) == key(b)) {
        let net: i32 = same.iter().map(|e| if e.from < e.to { e.net } else { -e.net }).sum();
        let mut along = same.iter().filter(|e| (e.from < e.to) == (net > 0));
        if let (true, Some(first)) = (net != 0, along.next()) {
            let several = first.several || along.any(|e| e.part != first.part);
            out.push(NetEdge { net: net.abs(), several, ..*first });
        }
    }
    out
}

/// Edges sorted by connected component.
struct Groups {
    ranges: Vec<std::ops::Range<usize>>,
}

impl Groups {
    fn new(edges: &mut [NetEdge], positions: usize) -> Self {
        let mut root: Vec<u32> = (0..positions as u32).collect();
        fn find(root: &mut [u32], mut i: u32) -> u32 {
            while root[i as usize] != i {
                root[i as usize] = root[root[i as usize] as usize];
                i = root[i as usize];
            }
            i
        }
        for edge in edges.iter() {
            let (a, b) = (find(&mut root, edge.from), find(&mut root, edge.to));
            root[a.max(b) as usize] = a.min(b);
        }
        (0..positions as u32).for_each(|i| root[i as usize] = find(&mut root, i));
        let group = |e: &NetEdge| root[e.from as usize];
        edges.par_sort_unstable_by_key(|e| (group(e), e.from, e.to));
        let (mut ranges, mut start) = (Vec::new(), 0);
        for group in edges.chunk_by(|a, b| group(a) == group(b)) {
            ranges.push(start..start + group.len());
            start += group.len();
        }
        Groups { ranges }
    }

    /// The component of an edge.
    fn of(&self, edge: usize) -> usize {
        self.ranges.partition_point(|range| range.end <= edge)
    }
}

fn longest(group: &[NetEdge], positions: &[Coord]) -> usize {
    let squared = |e: &NetEdge| {
        let d = positions[e.to as usize] - positions[e.from as usize];
        d.x * d.x + d.y * d.y
    };
    // An edge with several territories on one side does not identify one of them.
    let length = |i: usize| if group[i].several { 0.0 } else { squared(&group[i]) };
    (0..group.len()).max_by(|&a, &b| length(a).total_cmp(&length(b)).then(b.cmp(&a))).unwrap_or(0)
}

fn doubled_area_deg2(ring: &[Coord]) -> f64 {
    let Some(&o) = ring.first() else { return 0.0 };
    ring.windows(2).map(|e| (e[0].x - o.x) * (e[1].y - o.y) - (e[1].x - o.x) * (e[0].y - o.y)).sum()
}
