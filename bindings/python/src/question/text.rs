//! Questions about the texts of a line.

use super::paper::{authorities, contents_of};
use super::{operation, rows};
use crate::answer::{Answer, ask};
use crate::fault::{Class, Fault, Result};
use crate::layer::{Gathered, Input};
use library::document::audit::{AuditGround, AuditLine, AuditOptions, AuditPlace, audit as audited};
use library::document::description::WindCount;
use library::document::parse::{NoDescription, ParseOptions, ParseReport, parse as parsed, parse_languages};
use library::document::{self, MapLine, ResolveOptions, ResolveSources};
use library::io::{Limits, Problem, ProseError, ReadError, read_prose};
use library::model::{Accuracy, Content, Input as File, Line, Place, Provenance, Warning, WarningCode};
use library::report::envelope;
use pyo3::prelude::*;
use pyo3::types::PyString;
use std::path::PathBuf;

/// A text: as it stands, or a file of it where the object is a path.
pub struct Text {
    /// Its name.
    path: Option<PathBuf>,
    text: String,
}

impl<'a, 'py> FromPyObject<'a, 'py> for Text {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        match object.cast::<PyString>() {
            Ok(text) => Ok(Text { path: None, text: text.to_str()?.to_owned() }),
            Err(_) => Ok(Text { path: Some(object.extract()?), text: String::new() }),
        }
    }
}

/// One text or several.
#[derive(FromPyObject)]
pub enum Texts {
    One(Text),
    All(Vec<Text>),
}

impl Texts {
    fn read(self, options: &ParseOptions, gathered: &mut Gathered) -> Result<ParseReport> {
        let all = match self {
            Texts::One(text) => vec![text],
            Texts::All(texts) => texts,
        };
        let mut report = ParseReport::default();
        for Text { path, text } in all {
            let refused = |error: NoDescription| {
                Fault::new(
                    Class::Input,
                    "no-description",
                    error.to_string(),
                    "give the text of a description of a line",
                )
            };
            let Some(path) = path else {
                let read = parsed(&text, options).map_err(refused)?;
                report.add("text", read);
                continue;
            };
            let shown = path.display().to_string();
            let prose = read_prose(&shown, None, Limits::DEFAULT).map_err(|error| match error {
                ProseError::Read(error) => Fault::from(error),
                error => {
                    Fault::new(Class::Input, "not-text", error.to_string(), "save it as text, .docx, .html or .md")
                }
            })?;
            let read = parsed(&prose.text, options).map_err(refused)?;
            if prose.form != library::io::ProseForm::Plain {
                let message = format!("{shown}: spans count bytes of the text that was taken out of the file");
                gathered.warnings.push(Warning { code: WarningCode::Note, message, feature: None });
            }
            gathered.files.push(File { features: read.clauses.len(), ..prose.input });
            report.add(&shown, read);
        }
        Ok(report)
    }
}

fn parse_options(language: Option<String>, winds: Option<u8>) -> Result<ParseOptions> {
    const WINDS: [(u8, WindCount); 3] = [(4, WindCount::Four), (8, WindCount::Eight), (16, WindCount::Sixteen)];
    let mut options = ParseOptions::default();
    if let Some(language) = &language
        && !parse_languages().contains(&language.as_str())
    {
        let message = format!("\"{language}\" is no language that descriptions are read in");
        return Err(Fault::argument(message, format!("the languages are {}", parse_languages().join(", "))));
    }
    options.language = language;
    options.winds = match winds {
        None => None,
        Some(winds) => Some(
            WINDS
                .iter()
                .find(|(known, _)| *known == winds)
                .map(|(_, count)| *count)
                .ok_or_else(|| Fault::argument(format!("there is no rose of {winds} winds"), "4, 8 or 16"))?,
        ),
    };
    Ok(options)
}

/// What does the text of a description say, clause by clause? A `str` is the text itself, a path a file of it.
#[pyfunction]
#[pyo3(signature = (text, *, language=None, winds=None))]
pub fn parse(py: Python<'_>, text: Texts, language: Option<String>, winds: Option<u8>) -> PyResult<Answer> {
    let options = parse_options(language, winds)?;
    ask(py, move || {
        let mut gathered = Gathered::default();
        let report = text.read(&options, &mut gathered)?;
        let answer = library::model::Answer::new(report, Provenance::of_text(), Vec::new());
        Ok(envelope(answer.of_sources(gathered.sources())))
    })
}

