//! Heights of the ground on a grid.

mod error;
mod tiff;

pub use error::{HeightsError, HeightsProblem};

use super::bytes::{read_bytes, sha256};
use super::{Dataset, Limits};
use crate::earth::distance_m;
use crate::model::{Bounds, Input, LayerInfo};
use geo::{Coord, coord};
use std::ops::Range;

/// Heights above sea level at the nodes of a grid of longitude and latitude.
///
/// The grid of a dataset is returned by [`Dataset::heights`], that of a file (GeoTIFF, `.hgt` …) by [`Heights::read`].
///
/// **Earth and units.** WGS 84 longitude and latitude in degrees; heights in metres above the source's reference level.
///
/// **Method.** Bilinear interpolation between four nodes in longitude and latitude. In a raster whose values refer to
/// cells, a value is placed at the centre of its cell.
///
/// # Examples
/// ```
/// # #[cfg(feature = "dataset")] {
/// use merestone::io::Dataset;
/// let heights = Dataset::embedded().heights(None)?.expect("the embedded dataset has a relief");
/// let sevan_m = heights.height_m(45.35, 40.35).expect("it lies inside");
/// assert_eq!(sevan_m, 1875.0);
/// assert_eq!(heights.height_m(7.66, 45.98), None);
/// # }
/// # Ok::<(), merestone::io::HeightsError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Heights {
    grid: HeightGrid,
    /// Row by row from the north, each from the west; NaN for voids.
    values_m: Vec<f32>,
    input: Input,
    info: Option<LayerInfo>,
}

/// Geometry of a grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct HeightGrid {
    pub columns: usize,
    pub rows: usize,
    /// Longitude and latitude of the first node, in the north-west.
    pub first: Coord,
    /// Degrees between columns and between rows, both positive.
    pub step: Coord,
}

impl HeightGrid {
    /// The columns and rows needed for heights within bounds.
    #[cfg_attr(not(feature = "gdal"), allow(dead_code))]
    pub fn window(&self, within: Option<Bounds>) -> (Range<usize>, Range<usize>) {
        let Some([west, south, east, north]) = within else { return (0..self.columns, 0..self.rows) };
        let range = |from: f64, to: f64, count: usize| {
            // Casting saturates: indices before the grid are 0.
            let end = (to.ceil() + 1.0) as usize;
            (from.floor() as usize).min(count)..end.min(count)
        };
        (
            range((west - self.first.x) / self.step.x, (east - self.first.x) / self.step.x, self.columns),
            range((self.first.y - north) / self.step.y, (self.first.y - south) / self.step.y, self.rows),
        )
    }

    /// The grid of a window of this one.
    #[cfg_attr(not(feature = "gdal"), allow(dead_code))]
    pub fn part(&self, (columns, rows): (&Range<usize>, &Range<usize>)) -> HeightGrid {
        let first = coord! {
            x: self.first.x + columns.start as f64 * self.step.x,
            y: self.first.y - rows.start as f64 * self.step.y,
        };
        HeightGrid { columns: columns.len(), rows: rows.len(), first, step: self.step }
    }
}

impl Heights {
    /// Reads the grid of a file, or the part needed for bounds (west, south, east, north in degrees).
    ///
    /// Formats: in every build, a GeoTIFF of 16-bit integers in strips, plain or Deflate-compressed; with the feature
    /// `gdal`, other GeoTIFFs, `.hgt`, DTED, Esri and SAGA grids. The system is WGS 84 longitude and latitude or one
    /// that agrees with it within metres.
    ///
    /// # Errors
    /// The file cannot be read, is not such a grid, is in another system or unit, has no node inside the bounds, or
    /// exceeds the limits.
    pub fn read(path: &str, within: Option<Bounds>, limits: Limits) -> Result<Self, HeightsError> {
        let bytes = read_bytes(path, limits)?;
        let mut heights = Self::of_bytes(path, &bytes, within, limits)?;
        heights.input.sha256 = sha256(&bytes);
        Ok(heights)
    }

    #[cfg(feature = "gdal")]
    fn of_bytes(path: &str, _: &[u8], within: Option<Bounds>, limits: Limits) -> Result<Self, HeightsError> {
        let (grid, values_m) = super::ogr::heights(path, within, limits).map_err(|problem| problem.of(path))?;
        Self::new(path, grid, values_m)
    }

