//! Lines that follow from territories: what two share is a boundary, what one has alone is a coast.

use super::content::{Boundary, Level, LonLat, Region};
use super::mesh::key;
use super::spec::PlateSpec;
use super::symbol::Weight;
use crate::model::Status;
use geo::Coord;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

type Edge = ((i64, i64), (i64, i64));

fn edge(a: Coord, b: Coord) -> Edge {
    let (a, b) = (key(a), key(b));
    if a < b { (a, b) } else { (b, a) }
}

/// Who has which edge.
pub(crate) struct Edges {
    owners: FxHashMap<Edge, Vec<usize>>,
    given: FxHashSet<Edge>,
    ids: Vec<String>,
    /// Longitudes and latitudes at which the data are cut.
    cuts: Option<(Coord, Coord)>,
    lines_given: bool,
}

/// The lines found.
pub(crate) struct Derived<'a> {
    pub boundaries: Vec<Boundary<'a>>,
    pub coast: Vec<LonLat>,
}

impl Edges {
    pub(crate) fn of(regions: &[Region], boundaries: &[Boundary]) -> Self {
        let mut owners: FxHashMap<Edge, Vec<usize>> = FxHashMap::default();
        let mut corners: Option<(Coord, Coord)> = None;
        for (i, region) in regions.iter().enumerate().filter(|(_, r)| r.level == Level::Base) {
            for ring in region.parts.iter().flatten() {
                for w in ring.windows(2) {
                    let owned = owners.entry(edge(w[0], w[1])).or_default();
                    if !owned.contains(&i) {
                        owned.push(i);
                    }
                }
                for p in ring.iter().filter(|_| region.meta.clipped) {
                    let (low, high) = corners.unwrap_or((*p, *p));
                    let low = Coord { x: low.x.min(p.x), y: low.y.min(p.y) };
                    corners = Some((low, Coord { x: high.x.max(p.x), y: high.y.max(p.y) }));
                }
            }
        }
        let given = boundaries.iter().flat_map(|b| &b.lines).flat_map(|l| l.windows(2)).map(|w| edge(w[0], w[1]));
        let ids = regions.iter().map(|r| r.meta.id.clone()).collect();
        Edges { owners, given: given.collect(), ids, cuts: corners, lines_given: !boundaries.is_empty() }
    }

    /// Pairs of territories with a common edge, ids in alphabetical order.
    pub(crate) fn neighbours(&self) -> BTreeSet<(String, String)> {
        let pairs = self.owners.values().filter(|o| o.len() > 1).flat_map(|o| {
            o.iter().flat_map(|a| o.iter().map(move |b| (*a, *b))).filter(|(a, b)| a < b).collect::<Vec<_>>()
        });
        let pairs: BTreeSet<(usize, usize)> = pairs.collect();
        let id = |i: usize| self.ids[i].clone();
        pairs.into_iter().map(|(a, b)| if id(a) < id(b) { (id(a), id(b)) } else { (id(b), id(a)) }).collect()
    }

    /// Boundaries between territories where no line layer gives them, outlines of units, and coasts.
    pub(crate) fn lines<'a>(&self, regions: &[Region<'a>], spec: &PlateSpec) -> Derived<'a> {
        let mut boundaries = Vec::new();
        let mut coast = Vec::new();
        let mut units_seen: FxHashSet<Edge> = FxHashSet::default();
        let status = |r: &Region| if r.meta.valid_to.is_some() { Status::Historical } else { Status::Unspecified };
        let outlined = |region: &Region| {
            spec.layers.iter().all(|l| l.outline || !l.only.is_empty() && !l.only.contains(&region.meta.id))
        };
        for (i, region) in regions.iter().enumerate() {
            match region.level {
                Level::Base => {
                    for ring in region.parts.iter().flatten() {
                        let class = |a: Coord, b: Coord| self.class(i, a, b);
                        for (class, line) in runs(ring, class) {
                            match class {
                                Class::Shared(j) if !self.lines_given => boundaries.push(Boundary {
                                    meta: Some(region.meta),
                                    status: status(region).min(status(&regions[j])),
                                    weight: Weight::of(region.meta.kind.as_deref())
                                        .max(Weight::of(regions[j].meta.kind.as_deref())),
                                    sides: vec![self.ids[i].clone(), self.ids[j].clone()],
                                    lines: vec![line],
                                    labels: region.labels,
                                }),
                                Class::Alone => coast.push(line),
                                _ => {}
                            }
                        }
                    }
                }
                Level::Unit | Level::Enclave if outlined(region) => {
                    let mut lines = Vec::new();
                    for ring in region.parts.iter().flatten() {
                        let class = |a: Coord, b: Coord| {
                            let e = edge(a, b);
                            !self.owners.contains_key(&e) && !self.given.contains(&e) && !units_seen.contains(&e)
                        };
                        lines.extend(runs(ring, class).into_iter().filter(|(own, _)| *own).map(|(_, line)| line));
                        units_seen.extend(ring.windows(2).map(|w| edge(w[0], w[1])));
                    }
                    let weight = match region.level {
                        Level::Enclave => Weight::State,
                        _ => Weight::of(region.meta.kind.as_deref()).max(Weight::Unit),
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
                        });
                    }
                }
                _ => {}
            }
        }
        Derived { boundaries, coast }
    }

    fn class(&self, own: usize, a: Coord, b: Coord) -> Class {
        let e = edge(a, b);
        let owners = self.owners.get(&e).map_or(&[][..], Vec::as_slice);
        match owners.iter().find(|o| **o != own) {
            _ if self.given.contains(&e) => Class::Given,
            Some(other) if *other > own => Class::Shared(*other),
            Some(_) => Class::Given,
            None if self.is_cut(a, b) => Class::Given,
            None => Class::Alone,
        }
    }

    /// Whether an edge runs along the frame at which the data are cut.
    fn is_cut(&self, a: Coord, b: Coord) -> bool {
        self.cuts.is_some_and(|(low, high)| {
            let on = |a: f64, b: f64, limit: f64| (a - limit).abs() < 2e-6 && (b - limit).abs() < 2e-6;
            [low.x, high.x].iter().any(|l| on(a.x, b.x, *l)) || [low.y, high.y].iter().any(|l| on(a.y, b.y, *l))
        })
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Given,
    Shared(usize),
    Alone,
}

/// A closed ring cut into runs of edges of the same class, starting where a class begins.
fn runs<C: PartialEq + Copy>(ring: &[Coord], class: impl Fn(Coord, Coord) -> C) -> Vec<(C, LonLat)> {
    let n = ring.len().saturating_sub(1);
    let classes: Vec<C> = (0..n).map(|i| class(ring[i], ring[i + 1])).collect();
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
