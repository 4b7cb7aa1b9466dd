//! `merestone album`

use super::builtin;
use super::common::{reading, tell};
use super::error::CliError;
use super::map::code;
use super::overrides::{paper, scale};
use super::picture::Picture;
use super::plate;
use super::plate_input::PlateInput;
use super::progress;
use clap::{Args, ValueEnum};
use merestone::earth::SheetScale;
use merestone::inputs::as_layers;
use merestone::io::{Dataset, Problem, ReadError, Reference, WriteError, check_target, write_file};
use merestone::map::{
    Album, AlbumPage, AlbumSpec, LayerSpec, LintCode, MOST_SHEETS, MapError, Paper, Plate, PlateOptions, PlateSpec,
};
use merestone::model::{Content, Layer, LayerInfo, Place, Role, Territory, UNDETERMINED};
use merestone::question::{self, SheetOptions};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Layers of a dataset that the sheets show, lowest first.
const CONTEXT: [&str; 6] = ["states", "water", "rivers", "lines", "enclaves", "places"];

/// Draws the sheets along a line as one album: cover, index, list of sheets, sheets, catalogue of marks.
///
/// All sheets have one scale, one size and one projection, north up; every place of the line is on a sheet, 1 cm or more
/// inside its frame. Each sheet has its number, the numbers of the sheets around it with the lines where they meet, its
/// chainage, the marks on it, and room for the signatures of both parties. Rings have their own sheets.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone album lines/arm-aze-naxcivan --scale 250000 --paper A3 -o album.pdf
  merestone album line.geojson --layer land.geojson --marks standing.geojson --scale 1:50000 -o album.pdf
  merestone album line.geojson --scale 100000 --format svg -o sheets/
  merestone album lines/arm-aze-main --scale 500000 --alternat ARM --basis 'the record of 15 May 2024' -o first.pdf")]
pub struct AlbumCommand {
    /// Lines to cover; of territories, the outlines
    #[arg(value_name = "LINE", required = true)]
    lines: Vec<String>,
    /// One PDF (FILE.pdf), or a folder (FOLDER/) with a picture of each page
    #[arg(short, long, value_name = "FILE.pdf|FOLDER/")]
    output: PathBuf,
    /// Scale of the sheets: its denominator, as 25000 or 1:25000
    #[arg(long, value_name = "1:N", value_parser = scale, default_value = "25000")]
    scale: f64,
    /// Paper: A0 to A4, with -portrait where it stands upright, or WIDTHxHEIGHT in millimetres
    #[arg(long, value_name = "SIZE", value_parser = paper, default_value = "A3")]
    paper: Paper,
    /// Least overlap of successive sheets, in percent of their width and height
    #[arg(long, value_name = "PERCENT", value_parser = percent, default_value = "10")]
    overlap: f64,
    /// Greatest number of sheets
    #[arg(long, value_name = "N", default_value_t = MOST_SHEETS)]
    max_sheets: usize,
    /// Boundary marks, numbered by their property number, else by name or id
    #[arg(long, value_name = "REF")]
    marks: Option<String>,
    /// Draw this REF too, below the line (repeatable, lowest first); REF:role=route where its data do not say what its lines
    /// are
    #[arg(long, value_name = "REF")]
    layer: Vec<String>,
    /// A preset of map, or a specification in TOML: layers, hues and texts of the sheets
    #[arg(long, value_name = "PRESET|SPEC.toml", conflicts_with = "layer")]
    plate: Option<String>,
    /// Title of the album [default: in the languages of the parties]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// On what the album is based, for the cover
    #[arg(long, value_name = "TEXT")]
    basis: Option<String>,
    /// Scale of the map sheets that are named on each sheet, or none [default: the series next to that of the album]
    #[arg(long, value_name = "NUMBER|none", value_parser = series)]
    map_sheets: Option<Series>,
    /// Format of the pages in a folder
    #[arg(long, value_enum, default_value = "svg")]
    format: PageFormat,
    /// Resolution of PNGs in dots per inch
    #[arg(long, default_value_t = 300.0)]
    dpi: f64,
    /// Languages of the names, one above the other in alphabetical order [default: those of the parties]
    #[arg(long, value_name = "LANG,…", value_delimiter = ',')]
    lang: Vec<String>,
    /// Put this party first throughout: the album is one of two originals
    #[arg(long, value_name = "PARTY")]
    alternat: Option<String>,
    /// Let this finding pass; the sheets say so (repeatable)
    #[arg(long, value_name = "CODE", value_parser = code)]
    allow: Vec<LintCode>,
    #[command(flatten)]
    input: PlateInput,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PageFormat {
    Svg,
    Png,
}

impl PageFormat {
    fn ending(self) -> &'static str {
        match self {
            PageFormat::Svg => "svg",
            PageFormat::Png => "png",
        }
    }
}

