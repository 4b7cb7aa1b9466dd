//! Lines derived from territories: an edge shared by two is a boundary, an unshared edge is a coast.

use super::content::{Boundary, Level, LonLat, Region};
use super::edge_table::{Edge, Known, NONE, TABLES, Table, directed, edges, keys, owner, table_of};
use super::levels::between;
use super::paper::Bounds;
use super::parties::Parties;
use super::spec::PlateSpec;
use super::symbol::Weight;
use crate::model::Status;
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// Grid cells along the longer side of all territories, for those that touch without a common edge: a cell is about a
/// fifth of a millimetre on A3.
const CELLS: f64 = 1500.0;

/// Column and row of a cell of a grid.
type Cell = (i64, i64);

/// Unshared edges on a grid in longitude and latitude.
pub(crate) struct Crowd {
    /// Side of a cell in degrees.
    pub(super) cell: f64,
    /// The regions with such edges in a cell.
    taken: FxHashMap<Cell, Vec<usize>>,
}

/// Data made on Web Mercator end at this latitude, in degrees: land there goes on.
const WEB_MERCATOR_END: f64 = 85.051_13;

/// The owners of every edge.
pub(crate) struct Edges {
    /// By [`table_of`] the edge.
    tables: Vec<Table>,
    ids: Vec<String>,
    /// Longitudes and latitudes at which the data are clipped.
    cuts: Option<(Coord, Coord)>,
    lines_given: bool,
}

/// The rings of base territories, with the index of their region, in their order.
fn base_rings<'r>(regions: &'r [Region]) -> Vec<(usize, &'r LonLat)> {
    let base = regions.iter().enumerate().filter(|(_, region)| region.level == Level::Base);
    base.flat_map(|(i, region)| region.parts.iter().flatten().map(move |ring| (i, ring))).collect()
}

/// Unshared edges, by region and ends, that run beside those of another region.
#[derive(Default)]
pub(crate) struct Beside {
    edges: FxHashMap<(usize, Edge), usize>,
}

/// The lines found.
pub(crate) struct Derived<'a> {
    pub boundaries: Vec<Boundary<'a>>,
    pub coast: Vec<LonLat>,
    /// Indices of territories that the data draw on the same side of a common edge: they overlap.
    pub overlapping: BTreeSet<usize>,
}

impl Edges {
    pub(crate) fn of(regions: &[Region], boundaries: &[Boundary]) -> Self {
        let rings = base_rings(regions);
        let own_of = |i: usize| u32::try_from(i).expect("fewer than four thousand million territories");
        let all_keys: Vec<(u32, Vec<u64>)> = rings.par_iter().map(|(i, ring)| (own_of(*i), keys(ring))).collect();
        let count: usize = all_keys.iter().map(|(_, keys)| keys.len()).sum();
        let table = |number: usize| {
            let mut table = Table::default();
            // Nearly every edge is one of two territories, or of one.
            table.known.reserve(count / 2 / TABLES);
            for (own, keys) in &all_keys {
                directed(keys).filter(|(edge, _)| table_of(edge) == number).for_each(|edge| table.add(*own, edge));
            }
            table
        };
        let mut tables: Vec<Table> = (0..TABLES).into_par_iter().map(table).collect();
        let clipped = rings.iter().filter(|(i, _)| regions[*i].meta.clipped).flat_map(|(_, ring)| *ring);
        let corners = clipped.map(|at| (*at, *at)).reduce(|(low, high), (p, _)| {
            let low = Coord { x: low.x.min(p.x), y: low.y.min(p.y) };
            (low, Coord { x: high.x.max(p.x), y: high.y.max(p.y) })
        });
        let own = || boundaries.iter().filter(|b| b.opinion.is_none());
        for edge in own().flat_map(|b| &b.lines).flat_map(|line| edges(&keys(line)).collect::<Vec<_>>()) {
            tables[table_of(&edge)].known.entry(edge).or_insert(Known::NOT).given = true;
        }
        let ids = regions.iter().map(|r| r.meta.id.clone()).collect();
        Edges { tables, ids, cuts: corners, lines_given: own().next().is_some() }
    }

