//! Parts and their holes, indexed for finding what lies inside them.

use super::coverage_graph::{CoverageGraph, Part};
use super::intern::PositionNumbering;
use super::{BoxIndex, chain};
use crate::model::{Corners, Location, Memo, Territory, YBandIndex, corners_of, interior_point};
use geo::{Area, Centroid, Coord, LineString, Point, Polygon};
use rustc_hash::{FxHashMap, FxHashSet};

/// The parts of a coverage graph as possible surroundings of other parts.
pub(super) struct Surroundings<'a> {
    territories: &'a [&'a Territory],
    graph: &'a CoverageGraph,
    /// Outlines of parts with several polygons, or with rings that share an edge: without interior edges, but with
    /// those along the antimeridian.
    outlines: FxHashMap<u32, Vec<[Coord; 2]>>,
    /// Latitude ranges, south to north, over which parts continue across the antimeridian.
    seams: FxHashMap<u32, Vec<[f64; 2]>>,
    land: Vec<Memo<YBandIndex>>,
}

impl<'a> Surroundings<'a> {
    pub fn new(territories: &'a [&'a Territory], graph: &'a CoverageGraph) -> Self {
        let mut outlines: FxHashMap<u32, Vec<[Coord; 2]>> = FxHashMap::default();
        let walled: FxHashSet<usize> = graph.walls().map(|(polygon, ..)| polygon).collect();
        let first = |part: &Part| graph.first_polygon[part.territory];
        let is_rebuilt = |part: &Part| {
            part.polygons.len() > 1 || part.polygons.iter().any(|polygon| walled.contains(&(first(part) + polygon)))
        };
        let rebuilt: Vec<bool> = graph.parts.iter().map(is_rebuilt).collect();
        for (part, from, to) in graph.outlines().filter(|(part, ..)| rebuilt[*part as usize]) {
            outlines.entry(part).or_default().push([graph.position(from), graph.position(to)]);
        }
        let mut seams: FxHashMap<u32, Vec<[f64; 2]>> = FxHashMap::default();
        for (part, south, north) in graph.inner_seams() {
            seams.entry(part).or_default().push([graph.position(south).y, graph.position(north).y]);
        }
        for stretches in seams.values_mut() {
            stretches.sort_by(|a, b| a[0].total_cmp(&b[0]));
            stretches.dedup_by(|next, before| {
                let joins = next[0] <= before[1];
                before[1] = if joins { before[1].max(next[1]) } else { before[1] };
                joins
            });
        }
        let land = Memo::several(graph.parts.len());
        Surroundings { territories, graph, outlines, seams, land }
    }

    /// The polygons of a part.
    pub fn polygons(&self, part: usize) -> impl Iterator<Item = &'a Polygon> + use<'a> {
        polygons(self.territories, self.graph, part)
    }

    fn land(&self, part: usize) -> &YBandIndex {
        self.land[part].get(|| match self.outlines.get(&(part as u32)) {
            Some(edges) => YBandIndex::new(edges.iter().map(|edge| edge.as_slice())),
            None => YBandIndex::new(self.polygons(part).flat_map(rings).collect::<Vec<_>>().iter().copied()),
        })
    }

    /// Whether a part continues across the antimeridian.
    pub fn goes_on(&self, part: usize) -> bool {
        self.seams.contains_key(&(part as u32))
    }

    /// Whether the box of `inner` lies in the land of `outer`; false where an edge of `outer` touches the box.
    pub fn holds_box_of(&self, outer: usize, inner: usize) -> bool {
        let bounds = self.graph.parts[inner].bounds;
        holds(self.graph.parts[outer].bounds, bounds) && !self.land(outer).touch_box(bounds)
    }

    /// Whether a part lies in the land of another and touches its outline at most in single positions.
    ///
    /// A part whose outline runs along the other's on the inside is not surrounded by it there: both territories cover
    /// the same land.
    pub fn holds(&self, outer: usize, inner: usize) -> bool {
        let land = self.land(outer);
        let seams = self.seams.get(&(outer as u32)).map_or(&[][..], |stretches| stretches);
        // Where the outer part continues across the antimeridian, its outline there bounds no land.
        let is_in_land = |edge: &[Coord]| {
            let (south, north) = (edge[0].y.min(edge[1].y), edge[0].y.max(edge[1].y));
            edge[0].x.abs() == 180.0
                && edge[0].x == edge[1].x
                && seams.iter().any(|[from, to]| *from <= south && north <= *to)
        };
        holds(self.graph.parts[outer].bounds, self.graph.parts[inner].bounds)
            && self.polygons(inner).all(|polygon| {
                polygon.exterior().0.windows(2).filter(|edge| edge[0] != edge[1] && !is_in_land(edge)).all(|edge| {
                    let sides = land.sides(edge);
                    sides.inside.is_some() && sides.outside.is_none() && !sides.runs_along
                })
            })
    }

    /// Every hole of every part, with the part.
    pub fn holes(&self) -> Vec<(usize, Hole)> {
        let hole = |part: usize, ring: Vec<Coord>| (part, Hole::new(ring));
        let mut holes = Vec::new();
        for part in 0..self.graph.parts.len() {
            match self.outlines.get(&(part as u32)) {
                Some(edges) => holes.extend(self.rings_around(part as u32, edges).map(|ring| hole(part, ring))),
                None => {
                    let rings = self.polygons(part).flat_map(|p| p.interiors()).map(|ring| ring.0.clone());
                    holes.extend(rings.map(|ring| hole(part, ring)));
                }
            }
        }
        holes
    }

    /// The clockwise rings of a part's outline: its holes. Longitudes exceed 180° if the part continues across it.
    fn rings_around(&self, part: u32, edges: &[[Coord; 2]]) -> impl Iterator<Item = Vec<Coord>> {
        let seams = self.seams.get(&part);
        let unwrapped = |c: Coord| if seams.is_some() && c.x < 0.0 { Coord { x: c.x + 360.0, y: c.y } } else { c };
        let mut positions = PositionNumbering::default();
        // Edges along the antimeridian inside the part occur in both directions and cancel.
        let mut directed: FxHashMap<(u32, u32), i32> = FxHashMap::default();
        for [a, b] in edges.iter().map(|edge| edge.map(unwrapped)) {
            for [a, b] in cut_at_seams([a, b], seams.map_or(&[][..], |stretches| stretches)) {
                let (a, b) = (positions.number(a), positions.number(b));
                *directed.entry((a.min(b), a.max(b))).or_default() += if a < b { 1 } else { -1 };
            }
        }
        let mut left: Vec<(u32, u32)> = directed
            .into_iter()
            .filter(|(_, net)| *net != 0)
            .map(|((low, high), net)| if net > 0 { (low, high) } else { (high, low) })
            .collect();
        left.sort_unstable();
        let lines = chain(&left, &positions.positions);
        lines.into_iter().filter(|line| {
            line.first() == line.last() && Polygon::new(LineString(line.clone()), vec![]).signed_area() < 0.0
        })
    }
}

