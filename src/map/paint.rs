//! Painting of geography: fills, bands, water, boundaries, routes, marks. Records every symbol drawn.

use super::canvas::{Canvas, Rgb, Stroke, View};
use super::content::{Content, Level};
use super::curve::on_paper;
use super::framing;
use super::furniture::frame::{Steps, graticule};
use super::furniture::grid::Grid;
use super::palette::{GREY_INK, Hue, PAPER, PROPOSAL, WATER};
use super::paper::{Bounds, MM};
use super::relief::Relief;
use super::scene::{OnPaper, Scene};
use super::seam;
use super::spec::Background;
use super::symbol::{self, Over, Point, RIVER, SHORELINE, Symbol, Weight, boundary};
use super::world::WorldOutline;
use crate::question::line_band;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// The content shown on a map, and the weight of its symbols.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Detail {
    /// Width of the tint bands on each side of a boundary, in millimetres.
    pub band_mm: f64,
    pub background: Background,
    /// Whether land of which there are no data is drawn as land, not hatched.
    pub as_land: bool,
    pub ways: bool,
    pub places: bool,
    /// Whether places of low rank are also shown.
    pub every_place: bool,
    /// The steps of the graticule, if it is drawn.
    pub graticule: Option<Steps>,
    pub grid: Option<Grid>,
}

/// The outline of a map of the world.
const WORLDS_END: Stroke = Stroke::new(GREY_INK, 0.2);

/// Hatching where there are no data, and land around the data.
const NO_DATA: Rgb = symbol::NO_DATA;
const OUTSIDE: Rgb = symbol::OUTSIDE;

/// Greatest number of territories listed in the legend; more are grouped, and those of which several have one hue.
const LISTED: usize = 12;

/// The symbols drawn so far.
pub(crate) type Drawn = BTreeSet<Symbol>;

/// Paints the scene of the content into the window of the view.
pub(crate) fn paint(
    canvas: &Canvas,
    view: &View,
    (content, scene): (&Content, &Scene),
    detail: Detail,
    (relief, world_land): (Option<Relief>, Option<&WorldOutline>),
    drawn: &mut Drawn,
) {
    canvas.sheet().clip_to(Some(view.frame.grown(3.0)));
    let world = view.world().map(|(_, outline)| outline);
    let ground = world.clone().unwrap_or_else(|| view.frame.ring());
    let painter = Painter { canvas, view, content, scene, every_place: detail.every_place };
    match detail.background {
        Background::Land => painter.stated(ground, Hue::Neutral.fill(), (world_land, detail.as_land), drawn),
        Background::Water => painter.stated(ground, WATER, (world_land, detail.as_land), drawn),
        Background::NoData => painter.without_data(ground, (world_land, detail.as_land), drawn),
    }
    painter.fills(drawn, detail.background);
    if let Some(relief) = relief {
        relief.draw(canvas, view, drawn);
    }
    if detail.band_mm > 0.0 {
        painter.bands(detail.band_mm);
    }
    painter.rivers(drawn);
    painter.water(drawn);
    painter.coast(drawn, detail.background);
    if detail.ways {
        painter.context(drawn);
    }
    painter.pieces(drawn);
    if let Some(steps) = detail.graticule {
        graticule(canvas, view, steps, detail.grid.is_some());
    }
    if let Some(grid) = detail.grid {
        grid.draw(canvas, view);
    }
    if detail.ways {
        painter.ways(drawn);
    }
    painter.accuracy_bands(drawn);
    painter.boundaries(drawn);
    if let Some(outline) = world {
        canvas.sheet().stroke(&[outline], &WORLDS_END);
    }
    if detail.places {
        painter.reservoirs(drawn);
        painter.places(drawn);
    }
    canvas.sheet().clip_to(None);
}

