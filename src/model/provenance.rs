//! Provenance of an answer: what an analysis did, as typed values.

use super::{Accuracy, DatumNote, Edges, Input, LayerInfo, Meta, Warning};
use crate::earth::{EARTH, Operation};
use std::sync::Arc;

/// The surface on which an analysis measured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EarthModel {
    /// The WGS 84 ellipsoid: lengths and areas by quadrature along each edge.
    #[default]
    Ellipsoid,
    /// None: a text was read, nothing was measured.
    Text,
    /// None: bytes were compared, nothing was measured.
    Bytes,
}

impl EarthModel {
    /// The statement of it in answers.
    pub const fn text(self) -> &'static str {
        match self {
            EarthModel::Ellipsoid => EARTH,
            EarthModel::Text => "none: the text is read, nothing is measured",
            EarthModel::Bytes => "none: bytes are compared, nothing is measured",
        }
    }
}

/// The curve along which an analysis measured between two positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EdgeModel {
    /// The kind of edge of the features.
    Kind(Edges),
    /// Geodesics from point to point, whatever the edges of the features.
    GeodesicByPoint,
    /// Geodesics from position to position of several sources.
    GeodesicByPosition,
    /// Straight in the system of the input.
    InputSystem,
    /// As a text states.
    Stated,
    /// None.
    None,
}

impl Default for EdgeModel {
    fn default() -> Self {
        EdgeModel::Kind(Edges::default())
    }
}

impl EdgeModel {
    /// The statement of it in answers.
    pub const fn text(self) -> &'static str {
        match self {
            EdgeModel::Kind(edges) => edges.word(),
            EdgeModel::GeodesicByPoint => "geodesic, from point to point",
            EdgeModel::GeodesicByPosition => "geodesic, from position to position",
            EdgeModel::InputSystem => "straight in the input's system",
            EdgeModel::Stated => "as the text states",
            EdgeModel::None => "none",
        }
    }
}

/// How positions came to be WGS 84, where no file was transformed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DatumBasis {
    /// Nothing states a system: positions were read as WGS 84.
    #[default]
    ReadAsWgs84,
    /// The source publishes WGS 84.
    PublishedAsWgs84,
    /// Input and output are in one datum.
    OneDatum,
    /// Positions were read as Pulkovo 1942.
    ReadAsPulkovo1942,
    /// In the words of a dataset's manifest.
    Stated(String),
    /// There are no positions.
    None,
}

impl DatumBasis {
    /// What a dataset's manifest states as `datum_operation`.
    pub fn of_manifest(text: &str) -> Self {
        let words = [DatumBasis::ReadAsWgs84, DatumBasis::PublishedAsWgs84];
        words.into_iter().find(|known| known.text() == text).unwrap_or_else(|| DatumBasis::Stated(text.to_owned()))
    }

    /// The statement of it in answers.
    pub fn text(&self) -> &str {
        match self {
            DatumBasis::ReadAsWgs84 => "none: read as WGS 84",
            DatumBasis::PublishedAsWgs84 => "none: WGS 84 as published",
            DatumBasis::OneDatum => "none: one datum throughout",
            DatumBasis::ReadAsPulkovo1942 => "positions read as Pulkovo 1942",
            DatumBasis::Stated(text) => text,
            DatumBasis::None => "none",
        }
    }
}

/// What an analysis used a datum operation for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OperationPurpose {
    /// Coordinates in Pulkovo 1942 and in WGS 84.
    Coordinates,
    /// Frames of map sheets, whose edges are meridians and parallels of Pulkovo 1942.
    SheetFrames,
}

impl OperationPurpose {
    /// The statement of it in answers.
    pub const fn text(self) -> &'static str {
        match self {
            OperationPurpose::Coordinates => "between Pulkovo 1942 and WGS 84",
            OperationPurpose::SheetFrames => "frames of sheets in Pulkovo 1942",
        }
    }
}

/// A datum operation that an analysis applied itself.
#[derive(Debug, Clone, PartialEq)]
pub struct AppliedOperation {
    /// The operation.
    pub operation: Operation,
    /// What it was used for.
    pub purpose: OperationPurpose,
}

/// The definition of `uncertain` in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UncertainRule {
    /// Of a crossing: see [`UNCERTAIN`](crate::question::UNCERTAIN).
    Crossing,
    /// Of a verdict: see [`UNDECIDABLE`](crate::question::UNDECIDABLE).
    Verdict,
}

/// What an analysis did, and on which inputs.
///
/// The analysis states the earth model, edges, tolerance, accuracy and datum operations of the features that it was given;
/// [`Answer::of_sources`](super::Answer::of_sources) adds what their reader knows: the files, the name of the territories and
/// the datum of a layer.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Provenance {
    /// The surface on which it measured.
    pub earth: EarthModel,
    /// The curves along which it measured.
    pub edges: EdgeModel,
    /// The territories that it was asked against, as their reader names them.
    pub territories: Option<String>,
    /// Distance in metres within which two lines count as coincident, or differences as none, where it uses one.
    pub tolerance_m: Option<f64>,
    /// How positions came to be WGS 84, where no file was transformed.
    pub datum: DatumBasis,
    /// Operations by which features were transformed to WGS 84, each once.
    pub transformed: Vec<Arc<DatumNote>>,
    /// An operation that it applied itself.
    pub operation: Option<AppliedOperation>,
    /// The largest accuracy of positions that a feature states, in metres.
    pub position_accuracy_m: Option<f64>,
    /// Whether it states errors of areas, by [`AREA_ERROR`](crate::earth::AREA_ERROR).
    pub area_error: bool,
    /// What it calls uncertain, where it does.
    pub uncertain: Option<UncertainRule>,
    /// The input files, each once.
    pub inputs: Vec<Input>,
}

