//! Findings: what is wrong with a file, and where.

use geo::{Coord, Polygon};
#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The file breaks a rule, or an answer from it would be wrong.
    Error,
    /// A reader must know it; answers can be had.
    Warning,
}

impl Severity {
    /// The word used in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// A stable word for each kind of finding. To add one, give it a line here.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum FindingCode { $($(#[$doc])* $name,)* }

        impl FindingCode {
            /// Every code, in the order of the layers of checks.
            pub const ALL: &'static [FindingCode] = &[$(FindingCode::$name,)*];

            /// The word used in reports.
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
    /// A string holds half of a surrogate pair.
    LoneSurrogate = "lone-surrogate",
    /// An object has a key twice.
    DuplicateKey = "duplicate-key",
    /// Values are nested deeper than is followed.
    Nesting = "nesting",
    /// The document is not a GeoJSON object.
    Root = "root",
    /// `type` is not one that may stand there.
    Type = "type",
    /// A member that must be there is missing.
    MissingMember = "missing-member",
    /// A member has a value of the wrong type.
    MemberType = "member-type",
    /// A member stands where RFC 7946, 7.1 forbids it.
    MisplacedMember = "misplaced-member",
    /// A feature's `id` is neither string nor number.
    IdType = "id-type",
    /// Several features of a file share an identifier.
    DuplicateId = "duplicate-id",
    /// `bbox` is not two corners, or does not hold a position.
    Bbox = "bbox",
    /// A `crs` member; RFC 7946 knows WGS 84 only.
    Crs = "crs",
    /// A file without features.
    NoFeatures = "no-features",
    /// A feature without geometry, or a geometry without coordinates.
    NoGeometry = "no-geometry",
    /// A collection of geometries in another.
    NestedCollection = "nested-collection",
    /// The features are not of the shape asked for.
    WrongShape = "wrong-shape",
    /// Coordinates are nested too deep or not deep enough for their type.
    CoordinateDepth = "coordinate-depth",
    /// A position is no array of numbers.
    Position = "position",
    /// A position has more than three numbers.
    PositionLength = "position-length",
    /// A number is too large for a double, or no number.
    NotFinite = "not-finite",
    /// A line has fewer than two positions.
    ShortLine = "short-line",
    /// A ring has fewer than four positions.
    ShortRing = "short-ring",
    /// A ring does not end where it starts.
    OpenRing = "open-ring",
    /// A ring is wound against the right-hand rule.
    Winding = "winding",
    /// A position is outside ±180°, ±90°.
    OutOfRange = "out-of-range",
    /// An edge spans more than half the globe.
    Antimeridian = "antimeridian",
    /// Longitude and latitude look swapped.
    SwappedAxes = "swapped-axes",
    /// Coordinates look like metres.
    Projected = "projected",
    /// Coordinates look shifted as another datum is.
    DatumShift = "datum-shift",
    /// A feature has the name of another place.
    MisplacedName = "misplaced-name",
    /// A position comes twice in a row.
    RepeatedPoint = "repeated-point",
    /// A ring runs back along the edge that it came by.
    Spike = "spike",
    /// A ring crosses itself or runs along itself.
    SelfIntersection = "self-intersection",
    /// A ring touches itself.
    SelfTouch = "self-touch",
    /// A ring encloses no land.
    ZeroArea = "zero-area",
    /// A hole is not inside its shell.
    HoleOutside = "hole-outside",
    /// A hole crosses its shell.
    HoleCrosses = "hole-crosses",
    /// Two holes share land.
    HolesOverlap = "holes-overlap",
    /// Rings of a polygon touch so that its land falls apart (OGC 06-103r4, 6.1.11.1).
    DisconnectedInterior = "disconnected-interior",
    /// A part lies inside another part of the same feature.
    NestedShell = "nested-shell",
    /// Two parts of a feature share land.
    PartsOverlap = "parts-overlap",
    /// Two rings of a feature share an edge.
    SharedEdge = "shared-edge",
    /// A part lies inside a neighbour that has no hole for it.
    EnclaveNotCut = "enclave-not-cut",
    /// Two territories hold the same land.
    Overlap = "overlap",
    /// Land between territories that none holds.
    Gap = "gap",
    /// An overlap or gap narrower than the accuracy of the positions.
    Sliver = "sliver",
    /// Two sides of a border that match only within a tolerance.
    NotCoincident = "not-coincident",
    /// Findings of a kind that are counted only.
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
        schemars::json_schema!({ "description": "What kind of thing is wrong.", "enum": words })
    }
}

/// The size of what a finding is about; what does not apply is left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Measure {
    /// How often it occurs in the feature, the place given being the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    /// Ellipsoidal area in m².
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_m2: Option<f64>,
    /// Greatest width in metres: the diameter of the largest circle that fits in.
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

/// The geometry of a finding.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Spot {
    /// The finding is about no place on the earth.
    #[default]
    Nowhere,
    /// A position (lon, lat in degrees).
    At(Coord),
    /// Lines.
    Lines(Vec<Vec<Coord>>),
    /// Land.
    Land(Polygon),
}

/// Something that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub struct Finding {
    /// The file as the user named it.
    pub file: String,
    /// The feature, by its identifier or its position in the file.
    pub feature: Option<String>,
    /// The other feature, for what is between two.
    pub other: Option<String>,
    /// JSON pointer (RFC 6901) to the place in the file.
    pub pointer: Option<String>,
    /// The place on the earth (lon, lat in degrees).
    pub position: Option<[f64; 2]>,
    /// What kind of thing.
    pub code: FindingCode,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// How large it is.
    pub measure: Option<Measure>,
    /// Its geometry.
    #[serde(skip)]
    pub spot: Spot,
}

impl Finding {
    /// A finding about a whole file.
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
            spot: Spot::Nowhere,
        }
    }

    /// An error about a whole file.
    pub fn error(file: &str, code: FindingCode, message: impl Into<String>) -> Self {
        Finding::new(file, Severity::Error, code, message)
    }

    /// A warning about a whole file.
    pub fn warning(file: &str, code: FindingCode, message: impl Into<String>) -> Self {
        Finding::new(file, Severity::Warning, code, message)
    }

    /// The same about a feature.
    #[must_use]
    pub fn of(mut self, feature: impl Into<String>) -> Self {
        self.feature = Some(feature.into());
        self
    }

    /// The same between that feature and another.
    #[must_use]
    pub fn and(mut self, other: impl Into<String>) -> Self {
        self.other = Some(other.into());
        self
    }

    /// The same with its JSON pointer; an empty one is the whole document.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// The same with its position on the earth, which must be finite.
    #[must_use]
    pub fn on(mut self, position: Coord) -> Self {
        self.position = Some([position.x, position.y]);
        if self.spot == Spot::Nowhere && position.x.abs() <= 180.0 && position.y.abs() <= 90.0 {
            self.spot = Spot::At(position);
        }
        self
    }

    /// The same with its size.
    #[must_use]
    pub fn measured(mut self, measure: Measure) -> Self {
        self.measure = Some(measure);
        self
    }

    /// The same with its geometry.
    #[must_use]
    pub fn drawn(mut self, spot: Spot) -> Self {
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
