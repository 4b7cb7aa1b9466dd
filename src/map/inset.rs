//! Detail maps of territories too small to be seen, and of what a specification asks for.

use super::canvas::{Align, Canvas, Stroke, Text, View};
use super::content::{Content, Level, Region};
use super::crossings::Numbers;
use super::error::MapError;
use super::furniture::scale;
use super::labels::{Ground, Mask, Placed, Quad, Request, place};
use super::naming::Naming;
use super::paint::{self, Drawn, paint};
use super::palette::{Hue, INK, PAPER};
use super::paper::{Bounds, MM, area, clip_ring, mm};
use super::requests::Asker;
use super::scene::Scene;
use super::spec::{InsetSpec, PlateSpec, Texts};
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

/// What a detail map is to show.
pub(crate) struct Wanted {
    /// On the main map.
    pub bounds: Bounds,
    pub scale: f64,
    /// The small territories for which it is made.
    pub ids: Vec<String>,
    /// Of each of them, on the main map.
    boxes: Vec<Bounds>,
    /// Width and height in millimetres.
    side_mm: (f64, f64),
    title: Texts,
}

/// A detail map with its place on the sheet.
pub(crate) struct Inset {
    pub view: View,
    /// What it shows, on the main map.
    pub shown: Bounds,
    title: Texts,
}

/// The detail maps that the specification asks for, and those of small territories.
pub(crate) fn wanted(spec: &PlateSpec, content: &Content, view: &View) -> Vec<Wanted> {
    let asked = spec.insets.detail.iter().map(|d| {
        let [x0, y0, x1, y1] = d.extent;
        let corners =
            super::framing::outline(&Bounds { x0, y0, x1, y1 }).into_iter().map(|p| view.paper(p)).collect::<Vec<_>>();
        let bounds = Bounds::of(&corners).expect("an outline has points");
        let zoom = view.scale / d.scale / MM;
        let side_mm = (bounds.width() * zoom, bounds.height() * zoom);
        Wanted { bounds, scale: d.scale, ids: Vec::new(), boxes: Vec::new(), side_mm, title: d.title.clone() }
    });
    let mut all: Vec<Wanted> = asked.filter(|w| view.frame.contains(w.bounds.centre())).collect();
    if spec.insets.details && !leaves_small_ones_out(spec, view) {
        all.extend(small_territories(content, view, &spec.insets));
    }
    all
}

/// A map of the world has no detail maps of small territories, unless their scale is asked for: they are too many.
pub(crate) fn leaves_small_ones_out(spec: &PlateSpec, view: &View) -> bool {
    spec.insets.scale.is_none() && view.is_world()
}

/// Whether a map has no detail maps of small territories because they are too many.
pub(crate) fn has_left_out(spec: &PlateSpec, content: &Content, view: &View) -> bool {
    let left_out = spec.insets.details && leaves_small_ones_out(spec, view);
    left_out && !small_territories(content, view, &spec.insets).is_empty()
}

/// Small territories of the view, gathered where one detail map can show several.
fn small_territories(content: &Content, view: &View, spec: &InsetSpec) -> Vec<Wanted> {
    let mut groups: Vec<Wanted> = Vec::new();
    for (id, rings) in small_areas(content, spec) {
        let paper: Vec<Vec<Coord>> = rings.iter().map(|ring| ring.iter().map(|p| view.paper(*p)).collect()).collect();
        let Some(b) = Bounds::of(paper.iter().flatten()) else { continue };
        let mm2: f64 = paper.iter().map(|ring| area(ring).abs()).sum::<f64>() / (MM * MM);
        let known = groups.iter().any(|g| g.boxes.iter().any(|known| known.is_like(&b)));
        if mm2 >= VISIBLE_MM2 || !view.frame.contains(b.centre()) || mm2 == 0.0 || known {
            continue;
        }
        let km2 = mm2 * (view.scale / 1e6).powi(2);
        let fitting = SCALES.iter().copied().find(|s| km2 / (s / 1e6).powi(2) >= WANTED_MM2);
        let scale = spec.scale.unwrap_or(fitting.unwrap_or(100_000.0).max(100_000.0)).min(view.scale / 2.0);
        let room = |b: &Bounds| {
            b.width() * view.scale / scale < SIDE_MM.0 * 0.7 * MM
                && b.height() * view.scale / scale < SIDE_MM.1 * 0.7 * MM
        };
        match groups.iter_mut().find(|g| g.scale == scale && room(&g.bounds.union(&b))) {
            Some(g) => {
                g.bounds = g.bounds.union(&b);
                g.boxes.push(b);
                g.ids.extend(id);
            }
            None => groups.push(Wanted {
                bounds: b,
                scale,
                ids: id.into_iter().collect(),
                boxes: vec![b],
                side_mm: SIDE_MM,
                title: Texts::new(),
            }),
        }
    }
    groups
}

