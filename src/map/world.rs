//! The land of the world, drawn where a plate has no data.

use super::canvas::View;
use super::curve;
use super::paper::{Bounds, MM, clip_line, clip_ring};
use super::seam;
use crate::earth::projection::Projection;
use geo::{Coord, Polygon};
use std::borrow::Cow;
use std::sync::Arc;

/// The land of the world as polygons between 180° west and 180° east, longitude first, in degrees; without boundaries.
///
/// A plate shows it in its locator and, at scales at which it is accurate enough, around its data.
#[derive(Debug, Clone, PartialEq)]
pub struct WorldOutline {
    rings: Arc<Vec<Vec<Coord>>>,
    /// Its source, attribution and licence.
    pub credit: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Plates at this scale and smaller ones show the outline around their data: it is good to some kilometres.
const COARSEST: f64 = 5e6;
/// Points nearer to the last one on paper, in micrometres, are left out.
const NEAR: f64 = 60.0;

impl WorldOutline {
    /// The outline of polygons with their source and hash.
    ///
    /// # Example
    /// ```
    /// use merestone::geo::{LineString, Polygon};
    /// use merestone::map::WorldOutline;
    ///
    /// let island = LineString::from(vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]);
    /// let world = WorldOutline::new(&[Polygon::new(island, vec![])], "made up", "0");
    /// assert_eq!(world.credit, "made up");
    /// ```
    pub fn new(polygons: &[Polygon], credit: &str, sha256: &str) -> Self {
        let rings = polygons.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        let rings = Arc::new(rings.map(|ring| ring.0.clone()).collect());
        WorldOutline { rings, credit: credit.to_owned(), sha256: sha256.to_owned() }
    }

    /// Whether it is accurate enough around the data of a map.
    pub(crate) fn suits(&self, view: &View) -> bool {
        view.scale >= COARSEST
    }

    /// Its coasts on paper within a map, without the cuts of its polygons at ±180° and at the pole.
    pub(crate) fn coasts(&self, view: &View) -> Vec<Vec<Coord>> {
        let is_cut = |edge: &[Coord]| {
            let at = |a: f64, b: f64, limit: f64| (a.abs() - limit).abs() < 1e-6 && (b.abs() - limit).abs() < 1e-6;
            at(edge[0].x, edge[1].x, 180.0) || at(edge[0].y, edge[1].y, 90.0)
        };
        let mut found = Vec::new();
        let mut add = |line: Vec<Coord>| {
            let (_, paper) = curve::on_paper(Cow::Owned(line), view);
            found.extend(clip_line(&sparse(&paper), &view.frame.grown(5.0)));
        };
        let window = if view.is_world() { None } else { window(view) };
        for ring in self.rings.iter() {
            let Some(own) = Bounds::of(ring) else { continue };
            let runs = || ring.windows(2).collect::<Vec<_>>();
            let runs: Vec<Vec<Coord>> = match own.x0 <= -180.0 + 1e-6 || own.x1 >= 180.0 - 1e-6 {
                false => vec![ring.clone()],
                true => runs().split(|edge| is_cut(edge)).filter(|run| !run.is_empty()).map(joined).collect(),
            };
            match (view.world(), window) {
                (Some((meridian, _)), _) => {
                    runs.iter().flat_map(|run| seam::cut(run, meridian, false)).for_each(&mut add);
                }
                (None, Some(window)) => {
                    for turn in [-360.0, 0.0, 360.0] {
                        if (Bounds { x0: own.x0 + turn, x1: own.x1 + turn, ..own }).overlaps(&window) {
                            for run in &runs {
                                let line: Vec<Coord> = run.iter().map(|p| Coord { x: p.x + turn, y: p.y }).collect();
                                clip_line(&line, &window).into_iter().for_each(&mut add);
                            }
                        }
                    }
                }
                (None, None) => {}
            }
        }
        found
    }