/// Paints territories and plain outlines, for a locator.
pub(crate) fn outline_only(
    canvas: &Canvas,
    view: &View,
    content: &Content,
    scene: &Scene,
    (detail, world): (Detail, Option<&WorldOutline>),
    drawn: &mut Drawn,
) {
    canvas.sheet().clip_to(Some(view.frame.grown(1.0)));
    let ground = view.world().map_or_else(|| view.frame.ring(), |(_, outline)| outline);
    let color = match detail.background {
        Background::Land => Hue::Neutral.fill(),
        Background::Water => WATER,
        Background::NoData => PAPER,
    };
    let painter = Painter { canvas, view, content, scene, every_place: false };
    match painter.held() {
        _ if world.is_some() => {
            let land = world.map(|world| world.on_paper(view)).unwrap_or_default();
            canvas.sheet().fill(&[ground], WATER);
            canvas.sheet().fill(&land, OUTSIDE);
            let coasts = world.map(|world| world.coasts(view)).unwrap_or_default();
            canvas.sheet().stroke(&coasts, &Stroke { width_mm: 0.1, ..SHORELINE });
            canvas.sheet().fill(&super::world::beyond_the_cone(view).into_iter().collect::<Vec<_>>(), PAPER);
        }
        None if detail.background == Background::NoData => {
            canvas.sheet().fill(std::slice::from_ref(&ground), PAPER);
            symbol::hatch(&mut canvas.sheet(), &[ground], NO_DATA);
        }
        // Data end where they were clipped: beyond is neither land nor sea.
        Some(held) => {
            canvas.sheet().fill(std::slice::from_ref(&ground), PAPER);
            symbol::hatch(&mut canvas.sheet(), &[ground], NO_DATA);
            canvas.sheet().fill(&[held], color);
        }
        None => _ = canvas.sheet().fill(&[ground], color),
    }
    painter.fills(drawn, detail.background);
    for (i, _) in content.regions.iter().enumerate().filter(|(_, r)| r.level == Level::Water) {
        canvas.sheet().fill(&scene.regions[i].concat(), WATER);
    }
    let lines: Vec<OnPaper> = content
        .boundaries
        .iter()
        .zip(&scene.boundaries)
        .filter(|(b, _)| b.weight <= Weight::Member && b.opinion.is_none())
        .flat_map(|(_, lines)| lines.clone())
        .collect();
    canvas.on_paper(&lines, |sheet, paper| {
        sheet.stroke(paper, &Stroke::new(0x6a6a6a, 0.16));
    });
    canvas.on_paper(&scene.coast, |sheet, paper| {
        sheet.stroke(paper, &Stroke { width_mm: 0.1, ..SHORELINE });
    });
    canvas.sheet().clip_to(None);
}

pub(super) struct Painter<'p, 'a> {
    pub(super) canvas: &'p Canvas,
    pub(super) view: &'p View,
    pub(super) content: &'p Content<'a>,
    pub(super) scene: &'p Scene,
    every_place: bool,
}

impl Painter<'_, '_> {
    /// Draws geography in a group named after its symbol, and records the symbol if any of it was in the window.
    pub(super) fn symbol(
        &self,
        symbol: Symbol,
        lines: &[OnPaper],
        drawn: &mut Drawn,
        draw: impl Fn(&mut super::canvas::Sheet, &[OnPaper]) -> bool,
    ) {
        let seen = Cell::new(false);
        self.canvas.sheet().open_symbol(&symbol.class());
        self.canvas.on_paper(lines, |sheet, paper| seen.set(draw(sheet, paper)));
        self.canvas.sheet().close();
        if seen.get() {
            drawn.insert(symbol);
        }
    }

    /// The outline on paper of the data's extent, if they were clipped.
    fn held(&self) -> Option<OnPaper> {
        let regions = || self.content.regions.iter().filter(|r| r.level == Level::Base);
        if !regions().any(|r| r.meta.clipped) {
            return None;
        }
        let b = Bounds::of(regions().flat_map(|r| r.parts.iter().flatten().flatten()))?;
        Some(framing::outline(&b).into_iter().map(|p| self.view.paper(p)).collect())
    }

