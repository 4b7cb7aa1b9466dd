//! Runs that touch end to end become lines.

use super::intern::Interner;
use geo::Coord;
use rustc_hash::FxHashMap;

/// Returns runs joined where exactly two of them end in one place, turned round where they must be; the first run of
/// each line keeps its sense. Lines come in the order of their first runs.
pub fn join_runs(runs: &[Vec<Coord>]) -> Vec<Vec<Coord>> {
    let mut interner = Interner::default();
    let runs: Vec<&Vec<Coord>> = runs.iter().filter(|run| run.len() > 1).collect();
    let ends: Vec<[u32; 2]> =
        runs.iter().map(|run| [run[0], run[run.len() - 1]].map(|position| interner.number(position))).collect();
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

/// The only other run that ends here, and whether it runs towards this end.
fn go_on(end: u32, at: &FxHashMap<u32, Vec<usize>>, ends: &[[u32; 2]], used: &mut [bool]) -> Option<(usize, bool)> {
    let here = at.get(&end).filter(|here| here.len() == 2)?;
    let next = *here.iter().find(|run| !used[**run])?;
    used[next] = true;
    Some((next, ends[next][1] == end))
}

fn append(line: &mut Vec<Coord>, run: &[Coord], turned: bool) {
    if turned {
        line.extend(run.iter().rev().skip(1));
    } else {
        line.extend(run.iter().skip(1));
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
}