    /// Adds a ring to a region.
    pub(crate) fn add(&mut self, region: usize, ring: &[Coord]) {
        let own = u32::try_from(region).expect("fewer than four thousand million territories");
        for (edge, is_forward) in directed(&keys(ring)) {
            let Table { known, crowded } = &mut self.tables[table_of(&edge)];
            let known = known.entry(edge).or_insert(Known::NOT);
            let more = crowded.remove(&edge).unwrap_or_default();
            let mut owners: Vec<u32> = known.owners.into_iter().filter(|owner| *owner != NONE).chain(more).collect();
            owners.push(owner(own, is_forward));
            owners.sort_unstable();
            owners.dedup_by_key(|known| *known >> 1);
            known.owners = [0, 1].map(|place| owners.get(place).copied().unwrap_or(NONE));
            if let Some(more @ [_, ..]) = owners.get(2..) {
                crowded.insert(edge, more.to_vec());
            }
        }
    }

    /// Longitudes and latitudes at which the data are clipped, waters included; none if they are not.
    pub(crate) fn window(&self, regions: &[Region]) -> Option<Bounds> {
        self.cuts.and_then(|_| Bounds::of(regions.iter().flat_map(|region| region.parts.iter().flatten().flatten())))
    }

    /// Pairs of territories that touch, ids in alphabetical order: those with a common edge, and those whose unshared
    /// edges are so close that the plate shows no gap (outlines drawn twice).
    pub(crate) fn neighbours(&self, crowd: &Crowd) -> BTreeSet<(String, String)> {
        let mut pairs: FxHashSet<(usize, usize)> = crowd.pairs();
        let all = self.tables.iter().flat_map(|table| &table.known);
        for (edge, known) in all.filter(|(_, known)| known.owners[1] != NONE) {
            let all = || self.owners(edge, known);
            pairs.extend(all().flat_map(|a| all().map(move |b| (a, b))).filter(|(a, b)| a < b));
        }
        let id = |i: usize| self.ids[i].clone();
        pairs.into_iter().map(|(a, b)| if id(a) < id(b) { (id(a), id(b)) } else { (id(b), id(a)) }).collect()
    }

    /// Unshared edges that run beside those of another territory so closely that the plate shows one line, by region and edge, with
    /// the other territory: outlines drawn twice, along which vertices differ. `crowd` has the cells of [`Edges::crowd`].
    pub(crate) fn beside(&self, regions: &[Region], crowd: &Crowd) -> Beside {
        /// Fine cells along one cell of the crowd: two of them are about a tenth of a millimetre on A3.
        const FINE: i64 = 4;
        /// Fewest cells along such a stretch: coasts that only meet are no boundary.
        const FEWEST: f64 = 8.0;
        let mut found = Beside::default();
        let near = crowd.contested();
        if near.is_empty() {
            return found;
        }
        // Edges of several regions in neighbouring fine cells are in cells of the crowd that have several nearby.
        let is_near = |(x, y): Cell| near.contains(&(x.div_euclid(FINE), y.div_euclid(FINE)));
        let fine = self.crowd_in(regions, crowd.cell / FINE as f64, is_near);
        let contested = fine.contested();
        let of_ring = |(own, ring): &(usize, &LonLat)| {
            let other = |edge: Edge, a: Coord, b: Coord| -> Option<usize> {
                let mut cells = cells_along([a, b], fine.cell);
                let at = cells.next().filter(|at| contested.contains(at))?;
                if !self.is_alone(&edge, *own) {
                    return None;
                }
                let other = fine.around(at).filter(|other| other != own).min()?;
                cells.all(|at| contested.contains(&at) && fine.around(at).any(|near| near == other)).then_some(other)
            };
            let mut found = Vec::new();
            for (other, line) in runs(ring, other) {
                let Some(other) = other else { continue };
                let reach: f64 = line.windows(2).map(|e| (e[1].x - e[0].x).abs().max((e[1].y - e[0].y).abs())).sum();
                if reach >= FEWEST * fine.cell {
                    found.extend(edges(&keys(&line)).map(|edge| ((*own, edge), other)));
                }
            }
            found
        };
        let of_rings: Vec<Vec<((usize, Edge), usize)>> = base_rings(regions).par_iter().map(of_ring).collect();
        found.edges.extend(of_rings.into_iter().flatten());
        found
    }

