//! Hints for reading errors.

use super::Hint;
use merestone::earth::Misfit;
use merestone::io::{Problem, ReadError, UNNAMED_CRS, UnreadFormat};

impl Hint for ReadError {
    fn hint(&self) -> String {
        let remedy = self.problem.hint();
        let Some((count, all)) = self.affected else { return remedy };
        let skip = if count < all { "; --skip-invalid leaves them out" } else { "" };
        let noun = if all == 1 { "feature" } else { "features" };
        let verb = if count == 1 { "is" } else { "are" };
        let path = &self.path;
        format!(
            "{remedy}; {count} of {all} {noun} {verb} affected: `merestone check {path}` lists everything that is wrong{skip}"
        )
    }
}

impl Hint for Problem {
    fn hint(&self) -> String {
        use Problem::*;
        match self {
            Unreadable(error) if error.kind() == std::io::ErrorKind::NotFound => {
                "check the path; to name a feature of the dataset, ask `merestone info` for its ids".into()
            }
            Unreadable(_) => "check that the file may be read".into(),
            Folder => "name a file in it, or give a dataset folder with --dataset".into(),
            TooLarge(gib) => format!("--max-size {} lets it be twice as large", gib.saturating_mul(2).max(1)),
            TooDeep(1000..) => "take the nesting out of its properties".into(),
            TooDeep(_) => "--max-depth 1000 follows deeper nesting".into(),
            Outside { .. } => "move the file into the folder, or trust what names it with --allow-outside".into(),
            UnknownParty { known, .. } => format!("give one of them, as --view {}; or --view neutral", known[0]),
            NotThen { .. } => "--as-of takes another day; `merestone info --as-of DATE` lists the layers of a day".into(),
            NonePasses { .. } => "`merestone info FILE -f json` says which properties there are".into(),
            Empty | BreaksOff { .. } => "the file is incomplete: copy or export it again".into(),
            NotTopology { .. } => "mend it there, or make it again: topojson -q 1e6 -o out.topojson name=in.geojson".into(),
            NotEsri { .. } => "ask the server for GeoJSON: f=geojson in place of f=json".into(),
            NotXml { .. } => "mend the file there, or export it again".into(),
            NotShapefile { .. } => "copy all its files again (.shp, .shx, .dbf, .prj), or export it again".into(),
            NotParquet { .. } => {
                "copy the file again, or write it again as GeoParquet: geopandas, gdf.to_parquet(…); GDAL, ogr2ogr out.parquet"
                    .into()
            }
            UnstatedCrs { .. } => {
                "look up which system it is, and say it: --from EPSG:CODE; WGS 84 is --from EPSG:4326".into()
            }
            Archive(_) => "unpack it, and name the file that is wanted".into(),
            EmptyArchive => "unpack it, and name the file that is wanted".into(),
            UnknownFormat(what) => unknown_format(*what).into(),
            NeedsGdal => {
                "install a build with the `gdal` feature, or convert it first: ogr2ogr out.geojson IN".into()
            }
            NotTable(_) => "save it as CSV in UTF-8, with a heading in the first row".into(),
            NotJson { .. } => "mend the file there, or export it again".into(),
            NotGeojson { .. } => "RFC 7946 says what GeoJSON must hold; export it again as a FeatureCollection".into(),
            OtherCrs(name) if name == UNNAMED_CRS => {
                "look up which system it is, and say it: --from EPSG:CODE; WGS 84 is --from EPSG:4326".into()
            }
            OtherCrs(name) => format!("say which system the file is in: --from {name}"),
            Projected { .. } => {
                "say which system its metres are in: --from EPSG:28408 (Gauss-Kruger zone 8), or another code".into()
            }
            Misfit { misfit, .. } => misfit_hint(misfit),
            NoTransform { .. } => "check the system that the file declares, or say which it is in: --from EPSG:CODE".into(),
            Ballpark(_) => {
                "name the system it is really in: --from EPSG:CODE; or accept an error of a hundred metres and more: \
                 --allow-ballpark"
                    .into()
            }
            ThreeAxes(_) => "name a geographic or projected system: --from or --to EPSG:4326, EPSG:28408 …".into(),
            UnknownCrs(_) => "name it by its code: --from EPSG:28408; `projinfo --list-crs` lists them".into(),
            CrsNeedsGdal(_) => {
                "this build knows WGS 84, UTM, Pulkovo 1942, Gauss-Kruger and SK-63; install a build with the `gdal` feature"
                    .into()
            }
            WriteNeedsGdal(_) => "install a build with the `gdal` feature, or write a .geojson or .csv".into(),
            WrongEncoding(_) | JsonNotUtf8 { .. } | NotUtf8 { .. } => {
                "say which encoding it is in: --encoding CP1251; or make it UTF-8: iconv -f CP1251 -t UTF-8".into()
            }
            Csv(_) => "mend the table there, or export it again as RFC 4180 has it".into(),
            NoPlace(_) => {
                "name two columns lon and lat (or easting and northing), or let one hold geometries as WKT; turning points \
                 in other columns: merestone catalogue --read"
                    .into()
            }
            SeveralLayers { .. } => "choose one: --layer NAME; or write a GeoPackage, which holds several".into(),
            MixedKinds { .. } => "keep one kind: --only points, lines or polygons; or write a GeoPackage".into(),
            Wgs84Only { .. } => "leave out --to, or write a GeoPackage (.gpkg) or a Shapefile (.shp)".into(),
            Operation(_) => {
                "the table has EPSG:15865, 5044, 1267, 1808, 1807, 1254, 1809; own parameters go in a file: --operation \
                 own.toml, with convention = \"coordinate-frame\" or \"position-vector\" and translation_m"
                    .into()
            }
            OutOfRange { .. } => {
                "longitude must be within ±180 (or ±360, of land drawn on across ±180) and latitude within ±90 degrees".into()
            }
            Swapped { .. } => {
                "GeoJSON wants longitude first, then latitude; if the file has them the other way round: --axes yx".into()
            }
            NotFinite => "every coordinate must be a number".into(),
            ShortPosition(_) => "write every position as [longitude, latitude]".into(),
            ShortLine(_) | ShortRing(_) => "remove the feature, or complete it".into(),
            LoopsCancel(_) => "see with `merestone check` where the ring crosses itself, and draw its loops apart".into(),
            OpenRing { .. } => "repeat the first position at the end of the ring".into(),
            HoleOutside(_) | HolesOverlap(_) => {
                "the first ring of a polygon is its shell, the others are holes inside it that share no land".into()
            }
            WrongShape { wanted, .. } => format!("name a file or feature that is {wanted}"),
            Nothing(wanted) => format!("name a file that holds {wanted}"),
            UnknownId { nearest: Some(id), .. } => format!("did you mean \"{id}\"?"),
            UnknownId { nearest: None, .. } => "`merestone info REF` lists the ids".into(),
            Ambiguous { id, layers } => {
                format!("say which: {}", layers.iter().map(|l| format!("{l}/{id}")).collect::<Vec<_>>().join(" or "))
            }
            NoIdField { candidates, .. } => match candidates.as_slice() {
                [] => "leave out --id-field: the features are then called by their numbers".into(),
                all => format!("name a property that it has: --id-field {}", all.join(", or ")),
            },
            NoCommonId { candidates, .. } => {
                let fields = if candidates.is_empty() { String::new() } else { format!("; here there is {}", candidates.join(", ")) };
                format!("name the field of each: --id-field BEFORE=NAME,AFTER=ISO (of compare: A=NAME,B=ISO){fields}")
            }
            UnknownLayer { .. } => "name one of these".into(),
            NoDataset => "name a file, or the folder of a dataset with --dataset DIR".into(),
            Manifest(_) => "the format of dataset.toml is described in ARCHITECTURE.md".into(),
            NeedsNetwork(_) => {
                "copy it to this machine in a plain format; --allow-network lets GDAL fetch, and follow other files"
                    .into()
            }
            Ogr(_) => "try it with: ogrinfo -al -so FILE".into(),
            // For kinds added in later versions of the library.
            _ => "`merestone check FILE` lists everything that is wrong with it".into(),
        }
    }
}

