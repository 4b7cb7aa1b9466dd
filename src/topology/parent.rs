//! How far is each part from the rest of its territory?

use super::Outline;
use super::fabric::Fabric;
use super::index::SpaceBoxes;
use geo::Polygon;
use rayon::prelude::*;

/// Ellipsoidal distances from a part to others of its territory, in metres; none where there are no others.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PartGaps {
    /// To the nearest other part.
    pub nearest_m: Option<f64>,
    /// To the main part, the nearest of several that are as large; none for a main part itself.
    pub main_m: Option<f64>,
}

/// Returns the gaps of every part; `shapes` are the parts' polygons, `is_main` says which are the largest of their territory.
///
/// # Method
/// Parts are tried in the order of the least distance that their boxes in space allow, until the next one cannot be
/// nearer. The chord that this compares grows with the distance on the ground.
///
/// # Panics
/// There is not one shape, and one word on whether it is the largest, for each part of the fabric.
pub fn part_gaps(fabric: &Fabric, shapes: &[Vec<Polygon>], is_main: &[bool]) -> Vec<PartGaps> {
    let mut of_territory: Vec<Vec<usize>> = Vec::new();
    for (i, part) in fabric.parts.iter().enumerate() {
        of_territory.resize(of_territory.len().max(part.territory + 1), Vec::new());
        of_territory[part.territory].push(i);
    }
    let mut gaps = vec![PartGaps::default(); fabric.parts.len()];
    for parts in of_territory.iter().filter(|parts| parts.len() > 1) {
        let rings = |i: usize| {
            shapes[i].iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())).map(|r| r.0.as_slice())
        };
        let outlines: Vec<Outline> = parts.par_iter().map(|&i| Outline::new(rings(i))).collect();
        let (mains, others): (Vec<usize>, Vec<usize>) = (0..parts.len()).partition(|&i| is_main[parts[i]]);
        let (mains, others) = (Group::new(&outlines, mains), Group::new(&outlines, others));
        let found: Vec<PartGaps> = (0..parts.len())
            .into_par_iter()
            .map(|i| {
                let main_m = if is_main[parts[i]] { None } else { mains.nearest_m(i, None) };
                // A lone main part's own nearest is the least of the others' gaps to it.
                let nearest_m = match (is_main[parts[i]], mains.members.len()) {
                    (true, 1) => None,
                    (true, _) => others.nearest_m(i, mains.nearest_m(i, None)),
                    (false, _) => others.nearest_m(i, main_m),
                };
                PartGaps { nearest_m, main_m }
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

/// Some of the outlines, under an index of their boxes.
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

    /// Distance in metres from an outline to the nearest other one of the group, or what is known where that is less.
    fn nearest_m(&self, i: usize, known_m: Option<f64>) -> Option<f64> {
        let mut best = known_m;
        let outline = &self.outlines[i];
        let (low, high) = outline.bounds();
        let middle: [f64; 3] = std::array::from_fn(|axis| (low[axis] + high[axis]) / 2.0);
        let radius_m = (0..3).map(|axis| (high[axis] - low[axis]).powi(2)).sum::<f64>().sqrt() / 2.0;
        for (squared, member) in self.boxes.nearest_first(middle) {
            let j = self.members[member as usize];
            // No box from here on has anything nearer than this.
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
