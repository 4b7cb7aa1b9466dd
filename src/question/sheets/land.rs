//! Areas of territories on sheets.

use super::{OnSheets, SheetOptions, pieces};
use crate::earth::{Sheet, SheetError, point_along, polygon_area_m2, ring_area_m2};
use geo::{Coord, Polygon};

/// Area in m² below which a territory only touches a sheet, along an edge or at a corner.
const TOUCHES_M2: f64 = 0.1;

/// A ring in Pulkovo 1942, without the closing position.
type Ring = Vec<Coord>;

/// Latitude in degrees beyond which there is a single sheet around the pole.
const POLAR_DEG: f64 = 88.0;

/// Areas in m² of polygons on each sheet.
pub(super) fn areas(parts: &[Polygon], options: &SheetOptions) -> Result<OnSheets, SheetError> {
    let mut on = OnSheets::new();
    for part in parts {
        let rings = std::iter::once(part.exterior()).chain(part.interiors());
        let mut rings: Vec<Ring> = rings.map(|ring| in_pulkovo(&ring.0, options)).collect();
        let mut polar_m2 = 0.0;
        for pole in [1.0, -1.0] {
            let farthest = rings.iter().flatten().map(|c| c.y * pole).fold(f64::NEG_INFINITY, f64::max);
            if farthest > POLAR_DEG {
                let sheet = Sheet::at(Coord { x: 0.0, y: farthest * pole }, options.scale)?;
                let area_m2 = cut_off_m2(&mut rings, pole, part, options);
                polar_m2 += area_m2;
                *on.entry(sheet).or_default() += area_m2;
            }
        }
        let mut of_part = OnSheets::new();
        halve(rings, SheetRange::ALL, options, &mut of_part)?;
        of_part.retain(|_, area_m2| *area_m2 > TOUCHES_M2);
        // Along sheet edges, edges straight in one datum deviate from those in the other by millimetres: that land is
        // added here.
        let rest_m2 = polygon_area_m2(part) - of_part.values().sum::<f64>() - polar_m2;
        if let Some((_, area_m2)) = of_part.iter_mut().max_by(|a, b| a.1.total_cmp(b.1)) {
            *area_m2 += rest_m2;
        }
        for (sheet, area_m2) in of_part {
            *on.entry(sheet).or_default() += area_m2;
        }
    }
    Ok(on)
}

/// Removes land within 2° of a pole from rings, and returns its area in m² as the difference from the whole: rings
/// around a pole do not close there in longitude and latitude of the other datum.
fn cut_off_m2(rings: &mut Vec<Ring>, pole: f64, part: &Polygon, options: &SheetOptions) -> f64 {
    let both = pole < 0.0 || rings.iter().flatten().any(|c| -c.y * pole > POLAR_DEG);
    let area_m2 = |rings: &[Ring]| rings.iter().map(|ring| in_wgs84_m2(ring, options)).sum::<f64>();
    let before_m2 = if both { area_m2(rings) } else { polygon_area_m2(part) };
    let kept = rings.iter().map(|ring| clipped(ring, false, pole * POLAR_DEG, pole < 0.0));
    *rings = kept.filter(|ring| ring.len() > 2).collect();
    before_m2 - area_m2(rings)
}

fn in_pulkovo(ring: &[Coord], options: &SheetOptions) -> Ring {
    let edge = |edge: &[Coord]| {
        let mut there = options.edge_in_pulkovo(edge[0], edge[1]);
        there.pop();
        there
    };
    ring.windows(2).flat_map(edge).collect()
}

/// A range of sheets counted from 0° E and the equator: first and last column, first and last row.
#[derive(Clone, Copy)]
struct SheetRange {
    columns: (i64, i64),
    rows: (i64, i64),
}

impl SheetRange {
    const ALL: SheetRange = SheetRange { columns: (i64::MIN, i64::MAX), rows: (i64::MIN, i64::MAX) };
}

