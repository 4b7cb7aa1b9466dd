//! One self-contained page of a dataset: an interactive map, tables, plates, provenance and hashes.
//!
//! The page loads no other resource, so it works from a file and from an archive. [`page`] writes the HTML, [`shapes`]
//! the vector data of the map; `page.js` and `page.css` in this folder are embedded unchanged.

mod page;
mod shapes;

use super::{Rendering, Table};
use crate::model::{Envelope, Input, Layer};

/// The contents of a dossier, in the order of the page.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Dossier {
    /// Title of the page.
    pub title: String,
    /// Sentences of the summary, with the key figures.
    pub summary: Vec<String>,
    /// Languages of names and headings by their codes; the page opens in the first.
    pub languages: Vec<String>,
    /// Layers of the map, drawn in this order.
    pub layers: Vec<Layer>,
    /// Answers as tables.
    pub sections: Vec<DossierSection>,
    /// Plates.
    pub plates: Vec<DossierPlate>,
    /// The command lines that reproduce the answers.
    pub commands: Vec<String>,
}

/// An answer in a dossier.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DossierSection {
    /// Heading.
    pub title: String,
    /// Tables of the answer.
    pub tables: Vec<Table>,
    /// How its numbers were obtained, as pairs of term and value.
    pub method: Vec<(&'static str, String)>,
    /// Warnings of the answer.
    pub warnings: Vec<String>,
    /// Its input files.
    pub inputs: Vec<Input>,
}

/// A plate in a dossier.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DossierPlate {
    /// Title, also used as the text alternative of the picture.
    pub title: String,
    /// The plate as SVG.
    pub svg: String,
}

impl DossierSection {
    /// An answer as a section of a dossier.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "dataset")] {
    /// use merestone::io::{Dataset, ReadOptions, Reference};
    /// use merestone::model::{Sources, Territory};
    /// use merestone::question::{BorderOptions, borders};
    /// use merestone::report::{DossierSection, envelope};
    ///
    /// let dataset = Dataset::embedded();
    /// let states = dataset.select::<Territory>(&Reference::parse("states"), &ReadOptions::default())?;
    /// let answer = borders(&states.features, &BorderOptions::default());
    /// let answer = envelope(answer.of_sources(Sources::new([states.input]).against("states")));
    /// let section = DossierSection::of("Borders", &answer);
    /// assert!(section.tables.iter().any(|table| table.columns.contains(&"length_m")));
    /// # }
    /// # Ok::<(), merestone::io::ReadError>(())
    /// ```
    pub fn of<R: Rendering>(title: impl Into<String>, answer: &Envelope<R>) -> Self {
        let method = &answer.method;
        let metres = |value: f64| format!("{value} m");
        let stated = [
            ("Earth", Some(method.earth.clone())),
            ("Edges", Some(method.edges.clone())),
            ("Territories", method.territories.clone()),
            ("Coincidence within", method.tolerance_m.map(metres)),
            ("Datum operation", Some(method.datum_operation.clone())),
            ("Accuracy of positions", method.accuracy.position_accuracy_m.map(metres)),
            ("Error of areas", method.area_error.clone()),
            ("Uncertain", method.uncertain.clone()),
            ("Incomplete", method.incomplete.clone()),
        ];
        DossierSection {
            title: title.into(),
            tables: answer.results.tables(),
            method: stated.into_iter().filter_map(|(term, value)| Some((term, value?))).collect(),
            warnings: answer.warnings.iter().map(|warning| warning.message.clone()).collect(),
            inputs: answer.inputs.clone(),
        }
    }
}

impl DossierPlate {
    /// A plate with this title.
    pub fn new(title: impl Into<String>, svg: impl Into<String>) -> Self {
        DossierPlate { title: title.into(), svg: svg.into() }
    }
}

/// Writes a dossier as one HTML page.
///
/// The map is equirectangular, with one scale along the middle parallel and positions rounded to 1e-5° (about 1 m); it
/// is for orientation, the plates are to scale. Plates are compressed in the page and decompressed by the browser. The
/// same dossier gives the same bytes.
///
/// # Examples
/// ```
/// use merestone::report::{Dossier, dossier};
/// let mut contents = Dossier::default();
/// contents.title = "Baarle".into();
/// let page = dossier(&contents);
/// assert!(page.starts_with("<!doctype html>") && page.contains("<title>Baarle</title>"));
/// ```
pub fn dossier(contents: &Dossier) -> String {
    page::written(contents)
}
