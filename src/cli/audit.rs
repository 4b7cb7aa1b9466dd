//! `merestone audit`

use super::common::{AnswerInputs, Common, metres};
use super::error::CliError;
use super::home;
use super::parse::{WindsArg, parse_options, read_texts};
use clap::Args;
use merestone::document;
use merestone::document::audit::{AuditGround, AuditLine, AuditOptions, AuditPlace, audit};
use merestone::io::{Dataset, Problem, ReadError, read_rows};
use merestone::model::{Accuracy, Content, Edges, Line, Sources, Territory};
use merestone::report;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The text of a description, held against its line and against itself.
///
/// Every statement (length, direction, stream, side, tie, point, order, closure, area, total) gets a verdict: agree,
/// rounding, undecidable, contradict or not-tested, with the rule and the tolerance. Without a line or catalogue the text
/// is tested against itself: ties of two points to one object, the chain of points, rings by bearings, totals, several
/// languages.
///
/// Points of the text are found by their numbers in the catalogue; of a line without numbers, one after the other, or
/// by the stated lengths. Exit code 1 where something contradicts, or half of the clauses are not understood; these are
/// listed. GeoJSON output holds the places of the verdicts.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone audit description.txt --line described.geojson
  merestone audit description.txt --catalogue described.csv --format json --output verdicts.json
  merestone audit description.txt --winds 8 --repair")]
pub struct Audit {
    /// Texts, or `-`; in several languages, the same line
    #[arg(value_name = "TEXT", required = true)]
    texts: Vec<String>,
    /// The line; of several lines or runs, each is a sector of the text
    #[arg(long, value_name = "REF", conflicts_with = "catalogue")]
    line: Option<String>,
    /// The turning points of the line as a table (CSV, semicolons or tabs)
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    /// The territory on the left of the line, as the text names it [default: as the line says]
    #[arg(long, value_name = "NAME")]
    left: Option<String>,
    /// The territory on its right
    #[arg(long, value_name = "NAME")]
    right: Option<String>,
    /// Objects that ties and sides name, as points
    #[arg(long, value_name = "REF")]
    places: Vec<String>,
    /// Rivers, digitised downstream
    #[arg(long, value_name = "REF")]
    rivers: Vec<String>,
    /// Accuracy of the positions [default: as the data say, else half of the last digit of a
    /// catalogue, else 0]
    #[arg(long, value_name = "METRES", value_parser = metres)]
    accuracy: Option<f64>,
    /// Share by which the length of what winds may differ
    #[arg(long, value_name = "SHARE", default_value_t = 0.02, value_parser = share)]
    generalisation: f64,
    /// Propose readings for what is damaged or does not close; none is applied
    #[arg(long)]
    repair: bool,
    /// The language of the texts, by its code [default: that of each paragraph]
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
    /// The rose of winds [default: as the text has them]
    #[arg(long, value_enum)]
    winds: Option<WindsArg>,
    #[command(flatten)]
    common: Common,
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=0.5).contains(&share) => Ok(share),
        _ => Err("give a share from 0 to 0.5".into()),
    }
}

