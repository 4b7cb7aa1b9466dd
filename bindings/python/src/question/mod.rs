//! The questions, one function each: inputs are read, the library's question is asked, the answer is wrapped.

mod file;
mod line;
mod paper;
mod seal;
mod territory;
mod text;
mod way;

pub use file::{check, convert, info, sheets};
pub use line::{compare, decide, evidence, marks, severance, status};
pub use paper::{catalogue, catalogue_of_table, describe};
pub use seal::verify;
pub use territory::{borders, diff, enclaves, ledger};
pub use text::{audit, parse, resolve};
pub use way::{corridor, routes, trace};

use crate::fault::{Fault, Result};
use crate::layer::{Gathered, Input, Layer};
use library::earth::Operation;
use library::io::{Choice, Heights, HeightsError, Rows, Selected, read_rows};
use library::model::{Bounds, Territory};

/// Layers of the embedded dataset that are asked about where no data is given.
pub const STATES: &str = "states";
pub const PLACES: &str = "places";
pub const ROUTES: &str = "routes";

/// Languages of names: English where none is given.
pub fn languages(lang: Option<Vec<String>>) -> Vec<String> {
    lang.unwrap_or_else(|| vec!["en".to_owned()])
}

/// The data, or a layer of the embedded dataset.
pub fn or_layer(data: Option<Input>, name: &str) -> Layer {
    data.map_or_else(|| Layer::named(name), |data| data.0)
}

/// By what parts of territories of a dataset are known: features of its other layers, apart and units.
pub fn part_names(
    data: &Layer,
    of: &Selected<Territory>,
    gathered: &mut Gathered,
) -> Result<(Vec<Territory>, Vec<Territory>)> {
    if of.info.is_none() {
        return Ok(Default::default());
    }
    let names = data.dataset().part_names(&of.label, &of.features, data.options())?;
    gathered.files.extend(names.inputs);
    Ok((names.apart, names.units))
}

/// One of several words.
pub fn word<T: Copy>(what: &str, given: &str, known: &[(&str, T)]) -> Result<T> {
    let found = known.iter().find(|(word, _)| *word == given).map(|(_, value)| *value);
    let words = || known.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    found.ok_or_else(|| Fault::argument(format!("{what} \"{given}\" is not known"), format!("give one of {}", words())))
}

/// A datum operation of the table, by its code or a file.
pub fn operation(text: Option<&str>) -> Result<Option<Operation>> {
    match text.map(Choice::parse).transpose()? {
        Some(Choice::Ours(operation)) => Ok(Some(operation)),
        Some(Choice::Other(code)) => {
            let hint = "the table has EPSG:15865, 5044, 1267, 1808, 1807, 1254 and 1809";
            Err(Fault::argument(format!("EPSG:{code} is no operation of the table"), hint))
        }
        _ => Ok(None),
    }
}

/// Two different names.
pub fn pair(given: Option<(String, String)>) -> Result<Option<[String; 2]>> {
    match given {
        Some((a, b)) if a == b => Err(Fault::argument("a pair is two different territories", "pair=(\"A\", \"B\")")),
        given => Ok(given.map(|(a, b)| [a, b])),
    }
}

/// The rows of a table.
pub fn rows(data: &Layer) -> Result<Rows> {
    let encoding = data.options().frame.encoding;
    match data.single()? {
        (_, Some(file)) => Ok(file.rows(encoding)?),
        (Some(library::io::Reference::File { path, .. }), _) => Ok(read_rows(path, encoding, data.options().limits)?),
        _ => Ok(read_rows(&data.label(), encoding, data.options().limits)?),
    }
}

/// Heights of a file around positions.
pub fn heights(path: &str, within: Option<Bounds>) -> Result<Heights> {
    Heights::read(path, within, library::io::Limits::DEFAULT).map_err(Fault::from)
}

impl From<HeightsError> for Fault {
    fn from(error: HeightsError) -> Self {
        Fault::new(crate::fault::Class::Input, "heights", error.to_string(), "give a GeoTIFF or a .hgt file of heights")
    }
}