    #[cfg(not(feature = "gdal"))]
    fn of_bytes(path: &str, bytes: &[u8], _: Option<Bounds>, limits: Limits) -> Result<Self, HeightsError> {
        Self::of_tiff(path, bytes, limits)
    }

    /// Reads a GeoTIFF of 16-bit integers in strips, plain or Deflate-compressed.
    fn of_tiff(path: &str, bytes: &[u8], limits: Limits) -> Result<Self, HeightsError> {
        let (grid, values_m) = tiff::read(bytes, limits).map_err(|problem| problem.of(path))?;
        Self::new(path, grid, values_m)
    }

    fn new(path: &str, grid: HeightGrid, values_m: Vec<f32>) -> Result<Self, HeightsError> {
        if grid.columns < 2 || grid.rows < 2 {
            return Err(HeightsProblem::TooSmall { columns: grid.columns, rows: grid.rows }.of(path));
        }
        let input = Input { axes_stated: true, ..Input::new(path, "") };
        Ok(Heights { grid, values_m, input, info: None })
    }

    /// The height in metres at a longitude and latitude in degrees; `None` outside the grid, and if one of the four
    /// surrounding nodes is a void.
    pub fn height_m(&self, lon: f64, lat: f64) -> Option<f64> {
        // Tolerance, in cells, for rounding at the edge of the grid.
        const SLACK: f64 = 1e-9;
        let place = |offset: f64, step: f64, count: usize| {
            let (at, last) = (offset / step, (count - 1) as f64);
            if !(at >= -SLACK && at <= last + SLACK) {
                return None;
            }
            let cell = at.clamp(0.0, last).floor().min(last - 1.0);
            Some((cell as usize, (at - cell).clamp(0.0, 1.0)))
        };
        let (column, across) = place(lon - self.grid.first.x, self.grid.step.x, self.grid.columns)?;
        let (row, down) = place(self.grid.first.y - lat, self.grid.step.y, self.grid.rows)?;
        // A node with weight 0 may be a void.
        let weighed = |column: usize, row: usize, weight: f64| match weight {
            0.0 => Some(0.0),
            weight => Some(weight * self.node_m(column, row)?),
        };
        let along = |row: usize, weight: f64| {
            Some(weighed(column, row, weight * (1.0 - across))? + weighed(column + 1, row, weight * across)?)
        };
        Some(along(row, 1.0 - down)? + along(row + 1, down)?)
    }

    /// The height in metres at a node: its column from the west and its row from the north, from 0.
    pub fn node_m(&self, column: usize, row: usize) -> Option<f64> {
        if column >= self.grid.columns {
            return None;
        }
        let value = f64::from(*self.values_m.get(row * self.grid.columns + column)?);
        (!value.is_nan()).then_some(value)
    }

    /// Longitude and latitude of a node in degrees.
    pub fn node(&self, column: usize, row: usize) -> Coord {
        let HeightGrid { first, step, .. } = self.grid;
        coord! { x: first.x + column as f64 * step.x, y: first.y - row as f64 * step.y }
    }

    /// The number of columns and of rows.
    pub fn size(&self) -> (usize, usize) {
        (self.grid.columns, self.grid.rows)
    }

    /// Degrees of longitude between columns and of latitude between rows.
    pub fn step_deg(&self) -> (f64, f64) {
        (self.grid.step.x, self.grid.step.y)
    }

    /// Distances in metres between neighbouring columns and rows about a latitude in degrees, on the ellipsoid.
    pub fn cell_m(&self, lat: f64) -> (f64, f64) {
        let HeightGrid { first, step, .. } = self.grid;
        let here = coord! { x: first.x, y: lat };
        (
            distance_m(here, coord! { x: first.x + step.x, y: lat }),
            distance_m(here, coord! { x: first.x, y: lat - step.y }),
        )
    }

    /// West, south, east and north of the nodes in degrees.
    pub fn bounds(&self) -> Bounds {
        let last = self.node(self.grid.columns - 1, self.grid.rows - 1);
        [self.grid.first.x, last.y, last.x, self.grid.first.y]
    }

    /// Accuracy of the heights in metres, if the dataset's manifest states it.
    pub fn vertical_accuracy_m(&self) -> Option<f64> {
        self.info.as_ref().and_then(|info| info.vertical_accuracy_m)
    }

