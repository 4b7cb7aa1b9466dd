//! What is around the subject of a map: ground without data, roads and railways of the context, waters without a shape.

use super::canvas::{Rgb, Stroke};
use super::content::Level;
use super::labels::Mask;
use super::paint::{Drawn, Painter};
use super::palette::{PAPER, WATER};
use super::paper::{Bounds, MM};
use super::scene::OnPaper;
use super::symbol::{self, Mode, Point, SHORELINE, Symbol};
use super::world::WorldOutline;
use geo::Coord;

impl Painter<'_, '_> {
    /// The ground of a map where it has no data: the land and sea of the world if its outline is accurate enough, else hatching.
    pub(super) fn without_data(&self, ground: OnPaper, world: Option<&WorldOutline>, drawn: &mut Drawn) {
        let mut sheet = self.canvas.sheet();
        sheet.fill(std::slice::from_ref(&ground), PAPER);
        if self.is_covered(&ground) {
            return;
        }
        let Some(world) = world else {
            sheet.open_symbol(&Symbol::NoData.class());
            match self.view.is_world() {
                true => symbol::hatch(&mut sheet, &[ground], symbol::NO_DATA),
                false => symbol::hatch_frame(&mut sheet, &self.view.frame),
            }
            sheet.close();
            drawn.insert(Symbol::NoData);
            return;
        };
        sheet.open_symbol(&Symbol::Water.class());
        sheet.fill(&[ground], WATER);
        sheet.close();
        drawn.insert(Symbol::Water);
        let land = world.on_paper(self.view);
        if !land.is_empty() {
            sheet.open_symbol(&Symbol::Outside.class());
            sheet.fill(&land, symbol::OUTSIDE);
            sheet.stroke(&closed(land), &Stroke { width_mm: 0.1, ..SHORELINE });
            sheet.close();
            drawn.insert(Symbol::Outside);
        }
        sheet.fill(&super::world::beyond_the_cone(self.view).into_iter().collect::<Vec<_>>(), PAPER);
    }

    /// The ground of a map in the colour that the specification states; beyond the window to which data are clipped, nothing
    /// is known.
    pub(super) fn stated(&self, ground: OnPaper, color: Rgb, world: Option<&WorldOutline>, drawn: &mut Drawn) {
        let view = self.view;
        let reaches_beyond = |window: &Bounds| {
            let rim = super::framing::outline(&view.frame).into_iter().map(|p| view.lonlat(p));
            rim.into_iter().any(|p| !window.grown(1e-8).contains(p))
        };
        match self.content.window.filter(reaches_beyond) {
            Some(window) => {
                self.without_data(ground, world, drawn);
                let mut outline = super::framing::outline(&window);
                outline.extend(outline.first().copied());
                let (_, known) = super::curve::on_paper(outline.into(), view);
                self.canvas.sheet().fill(&[known], color);
            }
            None => _ = self.canvas.sheet().fill(&[ground], color),
        }
    }

    /// Whether territories and waters cover the ground of the map.
    fn is_covered(&self, ground: &[Coord]) -> bool {
        let frame = &self.view.frame;
        let regions = self.content.regions.iter().zip(&self.scene.regions);
        let filled = regions.filter(|(r, _)| r.level == Level::Water || r.level == Level::Base && r.filled);
        let clipped = |ring: &OnPaper| super::paper::clip_ring(ring, &frame.grown(2.0));
        let masks: Vec<Mask> = filled
            .filter_map(|(_, parts)| Mask::of(&parts.iter().flatten().map(clipped).collect::<Vec<_>>()))
            .collect();
        let Some(whole) = Mask::of(&[ground.to_vec()]) else { return true };
        let inside = whole.inside(4).into_iter().filter(|(_, clearance)| *clearance > 2.0 * MM);
        // A cell on the line between two territories is in neither.
        const NEAR: f64 = 1.5 * MM;
        let around = [(0.0, 0.0), (NEAR, 0.0), (-NEAR, 0.0), (0.0, NEAR), (0.0, -NEAR)];
        let is_in = |at: Coord| masks.iter().any(|mask| mask.clearance(at) > 0.0);
        inside.map(|(at, _)| at).all(|at| around.iter().any(|(x, y)| is_in(at + Coord { x: *x, y: *y })))
    }

    /// Roads and railways that are context, below everything that the plate is about.
    pub(super) fn context(&self, drawn: &mut Drawn) {
        let most = super::context::most(self.view.scale);
        for mode in [Mode::Road, Mode::Rail] {
            let ways = self.content.ways.iter().zip(&self.scene.ways);
            let shown = ways.filter(|(way, _)| way.mode == mode && way.context.is_some_and(|class| class <= most));
            let lines: Vec<OnPaper> = shown.flat_map(|(_, lines)| lines.clone()).collect();
            if !lines.is_empty() {
                self.symbol(Symbol::Context(mode), &lines, drawn, |sheet, paper| {
                    symbol::draw_context(sheet, paper, mode)
                });
            }
        }
    }

    /// The symbols of lakes and reservoirs whose shape is not known.
    pub(super) fn reservoirs(&self, drawn: &mut Drawn) {
        let point = Point::Reservoir;
        let frame = self.view.frame.grown(-point.radius_mm());
        for at in self.scene.shapeless.values().flatten().filter(|at| frame.contains(**at)) {
            let mut sheet = self.canvas.sheet();
            sheet.open_symbol(&Symbol::Point(point).class());
            point.draw(&mut sheet, *at);
            sheet.close();
            drawn.insert(Symbol::Point(point));
        }
    }
}

/// Rings closed for a stroke.
pub(super) fn closed(mut rings: Vec<OnPaper>) -> Vec<OnPaper> {
    rings.iter_mut().for_each(|ring| ring.extend(ring.first().copied()));
    rings
}
