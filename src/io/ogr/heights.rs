//! Height grids through GDAL: GeoTIFF, `.hgt` and other rasters in a single local file.

use super::proj::is_near_wgs84;
use super::settings::Settings;
use crate::io::Limits;
use crate::io::heights::{HeightGrid, HeightsProblem};
use crate::model::Bounds;
use gdal::{Dataset, DatasetOptions, GdalOpenFlags};
use geo::coord;

/// Raster drivers that read only the given file, without network access.
const DRIVERS: [&str; 9] = ["GTiff", "SRTMHGT", "DTED", "AAIGrid", "GRASSASCIIGrid", "EHdr", "SAGA", "USGSDEM", "GSAG"];

/// The grid of a file's first band and its heights, or the part needed for bounds.
pub(in crate::io) fn heights(
    path: &str,
    within: Option<Bounds>,
    limits: Limits,
) -> Result<(HeightGrid, Vec<f32>), HeightsProblem> {
    let failed = |error: gdal::errors::GdalError| HeightsProblem::Format(error.to_string());
    let _settings = Settings::reading(limits).map_err(failed)?;
    let options = DatasetOptions {
        open_flags: GdalOpenFlags::GDAL_OF_RASTER | GdalOpenFlags::GDAL_OF_READONLY,
        allowed_drivers: Some(&DRIVERS),
        ..DatasetOptions::default()
    };
    let dataset = Dataset::open_ex(path, options).map_err(failed)?;
    let band = dataset.rasterband(1).map_err(failed)?;
    let unit = band.unit();
    if !["", "m", "metre", "meter", "metres", "meters"].contains(&unit.to_lowercase().as_str()) {
        return Err(HeightsProblem::Unit(unit));
    }
    if let Ok(crs) = dataset.spatial_ref()
        && !is_near_wgs84(&crs)
    {
        return Err(HeightsProblem::System(crs.name().unwrap_or_else(|| "another system".to_owned())));
    }
    let [west, width, skew, north, tilt, height] = dataset.geo_transform().map_err(|_| HeightsProblem::NotNorthUp)?;
    let (columns, rows) = band.size();
    let east = west + width * columns as f64;
    let plausible = width > 0.0 && height < 0.0 && skew == 0.0 && tilt == 0.0;
    if !plausible || !(-361.0..=361.0).contains(&west) || !(-361.0..=361.0).contains(&east) || north.abs() > 91.0 {
        return Err(HeightsProblem::NotNorthUp);
    }
    // GDAL returns the corner of the first cell for both conventions of the file.
    let first = coord! { x: west + width / 2.0, y: north + height / 2.0 };
    let whole = HeightGrid { columns, rows, first, step: coord! { x: width, y: -height } };
    let (columns, rows) = whole.window(within);
    let count = columns.len() as u64 * rows.len() as u64;
    if count > limits.max_bytes() / 4 {
        return Err(HeightsProblem::TooLarge(count));
    }
    let size = (columns.len(), rows.len());
    if size.0 < 2 || size.1 < 2 {
        return Err(HeightsProblem::TooSmall { columns: size.0, rows: size.1 });
    }
    let corner = (columns.start as isize, rows.start as isize);
    let buffer = band.read_as::<f32>(corner, size, size, None).map_err(failed)?;
    let mut values = buffer.data().to_vec();
    let nodata = band.no_data_value().map(|value| value as f32);
    let (scale, offset) = (band.scale().unwrap_or(1.0) as f32, band.offset().unwrap_or(0.0) as f32);
    for value in &mut values {
        *value = if Some(*value) == nodata || !value.is_finite() { f32::NAN } else { *value * scale + offset };
    }
    Ok((whole.part((&columns, &rows)), values))
}