/// The series of map sheets named on the sheets of an album.
#[derive(Clone, Copy)]
enum Series {
    None,
    Of(SheetScale),
}

fn series(text: &str) -> Result<Series, String> {
    if text == "none" {
        return Ok(Series::None);
    }
    let known = || SheetScale::ALL.map(|scale| scale.denominator().to_string()).join(", ");
    let number = text.trim_start_matches("1:").parse().ok().and_then(SheetScale::of_denominator);
    number.map(Series::Of).ok_or_else(|| format!("the scales of the series are {}; or none", known()))
}

fn percent(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.trim_end_matches('%').trim().parse().ok();
    number.filter(|n| (0.0..=50.0).contains(n)).ok_or_else(|| "an overlap is from 0 to 50 percent, as 10%".to_owned())
}

impl AlbumCommand {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        let folder = self.folder()?;
        progress::begin(self.input.quiet, false);
        let dataset = self.input.dataset()?;
        let mut album = self.laid_out(&dataset)?;
        self.name_map_sheets(&mut album)?;
        let (pages, sheets) = (album.pages().len(), album.sheets.len());
        let mut noticed = Vec::new();
        match &folder {
            Some(folder) => noticed = self.write_pages(&album, folder)?,
            None => {
                let bytes = album.pdf(|number, page, plate| noticed.extend(self.drawn(&album, number, page, plate)))?;
                write_file(&self.output, &bytes)?;
            }
        }
        progress::end();
        if !self.input.quiet {
            noticed.iter().for_each(|message| tell("warning", message));
            tell("note", &format!("{}: {sheets} sheets, {pages} pages", self.output.display()));
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The folder for the pages; none where the album is one file.
    fn folder(&self) -> Result<Option<PathBuf>, CliError> {
        let text = self.output.to_string_lossy();
        if text.ends_with('/') || self.output.is_dir() {
            return Ok(Some(self.output.clone()));
        }
        if self.output.extension().is_none_or(|end| !end.eq_ignore_ascii_case("pdf")) {
            let message = format!("{text}: an album is one PDF, or a folder of pages");
            return Err(CliError::usage(message, "give it the ending .pdf, or a / at its end for a folder"));
        }
        check_target(&self.output)?;
        Ok(None)
    }

    fn laid_out(&self, dataset: &Dataset) -> Result<Album, CliError> {
        let options = self.input.options();
        let (mut spec, mut layers) = match &self.plate {
            Some(plate) => plate::specified(plate, dataset, &options, self.input.quiet)?,
            None => (PlateSpec { id: "album".to_owned(), ..PlateSpec::default() }, Vec::new()),
        };
        let (mut noticed, mut lines, mut of_dataset) = (Vec::new(), Vec::new(), false);
        let mut drawn: Vec<Layer> = Vec::new();
        for reference in &self.lines {
            let mut found = reading(reference, || dataset.select_any(&Reference::parse(reference), &options))?;
            noticed.append(&mut found.warnings);
            found.contents.retain(|content| !content.courses().is_empty());
            if found.contents.is_empty() {
                return Err(ReadError::new(found.label, Problem::Nothing("lines")).into());
            }
            lines.extend(found.contents.iter().cloned());
            match found.info {
                Some(_) => of_dataset = true,
                None => drawn.extend(as_layers(found, layers.len() + drawn.len()).into_iter().map(as_boundary)),
            }
        }
        if self.plate.is_none() {
            if of_dataset {
                for id in CONTEXT.iter().filter(|id| dataset.layers().iter().any(|layer| layer.id == **id)) {
                    let (layer, warnings) = dataset.layer(id, None)?;
                    noticed.extend(warnings);
                    spec.layers.push(LayerSpec { fill: *id != "enclaves", ..LayerSpec::of(id) });
                    layers.push(layer);
                }
            }
            for reference in &self.layer {
                let (found, role) = plate::bare(reference, dataset, &options)?;
                noticed.extend(found.warnings.iter().cloned());
                for layer in as_layers(found, layers.len() + drawn.len()) {
                    if layers.iter().all(|known: &Layer| known.info.id != layer.info.id) {
                        spec.layers.push(LayerSpec { role, ..LayerSpec::of(&layer.info.id) });
                        let role = role.unwrap_or(layer.info.role);
                        layers.push(Layer { info: LayerInfo { role, ..layer.info }, ..layer });
                    }
                }
            }
            for layer in drawn {
                spec.layers.push(LayerSpec { role: Some(layer.info.role), ..LayerSpec::of(&layer.info.id) });
                layers.push(layer);
            }
        }
        let marks = match &self.marks {
            None => None,
            Some(reference) => {
                let found = dataset.select::<Place>(&Reference::parse(reference), &options)?;
                noticed.extend(found.warnings);
                let bare = LayerInfo::bare("marks", Role::Mark, &found.label);
                let (info, content) = (found.info.unwrap_or(bare), Content::Places(found.features));
                Some(Layer { info, input: found.input, content })
            }
        };
        let layers = plate::together(layers, &noticed, self.input.quiet)?;
        if let Some(title) = &self.title {
            spec.title = [(UNDETERMINED.to_owned(), title.clone())].into();
        }
        plate::without_younger_texts(&mut spec, &options);
        spec.paper = self.paper.clone();
        let mut plate_options = PlateOptions::default();
        plate_options.world = builtin::world();
        (plate_options.languages, plate_options.alternat) = (self.lang.clone(), self.alternat.clone());
        self.input.datum.perspective.state(&mut plate_options);
        plate_options.parties = plate::parties(&layers, dataset);
        plate_options.allow = self.allow.clone();
        plate_options.relief = plate::relief(&spec, None, dataset, &options)?;
        let mut album = AlbumSpec::default();
        (album.plate, album.scale, album.overlap) = (spec, self.scale, self.overlap / 100.0);
        (album.max_sheets, album.basis) = (self.max_sheets, self.basis.clone());
        Ok(Album::new(&lines, marks, album, layers, &plate_options)?)
    }

    /// Names on each sheet the map sheets under it.
    fn name_map_sheets(&self, album: &mut Album) -> Result<(), CliError> {
        let next = SheetScale::ALL.into_iter().filter(|scale| f64::from(scale.denominator()) >= self.scale);
        let scale = match self.map_sheets {
            Some(Series::None) => return Ok(()),
            Some(Series::Of(scale)) => scale,
            None => next.min_by_key(|scale| scale.denominator()).unwrap_or(SheetScale::Million),
        };
        let mut options = SheetOptions::default();
        options.scale = scale;
        for sheet in &mut album.sheets {
            let land = Territory::new("sheet", [geo::Polygon::new(geo::LineString(sheet.frame.clone()), Vec::new())]);
            let Ok(mut land) = land else { continue };
            land.meta.id = sheet.number.to_string();
            // Near the poles the series has no sheets.
            if let Ok(answer) = question::sheets(&[Content::Territories(vec![land])], &options) {
                sheet.map_sheets = answer.report.sheets.into_iter().map(|row| row.sheet).collect();
            }
        }
        Ok(())
    }

    /// Shows the progress; returns what a page lacks.
    fn drawn(&self, album: &Album, number: usize, page: AlbumPage, plate: &Plate) -> Option<String> {
        progress::stage(format!("drew page {} of {}", number + 1, album.pages().len()));
        let AlbumPage::Sheet(index) = page else { return None };
        let sheet = &album.sheets[index];
        let unnamed: Vec<&str> =
            sheet.marks.iter().filter(|mark| plate.unplaced.contains(mark)).map(String::as_str).collect();
        (!unnamed.is_empty())
            .then(|| format!("sheet {}: no room for the numbers of marks {}", sheet.number, unnamed.join(", ")))
    }

    fn write_pages(&self, album: &Album, folder: &Path) -> Result<Vec<String>, CliError> {
        let wrong = |cause| WriteError { path: folder.display().to_string(), cause };
        std::fs::create_dir_all(folder).map_err(wrong)?;
        let picture = Picture { dpi: self.dpi, live_text: false };
        let mut noticed = Vec::new();
        album.for_each_page(|number, page: AlbumPage, plate: Plate| -> Result<(), PageError> {
            noticed.extend(self.drawn(album, number, page, &plate));
            let path = folder.join(format!("{}.{}", page.file_name(), self.format.ending()));
            Ok(picture.write(&plate, &path)?)
        })?;
        Ok(noticed)
    }
}

/// Lines to cover are boundaries, whatever their properties say.
fn as_boundary(layer: Layer) -> Layer {
    match &layer.content {
        Content::Lines(_) | Content::Routes(_) => Layer { info: LayerInfo { role: Role::Line, ..layer.info }, ..layer },
        _ => layer,
    }
}

/// What stops the writing of pages.
struct PageError(CliError);

impl From<MapError> for PageError {
    fn from(error: MapError) -> Self {
        PageError(error.into())
    }
}

impl From<CliError> for PageError {
    fn from(error: CliError) -> Self {
        PageError(error)
    }
}

impl From<PageError> for CliError {
    fn from(error: PageError) -> Self {
        error.0
    }
}
