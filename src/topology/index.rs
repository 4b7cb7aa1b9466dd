//! Spatial indexes (R-trees). The only module that uses `rstar`.

use super::chord::{between, dot, length, minus, nearest_shares, squared_to};
use crate::earth::antimeridian::turns;
use geo::Coord;
use rstar::primitives::{GeomWithData, Line, Rectangle};
use rstar::{AABB, Envelope, PointDistance, RTree, RTreeObject, SelectionFunction};

type Corner = [f64; 2];

fn envelope(low: Coord, high: Coord) -> AABB<Corner> {
    AABB::from_corners([low.x, low.y], [high.x, high.y])
}

/// R-tree of edges, each with a number chosen by the caller.
pub struct SegmentIndex(RTree<GeomWithData<Line<Corner>, u32>>);

impl SegmentIndex {
    /// Bulk-loads edges (lon, lat in degrees).
    pub fn new(edges: impl IntoIterator<Item = ([Coord; 2], u32)>) -> Self {
        let line = |[a, b]: [Coord; 2]| Line::new([a.x, a.y], [b.x, b.y]);
        SegmentIndex(RTree::bulk_load(
            edges.into_iter().map(|(edge, data)| GeomWithData::new(line(edge), data)).collect(),
        ))
    }

    /// The edges whose boxes touch the box from `low` to `high`, with their numbers, in no particular order.
    pub fn touching(&self, low: Coord, high: Coord) -> impl Iterator<Item = ([Coord; 2], u32)> {
        self.0.locate_in_envelope_intersecting(&envelope(low, high)).map(|found| {
            let line = found.geom();
            ([Coord { x: line.from[0], y: line.from[1] }, Coord { x: line.to[0], y: line.to[1] }], found.data)
        })
    }

    /// The same across ±180°: edges beyond it are included, with longitudes continuous with the box.
    pub fn touching_across(&self, low: Coord, high: Coord) -> impl Iterator<Item = ([Coord; 2], u32)> {
        let moved = |at: Coord, turn: f64| Coord { x: at.x + turn, ..at };
        turns(low.x, high.x).flat_map(move |turn| {
            let found = self.touching(moved(low, turn), moved(high, turn));
            found.map(move |(edge, data)| (edge.map(|end| moved(end, -turn)), data))
        })
    }

    /// Whether there are no edges.
    pub fn is_empty(&self) -> bool {
        self.0.size() == 0
    }
}

/// R-tree of boxes, each with a number chosen by the caller.
pub struct BoxIndex(RTree<GeomWithData<Rectangle<Corner>, u32>>);

impl BoxIndex {
    /// Bulk-loads boxes given by their south-west and north-east corners.
    pub fn new(boxes: impl IntoIterator<Item = ((Coord, Coord), u32)>) -> Self {
        let rectangle = |(low, high): (Coord, Coord)| Rectangle::from_corners([low.x, low.y], [high.x, high.y]);
        BoxIndex(RTree::bulk_load(boxes.into_iter().map(|(b, data)| GeomWithData::new(rectangle(b), data)).collect()))
    }

    /// Whether any box touches the box from `low` to `high`.
    pub fn touches(&self, low: Coord, high: Coord) -> bool {
        self.0.locate_in_envelope_intersecting(&envelope(low, high)).next().is_some()
    }

    /// Numbers of the boxes that touch the box from `low` to `high`, in no particular order.
    pub fn touching_lazily(&self, low: Coord, high: Coord) -> impl Iterator<Item = u32> {
        self.0.locate_in_envelope_intersecting(&envelope(low, high)).map(|found| found.data)
    }

    /// Numbers of the boxes that contain the box from `low` to `high`, in no particular order.
    pub fn containing(&self, low: Coord, high: Coord) -> impl Iterator<Item = u32> {
        self.0.locate_with_selection_function(Containing(envelope(low, high))).map(|found| found.data)
    }

    /// Numbers of the boxes that contain a position, in no particular order.
    pub fn around(&self, position: Coord) -> impl Iterator<Item = u32> {
        self.0.locate_in_envelope_intersecting(&envelope(position, position)).map(|found| found.data)
    }

    /// Numbers of the boxes that touch the box from `low` to `high`, in ascending order.
    pub fn touching(&self, low: Coord, high: Coord) -> Vec<u32> {
        let mut found: Vec<u32> = self.touching_lazily(low, high).collect();
        found.sort_unstable();
        found
    }
}

/// Selects the boxes that contain a box.
struct Containing(AABB<Corner>);

impl<T: RTreeObject<Envelope = AABB<Corner>>> SelectionFunction<T> for Containing {
    fn should_unpack_parent(&self, outer: &AABB<Corner>) -> bool {
        outer.contains_envelope(&self.0)
    }

    fn should_unpack_leaf(&self, leaf: &T) -> bool {
        leaf.envelope().contains_envelope(&self.0)
    }
}

/// An edge in geocentric coordinates.
struct Chord {
    ends: [[f64; 3]; 2],
    number: u32,
}

