//! Hints for errors, in terms of the options of this module and of the page.

use library::io::{Problem, ReadError};
use library::map::MapError;

pub const AXES: &str = "if the file has latitude before longitude, set the order of axes to \"yx\"; if it is meant as it \
                        stands, to \"xy\"";

/// What to do about an error of an input; empty where the message says it.
pub fn of(error: &ReadError) -> String {
    let remedy = of_problem(&error.problem);
    let Some((count, all)) = error.affected else { return remedy };
    let (noun, verb) = (if all == 1 { "feature" } else { "features" }, if count == 1 { "is" } else { "are" });
    let skip = if count < all { "; \"leave out invalid features\" answers without them" } else { "" };
    let remedy = if remedy.is_empty() { remedy } else { format!("{remedy}; ") };
    format!("{remedy}{count} of {all} {noun} {verb} affected: \"check\" lists everything that is wrong{skip}")
}

fn of_problem(problem: &Problem) -> String {
    use Problem::*;
    match problem {
        TooLarge(_) => "make the file smaller: keep only the features and the area that are asked about".into(),
        TooDeep(_) => "take the nesting out of its properties".into(),
        Unreadable(_) => "the memory may not suffice: ask about fewer or smaller files".into(),
        Empty | BreaksOff { .. } => "the file is incomplete: copy or export it again".into(),
        NotJson { .. } | NotXml { .. } | NotTopology { .. } | NotEsri { .. } | Csv(_) => {
            "mend the file there, or export it again".into()
        }
        NotGeojson { .. } => "export it again as a FeatureCollection (RFC 7946)".into(),
        NotShapefile { .. } => "zip all files of the Shapefile again (.shp, .shx, .dbf, .prj), or export it again".into(),
        NotTable(_) => "save it as CSV in UTF-8, with a heading in the first row".into(),
        NoPlace(_) => "name two columns lon and lat, or let one hold geometries as WKT".into(),
        Archive(_) | EmptyArchive => "unpack it, and choose the file that is wanted".into(),
        NeedsGdal | UnknownFormat(_) => {
            "formats read here are GeoJSON, KML, GPX, zipped Shapefile, CSV, TopoJSON and Esri JSON; convert it with the \
             program: merestone convert IN out.geojson"
                .into()
        }
        OtherCrs(_) | Projected { .. } | Misfit { .. } => {
            "say which system its coordinates are in, such as EPSG:32640".into()
        }
        UnknownCrs(_) | CrsNeedsGdal(_) | Ballpark(_) | ThreeAxes(_) | NoTransform { .. } => {
            "known here are WGS 84, UTM, Web Mercator, Pulkovo 1942, Gauss-Kruger and SK-63; transform it first: merestone \
             convert IN out.geojson"
                .into()
        }
        Swapped { .. } => AXES.into(),
        OutOfRange { .. } => "longitude must be within ±180 and latitude within ±90 degrees".into(),
        NotFinite => "every coordinate must be a number".into(),
        WrongEncoding(_) | JsonNotUtf8 { .. } | NotUtf8 { .. } => "say which encoding it is in, such as CP1251".into(),
        ShortPosition(_) => "write every position as [longitude, latitude]".into(),
        ShortLine(_) | ShortRing(_) => "remove the feature, or complete it".into(),
        OpenRing { .. } => "repeat the first position at the end of the ring".into(),
        LoopsCancel(_) => "draw its loops apart".into(),
        HoleOutside(_) | HolesOverlap(_) => {
            "the first ring of a polygon is its shell, the others are holes inside it that share no land".into()
        }
        WrongShape { wanted, .. } => format!("choose a file or a feature that is {wanted}"),
        Nothing(wanted) => format!("choose a file that holds {wanted}"),
        UnknownId { nearest: Some(id), .. } => format!("did you mean \"{id}\"?"),
        UnknownLayer { .. } => "name one of these after the file: FILE#LAYER".into(),
        Ambiguous { id, layers } => {
            format!("say which: {}", layers.iter().map(|layer| format!("{layer}/{id}")).collect::<Vec<_>>().join(" or "))
        }
        NoIdField { candidates, .. } | NoCommonId { candidates, .. } if !candidates.is_empty() => {
            format!("name the property that identifies the features: {}", candidates.join(", "))
        }
        NonePasses { .. } => "change the condition, or leave it out".into(),
        _ => String::new(),
    }
}

/// What to do about a plate that cannot be drawn.
pub fn of_plate(error: &MapError) -> String {
    match error {
        MapError::AmbiguousLine { file, .. } => format!("give {file} the role route, line or river"),
        MapError::NothingInside { .. } => "choose files with features".into(),
        MapError::MissingGlyph { feature, .. } => {
            format!("the name is that of {feature}; ask for other languages, or correct the name")
        }
        MapError::PaperTooSmall { .. } | MapError::PanelFull { .. } => "use fewer layers".into(),
        _ => String::new(),
    }
}