/// What may be too small to be seen: the territories with their ids, the land of proposals, and single parts of larger
/// territories. Of parts only those at a border, unless islands are asked for: hundreds of skerries are no question of
/// a boundary, and their insets would fill the sheet.
fn small_areas(content: &Content, spec: &InsetSpec) -> Vec<(Option<String>, Vec<Vec<Coord>>)> {
    let regions = || content.regions.iter().filter(|r| matches!(r.level, Level::Base | Level::Enclave | Level::Unit));
    let whole = |r: &Region| (Some(r.meta.id.clone()), r.parts.iter().map(|part| part[0].clone()).collect());
    let pieces = content.pieces.iter();
    let pieces = pieces.map(|(p, _)| {
        (Some(p.meta.id.clone()), p.parts.iter().map(|part| part.exterior().0.clone()).collect::<Vec<_>>())
    });
    // Enclaves as parts of their owners come last: their own layer, with their names, comes first.
    let several = regions().filter(|r| r.level == Level::Base && r.parts.len() > 1);
    let parts = several.flat_map(|r| r.parts.iter().zip(&r.at_border));
    let parts =
        parts.filter(|(_, at_border)| **at_border || spec.islands).map(|(part, _)| (None, vec![part[0].clone()]));
    regions().map(whole).chain(pieces).chain(parts).collect()
}

/// Finds places for detail maps where they cover least of what the plate is about.
pub(crate) fn arrange(
    spec: &PlateSpec,
    content: &Content,
    scene: &Scene,
    view: &View,
    groups: &[Wanted],
) -> Vec<Inset> {
    if groups.is_empty() {
        return Vec::new();
    }
    let masks = |neutral: bool| -> Vec<Mask> {
        let regions = content.regions.iter().zip(&scene.regions);
        let wanted = regions.filter(|(r, _)| r.level == Level::Base && (r.hue == Hue::Neutral) == neutral);
        let mask = |(_, parts): (&Region, &Vec<Vec<Vec<Coord>>>)| {
            let rings = parts.iter().flatten().map(|ring| ring.iter().map(|p| view.paper(*p)).collect::<Vec<_>>());
            Mask::of(&rings.map(|ring| clip_ring(&ring, &view.frame)).collect::<Vec<_>>())
        };
        wanted.filter_map(mask).collect()
    };
    let focus = masks(false);
    // Where the names of other states and the plate's own notes are to stand.
    let deepest = |mask: Mask| mask.inside(3).into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at);
    let notes = spec.notes.iter().map(|note| view.paper(Coord { x: note.at[0], y: note.at[1] }));
    let names: Vec<Bounds> = (masks(true).into_iter().filter_map(deepest).chain(notes))
        .map(|p| Bounds { x0: p.x - 14.0 * MM, x1: p.x + 14.0 * MM, y0: p.y - 7.0 * MM, y1: p.y + 7.0 * MM })
        .collect();
    let covered = |b: &Bounds| {
        let quad = Quad::of(*b);
        quad.samples(7.0 * MM).filter(|p| focus.iter().any(|mask| mask.clearance(*p) > 0.0)).count()
    };
    // What the plate is about is not covered either.
    let paper = |ring: &Vec<Coord>| Bounds::of(&ring.iter().map(|p| view.paper(*p)).collect::<Vec<_>>());
    let enclaves = content.regions.iter().filter(|r| r.level == Level::Enclave).flat_map(|r| r.parts.iter().flatten());
    let pieces = content.pieces.iter().flat_map(|(p, _)| p.parts.iter().map(|part| &part.exterior().0));
    let kept: Vec<Bounds> = enclaves.chain(pieces).filter_map(paper).map(|b| b.grown(6.0)).collect();
    let mut insets: Vec<Inset> = Vec::new();
    for wanted in groups {
        let (shown, scale) = (&wanted.bounds, &wanted.scale);
        let (w, h) = (wanted.side_mm.0 * MM, wanted.side_mm.1 * MM);
        let frame = view.frame.grown(-1.5);
        let clear = |b: &Bounds, insets: &[Inset]| {
            !b.overlaps(&shown.grown(2.0))
                && insets.iter().all(|i| !i.view.frame.grown(1.2).overlaps(b) && !i.shown.grown(1.5).overlaps(b))
                && groups.iter().all(|g| !g.bounds.grown(1.0).overlaps(b))
                && kept.iter().all(|k| !k.overlaps(b))
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
                let at_edge = [x - frame.x0, frame.x1 - w - x, y - frame.y0, frame.y1 - h - y]
                    .into_iter()
                    .fold(f64::MAX, f64::min);
                let over_names = names.iter().filter(|name| name.overlaps(&b)).count();
                // A leader is short, and runs over no other map and nothing that another shows.
                let leader = Quad::along(nearest_corners(shown, &b), 0.4 * MM);
                let crosses = |b: &Bounds| Quad::of(*b).overlaps(&leader);
                let crossed = insets.iter().filter(|i| crosses(&i.view.frame) || crosses(&i.shown)).count()
                    + groups.iter().filter(|g| !std::ptr::eq(*g, wanted) && crosses(&g.bounds)).count();
                let cost = covered(&b) as f64 * 12.0
                    + (over_names * 40 + crossed * 80) as f64
                    + (c.x - s.x).hypot(c.y - s.y) / MM * 0.9
                    + at_edge / MM * 0.4;
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, b));
                }
            }
        }
        let Some((_, b)) = best else { continue };
        let centre = view.lonlat(shown.centre());
        let meridian = (centre.x * 10.0).round() / 10.0;
        let projection = match view.projection {
            Projection::Lambert(_) | Projection::EqualEarth(_) if centre.y.abs() > 8.0 => {
                Projection::Lambert(Lambert::wgs84(centre.y - 0.1, centre.y + 0.1, centre.y, meridian))
            }
            _ => Projection::Transverse(TransverseMercator::new(Ellipsoid::WGS84, meridian, 1.0, 0.0, 0.0)),
        };
        let inset = View::new(projection, centre, *scale, b);
        let corners: Vec<Coord> = b.ring().into_iter().map(|p| view.paper(inset.lonlat(p))).collect();
        let shown = Bounds::of(&corners).expect("a box has corners");
        insets.push(Inset { view: inset, shown, title: wanted.title.clone() });
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

