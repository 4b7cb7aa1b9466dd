//! Output of answers: target, format, and messages on standard error.

use super::error::CliError;
use super::hints;
use super::progress;
use clap::{Args, ValueEnum};
use merestone::io::{WriteError, check_target, write_file};
use merestone::model::{Envelope, Warning, sanitize};
use merestone::report::{Rendering, StyleForm, TableOptions, csv, csv_files, geojson, json, markdown, styles, table};
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// How an answer is printed.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned columns for a reader
    #[default]
    Table,
    /// One object, with how the answer was obtained
    Json,
    /// Comma-separated values, numbers not rounded
    Csv,
    /// RFC 7946, the answer's geometry with its fields as properties
    Geojson,
    /// Tables in Markdown
    Markdown,
    /// GeoPackage: layers, tables and styles for QGIS; a file alone
    #[cfg(feature = "gdal")]
    Gpkg,
}

impl Format {
    /// File extensions and their formats.
    const ENDINGS: &[(&str, Format)] = &[
        ("geojson", Format::Geojson),
        ("json", Format::Json),
        ("csv", Format::Csv),
        ("md", Format::Markdown),
        ("markdown", Format::Markdown),
        #[cfg(feature = "gdal")]
        ("gpkg", Format::Gpkg),
        ("txt", Format::Table),
        ("text", Format::Table),
    ];

    /// The format of a file's extension; `None` for a name without an extension.
    fn of_ending(path: &Path) -> Result<Option<Self>, CliError> {
        let Some(ending) = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()) else {
            return Ok(None);
        };
        if let Some((_, format)) = Self::ENDINGS.iter().find(|(known, _)| *known == ending) {
            return Ok(Some(*format));
        }
        // The name of a device or a pipe has no meaningful extension.
        if std::fs::metadata(path).is_ok_and(|there| !there.is_file()) {
            return Ok(None);
        }
        let known: Vec<String> = Self::ENDINGS.iter().map(|(ending, _)| format!(".{ending}")).collect();
        Err(CliError::usage(
            format!("{}: no format ends with .{ending}", path.display()),
            format!(
                "end the name with {}, or with / for a folder of CSV files; --format overrules it",
                known.join(" ")
            ),
        ))
    }
}

/// The form of a style beside an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Style {
    /// QGIS, which opens answer.geojson with answer.qml
    Qml,
    /// Styled Layer Descriptor
    Sld,
}

impl Style {
    const fn form(self) -> (StyleForm, &'static str) {
        match self {
            Style::Qml => (StyleForm::Qml, "qml"),
            Style::Sld => (StyleForm::Sld, "sld"),
        }
    }
}

/// Where an answer goes and how it is printed.
#[derive(Args)]
pub struct AnswerArgs {
    /// How to print the answer [default: by the ending of --output, else table]
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Write the answer to FILE instead of standard output, never half-written; a name that ends with / is a folder for
    /// a CSV file of each list
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write a style beside FILE.geojson: FILE.qml or FILE.sld; of several kinds of geometry one each, as FILE_lines.qml
    #[arg(hide_short_help = true, long, value_name = "FORM", value_enum, value_delimiter = ',')]
    pub style: Vec<Style>,
    /// Print at most N rows of each table
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

/// The target of an answer.
enum AnswerTarget<'a> {
    Stream,
    File(&'a Path),
    Folder(&'a Path),
}

impl AnswerArgs {
    fn target(&self) -> AnswerTarget<'_> {
        match &self.output {
            None => AnswerTarget::Stream,
            Some(path) if path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]) => {
                AnswerTarget::Folder(path)
            }
            Some(path) => AnswerTarget::File(path),
        }
    }

    /// The format of the answer.
    ///
    /// # Errors
    /// No format has the file's extension.
    pub fn chosen(&self) -> Result<Format, CliError> {
        let by_ending = match self.target() {
            _ if self.json => return Ok(Format::Json),
            _ if self.format.is_some() => None,
            AnswerTarget::File(path) => Format::of_ending(path)?,
            AnswerTarget::Stream | AnswerTarget::Folder(_) => None,
        };
        Ok(self.format.or(by_ending).unwrap_or_default())
    }

    /// Checks, before computing, the target and the format of the answer.
    pub fn check(&self) -> Result<(), CliError> {
        let format = self.chosen()?;
        let has_place = format == Format::Geojson && matches!(self.target(), AnswerTarget::File(_));
        if !self.style.is_empty() && !has_place {
            return Err(CliError::usage(
                "a style stands beside a file of GeoJSON",
                "name the file: --output answer.geojson; a GeoPackage has its styles inside",
            ));
        }
        match self.target() {
            #[cfg(feature = "gdal")]
            AnswerTarget::Stream if format == Format::Gpkg => {
                Err(CliError::usage("a GeoPackage is a file", "name it: --output answer.gpkg"))
            }
            AnswerTarget::Stream => Ok(()),
            AnswerTarget::File(path) => Ok(check_target(path)?),
            AnswerTarget::Folder(path) => {
                if self.json || self.format.is_some_and(|format| format != Format::Csv) {
                    let message = format!("{}: a folder holds CSV files, not {}", path.display(), word(format));
                    return Err(CliError::usage(message, "name a file, or leave --format out"));
                }
                // The folder is created with the answer; its parent must exist.
                if path.is_dir() {
                    return Ok(());
                }
                Ok(check_target(Path::new(path.to_string_lossy().trim_end_matches('/')))?)
            }
        }
    }

    fn tables(&self, width: Option<usize>) -> TableOptions {
        let mut options = TableOptions::default();
        options.width = width;
        options.limit = self.limit;
        options
    }

    /// Writes an answer to its target.
    pub fn write<R: Rendering>(&self, answer: &Envelope<R>) -> Result<(), CliError> {
        match self.target() {
            AnswerTarget::Stream => {
                let options = self.tables(terminal_width());
                print(&rendered(self.chosen()?, answer, &options)?)
            }
            AnswerTarget::File(path) => {
                let options = self.tables(None);
                write_file(path, &rendered(self.chosen()?, answer, &options)?)?;
                self.write_styles(path, answer)
            }
            AnswerTarget::Folder(path) => {
                let wrong = |cause| WriteError { path: path.display().to_string(), cause };
                std::fs::create_dir_all(path).map_err(wrong)?;
                for (name, text) in csv_files(answer) {
                    write_file(&path.join(format!("{name}.csv")), text.as_bytes())?;
                }
                Ok(())
            }
        }
    }
}

