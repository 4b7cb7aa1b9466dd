//! The answer to a question.

use super::{Provenance, Sources, Warning};

/// The answer to a question: the report, how it was obtained, and warnings.
///
/// Every question returns it; [`envelope`](crate::report::envelope()) makes it the document that is rendered.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Answer<R> {
    /// The result.
    pub report: R,
    /// What the analysis did, and on which inputs.
    pub provenance: Provenance,
    /// Warnings, those of reading first.
    pub warnings: Vec<Warning>,
}

impl<R> Answer<R> {
    /// An answer of these parts.
    pub fn new(report: R, provenance: Provenance, warnings: Vec<Warning>) -> Self {
        Answer { report, provenance, warnings }
    }

    /// The same answer with another report, derived from this one.
    pub fn map<S>(self, report: impl FnOnce(R) -> S) -> Answer<S> {
        Answer { report: report(self.report), provenance: self.provenance, warnings: self.warnings }
    }

    /// The same answer with what the reader of its features knows: each input once, the names of territories, the datum,
    /// and the warnings of reading before its own.
    ///
    /// # Examples
    /// ```
    /// use merestone::io::{MemoryFile, ReadOptions};
    /// use merestone::model::{Sources, Territory};
    /// use merestone::question::{BorderOptions, borders};
    /// let text = r#"{"type": "Feature", "properties": {"id": "a"}, "geometry":
    ///     {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}}"#;
    /// let read = MemoryFile::new("a.geojson", text.as_bytes()).select::<Territory>(None, &ReadOptions::default())?;
    /// let answer = borders(&read.features, &BorderOptions::default());
    /// let answer = answer.of_sources(Sources::new([read.input]).against(read.label).with_warnings(read.warnings));
    /// assert_eq!(answer.provenance.inputs[0].path, "a.geojson");
    /// # Ok::<(), merestone::io::ReadError>(())
    /// ```
    pub fn of_sources(mut self, sources: Sources) -> Self {
        for input in sources.inputs {
            if !self.provenance.inputs.contains(&input) {
                self.provenance.inputs.push(input);
            }
        }
        self.provenance.territories = sources.territories.or(self.provenance.territories);
        self.provenance.datum = sources.datum.unwrap_or(self.provenance.datum);
        let stated_m = [self.provenance.position_accuracy_m, sources.position_accuracy_m];
        self.provenance.position_accuracy_m = stated_m.into_iter().flatten().reduce(f64::max);
        self.warnings.splice(..0, sources.warnings);
        self
    }
}