/// Clips rings recursively to halves of the range of sheets that they cover, until one sheet is left.
fn halve(rings: Vec<Ring>, grid: SheetRange, options: &SheetOptions, on: &mut OnSheets) -> Result<(), SheetError> {
    let Some((low, high)) = bounds(&rings) else { return Ok(()) };
    let (lon_deg, lat_deg) = options.scale.span_deg();
    // A ring clipped at a line ends exactly on it and does not reach the sheet beyond.
    let within = |(first, last): (i64, i64), low: f64, high: f64, span: f64| {
        (first.max((low / span).floor() as i64), last.min((high / span).ceil() as i64 - 1))
    };
    let (west, east) = within(grid.columns, low.x, high.x, lon_deg);
    let (south, north) = within(grid.rows, low.y, high.y, lat_deg);
    if west > east || south > north {
        return Ok(());
    }
    if (west, south) == (east, north) {
        let middle = Coord { x: (west as f64 + 0.5) * lon_deg, y: (south as f64 + 0.5) * lat_deg };
        let area_m2: f64 = rings.iter().map(|ring| in_wgs84_m2(ring, options)).sum();
        *on.entry(Sheet::at(middle, options.scale)?).or_default() += area_m2;
        return Ok(());
    }
    let along_x = east - west > north - south;
    let (first, last, span) = if along_x { (west, east, lon_deg) } else { (south, north, lat_deg) };
    // The first sheet of the upper half.
    let middle = first + (last - first + 1) / 2;
    for upper in [false, true] {
        let half = rings.iter().map(|ring| clipped(ring, along_x, middle as f64 * span, upper));
        let half: Vec<Ring> = half.filter(|ring| ring.len() > 2).collect();
        let kept = if upper { (middle, last) } else { (first, middle - 1) };
        let grid = if along_x {
            SheetRange { columns: kept, rows: (south, north) }
        } else {
            SheetRange { columns: (west, east), rows: kept }
        };
        halve(half, grid, options, on)?;
    }
    Ok(())
}

/// Clips a ring to one side of a meridian (`along_x`) or parallel (Sutherland–Hodgman). If the result has several
/// pieces, edges along the line connect them in both directions: they enclose no area.
pub(super) fn clipped(ring: &[Coord], along_x: bool, at: f64, upper: bool) -> Ring {
    let beyond = |c: Coord| {
        let d = if along_x { c.x - at } else { c.y - at };
        if upper { d } else { -d }
    };
    let mut out = Vec::with_capacity(ring.len() + 4);
    let mut before = *ring.last().unwrap_or(&Coord { x: 0.0, y: 0.0 });
    for &c in ring {
        let (from, to) = (beyond(before), beyond(c));
        if (from < 0.0) != (to < 0.0) {
            let cut = point_along(before, c, from / (from - to));
            out.push(if along_x { Coord { x: at, ..cut } } else { Coord { y: at, ..cut } });
        }
        if to >= 0.0 {
            out.push(c);
        }
        before = c;
    }
    out
}

fn bounds(rings: &[Ring]) -> Option<(Coord, Coord)> {
    rings.iter().flatten().map(|c| (*c, *c)).reduce(|(low, high), (c, _)| {
        let least = Coord { x: low.x.min(c.x), y: low.y.min(c.y) };
        (least, Coord { x: high.x.max(c.x), y: high.y.max(c.y) })
    })
}

fn in_wgs84_m2(ring: &[Coord], options: &SheetOptions) -> f64 {
    let mut there = Vec::with_capacity(ring.len() + 1);
    for (i, &from) in ring.iter().enumerate() {
        let to = ring[(i + 1) % ring.len()];
        let n = pieces(from, to);
        there.extend((0..n).map(|k| options.in_wgs84(point_along(from, to, k as f64 / n as f64))));
    }
    there.extend(there.first().copied());
    ring_area_m2(&there)
}
