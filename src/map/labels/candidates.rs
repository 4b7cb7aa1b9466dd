//! Candidate positions of a label, and the choice of the best.

use super::ground::Mask;
use super::{Anchor, Block, Extent, Ground, LEADER, Otherwise, Quad, Request, Side, Spot};
use crate::map::canvas::Align;
use crate::map::paper::{Bounds, MM, area, distance_to_edge, length, stretch, walk};
use geo::Coord;

/// Distance from a state line to the letters of a name along it.
const BESIDE: f64 = 1.75 * MM;
/// Cost of a leader for each state line that it crosses, in that of 2 mm of its length.
const CROSSED: f64 = 9.0;
/// Greatest number of state lines that the leader of a name crosses: to one side of a line, and from an area through another.
const MOST_CROSSED: usize = 1;
const MOST_CROSSED_FROM_AREA: usize = 2;
/// Type sizes, tried in turn.
const SIZES: [f64; 6] = [1.0, 0.88, 0.76, 0.66, 0.56, 0.48];

/// The best free position of a label, with the block as it fits there.
pub(super) fn best(request: &Request, ground: &Ground) -> Option<(Block, Spot)> {
    let mut blocks: Vec<Block> = Vec::new();
    for block in SIZES.into_iter().filter(|s| *s >= request.shrink_to).map(|s| request.block.scaled(s)) {
        blocks.extend((!blocks.contains(&block)).then_some(block));
    }
    let sizes = || blocks.iter().cloned();
    let Anchor::Area { rings, otherwise } = &request.anchor else {
        let is_fixed = matches!(request.anchor, Anchor::Fixed { .. });
        let own = |block: &Block| {
            let mut places = at_anchor(block, &request.anchor);
            if let Anchor::Point { at, own_side: true, .. } = &request.anchor {
                places.retain(|(_, spot)| ground.is_one_side(*at, spot.centre));
            }
            least(block, places, ground, is_fixed)
        };
        let found = sizes().find_map(|block| own(&block).map(|s| (block, s)));
        return found.or_else(|| {
            let block = request.block.clone();
            let most = if matches!(request.anchor, Anchor::Point { .. }) { MOST_CROSSED } else { usize::MAX };
            led(&block, with_leader(&block, &starts(&request.anchor)), ground, most).map(|s| (block, s))
        });
    };
    let inner = Inner::of(Mask::of(rings)?);
    let inside = |block: Block| inner.best(&block, ground, Fit::Whole).map(|s| (block, s));
    let whole_or_broken = |block: Block| inside(block.clone()).or_else(|| inside(block.broken()));
    // Letters are set closer before a name is put outside.
    let closer = || sizes().rev().find_map(|block| whole_or_broken(block.tight()));
    let within = || sizes().find_map(whole_or_broken).or_else(closer);
    let found = if *otherwise == Otherwise::Outside { None } else { within() };
    let smallest = || sizes().next_back();
    found.or_else(|| match otherwise {
        Otherwise::Nothing => None,
        Otherwise::Over | Otherwise::Led => {
            let block = smallest()?.broken();
            // The leader starts where the area is not covered.
            let seen = |at: &Coord| ground.is_free(&Quad::new(*at, 2.0 * LEADER, 2.0 * LEADER, 0.0));
            let cells = inner.cells.iter().map(|(_, at, _)| (*at, 0.0)).filter(|(at, _)| seen(at));
            let deep: Vec<_> = cells.take(40).step_by(4).collect();
            let over = inner.best(&block, ground, Fit::Middle);
            let extent = Extent::of(&block);
            let aside = || {
                let mut places = with_leader(&block, &deep);
                let is_led = *otherwise == Otherwise::Led;
                places.retain(|(_, spot)| is_led || ground.may_lead_to(&extent.quad(spot)));
                led(&block, places, ground, MOST_CROSSED_FROM_AREA)
            };
            over.or_else(aside).map(|s| (block, s))
        }
        Otherwise::Beside | Otherwise::Outside => {
            let beside =
                sizes().find_map(|block| cheapest(&block, beside_area(&block, rings), ground).map(|s| (block, s)));
            beside.or_else(|| {
                let block = smallest()?;
                let middle = || Bounds::of(rings.iter().flatten()).map(|b| b.centre());
                let deepest = (inner.cells.first().map(|(_, at, _)| *at).or_else(middle)?, 0.0);
                led(&block, with_leader(&block, &[deepest]), ground, MOST_CROSSED_FROM_AREA).map(|s| (block, s))
            })
        }
    })
}

