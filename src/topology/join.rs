//! Joins runs that meet end to end into lines.

use super::COINCIDENT_M;
use super::intern::PositionNumbering;
use crate::earth::LocalPlane;
use crate::earth::antimeridian::{is_antimeridian, on_east_side};
use geo::Coord;
use rustc_hash::FxHashMap;

/// Joins runs where exactly two of them meet, reversed where necessary; the first run of each line keeps its direction.
/// Lines are ordered by their first runs. Runs are also joined across ±180°; longitudes then continue beyond it, and
/// [`wrapped_lines`](super::wrapped_lines) restores them.
///
/// # Examples
/// ```
/// use merestone::{geo::Coord, topology::join_runs};
/// let [a, b, c] = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)].map(Coord::from);
/// assert_eq!(join_runs(&[vec![a, b], vec![c, b]]), [vec![a, b, c]]);
/// ```
pub fn join_runs(runs: &[Vec<Coord>]) -> Vec<Vec<Coord>> {
    let mut interner = PositionNumbering::default();
    let runs: Vec<&Vec<Coord>> = runs.iter().filter(|run| run.len() > 1).collect();
    let ends: Vec<[u32; 2]> =
        runs.iter().map(|run| [run[0], run[run.len() - 1]].map(|at| interner.number(written_once(at)))).collect();
    let mut at: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (i, [from, to]) in ends.iter().enumerate().filter(|(_, [from, to])| from != to) {
        at.entry(*from).or_default().push(i);
        at.entry(*to).or_default().push(i);
    }
    let mut used = vec![false; runs.len()];
    let mut lines = Vec::new();
    for first in 0..runs.len() {
        if std::mem::replace(&mut used[first], true) {
            continue;
        }
        let mut line = runs[first].clone();
        let [mut start, mut end] = ends[first];
        while let Some((next, turned)) = go_on(end, &at, &ends, &mut used) {
            append(&mut line, runs[next], turned);
            end = ends[next][usize::from(!turned)];
        }
        line.reverse();
        while let Some((next, turned)) = go_on(start, &at, &ends, &mut used) {
            append(&mut line, runs[next], turned);
            start = ends[next][usize::from(!turned)];
        }
        line.reverse();
        lines.push(line);
    }
    lines
}

/// Joins the runs of one feature into lines, as [`legs`] does; longitudes continue beyond ±180°.
///
/// # Examples
/// ```
/// use merestone::{geo::Coord, topology::joined_legs};
/// let [a, b, c, d] = [(179.0, 0.0), (180.0, 0.0), (-180.0, 0.0), (-179.0, 0.0)].map(Coord::from);
/// assert_eq!(joined_legs(&[&[a, b], &[c, d]]), [vec![a, b, Coord { x: 181.0, y: 0.0 }]]);
/// ```
pub fn joined_legs(runs: &[&[Coord]]) -> Vec<Vec<Coord>> {
    legs(runs).into_iter().map(|line| line_of(runs, line)).collect()
}

fn line_of(runs: &[&[Coord]], line: Vec<Leg>) -> Vec<Coord> {
    let mut out: Vec<Coord> = Vec::new();
    for (run, turned) in line {
        let start = if turned { runs[run].last() } else { runs[run].first() };
        out.extend(start.filter(|_| out.is_empty()));
        append(&mut out, runs[run], turned);
    }
    out
}

/// Joins runs where one ends on +180° and another begins or ends at the same latitude on −180°; a run that closes so
/// becomes a ring. Longitudes continue beyond ±180°.
///
/// # Examples
/// ```
/// use merestone::{geo::Coord, topology::joined_at_antimeridian};
/// let [a, b, c, d] = [(179.0, 0.0), (180.0, 0.0), (-180.0, 0.0), (-179.0, 0.0)].map(Coord::from);
/// assert_eq!(joined_at_antimeridian(&[&[a, b], &[c, d]]), [vec![a, b, Coord { x: 181.0, y: 0.0 }]]);
/// ```
pub fn joined_at_antimeridian(runs: &[&[Coord]]) -> Vec<Vec<Coord>> {
    let is_at = |end: &Coord| end.x.abs() == 180.0;
    let ends = || runs.iter().flat_map(|run| run.first().into_iter().chain(run.last()));
    if !ends().any(is_at) {
        return runs.iter().map(|run| run.to_vec()).collect();
    }
    // Runs that meet elsewhere stay apart: only their ends on ±180° get a common number.
    let mut alone = 0_u32;
    let mut interner = PositionNumbering::default();
    let mut number = |end: Coord| {
        alone += 1;
        if is_at(&end) { interner.number(written_once(end)) } else { u32::MAX - alone }
    };
    let ends: Vec<[u32; 2]> =
        runs.iter().map(|run| run.first().zip(run.last()).map_or([0; 2], |(a, b)| [number(*a), number(*b)])).collect();
    let lines = legs_of(runs, &ends, |a, b| (a.x > 0.0) != (b.x > 0.0));
    lines.into_iter().map(|line| line_of(runs, line)).collect()
}

