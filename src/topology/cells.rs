//! Uniform grid for broad-phase tests of edges and vertices.

use super::edge_box::{box_of, join};
use crate::earth::LocalPlane;
use geo::Coord;

/// Search margins in degrees: twice the tolerance.
pub(super) struct Margins {
    north_deg: f64,
    /// By whole degree of absolute latitude; valid for that whole degree.
    east_deg: [f64; 91],
}

impl Margins {
    pub fn new(tolerance_m: f64) -> Self {
        /// Lower bound of the length of a degree of latitude.
        const LEAST_M: f64 = 110_500.0;
        let poleward = |degree: usize| Coord { x: 0.0, y: (degree + 1).min(90) as f64 };
        let east_deg = std::array::from_fn(|degree| LocalPlane::at(poleward(degree)).degrees(2.0 * tolerance_m).x);
        Margins { north_deg: 2.0 * tolerance_m / LEAST_M, east_deg }
    }

    /// Margins in degrees of longitude (x) and latitude (y) for a box given by its corners.
    pub fn around(&self, low: Coord, high: Coord) -> Coord {
        self.up_to(high.y.max(-low.y))
    }

    /// The same for an edge.
    pub fn along(&self, [from, to]: [Coord; 2]) -> Coord {
        self.up_to(from.y.abs().max(to.y.abs()))
    }

    /// The same for positions up to an absolute latitude.
    fn up_to(&self, poleward: f64) -> Coord {
        Coord { x: self.east_deg[poleward.clamp(0.0, 90.0) as usize], y: self.north_deg }
    }
}

/// Square cells in longitude and latitude.
pub(super) struct CellGrid {
    low: Coord,
    cells_per_deg: f64,
    /// Cells along a side.
    side: u32,
}

impl CellGrid {
    /// A grid over positions with `side` cells along each side; `None` where all positions are equal.
    pub fn over(positions: impl Iterator<Item = Coord>, side: u32) -> Option<Self> {
        let (low, high) = positions.map(|at| (at, at)).reduce(join)?;
        let widest = (high.x - low.x).max(high.y - low.y);
        (widest > 0.0).then(|| CellGrid { low, cells_per_deg: f64::from(side) / widest, side })
    }

    fn place(&self, at: Coord) -> [u32; 2] {
        let place = |value: f64| ((value * self.cells_per_deg).max(0.0) as u32).min(self.side - 1);
        [place(at.x - self.low.x), place(at.y - self.low.y)]
    }

    pub fn cell(&self, at: Coord) -> u32 {
        let [x, y] = self.place(at);
        y * self.side + x
    }

    /// Visits the cells near an edge, row by row; returns false if the edge spans more than `most` rows and columns.
    pub fn cells_along(&self, [a, b]: [Coord; 2], margin: Coord, most: u32, mut visit: impl FnMut(u32)) -> bool {
        let (low, high) = box_of([a, b]);
        let ([west, south], [east, north]) = (self.place(low - margin), self.place(high + margin));
        if east - west + north - south > most {
            return false;
        }
        // A small box is visited whole.
        let is_small = (east - west + 1) * (north - south + 1) <= 4;
        let slope = (b.x - a.x) / (b.y - a.y);
        for row in south..=north {
            let (mut from, mut to) = (west, east);
            if !is_small && slope.is_finite() {
                // The part of the edge in this row, with its margin, and a hundredth of a cell for rounding.
                let lat = |row: u32| self.low.y + f64::from(row) / self.cells_per_deg;
                let at = |lat: f64| a.x + (lat.clamp(low.y, high.y) - a.y) * slope;
                let (p, q) = (at(lat(row) - 2.0 * margin.y), at(lat(row + 1) + 2.0 * margin.y));
                let wide = margin.x + 0.01 / self.cells_per_deg;
                let column = |x: f64| self.place(Coord { x, y: low.y })[0];
                (from, to) = (column(p.min(q) - wide).max(west), column(p.max(q) + wide).min(east));
            }
            (from..=to).for_each(|column| visit(row * self.side + column));
        }
        true
    }
}

/// Cells along a side of a grid on which this many edges are marked: a few cells per edge.
fn side_for(edges: usize) -> u32 {
    (3.0 * (edges as f64).sqrt()).clamp(8.0, 2048.0) as u32
}

