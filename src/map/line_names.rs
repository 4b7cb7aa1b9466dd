//! Names of states along the line between them, each on its own side.

use super::content::{Boundary, Level, LonLat};
use super::error::MapError;
use super::fonts::{Face, LEAST_PT};
use super::labels::{Anchor, Block, Request, Side};
use super::naming::{Style, called, check_glyphs};
use super::palette::GREY_INK;
use super::paper::{MM, clip_line, length, stretch, walk};
use super::requests::Asker;
use super::symbol::Weight;
use crate::model::{Name, Status};
use geo::Coord;
use std::collections::BTreeMap;

/// Length of line on paper for each pair of names, least length for one, and most pairs for two states, in millimetres.
const EVERY_MM: f64 = 150.0;
const LEAST_MM: f64 = 45.0;
const MOST: usize = 3;
/// After places, before rivers.
const PRIORITY: i32 = 73;

/// A visible piece of a line between two states, with the states on its left and right.
struct Piece {
    line: Vec<Coord>,
    sides: [String; 2],
}

impl Asker<'_, '_> {
    /// Requests for the names of both states along state lines, a few times on a map, where they are wanted.
    pub(crate) fn line_names(&self) -> Result<Vec<Request>, MapError> {
        let mut wanted = Vec::new();
        if !self.states || !self.naming.along_lines {
            return Ok(wanted);
        }
        for mut pieces in self.pieces_between().into_values() {
            pieces.sort_by(|a, b| length(&b.line).total_cmp(&length(&a.line)));
            pieces.retain(|piece| length(&piece.line) >= LEAST_MM * MM);
            let mut left = MOST;
            for piece in pieces {
                let long = length(&piece.line);
                let count = ((long / (EVERY_MM * MM)) as usize).clamp(1, left.max(1)).min(left);
                for i in 0..count {
                    let at = |i: usize| long * i as f64 / count as f64;
                    let own = stretch(&piece.line, at(i), at(i + 1));
                    let request = |side: Side, id: &String| -> Result<Request, MapError> {
                        let block = self.name_of_state(id);
                        check_glyphs(&block, id)?;
                        Ok(Request {
                            block,
                            anchor: Anchor::Aside { lines: vec![own.clone()], whole: piece.line.clone(), side },
                            priority: PRIORITY,
                            name: id.clone(),
                            badge: false,
                            shrink_to: 0.8,
                            partner: None,
                        })
                    };
                    let [left, right] = &piece.sides;
                    let partner = Some(Box::new(request(Side::Right, right)?));
                    wanted.push(Request { partner, ..request(Side::Left, left)? });
                }
                left -= count;
            }
        }
        Ok(wanted)
    }

    /// The visible pieces of state lines by the two states beside them.
    fn pieces_between(&self) -> BTreeMap<[String; 2], Vec<Piece>> {
        let mut between: BTreeMap<[String; 2], Vec<Piece>> = BTreeMap::new();
        let frame = self.view.frame.grown(-1.5);
        for (boundary, lines) in self.content.boundaries.iter().zip(&self.scene.boundaries) {
            let Some(sides) = states_beside(boundary) else { continue };
            for line in lines.iter().flat_map(|line| clip_line(line, &frame)) {
                let runs_with = runs_with(&line.iter().map(|p| self.view.lonlat(*p)).collect(), &boundary.lines);
                let [left, right] = sides.clone();
                let sides = if runs_with { [left, right] } else { [right, left] };
                let mut key = sides.clone();
                key.sort();
                between.entry(key).or_default().push(Piece { line, sides });
            }
        }
        between
    }

    /// The name of a state in one line: in its own language first where the parties have languages.
    fn name_of_state(&self, id: &str) -> Block {
        let of = |level: Level| self.content.regions.iter().find(|r| r.level == level && r.meta.id == id);
        let region = of(Level::Base).or_else(|| of(Level::Enclave)).or_else(|| of(Level::Unit));
        let size = (6.6 * self.zoom.max(0.85)).max(LEAST_PT);
        let style = Style {
            face: Face::Bold,
            capitals: true,
            spacing_mm: size * 0.04,
            ..Style::new(size, region.map_or(GREY_INK, |region| region.hue.ink()))
        };
        let name = region.map_or_else(|| Name::plain(id), |region| called(region.meta));
        let mut block = self.naming.block_on(&name, style, Some(id));
        block.lines.truncate(1);
        block
    }
}

/// The two states beside a boundary between states that is none of the past and no proposal, in the direction of its lines.
fn states_beside(boundary: &Boundary<'_>) -> Option<[String; 2]> {
    let [left, right] = boundary.sides.as_slice() else { return None };
    let is_line =
        boundary.weight <= Weight::Territory && boundary.opinion.is_none() && boundary.labels && left != right;
    let is_valid = !matches!(boundary.status, Status::Historical | Status::Proposed);
    (is_line && is_valid).then(|| [left.clone(), right.clone()])
}

/// Whether a piece runs in the direction of the lines of which it is a part: chaining turns some around.
fn runs_with(piece: &LonLat, lines: &[LonLat]) -> bool {
    let total = length(piece);
    let samples = walk(piece, total * 0.02, total * 0.16);
    let place = |(at, _): &(Coord, Coord)| nearest(*at, lines);
    let places: Vec<(usize, f64)> = samples.iter().filter_map(place).collect();
    // The start of a ring between two samples is outvoted by the others.
    let votes = places.windows(2).filter(|two| two[0].0 == two[1].0).map(|two| (two[1].1 - two[0].1).signum());
    votes.sum::<f64>() >= 0.0
}

/// The line nearest to a position, and where on it: number of the vertex and share of the edge after it.
fn nearest(at: Coord, lines: &[LonLat]) -> Option<(usize, f64)> {
    let shrink = at.y.to_radians().cos();
    let mut best: Option<(f64, usize, f64)> = None;
    for (number, line) in lines.iter().enumerate() {
        for (i, edge) in line.windows(2).enumerate() {
            let turn = 360.0 * ((edge[0].x - at.x) / 360.0).round();
            let to = |p: Coord| Coord { x: (p.x - turn - at.x) * shrink, y: p.y - at.y };
            let (a, b) = (to(edge[0]), to(edge[1]));
            let d = b - a;
            let l2 = d.x * d.x + d.y * d.y;
            let t = if l2 > 0.0 { (-(a.x * d.x + a.y * d.y) / l2).clamp(0.0, 1.0) } else { 0.0 };
            let off = a + d * t;
            let far = off.x * off.x + off.y * off.y;
            if best.is_none_or(|(least, ..)| far < least) {
                best = Some((far, number, i as f64 + t));
            }
        }
    }
    best.map(|(_, number, place)| (number, place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_piece_is_known_also_across_the_start_of_a_ring() {
        let ring: LonLat = (0..=40)
            .map(|i| f64::from(i) / 40.0 * std::f64::consts::TAU)
            .map(|angle| Coord { x: 10.0 + angle.cos(), y: 45.0 + angle.sin() })
            .collect();
        let around: LonLat = ring[30..40].iter().chain(&ring[..12]).copied().collect();
        let turned: LonLat = around.iter().rev().copied().collect();
        let lines = [ring];
        assert!(runs_with(&around, &lines));
        assert!(!runs_with(&turned, &lines));
    }
}
