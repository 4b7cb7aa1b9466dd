//! Formats locations of points.

use super::localizer::{Case, Gender, Localizer};
use crate::document::description::{
    BankSide, Direction, FeatureLine, Heading, LandmarkClass, LiesOn, PointKind, PointLocation, PointRef, Tie,
};

impl BankSide {
    pub(in crate::document) const fn message(self) -> &'static str {
        match self {
            BankSide::Left => "bank-left",
            BankSide::Right => "bank-right",
        }
    }
}

impl FeatureLine {
    /// The message of a feature line; lines found only in old texts use the nearest current one.
    pub(in crate::document) const fn message(self) -> &'static str {
        match self {
            FeatureLine::Middle | FeatureLine::Bank | FeatureLine::Edge | FeatureLine::MeanHighWater => "line-middle",
            FeatureLine::Median => "line-median",
            FeatureLine::Thalweg => "line-thalweg",
            FeatureLine::MainFairway => "line-main-fairway",
            FeatureLine::MainBranchMiddle => "line-main-branch-middle",
            FeatureLine::Bed => "line-bed",
            FeatureLine::Axis => "line-axis",
            FeatureLine::Centre => "line-centre",
        }
    }
}

impl Localizer {
    /// A point by its kind and number.
    pub(super) fn point(self, point: &PointRef, case: Case) -> String {
        let name = match point.kind {
            PointKind::Point => "point",
            PointKind::Turning => "point-turning",
            PointKind::Node => "point-node",
            PointKind::Mark => "point-mark",
            PointKind::Tripoint => "point-tripoint",
            PointKind::Start => "point-start",
            PointKind::End => "point-end",
        };
        let form = match (self.language(), case) {
            ("en", _) | (_, Case::Nominative) => 0,
            ("ru", _) | (_, Case::Ablative) => 1,
            _ => 2,
        };
        self.form_with(name, form, &[("id", point.id.as_deref().unwrap_or_default())])
    }

    pub(super) fn gender_of_point(self, kind: PointKind) -> Gender {
        if kind == PointKind::Mark { Gender::Masculine } else { Gender::Feminine }
    }

    /// A point with its location.
    pub(super) fn situated(self, point: &PointRef, place: &PointLocation, case: Case) -> String {
        let phrase = self.point(point, case);
        let place_phrase = self.place(place);
        if place_phrase.is_empty() {
            return phrase;
        }
        let case = if case == Case::Nominative { "nom" } else { "gen" };
        let gender = self.gender_of_point(point.kind).word();
        let message = if place.on.is_empty() { "situated" } else { "situated-on" };
        self.say(message, &[("point", &phrase), ("place", &place_phrase), ("gender", gender), ("case", case)])
    }

    /// "in the middle of that river, 0.34 km north-north-west of the bridge".
    pub(super) fn place(self, place: &PointLocation) -> String {
        let on = place.on.iter().map(|on| self.on(on));
        let at = place.at.iter().map(|at| self.say("at", &[("what", &self.object(at, Case::Genitive))]));
        let near = place.near.iter().map(|near| self.say("near", &[("what", &self.object(near, Case::Genitive))]));
        let ties = place.ties.iter().map(|tie| self.tie(tie));
        let on: Vec<String> = on.collect();
        let others: Vec<String> = at.chain(near).chain(ties).collect();
        let between = if self.language() == "hy" && !on.is_empty() && !others.is_empty() { "՝ " } else { ", " };
        [on.join(", "), others.join(", ")]
            .iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(between)
    }

    fn on(self, on: &LiesOn) -> String {
        let what = self.object(&on.landmark, Case::Genitive);
        match (on.bank, on.line, on.landmark.class) {
            (Some(bank), ..) => self.say("on-bank", &[("bank", &self.form(bank.message(), 1)), ("what", &what)]),
            (None, _, Some(LandmarkClass::Ridge)) => self.say("on-ridge", &[("what", &what)]),
            (None, Some(FeatureLine::Axis), _) => self.say("on-way", &[("what", &what)]),
            (None, line, _) => {
                let line = line.unwrap_or(FeatureLine::Middle);
                self.say("on-line", &[("line", &self.form(line.message(), 1)), ("what", &what)])
            }
        }
    }

    fn tie(self, tie: &Tie) -> String {
        let what = self.object(&tie.from, Case::Ablative);
        let (Some(distance), Some(direction)) = (&tie.distance, &tie.direction) else {
            return self.say("near", &[("what", &self.object(&tie.from, Case::Genitive))]);
        };
        let [n, unit] = self.length(distance);
        let is_approx = distance.approx || direction.approx;
        match &direction.heading {
            Heading::Bearing(bearing) => {
                let angle = self.angle(&bearing.angle);
                let message = if is_approx { "tie-azimuth-approx" } else { "tie-azimuth" };
                self.say(message, &[("n", &n), ("unit", &unit), ("what", &what), ("angle", &angle)])
            }
            Heading::Wind(wind) => {
                let wind = self.wind_of(*wind);
                let message = if is_approx { "tie-approx" } else { "tie" };
                self.say(message, &[("n", &n), ("unit", &unit), ("what", &what), ("wind", &wind)])
            }
            _ => self.say("near", &[("what", &self.object(&tie.from, Case::Genitive))]),
        }
    }

    /// "in a general south-westerly direction", "at an azimuth of 157°32′".
    pub(super) fn direction(self, direction: &Direction) -> String {
        let general = if direction.general { "-general" } else { "" };
        match &direction.heading {
            Heading::Wind(wind) => {
                let wind = self.wind(*wind);
                let article = if wind.starts_with('e') { "an" } else { "a" };
                self.say(&format!("direction{general}"), &[("wind", &wind), ("article", article)])
            }
            Heading::Bearing(bearing) => {
                self.say(&format!("direction-azimuth{general}"), &[("angle", &self.angle(&bearing.angle))])
            }
            Heading::Text(words) => self.name(words),
            _ => String::new(),
        }
    }
}
