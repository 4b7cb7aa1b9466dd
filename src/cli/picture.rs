//! Pictures: supported output files, and writing them.

use super::answer::AnswerArgs;
use super::error::CliError;
use merestone::io::{check_target, write_file};
use merestone::map::Plate;
use std::path::{Path, PathBuf};

/// Options for writing pictures.
#[derive(Clone, Copy)]
pub struct Picture {
    /// Resolution of PNGs in dots per inch.
    pub dpi: f64,
    /// Whether text in SVGs remains text, with embedded fonts, instead of outlines.
    pub live_text: bool,
}

impl Picture {
    /// Checks, before the work begins, whether a picture can be written to a path.
    pub fn check(path: &Path) -> Result<(), CliError> {
        if !matches!(extension(path).as_str(), "svg" | "png" | "pdf") {
            let message = format!("{}: pictures are written as .svg, .png or .pdf", path.display());
            return Err(CliError::usage(message, "give the file one of these endings"));
        }
        Ok(check_target(path)?)
    }

    /// Writes a sheet in the format of the file's extension.
    pub fn write(self, plate: &Plate, path: &Path) -> Result<(), CliError> {
        Ok(write_file(path, &self.bytes(plate, path)?)?)
    }

    /// Writes a sheet to each of the files. The formats are produced in parallel, and nothing is written before all are
    /// complete.
    pub fn write_all(self, plate: &Plate, paths: &[PathBuf]) -> Result<(), CliError> {
        let made: Vec<Result<Vec<u8>, CliError>> = std::thread::scope(|scope| {
            let jobs: Vec<_> = paths.iter().map(|path| scope.spawn(|| self.bytes(plate, path))).collect();
            jobs.into_iter().map(|job| job.join().expect("a format is made or refused, never a panic")).collect()
        });
        let made = made.into_iter().collect::<Result<Vec<_>, _>>()?;
        paths.iter().zip(made).try_for_each(|(path, bytes)| Ok(write_file(path, &bytes)?))
    }

    fn bytes(self, plate: &Plate, path: &Path) -> Result<Vec<u8>, CliError> {
        Ok(match extension(path).as_str() {
            "png" => plate.png(self.dpi)?,
            "pdf" => plate.pdf()?,
            _ if self.live_text => plate.live_svg().into_bytes(),
            _ => plate.outline_svg().into_bytes(),
        })
    }
}

/// Takes the target of an answer if it is a picture: then the answer itself goes to standard output.
pub fn taken_from(answer: &mut AnswerArgs) -> Result<Option<PathBuf>, CliError> {
    let is_picture = |path: &PathBuf| matches!(extension(path).as_str(), "svg" | "png" | "pdf");
    let Some(path) = answer.output.take_if(|path| answer.format.is_none() && is_picture(path)) else { return Ok(None) };
    Picture::check(&path)?;
    Ok(Some(path))
}

fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}