impl Provenance {
    /// The provenance of an analysis of these features: the kind of edge of the first, the largest accuracy and every
    /// datum operation.
    ///
    /// # Examples
    /// ```
    /// use merestone::geo::line_string;
    /// use merestone::model::{EdgeModel, Edges, Line, Provenance};
    /// let mut line = Line::new("line", [line_string![(x: 10.0, y: 45.0), (x: 10.0, y: 46.0)]])?;
    /// line.meta.evidence.position_accuracy_m = Some(5.0);
    /// let provenance = Provenance::of([&line.meta]);
    /// assert_eq!((provenance.edges, provenance.position_accuracy_m), (EdgeModel::Kind(Edges::Lonlat), Some(5.0)));
    /// # Ok::<(), merestone::model::InvalidGeometry>(())
    /// ```
    pub fn of<'a>(features: impl IntoIterator<Item = &'a Meta>) -> Self {
        let mut out = Provenance::default();
        for (number, meta) in features.into_iter().enumerate() {
            if number == 0 {
                out.edges = EdgeModel::Kind(meta.edges);
            }
            let stated_m = [out.position_accuracy_m, meta.evidence.position_accuracy_m];
            out.position_accuracy_m = stated_m.into_iter().flatten().reduce(f64::max);
            if let Some(note) = &meta.evidence.datum {
                // Features of one file share their note.
                let known = |other: &Arc<DatumNote>| Arc::ptr_eq(other, note) || other == note;
                if !out.transformed.iter().any(known) {
                    out.transformed.push(note.clone());
                }
            }
        }
        out
    }

    /// The provenance of a text that was read: nothing is measured.
    pub fn of_text() -> Self {
        Provenance {
            earth: EarthModel::Text,
            edges: EdgeModel::Stated,
            datum: DatumBasis::None,
            ..Provenance::default()
        }
    }

    /// The provenance of bytes that were compared: nothing is measured.
    pub fn of_bytes() -> Self {
        Provenance {
            earth: EarthModel::Bytes,
            edges: EdgeModel::None,
            datum: DatumBasis::None,
            ..Provenance::default()
        }
    }

    /// The accuracy of positions: what features state, and the operations that crossed datums.
    pub fn accuracy(&self) -> Accuracy {
        let applied_m = self.operation.as_ref().and_then(|applied| applied.operation.accuracy_m);
        let crossed: Vec<&DatumNote> = self.datum_notes().into_iter().filter(|note| note.crosses_datums).collect();
        if crossed.is_empty() {
            return Accuracy::of(self.position_accuracy_m, applied_m);
        }
        match crossed.iter().map(|note| note.accuracy_m).collect::<Option<Vec<f64>>>() {
            Some(all) => Accuracy::of(self.position_accuracy_m, all.into_iter().reduce(f64::max)),
            None => Accuracy::of(self.position_accuracy_m, applied_m).without_operation(),
        }
    }

    /// The datum operations of the inputs; without inputs, those of the features.
    pub fn datum_notes(&self) -> Vec<&DatumNote> {
        match self.inputs.is_empty() {
            false => self.inputs.iter().filter_map(|input| input.datum.as_ref()).collect(),
            true => self.transformed.iter().map(|note| &**note).collect(),
        }
    }

    /// The provenance with the tolerance of the analysis in metres.
    pub(crate) fn within(self, tolerance_m: impl Into<Option<f64>>) -> Self {
        Provenance { tolerance_m: tolerance_m.into(), ..self }
    }
}

/// Where the features of an analysis come from, as far as their reader knows.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Sources {
    /// The files.
    pub inputs: Vec<Input>,
    /// The territories that are asked against, by the name of their layer or file.
    pub territories: Option<String>,
    /// The datum of the positions, where it is known of a layer.
    pub datum: Option<DatumBasis>,
    /// The accuracy in metres that a source states as a whole.
    pub position_accuracy_m: Option<f64>,
    /// Warnings of reading.
    pub warnings: Vec<Warning>,
}

impl Sources {
    /// The sources with these files.
    pub fn new(inputs: impl IntoIterator<Item = Input>) -> Self {
        Sources { inputs: inputs.into_iter().collect(), ..Sources::default() }
    }

    /// The same with warnings of reading.
    pub fn with_warnings(mut self, warnings: impl IntoIterator<Item = Warning>) -> Self {
        self.warnings.extend(warnings);
        self
    }

    /// The same with the name of the territories that are asked against.
    pub fn against(self, territories: impl Into<String>) -> Self {
        Sources { territories: Some(territories.into()), ..self }
    }

    /// The same with the datum that the manifest of a layer states, if there is one.
    pub fn of_layer(self, info: Option<&LayerInfo>) -> Self {
        let stated = info.map(|info| DatumBasis::of_manifest(&info.datum_operation));
        Sources { datum: stated.or(self.datum), ..self }
    }

    /// The same with the datum of the positions.
    pub fn in_datum(self, datum: DatumBasis) -> Self {
        Sources { datum: Some(datum), ..self }
    }

    /// The same with an accuracy of positions in metres that a source states.
    pub fn accurate_to(self, position_accuracy_m: Option<f64>) -> Self {
        Sources { position_accuracy_m, ..self }
    }
}
