//! Tests flow directions of rivers, and what lies on which side.

use super::against::{Sought, means};
use super::ground::Stretch;
use super::{AuditRun, Finding, Verdict};
use crate::document::description::{Hand, LeftOnSide, Stream, Wind, Words};
use crate::document::parse::word_of;
use crate::document::stating::turned_deg;
use crate::earth::distance_m;
use geo::Coord;

/// A river farther from a leg than this, in metres, is another one.
const NEAR_M: f64 = 1000.0;

/// Tests whether a wind agrees with the azimuth to which a side faces.
fn towards(azimuth: f64, wind: Wind) -> (Verdict, String) {
    let off = turned_deg(azimuth, wind.azimuth_deg()).abs();
    let verdict = if off < 80.0 {
        Verdict::Agree
    } else if off <= 100.0 {
        Verdict::Undecidable
    } else {
        Verdict::Contradict
    };
    (verdict, format!("{:.0}°", azimuth.rem_euclid(360.0)))
}

/// The point of a line nearest to a position: its chainage, the distance, and the signed side (left positive). At a
/// vertex both edges determine the side: at a left turn, left of both; at a right turn, left of either.
fn nearest(line: &[Coord], at: Coord) -> Option<(f64, f64, f64)> {
    let mut chainage = 0.0;
    let mut best: Option<(f64, f64, usize, f64)> = None;
    // Local scale: degrees of longitude shrink with the cosine of latitude.
    let scale = at.y.to_radians().cos();
    let flat = |c: Coord| ((c.x - at.x) * scale, c.y - at.y);
    for (edge, pair) in line.windows(2).enumerate() {
        let ((ax, ay), (bx, by)) = (flat(pair[0]), flat(pair[1]));
        let (dx, dy) = (bx - ax, by - ay);
        let square = dx * dx + dy * dy;
        let share = if square > 0.0 { (-(ax * dx + ay * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
        let foot =
            Coord { x: pair[0].x + share * (pair[1].x - pair[0].x), y: pair[0].y + share * (pair[1].y - pair[0].y) };
        let length = distance_m(pair[0], pair[1]);
        let away = distance_m(at, foot);
        if best.is_none_or(|(_, least, ..)| away < least) {
            best = Some((chainage + share * length, away, edge, share));
        }
        chainage += length;
    }
    let (chainage, away, edge, share) = best?;
    let left = |a: Coord, b: Coord, c: Coord| {
        let ((ax, ay), (bx, by), (cx, cy)) = (flat(a), flat(b), flat(c));
        (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    };
    let of_edge = |edge: usize| left(line[edge], line[edge + 1], at);
    let pair = match share {
        s if s <= 0.0 && edge > 0 => Some((edge - 1, edge)),
        s if s >= 1.0 && edge + 2 < line.len() => Some((edge, edge + 1)),
        _ => None,
    };
    let side = match pair {
        Some((a, b)) if left(line[a], line[a + 1], line[b + 1]) > 0.0 => of_edge(a).min(of_edge(b)),
        Some((a, b)) => of_edge(a).max(of_edge(b)),
        None => of_edge(edge),
    };
    Some((chainage, away, side))
}

fn of_words(words: &Words, data: &[String]) -> bool {
    words.0.values().any(|text| data.iter().any(|name| means(text, name)))
}

impl AuditRun<'_> {
    /// Tests upstream or downstream: the direction of the leg against that of the river.
    pub(super) fn streams(&mut self, at: usize) {
        let leg = &self.legs[at];
        let Some(part) = leg.leg.parts.iter().find(|part| part.stream.is_some()) else { return };
        let Some(stated) = part.stream else { return };
        if leg.leg.parts.len() > 1 {
            let why = "where the part of the leg along the river begins and ends is not known";
            self.enter(at, "stream", &["stream"], 0, Finding::not_tested(word_of(&stated), why));
            return;
        }
        let Some(ground) = &self.ground else { return };
        let Some(stretch) = ground.stretch(leg) else { return };
        let shown = word_of(&stated);
        let finding = if !self.against.has_rivers {
            Finding {
                verdict: Verdict::Undecidable,
                stated: shown,
                expected: String::new(),
                tolerance: None,
                rule: "which way the river flows is not known: no rivers are given".to_owned(),
            }
        } else {
            self.flow(&stretch, stated, shown)
        };
        self.enter(at, "stream", &["stream"], 0, finding);
    }

    fn flow(&self, stretch: &Stretch, stated: Stream, shown: String) -> Finding {
        let Some(ground) = &self.ground else { return Finding::not_tested(shown, "no line") };
        let (first, last) = (ground.points[stretch.from].position, ground.points[stretch.to].position);
        let (there, back) = (self.against.on_rivers(first, NEAR_M), self.against.on_rivers(last, NEAR_M));
        let along = there.iter().filter_map(|(river, a)| {
            let b = back.get(river)?;
            Some((a.away_m.max(b.away_m), b.chainage_m - a.chainage_m, *river))
        });
        let Some((away, downstream_m, _)) = along.min_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2))) else {
            return Finding::not_tested(shown, "no river runs along the leg");
        };
        let rule = format!(
            "the leg runs {:.0} m along a river that is digitised downstream, at most {away:.0} m off it",
            downstream_m
        );
        let found = if downstream_m > 0.0 { Stream::Down } else { Stream::Up };
        // A river that passes an end more than once, as along a ring, is not this long between the ends.
        let off_m = (downstream_m.abs() - stretch.path_m).abs();
        let is_along = off_m <= 0.5 * stretch.path_m + 2.0 * away.max(self.options.accuracy_m);
        let rule = match is_along {
            true => rule,
            false => format!("{rule}; the leg is {:.0} m long", stretch.path_m),
        };
        let verdict = match () {
            () if !is_along => Verdict::Undecidable,
            () if downstream_m.abs() <= 2.0 * away.max(self.options.accuracy_m) => Verdict::Undecidable,
            () if found == stated => Verdict::Agree,
            () => Verdict::Contradict,
        };
        Finding { verdict, stated: shown, expected: word_of(&found), tolerance: None, rule }
    }

    /// Tests what is left on which side.
    pub(super) fn sides(&mut self, at: usize) {
        let Some(ground) = &self.ground else { return };
        let leg = &self.legs[at];
        let Some(stretch) = ground.stretch(leg) else { return };
        let mut findings: Vec<(usize, Finding)> = Vec::new();
        let all = leg.leg.parts.iter().flat_map(|part| part.leaves.iter().map(move |leaf| (leaf, part.follow)));
        for (nth, (leaf, _)) in all.enumerate() {
            findings.push((nth, self.allotted(leaf, &stretch)));
        }
        for side in &leg.leg.sides {
            let Some(hand) = side.hand else { continue };
            findings.extend(self.facing_wind(hand, side.wind, &stretch).map(|finding| (0, finding)));
            findings.extend(self.on_hand(hand, &side.territory).map(|finding| (0, finding)));
        }
        for (nth, finding) in findings {
            self.enter(at, "side", &["leaves", "side"], nth, finding);
        }
    }

    /// Names of the territory on the left of the line.
    fn left(&self) -> &[String] {
        self.line.map_or(&[], |line| &line.left)
    }

    fn right(&self) -> &[String] {
        self.line.map_or(&[], |line| &line.right)
    }

    /// Tests a hand against the wind stated for that side.
    fn facing_wind(&self, hand: Hand, wind: Option<Wind>, stretch: &Stretch) -> Option<Finding> {
        let wind = wind?;
        let turn = if hand == Hand::Left { -90.0 } else { 90.0 };
        let (verdict, expected) = towards(stretch.chord_deg + turn, wind);
        let rule = "the left of a leg is 90° before its azimuth".to_owned();
        Some(Finding { verdict, stated: format!("{} is {wind:?}", word_of(&hand)), expected, tolerance: None, rule })
    }

    /// Tests the territory stated for a hand against those of the line.
    fn on_hand(&self, hand: Hand, territory: &Words) -> Option<Finding> {
        let name = territory.0.values().next()?;
        let stated = format!("{}: {name}", word_of(&hand));
        let (here, there) = match hand {
            Hand::Left => (self.left(), self.right()),
            Hand::Right => (self.right(), self.left()),
        };
        let rule = "the territory on a hand, looking along the line".to_owned();
        let (verdict, rule) = match () {
            () if here.is_empty() || there.is_empty() => {
                (Verdict::NotTested, "which territory is left and which is right is not known".to_owned())
            }
            () if of_words(territory, here) => (Verdict::Agree, rule),
            () if of_words(territory, there) => (Verdict::Contradict, rule),
            () => (Verdict::NotTested, format!("{rule}; which of the territories is meant is not known")),
        };
        let expected = here.first().cloned().unwrap_or_default();
        Some(Finding { verdict, stated, expected, tolerance: None, rule })
    }

    fn allotted(&self, leaf: &LeftOnSide, stretch: &Stretch) -> Finding {
        let what = word_of(&leaf.what.class).replace("null", "");
        let what = format!("{what} {}", leaf.what.name.0.values().next().cloned().unwrap_or_default());
        let what = if leaf.what.anaphora { "it".to_owned() } else { what.trim().to_owned() };
        let territory = leaf.territory.0.values().next().cloned().unwrap_or_default();
        let side = leaf.to_the.map_or(String::new(), |wind| format!("{wind:?}"));
        let stated = format!("{what}: {territory}{side}");
        let Some(ground) = &self.ground else { return Finding::not_tested(stated, "no line") };
        if leaf.what.anaphora || leaf.what.name.is_empty() {
            return Finding::not_tested(stated, "the object has no name by which it could be found");
        }
        let (low, high) = (stretch.from.min(stretch.to), stretch.from.max(stretch.to));
        // With one more edge on either end: objects beyond an end of the leg are beside the next edge.
        let (first, last) = (low.saturating_sub(1), (high + 1).min(ground.points.len() - 1));
        let path: Vec<Coord> = ground.points[first..=last].iter().map(|point| point.position).collect();
        // Of several objects of one name the one of its kind, and the nearest to the leg.
        let sought = Sought::of(&leaf.what);
        let place = |number: u32| &self.against.places[number as usize];
        let all = self.against.named(&sought).into_iter();
        let all = all.filter_map(|number| Some((number, nearest(&path, place(number).position)?)));
        let rank = |number: u32| !self.against.of_class(&sought, number);
        let found = all.min_by(|(a, x), (b, y)| rank(*a).cmp(&rank(*b)).then(x.1.total_cmp(&y.1)));
        let found = found.map(|(number, near)| (place(number), near));
        let Some((place, (_, away, left))) = found else {
            return Finding::not_tested(stated, "where the object lies is not known");
        };
        if away <= 2.0 * self.options.accuracy_m {
            let rule = format!("the object is {away:.0} m from the line, within the accuracy of the positions");
            return Finding { verdict: Verdict::Undecidable, stated, expected: String::new(), tolerance: None, rule };
        }
        // Left in the direction of the line's coordinates.
        let is_left = left > 0.0;
        let hand = if is_left { "left" } else { "right" };
        let rule =
            format!("{} lies {hand} of the line, {away:.0} m away", place.names.first().map_or("", String::as_str));
        if let Some(wind) = leaf.to_the {
            let turn = if is_left == (stretch.from <= stretch.to) { -90.0 } else { 90.0 };
            let (verdict, expected) = towards(stretch.chord_deg + turn, wind);
            return Finding { verdict, stated, expected, tolerance: None, rule };
        }
        let (here, there) = if is_left { (self.left(), self.right()) } else { (self.right(), self.left()) };
        let (verdict, expected) = match () {
            () if here.is_empty() || there.is_empty() => (Verdict::NotTested, String::new()),
            () if of_words(&leaf.territory, here) => (Verdict::Agree, here[0].clone()),
            () if of_words(&leaf.territory, there) => (Verdict::Contradict, here[0].clone()),
            () => (Verdict::NotTested, here[0].clone()),
        };
        let rule = match verdict {
            Verdict::NotTested if expected.is_empty() => {
                "which territory is left and which is right is not known".to_owned()
            }
            Verdict::NotTested => format!("{rule}; which of the territories is meant is not known"),
            _ => rule,
        };
        Finding { verdict, stated, expected, tolerance: None, rule }
    }
}