    fn fills(&self, drawn: &mut Drawn, background: Background) {
        if background == Background::Water {
            drawn.insert(Symbol::Water);
        }
        let listed = |r: &&super::content::Region| r.level == Level::Base && r.hue != Hue::Neutral;
        let hues: Vec<Hue> = self.content.regions.iter().filter(listed).map(|region| region.hue).collect();
        // Colours that several have in common do not tell them apart.
        let many = hues.len() > LISTED || hues.iter().collect::<BTreeSet<_>>().len() < hues.len();
        let mut order: Vec<usize> = (0..self.content.regions.len()).collect();
        order.sort_by_key(|&i| (self.content.regions[i].level, self.content.regions[i].hue != Hue::Neutral));
        for i in order {
            let region = &self.content.regions[i];
            if !region.filled || region.level == Level::Water {
                continue;
            }
            let rings: Vec<OnPaper> = self.scene.regions[i].iter().flatten().cloned().collect();
            let symbol = match (region.level, region.hue) {
                (Level::Base, Hue::Neutral) if Weight::of(region.kind.as_deref()) == Weight::Member => {
                    Symbol::OtherMember
                }
                (Level::Base, Hue::Neutral) => Symbol::Neighbour,
                (Level::Base, _) if many => Symbol::Territories,
                (Level::Base, hue) => Symbol::Region { id: region.meta.id.clone(), hue },
                _ => {
                    self.canvas.on_paper(&rings, |sheet, paper| {
                        sheet.fill_with_seam(paper, region.hue.fill());
                    });
                    continue;
                }
            };
            self.symbol(symbol, &rings, drawn, |sheet, paper| sheet.fill_with_seam(paper, region.hue.fill()));
        }
    }

    /// Tint bands: on each side of a boundary, inside the territory, in its hue.
    fn bands(&self, reach_mm: f64) {
        // Numbers of the boundaries by side; those without sides bound any territory.
        let mut by_side: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut without_sides = Vec::new();
        for (number, boundary) in self.content.boundaries.iter().enumerate().filter(|(_, b)| b.opinion.is_none()) {
            boundary.sides.iter().for_each(|side| by_side.entry(side.as_str()).or_default().push(number));
            without_sides.extend(boundary.sides.is_empty().then_some(number));
        }
        for (i, region) in self
            .content
            .regions
            .iter()
            .enumerate()
            .filter(|(_, r)| r.filled && matches!(r.level, Level::Base | Level::Unit))
        {
            let rings: Vec<OnPaper> = self.scene.regions[i].iter().flatten().cloned().collect();
            let id = &region.meta.id;
            let mut own = without_sides.clone();
            own.extend(by_side.get(id.as_str()).into_iter().flatten());
            own.sort_unstable();
            own.dedup();
            let is_drawn = |number: &usize| {
                let boundary = &self.content.boundaries[*number];
                boundary.weight <= Weight::Member || boundary.sides.len() > 1 || region.level == Level::Unit
            };
            let lines: Vec<OnPaper> =
                own.into_iter().filter(is_drawn).flat_map(|number| self.scene.boundaries[number].clone()).collect();
            if rings.is_empty() || lines.is_empty() {
                continue;
            }
            let neutral = region.hue == Hue::Neutral;
            let reach = if neutral || region.level == Level::Unit { reach_mm * 0.6 } else { reach_mm };
            let mut inside = false;
            self.canvas.on_paper(&rings, |sheet, paper| inside = sheet.open_inside(paper));
            if !inside {
                continue;
            }
            let steps: &[(f64, f64)] = if neutral { &[(2.0, 0.45)] } else { &[(2.0, 0.5), (1.0, 0.95)] };
            for (width, share) in steps {
                let color = mixed(region.hue.fill(), region.hue.band(), *share);
                self.canvas.on_paper(&lines, |sheet, paper| {
                    sheet.stroke(paper, &Stroke::new(color, reach * width));
                });
            }
            self.canvas.sheet().close();
        }
    }

    /// Rivers lie under lakes and under every line that the plate is about.
    fn rivers(&self, drawn: &mut Drawn) {
        let lines: Vec<OnPaper> = self.scene.rivers.concat();
        if !lines.is_empty() {
            self.symbol(Symbol::River, &lines, drawn, |sheet, paper| sheet.stroke(paper, &RIVER));
        }
    }

    fn water(&self, drawn: &mut Drawn) {
        for (i, _) in self.content.regions.iter().enumerate().filter(|(_, r)| r.level == Level::Water) {
            let rings: Vec<OnPaper> = self.scene.regions[i].iter().flatten().cloned().collect();
            if rings.is_empty() || self.scene.shapeless.contains_key(&i) {
                continue;
            }
            self.symbol(Symbol::Water, &rings, drawn, |sheet, paper| {
                let seen = sheet.fill(paper, WATER);
                sheet.stroke(paper, &SHORELINE);
                seen
            });
        }
    }

