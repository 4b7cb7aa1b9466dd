use crate::map::MapError;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::usvg;

/// A PDF under construction: pages at true paper size, with selectable text.
pub(in crate::map) struct Book(krilla::Document);

impl Book {
    /// A document with its title and the language of its texts other than names.
    pub(in crate::map) fn new(title: &str, language: &str) -> Self {
        let mut document = krilla::Document::new();
        document.set_metadata(Metadata::new().title(title.to_owned()).language(language.to_owned()));
        Book(document)
    }

    /// Adds a page.
    pub(in crate::map) fn add(&mut self, tree: &usvg::Tree, width_mm: f64, height_mm: f64) -> Result<(), MapError> {
        let points = |mm: f64| (mm / 25.4 * 72.0) as f32;
        let (width, height) = (points(width_mm), points(height_mm));
        let no_size = || failed("the paper has no size".to_owned());
        let size = Size::from_wh(width, height).ok_or_else(no_size)?;
        let settings = PageSettings::from_wh(width, height).ok_or_else(no_size)?;
        let mut page = self.0.start_page_with(settings);
        let mut surface = page.surface();
        surface
            .draw_svg(tree, size, SvgSettings { embed_text: true, ..Default::default() })
            .ok_or_else(|| failed("the plate could not be drawn".to_owned()))?;
        surface.finish();
        page.finish();
        Ok(())
    }

    pub(in crate::map) fn finish(self) -> Result<Vec<u8>, MapError> {
        self.0.finish().map_err(|error| failed(format!("{error:?}")))
    }
}

fn failed(reason: String) -> MapError {
    MapError::Export { format: "PDF", reason }
}

/// A PDF of one page.
pub(in crate::map) fn pdf(
    tree: &usvg::Tree,
    (title, language): (&str, &str),
    width_mm: f64,
    height_mm: f64,
) -> Result<Vec<u8>, MapError> {
    let mut book = Book::new(title, language);
    book.add(tree, width_mm, height_mm)?;
    book.finish()
}
