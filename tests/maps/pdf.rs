//! The text of the PDF, extracted by another program: every label once.

use super::preset;
use merestone::map::PlateSpec;
use std::collections::BTreeMap;
use std::process::Command;

/// The text of a PDF from poppler's `pdftotext`; `None` without that program.
fn read(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("plate.pdf");
    std::fs::write(&file, pdf).expect("it can be written");
    match Command::new("pdftotext").arg("-raw").arg(&file).arg("-").output() {
        Ok(run) => Some(String::from_utf8(run.stdout).expect("UTF-8")),
        Err(error) => {
            eprintln!("skipped: pdftotext (poppler-utils) is not there: {error}");
            None
        }
    }
}

/// Letters only: extracted spaces depend on letter-spacing, and rotated lines are broken.
fn letters(text: &str) -> String {
    let text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn a_reader_copies_every_label_once() {
    for name in PlateSpec::preset_names() {
        let sheet = preset(name);
        let Some(text) = read(&sheet.pdf().expect("a document")) else { return };
        let text = letters(&text);
        let mut count: BTreeMap<char, i64> = BTreeMap::new();
        let mut labels = Vec::new();
        for label in sheet.svg().split("<text ").skip(1).filter_map(|t| t.split_once('>')?.1.split_once("</text>")) {
            let label = letters(label.0);
            label.chars().for_each(|c| *count.entry(c).or_default() += 1);
            labels.push(label);
        }
        text.chars().for_each(|c| *count.entry(c).or_default() -= 1);
        count.retain(|_, n| *n != 0);
        assert!(
            count.is_empty(),
            "{name}: letters that the plate has and the text has not, or the other way: {count:?}"
        );
        for label in labels {
            assert!(text.contains(&label), "{name}: {label}");
        }
    }
}

/// Letter-spaced names can be found, and the document says in which language it is.
#[test]
fn names_are_found_as_they_are_read() {
    let pdf = preset("overview").pdf().expect("a document");
    assert!(pdf.windows(8).any(|bytes| bytes == b"/Lang(en"), "the language of the document");
    let Some(text) = read(&pdf) else { return };
    for name in ["AZƏRBAYCAN", "ՀԱՅԱՍՏԱՆ", "NAXÇIVAN"] {
        assert!(text.contains(name), "{name}");
    }
}
