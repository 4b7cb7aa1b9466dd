//! Merges directed edges into maximal linestrings.

use geo::Coord;
use rustc_hash::FxHashMap;

/// Merges directed edges (pairs of position numbers) into maximal linestrings.
///
/// A line ends where no edge, or more than one, continues. A closed line starts and ends at its westernmost (then
/// southernmost) position, and lines are sorted by their first position. The result therefore depends neither on the
/// order of the edges nor on the start of a ring in the source.
///
/// # Panics
/// An edge names a position that is not in the list.
///
/// # Examples
/// ```
/// use merestone::{geo::Coord, topology::chain};
/// let positions = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)].map(Coord::from);
/// assert_eq!(chain(&[(1, 2), (0, 1)], &positions), [positions.to_vec()]);
/// ```
pub fn chain(edges: &[(u32, u32)], positions: &[Coord]) -> Vec<Vec<Coord>> {
    let mut nodes: FxHashMap<u32, Node> = FxHashMap::with_capacity_and_hasher(edges.len(), Default::default());
    for (i, &(from, to)) in edges.iter().enumerate() {
        let node = nodes.entry(from).or_default();
        (node.leaving, node.out, node.degree) = (i, node.out + 1, node.degree + 1);
        nodes.entry(to).or_default().degree += 1;
    }
    let mut used = vec![false; edges.len()];
    let mut lines = Vec::new();
    let on_from = |number: u32| nodes.get(&number).filter(|node| node.degree == 2 && node.out == 1);
    let passes = |number: u32| on_from(number).is_some();
    // Open lines first, from every end or fork; the remaining edges form closed rings.
    let starts = (0..edges.len()).filter(|&i| !passes(edges[i].0)).chain(0..edges.len());
    for start in starts {
        if used[start] {
            continue;
        }
        let mut numbers = vec![edges[start].0];
        let mut edge = start;
        loop {
            used[edge] = true;
            let to = edges[edge].1;
            numbers.push(to);
            match on_from(to) {
                Some(node) if !used[node.leaving] => edge = node.leaving,
                _ => break,
            }
        }
        let mut line: Vec<Coord> = numbers.iter().map(|&n| positions[n as usize]).collect();
        if numbers.first() == numbers.last() && passes(numbers[0]) {
            line.pop();
            let west = (0..line.len()).min_by(|&a, &b| order(line[a], line[b])).unwrap_or(0);
            line.rotate_left(west);
            line.push(line[0]);
        }
        lines.push(line);
    }
    lines.sort_by(|a, b| order(a[0], b[0]).then_with(|| order(a[1], b[1])));
    lines
}

/// The edges at a position.
#[derive(Default)]
struct Node {
    /// An edge that leaves the position; the only one where `out` is 1.
    leaving: usize,
    out: u32,
    degree: u32,
}

fn order(a: Coord, b: Coord) -> std::cmp::Ordering {
    a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions() -> Vec<Coord> {
        [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (2.0, 0.0)].map(|(x, y)| Coord { x, y }).to_vec()
    }

    #[test]
    fn a_ring_starts_in_the_west_whatever_the_order() {
        for edges in [[(1, 2), (2, 3), (3, 0), (0, 1)], [(3, 0), (0, 1), (1, 2), (2, 3)]] {
            let lines = chain(&edges, &positions());
            assert_eq!(lines.len(), 1);
            assert_eq!(lines[0][0], Coord { x: 0.0, y: 0.0 });
            assert_eq!(lines[0].first(), lines[0].last());
        }
    }

    #[test]
    fn lines_end_at_forks() {
        assert_eq!(chain(&[(0, 1), (1, 2), (4, 1)], &positions()).len(), 3);
        assert_eq!(chain(&[(0, 1), (1, 4)], &positions()).len(), 1);
    }
}
