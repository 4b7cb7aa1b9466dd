//! The built-in coordinate reference systems, from the EPSG dataset (v11.022, in PROJ 9.5.1).

use super::{Axes, Crs, Datum, SystemProjection};
use crate::earth::projection::{Ellipsoid, TransverseMercator, WebMercator};

/// Returns the system with this EPSG code, if it is built in.
pub(super) fn epsg(code: u32) -> Option<Crs> {
    let known = match code {
        4326 => Crs::new("EPSG:4326", "WGS 84", Datum::Wgs84, Axes::NorthEast, None),
        4284 => Crs::new("EPSG:4284", "Pulkovo 1942", Datum::Pulkovo1942, Axes::NorthEast, None),
        3857 => web(),
        32601..=32660 => utm(code, code - 32600, false),
        32701..=32760 => utm(code, code - 32700, true),
        _ => return pulkovo(code),
    };
    Some(known)
}

fn web() -> Crs {
    let grid = Some(SystemProjection::Web(WebMercator));
    Crs::new("EPSG:3857", "WGS 84 / Pseudo-Mercator", Datum::Wgs84, Axes::EastNorth, grid)
}

fn utm(code: u32, zone: u32, south: bool) -> Crs {
    let name = format!("WGS 84 / UTM zone {zone}{}", if south { "S" } else { "N" });
    let grid = SystemProjection::Transverse(TransverseMercator::utm(zone as u8, south));
    Crs::new(&format!("EPSG:{code}"), &name, Datum::Wgs84, Axes::EastNorth, Some(grid))
}

/// Normalises degrees counted eastward to ±180°.
fn wrapped(degrees: u32) -> f64 {
    f64::from(degrees) - if degrees > 180 { 360.0 } else { 0.0 }
}

/// Gauss–Krüger zones and SK-63 on Pulkovo 1942: axes X north, Y east (EPSG coordinate system 4530).
fn pulkovo(code: u32) -> Option<Crs> {
    let meridian_name = |lon: f64| format!("CM {}{}", lon.abs(), if lon < 0.0 { "W" } else { "E" });
    let (name, meridian, easting, origin) = match code {
        // Six-degree zones, with the zone number in the easting.
        28402..=28432 => {
            let zone = code - 28400;
            (format!("Gauss-Kruger zone {zone}"), wrapped(6 * zone - 3), f64::from(zone) * 1e6 + 5e5, 0.0)
        }
        // Six-degree zones without it, by zone (deprecated by EPSG, but present in files) and by central meridian.
        28462..=28492 => {
            let zone = code - 28460;
            (format!("Gauss-Kruger {zone}N"), wrapped(6 * zone - 3), 5e5, 0.0)
        }
        2492..=2522 => {
            let meridian = wrapped(6 * (code - 2490) - 3);
            (format!("Gauss-Kruger {}", meridian_name(meridian)), meridian, 5e5, 0.0)
        }
        // Three-degree zones, with and without the zone number. EPSG has no 2550 and 2600; 2577 is deprecated because
        // of a wrong false easting.
        2523..=2549 | 2551..=2576 | 2578..=2581 | 3389 => {
            let zone = match code {
                3389 => 60,
                2523..=2549 => code - 2516,
                _ => code - 2517,
            };
            (format!("3-degree Gauss-Kruger zone {zone}"), wrapped(3 * zone), f64::from(zone) * 1e6 + 5e5, 0.0)
        }
        2582..=2599 | 2601..=2640 => {
            let meridian = wrapped(3 * (code - if code < 2600 { 2575 } else { 2576 }));
            (format!("3-degree Gauss-Kruger {}", meridian_name(meridian)), meridian, 5e5, 0.0)
        }
        // SK-63: three-degree zones with their own central meridians and an origin some minutes north of the equator.
        _ => {
            let block = SK63.into_iter().find(|block| (block.0..=block.0 + block.6).contains(&code));
            let (first, letter, number, lat_minutes, (degrees, minutes), easting, _) = block?;
            let step = code - first;
            let name = format!("CS63 zone {letter}{}", number + step);
            let meridian = f64::from(degrees + 3 * step) + f64::from(minutes) / 60.0;
            (name, meridian, easting + f64::from(step) * 1e6, f64::from(lat_minutes) / 60.0)
        }
    };
    let grid = TransverseMercator::new(Ellipsoid::KRASSOWSKY, meridian, 1.0, easting, 0.0);
    let grid = if origin == 0.0 { grid } else { grid.with_origin_latitude(origin) };
    let name = format!("Pulkovo 1942 / {name}");
    let grid = Some(SystemProjection::Transverse(grid));
    Some(Crs::new(&format!("EPSG:{code}"), &name, Datum::Pulkovo1942, Axes::NorthEast, grid))
}

/// A block of SK-63: EPSG code of the first zone, its letter and number, latitude of origin in minutes, central meridian
/// (degrees, minutes) and false easting in metres of the first zone, and the number of zones after it.
type Block = (u32, char, u32, u32, (u32, u32), f64, u32);

const SK63: [Block; 4] = [
    (2935, 'A', 1, 7, (41, 32), 1.3e6, 3),
    (2939, 'K', 2, 8, (50, 46), 2.3e6, 2),
    (3350, 'C', 0, 6, (21, 57), 0.25e6, 2),
    (7825, 'X', 1, 5, (23, 30), 1.3e6, 6),
];
