//! The content simplified for one view, drawn by the main map and each inset.

use super::canvas::View;
use super::content::{Content, Level, LonLat, Region, River, Spot};
use super::curve::on_paper;
use super::labels::Ground;
use super::mesh::Mesh;
use super::paint::mark_radius;
use super::paper::{Bounds, MM, chain, clip_line, clip_ring};
use super::seam;
use super::symbol::{Point, Weight, boundary};
use crate::earth::projection::Projection;
use crate::model::Place;
use geo::Coord;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A line, or its part in a view, in degrees and on paper.
type Piece<'c> = (Cow<'c, [Coord]>, Vec<Coord>);

/// Simplification tolerance on paper, too small to be visible, in micrometres.
const TOLERANCE_UM: f64 = 50.0;
/// Coasts nearer to a boundary than this are the other bank of the same line, in micrometres; at small scales, where
/// boundaries are finer, the distance is smaller.
const SAME_LINE_UM: f64 = 700.0;

/// A line or ring on paper, in micrometres.
pub(crate) type OnPaper = Vec<Coord>;

/// Lines and areas of the content on paper, index by index, simplified for this view. All drawing and labelling uses
/// it: each vertex is projected once.
pub(crate) struct Scene {
    view: View,
    /// For each region, its parts, each a shell and its holes; empty if outside the view.
    pub regions: Vec<Vec<Vec<OnPaper>>>,
    pub boundaries: Vec<Vec<OnPaper>>,
    pub ways: Vec<Vec<OnPaper>>,
    pub rivers: Vec<Vec<OnPaper>>,
    pub coast: Vec<OnPaper>,
    /// Waters drawn as a symbol or not at all, because their data have too few positions for a shape at this scale:
    /// by the number
    /// of their region, the position of the symbol.
    pub shapeless: BTreeMap<usize, Option<Coord>>,
    /// Displacements of place symbols that would touch a state line, keyed by the bits of their positions.
    moved: FxHashMap<(u64, u64), Coord>,
}

impl Scene {
    /// Whether this scene covers another view: one that differs only in its frame, which is no larger.
    pub(crate) fn holds(&self, view: &View) -> bool {
        let (old, new) = (&self.view.frame, &view.frame);
        self.view.is_alike(view) && new.width() <= old.width() && new.height() <= old.height()
    }

    /// The position of a place's symbol: clear of the state lines, on its own side.
    pub(crate) fn at(&self, place: &Place, view: &View) -> Coord {
        let by = self.moved.get(&bits(place.position)).copied().unwrap_or(Coord::zero());
        view.paper(place.position) + by
    }

    /// The scene translated to the frame of another view that it covers.
    pub(crate) fn moved_to(&self, view: &View) -> Self {
        let by = view.frame.centre() - self.view.frame.centre();
        let moved = |line: &OnPaper| line.iter().map(|p| *p + by).collect::<OnPaper>();
        let all = |lines: &Vec<OnPaper>| lines.iter().map(moved).collect::<Vec<_>>();
        Scene {
            view: *view,
            regions: self.regions.iter().map(|parts| parts.iter().map(all).collect()).collect(),
            boundaries: self.boundaries.iter().map(all).collect(),
            ways: self.ways.iter().map(all).collect(),
            rivers: self.rivers.iter().map(all).collect(),
            coast: all(&self.coast),
            shapeless: self.shapeless.iter().map(|(i, at)| (*i, at.map(|at| at + by))).collect(),
            moved: self.moved.clone(),
        }
    }

    /// Whether it was made for exactly this view.
    pub(crate) fn is_of(&self, view: &View) -> bool {
        self.view == *view
    }

