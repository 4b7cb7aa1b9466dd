//! Detects coordinates that are impossible in their stated system.

use super::{Crs, SystemProjection};
use geo::Coord;

/// Why coordinates are impossible in a system.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Misfit {
    /// The axes are swapped.
    Swapped,
    /// They fit this system, whose eastings differ by the zone number.
    Zone(Box<Crs>),
    /// They are metres; the system has degrees.
    Metres,
    /// They are degrees; the system has metres.
    Degrees,
    /// None of these.
    OutOfRange,
}

/// Greatest plausible distance in metres from the central meridian: twice the width of any zone, but less than the step
/// of the zone number.
const REACH_M: f64 = 600_000.0;

impl Crs {
    /// Returns why coordinates (east, north) are impossible in the system; `None` if they are possible.
    ///
    /// Ambiguous coordinates pass: (45, 40) and (40, 45) are both positions on the earth.
    pub fn misfit(&self, xy: Coord) -> Option<Misfit> {
        if !(xy.x.is_finite() && xy.y.is_finite()) {
            return Some(Misfit::OutOfRange);
        }
        if self.holds(xy) {
            return None;
        }
        let swapped = Coord { x: xy.y, y: xy.x };
        if self.holds(swapped) {
            return Some(Misfit::Swapped);
        }
        let within = |limit: f64| xy.x.abs() <= limit && xy.y.abs() <= limit;
        Some(match self.grid {
            None if !within(540.0) => Misfit::Metres,
            Some(_) if within(180.0) => Misfit::Degrees,
            _ => self
                .zones()
                .into_iter()
                .find(|other| other.holds(xy))
                .map(Box::new)
                .map_or(Misfit::OutOfRange, Misfit::Zone),
        })
    }

    fn holds(&self, xy: Coord) -> bool {
        match self.grid {
            None => xy.x.abs() <= 180.0 && xy.y.abs() <= 90.0,
            Some(SystemProjection::Web(_)) => {
                // Half the circumference of the equator, in metres.
                const HALF_M: f64 = 20_037_508.342_8;
                xy.x.abs() <= HALF_M && xy.y.abs() <= HALF_M && xy.x.abs().max(xy.y.abs()) > 180.0
            }
            Some(SystemProjection::Transverse(grid)) => {
                let from_origin = xy - grid.false_origin();
                from_origin.x.abs() <= REACH_M
                    && from_origin.y.abs() <= 10_002_000.0
                    && xy.x.abs().max(xy.y.abs()) > 180.0
            }
        }
    }

    /// Systems that differ from this one by the zone number in the easting.
    fn zones(&self) -> Vec<Crs> {
        let Some(code) = self.code() else { return Vec::new() };
        let codes: Vec<u32> = match code {
            28402..=28432 => std::iter::once(code - 28400 + 2490).chain(28402..=28432).collect(),
            28462..=28492 => vec![code - 60],
            2492..=2522 => vec![code - 2490 + 28400],
            2523..=2581 => {
                let shift = if (2541..2550).contains(&code) { 60 } else { 59 };
                std::iter::once(code + shift).chain(2523..=2581).collect()
            }
            3389 => vec![2636],
            2636 => vec![3389],
            2582..=2640 => vec![code - if (2601..2610).contains(&code) { 60 } else { 59 }],
            2935..=2941 => (2935..=2941).collect(),
            _ => Vec::new(),
        };
        codes.into_iter().filter(|other| *other != code).filter_map(Crs::epsg).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crs(code: u32) -> Crs {
        Crs::epsg(code).expect("in the table")
    }

    #[test]
    fn eastings_with_and_without_the_zone_are_distinguished() {
        let (with, without) = (Coord { x: 8_607_949.0, y: 4_308_492.0 }, Coord { x: 607_949.0, y: 4_308_492.0 });
        assert_eq!(crs(28408).misfit(with), None);
        assert_eq!(crs(2498).misfit(without), None);
        assert_eq!(crs(28408).misfit(without), Some(Misfit::Zone(Box::new(crs(2498)))));
        assert_eq!(crs(2498).misfit(with), Some(Misfit::Zone(Box::new(crs(28408)))));
        assert_eq!(crs(28468).misfit(with), Some(Misfit::Zone(Box::new(crs(28408)))));
        assert_eq!(crs(28407).misfit(with), Some(Misfit::Zone(Box::new(crs(28408)))));
        let three = Coord { x: 15_607_949.0, y: 4_308_492.0 };
        assert_eq!(crs(2590).misfit(three), Some(Misfit::Zone(Box::new(crs(2531)))));
        assert_eq!(crs(2531).misfit(without), Some(Misfit::Zone(Box::new(crs(2590)))));
        // EPSG has no 2550 and 2600.
        for (with, without) in [(2539, 2598), (2541, 2601), (2549, 2609), (2551, 2610)] {
            let Some(SystemProjection::Transverse(grid)) = crs(without).grid else { panic!("transverse") };
            let meridian = grid.central_meridian_deg();
            assert_eq!(
                crs(with).misfit(Coord { x: 5e5, y: 4e6 }),
                Some(Misfit::Zone(Box::new(crs(without)))),
                "{with} {meridian}"
            );
        }
    }

    #[test]
    fn swapped_axes_metres_and_degrees_are_distinguished() {
        assert_eq!(crs(28408).misfit(Coord { x: 4_308_492.0, y: 8_607_949.0 }), Some(Misfit::Swapped));
        assert_eq!(crs(2498).misfit(Coord { x: 4_308_492.0, y: 607_949.0 }), Some(Misfit::Swapped));
        assert_eq!(crs(4284).misfit(Coord { x: 40.0, y: 145.0 }), Some(Misfit::Swapped));
        assert_eq!(crs(4326).misfit(Coord { x: 40.0, y: 45.0 }), None, "a place on the earth, if not the one meant");
        assert_eq!(crs(4326).misfit(Coord { x: 500_000.0, y: 4_308_492.0 }), Some(Misfit::Metres));
        assert_eq!(crs(28408).misfit(Coord { x: 45.0, y: 40.0 }), Some(Misfit::Degrees));
        assert_eq!(crs(4326).misfit(Coord { x: f64::NAN, y: 40.0 }), Some(Misfit::OutOfRange));
    }
}
