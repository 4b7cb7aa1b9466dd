//! Questions about the papers of a line.

use super::{PLACES, STATES, languages, operation, rows, word};
use crate::answer::{Answer, ask};
use crate::fault::{Fault, Result};
use crate::layer::{Gathered, Input, Layer};
use library::document::description::{
    Authority, Description, LengthUnit, WindCount, Words, description_languages, written,
};
use library::document::{
    self, CatalogueOptions, Compass, CoordinateColumns, Course, DescribeOptions, DescriptionContext, DescriptionLine,
};
use library::io::{Problem, ReadError};
use library::model::{Accuracy, Content, DatumBasis, Line, Place, Territory, Warning, WarningCode};
use library::question::SheetOptions;
use library::report::envelope;
use pyo3::prelude::*;
use std::collections::BTreeMap;

const COLUMNS: [(&str, CoordinateColumns); 4] = [
    ("wgs84", CoordinateColumns::Wgs84),
    ("pulkovo", CoordinateColumns::Pulkovo),
    ("gauss-kruger", CoordinateColumns::GaussKruger),
    ("utm", CoordinateColumns::Utm),
];

/// The lines of data, with the vertices of the file.
pub(super) fn contents_of(data: &Layer, gathered: &mut Gathered) -> Result<Vec<Content>> {
    let found = gathered.outlines(&data.as_vertices())?;
    let lines = found.into_iter().flat_map(|one| one.contents).filter(|content| !matches!(content, Content::Places(_)));
    Ok(lines.collect())
}

/// The turning points of a line as a table.
#[pyfunction]
#[pyo3(signature = (line, *, positions=None, dms_decimals=None, operation=None))]
pub fn catalogue(
    py: Python<'_>,
    line: Input,
    positions: Option<&str>,
    dms_decimals: Option<u8>,
    operation: Option<&str>,
) -> PyResult<Answer> {
    let positions = positions.map(|text| word("the positions", text, &COLUMNS)).transpose()?;
    let operation = self::operation(operation)?;
    ask(py, move || {
        let mut gathered = Gathered::default();
        let contents = contents_of(&line.0, &mut gathered)?;
        let courses = document::courses_of(&contents);
        if courses.is_empty() {
            return Err(ReadError::new(line.0.label(), Problem::Nothing("lines")).into());
        }
        let kept = CatalogueOptions::kept(&contents, operation.as_ref())
            .map_err(|error| Fault::argument(error.to_string(), "give it again: operation=…"))?;
        let mut options = kept.unwrap_or_default();
        options.positions = positions.unwrap_or(options.positions);
        options.dms_decimals = dms_decimals.unwrap_or(options.dms_decimals).min(9);
        options.operation = operation.unwrap_or(options.operation);
        let stated_m = Accuracy::stated_m(contents.iter().flat_map(Content::metas));
        let info = gathered.info.take();
        let sources = gathered.sources().of_layer(info.as_ref()).accurate_to(stated_m);
        Ok(envelope(document::catalogue(&courses, &options).of_sources(sources)))
    })
}

/// A table of turning points read back into a line.
#[pyfunction]
#[pyo3(signature = (table, *, positions=None, operation=None, id=None))]
pub fn catalogue_of_table(
    py: Python<'_>,
    table: Input,
    positions: Option<&str>,
    operation: Option<&str>,
    id: Option<String>,
) -> PyResult<Answer> {
    let positions = positions.map(|text| word("the positions", text, &COLUMNS)).transpose()?;
    let operation = self::operation(operation)?.unwrap_or_default();
    ask(py, move || {
        let rows = rows(&table.0)?;
        let stem = std::path::Path::new(&rows.input.path).file_stem();
        let id = id.or_else(|| stem.map(|stem| stem.to_string_lossy().into_owned())).unwrap_or_else(|| "line".into());
        let read =
            document::from_table(&id, &rows.headings, &rows.rows, positions, &operation).map_err(Fault::question)?;
        let datum = match read.positions {
            CoordinateColumns::Pulkovo | CoordinateColumns::GaussKruger => DatumBasis::ReadAsPulkovo1942,
            _ => DatumBasis::ReadAsWgs84,
        };
        let mut options = CatalogueOptions::default();
        (options.positions, options.dms_decimals) = (read.positions, read.dms_decimals);
        options.operation = operation;
        let mut gathered = Gathered::default();
        gathered.files.push(rows.input);
        gathered.warnings.extend(read.warnings);
        let mut answer = document::catalogue(&read.courses, &options).of_sources(gathered.sources().in_datum(datum));
        answer.report.disagreements = read.disagreements;
        Ok(envelope(answer))
    })
}

