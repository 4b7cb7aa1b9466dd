//! Uncertain crossings: where the accuracy of positions does not determine in whose territory a route runs.

use super::pieces::LineSplitter;
use crate::model::{EdgeTree, Evidence, Provenance, RelativeAccuracy, Route, Territory, UncertainRule};
use crate::topology::Measured;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// The meaning of `uncertain`, for the method note of a report.
pub const UNCERTAIN: &str = "the route gets no farther from the line, before or after the crossing, than the accuracy of both \
     (1σ; root of the sum of squares of what route and territories concerned state, a datum operation common to both \
     cancels), or is a chain of waypoints; unknown: an accuracy is not stated and the rest does not decide";

/// Tolerance for rounding of chainages, in metres.
const SAME_M: f64 = 1e-3;

/// A stretch on which a route is closer to a line than the accuracy of both and that is not a certain crossing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct NearLine {
    /// Chainage of its start in metres.
    pub from_m: f64,
    /// Chainage of its end in metres.
    pub to_m: f64,
    /// Its length in metres.
    pub length_m: f64,
    /// The territories that the lines bound, in alphabetical order.
    pub territories: Vec<String>,
    /// The greatest combined accuracy in metres (1σ) of the route and one of the lines, as far as stated.
    pub within_m: f64,
    /// Number of crossings in it; if 0, the route may nevertheless cross there.
    pub crossings: usize,
}

/// A stretch of a route by chainage, with the territories that cover it.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub from_m: f64,
    pub to_m: f64,
    pub by: Vec<usize>,
}

/// The assessment of one crossing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Verdict {
    /// Whether it is uncertain; `None` if that is not known.
    pub uncertain: Option<bool>,
    /// The accuracy in metres used for the assessment, as far as stated.
    pub accuracy_m: Option<f64>,
}

/// The provenance of answers on crossings, which may be uncertain.
pub(super) fn of_crossings(routes: &[Route], territories: &[Territory]) -> Provenance {
    let features = routes.iter().map(|route| &route.meta).chain(territories.iter().map(|territory| &territory.meta));
    Provenance { uncertain: Some(UncertainRule::Crossing), ..Provenance::of(features) }
}

/// Territories grouped by their stated accuracy.
pub(super) struct Accuracies {
    classes: Vec<Evidence>,
    class_of: Vec<usize>,
}

impl Accuracies {
    pub fn new<T: Borrow<Territory>>(territories: &[T]) -> Self {
        let (mut classes, mut class_of): (Vec<Evidence>, _) = (Vec::new(), Vec::with_capacity(territories.len()));
        let mut numbers = BTreeMap::new();
        for Evidence { position_accuracy_m, datum, .. } in territories.iter().map(|t| &t.borrow().meta.evidence) {
            let key = (
                position_accuracy_m.map(f64::to_bits),
                datum.as_ref().map(|d| (&d.operation, d.accuracy_m.map(f64::to_bits))),
            );
            class_of.push(*numbers.entry(key).or_insert_with(|| {
                let (position_accuracy_m, datum) = (*position_accuracy_m, datum.clone());
                classes.push(Evidence { position_accuracy_m, datum, ..Evidence::default() });
                classes.len() - 1
            }));
        }
        Accuracies { classes, class_of }
    }

    /// The combined accuracy of a route and each territory.
    pub fn against(&self, route: &Evidence, otherwise_m: Option<f64>) -> Against<'_> {
        let by_class = self.classes.iter().map(|class| RelativeAccuracy::of(route, class, otherwise_m)).collect();
        Against { by_class, class_of: &self.class_of }
    }
}

/// The combined accuracy of a route and each territory.
pub(super) struct Against<'a> {
    by_class: Vec<RelativeAccuracy>,
    class_of: &'a [usize],
}

impl Against<'_> {
    fn of(&self, territory: usize) -> RelativeAccuracy {
        self.by_class[self.class_of[territory]]
    }

    fn worst_m(&self) -> f64 {
        self.by_class.iter().map(|mutual| mutual.at_least_m).fold(0.0, f64::max)
    }
}

/// Stretches, as chainages in metres.
type Stretches = Vec<(f64, f64)>;