    pub(crate) fn of<'c>(content: &'c Content, view: &View) -> Self {
        let window = view.frame.grown(8.0);
        // Projection dominates the cost and is done in parallel; the mesh needs the lines in order.
        let rings = content.regions.iter().flat_map(|r| r.parts.iter().flatten());
        let lines = content.boundaries.iter().flat_map(|b| &b.lines).chain(content.ways.iter().flat_map(|w| &w.lines));
        let lines = lines.chain(content.rivers.iter().flat_map(|r| &r.lines));
        let all: Vec<(&LonLat, bool)> =
            rings.map(|r| (r, true)).chain(lines.chain(&content.coast).map(|l| (l, false))).collect();
        let reach = reach(view, &window);
        let world = view.world().map(|(meridian, _)| meridian);
        let band = transverse_band(view);
        let antipode = antipode(view);
        let near = |&(line, is_ring): &(&'c LonLat, bool)| -> Vec<Piece<'c>> {
            if Bounds::of(line).is_none_or(|b| reach.is_some_and(|reach| !b.overlaps(&reach))) {
                return Vec::new();
            }
            if is_ring && antipode.is_some_and(|at| encloses(line, at)) {
                return Vec::new();
            }
            let seen = |line: Cow<'c, [Coord]>| {
                let (line, paper) = on_paper(line, view);
                Bounds::of(&paper).filter(|b| b.overlaps(&window)).map(|_| (line, paper))
            };
            match world {
                Some(meridian) => {
                    seam::cut(line, meridian, is_ring).into_iter().map(Cow::Owned).filter_map(seen).collect()
                }
                None => match band.filter(|band| !line.iter().all(|at| band.contains(*at))) {
                    Some(band) if is_ring => seen(Cow::Owned(closed(clip_ring(line, &band)))).into_iter().collect(),
                    Some(band) => clip_line(line, &band).into_iter().map(Cow::Owned).filter_map(seen).collect(),
                    None => seen(Cow::Borrowed(line.as_slice())).into_iter().collect(),
                },
            }
        };
        let mut pieces = all.par_iter().map(near).collect::<Vec<Vec<Piece>>>().into_iter();
        let mut mesh = Mesh::default();
        let mut add = |is_part: bool| -> Vec<usize> {
            let pieces = pieces.next().expect("every line was projected, in this order");
            let own = pieces.iter();
            own.map(|(line, paper)| if is_part { mesh.add_part(line, paper) } else { mesh.add(line, paper) }).collect()
        };
        let mut area = |r: &Region| -> Vec<Vec<usize>> {
            let is_part = r.level != Level::Water;
            r.parts.iter().map(|p| p.iter().flat_map(|_| add(is_part)).collect()).collect()
        };
        let regions: Vec<Vec<Vec<usize>>> = content.regions.iter().map(&mut area).collect();
        let mut add_all = |lines: &Vec<LonLat>| lines.iter().flat_map(|_| add(false)).collect::<Vec<_>>();
        let boundaries: Vec<Vec<usize>> = content.boundaries.iter().map(|b| add_all(&b.lines)).collect();
        let ways: Vec<Vec<usize>> = content.ways.iter().map(|w| add_all(&w.lines)).collect();
        let rivers: Vec<Vec<usize>> = content.rivers.iter().map(|r| add_all(&r.lines)).collect();
        let is_fine = |river: &River| {
            let accuracy_m = river.meta.evidence.position_accuracy_m;
            let on_paper_mm = |lines: &Vec<LonLat>| -> f64 {
                lines
                    .iter()
                    .map(|l| super::paper::length(&l.iter().map(|p| view.paper(*p)).collect::<OnPaper>()))
                    .sum::<f64>()
                    / MM
            };
            let shows = !river.is_context || on_paper_mm(&river.lines) >= LEAST_RIVER_MM;
            shows && accuracy_m.is_none_or(|metres| metres * 1000.0 / view.scale <= COARSEST_RIVER_MM)
        };
        let coast: Vec<usize> = add_all(&content.coast);

        let simple = mesh.simplified(TOLERANCE_UM / view.enlargement().max(1.0));
        let get = |ids: &[usize]| -> Vec<OnPaper> { ids.iter().map(|i| simple[*i].clone()).collect() };
        let area = |parts: &Vec<Vec<usize>>| -> Vec<Vec<OnPaper>> {
            parts.iter().map(|p| get(p)).filter(|p| !p.is_empty()).collect()
        };
        let boundaries: Vec<Vec<OnPaper>> =
            boundaries.iter().map(|ids| if content.keeps_cuts { get(ids) } else { chain(get(ids)) }).collect();
        let coast = without(get(&coast), &boundaries, view.scale, &window.grown(5.0));
        let moved = off_lines(content, &boundaries, view);
        let shapeless = shapeless(content, &boundaries, view);
        Scene {
            view: *view,
            moved,
            regions: regions.iter().map(area).collect(),
            ways: ways.iter().map(|ids| chain(get(ids))).collect(),
            rivers: content
                .rivers
                .iter()
                .zip(&rivers)
                .map(|(r, ids)| if is_fine(r) { get(ids) } else { Vec::new() })
                .collect(),
            shapeless,
            coast: chain(coast),
            boundaries,
        }
    }
}

