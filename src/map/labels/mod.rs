//! Label placement: candidates for each label, in order of priority, without overlaps with labels, marks or the frame.

mod block;
mod candidates;
mod ground;
mod quad;
mod sacred;

pub(crate) use block::Block;
pub(crate) use ground::{Ground, Mask};
pub(crate) use quad::Quad;

use super::canvas::{Align, Sheet};
use geo::Coord;

/// The feature to which a label belongs.
#[derive(Debug, Clone)]
pub(crate) enum Anchor {
    /// Beside a point; with the distance to keep from it, whether a leader may bridge a longer one, and whether the
    /// name must be on the same side of state lines.
    Point { at: Coord, radius: f64, leader: bool, own_side: bool },
    /// Inside an area; `otherwise` says where if it does not fit.
    Area { rings: Vec<Vec<Coord>>, otherwise: Otherwise },
    /// Along a line, else beside it, else at the end of a leader.
    Line { lines: Vec<Vec<Coord>> },
    /// Along lines on one side and nowhere else: on the left of their direction, or on the right. They are parts of the whole
    /// line, whose nearest place tells the side.
    Aside { lines: Vec<Vec<Coord>>, whole: Vec<Coord>, side: Side },
    /// On a line, upright, as a badge.
    On { lines: Vec<Vec<Coord>> },
    /// At a fixed position.
    Fixed { at: Coord, angle_deg: f64 },
}

/// A side of a line, for who looks along it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// Position of the name of an area too small for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Otherwise {
    Nothing,
    /// Over its outline, else at the end of a leader, outside all land.
    Over,
    /// As [`Otherwise::Over`], but the leader may end on land: the area is part of that around it.
    Led,
    /// Next to it.
    Beside,
    /// Next to it in any case: it is hatched.
    Outside,
}

/// A label to be placed.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub block: Block,
    pub anchor: Anchor,
    /// Lower comes first.
    pub priority: i32,
    /// The name reported if it cannot be placed.
    pub name: String,
    /// Whether it has a ring around it.
    pub badge: bool,
    /// Least size of type after shrinking, as a share of its size.
    pub shrink_to: f64,
    /// A label that is placed with it, or neither is: of two sides, none is named alone.
    pub partner: Option<Box<Request>>,
}

/// A label with its position.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub block: Block,
    pub spot: Spot,
    pub badge: bool,
    pub name: String,
    /// The position of the place that it names, which determines its side of state lines.
    pub of: Option<Coord>,
}

/// A position for a label: the centre of its box, its rotation and alignment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spot {
    pub centre: Coord,
    pub angle_deg: f64,
    pub align: Align,
    /// From the named feature to the label, if they are apart.
    pub leader: Option<(Coord, Coord)>,
}

impl Spot {
    pub(crate) fn level(centre: Coord, align: Align) -> Self {
        Spot { centre, angle_deg: 0.0, align, leader: None }
    }
}

/// Space kept around a label, in micrometres.
const MARGIN: f64 = 350.0;

/// Space between labels side by side in addition to that, in micrometres: less is read as the space between words.
const APART: f64 = 500.0;

/// Width kept free for a leader, in micrometres.
const LEADER: f64 = 400.0;

/// Places labels in order of priority; returns the placed labels and the names of those that could not be placed.
pub(crate) fn place(requests: &[Request], ground: &mut Ground) -> (Vec<Placed>, Vec<String>) {
    let mut requests: Vec<&Request> = requests.iter().collect();
    requests.sort_by(|a, b| a.priority.cmp(&b.priority).then_with(|| a.name.cmp(&b.name)));
    let (mut placed, mut unplaced) = (Vec::new(), Vec::new());
    for request in requests {
        let before = ground.taken();
        let all = || std::iter::once(request).chain(request.partner.as_deref());
        let found: Option<Vec<Placed>> = all().map(|request| placed_on(request, ground)).collect();
        match found {
            Some(found) => placed.extend(found),
            None => {
                ground.free_again(before);
                unplaced.extend(all().map(|request| request.name.clone()));
            }
        }
    }
    unplaced.sort();
    unplaced.dedup();
    (placed, unplaced)
}

/// Places a label, if there is room.
fn placed_on(request: &Request, ground: &mut Ground) -> Option<Placed> {
    let (block, spot) = candidates::best(request, ground)?;
    let extent = Extent::of(&block);
    ground.take(Extent { width: extent.width + APART, ..extent }.quad(&spot));
    if let Some(leader) = spot.leader {
        ground.take(Quad::along(leader, LEADER));
    }
    let of = match request.anchor {
        Anchor::Point { at, own_side: true, .. } => Some(at),
        _ => None,
    };
    Some(Placed { block, spot, badge: request.badge, name: request.name.clone(), of })
}

/// The dimensions of a block in micrometres, computed once for all candidate positions.
#[derive(Debug, Clone, Copy)]
struct Extent {
    width: f64,
    height: f64,
    /// Depth of the last line below its baseline.
    below: f64,
}

impl Extent {
    fn of(block: &Block) -> Self {
        // Descenders reach a quarter of the size below the last baseline.
        let below = block.lines.last().map_or(0.0, |l| l.size_mm * 220.0);
        Extent { width: block.width_um(), height: block.height_um(), below }
    }

    /// The rectangle occupied by a label with this extent.
    fn quad(&self, spot: &Spot) -> Quad {
        let (sin, cos) = spot.angle_deg.to_radians().sin_cos();
        let centre = spot.centre + Coord { x: -sin, y: cos } * (self.below / 2.0);
        Quad::new(centre, self.width + MARGIN, self.height + self.below + MARGIN, spot.angle_deg)
    }
}

impl Placed {
    /// Whether it covers a state line, and whether it is on the wrong side of one without a leader.
    pub(crate) fn faults(&self, ground: &Ground) -> (bool, bool) {
        let halo_um =
            self.block.lines.iter().filter_map(|line| line.halo).map(|(_, mm)| mm * 1000.0).fold(0.0, f64::max);
        let halo_um = if self.badge { 420.0 } else { halo_um };
        let quad = Extent::of(&self.block).quad(&self.spot).grown(halo_um - MARGIN / 2.0);
        ground.told_of(&quad, self.of.filter(|_| self.spot.leader.is_none()).map(|at| (at, self.spot.centre)))
    }

    pub(crate) fn draw(&self, sheet: &mut Sheet) {
        if self.badge {
            let radius = (self.block.height_um().max(self.block.width_um()) / 2.0 + 420.0) / 1000.0;
            let stroke = super::canvas::Stroke::new(super::palette::INK, 0.2);
            sheet.circle(self.spot.centre, radius, Some(super::palette::PAPER), Some(&stroke));
        }
        if let Some((from, to)) = self.spot.leader {
            let color = self.block.lines.first().map_or(super::palette::INK, |line| line.color);
            // Without a halo, because it may cross a state line and must not hide it.
            sheet.stroke(&[vec![from, to]], &super::canvas::Stroke::new(color, 0.15));
        }
        self.block.draw(sheet, self.spot.centre, self.spot.angle_deg, self.spot.align);
    }
}