/// The grid cells near a set of edges; filters out whatever is far from all of them.
pub(super) struct NearCells {
    grid: CellGrid,
    margins: Margins,
    is_near: Vec<bool>,
    /// True where marking all cells would take more memory than the input: then every cell counts as near.
    everywhere: bool,
}

impl NearCells {
    /// Greatest number of cell visits.
    const MOST: usize = 1 << 26;

    /// Marks the cells within the tolerance of the edges; `None` without edges.
    pub fn of(positions: &[Coord], edges: &[[u32; 2]], tolerance_m: f64) -> Option<Self> {
        let at = |number: u32| positions[number as usize];
        let side = side_for(edges.len());
        let grid = CellGrid::over(edges.iter().flatten().map(|&number| at(number)), side)?;
        let (margins, mut marked) = (Margins::new(tolerance_m), 0);
        let mut is_near = vec![false; (side * side) as usize];
        for ends in edges.iter().map(|ends| ends.map(at)) {
            let (low, high) = box_of(ends);
            grid.cells_along(ends, margins.around(low, high), 2 * side, |cell| {
                is_near[cell as usize] = true;
                marked += 1;
            });
            if marked > Self::MOST {
                break;
            }
        }
        Some(NearCells { grid, margins, is_near, everywhere: marked > Self::MOST })
    }

    /// Whether an edge passes a marked cell.
    pub fn touch(&self, ends: [Coord; 2]) -> bool {
        let (low, high) = box_of(ends);
        let mut touches = self.everywhere;
        self.grid.cells_along(ends, self.margins.around(low, high), 2 * self.grid.side, |cell| {
            touches |= self.is_near[cell as usize];
        });
        touches
    }

    /// Whether a position lies in a marked cell.
    pub fn hold(&self, at: Coord) -> bool {
        self.everywhere || self.is_near[self.grid.cell(at) as usize]
    }
}

/// The owner of the edges in each grid cell; filters out edges that are far from those of other owners.
pub(super) struct CellOwners {
    grid: CellGrid,
    owner: Vec<u32>,
}

impl CellOwners {
    const NOBODY: u32 = u32::MAX;
    const SEVERAL: u32 = u32::MAX - 1;

    /// Marks the cells that edges pass, each with its owner; `None` where the cell visits would outgrow the input.
    pub fn of(edges: impl Iterator<Item = (u32, [Coord; 2])> + Clone) -> Option<Self> {
        let side = side_for(edges.clone().count());
        let grid = CellGrid::over(edges.clone().flat_map(|(_, ends)| ends), side)?;
        let (mut owner, mut marked) = (vec![Self::NOBODY; (side * side) as usize], 0);
        for (of, ends) in edges {
            grid.cells_along(ends, Coord::zero(), 2 * side, |cell| {
                let owner = &mut owner[cell as usize];
                *owner = if *owner == Self::NOBODY || *owner == of { of } else { Self::SEVERAL };
                marked += 1;
            });
            if marked > NearCells::MOST {
                return None;
            }
        }
        Some(CellOwners { grid, owner })
    }

    /// Whether an edge passes a cell that edges of several owners pass.
    pub fn are_several(&self, ends: [Coord; 2]) -> bool {
        let mut several = false;
        self.grid.cells_along(ends, Coord::zero(), 2 * self.grid.side, |cell| {
            several |= self.owner[cell as usize] == Self::SEVERAL;
        });
        several
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        /// Every position of an edge lies in a cell along it.
        #[test]
        fn cells_along_an_edge_hold_all_of_it(
            (ax, ay, bx, by) in (-20.0..20.0_f64, 40.0..60.0_f64, -20.0..20.0_f64, 40.0..60.0_f64),
            shares in prop::collection::vec(0.0..=1.0_f64, 1..50), side in 1..3000_u32,
        ) {
            let corners = [Coord { x: -20.0, y: 40.0 }, Coord { x: 20.0, y: 60.0 }];
            let grid = CellGrid::over(corners.into_iter(), side).expect("corners differ");
            let (a, b) = (Coord { x: ax, y: ay }, Coord { x: bx, y: by });
            let mut cells = Vec::new();
            prop_assert!(grid.cells_along([a, b], Coord::zero(), u32::MAX, |cell| cells.push(cell)));
            for share in shares {
                prop_assert!(cells.contains(&grid.cell(a + (b - a) * share)), "{share}");
            }
        }
    }
}