/// A line with continuous longitudes without the vertices on ±180° that lie on the straight edge between their
/// neighbours, within [`COINCIDENT_M`]: a cut there has introduced them.
///
/// # Examples
/// ```
/// use merestone::{geo::Coord, topology::without_cuts};
/// let [a, cut, b] = [(179.0, 0.0), (180.0, 0.0), (181.0, 0.0)].map(Coord::from);
/// assert_eq!(without_cuts(vec![a, cut, b]), [a, b]);
/// // One turn further west.
/// let [a, cut, b] = [(-539.0, 0.0), (-540.0, 0.0), (-541.0, 0.0)].map(Coord::from);
/// assert_eq!(without_cuts(vec![a, cut, b]), [a, b]);
/// ```
pub fn without_cuts(line: Vec<Coord>) -> Vec<Coord> {
    let is_cut = |i: usize| {
        let at = line[i];
        let (before, after) = (line[i - 1], line[i + 1]);
        is_antimeridian(at.x)
            && (before.x - at.x) * (after.x - at.x) < 0.0
            && LocalPlane::at(at).nearest_on_edge(at, before, after).1 <= COINCIDENT_M
    };
    let last = line.len().saturating_sub(1);
    (0..line.len()).filter(|&i| i == 0 || i == last || !is_cut(i)).map(|i| line[i]).collect()
}

/// A run as part of a line: its number, and whether it is reversed.
pub type Leg = (usize, bool);

/// Joins the runs of one feature into lines: each run continues into the next one in the list if that starts where it
/// ends, else into the only other run that ends there. Runs are also joined across ±180°, where one point has two
/// longitudes.
///
/// The first run of each line keeps its direction. Runs without an edge are left out.
pub fn legs(runs: &[&[Coord]]) -> Vec<Vec<Leg>> {
    let mut interner = PositionNumbering::default();
    let mut place = |p: Coord| interner.number(written_once(p));
    let ends: Vec<[u32; 2]> =
        runs.iter().map(|run| run.first().zip(run.last()).map_or([0; 2], |(a, b)| [place(*a), place(*b)])).collect();
    legs_of(runs, &ends, |_, _| true)
}

/// The same for runs whose ends have these numbers: equal ones join if `may_join` agrees to their positions.
fn legs_of(runs: &[&[Coord]], ends: &[[u32; 2]], may_join: impl Fn(Coord, Coord) -> bool) -> Vec<Vec<Leg>> {
    let at_end = |(run, end): (usize, usize)| if end == 0 { runs[run][0] } else { runs[run][runs[run].len() - 1] };
    let joins = |a, b| may_join(at_end(a), at_end(b));
    let has_edge = |run: &[Coord]| run.windows(2).any(|edge| edge[0] != edge[1]);
    let usable: Vec<usize> = (0..runs.len()).filter(|&i| has_edge(runs[i])).collect();
    // The end (run, 0 or 1) in which each end of a run continues.
    let mut next = vec![[None::<(usize, usize)>; 2]; runs.len()];
    let continues = |pair: &&[usize]| ends[pair[0]][1] == ends[pair[1]][0] && joins((pair[0], 1), (pair[1], 0));
    for pair in usable.windows(2).filter(continues) {
        next[pair[0]][1] = Some((pair[1], 0));
        next[pair[1]][0] = Some((pair[0], 1));
    }
    let mut at: FxHashMap<u32, Vec<(usize, usize)>> = FxHashMap::default();
    for end in usable.iter().flat_map(|&run| [(run, 0), (run, 1)]) {
        at.entry(ends[end.0][end.1]).or_default().push(end);
    }
    for here in at.values() {
        if let [a, b] = here.as_slice()
            && a.0 != b.0
            && next[a.0][a.1].is_none()
            && next[b.0][b.1].is_none()
            && joins(*a, *b)
        {
            next[a.0][a.1] = Some(*b);
            next[b.0][b.1] = Some(*a);
        }
    }
    let mut used = vec![false; runs.len()];
    let follow = |mut from: (usize, usize), used: &mut Vec<bool>| {
        let mut way = Vec::new();
        while let Some((run, begins)) = next[from.0][from.1].filter(|(run, _)| !used[*run]) {
            used[run] = true;
            way.push((run, begins == 1));
            from = (run, 1 - begins);
        }
        way
    };
    let mut lines = Vec::new();
    for first in usable {
        if std::mem::replace(&mut used[first], true) {
            continue;
        }
        let onwards = follow((first, 1), &mut used);
        let back = follow((first, 0), &mut used);
        let turned = back.into_iter().rev().map(|(run, turned)| (run, !turned));
        lines.push(turned.chain([(first, false)]).chain(onwards).collect());
    }
    lines
}

