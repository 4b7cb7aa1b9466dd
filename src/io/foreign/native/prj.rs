//! The system of a Shapefile's `.prj`: well-known text of coordinate systems (OGC 01-009, chapter 7; OGC 18-010r11), as far
//! as [`Crs`] computes the system.

use crate::earth::{Crs, Datum};
use crate::io::frame::System;

/// Greatest depth of nested elements.
const DEEPEST: usize = 32;

/// An element `KEYWORD["name", number, ELEMENT[…]]`.
#[derive(Debug, Default)]
struct Part {
    keyword: String,
    texts: Vec<String>,
    parts: Vec<Part>,
}

impl Part {
    fn name(&self) -> &str {
        self.texts.first().map_or("", String::as_str)
    }

    fn part(&self, keywords: &[&str]) -> Option<&Part> {
        self.parts.iter().find(|part| keywords.contains(&part.keyword.as_str()))
    }

    fn number(&self, index: usize) -> Option<f64> {
        self.texts.get(index)?.parse().ok()
    }

    /// The identifier `EPSG:…` at its end.
    fn epsg(&self) -> Option<u32> {
        let id = self.part(&["AUTHORITY", "ID"])?;
        let code = id.texts.get(1).filter(|_| id.name().eq_ignore_ascii_case("EPSG"))?;
        code.parse().ok()
    }
}

/// The system that a text states; `None` if it is empty.
pub(super) fn system(text: &str) -> Option<System> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return None;
    }
    let other = |name: &str| System::Other { name: name.to_owned(), definition: text.to_owned() };
    let Some(part) = parse(text) else { return Some(other("a system of its .prj that cannot be read")) };
    let known = part.epsg().and_then(Crs::epsg).or_else(|| identified(&part));
    Some(known.map_or_else(|| other(part.name()), System::Ours))
}

fn parse(text: &str) -> Option<Part> {
    let mut open: Vec<Part> = Vec::new();
    let mut word = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                let quoted: String = characters.by_ref().take_while(|c| *c != '"').collect();
                open.last_mut()?.texts.push(quoted);
            }
            '[' | '(' => {
                if open.len() >= DEEPEST {
                    return None;
                }
                open.push(Part { keyword: std::mem::take(&mut word).to_uppercase(), ..Part::default() });
            }
            ',' | ']' | ')' => {
                if !word.is_empty() {
                    open.last_mut()?.texts.push(std::mem::take(&mut word));
                }
                if character != ',' {
                    let part = open.pop()?;
                    match open.last_mut() {
                        Some(parent) => parent.parts.push(part),
                        None => return Some(part),
                    }
                }
            }
            _ if character.is_whitespace() => {}
            _ => word.push(character),
        }
    }
    None
}

