//! Coordinate transformation between two reference systems, as a chain of steps.

use super::{Crs, Operation};
use geo::Coord;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// One step of a [`Chain`], as text for reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct ChainStep {
    /// The operation: a projection (inverse or forward) or a datum operation by id and name.
    pub step: String,
    /// Method and parameters, for a datum operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<String>,
    /// Accuracy in metres: 0 for projections, which are exact to nanometres; null where none is stated.
    pub accuracy_m: Option<f64>,
    /// Area of use, for a datum operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_of_use: Option<String>,
}

/// Coordinate transformation from one system to another: inverse projection, datum operation, forward projection.
///
/// **Method**: results are rounded to 1e-10° or 1e-5 m (0.01 mm), so that they do not depend on the last bits of the
/// platform's trigonometric functions. Coordinates that need no step are returned unchanged, bit for bit.
///
/// **Example**: Meghri, from Gauss–Krüger zone 8 on Pulkovo 1942.
/// ```
/// use merestone::earth::{Chain, Crs, Operation};
/// let chain = Chain::new(Crs::parse("EPSG:28408")?, Crs::wgs84(), &Operation::default());
/// let meghri = chain.apply(geo::Coord { x: 8_607_949.305, y: 4_308_492.539 });
/// assert!((meghri.x - 46.243216).abs() < 1e-6 && (meghri.y - 38.902384).abs() < 1e-6);
/// # Ok::<(), merestone::earth::UnknownCrs>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    from: Crs,
    to: Crs,
    operation: Option<Operation>,
}

impl Chain {
    /// Returns the transformation between two systems. `operation` applies only where their datums differ.
    pub fn new(from: Crs, to: Crs, operation: &Operation) -> Self {
        let operation = (from.datum() != to.datum()).then(|| operation.clone());
        Chain { from, to, operation }
    }

    /// The source system.
    pub fn from(&self) -> &Crs {
        &self.from
    }

    /// The target system.
    pub fn to(&self) -> &Crs {
        &self.to
    }

    /// The datum operation, if the datums differ.
    pub fn operation(&self) -> Option<&Operation> {
        self.operation.as_ref()
    }

    /// Whether the operation runs in reverse: from WGS 84 to Pulkovo 1942.
    fn backwards(&self) -> bool {
        self.from.datum() == super::Datum::Wgs84
    }

    /// Whether coordinates are returned unchanged.
    pub fn is_identity(&self) -> bool {
        self.operation.is_none() && self.from.projection() == self.to.projection()
    }

    /// Transforms coordinates (east, north) of the source system to (east, north) of the target system.
    pub fn apply(&self, xy: Coord) -> Coord {
        if self.is_identity() {
            return xy;
        }
        let there = self.to.forward(self.across(self.from.inverse(xy)));
        let scale = if self.to.is_geographic() { 1e10 } else { 1e5 };
        Coord { x: (there.x * scale).round() / scale, y: (there.y * scale).round() / scale }
    }

    fn across(&self, lonlat: Coord) -> Coord {
        match &self.operation {
            None => lonlat,
            Some(operation) if self.backwards() => operation.from_wgs84(lonlat),
            Some(operation) => operation.to_wgs84(lonlat),
        }
    }

    /// Returns the horizontal displacement by the datum operation at a position (east, north) of the source system:
    /// distance in metres and azimuth in degrees. `None` without a datum operation.
    pub fn displacement(&self, xy: Coord) -> Option<(f64, f64)> {
        self.operation.as_ref()?;
        let before = self.from.inverse(xy);
        let after = self.across(before);
        Some((super::distance_m(before, after), super::azimuth_deg(before, after)))
    }

    /// The steps, in order.
    pub fn steps(&self) -> Vec<ChainStep> {
        let exact = |step: String| ChainStep { step, parameters: None, accuracy_m: Some(0.0), area_of_use: None };
        let mut steps = Vec::new();
        if self.is_identity() {
            return steps;
        }
        if !self.from.is_geographic() {
            let to = self.from.datum().name();
            steps.push(exact(format!("{} → {to} longitude, latitude (projection undone)", self.from)));
        }
        if let Some(operation) = &self.operation {
            let inverse = if self.backwards() { ", taken backwards" } else { "" };
            steps.push(ChainStep {
                step: format!("{} {}{inverse}", operation.id(), operation.name),
                parameters: Some(operation.parameters_text()),
                accuracy_m: operation.accuracy_m,
                area_of_use: Some(operation.area_of_use.to_string()),
            });
        }
        if !self.to.is_geographic() {
            let from = self.to.datum().name();
            steps.push(exact(format!("{from} longitude, latitude → {} (projected)", self.to)));
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crs(code: u32) -> Crs {
        Crs::epsg(code).expect("in the table")
    }

    #[test]
    fn zones_of_one_datum_need_no_operation() {
        let chain = Chain::new(crs(28408), crs(2498), &Operation::default());
        assert_eq!(chain.operation(), None);
        let there = chain.apply(Coord { x: 8_607_949.305, y: 4_308_492.539 });
        assert_eq!(there, Coord { x: 607_949.305, y: 4_308_492.539 });
        assert_eq!(chain.steps().len(), 2);
    }

    #[test]
    fn identity_keeps_every_bit() {
        let chain = Chain::new(crs(4326), Crs::wgs84(), &Operation::default());
        let at = Coord { x: 45.123_456_789_012_345, y: 40.0 };
        assert!(chain.is_identity() && chain.steps().is_empty());
        assert_eq!(chain.apply(at), at);
    }

    #[test]
    fn round_trip_returns_the_position() {
        let there = Chain::new(crs(2936), crs(32638), &Operation::default());
        let back = Chain::new(crs(32638), crs(2936), &Operation::default());
        let at = Coord { x: 2_300_123.456, y: 4_400_987.654 };
        let again = back.apply(there.apply(at));
        assert!((again.x - at.x).hypot(again.y - at.y) < 0.001, "{again:?}");
        assert_eq!(there.steps().len(), 3);
        let (moved, azimuth) = there.displacement(at).expect("the datums differ");
        assert!((95.0..110.0).contains(&moved) && (255.0..270.0).contains(&azimuth), "{moved} m, {azimuth}°");
    }
}
