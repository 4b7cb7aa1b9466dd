//! Ways that a path crosses, and shores at which it enters or leaves waters.

use super::context::{Around, WayKind};
use super::course::{Path, cross};
use super::water::{Shore, is_standing};
use crate::model::Edges;
use crate::topology::{LineCrossing, Meeting, SegmentIndex, around as by_direction, box_of, line_crossings, meet};
use geo::Coord;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Where a path meets ways and waters.
#[derive(Default)]
pub(super) struct Met {
    /// Chainage and way of each crossing.
    pub crossings: Vec<(f64, u32)>,
    pub shores: Vec<Shore>,
}

/// Finds where a path crosses ways and shores, in the interior of edges or at vertices of either.
pub(super) fn met(path: &Path, edges: Edges, around: &Around) -> Met {
    let mut out = Met::default();
    // Ways with a vertex on the path, or on which a vertex of the path is; and the edges of the path there.
    let mut touched: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut groups = Groups { around, first: FxHashMap::default() };
    for (i, edge) in path.points.windows(2).map(|pair| [pair[0], pair[1]]).enumerate() {
        let (low, high) = box_of(edge);
        for (other, way) in around.edges(low, high) {
            match meet(edge, other) {
                Meeting::Apart => {}
                Meeting::At { share, proper: true } => {
                    let at_m = path.chainage[i] + share * path.between_m(i, i + 1);
                    // Water is on the left of its outline.
                    let enters = cross(other[0], other[1], edge[1]) > 0.0;
                    out.add(around, way, at_m, enters);
                }
                Meeting::At { .. } | Meeting::Along { .. } => touched.entry(groups.of(way)).or_default().push(i),
            }
        }
    }
    for (group, at) in touched {
        for window in windows(&at, path) {
            let others: Vec<[Coord; 2]> = window
                .points
                .windows(2)
                .flat_map(|pair| {
                    let (low, high) = box_of([pair[0], pair[1]]);
                    around.edges(low, high)
                })
                .filter(|(_, way)| groups.of(*way) == group)
                .map(|(edge, _)| edge)
                .collect();
            let index = SegmentIndex::new(others.iter().map(|edge| (*edge, 0)));
            for LineCrossing { chainage_m, leaves, .. } in
                line_crossings([&window.points[..]], edges, &index, window.from_m)
            {
                // Crossings in the interior of edges are known.
                let Some(leaves) = leaves.filter(|_| chainage_m <= path.length_m()) else { continue };
                out.add(around, group, chainage_m, is_left(leaves, &others));
            }
        }
    }
    out
}

impl Met {
    fn add(&mut self, around: &Around, way: u32, at_m: f64, enters: bool) {
        let one = &around.ways[way as usize];
        match (one.is_outline, one.kind) {
            (false, _) => self.crossings.push((at_m, way)),
            (true, WayKind::River) if is_standing(one.landmark.class) => self.shores.push(Shore { at_m, way, enters }),
            _ => {}
        }
    }
}

/// Ways that continue each other: unnamed ones of one class, of which a source often has a feature on either side of the
/// path.
struct Groups<'a> {
    around: &'a Around,
    first: FxHashMap<(WayKind, String), u32>,
}

impl Groups<'_> {
    fn of(&mut self, way: u32) -> u32 {
        let one = &self.around.ways[way as usize];
        match one.is_outline || !one.landmark.name.is_empty() {
            true => way,
            false => *self.first.entry((one.kind, format!("{:?}", one.landmark.class))).or_insert(way),
        }
    }
}

/// Consecutive vertices of a path.
struct Window {
    points: Vec<Coord>,
    from_m: f64,
}

/// The stretches of a path around edges, in ascending order, each with the edges before and after. A ring continues with
/// its first edge.
fn windows(edges: &[usize], path: &Path) -> Vec<Window> {
    let count = path.points.len() - 1;
    let goes_on = path.is_ring().then_some(count).filter(|_| edges.first() == Some(&0));
    let last = if path.is_ring() { count } else { count - 1 };
    let point = |i: usize| path.points[if i > count { i - count } else { i }];
    let spans = edges.iter().copied().chain(goes_on).map(|edge| (edge.saturating_sub(1), (edge + 1).min(last)));
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (from, to) in spans {
        match joined.last_mut().filter(|before| from <= before.1) {
            Some(before) => before.1 = to,
            None => joined.push((from, to)),
        }
    }
    let window = |(from, to): (usize, usize)| Window {
        points: (from..=to + 1).map(point).collect(),
        from_m: path.chainage[from],
    };
    joined.into_iter().map(window).collect()
}

