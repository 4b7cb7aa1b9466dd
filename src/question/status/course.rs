//! Lines with chainages: the stretch that an entry names, and its course.

use super::{LogEntry, LogExtent, StatusProblem};
use crate::earth::{edge_length_m, line_length_m, point_along};
use crate::io::nearest;
use crate::model::{Line, Memo};
use crate::topology::RouteIndex;
use geo::Coord;
use std::collections::HashMap;

/// Lines by id.
pub(super) struct Courses<'l> {
    pub lines: Vec<Course<'l>>,
    by_id: HashMap<&'l str, Vec<usize>>,
}

/// A line with the chainages of its runs.
pub(super) struct Course<'l> {
    pub line: &'l Line,
    pub length_m: f64,
    /// Chainage of the start of each run, and of the end of the last.
    starts_m: Vec<f64>,
    index: Memo<RouteIndex>,
}

/// A chainage may exceed the length by this much, in metres: lengths are published in whole metres.
const ROUNDING_M: f64 = 1.0;

impl<'l> Courses<'l> {
    pub fn new(lines: &'l [Line]) -> Self {
        let mut by_id: HashMap<&str, Vec<usize>> = HashMap::new();
        lines.iter().enumerate().for_each(|(at, line)| by_id.entry(&line.meta.id).or_default().push(at));
        Courses { lines: lines.iter().map(Course::new).collect(), by_id }
    }

    /// The line of an entry and its stretch, in metres.
    pub fn stretch(&self, entry: &LogEntry, snap_m: f64) -> Result<(usize, f64, f64), StatusProblem> {
        let (at, run) = self.section(entry)?;
        let course = &self.lines[at];
        let (low_m, high_m) = match run {
            None => (0.0, course.length_m),
            Some(run) => (course.starts_m[run], course.starts_m[run + 1]),
        };
        let (from_m, to_m) = match entry.extent {
            LogExtent::Whole => (low_m, high_m),
            // Of a run, chainages are counted from its start.
            LogExtent::Chainages(from_m, to_m) => {
                let (section, length_m) = (entry.section.clone(), high_m - low_m);
                if from_m > to_m {
                    return Err(StatusProblem::Backwards { from_m, to_m });
                }
                if from_m < 0.0 || to_m > length_m + ROUNDING_M {
                    return Err(StatusProblem::Beyond { section, from_m, to_m, length_m });
                }
                (low_m + from_m, (low_m + to_m).min(high_m))
            }
            LogExtent::Positions(from, to) => {
                let [a, b] = [self.chainage(at, from, snap_m)?, self.chainage(at, to, snap_m)?];
                let ends = (a.min(b), a.max(b));
                if ends.0 < low_m - ROUNDING_M || ends.1 > high_m + ROUNDING_M {
                    let (section, length_m) = (entry.section.clone(), high_m - low_m);
                    return Err(StatusProblem::Beyond { section, from_m: ends.0, to_m: ends.1, length_m });
                }
                ends
            }
        };
        if to_m - from_m <= 0.0 {
            return Err(StatusProblem::NoLength { from_m });
        }
        Ok((at, from_m, to_m))
    }

    fn section(&self, entry: &LogEntry) -> Result<(usize, Option<usize>), StatusProblem> {
        let Some(section) = &entry.section else {
            return if self.lines.len() == 1 { Ok((0, None)) } else { Err(StatusProblem::NoSection(self.lines.len())) };
        };
        let only = |of: &[usize]| match of {
            [at] => Ok(*at),
            of => Err(StatusProblem::SharedId { section: section.clone(), lines: of.len() }),
        };
        if let Some(of) = self.by_id.get(section.as_str()) {
            return Ok((only(of)?, None));
        }
        if let Some((id, number)) = section.rsplit_once('/')
            && let (Some(of), Ok(number)) = (self.by_id.get(id), number.parse::<usize>())
        {
            let at = only(of)?;
            let runs = self.lines[at].line.runs.len();
            if number == 0 || number > runs {
                return Err(StatusProblem::NoRun { section: id.to_owned(), number, runs });
            }
            return Ok((at, Some(number - 1)));
        }
        let ids: Vec<String> = self.lines.iter().map(|course| course.line.meta.id.clone()).collect();
        Err(StatusProblem::UnknownSection { section: section.clone(), nearest: nearest(section, &ids) })
    }

    fn chainage(&self, at: usize, position: Coord, snap_m: f64) -> Result<f64, StatusProblem> {
        let course = &self.lines[at];
        let index = course.index.get(|| {
            let runs = course.line.runs.iter().zip(&course.starts_m);
            RouteIndex::new(runs.map(|(run, start_m)| (0, *start_m, run.0.as_slice())))
        });
        let hit = index.only_within(position, f64::MAX);
        match hit {
            Some(hit) if hit.distance_m <= snap_m => Ok(hit.chainage_m.clamp(0.0, course.length_m)),
            hit => Err(StatusProblem::OffTheLine {
                position: [position.x, position.y],
                distance_m: hit.map_or(f64::INFINITY, |hit| hit.distance_m),
                snap_m,
            }),
        }
    }
}

impl<'l> Course<'l> {
    fn new(line: &'l Line) -> Self {
        let mut starts_m = vec![0.0];
        for run in &line.runs {
            starts_m.push(starts_m[starts_m.len() - 1] + line_length_m(&run.0));
        }
        let length_m = starts_m[starts_m.len() - 1];
        Course { line, length_m, starts_m, index: Memo::new() }
    }

    /// The course of a stretch, in as many lines as runs that it touches.
    pub fn between(&self, from_m: f64, to_m: f64) -> Vec<Vec<Coord>> {
        let mut out = Vec::new();
        for (run, ends) in self.line.runs.iter().zip(self.starts_m.windows(2)) {
            if ends[1] <= from_m || ends[0] >= to_m {
                continue;
            }
            let mut part: Vec<Coord> = Vec::new();
            let mut done_m = ends[0];
            for edge in run.0.windows(2) {
                let length_m = edge_length_m(edge[0], edge[1]);
                let next_m = done_m + length_m;
                if next_m > from_m && done_m < to_m && length_m > 0.0 {
                    let at = |chainage_m: f64| match (chainage_m - done_m) / length_m {
                        share if share <= 0.0 => edge[0],
                        share if share >= 1.0 => edge[1],
                        share => point_along(edge[0], edge[1], share),
                    };
                    if part.is_empty() {
                        part.push(at(from_m));
                    }
                    part.push(at(to_m));
                }
                done_m = next_m;
            }
            part.dedup();
            if part.len() > 1 {
                out.push(part);
            }
        }
        out
    }
}
