//! Small maps: details of territories too small to be seen, and the locator.

use super::canvas::{Align, Canvas, Stroke, Text, View};
use super::content::{Content, Level};
use super::error::MapError;
use super::furniture::scale;
use super::labels::{Ground, Placed, Quad, place};
use super::naming::Naming;
use super::paint::{Detail, Drawn, paint};
use super::palette::{ALERT, GREY_INK, Hue, INK, PAPER};
use super::paper::{Bounds, MM, area, inside, mm};
use super::requests::{Asker, Numbers};
use super::scene::Scene;
use super::spec::{Background, PlateSpec};
use super::symbol::{INSET_LINE, Symbol};
use crate::earth::projection::{Ellipsoid, Lambert, Projection, TransverseMercator};
use geo::Coord;

/// A territory smaller than this on the plate has a detail map, in square millimetres.
const VISIBLE_MM2: f64 = 4.0;
/// Scales of detail maps.
const SCALES: [f64; 6] = [500_000.0, 250_000.0, 100_000.0, 50_000.0, 25_000.0, 10_000.0];
/// What a territory should have in its detail map, in square millimetres.
const WANTED_MM2: f64 = 60.0;
/// Side of a detail map in millimetres.
const SIDE_MM: (f64, f64) = (46.0, 38.0);

/// A detail map with its place on the sheet.
pub(crate) struct Inset {
    pub view: View,
    /// What it shows, on the main map.
    pub shown: Bounds,
}

/// Small territories of the view, gathered where one detail map can show several.
pub(crate) fn small_territories(content: &Content, view: &View, asked_scale: Option<f64>) -> Vec<(Bounds, f64)> {
    let mut groups: Vec<(Bounds, f64)> = Vec::new();
    for region in content.regions.iter().filter(|r| matches!(r.level, Level::Base | Level::Enclave | Level::Unit)) {
        let rings: Vec<&Vec<Coord>> = region.parts.iter().flatten().collect();
        let paper = |ring: &Vec<Coord>| ring.iter().map(|p| view.paper(*p)).collect::<Vec<_>>();
        let Some(b) = Bounds::of(rings.iter().flat_map(|r| paper(r)).collect::<Vec<_>>().iter()) else { continue };
        let mm2: f64 = region.parts.iter().map(|part| area(&paper(&part[0])).abs()).sum::<f64>() / (MM * MM);
        if mm2 >= VISIBLE_MM2 || !view.frame.contains(b.centre()) || mm2 == 0.0 {
            continue;
        }
        let km2 = mm2 * (view.scale / 1e6).powi(2);
        let fitting = SCALES.iter().copied().find(|s| km2 / (s / 1e6).powi(2) >= WANTED_MM2);
        let scale = asked_scale.unwrap_or(fitting.unwrap_or(100_000.0).max(100_000.0)).min(view.scale / 2.0);
        let room = |b: &Bounds| {
            b.width() * view.scale / scale < SIDE_MM.0 * 0.7 * MM && b.height() * view.scale / scale < SIDE_MM.1 * 0.7 * MM
        };
        match groups.iter_mut().find(|(g, s)| *s == scale && room(&g.union(&b))) {
            Some((g, _)) => *g = g.union(&b),
            None => groups.push((b, scale)),
        }
    }
    groups
}

