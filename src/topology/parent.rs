//! Distance of each part from the rest of its territory.

use super::Outline;
use super::coverage_graph::CoverageGraph;
use super::index::SpaceBoxes;
use geo::Polygon;
use rayon::prelude::*;

/// Ellipsoidal distances in metres from a part to others of its territory; `None` without others.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PartDistances {
    /// To the nearest other part.
    pub nearest_m: Option<f64>,
    /// To the main part, or to the nearest of several equally large ones; `None` for a main part itself.
    pub main_m: Option<f64>,
}

/// Returns the gaps of every part; `shapes` are the parts' polygons, `is_main` marks the largest part of each
/// territory.
///
/// # Method
/// Parts are tried in order of the lower bound from their boxes in space, until the next one cannot be nearer. The
/// straight-line distances compared increase with the distances on the ground.
///
/// # Panics
/// Panics if `shapes` or `is_main` does not have one entry for each part of the graph.
pub fn part_distances(graph: &CoverageGraph, shapes: &[Vec<Polygon>], is_main: &[bool]) -> Vec<PartDistances> {
    let mut of_territory: Vec<Vec<usize>> = Vec::new();
    for (i, part) in graph.parts.iter().enumerate() {
        of_territory.resize(of_territory.len().max(part.territory + 1), Vec::new());
        of_territory[part.territory].push(i);
    }
    let mut gaps = vec![PartDistances::default(); graph.parts.len()];
    for parts in of_territory.iter().filter(|parts| parts.len() > 1) {
        let rings = |i: usize| {
            shapes[i].iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())).map(|r| r.0.as_slice())
        };
        let outlines: Vec<Outline> = parts.par_iter().map(|&i| Outline::new(rings(i))).collect();
        let (mains, others): (Vec<usize>, Vec<usize>) = (0..parts.len()).partition(|&i| is_main[parts[i]]);
        let (mains, others) = (Group::new(&outlines, mains), Group::new(&outlines, others));
        let found: Vec<PartDistances> = (0..parts.len())
            .into_par_iter()
            .map(|i| {
                let main_m = if is_main[parts[i]] { None } else { mains.nearest_m(i, None) };
                // For a single main part, the nearest distance is the least of the other parts' distances to it.
                let nearest_m = match (is_main[parts[i]], mains.members.len()) {
                    (true, 1) => None,
                    (true, _) => others.nearest_m(i, mains.nearest_m(i, None)),
                    (false, _) => others.nearest_m(i, main_m),
                };
                PartDistances { nearest_m, main_m }
            })
            .collect();
        for (&i, gap) in parts.iter().zip(&found) {
            gaps[i] = *gap;
        }
        if let [main] = mains.members[..] {
            gaps[parts[main]].nearest_m = found.iter().filter_map(|gap| gap.main_m).reduce(f64::min);
        }
    }
    gaps
}

/// A subset of outlines, with an index of their boxes.
struct Group<'a> {
    outlines: &'a [Outline],
    members: Vec<usize>,
    boxes: SpaceBoxes,
}

impl<'a> Group<'a> {
    fn new(outlines: &'a [Outline], members: Vec<usize>) -> Self {
        let boxes = SpaceBoxes::new(members.iter().map(|&i| outlines[i].bounds()));
        Group { outlines, members, boxes }
    }

    /// Distance in metres from an outline to the nearest other one of the group, or `known_m` if that is less.
    fn nearest_m(&self, i: usize, known_m: Option<f64>) -> Option<f64> {
        let mut best = known_m;
        let outline = &self.outlines[i];
        let (low, high) = outline.bounds();
        let middle: [f64; 3] = std::array::from_fn(|axis| (low[axis] + high[axis]) / 2.0);
        let radius_m = (0..3).map(|axis| (high[axis] - low[axis]).powi(2)).sum::<f64>().sqrt() / 2.0;
        for (squared, member) in self.boxes.nearest_first(middle) {
            let j = self.members[member as usize];
            // No remaining box can contain anything nearer than this.
            if best.is_some_and(|b| squared.sqrt() - radius_m > b) {
                break;
            }
            if j == i || best.is_some_and(|b| outline.at_least_m(&self.outlines[j]) > b) {
                continue;
            }
            let limit_m = best.unwrap_or(f64::INFINITY);
            let gap = outline.gap_below(&self.outlines[j], limit_m).map(|gap| gap.distance_m);
            best = [best, gap].into_iter().flatten().reduce(f64::min);
        }
        best
    }
}