    fn coast(&self, drawn: &mut Drawn, background: Background) {
        if background == Background::Water && !self.scene.coast.is_empty() {
            self.symbol(Symbol::Shore, &self.scene.coast, drawn, |sheet, paper| sheet.stroke(paper, &SHORELINE));
        } else {
            self.canvas.on_paper(&self.scene.coast, |sheet, paper| {
                sheet.stroke(paper, &Stroke::new(0x8a8578, 0.12));
            });
        }
    }

    fn pieces(&self, drawn: &mut Drawn) {
        for (piece, _) in &self.content.pieces {
            let rings: Vec<OnPaper> = piece
                .parts
                .iter()
                .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
                .flat_map(|r| match self.view.world() {
                    Some((meridian, _)) => seam::cut(&r.0, meridian, true),
                    None => vec![r.0.clone()],
                })
                .map(|ring| on_paper(ring.into(), self.view).1)
                .collect();
            let passes = piece.from != piece.to;
            let receiver = |r: &&super::content::Region| Some(&r.meta.id) == piece.to.as_ref();
            let new_hue = self.content.regions.iter().find(receiver).map(|r| r.hue);
            let symbol = if passes { Symbol::Passes } else { Symbol::Stays };
            self.symbol(symbol, &rings, drawn, |sheet, paper| {
                if passes {
                    if let Some(hue) = new_hue {
                        sheet.fill(paper, hue.fill());
                    }
                    symbol::hatch(sheet, paper, PROPOSAL);
                }
                sheet.stroke(paper, &symbol::PIECE_LINE)
            });
        }
    }

    fn ways(&self, drawn: &mut Drawn) {
        let mut order: Vec<usize> = (0..self.content.ways.len()).collect();
        order.retain(|&i| self.content.ways[i].context.is_none());
        // Roads first: a railway beside a road must remain readable.
        order.sort_by_key(|&i| (std::cmp::Reverse(self.content.ways[i].mode), i));
        for i in order {
            let way = &self.content.ways[i];
            let symbol = Symbol::Route(way.mode, way.state, way.indicative, way.over.clone());
            self.symbol(symbol, &self.scene.ways[i], drawn, |sheet, paper| {
                symbol::draw_route(sheet, paper, way.mode, way.state, way.indicative, way.over.as_ref())
            });
        }
    }

    /// Draws around boundaries, but not proposed ones, the strip in which their accuracy does not tell.
    fn accuracy_bands(&self, drawn: &mut Drawn) {
        let Some(options) = &self.content.accuracy else { return };
        let mut bands: BTreeMap<(u64, String), Vec<OnPaper>> = BTreeMap::new();
        for (boundary, lines) in self.content.boundaries.iter().zip(&self.scene.boundaries) {
            if boundary.opinion.is_some() || boundary.status == crate::model::Status::Proposed {
                continue;
            }
            let of_sides = || {
                let sides = self.content.regions.iter().filter(|region| boundary.sides.contains(&region.meta.id));
                sides.filter_map(|region| region.meta.evidence.position_accuracy_m).reduce(f64::max)
            };
            // A line derived from territories has the features of one of them, but it is as good as the worse.
            let of_line = boundary.meta.filter(|meta| !boundary.sides.contains(&meta.id));
            let stated = of_line.map_or_else(of_sides, |meta| meta.evidence.position_accuracy_m);
            let band = line_band(stated, options);
            if band.band_m > 0.0 {
                bands.entry(((band.band_m * 1000.0).round() as u64, band.formula)).or_default().extend(lines.clone());
            }
        }
        // The widest lies lowest.
        for (rank, ((half_mm, formula), lines)) in bands.into_iter().enumerate().rev() {
            let width_mm = 2.0 * half_mm as f64 / self.view.scale;
            let frame = self.view.frame.grown(0.5 * width_mm * MM + MM);
            let lines: Vec<OnPaper> = lines.iter().flat_map(|line| super::paper::clip_line(line, &frame)).collect();
            self.symbol(Symbol::Band(half_mm, formula, rank), &lines, drawn, |sheet, paper| {
                sheet.stroke(paper, &symbol::accuracy_band(width_mm, rank))
            });
        }
    }

