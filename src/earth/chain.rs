//! The way from one coordinate reference system to another, step by step.

use super::{Crs, Operation};
use geo::Coord;
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// A step of a [`Chain`], in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct ChainStep {
    /// What is done: a projection undone or applied, or a datum operation by its id and name.
    pub step: String,
    /// Method and parameters, where it is a datum operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<String>,
    /// Accuracy in metres: 0 for projections, which are exact to nanometres; none where nobody states one.
    pub accuracy_m: Option<f64>,
    /// Where it is valid, where it is a datum operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_of_use: Option<String>,
}

/// The way from one system to another: out of the first projection, across the datums, into the second projection.
///
/// **Method**: results are rounded to 1e-10° or 1e-5 m (0.01 mm), so that the last bits of one machine's trigonometry do
/// not show; coordinates that need no step come back as they are, to the bit.
///
/// **Example**: Meghri out of zone 8 of a Soviet map.
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
    /// The way between two systems; the operation counts where their datums differ.
    pub fn new(from: Crs, to: Crs, operation: &Operation) -> Self {
        let operation = (from.datum() != to.datum()).then(|| operation.clone());
        Chain { from, to, operation }
    }

    /// The system it starts from.
    pub fn from(&self) -> &Crs {
        &self.from
    }

    /// The system it leads to.
    pub fn to(&self) -> &Crs {
        &self.to
    }

    /// The datum operation on the way, if there is one.
    pub fn operation(&self) -> Option<&Operation> {
        self.operation.as_ref()
    }

    /// Whether the operation is taken backwards: from WGS 84 to Pulkovo 1942.
    fn backwards(&self) -> bool {
        self.from.datum() == super::Datum::Wgs84
    }

    /// Whether coordinates stay what they are.
    pub fn is_identity(&self) -> bool {
        self.operation.is_none() && self.from.projection() == self.to.projection()
    }

    /// Coordinates (east, north) in the second system of coordinates (east, north) in the first.
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

    /// How far, in metres, and in which azimuth, in degrees, the datum operation moves coordinates of the first system:
    /// what forgetting it would cost there. None where there is no operation.
    pub fn moves(&self, xy: Coord) -> Option<(f64, f64)> {
        self.operation.as_ref()?;
        let before = self.from.inverse(xy);
        let after = self.across(before);
        Some((super::distance_m(before, after), super::azimuth_deg(before, after)))
    }

    /// Its steps, in order.
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
    fn what_needs_no_step_keeps_its_bits() {
        let chain = Chain::new(crs(4326), Crs::wgs84(), &Operation::default());
        let at = Coord { x: 45.123_456_789_012_345, y: 40.0 };
        assert!(chain.is_identity() && chain.steps().is_empty());
        assert_eq!(chain.apply(at), at);
    }

    #[test]
    fn there_and_back_is_where_it_was() {
        let there = Chain::new(crs(2936), crs(32638), &Operation::default());
        let back = Chain::new(crs(32638), crs(2936), &Operation::default());
        let at = Coord { x: 2_300_123.456, y: 4_400_987.654 };
        let again = back.apply(there.apply(at));
        assert!((again.x - at.x).hypot(again.y - at.y) < 0.001, "{again:?}");
        assert_eq!(there.steps().len(), 3);
        let (moved, azimuth) = there.moves(at).expect("the datums differ");
        assert!((95.0..110.0).contains(&moved) && (255.0..270.0).contains(&azimuth), "{moved} m, {azimuth}°");
    }
}
