//! Positions of the detail maps of a map: candidates for each, and the best combination.

use super::ground::{Ground, lines};
use super::{Inset, Wanted, link};
use crate::map::canvas::View;
use crate::map::content::Content;
use crate::map::labels::Quad;
use crate::map::paper::{Bounds, MM, length};
use crate::map::scene::Scene;
use crate::map::spec::PlateSpec;

/// Cost of a leader that crosses the extent of another detail map on the main map.
pub(super) const CROSSING: f64 = 80.0;
/// Cost of omitting a detail map.
const LEFT_OUT: f64 = 5000.0;
/// Number of pairs of positions compared before the search stops with the best combination so far.
const PATIENCE: usize = 200_000;

/// A candidate position of a detail map.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub frame: Bounds,
    /// Its extent on the main map.
    pub shown: Bounds,
    pub cost: f64,
    /// A strip along its leader; none if it has no leader.
    leader: Option<Quad>,
}

impl Place {
    /// A position with its cost; `has_leader` unless the detail map shows land outside the main map.
    pub(super) fn new(frame: Bounds, shown: Bounds, cost: f64, has_leader: bool) -> Self {
        let leader = has_leader.then(|| Quad::along(link(&shown, &frame, 0.5), MM));
        Place { frame, shown, cost, leader }
    }

    pub(super) fn leader_mm(&self) -> f64 {
        let (from, to) = link(&self.shown, &self.frame, 0.5);
        length(&[from, to]) / MM
    }

    /// The mutual cost of two positions; none if they exclude each other: frames that overlap, and leaders that cross
    /// each other or a frame.
    fn beside(&self, other: &Place) -> Option<f64> {
        let (a, b) = (self.frame.grown(1.5), other.frame.grown(1.5));
        let hides = |frame: &Bounds, of: &Place| of.leader.is_some() && frame.overlaps(&of.shown);
        if a.overlaps(&b) || hides(&a, other) || hides(&b, self) {
            return None;
        }
        let is_over = |leader: &Option<Quad>, b: &Bounds| {
            leader.as_ref().is_some_and(|leader| leader.bounds.overlaps(b) && Quad::of(*b).overlaps(leader))
        };
        let cross = self.leader.as_ref().zip(other.leader.as_ref()).is_some_and(|(own, others)| own.overlaps(others));
        if cross || is_over(&self.leader, &other.frame) || is_over(&other.leader, &self.frame) {
            return None;
        }
        let over = [(self, other), (other, self)];
        let over = over.iter().filter(|(a, b)| b.leader.is_some() && is_over(&a.leader, &b.shown));
        Some(over.count() as f64 * CROSSING)
    }
}

/// Finds the best combination of positions for all detail maps of a map.
///
/// # Method
/// The cost of a position is the area that it covers of the subject land, of boundaries and of room for names, the
/// length of its leader and the part of it over that land, and the distance from the edge. The combination with the
/// least total cost is found by depth-first branch and bound (Land and Doig 1960); the bound is the sum of the least costs
/// of the remaining maps among the positions that those already chosen do not exclude.
pub(crate) fn arrange(
    spec: &PlateSpec,
    content: &Content,
    scene: &Scene,
    view: &View,
    wanted: Vec<Wanted>,
) -> Vec<Inset> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let map = Ground::of(spec, content, scene, view, &wanted);
    let places: Vec<Vec<Place>> = wanted.iter().map(|w| map.places(w, &wanted)).collect();
    let mut search = Search { places: &places, best: (f64::MAX, Vec::new()), patience: PATIENCE };
    search.go_on(&mut Vec::new(), 0.0);
    let chosen = search.best.1;
    let lines = lines(scene, view);
    let inset = |(wanted, place): (Wanted, Option<Place>)| Some(Inset::at(place?.frame, view, wanted));
    let mut insets: Vec<Inset> = wanted.into_iter().zip(chosen).filter_map(inset).collect();
    // Leaders are chosen one after the other, each clear of all others.
    for i in 0..insets.len() {
        let others = insets.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, other)| other);
        let others: Vec<Quad> = others
            .flat_map(|other| {
                let leader = (!other.is_beyond).then(|| Quad::along(other.leader, MM));
                leader.into_iter().chain([Quad::of(other.view.frame)])
            })
            .collect();
        insets[i].leader = map.leader(&insets[i], &lines, &others);
    }
    insets
}

/// The search for the combination with the least cost.
struct Search<'p> {
    places: &'p [Vec<Place>],
    best: (f64, Vec<Option<Place>>),
    patience: usize,
}

impl Search<'_> {
    fn go_on(&mut self, chosen: &mut Vec<Option<Place>>, cost: f64) {
        let next = chosen.len();
        let Some(places) = self.places.get(next) else {
            if cost < self.best.0 {
                self.best = (cost, chosen.clone());
            }
            return;
        };
        let all = places.iter().copied().map(Some).chain([None]);
        for place in all {
            let own = place.map_or(LEFT_OUT, |place| place.cost);
            if cost + own >= self.best.0 || self.patience == 0 && !self.best.1.is_empty() {
                break;
            }
            self.patience = self.patience.saturating_sub(chosen.len().max(1));
            let beside = place.map_or(Some(0.0), |place| {
                chosen.iter().flatten().map(|known| place.beside(known)).sum::<Option<f64>>()
            });
            let Some(beside) = beside.filter(|beside| cost + own + beside < self.best.0) else { continue };
            chosen.push(place);
            if cost + own + beside + self.least_after(chosen) < self.best.0 {
                self.go_on(chosen, cost + own + beside);
            }
            chosen.pop();
        }
    }

    /// A lower bound of the cost of the maps without a position yet.
    fn least_after(&mut self, chosen: &[Option<Place>]) -> f64 {
        let mut sum = 0.0;
        for places in &self.places[chosen.len()..] {
            let is_possible = |place: &&Place| {
                self.patience = self.patience.saturating_sub(1);
                chosen.iter().flatten().all(|known| place.beside(known).is_some())
            };
            sum += places.iter().find(is_possible).map_or(LEFT_OUT, |place| place.cost.min(LEFT_OUT));
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(x_mm: f64, cost: f64) -> Place {
        let frame = Bounds::mm(x_mm, 0.0, x_mm + 10.0, 10.0);
        Place::new(frame, Bounds::mm(x_mm, 50.0, x_mm + 1.0, 51.0), cost, true)
    }

    #[test]
    fn who_can_go_elsewhere_cheaply_makes_way() {
        let places = [vec![place(0.0, 1.0), place(20.0, 2.0)], vec![place(0.0, 1.0), place(40.0, 50.0)]];
        let mut search = Search { places: &places, best: (f64::MAX, Vec::new()), patience: PATIENCE };
        search.go_on(&mut Vec::new(), 0.0);
        let chosen: Vec<f64> = search.best.1.into_iter().flatten().map(|p| p.frame.x0 / MM).collect();
        assert_eq!((search.best.0, chosen), (3.0, vec![20.0, 0.0]));
    }

    #[test]
    fn leaders_do_not_cross() {
        let beside = |a: Place, b: Place| a.beside(&b);
        let (left, right) = (place(0.0, 0.0), place(20.0, 0.0));
        assert_eq!(beside(left, right), Some(0.0));
        let crossed = |a: Place, b: Place| Place::new(a.frame, b.shown, 0.0, true);
        assert_eq!(beside(crossed(left, right), crossed(right, left)), None);
        assert_eq!(beside(left, left), None);
    }
}
