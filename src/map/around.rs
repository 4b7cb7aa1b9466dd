//! What is around the subject of a map: ground without data, roads and railways of the context, waters without a shape.

use super::canvas::{Rgb, Stroke, View};
use super::content::Level;
use super::labels::Mask;
use super::paint::{Drawn, Painter};
use super::palette::{PAPER, WATER};
use super::paper::{Bounds, MM};
use super::scene::{OnPaper, encloses};
use super::symbol::{self, Mode, Point, SHORELINE, Symbol};
use super::world::WorldOutline;
use geo::Coord;

impl Painter<'_, '_> {
    /// The ground of a map where it has no data: the land and sea of the world if its outline is accurate enough, else hatching.
    pub(super) fn without_data(
        &self,
        ground: OnPaper,
        (world, as_land): (Option<&WorldOutline>, bool),
        drawn: &mut Drawn,
    ) {
        let mut sheet = self.canvas.sheet();
        sheet.fill(std::slice::from_ref(&ground), PAPER);
        let masks = self.covered();
        if is_covered(&masks, &ground) {
            return;
        }
        let cover = Cover::of(&masks, &self.view.frame);
        let land = world.map(|world| world.on_paper(self.view)).unwrap_or_default();
        let as_land = world.is_some() && as_land && self.view.scale >= FINEST;
        // At large scales the coasts of the outline are too coarse: it says only whether there is other land at all.
        let unknown = if as_land { Vec::new() } else { cover.other_land(&land, reach_um(self.view)) };
        let told = world.is_some() && (as_land || unknown.is_empty() || self.view.scale >= FINEST);
        if !told {
            sheet.open_symbol(&Symbol::NoData.class());
            match self.view.is_world() {
                true => symbol::hatch(&mut sheet, &[ground], symbol::NO_DATA),
                false => symbol::hatch_frame(&mut sheet, &self.view.frame),
            }
            sheet.close();
            drawn.insert(Symbol::NoData);
            return;
        }
        sheet.open_symbol(&Symbol::Water.class());
        sheet.fill(std::slice::from_ref(&ground), WATER);
        sheet.close();
        if cover.shows_sea(&ground, &land) {
            drawn.insert(Symbol::Water);
        }
        if as_land && !land.is_empty() {
            sheet.open_symbol(&Symbol::Outside.class());
            sheet.fill(&land, symbol::OUTSIDE);
            let coasts = world.map(|world| world.coasts(self.view)).unwrap_or_default();
            sheet.stroke(&coasts, &Stroke { width_mm: 0.1, ..SHORELINE });
            sheet.close();
            if cover.shows_land(&land) {
                drawn.insert(Symbol::Outside);
            }
        } else if !unknown.is_empty() {
            sheet.open_symbol(&Symbol::NoData.class());
            sheet.fill(&unknown, PAPER);
            symbol::hatch_no_data(&mut sheet, &unknown);
            sheet.close();
            drawn.insert(Symbol::NoData);
        }
        sheet.stroke(&self.shores(&land), &Stroke::new(WATER, 2.0 * shore_um(self.view) / MM).flat());
        sheet.fill(&super::world::beyond_the_cone(self.view).into_iter().collect::<Vec<_>>(), PAPER);
    }

    /// Outlines of the data that are shores: the sea of the outline of the world is so near that land between them is an error of
    /// the outline.
    fn shores(&self, land: &[OnPaper]) -> Vec<OnPaper> {
        /// Step in micrometres along long edges.
        const STEP: f64 = 500.0;
        let Some(land) = Mask::of(land) else { return Vec::new() };
        let (reach, frame) = (shore_um(self.view), self.view.frame.grown(3.0));
        let mut shores: Vec<OnPaper> = Vec::new();
        for line in self.scene.coast.iter().flat_map(|line| super::paper::clip_line(line, &frame)) {
            let mut is_open = false;
            for edge in line.windows(2) {
                let d = edge[1] - edge[0];
                let steps = (d.x.hypot(d.y) / STEP).ceil().max(1.0);
                for i in 0..steps as u32 {
                    let at = |i: f64| edge[0] + d * (i / steps);
                    let (from, middle, to) = (at(i.into()), at(f64::from(i) + 0.5), at(f64::from(i) + 1.0));
                    match land.clearance(middle) < reach {
                        true if is_open => shores.last_mut().expect("one is open").push(to),
                        true => shores.push(vec![from, to]),
                        false => {}
                    }
                    is_open = land.clearance(middle) < reach;
                }
            }
        }
        shores
    }

