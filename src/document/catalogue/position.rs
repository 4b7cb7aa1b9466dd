//! One position in all columns of a catalogue row.

use super::{CatalogueOptions, CatalogueRow, CoordinateColumns, TurningPoint};
use crate::earth::projection::{Ellipsoid, Projection, TransverseMercator};
use crate::earth::{Axis, Dms, Operation, distance_m};
use geo::Coord;

/// A printed position and its WGS 84 equivalent.
pub(super) struct Printed {
    pub wgs84: Coord,
    given: Given,
}

/// Tolerance in metres within which a printed position still belongs to its point.
const SAME_M: f64 = 1e-6;

impl Printed {
    /// Rounds the position in the defining columns. A value printed before is kept as it is.
    pub fn of(point: &TurningPoint, options: &CatalogueOptions) -> Self {
        let operation = &options.operation;
        let before = point.given.filter(|given| {
            given.positions == options.positions && distance_m(given.wgs84(operation), point.position) < SAME_M
        });
        let given = before.unwrap_or_else(|| Given::of(point.position, options));
        let coordinates = match given.zone {
            None => {
                Coord { x: dms(given.coordinates.x, options).degrees(), y: dms(given.coordinates.y, options).degrees() }
            }
            Some(_) => metres(given.coordinates, options),
        };
        let given = Given { coordinates, ..given };
        Printed { wgs84: given.wgs84(operation), given }
    }

    /// Returns a row with the position columns; the others are empty.
    pub fn row(&self, options: &CatalogueOptions) -> CatalogueRow {
        let of = |positions: CoordinateColumns| {
            let own = Some(self.given).filter(|given| given.positions == positions);
            own.unwrap_or_else(|| Given::of(self.wgs84, &CatalogueOptions { positions, ..options.clone() }))
        };
        let (wgs84, there) = (of(CoordinateColumns::Wgs84).coordinates, of(CoordinateColumns::Pulkovo).coordinates);
        let written = |deg, axis| dms(deg, options).written(axis);
        let gauss_kruger = of(CoordinateColumns::GaussKruger);
        let gk_zone = gauss_kruger.zone.map_or(0, |zone| zone.number);
        let gk = metres(gauss_kruger.coordinates, options);
        let utm = of(CoordinateColumns::Utm);
        let (utm_zone, utm) = (utm.zone, utm.zone.map(|_| metres(utm.coordinates, options)));
        CatalogueRow {
            line: String::new(),
            number: String::new(),
            name: None,
            wgs84_latitude: written(wgs84.y, Axis::Latitude),
            wgs84_longitude: written(wgs84.x, Axis::Longitude),
            pulkovo_1942_latitude: written(there.y, Axis::Latitude),
            pulkovo_1942_longitude: written(there.x, Axis::Longitude),
            gk_zone,
            gk_x_m: gk.y,
            gk_y_m: gk.x,
            utm_zone: utm_zone.map(|zone| zone.written()),
            utm_easting_m: utm.map(|c| c.x),
            utm_northing_m: utm.map(|c| c.y),
            azimuth: None,
            distance_m: None,
            chainage_m: 0.0,
            height_m: None,
            source: None,
            position: self.wgs84,
            given: self.given,
        }
    }
}

/// A grid zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    /// Its number, 1 to 60.
    pub number: u8,
    /// Whether it is in the southern hemisphere; without meaning in Gauss–Krüger.
    pub south: bool,
}

impl Zone {
    /// Formats the zone: `38N`.
    pub fn written(self) -> String {
        format!("{}{}", self.number, if self.south { "S" } else { "N" })
    }

    /// Parses a zone: `38N`.
    pub fn parse(text: &str) -> Option<Self> {
        let side = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let south = match side.trim() {
            "N" => false,
            "S" => true,
            _ => return None,
        };
        let number = text[..text.len() - side.len()].parse().ok().filter(|zone| (1..=60).contains(zone))?;
        Some(Zone { number, south })
    }
}

/// A position in the columns that define it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Given {
    /// The columns; latitude and longitude in WGS 84 where the grid has no zone.
    pub positions: CoordinateColumns,
    /// Longitude and latitude in degrees, or easting and northing in metres.
    pub coordinates: Coord,
    /// Grid zone; `None` outside the area of UTM.
    pub zone: Option<Zone>,
}

