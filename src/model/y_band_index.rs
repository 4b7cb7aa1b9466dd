//! Point-in-polygon index of rings by latitude bands (y-bands).

use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};
use geo::algorithm::line_intersection::{LineIntersection, line_intersection};
use geo::{Coord, Line};

/// Location of a position relative to rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// Strictly inside.
    Inside,
    /// On the boundary: an edge or a vertex.
    OnLine,
    /// Strictly outside.
    Outside,
}

/// Where a line runs strictly inside and strictly outside rings: one position of each, if any.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sides {
    /// A position of the line inside, or where it enters.
    pub inside: Option<Coord>,
    /// A position of the line outside, or where it leaves.
    pub outside: Option<Coord>,
    /// Whether a stretch of the line coincides with the boundary; not determined if both others are known.
    pub runs_along: bool,
}

/// log₂ of the height ratio of two levels; it bounds the bands that an edge occupies.
const STEP: u32 = 3;

/// Y-band index of ring edges: a query for a position tests only the edges in its latitude band.
///
/// The even-odd rule applies: a position in a hole is outside. Decisions are exact (Shewchuk's predicates).
///
/// The number of bands is about the number of edges. An edge that would occupy more than eight bands is stored at a
/// level of bands eight times as high, or higher: memory is linear in the number of edges, whatever their length.
#[derive(Debug, Clone)]
pub struct YBandIndex {
    south: f64,
    bands_per_deg: f64,
    /// Number of bands at the lowest level.
    count: usize,
    /// Index in `starts` of the first band of each level.
    levels: Vec<usize>,
    starts: Vec<u32>,
    edges: Vec<[Coord; 2]>,
}

