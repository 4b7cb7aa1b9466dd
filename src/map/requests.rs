//! The labels that a map needs: territories, enclaves, places, waters, routes, notes.

use super::canvas::{Text, View};
use super::content::{Content, Level, LonLat, Region, Spot};
use super::crossings::Numbers;
use super::error::MapError;
use super::fonts::{Face, LEAST_PT};
use super::furniture::ledger::passage;
use super::labels::{Anchor, Block, Ground, Otherwise, Quad, Request};
use super::naming::{HALO, Naming, Style, called, check_glyphs};
use super::paint::mark_radius;
use super::palette::{GREY_INK, Hue, INK, PROPOSAL, WATER_INK};
use super::paper::{Bounds, MM, area, clip_line, clip_ring};
use super::scene::{Scene, encloses};
use super::spec::Note;
use super::symbol::{Point, Weight};
use super::words;
use crate::earth::{area_error_m2, polygon_area_m2};
use crate::model::Meta;
use crate::topology::dissolved;
use geo::Coord;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A map for which labels are requested.
pub(crate) struct Asker<'p, 'a> {
    pub view: &'p View,
    pub content: &'p Content<'a>,
    pub scene: &'p Scene,
    pub naming: &'p Naming,
    /// Type size as a share of that of the main map.
    pub zoom: f64,
    pub states: bool,
    pub places: bool,
    pub every_place: bool,
    pub ways: bool,
    /// Ids of territories shown on a detail map, which has their names.
    pub elsewhere: &'p [String],
    /// Ids of territories whose name is the map's title: their labels omit it.
    pub titled: &'p [String],
    /// Ids of territories whose names, with others, are the map's title: their labels have one language.
    pub listed: &'p [String],
}

impl Asker<'_, '_> {
    /// All label requests, unordered; reserves the space of marks and lines on the ground.
    pub(crate) fn requests(
        &self,
        notes: &[&Note],
        numbers: &Numbers,
        ground: &mut Ground,
    ) -> Result<Vec<Request>, MapError> {
        let mut wanted = Vec::new();
        self.note_ground(ground);
        if self.states {
            self.territories(ground, &mut wanted);
        }
        if self.places {
            self.enclaves(&mut wanted);
            self.pieces(&mut wanted);
        }
        self.waters(&mut wanted);
        self.rivers(&mut wanted);
        self.notes(notes, &mut wanted);
        if self.places {
            self.points(ground, &mut wanted);
        }
        if self.ways {
            numbers.requests(self.view, ground, &mut wanted);
            self.ways(numbers, &mut wanted);
            self.lines(&mut wanted);
        }
        for request in &wanted {
            check_glyphs(&request.block, &request.name)?;
        }
        wanted.retain(|r| !r.block.lines.is_empty());
        Ok(wanted)
    }

    fn note_ground(&self, ground: &mut Ground) {
        for (boundary, lines) in self.content.boundaries.iter().zip(&self.scene.boundaries) {
            ground.avoid(lines, if boundary.weight <= Weight::Territory { 4 } else { 2 });
            if boundary.weight <= Weight::Member && boundary.opinion.is_none() {
                ground.keep_off(lines);
            }
        }
        ground.avoid(&self.scene.coast, 1);
        // Names neither cover the outlines of land that passes nor lie half in it.
        if self.places {
            ground.keep_off_outlines(&self.visible_pieces().concat());
        }
        if self.ways {
            for lines in &self.scene.ways {
                ground.avoid(lines, 3);
            }
        }
        if self.places {
            let side = 2.0 * mark_radius(Point::Reservoir);
            let symbols = self.scene.shapeless.values().flatten().filter(|at| self.view.frame.contains(**at));
            symbols.for_each(|at| ground.take(Quad::new(*at, side, side, 0.0)));
            for spot in self.spots() {
                let place = &*spot.place;
                let at = self.scene.at(place, self.view);
                if let Some(point) = Point::of(place).filter(|_| self.view.frame.contains(at)) {
                    let side = 2.0 * mark_radius(point);
                    ground.take(Quad::new(at, side, side, 0.0));
                }
            }
        }
    }

    /// Rings of a region on paper, clipped to the frame.
    fn visible(&self, index: usize) -> Vec<Vec<Coord>> {
        let frame = self.view.frame.grown(-0.5);
        let rings = self.scene.regions[index].iter().flatten();
        rings.map(|ring| clip_ring(ring, &frame)).filter(|r| r.len() > 2).collect()
    }

