//! One position in every column.

use super::{CatalogueOptions, CatalogueRow, Positions};
use crate::earth::projection::{Ellipsoid, Projection, TransverseMercator};
use crate::earth::{Axis, Dms, Operation};
use geo::Coord;

/// A position as it is printed, and where that is in WGS 84.
pub(super) struct Printed {
    pub wgs84: Coord,
}

impl Printed {
    /// The position rounded in the columns that hold it.
    pub fn of(wgs84: Coord, options: &CatalogueOptions) -> Self {
        let operation = &options.operation;
        let degrees = |c: Coord| Coord { x: dms(c.x, options).degrees(), y: dms(c.y, options).degrees() };
        let wgs84 = match options.positions {
            Positions::Wgs84 => degrees(wgs84),
            Positions::Pulkovo => operation.to_wgs84(degrees(to_pulkovo(operation, wgs84))),
            Positions::GaussKruger => {
                let there = to_pulkovo(operation, wgs84);
                let zone = options.gk_zone.unwrap_or_else(|| gk_zone(there.x));
                from_gk(zone, metres(gauss_kruger(zone).forward(there), options), operation)
            }
            Positions::Utm => match utm_zone(wgs84, options) {
                Some((zone, south)) => from_utm(zone, south, metres(utm(zone, south).forward(wgs84), options)),
                None => degrees(wgs84),
            },
        };
        Printed { wgs84 }
    }

    /// The columns of position of a row; the others are empty.
    pub fn row(&self, options: &CatalogueOptions) -> CatalogueRow {
        let there = to_pulkovo(&options.operation, self.wgs84);
        let written = |deg, axis| dms(deg, options).written(axis);
        let gk_zone = options.gk_zone.unwrap_or_else(|| gk_zone(there.x));
        let gk = metres(gauss_kruger(gk_zone).forward(there), options);
        let utm_zone = utm_zone(self.wgs84, options);
        let utm = utm_zone.map(|(zone, south)| metres(utm(zone, south).forward(self.wgs84), options));
        CatalogueRow {
            line: String::new(),
            number: String::new(),
            name: None,
            wgs84_latitude: written(self.wgs84.y, Axis::Latitude),
            wgs84_longitude: written(self.wgs84.x, Axis::Longitude),
            pulkovo_1942_latitude: written(there.y, Axis::Latitude),
            pulkovo_1942_longitude: written(there.x, Axis::Longitude),
            gk_zone,
            gk_x_m: gk.y,
            gk_y_m: gk.x,
            utm_zone: utm_zone.map(|(zone, south)| format!("{zone}{}", if south { "S" } else { "N" })),
            utm_easting_m: utm.map(|c| c.x),
            utm_northing_m: utm.map(|c| c.y),
            azimuth: None,
            distance_m: None,
            chainage_m: 0.0,
            height_m: None,
            source: None,
            position: self.wgs84,
        }
    }
}

/// WGS 84 of Gauss–Krüger coordinates (`x` east with the zone's number, `y` north).
pub(super) fn from_gk(zone: u8, grid: Coord, operation: &Operation) -> Coord {
    operation.to_wgs84(gauss_kruger(zone).inverse(grid))
}

/// WGS 84 of UTM coordinates.
pub(super) fn from_utm(zone: u8, south: bool, grid: Coord) -> Coord {
    utm(zone, south).inverse(grid)
}

fn gauss_kruger(zone: u8) -> Projection {
    Projection::Transverse(TransverseMercator::gauss_kruger(zone, Ellipsoid::KRASSOWSKY))
}

fn utm(zone: u8, south: bool) -> Projection {
    Projection::Transverse(TransverseMercator::utm(zone, south))
}

/// Pulkovo 1942 such that the operation leads back to the nanometre: its own way back may miss by millimetres.
fn to_pulkovo(operation: &Operation, wgs84: Coord) -> Coord {
    let mut there = operation.from_wgs84(wgs84);
    for _ in 0..2 {
        there = there - (operation.to_wgs84(there) - wgs84);
    }
    there
}

fn dms(degrees: f64, options: &CatalogueOptions) -> Dms {
    Dms::of(degrees, options.dms_decimals)
}

/// Coordinates as they are printed.
fn metres(c: Coord, options: &CatalogueOptions) -> Coord {
    let printed = |value: f64| format!("{value:.*}", options.metre_decimals()).parse().unwrap_or(value);
    Coord { x: printed(c.x), y: printed(c.y) }
}

/// Six-degree zone of a longitude: zone 8 from 42° to 48° E.
fn gk_zone(lon: f64) -> u8 {
    ((lon / 6.0).floor().rem_euclid(60.0)) as u8 + 1
}

/// UTM zone and whether it is the southern one, Norway's and Svalbard's exceptions included.
fn utm_zone(lonlat: Coord, options: &CatalogueOptions) -> Option<(u8, bool)> {
    let Coord { x: lon, y: lat } = lonlat;
    if !(-80.0..=84.0).contains(&lat) {
        return None;
    }
    let zone = match options.utm_zone {
        Some(zone) => zone,
        None if (56.0..64.0).contains(&lat) && (3.0..12.0).contains(&lon) => 32,
        None if lat >= 72.0 && (0.0..42.0).contains(&lon) => 31 + 2 * (((lon + 3.0) / 12.0).floor() as u8),
        None => ((lon + 180.0) / 6.0).floor().rem_euclid(60.0) as u8 + 1,
    };
    Some((zone, lat < 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_of_the_region_and_the_exceptions() {
        let options = CatalogueOptions {
            positions: Positions::Wgs84,
            dms_decimals: 2,
            operation: Operation::default(),
            gk_zone: None,
            utm_zone: None,
        };
        let zone = |lon, lat| utm_zone(Coord { x: lon, y: lat }, &options);
        assert_eq!((gk_zone(45.0), gk_zone(47.99), gk_zone(48.0), gk_zone(-179.0)), (8, 8, 9, 31));
        assert_eq!(zone(45.0, 40.0), Some((38, false)));
        assert_eq!(zone(-70.0, -33.0), Some((19, true)));
        // Bergen and the four zones of Svalbard (DMA TM 8358.2).
        assert_eq!(zone(5.3, 60.4), Some((32, false)));
        assert_eq!([8.0, 10.0, 22.0, 34.0].map(|lon| zone(lon, 78.0)), [31, 33, 35, 37].map(|z| Some((z, false))));
        assert_eq!(zone(0.0, 85.0), None);
    }

    #[test]
    fn there_and_back_is_exact_with_every_operation() {
        for operation in crate::earth::OPERATIONS {
            let place = Coord { x: 46.2444, y: 38.9025 };
            let back = operation.to_wgs84(to_pulkovo(&operation, place));
            assert!((back.x - place.x).abs() < 1e-13 && (back.y - place.y).abs() < 1e-13, "{}", operation.id());
        }
    }
}
