//! What programs read of a problem: its kind as a word, and its position.

use super::Problem;

impl Problem {
    /// The kind of problem as a word, the same in every version: `out-of-range`, `unknown-id`. For a program that acts on
    /// kinds, in a language that has no type for each.
    ///
    /// # Example
    /// ```
    /// use merestone::io::Problem;
    /// assert_eq!(Problem::OutOfRange { lon: 200.0, lat: 95.0 }.kind(), "out-of-range");
    /// ```
    pub const fn kind(&self) -> &'static str {
        match self {
            Problem::Unreadable(..) => "unreadable",
            Problem::Folder => "folder",
            Problem::TooLarge(..) => "too-large",
            Problem::TooDeep(..) => "too-deep",
            Problem::Outside { .. } => "outside",
            Problem::NonePasses { .. } => "none-passes",
            Problem::NotThen { .. } => "not-then",
            Problem::UnknownParty { .. } => "unknown-party",
            Problem::Empty => "empty",
            Problem::NotJson { .. } => "not-json",
            Problem::JsonNotUtf8 { .. } => "json-not-utf8",
            Problem::BreaksOff { .. } => "breaks-off",
            Problem::NotTable(..) => "not-table",
            Problem::NotTopology { .. } => "not-topology",
            Problem::NotEsri { .. } => "not-esri",
            Problem::NotXml { .. } => "not-xml",
            Problem::NotShapefile { .. } => "not-shapefile",
            Problem::NotParquet { .. } => "not-parquet",
            Problem::UnstatedCrs { .. } => "unstated-crs",
            Problem::WrongEncoding(..) => "wrong-encoding",
            Problem::Archive(..) => "archive",
            Problem::EmptyArchive => "empty-archive",
            Problem::UnknownFormat(..) => "unknown-format",
            Problem::NotGeojson { .. } => "not-geojson",
            Problem::OtherCrs(..) => "other-crs",
            Problem::OutOfRange { .. } => "out-of-range",
            Problem::Swapped { .. } => "swapped",
            Problem::Projected { .. } => "projected",
            Problem::Misfit { .. } => "misfit",
            Problem::NoTransform { .. } => "no-transform",
            Problem::Ballpark(..) => "ballpark",
            Problem::ThreeAxes(..) => "three-axes",
            Problem::UnknownCrs(..) => "unknown-crs",
            Problem::CrsNeedsGdal(..) => "crs-needs-gdal",
            Problem::NotUtf8 { .. } => "not-utf8",
            Problem::Csv(..) => "csv",
            Problem::NoPlace(..) => "no-place",
            Problem::SeveralLayers { .. } => "several-layers",
            Problem::MixedKinds { .. } => "mixed-kinds",
            Problem::Wgs84Only { .. } => "wgs84-only",
            Problem::Operation(..) => "operation",
            Problem::NotFinite => "not-finite",
            Problem::ShortPosition(..) => "short-position",
            Problem::ShortLine(..) => "short-line",
            Problem::ShortRing(..) => "short-ring",
            Problem::LoopsCancel(..) => "loops-cancel",
            Problem::OpenRing { .. } => "open-ring",
            Problem::HoleOutside(..) => "hole-outside",
            Problem::HolesOverlap(..) => "holes-overlap",
            Problem::WrongShape { .. } => "wrong-shape",
            Problem::Nothing(..) => "nothing",
            Problem::UnknownId { .. } => "unknown-id",
            Problem::Ambiguous { .. } => "ambiguous",
            Problem::NoIdField { .. } => "no-id-field",
            Problem::NoCommonId { .. } => "no-common-id",
            Problem::UnknownLayer { .. } => "unknown-layer",
            Problem::NoDataset => "no-dataset",
            Problem::Manifest(..) => "manifest",
            Problem::NeedsGdal => "needs-gdal",
            Problem::WriteNeedsGdal(..) => "write-needs-gdal",
            Problem::Ogr(..) => "ogr",
            Problem::NeedsNetwork(..) => "needs-network",
        }
    }

    /// The position that it concerns, as the file has it: east, north.
    pub const fn position(&self) -> Option<[f64; 2]> {
        match self {
            Problem::OutOfRange { lon, lat } | Problem::Swapped { lon, lat } | Problem::Projected { lon, lat } => {
                Some([*lon, *lat])
            }
            Problem::Misfit { x, y, .. } | Problem::NoTransform { x, y, .. } => Some([*x, *y]),
            Problem::OpenRing { first: (x, y), .. }
            | Problem::LoopsCancel((x, y))
            | Problem::HoleOutside((x, y))
            | Problem::HolesOverlap((x, y)) => Some([*x, *y]),
            _ => None,
        }
    }
}
