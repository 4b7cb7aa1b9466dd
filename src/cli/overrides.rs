//! Plate options of the command line: titles, scale, paper, extent, detail maps, grey territories.

use super::error::CliError;
use clap::Args;
use merestone::map::{DetailSpec, Hue, Orientation, Paper, PaperSize, PlateSpec};
use merestone::model::{Content, Layer, UNDETERMINED};

/// Options that stand in place of what a specification says, or that a plate without one is told.
#[derive(Args)]
pub struct Overrides {
    /// Title of the plate
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Subtitle of the plate
    #[arg(long, value_name = "TEXT")]
    subtitle: Option<String>,
    /// Scale: its denominator, as 50000 or 1:50000 [default: the largest round one that shows all]
    #[arg(long, value_name = "1:N", value_parser = scale)]
    scale: Option<f64>,
    /// Paper: A0 to A4, with -portrait where it stands upright, or WIDTHxHEIGHT in millimetres
    #[arg(long, value_name = "SIZE", value_parser = paper)]
    paper: Option<Paper>,
    /// What is shown: west, south, east, north in degrees
    #[arg(long, value_name = "W,S,E,N", value_parser = extent, allow_hyphen_values = true)]
    extent: Option<[f64; 4]>,
    /// Detail maps: none, or one of W,S,E,N at a scale, as 5.9,46.1,6.3,46.4@100000 (repeatable) [default: of territories too
    /// small to be seen, at most four]
    #[arg(long, value_name = "W,S,E,N@N", value_parser = inset, allow_hyphen_values = true)]
    inset: Vec<Inset>,
    /// Ids of territories that the plate is not about, drawn in grey
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    grey: Vec<String>,
}

/// A requested detail map, or none at all.
#[derive(Debug, Clone, PartialEq)]
enum Inset {
    None,
    Of([f64; 4], f64),
}

pub(super) fn scale(text: &str) -> Result<f64, String> {
    let digits: String =
        text.trim().trim_start_matches("1:").chars().filter(|c| !matches!(c, ' ' | '_' | '\u{a0}')).collect();
    let wrong = || "a scale is 1:N with N between 100 and 1 000 000 000, as 1:50000".to_owned();
    digits.parse().ok().filter(|n| (100.0..=1e9).contains(n)).ok_or_else(wrong)
}

pub(super) fn paper(text: &str) -> Result<Paper, String> {
    let wrong = || {
        "paper is A0, A1, A2, A3 or A4, upright as A4-portrait, or WIDTHxHEIGHT in millimetres as 200x150".to_owned()
    };
    let lower = text.trim().to_lowercase();
    let (name, orientation) = match lower.split_once('-') {
        Some((name, "portrait")) => (name, Orientation::Portrait),
        Some((name, "landscape")) => (name, Orientation::Landscape),
        Some(_) => return Err(wrong()),
        None => (lower.as_str(), Orientation::Landscape),
    };
    let size = match name {
        "a0" => PaperSize::A0,
        "a1" => PaperSize::A1,
        "a2" => PaperSize::A2,
        "a3" => PaperSize::A3,
        "a4" => PaperSize::A4,
        _ => {
            let side = |text: &str| text.trim().parse::<f64>().ok().filter(|mm| (1.0..=2000.0).contains(mm));
            let (width, height) = name.split_once(['x', '×']).ok_or_else(wrong)?;
            let (width_mm, height_mm) = (side(width).ok_or_else(wrong)?, side(height).ok_or_else(wrong)?);
            return Ok(Paper { width_mm: Some(width_mm), height_mm: Some(height_mm), ..Paper::default() });
        }
    };
    Ok(Paper { size, orientation, ..Paper::default() })
}

fn extent(text: &str) -> Result<[f64; 4], String> {
    let wrong = || "an extent is west, south, east, north in degrees, as 5.9,45.8,10.5,47.8".to_owned();
    let numbers: Vec<f64> = text.split(',').filter_map(|n| n.trim().parse().ok()).collect();
    let all: [f64; 4] = numbers.try_into().map_err(|_| wrong())?;
    let [west, south, east, north] = all;
    let is_one = west < east && south < north && west >= -360.0 && east <= 540.0 && south >= -90.0 && north <= 90.0;
    if is_one { Ok(all) } else { Err(wrong()) }
}

fn inset(text: &str) -> Result<Inset, String> {
    if text == "none" {
        return Ok(Inset::None);
    }
    let (of, at) = text.split_once('@').ok_or("a detail map is W,S,E,N@SCALE, or none for no detail maps")?;
    Ok(Inset::Of(extent(of)?, scale(at)?))
}

impl Overrides {
    /// Overrides the values of the specification with the options.
    pub fn apply(&self, spec: &mut PlateSpec) {
        if let Some(title) = &self.title {
            spec.title = [(UNDETERMINED.to_owned(), title.clone())].into();
        }
        if let Some(subtitle) = &self.subtitle {
            spec.subtitle = [(UNDETERMINED.to_owned(), subtitle.clone())].into();
        }
        if let Some(paper) = &self.paper {
            spec.put_on(paper.clone());
        }
        if let Some(scale) = self.scale {
            spec.frame.scale = Some(scale);
        }
        if let Some(extent) = self.extent {
            (spec.frame.extent, spec.frame.centre) = (Some(extent), None);
            spec.frame.scale = self.scale;
        }
        if self.inset.contains(&Inset::None) {
            (spec.insets.details, spec.insets.detail) = (false, Vec::new());
        }
        let asked = self.inset.iter().filter_map(|inset| match inset {
            Inset::Of(extent, scale) => Some(DetailSpec { extent: *extent, scale: *scale, title: Default::default() }),
            Inset::None => None,
        });
        spec.insets.detail.extend(asked);
        spec.hues.extend(self.grey.iter().map(|id| (id.clone(), Hue::Neutral)));
    }

    /// Refuses a grey territory that the plate does not have.
    pub fn check(&self, layers: &[Layer]) -> Result<(), CliError> {
        let ids = |layer: &Layer| match &layer.content {
            Content::Territories(all) => all.iter().map(|t| t.meta.id.clone()).collect(),
            _ => Vec::new(),
        };
        let all: Vec<String> = layers.iter().flat_map(ids).collect();
        match self.grey.iter().find(|id| !all.contains(id)) {
            None => Ok(()),
            Some(id) => {
                let meant = merestone::io::nearest(id, &all).map(|known| format!("did you mean `{known}`? "));
                let few: Vec<&str> = all.iter().take(12).map(String::as_str).collect();
                let hint = format!(
                    "{}its territories are {}{}",
                    meant.unwrap_or_default(),
                    few.join(", "),
                    if all.len() > 12 { " …" } else { "" }
                );
                Err(CliError::usage(format!("the plate has no territory \"{id}\" to draw in grey"), hint))
            }
        }
    }
}
