//! Streams a file feature by feature, in constant memory.

use super::antimeridian::recut;
use super::build::{line, meta, place, polygons, runs, territory, told};
use super::bytes::Chunked;
use super::direct;
use super::polygon::{GeometryIssue, WrongHoles};
use super::select::ReadOptions;
use super::{Dataset, RawFeature, Reference};
use crate::model::{Content, Edges, Input, Role, Warning};

/// Results of streaming a file's features.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamResult<T> {
    /// The reference, as messages and reports name it.
    pub label: String,
    /// The file.
    pub input: Input,
    /// Warnings of reading.
    pub warnings: Vec<Warning>,
    /// Identifiers and results of the features: territories, lines, then places.
    pub features: Vec<(String, T)>,
}

/// A feature that has been read.
struct StreamedFeature<T> {
    role: Option<Role>,
    issues: Vec<GeometryIssue>,
    kept: Option<T>,
}

/// Opens the whole file of a reference for reading in chunks; `None` if it cannot be streamed.
pub(super) fn streamed<'r>(reference: &'r Reference, options: &ReadOptions) -> Option<(&'r String, Chunked)> {
    let Reference::File { path, fragment: None } = reference else { return None };
    let plain = options.frame.is_plain() && options.filter.is_empty();
    plain.then(|| Chunked::open(path, options.limits))?.map(|bytes| (path, bytes))
}

impl Dataset {
    /// Streams the features of a GeoJSON file or sequence as [`select_as_drawn`](Self::select_as_drawn) reads them, one
    /// feature per content; `look` extracts the result for each. A feature has no identifier yet when `look` is called:
    /// ids are known only at the end. Memory holds two chunks of the file, properties, and results.
    ///
    /// Returns `None` if the reference is not a file with a FeatureCollection or a sequence, or if something is wrong
    /// or ambiguous: reading the file as a whole then reports it.
    pub fn pass_as_drawn<T: Send>(
        &self,
        reference: &Reference,
        options: &ReadOptions,
        look: impl Fn(Content) -> T + Sync,
    ) -> Option<StreamResult<T>> {
        let (path, mut bytes) = streamed(reference, options)?;
        let edges = options.edges.unwrap_or_default();
        let input = Input::new(path, "");
        let mut kept = Vec::new();
        let mut layer = direct::stream(
            &mut bytes,
            &input,
            |feature| seen(feature, edges, &look),
            |_, seen| {
                kept.push(seen);
                Some(())
            },
        )?;
        layer.input.sha256 = bytes.sha256();
        if !layer.invalid.is_empty() {
            return None;
        }
        let ids = layer.identify(options.id_field.as_deref()).ok()?.ids;
        let (mut warnings, mut features) = (layer.warnings, Vec::new());
        let mut all: Vec<(StreamedFeature<T>, Option<String>)> =
            kept.into_iter().zip(ids.into_iter().map(Some)).collect();
        for role in [Role::Territory, Role::Line, Role::Place] {
            let (mut some, before) = (false, features.len());
            for (seen, id) in all.iter_mut().filter(|(seen, _)| seen.role == Some(role)) {
                let id = id.take()?;
                some = true;
                warnings.extend(told(&id, &seen.issues));
                features.extend(seen.kept.take().map(|kept| (id, kept)));
            }
            if some && features.len() == before {
                return None;
            }
        }
        Some(StreamResult { label: path.clone(), input: layer.input, warnings, features })
    }
}

