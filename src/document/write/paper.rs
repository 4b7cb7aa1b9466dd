//! The complete paper (head, rules, sectors, totals and annexes) as blocks that an output format renders.

use super::localizer::{Case, Localizer};
use crate::document::Catalogue;
use crate::document::description::{
    Authority, Conventions, Description, LengthUnit, Rule, Section, StatedLength, StraightEdge, Total, WindCount,
};
use rayon::prelude::*;

/// A paper in one or several languages.
#[derive(Debug, Clone, PartialEq)]
pub struct DescriptionPaper {
    /// The codes of its languages, in the order of the columns.
    pub languages: Vec<String>,
    /// Its blocks, from top to bottom.
    pub blocks: Vec<Block>,
    /// Whether it is a form: upright A4, with texts in several languages one below the other or in one line, not in columns.
    pub is_form: bool,
}

/// A block of a paper. Texts have one entry for each language.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The title.
    Title(Vec<String>),
    /// A heading.
    Heading(Vec<String>),
    /// A paragraph.
    Paragraph(Vec<String>),
    /// A paragraph in small type.
    Note(Vec<String>),
    /// A table with its headings in all languages.
    Table {
        /// Headings, each in all languages.
        headings: Vec<Vec<String>>,
        /// Rows of cells.
        rows: Vec<Vec<String>>,
    },
    /// A table whose cells have texts in all languages, or one text for all; without headings, the first column has them.
    Form {
        /// Share of each column in the width.
        shares: Vec<usize>,
        /// Headings, each in all languages.
        headings: Vec<Vec<String>>,
        /// Rows of cells, each with its texts.
        rows: Vec<Vec<Vec<String>>>,
    },
    /// A picture with its description.
    Picture(Picture),
    /// Lines for the signatures of the parties, by their names.
    Signatures(Vec<Vec<String>>),
    /// What follows begins on a new page.
    NextPage,
}

/// A picture in a paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// As SVG that needs no fonts.
    pub svg: String,
    /// As PNG, for formats that need one; there, a picture without it is its description.
    pub png: Option<Vec<u8>>,
    /// Width and height in millimetres.
    pub size_mm: [f64; 2],
    /// What it shows, in all languages.
    pub texts: Vec<String>,
}

/// Returns a description as a paper in these languages, with the annexed catalogue of coordinates.
///
/// Languages without texts are left out; [`description_languages`](super::description_languages) lists those that
/// have some.
pub fn paper(description: &Description, languages: &[String], annex: Option<&Catalogue>) -> DescriptionPaper {
    let voices: Vec<Localizer> = languages.iter().filter_map(|language| Localizer::of(language)).collect();
    let mut writer = Writer { voices, blocks: Vec::new() };
    writer.head(description);
    writer.rules(description);
    for (i, section) in description.sections.iter().enumerate() {
        writer.section(i + 1, section);
    }
    writer.end(description);
    writer.annexes(description, annex);
    let languages = writer.voices.iter().map(|localizer| localizer.language().to_owned()).collect();
    DescriptionPaper { languages, blocks: writer.blocks, is_form: false }
}

struct Writer {
    voices: Vec<Localizer>,
    blocks: Vec<Block>,
}

impl Writer {
    fn each(&self, say: impl Fn(Localizer) -> String) -> Vec<String> {
        self.voices.iter().map(|localizer| say(*localizer)).collect()
    }

    fn heading(&mut self, message: &str) {
        let texts = self.each(|localizer| localizer.say(message, &[]));
        self.blocks.push(Block::Heading(texts));
    }

    /// A paragraph, unless it is empty in all languages.
    fn paragraph(&mut self, say: impl Fn(Localizer) -> Option<String>) {
        let texts = self.each(|localizer| say(localizer).unwrap_or_default());
        if texts.iter().any(|text| !text.is_empty()) {
            self.blocks.push(Block::Paragraph(texts));
        }
    }

