//! MapInfo files whose declared character set is wrong: GDAL relies on the declaration.

use std::path::Path;

/// Folder of the copies, in memory.
const FOLDER: &str = "/vsimem/merestone-mapinfo";
/// MapInfo's name of ISO 8859-1.
const LATIN_1: &str = "ISO8859_1";

/// Copies a MapInfo table or exchange file with its companions into memory, with ISO 8859-1 declared in its heading;
/// returns the path of the copy. `None` if it is another file or cannot be read as a plain one.
pub(super) fn in_latin_1(path: &str) -> Option<String> {
    let file = Path::new(path);
    let own = file.extension()?.to_str()?.to_lowercase();
    let companions: &[&str] = match own.as_str() {
        "tab" => &["dat", "map", "id", "ind"],
        "mif" => &["mid"],
        _ => return None,
    };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    for entry in std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()) {
        let extension = entry.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
        if entry.file_stem() == file.file_stem() && companions.contains(&extension.as_str()) {
            let bytes = std::fs::read(&entry).ok()?;
            gdal::vsi::create_mem_file(format!("{FOLDER}/t.{extension}"), bytes).ok()?;
        }
    }
    let copy = format!("{FOLDER}/t.{own}");
    gdal::vsi::create_mem_file(&copy, in_heading(std::fs::read(file).ok()?)).ok()?;
    Some(copy)
}

/// A file with ISO 8859-1 declared in its heading.
fn in_heading(bytes: Vec<u8>) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 32);
    let mut said = false;
    for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let lower = line.trim_ascii_start().to_ascii_lowercase();
        // The heading is short; the rest may contain any bytes.
        let is_it = number < 20 && !said && (lower.starts_with(b"charset") || lower.starts_with(b"!charset"));
        if is_it {
            let table = lower.starts_with(b"!");
            let line = if table { format!("!charset {LATIN_1}\n") } else { format!("Charset \"{LATIN_1}\"\n") };
            out.extend(line.into_bytes());
            said = true;
        } else {
            out.extend(line);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_says_it_and_the_rest_stays() {
        let mif = b"Version 300\r\nCharset \"Neutral\"\r\nDelimiter \",\"\r\nData\r\n\xcf";
        assert_eq!(in_heading(mif.to_vec()), b"Version 300\r\nCharset \"ISO8859_1\"\nDelimiter \",\"\r\nData\r\n\xcf");
        let tab = b"!table\n!version 300\n!charset WindowsLatin1\n\nDefinition Table\n";
        assert_eq!(in_heading(tab.to_vec()), b"!table\n!version 300\n!charset ISO8859_1\n\nDefinition Table\n");
        assert_eq!(in_latin_1("none.shp"), None);
    }
}