/// Splits an edge along 180° at the ends of stretches; returns any other edge unchanged.
fn cut_at_seams([a, b]: [Coord; 2], stretches: &[[f64; 2]]) -> Vec<[Coord; 2]> {
    if a.x != 180.0 || b.x != 180.0 {
        return vec![[a, b]];
    }
    let (south, north) = (a.y.min(b.y), a.y.max(b.y));
    let mut latitudes: Vec<f64> =
        stretches.iter().flatten().copied().filter(|lat| south < *lat && *lat < north).collect();
    latitudes.extend([south, north]);
    latitudes.sort_by(f64::total_cmp);
    latitudes.dedup();
    let at = |y: f64| Coord { x: 180.0, y };
    let pieces = latitudes.windows(2).map(|two| [at(two[0]), at(two[1])]);
    pieces.map(|[from, to]| if a.y < b.y { [from, to] } else { [to, from] }).collect()
}

/// A hole; its longitudes exceed 180° if its part continues across the antimeridian.
pub(super) struct Hole {
    bands: YBandIndex,
    bounds: Corners,
    area: f64,
}

impl Hole {
    fn new(ring: Vec<Coord>) -> Self {
        let hole = Polygon::new(LineString(ring), vec![]);
        Hole {
            bands: YBandIndex::new([hole.exterior().0.as_slice()]),
            bounds: corners_of(&hole),
            area: hole.unsigned_area(),
        }
    }

    /// Its planar area, in square degrees.
    pub fn area(&self) -> f64 {
        self.area
    }

    /// Numbers of the boxes that touch its box, in ascending order.
    pub fn candidates(&self, index: &BoxIndex) -> Vec<usize> {
        let (low, high) = self.bounds;
        let mut found = index.touching(low, high);
        if high.x > 180.0 {
            let turn = Coord { x: 360.0, y: 0.0 };
            found.extend(index.touching(low - turn, high - turn));
            found.sort_unstable();
            found.dedup();
        }
        found.into_iter().map(|i| i as usize).collect()
    }

    /// Whether the middle of a polygon lies in the hole and the polygon protrudes from it by little.
    pub fn holds_middle_of(&self, polygon: &Polygon) -> bool {
        let (low, high) = self.bounds;
        // Outlines that do not coincide may protrude a little.
        let slack = Coord { x: 0.02 * (high.x - low.x), y: 0.02 * (high.y - low.y) };
        let (own_low, own_high) = corners_of(polygon);
        let turn = Coord { x: if high.x > 180.0 && own_low.x < 0.0 { 360.0 } else { 0.0 }, y: 0.0 };
        holds((low - slack, high + slack), (own_low + turn, own_high + turn))
            && middle(polygon).is_some_and(|middle| self.bands.locate(middle.0 + turn) == Location::Inside)
    }
}

/// The polygons of a part.
pub(super) fn polygons<'a>(
    territories: &'a [&'a Territory],
    graph: &'a CoverageGraph,
    part: usize,
) -> impl Iterator<Item = &'a Polygon> + use<'a> {
    let part = &graph.parts[part];
    part.polygons.iter().map(|&polygon| &territories[part.territory].parts()[polygon])
}

fn rings(polygon: &Polygon) -> impl Iterator<Item = &[Coord]> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|ring| ring.0.as_slice())
}

/// A polygon without its holes.
pub(super) fn shell(polygon: &Polygon) -> Polygon {
    Polygon::new(polygon.exterior().clone(), vec![])
}

pub(super) fn holds(outer: Corners, inner: Corners) -> bool {
    outer.0.x <= inner.0.x && outer.0.y <= inner.0.y && outer.1.x >= inner.1.x && outer.1.y >= inner.1.y
}

/// A position inside a polygon: its centroid if that is inside, else an interior point.
pub(super) fn middle(polygon: &Polygon) -> Option<Point> {
    let land = YBandIndex::new(rings(polygon).collect::<Vec<_>>().iter().copied());
    let centroid = polygon.centroid().filter(|c| land.locate(c.0) == Location::Inside);
    centroid.or_else(|| Some(Point(interior_point(polygon)?.0)))
}
