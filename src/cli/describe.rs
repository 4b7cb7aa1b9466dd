//! `merestone describe`

mod paper;
mod subject;

use super::common::{AnswerInputs, Common, print, tell};
use super::error::CliError;
use super::hints::Hint;
use super::surroundings::{self, Layers, Named};
use clap::{Args, ValueEnum};
use merestone::document::description::{Authority, LengthUnit, WindCount, unconfirmed};
use merestone::document::{self, Compass, DescribeOptions};
use merestone::model::{Place, Warning, WarningCode};
use merestone::report;
use std::process::ExitCode;

/// The text of a line: its protocol-description, leg by leg, in one or several languages.
///
/// One leg is one paragraph: what it follows (a straight line, a river, a road, a ridge, an edge), its direction, its length
/// and where it ends. Lines of several runs or files are sectors; two territories give their common line; one territory
/// gives its ring, clockwise, with area and perimeter.
///
/// The text is printed in Markdown, or written by the ending of --output: .md, .html, .docx. Several languages stand side
/// by side. --format table, json, csv or geojson give the legs with their numbers, and JSON the syntax tree of the text.
///
/// A thalweg is stated only if the river's property `line` says that its line is one. Rivers run downstream in the order
/// of their positions. Words that a native speaker must confirm are listed by --unconfirmed.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone describe lines/arm-aze-2024
  merestone describe lines/ring-artsvashen --lang ru,en --output ring.docx
  merestone describe north.geojson south.geojson --left Westland --right Eastland --rivers rivers.geojson
  merestone describe lines/ring-karki --simplify 100 --winds degrees --unit m --format table
  merestone describe --unconfirmed")]
pub struct Describe {
    /// Lines, sector by sector; or two territories that touch; or one territory
    #[arg(value_name = "LINE", required_unless_present = "unconfirmed", num_args = 1..)]
    lines: Vec<String>,
    /// Rivers and lakes [default: layer rivers of the dataset, if it has one and the line lies within its bounds]
    #[arg(long, value_name = "REF", help_heading = "Surroundings")]
    rivers: Vec<String>,
    /// Roads and railways
    #[arg(long, value_name = "REF", help_heading = "Surroundings")]
    roads: Vec<String>,
    /// Ridges [default: layer ridges of the dataset, as for rivers]
    #[arg(long, value_name = "REF", help_heading = "Surroundings")]
    ridges: Vec<String>,
    /// Settlements, summits, bridges and other points [default: places of the dataset, as for rivers]
    #[arg(long, value_name = "REF", help_heading = "Surroundings")]
    places: Vec<String>,
    /// Edges of parcels and forests
    #[arg(long, value_name = "REF", help_heading = "Surroundings")]
    parcels: Vec<String>,
    /// Territories, for names and tripoints [default: states of the dataset, as for rivers]
    #[arg(long, value_name = "REF", help_heading = "Surroundings")]
    territories: Vec<String>,
    /// The territory on the left: its id, its name, or names by language: "en=Westland;ru=…"
    #[arg(long, value_name = "NAME", help_heading = "Text")]
    left: Option<String>,
    /// The territory on the right
    #[arg(long, value_name = "NAME", help_heading = "Text")]
    right: Option<String>,
    /// Turning points are those that a simplification within so many metres keeps [default: all vertices]
    #[arg(long, value_name = "METRES", value_parser = super::common::metres, conflicts_with = "marks", help_heading = "Legs")]
    simplify: Option<f64>,
    /// Turning points are the vertices nearest to these marks
    #[arg(long, value_name = "REF", help_heading = "Legs")]
    marks: Option<String>,
    /// How directions are stated
    #[arg(long, value_enum, default_value = "16", help_heading = "Legs")]
    winds: WindsArg,
    /// State the general direction of legs along rivers too
    #[arg(hide_short_help = true, long, help_heading = "Legs")]
    river_directions: bool,
    /// Unit of lengths
    #[arg(long, value_enum, default_value = "km", help_heading = "Legs")]
    unit: UnitArg,
    /// Decimals of lengths [default: by the accuracy of the line; 0.01 km where it states none]
    #[arg(hide_short_help = true, long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=6), help_heading = "Legs")]
    decimals: Option<u8>,
    /// Scale of the source: half a millimetre of it is the least tolerance for following something
    #[arg(hide_short_help = true, long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(100..=10_000_000), help_heading = "Legs")]
    scale: Option<u32>,
    /// Most ties of a point to permanent objects, 0 to 3
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=3), default_value = "3", help_heading = "Legs")]
    ties: u8,
    /// Number of the first point
    #[arg(hide_short_help = true, long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=999_999), default_value = "1", help_heading = "Legs")]
    first: u32,
    /// Which document prevails where they differ, the strongest first; the text has no such rule without it
    #[arg(long, value_enum, value_delimiter = ',', value_name = "DOCUMENT,…", help_heading = "Text")]
    precedence: Vec<AuthorityArg>,
    /// The party that stands first, with its language
    #[arg(long, value_name = "CODE", help_heading = "Text")]
    alternat: Option<String>,
    /// Title, instead of the usual one
    #[arg(hide_short_help = true, long, value_name = "TEXT", help_heading = "Text")]
    title: Option<String>,
    /// Legal basis (repeatable)
    #[arg(hide_short_help = true, long, value_name = "TEXT", help_heading = "Text")]
    basis: Vec<String>,
    /// Number of originals
    #[arg(hide_short_help = true, long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=99), help_heading = "Text")]
    originals: Option<u32>,
    /// List the words that a native speaker must confirm
    #[arg(long, conflicts_with = "lines", help_heading = "Text")]
    unconfirmed: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, ValueEnum)]