    /// Its rings on paper within a map, even-odd.
    pub(crate) fn on_paper(&self, view: &View) -> Vec<Vec<Coord>> {
        let mut found = Vec::new();
        let mut add = |line: Vec<Coord>| {
            let (_, paper) = curve::on_paper(Cow::Owned(line), view);
            let paper = clip_ring(&sparse(&paper), &view.frame.grown(5.0));
            found.extend((paper.len() > 2).then_some(paper));
        };
        if let Some((meridian, _)) = view.world() {
            self.rings.iter().flat_map(|ring| seam::cut(ring, meridian, true)).for_each(add);
            return found;
        }
        let Some(window) = window(view) else { return found };
        for ring in self.rings.iter() {
            let Some(own) = Bounds::of(ring) else { continue };
            for turn in [-360.0, 0.0, 360.0] {
                let turned = Bounds { x0: own.x0 + turn, x1: own.x1 + turn, ..own };
                if turned.overlaps(&window) {
                    let line: Vec<Coord> = ring.iter().map(|p| Coord { x: p.x + turn, y: p.y }).collect();
                    let mut cut = clip_ring(&line, &window);
                    cut.extend(cut.first().copied());
                    add(cut);
                }
            }
        }
        found
    }
}

/// The line of consecutive edges.
fn joined(edges: &[&[Coord]]) -> Vec<Coord> {
    edges.iter().map(|edge| edge[0]).chain(edges.last().map(|edge| edge[1])).collect()
}

/// The window of a map in degrees with a margin, with longitudes around that of its centre.
fn window(view: &View) -> Option<Bounds> {
    const STEPS: usize = 12;
    let f = view.frame.grown(5.0);
    let centre = view.centre_lonlat();
    let share = |low: f64, high: f64, i: usize| low + (high - low) * i as f64 / STEPS as f64;
    let cells = (0..=STEPS).flat_map(|i| (0..=STEPS).map(move |j| (i, j)));
    let seen = cells.map(|(i, j)| view.lonlat(Coord { x: share(f.x0, f.x1, i), y: share(f.y0, f.y1, j) }));
    let near = |p: Coord| Coord { x: p.x - 360.0 * ((p.x - centre.x) / 360.0).round(), y: p.y };
    let seen: Vec<Coord> = seen.filter(|p| p.x.is_finite() && p.y.is_finite()).map(near).collect();
    let mut b = Bounds::of(&seen)?;
    let (middle, most) = match &view.projection {
        // Far from its meridian a transverse Mercator projection folds over itself.
        Projection::Transverse(p) => (p.central_meridian_deg(), 75.0),
        // A cone is cut open opposite its meridian.
        Projection::Lambert(p) => (p.central_meridian_deg(), 180.0 - 1e-6),
        _ => (centre.x, 180.0),
    };
    let middle = middle - 360.0 * ((middle - centre.x) / 360.0).round();
    for pole in [-90.0, 90.0] {
        let at = view.paper(Coord { x: centre.x, y: pole });
        if at.x.is_finite() && at.y.is_finite() && f.contains(at) {
            // Every meridian is in sight; that of the centre is any, if the centre is the pole.
            b = Bounds { x0: middle - 180.0, x1: middle + 180.0, y0: b.y0.min(pole), y1: b.y1.max(pole) };
        }
    }
    let margin = 1.0 + (b.width() + b.height()) * 0.05;
    Some(Bounds {
        x0: (b.x0 - margin).max(middle - most),
        x1: (b.x1 + margin).min(middle + most),
        y0: (b.y0 - margin).max(-90.0),
        y1: (b.y1 + margin).min(90.0),
    })
}

/// The part of a map beyond the pole where a cone is cut open: nothing is there.
pub(crate) fn beyond_the_cone(view: &View) -> Option<Vec<Coord>> {
    let Projection::Lambert(cone) = &view.projection else { return None };
    let (south, north) = cone.parallels_deg();
    let pole = if south + north > 0.0 { 90.0 } else { -90.0 };
    let middle = cone.central_meridian_deg();
    let at = |lon: f64, lat: f64| view.paper(Coord { x: lon, y: lat });
    let apex = at(middle, pole);
    let ray = |lon: f64| {
        let d = at(lon, pole * 0.5) - apex;
        d / d.x.hypot(d.y).max(1e-9) * (2000.0 * MM)
    };
    let (west, east) = (ray(middle - 180.0 + 1e-6), ray(middle + 180.0 - 1e-6));
    // A flatter cone leaves a sector of more than a half-turn, far from its map.
    let is_cut = (south + north).abs() > 60.0
        && south.abs() < 89.9
        && apex.x.is_finite()
        && apex.y.is_finite()
        && view.frame.grown(2000.0).contains(apex);
    is_cut.then(|| vec![apex, apex + west, apex + west + east, apex + east])
}

fn sparse(line: &[Coord]) -> Vec<Coord> {
    let mut kept: Vec<Coord> = Vec::with_capacity(line.len());
    let far = |a: Coord, b: Coord| (a.x - b.x).abs() > NEAR || (a.y - b.y).abs() > NEAR;
    let finite =
        line.iter().copied().filter(|p| p.x.is_finite() && p.y.is_finite() && p.x.abs().max(p.y.abs()) < 1e6 * MM);
    for p in finite {
        if kept.last().is_none_or(|last| far(*last, p)) {
            kept.push(p);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::projection::Lambert;

    /// Land across ±180° is two polygons: where they meet is no coast.
    #[test]
    fn the_cut_at_the_antimeridian_is_no_coast() {
        let land = |west: f64, east: f64| {
            let corners = [(west, 60.0), (east, 60.0), (east, 70.0), (west, 70.0), (west, 60.0)];
            Polygon::new(corners.into_iter().map(|(x, y)| Coord { x, y }).collect(), vec![])
        };
        let world = WorldOutline::new(&[land(170.0, 180.0), land(-180.0, -170.0)], "made up", "0");
        let cone = Projection::Lambert(Lambert::wgs84(62.0, 68.0, 65.0, 180.0));
        let view = View::new(cone, Coord { x: 180.0, y: 65.0 }, 2e7, Bounds::mm(10.0, 10.0, 200.0, 150.0));
        let coasts = world.coasts(&view);
        let is_at_cut = |p: &Coord| (view.lonlat(*p).x.abs() - 180.0).abs() < 1e-3;
        let edges: Vec<&[Coord]> = coasts.iter().flat_map(|line| line.windows(2)).collect();
        assert!(edges.len() >= 6, "{coasts:?}");
        assert!(!edges.iter().any(|edge| edge.iter().all(is_at_cut)), "{coasts:?}");
        assert_eq!(world.on_paper(&view).len(), 2, "the land on both sides is filled");
    }
}