impl YBandIndex {
    /// Indexes the edges of closed rings (lon, lat in degrees), in planar longitude and latitude. Linear in their
    /// number.
    ///
    /// # Examples
    /// ```
    /// use geo::Coord;
    /// use merestone::model::{YBandIndex, Location};
    /// let ring = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)].map(Coord::from);
    /// let bands = YBandIndex::new([&ring[..]]);
    /// assert_eq!(bands.locate(Coord { x: 1.0, y: 1.0 }), Location::Inside);
    /// assert_eq!(bands.locate(Coord { x: 2.0, y: 1.0 }), Location::OnLine);
    /// assert_eq!(bands.locate(Coord { x: 3.0, y: 1.0 }), Location::Outside);
    /// ```
    pub fn new<'a>(rings: impl IntoIterator<Item = &'a [Coord]> + Clone) -> Self {
        let edges = || rings.clone().into_iter().flat_map(|ring| ring.windows(2).map(|e| [e[0], e[1]]));
        let (mut south, mut north, mut count) = (f64::INFINITY, f64::NEG_INFINITY, 0usize);
        let mut highest = 0.0_f64;
        for [from, to] in edges() {
            south = south.min(from.y).min(to.y);
            north = north.max(from.y).max(to.y);
            highest = highest.max((to.y - from.y).abs());
            count += 1;
        }
        let count = (count / 2).clamp(1, 1 << 18);
        let bands_per_deg = if north > south { count as f64 / (north - south) } else { 0.0 };
        let mut sorted =
            YBandIndex { south, bands_per_deg, count, levels: vec![0], starts: Vec::new(), edges: Vec::new() };
        let mut slots = count;
        while (highest * bands_per_deg) as usize + 2 > 1 << (STEP as usize * sorted.levels.len()) {
            let level = sorted.levels.len() as u32;
            sorted.levels.push(slots);
            slots += ((count - 1) >> (STEP * level)) + 1;
        }
        sorted.starts = vec![0; slots + 2];
        // Counting sort: count into the slot after, prefix sums, then placement.
        for edge in edges() {
            for slot in sorted.slots(edge) {
                sorted.starts[slot + 2] += 1;
            }
        }
        for slot in 2..sorted.starts.len() {
            sorted.starts[slot] += sorted.starts[slot - 1];
        }
        sorted.edges = vec![[Coord::zero(); 2]; sorted.starts[slots + 1] as usize];
        for edge in edges() {
            for slot in sorted.slots(edge) {
                let at = &mut sorted.starts[slot + 1];
                sorted.edges[*at as usize] = edge;
                *at += 1;
            }
        }
        sorted
    }

    fn band(&self, lat: f64) -> usize {
        (((lat - self.south) * self.bands_per_deg).max(0.0) as usize).min(self.count - 1)
    }

    /// The bands that an edge occupies.
    #[inline]
    fn slots(&self, [from, to]: [Coord; 2]) -> std::ops::RangeInclusive<usize> {
        let (low, high) = (self.band(from.y.min(to.y)), self.band(from.y.max(to.y)));
        let level = (0..self.levels.len() - 1).find(|level| {
            let shift = STEP * *level as u32;
            (high >> shift) - (low >> shift) < 1 << STEP
        });
        let level = level.unwrap_or(self.levels.len() - 1);
        let shift = STEP * level as u32;
        self.levels[level] + (low >> shift)..=self.levels[level] + (high >> shift)
    }

    /// Edges whose latitude range may intersect `south` to `north`, possibly with duplicates.
    fn edges_between(&self, south: f64, north: f64) -> impl Iterator<Item = &[Coord; 2]> {
        let (low, high) = (self.band(south), self.band(north));
        self.levels.iter().enumerate().flat_map(move |(level, first)| {
            let shift = STEP * level as u32;
            let (from, to) = (self.starts[first + (low >> shift)], self.starts[first + (high >> shift) + 1]);
            &self.edges[from as usize..to as usize]
        })
    }

    /// Locates a position (lon, lat in degrees).
    pub fn locate(&self, position: Coord) -> Location {
        let mut inside = false;
        for &edge in self.edges_between(position.y, position.y) {
            match ray_east(position, edge) {
                RayEdge::Misses => {}
                RayEdge::Crosses => inside = !inside,
                RayEdge::OriginOnEdge => return Location::OnLine,
            }
        }
        if inside { Location::Inside } else { Location::Outside }
    }

    /// Whether the bounding box of any edge intersects the box between a south-west and a north-east corner.
    pub fn touch_box(&self, (low, high): (Coord, Coord)) -> bool {
        self.edges_between(low.y, high.y).any(|[from, to]| {
            from.x.min(to.x) <= high.x
                && from.x.max(to.x) >= low.x
                && from.y.min(to.y) <= high.y
                && from.y.max(to.y) >= low.y
        })
    }

    /// Locates a box (south-west and north-east corner); `None` where the bounding box of an edge intersects it.
    pub fn side_of_box(&self, (low, high): (Coord, Coord)) -> Option<Location> {
        (!self.touch_box((low, high))).then(|| self.locate(low))
    }

    /// Finds on which sides of the rings a line (lon, lat in degrees) runs; stretches on the boundary count for
    /// neither.
    ///
    /// Splits each edge of the line at its intersections with the rings and locates the midpoint of each segment.
    pub fn sides(&self, line: &[Coord]) -> Sides {
        let mut sides = Sides::default();
        let (mut shares, mut along) = (Vec::new(), Vec::new());
        for edge in line.windows(2).filter(|edge| edge[0] != edge[1]) {
            shares.clear();
            along.clear();
            let begins = self.locate(edge[0]);
            sides.note(begins, edge[0]);
            if let Some(crossing) = self.meetings([edge[0], edge[1]], &mut shares, &mut along) {
                sides.inside = sides.inside.or(Some(crossing));
                sides.outside = sides.outside.or(Some(crossing));
            }
            if sides.inside.is_some() && sides.outside.is_some() {
                return sides;
            }
            // No intersection: the whole edge is on the side of its start.
            if shares.is_empty() {
                continue;
            }
            sides.runs_along |= !along.is_empty();
            shares.extend([0.0, 1.0]);
            shares.sort_by(f64::total_cmp);
            for piece in shares.windows(2).filter(|piece| piece[0] < piece[1]) {
                if !along.iter().any(|&(from, to)| from <= piece[0] && piece[1] <= to) {
                    let middle = edge[0] + (edge[1] - edge[0]) * ((piece[0] + piece[1]) / 2.0);
                    sides.note(self.locate(middle), middle);
                }
            }
        }
        sides
    }

    /// Collects the parameters at which an edge intersects the rings and its stretches on the boundary; returns a
    /// proper intersection, if any.
    fn meetings(&self, edge: [Coord; 2], shares: &mut Vec<f64>, along: &mut Vec<(f64, f64)>) -> Option<Coord> {
        let d = edge[1] - edge[0];
        let share = |p: Coord| {
            let raw = if d.x.abs() >= d.y.abs() { (p.x - edge[0].x) / d.x } else { (p.y - edge[0].y) / d.y };
            raw.clamp(0.0, 1.0)
        };
        let (west, east) = (edge[0].x.min(edge[1].x), edge[0].x.max(edge[1].x));
        for &[from, to] in self.edges_between(edge[0].y.min(edge[1].y), edge[0].y.max(edge[1].y)) {
            if from.x.max(to.x) < west || from.x.min(to.x) > east || from == to {
                continue;
            }
            match line_intersection(Line::new(edge[0], edge[1]), Line::new(from, to)) {
                Some(LineIntersection::SinglePoint { intersection, is_proper: true }) => return Some(intersection),
                Some(LineIntersection::SinglePoint { intersection, .. }) => shares.push(share(intersection)),
                Some(LineIntersection::Collinear { intersection }) => {
                    let (a, b) = (share(intersection.start), share(intersection.end));
                    shares.extend([a, b]);
                    along.push((a.min(b), a.max(b)));
                }
                None => {}
            }
        }
        None
    }
}

