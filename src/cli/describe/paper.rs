//! The head of the paper, and its files.

use super::super::answer::{Format, folded, terminal_width};
use super::super::common::print;
use super::super::error::CliError;
use super::Describe;
use merestone::document::description::{Description, DescriptionPaper, Originals, Words, paper, written};
use merestone::document::{CatalogueOptions, DescriptionReport, catalogue};
use merestone::io::{check_target, write_file};
use merestone::model::{Content, Envelope};
use merestone::question::{SheetOptions, sheets};
use merestone::report::{paper_docx, paper_html, paper_markdown};

/// A format of the paper.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PaperFormat {
    Markdown,
    Html,
    Docx,
}

impl Describe {
    /// The format of the paper; none if the legs are requested instead.
    pub(super) fn target(&self) -> Result<Option<PaperFormat>, CliError> {
        let answer = &self.common.answer;
        let path = answer.output.as_deref();
        let ending = path.and_then(|path| path.extension()).map(|ending| ending.to_string_lossy().to_lowercase());
        // A folder holds the legs as CSV.
        let is_folder = path.is_some_and(|path| path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]));
        let target = match (answer.json || is_folder, answer.format, ending.as_deref()) {
            (true, ..) => None,
            (_, Some(Format::Markdown), _) | (_, None, None | Some("md" | "markdown")) => Some(PaperFormat::Markdown),
            (_, None, Some("html" | "htm")) => Some(PaperFormat::Html),
            (_, None, Some("docx")) => Some(PaperFormat::Docx),
            _ => None,
        };
        let is_known = |ending: &str| {
            ["json", "geojson", "csv", "md", "markdown", "html", "htm", "docx", "txt", "text", "gpkg"].contains(&ending)
        };
        if let (None, Some(ending)) = (answer.format, ending.as_deref().filter(|ending| !is_known(ending))) {
            let message = format!(
                "{}: no format ends with .{ending}",
                path.map_or_else(String::new, |p| p.display().to_string())
            );
            let hint = "end the name with .md .html .docx for the paper, with .json .geojson .csv .txt for its legs";
            return Err(CliError::usage(message, hint));
        }
        match (target, path) {
            (Some(_), Some(path)) => check_target(path)?,
            (Some(_), None) => {}
            (None, _) => self.common.check_output()?,
        }
        Ok(target)
    }

    /// Fills in the head of the paper from the options, and the sheets touched by the line.
    pub(super) fn head(&self, description: &mut Description, languages: &[String], outlines: Vec<Content>) {
        if let Some(title) = &self.title {
            description.title = Words::of("en", title.trim());
        }
        description.basis = self.basis.iter().map(|basis| Words::of("en", basis.trim())).collect();
        description.originals =
            self.originals.map(|number| Originals { number, languages: languages.to_vec(), prevails: None });
        // Beyond 88° of latitude there are no sheets.
        description.sheets = sheets(&outlines, &SheetOptions::default())
            .map(|answer| answer.report.sheets.into_iter().map(|row| row.sheet).collect())
            .unwrap_or_default();
    }

    pub(super) fn write(&self, target: PaperFormat, answer: &Envelope<DescriptionReport>) -> Result<(), CliError> {
        let report = &answer.results;
        let annex = catalogue(&report.courses, &CatalogueOptions::default()).report;
        let paper: DescriptionPaper = paper(&report.description, &report.languages, Some(&annex));
        let bytes = match target {
            PaperFormat::Markdown => paper_markdown(&paper).into_bytes(),
            PaperFormat::Html => paper_html(&paper).into_bytes(),
            PaperFormat::Docx => paper_docx(&paper),
        };
        match &self.common.answer.output {
            Some(path) => write_file(path, &bytes)?,
            None if target == PaperFormat::Markdown => print(&on_terminal(&bytes))?,
            None => print(&bytes)?,
        }
        self.common.warn_of(answer);
        Ok(())
    }
}

/// The text of each statement, by language.
pub fn paragraphs(description: &Description, languages: &[String]) -> Vec<Words> {
    let statements = description.sections.iter().flat_map(|section| &section.statements);
    let each = |statement| {
        let said = |language: &String| Some((language.clone(), written(statement, language)?));
        Words(languages.iter().filter_map(said).collect())
    };
    statements.map(each).collect()
}

/// Text as a terminal shows it, its paragraphs folded to the width; to another target it is unchanged.
fn on_terminal(bytes: &[u8]) -> Vec<u8> {
    match (terminal_width(), std::str::from_utf8(bytes)) {
        (Some(width), Ok(text)) => {
            let line = |line: &str| match line.starts_with('|') {
                true => vec![line.to_owned()],
                false => folded(line, Some(width)),
            };
            text.lines().flat_map(line).fold(String::new(), |all, line| all + &line + "\n").into_bytes()
        }
        _ => bytes.to_vec(),
    }
}