impl Given {
    /// Converts a WGS 84 position to the requested columns, without rounding.
    fn of(wgs84: Coord, options: &CatalogueOptions) -> Self {
        let positions = options.positions;
        let (coordinates, zone) = match positions {
            CoordinateColumns::Wgs84 => (wgs84, None),
            CoordinateColumns::Pulkovo => (options.operation.inverse_exact(wgs84), None),
            CoordinateColumns::GaussKruger => {
                let there = options.operation.inverse_exact(wgs84);
                let number = gk_zone(there.x);
                (gauss_kruger(number).forward(there), Some(Zone { number, south: false }))
            }
            // The zone follows from the printed latitude and longitude, so a point beyond 84° stays there.
            CoordinateColumns::Utm => {
                let degrees = Coord { x: dms(wgs84.x, options).degrees(), y: dms(wgs84.y, options).degrees() };
                match utm_zone(degrees) {
                    Some(zone) => (utm(zone).forward(wgs84), Some(zone)),
                    None => (wgs84, None),
                }
            }
        };
        Given { positions, coordinates, zone }
    }

    /// Returns the position in WGS 84.
    pub(super) fn wgs84(&self, operation: &Operation) -> Coord {
        let c = self.coordinates;
        let there = match (self.positions, self.zone) {
            (CoordinateColumns::GaussKruger, Some(zone)) => operation.to_wgs84(gauss_kruger(zone.number).inverse(c)),
            (CoordinateColumns::Pulkovo, _) => operation.to_wgs84(c),
            (_, Some(zone)) => utm(zone).inverse(c),
            (_, None) => c,
        };
        // Rounding may cross ±180°.
        let turns = if there.x.abs() > 180.0 { 360.0_f64.copysign(there.x) } else { 0.0 };
        Coord { x: there.x - turns, ..there }
    }
}

fn gauss_kruger(zone: u8) -> Projection {
    Projection::Transverse(TransverseMercator::gauss_kruger(zone, Ellipsoid::KRASSOWSKY))
}

fn utm(zone: Zone) -> Projection {
    Projection::Transverse(TransverseMercator::utm(zone.number, zone.south))
}

fn dms(degrees: f64, options: &CatalogueOptions) -> Dms {
    Dms::of(degrees, options.dms_decimals)
}

/// Rounds coordinates to the printed decimals.
fn metres(c: Coord, options: &CatalogueOptions) -> Coord {
    let printed = |value: f64| format!("{value:.*}", options.metre_decimals()).parse().unwrap_or(value);
    Coord { x: printed(c.x), y: printed(c.y) }
}

/// Six-degree Gauss–Krüger zone of a longitude: zone 8 from 42° to 48° E.
fn gk_zone(lon: f64) -> u8 {
    ((lon / 6.0).floor().rem_euclid(60.0)) as u8 + 1
}

/// UTM zone, including the exceptions of Norway and Svalbard.
fn utm_zone(lonlat: Coord) -> Option<Zone> {
    let Coord { x: lon, y: lat } = lonlat;
    if !(-80.0..=84.0).contains(&lat) {
        return None;
    }
    let number = match () {
        () if (56.0..64.0).contains(&lat) && (3.0..12.0).contains(&lon) => 32,
        () if lat >= 72.0 && (0.0..42.0).contains(&lon) => 31 + 2 * (((lon + 3.0) / 12.0).floor() as u8),
        () => ((lon + 180.0) / 6.0).floor().rem_euclid(60.0) as u8 + 1,
    };
    Some(Zone { number, south: lat < 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_of_the_region_and_the_exceptions() {
        let zone = |lon, lat| utm_zone(Coord { x: lon, y: lat }).map(|zone| (zone.number, zone.south));
        assert_eq!((gk_zone(45.0), gk_zone(47.99), gk_zone(48.0), gk_zone(-179.0)), (8, 8, 9, 31));
        assert_eq!(zone(45.0, 40.0), Some((38, false)));
        assert_eq!(zone(-70.0, -33.0), Some((19, true)));
        // Bergen and the four zones of Svalbard (DMA TM 8358.2).
        assert_eq!(zone(5.3, 60.4), Some((32, false)));
        assert_eq!([8.0, 10.0, 22.0, 34.0].map(|lon| zone(lon, 78.0)), [31, 33, 35, 37].map(|z| Some((z, false))));
        assert_eq!(zone(0.0, 85.0), None);
    }
}
