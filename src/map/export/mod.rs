//! A plate's SVG as PNG, PDF or SVG with outlined text, all from one parsed tree.

mod area;
mod outline;
mod pdf;
mod png;
mod raster;

use super::MapError;
use super::fonts;
use crate::model::Memo;
use resvg::usvg;
use std::sync::{Arc, LazyLock};

/// A parsed SVG.
pub(super) type Tree = usvg::Tree;

/// The embedded fonts, loaded on first use.
static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    for face in fonts::bytes() {
        fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(face)));
    }
    Arc::new(fonts)
});

/// The tree of a plate's SVG, parsed on first use and kept.
#[derive(Clone, Default)]
pub(super) struct Parsed(Memo<Result<Arc<usvg::Tree>, String>>);

impl Parsed {
    /// The tree of `svg`, which must be the same at every call.
    pub(super) fn tree(&self, svg: &str) -> Result<Arc<usvg::Tree>, MapError> {
        let parsed = self.0.get(|| tree(svg).map(Arc::new).map_err(|error| error.to_string()));
        parsed.clone().map_err(|reason| MapError::Export { format: "SVG", reason })
    }
}

/// It is derived from the SVG, which is compared.
impl PartialEq for Parsed {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl std::fmt::Debug for Parsed {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Parsed").finish_non_exhaustive()
    }
}

/// The tree of a sheet for a document, in which letter-spaced text can be found.
pub(super) fn searchable_tree(svg: &str) -> Result<usvg::Tree, MapError> {
    let parsed = tree(&searchable(svg));
    parsed.map_err(|error| MapError::Export { format: "SVG", reason: error.to_string() })
}

/// The SVG parsed with the embedded fonts only.
fn tree(svg: &str) -> Result<usvg::Tree, usvg::Error> {
    let options =
        usvg::Options { fontdb: Arc::clone(&FONTS), font_family: "DejaVu Sans".to_owned(), ..Default::default() };
    usvg::Tree::from_str(svg, &options)
}

pub(super) use self::outline::{outlined, searchable, with_fonts};
pub(super) use self::pdf::{Book, pdf};
pub(super) use self::png::png;
