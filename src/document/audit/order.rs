//! Tests the order of legs, and finds gaps between them.

use super::{AuditRun, Finding, Verdict};

impl AuditRun<'_> {
    /// Tests that legs follow the order of the line, and that each starts where a previous one ends.
    pub(super) fn order(&mut self) {
        match self.sequence() {
            Some(keyed) => self.on_the_line(keyed),
            None => self.in_the_text(),
        }
    }

    /// The legs with both ends on the line and without contradictions, with their start and end chainage order.
    fn sequence(&self) -> Option<Vec<(usize, usize, usize)>> {
        let ground = self.ground.as_ref()?;
        let stretch = |at: &usize| ground.stretch(&self.legs[*at]);
        let first = (0..self.legs.len()).find_map(|at| stretch(&at))?.from;
        let count = ground.points.len();
        let turn = |index: usize| if ground.closed { (index + count - 1 - first) % (count - 1) } else { index };
        let end = |from: usize, to: usize| {
            let end = turn(to);
            if ground.closed && end <= turn(from) { end + count - 1 } else { end }
        };
        let sound = (0..self.legs.len()).filter(|at| !self.contradicted(*at));
        Some(sound.filter_map(|at| stretch(&at).map(|s| (at, turn(s.from), end(s.from, s.to)))).collect())
    }

    fn on_the_line(&mut self, keyed: Vec<(usize, usize, usize)>) {
        let forward = longest(&keyed.iter().map(|(_, from, _)| *from as i64).collect::<Vec<_>>());
        let backward = longest(&keyed.iter().map(|(_, from, _)| -(*from as i64)).collect::<Vec<_>>());
        let kept = if backward.len() > forward.len() { backward } else { forward };
        let mut in_order = vec![false; keyed.len()];
        kept.into_iter().for_each(|at| in_order[at] = true);
        let out_of_order: Vec<usize> = (0..keyed.len()).filter(|at| !in_order[*at]).collect();
        for at in out_of_order {
            let rule = "legs stand in the order of the line".to_owned();
            let leg = keyed[at].0;
            let stated = self.name_of(leg);
            let finding = Finding {
                verdict: Verdict::Contradict,
                stated,
                expected: "another place in the text".to_owned(),
                tolerance: None,
                rule,
            };
            self.enter(leg, "order", &["from"], 0, finding);
        }
        let mut sorted = keyed;
        sorted.sort_by_key(|(_, from, _)| *from);
        let gaps: Vec<(usize, usize)> =
            sorted.windows(2).filter(|pair| pair[0].2 != pair[1].1).map(|pair| (pair[0].0, pair[1].0)).collect();
        for (before, after) in gaps {
            // A contradictory leg between them already explains the gap.
            let (low, high) = (before.min(after), before.max(after));
            if (low..=high).any(|at| self.contradicted(at)) {
                continue;
            }
            self.gap(before, after);
        }
    }

    /// Without a line: tests that each leg starts where the previous one ends.
    fn in_the_text(&mut self) {
        for after in 1..self.legs.len() {
            let (end, start) = (&self.legs[after - 1].to, &self.legs[after].from);
            let stated = self.legs[after].leg.from.as_ref().is_some_and(|from| from.id.is_some());
            if let (Some(end), Some(start), true) = (end, start, stated)
                && end != start
            {
                self.gap(after - 1, after);
            }
        }
    }

    fn gap(&mut self, before: usize, after: usize) {
        let end = self.legs[before].to.clone().unwrap_or_default();
        let stated = self.legs[after].from.clone().unwrap_or_default();
        let expected = format!("a leg from {end} to {stated}");
        let rule = "each leg begins where another ends".to_owned();
        self.enter(
            after,
            "order",
            &["from"],
            0,
            Finding { verdict: Verdict::Contradict, stated, expected, tolerance: None, rule },
        );
    }

    fn name_of(&self, at: usize) -> String {
        let leg = &self.legs[at];
        let shown = |name: &Option<String>| name.clone().unwrap_or_else(|| "?".to_owned());
        format!("{} to {}", shown(&leg.from), shown(&leg.to))
    }
}

/// Indices of a longest strictly increasing subsequence.
fn longest(keys: &[i64]) -> Vec<usize> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before = vec![usize::MAX; keys.len()];
    for at in 0..keys.len() {
        let place = tails.partition_point(|tail| keys[*tail] < keys[at]);
        if place > 0 {
            before[at] = tails[place - 1];
        }
        if place == tails.len() { tails.push(at) } else { tails[place] = at }
    }
    let mut out = Vec::new();
    let mut at = tails.last().copied().unwrap_or(usize::MAX);
    while at != usize::MAX {
        out.push(at);
        at = before[at];
    }
    out.reverse();
    out
}
