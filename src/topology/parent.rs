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
    /// To the main part; none for the main part itself.
    pub main_m: Option<f64>,
}

/// Returns the gaps of every part; `shapes` are the parts' polygons and `mains` the main part of each territory.
///
/// # Method
/// Parts are tried in the order of the least distance that their boxes in space allow, until the next one cannot be
/// nearer. The chord that this compares grows with the distance on the ground.
pub fn part_gaps(fabric: &Fabric, shapes: &[Vec<Polygon>], mains: &[Option<usize>]) -> Vec<PartGaps> {
    let mut of_territory: Vec<Vec<usize>> = vec![Vec::new(); mains.len()];
    for (i, part) in fabric.parts.iter().enumerate() {
        of_territory[part.territory].push(i);
    }
    let mut gaps = vec![PartGaps::default(); fabric.parts.len()];
    for parts in of_territory.iter().filter(|parts| parts.len() > 1) {
        let rings = |i: usize| {
            shapes[i].iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())).map(|r| r.0.as_slice())
        };
        let outlines: Vec<Outline> = parts.par_iter().map(|&i| Outline::new(rings(i))).collect();
        let boxes = SpaceBoxes::new(outlines.iter().map(Outline::bounds));
        let main = parts.iter().position(|&i| mains[fabric.parts[i].territory] == Some(i));
        let found: Vec<PartGaps> = (0..parts.len())
            .into_par_iter()
            .map(|i| {
                let main_m =
                    main.filter(|&m| m != i).and_then(|m| outlines[i].gap_to(&outlines[m])).map(|g| g.distance_m);
                // The main part's own nearest is the least of the others' gaps to it.
                let nearest_m = if main == Some(i) { None } else { nearest_m(i, &outlines, &boxes, main_m, main) };
                PartGaps { nearest_m, main_m }
            })
            .collect();
        for (&i, gap) in parts.iter().zip(&found) {
            gaps[i] = *gap;
        }
        if let Some(m) = main {
            gaps[parts[m]].nearest_m = found.iter().filter_map(|gap| gap.main_m).reduce(f64::min);
        }
    }
    gaps
}

fn nearest_m(
    i: usize,
    outlines: &[Outline],
    boxes: &SpaceBoxes,
    main_m: Option<f64>,
    main: Option<usize>,
) -> Option<f64> {
    let mut best = main_m;
    let (low, high) = outlines[i].bounds();
    let middle: [f64; 3] = std::array::from_fn(|axis| (low[axis] + high[axis]) / 2.0);
    let radius_m = (0..3).map(|axis| (high[axis] - low[axis]).powi(2)).sum::<f64>().sqrt() / 2.0;
    for (squared, j) in boxes.nearest_first(middle) {
        let j = j as usize;
        // No box from here on has anything nearer than this.
        if best.is_some_and(|b| squared.sqrt() - radius_m > b) {
            break;
        }
        if j == i || Some(j) == main || best.is_some_and(|b| outlines[i].at_least_m(&outlines[j]) > b) {
            continue;
        }
        let gap = outlines[i].gap_to(&outlines[j]).map(|gap| gap.distance_m);
        best = [best, gap].into_iter().flatten().reduce(f64::min);
    }
    best
}