fn misfit_hint(misfit: &Misfit) -> String {
    match misfit {
        Misfit::Swapped => "if the file has north before east, say so: --axes yx".into(),
        Misfit::Zone(other) => format!("the easting's zone number differs; if that is meant: --from {}", other.id()),
        Misfit::Metres => {
            "say which system its metres are in: --from EPSG:28408 (Gauss-Kruger zone 8), or another code".into()
        }
        Misfit::Degrees => {
            "say which degrees they are: --from EPSG:4284 (Pulkovo 1942) or --from EPSG:4326 (WGS 84)".into()
        }
        _ => "check the system that the file declares, or say which it is in: --from EPSG:CODE".into(),
    }
}

fn unknown_format(what: Option<UnreadFormat>) -> &'static str {
    match what {
        Some(UnreadFormat::Parquet) => {
            "install a build with the `parquet` feature, or convert it first: ogr2ogr out.gpkg in.parquet, or geopandas"
        }
        Some(UnreadFormat::Script) => "keep what stands between the first { and the last } and save it as .geojson",
        Some(UnreadFormat::Page) => "it is the page about the file: download the file itself",
        Some(UnreadFormat::Archive) => "unpack it first; .gz and .zip are read as they are",
        Some(UnreadFormat::Xml) => "`ogrinfo FILE` says what GDAL makes of it; schemas it refers to must lie beside it",
        _ => "`ogrinfo FILE` says whether GDAL knows it; else export it as GeoJSON, GeoPackage or CSV",
    }
}
