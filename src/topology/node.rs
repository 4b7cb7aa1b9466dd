//! Vertices of one polygon on another one's edge: T-junctions.

use super::company;
use super::uses::{Use, same_edge, stretches};
use crate::earth::LocalPlane;
use geo::Coord;
use rayon::prelude::*;
use std::ops::Range;

/// Cuts edges without a partner at vertices of other polygons, of the same territory too, that lie on them within
/// `tolerance_m`; the uses are in order before and after. Returns the numbers of those vertices.
pub(super) fn at_junctions(positions: &[Coord], uses: &mut Vec<Use>, tolerance_m: f64) -> Vec<u32> {
    let lonely = lonely_uses(uses);
    let edge = |i: usize| {
        let u = &uses[lonely[i] as usize];
        (u.polygon(), [positions[u.low as usize], positions[u.high as usize]])
    };
    let near = company::pairs(lonely.len(), edge, tolerance_m);
    let mut cuts: Vec<Cut> = near
        .par_iter()
        .flat_map_iter(|&(a, b)| {
            let (a, b) = (lonely[a as usize], lonely[b as usize]);
            let (u, v) = (uses[a as usize], uses[b as usize]);
            cuts_of(a, u, v, positions, tolerance_m).chain(cuts_of(b, v, u, positions, tolerance_m))
        })
        .collect();
    if cuts.is_empty() {
        return Vec::new();
    }
    cuts.par_sort_unstable_by(|a, b| a.of.cmp(&b.of).then(a.share.total_cmp(&b.share)).then(a.at.cmp(&b.at)));
    cuts.dedup_by_key(|cut| (cut.of, cut.at));
    let mut pieces = Vec::new();
    for cuts in cuts.chunk_by(|a, b| a.of == b.of) {
        let u = uses[cuts[0].of as usize];
        let mut last = u.low;
        for next in cuts.iter().map(|cut| cut.at).chain([u.high]) {
            let piece = if u.forward() { Use::new(last, next, u.polygon()) } else { Use::new(next, last, u.polygon()) };
            pieces.extend(piece);
            last = next;
        }
    }
    let mut cut = cuts.chunk_by(|a, b| a.of == b.of).map(|cuts| cuts[0].of).peekable();
    let mut number = 0..;
    uses.retain(|_| cut.next_if_eq(&number.next().unwrap_or_default()).is_none());
    pieces.par_sort_unstable();
    merge(uses, &pieces);
    cuts.into_iter().map(|cut| cut.at).collect()
}

/// A place where a use is to be cut.
struct Cut {
    of: u32,
    share: f64,
    at: u32,
}

/// Puts sorted uses among others, from the back.
fn merge(uses: &mut Vec<Use>, pieces: &[Use]) {
    let (mut have, mut more) = (uses.len(), pieces.len());
    uses.extend_from_slice(pieces);
    while more > 0 {
        let piece = pieces[more - 1];
        if have > 0 && uses[have - 1] > piece {
            uses[have + more - 1] = uses[have - 1];
            have -= 1;
        } else {
            uses[have + more - 1] = piece;
            more -= 1;
        }
    }
}

/// Uses of edges that have polygons on one side only.
fn lonely_uses(uses: &[Use]) -> Vec<u32> {
    let of_stretch = |stretch: Range<usize>| {
        let (mut lonely, mut start) = (Vec::new(), stretch.start as u32);
        for edge in uses[stretch].chunk_by(same_edge) {
            let end = start + edge.len() as u32;
            if edge.iter().all(|u| u.forward() == edge[0].forward()) {
                lonely.extend(start..end);
            }
            start = end;
        }
        lonely
    };
    stretches(uses).into_par_iter().flat_map_iter(of_stretch).collect()
}

/// The ends of one use that lie on another, `u`, within the tolerance.
fn cuts_of(of: u32, u: Use, other: Use, positions: &[Coord], tolerance_m: f64) -> impl Iterator<Item = Cut> {
    let (from, to) = (positions[u.low as usize], positions[u.high as usize]);
    let plane = LocalPlane::at(from);
    [other.low, other.high].into_iter().filter(move |&end| end != u.low && end != u.high).filter_map(move |at| {
        let (share, distance_m) = plane.nearest_on_edge(positions[at as usize], from, to);
        (share > 0.0 && share < 1.0 && distance_m <= tolerance_m).then_some(Cut { of, share, at })
    })
}
