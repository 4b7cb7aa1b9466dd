//! `merestone sheets`

use super::common::Common;
use super::error::CliError;
use super::levels;
use super::usage::MINUS;
use clap::{Args, ValueEnum};
use geo::Coord;
use merestone::earth::{Axis, Letters, Sheet, SheetError, SheetScale, normalize_position, parse_angle};
use merestone::io::{Dataset, Reference};
use merestone::model::{Answer, Content, Meta, Place, Sources, Warning, WarningCode};
use merestone::question::{self, SheetOptions, SheetReport};
use merestone::report;
use std::process::ExitCode;

/// Which sheets of the Soviet map does a point, line or territory touch, and where is a sheet?
///
/// Sheets from 1:1 000 000 to 1:25 000, in the frame of Pulkovo 1942: their corners lie some 100 m off the same degrees
/// of WGS 84. GeoJSON output holds the frames, ready to be a layer of a plate. What runs along a frame counts for the
/// sheet north or east of it. From 60° to 76° of latitude two sheets are joined, from 76° to 88° four (of 1:200 000 three), under
/// names like P-36-1,2. Names south of the equator end in (Ю.П.), or (S) in Latin letters.
#[derive(Args)]
#[command(after_help = "Examples:
  merestone sheets enclaves/artsvashen --scale 50000
  merestone sheets lines/arm-aze-main --format geojson --output frames.geojson
  merestone sheets 45.5158,40.6331
  merestone sheets -70.5,33.2
  merestone sheets \"40°37′59″N 45°30′57″E\" --scale 25000
  merestone sheets K-38-103-В
  merestone sheets K-38 --scale 200000 --letters latin")]
pub struct Sheets {
    /// A position (longitude, latitude; or with letters, in any order), a REF, or the name of a sheet
    #[arg(value_name = "POINT|LINE|TERRITORY|SHEET", required = true, num_args = 1..)]
    subject: Vec<String>,
    /// Scale of the sheets [default: 100000, or that of the sheet named]
    #[arg(long, value_name = "NUMBER", value_parser = scale)]
    scale: Option<SheetScale>,
    /// Letters of the quarters: А Б В Г as on Soviet sheets, or A B C D
    #[arg(long, value_enum, default_value = "cyrillic")]
    letters: LettersArg,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, ValueEnum)]
enum LettersArg {
    Cyrillic,
    Latin,
}

fn scale(text: &str) -> Result<SheetScale, String> {
    let digits: String = text.trim_start_matches("1:").chars().filter(|c| !matches!(c, ' ' | '_' | '\u{a0}')).collect();
    let known = || SheetScale::ALL.map(|scale| scale.denominator().to_string()).join(", ");
    let scale = digits.parse().ok().and_then(SheetScale::of_denominator);
    scale.ok_or_else(|| format!("the scales of the series are {}", known()))
}

/// Features and their sources.
type Subject = (Vec<Content>, Sources);

impl Sheets {
    pub fn run(&self) -> Result<ExitCode, CliError> {
        self.common.check_output()?;
        let dataset = self.common.dataset()?;
        let letters = match self.letters {
            LettersArg::Cyrillic => Letters::Cyrillic,
            LettersArg::Latin => Letters::Latin,
        };
        let operation = self.common.operation()?.unwrap_or_default();
        let options = |scale| {
            let mut options = SheetOptions::default();
            (options.scale, options.letters) = (scale, letters);
            options.operation = operation.clone();
            options
        };
        let text = self.subject.join(" ").replace(MINUS, "-");
        let answer = match Sheet::parse(&text) {
            Ok(sheet) if sheet.is_polar() && self.scale.is_some_and(|scale| scale != SheetScale::Million) => {
                return Err(CliError::usage(
                    "within 2° of a pole there is one sheet of 1:1 000 000, and no finer one",
                    "leave --scale out",
                ));
            }
            Ok(sheet) => self.named(sheet, &options).of_sources(Sources::default().with_warnings(double(&text, sheet))),
            // "K-38-145" is meant as a sheet, but does not exist.
            Err(error @ (SheetError::NoPart(..) | SheetError::Joined(..))) => return Err(error.into()),
            Err(_) => {
                let (contents, sources) = self.features(&dataset, &text)?;
                let scale = self.scale.unwrap_or(SheetScale::HundredThousand);
                question::sheets(&contents, &options(scale))?.of_sources(sources)
            }
        };
        self.common.emit(&report::envelope(answer))?;
        Ok(ExitCode::SUCCESS)
    }