    fn regions(&self, level: Level) -> impl Iterator<Item = (usize, &Region<'_>)> {
        self.content.regions.iter().enumerate().filter(move |(_, r)| r.level == level && r.labels)
    }

    fn spots(&self) -> impl Iterator<Item = &Spot<'_>> {
        self.content.places.iter().filter(|spot| spot.is_shown(self.view, self.every_place))
    }

    fn territories(&self, ground: &mut Ground, wanted: &mut Vec<Request>) {
        let mut enclaves: BTreeMap<&str, Vec<Bounds>> = BTreeMap::new();
        for (i, enclave) in self.regions(Level::Enclave) {
            let Some(parent) = &enclave.meta.parent else { continue };
            enclaves.entry(parent).or_default().extend(self.visible(i).iter().filter_map(Bounds::of));
        }
        let pieces: Vec<Bounds> = self.visible_pieces().iter().flatten().filter_map(Bounds::of).collect();
        let units = self.regions(Level::Unit).filter(|(_, unit)| !unit.meta.name.is_empty());
        let units: Vec<Bounds> =
            units.flat_map(|(i, _)| self.visible(i)).filter_map(|ring| Bounds::of(&ring)).collect();
        // A name must not hide the outline of a unit, above all its own; with many units this cannot be avoided.
        const FEW: usize = 12;
        if self.regions(Level::Unit).count() <= FEW {
            let all: Vec<Vec<Coord>> =
                self.regions(Level::Unit).flat_map(|(i, _)| self.scene.regions[i].concat()).collect();
            ground.keep_off_outlines(&all);
        }
        for (level, size, priority) in [(Level::Base, 13.0, 12), (Level::Unit, 9.5, 20)] {
            for (i, region) in self.regions(level) {
                // A territory may be visible in several pieces (a state and its exclave): the name is in the largest.
                let mut rings = self.visible(i);
                if level == Level::Base {
                    ground.keep_leaders_off(&rings);
                }
                // If only an enclave of it is visible, the enclave's own label states its owner.
                let mut own = enclaves.get(region.meta.id.as_str()).cloned().unwrap_or_default();
                own.extend(pieces.iter().copied());
                rings.retain(|ring| !own.iter().any(|e| Bounds::of(ring).is_some_and(|b| b.is_like(e))));
                if level == Level::Base {
                    beside_units(&mut rings, &units);
                }
                let seen: f64 = rings.iter().map(|r| area(r).abs()).fold(0.0, f64::max) / (MM * MM);
                // The number of a feature in its file is no name.
                let has_name = !region.meta.name.is_empty() || !region.meta.numbered;
                let is_small = seen < LEAST_NAMED_MM2;
                if !has_name || self.elsewhere.contains(&region.meta.id) || is_small && (!self.places || seen < 0.01) {
                    continue;
                }
                // Far islands are named by the land they belong to.
                rings.retain(|ring| area(ring).abs() / (MM * MM) >= seen * 0.12);
                if seen < LEAST_LED_TO_MM2 || is_small && level != Level::Base || is_small && self.view.is_world() {
                    rings.clear();
                }
                let neutral = region.hue == Hue::Neutral;
                let size = (if neutral { size * 0.8 } else { size } * self.zoom).min(seen.sqrt() * 0.8).max(LEAST_PT);
                let style = Style {
                    face: if neutral { Face::Regular } else { Face::Bold },
                    spacing_mm: size * if level == Level::Base { 0.14 } else { 0.07 },
                    capitals: true,
                    halo_mm: 0.5 * self.zoom.max(0.6),
                    ..Style::new(size, region.hue.ink())
                };
                wanted.push(Request {
                    block: self.naming.block_on(&called(region.meta), style, Some(owner(region))),
                    anchor: Anchor::Area {
                        rings,
                        otherwise: match (self.places, level) {
                            (false, _) => Otherwise::Nothing,
                            (true, Level::Unit) => Otherwise::Led,
                            (true, _) => Otherwise::Over,
                        },
                    },
                    priority: priority + i32::from(neutral || is_small) * 30,
                    name: region.meta.id.clone(),
                    badge: false,
                    shrink_to: (LEAST_PT / size).clamp(0.45, 1.0),
                    partner: None,
                });
            }
        }
    }

    fn enclaves(&self, wanted: &mut Vec<Request>) {
        for (i, region) in self.regions(Level::Enclave) {
            let rings = self.visible(i);
            if rings.is_empty() || self.elsewhere.contains(&region.meta.id) {
                continue;
            }
            let style = Style { face: Face::Bold, ..Style::new(6.4 * self.zoom.max(0.85), region.hue.ink()) };
            let mut block = self.named(region.meta, style, Some(owner(region)));
            block.lines.push(
                Text::new(
                    with_parent(area_text(region, self.naming.furniture()), region),
                    (5.4 * self.zoom).max(LEAST_PT),
                )
                .color(region.hue.ink())
                .halo(HALO, 0.4),
            );
            wanted.push(Request {
                block,
                anchor: Anchor::Area { rings, otherwise: Otherwise::Beside },
                priority: 10,
                name: region.meta.id.clone(),
                badge: false,
                shrink_to: 0.88,
                partner: None,
            });
        }
    }

    /// The name of a feature, unless it is in the title.
    fn named(&self, meta: &Meta, style: Style, territory: Option<&str>) -> Block {
        if self.titled.contains(&meta.id) {
            return Block { lines: Vec::new() };
        }
        let mut block = self.naming.block_on(&meta.name, style, territory);
        if self.listed.contains(&meta.id) {
            block.lines.truncate(1);
        }
        block
    }

    /// The territory at a position on the paper; an enclave belongs to its owner. Used only if parties have languages
    /// of their own.
    fn land_of(&self, at: Coord) -> Option<&str> {
        if self.naming.sides.is_empty() {
            return None;
        }
        let inside = |parts: &Vec<Vec<Vec<Coord>>>| {
            let near = parts.iter().filter(|part| Bounds::of(&part[0]).is_some_and(|b| b.contains(at)));
            near.flatten().filter(|ring| encloses(ring, at)).count() % 2 == 1
        };
        let of = |level: Level| {
            let all = self.content.regions.iter().zip(&self.scene.regions).filter(move |(r, _)| r.level == level);
            all.filter(|(_, parts)| inside(parts)).map(|(region, _)| owner(region)).next()
        };
        of(Level::Enclave).or_else(|| of(Level::Base))
    }

    /// Shells of the land of proposals on paper, clipped to the frame, piece by piece.
    fn visible_pieces(&self) -> Vec<Vec<Vec<Coord>>> {
        let frame = self.view.frame.grown(-0.5);
        let clipped = |part: &geo::Polygon| clip_ring(&self.paper(&part.exterior().0), &frame);
        let shells = |parts: &[geo::Polygon]| parts.iter().map(clipped).filter(|ring| ring.len() > 2).collect();
        self.content.pieces.iter().map(|(piece, _)| shells(&piece.parts)).collect()
    }

    /// Land of a proposal: its name, the territories from and to which it passes, and its area.
    fn pieces(&self, wanted: &mut Vec<Request>) {
        for ((piece, _), rings) in self.content.pieces.iter().zip(self.visible_pieces()) {
            if rings.is_empty() || self.elsewhere.contains(&piece.meta.id) {
                continue;
            }
            let size = self.zoom.max(0.85);
            let style = Style { face: Face::Bold, ..Style::new(6.2 * size, PROPOSAL) };
            let mut block = self.named(&piece.meta, style, piece.meta.parent.as_deref());
            let (from, to) = (piece.from.as_deref().unwrap_or("?"), piece.to.as_deref().unwrap_or("?"));
            for text in [passage(from, to), area_of(&piece.parts, &piece.meta, self.naming.furniture())] {
                block.lines.push(Text::new(text, (5.2 * size).max(LEAST_PT)).color(PROPOSAL).halo(HALO, 0.4));
            }
            wanted.push(Request {
                block,
                anchor: Anchor::Area { rings, otherwise: Otherwise::Outside },
                priority: 9,
                name: piece.meta.id.clone(),
                badge: false,
                shrink_to: 0.88,
                partner: None,
            });
        }
    }

    fn waters(&self, wanted: &mut Vec<Request>) {
        for (i, region) in self.regions(Level::Water) {
            let rings = self.visible(i);
            let seen: f64 = rings.iter().map(|r| area(r).abs()).sum::<f64>() / (MM * MM);
            let symbol = self.scene.shapeless.get(&i).filter(|_| self.places);
            let least = if symbol.is_some() { 1.0 } else { 6.0 };
            if seen < least || region.meta.name.is_empty() {
                continue;
            }
            let anchor = match symbol {
                Some(Some(at)) if self.view.frame.contains(*at) => {
                    Anchor::Point { at: *at, radius: mark_radius(Point::Reservoir), leader: true, own_side: false }
                }
                Some(_) => continue,
                None => Anchor::Area { rings, otherwise: Otherwise::Beside },
            };
            let size = ((5.6 + seen.sqrt() * 0.08).min(9.5) * self.zoom).max(LEAST_PT);
            let style = Style { face: Face::SerifItalic, halo_mm: 0.3, ..Style::new(size, WATER_INK) };
            wanted.push(Request {
                block: self.naming.block(&region.meta.name, style),
                anchor,
                priority: if seen > 150.0 { 5 } else { 74 },
                name: region.meta.id.clone(),
                badge: false,
                shrink_to: (LEAST_PT / size).clamp(0.76, 1.0),
                partner: None,
            });
        }
    }

    /// Names along rivers of which enough shows.
    fn rivers(&self, wanted: &mut Vec<Request>) {
        const LEAST_MM: f64 = 25.0;
        for (river, lines) in self.content.rivers.iter().zip(&self.scene.rivers) {
            let pieces: Vec<Vec<Coord>> =
                lines.iter().flat_map(|l| clip_line(l, &self.view.frame.grown(-1.0))).collect();
            let seen: f64 = pieces.iter().map(|p| super::paper::length(p)).sum();
            if seen < LEAST_MM * MM || river.meta.name.is_empty() || !river.labels {
                continue;
            }
            let style =
                Style { face: Face::SerifItalic, halo_mm: 0.3, ..Style::new(LEAST_PT.max(5.6 * self.zoom), WATER_INK) };
            wanted.push(Request {
                block: self.naming.block(&river.meta.name, style),
                anchor: Anchor::Line { lines: pieces },
                priority: 76,
                name: river.meta.id.clone(),
                badge: false,
                shrink_to: 0.9,
                partner: None,
            });
        }
    }

    fn notes(&self, notes: &[&Note], wanted: &mut Vec<Request>) {
        for note in notes.iter().filter(|n| n.point.is_none()) {
            let at = self.view.paper(note.position());
            if !self.view.frame.contains(at) {
                continue;
            }
            let name = note.named();
            let size = (note.size_pt.unwrap_or(8.0) * self.zoom).max(LEAST_PT);
            let style = if note.water {
                Style { face: Face::SerifItalic, halo_mm: 0.3, ..Style::new(size, WATER_INK) }
            } else {
                Style::new(size, GREY_INK)
            };
            wanted.push(Request {
                block: self.naming.block(&name, style),
                anchor: Anchor::Fixed { at, angle_deg: note.angle },
                priority: -1,
                name: name.best(&self.naming.languages).unwrap_or("note").to_owned(),
                badge: false,
                shrink_to: 1.0,
                partner: None,
            });
        }
    }

    fn points(&self, ground: &Ground, wanted: &mut Vec<Request>) {
        let enclaves: BTreeSet<&String> =
            self.regions(Level::Enclave).flat_map(|(_, r)| r.meta.name.texts.values()).collect();
        for spot in self.spots() {
            let place = &*spot.place;
            let at = self.scene.at(place, self.view);
            let Some(point) = Point::of(place).filter(|_| spot.labels && self.view.frame.grown(-1.0).contains(at))
            else {
                continue;
            };
            // The symbol of a tripoint suffices until there is room for its name.
            let wordy = point == Point::Tripoint && self.view.scale > 400_000.0;
            if wordy || place.meta.name.texts.values().any(|text| enclaves.contains(text)) {
                continue;
            }
            let size = match (point, place.rank) {
                (Point::Centre, _) => 8.0,
                (Point::Town, _) => 7.0,
                (Point::Pass | Point::Peak | Point::Tripoint | Point::Station | Point::Crossing | Point::Mark, _) => {
                    5.4
                }
                (_, rank) if rank <= 3 => 6.2,
                _ => 5.6,
            };
            let relief = matches!(point, Point::Pass | Point::Peak);
            let style = Style {
                face: if point == Point::Centre { Face::Bold } else { Face::Regular },
                ..Style::new((size * self.zoom).max(LEAST_PT), if relief { 0x5b4630 } else { INK })
            };
            let (pt, ink) = (style.size_pt, style.color);
            let mut block = self.naming.block_on(&place.meta.name, style, self.land_of(at));
            let height = height(&place.meta).filter(|_| relief);
            block.lines.extend(height.map(|text| Text::new(text, pt).color(ink).halo(HALO, 0.4)));
            wanted.push(Request {
                block,
                anchor: Anchor::Point {
                    at,
                    radius: mark_radius(point),
                    leader: !ground.is_off_lines(&Quad::new(at, 14.0 * MM, 14.0 * MM, 0.0)),
                    own_side: !point.is_of_the_line(),
                },
                priority: 30 + i32::from(place.rank) * 10 + i32::from(size < 5.5) * 5,
                name: place.meta.id.clone(),
                badge: false,
                shrink_to: 0.88,
                partner: None,
            });
        }
    }

    fn paper(&self, line: &[Coord]) -> Vec<Coord> {
        line.iter().map(|p| self.view.paper(*p)).collect()
    }
}

