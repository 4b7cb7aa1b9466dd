//! The lines to be described.

use super::super::common::AnswerInputs;
use super::super::error::CliError;
use super::super::levels;
use super::super::surroundings::{Names, known_territories};
use super::Describe;
use geo::{Coord, LineString, Polygon};
use merestone::document::description::{Words, description_languages};
use merestone::document::{Course, DescriptionLine, courses_of};
use merestone::earth::shortest_runs;
use merestone::io::{Dataset, Problem, ReadError, Reference};
use merestone::model::{Accuracy, Content, Edges, Line, Meta, Sources, Territory};
use merestone::question::{BorderOptions, borders};

/// The lines to be described, and the names of their territories.
pub struct Subject {
    pub lines: Vec<DescriptionLine>,
    pub names: Names,
    pub territories: Vec<Territory>,
    pub is_home: bool,
    /// What their reader knows, besides the files.
    pub sources: Sources,
}

impl Subject {
    /// The lines as a layer, for the list of map sheets.
    pub fn outlines(&self) -> Vec<Content> {
        let line = |line: &DescriptionLine| {
            let runs = shortest_runs(&line.points).into_iter().map(LineString);
            Line::new(line.id.clone(), runs).ok()
        };
        vec![Content::Lines(self.lines.iter().filter_map(line).collect())]
    }
}

/// A run with the metadata of its feature.
struct SubjectRun {
    id: String,
    meta: Meta,
    points: Vec<Coord>,
    numbers: Option<Vec<String>>,
    left: Option<String>,
    right: Option<String>,
    /// Whether the run is the ring of a territory, which is on its left in the file.
    is_outline: bool,
}

impl Describe {
    pub(super) fn subject(&self, dataset: &Dataset, gathered: &mut AnswerInputs) -> Result<Subject, CliError> {
        // Turning points are the vertices of the file.
        let mut read = self.common.options();
        read.edges = Some(Edges::Lonlat);
        read.frame.vertices_only = true;
        let mut contents = Vec::new();
        let mut info = None;
        for reference in &self.lines {
            let found = dataset.select_any(&Reference::parse(reference), &read)?;
            levels::refuse_in(&found.label, &found.contents, reference, self.common.filter.as_ref())?;
            gathered.files.push(found.input);
            gathered.warnings.extend(found.warnings);
            info = info.or(found.info);
            contents.extend(found.contents.into_iter().filter(|content| !matches!(content, Content::Places(_))));
        }
        let edges = self.common.edges.map(Edges::from).or(info.as_ref().map(|info| info.edges)).unwrap_or_default();
        let stated_m = Accuracy::stated_m(contents.iter().flat_map(Content::metas));
        let sources = Sources::default().of_layer(info.as_ref()).accurate_to(stated_m);
        let territories: Vec<&Territory> = contents.iter().flat_map(as_territories).collect();
        let runs = match territories.as_slice() {
            [a, b] => self.common_line(a, b)?,
            [] | [_] => contents.iter().flat_map(runs_of).collect(),
            more => {
                let message = format!("{} territories: which of their lines is meant?", more.len());
                return Err(CliError::usage(message, "name two territories that touch, one territory, or lines"));
            }
        };
        if runs.is_empty() {
            return Err(ReadError::new(self.lines.join(" + "), Problem::Nothing("lines")).into());
        }
        let positions = runs.iter().flat_map(|run| run.points.iter().copied());
        let named = &self.territories;
        let (known, is_home) = known_territories(&self.common, dataset, gathered, named, positions)?;
        let mut names = Names::default();
        names.add(&known);
        for territory in territories {
            names.add(std::slice::from_ref(territory));
        }
        let credit = info.as_ref().map(|info| (info.source.clone(), info.date.clone()));
        let lines = runs.into_iter().map(|run| self.line(run, &names, edges, credit.as_ref())).collect();
        Ok(Subject { lines, names, territories: known, is_home, sources })
    }

    fn line(&self, run: SubjectRun, names: &Names, edges: Edges, credit: Option<&(String, String)>) -> DescriptionLine {
        let mut line = DescriptionLine::new(run.id, run.points);
        let heading = Words::from(&run.meta.name);
        line.heading = if heading.is_empty() { Words::of("en", run.meta.id.clone()) } else { heading };
        line.numbers = run.numbers;
        line.edges = edges;
        line.accuracy_m = run.meta.evidence.position_accuracy_m;
        line.source = run.meta.evidence.source.clone().or_else(|| credit.map(|(source, _)| source.clone()));
        line.date = run.meta.evidence.date.clone().or_else(|| credit.map(|(_, date)| date.clone()));
        let (left, right) = match run.is_outline {
            // For a ring, the user's left and right refer to the direction of the text, clockwise.
            true => (self.right.clone().or(run.left), self.left.clone().or(run.right)),
            false => (self.left.clone().or(run.left), self.right.clone().or(run.right)),
        };
        line.territory_ids = [&left, &right].map(|id| id.clone().unwrap_or_default()).into();
        line.left = left.map(|text| names.called(&text));
        line.right = right.map(|text| names.called(&text));
        line
    }