    /// The ground of a map in the colour that the specification states; beyond the window to which data are clipped, nothing
    /// is known.
    pub(super) fn stated(&self, ground: OnPaper, color: Rgb, world: (Option<&WorldOutline>, bool), drawn: &mut Drawn) {
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

    /// What territories and waters cover, each as cells.
    fn covered(&self) -> Vec<Mask> {
        let frame = &self.view.frame;
        let regions = self.content.regions.iter().zip(&self.scene.regions);
        let filled = regions.filter(|(r, _)| r.level == Level::Water || r.level == Level::Base && r.filled);
        let clipped = |ring: &OnPaper| super::paper::clip_ring(ring, &frame.grown(2.0));
        filled.filter_map(|(_, parts)| Mask::of(&parts.iter().flatten().map(clipped).collect::<Vec<_>>())).collect()
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

/// What territories and waters cover within a frame, as cells of a millimetre.
struct Cover {
    frame: Bounds,
    columns: usize,
    cells: Vec<bool>,
}

impl Cover {
    fn of(masks: &[Mask], frame: &Bounds) -> Self {
        let frame = frame.grown(2.0);
        let (columns, rows) = ((frame.width() / MM) as usize + 1, (frame.height() / MM) as usize + 1);
        let mut cover = Cover { frame, columns, cells: vec![false; columns * rows] };
        for (at, _) in masks.iter().flat_map(|mask| mask.inside(1)) {
            if let Some(cell) = cover.cell(at) {
                cover.cells[cell] = true;
            }
        }
        cover
    }

    fn cell(&self, at: Coord) -> Option<usize> {
        let (x, y) = ((at.x - self.frame.x0) / MM, (at.y - self.frame.y0) / MM);
        self.frame.contains(at).then(|| y as usize * self.columns + x as usize)
    }

    fn holds(&self, at: Coord) -> bool {
        self.cell(at).is_some_and(|cell| self.cells[cell])
    }

    /// Cells of the land of the outline of the world within the frame, with their distance from its sea.
    fn cells_of(&self, land: &[OnPaper]) -> Vec<(Coord, f64)> {
        let frame = self.frame.grown(-2.5);
        let cells = Mask::of(land).into_iter().flat_map(|land| land.inside(2));
        cells.filter(|(at, _)| frame.contains(*at)).collect()
    }

    /// Whether any of the land is seen: not covered by the data.
    fn shows_land(&self, land: &[OnPaper]) -> bool {
        let around = directions(SEEN_UM);
        // A cell at the very coast may be land of the data whose cells lie otherwise.
        let is_seen =
            |&(at, from_sea): &(Coord, f64)| from_sea > SEEN_UM && !around.iter().any(|by| self.holds(at + *by));
        self.cells_of(land).iter().any(is_seen)
    }

    /// Those rings of the outline of the world with land that is not covered and not merely the coast of the data, drawn with
    /// another accuracy. Holes come with them.
    fn other_land(&self, land: &[OnPaper], reach_um: f64) -> Vec<OnPaper> {
        /// Greatest share of land that may be farther from the data than that and still be their coast: bays and glaciers.
        const FEW: f64 = 0.1;
        /// The same, of land that is not near the sea of the outline either: fjords that it does not have.
        const FEWER: f64 = 0.02;
        let (around, seen) = (directions(reach_um), directions(SEEN_UM));
        let covered = |at: Coord, by: &[Coord]| by.iter().any(|by| self.holds(at + *by));
        let cells = self.cells_of(land);
        let far = |at: Coord| !covered(at, &around);
        let inland = |(at, from_sea): (Coord, f64)| from_sea > INLAND_UM && !covered(at, &seen);
        let cells: Vec<(Coord, bool, bool)> =
            cells.into_iter().map(|cell| (cell.0, far(cell.0), inland(cell))).collect();
        if !cells.iter().any(|(_, far, inland)| *far || *inland) {
            return Vec::new();
        }
        let is_shown = |ring: &OnPaper| {
            let Some(bounds) = Bounds::of(ring) else { return false };
            let own = || cells.iter().filter(|(at, ..)| bounds.contains(*at) && encloses(ring, *at));
            let (all, far) = (own().count(), own().filter(|(_, far, _)| *far).count());
            far as f64 > FEW * all as f64
                || own().filter(|(_, _, inland)| *inland).count() as f64 > FEWER * all as f64
                || all == 0 && bounds.width() > HOLE_UM
        };
        let closed = |ring: &OnPaper| ring.iter().chain(ring.first()).copied().collect::<OnPaper>();
        land.iter().map(closed).filter(is_shown).collect()
    }

    /// Whether any sea of the outline of the world remains uncovered on the ground of a map.
    fn shows_sea(&self, ground: &OnPaper, land: &[OnPaper]) -> bool {
        let Some(whole) = Mask::of(std::slice::from_ref(ground)) else { return false };
        let land = Mask::of(land);
        let is_in = |at: Coord| self.holds(at) || land.as_ref().is_some_and(|land| land.clearance(at) > 0.0);
        let around = directions(SEEN_UM);
        let cells = whole.inside(2).into_iter().filter(|(at, _)| self.frame.grown(-2.5).contains(*at));
        cells.into_iter().any(|(at, _)| !around.iter().any(|by| is_in(at + *by)))
    }
}

/// Whether territories and waters cover the ground of a map.
fn is_covered(masks: &[Mask], ground: &[Coord]) -> bool {
    let Some(whole) = Mask::of(&[ground.to_vec()]) else { return true };
    let inside = whole.inside(4).into_iter().filter(|(_, clearance)| *clearance > 2.0 * MM);
    // A cell on the line between two territories is in neither.
    const NEAR: f64 = 1.5 * MM;
    let around = [(0.0, 0.0), (NEAR, 0.0), (-NEAR, 0.0), (0.0, NEAR), (0.0, -NEAR)];
    let is_in = |at: Coord| masks.iter().any(|mask| mask.clearance(at) > 0.0);
    inside.map(|(at, _)| at).all(|at| around.iter().any(|(x, y)| is_in(at + Coord { x: *x, y: *y })))
}

/// At this scale and smaller ones the outline of the world says where sea is, even beside land of which there are no data.
const FINEST: f64 = 1e6;
/// Ground narrower than twice this on paper, in micrometres, is not seen as an area.
const SEEN_UM: f64 = 800.0;
/// A ring without land in it and wider than this on paper, in micrometres, is a hole.
const HOLE_UM: f64 = 1500.0;

/// Land farther than this from the sea of the outline, on paper in micrometres, is inland. The outline is cut 5 mm beyond the frame.
const INLAND_UM: f64 = 4500.0;

/// How far from the true coasts the outline of the world may be, in metres.
const SHORE_M: f64 = 6000.0;

/// How far from its data the outline of the world may say land that is theirs, on paper in micrometres: it is good to some kilometres.
fn reach_um(view: &View) -> f64 {
    (SHORE_M * 1e6 / view.scale).clamp(SEEN_UM, 40.0 * MM)
}

/// How far from an outline of the data the land of the outline of the world is sea if that is near, on paper in micrometres.
fn shore_um(view: &View) -> f64 {
    const MOST_UM: f64 = 2000.0;
    (SHORE_M * 1e6 / view.scale).min(MOST_UM)
}

/// Positions at a distance and at half of it, in sixteen directions, and the middle.
fn directions(reach_um: f64) -> Vec<Coord> {
    let turned = |i: u32| (f64::from(i) * std::f64::consts::TAU / 16.0).sin_cos();
    let at = |i: u32, share: f64| Coord { x: turned(i).1, y: turned(i).0 } * (reach_um * share);
    (0..16).flat_map(|i| [at(i, 0.5), at(i, 1.0)]).chain([Coord { x: 0.0, y: 0.0 }]).collect()
}