enum WindsArg {
    /// Eight winds
    #[value(name = "8")]
    Eight,
    /// Sixteen winds
    #[value(name = "16")]
    Sixteen,
    /// Azimuths from true north, no finer than the accuracy allows
    Degrees,
}

#[derive(Clone, Copy, ValueEnum)]
enum UnitArg {
    Km,
    M,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AuthorityArg {
    /// The text of the description
    Text,
    /// The catalogue of coordinates
    Coordinates,
    /// The map
    Map,
    /// The marks on the ground
    Marks,
}

impl From<AuthorityArg> for Authority {
    fn from(authority: AuthorityArg) -> Self {
        match authority {
            AuthorityArg::Text => Authority::Text,
            AuthorityArg::Coordinates => Authority::Coordinates,
            AuthorityArg::Map => Authority::Map,
            AuthorityArg::Marks => Authority::Marks,
        }
    }
}

impl Describe {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        let languages = surroundings::languages(&self.common.lang)?;
        if self.unconfirmed {
            return self.list_unconfirmed(&languages);
        }
        let target = self.target()?;
        let dataset = self.common.dataset()?;
        let mut gathered = AnswerInputs::default();
        let mut subject = self.subject(&dataset, &mut gathered)?;
        let layers = Layers {
            rivers: &self.rivers,
            roads: &self.roads,
            ridges: &self.ridges,
            parcels: &self.parcels,
            places: &self.places,
        };
        let Named { mut context, warnings } = layers.read(&self.common, &dataset, &mut gathered, subject.is_home)?;
        context.territories = std::mem::take(&mut subject.territories);
        let options = self.options(&dataset, &mut gathered)?;
        let mut sources = subject.sources.clone();
        let outlines = subject.outlines();
        let described = document::describe(&subject.lines, &context, &options);
        let mut answer = described.map_err(|error| CliError::usage(error.to_string(), error.hint()))?;
        gathered.warnings.extend(warnings);
        (sources.inputs, sources.warnings) = (gathered.files, gathered.warnings);
        answer = answer.of_sources(sources);
        if options.precedence.is_empty() {
            let message = "which document prevails is not stated; --precedence text,coordinates,map,marks states it";
            answer.warnings.push(Warning { code: WarningCode::Note, message: message.to_owned(), feature: None });
        }
        let report = &mut answer.report;
        let parties = &mut report.description.parties;
        let code = self.alternat.as_deref();
        let languages = surroundings::alternat(code, &dataset, &subject.names, languages, parties)?;
        self.head(&mut report.description, &languages, outlines);
        // The text of a paper comes from the tree.
        if target.is_none() {
            report.paragraphs = paper::paragraphs(&report.description, &languages);
        }
        report.languages = languages;
        let answer = report::envelope(answer);
        match target {
            Some(target) => self.write(target, &answer)?,
            None => self.common.emit(&answer)?,
        }
        Ok(ExitCode::SUCCESS)
    }

    fn list_unconfirmed(&self, languages: &[String]) -> Result<ExitCode, CliError> {
        // English alone is the default and has no unconfirmed words: then all languages are meant.
        let is_meant = |code: &str| languages == ["en"] || languages.iter().any(|language| language == code);
        let all = unconfirmed();
        let lines = all.iter().filter(|one| is_meant(one.language));
        let text: String = lines.map(|one| format!("{}\t{}\t{}\n", one.language, one.message, one.text)).collect();
        print(text.as_bytes())?;
        if text.is_empty() && !self.common.quiet {
            tell("note", "nothing in these languages waits for a native speaker");
        }
        Ok(ExitCode::SUCCESS)
    }

    fn options(
        &self,
        dataset: &merestone::io::Dataset,
        gathered: &mut AnswerInputs,
    ) -> Result<DescribeOptions, CliError> {
        let mut options = DescribeOptions::default();
        options.simplify_m = self.simplify;
        if let Some(reference) = &self.marks {
            options.marks = Some(gathered.select::<Place>(&self.common, dataset, reference)?.features);
        }
        options.compass = match self.winds {
            WindsArg::Eight => Compass::Winds(WindCount::Eight),
            WindsArg::Sixteen => Compass::Winds(WindCount::Sixteen),
            WindsArg::Degrees => Compass::Degrees,
        };
        options.river_directions = self.river_directions;
        options.unit = match self.unit {
            UnitArg::Km => LengthUnit::Kilometre,
            UnitArg::M => LengthUnit::Metre,
        };
        options.decimals = self.decimals;
        options.scale = self.scale;
        options.ties = usize::from(self.ties);
        options.first_number = self.first;
        for authority in &self.precedence {
            let authority = Authority::from(*authority);
            if options.precedence.contains(&authority) {
                let hint = "name each document once: --precedence text,coordinates,map,marks";
                return Err(CliError::usage("a document stands twice in --precedence", hint));
            }
            options.precedence.push(authority);
        }
        Ok(options)
    }
}
