//! Locations of points, and objects that a leg leaves on its sides.

use super::DescriptionLine;
use super::class::{is_left, permanence};
use super::context::{Around, Spot, WayKind};
use super::course::Sides;
use super::heading::{Compass, bearing};
use super::number::Rounding;
use crate::document::description::{
    Direction, FeatureLine, Heading, Landmark, LandmarkClass, LeftOnSide, LengthKind, LiesOn, PointLocation, Tie, Words,
};
use crate::document::stating::turned_deg;
use crate::earth::{LocalPlane, azimuth_deg, distance_m};
use geo::Coord;
use rayon::prelude::*;

/// References in directions that differ by less are redundant.
const APART_DEG: f64 = 45.0;

/// The data needed to locate points.
pub(super) struct Places<'a> {
    pub around: &'a Around,
    pub sides: &'a Sides<'a>,
    pub lines: &'a [DescriptionLine],
    pub rounding: Rounding,
    pub compass: Compass,
    pub tolerance_m: f64,
    pub accuracy_m: f64,
    pub most_ties: usize,
    pub reach_m: f64,
    pub leave_m: f64,
    /// For each point around, its distance from the line and the territory on its side.
    pub territories: Vec<Option<(f64, &'a Words)>>,
}

/// The side of the line on which each point around is: its distance and the territory there.
pub(super) fn territories<'a>(
    around: &Around,
    sides: &Sides<'_>,
    lines: &'a [DescriptionLine],
    within_m: f64,
) -> Vec<Option<(f64, &'a Words)>> {
    let of_spot = |spot: &Spot| {
        let near = sides.nearest(spot.position, within_m)?;
        let line = &lines[near.sector];
        let territory = if near.left { line.left.as_ref() } else { line.right.as_ref() };
        territory.map(|territory| (near.distance_m, territory))
    };
    around.spots.par_iter().map(of_spot).collect()
}

/// A candidate reference of a tie.
pub(super) struct Candidate<'a> {
    pub spot: &'a Spot,
    pub distance_m: f64,
    /// The point that is tied to it.
    at: Coord,
    /// From it to the point in the plane of the point, within 0.1° at the distances of ties.
    plane_deg: f64,
    territory: Option<&'a Words>,
    pub error_m: f64,
}

impl Candidate<'_> {
    /// From it to the point, by the geodesic: the direction that a tie states.
    pub(super) fn azimuth_deg(&self) -> f64 {
        azimuth_deg(self.spot.position, self.at)
    }
}