    /// Collects the cells of the unshared edges.
    pub(crate) fn crowd(&self, regions: &[Region]) -> Crowd {
        let base = || regions.iter().enumerate().filter(|(_, r)| r.level == Level::Base);
        let rings = base().flat_map(|(_, r)| r.parts.iter().flatten().flatten());
        let Some(all) = Bounds::of(rings) else { return Crowd { cell: 1.0, taken: FxHashMap::default() } };
        self.crowd_in(regions, (all.width().max(all.height()) / CELLS).max(1e-7), |_| true)
    }

    /// As [`Edges::crowd`], in cells of some side in degrees; only the cells that are asked for.
    fn crowd_in(&self, regions: &[Region], cell: f64, is_asked: impl Fn(Cell) -> bool + Sync) -> Crowd {
        let of_ring = |(own, ring): &(usize, &LonLat)| {
            let mut found: Vec<Cell> = Vec::new();
            for (edge, ends) in edges(&keys(ring)).zip(ring.windows(2)) {
                let mut cells = cells_along([ends[0], ends[1]], cell).peekable();
                // Consecutive short edges are in the same cell.
                while cells.next_if(|at| Some(at) == found.last() || !is_asked(*at)).is_some() {}
                if cells.peek().is_none() {
                    continue;
                }
                let known = self.known(&edge).unwrap_or(&Known::NOT);
                if self.owners(&edge, known).all(|other| other == *own) {
                    found.extend(cells.filter(|at| is_asked(*at)));
                }
            }
            found
        };
        let rings = base_rings(regions);
        let found: Vec<Vec<Cell>> = rings.par_iter().map(of_ring).collect();
        let mut taken: FxHashMap<Cell, Vec<usize>> = FxHashMap::default();
        for ((own, _), cells) in rings.iter().zip(found) {
            for at in cells {
                let owners = taken.entry(at).or_default();
                if owners.last() != Some(own) {
                    owners.push(*own);
                }
            }
        }
        Crowd { cell, taken }
    }

    fn known(&self, edge: &Edge) -> Option<&Known> {
        self.tables[table_of(edge)].known.get(edge)
    }

    /// Whether an edge belongs to one region alone, and to no line layer.
    pub(super) fn is_alone(&self, edge: &Edge, own: usize) -> bool {
        self.known(edge).is_some_and(|known| !known.given && self.owners(edge, known).all(|owner| owner == own))
    }

    /// Records divided edges, so that they remain known; they were divided at a vertex of a neighbour.
    pub(crate) fn note(&mut self, divided: &[Edge]) {
        divided.iter().for_each(|edge| _ = self.tables[table_of(edge)].known.entry(*edge).or_insert(Known::NOT));
    }

    /// The regions with an edge, in their order, as [`owner`] writes them.
    fn owners_with_direction(&self, edge: &Edge, known: &Known) -> impl Iterator<Item = u32> {
        let crowded = || self.tables[table_of(edge)].crowded.get(edge);
        let more = if known.owners[1] == NONE { None } else { crowded() };
        known.owners.into_iter().chain(more.into_iter().flatten().copied()).filter(|i| *i != NONE)
    }

    /// The regions with an edge, in their order.
    fn owners(&self, edge: &Edge, known: &Known) -> impl Iterator<Item = usize> {
        self.owners_with_direction(edge, known).map(|i| (i >> 1) as usize)
    }

    /// The region on the other side of an edge of a region; of those that are only on its own side, the first.
    fn beyond(&self, own: usize, edge: &Edge, known: &Known) -> Option<Beyond> {
        if known.owners[1] == NONE {
            return self.owners(edge, known).find(|other| *other != own).map(Beyond::Other);
        }
        let all = || self.owners_with_direction(edge, known);
        let direction = all().find(|way| (way >> 1) as usize == own).map(|way| way & 1);
        let others = || all().filter(|way| (way >> 1) as usize != own);
        let opposite = others().find(|way| Some(way & 1) != direction);
        let one_of = |way: u32| (way >> 1) as usize;
        opposite.map(|way| Beyond::Other(one_of(way))).or_else(|| others().next().map(one_of).map(Beyond::SameSide))
    }

