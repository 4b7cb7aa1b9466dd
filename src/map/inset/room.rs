//! Positions of the detail maps of a map: candidates for each, and the best combination.

use super::ground::{Ground, lines};
use super::{Inset, Wanted, link};
use crate::map::canvas::View;
use crate::map::content::Content;
use crate::map::labels::Quad;
use crate::map::paper::{Bounds, MM, length};
use crate::map::scene::Scene;
use crate::map::spec::PlateSpec;

/// Cost of a leader that crosses another leader or another detail map.
pub(super) const CROSSING: f64 = 80.0;
/// Cost of omitting a detail map.
const LEFT_OUT: f64 = 5000.0;
/// Number of pairs of positions compared before the search stops with the best combination so far.
const PATIENCE: usize = 2_000_000;

/// A candidate position of a detail map.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub frame: Bounds,
    /// Its extent on the main map.
    pub shown: Bounds,
    pub cost: f64,
}

impl Place {
    pub(super) fn leader_mm(&self) -> f64 {
        let (from, to) = link(&self.shown, &self.frame, 0.5);
        length(&[from, to]) / MM
    }

    fn leader(&self, width_mm: f64) -> Quad {
        Quad::along(link(&self.shown, &self.frame, 0.5), width_mm * MM)
    }

    /// The mutual cost of two positions; none if they exclude each other.
    fn beside(&self, other: &Place) -> Option<f64> {
        let (a, b) = (self.frame.grown(1.5), other.frame.grown(1.5));
        if a.overlaps(&b) || a.overlaps(&other.shown) || b.overlaps(&self.shown) {
            return None;
        }
        let (leader, others) = (self.leader(1.0), other.leader(1.0));
        let crosses = |leader: &Quad, place: &Place| {
            Quad::of(place.frame).overlaps(leader) || Quad::of(place.shown).overlaps(leader)
        };
        let crossings = [leader.overlaps(&others), crosses(&leader, other), crosses(&others, self)];
        Some(crossings.into_iter().filter(|crossed| *crossed).count() as f64 * CROSSING)
    }
}

/// Finds the best combination of positions for all detail maps of a map.
///
/// # Method
/// The cost of a position is the area that it covers of the subject land, of boundaries and of room for names, the
/// length of its leader and the part of it over that land, and the distance from the edge. The combination with the
/// least total cost is found by depth-first branch and bound (Land and Doig 1960).
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
    // Lower bound of the cost of the remaining maps.
    let mut least = vec![0.0; places.len() + 1];
    for (i, places) in places.iter().enumerate().rev() {
        least[i] = least[i + 1] + places.first().map_or(LEFT_OUT, |place| place.cost);
    }
    let mut search = Search { places: &places, least, best: (f64::MAX, Vec::new()), patience: PATIENCE };
    search.go_on(&mut Vec::new(), 0.0);
    let chosen = search.best.1;
    let lines = lines(scene, view);
    let inset = |(wanted, place): (Wanted, Option<Place>)| {
        let inset = Inset::at(place?.frame, view, wanted);
        Some(Inset { leader: map.leader(&inset, &lines), ..inset })
    };
    wanted.into_iter().zip(chosen).filter_map(inset).collect()
}

/// The search for the combination with the least cost.
struct Search<'p> {
    places: &'p [Vec<Place>],
    least: Vec<f64>,
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
        let rest = self.least[next + 1];
        let all = places.iter().copied().map(Some).chain([None]);
        for place in all {
            let own = place.map_or(LEFT_OUT, |place| place.cost);
            if cost + own + rest >= self.best.0 || self.patience == 0 && !self.best.1.is_empty() {
                break;
            }
            self.patience = self.patience.saturating_sub(chosen.len().max(1));
            let beside = place.map_or(Some(0.0), |place| {
                chosen.iter().flatten().map(|known| place.beside(known)).sum::<Option<f64>>()
            });
            let Some(beside) = beside.filter(|beside| cost + own + beside + rest < self.best.0) else { continue };
            chosen.push(place);
            self.go_on(chosen, cost + own + beside);
            chosen.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(x_mm: f64, cost: f64) -> Place {
        let frame = Bounds::mm(x_mm, 0.0, x_mm + 10.0, 10.0);
        Place { frame, shown: Bounds::mm(x_mm, 50.0, x_mm + 1.0, 51.0), cost }
    }

    #[test]
    fn who_can_go_elsewhere_cheaply_makes_way() {
        let places = [vec![place(0.0, 1.0), place(20.0, 2.0)], vec![place(0.0, 1.0), place(40.0, 50.0)]];
        let mut search =
            Search { places: &places, least: vec![2.0, 1.0, 0.0], best: (f64::MAX, Vec::new()), patience: PATIENCE };
        search.go_on(&mut Vec::new(), 0.0);
        let chosen: Vec<f64> = search.best.1.into_iter().flatten().map(|p| p.frame.x0 / MM).collect();
        assert_eq!((search.best.0, chosen), (3.0, vec![20.0, 0.0]));
    }

    #[test]
    fn leaders_that_cross_cost_more() {
        let beside = |a: Place, b: Place| a.beside(&b);
        let (left, right) = (place(0.0, 0.0), place(20.0, 0.0));
        assert_eq!(beside(left, right), Some(0.0));
        let crossed = |a: Place, b: Place| Place { shown: b.shown, ..a };
        assert_eq!(beside(crossed(left, right), crossed(right, left)), Some(CROSSING));
        assert_eq!(beside(left, left), None);
    }
}