fn at_anchor(block: &Block, anchor: &Anchor) -> Vec<(f64, Spot)> {
    match anchor {
        Anchor::Point { at, radius, .. } => around(block, *at, *radius),
        Anchor::Area { rings, .. } => beside_area(block, rings),
        Anchor::Line { lines } => {
            let along = along(block, lines, None);
            if along.is_empty() { beside_line(block, lines) } else { along }
        }
        Anchor::Aside { lines, whole, side } => {
            let mut along = along(block, lines, Some(*side));
            along.retain(|(_, spot)| side_of(spot.centre, whole) == Some(*side));
            along
        }
        Anchor::On { lines } => on(lines),
        Anchor::Fixed { at, angle_deg } => {
            vec![(0.0, Spot { angle_deg: *angle_deg, ..Spot::level(*at, Align::Middle) })]
        }
    }
}

/// The free candidate with the least cost, its own plus that of the lines under it; the first of equals.
fn cheapest(block: &Block, candidates: Vec<(f64, Spot)>, ground: &Ground) -> Option<Spot> {
    least(block, candidates, ground, false)
}

/// As `cheapest`, of positions with leaders; those that cross more than `most` state lines are left out, others cost more.
fn led(block: &Block, candidates: Vec<(f64, Spot)>, ground: &Ground, most: usize) -> Option<Spot> {
    let crossing = |(own, spot): (f64, Spot)| {
        let count = spot.leader.map_or(0, |leader| ground.crossed_by(leader));
        (count <= most).then_some((own + CROSSED * count as f64, spot))
    };
    cheapest(block, candidates.into_iter().filter_map(crossing).collect(), ground)
}

/// As `cheapest`; `is_fixed` if the position is set by the specification.
fn least(block: &Block, candidates: Vec<(f64, Spot)>, ground: &Ground, is_fixed: bool) -> Option<Spot> {
    let extent = Extent::of(block);
    let mut best: Option<(f64, Spot)> = None;
    for (own, spot) in candidates {
        // Lines only add to the cost: candidates already more expensive are skipped.
        if best.as_ref().is_some_and(|(least, _)| own >= *least) {
            continue;
        }
        let quad = extent.quad(&spot);
        if ground.is_free(&quad)
            && (is_fixed || ground.is_off_lines(&quad))
            && spot.leader.is_none_or(|leader| ground.is_free(&Quad::along(leader, LEADER)))
        {
            let cost = own + ground.lines_under(&quad) * 0.35;
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, spot));
            }
        }
    }
    best.map(|(_, spot)| spot)
}

/// Eight positions around a point, then the same farther away; to the right is preferred (Imhof 1975).
fn around(block: &Block, at: Coord, radius: f64) -> Vec<(f64, Spot)> {
    let (w, h) = (block.width_um() / 2.0, block.height_um() / 2.0);
    let mut spots = Vec::new();
    for (far, extra) in [(0.45, 0.0), (1.1, 4.0), (2.2, 9.0)] {
        let r = radius + far * MM;
        let d = r * 0.72;
        let sides = [
            (0.0, r + w, 0.0, Align::Start),
            (0.8, d + w, -d - h, Align::Start),
            (1.0, d + w, d + h, Align::Start),
            (1.6, -r - w, 0.0, Align::End),
            (2.0, -d - w, -d - h, Align::End),
            (2.2, -d - w, d + h, Align::End),
            (2.6, 0.0, -r - h, Align::Middle),
            (3.0, 0.0, r + h, Align::Middle),
            (2.4, r + w, -h * 0.8, Align::Start),
            (2.5, r + w, h * 0.8, Align::Start),
            (3.2, -r - w, -h * 0.8, Align::End),
            (3.3, -r - w, h * 0.8, Align::End),
        ];
        spots.extend(sides.map(|(cost, x, y, align)| (cost + extra, Spot::level(at + Coord { x, y }, align))));
    }
    spots
}

/// Starting points of leaders, and the distance to keep from them.
fn starts(anchor: &Anchor) -> Vec<(Coord, f64)> {
    match anchor {
        // The leader starts outside the mark, whose area is occupied.
        Anchor::Point { at, radius, leader: true, .. } => vec![(*at, *radius * 2.2)],
        Anchor::Line { lines } => {
            let longest = lines.iter().max_by(|a, b| length(a).total_cmp(&length(b)));
            let stops = longest.map(|line| walk(line, length(line) * 0.2, length(line) * 0.15));
            stops.unwrap_or_default().into_iter().map(|(at, _)| (at, 0.3 * MM)).collect()
        }
        _ => Vec::new(),
    }
}

