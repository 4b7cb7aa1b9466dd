//! Points in which territories touch.

use super::coverage_graph::{CoverageGraph, SharedEdge};
use super::uses::{Use, of_edges};
use crate::earth::antimeridian::on_east_side;
use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cmp::Ordering;

/// Up to this many territories at one point, each pair is reported; above it the number of pairs would outgrow the
/// input.
pub const MOST_IN_A_POINT: usize = 16;

/// Points in which territories touch without sharing an edge there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contacts {
    /// Two territories, the earlier one first, and the point (lon, lat in degrees).
    pub pairs: Vec<(usize, usize, Coord)>,
    /// Points (lon, lat in degrees) in which more than [`MOST_IN_A_POINT`] territories meet, and all these territories.
    pub crowds: Vec<(Coord, Vec<usize>)>,
    /// Pairs of territories, the earlier one first, that both cover land at a vertex of both.
    pub overlaps: Vec<(usize, usize)>,
}

/// A half-edge, seen from the vertex where it begins.
#[derive(Clone, Copy)]
struct Ray {
    place: u32,
    /// Its direction.
    to: Coord,
    territory: u32,
    /// Whether the territory's land lies on its left, going from the place.
    left: bool,
}

impl CoverageGraph {
    /// Points in which territories touch without sharing an edge there, and without overlapping around it.
    ///
    /// # Method
    /// At each vertex of several territories, the edges are sorted by direction. A sweep around the vertex records
    /// whose land begins and ends at each direction, and so which territories share an edge, overlap, or only touch.
    /// Vertices on +180° and −180° at one latitude are one point, and so is a pole.
    pub fn point_contacts(&self, shared: &[SharedEdge]) -> Contacts {
        let places = Places::new(&self.positions);
        let here = places.among(&self.several);
        let is_open = self.open_places(shared, &places, &here);
        let open = |end: u32| here[end as usize] && is_open[places.of(end) as usize];
        let of_use = |u: &Use, rays: &mut Vec<Ray>| {
            for (from, to, left) in [(u.low, u.high, u.forward()), (u.high, u.low, !u.forward())] {
                if open(from) {
                    let place = places.of(from);
                    let along_a_pole = places.of(to) == place;
                    let to = direction(self.position(from), self.position(to));
                    rays.extend((!along_a_pole).then_some(Ray {
                        place,
                        to,
                        territory: self.territory_of_use(u),
                        left,
                    }));
                }
            }
        };
        let mut rays: Vec<Ray> = of_edges(&self.uses, |_, edge, rays| {
            if open(edge[0].low) || open(edge[0].high) {
                edge.iter().for_each(|u| of_use(u, rays));
            }
        });
        rays.par_sort_unstable_by_key(|ray| (ray.place, ray.territory, ray.left));
        let mut contacts = Contacts::default();
        for rays in rays.chunk_by_mut(|a, b| a.place == b.place) {
            let at = self.position(rays[0].place);
            around(Coord { x: if at.y.abs() == 90.0 { 0.0 } else { at.x }, y: at.y }, rays, &mut contacts);
        }
        contacts.overlaps.sort_unstable();
        contacts.overlaps.dedup();
        contacts.pairs.sort_unstable_by(|p, q| (p.0, p.1).cmp(&(q.0, q.1)).then_with(|| west_first(p.2, q.2)));
        contacts.crowds.sort_by(|p, q| west_first(p.0, q.0));
        contacts
    }

    /// By place: whether territories may touch or overlap there, of the places `here`. At all others, the usual case,
    /// only two territories meet, and each edge lies between them.
    fn open_places(&self, shared: &[SharedEdge], places: &Places, here: &[bool]) -> Vec<bool> {
        /// In place of a pair of territories: none (zeroed memory), and several.
        const NONE: u32 = 0;
        const SEVERAL: u32 = u32::MAX;
        let mut pair_at = vec![NONE; self.positions.len()];
        let mut note = |pair: u32, ends: [u32; 2]| {
            for end in ends {
                let at = &mut pair_at[places.of(end) as usize];
                *at = if *at == NONE || *at == pair { pair } else { SEVERAL };
            }
        };
        let mut pairs: FxHashMap<[u32; 2], u32> = FxHashMap::default();
        let mut number = |territories: [u32; 2]| {
            let next = pairs.len() as u32 + 1;
            *pairs.entry(territories).or_insert(next)
        };
        for edges in shared.chunk_by(|a, b| (a.left, a.right) == (b.left, b.right)) {
            let pair = number(self.territories_of(&edges[0]));
            edges.iter().for_each(|edge| note(pair, [edge.from, edge.to]));
        }
        // Edges between polygons of one territory, and those with other than one use on either side: territories that
        // share an edge may part at its end, and either may enter the other's land.
        let others: Vec<([u32; 2], Option<u32>)> = of_edges(&self.uses, |_, edge, out| {
            let ends = [edge[0].low, edge[0].high];
            if ends.iter().any(|end| here[*end as usize]) {
                match edge {
                    [a, b] if a.forward() != b.forward() => {
                        let [a, b] = [a, b].map(|u| self.territory_of_use(u));
                        out.extend((a == b).then_some((ends, Some(a))));
                    }
                    _ => out.push((ends, None)),
                }
            }
        });
        for (ends, territory) in others {
            note(territory.map_or(SEVERAL, |territory| number([territory; 2])), ends);
        }
        pair_at.into_iter().map(|pair| pair == SEVERAL).collect()
    }
}

fn west_first(a: Coord, b: Coord) -> Ordering {
    a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
}

/// Maps positions that denote the same point with different longitudes (±180°, poles) to one number.
struct Places {
    /// By position: whether it may denote the same point as another one; empty if none does.
    is_special: Vec<bool>,
    /// The representative of each such position.
    stands_for: FxHashMap<u32, u32>,
}

