//! Coordinate reference system and axis order of inputs.

use super::hints::Hint;
use super::perspective::Perspective;
use clap::{Args, ValueEnum};
use merestone::earth::Axes;
use merestone::io::{Choice, Encoding, SourceCrs};

/// The order of the two numbers of a position.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AxesArg {
    /// East before north: longitude, latitude
    Xy,
    /// North before east: latitude, longitude; of Gauss–Krüger X, Y
    Yx,
}

/// Options of every command that reads files.
#[derive(Args)]
#[command(next_help_heading = "Datum")]
pub struct Datum {
    /// Coordinate reference system of the input files, whatever they say: EPSG:28408
    #[arg(long, hide_short_help = true, value_name = "CRS")]
    pub from: Option<String>,
    /// Datum operation: EPSG:15865, 5044, 1267, 1808, 1807, 1254, 1809, or a TOML file with seven parameters of one's own
    /// [default: EPSG:15865 from Pulkovo 1942]
    #[arg(long, hide_short_help = true, value_name = "EPSG:n|FILE", value_parser = choice)]
    pub operation: Option<Choice>,
    /// Accept a transformation that passes over a difference of datums
    #[arg(long, hide_short_help = true)]
    pub allow_ballpark: bool,
    /// Order of the two numbers of a position in the input files [default: xy]
    #[arg(long, hide_short_help = true, value_enum)]
    pub axes: Option<AxesArg>,
    /// Encoding of text that the input files do not declare, or declare wrongly: CP1251, CP866, KOI8-R, Latin-1, GBK …
    #[arg(long, hide_short_help = true, value_name = "NAME", value_parser = encoding, help_heading = "Input and output")]
    pub encoding: Option<Encoding>,
    #[command(flatten)]
    pub perspective: Perspective,
}

impl Datum {
    /// Converts to the library's type.
    pub fn frame(&self) -> SourceCrs {
        SourceCrs {
            from: self.from.clone(),
            operation: self.operation.clone().unwrap_or_default(),
            allow_ballpark: self.allow_ballpark,
            axes: self.axes.map(|axes| match axes {
                AxesArg::Xy => Axes::EastNorth,
                AxesArg::Yx => Axes::NorthEast,
            }),
            encoding: self.encoding,
            vertices_only: false,
        }
    }
}

fn encoding(text: &str) -> Result<Encoding, String> {
    Encoding::parse(text).map_err(|error| error.to_string())
}

fn choice(text: &str) -> Result<Choice, String> {
    Choice::parse(text).map_err(|error| format!("{error}\nhint: {}", error.hint()))
}