    fn named(&self, sheet: Sheet, options: &dyn Fn(SheetScale) -> SheetOptions) -> Answer<SheetReport> {
        let scale = self.scale.unwrap_or(sheet.scale());
        question::sheet_frames(&sheet.of_scale(scale), &options(scale))
    }

    fn features(&self, dataset: &Dataset, text: &str) -> Result<Subject, CliError> {
        if let Some(position) = position(text)? {
            let meta = Meta { id: text.to_owned(), ..Meta::default() };
            let place = Content::Places(vec![Place { meta, position, rank: 1 }]);
            return Ok((vec![place], Sources::default()));
        }
        let found = dataset.select_any(&Reference::parse(text), &self.common.options())?;
        levels::refuse_in(&found.label, &found.contents, text, self.common.filter.as_ref())?;
        let sources = Sources::new([found.input]).with_warnings(found.warnings).of_layer(found.info.as_ref());
        Ok((found.contents, sources))
    }
}

/// Parses a position: two angles, longitude first unless letters state otherwise; `None` if the text is not a position.
pub(super) fn position(text: &str) -> Result<Option<Coord>, CliError> {
    // A reference does not have two numbers separated by a space.
    let begins = |part: &str| part.trim().starts_with(|c: char| c.is_ascii_digit() || "NSEWСЮВЗ-−+".contains(c));
    let split = |at: usize| Some((text.get(..at)?, text.get(at..)?.trim_start_matches([',', ';', ' '])));
    let gaps = text.char_indices().filter(|(_, c)| matches!(c, ',' | ';' | ' ')).filter_map(|(at, _)| split(at));
    let halves: Vec<_> = gaps.filter(|(a, b)| begins(a) && begins(b)).collect();
    let mut read: Vec<Coord> = Vec::new();
    for (a, b) in halves {
        let (Ok(first), Ok(second)) = (parse_angle(a, None), parse_angle(b, None)) else { continue };
        let found = match (first.axis, second.axis) {
            (Some(Axis::Latitude), Some(Axis::Longitude)) => Coord { x: second.degrees, y: first.degrees },
            (None, None) | (Some(Axis::Longitude), Some(Axis::Latitude)) => {
                Coord { x: first.degrees, y: second.degrees }
            }
            _ => continue,
        };
        if !read.contains(&found) {
            read.push(found);
        }
    }
    match read.as_slice() {
        [] => Ok(None),
        [one] => normalize_position(*one).map(Some).ok_or_else(|| {
            CliError::usage(
                format!("longitude {}, latitude {} is no position", one.x, one.y),
                "give longitude first, or say which is which: 40.6331N 45.5158E",
            )
        }),
        _ => Err(CliError::usage(
            format!("\"{text}\" can be read as more than one position"),
            "write a comma between, or letters: 45.5158,40.6331 or 40°37′59″N 45°30′57″E",
        )),
    }
}

/// Warns that a Latin B, read as the second quarter, looks like the third.
fn double(text: &str, sheet: Sheet) -> Vec<Warning> {
    let name = sheet.name(Letters::Cyrillic);
    let warning = || Warning {
        code: WarningCode::Note,
        message: format!(
            "\"{text}\" has a Latin B, the second quarter (Б): {name}; for the third write В, or C in Latin"
        ),
        feature: Some(name.clone()),
    };
    Sheet::has_latin_b_quarter(text).then(warning).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_brought_within_180() {
        for (text, x, y) in [
            ("-45.1,39.2", -45.1, 39.2),
            ("200.5,10", 200.5 - 360.0, 10.0),
            ("-190.5,10", 360.0 - 190.5, 10.0),
            ("180.00000000000006,10", 180.0, 10.0),
            ("-180.00000000000006,-90.0000000000001", -180.0, -90.0),
            ("360,10", 0.0, 10.0),
        ] {
            assert_eq!(position(text).ok().flatten(), Some(Coord { x, y }), "{text}");
        }
        assert!(position("10,90.1").is_err());
    }
}
