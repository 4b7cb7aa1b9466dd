//! The protocol of a boundary mark as the blocks of a form.

use super::localizer::{Case, Localizer};
use super::paper::{Block, DescriptionPaper, Picture};
use crate::document::describe::Reference;
use crate::document::description::{Landmark, Words};
use crate::earth::{Axis, Dms};
use crate::question::{BoundaryMarkKind, Mark};

/// What the protocol of a mark says.
pub(in crate::document) struct Form<'a> {
    pub mark: &'a Mark,
    pub line: Words,
    pub left: Option<Words>,
    pub right: Option<Words>,
    /// The map sheet, at 1:50 000.
    pub sheet: Option<&'a str>,
    /// Headings of the columns of coordinates.
    pub systems: Vec<&'static str>,
    /// The mark on the line, then the posts of a pair.
    pub points: Vec<FormPoint>,
    /// To other marks.
    pub legs: Vec<FormLeg<'a>>,
    pub references: &'a [Reference],
    pub picture: Picture,
    /// Denominator of the scale of the picture, and zone of its grid.
    pub scale: u32,
    pub zone: String,
    pub parties: &'a [Words],
    /// Files with their hashes.
    pub data: &'a [(String, String)],
}

/// A point of a mark with its coordinates in each system.
pub(in crate::document) struct FormPoint {
    pub coordinates: Vec<String>,
    /// Azimuth in degrees and distance in metres from a post to the line.
    pub to_line: Option<(f64, f64)>,
}

/// The way to another mark.
pub(in crate::document) struct FormLeg<'a> {
    pub number: &'a str,
    pub azimuth_deg: f64,
    pub distance_m: f64,
    pub path_m: f64,
}

/// Says something in each language.
type Each<'e> = &'e dyn Fn(&dyn Fn(Localizer) -> String) -> Vec<String>;

/// Names of the posts of a pair, and of the place between them.
const POINTS: [&str; 3] = ["protocol-on-line", "protocol-post-left", "protocol-post-right"];

impl Form<'_> {
    pub(in crate::document) fn paper(self, languages: &[String]) -> DescriptionPaper {
        let voices: Vec<Localizer> = languages.iter().filter_map(|language| Localizer::of(language)).collect();
        let each = |say: &dyn Fn(Localizer) -> String| voices.iter().map(|voice| say(*voice)).collect::<Vec<_>>();
        let say = |message: &str| each(&|voice| voice.say(message, &[]));
        let one = |text: String| vec![text];
        let mut blocks =
            vec![Block::Title(each(&|voice| voice.say("protocol-title", &[("number", &self.mark.number)])))];
        let mut facts: Vec<Vec<Vec<String>>> = Vec::new();
        let mut fact = |name: &str, texts: Vec<String>| facts.push(vec![say(name), texts]);
        let is_pair = self.points.len() > 1;
        let kind = format!("protocol-kind-{}", self.mark.kind.word());
        let state = if self.mark.existing { "protocol-standing" } else { "protocol-planned" };
        let place = match (self.mark.kind, is_pair) {
            (_, true) => "protocol-on-banks",
            (BoundaryMarkKind::Junction, _) => "protocol-at-junction",
            _ => "protocol-on-line",
        };
        fact("protocol-line", each(&|voice| voice.name(&self.line)));
        fact("protocol-kind", each(&|voice| format!("{}; {}", voice.say(&kind, &[]), voice.say(state, &[]))));
        fact("protocol-place", say(place));
        fact("protocol-chainage", one(format!("{:.2}", self.mark.chainage_m)));
        for (name, side) in [("protocol-left", &self.left), ("protocol-right", &self.right)] {
            if let Some(side) = side {
                fact(name, each(&|voice| voice.name(side)));
            }
        }
        if let Some(height_m) = self.mark.height_m {
            fact("protocol-height", one(format!("{height_m:.1}")));
        }
        if let Some(sheet) = self.sheet {
            fact("protocol-sheet", one(sheet.to_owned()));
        }
        // Known on the ground alone.
        fact("protocol-material", one(String::new()));
        blocks.push(Block::Form { shares: vec![2, 3], headings: Vec::new(), rows: facts });
        let mut headings = vec![say("protocol-coordinates")];
        headings.extend(self.systems.iter().map(|system| one((*system).to_owned())));
        let coordinates = self.points.iter().zip(POINTS).map(|(point, name)| {
            let name = if is_pair { say(name) } else { say("protocol-mark") };
            std::iter::once(name).chain(point.coordinates.iter().cloned().map(one)).collect()
        });
        let shares = std::iter::once(4).chain(self.systems.iter().map(|_| 5)).collect();
        blocks.push(Block::Form { shares, headings, rows: coordinates.collect() });
        blocks.push(self.directions(&say, &each));
        blocks.push(Block::Picture(self.picture));
        let scale = self.scale.to_string();
        blocks.push(Block::Note(each(&|voice| voice.say("protocol-note", &[("scale", &scale), ("zone", &self.zone)]))));
        let blank = [Words::default(), Words::default()];
        let parties = if self.parties.is_empty() { &blank } else { self.parties };
        let signature = |party: &Words| {
            each(&|voice| voice.say("protocol-signature", &[("party", &voice.name(party))]).trim().to_owned())
        };
        blocks.push(Block::Signatures(parties.iter().map(signature).collect()));
        let data: Vec<String> = self.data.iter().map(|(file, hash)| format!("{file} SHA-256 {hash}")).collect();
        blocks.push(Block::Note(one(format!("{}. {}", crate::map::PROGRAM, data.join("; ")))));
        let languages = voices.iter().map(|voice| voice.language().to_owned()).collect();
        DescriptionPaper { languages, blocks, is_form: true }
    }

    /// Azimuths and distances: to the marks beside it, from the posts to the line, from permanent objects.
    fn directions(&self, say: &dyn Fn(&str) -> Vec<String>, each: Each<'_>) -> Block {
        let one = |text: String| vec![text];
        let own = || one(self.mark.number.clone());
        let azimuth = |deg: f64| one(Dms::of(deg, 0).written(Axis::Azimuth));
        let metres = |m: f64| one(format!("{m:.2}"));
        let mut rows: Vec<Vec<Vec<String>>> = Vec::new();
        for leg in &self.legs {
            let ends = [own(), one(leg.number.to_owned())];
            rows.push([ends, [azimuth(leg.azimuth_deg), metres(leg.distance_m)]].concat());
            rows.last_mut().expect("it was pushed").push(metres(leg.path_m));
        }
        for (point, name) in self.points.iter().zip(POINTS) {
            if let Some((azimuth_deg, distance_m)) = point.to_line {
                let ends = [say(name), say(POINTS[0])];
                rows.push([&ends[..], &[azimuth(azimuth_deg), metres(distance_m), one(String::new())]].concat());
            }
        }
        for reference in self.references {
            let object: &Landmark = &reference.landmark;
            let ends = [each(&|voice| voice.object(object, Case::Ablative)), own()];
            let angle = each(&|voice| voice.angle(&reference.azimuth));
            let distance = one(reference.distance.value.digits().to_owned());
            rows.push([&ends[..], &[angle, distance, one(String::new())]].concat());
        }
        let headings = ["from", "to", "azimuth", "distance", "along"];
        let headings = headings.map(|name| say(&format!("protocol-{name}"))).into();
        Block::Form { shares: vec![5, 3, 2, 2, 2], headings, rows }
    }
}