/// Names are compared without Esri's prefixes, and without regard to case, spaces and underscores.
fn plain(name: &str) -> String {
    let name = name.strip_prefix("GCS_").or_else(|| name.strip_prefix("D_")).unwrap_or(name);
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn datum(geographic: &Part) -> Option<Datum> {
    let datum = geographic.part(&["DATUM", "ENSEMBLE"])?;
    let names = [plain(geographic.name()), plain(datum.name())];
    let is = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
    let is_greenwich = geographic.part(&["PRIMEM"]).is_none_or(|prime| prime.number(1) == Some(0.0));
    match () {
        () if !is_greenwich => None,
        () if is(&["wgs84", "wgs1984", "worldgeodeticsystem1984"]) => Some(Datum::Wgs84),
        () if is(&["pulkovo1942"]) => Some(Datum::Pulkovo1942),
        () => None,
    }
}

/// The system by its datum, projection and parameters.
fn identified(part: &Part) -> Option<Crs> {
    let (geographic, projected) = match part.keyword.as_str() {
        "GEOGCS" | "GEOGCRS" | "GEODCRS" => (part, None),
        "PROJCS" => (part.part(&["GEOGCS"])?, Some(part)),
        _ => return None,
    };
    let datum = datum(geographic)?;
    let degree = geographic.part(&["UNIT", "ANGLEUNIT"]).and_then(|unit| unit.number(1));
    if degree.is_some_and(|degree| (degree - 1f64.to_radians()).abs() > 1e-9) {
        return None;
    }
    let Some(projected) = projected else {
        return Crs::epsg(if datum == Datum::Wgs84 { 4326 } else { 4284 });
    };
    let metre = projected.part(&["UNIT"]).and_then(|unit| unit.number(1));
    if metre != Some(1.0) {
        return None;
    }
    let method = plain(projected.part(&["PROJECTION"])?.name());
    let parameter = |names: &[&str], default: Option<f64>| {
        let mut all = projected.parts.iter().filter(|part| part.keyword == "PARAMETER");
        all.find(|part| names.contains(&plain(part.name()).as_str())).map_or(default, |part| part.number(1))
    };
    match method.as_str() {
        "mercatorauxiliarysphere" | "popularvisualisationpseudomercator" if datum == Datum::Wgs84 => {
            let at_zero = |names: &[&str]| parameter(names, Some(0.0)) == Some(0.0);
            let plain = at_zero(&["falseeasting"])
                && at_zero(&["falsenorthing"])
                && at_zero(&["centralmeridian"])
                && at_zero(&["standardparallel1"])
                && at_zero(&["auxiliaryspheretype"]);
            plain.then(|| Crs::epsg(3857)).flatten()
        }
        "transversemercator" | "gausskruger" => {
            let grid = Grid {
                meridian: parameter(&["centralmeridian"], None)?,
                scale: parameter(&["scalefactor"], Some(1.0))?,
                easting: parameter(&["falseeasting"], Some(0.0))?,
                northing: parameter(&["falsenorthing"], Some(0.0))?,
                latitude: parameter(&["latitudeoforigin"], Some(0.0))?,
            };
            transverse(datum, &grid, &plain(projected.name()))
        }
        _ => None,
    }
}

/// Parameters of a transverse Mercator projection, in degrees and metres.
struct Grid {
    meridian: f64,
    scale: f64,
    easting: f64,
    northing: f64,
    latitude: f64,
}

/// The built-in grid with these parameters: of several, the one that the name denotes, else the first.
fn transverse(datum: Datum, grid: &Grid, name: &str) -> Option<Crs> {
    /// Greatest difference in metres between a position in the stated grid and in the built-in one.
    const SAME_M: f64 = 1e-4;
    let codes: Vec<u32> = match datum {
        Datum::Wgs84 => (32_601..=32_660).chain(32_701..=32_760).collect(),
        _ => (28_402..=28_432)
            .chain(28_462..=28_492)
            .chain(2492..=2640)
            .chain([3389])
            .chain(2935..=2941)
            .chain(3350..=3356)
            .chain(7825..=7831)
            .collect(),
    };
    let same = |crs: &Crs| {
        let Some(crate::earth::projection::Projection::Transverse(own)) = crs.projection() else { return false };
        // Compared on the equator: the latitude of origin shifts it to the north.
        let origin = geo::Coord { x: grid.meridian, y: grid.latitude };
        let there = crs.forward(origin);
        let turn = (own.central_meridian_deg() - grid.meridian).rem_euclid(360.0);
        turn.min(360.0 - turn) < 1e-9
            && (own.central_scale() - grid.scale).abs() < 1e-9
            && (there.x - grid.easting).abs() < SAME_M
            && (there.y - grid.northing).abs() < SAME_M
    };
    let found: Vec<Crs> = codes.into_iter().filter_map(Crs::epsg).filter(same).collect();
    let score = |crs: &Crs| {
        let own = plain(crs.name()).replace("gausskruger", "gk");
        // Esri names the zones by meridian "CM", with and without a number "Zone_8" and "Zone_8N".
        let own_end = own.rsplit("gk").next().unwrap_or(&own).replace("zone", "");
        let wanted = name.rsplit("gk").next().unwrap_or(name).replace("zone", "").replace("degree", "");
        own_end == wanted.trim_start_matches('3')
    };
    found.iter().find(|crs| score(crs)).or(found.first()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PULKOVO: &str = r#"GEOGCS["GCS_Pulkovo_1942",DATUM["D_Pulkovo_1942",SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    const WGS_84: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

    fn grid(name: &str, base: &str, method: &str, numbers: [f64; 5]) -> String {
        let [easting, northing, meridian, scale, latitude] = numbers;
        format!(
            r#"PROJCS["{name}",{base},PROJECTION["{method}"],PARAMETER["False_Easting",{easting}],PARAMETER["False_Northing",{northing}],PARAMETER["Central_Meridian",{meridian}],PARAMETER["Scale_Factor",{scale}],PARAMETER["Latitude_Of_Origin",{latitude}],UNIT["Meter",1.0]]"#
        )
    }

    #[test]
    fn texts_of_esri_are_the_systems_that_they_denote() {
        let of = |text: &str| system(text).map(|system| system.name()).unwrap_or_default();
        assert!(of(WGS_84).starts_with("EPSG:4326 "));
        assert!(of(PULKOVO).starts_with("EPSG:4284 "));
        for (name, base, method, numbers, code) in [
            ("WGS_1984_UTM_Zone_40N", WGS_84, "Transverse_Mercator", [5e5, 0.0, 57.0, 0.9996, 0.0], "EPSG:32640 "),
            ("WGS_1984_UTM_Zone_19S", WGS_84, "Transverse_Mercator", [5e5, 1e7, -69.0, 0.9996, 0.0], "EPSG:32719 "),
            ("Pulkovo_1942_GK_Zone_8", PULKOVO, "Gauss_Kruger", [8.5e6, 0.0, 45.0, 1.0, 0.0], "EPSG:28408 "),
            ("Pulkovo_1942_GK_Zone_8N", PULKOVO, "Gauss_Kruger", [5e5, 0.0, 45.0, 1.0, 0.0], "EPSG:28468 "),
        ] {
            let text = grid(name, base, method, numbers);
            assert!(of(&text).starts_with(code), "{}", of(&text));
        }
        let other = grid("Pulkovo_1942_of_a_town", PULKOVO, "Gauss_Kruger", [3e5, 0.0, 44.0, 1.0, 0.0]);
        assert_eq!(of(&other), "Pulkovo_1942_of_a_town");
        assert_eq!(of(&WGS_84.replace("WGS_1984", "NAD_1927")), "GCS_NAD_1927");
        assert_eq!(of("GEOGCS[\"broken\""), "a system of its .prj that cannot be read");
        assert!(system(" ").is_none());
    }
}