/// A name: one text, or texts by language.
#[derive(FromPyObject)]
pub enum Name {
    Text(String),
    Texts(BTreeMap<String, String>),
}

impl Name {
    fn words(&self, known: &[Territory]) -> Words {
        match self {
            Name::Texts(texts) => Words(texts.clone().into_iter().collect()),
            Name::Text(text) => {
                let named = known.iter().find(|territory| territory.meta.id.eq_ignore_ascii_case(text));
                let name = named.map(|territory| Words::from(&territory.meta.name)).filter(|name| !name.is_empty());
                name.unwrap_or_else(|| Words::of("en", text.trim()))
            }
        }
    }
}

/// The text of a line, leg by leg.
#[pyfunction]
#[pyo3(signature = (lines, *, left=None, right=None, territories=None, rivers=None, roads=None, ridges=None, places=None,
    parcels=None, marks=None, simplify_m=None, winds=16, unit="km", decimals=None, scale=None, ties=3, first_number=1,
    precedence=None, title=None, lang=None))]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub fn describe(
    py: Python<'_>,
    lines: Input,
    left: Option<Name>,
    right: Option<Name>,
    territories: Option<Input>,
    rivers: Option<Input>,
    roads: Option<Input>,
    ridges: Option<Input>,
    places: Option<Input>,
    parcels: Option<Input>,
    marks: Option<Input>,
    simplify_m: Option<f64>,
    winds: u8,
    unit: &str,
    decimals: Option<u8>,
    scale: Option<u32>,
    ties: usize,
    first_number: u32,
    precedence: Option<Vec<String>>,
    title: Option<String>,
    lang: Option<Vec<String>>,
) -> PyResult<Answer> {
    let mut options = DescribeOptions::default();
    (options.simplify_m, options.decimals, options.scale) = (simplify_m, decimals, scale);
    (options.ties, options.first_number) = (ties.min(3), first_number);
    options.unit = word("the unit", unit, &[("km", LengthUnit::Kilometre), ("m", LengthUnit::Metre)])?;
    options.compass = match winds {
        8 => Compass::Winds(WindCount::Eight),
        16 => Compass::Winds(WindCount::Sixteen),
        0 => Compass::Degrees,
        _ => {
            return Err(Fault::argument(format!("there is no rose of {winds} winds"), "8, 16, or 0 for degrees").into());
        }
    };
    options.precedence = authorities(precedence.as_deref().unwrap_or_default())?;
    ask(py, move || {
        let languages = text_languages(lang)?;
        let mut gathered = Gathered::default();
        let contents = contents_of(&lines.0, &mut gathered)?;
        let info = gathered.info.clone();
        // Around a line of the dataset lie its own layers.
        let of_dataset = |data: Option<Input>, name: Option<&str>| {
            let known = |id: &&str| info.is_some() && lines.0.dataset().layers().iter().any(|layer| layer.id == *id);
            data.map(|data| data.0).or_else(|| name.filter(known).map(Layer::named))
        };
        let mut context = DescriptionContext::default();
        if let Some(data) = of_dataset(territories, Some(STATES)) {
            context.territories = gathered.territories(&data)?.features;
        }
        let mut around = |data: Option<Input>, name: Option<&str>| -> Result<Vec<Content>> {
            let found = of_dataset(data, name).map_or(Ok(Vec::new()), |data| gathered.any(&data))?;
            Ok(found.into_iter().flat_map(|one| one.contents).collect())
        };
        (context.rivers, context.roads) = (around(rivers, Some("rivers"))?, around(roads, None)?);
        (context.ridges, context.parcels) = (around(ridges, Some("ridges"))?, around(parcels, None)?);
        context.places = around(places, Some(PLACES))?;
        if let Some(marks) = &marks {
            options.marks = Some(gathered.select::<Place>(&marks.0)?);
        }
        let sides = (left.as_ref(), right.as_ref());
        let of_lines: Vec<DescriptionLine> =
            contents.iter().flat_map(|content| described(content, sides, &context.territories)).collect();
        let described = document::describe(&of_lines, &context, &options).map_err(Fault::question)?;
        let stated_m = Accuracy::stated_m(contents.iter().flat_map(Content::metas));
        let sources = gathered.sources().of_layer(info.as_ref()).accurate_to(stated_m);
        let mut answer = described.of_sources(sources);
        if options.precedence.is_empty() {
            let message = "which document prevails is not stated; precedence=[\"text\", \"coordinates\", …] states it";
            answer.warnings.push(Warning { code: WarningCode::Note, message: message.to_owned(), feature: None });
        }
        let report = &mut answer.report;
        if let Some(title) = &title {
            report.description.title = Words::of("en", title.trim());
        }
        let touched = library::question::sheets(&contents, &SheetOptions::default());
        report.description.sheets =
            touched.map(|answer| answer.report.sheets.into_iter().map(|row| row.sheet).collect()).unwrap_or_default();
        report.paragraphs = paragraphs(&report.description, &languages);
        report.languages = languages;
        Ok(envelope(answer))
    })
}

