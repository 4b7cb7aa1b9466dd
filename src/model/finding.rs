//! Findings of `check`: a fault of a file and its place.

use geo::{Coord, Polygon};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// Severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The file violates a rule, or an answer from it would be wrong.
    Error,
    /// The reader should know it; answers are possible.
    Warning,
}

impl Severity {
    /// The word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// A stable code for each kind of finding. Add a code as one line here.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum FindingCode { $($(#[$doc])* $name,)* }

        impl FindingCode {
            /// All codes, in the order of the checks.
            pub const ALL: &'static [FindingCode] = &[$(FindingCode::$name,)*];

            /// The word in reports.
            pub const fn word(self) -> &'static str {
                match self { $(FindingCode::$name => $word,)* }
            }
        }
    };
}

codes! {
    /// The file cannot be read.
    Unreadable = "unreadable",
    /// The bytes are not JSON (RFC 8259).
    NotJson = "not-json",
    /// The bytes are not UTF-8.
    NotUtf8 = "not-utf8",
    /// The file begins with a byte order mark.
    ByteOrderMark = "byte-order-mark",
    /// A string contains an unpaired surrogate.
    LoneSurrogate = "lone-surrogate",
    /// An object has a duplicate key.
    DuplicateKey = "duplicate-key",
    /// Values are nested deeper than the limit.
    Nesting = "nesting",
    /// The document is not a GeoJSON object.
    Root = "root",
    /// `type` has a value that is not allowed there.
    Type = "type",
    /// A required member is missing.
    MissingMember = "missing-member",
    /// A member has a value of the wrong type.
    MemberType = "member-type",
    /// A member in a place where RFC 7946, 7.1 forbids it.
    MisplacedMember = "misplaced-member",
    /// A feature's `id` is neither string nor number.
    IdType = "id-type",
    /// Several features of a file share an identifier.
    DuplicateId = "duplicate-id",
    /// `bbox` is not two corners, or does not contain a position.
    Bbox = "bbox",
    /// A `crs` member; RFC 7946 allows only WGS 84.
    Crs = "crs",
    /// A file without features.
    NoFeatures = "no-features",
    /// A feature without geometry, or a geometry without coordinates.
    NoGeometry = "no-geometry",
    /// A geometry collection in another.
    NestedCollection = "nested-collection",
    /// The features have another geometry type than required.
    WrongShape = "wrong-shape",
    /// Coordinates are nested too deep or not deep enough for their type.
    CoordinateDepth = "coordinate-depth",
    /// A position is not an array of numbers.
    Position = "position",
    /// A position has more than three numbers.
    PositionLength = "position-length",
    /// A number is not finite as a double.
    NotFinite = "not-finite",
    /// A line has fewer than two positions.
    ShortLine = "short-line",
    /// A ring has fewer than four positions.
    ShortRing = "short-ring",
    /// A ring is not closed.
    OpenRing = "open-ring",
    /// A ring is wound against the right-hand rule.
    Winding = "winding",
    /// A position is outside ±180°, ±90°.
    OutOfRange = "out-of-range",
    /// An edge spans more than half the globe.
    Antimeridian = "antimeridian",
    /// Longitude and latitude appear swapped.
    SwappedAxes = "swapped-axes",
    /// Coordinates appear to be metres.
    Projected = "projected",
    /// Coordinates appear shifted by another datum.
    DatumShift = "datum-shift",
    /// A feature has the name of another place.
    MisplacedName = "misplaced-name",
    /// Consecutive duplicate positions.
    RepeatedPoint = "repeated-point",
    /// A ring returns along its previous edge.
    Spike = "spike",
    /// A ring crosses itself or overlaps itself.
    SelfIntersection = "self-intersection",
    /// A ring touches itself.
    SelfTouch = "self-touch",
    /// A ring encloses no area.
    ZeroArea = "zero-area",
    /// A hole is not inside its shell.
    HoleOutside = "hole-outside",
    /// A hole crosses its shell.
    HoleCrosses = "hole-crosses",
    /// Two holes overlap.
    HolesOverlap = "holes-overlap",
    /// Rings of a polygon touch so that its interior is disconnected (OGC 06-103r4, 6.1.11.1).
    DisconnectedInterior = "disconnected-interior",
    /// A part lies inside another part of the same feature.
    NestedShell = "nested-shell",
    /// Two parts of a feature overlap.
    PartsOverlap = "parts-overlap",
    /// Two rings of a feature share an edge.
    SharedEdge = "shared-edge",
    /// A part lies inside a neighbour that has no hole for it.
    EnclaveNotCut = "enclave-not-cut",
    /// Two territories overlap.
    Overlap = "overlap",
    /// Land between territories that belongs to none.
    Gap = "gap",
    /// An overlap or gap narrower than the accuracy of the positions.
    Sliver = "sliver",
    /// Two sides of a border that match only within a tolerance.
    NotCoincident = "not-coincident",
    /// Findings of a kind that are only counted.
    NotListed = "not-listed",
}

