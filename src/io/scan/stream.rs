//! Scans a file in chunks: of its features only what their inspector leaves stays in memory.

use super::document::{self, feature};
use super::json::Json;
use super::{Inspector, Scan, ScanFeature};
use crate::io::Limits;
use crate::io::bytes::Chunked;
use crate::io::direct::{Cursor, Features, Form, text_of};
use crate::io::geojson;
use crate::io::sequence;
use crate::model::{Finding, FindingCode as Code};
use rayon::prelude::*;

/// The text around the features of a sequence, treated as a collection.
const NOTHING_AROUND: &str = r#"{"type":"FeatureCollection","features":[]}"#;

/// Scans a collection or a sequence. `None` if it is something else, not JSON, or has text faults that need a file
/// position: reading at once reports these.
pub(super) fn read<I: Inspector>(path: &str, limits: Limits, inspector: &I) -> Option<(Scan, I::Known)> {
    let mut bytes = Chunked::open(path, limits)?;
    let features = Features::begin(&mut bytes, |text| sequence::may_be(path, text))?;
    let (form, before) = (features.form, features.before.clone());
    let (mut scan, mut known) = (Scan::new(path, String::new(), limits), I::Known::default());
    let place = |_: &mut (), cursor: &mut Cursor<'_>| {
        cursor.space();
        let from = cursor.at;
        cursor.value().map(|_| from..cursor.at)
    };
    // Esri JSON has features too, and a declared `crs` member applies to all of them.
    let other_crs = |around: &[u8]| {
        let around = [around, b"]}"].concat();
        let declared = std::str::from_utf8(&around).ok().and_then(|text| geojson::declared_crs(text, limits));
        declared.is_some_and(|name| !geojson::is_wgs84(&name))
    };
    if form == Form::Collection && (other_crs(&before) || features.may_be_other_json()) {
        return None;
    }
    let after = features.each(&place, |text, places| {
        let first = scan.features.len();
        let items = places
            .into_par_iter()
            .enumerate()
            .map(|(i, place)| item((&text[place], limits), first + i, path, inspector));
        for (feature, findings, seen) in items.collect::<Option<Vec<_>>>()? {
            scan.take((feature, findings));
            if let Some(feature) = scan.features.last_mut() {
                inspector.take(&mut known, feature, seen);
            }
        }
        Some(())
    })?;
    let shell = match form {
        Form::Collection => [before, after].concat(),
        Form::Sequence => NOTHING_AROUND.into(),
    };
    let shell = text_of(&shell).ok()?;
    if geojson::declared_crs(shell, limits).is_some_and(|name| !geojson::is_wgs84(&name)) {
        return None;
    }
    document::read(shell, &mut scan);
    scan.input.sha256 = bytes.sha256();
    let placed = |finding: &Finding| matches!(finding.code, Code::NotJson | Code::LoneSurrogate);
    (scan.failure.is_none() && !scan.findings.iter().any(placed)).then_some((scan, known))
}

fn item<I: Inspector>(
    (bytes, limits): (&[u8], Limits),
    number: usize,
    path: &str,
    inspector: &I,
) -> Option<(ScanFeature, Vec<Finding>, I::Seen)> {
    let mut json = Json::new(text_of(bytes).ok()?, limits);
    let node = json.value(2).ok()?;
    if json.peek().is_some() || !json.slips.is_empty() {
        return None;
    }
    let (feature, findings) = feature(&node, format!("/features/{number}"), path, true);
    let seen = inspector.look(path, &feature);
    Some((feature, findings, seen))
}