/// Territories smaller than this on paper, in mm², have their name at a leader, and smaller still none: it is reported.
const LEAST_NAMED_MM2: f64 = 25.0;
const LEAST_LED_TO_MM2: f64 = 3.0;

/// The height of a summit or pass in metres, if the data have it.
fn height(meta: &Meta) -> Option<String> {
    let stated = ["height_m", "ele", "elevation_m"].iter().find_map(|key| meta.properties.get(*key))?;
    let metres = stated.as_f64().or_else(|| stated.as_str()?.trim().parse().ok())?;
    metres.is_finite().then(|| format!("{metres:.0}"))
}

/// Drops the parts that are named units of their own, if a part of some size remains for the name of the whole.
fn beside_units(rings: &mut Vec<Vec<Coord>>, units: &[Bounds]) {
    const ROOM_MM2: f64 = 400.0;
    let is_unit = |ring: &Vec<Coord>| Bounds::of(ring).is_some_and(|b| units.iter().any(|unit| unit.is_like(&b)));
    if rings.iter().any(|ring| !is_unit(ring) && area(ring).abs() / (MM * MM) >= ROOM_MM2) {
        rings.retain(|ring| !is_unit(ring));
    }
}

/// The territory to which a region belongs.
fn owner<'r>(region: &'r Region) -> &'r str {
    let parent = region.meta.parent.as_ref().filter(|_| region.level != Level::Base);
    parent.unwrap_or(&region.meta.id)
}