fn bits(p: Coord) -> (u64, u64) {
    (p.x.to_bits(), p.y.to_bits())
}

/// A shell with fewer positions has no shape of its own where its edges are so long on the paper (in millimetres) and
/// on the
/// ground (in metres): a basin of that size has four corners, a lake does not.
const FEWEST: usize = 8;
const SHOWS_MM: f64 = 1.2;
const BASIN_M: f64 = 300.0;
/// Rivers that are context and shorter than this on the paper, in millimetres, are not drawn.
const LEAST_RIVER_MM: f64 = 8.0;
/// Rivers less accurate than this on the paper, in millimetres, are not drawn.
const COARSEST_RIVER_MM: f64 = 1.0;

/// Waters without a shape at this scale, with the positions of their symbols, clear of state lines; none for rivers.
fn shapeless(content: &Content, boundaries: &[Vec<OnPaper>], view: &View) -> BTreeMap<usize, Option<Coord>> {
    let mut ground: Option<Ground> = None;
    let mut found = BTreeMap::new();
    for (i, region) in content.regions.iter().enumerate().filter(|(_, r)| r.level == Level::Water) {
        let Some(shell) = region.parts.iter().filter_map(|part| part.first()).max_by_key(|shell| shell.len()) else {
            continue;
        };
        if shell.len() >= FEWEST {
            continue;
        }
        let paper: OnPaper = shell.iter().map(|p| view.paper(*p)).collect();
        let edge_mm = paper.windows(2).map(|e| (e[1] - e[0]).x.hypot((e[1] - e[0]).y)).fold(0.0, f64::max) / MM;
        let edge_m = edge_mm * view.composed_scale() / 1000.0;
        if edge_mm < SHOWS_MM || edge_m < BASIN_M || !Bounds::of(&paper).is_some_and(|b| b.overlaps(&view.frame)) {
            continue;
        }
        let is_river = region.kind.as_deref().is_some_and(|kind| kind.contains("river"));
        let ground = ground.get_or_insert_with(|| state_lines(content, boundaries, view));
        let at = centroid(&paper);
        found.insert(i, (!is_river).then(|| ground.off_lines(at, Point::Reservoir.radius_mm() * MM)));
    }
    found
}

/// The centroid of a ring.
fn centroid(ring: &[Coord]) -> Coord {
    let origin = ring[0];
    let (mut sum, mut twice) = (Coord::zero(), 0.0);
    for edge in ring.windows(2) {
        let (a, b) = (edge[0] - origin, edge[1] - origin);
        let cross = a.x * b.y - b.x * a.y;
        sum = sum + (a + b) * cross;
        twice += cross;
    }
    if twice == 0.0 { origin } else { origin + sum / (3.0 * twice) }
}

/// The state lines of a view, as lines that nothing may touch.
fn state_lines(content: &Content, boundaries: &[Vec<OnPaper>], view: &View) -> Ground {
    let mut ground = Ground::new(view.frame);
    for (boundary, lines) in content.boundaries.iter().zip(boundaries) {
        if boundary.weight <= Weight::Member && boundary.opinion.is_none() {
            ground.keep_off(lines);
        }
    }
    ground
}

/// Displacements of place symbols from state lines.
fn off_lines(content: &Content, boundaries: &[Vec<OnPaper>], view: &View) -> FxHashMap<(u64, u64), Coord> {
    let ground = state_lines(content, boundaries, view);
    let moved = |spot: &Spot| {
        let at = view.paper(spot.place.position);
        let point = Point::of(&spot.place).filter(|point| !point.is_of_the_line() && view.frame.contains(at))?;
        let off = ground.off_lines(at, mark_radius(point)) - at;
        (off != Coord::zero()).then(|| (bits(spot.place.position), off))
    };
    content.places.iter().filter_map(moved).collect()
}