/// Result of a ray due east against an edge.
pub(crate) enum RayEdge {
    /// No intersection.
    Misses,
    /// An intersection; the upper end of an edge belongs to the next edge.
    Crosses,
    /// The origin of the ray is on the edge.
    OriginOnEdge,
}

/// Intersects the ray due east of a position with an edge, exactly (Shewchuk's orientation predicate).
#[inline]
pub(crate) fn ray_east(position: Coord, [from, to]: [Coord; 2]) -> RayEdge {
    let (low, high) = if from.y <= to.y { (from, to) } else { (to, from) };
    if position.y < low.y || position.y > high.y || position.x > from.x.max(to.x) {
        return RayEdge::Misses;
    }
    if low.y == high.y {
        return if position.x >= from.x.min(to.x) { RayEdge::OriginOnEdge } else { RayEdge::Misses };
    }
    // West of both ends.
    if position.x < from.x.min(to.x) {
        return if position.y < high.y { RayEdge::Crosses } else { RayEdge::Misses };
    }
    match RobustKernel::orient2d(low, high, position) {
        Orientation::Collinear => RayEdge::OriginOnEdge,
        Orientation::CounterClockwise if position.y < high.y => RayEdge::Crosses,
        _ => RayEdge::Misses,
    }
}

impl Sides {
    fn note(&mut self, whereabouts: Location, position: Coord) {
        match whereabouts {
            Location::Inside => self.inside = self.inside.or(Some(position)),
            Location::Outside => self.outside = self.outside.or(Some(position)),
            Location::OnLine => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().chain(points.first()).map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn holes_corners_and_edges() {
        let shell = ring(&[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]);
        let hole = ring(&[(1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (2.0, 1.0)]);
        let bands = YBandIndex::new([shell.as_slice(), hole.as_slice()]);
        for (x, y, expected) in [
            (0.5, 0.5, Location::Inside),
            (1.5, 1.5, Location::Outside),
            (3.0, 1.0, Location::Inside),
            (3.0, 2.0, Location::Inside),
            (0.5, 2.0, Location::Inside),
            (1.0, 1.5, Location::OnLine),
            (4.0, 4.0, Location::OnLine),
            (2.0, 4.0, Location::OnLine),
            (5.0, 2.0, Location::Outside),
            (-1.0, 0.0, Location::Outside),
            (2.0, 5.0, Location::Outside),
        ] {
            assert_eq!(bands.locate(Coord { x, y }), expected, "{x} {y}");
        }
    }

    #[test]
    fn line_inside_outside_and_on_the_boundary() {
        let square = ring(&[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]);
        let bands = YBandIndex::new([square.as_slice()]);
        let sides = |points: &[(f64, f64)]| {
            let line: Vec<Coord> = points.iter().map(|&(x, y)| Coord { x, y }).collect();
            let sides = bands.sides(&line);
            (sides.inside.is_some(), sides.outside.is_some())
        };
        assert_eq!(sides(&[(1.0, 1.0), (2.0, 2.0)]), (true, false));
        assert_eq!(sides(&[(-1.0, 2.0), (5.0, 2.0)]), (true, true));
        // No vertex inside, no proper intersection.
        assert_eq!(sides(&[(2.0, 0.0), (2.0, 4.0)]), (true, false));
        assert_eq!(sides(&[(0.0, 0.0), (4.0, 4.0)]), (true, false));
        assert_eq!(sides(&[(-1.0, 0.0), (2.0, 0.0)]), (false, true));
        assert_eq!(sides(&[(1.0, 0.0), (4.0, 0.0), (4.0, 4.0)]), (false, false));
    }

    #[test]
    fn long_edges_take_no_more_memory_than_short_ones() {
        // Teeth one degree high, over all bands.
        let teeth = |count: u32| {
            let top = (0..count).map(|i| (f64::from(i) / f64::from(count), if i % 2 == 0 { 1.0 } else { 0.0 }));
            ring(&top.chain([(1.0, -0.1), (0.0, -0.1)]).collect::<Vec<_>>())
        };
        let ring = teeth(4000);
        let bands = YBandIndex::new([ring.as_slice()]);
        assert!(bands.edges.len() <= 9 * ring.len(), "{} of {} edges", bands.edges.len(), ring.len());
        // Inside a tooth, and between two.
        for tooth in [1, 1000, 1999] {
            let x = f64::from(2 * tooth) / 4000.0;
            assert_eq!(bands.locate(Coord { x, y: 0.5 }), Location::Inside);
            assert_eq!(bands.locate(Coord { x: x + 1.0 / 4000.0, y: 0.5 }), Location::Outside);
        }
    }

    #[test]
    fn empty_index_contains_nothing() {
        assert_eq!(YBandIndex::new(std::iter::empty()).locate(Coord { x: 0.0, y: 0.0 }), Location::Outside);
    }
}