/// Finds places for detail maps where they cover least of what the plate is about.
pub(crate) fn arrange(content: &Content, scene: &Scene, view: &View, groups: &[(Bounds, f64)], taken: &[Bounds]) -> Vec<Inset> {
    let focus: Vec<Vec<Vec<Coord>>> = content
        .regions
        .iter()
        .zip(&scene.regions)
        .filter(|(r, _)| r.level == Level::Base && r.hue != Hue::Neutral)
        .map(|(_, parts)| parts.iter().flatten().map(|ring| ring.iter().map(|p| view.paper(*p)).collect()).collect())
        .collect();
    let covered = |b: &Bounds| {
        let quad = Quad::of(*b);
        quad.samples(7.0 * MM).filter(|p| focus.iter().any(|rings| inside(rings, *p))).count()
    };
    let mut insets: Vec<Inset> = Vec::new();
    let (w, h) = (SIDE_MM.0 * MM, SIDE_MM.1 * MM);
    for (shown, scale) in groups {
        let frame = view.frame.grown(-1.5);
        let clear = |b: &Bounds, insets: &[Inset]| {
            !b.overlaps(&shown.grown(2.0))
                && insets.iter().all(|i| !i.view.frame.grown(1.2).overlaps(b) && !i.shown.grown(1.5).overlaps(b))
                && groups.iter().all(|(g, _)| !g.grown(1.0).overlaps(b))
                && taken.iter().all(|t| !t.overlaps(b))
        };
        let steps = |low: f64, high: f64| {
            let n = ((high - low) / (4.0 * MM)).floor().max(0.0) as usize;
            (0..=n).map(move |i| low + (high - low) * i as f64 / n.max(1) as f64).collect::<Vec<_>>()
        };
        let mut best: Option<(f64, Bounds)> = None;
        for x in steps(frame.x0, frame.x1 - w) {
            for y in steps(frame.y0, frame.y1 - h) {
                let b = Bounds { x0: x, y0: y, x1: x + w, y1: y + h };
                if !clear(&b, &insets) {
                    continue;
                }
                let (c, s) = (b.centre(), shown.centre());
                let at_edge = [x - frame.x0, frame.x1 - w - x, y - frame.y0, frame.y1 - h - y].into_iter().fold(f64::MAX, f64::min);
                let cost = covered(&b) as f64 * 12.0 + (c.x - s.x).hypot(c.y - s.y) / MM * 0.25 + at_edge / MM * 0.4;
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, b));
                }
            }
        }
        let Some((_, b)) = best else { continue };
        let centre = view.lonlat(shown.centre());
        let meridian = (centre.x * 10.0).round() / 10.0;
        let projection = match view.projection {
            Projection::Lambert(_) if centre.y.abs() > 8.0 => Projection::Lambert(Lambert::wgs84(centre.y - 0.1, centre.y + 0.1, centre.y, meridian)),
            _ => Projection::Transverse(TransverseMercator::new(Ellipsoid::WGS84, meridian, 1.0, 0.0, 0.0)),
        };
        let inset = View::new(projection, centre, *scale, b);
        let corners: Vec<Coord> = b.ring().into_iter().map(|p| view.paper(inset.lonlat(p))).collect();
        let shown = Bounds::of(&corners).expect("a box has corners");
        insets.push(Inset { view: inset, shown });
    }
    insets
}

/// Draws the boxes and leaders on the main map.
pub(crate) fn leaders(canvas: &Canvas, view: &View, insets: &[Inset], drawn: &mut Drawn) {
    let mut sheet = canvas.sheet();
    for inset in insets {
        sheet.open_symbol(&Symbol::InsetBox.class());
        let (a, b) = nearest_corners(&inset.shown, &inset.view.frame);
        sheet.clip_to(Some(view.frame));
        sheet.stroke(&[vec![a, b]], &Stroke::new(PAPER, 0.6));
        sheet.stroke(&[inset.shown.ring(), vec![a, b]], &INSET_LINE);
        sheet.clip_to(None);
        sheet.close();
        drawn.insert(Symbol::InsetBox);
    }
}

fn nearest_corners(a: &Bounds, b: &Bounds) -> (Coord, Coord) {
    let pairs = a.ring().into_iter().take(4).flat_map(|p| b.ring().into_iter().take(4).map(move |q| (p, q)));
    let far = |(p, q): &(Coord, Coord)| (p.x - q.x).hypot(p.y - q.y);
    pairs.min_by(|x, y| far(x).total_cmp(&far(y))).expect("boxes have corners")
}