/// Whether the second position is on the left of directed edges that meet at the first.
fn is_left([at, towards]: [Coord; 2], edges: &[[Coord; 2]]) -> bool {
    // Ends of edges beyond the position, and whether the edge leads there.
    let mut rays: Vec<(Coord, bool)> = Vec::new();
    for edge in edges {
        let meets = edge.contains(&at) || matches!(meet(*edge, [at, at]), Meeting::At { .. });
        let ends = [(edge[0], false), (edge[1], true)];
        rays.extend(ends.into_iter().filter(|(end, _)| meets && *end != at));
    }
    rays.sort_by(|a, b| by_direction(at, a.0, b.0));
    // The ray before the direction, counter-clockwise.
    let before = rays.partition_point(|ray| by_direction(at, ray.0, towards).is_le());
    let ray = if before == 0 { rays.last() } else { rays.get(before - 1) };
    ray.is_some_and(|(_, leads)| *leads)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::describe::DescriptionContext;
    use crate::model::{Content, Line, Name, Territory};
    use geo::{LineString, Polygon};

    fn line(name: &str, points: &[(f64, f64)]) -> Line {
        let mut line =
            Line::new(format!("{name}{points:?}"), [LineString::from(points.to_vec())]).expect("it is valid");
        line.meta.name = if name.is_empty() { Name::default() } else { Name::plain(name) };
        line
    }

    fn found(path: &[(f64, f64)], roads: Vec<Line>, lakes: Vec<Territory>) -> Met {
        let path = Path::new(path.iter().map(|&at| Coord::from(at)).collect(), Edges::Lonlat);
        let context = DescriptionContext {
            roads: vec![Content::Lines(roads)],
            rivers: vec![Content::Territories(lakes)],
            ..DescriptionContext::default()
        };
        met(&path, Edges::Lonlat, &Around::new(&context, [9.0, 44.0, 12.0, 46.0], 1.0))
    }

    #[test]
    fn a_way_crosses_at_a_vertex_if_it_leaves_on_the_other_side() {
        let straight = [(9.9, 45.0), (10.1, 45.0)];
        let bent = [(9.9, 45.0), (10.0, 45.0), (10.1, 45.01)];
        for path in [&straight[..], &bent] {
            let cases = [
                (vec![line("a", &[(10.0, 44.9), (10.0, 45.0), (10.0, 45.1)])], 1),
                (vec![line("a", &[(10.0, 44.9), (10.0, 45.1)])], 1),
                // It turns back, it ends on the line, it goes along the line and back.
                (vec![line("a", &[(9.99, 44.9), (10.0, 45.0), (10.01, 44.9)])], 0),
                (vec![line("a", &[(10.0, 44.9), (10.0, 45.0)])], 0),
                (vec![line("a", &[(9.94, 44.9), (9.95, 45.0), (9.96, 45.0), (9.97, 44.9)])], 0),
                (vec![line("a", &[(9.94, 44.9), (9.95, 45.0), (9.96, 45.0), (9.97, 45.1)])], 1),
                // One feature on either side: of one name, without names, and of two names.
                (vec![line("a", &[(10.0, 44.9), (10.0, 45.0)]), line("a", &[(10.0, 45.0), (10.0, 45.1)])], 1),
                (vec![line("", &[(10.0, 44.9), (10.0, 45.0)]), line("", &[(10.0, 45.0), (10.0, 45.1)])], 1),
                (vec![line("a", &[(10.0, 44.9), (10.0, 45.0)]), line("b", &[(10.0, 45.0), (10.0, 45.1)])], 0),
            ];
            for (roads, count) in cases {
                let shown = format!("{:?}", roads.iter().map(|road| &road.runs).collect::<Vec<_>>());
                assert_eq!(found(path, roads, Vec::new()).crossings.len(), count, "{path:?} {shown}");
            }
        }
    }

    #[test]
    fn a_ring_is_crossed_at_its_first_vertex() {
        let ring = [(10.0, 45.0), (10.1, 45.0), (10.1, 44.9), (10.0, 44.9), (10.0, 45.0)];
        let across = || line("a", &[(9.9, 45.1), (10.0, 45.0), (10.05, 44.95)]);
        let met = found(&ring, vec![across()], Vec::new());
        assert_eq!(met.crossings.len(), 1);
        assert!(met.crossings[0].0 > 30_000.0, "{met:?}", met = met.crossings);
    }

    #[test]
    fn a_lake_is_entered_and_left_at_vertices() {
        let ring = LineString::from(vec![(10.0, 45.0), (10.02, 44.99), (10.04, 45.0), (10.02, 45.01), (10.0, 45.0)]);
        let mut lake = Territory::new("lake", [Polygon::new(ring, Vec::new())]).expect("it is valid");
        lake.meta.kind = Some("lake".to_owned());
        lake.meta.name = Name::plain("Sylt");
        let shores = found(&[(9.9, 45.0), (10.1, 45.0)], Vec::new(), vec![lake]).shores;
        assert_eq!(shores.iter().map(|shore| shore.enters).collect::<Vec<_>>(), [true, false]);
    }
}
