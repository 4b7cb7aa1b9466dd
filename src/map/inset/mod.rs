//! Detail maps of territories too small to be visible, and of extents requested by the specification.

mod ground;
mod room;
mod wanted;

pub(crate) use room::arrange;
pub(crate) use wanted::{Wanted, has_left_out, unseen, wanted};

use super::canvas::{Align, Canvas, Stroke, Text, View};
use super::content::Content;
use super::crossings::Numbers;
use super::error::MapError;
use super::furniture::scale;
use super::labels::{Ground, Placed, Quad, Request, place};
use super::lint::{self, LintFinding};
use super::naming::Naming;
use super::paint::{self, Drawn, paint};
use super::palette::{INK, PAPER};
use super::paper::{Bounds, MM, mm};
use super::requests::Asker;
use super::scene::Scene;
use super::spec::PlateSpec;
use super::symbol::{INSET_LINE, Symbol};
use crate::earth::projection::{Ellipsoid, Lambert, Projection, TransverseMercator};
use geo::Coord;

/// A detail map with its place on the sheet.
pub(crate) struct Inset {
    pub view: View,
    /// Its extent on the main map.
    pub shown: Bounds,
    /// The small territories for which it is made: their names are in it.
    pub ids: Vec<String>,
    /// The notes of the specification that are its title.
    pub notes: Vec<usize>,
    /// Whether it shows land outside the main map.
    pub is_beyond: bool,
    /// The ends of its leader, on the box of its extent and on its frame.
    pub leader: (Coord, Coord),
    named: Vec<String>,
    title: Vec<Text>,
}

impl Inset {
    /// A detail map in a frame on the main map.
    fn at(frame: Bounds, main: &View, wanted: Wanted) -> Self {
        let centre = wanted.beyond.unwrap_or_else(|| main.lonlat(wanted.bounds.centre()));
        let meridian = (centre.x * 10.0).round() / 10.0;
        let projection = match main.projection {
            Projection::Lambert(_) | Projection::EqualEarth(_) if centre.y.abs() > 8.0 => {
                Projection::Lambert(Lambert::wgs84(centre.y - 0.1, centre.y + 0.1, centre.y, meridian))
            }
            _ => Projection::Transverse(TransverseMercator::new(Ellipsoid::WGS84, meridian, 1.0, 0.0, 0.0)),
        };
        let view = View::new(projection, centre, wanted.scale, frame);
        let corners: Vec<Coord> = frame.ring().into_iter().map(|p| main.paper(view.lonlat(p))).collect();
        let shown = Bounds::of(&corners).filter(|_| wanted.beyond.is_none()).unwrap_or(wanted.bounds);
        let leader = link(&shown, &frame, 0.5);
        Inset {
            view,
            shown,
            leader,
            is_beyond: wanted.beyond.is_some(),
            ids: wanted.ids,
            notes: wanted.notes,
            named: wanted.named,
            title: wanted.title,
        }
    }
}

/// The shortest link of two boxes: vertical or horizontal, at a share of their common range, else from corner to
/// corner.
fn link(a: &Bounds, b: &Bounds, share: f64) -> (Coord, Coord) {
    let along = |(a0, a1): (f64, f64), (b0, b1): (f64, f64)| match (a1 < b0, b1 < a0) {
        (true, _) => (a1, b0),
        (_, true) => (a0, b1),
        _ => {
            let (low, high) = (a0.max(b0), a1.min(b1));
            let at = low + (high - low) * share;
            (at, at)
        }
    };
    let (x, y) = (along((a.x0, a.x1), (b.x0, b.x1)), along((a.y0, a.y1), (b.y0, b.y1)));
    (Coord { x: x.0, y: y.0 }, Coord { x: x.1, y: y.1 })
}

/// Draws the boxes and leaders on the main map.
pub(crate) fn leaders(canvas: &Canvas, view: &View, insets: &[Inset], drawn: &mut Drawn) {
    let mut sheet = canvas.sheet();
    for inset in insets.iter().filter(|inset| !inset.is_beyond) {
        sheet.open_symbol(&Symbol::InsetBox.class());
        let (a, b) = inset.leader;
        sheet.clip_to(Some(view.frame));
        sheet.stroke(&[vec![a, b]], &Stroke::new(PAPER, 0.6));
        sheet.stroke(&[inset.shown.ring(), vec![a, b]], &INSET_LINE);
        sheet.clip_to(None);
        sheet.close();
        drawn.insert(Symbol::InsetBox);
    }
}