/// The result for a feature; its coordinates are dropped.
fn seen<T>(feature: &mut RawFeature, edges: Edges, look: &impl Fn(Content) -> T) -> Option<StreamedFeature<T>> {
    let mut geometry = std::mem::take(&mut feature.geometry);
    recut(&mut geometry, edges);
    let about = || meta(String::new(), feature.properties.clone(), None, edges);
    let mut issues = Vec::new();
    let (role, content) = if !geometry.polygons.is_empty() {
        let mut parts = Vec::with_capacity(geometry.polygons.len());
        for (part, odd) in polygons(geometry.polygons, edges, WrongHoles::Told, 0.0) {
            issues.extend(odd);
            parts.extend(part.ok()?);
        }
        (Some(Role::Territory), (!parts.is_empty()).then(|| Content::Territories(vec![territory(about(), parts)])))
    } else if !geometry.lines.is_empty() {
        let (runs, odd) = runs(geometry.lines, edges, WrongHoles::Told, false);
        issues = odd;
        (Some(Role::Line), Some(Content::Lines(vec![line(about(), runs)])))
    } else {
        let content = geometry.points.first().map(|&at| Content::Places(vec![place(about(), at)]));
        (content.as_ref().map(|_| Role::Place), content)
    };
    Some(StreamedFeature { role, issues, kept: content.map(look) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asserts that streaming gives the same result as reading the whole file.
    fn same_both_ways(text: &str, options: &ReadOptions) -> bool {
        same_as("x.geojson", text.as_bytes(), options)
    }

    fn same_as(name: &str, bytes: &[u8], options: &ReadOptions) -> bool {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join(name).display().to_string();
        std::fs::write(&path, bytes).expect("a file can be written");
        let reference = Reference::File { path, fragment: None };
        let dataset = Dataset::empty();
        let Some(passed) = dataset.pass_as_drawn(&reference, options, |content| content) else { return false };
        let whole = dataset.select_as_drawn(&reference, options).unwrap_or_else(|error| panic!("{name}: {error}"));
        let named = |(id, content): (String, Content)| match content {
            Content::Territories(mut one) => {
                one[0].meta.id = id;
                format!("{one:?}")
            }
            Content::Lines(mut one) => {
                one[0].meta.id = id;
                format!("{one:?}")
            }
            Content::Places(mut one) => {
                one[0].meta.id = id;
                format!("{one:?}")
            }
            other => panic!("{other:?}"),
        };
        let ones: Vec<String> = passed.features.into_iter().map(named).collect();
        let all: Vec<String> = whole
            .contents
            .into_iter()
            .flat_map(|content| match content {
                Content::Territories(all) => all.into_iter().map(|one| format!("{:?}", [one])).collect::<Vec<_>>(),
                Content::Lines(all) => all.into_iter().map(|one| format!("{:?}", [one])).collect(),
                Content::Places(all) => all.into_iter().map(|one| format!("{:?}", [one])).collect(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(ones, all);
        // The streamed result is not compared with other data: its box is not kept.
        let input = Input { bounds: None, ..whole.input };
        assert_eq!((passed.label, passed.input, passed.warnings), (whole.label, input, whole.warnings));
        true
    }

    fn feature((properties, geometry): &(&str, &str)) -> String {
        format!(r#"{{"type": "Feature", "properties": {properties}, "geometry": {geometry}}}"#)
    }

    fn collection(features: &[(&str, &str)]) -> String {
        let features: Vec<String> = features.iter().map(feature).collect();
        format!(r#"{{"type": "FeatureCollection", "features": [{}]}}"#, features.join(","))
    }

    const SQUARE: &str = r#"{"type": "Polygon", "coordinates": [[[45,40],[46,40],[46,41],[45,41],[45,40]]]}"#;
    const FLAT: &str = r#"{"type": "Polygon", "coordinates": [[[45,40],[46,40],[47,40],[45,40]]]}"#;
    const HOLES: &str = r#"{"type": "MultiPolygon", "coordinates": [[[[1,1],[9,1],[9,9],[1,9],[1,1]],
        [[2,2],[4,2],[4,4],[2,4],[2,2]],[[3,3],[5,3],[5,5],[3,5],[3,3]]]]}"#;
    const LINE: &str = r#"{"type": "LineString", "coordinates": [[-170,40],[170,41],[1,2]]}"#;
    const PLACE: &str = r#"{"type": "Point", "coordinates": [45,40]}"#;

    #[test]
    fn every_shape_and_what_is_odd_about_it() {
        let plain = ReadOptions::default();
        let all = [
            (r#"{"name": "line"}"#, LINE),
            (r#"{"name": "b", "kind": "x"}"#, SQUARE),
            ("{}", "null"),
            (r#"{"name": "c"}"#, HOLES),
            (r#"{"name": "d", "rank": 2}"#, PLACE),
            (r#"{"name": "e"}"#, FLAT),
        ];
        assert!(same_both_ways(&collection(&all), &plain));
        let named = [all[0], all[1], all[3], all[4]];
        assert!(same_both_ways(&collection(&named), &plain));
        assert!(same_both_ways(&collection(&named), &ReadOptions { edges: Some(Edges::Geodesic), ..plain.clone() }));
        let by_field = ReadOptions { id_field: Some("name".into()), ..plain.clone() };
        assert!(same_both_ways(&collection(&named), &by_field));
        // Must be read as a whole: an error, an empty result.
        let open = r#"{"type": "Polygon", "coordinates": [[[45,40],[46,40],[46,41],[45,41]]]}"#;
        assert!(!same_both_ways(&collection(&[("{}", SQUARE), ("{}", open)]), &plain));
        assert!(!same_both_ways(&collection(&[("{}", FLAT)]), &plain));
        // A feature without a name is identified by its number.
        assert!(same_both_ways(&collection(&all[..5]), &by_field));
        // The features of a collection as records, recognised by the file's name or by the record separators.
        let records: Vec<String> = all.iter().map(feature).collect();
        let separated = format!("\u{1e}{}\n", records.join("\n\u{1e}"));
        assert!(same_as("x.geojsonl", records.join("\n").as_bytes(), &plain));
        assert!(same_as("x.json", separated.as_bytes(), &plain));
        assert!(!same_as("x.json", records[0].as_bytes(), &plain));
        assert!(!same_as(
            "x.ndjson",
            (records[..2].join("\n") + "\n" + &records[1].replace("Feature", "feature")).as_bytes(),
            &plain
        ));
        assert!(!same_both_ways(SQUARE, &plain));
    }
}