    fn head(&mut self, description: &Description) {
        let title = match description.title.is_empty() {
            false => self.each(|localizer| localizer.name(&description.title)),
            true => self.each(|localizer| localizer.title(description)),
        };
        self.blocks.push(Block::Title(title));
        self.paragraph(|localizer| Some(localizer.name(&description.place_and_date)).filter(|text| !text.is_empty()));
        if !description.parties.is_empty() {
            self.heading("parties");
            for party in &description.parties {
                self.paragraph(|localizer| Some(localizer.name(party)));
            }
        }
        if !description.basis.is_empty() {
            self.heading("basis");
            for basis in &description.basis {
                self.paragraph(|localizer| Some(localizer.name(basis)));
            }
        }
        if description.rules.contains(&Rule::LineAndSurface) {
            self.heading("definitions");
            self.paragraph(|localizer| localizer.rule(&Rule::LineAndSurface));
        }
        if !description.sources.is_empty() {
            self.heading("sources");
            for source in &description.sources {
                self.paragraph(|localizer| {
                    let (name, date) = (localizer.name(&source.name), source.date.as_deref());
                    let dated = |date| localizer.say("source-line", &[("name", &name), ("date", date)]);
                    Some(date.map_or_else(|| localizer.sentence(&name), dated))
                });
            }
            let accuracy = description.conventions.accuracy.as_ref();
            self.paragraph(|localizer| Some(localizer.quantity("accuracy", accuracy?)));
        }
    }

    fn rules(&mut self, description: &Description) {
        self.heading("rules");
        let conventions = &description.conventions;
        self.paragraph(|localizer| Some(localizer.conventions(conventions).join(" ")));
        if description.sources.is_empty() {
            self.paragraph(|localizer| Some(localizer.quantity("accuracy", conventions.accuracy.as_ref()?)));
        }
        for rule in description.rules.iter().filter(|rule| **rule != Rule::LineAndSurface) {
            self.paragraph(|localizer| localizer.rule(rule));
        }
    }

    fn section(&mut self, number: usize, section: &Section) {
        let number = number.to_string();
        let heading = self.each(|localizer| {
            let heading = localizer.name(&section.heading);
            let sector = localizer.say("sector", &[("n", &number), ("heading", &heading)]);
            match &section.length {
                Some(length) => {
                    let [n, unit] = localizer.length(length);
                    localizer.say("sector-length", &[("sector", &sector), ("length", &n), ("unit", &unit)])
                }
                None => sector,
            }
        });
        self.blocks.push(Block::Heading(heading));
        // Sentences do not depend on each other.
        let said =
            |statement| self.each(|localizer| super::written(statement, localizer.language()).unwrap_or_default());
        let all: Vec<Vec<String>> = section.statements.par_iter().map(said).collect();
        let spoken = all.into_iter().filter(|texts| texts.iter().any(|text| !text.is_empty()));
        self.blocks.extend(spoken.map(Block::Paragraph));
    }

    fn end(&mut self, description: &Description) {
        if !description.totals.is_empty() {
            self.heading("totals");
            self.paragraph(|localizer| Some(localizer.totals(&description.totals).join(" ")));
        }
        if let Some(originals) = &description.originals {
            self.paragraph(|localizer| {
                let language = |code: &String| match localizer.has(&format!("language-{code}")) {
                    true => localizer.say(&format!("language-{code}"), &[]),
                    false => code.clone(),
                };
                let languages: Vec<String> = originals.languages.iter().map(language).collect();
                let n = originals.number.to_string();
                Some(localizer.say("originals", &[("n", &n), ("languages", &localizer.list(&languages))]))
            });
        }
        if !description.parties.is_empty() {
            self.heading("signatures");
            let names = description.parties.iter().map(|party| self.each(|localizer| localizer.name(party)));
            let names = names.collect();
            self.blocks.push(Block::Signatures(names));
        }
    }

    fn annexes(&mut self, description: &Description, annex: Option<&Catalogue>) {
        if let Some(catalogue) = annex {
            self.heading("annex-catalogue");
            let columns = ["point", "latitude", "longitude", "azimuth", "distance"];
            let headings =
                columns.map(|column| self.each(|localizer| localizer.say(&format!("column-{column}"), &[]))).into();
            let decimals = catalogue.metre_decimals;
            let row = |point: &crate::document::CatalogueRow| {
                vec![
                    point.number.clone(),
                    point.wgs84_latitude.clone(),
                    point.wgs84_longitude.clone(),
                    point.azimuth.clone().unwrap_or_default(),
                    point.distance_m.map_or_else(String::new, |m| format!("{m:.decimals$}")),
                ]
            };
            self.blocks.push(Block::Table { headings, rows: catalogue.points.iter().map(row).collect() });
        }
        if !description.sheets.is_empty() {
            self.heading("annex-sheets");
            let sheets = description.sheets.join(", ");
            self.paragraph(|_| Some(sheets.clone()));
        }
    }
}

/// The case of the last point of "from … to …".
pub(in crate::document) fn last_of_stretch(language: &str) -> Case {
    match language {
        "hy" => Case::Nominative,
        "az" => Case::Dative,
        _ => Case::Ablative,
    }
}

