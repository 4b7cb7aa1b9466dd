//! Land that several territories hold, and land between them that none holds.

use super::clean::bands_of;
use super::company;
use super::fabric::Fabric;
use super::face::{Faces, NetEdge};
use super::uses::Use;
use super::{BoxIndex, Meeting, meet};
use crate::earth::point_along;
use crate::model::{Bands, EdgeTree, Territory, Whereabouts};
use geo::{BoundingRect, Coord, InteriorPoint, LineString, Polygon};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A piece of land that not exactly one territory holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// The land.
    pub land: Polygon,
    /// How many territories hold it: 0 for a gap, 2 or more for an overlap.
    pub depth: usize,
    /// Of an overlap the territories that hold it, of a gap those around it, in ascending order.
    pub territories: Vec<usize>,
    /// The part whose outline is that of the land, in the land of another: nobody cut a hole for it.
    pub uncut: Option<usize>,
}

/// Everything in which the territories of a fabric are no coverage.
pub struct Coverage<'a> {
    territories: &'a [Territory],
    fabric: &'a Fabric,
    boxes: BoxIndex,
    trees: Vec<OnceLock<Vec<EdgeTree<'a>>>>,
}

impl<'a> Coverage<'a> {
    /// Prepares a list of territories put side by side.
    pub fn new(territories: &'a [Territory], fabric: &'a Fabric) -> Self {
        let boxes = BoxIndex::new(fabric.parts.iter().enumerate().map(|(i, part)| (part.bounds, i as u32)));
        let trees = (0..fabric.parts.len()).map(|_| OnceLock::new()).collect();
        Coverage { territories, fabric, boxes, trees }
    }

    /// Returns every overlap and every gap that territories enclose, by its westernmost position.
    ///
    /// # Method
    /// An edge with one territory more on its left than on its right is left over when matching edges have gone. These
    /// edges, cut where they cross, bound faces; the number of territories changes from face to face by what the edge
    /// between says, and is found once for each connected group by locating the middle of an edge. Faces with none that
    /// several territories enclose are gaps, faces with two or more are overlaps. A group of one territory's edges
    /// alone, outside all others' land, is a coast or a lake and bounds neither.
    ///
    /// # Limitations and cost
    /// Near-linear in the number of vertices. A gap that is open to the outside is none: see
    /// [`near_runs`](super::near_runs()).
    pub fn regions(&self) -> Vec<Region> {
        let (mut edges, positions) = self.cut(self.leftover());
        let groups = Groups::new(&mut edges, positions.len(), |part| self.territory(part));
        // The right side of one edge of each group, and whether the group matters.
        let depths: Vec<i32> =
            groups.ranges.par_iter().map(|range| self.depth_beside(&edges[range.clone()], &positions)).collect();
        let filled = self.filled_holes(&edges, &groups, &positions);
        let (mut kept, mut known, mut alone) = (Vec::new(), Vec::new(), Vec::new());
        for (number, range) in groups.ranges.iter().enumerate() {
            let group = &edges[range.clone()];
            if groups.mixed[number] || depths[number] > 0 || filled.contains(&number) {
                known.push(((kept.len() + longest(group, &positions)) as u32, depths[number]));
                kept.extend_from_slice(group);
            } else {
                alone.push(range.clone());
            }
        }
        let faces = Faces::new(&kept, &positions);
        let depth_of = faces.depths(known.into_iter());
        let mut regions: Vec<Region> = (0..depth_of.len())
            .into_par_iter()
            .filter_map(|face| Some((face, depth_of[face].filter(|depth| *depth != 1)?)))
            .flat_map_iter(|(face, depth)| self.region(&faces, face, depth, &positions))
            .collect();
        self.cut_holes(&mut regions, &faces, &depth_of, &positions, &alone, &edges);
        // A lake is no gap.
        regions.retain(|region| region.depth > 0 || region.territories.len() > 1);
        regions.sort_by(|a, b| {
            let west = |r: &Region| r.land.bounding_rect().map_or((0.0, 0.0), |b| (b.min().x, b.min().y));
            west(a).partial_cmp(&west(b)).unwrap_or(std::cmp::Ordering::Equal)
        });
        regions
    }