/// The sectors of a description: the runs of lines, with the territories on their sides.
fn described(
    content: &Content,
    (left, right): (Option<&Name>, Option<&Name>),
    known: &[Territory],
) -> Vec<DescriptionLine> {
    let each: Vec<(Content, Option<String>, Option<String>)> = match content {
        Content::Lines(lines) => {
            let one = |line: &Line| (Content::Lines(vec![line.clone()]), line.left.clone(), line.right.clone());
            lines.iter().map(one).collect()
        }
        other => vec![(other.clone(), None, None)],
    };
    let sector = |(content, own_left, own_right): (Content, Option<String>, Option<String>)| {
        let meta = content.metas().first().map(|meta| (*meta).clone());
        let courses: Vec<Course> = document::courses_of(&[content]);
        let line = move |course: Course| {
            let points = course.points.iter().map(|point| point.position).collect();
            let mut line = DescriptionLine::new(course.id.clone(), points);
            line.heading = Words::of("en", course.id);
            line.numbers = course.points.into_iter().map(|point| point.number).collect();
            if let Some(meta) = &meta {
                let heading = Words::from(&meta.name);
                line.heading = if heading.is_empty() { line.heading } else { heading };
                line.accuracy_m = meta.evidence.position_accuracy_m;
                (line.source, line.date) = (meta.evidence.source.clone(), meta.evidence.date.clone());
                line.edges = meta.edges;
            }
            let named = |given: Option<&Name>, own: &Option<String>| match (given, own) {
                (Some(name), _) => Some(name.words(known)),
                (None, Some(own)) => Some(Name::Text(own.clone()).words(known)),
                (None, None) => None,
            };
            let id = |given: Option<&Name>, own: &Option<String>| match given {
                Some(Name::Text(text)) => text.clone(),
                _ => own.clone().unwrap_or_default(),
            };
            (line.left, line.right) = (named(left, &own_left), named(right, &own_right));
            line.territory_ids = vec![id(left, &own_left), id(right, &own_right)];
            line
        };
        courses.into_iter().map(line).collect::<Vec<_>>()
    };
    each.into_iter().flat_map(sector).collect()
}

fn paragraphs(description: &Description, languages: &[String]) -> Vec<Words> {
    let statements = description.sections.iter().flat_map(|section| &section.statements);
    let each = |statement| {
        let said = |language: &String| Some((language.clone(), written(statement, language)?));
        Words(languages.iter().filter_map(said).collect())
    };
    statements.map(each).collect()
}

fn text_languages(lang: Option<Vec<String>>) -> Result<Vec<String>> {
    let (asked, known) = (languages(lang), description_languages());
    match asked.iter().find(|language| !known.contains(&language.as_str())) {
        Some(unknown) => Err(Fault::argument(
            format!("no text in the language \"{unknown}\""),
            format!("there are {}", known.join(", ")),
        )),
        None => Ok(asked),
    }
}

pub(super) fn authorities(words: &[String]) -> Result<Vec<Authority>> {
    let known = Authority::ALL.map(|authority| (authority.word(), authority));
    words.iter().map(|text| word("the document", text, &known)).collect()
}
