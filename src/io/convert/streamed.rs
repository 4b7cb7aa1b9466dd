//! A GeoJSON file read in several passes, in constant memory.

use super::super::Limits;
use super::super::bytes::Chunked;
use super::super::direct::{Cursor, Fallback, Features, Form, PartsReader, text_of};
use super::super::geometry_issue::issues;
use super::super::parse::parse;
use super::native::Take;
use super::pipeline::{FeaturePipeline, Seen};
use super::survey::Survey;
use super::table::{Position, Row};
use super::{Progress, json, read};
use serde_json::{Value, json};
use std::io;

/// A feature collection or sequence.
pub(super) struct Streamed {
    path: String,
    limits: Limits,
    pub name: String,
    /// The name in its `crs` member.
    pub declared: Option<String>,
    /// The survey of its features as output, after the first pass.
    pub survey: Survey,
    /// The processing of its features, and the hash of the file for which it is valid.
    known: Option<(FeaturePipeline, String)>,
}

impl Streamed {
    /// Opens a file with features; `None` if it cannot be streamed or has no layer with the requested name.
    pub fn open(path: &str, layer: Option<&str>, limits: Limits) -> Option<Self> {
        let mut bytes = Chunked::open(path, limits)?;
        let name = read::layer_name(path, bytes.is_packed());
        let features = Features::begin(&mut bytes, |_| true)?;
        let declared = match features.form {
            Form::Collection => shell(&features.before, b"]}")?.1,
            Form::Sequence => None,
        };
        let (path, survey) = (path.to_owned(), Survey::default());
        layer.is_none_or(|id| id == name).then_some(Streamed { path, limits, name, declared, survey, known: None })
    }

    /// First pass: collects what must be known before features are written; returns the hash of its bytes.
    /// `None` if something is wrong or unusual: reading at once reports it.
    pub fn survey(&mut self, pipeline: FeaturePipeline, seen: &mut Seen, progress: Progress<'_>) -> Option<String> {
        let mut survey = Survey::default();
        let sha256 = self.pass(&pipeline, seen, &mut |rows| {
            rows.iter().for_each(|row| survey.take(row));
            progress("reading", survey.features as u64, None);
            Some(())
        })?;
        self.survey = survey;
        self.known = Some((pipeline, sha256.clone()));
        Some(sha256)
    }

    /// The processing of its features.
    pub fn pipeline(&self) -> Option<&FeaturePipeline> {
        self.known.as_ref().map(|(pipeline, _)| pipeline)
    }

    /// Further pass: passes the features on as output.
    pub fn again(&self, take: Take<'_>) -> io::Result<()> {
        let changed = || io::Error::other(format!("{} changed while it was read", self.path));
        let (pipeline, before) = self.known.as_ref().ok_or_else(changed)?;
        let mut failed = None;
        let now = self.pass(pipeline, &mut Seen::new(), &mut |rows| take(&rows).map_err(|why| failed = Some(why)).ok());
        match (failed, now) {
            (Some(why), _) => Err(why),
            (None, Some(now)) if now == *before => Ok(()),
            _ => Err(changed()),
        }
    }

    /// Reads the file once; returns the hash of its bytes.
    fn pass(
        &self,
        pipeline: &FeaturePipeline,
        seen: &mut Seen,
        take: &mut dyn FnMut(Vec<Row>) -> Option<()>,
    ) -> Option<String> {
        let mut bytes = Chunked::open(&self.path, self.limits)?;
        let features = Features::begin(&mut bytes, |_| true)?;
        let (form, before) = (features.form, features.before.clone());
        let one = |reader: &mut PartsReader<Position>, cursor: &mut Cursor<'_>| row(reader, cursor, form);
        let after = features.each(&one, |_, rows| {
            let rows = rows.into_iter().map(|row| pipeline.go(row, seen)).filter_map(Result::transpose);
            take(rows.collect::<Result<_, _>>().ok()?)
        })?;
        let as_expected = form == Form::Sequence || shell(&before, &after)? == (true, self.declared.clone());
        as_expected.then(|| bytes.sha256())
    }
}

/// Checks what surrounds the features of a collection: whether it is regular, and the name in its `crs` member.
fn shell(before: &[u8], after: &[u8]) -> Option<(bool, Option<String>)> {
    let shell = [before, after].concat();
    let text = text_of(&shell).ok()?;
    let document: Value = parse(text, Limits::DEFAULT).ok()?;
    let whole = document["type"] == "FeatureCollection"
        && document["features"] == json!([])
        && issues(text, Limits::DEFAULT).is_empty();
    Some((whole, json::declared_crs(&document)))
}

/// The next feature, or the geometry that a sequence may have instead.
fn row(reader: &mut PartsReader<Position>, cursor: &mut Cursor<'_>, form: Form) -> Result<Row, Fallback> {
    cursor.space();
    let start = cursor.at;
    if let Ok(row) = reader.parts(cursor).and_then(json::direct_row) {
        return Ok(row);
    }
    cursor.at = start;
    let value: Value = parse(text_of(cursor.value()?)?, Limits::DEFAULT).map_err(|_| Fallback)?;
    let feature = match (form, value["type"].as_str()) {
        (Form::Collection, _) => value,
        (Form::Sequence, None | Some("FeatureCollection")) => return Err(Fallback),
        (Form::Sequence, _) if json::declared_crs(&value).is_some() => return Err(Fallback),
        (Form::Sequence, Some("Feature")) => value,
        (Form::Sequence, _) => json!({"type": "Feature", "geometry": value}),
    };
    json::row(feature).map_err(|_| Fallback)
}
