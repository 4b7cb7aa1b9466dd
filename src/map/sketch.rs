//! The sketch of a boundary mark: the ground around it at a scale of 1:500 to 1:2 000, grid north up.

use super::canvas::{Align, Canvas, Stroke, Text, View};
use super::error::MapError;
use super::fonts::LEAST_PT;
use super::furniture::grid::Grid;
use super::furniture::north;
use super::furniture::scale::{bar, grouped};
use super::labels::{Anchor, Block, Ground, Quad, Request, Side, place};
use super::naming::{HALO, check_text};
use super::palette::{GREY_INK, INK, PAPER, WATER_INK};
use super::paper::{Bounds, MM, clip_line, length, mm};
use super::plate::Plate;
use super::symbol::boundary::{self, look};
use super::symbol::{Mode, Point, RIVER, State, Weight, draw_route};
use super::words::METRE;
use crate::earth::projection::{Projection, TransverseMercator};
use crate::model::Status;
use geo::Coord;

/// Scales of sketches, the largest first.
pub(crate) const SKETCH_SCALES: [u32; 3] = [500, 1000, 2000];
/// The sheet and its map, in millimetres.
pub(crate) const SKETCH_MM: [f64; 2] = [160.0, 90.0];
const FRAME_MM: [f64; 4] = [1.0, 1.0, 159.0, 80.0];
/// Space kept between the end of a direction that leaves the map and its frame.
const INSIDE_MM: f64 = 7.0;

const TO_MARK: Stroke = Stroke::new(0x1f4e9e, 0.22).dashed(&[3.0, 0.8]);
const TO_REFERENCE: Stroke = Stroke::new(0x2f6b2f, 0.2).dashed(&[1.2, 0.6]);

/// What a sketch shows. Positions are (lon, lat) in degrees.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sketch {
    /// Number of the mark.
    pub number: String,
    /// Its place on the line.
    pub at: Coord,
    /// The posts of a pair, with their numbers.
    pub posts: Vec<(String, Coord)>,
    /// Lines around it, each with its status.
    pub lines: Vec<(Vec<Coord>, Status)>,
    /// How many of these, from the first, are of the line that the mark is on.
    pub own_lines: usize,
    /// Names of the territories on the left and right of that line, in all languages.
    pub sides: [Vec<String>; 2],
    /// Other marks around it.
    pub marks: Vec<(String, Coord)>,
    /// Rivers and roads around it, with their names.
    pub rivers: Vec<(String, Vec<Coord>)>,
    pub roads: Vec<(String, Vec<Coord>)>,
    /// Directions to other marks and to permanent objects.
    pub rays: Vec<Ray>,
    /// Denominator of the scale.
    pub scale: f64,
    /// Language of the scale bar.
    pub language: String,
}

/// A direction from the mark.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ray {
    /// Its end: longitude and latitude in degrees.
    pub to: Coord,
    /// What is there.
    pub name: String,
    /// How far it is, in metres.
    pub distance_m: String,
    /// Whether a mark is there; else a permanent object.
    pub is_mark: bool,
}

/// The view of a sketch around a position, with the number of its UTM zone.
fn view(at: Coord, scale: f64) -> (View, u8) {
    let zone = ((at.x + 180.0) / 6.0).floor().rem_euclid(60.0) as u8 + 1;
    let projection = Projection::Transverse(TransverseMercator::utm(zone, at.y < 0.0));
    let [x0, y0, x1, y1] = FRAME_MM;
    (View::new(projection, at, scale, Bounds::mm(x0, y0, x1, y1)), zone)
}

/// The name of the grid of a sketch, such as `38N`.
pub(crate) fn sketch_zone(at: Coord) -> String {
    let (view, zone) = view(at, 1000.0);
    Grid::utm(zone, &view).map_or_else(String::new, |grid| grid.zone_text())
}

/// Whether a position is on the map of a sketch around another, clear of its frame.
pub(crate) fn is_on_sketch(at: Coord, other: Coord, scale: u32) -> bool {
    let (view, _) = view(at, f64::from(scale));
    view.frame.grown(-INSIDE_MM).contains(view.paper(other))
}

/// Half of the diagonal of the map of a sketch, in metres of ground.
pub(crate) fn sketch_reach_m(scale: f64) -> f64 {
    let [x0, y0, x1, y1] = FRAME_MM;
    (x1 - x0).hypot(y1 - y0) / 2.0 * scale / 1000.0
}

