//! Content of the main map under detail maps, and the cost of covering it.

use super::room::{CROSSING, Place};
use super::{Inset, Wanted, link};
use crate::map::canvas::View;
use crate::map::content::{Content, Level, Region};
use crate::map::labels::{Ground as Lines, Mask, Quad};
use crate::map::palette::Hue;
use crate::map::paper::{Bounds, MM, clip_ring, distance_to_edge, length, walk, walk_within};
use crate::map::scene::Scene;
use crate::map::spec::PlateSpec;
use geo::Coord;

/// Grid step in millimetres of the candidate positions.
const STEP_MM: f64 = 4.0;
/// If the best position has a leader longer than this in millimetres, a smaller detail map is also tried, at a cost.
const FAR_MM: f64 = 45.0;
const SMALLER: (f64, f64) = (0.85, 15.0);
/// A leader closer to a mark than this, in millimetres, obstructs its name.
const NAMED_MM: f64 = 6.0;

/// The lines of a map.
pub(super) fn lines(scene: &Scene, view: &View) -> Lines {
    let mut lines = Lines::new(view.frame);
    scene.boundaries.iter().for_each(|boundary| lines.avoid(boundary, 1));
    scene.ways.iter().for_each(|way| lines.avoid(way, 1));
    lines.avoid(&scene.coast, 1);
    lines
}

/// Boxes of whole territories that a detail map would hide.
fn small_territories(content: &Content, scene: &Scene, view: &View) -> Vec<Bounds> {
    const SIDE_MM: f64 = 30.0;
    let base = content.regions.iter().zip(&scene.regions).filter(|(r, _)| r.level == Level::Base);
    let boxes = base.filter_map(|(_, parts)| Bounds::of(parts.iter().flatten().flatten()));
    let is_small = |b: &Bounds| b.width().max(b.height()) < SIDE_MM * MM && b.overlaps(&view.frame);
    boxes.filter(is_small).map(|b| b.grown(1.0)).collect()
}

/// Content of the main map that detail maps may cover.
pub(super) struct Ground<'v> {
    view: &'v View,
    /// Land that is the subject of the plate.
    focus: Vec<Mask>,
    /// Likely positions of the names of other states.
    names: Vec<Bounds>,
    /// Positions of the plate's own notes.
    notes: Vec<Bounds>,
    /// Places with a mark.
    marks: Vec<Coord>,
    /// Points of the boundaries of the subject land, every two millimetres.
    course: Vec<Coord>,
    /// Enclaves and the land of proposals, which must not be covered.
    kept: Vec<Bounds>,
}