/// Positions at the end of a leader, for labels that are required and have no room nearby.
fn with_leader(block: &Block, starts: &[(Coord, f64)]) -> Vec<(f64, Spot)> {
    let (w, h) = (block.width_um() / 2.0, block.height_um() / 2.0);
    let mut spots = Vec::new();
    for &(start, radius) in starts {
        for far_mm in [4.0, 6.0, 8.0, 11.0, 14.0, 18.0, 22.0, 27.0] {
            for turn in 0..16 {
                let (sin, cos) = (f64::from(turn) * std::f64::consts::TAU / 16.0).sin_cos();
                let end = start + Coord { x: cos, y: sin } * (far_mm * MM);
                // The label touches the end of its leader with the facing side.
                let align = if cos > 0.3 {
                    Align::Start
                } else if cos < -0.3 {
                    Align::End
                } else {
                    Align::Middle
                };
                let away =
                    |share: f64, half: f64| if share.abs() > 0.3 { share.signum() * (half + 0.4 * MM) } else { 0.0 };
                let beside = align != Align::Middle;
                let centre =
                    end + Coord { x: away(cos, w), y: if beside { 0.0 } else { sin.signum() * (h + 0.7 * MM) } };
                let leader = Some((start + Coord { x: cos, y: sin } * radius, end));
                spots.push((far_mm * 0.5, Spot { leader, ..Spot::level(centre, align) }));
            }
        }
    }
    spots
}

/// The share of a label that must be inside its area.
#[derive(Clone, Copy, PartialEq)]
enum Fit {
    Whole,
    Middle,
}

/// An area, with the values used for every label size.
struct Inner {
    mask: Mask,
    /// Candidate centres of labels, those deepest inside first: index in area order, position, clearance.
    cells: Vec<(usize, Coord, f64)>,
    /// The greatest clearance.
    pole: f64,
    /// Horizontal, and along the area if it is not horizontal.
    angles_deg: Vec<f64>,
}

impl Inner {
    fn of(mask: Mask) -> Self {
        let mut cells: Vec<_> = mask.inside(3).into_iter().enumerate().map(|(i, (at, c))| (i, at, c)).collect();
        cells.sort_by(|a, b| b.2.total_cmp(&a.2));
        let pole = cells.first().map_or(0.0, |c| c.2);
        let axis = mask.axis_deg();
        let angles_deg = if axis.abs() < 3.0 { vec![0.0] } else { vec![0.0, axis] };
        Inner { mask, cells, pole, angles_deg }
    }

    /// The best position inside, horizontal or along the axis: near the pole of inaccessibility, over few lines.
    fn best(&self, block: &Block, ground: &Ground, fit: Fit) -> Option<Spot> {
        let extent = Extent::of(block);
        let inside = |p: Coord| self.mask.clearance(p) > 0.0;
        let whole = |quad: &Quad| quad.corners.iter().all(|p| inside(*p)) && quad.samples(1.4 * MM).all(inside);
        let mut best: Option<(f64, usize, Spot)> = None;
        for (turn, &angle_deg) in self.angles_deg.iter().enumerate() {
            for (i, centre, clearance) in &self.cells {
                let turned = angle_deg.abs().min(12.0);
                let own = (self.pole - clearance) / MM * 0.8 + turned;
                // The following cells are nearer to the edge: they have less room and cost more.
                let narrow = fit == Fit::Whole && *clearance * 2.0 < extent.height;
                if narrow || best.is_some_and(|(least, ..)| own > least) {
                    break;
                }
                let spot = Spot { angle_deg, ..Spot::level(*centre, Align::Middle) };
                let quad = extent.quad(&spot);
                if !ground.is_free(&quad) || !ground.is_off_lines(&quad) || fit == Fit::Whole && !whole(&quad) {
                    continue;
                }
                let (cost, order) = (own + ground.lines_under(&quad) * 0.35, turn * self.cells.len() + i);
                // Of equals the first in area order.
                if best.is_none_or(|(least, first, _)| (cost, order) < (least, first)) {
                    best = Some((cost, order, spot));
                }
            }
        }
        best.map(|(.., spot)| spot)
    }
}

/// Positions beside an area too small for its name.
fn beside_area(block: &Block, rings: &[Vec<Coord>]) -> Vec<(f64, Spot)> {
    let largest = rings.iter().max_by(|a, b| area(a).abs().total_cmp(&area(b).abs()));
    let Some(bounds) = largest.and_then(Bounds::of) else { return Vec::new() };
    around(block, bounds.centre(), bounds.width().max(bounds.height()) / 2.0)
}