    /// Boundaries between territories that no line layer contains, outlines of units, and coasts.
    pub(crate) fn lines<'a>(
        &self,
        regions: &[Region<'a>],
        beside: &Beside,
        (spec, parties): (&PlateSpec, &Parties),
    ) -> Derived<'a> {
        let mut boundaries = Vec::new();
        let (mut coast, mut overlapping) = (Vec::new(), BTreeSet::new());
        let mut units_seen: FxHashSet<Edge> = FxHashSet::default();
        // On a plate of a past year, lines derived from outlines are lines of that year.
        let is_past = |r: &Region| spec.year.is_some() || r.meta.valid_to.is_some();
        let status = |r: &Region| if is_past(r) { Status::Historical } else { Status::Unspecified };
        let outlined = |region: &Region| {
            spec.layers.iter().all(|l| l.outline || !l.only.is_empty() && !l.only.contains(&region.meta.id))
        };
        let classes = |(i, ring): &(usize, &LonLat)| runs(ring, |edge, a, b| self.class(*i, edge, (a, b), beside));
        let of_rings: Vec<Vec<(Class, LonLat)>> = base_rings(regions).par_iter().map(classes).collect();
        let mut of_rings = of_rings.into_iter();
        for (i, region) in regions.iter().enumerate() {
            match region.level {
                Level::Base => {
                    for runs in of_rings.by_ref().take(region.parts.iter().map(Vec::len).sum()) {
                        for (class, line) in runs {
                            match class {
                                Class::Shared(j) if !self.lines_given => boundaries.push(Boundary {
                                    meta: Some(region.meta),
                                    status: status(region).min(status(&regions[j])),
                                    weight: between(region, &regions[j], parties),
                                    sides: vec![self.ids[i].clone(), self.ids[j].clone()],
                                    lines: vec![line],
                                    labels: region.labels,
                                    over: None,
                                    opinion: None,
                                }),
                                Class::Alone => coast.push(line),
                                // No boundary between the two: beyond it is neither. It is drawn once.
                                Class::SameSide(j) => {
                                    overlapping.extend([i, j]);
                                    coast.extend((j > i).then_some(line));
                                }
                                _ => {}
                            }
                        }
                    }
                }
                Level::Unit | Level::Enclave if outlined(region) => {
                    let mut lines = Vec::new();
                    for ring in region.parts.iter().flatten() {
                        let own = |edge: Edge, _, _| self.known(&edge).is_none() && !units_seen.contains(&edge);
                        lines.extend(runs(ring, own).into_iter().filter(|(own, _)| *own).map(|(_, line)| line));
                        units_seen.extend(edges(&keys(ring)));
                    }
                    let weight = match region.level {
                        Level::Enclave => Weight::State,
                        _ => Weight::of(region.kind.as_deref()).max(Weight::Unit),
                    };
                    if !lines.is_empty() && region.level == Level::Unit {
                        let sides = vec![region.meta.id.clone()];
                        boundaries.push(Boundary {
                            meta: None,
                            status: status(region),
                            weight,
                            sides,
                            lines,
                            labels: false,
                            over: None,
                            opinion: None,
                        });
                    }
                }
                _ => {}
            }
        }
        Derived { boundaries, coast, overlapping }
    }

    fn class(&self, own: usize, edge: Edge, (a, b): (Coord, Coord), beside: &Beside) -> Class {
        let known = self.known(&edge).unwrap_or(&Known::NOT);
        match self.beyond(own, &edge, known) {
            _ if known.given => Class::Given,
            Some(Beyond::Other(other)) if other > own => Class::Shared(other),
            Some(Beyond::Other(_)) => Class::Given,
            Some(Beyond::SameSide(_)) if self.is_cut(a, b) => Class::Given,
            Some(Beyond::SameSide(other)) => Class::SameSide(other),
            None if self.is_cut(a, b) => Class::Given,
            None if let Some(other) = beside.edges.get(&(own, edge)) => {
                // Of the two lines that of the first territory is drawn.
                if *other > own { Class::Shared(*other) } else { Class::Given }
            }
            None => Class::Alone,
        }
    }

    /// Whether an edge is on the clipping frame of the data, or on the limits of longitude and latitude.
    fn is_cut(&self, a: Coord, b: Coord) -> bool {
        let is_at = |a: f64, b: f64, limit: f64, by: f64| (a - limit).abs() < by && (b - limit).abs() < by;
        let on = |a: f64, b: f64, limit: f64| is_at(a, b, limit, 2e-6);
        let at_end = is_at(a.x.abs(), b.x.abs(), 180.0, 2e-5)
            || [90.0, WEB_MERCATOR_END].iter().any(|limit| is_at(a.y.abs(), b.y.abs(), *limit, 2e-5));
        at_end
            || self.cuts.is_some_and(|(low, high)| {
                [low.x, high.x].iter().any(|l| on(a.x, b.x, *l)) || [low.y, high.y].iter().any(|l| on(a.y, b.y, *l))
            })
    }
}