impl Sketch {
    /// Draws it. Names without room are in [`Plate::unplaced`].
    pub(crate) fn draw(&self) -> Result<Plate, MapError> {
        let [width_mm, height_mm] = SKETCH_MM;
        let canvas = Canvas::new(width_mm, height_mm, &self.number, super::PROGRAM);
        canvas.sheet().fill(&[Bounds::mm(0.0, 0.0, width_mm, height_mm).ring()], PAPER);
        let (view, zone) = view(self.at, self.scale);
        let grid = Grid::utm(zone, &view);
        let mut ground = Ground::new(view.frame.grown(-0.6));
        let mut wanted: Vec<Request> = Vec::new();
        if let Some(grid) = &grid {
            grid.draw(&canvas, &view);
            grid.reserve(&view, &mut ground);
        }
        let convergence_deg = grid.map_or(0.0, |grid| grid.convergence_deg(self.at));
        let corner = self.free_corner(&view);
        ground.take(Quad::of(corner));
        self.ways(&canvas, &view, &mut ground, &mut wanted);
        let own = self.line(&canvas, &view, &mut ground);
        self.rays(&canvas, &view, &mut ground, &mut wanted);
        self.marks(&canvas, &view, &mut ground, &mut wanted);
        self.names(&own, &mut wanted);
        for text in wanted.iter().flat_map(|request| &request.block.lines) {
            check_text(text, &self.number)?;
        }
        let (placed, unplaced) = place(&wanted, &mut ground);
        canvas.sheet().open("labels");
        placed.iter().for_each(|label| label.draw(&mut canvas.sheet()));
        canvas.sheet().close();
        if let Some(grid) = &grid {
            grid.label(&mut canvas.sheet(), &view, &ground);
        }
        let mut sheet = canvas.sheet();
        north::arrow(&mut sheet, convergence_deg, corner.centre().x / MM, corner.y1 / MM - 1.5, 12.0);
        sheet.stroke(&[view.frame.ring()], &Stroke::new(INK, 0.3));
        let scale = Text::new(format!("1:{}", grouped(self.scale)), 8.0).bold();
        sheet.text(mm(FRAME_MM[0], height_mm - 3.4), &scale, Align::Start, 0.0);
        bar(&mut sheet, &view, [FRAME_MM[0] + 22.0, height_mm - 4.6], 70.0, &self.language);
        drop(sheet);
        let mut plate = Plate::strip(canvas.finish(), self.number.clone(), width_mm, height_mm);
        (plate.unplaced, plate.scale) = (unplaced, self.scale);
        Ok(plate)
    }

    /// The corner of the map for the north arrow: the first that no line and no direction reaches.
    fn free_corner(&self, view: &View) -> Bounds {
        let f = view.frame;
        let (width, height) = (14.0 * MM, 19.5 * MM);
        let at = |x0: f64, y0: f64| Bounds { x0, y0, x1: x0 + width, y1: y0 + height };
        let corners =
            [at(f.x1 - width, f.y0), at(f.x0, f.y0), at(f.x1 - width, f.y1 - height), at(f.x0, f.y1 - height)];
        let lines = self.lines.iter().flat_map(|(line, _)| Self::seen(view, line));
        let rays = self.rays.iter().map(|ray| vec![view.paper(self.at), view.paper(ray.to)]);
        let all: Vec<Vec<Coord>> = lines.chain(rays).collect();
        let is_free = |corner: &Bounds| all.iter().all(|line| clip_line(line, corner).is_empty());
        corners.into_iter().find(is_free).unwrap_or(corners[0])
    }

    /// Parts of a line on the map, in its direction. Edges are straight in longitude and latitude, so that long ones are
    /// bent on the map: they are cut near the frame, and what is left is divided.
    fn seen(view: &View, line: &[Coord]) -> Vec<Vec<Coord>> {
        const PARTS: u32 = 8;
        let rim: Vec<Coord> = view.frame.grown(4.0).ring().into_iter().map(|p| view.lonlat(p)).collect();
        let Some(window) = Bounds::of(&rim) else { return Vec::new() };
        let mut out = Vec::new();
        for piece in clip_line(line, &window) {
            let divided = piece.windows(2).flat_map(|edge| {
                let (a, d) = (edge[0], edge[1] - edge[0]);
                (0..PARTS).map(move |i| a + d * (f64::from(i) / f64::from(PARTS)))
            });
            let paper: Vec<Coord> = divided.chain(piece.last().copied()).map(|p| view.paper(p)).collect();
            out.extend(clip_line(&paper, &view.frame));
        }
        out
    }

    fn ways(&self, canvas: &Canvas, view: &View, ground: &mut Ground, wanted: &mut Vec<Request>) {
        for (name, line) in &self.rivers {
            let seen = Self::seen(view, line);
            canvas.sheet().stroke(&seen, &Stroke { width_mm: 0.45, ..RIVER });
            wanted.extend(along(name, WATER_INK, seen.clone()));
            ground.avoid(&seen, 3);
        }
        for (name, line) in &self.roads {
            let seen = Self::seen(view, line);
            draw_route(&mut canvas.sheet(), &seen, Mode::Road, State::InUse, false, None);
            wanted.extend(along(name, GREY_INK, seen.clone()));
            ground.avoid(&seen, 3);
        }
    }