/// The ellipsoidal area of a region, with the published figures if they differ.
fn area_text(region: &Region, language: &str) -> String {
    let polygon = |part: &Vec<LonLat>| {
        let ring = |r: &LonLat| geo::LineString(r.clone());
        geo::Polygon::new(ring(&part[0]), part[1..].iter().map(ring).collect())
    };
    let parts: Vec<geo::Polygon> = region.parts.iter().map(polygon).collect();
    area_of(&parts, region.meta, language)
}

/// An ellipsoidal area, with no more decimals than its standard error supports.
pub(crate) fn area_of(parts: &[geo::Polygon], meta: &Meta, language: &str) -> String {
    let km2 = parts.iter().map(|part| polygon_area_m2(part).abs()).sum::<f64>() / 1e6;
    words::area(km2, area_error_km2(parts, meta), language)
}

/// Standard error of an area in km², if the accuracy of its positions is known.
pub(crate) fn area_error_km2(parts: &[geo::Polygon], meta: &Meta) -> Option<f64> {
    meta.evidence.position_accuracy_m.map(|accuracy_m| area_error_m2(&dissolved(parts), accuracy_m) / 1e6)
}

/// An enclave's area with the code of its owner.
fn with_parent(area: String, region: &Region) -> String {
    region.meta.parent.as_ref().map_or_else(|| area.clone(), |parent| format!("{area} · {parent}"))
}

/// Draws placed labels.
pub(crate) fn draw(canvas: &super::canvas::Canvas, placed: &[super::labels::Placed]) {
    let mut sheet = canvas.sheet();
    sheet.open("labels");
    placed.iter().for_each(|label| label.draw(&mut sheet));
    sheet.close();
}