impl Serialize for FindingCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

#[cfg(feature = "schema")]
impl JsonSchema for FindingCode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FindingCode".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let words: Vec<&str> = Self::ALL.iter().map(|code| code.word()).collect();
        schemars::json_schema!({ "description": "The kind of finding.", "enum": words })
    }
}

/// Size of a finding; inapplicable fields are absent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Measure {
    /// Number of occurrences in the feature; the place given is the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    /// Ellipsoidal area in m².
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_m2: Option<f64>,
    /// Greatest width in metres: the diameter of the largest inscribed circle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width_m: Option<f64>,
    /// Ellipsoidal length in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length_m: Option<f64>,
    /// Ellipsoidal distance in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<f64>,
    /// Metres towards the east.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub east_m: Option<f64>,
    /// Metres towards the north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub north_m: Option<f64>,
    /// For a sliver, whether it is a `gap` or an `overlap`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<&'static str>,
}

/// Geometry of a finding.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum FindingGeometry {
    /// No place on the earth.
    #[default]
    Nowhere,
    /// A position (lon, lat in degrees).
    At(Coord),
    /// Lines.
    Lines(Vec<Vec<Coord>>),
    /// Polygons, one but for land on both sides of ±180°.
    Land(Vec<Polygon>),
}

/// A fault of a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Finding {
    /// The file, as the user named it.
    pub file: String,
    /// The feature, by its identifier or its position in the file.
    pub feature: Option<String>,
    /// The other feature, for a relation between two.
    pub other: Option<String>,
    /// JSON pointer (RFC 6901) to the fault.
    pub pointer: Option<String>,
    /// Position (lon, lat in degrees).
    pub position: Option<[f64; 2]>,
    /// The kind of finding.
    pub code: FindingCode,
    /// Severity.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// Its size.
    pub measure: Option<Measure>,
    /// Its geometry.
    #[serde(skip)]
    pub spot: FindingGeometry,
}

impl Finding {
    /// Returns a finding on a whole file.
    ///
    /// # Examples
    /// ```
    /// use merestone::model::{Finding, FindingCode, Severity};
    /// let finding = Finding::new("a.geojson", Severity::Error, FindingCode::OpenRing, "the ring is not closed")
    ///     .of("Q100")
    ///     .at("/features/0/geometry");
    /// assert_eq!((finding.code.word(), finding.feature.as_deref()), ("open-ring", Some("Q100")));
    /// ```
    pub fn new(file: &str, severity: Severity, code: FindingCode, message: impl Into<String>) -> Self {
        Finding {
            file: file.to_owned(),
            feature: None,
            other: None,
            pointer: None,
            position: None,
            code,
            severity,
            message: message.into(),
            measure: None,
            spot: FindingGeometry::Nowhere,
        }
    }

    /// Returns an error on a whole file.
    pub fn error(file: &str, code: FindingCode, message: impl Into<String>) -> Self {
        Finding::new(file, Severity::Error, code, message)
    }

    /// Returns a warning on a whole file.
    pub fn warning(file: &str, code: FindingCode, message: impl Into<String>) -> Self {
        Finding::new(file, Severity::Warning, code, message)
    }

    /// Sets the feature.
    #[must_use]
    pub fn of(mut self, feature: impl Into<String>) -> Self {
        self.feature = Some(feature.into());
        self
    }

    /// Sets the other feature.
    #[must_use]
    pub fn and(mut self, other: impl Into<String>) -> Self {
        self.other = Some(other.into());
        self
    }

    /// Sets the JSON pointer; an empty one is the whole document.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// Sets the position (lon, lat in degrees), which must be finite.
    #[must_use]
    pub fn on(mut self, position: Coord) -> Self {
        self.position = Some([position.x, position.y]);
        if self.spot == FindingGeometry::Nowhere && position.x.abs() <= 180.0 && position.y.abs() <= 90.0 {
            self.spot = FindingGeometry::At(position);
        }
        self
    }

    /// Sets the size.
    #[must_use]
    pub fn measured(mut self, measure: Measure) -> Self {
        self.measure = Some(measure);
        self
    }

    /// Sets the geometry.
    #[must_use]
    pub fn drawn(mut self, spot: FindingGeometry) -> Self {
        self.spot = spot;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kebab_case_and_differ() {
        let words: std::collections::BTreeSet<_> = FindingCode::ALL.iter().map(|code| code.word()).collect();
        assert_eq!(words.len(), FindingCode::ALL.len());
        assert!(words.iter().all(|w| w.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')));
    }
}
