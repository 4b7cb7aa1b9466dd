//! Guarantees for programs that embed the library.

use merestone::{document, earth, io, model, question, topology};

const fn shared_between_threads<T: Send + Sync + 'static>() {}

/// Holds at compile time.
const _: () = {
    shared_between_threads::<document::Catalogue>();
    shared_between_threads::<document::CatalogueError>();
    shared_between_threads::<document::CatalogueOptions>();
    shared_between_threads::<earth::AngleError>();
    shared_between_threads::<earth::Chain>();
    shared_between_threads::<earth::Crs>();
    shared_between_threads::<earth::Operation>();
    shared_between_threads::<earth::SheetError>();
    shared_between_threads::<io::ConvertOptions>();
    shared_between_threads::<io::ConvertReport>();
    shared_between_threads::<io::Dataset>();
    shared_between_threads::<io::Found>();
    shared_between_threads::<io::ReadError>();
    shared_between_threads::<io::ReadOptions>();
    shared_between_threads::<io::Reference>();
    shared_between_threads::<io::Scan>();
    shared_between_threads::<io::Selected<model::Territory>>();
    shared_between_threads::<io::WriteError>();
    shared_between_threads::<model::Content>();
    shared_between_threads::<model::Envelope<question::BorderReport>>();
    shared_between_threads::<model::InvalidGeometry>();
    shared_between_threads::<model::Layer>();
    shared_between_threads::<model::Warning>();
    shared_between_threads::<question::BorderOptions>();
    shared_between_threads::<question::BorderReport>();
    shared_between_threads::<question::CheckOptions>();
    shared_between_threads::<question::CheckReport>();
    shared_between_threads::<question::CompareReport>();
    shared_between_threads::<question::EnclaveOptions>();
    shared_between_threads::<question::EnclaveReport>();
    shared_between_threads::<question::EvidenceReport>();
    shared_between_threads::<question::FieldMapError>();
    shared_between_threads::<question::InfoReport>();
    shared_between_threads::<question::LedgerOptions>();
    shared_between_threads::<question::LedgerReport>();
    shared_between_threads::<question::NoSheet>();
    shared_between_threads::<question::RouteOptions>();
    shared_between_threads::<question::RouteReport>();
    shared_between_threads::<question::SeveranceOptions>();
    shared_between_threads::<question::SeveranceReport>();
    shared_between_threads::<question::SheetOptions>();
    shared_between_threads::<question::SheetReport>();
    shared_between_threads::<topology::CoverageGraph>();
    shared_between_threads::<topology::NodingError>();
};

#[cfg(feature = "plates")]
const _: () = {
    use merestone::map;
    shared_between_threads::<map::MapError>();
    shared_between_threads::<map::Plate>();
    shared_between_threads::<map::PlateOptions>();
    shared_between_threads::<map::PlateSpec>();
    shared_between_threads::<map::SpecError>();
};

/// Types in the interface of a question are `#[non_exhaustive]`, so that a new field or kind breaks no program.
#[test]
fn reports_options_and_errors_can_grow() {
    use crate::support::files;
    let mut seen = 0;
    for path in files::below("src").into_iter().filter(|path| path.ends_with(".rs") && !path.starts_with("src/cli")) {
        let text = files::text(&path);
        for (at, _) in text.match_indices("\npub ") {
            let words: Vec<&str> = text[at + 5..].split_whitespace().take(2).collect();
            let [kind, name] = words[..] else { continue };
            let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
            let grows = ["Report", "Options", "Error"].iter().any(|end| name.ends_with(end)) || name == "Problem";
            // Programs construct this one themselves, from a path and a cause.
            if !["struct", "enum"].contains(&kind) || !grows || name == "WriteError" {
                continue;
            }
            seen += 1;
            let attributes = text[..at].rsplit("\n\n").next().unwrap_or_default();
            assert!(attributes.contains("#[non_exhaustive]"), "{path}: {name}");
        }
    }
    assert!(seen > 25, "{seen}");
}