    /// Draws boundaries of the same look together, light ones first, so that dashes continue where two lines meet.
    fn boundaries(&self, drawn: &mut Drawn) {
        let all = || self.content.boundaries.iter().zip(&self.scene.boundaries);
        type Look<'l> = (Weight, crate::model::Status, Option<&'l Over>);
        let look = |b: &'_ super::content::Boundary| (b.weight, b.status);
        let looks: BTreeSet<Look> =
            all().filter(|(b, _)| b.opinion.is_none()).map(|(b, _)| (b.weight, b.status, b.over.as_ref())).collect();
        let cut = |paper: &[OnPaper]| -> Vec<OnPaper> {
            paper.iter().flat_map(|l| super::paper::clip_line(l, &self.view.frame.grown(1.0))).collect()
        };
        let fineness = boundary::fineness(self.view.scale);
        for &(weight, status, over) in looks.iter().rev() {
            let alike =
                all().filter(|(b, _)| look(b) == (weight, status) && b.over.as_ref() == over && b.opinion.is_none());
            if let Some(tint) = over.and_then(|o| o.tint) {
                self.claims(alike.clone(), tint);
            }
            let lines: Vec<OnPaper> = alike.flat_map(|(_, l)| l.clone()).collect();
            let lines = if self.content.keeps_cuts { lines } else { super::paper::chain(lines) };
            let symbol = Symbol::Boundary(weight, status, over.cloned());
            let look = boundary::look(status, weight, over).finer(fineness);
            self.symbol(symbol, &lines, drawn, |sheet, paper| match self.content.keeps_cuts {
                // Each by itself: the edge of one does not depend, in the last bit, on what else is in its path.
                true => {
                    let draw = |line: &&OnPaper| boundary::draw(sheet, std::slice::from_ref(*line), &look);
                    cut(paper).iter().filter(draw).count() > 0
                }
                false => boundary::draw(sheet, &cut(paper), &look),
            });
        }
        let opinions: BTreeSet<&(usize, String)> =
            self.content.boundaries.iter().filter_map(|b| b.opinion.as_ref()).collect();
        for opinion in opinions {
            let own = all().filter(|(b, _)| b.opinion.as_ref() == Some(opinion));
            let lines: Vec<OnPaper> = own.flat_map(|(_, l)| l.clone()).collect();
            let symbol = Symbol::Opinion(opinion.0, opinion.1.clone());
            self.symbol(symbol, &lines, drawn, |sheet, paper| sheet.stroke(&cut(paper), &boundary::opinion(opinion.0)));
        }
    }

    /// A tint along disputed lines, on the claimant's side.
    fn claims<'b>(&self, lines: impl Iterator<Item = (&'b super::content::Boundary<'b>, &'b Vec<OnPaper>)>, tint: Rgb) {
        for (boundary, lines) in lines {
            let by = boundary.over.as_ref().and_then(|o| o.by.as_ref());
            let side = match boundary.sides.iter().position(|side| Some(side) == by) {
                Some(0) => -1.0,
                Some(_) => 1.0,
                None => continue,
            };
            self.canvas.on_paper(lines, |sheet, paper| {
                let aside: Vec<OnPaper> = paper.iter().map(|l| super::paper::beside(l, side * 0.7 * MM)).collect();
                sheet.stroke(&aside, &Stroke::new(tint, 1.2));
            });
        }
    }

    fn places(&self, drawn: &mut Drawn) {
        let shown = self.content.places.iter().filter(|spot| spot.is_shown(self.view, self.every_place));
        let mut places: Vec<_> = shown.filter_map(|spot| Some((Point::of(&spot.place)?, &*spot.place))).collect();
        places.sort_by(|a, b| b.1.rank.cmp(&a.1.rank).then_with(|| a.1.meta.id.cmp(&b.1.meta.id)));
        for (point, place) in places {
            let at = self.scene.at(place, self.view);
            if self.view.frame.grown(-point.radius_mm()).contains(at) {
                let mut sheet = self.canvas.sheet();
                sheet.open_symbol(&Symbol::Point(point).class());
                point.draw(&mut sheet, at);
                sheet.close();
                drawn.insert(Symbol::Point(point));
            }
        }
    }
}

/// Linear mixture of two colours.
fn mixed(a: Rgb, b: Rgb, share: f64) -> Rgb {
    let part = |shift: u32| {
        let channel = |c: Rgb| f64::from(c >> shift & 0xff);
        ((channel(a) + (channel(b) - channel(a)) * share).round() as Rgb) << shift
    };
    part(16) | part(8) | part(0)
}

/// The distance in micrometres that labels keep from a mark.
pub(crate) fn mark_radius(point: Point) -> f64 {
    (point.radius_mm() + 0.15) * MM
}
