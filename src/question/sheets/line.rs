//! Lengths of lines on sheets.

use super::{OnSheets, SheetOptions};
use crate::earth::{Sheet, SheetError, edge_length_m, point_along};
use geo::Coord;

/// Lengths in metres of a line's runs on each sheet.
pub(super) fn lengths(runs: &[&[Coord]], options: &SheetOptions) -> Result<OnSheets, SheetError> {
    let mut on = OnSheets::new();
    for edge in runs.iter().flat_map(|run| run.windows(2)) {
        let there = options.edge_in_pulkovo(edge[0], edge[1]);
        let at = |i: usize| point_along(edge[0], edge[1], i as f64 / (there.len() - 1) as f64);
        for (i, pair) in there.windows(2).enumerate() {
            piece([at(i), at(i + 1)], [pair[0], pair[1]], options, &mut on)?;
        }
    }
    Ok(on)
}

/// Adds a piece of an edge, in WGS 84 and in Pulkovo 1942.
fn piece(
    [from, to]: [Coord; 2],
    [a, b]: [Coord; 2],
    options: &SheetOptions,
    on: &mut OnSheets,
) -> Result<(), SheetError> {
    let (lon_deg, lat_deg) = options.scale.span_deg();
    let mut shares = vec![0.0, 1.0];
    shares.extend(crossings(a.x, b.x, lon_deg));
    shares.extend(crossings(a.y, b.y, lat_deg));
    shares.sort_by(f64::total_cmp);
    for pair in shares.windows(2).filter(|pair| pair[0] < pair[1]) {
        let sheet = Sheet::at(point_along(a, b, (pair[0] + pair[1]) / 2.0), options.scale)?;
        let length_m = edge_length_m(point_along(from, to, pair[0]), point_along(from, to, pair[1]));
        *on.entry(sheet).or_default() += length_m;
    }
    Ok(())
}

/// Shares of the stretch between two coordinates at which it passes a multiple of the span.
fn crossings(from: f64, to: f64, span: f64) -> Vec<f64> {
    let (low, high) = (from.min(to), from.max(to));
    let first = (low / span).floor() as i64 + 1;
    let lines = (first..).map(|k| k as f64 * span).take_while(|line| *line < high);
    lines.map(|line| (line - from) / (to - from)).collect()
}
