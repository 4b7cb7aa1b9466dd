//! Turning points of a sector, and their numbers: marks keep their own.

use super::course::Path;
use super::line::{DescribeError, DescriptionLine};
use super::sector::Writer;
use crate::earth::LocalPlane;
use crate::earth::edges::beside;
use crate::model::Place;
use crate::topology::COINCIDENT_M;
use geo::Coord;
use serde_json::Value;

/// Greatest distance of marks from their vertices, in tolerances.
const MARK_TOLERANCES: f64 = 3.0;
/// Properties that hold the number of a mark.
const NUMBERS: [&str; 3] = ["number", "no", "ref"];

impl Writer<'_> {
    /// The turning points: vertices of the path.
    pub(super) fn breaks(&mut self, path: &Path) -> Result<Vec<usize>, DescribeError> {
        let last = path.points.len() - 1;
        if let Some(marks) = &self.options.marks {
            let within_m = (MARK_TOLERANCES * self.tolerance_m).max(COINCIDENT_M);
            let mut out = vec![0, last];
            self.marked.clear();
            let is_last_line = self.lines.len() == 1;
            for mark in marks {
                let position = beside(mark.position, path.points[0]);
                let plane = LocalPlane::at(position);
                let off = |at: &Coord| plane.nearest_on_edge(position, *at, *at).1;
                let nearest = path.points.iter().enumerate().map(|(i, at)| (i, off(at)));
                let Some((vertex, distance_m)) = nearest.min_by(|a, b| a.1.total_cmp(&b.1)) else { continue };
                match distance_m <= within_m {
                    true => {
                        out.push(vertex);
                        if let Some(number) = number_of(mark) {
                            self.marked.entry(vertex).or_insert(number);
                        }
                    }
                    // With several sectors, a mark need be near only one of them.
                    false if is_last_line => {
                        let at = [mark.position.x, mark.position.y];
                        return Err(DescribeError::FarMark {
                            mark: mark.meta.id.clone(),
                            at,
                            distance_m,
                            tolerance_m: within_m,
                        });
                    }
                    false => {}
                }
            }
            out.sort_unstable();
            out.dedup();
            return Ok(out);
        }
        Ok(match self.options.simplify_m {
            Some(tolerance_m) => path.simplified(tolerance_m),
            None => (0..=last).collect(),
        })
    }

    /// The number of a vertex: its own or that of its mark, else the next that no mark has.
    pub(super) fn number(&mut self, line: &DescriptionLine, vertex: usize) -> String {
        let own = line.numbers.as_ref().and_then(|numbers| numbers.get(vertex)).filter(|own| !own.is_empty());
        if let Some(own) = own.or(self.marked.get(&vertex)).cloned() {
            self.next_number += u32::from(!self.has_numbers());
            return own;
        }
        loop {
            let next = self.next_number.to_string();
            self.next_number += 1;
            let is_taken = |mark: &Place| number_of(mark).is_some_and(|number| number == next);
            if !self.options.marks.iter().flatten().any(is_taken) {
                return next;
            }
        }
    }

    /// Whether marks have numbers of their own.
    fn has_numbers(&self) -> bool {
        self.options.marks.iter().flatten().any(|mark| number_of(mark).is_some())
    }
}

/// The number of a mark: its property, else its name or id with a digit.
fn number_of(mark: &Place) -> Option<String> {
    let stated = NUMBERS.iter().find_map(|name| match mark.meta.properties.get(*name)? {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    let is_number = |text: &String| {
        text.bytes().any(|byte| byte.is_ascii_digit()) && !text.contains(char::is_whitespace) && !text.contains('#')
    };
    let named = || mark.meta.name.texts.values().next().cloned();
    let all = stated.filter(|text| !text.is_empty() && !text.contains(char::is_whitespace));
    all.or_else(|| named().filter(is_number)).or_else(|| Some(mark.meta.id.clone()).filter(is_number))
}
