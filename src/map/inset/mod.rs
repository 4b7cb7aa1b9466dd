//! Detail maps of territories too small to be visible, and of extents requested by the specification.

mod corners;
mod ground;
mod room;
mod wanted;

use corners::{Corners, baselines_mm, scale_text};
pub(crate) use room::arrange;
pub(crate) use wanted::{Wanted, has_left_out, unseen, wanted};

use super::canvas::{Align, Canvas, Stroke, Text, View};
use super::content::Content;
use super::crossings::Numbers;
use super::error::MapError;
use super::furniture::scale;
use super::labels::{Ground, Placed, Request, place};
use super::lint::{self, LintFinding};
use super::naming::Naming;
use super::paint::{self, Drawn, paint};
use super::palette::{INK, PAPER};
use super::paper::{Bounds, MM, mm};
use super::requests::Asker;
use super::scene::Scene;
use super::spec::PlateSpec;
use super::symbol::{INSET_LINE, Symbol};
use super::world::WorldOutline;
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
    listed: Vec<String>,
    title: Vec<Text>,
}

impl Inset {
    /// A detail map in a frame on the main map.
    fn at(frame: Bounds, main: &View, wanted: Wanted) -> Self {
        let centre = wanted.beyond.unwrap_or_else(|| main.lonlat(wanted.bounds.centre()));
        let meridian = (centre.x * 10.0).round() / 10.0;
        let projection = match main.projection {
            Projection::Lambert(_) | Projection::Azimuthal(_) | Projection::EqualEarth(_) if centre.y.abs() > 8.0 => {
                Projection::Lambert(Lambert::wgs84(centre.y - 0.1, centre.y + 0.1, centre.y, meridian))
            }
            _ => Projection::Transverse(TransverseMercator::new(Ellipsoid::WGS84, meridian, 1.0, 0.0, 0.0)),
        };
        let view = View::new(projection, centre, wanted.scale, frame).enlarged(main.enlargement());
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
            listed: wanted.listed,
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
    /// Language of the furniture.
    language: String,
    corners: Corners,
}

impl Detail {
    /// Draws the geography of a detail map on a separate part of the canvas.
    pub(crate) fn paint(
        canvas: &Canvas,
        inset: Inset,
        (content, world, as_land): (&Content, Option<&WorldOutline>, bool),
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
            as_land,
            ways: true,
            places: true,
            every_place: true,
            graticule: None,
            grid: None,
        };
        paint(&canvas, &view, (content, &scene), detail, (None, world), drawn);
        numbers.paint(&canvas, &view, drawn);
        let mut ground = Ground::new(view.frame.grown(-0.8));
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
            listed: &inset.listed,
        };
        let requests = asker.requests(&[], numbers, &mut ground)?;
        let language = naming.furniture().to_owned();
        let corners = Corners::of(&view, &inset.title, &language, &mut ground);
        Ok(Detail { view, canvas, requests, ground, language, corners })
    }

    /// Places the labels, draws the scale bar and the frame, and adds everything to the sheet.
    pub(crate) fn finish(mut self, onto: &Canvas, is_error: bool) -> Labelled {
        let (labels, unplaced) = place(&self.requests, &mut self.ground);
        let (view, f) = (&self.view, self.view.frame);
        let mut sheet = self.canvas.sheet();
        labels.iter().for_each(|label| label.draw(&mut sheet));
        if let Some((bar, room_mm)) = self.corners.bar {
            scale::bar(&mut sheet, view, [bar.x0 / MM + 2.0, bar.y1 / MM - 1.6], room_mm, &self.language);
        }
        let scale = self.corners.scale;
        sheet.text(mm(scale.x1 / MM - 1.2, scale.y1 / MM - 1.2), &scale_text(view), Align::End, 0.0);
        if let Some((cell, title)) = &self.corners.title {
            sheet.fill(&[cell.ring()], PAPER);
            for (line, down_mm) in title.iter().zip(baselines_mm(title)) {
                sheet.text(mm(cell.x0 / MM + 1.5, cell.y0 / MM + down_mm), line, Align::Start, 0.0);
            }
        }
        sheet.close();
        sheet.stroke(&[f.grown(0.45).ring()], &Stroke::new(PAPER, 0.9));
        sheet.stroke(&[f.ring()], &Stroke::new(INK, 0.28));
        drop(sheet);
        onto.put(self.canvas);
        let mut findings = lint::placed(&labels, &self.ground, is_error);
        findings.extend(self.corners.over_lines(&self.ground, is_error));
        (labels, unplaced, findings)
    }
}
