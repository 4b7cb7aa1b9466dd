use super::raster;
use crate::map::MapError;
use ::png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};
use resvg::usvg;
use std::io::Write;

/// The largest side of a picture in pixels.
const LIMIT: u32 = 30_000;

/// Size of a file chunk in bytes.
const CHUNK: usize = 1 << 20;

/// The page as a PNG on white, with its resolution recorded in the file.
pub(in crate::map) fn png(tree: &usvg::Tree, dpi: f64) -> Result<Vec<u8>, MapError> {
    let failed = |reason: String| MapError::Export { format: "PNG", reason };
    let zoom = dpi / 96.0;
    let side = |length: f32| (f64::from(length) * zoom).round() as u32;
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    if !(dpi.is_finite() && dpi >= 10.0) || width > LIMIT || height > LIMIT {
        return Err(MapError::Resolution { dpi, width, height });
    }
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    // A plate is mostly flat colour: the `Up` filter suffices, and trying all five filters for each row is not needed.
    encoder.set_filter(Filter::Up);
    let per_metre = (dpi / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }));
    let mut writer = encoder.write_header().map_err(|e| failed(e.to_string()))?;
    let mut rows = writer.stream_writer_with_size(CHUNK).map_err(|e| failed(e.to_string()))?;
    let drawn = raster::rows(tree, zoom as f32, (width, height), |some| rows.write_all(some));
    if !drawn.map_err(|e| failed(e.to_string()))? {
        return Err(failed("no memory for the picture".to_owned()));
    }
    rows.finish().map_err(|e| failed(e.to_string()))?;
    writer.finish().map_err(|e| failed(e.to_string()))?;
    Ok(file)
}
