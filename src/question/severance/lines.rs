//! The lines in question, and who is to lie on which side of them.

use super::{Subject, rings};
use crate::earth::{LocalPlane, line_length_m};
use crate::model::{Bands, Content, Territory, Whereabouts};
use crate::topology::{Nearest, SegmentIndex, join_runs};
use geo::{Coord, Polygon};

/// How far beyond an edge its neighbour is looked up, in metres.
const BEYOND_M: f64 = 1.0;

/// Places on the way to the line at which its holder is looked up.
const STEPS: u32 = 64;

pub(super) struct Lines {
    pub runs: Vec<Vec<Coord>>,
    pub length_m: f64,
    pub near: Option<Nearest>,
    pub index: SegmentIndex,
    holders: Vec<(String, Bands)>,
    /// Land that passes, with from and to.
    passing: Vec<(Option<String>, Option<String>, Bands)>,
    /// Lines with a left and a right.
    sided: Vec<(Nearest, String, String)>,
}

impl Lines {
    pub fn new(subject: &Subject, territories: &[Territory]) -> Self {
        let holders: Vec<(String, Bands)> = territories.iter().map(|t| (t.meta.id.clone(), bands(&t.parts))).collect();
        let (mut passing, mut sided) = (Vec::new(), Vec::new());
        let runs = match subject {
            Subject::Line(contents) => {
                for line in contents.iter().filter_map(as_lines).flatten() {
                    if let (Some(left), Some(right)) = (&line.left, &line.right)
                        && let Some(near) = Nearest::new(line.runs.iter().map(|run| run.0.as_slice()))
                    {
                        sided.push((near, left.clone(), right.clone()));
                    }
                }
                let all = contents.iter().flat_map(Content::courses).flat_map(|(_, runs)| runs);
                all.map(<[Coord]>::to_vec).collect()
            }
            Subject::Proposal(pieces) => {
                let after: Vec<(Option<String>, Bands)> =
                    pieces.iter().map(|piece| (piece.to.clone(), bands(&piece.parts))).collect();
                let holder = |p: Coord| {
                    let proposed = after.iter().find(|(_, land)| land.locate(p) != Whereabouts::Outside);
                    proposed.map_or_else(|| held_by(&holders, p), |(to, _)| to.clone())
                };
                let mut edges = Vec::new();
                for piece in pieces {
                    for edge in rings(&piece.parts).flat_map(|ring| ring.windows(2)) {
                        if holder(beyond(edge[0], edge[1])) != piece.to {
                            edges.push(edge.to_vec());
                        }
                    }
                    if piece.from != piece.to {
                        passing.push((piece.from.clone(), piece.to.clone(), bands(&piece.parts)));
                    }
                }
                edges
            }
        };
        let runs = join_runs(&runs);
        let edges = runs.iter().flat_map(|run| run.windows(2)).map(|edge| ([edge[0], edge[1]], 0));
        Lines {
            length_m: runs.iter().map(|run| line_length_m(run)).sum(),
            near: Nearest::new(runs.iter().map(Vec::as_slice)),
            index: SegmentIndex::new(edges),
            holders,
            passing,
            sided,
            runs,
        }
    }

    /// Who holds a place before and who then, where that changes.
    pub fn change(&self, position: Coord) -> Option<(Option<String>, Option<String>)> {
        let passes = self.passing.iter().find(|(_, _, land)| land.locate(position) == Whereabouts::Inside);
        if let Some((from, to, _)) = passes {
            return Some((from.clone(), to.clone()));
        }
        let holder = held_by(&self.holders, position)?;
        let distance = |near: &Nearest| near.to(position).0;
        let (near, left, right) = self.sided.iter().min_by(|a, b| distance(&a.0).total_cmp(&distance(&b.0)))?;
        let to = if near.is_left(position)? { left } else { right };
        if holder == *to || (holder != *left && holder != *right) {
            return None;
        }
        // Beyond land of others the line decides nothing.
        let way = near.to(position).1 - position;
        let reached = (1..STEPS).all(|i| {
            let p = position + way * (f64::from(i) / f64::from(STEPS));
            held_by(&self.holders, p).as_deref() == Some(holder.as_str())
        });
        reached.then(|| (Some(holder), Some(to.clone())))
    }
}

fn as_lines(content: &Content) -> Option<&Vec<crate::model::Line>> {
    match content {
        Content::Lines(lines) => Some(lines),
        _ => None,
    }
}

fn bands(parts: &[Polygon]) -> Bands {
    Bands::new(rings(parts).collect::<Vec<_>>())
}

fn held_by(holders: &[(String, Bands)], position: Coord) -> Option<String> {
    let holds = |land: &Bands| land.locate(position) == Whereabouts::Inside;
    holders.iter().find(|(_, land)| holds(land)).map(|(id, _)| id.clone())
}

/// A place just to the right of an edge's middle: outside, where the interior is on its left.
fn beyond(from: Coord, to: Coord) -> Coord {
    let middle = (from + to) / 2.0;
    let plane = LocalPlane::at(middle);
    let d = plane.to_m(to) - plane.to_m(from);
    let length = d.x.hypot(d.y).max(f64::MIN_POSITIVE);
    plane.to_degrees(Coord { x: d.y / length * BEYOND_M, y: -d.x / length * BEYOND_M })
}