/// The default title of a description; empty in languages without texts.
pub(in crate::document) fn usual_title(description: &Description, language: &str) -> String {
    Localizer::of(language).map_or_else(String::new, |localizer| localizer.title(description))
}

impl Localizer {
    /// The default title: from the parties, or for a ring from its name.
    fn title(self, description: &Description) -> String {
        let is_ring = description.totals.iter().any(|total| matches!(total, Total::Area(_)));
        match description.parties.as_slice() {
            [a, b] if !is_ring => self.say("title", &[("a", &self.name(a)), ("b", &self.name(b))]),
            _ => {
                let heading = description.sections.first().map(|first| self.name(&first.heading));
                self.say("title-ring", &[("name", &heading.unwrap_or_default())])
            }
        }
    }

    /// A message with a length.
    fn quantity(self, message: &str, length: &StatedLength) -> String {
        let [n, unit] = self.length(length);
        self.say(message, &[("n", &n), ("unit", &unit)])
    }

    fn conventions(self, conventions: &Conventions) -> Vec<String> {
        let winds = conventions.winds.map(|winds| match winds {
            WindCount::Four | WindCount::Quadrants | WindCount::Eight => "winds-8",
            WindCount::Sixteen => "winds-16",
        });
        let winds = winds.or(conventions.north.map(|_| "winds-degrees")).map(|message| self.say(message, &[]));
        let unit = conventions.unit.map(|unit| if unit == LengthUnit::Kilometre { "km" } else { "m" });
        let lengths = unit.map(|unit| self.say("lengths", &[("unit", &self.say(unit, &[]))]));
        let edge = conventions.edge.and_then(|edge| match edge {
            StraightEdge::Geodesic => Some("edge-geodesic"),
            StraightEdge::Rhumb => Some("edge-rhumb"),
            StraightEdge::Lonlat => Some("edge-lonlat"),
            StraightEdge::Parallel | StraightEdge::Grid => None,
        });
        let edge = edge.map(|message| self.say(message, &[]));
        let datum = conventions.datum.as_ref().map(|datum| self.say("datum", &[("datum", datum)]));
        [winds, lengths, edge, datum].into_iter().flatten().collect()
    }

    /// A rule as a sentence; empty for rules without a message.
    pub(super) fn rule(self, rule: &Rule) -> Option<String> {
        match rule {
            Rule::LineAndSurface => Some(self.say("surface", &[])),
            Rule::BanksDownstream => Some(self.say("banks", &[])),
            Rule::Precedence(order) => {
                let word = |authority: &Authority| match authority {
                    Authority::Text => "authority-text",
                    Authority::Coordinates => "authority-coordinates",
                    Authority::Map => "authority-map",
                    Authority::Marks => "authority-marks",
                };
                let words: Vec<String> = order.iter().map(|one| self.say(word(one), &[])).collect();
                Some(self.say("precedence", &[("list", &words.join(", "))]))
            }
            Rule::Undetermined(one) => {
                let [n, unit] = self.length(&one.accuracy);
                let what = self.object(&one.what, Case::Accusative);
                let mut values = vec![("what", what.as_str()), ("n", &n), ("unit", &unit)];
                let ends = one.between.as_ref().map(|[from, to]| {
                    [self.point(from, Case::Ablative), self.point(to, last_of_stretch(self.language()))]
                });
                let Some([from, to]) = &ends else {
                    return Some(self.sentence(&self.say("met-undetermined", &values)));
                };
                values.extend([("from", from.as_str()), ("to", to.as_str())]);
                Some(self.sentence(&self.say("met-between", &values)))
            }
            Rule::Other(words) => Some(self.name(words)).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    pub(super) fn totals(self, totals: &[Total]) -> Vec<String> {
        let mut out = Vec::new();
        let mut area = None;
        for total in totals {
            match total {
                Total::Length(length) => out.push(self.quantity("total-length", length)),
                Total::SumOfLegs(length) => out.push(self.quantity("total-sum", length)),
                Total::Land(length) => out.push(self.quantity("total-land", length)),
                Total::Rivers(length) => out.push(self.quantity("total-rivers", length)),
                Total::Lakes(length) => out.push(self.quantity("total-lakes", length)),
                Total::Area(stated) => area = Some(self.number(&stated.value)),
                Total::Perimeter(length) => {
                    let [n, unit] = self.length(length);
                    let area = area.take().unwrap_or_default();
                    out.push(self.say("total-ring", &[("area", &area), ("n", &n), ("unit", &unit)]));
                }
                Total::Points(n) => out.push(self.say("total-points", &[("n", n.digits())])),
                Total::Marks(_) => {}
            }
        }
        out
    }
}