/// Positions along lines, on either side or on one, where the line is straight enough and not too near its ends.
fn along(block: &Block, lines: &[Vec<Coord>], wanted: Option<Side>) -> Vec<(f64, Spot)> {
    let extent = Extent::of(block);
    let (width, height) = (extent.width, extent.height);
    let mut spots = Vec::new();
    for line in lines {
        let total = length(line);
        let mut middle = width * 0.6;
        while middle < total - width * 0.6 {
            let chord = stretch(line, middle - width / 2.0, middle + width / 2.0);
            middle += 2.5 * MM;
            let (Some(first), Some(last)) = (chord.first(), chord.last()) else { continue };
            let d = *last - *first;
            let reach = d.x.hypot(d.y);
            if reach < 0.8 * width {
                continue;
            }
            let bend =
                chord.iter().map(|p| ((p.x - first.x) * d.y - (p.y - first.y) * d.x).abs() / reach).fold(0.0, f64::max);
            let mut angle_deg = d.y.atan2(d.x).to_degrees();
            if angle_deg > 90.0 {
                angle_deg -= 180.0;
            } else if angle_deg <= -90.0 {
                angle_deg += 180.0;
            }
            let (sin, cos) = angle_deg.to_radians().sin_cos();
            // Text that runs with the line has its left above it.
            let runs_with = d.x * cos + d.y * sin > 0.0;
            for (cost, side) in [(0.0, -1.0), (0.6, 1.0)] {
                let own = if (side < 0.0) == runs_with { Side::Left } else { Side::Right };
                if wanted.is_some_and(|wanted| wanted != own) {
                    continue;
                }
                // Beside a line that nothing may cover, more room is kept, and above it more for descenders.
                let clear = match wanted {
                    Some(_) if side < 0.0 => BESIDE + extent.below,
                    Some(_) => BESIDE,
                    None => 0.75 * MM,
                };
                let off = (height / 2.0 + clear + bend) * side;
                let centre = (*first + *last) / 2.0 + Coord { x: -sin, y: cos } * off;
                let off_middle = (middle / total - 0.5).abs() * 6.0;
                spots.push((
                    cost + bend / MM * 4.0 + off_middle,
                    Spot { angle_deg, ..Spot::level(centre, Align::Middle) },
                ));
            }
        }
    }
    spots
}

/// The side of a line on which a position is, by the place of the line nearest to it.
fn side_of(at: Coord, line: &[Coord]) -> Option<Side> {
    let mut best: Option<(f64, f64)> = None;
    for edge in line.windows(2) {
        let (a, d) = (edge[0], edge[1] - edge[0]);
        let (l2, to) = (d.x * d.x + d.y * d.y, at - a);
        if l2 == 0.0 {
            continue;
        }
        let far = distance_to_edge(at, a, edge[1]);
        // At a corner both of its edges are equally near: the one that the position is more beside counts.
        let cross = (d.x * to.y - d.y * to.x) / l2.sqrt();
        let is_nearer = best.is_none_or(|(least, known)| {
            far < least * (1.0 - 1e-9) || (far <= least * (1.0 + 1e-9) && cross.abs() > known.abs())
        });
        if is_nearer {
            best = Some((far, cross));
        }
    }
    // On paper y goes down: what is left of a direction has a negative cross product.
    best.map(|(_, cross)| if cross < 0.0 { Side::Left } else { Side::Right })
}

/// Horizontal positions beside the middle of the longest line, for a line too crooked for text along it.
fn beside_line(block: &Block, lines: &[Vec<Coord>]) -> Vec<(f64, Spot)> {
    let longest = lines.iter().max_by(|a, b| length(a).total_cmp(&length(b)));
    let places = |line: &Vec<Coord>| walk(line, length(line) * 0.2, length(line) * 0.15);
    longest.map(places).unwrap_or_default().into_iter().flat_map(|(at, _)| around(block, at, 0.8 * MM)).collect()
}

/// Positions on the lines themselves, the middle first.
fn on(lines: &[Vec<Coord>]) -> Vec<(f64, Spot)> {
    let mut spots = Vec::new();
    for line in lines {
        let total = length(line);
        for (i, (at, _)) in walk(line, 3.0 * MM, 2.0 * MM).into_iter().enumerate() {
            let off_middle = ((3.0 + 2.0 * i as f64) * MM / total - 0.5).abs() * 30.0;
            spots.push((off_middle, Spot::level(at, Align::Middle)));
        }
    }
    spots
}