    /// The manifest entry, if the grid belongs to a dataset.
    pub fn info(&self) -> Option<&LayerInfo> {
        self.info.as_ref()
    }

    /// The file, with the SHA-256 of its bytes; it has no features.
    pub fn input(&self) -> &Input {
        &self.input
    }
}

impl Dataset {
    /// Reads the relief of the dataset (the first layer of role `relief`), or the part needed for bounds (west, south,
    /// east, north in degrees); `None` if its manifest names none.
    ///
    /// # Errors
    /// As [`Heights::read`], and for a file outside the folder of the manifest.
    pub fn heights(&self, within: Option<Bounds>) -> Result<Option<Heights>, HeightsError> {
        self.reliefs().first().map(|info| self.heights_of(info, within)).transpose()
    }

    /// Reads the heights of one of [`reliefs`](Self::reliefs).
    ///
    /// # Errors
    /// As [`heights`](Self::heights).
    pub fn heights_of(&self, info: &LayerInfo, within: Option<Bounds>) -> Result<Heights, HeightsError> {
        let mut heights = match self.grid_file(info)? {
            Ok(path) => Heights::read(&path, within, self.limits())?,
            Err((path, bytes, hash)) => {
                let mut heights = Heights::of_tiff(&path, bytes, self.limits())?;
                hash.clone_into(&mut heights.input.sha256);
                heights.input.is_embedded = true;
                heights
            }
        };
        heights.info = Some(info.clone());
        Ok(heights)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Heights {
        let grid =
            HeightGrid { columns: 3, rows: 2, first: coord! { x: 10.0, y: 46.0 }, step: coord! { x: 0.5, y: 1.0 } };
        Heights::new("test", grid, vec![0.0, 10.0, f32::NAN, 100.0, 130.0, 50.0]).unwrap()
    }

    #[test]
    fn between_nodes_heights_are_bilinear() {
        let heights = grid();
        assert_eq!(heights.height_m(10.0, 46.0), Some(0.0));
        assert_eq!(heights.height_m(10.5, 45.0), Some(130.0));
        assert_eq!(heights.height_m(10.25, 45.5), Some((0.0 + 10.0 + 100.0 + 130.0) / 4.0));
        assert_eq!(heights.height_m(10.125, 45.0), Some(107.5));
    }

    #[test]
    fn outside_and_beside_a_void_there_is_none() {
        let heights = grid();
        for (lon, lat) in [(9.99, 45.5), (11.01, 45.5), (10.2, 46.01), (10.2, 44.99), (f64::NAN, 45.5), (10.8, 45.5)] {
            assert_eq!(heights.height_m(lon, lat), None, "{lon} {lat}");
        }
        assert_eq!((heights.node_m(2, 0), heights.node_m(3, 0), heights.node_m(0, 2)), (None, None, None));
        assert_eq!(heights.bounds(), [10.0, 45.0, 11.0, 46.0]);
    }

    #[test]
    fn a_window_holds_the_nodes_around_its_bounds() {
        let grid =
            HeightGrid { columns: 11, rows: 11, first: coord! { x: 0.0, y: 10.0 }, step: coord! { x: 1.0, y: 1.0 } };
        let (columns, rows) = grid.window(Some([2.5, 3.5, 4.5, 6.5]));
        assert_eq!((columns.clone(), rows.clone()), (2..6, 3..8));
        let part = grid.part((&columns, &rows));
        assert_eq!((part.first, part.columns, part.rows), (coord! { x: 2.0, y: 7.0 }, 4, 5));
        assert_eq!(grid.window(Some([20.0, 3.0, 30.0, 4.0])).0.len(), 0);
        assert_eq!(grid.window(Some([-30.0, 3.0, -20.0, 4.0])).0.len(), 0);
    }

    #[test]
    fn cells_are_measured_on_the_ellipsoid() {
        // A degree of latitude is 111 132 m at 45° (mean), half a degree of longitude 39 423 m.
        let (east_m, north_m) = grid().cell_m(45.5);
        assert!((north_m - 111_141.0).abs() < 20.0 && (east_m - 39_073.0).abs() < 20.0, "{east_m} {north_m}");
    }
}