/// Where does a text contradict the line, its catalogue, and what lies around it?
#[pyfunction]
#[pyo3(signature = (text, *, line=None, catalogue=None, places=None, rivers=None, left=None, right=None, accuracy_m=None,
    generalisation=None, repair=false, language=None, winds=None))]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub fn audit(
    py: Python<'_>,
    text: Texts,
    line: Option<Input>,
    catalogue: Option<Input>,
    places: Option<Input>,
    rivers: Option<Input>,
    left: Option<String>,
    right: Option<String>,
    accuracy_m: Option<f64>,
    generalisation: Option<f64>,
    repair: bool,
    language: Option<String>,
    winds: Option<u8>,
) -> PyResult<Answer> {
    let parsing = parse_options(language, winds)?;
    ask(py, move || {
        let mut gathered = Gathered::default();
        let texts = text.read(&parsing, &mut gathered)?;
        let (mut against, mut rounding_m, mut stated_m) = (AuditGround::default(), 0.0, None);
        if let Some(data) = &line {
            let contents = contents_of(&data.0, &mut gathered)?;
            let edges = data.0.options().edges.or(gathered.info.as_ref().map(|info| info.edges));
            stated_m = Accuracy::stated_m(contents.iter().flat_map(Content::metas));
            against.lines = contents.iter().flat_map(audit_lines).collect();
            against.lines.iter_mut().for_each(|line| line.edges = edges);
            if against.lines.is_empty() {
                return Err(ReadError::new(data.0.label(), Problem::Nothing("lines")).into());
            }
        }
        let info = gathered.info.clone();
        if let Some(table) = &catalogue {
            let rows = rows(&table.0)?;
            let read = document::from_table("line", &rows.headings, &rows.rows, None, &Default::default())
                .map_err(Fault::question)?;
            rounding_m = (1000.0 * read.rounding_m()).ceil() / 1000.0;
            gathered.files.push(rows.input);
            gathered.warnings.extend(read.warnings);
            against.lines = read.courses.into_iter().map(AuditLine::new).collect();
        }
        for line in &mut against.lines {
            for (named, side) in [(&left, &mut line.left), (&right, &mut line.right)] {
                if let Some(named) = named {
                    *side = vec![named.clone()];
                }
            }
        }
        for place in gathered.maybe::<Place>(places.as_ref())? {
            let names = place.meta.name.texts.values().chain(&place.meta.name.variants).chain([&place.meta.id]);
            let names = names.cloned().collect();
            against.places.push(AuditPlace { names, kind: place.meta.kind.clone(), position: place.position });
        }
        if let Some(rivers) = &rivers {
            for found in gathered.any(&rivers.0)? {
                let runs = found.contents.iter().flat_map(Content::courses).flat_map(|(_, runs)| runs);
                against.rivers.extend(runs.map(<[_]>::to_vec));
            }
        }
        let mut options = AuditOptions::default();
        options.accuracy_m = accuracy_m.or(stated_m).unwrap_or(rounding_m);
        options.generalisation = generalisation.unwrap_or(options.generalisation);
        options.repair = repair;
        let answer = audited(&texts.texts, &against, &options);
        let sources = gathered.sources().of_layer(info.as_ref()).accurate_to(stated_m);
        Ok(envelope(answer.of_sources(sources)))
    })
}

/// The runs of lines, each with the territories on its sides.
fn audit_lines(content: &Content) -> Vec<AuditLine> {
    let Content::Lines(lines) = content else {
        return document::courses_of(std::slice::from_ref(content)).into_iter().map(AuditLine::new).collect();
    };
    let of_line = |line: &Line| {
        let courses = document::courses_of(&[Content::Lines(vec![line.clone()])]);
        let sides = (line.left.clone(), line.right.clone());
        courses.into_iter().map(move |course| {
            let mut one = AuditLine::new(course);
            one.left.extend(sides.0.clone());
            one.right.extend(sides.1.clone());
            one
        })
    };
    lines.iter().flat_map(of_line).collect()
}

/// Which of text, coordinates, map and marks prevails, point by point?
#[pyfunction]
#[pyo3(signature = (precedence, *, text=None, coordinates=None, map=None, marks=None, language=None, operation=None))]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub fn resolve(
    py: Python<'_>,
    precedence: Vec<String>,
    text: Option<Texts>,
    coordinates: Option<Input>,
    map: Option<Input>,
    marks: Option<Input>,
    language: Option<String>,
    operation: Option<&str>,
) -> PyResult<Answer> {
    let parsing = parse_options(language, None)?;
    let mut options = ResolveOptions::default();
    options.precedence = authorities(&precedence)?;
    options.operation = self::operation(operation)?.unwrap_or_default();
    ask(py, move || {
        let mut gathered = Gathered::default();
        let mut sources = ResolveSources::default();
        if let Some(text) = text {
            let read = text.read(&parsing, &mut gathered)?;
            sources.texts = Some(read.texts.into_iter().map(|text| text.description).collect());
        }
        if let Some(table) = &coordinates {
            let rows = rows(&table.0)?;
            let read = document::from_table(&rows.input.path, &rows.headings, &rows.rows, None, &options.operation)
                .map_err(Fault::question)?;
            gathered.files.push(rows.input);
            gathered.warnings.extend(read.warnings);
            sources.coordinates = Some(read.courses);
        }
        if let Some(data) = &map {
            let found = gathered.any(&data.0.as_vertices())?;
            let contents: Vec<Content> = found.into_iter().flat_map(|one| one.contents).collect();
            let places = |content: &Content| match content {
                Content::Places(places) => places.clone(),
                _ => Vec::new(),
            };
            let points: Vec<Place> = contents.iter().flat_map(places).collect();
            let line = MapLine { courses: document::courses_of(&contents), points };
            if line.courses.is_empty() && line.points.is_empty() {
                return Err(ReadError::new(data.0.label(), Problem::Nothing("lines or points")).into());
            }
            sources.map = Some(line);
        }
        if let Some(data) = &marks {
            sources.marks = Some(gathered.select::<Place>(&data.0)?);
        }
        let answer = document::resolve(&sources, &options).map_err(Fault::question)?;
        Ok(envelope(answer.of_sources(gathered.sources())))
    })
}