    /// Draws the lines; returns what is on the map of the one that the mark is on.
    fn line(&self, canvas: &Canvas, view: &View, ground: &mut Ground) -> Vec<Vec<Coord>> {
        let mut own = Vec::new();
        for (i, (line, status)) in self.lines.iter().enumerate() {
            let seen = Self::seen(view, line);
            boundary::draw(&mut canvas.sheet(), &seen, &look(*status, Weight::State, None));
            ground.keep_off(&seen);
            own.extend(seen.into_iter().filter(|_| i < self.own_lines));
        }
        own
    }

    fn rays(&self, canvas: &Canvas, view: &View, ground: &mut Ground, wanted: &mut Vec<Request>) {
        let from = view.paper(self.at);
        let inner = view.frame.grown(-INSIDE_MM);
        for ray in &self.rays {
            let to = view.paper(ray.to);
            let way = to - from;
            let far = way.x.hypot(way.y);
            let clear = Point::Mark.radius_mm() * 2.2 * MM;
            if far <= clear {
                continue;
            }
            let start = from + way * (clear / far);
            let is_cut = !inner.contains(to);
            let end = clip_line(&[start, to], &inner).first().and_then(|piece| piece.last().copied());
            let Some(end) = end else { continue };
            let stroke = if ray.is_mark { TO_MARK } else { TO_REFERENCE };
            let mut sheet = canvas.sheet();
            sheet.stroke(&[vec![start, end]], &stroke);
            if is_cut {
                let (along, across) = (way / far, Coord { x: -way.y, y: way.x } / far);
                let foot = end - along * (2.0 * MM);
                let head = vec![end, foot + across * (0.7 * MM), foot - across * (0.7 * MM)];
                sheet.fill(&[head], stroke.color);
            } else if !ray.is_mark {
                sheet.circle(end, 0.6, Some(PAPER), Some(&Stroke::new(stroke.color, 0.3)));
                ground.take(Quad::new(end, 1.4 * MM, 1.4 * MM, 0.0));
            }
            ground.avoid(&[vec![start, end]], 2);
            let text = format!("{}: {} {}", ray.name, ray.distance_m, METRE.get(&self.language));
            wanted.push(Request {
                block: block(&text, 5.8, stroke.color, false),
                anchor: Anchor::Point { at: end, radius: 0.8 * MM, leader: true, own_side: false },
                priority: if ray.is_mark { 5 } else { 8 },
                name: text,
                badge: false,
                shrink_to: 0.85,
                partner: None,
            });
        }
    }

    fn marks(&self, canvas: &Canvas, view: &View, ground: &mut Ground, wanted: &mut Vec<Request>) {
        let at = view.paper(self.at);
        let mut sheet = canvas.sheet();
        sheet.open_symbol("mark");
        if self.posts.is_empty() {
            sheet.circle(at, 1.3, None, Some(&Stroke::new(INK, 0.25)));
        } else {
            let posts: Vec<Coord> = self.posts.iter().map(|(_, post)| view.paper(*post)).collect();
            sheet.stroke(&[posts], &Stroke::new(INK, 0.12));
            sheet.circle(at, 0.35, Some(PAPER), Some(&Stroke::new(INK, 0.2)));
        }
        let own = self.posts.is_empty().then(|| (self.number.clone(), self.at));
        let of_others = self.marks.iter().map(|mark| (mark, false));
        for ((number, position), is_own) in self.posts.iter().chain(&own).map(|mark| (mark, true)).chain(of_others) {
            let post = view.paper(*position);
            if !view.frame.grown(-1.0).contains(post) {
                continue;
            }
            Point::Mark.draw(&mut sheet, post);
            let radius = if is_own { 1.5 } else { 0.8 } * MM;
            ground.take(Quad::new(post, 2.0 * radius, 2.0 * radius, 0.0));
            wanted.push(Request {
                block: block(number, if is_own { 9.0 } else { 7.0 }, INK, is_own),
                anchor: Anchor::Point { at: post, radius, leader: true, own_side: false },
                priority: if is_own { 0 } else { 4 },
                name: number.clone(),
                badge: false,
                shrink_to: 0.85,
                partner: None,
            });
        }
        sheet.close();
    }

