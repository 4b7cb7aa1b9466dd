//! Bounding boxes in the order of RFC 7946, section 5: west, south, east, north.

use geo::{BoundingRect, Coord, Polygon, Rect};

/// South-west and north-east corners of a bounding box.
pub(crate) type Corners = (Coord, Coord);

/// South-west and north-east corners of a polygon; both (0, 0) for one without positions.
pub(crate) fn corners_of(polygon: &Polygon) -> Corners {
    polygon.bounding_rect().map_or_else(Default::default, |b| (b.min(), b.max()))
}

/// West, south, east and north in degrees; west is greater than east where the box spans ±180° (RFC 7946, 5.2).
pub type Bounds = [f64; 4];

/// Returns the smallest box around boxes, or `None` for none.
///
/// # Method
/// On the circle of longitudes, the box omits the widest gap between the boxes. Among gaps of equal width it omits the
/// one at ±180°, so a box spans ±180° only where that makes it smaller. O(n log n).
///
/// # Examples
/// Fiji (RFC 7946, 5.2), 177° E to 178° W:
/// ```
/// use merestone::model::bounds_of;
/// let islands = [[177.0, -20.0, 180.0, -16.0], [-180.0, -19.0, -178.0, -16.0]];
/// assert_eq!(bounds_of(islands), Some([177.0, -20.0, -178.0, -16.0]));
/// ```
pub fn bounds_of(boxes: impl IntoIterator<Item = Bounds>) -> Option<Bounds> {
    let (mut arcs, mut south, mut north) = (Vec::new(), f64::INFINITY, f64::NEG_INFINITY);
    for [west, low, east, high] in boxes {
        (south, north) = (south.min(low), north.max(high));
        if west <= east {
            arcs.push((west, east));
        } else {
            arcs.extend([(west, 180.0), (-180.0, east)]);
        }
    }
    arcs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (first, mut end) = *arcs.first()?;
    let mut widest: Option<(f64, f64)> = None;
    for (west, east) in arcs {
        if west - end > widest.map_or(0.0, |(from, to)| to - from) {
            widest = Some((end, west));
        }
        end = end.max(east);
    }
    let around = first + 360.0 - end;
    match widest {
        Some((from, to)) if to - from > around => Some([to, south, from, north]),
        _ => Some([first, south, end, north]),
    }
}

/// Returns the box around positions (lon, lat in degrees) none of whose edges spans ±180°.
pub fn bounds_of_positions(positions: impl IntoIterator<Item = Coord>) -> Option<Bounds> {
    let boxes = positions.into_iter().map(|at| [at.x, at.y, at.x, at.y]);
    boxes.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

/// Returns a box as counter-clockwise polygons: two where it spans ±180°.
pub fn as_polygons([west, south, east, north]: Bounds) -> Vec<Polygon> {
    let sides = if west <= east { vec![(west, east)] } else { vec![(west, 180.0), (-180.0, east)] };
    let rect = |(west, east)| Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north });
    sides.into_iter().map(|sides| rect(sides).to_polygon()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7946, 5.2 has the example: Fiji, 177° E to 178° W.
    #[test]
    fn a_state_on_both_sides_of_180() {
        let fiji = [[177.0, -20.0, 180.0, -16.0], [-180.0, -19.0, -178.0, -17.0]];
        assert_eq!(bounds_of(fiji), Some([177.0, -20.0, -178.0, -16.0]));
        // Joins a box that spans ±180° with others.
        assert_eq!(
            bounds_of([[177.0, -20.0, -178.0, -16.0], [170.0, 0.0, 171.0, 1.0]]),
            Some([170.0, -20.0, -178.0, 1.0])
        );
    }

    #[test]
    fn boxes_away_from_180_join_plainly() {
        assert_eq!(bounds_of([[-5.0, 41.0, 9.0, 51.0], [-61.0, 14.0, -60.0, 16.0]]), Some([-61.0, 14.0, 9.0, 51.0]));
        assert_eq!(bounds_of([[-180.0, -90.0, 180.0, -60.0]]), Some([-180.0, -90.0, 180.0, -60.0]));
        assert_eq!(bounds_of([[-90.0, 0.0, -90.0, 0.0], [90.0, 1.0, 90.0, 1.0]]), Some([-90.0, 0.0, 90.0, 1.0]));
        assert_eq!(bounds_of([]), None);
    }
}