/// Draws a detail map with its labels and scale bar; returns the names that found no place.
pub(crate) fn detail(
    canvas: &Canvas,
    inset: &Inset,
    content: &Content,
    spec: &PlateSpec,
    naming: &Naming,
    numbers: &Numbers,
    drawn: &mut Drawn,
) -> Result<Vec<String>, MapError> {
    let view = &inset.view;
    let scene = Scene::of(content, view);
    canvas.sheet().open_window(&view.frame);
    let detail = Detail { band_mm: 1.4, background: spec.background, ways: true, places: true, graticule_minutes: None };
    paint(canvas, view, content, &scene, detail, drawn);
    let mut ground = Ground::new(view.frame.grown(-0.8));
    let f = view.frame;
    let foot = Bounds { x0: f.x0, y0: f.y1 - 5.6 * MM, x1: f.x0 + 34.0 * MM, y1: f.y1 };
    ground.take(Quad::of(foot));
    let asker = Asker { view, content, scene: &scene, naming, zoom: 0.85, states: false, places: true, ways: true };
    let (labels, unplaced) = place(asker.requests(&[], numbers, &mut ground)?, &mut ground);
    draw_labels(canvas, &labels);
    let mut sheet = canvas.sheet();
    scale::bar(&mut sheet, view, f.x0 / MM + 2.0, f.y1 / MM - 1.6, 18.0);
    let text = Text::new(format!("1:{}", scale::grouped(view.scale)), 4.8).halo(PAPER, 0.35);
    sheet.text(mm(f.x1 / MM - 1.2, f.y1 / MM - 1.2), &text, Align::End, 0.0);
    sheet.close();
    sheet.stroke(&[f.grown(0.45).ring()], &Stroke::new(PAPER, 0.9));
    sheet.stroke(&[f.ring()], &Stroke::new(INK, 0.28));
    Ok(unplaced)
}

fn draw_labels(canvas: &Canvas, labels: &[Placed]) {
    let mut sheet = canvas.sheet();
    labels.iter().for_each(|label| label.draw(&mut sheet));
}

/// Draws where the plate lies, in a box of the panel.
pub(crate) fn locator(canvas: &Canvas, frame: Bounds, main: &View, content: &Content, background: Background, naming: &Naming) -> Result<(), MapError> {
    let main_box: Vec<Coord> = super::framing::outline(&main.frame).into_iter().map(|p| main.lonlat(p)).collect();
    let shown = Bounds::of(&main_box).expect("an outline has points");
    let data = content.regions.iter().filter(|r| r.level == Level::Base).flat_map(|r| r.parts.iter().flatten().flatten());
    let all = Bounds::of(data).map_or(shown, |d| d.union(&shown));
    // Up to six times the plate's extent, within the data.
    let reach = |low: f64, high: f64, from: f64, to: f64| {
        let extra = (to - from) * 2.5;
        ((from - extra).max(low), (to + extra).min(high))
    };
    let (x0, x1) = reach(all.x0, all.x1, shown.x0, shown.x1);
    let (y0, y1) = reach(all.y0, all.y1, shown.y0, shown.y1);
    let middle = Coord { x: (x0 + x1) / 2.0, y: (y0 + y1) / 2.0 };
    let projection = match main.projection {
        Projection::Lambert(_) => Projection::Lambert(Lambert::wgs84(y0 + (y1 - y0) / 6.0, y1 - (y1 - y0) / 6.0, middle.y, middle.x)),
        other => other,
    };
    let corners: Vec<Coord> = super::framing::outline(&Bounds { x0, y0, x1, y1 }).into_iter().map(|p| projection.forward(p)).collect();
    let b = Bounds::of(&corners).expect("an outline has points");
    // The box is filled: what reaches beyond the data is cut.
    let scale = (b.width() / frame.width()).min(b.height() / frame.height()) * 1e6 * 0.97;
    let view = View::new(projection, projection.inverse(b.centre()), scale, frame);
    let scene = Scene::of(content, &view);
    canvas.sheet().open("locator");
    canvas.sheet().open_window(&frame);
    let detail = Detail { band_mm: 0.5, background, ways: false, places: false, graticule_minutes: None };
    let mut none = Drawn::new();
    super::paint::outline_only(canvas, &view, content, &scene, detail, &mut none);
    let mut ground = Ground::new(frame.grown(-0.6));
    let asker = Asker { view: &view, content, scene: &scene, naming, zoom: 0.42, states: true, places: false, ways: false };
    let requests = asker.requests(&[], &Numbers::new(), &mut ground)?.into_iter().filter(|r| r.priority <= 30 && r.priority != 10);
    let (labels, _) = place(requests.collect(), &mut ground);
    draw_labels(canvas, &labels);
    canvas.geography(&view, &[main_box.iter().copied().chain([main_box[0]]).collect()], |sheet, paper| {
        sheet.stroke(paper, &Stroke::new(ALERT, 0.45));
    });
    let mut sheet = canvas.sheet();
    sheet.close();
    sheet.stroke(&[frame.ring()], &Stroke::new(GREY_INK, 0.25));
    sheet.close();
    Ok(())
}