    /// The common line of two territories, with the alphabetically first on its left.
    fn common_line(&self, a: &Territory, b: &Territory) -> Result<Vec<SubjectRun>, CliError> {
        let report = borders(&[a.clone(), b.clone()], &BorderOptions::default()).report;
        let mut runs = Vec::new();
        for row in &report.rows {
            let components = row.components.iter().flat_map(|component| &component.courses);
            // A contact in points has no line.
            let Ok(common) = Line::new(row.a.clone(), components.map(|course| LineString(course.clone()))) else {
                continue;
            };
            for course in courses_of(&[Content::Lines(vec![common])]) {
                let mut meta = if a.meta.id == row.a { a.meta.clone() } else { b.meta.clone() };
                let names = [&a.meta, &b.meta].map(|meta| Words::from(&meta.name));
                let mut pair = [(a.meta.id.clone(), names[0].clone()), (b.meta.id.clone(), names[1].clone())];
                pair.sort();
                for language in description_languages() {
                    let each = pair.each_ref().map(|(id, name)| name.get(language).unwrap_or(id).to_owned());
                    meta.name.texts.insert(language.to_owned(), each.join(" – "));
                }
                runs.push(SubjectRun {
                    id: format!("{}–{}", row.a, row.b),
                    meta,
                    points: course.points.iter().map(|point| point.position).collect(),
                    numbers: None,
                    left: Some(row.a.clone()),
                    right: Some(row.b.clone()),
                    is_outline: false,
                });
            }
        }
        if runs.is_empty() {
            let message = format!("{} and {} have no line in common", a.meta.id, b.meta.id);
            let hint = "name territories whose outlines share vertices; merestone borders FILE --tolerance METRES \
                        finds lines that do not coincide";
            return Err(CliError::usage(message, hint));
        }
        Ok(runs)
    }
}

fn as_territories(content: &Content) -> &[Territory] {
    match content {
        Content::Territories(all) => all,
        _ => &[],
    }
}

/// The runs of lines and routes, and the outer rings of territories; a cut at ±180° divides none.
fn runs_of(content: &Content) -> Vec<SubjectRun> {
    match content {
        Content::Territories(all) => all.iter().flat_map(outlines_of).collect(),
        Content::Lines(lines) => {
            let of_line = |line: &Line| {
                let runs = of_courses(&line.meta, Content::Lines(vec![line.clone()]));
                runs.into_iter()
                    .map(|run| SubjectRun { left: line.left.clone(), right: line.right.clone(), ..run })
                    .collect()
            };
            lines.iter().flat_map::<Vec<SubjectRun>, _>(of_line).collect()
        }
        Content::Routes(routes) => {
            routes.iter().flat_map(|route| of_courses(&route.meta, Content::Routes(vec![route.clone()]))).collect()
        }
        Content::Pieces(pieces) => {
            pieces.iter().flat_map(|piece| of_courses(&piece.meta, Content::Pieces(vec![piece.clone()]))).collect()
        }
        Content::Places(_) => Vec::new(),
    }
}

/// The outer rings of a territory, which is on their left in the file.
fn outlines_of(territory: &Territory) -> Vec<SubjectRun> {
    let shell = |part: &Polygon| Polygon::new(part.exterior().clone(), Vec::new());
    let shells = territory.parts().iter().map(shell).collect();
    let shells = Territory::from_parts_unchecked(territory.meta.clone(), shells);
    let meta = &territory.meta;
    let outline = |run| SubjectRun {
        left: Some(meta.parent.clone().unwrap_or_else(|| meta.id.clone())),
        right: meta.host.clone(),
        is_outline: true,
        ..run
    };
    of_courses(meta, Content::Territories(vec![shells])).into_iter().map(outline).collect()
}

/// The courses of one feature, with the numbers of their points if all have one.
fn of_courses(meta: &Meta, content: Content) -> Vec<SubjectRun> {
    let run = |course: Course| SubjectRun {
        id: meta.id.clone(),
        meta: meta.clone(),
        points: course.points.iter().map(|point| point.position).collect(),
        numbers: course.points.into_iter().map(|point| point.number).collect(),
        left: None,
        right: None,
        is_outline: false,
    };
    courses_of(&[content]).into_iter().map(run).collect()
}