impl Places<'_> {
    /// The location of a position: the feature that it is on, else the object that it is at, else ties. `along` is the
    /// way by which the line arrives.
    pub(super) fn of(&self, at: Coord, along: Option<u32>) -> PointLocation {
        self.place(at, along, true)
    }

    /// The location of the first point: no sentence before has named the way.
    pub(super) fn of_start(&self, at: Coord, along: Option<u32>) -> PointLocation {
        self.place(at, along, false)
    }

    fn place(&self, at: Coord, along: Option<u32>, is_named: bool) -> PointLocation {
        let mut place = PointLocation { at: self.at(at), ..PointLocation::default() };
        let on = along.filter(|_| place.at.is_empty()).and_then(|way| self.on(way, is_named));
        place.on.extend(on);
        if place.at.is_empty() {
            let (ties, near) = self.ties(at);
            (place.ties, place.near) = (ties, near);
        }
        place
    }

    fn on(&self, way: u32, is_named: bool) -> Option<LiesOn> {
        let way = &self.around.ways[way as usize];
        let line = match way.kind {
            WayKind::River => way.line.unwrap_or(FeatureLine::Middle),
            WayKind::Road | WayKind::Ridge | WayKind::Parcel => return None,
        };
        let landmark = match is_named {
            true => Landmark { class: way.landmark.class, anaphora: true, ..Landmark::default() },
            false => way.landmark.clone(),
        };
        Some(LiesOn { landmark, line: Some(line), bank: None })
    }

    /// The objects at a position: confluences, forks, bridges, summits.
    fn at(&self, at: Coord) -> Vec<Landmark> {
        let junction = |kind: WayKind, of: LandmarkClass| {
            let ends = self.around.ends_near(at, self.tolerance_m);
            let is_of = |way: &u32| self.around.ways[*way as usize].kind == kind;
            if !ends.iter().any(is_of) {
                return None;
            }
            let near = self.around.ways_near(at, self.tolerance_m);
            let mut all: Vec<&Landmark> = near
                .iter()
                .filter(|(way, _)| is_of(way) && !self.around.ways[*way as usize].is_outline)
                .map(|(way, _)| &self.around.ways[*way as usize].landmark)
                .collect();
            all.sort_by(|a, b| a.name.cmp(&b.name));
            let meet: Vec<Landmark> = all.into_iter().cloned().collect();
            let is_named = kind == WayKind::Road || meet.iter().all(|one| !one.name.is_empty());
            (meet.len() > 1 && is_named).then(|| Landmark { of: of_fork(kind, meet), ..Landmark::of_class(of) })
        };
        if let Some(found) = junction(WayKind::River, LandmarkClass::Confluence) {
            return vec![found];
        }
        let is_at = |class: LandmarkClass| permanence(class).is_some_and(|rank| (1..=4).contains(&rank));
        let spots = self.around.spots_near(at, self.tolerance_m);
        let spot = spots.iter().find(|(spot, _)| {
            spot.landmark.class.is_some_and(is_at) && spot.accuracy_m.unwrap_or(0.0) <= self.tolerance_m
        });
        if let Some((spot, _)) = spot {
            return vec![Landmark { territory: Words::default(), ..spot.landmark.clone() }];
        }
        junction(WayKind::Road, LandmarkClass::Fork).into_iter().collect()
    }

    /// Ties, and objects nearer than the accuracy can distinguish.
    fn ties(&self, at: Coord) -> (Vec<Tie>, Vec<Landmark>) {
        let (chosen, near) = self.chosen(at);
        let states_territory = chosen.len() > 1;
        (chosen.iter().map(|one| self.tie(one, states_territory)).collect(), near)
    }

    /// The references of the ties of a position, the nearest first, and objects nearer than the accuracy can distinguish.
    pub(super) fn chosen(&self, at: Coord) -> (Vec<Candidate<'_>>, Vec<Landmark>) {
        if self.most_ties == 0 {
            return Default::default();
        }
        let mut all: Vec<Candidate<'_>> = Vec::new();
        let mut near = Vec::new();
        let plane = LocalPlane::at(at);
        let here = plane.to_m(at);
        for (number, _) in self.around.spot_numbers_near(at, self.reach_m) {
            let spot = &self.around.spots[number];
            if spot.landmark.class.and_then(permanence).is_none() {
                continue;
            }
            let distance_m = distance_m(spot.position, at);
            let error_m = self.accuracy_m.hypot(spot.accuracy_m.unwrap_or(0.0));
            if distance_m <= error_m {
                if near.is_empty() {
                    near.push(spot.landmark.clone());
                }
                continue;
            }
            let territory =
                self.territories[number].filter(|(distance_m, _)| *distance_m > error_m).map(|(_, name)| name);
            let way = here - plane.to_m(spot.position);
            let plane_deg = way.x.atan2(way.y).to_degrees();
            all.push(Candidate { spot, distance_m, at, plane_deg, territory, error_m });
        }
        let mut chosen: Vec<usize> = Vec::new();
        // First one in each territory, then the nearest of the others; at about equal distances, the more permanent.
        let rank = |one: &Candidate<'_>| one.spot.landmark.class.and_then(permanence).map_or(9.0, f64::from);
        let cost = |one: &Candidate<'_>| one.distance_m * (1.0 + 0.15 * rank(one));
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by(|&a, &b| cost(&all[a]).total_cmp(&cost(&all[b])));
        let is_apart = |chosen: &[usize], i: usize| {
            let off = |j: &usize| turned_deg(all[i].plane_deg, all[*j].plane_deg).abs();
            chosen.iter().all(|j| off(j) >= APART_DEG)
        };
        for wants_other_territory in [true, false] {
            for &i in &order {
                let is_new = |j: &usize| all[*j].territory != all[i].territory;
                if chosen.len() + near.len() < self.most_ties
                    && !chosen.contains(&i)
                    && (!wants_other_territory || (all[i].territory.is_some() && chosen.iter().all(is_new)))
                    && is_apart(&chosen, i)
                {
                    chosen.push(i);
                }
            }
        }
        chosen.sort_by(|&a, &b| all[a].distance_m.total_cmp(&all[b].distance_m));
        let mut all: Vec<Option<Candidate<'_>>> = all.into_iter().map(Some).collect();
        (chosen.into_iter().filter_map(|i| all[i].take()).collect(), near)
    }

    fn tie(&self, one: &Candidate<'_>, states_territory: bool) -> Tie {
        let mut from = one.spot.landmark.clone();
        if states_territory && from.territory.is_empty() {
            from.territory = one.territory.cloned().unwrap_or_default();
        }
        let azimuth_deg = one.azimuth_deg();
        let heading = match self.compass {
            Compass::Degrees => Heading::Bearing(bearing(azimuth_deg, one.error_m, one.distance_m)),
            Compass::Winds(winds) => Heading::Wind(crate::document::description::Wind::nearest(azimuth_deg, winds)),
        };
        // If the error exceeds half a sector, the wind itself is uncertain.
        let doubt_deg = (one.error_m / one.distance_m).atan().to_degrees();
        let approx = self.compass.sector_deg().is_some_and(|sector| doubt_deg > sector / 2.0);
        let distance = self.rounding.for_accuracy(one.error_m).length(one.distance_m, LengthKind::Straight, approx);
        Tie { distance: Some(distance), direction: Some(Direction { heading, general: false, approx: false }), from }
    }

    /// Objects wholly on one side near the line, with the nearest sector and edge of the line, nearest first.
    pub(super) fn left_on_sides(&self) -> Vec<(usize, usize, LeftOnSide)> {
        let mut all = Vec::new();
        for spot in &self.around.spots {
            let Some(class) = spot.landmark.class.filter(|&class| is_left(class)) else { continue };
            let error_m = self.accuracy_m.hypot(spot.accuracy_m.unwrap_or(0.0));
            let nearest = self.sides.nearest(spot.position, self.leave_m);
            let Some(near) = nearest.filter(|near| near.distance_m > error_m.max(self.tolerance_m)) else { continue };
            let is_called = !spot.landmark.name.is_empty()
                || spot.landmark.height.is_some()
                || matches!(class, LandmarkClass::Building | LandmarkClass::Island);
            let line = &self.lines[near.sector];
            let Some(territory) = if near.left { &line.left } else { &line.right }.as_ref().filter(|_| is_called)
            else {
                continue;
            };
            let unnamed = class == LandmarkClass::Island && spot.landmark.name.is_empty();
            let what = Landmark { territory: Words::default(), unnamed, ..spot.landmark.clone() };
            let allotment = LeftOnSide { what, territory: territory.clone(), ..LeftOnSide::default() };
            all.push((near.distance_m, near.sector, near.edge, allotment));
        }
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        all.into_iter().map(|(_, sector, edge, allotment)| (sector, edge, allotment)).collect()
    }
}

/// The roads of a fork; unnamed ones of a class are represented by one.
fn of_fork(kind: WayKind, meet: Vec<Landmark>) -> Vec<Landmark> {
    let class = meet.first().and_then(|one| one.class);
    if kind == WayKind::Road && meet.iter().all(|one| one.name.is_empty() && one.class == class) {
        return vec![Landmark { class, ..Landmark::default() }];
    }
    meet
}