    /// The names of the territories along the line, each on its own side.
    fn names(&self, lines: &[Vec<Coord>], wanted: &mut Vec<Request>) {
        // Where several lines meet, the longest one on the map says which side is which.
        let Some(longest) = lines.iter().max_by(|a, b| length(a).total_cmp(&length(b))) else { return };
        for (side, names) in [Side::Left, Side::Right].into_iter().zip(&self.sides) {
            let text = names.join(" · ");
            if !text.is_empty() {
                wanted.push(Request {
                    block: block(&text, 7.0, GREY_INK, true),
                    anchor: Anchor::Aside { lines: vec![longest.clone()], whole: longest.clone(), side },
                    priority: 10,
                    name: text,
                    badge: false,
                    shrink_to: 0.7,
                    partner: None,
                });
            }
        }
    }
}

fn block(text: &str, size_pt: f64, color: u32, is_bold: bool) -> Block {
    let text = Text::new(text, size_pt).color(color).halo(HALO, 0.35);
    let face = if is_bold { text.clone().bold().face } else { text.face };
    Block { lines: vec![text.clone().face(face.for_text(&text.text))] }
}

/// The name of a river or road along it, if enough of it shows.
fn along(name: &str, color: u32, seen: Vec<Vec<Coord>>) -> Option<Request> {
    let shown: f64 = seen.iter().map(|piece| length(piece)).sum();
    (!name.is_empty() && shown > 20.0 * MM).then(|| Request {
        block: block(name, LEAST_PT + 0.6, color, false),
        anchor: Anchor::Line { lines: seen },
        priority: 20,
        name: name.to_owned(),
        badge: false,
        shrink_to: 0.9,
        partner: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::distance_m;

    /// The sketch of a mark with another beside it.
    fn sketch(other: Coord) -> Sketch {
        let at = Coord { x: 10.2, y: 45.0 };
        Sketch {
            number: "1".to_owned(),
            at,
            lines: vec![(vec![at, other], Status::Delimited)],
            own_lines: 1,
            sides: [vec!["Westland".to_owned()], vec!["Eastland".to_owned()]],
            marks: vec![("2".to_owned(), other)],
            rays: vec![Ray { to: other, name: "2".to_owned(), distance_m: "44.00".to_owned(), is_mark: true }],
            scale: 1000.0,
            language: "en".to_owned(),
            ..Sketch::default()
        }
    }

    #[test]
    fn a_ruler_on_the_sketch_measures_the_ground() {
        let other = Coord { x: 10.2004, y: 45.0003 };
        let sketch = sketch(other);
        let plate = sketch.draw().expect("it can be drawn");
        assert!(plate.unplaced.is_empty(), "{:?}", plate.unplaced);
        // The squares of the two marks, each a path from its upper left corner.
        let marks = plate.svg().split("class=\"mark\">").nth(1).expect("the marks");
        let squares = marks.split("</g>").next().expect("a group").split("d=\"M").skip(1);
        let start = |path: &str| {
            let end = path.find('l').expect("a relative path");
            // Millimetres without leading zeros, a minus sign also separates.
            let text = path[..end].replace('-', " -");
            let numbers: Vec<f64> = text.split_whitespace().map(|n| n.parse().expect("a number")).collect();
            Coord { x: numbers[0], y: numbers[1] }
        };
        let corners: Vec<Coord> = squares.map(start).collect();
        assert_eq!(corners.len(), 2, "{marks}");
        let on_paper = (corners[1] - corners[0]).x.hypot((corners[1] - corners[0]).y);
        let on_ground = distance_m(sketch.at, other);
        assert!((on_paper - on_ground).abs() < 0.01, "{on_paper} mm for {on_ground} m at 1:1 000");
    }

    #[test]
    fn names_stand_on_their_own_sides_and_cover_no_line() {
        for (x, y) in [(0.002, 0.0), (0.0, 0.002), (-0.002, 0.001), (0.001, -0.002)] {
            let sketch = sketch(Coord { x: 10.2 + x, y: 45.0 + y });
            let (view, _) = view(sketch.at, sketch.scale);
            let line = Sketch::seen(&view, &sketch.lines[0].0);
            let mut ground = Ground::new(view.frame);
            ground.keep_off(&line);
            let mut wanted = Vec::new();
            sketch.names(&line, &mut wanted);
            let (placed, unplaced) = place(&wanted, &mut ground);
            assert_eq!((placed.len(), unplaced.len()), (2, 0), "{x} {y}");
            let (a, d) = (line[0][0], line[0][1] - line[0][0]);
            for label in placed {
                assert!(!label.faults(&ground).0, "{} covers the line", label.name);
                let off = label.spot.centre - a;
                // On paper, whose y goes down, the left of a direction has a negative cross product.
                assert_eq!(d.x * off.y - d.y * off.x < 0.0, label.name == "Westland", "{x} {y} {}", label.name);
            }
        }
    }
}