/// Assesses whether each crossing is uncertain, and lists the stretches near lines that are not certain crossings.
///
/// # Method
/// For each territory, the stretches of the route within the accuracy of its outline are computed along the edges of
/// both. An entry or exit is certain if its stretch contains only that one change and the route is farther away at both
/// ends of the stretch. A crossing is certain if every change in it is; a crossing into land of no territory, if the
/// route there gets farther from all outlines than the accuracy.
pub(super) fn doubts(
    held: &[Held],
    line: impl Fn() -> Measured,
    splitter: &LineSplitter<'_>,
    accuracy: &Against<'_>,
    name: &dyn Fn(usize) -> String,
) -> (Vec<Verdict>, Vec<NearLine>) {
    let (Some(first), Some(last)) = (held.first(), held.last()) else { return Default::default() };
    let near = near(line, splitter, accuracy);
    let anyone = merged(near.values().flatten().copied().collect());
    let mut changes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (crossing, pair) in held.windows(2).enumerate() {
        changing(&pair[0].by, &pair[1].by).for_each(|t| changes.entry(t).or_default().push(crossing));
    }
    let at_m = |crossing: usize| held[crossing].to_m;
    // Whether the entry or exit of a territory at a crossing is uncertain.
    let open = |territory: usize, crossing: usize| {
        let around = near.get(&territory).and_then(|all| around(all, at_m(crossing)));
        around.is_some_and(|(from_m, to_m)| {
            let at = &changes[&territory];
            let i = at.partition_point(|&other| other < crossing);
            from_m <= first.from_m + SAME_M
                || to_m >= last.to_m - SAME_M
                || (i > 0 && at_m(at[i - 1]) >= from_m)
                || at.get(i + 1).is_some_and(|&next| at_m(next) <= to_m)
        })
    };
    let nowhere = |held: &Held| {
        let middle = (held.from_m + held.to_m) / 2.0;
        let covers = |(from_m, to_m)| from_m <= held.from_m + SAME_M && to_m >= held.to_m - SAME_M;
        held.by.is_empty() && around(&anyone, middle).is_some_and(covers)
    };
    let verdict = |(crossing, pair): (usize, &[Held])| {
        let concerned = || changing(&pair[0].by, &pair[1].by);
        let uncertain = concerned().any(|t| open(t, crossing)) || pair.iter().any(nowhere);
        let complete = concerned().all(|t| accuracy.of(t).complete);
        let accuracy_m =
            concerned().map(|t| accuracy.of(t).at_least_m).reduce(f64::max).filter(|m| complete || *m > 0.0);
        Verdict { uncertain: (uncertain || complete).then_some(uncertain), accuracy_m }
    };
    let verdicts: Vec<Verdict> = held.windows(2).enumerate().map(verdict).collect();
    let mut doubtful: Vec<(f64, f64, usize)> = Vec::new();
    for (&territory, stretches) in &near {
        let at = changes.get(&territory).map_or(&[][..], Vec::as_slice);
        for &(from_m, to_m) in stretches {
            let begin = at.partition_point(|&c| at_m(c) < from_m - SAME_M);
            let inside = at[begin..].iter().take_while(|&&c| at_m(c) <= to_m + SAME_M);
            let mut inside = inside.peekable();
            if inside.peek().is_none() || inside.any(|&c| verdicts[c].uncertain == Some(true)) {
                doubtful.push((from_m, to_m, territory));
            }
        }
    }
    (verdicts, rows(doubtful, held, accuracy, name))
}

/// Territories that cover only one of two stretches.
fn changing<'h>(before: &'h [usize], after: &'h [usize]) -> impl Iterator<Item = usize> + 'h {
    let only = |a: &'h [usize], b: &'h [usize]| a.iter().copied().filter(move |t| !b.contains(t));
    only(before, after).chain(only(after, before))
}

/// Stretches of a line within the accuracy of each territory's outline.
fn near(
    line: impl Fn() -> Measured,
    splitter: &LineSplitter<'_>,
    accuracy: &Against<'_>,
) -> BTreeMap<usize, Stretches> {
    let mut near: BTreeMap<usize, Stretches> = BTreeMap::new();
    let worst_m = accuracy.worst_m();
    if worst_m == 0.0 {
        return near;
    }
    let line = line();
    let Some(bounds) = line.bounds() else { return near };
    let parts = splitter.parts_near(bounds, worst_m);
    for parts in parts.chunk_by(|a, b| splitter.territory(*a) == splitter.territory(*b)) {
        let territory = splitter.territory(parts[0]);
        let within_m = accuracy.of(territory).at_least_m;
        if within_m > 0.0 {
            let found: Stretches = match parts.iter().any(|part| splitter.may_continue(*part)) {
                true => {
                    let outline = splitter.outline(territory).iter().map(Vec::as_slice);
                    line.within(&EdgeTree::new(outline), within_m)
                }
                false => parts.iter().flat_map(|part| line.within(splitter.tree(*part), within_m)).collect(),
            };
            if !found.is_empty() {
                near.entry(territory).or_default().extend(found);
            }
        }
    }
    near.values_mut().for_each(|all| *all = merged(std::mem::take(all)));
    near
}

/// Sorts stretches and merges those that touch.
fn merged(mut all: Stretches) -> Stretches {
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut out: Stretches = Vec::new();
    for (from_m, to_m) in all {
        match out.last_mut() {
            Some(last) if from_m <= last.1 + SAME_M => last.1 = last.1.max(to_m),
            _ => out.push((from_m, to_m)),
        }
    }
    out
}

/// The stretch that contains a chainage.
fn around(all: &Stretches, at_m: f64) -> Option<(f64, f64)> {
    let i = all.partition_point(|(_, to_m)| *to_m < at_m - SAME_M);
    all.get(i).copied().filter(|(from_m, _)| *from_m <= at_m + SAME_M)
}

/// Merges overlapping stretches near the lines of several territories into rows.
fn rows(
    mut doubtful: Vec<(f64, f64, usize)>,
    held: &[Held],
    accuracy: &Against<'_>,
    name: &dyn Fn(usize) -> String,
) -> Vec<NearLine> {
    doubtful.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut rows: Vec<NearLine> = Vec::new();
    for (from_m, to_m, territory) in doubtful {
        let within_m = accuracy.of(territory).at_least_m;
        match rows.last_mut() {
            Some(row) if from_m <= row.to_m => {
                row.to_m = row.to_m.max(to_m);
                row.within_m = row.within_m.max(within_m);
                row.territories.push(name(territory));
            }
            _ => {
                let territories = vec![name(territory)];
                rows.push(NearLine { from_m, to_m, length_m: 0.0, territories, within_m, crossings: 0 });
            }
        }
    }
    for row in &mut rows {
        row.territories.sort();
        row.territories.dedup();
        row.length_m = row.to_m - row.from_m;
        let before = |at_m: f64| held[..held.len() - 1].partition_point(|h| h.to_m < at_m);
        row.crossings = before(row.to_m + SAME_M) - before(row.from_m - SAME_M);
    }
    rows
}
