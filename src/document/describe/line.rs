//! The lines to be described: valid, ordered, and each with its territories.

use crate::document::description::Words;
use crate::earth::edges::{beside, continue_longitudes};
use crate::earth::{distance_m, ring_area_m2};
use crate::model::Edges;
use crate::topology::COINCIDENT_M;
use geo::Coord;
use thiserror::Error;

/// A sector of the line.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DescriptionLine {
    /// Its name in errors.
    pub id: String,
    /// Its heading.
    pub heading: Words,
    /// Its vertices (lon, lat in degrees); edges go the shorter way round the globe. A ring ends with its first.
    pub points: Vec<Coord>,
    /// Numbers of its vertices, if its source has them.
    pub numbers: Option<Vec<String>>,
    /// Kind of the edges between them.
    pub edges: Edges,
    /// Accuracy of its positions in metres, if stated.
    pub accuracy_m: Option<f64>,
    /// The territory on its left.
    pub left: Option<Words>,
    /// The territory on its right.
    pub right: Option<Words>,
    /// Codes of the territory on its left and of that on its right, to order the parties and to recognise a third
    /// territory.
    pub territory_ids: Vec<String>,
    /// Its source.
    pub source: Option<String>,
    /// The date of its source.
    pub date: Option<String>,
}

impl DescriptionLine {
    /// A line with straight edges in longitude and latitude, without further metadata.
    pub fn new(id: impl Into<String>, points: Vec<Coord>) -> Self {
        DescriptionLine {
            id: id.into(),
            heading: Words::default(),
            points,
            numbers: None,
            edges: Edges::Lonlat,
            accuracy_m: None,
            left: None,
            right: None,
            territory_ids: Vec::new(),
            source: None,
            date: None,
        }
    }

    pub(super) fn is_ring(&self) -> bool {
        self.points.len() > 3 && self.points.first() == self.points.last()
    }

    /// The reversed line.
    fn reversed(mut self) -> Self {
        self.points.reverse();
        if let Some(numbers) = &mut self.numbers {
            numbers.reverse();
        }
        std::mem::swap(&mut self.left, &mut self.right);
        self.territory_ids.reverse();
        self
    }
}

/// The reason why a line cannot be described.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum DescribeError {
    /// There are no lines.
    #[error("there is no line to describe")]
    Nothing,
    /// All positions of a line are equal.
    #[error("line {line} has no length: all its positions are {}, {}", at[0], at[1])]
    NoLength {
        /// Its id.
        line: String,
        /// Longitude and latitude in degrees.
        at: [f64; 2],
    },
    /// The territory on the left or on the right of a line is not stated.
    #[error("line {line} does not say which territories are on its left and on its right")]
    NoSides {
        /// Its id.
        line: String,
    },
    /// A mark is too far from the line.
    #[error("mark {mark} at {}, {} is {distance_m:.0} m from the line, more than {tolerance_m:.0} m", at[0], at[1])]
    FarMark {
        /// Its id.
        mark: String,
        /// Longitude and latitude in degrees.
        at: [f64; 2],
        /// Distance to the nearest vertex in metres.
        distance_m: f64,
        /// Permitted distance in metres.
        tolerance_m: f64,
    },
}

/// Lines without repeated positions, each with a non-zero length and territories on both sides.
pub(super) fn valid(lines: Vec<DescriptionLine>) -> Result<Vec<DescriptionLine>, DescribeError> {
    if lines.is_empty() {
        return Err(DescribeError::Nothing);
    }
    lines.into_iter().map(one_valid).collect()
}

fn one_valid(mut line: DescriptionLine) -> Result<DescriptionLine, DescribeError> {
    let first = line.points.first().copied().ok_or(DescribeError::Nothing)?;
    if line.points.iter().all(|at| *at == first) {
        return Err(DescribeError::NoLength { line: line.id, at: [first.x, first.y] });
    }
    if line.left.is_none() || line.right.is_none() {
        return Err(DescribeError::NoSides { line: line.id });
    }
    continue_longitudes(&mut line.points);
    let keep: Vec<bool> = (0..line.points.len()).map(|i| i == 0 || line.points[i] != line.points[i - 1]).collect();
    let mut kept = keep.iter();
    line.points.retain(|_| kept.next() == Some(&true));
    if let Some(numbers) = &mut line.numbers {
        let mut kept = keep.iter();
        numbers.retain(|_| kept.next() == Some(&true));
    }
    // Rings are described clockwise.
    Ok(if line.is_ring() && ring_area_m2(&line.points) > 0.0 { line.reversed() } else { line })
}

/// Lines as a chain, each from the end of the previous one if they meet.
pub(super) fn ordered(lines: Vec<DescriptionLine>) -> Vec<DescriptionLine> {
    let ends = |line: &DescriptionLine| (line.points[0], line.points[line.points.len() - 1]);
    let meet = |a: Coord, b: Coord| distance_m(a, b) <= COINCIDENT_M;
    let mut out: Vec<DescriptionLine> = Vec::new();
    let mut rest = lines.into_iter().peekable();
    while let Some(mut line) = rest.next() {
        let (first, last) = ends(&line);
        let is_turned = match (out.last(), rest.peek()) {
            (Some(before), _) => {
                let end = ends(before).1;
                !meet(end, first) && meet(end, last)
            }
            // The first is reversed if the next starts or ends at its start, and not at its end.
            (None, Some(next)) => {
                let (a, b) = ends(next);
                !(meet(last, a) || meet(last, b)) && (meet(first, a) || meet(first, b))
            }
            (None, None) => false,
        };
        if is_turned && !line.is_ring() {
            line = line.reversed();
        }
        // Continues the longitudes of the line before it.
        if let Some(end) = out.last().map(|before| ends(before).1) {
            let turn = beside(line.points[0], end).x - line.points[0].x;
            line.points.iter_mut().filter(|_| turn != 0.0).for_each(|at| at.x += turn);
        }
        out.push(line);
    }
    out
}
