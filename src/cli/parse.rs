//! `merestone parse`

use super::common::Common;
use super::error::CliError;
use clap::{Args, ValueEnum};
use merestone::document::description::WindCount;
use merestone::document::parse::{ParseOptions, ParseReport, parse, parse_languages};
use merestone::io::{ProseForm, read_prose};
use merestone::model::{Answer, Input, Provenance, Sources, Warning, WarningCode};
use merestone::report;
use std::process::ExitCode;

/// The text of a description, read into its syntax tree.
///
/// Plain text, Markdown, HTML and DOCX in Azerbaijani, Armenian, English, French, German, Italian, Russian, Serbian, Spanish
/// and Ukrainian. Every field has the bytes that it was read from and a confidence; words that no rule understands are
/// listed, never dropped. The rose of winds, the unit, the datum and the north of the whole are inferred and stated.
///
/// Exit code 1 where a clause is not understood. GeoJSON output holds the points whose coordinates the text states.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone parse description.txt
  merestone parse protocol.docx --format json --output tree.json
  merestone parse description.txt --language en --winds 16")]
pub struct Parse {
    /// Texts, or `-`
    #[arg(value_name = "TEXT", required = true)]
    texts: Vec<String>,
    /// The language of the texts, by its code [default: that of each paragraph]
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
    /// The rose of winds [default: as the text has them]
    #[arg(long, value_enum)]
    winds: Option<WindsArg>,
    #[command(flatten)]
    common: Common,
}

/// A rose of winds on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub enum WindsArg {
    /// Sectors of 90°
    #[value(name = "4")]
    Four,
    /// An oblique word for each quadrant
    Quadrants,
    /// Sectors of 45°
    #[value(name = "8")]
    Eight,
    /// Sectors of 22.5°
    #[value(name = "16")]
    Sixteen,
}

impl From<WindsArg> for WindCount {
    fn from(winds: WindsArg) -> Self {
        match winds {
            WindsArg::Four => WindCount::Four,
            WindsArg::Quadrants => WindCount::Quadrants,
            WindsArg::Eight => WindCount::Eight,
            WindsArg::Sixteen => WindCount::Sixteen,
        }
    }
}

/// The options for parsing texts.
pub fn parse_options(language: Option<&str>, winds: Option<WindsArg>) -> Result<ParseOptions, CliError> {
    let mut options = ParseOptions::default();
    if let Some(language) = language {
        if !parse_languages().contains(&language) {
            let message = format!("\"{language}\" is no language that descriptions are read in");
            return Err(CliError::usage(message, format!("the languages are {}", parse_languages().join(", "))));
        }
        options.language = Some(language.to_owned());
    }
    options.winds = winds.map(WindCount::from);
    Ok(options)
}

/// Parsed texts, the files, and the warnings.
pub type Texts = (ParseReport, Vec<Input>, Vec<Warning>);

/// Reads texts.
pub fn read_texts(paths: &[String], options: &ParseOptions, common: &Common) -> Result<Texts, CliError> {
    let mut answer = ParseReport::default();
    let (mut files, mut warnings) = (Vec::new(), Vec::new());
    for path in paths {
        let prose = read_prose(path, common.datum.encoding, common.limits.limits())?;
        let read =
            parse(&prose.text, options).map_err(|error| CliError::NoDescription { path: path.clone(), error })?;
        if prose.form != ProseForm::Plain {
            let message = format!("{path}: spans count bytes of the text that was taken out of the file");
            warnings.push(Warning { code: WarningCode::Note, message, feature: None });
        }
        files.push(Input { features: read.clauses.len(), ..prose.input });
        answer.add(path, read);
    }
    Ok((answer, files, warnings))
}

impl Parse {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let options = parse_options(self.language.as_deref(), self.winds)?;
        let (answer, files, warnings) = read_texts(&self.texts, &options, &self.common)?;
        let all_understood = answer.texts.iter().all(|text| text.not_understood == 0);
        let answer = Answer::new(answer, Provenance::of_text(), Vec::new());
        let sources = Sources::new(files).with_warnings(warnings);
        self.common.emit(&report::envelope(answer.of_sources(sources)))?;
        Ok(if all_understood { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}
