//! The protocol of each mark, as pages of one document or as files of a folder.

use super::super::common::{AnswerInputs, Common, metres};
use super::super::error::CliError;
use super::super::progress;
use super::super::surroundings::{self, Layers, Names, known_territories};
use clap::{Args, ValueEnum};
use merestone::document::description::{DescriptionPaper, Words};
use merestone::document::{
    CoordinateColumns, DescriptionContext, MarkProtocols, ProtocolBasis, ProtocolOptions, mark_protocols,
};
use merestone::io::{Dataset, WriteError, check_target, write_file};
use merestone::model::{Content, Warning};
use merestone::question::MarkReport;
use merestone::report::{paper_docx, paper_html};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Resolution of sketches in DOCX, in dots per inch.
const DPI: f64 = 200.0;
/// Most pages of one document.
const MOST: usize = 2000;
/// Files that are made before they are written.
const TOGETHER: usize = 200;

/// Options of protocols.
#[derive(Args)]
#[command(next_help_heading = "Protocols")]
pub struct ProtocolArgs {
    /// Write a protocol of each mark: a page of FILE.html or FILE.docx, or a file in FOLDER/
    #[arg(long, value_name = "FILE|FOLDER/")]
    protocol: Option<PathBuf>,
    /// Format of the files in a folder
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "html", requires = "protocol")]
    protocol_format: ProtocolFormat,
    /// Permanent objects to which marks are tied: buildings, bridges, summits … (repeatable)
    #[arg(long, value_name = "REF", requires = "protocol")]
    places: Vec<String>,
    /// Most ties of a mark
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=6), default_value = "4", requires = "protocol")]
    ties: u8,
    /// Greatest length of a tie
    #[arg(hide_short_help = true, long, value_name = "METRES", value_parser = metres, default_value = "3000", requires = "protocol")]
    tie_reach: f64,
    /// Systems of coordinates, in their order
    #[arg(
        long,
        value_name = "SYSTEM,…",
        value_enum,
        value_delimiter = ',',
        default_value = "wgs84,pulkovo,gauss-kruger,utm",
        requires = "protocol"
    )]
    coordinates: Vec<System>,
    /// Scale of all sketches, 500 to 2000 [default: 500, 1000 or 2000, by what is around the mark]
    #[arg(long, value_name = "1:N", value_parser = sketch_scale, requires = "protocol")]
    sketch_scale: Option<u32>,
    /// The territory on the left: its id, its name, or names by language: "en=Westland;ru=…"
    #[arg(long, value_name = "NAME", requires = "protocol")]
    left: Option<String>,
    /// The territory on the right
    #[arg(long, value_name = "NAME", requires = "protocol")]
    right: Option<String>,
    /// Territories, for names [default: states of the dataset, if the line lies within its bounds]
    #[arg(long, value_name = "REF", requires = "protocol")]
    territories: Vec<String>,
    /// The party that stands first, with its language
    #[arg(long, value_name = "CODE", requires = "protocol")]
    alternat: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProtocolFormat {
    Html,
    Docx,
}

/// A system of coordinates.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum System {
    /// Latitude and longitude in WGS 84
    Wgs84,
    /// Latitude and longitude in Pulkovo 1942
    Pulkovo,
    /// Gauss–Krüger x and y in Pulkovo 1942
    GaussKruger,
    /// UTM easting and northing in WGS 84
    Utm,
}

impl From<System> for CoordinateColumns {
    fn from(system: System) -> Self {
        match system {
            System::Wgs84 => CoordinateColumns::Wgs84,
            System::Pulkovo => CoordinateColumns::Pulkovo,
            System::GaussKruger => CoordinateColumns::GaussKruger,
            System::Utm => CoordinateColumns::Utm,
        }
    }
}

fn sketch_scale(text: &str) -> Result<u32, String> {
    let number = text.trim_start_matches("1:").parse().ok().filter(|n| (500..=2000).contains(n));
    number.ok_or_else(|| "sketches are at 1:500 to 1:2000, as 1000".to_owned())
}

