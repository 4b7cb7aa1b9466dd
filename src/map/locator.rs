//! The locator: the position of the maps of a plate.

use super::canvas::{Canvas, Stroke, View};
use super::content::{Content, Level};
use super::crossings::Numbers;
use super::error::MapError;
use super::labels::{Ground, place};
use super::naming::Naming;
use super::paint::{self, Drawn};
use super::palette::{ALERT, GREY_INK};
use super::paper::Bounds;
use super::requests::Asker;
use super::scene::Scene;
use super::spec::{Background, ProjectionSpec};
use super::world::WorldOutline;
use crate::earth::projection::{Lambert, Projection};
use geo::Coord;

/// Least extent on both sides of a plate together, in degrees, of a locator with the land of the world.
const LEAST_DEG: f64 = 14.0;

/// Draws the position of the plate's maps in a box of the panel.
pub(crate) fn draw(
    canvas: &Canvas,
    room: Bounds,
    maps: &[View],
    content: &Content,
    (background, world): (Background, Option<&WorldOutline>),
    naming: &Naming,
) -> Result<(), MapError> {
    let frame = Bounds { x1: room.x0 + room.width().min(room.height() * 1.8), ..room };
    let outline =
        |map: &View| super::framing::outline(&map.frame).into_iter().map(|p| map.lonlat(p)).collect::<Vec<_>>();
    let boxes: Vec<Vec<Coord>> = maps.iter().map(outline).collect();
    let main = &maps[0];
    let main_box: Vec<Coord> = boxes.concat();
    let shown = Bounds::of(&main_box).expect("an outline has points");
    let data =
        content.regions.iter().filter(|r| r.level == Level::Base).flat_map(|r| r.parts.iter().flatten().flatten());
    let all = Bounds::of(data).map_or(shown, |d| d.union(&shown));
    // Six times the plate's extent, limited to the data; four times if the land of the world is known, which is
    // recognised from some
    // size on.
    let reach = |low: f64, high: f64, from: f64, to: f64| {
        const WIDEST_DEG: f64 = 290.0;
        let extra = ((to - from) * 2.5).min(((WIDEST_DEG - (to - from)) / 1.2).max(0.0));
        match world {
            Some(_) => {
                // Small ground is recognised only among coasts, which may be far.
                let least = if to - from < 1.0 { 2.0 * LEAST_DEG } else { LEAST_DEG };
                let extra = (extra * 0.6).max(least / 2.0);
                (from - extra, to + extra)
            }
            None => ((from - extra).max(low), (to + extra).min(high)),
        }
    };
    let (x0, x1) = reach(all.x0, all.x1, shown.x0, shown.x1);
    let (y0, y1) = reach(all.y0, all.y1, shown.y0, shown.y1);
    let (y0, y1) = (y0.max(-90.0), y1.min(90.0));
    let middle = Coord { x: (x0 + x1) / 2.0, y: (y0 + y1) / 2.0 };
    let of_world = || {
        let extent = Bounds { x0, y0, x1, y1 };
        super::framing::projection(&ProjectionSpec::default(), middle, &extent).ok()
    };
    let projection = match main.projection {
        _ if world.is_some() => of_world().unwrap_or(main.projection),
        Projection::Lambert(_) => {
            Projection::Lambert(Lambert::wgs84(y0 + (y1 - y0) / 6.0, y1 - (y1 - y0) / 6.0, middle.y, middle.x))
        }
        other => other,
    };
    let corners: Vec<Coord> =
        super::framing::outline(&Bounds { x0, y0, x1, y1 }).into_iter().map(|p| projection.forward(p)).collect();
    let b = Bounds::of(&corners).expect("an outline has points");
    // The box is filled, and the area beyond the data is cut off, but the plate's own frame is shown whole.
    let own: Vec<Coord> = main_box.iter().map(|p| projection.forward(*p)).collect();
    let own = Bounds::of(&own).expect("an outline has points");
    let filled = (b.width() / frame.width()).min(b.height() / frame.height()) * 0.97;
    let whole = (own.width() / frame.width()).max(own.height() / frame.height()) * 1.1;
    let scale = filled.max(whole) * 1e6;
    // The maps' own frames are inside, even if the data extend farther on the other side.
    let near = |middle: f64, from: f64, to: f64, room: f64| {
        let half = room * scale / 2e6 * 0.94;
        if to - from < 2.0 * half { middle.clamp(to - half, from + half) } else { (from + to) / 2.0 }
    };
    let centre = Coord {
        x: near(b.centre().x, own.x0, own.x1, frame.width()),
        y: near(b.centre().y, own.y0, own.y1, frame.height()),
    };
    let view = View::new(projection, projection.inverse(centre), scale, frame);
    let scene = Scene::of(content, &view);
    canvas.sheet().open("locator");
    canvas.sheet().open_window(&frame);
    let detail = paint::Detail {
        band_mm: 0.5,
        background,
        as_land: true,
        ways: false,
        places: false,
        every_place: false,
        graticule: None,
        grid: None,
    };
    let mut none = Drawn::new();
    paint::outline_only(canvas, &view, content, &scene, (detail, world), &mut none);
    let closed: Vec<Vec<Coord>> = boxes.iter().map(|b| b.iter().copied().chain([b[0]]).collect()).collect();
    let mut ground = Ground::new(frame.grown(-0.6));
    closed.iter().for_each(|b| ground.avoid(&[b.iter().map(|p| view.paper(*p)).collect()], 6));
    let asker = Asker {
        view: &view,
        content,
        scene: &scene,
        naming,
        zoom: 0.42,
        states: true,
        places: false,
        every_place: false,
        ways: false,
        elsewhere: &[],
        titled: &[],
        listed: &[],
    };
    let requests = asker.requests(&[], &Numbers::default(), &mut ground)?.into_iter().filter(|r| r.priority <= 30);
    let (labels, _) = place(&requests.collect::<Vec<_>>(), &mut ground);
    labels.iter().for_each(|label| label.draw(&mut canvas.sheet()));
    canvas.geography(&view, &closed, |sheet, paper| {
        sheet.stroke(paper, &Stroke::new(ALERT, 0.45));
    });
    let mut sheet = canvas.sheet();
    sheet.close();
    sheet.stroke(&[frame.ring()], &Stroke::new(GREY_INK, 0.25));
    sheet.close();
    Ok(())
}