/// Bounds in degrees of a window on paper with a margin, used to skip projection; none if they are undetermined: around
/// a pole, and across the antimeridian.
fn reach(view: &View, window: &Bounds) -> Option<Bounds> {
    let rim: Vec<Coord> = super::framing::outline(window).into_iter().map(|p| view.lonlat(p)).collect();
    let b = Bounds::of(&rim)?;
    let margin = (b.width() + b.height()) * 0.1 + 1e-6;
    let told = b.x0 > -150.0 && b.x1 < 150.0 && b.y0 > -60.0 && b.y1 < 75.0 && b.width() < 60.0;
    told.then_some(Bounds { x0: b.x0 - margin, y0: b.y0 - margin, x1: b.x1 + margin, y1: b.y1 + margin })
}

/// What a transverse Mercator projection can show, in degrees: a quarter of the globe from its meridian it goes to infinity, and
/// land there would lie over all the rest. None where that goes across ±180°.
fn transverse_band(view: &View) -> Option<Bounds> {
    const FARTHEST_DEG: f64 = 75.0;
    let Projection::Transverse(projection) = &view.projection else { return None };
    let middle = projection.central_meridian_deg();
    let band = Bounds { x0: middle - FARTHEST_DEG, y0: -90.0, x1: middle + FARTHEST_DEG, y1: 90.0 };
    (band.x0 >= -180.0 && band.x1 <= 180.0).then_some(band)
}

/// The position opposite the centre of an azimuthal projection, which becomes a circle: a ring around it would be drawn inside out.
/// It is never in sight.
fn antipode(view: &View) -> Option<Coord> {
    let Projection::Azimuthal(projection) = &view.projection else { return None };
    let centre = projection.centre_deg();
    Some(Coord { x: if centre.x > 0.0 { centre.x - 180.0 } else { centre.x + 180.0 }, y: -centre.y })
}

/// Whether a position is inside a ring (even-odd rule).
pub(super) fn encloses(ring: &[Coord], p: Coord) -> bool {
    let crosses = |e: &&[Coord]| {
        (e[0].y > p.y) != (e[1].y > p.y) && p.x < (e[1].x - e[0].x) * (p.y - e[0].y) / (e[1].y - e[0].y) + e[0].x
    };
    ring.windows(2).filter(crosses).count() % 2 == 1
}

fn closed(mut ring: Vec<Coord>) -> Vec<Coord> {
    if ring.first() != ring.last() {
        ring.extend(ring.first().copied());
    }
    ring
}

/// The stretches of `coast` that no boundary in sight accompanies, on a map of some scale.
fn without(coast: Vec<OnPaper>, boundaries: &[Vec<OnPaper>], scale: f64, window: &Bounds) -> Vec<OnPaper> {
    let side = SAME_LINE_UM * boundary::fineness(scale).powi(2);
    let cell = |p: Coord| ((p.x / side).floor() as i64, (p.y / side).floor() as i64);
    let mut taken: FxHashSet<(i64, i64)> = FxHashSet::default();
    for line in boundaries.iter().flatten() {
        taken.extend(super::paper::walk_within(line, side / 2.0, window).into_iter().map(cell));
    }
    let near = |p: Coord| {
        let (x, y) = cell(p);
        (-1..=1).any(|dx| (-1..=1).any(|dy| taken.contains(&(x + dx, y + dy))))
    };
    let mut kept: Vec<OnPaper> = Vec::new();
    for line in coast {
        let mut piece: OnPaper = Vec::new();
        let mut last: Option<(Coord, bool)> = None;
        for p in line {
            let is_near = near(p);
            // Edges may be long: each is split where the boundary comes near or recedes.
            if let Some((q, was_near)) = last.filter(|(_, was_near)| *was_near != is_near) {
                let (mut far, mut close) = if was_near { (p, q) } else { (q, p) };
                for _ in 0..10 {
                    let middle = (far + close) / 2.0;
                    *(if near(middle) { &mut close } else { &mut far }) = middle;
                }
                piece.push(far);
            }
            if is_near {
                kept.push(std::mem::take(&mut piece));
            } else {
                piece.push(p);
            }
            last = Some((p, is_near));
        }
        kept.push(piece);
    }
    kept.retain(|piece| piece.len() > 1);
    kept
}