impl Crowd {
    /// Pairs of regions with edges within two cells of each other.
    fn pairs(&self) -> FxHashSet<(usize, usize)> {
        let mut pairs = FxHashSet::default();
        for (at, own) in &self.taken {
            let others = self.around(*at);
            pairs.extend(others.flat_map(move |b| own.iter().map(move |a| (*a, b))).filter(|(a, b)| a < b));
        }
        pairs
    }

    /// Cells with edges of several regions nearby.
    pub(super) fn contested(&self) -> FxHashSet<Cell> {
        let several = |(at, own): &(&Cell, &Vec<usize>)| self.around(**at).any(|other| other != own[0]);
        self.taken.iter().filter(several).map(|(at, _)| *at).collect()
    }

    /// Regions with edges in a cell and the eight around it.
    fn around(&self, (x, y): Cell) -> impl Iterator<Item = usize> {
        let cells = (-1..=1).flat_map(move |dx| (-1..=1).map(move |dy| (x + dx, y + dy)));
        cells.filter_map(|at| self.taken.get(&at)).flatten().copied()
    }
}

/// The cells along an edge, on a grid of cells of some side in degrees.
fn cells_along(ends: [Coord; 2], cell: f64) -> impl Iterator<Item = Cell> {
    let d = ends[1] - ends[0];
    let steps = (d.x.abs().max(d.y.abs()) / cell).ceil().max(1.0);
    (0..=steps as u32).map(move |i| {
        let p = ends[0] + d * (f64::from(i) / steps);
        ((p.x / cell).floor() as i64, (p.y / cell).floor() as i64)
    })
}

/// A region at an edge of another: on the other side, or on the same.
#[derive(Clone, Copy)]
enum Beyond {
    Other(usize),
    SameSide(usize),
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Given,
    Shared(usize),
    /// Only with regions on the same side of it.
    SameSide(usize),
    Alone,
}

/// Splits a closed ring into runs of edges of the same class, starting at a change of class. `class` is called with the
/// edge and its ends.
fn runs<C: PartialEq + Copy>(ring: &[Coord], class: impl Fn(Edge, Coord, Coord) -> C) -> Vec<(C, LonLat)> {
    let classes: Vec<C> = edges(&keys(ring)).enumerate().map(|(i, edge)| class(edge, ring[i], ring[i + 1])).collect();
    let n = classes.len();
    let start = (0..n).find(|&i| classes[i] != classes[(i + n - 1) % n]).unwrap_or(0);
    let mut found: Vec<(C, LonLat)> = Vec::new();
    for i in (0..n).map(|i| (start + i) % n) {
        match found.last_mut() {
            Some((c, line)) if *c == classes[i] => line.push(ring[i + 1]),
            _ => found.push((classes[i], vec![ring[i], ring[i + 1]])),
        }
    }
    found
}
