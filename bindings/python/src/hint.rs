//! Hints for errors, in terms of this package.

use library::io::Problem;

/// What to do about a problem; empty where the message says it.
pub fn of(problem: &Problem) -> String {
    use Problem::*;
    match problem {
        Unreadable(_) => "check the path; `merestone.datasets()` lists the layers of the embedded dataset".into(),
        Folder => "name a file in it, or open it as a dataset: merestone.layer(\"LAYER\", dataset=FOLDER)".into(),
        TooLarge(gib) => format!("allow more: merestone.layer(data, max_gib={})", gib.saturating_mul(2).max(1)),
        TooDeep(_) => "take the nesting out of its properties".into(),
        NonePasses { .. } => "merestone.info(data) lists the features".into(),
        UnknownParty { known, .. } => format!("give one of {}, or \"neutral\"", known.join(", ")),
        NotThen { .. } => "give another day: merestone.layer(data, as_of=\"2024-05-15\")".into(),
        OtherCrs(_) | Projected { .. } | Misfit { .. } | NoTransform { .. } => {
            "say which system it is in: merestone.layer(data, crs=\"EPSG:28408\"); or gdf.to_crs(4326)".into()
        }
        UnknownCrs(_) | CrsNeedsGdal(_) | Ballpark(_) | ThreeAxes(_) => {
            "transform it first: gdf.to_crs(4326); built in are WGS 84, UTM, Pulkovo 1942, Gauss-Kruger and SK-63".into()
        }
        Swapped { .. } => "if latitude comes first, say so: merestone.layer(data, axes=\"yx\")".into(),
        OutOfRange { .. } => "longitude must be within 180 and latitude within 90 degrees; is the crs right?".into(),
        NotFinite => "drop such rows: gdf[gdf.geometry.is_valid & ~gdf.geometry.is_empty]".into(),
        WrongShape { wanted, .. } | Nothing(wanted) => format!("give {wanted}; gdf.geom_type says what a frame holds"),
        UnknownId { nearest: Some(id), .. } => format!("did you mean \"{id}\"?"),
        UnknownId { nearest: None, .. } => "merestone.info(data) lists the ids".into(),
        Ambiguous { id, layers } => {
            format!("say which: {}", layers.iter().map(|layer| format!("{layer}/{id}")).collect::<Vec<_>>().join(" or "))
        }
        NoIdField { candidates, .. } | NoCommonId { candidates, .. } if !candidates.is_empty() => {
            format!("name a property that it has: merestone.layer(data, id_field=…), of {}", candidates.join(", "))
        }
        NoIdField { .. } | NoCommonId { .. } => "merestone.layer(data, id_field=\"NAME\") names the property".into(),
        NeedsGdal | WriteNeedsGdal(_) | UnknownFormat(_) => {
            "read it with geopandas and give the frame: merestone.borders(geopandas.read_file(path))".into()
        }
        WrongEncoding(_) | JsonNotUtf8 { .. } | NotUtf8 { .. } => {
            "say which encoding it is in: merestone.layer(data, encoding=\"CP1251\")".into()
        }
        OpenRing { .. } | ShortRing(_) | ShortLine(_) | LoopsCancel(_) | HoleOutside(_) | HolesOverlap(_) => {
            "merestone.check(data) lists everything that is wrong; merestone.layer(data, skip_invalid=True) leaves such \
             features out"
                .into()
        }
        _ => String::new(),
    }
}