impl<'v> Ground<'v> {
    pub(super) fn of(spec: &PlateSpec, content: &Content, scene: &Scene, view: &'v View, wanted: &[Wanted]) -> Self {
        let masks = |neutral: bool| -> Vec<Mask> {
            let regions = content.regions.iter().zip(&scene.regions);
            let chosen = regions.filter(|(r, _)| r.level == Level::Base && (r.hue == Hue::Neutral) == neutral);
            let mask = |(_, parts): (&Region, &Vec<Vec<Vec<Coord>>>)| {
                let rings = parts.iter().flatten();
                Mask::of(&rings.map(|ring| clip_ring(ring, &view.frame)).collect::<Vec<_>>())
            };
            chosen.filter_map(mask).collect()
        };
        let deepest = |mask: Mask| mask.inside(3).into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at);
        let titles: Vec<usize> = wanted.iter().flat_map(|w| w.notes.clone()).collect();
        let notes = spec.notes.iter().enumerate().filter(|(i, _)| !titles.contains(i));
        let room =
            |p: Coord| Bounds { x0: p.x - 14.0 * MM, x1: p.x + 14.0 * MM, y0: p.y - 7.0 * MM, y1: p.y + 7.0 * MM };
        let names = masks(true).into_iter().filter_map(deepest).map(room).collect();
        let notes = notes.map(|(_, note)| room(view.paper(note.position()))).collect();
        let is_focus = |id: &String| {
            content.regions.iter().any(|r| r.level == Level::Base && r.hue != Hue::Neutral && r.meta.id == *id)
        };
        let boundaries = content.boundaries.iter().zip(&scene.boundaries);
        let own = boundaries.filter(|(boundary, _)| boundary.sides.iter().any(is_focus));
        let course = own.flat_map(|(_, lines)| lines).flat_map(|line| walk_within(line, 2.0 * MM, &view.frame));
        let course = course.collect();
        let marks = content.places.iter().filter(|spot| !spot.in_details_only);
        let marks = marks.map(|spot| view.paper(spot.place.position)).collect();
        let paper = |ring: &Vec<Coord>| Bounds::of(&ring.iter().map(|p| view.paper(*p)).collect::<Vec<_>>());
        let enclaves =
            content.regions.iter().filter(|r| r.level == Level::Enclave).flat_map(|r| r.parts.iter().flatten());
        let pieces = content.pieces.iter().flat_map(|(p, _)| p.parts.iter().map(|part| &part.exterior().0));
        let mut kept: Vec<Bounds> = enclaves.chain(pieces).filter_map(paper).map(|b| b.grown(6.0)).collect();
        kept.extend(small_territories(content, scene, view));
        Ground { view, focus: masks(false), names, notes, marks, course, kept }
    }

    /// The leader of a detail map that covers least: it avoids marks and their names, and does not run along a line.
    /// Those that cross `others`, the leaders and frames of other detail maps, come last.
    pub(super) fn leader(&self, inset: &Inset, lines: &Lines, others: &[Quad]) -> (Coord, Coord) {
        let over = |(from, to): (Coord, Coord)| {
            let near = |p: &Coord| (NAMED_MM - distance_to_edge(*p, from, to) / MM).max(0.0);
            let strip = Quad::along((from, to), MM);
            let crossings = others.iter().filter(|other| other.overlaps(&strip)).count() as f64;
            self.marks.iter().map(near).sum::<f64>() * 5.0
                + lines.lines_under(&Quad::along((from, to), 1.5 * MM))
                + crossings * 1e4
        };
        let links = [0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95].map(|share| link(&inset.shown, &inset.view.frame, share));
        // Of equal leaders the first, which is nearest to the middle.
        links.into_iter().min_by(|a, b| over(*a).total_cmp(&over(*b))).expect("there are some")
    }

    /// The candidate positions of a detail map, the best first.
    pub(super) fn places(&self, wanted: &Wanted, all: &[Wanted]) -> Vec<Place> {
        let mut places = self.of_size(wanted, all, 1.0);
        let is_far = places.first().is_none_or(|best| best.leader_mm() > FAR_MM);
        if wanted.may_shrink && is_far {
            let (share, price) = SMALLER;
            let smaller = self.of_size(wanted, all, share).into_iter();
            places.extend(smaller.map(|mut place| {
                place.cost += price;
                place
            }));
            places.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        }
        places
    }

    fn of_size(&self, wanted: &Wanted, all: &[Wanted], share: f64) -> Vec<Place> {
        let (w, h) = (wanted.side_mm.0 * MM * share, wanted.side_mm.1 * MM * share);
        let shown = wanted.shown(self.view.scale, share);
        let frame = self.view.frame.grown(-1.5);
        let steps = |low: f64, high: f64| {
            let n = ((high - low) / (STEP_MM * MM)).floor().max(0.0) as usize;
            (0..=n).map(move |i| low + (high - low) * i as f64 / n.max(1) as f64).collect::<Vec<_>>()
        };
        let (columns, rows) = (steps(frame.x0, frame.x1 - w), steps(frame.y0, frame.y1 - h));
        let boxes = columns.iter().flat_map(|x| rows.iter().map(|y| (*x, *y)));
        let boxes = boxes.map(|(x, y)| Bounds { x0: x, y0: y, x1: x + w, y1: y + h });
        let free = boxes.filter(|b| {
            !b.overlaps(&shown.grown(4.0))
                && all.iter().all(|g| !g.bounds.grown(1.0).overlaps(b))
                && self.kept.iter().all(|k| !k.overlaps(b))
                && !(wanted.may_shrink && self.hides_boundary(b))
        });
        let mut places: Vec<Place> = free
            .map(|frame| {
                let cost = self.cost(&frame, &shown, wanted, all);
                Place::new(frame, shown, cost, wanted.beyond.is_none())
            })
            .collect();
        places.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        places
    }

    /// Whether a detail map here would hide a boundary of the plate's subject.
    fn hides_boundary(&self, place: &Bounds) -> bool {
        self.course.iter().any(|p| place.contains(*p))
    }

    /// Whether a position on the paper is on land that is the subject of the plate.
    fn is_focus(&self, p: &Coord) -> bool {
        self.focus.iter().any(|mask| mask.clearance(*p) > 0.0)
    }

    fn cost(&self, place: &Bounds, shown: &Bounds, wanted: &Wanted, all: &[Wanted]) -> f64 {
        let is_focus = |p: &Coord| self.is_focus(p);
        let covered = Quad::of(*place).samples(7.0 * MM).filter(is_focus).count() as f64;
        let hidden = self.course.iter().filter(|p| place.contains(**p)).count() as f64;
        let over_any = |boxes: &[Bounds]| boxes.iter().filter(|b| b.overlaps(place)).count() as f64;
        let (from, to) = link(shown, place, 0.5);
        let leader = [from, to];
        let over = walk(&leader, 0.0, MM).iter().filter(|(p, _)| is_focus(p)).count() as f64;
        let strip = Quad::along((from, to), 0.6 * MM);
        let marks = self.marks.iter().filter(|p| distance_to_edge(**p, from, to) < 2.0 * MM).count() as f64;
        let crosses = |b: &Bounds| Quad::of(*b).overlaps(&strip);
        let others = all.iter().filter(|other| other.bounds != wanted.bounds && crosses(&other.bounds)).count() as f64;
        let kept = self.kept.iter().filter(|k| !k.overlaps(shown) && crosses(k)).count() as f64;
        let (f, b) = (&self.view.frame, place);
        let at_edge = [b.x0 - f.x0, f.x1 - b.x1, b.y0 - f.y0, f.y1 - b.y1].into_iter().fold(f64::MAX, f64::min);
        covered * 12.0
            + hidden * 3.0
            + over_any(&self.names) * 40.0
            + over_any(&self.notes) * 150.0
            + if wanted.beyond.is_some() { 0.0 } else { length(&leader) / MM + over * 0.6 }
            + others * CROSSING
            + (kept + marks) * 20.0
            + at_edge / MM * 0.4
    }
}