/// Placed labels, names without a position, and findings on the placed labels.
pub(crate) type Labelled = (Vec<Placed>, Vec<String>, Vec<LintFinding>);

/// A detail map with its geography drawn and its labels not yet placed.
pub(crate) struct Detail {
    view: View,
    canvas: Canvas,
    requests: Vec<Request>,
    ground: Ground,
    title: Vec<Text>,
    /// Language of the furniture.
    language: String,
}

impl Detail {
    /// Draws the geography of a detail map on a separate part of the canvas.
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
            band_mm: 0.8,
            background: spec.background,
            ways: true,
            places: true,
            every_place: true,
            graticule_minutes: None,
            grid: None,
        };
        paint(&canvas, &view, (content, &scene), detail, None, drawn);
        numbers.paint(&canvas, &view, drawn);
        let mut ground = Ground::new(view.frame.grown(-0.8));
        let f = view.frame;
        let foot = Bounds { x0: f.x0, y0: f.y1 - 5.6 * MM, x1: f.x0 + 34.0 * MM, y1: f.y1 };
        ground.take(Quad::of(foot));
        if let Some((cell, _)) = titled(&f, &inset.title) {
            ground.take(Quad::of(cell.grown(0.1)));
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
            titled: &inset.named,
        };
        let requests = asker.requests(&[], numbers, &mut ground)?;
        let language = naming.furniture().to_owned();
        Ok(Detail { view, canvas, requests, ground, title: inset.title, language })
    }

    /// Places the labels, draws the scale bar and the frame, and adds everything to the sheet.
    pub(crate) fn finish(mut self, onto: &Canvas, is_error: bool) -> Labelled {
        let (labels, unplaced) = place(&self.requests, &mut self.ground);
        let (view, f) = (&self.view, self.view.frame);
        let mut sheet = self.canvas.sheet();
        labels.iter().for_each(|label| label.draw(&mut sheet));
        scale::bar(&mut sheet, view, [f.x0 / MM + 2.0, f.y1 / MM - 1.6], 18.0, &self.language);
        let text = Text::new(format!("1:{}", scale::grouped(view.scale)), 5.0).halo(PAPER, 0.35);
        sheet.text(mm(f.x1 / MM - 1.2, f.y1 / MM - 1.2), &text, Align::End, 0.0);
        if let Some((cell, baselines_mm)) = titled(&f, &self.title) {
            sheet.fill(&[cell.ring()], PAPER);
            for (line, y_mm) in self.title.iter().zip(baselines_mm) {
                sheet.text(mm(f.x0 / MM + 1.5, y_mm), line, Align::Start, 0.0);
            }
        }
        sheet.close();
        sheet.stroke(&[f.grown(0.45).ring()], &Stroke::new(PAPER, 0.9));
        sheet.stroke(&[f.ring()], &Stroke::new(INK, 0.28));
        drop(sheet);
        onto.put(self.canvas);
        let findings = lint::placed(&labels, &self.ground, is_error);
        (labels, unplaced, findings)
    }
}

/// The corner of a frame occupied by its title, and the baselines of its lines in millimetres.
fn titled(frame: &Bounds, title: &[Text]) -> Option<(Bounds, Vec<f64>)> {
    let width_mm = title.iter().map(Text::width_mm).reduce(f64::max)?;
    let mut down_mm = frame.y0 / MM + 1.3;
    let baselines_mm = title.iter().enumerate().map(|(i, line)| {
        down_mm += if i == 0 { line.cap_mm() } else { line.size_mm * 1.15 };
        down_mm
    });
    let baselines_mm: Vec<f64> = baselines_mm.collect();
    let (x1, y1) = (frame.x0 + (width_mm + 3.0) * MM, (down_mm + 1.3) * MM);
    Some((Bounds { x0: frame.x0, y0: frame.y0, x1, y1 }, baselines_mm))
}