impl RTreeObject for Chord {
    type Envelope = AABB<[f64; 3]>;
    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.ends[0], self.ends[1])
    }
}

impl PointDistance for Chord {
    fn distance_2(&self, point: &[f64; 3]) -> f64 {
        squared_to(*point, self.ends).0
    }
}

/// Selects the edges within a distance in metres of a straight path.
struct Beside {
    path: [[f64; 3]; 2],
    distance_m: f64,
}

impl SelectionFunction<Chord> for Beside {
    /// Whether the sphere around a box comes so near.
    fn should_unpack_parent(&self, outline: &AABB<[f64; 3]>) -> bool {
        let half = minus(outline.upper(), outline.center());
        let reach_m = self.distance_m + length(half);
        squared_to(outline.center(), self.path).0 <= reach_m * reach_m
    }

    fn should_unpack_leaf(&self, chord: &Chord) -> bool {
        let (share, along) = nearest_shares(chord.ends, self.path);
        let off = minus(between(chord.ends, share), between(self.path, along));
        dot(off, off) <= self.distance_m * self.distance_m
    }
}

/// R-tree of edges in geocentric coordinates (metres), for nearest-neighbour queries.
pub(super) struct SpaceIndex(RTree<Chord>);

impl SpaceIndex {
    /// Bulk-loads edges; their numbers are their indices in the list.
    pub fn new(edges: &[[[f64; 3]; 2]]) -> Self {
        let chords = edges.iter().enumerate().map(|(i, &ends)| Chord { ends, number: i as u32 });
        SpaceIndex(RTree::bulk_load(chords.collect()))
    }

    /// Squared distance in m² to the nearest edge, and its number.
    pub fn nearest(&self, point: [f64; 3]) -> (f64, u32) {
        let chord = self.0.nearest_neighbor(&point).expect("an index is made of at least one edge");
        (chord.distance_2(&point), chord.number)
    }

    /// Numbers of the edges within a distance in metres of a straight path, in ascending order; `None` if they are more
    /// than `most`.
    pub fn beside(&self, path: [[f64; 3]; 2], distance_m: f64, most: usize) -> Option<Vec<u32>> {
        let found = self.0.locate_with_selection_function(Beside { path, distance_m });
        let mut numbers: Vec<u32> = found.map(|chord| chord.number).take(most + 1).collect();
        numbers.sort_unstable();
        (numbers.len() <= most).then_some(numbers)
    }

    /// Squared distance in m² to each edge, and its number, nearest first.
    pub fn nearest_first(&self, point: [f64; 3]) -> impl Iterator<Item = (f64, u32)> {
        self.0.nearest_neighbor_iter_with_distance_2(&point).map(|(chord, squared)| (squared, chord.number))
    }
}

/// R-tree of boxes in geocentric coordinates (metres), for traversal by distance.
pub(super) struct SpaceBoxes(RTree<GeomWithData<Rectangle<[f64; 3]>, u32>>);

impl SpaceBoxes {
    /// Bulk-loads boxes given by two corners; their numbers are their indices in the list.
    pub fn new(boxes: impl IntoIterator<Item = ([f64; 3], [f64; 3])>) -> Self {
        let numbered = boxes.into_iter().enumerate();
        let boxes = numbered.map(|(i, (low, high))| GeomWithData::new(Rectangle::from_corners(low, high), i as u32));
        SpaceBoxes(RTree::bulk_load(boxes.collect()))
    }

    /// Squared distance in m² and number of each box, nearest first.
    pub fn nearest_first(&self, point: [f64; 3]) -> impl Iterator<Item = (f64, u32)> {
        self.0.nearest_neighbor_iter_with_distance_2(&point).map(|(found, squared)| (squared, found.data))
    }
}

/// R-tree of points of six coordinates, for finding and removing nearest points.
pub struct NearPoints {
    tree: RTree<GeomWithData<[f64; 6], u32>>,
    points: Vec<[f64; 6]>,
}

impl NearPoints {
    /// Bulk-loads points; their numbers are their indices in the list.
    pub fn new(points: impl IntoIterator<Item = [f64; 6]>) -> Self {
        let points: Vec<[f64; 6]> = points.into_iter().collect();
        let numbered = points.iter().enumerate().map(|(i, point)| GeomWithData::new(*point, i as u32));
        NearPoints { tree: RTree::bulk_load(numbered.collect()), points }
    }

    /// Number of the nearest remaining point; of equally near ones, the first according to `order`.
    pub fn nearest(&self, to: &[f64; 6], order: impl Fn(usize, usize) -> std::cmp::Ordering) -> Option<usize> {
        let mut found = self.tree.nearest_neighbor_iter_with_distance_2(to);
        let (first, least) = found.next()?;
        let as_near = found.take_while(|(_, squared)| *squared == least).map(|(point, _)| point.data as usize);
        as_near.chain([first.data as usize]).min_by(|i, j| order(*i, *j))
    }

    /// Removes a point.
    pub fn remove(&mut self, number: usize) {
        self.tree.remove(&GeomWithData::new(self.points[number], number as u32));
    }
}