impl Audit {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let parsing = parse_options(self.language.as_deref(), self.winds)?;
        let (texts, files, mut warnings) = read_texts(&self.texts, &parsing, &self.common)?;
        let dataset = self.common.dataset()?;
        let mut gathered = AnswerInputs::default();
        let mut against = AuditGround::default();
        let mut of_line = Sources::default();
        if let Some(line) = &self.line {
            of_line = self.line(&dataset, line, &mut gathered, &mut against)?;
        }
        let mut rounding_m = 0.0;
        if let Some(path) = &self.catalogue {
            (against.lines, rounding_m) = self.table(path, &mut gathered)?;
        }
        self.sides(&dataset, &mut against.lines)?;
        for reference in &self.places {
            let found = gathered.any(&self.common, &dataset, reference)?;
            against.places.extend(places(&found.contents));
        }
        for reference in &self.rivers {
            let found = gathered.any(&self.common, &dataset, reference)?;
            let runs = found.contents.iter().flat_map(Content::courses).flat_map(|(_, runs)| runs);
            against.rivers.extend(runs.map(<[_]>::to_vec));
        }
        let mut options = AuditOptions::default();
        options.accuracy_m = self.accuracy.or(of_line.position_accuracy_m).unwrap_or(rounding_m);
        options.generalisation = self.generalisation;
        options.repair = self.repair;
        let answer = audit(&texts.texts, &against, &options);
        let clauses: usize = texts.texts.iter().map(|text| text.understood + text.not_understood).sum();
        if answer.report.is_empty() && (self.line.is_some() || self.catalogue.is_some()) {
            let message = format!("{}: none of {clauses} clauses states what can be tested", self.texts.join(" + "));
            let hint = "merestone parse TEXT lists what is understood of a text";
            return Err(CliError::usage(message, hint));
        }
        // A text of which half is not understood is not found free of contradictions.
        let sound = answer.report.totals.contradict == 0 && 2 * answer.report.not_understood() < clauses.max(1);
        warnings.extend(gathered.warnings);
        (of_line.inputs, of_line.warnings) = (files.into_iter().chain(gathered.files).collect(), warnings);
        self.common.emit(&report::envelope(answer.of_sources(of_line)))?;
        Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }

    fn line(
        &self,
        dataset: &Dataset,
        line: &str,
        gathered: &mut AnswerInputs,
        against: &mut AuditGround,
    ) -> Result<Sources, CliError> {
        // Turning points are the vertices of the file; transformed edges would add vertices.
        let mut read = self.common.options();
        read.edges = Some(Edges::Lonlat);
        read.frame.vertices_only = true;
        let found = dataset.select_any(&merestone::io::Reference::parse(line), &read)?;
        let edges = self.common.edges.map(Edges::from).or(found.info.as_ref().map(|info| info.edges));
        against.lines = lines(&found.contents).collect();
        against.lines.iter_mut().for_each(|line| line.edges = edges);
        if against.lines.is_empty() {
            return Err(ReadError::new(found.label, Problem::Nothing("lines")).into());
        }
        let stated_m = Accuracy::stated_m(found.contents.iter().flat_map(Content::metas));
        let sources = Sources::default().of_layer(found.info.as_ref()).accurate_to(stated_m);
        gathered.files.push(found.input);
        gathered.warnings.extend(found.warnings);
        Ok(sources)
    }

    fn table(&self, path: &Path, gathered: &mut AnswerInputs) -> Result<(Vec<AuditLine>, f64), CliError> {
        let shown = path.display().to_string();
        let rows = read_rows(&shown, self.common.datum.encoding, self.common.limits.limits())?;
        let operation = self.common.operation()?.unwrap_or_default();
        let read = document::from_table("line", &rows.headings, &rows.rows, None, &operation)
            .map_err(|error| CliError::Catalogue { path: shown.clone(), error })?;
        let rounding_m = (1000.0 * read.rounding_m()).ceil() / 1000.0;
        gathered.files.push(rows.input);
        gathered.warnings.extend(read.warnings);
        Ok((read.courses.into_iter().map(AuditLine::new).collect(), rounding_m))
    }

    /// Names of the territories on both sides: from the options, else those of the dataset's states.
    fn sides(&self, dataset: &Dataset, lines: &mut [AuditLine]) -> Result<(), CliError> {
        for line in lines.iter_mut() {
            for (named, side) in [(&self.left, &mut line.left), (&self.right, &mut line.right)] {
                if let Some(named) = named {
                    *side = vec![named.clone()];
                }
            }
        }
        let is_called = |line: &AuditLine| !line.left.is_empty() || !line.right.is_empty();
        if !lines.iter().any(is_called) || !dataset.layers().iter().any(|layer| layer.id == home::STATES) {
            return Ok(());
        }
        let states = self.common.select::<Territory>(dataset, home::STATES)?.features;
        for words in lines.iter_mut().flat_map(|line| [&mut line.left, &mut line.right]) {
            let called = states.iter().filter(|state| words.contains(&state.meta.id));
            let names: Vec<String> = called.flat_map(|state| state.meta.name.texts.values().cloned()).collect();
            words.extend(names);
        }
        Ok(())
    }
}

/// The runs of lines and other features, each with the territories on its sides.
fn lines(contents: &[Content]) -> impl Iterator<Item = AuditLine> {
    let of_content = |content: &Content| -> Vec<AuditLine> {
        let Content::Lines(lines) = content else {
            return document::courses_of(std::slice::from_ref(content)).into_iter().map(AuditLine::new).collect();
        };
        let of_line = |line: &Line| {
            let courses = document::courses_of(&[Content::Lines(vec![line.clone()])]);
            let (left, right) = (line.left.clone(), line.right.clone());
            courses.into_iter().map(move |course| {
                let mut one = AuditLine::new(course);
                one.left.extend(left.clone());
                one.right.extend(right.clone());
                one
            })
        };
        lines.iter().flat_map(of_line).collect()
    };
    contents.iter().flat_map(of_content)
}

fn places(contents: &[Content]) -> impl Iterator<Item = AuditPlace> {
    let all = contents.iter().filter_map(|content| match content {
        Content::Places(places) => Some(places),
        _ => None,
    });
    all.flatten().map(|place| AuditPlace {
        names: place
            .meta
            .name
            .texts
            .values()
            .chain(&place.meta.name.variants)
            .chain([&place.meta.id])
            .cloned()
            .collect(),
        kind: place.meta.kind.clone(),
        position: place.position,
    })
}
