//! What a part of a territory, or a piece of land, is called.

use crate::earth::polygon_area_as;
use crate::model::{Territory, interior_point};
use crate::topology::{BoxIndex, dissolved, noded, unwrap_longitudes, wrapped};
use geo::{BoundingRect, Contains, Coord, Intersects, Point, Polygon};
use std::borrow::Cow;

/// Greatest difference in area between a part and the unit that it is, as a share of the unit: two sources draw one outline.
const SAME_SHARE: f64 = 0.02;

/// Features by whose names parts and pieces of land are known.
pub(super) struct Named<'a> {
    all: Vec<NamedFeature<'a>>,
    /// Their middles.
    index: BoxIndex,
}

/// A feature that gives its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct NamedFeature<'a> {
    pub feature: &'a Territory,
    /// Whether it is a unit of the territory, such as a province.
    pub is_unit: bool,
    /// The middle of its largest piece of land, its longitude within ±180°.
    middle: Coord,
    area_m2: f64,
}

impl<'a> Named<'a> {
    /// Finds the middle of the largest piece of land of each, and the area of all; neither depends on how the land is cut into
    /// polygons, nor on their order.
    pub fn new(apart: &'a [Territory], units: &'a [Territory]) -> Self {
        let mut all: Vec<NamedFeature<'a>> = Vec::new();
        for (features, is_unit) in [(apart, false), (units, true)] {
            let mut together: Vec<Cow<'_, Territory>> = features.iter().map(Cow::Borrowed).collect();
            unwrap_longitudes(&mut together, 0.0);
            let known = |(feature, whole): (&'a Territory, &Cow<'_, Territory>)| {
                let area_m2 = feature.parts().iter().map(|part| polygon_area_as(part, feature.meta.edges)).sum();
                Some(NamedFeature { feature, is_unit, middle: middle(whole)?, area_m2 })
            };
            all.extend(features.iter().zip(&together).filter_map(known));
        }
        let index = BoxIndex::new((0..).zip(&all).map(|(number, known)| ((known.middle, known.middle), number)));
        Named { all, index }
    }

    /// The name of land, in the best of the languages.
    pub fn name(&self, shape: &[Polygon], area_m2: f64, holder: Option<&str>, languages: &[String]) -> Option<String> {
        self.of(shape, area_m2, holder)?.feature.meta.name.best(languages).map(str::to_owned)
    }

    /// Whether nothing is named.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The feature whose middle lies in land of this area and which fills at least half of it, or is half filled by it; a
    /// unit only where their areas are equal within [`SAME_SHARE`], and where it is one of the territory that holds the land.
    /// Of several the one nearest to it in area, then the first in the alphabet.
    pub fn of(&self, shape: &[Polygon], area_m2: f64, holder: Option<&str>) -> Option<NamedFeature<'a>> {
        let is_like = |known: &NamedFeature| {
            let ratio = known.area_m2 / area_m2;
            match known.is_unit {
                true => (ratio - 1.0).abs() <= SAME_SHARE && holder.is_none_or(|id| is_of(known.feature, id)),
                false => (0.5..=2.0).contains(&ratio),
            }
        };
        let fits = |known: &&NamedFeature| is_like(known) && shape.iter().any(|polygon| holds(polygon, known.middle));
        let off = |known: &NamedFeature| (known.area_m2 / area_m2).ln().abs();
        let mut near: Vec<u32> = shape.iter().flat_map(|polygon| self.within_box(polygon)).collect();
        near.sort_unstable();
        near.dedup();
        let best = near
            .into_iter()
            .map(|number| &self.all[number as usize])
            .filter(fits)
            .min_by(|p, q| off(p).total_cmp(&off(q)).then_with(|| p.feature.meta.id.cmp(&q.feature.meta.id)));
        best.copied()
    }

    /// Numbers of the features whose middle lies in the box of a polygon, whose longitudes may go beyond 180°.
    fn within_box(&self, polygon: &Polygon) -> Vec<u32> {
        let Some(rect) = polygon.bounding_rect() else { return Vec::new() };
        let (low, high) = (rect.min(), rect.max());
        let mut found = self.index.touching(low, high);
        if high.x > 180.0 {
            let west = |at: Coord| Coord { x: at.x - 360.0, y: at.y };
            found.extend(self.index.touching(west(low), west(high)));
        }
        found
    }
}

fn is_of(unit: &Territory, territory: &str) -> bool {
    unit.meta.parent.as_deref().is_some_and(|parent| parent.eq_ignore_ascii_case(territory))
}

fn middle(territory: &Territory) -> Option<Coord> {
    let noded = noded(territory.parts());
    let land = dissolved(&noded);
    let corner = |polygon: &Polygon| polygon.bounding_rect().map_or(Coord::zero(), |rect| rect.min());
    let area_m2 = |polygon: &Polygon| polygon_area_as(polygon, territory.meta.edges);
    let largest = land.iter().max_by(|a, b| {
        let (p, q) = (corner(a), corner(b));
        let west = || q.x.total_cmp(&p.x).then(q.y.total_cmp(&p.y));
        area_m2(a).total_cmp(&area_m2(b)).then_with(west)
    })?;
    interior_point(largest).map(|(at, _)| wrapped(at))
}

/// Whether a polygon, whose longitudes may go beyond 180°, holds a position within ±180°.
pub(super) fn holds(polygon: &Polygon, at: Coord) -> bool {
    let Some(rect) = polygon.bounding_rect() else { return false };
    let there = if rect.max().x > 180.0 && at.x < rect.min().x { Coord { x: at.x + 360.0, y: at.y } } else { at };
    rect.intersects(&there) && polygon.contains(&Point(there))
}
