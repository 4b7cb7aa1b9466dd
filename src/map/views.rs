//! Lines cut where the views of parties part.

use crate::model::{Content, Layer};
use geo::{Coord, LineString};
use rustc_hash::{FxHashMap, FxHashSet};

/// A position by its bits.
type Key = [u64; 2];

fn key(at: Coord) -> Key {
    // The sign of zero has no effect.
    [(at.x + 0.0).to_bits(), (at.y + 0.0).to_bits()]
}

/// Cuts lines and routes at the vertices where courses of any view part or end, and directs every piece from its end with
/// the lesser position. For plates of several views of the same data, `all` being the layers in all views together.
///
/// # Method
/// A course is cut where more than two different vertices are next to one of its vertices in `all`, or where a course of
/// `all` ends. The dashes of a line begin anew at a cut; so a stretch that two views have in common is dashed alike on the
/// plates of both, whatever lies before it. Near-linear.
///
/// # Guarantees
/// Every edge remains. Plates of two views in one frame are equal outside the stretches where the views part, if no
/// name has to make room.
pub fn cut_where_views_part(layers: &mut [Layer], all: &[Layer]) {
    let mut beside: FxHashMap<Key, FxHashSet<Key>> = FxHashMap::default();
    let mut ends: FxHashSet<Key> = FxHashSet::default();
    for (_, runs) in all.iter().flat_map(|layer| layer.content.courses()) {
        for run in runs {
            for pair in run.windows(2) {
                let [a, b] = [key(pair[0]), key(pair[1])];
                beside.entry(a).or_default().insert(b);
                beside.entry(b).or_default().insert(a);
            }
            if let (Some(first), Some(last)) = (run.first(), run.last())
                && first != last
            {
                ends.extend([key(*first), key(*last)]);
            }
        }
    }
    let is_node = |at: Coord| ends.contains(&key(at)) || beside.get(&key(at)).is_some_and(|near| near.len() > 2);
    for layer in layers {
        match &mut layer.content {
            Content::Lines(lines) => lines.iter_mut().for_each(|line| line.runs = cut(&line.runs, is_node)),
            Content::Routes(routes) => routes.iter_mut().for_each(|route| route.runs = cut(&route.runs, is_node)),
            Content::Territories(_) | Content::Places(_) | Content::Pieces(_) => {}
        }
    }
}

fn cut(runs: &[LineString], is_node: impl Fn(Coord) -> bool) -> Vec<LineString> {
    let mut out = Vec::new();
    for run in runs {
        let last = run.0.len() - 1;
        let mut from = 0;
        for at in 1..=last {
            if at == last || is_node(run.0[at]) {
                let mut piece = run.0[from..=at].to_vec();
                let order = |at: &Coord| (at.x, at.y);
                if piece.last().map(order) < piece.first().map(order) {
                    piece.reverse();
                }
                out.push(LineString(piece));
                from = at;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Input, LayerInfo, Line, Role};

    fn layer(courses: &[&[(f64, f64)]]) -> Layer {
        let line = |(number, course): (usize, &&[(f64, f64)])| {
            let run: LineString = course.iter().map(|&(x, y)| Coord { x, y }).collect();
            Line::new(number.to_string(), [run]).expect("a line")
        };
        Layer {
            info: LayerInfo::bare("l", Role::Line, "l"),
            input: Input::new("l", ""),
            content: Content::Lines(courses.iter().enumerate().map(line).collect()),
        }
    }

    fn runs(layer: &Layer) -> Vec<Vec<Coord>> {
        let Content::Lines(lines) = &layer.content else { panic!("they are lines") };
        lines.iter().flat_map(|line| line.runs.iter().map(|run| run.0.clone())).collect()
    }

    /// One party draws it westwards, the other eastwards and by another way in the middle.
    #[test]
    fn common_stretches_are_the_same_pieces() {
        let a: &[(f64, f64)] = &[(0.0, 0.0), (1.0, 0.0), (2.0, 1.0), (3.0, 0.0), (4.0, 0.0)];
        let b: &[(f64, f64)] = &[(4.0, 0.0), (3.0, 0.0), (2.0, -1.0), (1.5, -1.0), (1.0, 0.0), (0.0, 0.0)];
        let all = [layer(&[a, b])];
        let [mut of_a, mut of_b] = [[layer(&[a])], [layer(&[b])]];
        cut_where_views_part(&mut of_a, &all);
        cut_where_views_part(&mut of_b, &all);
        let (of_a, of_b) = (runs(&of_a[0]), runs(&of_b[0]));
        assert_eq!((of_a.len(), of_b.len()), (3, 3));
        let common: Vec<_> = of_a.iter().filter(|run| of_b.contains(run)).collect();
        assert_eq!(common.len(), 2, "{of_a:?} {of_b:?}");
    }

    #[test]
    fn a_line_is_cut_where_another_ends_and_else_not() {
        let long: &[(f64, f64)] = &[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)];
        let mut own = [layer(&[long])];
        cut_where_views_part(&mut own, &[layer(&[long])]);
        assert_eq!(runs(&own[0]).len(), 1);
        cut_where_views_part(&mut own, &[layer(&[long, &long[1..]])]);
        assert_eq!(runs(&own[0]).len(), 2);
    }
}
