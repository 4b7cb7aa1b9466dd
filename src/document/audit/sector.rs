//! Assigns legs of a text to sectors of the line, with their direction.

use super::ground::{MeasuredLine, Places};
use super::stated::StatedLeg;
use super::{AuditLine, AuditOptions};
use crate::document::description::StraightEdge;
use crate::document::parse::ParsedText;
use crate::model::Edges;
use std::ops::Range;

/// A sector in the direction of the text, with its points.
pub(super) type Faced<'a> = (&'a AuditLine, MeasuredLine<'a>);

/// Groups of legs, each with the sector that it describes: in the direction of the text, or in both where lengths and
/// directions of the legs fit either.
pub(super) fn assigned<'a>(
    text: &ParsedText,
    legs: &[StatedLeg<'_>],
    lines: &'a [[AuditLine; 2]],
    places: &Places,
    options: &AuditOptions,
) -> Vec<(Range<usize>, Vec<Faced<'a>>)> {
    let edges = |line: &AuditLine| line.edges.or_else(|| stated_edges(text)).unwrap_or(Edges::Geodesic);
    let groups = match lines.len() {
        0 | 1 => std::iter::once(0..legs.len()).collect(),
        count => groups(legs, count),
    };
    let mut free: Vec<usize> = (0..lines.len()).collect();
    let mut out = Vec::new();
    for range in groups {
        let own = &legs[range.clone()];
        let tried = free.iter().map(|&line| {
            let (faced, misfit) = facing(&lines[line], edges(&lines[line][0]), own, places, options);
            (line, faced, misfit)
        });
        let best = tried.min_by(|a, b| a.2.total_cmp(&b.2));
        // Every sector is described once; further groups of legs have no data to be tested against.
        out.push((
            range,
            best.map_or_else(Vec::new, |(line, faced, _)| {
                free.retain(|other| *other != line);
                faced
            }),
        ));
    }
    out
}

/// The kind of edge that the text calls straight.
fn stated_edges(text: &ParsedText) -> Option<Edges> {
    match text.description.conventions.edge? {
        StraightEdge::Geodesic => Some(Edges::Geodesic),
        StraightEdge::Rhumb => Some(Edges::Rhumb),
        StraightEdge::Lonlat => Some(Edges::Lonlat),
        StraightEdge::Parallel | StraightEdge::Grid => None,
    }
}

/// Groups legs by sector: by section; within a single section, at gaps between legs.
fn groups(legs: &[StatedLeg<'_>], lines: usize) -> Vec<Range<usize>> {
    let by = |parts: &dyn Fn(usize) -> bool| {
        let mut starts: Vec<usize> = (1..legs.len()).filter(|at| parts(*at)).collect();
        starts.insert(0, 0);
        starts.push(legs.len());
        starts.windows(2).map(|pair| pair[0]..pair[1]).collect::<Vec<Range<usize>>>()
    };
    let sections = by(&|at| legs[at].clause.place[0] != legs[at - 1].clause.place[0]);
    if sections.len() > 1 {
        return sections;
    }
    let chains = by(&|at| legs[at].from.is_some() && legs[at].from != legs[at - 1].to);
    if chains.len() == lines { chains } else { sections }
}

/// A direction fits better than the other by more than this misfit.
const MARGIN: f64 = 0.5;

/// A line in the direction of the legs, and the misfit of the legs.
fn facing<'a>(
    [ahead, turned]: &'a [AuditLine; 2],
    edges: Edges,
    legs: &[StatedLeg<'_>],
    places: &Places,
    options: &AuditOptions,
) -> (Vec<Faced<'a>>, f64) {
    let there = MeasuredLine::of(&ahead.course, edges, legs, places, options);
    let back = MeasuredLine::of(&turned.course, edges, legs, places, options);
    let (fit, misfit) = (there.misfit(legs, options), back.misfit(legs, options));
    // Numbers fit in both directions; only statements that fit one direction alone reverse the line.
    match () {
        () if misfit + MARGIN < fit => (vec![(turned, back)], misfit),
        // Without numbers a ring of equal legs fits in both directions: ties and streams tell which is meant.
        () if !there.is_numbered() && there.closed && misfit < fit + MARGIN => {
            (vec![(ahead, there), (turned, back)], fit)
        }
        () => (vec![(ahead, there)], fit),
    }
}