    /// Groups that are holes of one territory with land of another inside, which they do not touch.
    fn filled_holes(&self, edges: &[NetEdge], groups: &Groups, positions: &[Coord]) -> BTreeSet<usize> {
        let first = |number: usize| edges[groups.ranges[number].start];
        let at = |e: NetEdge| positions[e.from as usize];
        let index = BoxIndex::new(
            (0..groups.ranges.len()).map(|number| ((at(first(number)), at(first(number))), number as u32)),
        );
        let holds_other = |number: &usize| {
            let group = &edges[groups.ranges[*number].clone()];
            let ends = |e: &NetEdge| [positions[e.from as usize], positions[e.to as usize]];
            let origin = ends(&group[0])[0];
            let (mut doubled, mut low, mut high) = (0.0, origin, origin);
            for [a, b] in group.iter().map(ends) {
                doubled += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y);
                low = Coord { x: low.x.min(a.x), y: low.y.min(a.y) };
                high = Coord { x: high.x.max(a.x), y: high.y.max(a.y) };
            }
            if doubled >= 0.0 || groups.mixed[*number] {
                return false;
            }
            let own = self.territory(group[0].part);
            let others: Vec<Coord> = index
                .touching(low, high)
                .into_iter()
                .map(|other| first(other as usize))
                .filter(|e| self.territory(e.part) != own)
                .map(at)
                .collect();
            let lines: Vec<[Coord; 2]> = if others.is_empty() { Vec::new() } else { group.iter().map(ends).collect() };
            let bands = Bands::new(lines.iter().map(|line| line.as_slice()));
            others.into_iter().any(|other| bands.locate(other) == Whereabouts::Inside)
        };
        (0..groups.ranges.len()).into_par_iter().filter(holds_other).collect()
    }

    fn territory(&self, part: u32) -> usize {
        self.fabric.parts[part as usize].territory
    }

    /// Edges with more territories on one side than on the other.
    fn leftover(&self) -> Vec<NetEdge> {
        self.fabric.par_edges().filter_map(|edge| self.net(edge)).collect()
    }

    /// What is left of an edge of which nothing may be left.
    fn net(&self, edge: &[Use]) -> Option<NetEdge> {
        let net = edge.iter().map(|u| if u.forward() { 1 } else { -1 }).sum::<i32>();
        if net == 0 {
            return None;
        }
        let mut parts = edge.iter().filter(|u| u.forward() == (net > 0)).map(|u| self.fabric.part_of_use(u));
        let part = parts.next().unwrap_or_default();
        let (from, to) = if net > 0 { (edge[0].low, edge[0].high) } else { (edge[0].high, edge[0].low) };
        let several = parts.any(|other| self.territory(other) != self.territory(part));
        Some(NetEdge { from, to, net: net.abs(), part, several })
    }

    /// Cuts edges of different territories where they cross or run along each other.
    fn cut(&self, edges: Vec<NetEdge>) -> (Vec<NetEdge>, Vec<Coord>) {
        let mut positions = self.fabric.positions.clone();
        let ends = |e: &NetEdge| [self.fabric.position(e.from), self.fabric.position(e.to)];
        let owned = |i: usize| (self.territory(edges[i].part) as u32, ends(&edges[i]));
        let meetings: Vec<(usize, f64, Cut)> = company::pairs(edges.len(), owned, 0.0)
            .into_par_iter()
            .map(|(a, b)| (a.min(b) as usize, a.max(b) as usize))
            .flat_map_iter(|(i, j)| {
                let mut cuts = Vec::new();
                cuts_of(i, owned(i).1, j, owned(j).1, &edges[j], &mut cuts);
                cuts_of(j, owned(j).1, i, owned(i).1, &edges[i], &mut cuts);
                cuts
            })
            .collect();
        if meetings.is_empty() {
            return (edges, positions);
        }
        let mut by_edge: BTreeMap<usize, Vec<(f64, u32)>> = BTreeMap::new();
        let mut crossings: FxHashMap<(usize, usize), u32> = FxHashMap::default();
        for (i, share, cut) in meetings {
            let node = match cut {
                Cut::At(node) => node,
                // One position for both edges.
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

    /// How many territories hold the land on the right of a group's longest edge.
    fn depth_beside(&self, group: &[NetEdge], positions: &[Coord]) -> i32 {
        let edge = &group[longest(group, positions)];
        let middle = point_along(positions[edge.from as usize], positions[edge.to as usize], 0.5);
        self.holders(middle, Some(self.territory(edge.part))).len() as i32
    }

    /// Territories that hold a position strictly, but for one; its land then need not be made ready.
    fn holders(&self, position: Coord, but: Option<usize>) -> BTreeSet<usize> {
        let parts = self.boxes.touching(position, position).into_iter().map(|part| part as usize);
        parts
            .filter(|&part| but != Some(self.fabric.parts[part].territory))
            .filter(|&part| self.land(part).iter().any(|polygon| polygon.locate(position) == Whereabouts::Inside))
            .map(|part| self.fabric.parts[part].territory)
            .collect()
    }

    fn land(&self, part: usize) -> &[EdgeTree<'a>] {
        self.trees[part].get_or_init(|| {
            let part = &self.fabric.parts[part];
            part.polygons.iter().map(|&p| EdgeTree::of(&self.territories[part.territory].parts[p])).collect()
        })
    }

    /// The land of a bounded face that matters.
    fn region(&self, faces: &Faces<'_>, face: usize, depth: i32, positions: &[Coord]) -> Vec<Region> {
        let around: Vec<u32> = faces.around(face).collect();
        let edge = |side: &u32| &faces.edges[(*side / 2) as usize];
        let mut territories: BTreeSet<usize> = around.iter().map(|side| self.territory(edge(side).part)).collect();
        if depth < 0 {
            return Vec::new();
        }
        let rings = faces.rings(face, positions);
        let (shells, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| doubled_area_deg2(ring) > 0.0);
        let holds = |shell: &[Coord], hole: &[Coord]| {
            let bands = Bands::new([shell]);
            hole.iter().map(|&c| bands.locate(c)).find(|w| *w != Whereabouts::OnLine) == Some(Whereabouts::Inside)
        };
        let mut out = Vec::new();
        for shell in shells {
            let inner = holes.iter().filter(|hole| holds(&shell, hole)).map(|hole| LineString(hole.clone()));
            let land = Polygon::new(LineString(shell.clone()), inner.collect());
            let uncut = around
                .iter()
                .all(|side| side & 1 == 0 && !edge(side).several && edge(side).part == edge(&around[0]).part)
                .then(|| edge(&around[0]).part as usize)
                .filter(|_| depth >= 2);
            if depth >= 2 {
                // Only those whose land lies inside; of a sliver too thin to find a place in, those at its edges.
                let inside = land.interior_point().map(|p| self.holders(p.0, None)).unwrap_or_default();
                if inside.len() >= 2 {
                    territories = inside;
                }
            }
            out.push(Region { land, depth: depth as usize, territories: territories.iter().copied().collect(), uncut });
        }
        out
    }

    /// Takes out of the regions what other groups of edges bound inside them.
    fn cut_holes(
        &self,
        regions: &mut [Region],
        faces: &Faces<'_>,
        depth_of: &[Option<i32>],
        positions: &[Coord],
        alone: &[std::ops::Range<usize>],
        edges: &[NetEdge],
    ) {
        // Outer loops of groups: they run clockwise around what they enclose, the face around them on the left.
        let mut loops: Vec<(Vec<Coord>, i32, BTreeSet<usize>)> = Vec::new();
        for (face, depth) in depth_of.iter().enumerate() {
            let Some(depth) = *depth else { continue };
            let ring: Vec<Coord> = faces.around(face).map(|side| positions[faces.start(side) as usize]).collect();
            let closed: Vec<Coord> = ring.iter().chain(ring.first()).copied().collect();
            if depth != 1 && doubled_area_deg2(&closed) < 0.0 {
                let part = |side: u32| self.territory(faces.edges[(side / 2) as usize].part);
                loops.push((closed, depth, faces.around(face).map(part).collect()));
            }
        }
        let gaps: Vec<_> = regions.iter().filter(|r| r.depth == 0).filter_map(|r| r.land.bounding_rect()).collect();
        for range in alone {
            let first = positions[edges[range.start].from as usize];
            let near = |b: &geo::Rect| {
                b.min().x <= first.x && first.x <= b.max().x && b.min().y <= first.y && first.y <= b.max().y
            };
            if gaps.iter().any(near) {
                let pairs: Vec<(u32, u32)> = edges[range.clone()].iter().map(|e| (e.to, e.from)).collect();
                let rings = super::chain(&pairs, positions);
                let territory = BTreeSet::from([self.territory(edges[range.start].part)]);
                let outer = rings.into_iter().filter(|ring| doubled_area_deg2(ring) < 0.0);
                loops.extend(outer.map(|ring| (ring, 0, territory.clone())));
            }
        }
        if loops.is_empty() {
            return;
        }
        let index = BoxIndex::new(loops.iter().enumerate().map(|(i, (ring, ..))| ((ring[0], ring[0]), i as u32)));
        for region in regions {
            let Some(b) = region.land.bounding_rect() else { continue };
            let bands = bands_of(&region.land);
            let inside =
                |i: &usize| loops[*i].1 == region.depth as i32 && bands.locate(loops[*i].0[0]) == Whereabouts::Inside;
            let mut found: Vec<usize> =
                index.touching(b.min(), b.max()).into_iter().map(|i| i as usize).filter(inside).collect();
            // What lies inside another hole is no part of this region.
            found.sort_by(|&a, &b| doubled_area_deg2(&loops[a].0).total_cmp(&doubled_area_deg2(&loops[b].0)));
            let mut holes: Vec<(Bands, Vec<Coord>)> = Vec::new();
            let mut around: BTreeSet<usize> = region.territories.iter().copied().collect();
            for i in found {
                let ring = &loops[i].0;
                if holes.iter().all(|(bands, _)| bands.locate(ring[0]) != Whereabouts::Inside) {
                    holes.push((Bands::new([ring.as_slice()]), ring.clone()));
                    around.extend(&loops[i].2);
                }
            }
            if region.depth == 0 {
                region.territories = around.into_iter().collect();
            }
            for (_, hole) in holes {
                region.land.interiors_push(LineString(hole));
            }
        }
    }
}

/// Where an edge is to be cut.
enum Cut {
    /// At a position that has a number.
    At(u32),
    /// Where it crosses this edge.
    Crossing(usize),
}

/// Where edge `i` is to be cut because of edge `j`.
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

/// Equal edges become one; what cancels goes.
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

/// Edges sorted into connected groups.
struct Groups {
    ranges: Vec<std::ops::Range<usize>>,
    /// Whether a group has edges of several territories.
    mixed: Vec<bool>,
}

impl Groups {
    fn new(edges: &mut Vec<NetEdge>, positions: usize, territory: impl Fn(u32) -> usize) -> Self {
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
        let mut keyed: Vec<(u32, NetEdge)> = edges.iter().map(|e| (find(&mut root, e.from), *e)).collect();
        keyed.par_sort_unstable_by_key(|(group, e)| (*group, e.from, e.to));
        *edges = keyed.iter().map(|(_, edge)| *edge).collect();
        let (mut ranges, mut mixed, mut start) = (Vec::new(), Vec::new(), 0);
        for group in keyed.chunk_by(|a, b| a.0 == b.0) {
            ranges.push(start..start + group.len());
            let first = territory(group[0].1.part);
            mixed.push(group.iter().any(|(_, e)| e.several || territory(e.part) != first));
            start += group.len();
        }
        Groups { ranges, mixed }
    }
}

fn longest(group: &[NetEdge], positions: &[Coord]) -> usize {
    let squared = |e: &NetEdge| {
        let d = positions[e.to as usize] - positions[e.from as usize];
        d.x * d.x + d.y * d.y
    };
    // Where several territories lie on one side the edge cannot tell whose it is.
    let length = |i: usize| if group[i].several { 0.0 } else { squared(&group[i]) };
    (0..group.len()).max_by(|&a, &b| length(a).total_cmp(&length(b)).then(b.cmp(&a))).unwrap_or(0)
}

fn doubled_area_deg2(ring: &[Coord]) -> f64 {
    let Some(&o) = ring.first() else { return 0.0 };
    ring.windows(2).map(|e| (e[0].x - o.x) * (e[1].y - o.y) - (e[1].x - o.x) * (e[0].y - o.y)).sum()
}