/// Where protocols go.
enum ProtocolTarget {
    Document(PathBuf, ProtocolFormat),
    Folder(PathBuf, ProtocolFormat),
}

/// What protocols need beside the marks.
pub struct Protocols {
    target: ProtocolTarget,
    context: DescriptionContext,
    names: Names,
    languages: Vec<String>,
}

impl ProtocolArgs {
    /// Checks where protocols go; none if they are not wanted.
    fn target(&self) -> Result<Option<ProtocolTarget>, CliError> {
        let Some(path) = &self.protocol else { return Ok(None) };
        let text = path.to_string_lossy();
        if text.ends_with('/') || path.is_dir() {
            return Ok(Some(ProtocolTarget::Folder(path.clone(), self.protocol_format)));
        }
        let format = match path.extension().map(|end| end.to_string_lossy().to_lowercase()).as_deref() {
            Some("html" | "htm") => ProtocolFormat::Html,
            Some("docx") => ProtocolFormat::Docx,
            _ => {
                let hint = "give it the ending .html or .docx, or a / at its end for a folder";
                return Err(CliError::usage(format!("{text}: protocols are HTML or DOCX"), hint));
            }
        };
        check_target(path)?;
        Ok(Some(ProtocolTarget::Document(path.clone(), format)))
    }

    /// Reads what protocols need; the lines get the territories that the user names.
    pub fn prepared(
        &self,
        common: &Common,
        dataset: &Dataset,
        gathered: &mut AnswerInputs,
        lines: &mut [Content],
        (rivers, roads): (&[Content], &[Content]),
    ) -> Result<Option<Protocols>, CliError> {
        let Some(target) = self.target()? else { return Ok(None) };
        let languages = surroundings::languages(&common.lang)?;
        if let Some(twice) = self.coordinates.iter().enumerate().find(|(i, one)| self.coordinates[..*i].contains(one)) {
            let word = CoordinateColumns::from(*twice.1).word();
            let message = format!("--coordinates names {word} twice");
            return Err(CliError::usage(message, "name each system once: --coordinates wgs84,utm"));
        }
        let courses = lines.iter().flat_map(Content::courses).flat_map(|(_, runs)| runs);
        let positions: Vec<geo::Coord> = courses.flatten().copied().collect();
        let (known, _) = known_territories(common, dataset, gathered, &self.territories, positions)?;
        let mut names = Names::default();
        names.add(&known);
        self.name_sides(lines, &mut names);
        // Objects of the dataset are known to hundreds of metres: no mark is tied to them, and no sketch shows them.
        let none: &[String] = &[];
        let layers = Layers { rivers: none, roads: none, ridges: none, parcels: none, places: &self.places };
        let surroundings::Named { mut context, warnings } = layers.read(common, dataset, gathered, false)?;
        gathered.warnings.extend(warnings);
        (context.rivers, context.roads) = (rivers.to_vec(), roads.to_vec());
        Ok(Some(Protocols { target, context, names, languages }))
    }

    /// Puts the territories that the user names on the sides of the lines.
    fn name_sides(&self, lines: &mut [Content], names: &mut Names) {
        let mut id = |text: &Option<String>| -> Option<String> {
            let name = names.called(text.as_ref()?);
            let id = names.code(&name).or_else(|| name.get("en").map(str::to_owned))?;
            names.call(&id, name);
            Some(id)
        };
        let (left, right) = (id(&self.left), id(&self.right));
        for content in lines {
            let Content::Lines(lines) = content else { continue };
            for line in lines {
                line.left = left.clone().or(line.left.take());
                line.right = right.clone().or(line.right.take());
            }
        }
    }

