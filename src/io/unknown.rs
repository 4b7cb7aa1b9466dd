//! Files that no reader knows: what they look like, and what to do with them.

/// What to do with a file that no reader knows.
pub(super) fn hint(what: Option<&str>) -> &'static str {
    match what {
        Some(PARQUET) => {
            "this GDAL has no driver for it; convert it where one is: ogr2ogr out.gpkg in.parquet, or geopandas"
        }
        Some(SCRIPT) => "keep what stands between the first { and the last } and save it as .geojson",
        Some(PAGE) => "it is the page about the file: download the file itself",
        Some(PACKED_OTHERWISE) => "unpack it first; .gz and .zip are read as they are",
        Some(XML) => "`ogrinfo FILE` says what GDAL makes of it; schemas it refers to must lie beside it",
        _ => "`ogrinfo FILE` says whether GDAL knows it; else export it as GeoJSON, GeoPackage or CSV",
    }
}

const PARQUET: &str = "Parquet";
const SCRIPT: &str = "JavaScript";
const PAGE: &str = "a web page";
const PACKED_OTHERWISE: &str = "a file packed by 7z, rar, xz, bzip2 or zstd";
const XML: &str = "XML";

/// What a file looks like that no reader knows.
pub(super) fn looks_like(bytes: &[u8]) -> Option<&'static str> {
    let start = bytes.trim_ascii_start();
    let begins = |words: &[&[u8]]| {
        words.iter().any(|word| start.len() >= word.len() && start[..word.len()].eq_ignore_ascii_case(word))
    };
    Some(match () {
        () if bytes.starts_with(b"PAR1") => PARQUET,
        () if begins(&[b"var ", b"let ", b"const ", b"window.", b"(function", b"export ", b"module."]) => SCRIPT,
        () if begins(&[b"<!doctype html", b"<html"]) => PAGE,
        () if begins(&[b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh", b"\x28\xb5\x2f\xfd"]) => PACKED_OTHERWISE,
        () if begins(&[b"<"]) => XML,
        () => return None,
    })
}

/// Whether no build of the program reads what looks like this.
#[cfg(not(feature = "gdal"))]
pub(super) fn is_for_nobody(what: &str) -> bool {
    [SCRIPT, PAGE, PACKED_OTHERWISE].contains(&what)
}