impl AnswerArgs {
    /// Writes the requested styles beside the file of the answer.
    fn write_styles<R: Rendering>(&self, path: &Path, answer: &Envelope<R>) -> Result<(), CliError> {
        for (form, ending) in self.style.iter().map(|style| style.form()) {
            let all = styles(answer, form);
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            for (kind, text) in &all {
                let name = match all.len() {
                    1 => format!("{stem}.{ending}"),
                    _ => format!("{stem}_{kind}.{ending}"),
                };
                write_file(&path.with_file_name(name), text.as_bytes())?;
            }
        }
        Ok(())
    }
}

/// An answer in the requested format.
pub fn rendered<R: Rendering>(
    format: Format,
    answer: &Envelope<R>,
    options: &TableOptions,
) -> Result<Vec<u8>, CliError> {
    Ok(match format {
        Format::Table => table(answer, options).into_bytes(),
        Format::Json => json(answer).into_bytes(),
        Format::Csv => csv(answer).into_bytes(),
        Format::Geojson => geojson(answer).into_bytes(),
        Format::Markdown => markdown(answer, options).into_bytes(),
        #[cfg(feature = "gdal")]
        Format::Gpkg => merestone::report::geopackage(answer)?,
    })
}

fn word(format: Format) -> String {
    format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// Width in columns of the terminal on standard output; `COLUMNS` overrides it. An answer to another target is the same
/// in every environment.
pub fn terminal_width() -> Option<usize> {
    let out = std::io::stdout();
    out.is_terminal().then(|| stated_width().or_else(|| width_of(terminal_size::terminal_size_of(out)))).flatten()
}

/// Width in columns of the terminal on standard error.
fn message_width() -> Option<usize> {
    let err = std::io::stderr();
    err.is_terminal().then(|| stated_width().or_else(|| width_of(terminal_size::terminal_size_of(err)))).flatten()
}

fn stated_width() -> Option<usize> {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0)
}

fn width_of(size: Option<(terminal_size::Width, terminal_size::Height)>) -> Option<usize> {
    size.map(|(width, _)| width.0.into()).filter(|width| *width > 0)
}

/// Lines of text, broken at spaces to at most `most` columns; a longer word, such as a path, stays whole.
pub fn folded(text: &str, most: Option<usize>) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("one line at least");
        let room = most.is_none_or(|most| line.chars().count() + 1 + word.chars().count() <= most);
        match (line.is_empty(), room) {
            (true, _) => line.push_str(word),
            (false, true) => line.extend([" ", word]),
            (false, false) => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Writes to standard output; a reader that closes the pipe (`| head`) is not an error.
pub fn print(bytes: &[u8]) -> Result<(), CliError> {
    print_by(|out| out.write_all(bytes))
}

/// As `print`, for a function that writes in pieces.
pub fn print_by(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), CliError> {
    progress::end();
    let mut out = BufWriter::new(std::io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(CliError::Stdout(error)),
        _ => Ok(()),
    }
}

/// Writes a message to standard error; text from files is sanitised and limited in length.
pub fn tell(what: &str, message: &str) {
    const WIDEST: usize = 600;
    let line = |line: &str| match line.char_indices().nth(WIDEST) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line.to_owned(),
    };
    let lines: Vec<String> = sanitize(message).lines().map(line).collect();
    let text = format!("{what}: {}", lines.join("\n"));
    // What a hint says to type stays in one line, so that it can be copied.
    let width = if what == "hint" { None } else { message_width() };
    let lines: Vec<String> = text.lines().flat_map(|line| folded(line, width)).collect();
    progress::end();
    // Standard error may be closed or full: the message is then lost, but not the answer.
    let _ = writeln!(std::io::stderr(), "{}", lines.join("\n"));
}

/// Prints warnings on standard error.
pub fn warn(warnings: &[Warning]) {
    for warning in warnings {
        tell("warning", &warning.message);
    }
}

/// More warnings of one kind than this are summarised.
const MOST_OF_A_KIND: usize = 3;

/// Prints warnings on standard error; for a kind with many warnings, the first ones and the number of the others.
pub fn warn_of_kinds(warnings: &[Warning]) {
    let mut counts = std::collections::HashMap::new();
    warnings.iter().for_each(|warning| *counts.entry(warning.code).or_insert(0_usize) += 1);
    let mut summarised = Vec::new();
    for warning in warnings {
        let count = counts[&warning.code];
        if count <= MOST_OF_A_KIND {
            tell("warning", &warning.message);
        } else if !summarised.contains(&warning.code) {
            summarised.push(warning.code);
            tell("warning", &format!("{} (and {} more of this kind)", warning.message, count - 1));
        }
    }
    if !summarised.is_empty() {
        tell("hint", "--verbose prints every warning; --format json holds them all");
    }
}

/// Prints the remedies of warnings on standard error, each once.
pub fn advise(command: &str, warnings: &[Warning]) {
    hints::of_warnings(command, warnings).iter().for_each(|hint| tell("hint", hint));
}