    /// Writes the protocols.
    pub fn write(
        &self,
        protocols: Protocols,
        report: &MarkReport,
        lines: &[Content],
        (common, dataset): (&Common, &Dataset),
        gathered: &mut AnswerInputs,
    ) -> Result<(), CliError> {
        let Protocols { target, context, mut names, languages } = protocols;
        let sides = report.marks.iter().flat_map(|mark| [&mark.left, &mark.right]).flatten();
        let ids: BTreeSet<&String> = sides.collect();
        for id in &ids {
            if names.get(id).is_none() {
                names.call(id, Words::of("en", id.as_str()));
            }
        }
        let mut parties: Vec<Words> = ids.iter().filter_map(|id| names.get(id)).collect();
        let mut options = ProtocolOptions::default();
        let code = self.alternat.as_deref();
        options.languages = surroundings::alternat(code, dataset, &names, languages, &mut parties)?;
        options.parties = parties;
        options.coordinates = self.coordinates.iter().map(|system| (*system).into()).collect();
        options.operation = common.operation()?.unwrap_or_default();
        (options.ties, options.tie_reach_m) = (usize::from(self.ties), self.tie_reach);
        options.scale = self.sketch_scale;
        let (ProtocolTarget::Document(_, format) | ProtocolTarget::Folder(_, format)) = &target;
        options.dpi = (*format == ProtocolFormat::Docx).then_some(DPI);
        options.data = gathered.files.iter().map(|file| (file.path.clone(), file.sha256.clone())).collect();
        options.data.dedup();
        let basis = ProtocolBasis { lines, context: &context, names: names.all() };
        progress::stage("drawing protocols");
        let made = mark_protocols(report, &basis, &options);
        let warnings = match &target {
            ProtocolTarget::Document(path, format) => {
                if made.len() > MOST {
                    let message =
                        format!("{}: {} protocols; one document has at most {MOST}", path.display(), made.len());
                    return Err(CliError::usage(message, "write a file for each: --protocol protocols/"));
                }
                let (paper, warnings) = made.papers()?;
                write_file(path, &bytes(&paper, *format))?;
                warnings
            }
            ProtocolTarget::Folder(folder, format) => in_folder(&made, folder, *format)?,
        };
        gathered.warnings.extend(warnings);
        Ok(())
    }
}

fn bytes(paper: &DescriptionPaper, format: ProtocolFormat) -> Vec<u8> {
    match format {
        ProtocolFormat::Html => paper_html(paper).into_bytes(),
        ProtocolFormat::Docx => paper_docx(paper),
    }
}

/// Writes a file for each mark, a few at a time.
fn in_folder(made: &MarkProtocols<'_>, folder: &Path, format: ProtocolFormat) -> Result<Vec<Warning>, CliError> {
    let wrong = |cause| WriteError { path: folder.display().to_string(), cause };
    std::fs::create_dir_all(folder).map_err(wrong)?;
    let ending = if format == ProtocolFormat::Html { "html" } else { "docx" };
    let (mut warnings, mut taken) = (Vec::new(), BTreeSet::new());
    let all: Vec<usize> = (0..made.len()).collect();
    for some in all.chunks(TOGETHER) {
        progress::stage(format!("drawing protocols {} to {} of {}", some[0] + 1, some[0] + some.len(), made.len()));
        let files: Vec<(Vec<u8>, Vec<Warning>)> = some
            .par_iter()
            .map(|index| made.paper(*index).map(|(paper, warnings)| (bytes(&paper, format), warnings)))
            .collect::<Result<_, _>>()?;
        for (index, (bytes, more)) in some.iter().zip(files) {
            write_file(&folder.join(file_name(made.number(*index), ending, &mut taken)), &bytes)?;
            warnings.extend(more);
        }
    }
    Ok(warnings)
}

/// The name of a mark's file: its number, with `_` for what is no letter, digit or hyphen; of equal ones, the later are counted.
fn file_name(number: &str, ending: &str, taken: &mut BTreeSet<String>) -> String {
    let safe = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let name: String = number.chars().map(safe).take(80).collect();
    let mut count = 1;
    loop {
        let name = if count == 1 { format!("{name}.{ending}") } else { format!("{name}_{count}.{ending}") };
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_leads_out_of_the_folder_and_no_file_is_written_twice() {
        let mut taken = BTreeSet::new();
        let names = ["12/1", "12_1", "../x", "12/1"].map(|number| file_name(number, "html", &mut taken));
        assert_eq!(names, ["12_1.html", "12_1_2.html", "___x.html", "12_1_3.html"]);
    }
}