/// The ends of a leader.
pub(crate) fn nearest_corners(a: &Bounds, b: &Bounds) -> (Coord, Coord) {
    let pairs = a.ring().into_iter().take(4).flat_map(|p| b.ring().into_iter().take(4).map(move |q| (p, q)));
    let far = |(p, q): &(Coord, Coord)| (p.x - q.x).hypot(p.y - q.y);
    pairs.min_by(|x, y| far(x).total_cmp(&far(y))).expect("boxes have corners")
}

/// Labels placed, and names without a place.
pub(crate) type Labelled = (Vec<Placed>, Vec<String>);

/// A detail map whose geography is drawn, and whose labels have no places yet.
pub(crate) struct Detail {
    view: View,
    canvas: Canvas,
    requests: Vec<Request>,
    ground: Ground,
    title: Option<Text>,
}

impl Detail {
    /// Draws the geography of a detail map on a part of the canvas.
    pub(crate) fn paint(
        canvas: &Canvas,
        inset: Inset,
        content: &Content,
        spec: &PlateSpec,
        naming: &Naming,
        numbers: &Numbers<'_>,
        drawn: &mut Drawn,
    ) -> Result<Self, MapError> {
        let (view, canvas) = (inset.view, canvas.part());
        let scene = Scene::of(content, &view);
        canvas.sheet().open_window(&view.frame);
        let detail = paint::Detail {
            band_mm: 1.4,
            background: spec.background,
            ways: true,
            places: true,
            every_place: true,
            graticule_minutes: None,
            grid: None,
        };
        paint(&canvas, &view, content, &scene, detail, drawn);
        numbers.paint(&canvas, &view, drawn);
        let mut ground = Ground::new(view.frame.grown(-0.8));
        let f = view.frame;
        let foot = Bounds { x0: f.x0, y0: f.y1 - 5.6 * MM, x1: f.x0 + 34.0 * MM, y1: f.y1 };
        ground.take(Quad::of(foot));
        let title = spec.title_of(&inset.title, naming.languages.first()).map(|t| Text::new(t, 6.2).bold());
        if let Some(title) = &title {
            super::naming::check_text(title, "the title of a detail map")?;
            let b = Bounds { x0: f.x0, y0: f.y0, x1: f.x0 + (title.width_mm() + 3.0) * MM, y1: f.y0 + 4.4 * MM };
            ground.take(Quad::of(b));
        }
        let asker = Asker {
            view: &view,
            content,
            scene: &scene,
            naming,
            zoom: 0.85,
            states: false,
            places: true,
            every_place: true,
            ways: true,
            elsewhere: &[],
        };
        let requests = asker.requests(&[], numbers, &mut ground)?;
        Ok(Detail { view, canvas, requests, ground, title })
    }

    /// Places the labels, draws scale bar and frame and puts all of it on the sheet.
    pub(crate) fn finish(mut self, onto: &Canvas) -> Labelled {
        let (labels, unplaced) = place(self.requests, &mut self.ground);
        let (view, f) = (&self.view, self.view.frame);
        let mut sheet = self.canvas.sheet();
        labels.iter().for_each(|label| label.draw(&mut sheet));
        scale::bar(&mut sheet, view, f.x0 / MM + 2.0, f.y1 / MM - 1.6, 18.0);
        let text = Text::new(format!("1:{}", scale::grouped(view.scale)), 5.0).halo(PAPER, 0.35);
        sheet.text(mm(f.x1 / MM - 1.2, f.y1 / MM - 1.2), &text, Align::End, 0.0);
        if let Some(title) = self.title {
            let b = Bounds { x0: f.x0, y0: f.y0, x1: f.x0 + (title.width_mm() + 3.0) * MM, y1: f.y0 + 4.2 * MM };
            sheet.fill(&[b.ring()], PAPER);
            sheet.text(mm(b.x0 / MM + 1.5, b.y1 / MM - 1.3), &title, Align::Start, 0.0);
        }
        sheet.close();
        sheet.stroke(&[f.grown(0.45).ring()], &Stroke::new(PAPER, 0.9));
        sheet.stroke(&[f.ring()], &Stroke::new(INK, 0.28));
        drop(sheet);
        onto.put(self.canvas);
        (labels, unplaced)
    }
}
