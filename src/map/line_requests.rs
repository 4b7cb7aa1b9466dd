//! Labels along lines: numbers of routes, and what the status of a boundary requires.

use super::canvas::Text;
use super::crossings::Numbers;
use super::labels::{Anchor, Block, Request};
use super::naming::{HALO, Style};
use super::palette::{GREY_INK, PROPOSAL};
use super::paper::{MM, clip_line};
use super::requests::Asker;
use super::words;
use crate::model::Status;
use geo::Coord;

impl Asker<'_, '_> {
    /// Numbered badges on routes; a long route has several.
    pub(super) fn ways(&self, numbers: &Numbers, wanted: &mut Vec<Request>) {
        for (way, lines) in self.content.ways.iter().zip(&self.scene.ways) {
            let Some(number) = numbers.routes.get(&way.meta.id).filter(|_| way.labels) else { continue };
            let frame = self.view.frame.grown(-2.0);
            let pieces: Vec<Vec<Coord>> = lines.iter().flat_map(|l| clip_line(l, &frame)).collect();
            let total: f64 = pieces.iter().map(|p| super::paper::length(p)).sum();
            let badges = ((total / MM / 90.0).round() as usize).clamp(1, 4);
            let piece = |k: usize| {
                let longest =
                    pieces.iter().max_by(|a, b| super::paper::length(a).total_cmp(&super::paper::length(b)))?;
                let l = super::paper::length(longest) / badges as f64;
                Some(super::paper::stretch(longest, l * k as f64, l * (k + 1) as f64))
            };
            for line in (0..badges).filter_map(piece).filter(|l| super::paper::length(l) > 6.5 * MM) {
                wanted.push(Request {
                    block: Block { lines: vec![Text::new(number.to_string(), 5.6).bold()] },
                    anchor: Anchor::On { lines: vec![line] },
                    priority: 25,
                    name: format!("number {number} of {}", way.meta.id),
                    badge: true,
                    shrink_to: 1.0,
                    partner: None,
                });
            }
        }
    }

    /// Text along lines whose status requires it: names of control lines and delimited sections, years, "PROPOSAL".
    pub(super) fn lines(&self, wanted: &mut Vec<Request>) {
        for (boundary, lines) in self.content.boundaries.iter().zip(&self.scene.boundaries) {
            let Some(meta) = boundary.meta.filter(|_| boundary.labels && boundary.opinion.is_none()) else { continue };
            let color = if boundary.status == Status::Proposed { PROPOSAL } else { GREY_INK };
            let style = Style::new(5.2, color);
            let block = match boundary.status {
                Status::Delimited => self.naming.block(&meta.name, style).broken(),
                Status::ControlLine => {
                    let mut block = self.naming.block(&meta.name, style);
                    let date = meta.valid_from.as_ref().or(meta.evidence.date.as_ref());
                    block.lines.extend(date.map(|date| Text::new(date, 5.2).color(color).halo(HALO, 0.4)));
                    block
                }
                Status::Historical => {
                    let year = meta
                        .valid_to
                        .as_deref()
                        .or(meta.valid_from.as_deref())
                        .map(|d| d.chars().take(4).collect::<String>());
                    Block { lines: year.map(|y| Text::new(y, 5.2).color(color).halo(HALO, 0.4)).into_iter().collect() }
                }
                Status::Proposed => {
                    let word = words::PROPOSAL.get(self.naming.furniture());
                    Block { lines: vec![Text::new(word, 5.2).bold().color(color).halo(HALO, 0.4)] }
                }
                _ => continue,
            };
            let pieces: Vec<Vec<Coord>> =
                lines.iter().flat_map(|l| clip_line(l, &self.view.frame.grown(-1.0))).collect();
            let seen: f64 = pieces.iter().map(|p| super::paper::length(p)).sum();
            if seen < 14.0 * MM {
                continue;
            }
            wanted.push(Request {
                block,
                anchor: Anchor::Line { lines: pieces },
                priority: 80,
                name: meta.id.clone(),
                badge: false,
                shrink_to: 0.88,
                partner: None,
            });
        }
    }
}
