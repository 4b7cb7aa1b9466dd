//! The band of accuracy around lines: what is certain, and what the accuracy does not tell.

use crate::fault::{Fault, Result};
use library::question::DecideOptions;
use pyo3::prelude::*;
use std::collections::BTreeMap;

/// `True`: by the accuracies that the data state; metres: of what they state none of; or both with the scale of a map.
#[derive(FromPyObject)]
pub enum Band {
    Asked(bool),
    Metres(f64),
    Options(BTreeMap<String, f64>),
}

/// The options of a band, if one is asked for; `otherwise` is the accuracy that another argument gives.
pub fn options(band: Option<Band>, otherwise: Option<f64>) -> Result<Option<DecideOptions>> {
    let mut options = DecideOptions::default();
    options.accuracy_m = otherwise;
    match band {
        None | Some(Band::Asked(false)) => return Ok(None),
        Some(Band::Asked(true)) => {}
        Some(Band::Metres(metres)) => options.accuracy_m = Some(metres),
        Some(Band::Options(all)) => {
            for (name, value) in all {
                match name.as_str() {
                    "accuracy_m" => options.accuracy_m = Some(value),
                    "scale" => options.scale = Some(value as u32),
                    "map_accuracy_mm" => options.map_accuracy_mm = value,
                    "line_width_mm" => options.line_width_mm = Some(value),
                    "sigmas" => options.sigmas = value,
                    _ => {
                        let hint = "accuracy_m, scale, map_accuracy_mm, line_width_mm, sigmas";
                        return Err(Fault::argument(format!("a band has no \"{name}\""), hint));
                    }
                }
            }
        }
    }
    let accuracy_m = options.accuracy_m.unwrap_or(0.0);
    match (0.0..=50_000.0).contains(&accuracy_m) && options.sigmas > 0.0 && options.sigmas <= 10.0 {
        true => Ok(Some(options)),
        false => Err(Fault::argument("a band is of 0 to 50000 m and of up to 10 sigmas", "band=25.0")),
    }
}