/// The only other run that ends here, and whether it must be reversed.
fn go_on(end: u32, at: &FxHashMap<u32, Vec<usize>>, ends: &[[u32; 2]], used: &mut [bool]) -> Option<(usize, bool)> {
    let here = at.get(&end).filter(|here| here.len() == 2)?;
    let next = *here.iter().find(|run| !used[**run])?;
    used[next] = true;
    Some((next, ends[next][1] == end))
}

/// A position with one longitude on ±180°.
fn written_once(at: Coord) -> Coord {
    Coord { x: on_east_side(at.x), ..at }
}

/// Appends a run that starts (or, reversed, ends) where the line ends, with longitudes continuous with it.
fn append(line: &mut Vec<Coord>, run: &[Coord], turned: bool) {
    let start = if turned { run[run.len() - 1] } else { run[0] };
    let turn = line.last().map_or(0.0, |end| 360.0 * ((end.x - start.x) / 360.0).round());
    let moved = |at: &Coord| if turn == 0.0 { *at } else { Coord { x: at.x + turn, ..*at } };
    if turned {
        line.extend(run.iter().rev().skip(1).map(moved));
    } else {
        line.extend(run.iter().skip(1).map(moved));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scattered_runs_become_one_line() {
        let c = |x: f64| Coord { x, y: 0.0 };
        let runs = [vec![c(1.0), c(2.0)], vec![c(1.0), c(0.0)], vec![c(3.0), c(2.0)], vec![c(9.0), c(8.0)]];
        let lines = join_runs(&runs);
        assert_eq!(lines, [vec![c(0.0), c(1.0), c(2.0), c(3.0)], vec![c(9.0), c(8.0)]]);
    }

    #[test]
    fn runs_that_meet_on_the_antimeridian_become_one_line() {
        let c = |x: f64, y: f64| Coord { x, y };
        let runs = [vec![c(179.0, 1.0), c(180.0, 2.0)], vec![c(-179.0, 3.0), c(-180.0, 2.0)]];
        let lines = join_runs(&runs);
        assert_eq!(lines, [vec![c(179.0, 1.0), c(180.0, 2.0), c(181.0, 3.0)]]);
        assert_eq!(crate::topology::wrapped_lines(lines).concat().len(), 4);
    }

    #[test]
    fn legs_follow_each_other_in_any_order_and_across_the_antimeridian() {
        let run = |points: &[(f64, f64)]| points.iter().map(|&(x, y)| Coord { x, y }).collect::<Vec<_>>();
        let of = |runs: &[Vec<Coord>]| legs(&runs.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let [a, b, c] =
            [&[(0.0, 0.0), (1.0, 0.0)], &[(1.0, 0.0), (2.0, 0.0)], &[(5.0, 0.0), (6.0, 0.0)]].map(|r| run(r));
        assert_eq!(of(&[a.clone(), b.clone(), c.clone()]), [vec![(0, false), (1, false)], vec![(2, false)]]);
        assert_eq!(of(&[b.clone(), c.clone(), a.clone()]), [vec![(2, false), (0, false)], vec![(1, false)]]);
        let back: Vec<Coord> = b.iter().rev().copied().collect();
        assert_eq!(of(&[a.clone(), back]), [vec![(0, false), (1, true)]]);
        let [west, east] = [run(&[(179.0, 1.0), (180.0, 1.0)]), run(&[(-180.0, 1.0), (-179.0, 1.0)])];
        assert_eq!(of(&[west, east]), [vec![(0, false), (1, false)]]);
        // Where three ends meet, only consecutive runs in the list are joined.
        let third = run(&[(1.0, 0.0), (1.0, 1.0)]);
        assert_eq!(of(&[a.clone(), b.clone(), third.clone()]), [vec![(0, false), (1, false)], vec![(2, false)]]);
        // A ring in pieces starts where it does in the list.
        let close = run(&[(1.0, 1.0), (0.0, 0.0)]);
        assert_eq!(of(&[a, third, close]), [vec![(0, false), (1, false), (2, false)]]);
    }
}
