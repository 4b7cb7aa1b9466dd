//! `merestone resolve`

use super::common::{AnswerInputs, Common};
use super::error::CliError;
use super::parse::{parse_options, read_texts};
use clap::Args;
use merestone::document::description::Authority;
use merestone::document::{self, Course, MapLine, ResolveOptions, ResolveSources};
use merestone::io::{Dataset, Problem, ReadError, Reference, read_rows};
use merestone::model::{Content, Edges, Place};
use merestone::report;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Which position of each point prevails where text, coordinates, map and marks differ?
///
/// The order of precedence is asked for, never assumed. Of each point the first document that states a position prevails; the
/// others are listed with their distance and azimuth from it, and the rule. Nothing is averaged. A text states a position only
/// where it gives coordinates; where it does not, the answer says why, and the next document counts. Of a map's line without
/// numbered points it is the place on it nearest to the position of the strongest other document.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone resolve --precedence text,coordinates,map --text description.txt --coordinates described.csv --map described.geojson
  merestone resolve --precedence coordinates,marks --coordinates paper.csv --marks measured.geojson --format csv
  merestone resolve --precedence marks,map --marks standing.geojson --map line.geojson -o points.geojson")]
pub struct Resolve {
    /// The order of the documents, the strongest first, of: text, coordinates, map, marks
    #[arg(long, value_name = "DOCUMENT,…", value_delimiter = ',', num_args = 1, value_parser = authority)]
    precedence: Vec<Authority>,
    /// Texts of the description, in several languages or parts
    #[arg(long, value_name = "TEXT")]
    text: Vec<String>,
    /// The catalogue of coordinates, a table (CSV, semicolons or tabs) [default: the one annexed to the text]
    #[arg(long, value_name = "FILE")]
    coordinates: Option<PathBuf>,
    /// The line of the map, or its numbered points
    #[arg(long, value_name = "REF")]
    map: Option<String>,
    /// Marks as measured: points with a property `number`, else their ids
    #[arg(long, value_name = "REF")]
    marks: Option<String>,
    /// The language of the texts, by its code [default: that of each paragraph]
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
    #[command(flatten)]
    common: Common,
}

fn authority(word: &str) -> Result<Authority, String> {
    let words = || Authority::ALL.map(Authority::word).join(", ");
    Authority::from_word(word.trim()).ok_or_else(|| format!("documents are: {}", words()))
}

impl Resolve {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let dataset = self.common.dataset()?;
        let mut gathered = AnswerInputs::default();
        let mut sources = ResolveSources::default();
        if !self.text.is_empty() {
            let options = parse_options(self.language.as_deref(), None)?;
            let (read, files, warnings) = read_texts(&self.text, &options, &self.common)?;
            gathered.files.extend(files);
            gathered.warnings.extend(warnings);
            sources.texts = Some(read.texts.into_iter().map(|text| text.description).collect());
        }
        let mut options = ResolveOptions::default();
        options.precedence.clone_from(&self.precedence);
        options.operation = self.common.operation()?.unwrap_or_default();
        if let Some(path) = &self.coordinates {
            sources.coordinates = Some(self.table(path, &options, &mut gathered)?);
        }
        if let Some(reference) = &self.map {
            sources.map = Some(self.map(reference, &dataset, &mut gathered)?);
        }
        if let Some(reference) = &self.marks {
            sources.marks = Some(gathered.select::<Place>(&self.common, &dataset, reference)?.features);
        }
        let answer = document::resolve(&sources, &options)?;
        self.common.emit(&report::envelope(answer.of_sources(gathered.sources())))?;
        Ok(ExitCode::SUCCESS)
    }

    fn table(
        &self,
        path: &Path,
        options: &ResolveOptions,
        gathered: &mut AnswerInputs,
    ) -> Result<Vec<Course>, CliError> {
        let shown = path.display().to_string();
        let rows = read_rows(&shown, self.common.datum.encoding, self.common.limits.limits())?;
        let read = document::from_table(&shown, &rows.headings, &rows.rows, None, &options.operation)
            .map_err(|error| CliError::Catalogue { path: shown.clone(), error })?;
        gathered.files.push(rows.input);
        gathered.warnings.extend(read.warnings);
        Ok(read.courses)
    }

    fn map(&self, reference: &str, dataset: &Dataset, gathered: &mut AnswerInputs) -> Result<MapLine, CliError> {
        // Its points are the vertices of the file: transformed edges would add vertices.
        let mut options = self.common.options_of(None, reference);
        options.edges = Some(Edges::Lonlat);
        options.frame.vertices_only = true;
        let found = dataset.select_any(&Reference::parse(reference), &options)?;
        let of_content = |content: &Content| match content {
            Content::Places(places) => places.clone(),
            _ => Vec::new(),
        };
        let points: Vec<Place> = found.contents.iter().flat_map(of_content).collect();
        let map = MapLine { courses: document::courses_of(&found.contents), points };
        if map.courses.is_empty() && map.points.is_empty() {
            return Err(ReadError::new(found.label, Problem::Nothing("lines or points")).into());
        }
        gathered.files.push(found.input);
        gathered.warnings.extend(found.warnings);
        Ok(map)
    }
}
