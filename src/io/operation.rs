//! User-defined seven-parameter transformations, from a TOML file.

use super::{Problem, ReadError, nearest};
use crate::earth::{Helmert, HelmertMethod, Operation};
use serde::Deserialize;

/// The keys of the file.
const KEYS: [&str; 7] =
    ["name", "convention", "translation_m", "rotation_arcsec", "scale_ppm", "accuracy_m", "area_of_use"];

#[derive(Deserialize)]
struct File {
    name: Option<String>,
    convention: Option<String>,
    translation_m: [f64; 3],
    #[serde(default)]
    rotation_arcsec: [f64; 3],
    #[serde(default)]
    scale_ppm: f64,
    accuracy_m: Option<f64>,
    area_of_use: Option<String>,
}

/// Reads seven parameters from Pulkovo 1942 to WGS 84.
///
/// ```toml
/// name = "Parameters of the commission, 2025"
/// convention = "coordinate-frame"           # or "position-vector": obligatory, the two differ by a sign
/// translation_m = [24.9, -140.8, -79.1]
/// rotation_arcsec = [0.0, -0.35, -0.75]
/// scale_ppm = -0.2
/// accuracy_m = 1.5
/// area_of_use = "Upper valley"
/// ```
///
/// # Errors
/// The file cannot be read, a key is unknown (the most similar is suggested), the convention is missing, or a number is
/// implausible.
pub fn read_operation(path: &str) -> Result<Operation, ReadError> {
    let text = std::fs::read_to_string(path).map_err(|e| ReadError::new(path, Problem::Unreadable(e)))?;
    parse_operation(&text, path)
}

/// The same from a text in memory; `name` identifies it in errors.
///
/// # Errors
/// As [`read_operation`], except for reading.
pub fn parse_operation(text: &str, name: &str) -> Result<Operation, ReadError> {
    parse(text).map_err(|message| ReadError::new(name, Problem::Operation(message)))
}

fn parse(text: &str) -> Result<Operation, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string().trim_end().to_owned())?;
    let known = KEYS.map(str::to_owned);
    if let Some(unknown) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        let meant = nearest(unknown, &known).map_or(String::new(), |key| format!("; did you mean \"{key}\"?"));
        return Err(format!("unknown key \"{unknown}\"{meant}"));
    }
    let file: File = table.try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
    let method = match file.convention.as_deref() {
        Some("coordinate-frame") => HelmertMethod::CoordinateFrame,
        Some("position-vector") => HelmertMethod::PositionVector,
        Some(other) => return Err(format!("convention \"{other}\" is neither coordinate-frame nor position-vector")),
        None => return Err("the key \"convention\" is missing: coordinate-frame or position-vector".into()),
    };
    let parameters =
        Helmert { translation_m: file.translation_m, rotation_arcsec: file.rotation_arcsec, scale_ppm: file.scale_ppm };
    // Far above any actual datum: detects radians or millimetres entered by mistake.
    let beyond = |values: &[f64], limit: f64| values.iter().any(|value| value.is_nan() || value.abs() > limit);
    if beyond(&file.translation_m, 5000.0) {
        return Err("translation_m goes beyond 5 000 m".into());
    }
    if beyond(&file.rotation_arcsec, 120.0) {
        return Err("rotation_arcsec goes beyond 120 seconds of arc".into());
    }
    if beyond(&[file.scale_ppm], 100.0) {
        return Err("scale_ppm goes beyond 100 parts per million".into());
    }
    if file.accuracy_m.is_some_and(|metres| !(metres > 0.0 && metres.is_finite())) {
        return Err("accuracy_m must be more than 0".into());
    }
    Ok(Operation {
        code: None,
        name: file.name.unwrap_or_else(|| "Pulkovo 1942 to WGS 84".to_owned()).into(),
        method,
        parameters,
        accuracy_m: file.accuracy_m,
        area_of_use: file.area_of_use.unwrap_or_else(|| "not stated".to_owned()).into(),
        bounds: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "name = \"Own\"\nconvention = \"coordinate-frame\"\ntranslation_m = [25, -141, -78.5]\nrotation_arcsec = [0, -0.35, -0.736]\n";

    #[test]
    fn the_parameters_of_15865_give_its_answers() {
        let own = parse(GOOD).expect("it is whole");
        let at = geo::Coord { x: 45.0, y: 40.0 };
        assert_eq!(own.to_wgs84(at), Operation::default().to_wgs84(at));
        assert_eq!(own.id(), "own parameters");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let cases = [
            (GOOD.replace("convention = \"coordinate-frame\"\n", ""), "\"convention\" is missing"),
            (GOOD.replace("coordinate-frame", "bursa-wolf"), "neither coordinate-frame nor position-vector"),
            (GOOD.replace("rotation_arcsec", "rotation_arcsecs"), "did you mean \"rotation_arcsec\"?"),
            (GOOD.replace("-78.5", "\"-78.5\""), "expected"),
            (GOOD.replace("[0, -0.35, -0.736]", "[0, -0.35]"), "length"),
            (GOOD.replace("-0.736", "nan"), "120 seconds"),
            (GOOD.replace("-141", "-141000"), "5 000 m"),
            (format!("{GOOD}accuracy_m = -1"), "more than 0"),
            ("=".to_owned(), "TOML"),
        ];
        for (text, expected) in cases {
            let error = parse(&text).expect_err(expected);
            assert!(error.contains(expected), "{error} should say {expected}");
        }
    }
}
