//! Does a file lie where its own words and a reference say?

use super::place_name;
use super::shift;
use crate::io::{Form, Scan};
use crate::model::{Bands, Finding, FindingCode as Code, Measure, Name, Territory, Whereabouts};
use geo::{BoundingRect, Coord, InteriorPoint, Polygon};

/// Known places.
#[derive(Debug, Clone, Default)]
pub struct CheckReference {
    /// What messages call it.
    pub label: String,
    /// Territories whose outlines and land are taken for right.
    pub territories: Vec<Territory>,
    /// Names and where they belong.
    pub names: Vec<NamedPlace>,
}

/// A name and where it belongs.
#[derive(Debug, Clone)]
pub struct NamedPlace {
    /// The feature's identifier.
    pub id: String,
    /// Its names.
    pub name: Name,
    /// Its land; empty for a point.
    pub parts: Vec<Polygon>,
    /// A position in it.
    pub centre: Coord,
    /// Whether its land goes on beyond the frame of the reference.
    pub clipped: bool,
}

impl NamedPlace {
    /// A territory by its names; its largest part holds the position.
    pub fn of(territory: &Territory) -> Option<Self> {
        let largest = territory.parts.iter().max_by_key(|part| part.exterior().0.len())?;
        Some(NamedPlace {
            id: territory.meta.id.clone(),
            name: territory.meta.name.clone(),
            parts: territory.parts.clone(),
            centre: largest.interior_point()?.0,
            clipped: territory.meta.clipped,
        })
    }
}

/// Most positions that are held against the reference.
const SAMPLE: usize = 2000;

/// Returns what looks swapped, shifted or misnamed.
pub(super) fn check(scan: &Scan, reference: &CheckReference) -> Vec<Finding> {
    let positions = sample(scan);
    let swapped = swapped(scan, reference, &positions);
    if swapped.is_some() {
        // The other two would only say so again.
        return swapped.into_iter().collect();
    }
    shift::check(scan, reference, &positions).into_iter().chain(place_name::check(scan, reference)).collect()
}

/// Positions spread over all shapes of the file.
fn sample(scan: &Scan) -> Vec<Coord> {
    let lines = || {
        scan.features.iter().flat_map(|f| &f.shapes).flat_map(|shape| match &shape.form {
            Form::Point(at) => vec![std::slice::from_ref(at)],
            Form::Line(line) => vec![line.as_slice()],
            Form::Polygon(rings) => rings.iter().map(Vec::as_slice).collect(),
        })
    };
    let count: usize = lines().map(<[Coord]>::len).sum();
    let step = count.div_ceil(SAMPLE).max(1);
    lines().flatten().copied().step_by(step).collect()
}

/// Returns how many of the positions (lon, lat) meet the territories with their axes exchanged, where none does as it
/// stands and nearly all do so.
pub fn swapped_axes(positions: &[Coord], territories: &[Territory]) -> Option<usize> {
    let parts = || territories.iter().flat_map(|t| &t.parts);
    let bounds = parts().filter_map(|p| p.bounding_rect()).reduce(|a, b| {
        geo::Rect::new(
            Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
            Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
        )
    })?;
    let within =
        |c: Coord| bounds.min().x <= c.x && c.x <= bounds.max().x && bounds.min().y <= c.y && c.y <= bounds.max().y;
    let turned = |c: &Coord| Coord { x: c.y, y: c.x };
    if positions.is_empty() || positions.iter().any(|c| within(*c)) || !positions.iter().all(|c| within(turned(c))) {
        return None;
    }
    let land: Vec<Bands> = parts()
        .map(|p| Bands::new(std::iter::once(p.exterior()).chain(p.interiors()).map(|r| r.0.as_slice())))
        .collect();
    let meets = |c: Coord| land.iter().any(|bands| bands.locate(c) != Whereabouts::Outside);
    let count = positions.iter().filter(|c| meets(turned(c))).count();
    (count as f64 >= 0.9 * positions.len() as f64).then_some(count)
}

/// Axes that look swapped: no position meets the reference as it is, nearly all meet it when swapped.
fn swapped(scan: &Scan, reference: &CheckReference, positions: &[Coord]) -> Option<Finding> {
    let count = swapped_axes(positions, &reference.territories)?;
    let message = format!(
        "no position meets {} as it stands, and {count} of {} looked at do with their axes swapped",
        reference.label,
        positions.len()
    );
    let measure = Measure { count: Some(count), ..Measure::default() };
    Some(Finding::warning(&scan.input.path, Code::SwappedAxes, message).on(positions[0]).measured(measure))
}