impl Places {
    fn new(positions: &[Coord]) -> Self {
        let special = positions.par_iter().enumerate().filter(|(_, at)| is_special(at));
        let mut special: Vec<(u32, Coord)> = special.map(|(number, at)| (number as u32, *at)).collect();
        // Positions on +180° first: they become the representatives.
        special.sort_by(|a, b| b.1.x.total_cmp(&a.1.x));
        let mut marks = vec![false; if special.is_empty() { 0 } else { positions.len() }];
        let (mut stands_for, mut first) = (FxHashMap::default(), FxHashMap::<u64, u32>::default());
        for (number, at) in special {
            marks[number as usize] = true;
            stands_for.insert(number, *first.entry(at.y.to_bits()).or_insert(number));
        }
        Places { is_special: marks, stands_for }
    }

    /// By position: whether it is marked in `some`, or denotes the same point as another position.
    fn among<'a>(&self, some: &'a [bool]) -> Cow<'a, [bool]> {
        if self.stands_for.is_empty() {
            return Cow::Borrowed(some);
        }
        let mut among = some.to_vec();
        self.stands_for.keys().for_each(|number| among[*number as usize] = true);
        Cow::Owned(among)
    }

    fn of(&self, number: u32) -> u32 {
        if self.is_special(number) { self.stands_for[&number] } else { number }
    }

    fn is_special(&self, number: u32) -> bool {
        !self.is_special.is_empty() && self.is_special[number as usize]
    }
}

fn is_special(at: &Coord) -> bool {
    at.x.abs() == 180.0 || at.y.abs() == 90.0
}

/// The direction of an edge at its first end; at a pole, that of its meridian, counter-clockwise seen from above.
fn direction(from: Coord, to: Coord) -> Coord {
    if from.y.abs() != 90.0 {
        return to - from;
    }
    let lon = on_east_side(from.x);
    let (sin, cos) = lon.to_radians().sin_cos();
    Coord { x: cos, y: sin * from.y.signum() }
}

/// Compares directions counter-clockwise from east, exactly.
fn by_direction(a: Coord, b: Coord) -> Ordering {
    let origin = Coord { x: 0.0, y: 0.0 };
    let south = |d: Coord| d.y < 0.0 || (d.y == 0.0 && d.x < 0.0);
    south(a).cmp(&south(b)).then_with(|| match RobustKernel::orient2d(origin, a, b) {
        Orientation::CounterClockwise => Ordering::Less,
        Orientation::Clockwise => Ordering::Greater,
        Orientation::Collinear => Ordering::Equal,
    })
}

/// Adds the contacts at a point; its rays are grouped by territory.
fn around(at: Coord, rays: &mut [Ray], contacts: &mut Contacts) {
    let territories: Vec<u32> = rays.chunk_by(|a, b| a.territory == b.territory).map(|own| own[0].territory).collect();
    let number = |ray: &Ray| territories.partition_point(|t| *t < ray.territory);
    rays.sort_by(|a, b| by_direction(a.to, b.to).then(a.territory.cmp(&b.territory)).then(a.left.cmp(&b.left)));
    let count = territories.len();
    let crowd = count > MOST_IN_A_POINT;
    // Pairs that share an edge or overlap; above `MOST_IN_A_POINT` only their number.
    let (mut settled, mut pairs) = (vec![false; if crowd { 0 } else { count * count }], 0);
    let (mut active, mut held) = (vec![false; count], 0);
    let (mut ending, mut beginning) = (Vec::new(), Vec::new());
    let mut turns = vec![false; count];
    // The first round finds whose land contains the first direction; the second reports.
    for telling in [false, true] {
        for same in rays.chunk_by(|a, b| by_direction(a.to, b.to).is_eq()) {
            ending.clear();
            beginning.clear();
            for own in same.chunk_by(|a, b| a.territory == b.territory) {
                // A territory with land on both sides of a ray, or on neither, neither ends nor begins there.
                if own.iter().all(|ray| ray.left == own[0].left) {
                    if own[0].left { &mut beginning } else { &mut ending }.push(number(&own[0]));
                }
            }
            ending.iter().chain(&beginning).for_each(|&a| turns[a] = true);
            for &a in &ending {
                held -= usize::from(std::mem::take(&mut active[a]));
            }
            pairs += if telling { ending.len() * beginning.len() } else { 0 };
            for &b in &beginning {
                if telling && !crowd {
                    let mut settle = |a: usize| settled[a.min(b) * count + a.max(b)] = true;
                    ending.iter().for_each(|&a| settle(a));
                    for a in (0..count).filter(|&a| active[a] && a != b) {
                        settle(a);
                        let (a, b) = (territories[a.min(b)], territories[a.max(b)]);
                        contacts.overlaps.push((a as usize, b as usize));
                    }
                }
                pairs += if telling && !active[b] { held } else { 0 };
                held += usize::from(!std::mem::replace(&mut active[b], true));
            }
        }
        // A territory that neither ends nor begins at any ray surrounds the point, except at a pole, where it may taper
        // off.
        for a in (0..count).filter(|&a| !telling && !turns[a] && at.y.abs() != 90.0) {
            held += usize::from(!std::mem::replace(&mut active[a], true));
        }
    }
    if crowd {
        if pairs < count * (count - 1) / 2 {
            contacts.crowds.push((at, territories.iter().map(|t| *t as usize).collect()));
        }
        return;
    }
    for (a, &first) in territories.iter().enumerate() {
        let touching = (a + 1..count).filter(|b| !settled[a * count + b]);
        contacts.pairs.extend(touching.map(|b| (first as usize, territories[b] as usize, at)));
    }
}
