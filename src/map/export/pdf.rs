use crate::map::MapError;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::usvg;

/// The page as a one-page PDF at true paper size, with selectable text.
pub(in crate::map) fn pdf(tree: &usvg::Tree, title: &str, width_mm: f64, height_mm: f64) -> Result<Vec<u8>, MapError> {
    let failed = |reason: String| MapError::Export { format: "PDF", reason };
    let points = |mm: f64| (mm / 25.4 * 72.0) as f32;
    let (width, height) = (points(width_mm), points(height_mm));
    let size = Size::from_wh(width, height).ok_or_else(|| failed("the paper has no size".to_owned()))?;
    let settings = PageSettings::from_wh(width, height).ok_or_else(|| failed("the paper has no size".to_owned()))?;
    let mut document = krilla::Document::new();
    document.set_metadata(Metadata::new().title(title.to_owned()));
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    surface
        .draw_svg(tree, size, SvgSettings { embed_text: true, ..Default::default() })
        .ok_or_else(|| failed("the plate could not be drawn".to_owned()))?;
    surface.finish();
    page.finish();
    document.finish().map_err(|error| failed(format!("{error:?}")))
}
