//! Territories that a route avoids or prefers.

use crate::model::{EdgeTree, Location, Territory};
use crate::topology::{BoxIndex, Meeting, meet};
use geo::{BoundingRect, Coord};

/// Cost factor of a metre outside the preferred territories.
pub const PREFERENCE: f64 = 2.0;

/// Outlines of territories, indexed.
pub(super) struct TerritoryMask<'a> {
    boxes: BoxIndex,
    parts: Vec<(&'a str, EdgeTree<'a>)>,
}

impl<'a> TerritoryMask<'a> {
    /// The territories with these ids.
    pub fn new(territories: &'a [Territory], ids: &[String]) -> Self {
        let wanted = territories.iter().filter(|t| ids.contains(&t.meta.id));
        let polygons: Vec<_> = wanted.flat_map(|t| t.parts().iter().map(|part| (t.meta.id.as_str(), part))).collect();
        let corners = |(number, (_, part)): (usize, &(&str, &geo::Polygon))| {
            part.bounding_rect().map(|rect| ((rect.min(), rect.max()), number as u32))
        };
        TerritoryMask {
            boxes: BoxIndex::new(polygons.iter().enumerate().filter_map(corners)),
            parts: polygons.iter().map(|(id, part)| (*id, EdgeTree::of(part))).collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The territory that contains a position or has it on its outline.
    pub fn holder(&self, at: Coord) -> Option<&'a str> {
        let found = self.boxes.around(at).filter(|part| self.parts[*part as usize].1.locate(at) != Location::Outside);
        found.min().map(|part| self.parts[part as usize].0)
    }

    /// Whether any position of a chain is inside or on an outline.
    pub fn touches(&self, chain: &[Coord]) -> bool {
        let near = |edge: &[Coord]| {
            let low = Coord { x: edge[0].x.min(edge[1].x), y: edge[0].y.min(edge[1].y) };
            let high = Coord { x: edge[0].x.max(edge[1].x), y: edge[0].y.max(edge[1].y) };
            self.boxes.touching_lazily(low, high).any(|part| {
                let mut met = false;
                let tree = &self.parts[part as usize].1;
                tree.touching(low, high, &mut |other| met |= meet([edge[0], edge[1]], other) != Meeting::Apart);
                met || tree.locate(edge[0]) != Location::Outside
            })
        };
        chain.windows(2).any(near)
    }

    /// The total length of a chain's edges whose midpoint is in no territory.
    pub fn outside_m(&self, chain: &[Coord], length_m: impl Fn(Coord, Coord) -> f64) -> f64 {
        let outside = |edge: &&[Coord]| self.holder((edge[0] + edge[1]) / 2.0).is_none();
        chain.windows(2).filter(outside).map(|edge| length_m(edge[0], edge[1])).sum()
    }
}
