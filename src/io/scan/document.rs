//! Checks documents, collections and features against RFC 7946, sections 3, 3.2 and 3.3.

use super::ahead;
use super::geometry::TYPES;
use super::json::{ENDS, Json, Lines, Slip, Syntax, line_column};
use super::node::Node;
use super::walk::FeatureWalk;
use super::{Scan, ScanFeature};
use crate::io::{Problem, ReadError};
use crate::model::{Finding, FindingCode as Code};
use serde_json::Map;

/// Reads a whole text; adds features and findings to the scan.
pub(super) fn read(text: &str, scan: &mut Scan) {
    let mut json = Json::new(text, scan.limits);
    if json.peek().is_none() {
        let file = scan.input.path.clone();
        scan.findings.push(Finding::error(&file, Code::NotJson, "the file is empty"));
        scan.failure = Some(ReadError::new(file, Problem::Empty));
        return;
    }
    let read = if json.peek() == Some(b'{') { root_object(&mut json, scan) } else { other_root(&mut json, scan) };
    finish(text, json, scan, read);
}

/// Reads the records of a GeoJSON sequence, all of them features; pointers number them as features of a collection.
pub(super) fn read_sequence(text: &str, scan: &mut Scan) {
    let mut json = Json::new(text, scan.limits);
    let read = records(&mut json, scan);
    finish(text, json, scan, read);
}

fn records(json: &mut Json<'_>, scan: &mut Scan) -> Result<(), Syntax> {
    while json.peek().is_some() {
        let node = json.value(2)?;
        scan.take(feature(&node, format!("/features/{}", scan.features.len()), &scan.input.path, true));
    }
    Ok(())
}

/// Adds the findings that apply to the whole text, once it was read as far as possible.
fn finish(text: &str, mut json: Json<'_>, scan: &mut Scan, read: Result<(), Syntax>) {
    let trailing = match (&read, json.peek()) {
        (Ok(()), Some(_)) => json.fail("more bytes follow the document"),
        _ => Ok(()),
    };
    if let Err(syntax) = read.and(trailing) {
        no_json(line_column(text.as_bytes(), syntax.at), scan, &syntax);
    }
    let slips = std::mem::take(&mut json.slips);
    let lines = if slips.is_empty() { Lines::of(b"") } else { Lines::of(text.as_bytes()) };
    for (slip, at) in slips {
        let (line, column) = lines.at(at);
        let reason = match slip {
            Slip::Literal => "NaN and Infinity are no JSON numbers",
            Slip::Control => "a control character stands in a string",
            Slip::Surrogate => {
                let message = format!("half of a surrogate pair stands in a string at line {line} column {column}");
                scan.findings.push(Finding::error(&scan.input.path, Code::LoneSurrogate, message));
                continue;
            }
        };
        no_json((line, column), scan, &Syntax { reason, at });
    }
    scan.input.features = scan.features.len();
}

fn no_json((line, column): (usize, usize), scan: &mut Scan, syntax: &Syntax) {
    let message = format!("{} at line {line} column {column}", syntax.reason);
    scan.findings.push(Finding::error(&scan.input.path, Code::NotJson, message));
    let problem = match syntax.reason {
        ENDS => Problem::BreaksOff { line, column },
        reason => Problem::NotJson { reason: reason.to_owned(), line, column },
    };
    scan.failure.get_or_insert(ReadError::new(&scan.input.path, problem));
}

fn other_root(json: &mut Json<'_>, scan: &mut Scan) -> Result<(), Syntax> {
    let node = json.value(0)?;
    let hint = match &node {
        Node::String(text) if text.trim_start().starts_with('{') => "; it holds JSON written as a string",
        Node::Array(items) if items.iter().any(|item| item.get("type").is_some()) => {
            "; put the features into a FeatureCollection"
        }
        _ => "",
    };
    let message = format!("the document is {}, where a GeoJSON object is needed{hint}", node.word());
    scan.findings.push(Finding::error(&scan.input.path, Code::Root, message).at(""));
    Ok(())
}

/// The root object; the features of a collection are read one by one.
fn root_object(json: &mut Json<'_>, scan: &mut Scan) -> Result<(), Syntax> {
    let path = scan.input.path.clone();
    let mut root = FeatureWalk::new(&path, String::new(), None);
    let mut members: Vec<(std::borrow::Cow<'_, str>, Node<'_>)> = Vec::new();
    let read = root_members(json, scan, &mut root, &mut members);
    let streamed = members.iter().any(|(key, node)| key == "features" && *node == Node::Array(Vec::new()));
    let node = Node::Object(members);
    root.duplicates(&node);
    if read.is_ok() {
        let kinds: Vec<&'static str> = TYPES.into_iter().chain(["Feature", "FeatureCollection"]).collect();
        match root.type_of(&node, &kinds, "the document") {
            Some("FeatureCollection") => collection(&node, streamed, scan, &mut root),
            Some("Feature") => scan.take(feature(&node, String::new(), &path, false)),
            Some(_) => {
                let mut walk = FeatureWalk::new(&path, String::new(), None);
                walk.geometry(&node, false);
                let (findings, shapes) = walk.finish();
                let (label, pointer) = ("0".to_owned(), String::new());
                scan.take((
                    ScanFeature {
                        id: None,
                        label,
                        pointer,
                        properties: Map::new(),
                        shapes,
                        noise_m: 0.0,
                        is_crossed: false,
                    },
                    findings,
                ));
            }
            None => {}
        }
    }
    let (findings, _) = root.finish();
    // Findings on the document come before those on its features.
    scan.findings.splice(0..0, findings);
    read
}

fn root_members<'a>(
    json: &mut Json<'a>,
    scan: &mut Scan,
    root: &mut FeatureWalk<'_>,
    members: &mut Vec<(std::borrow::Cow<'a, str>, Node<'a>)>,
) -> Result<(), Syntax> {
    json.expect(b'{', "an object is expected")?;
    if json.take(b'}') {
        return Ok(());
    }
    loop {
        let key = json.key()?;
        let value = if key == "features" && json.peek() == Some(b'[') {
            json.expect(b'[', "an array is expected")?;
            let mut more = !json.take(b']');
            if more && ahead::read(json, scan) > 0 {
                more = json.more(b']')?;
            }
            // The remaining features one by one: JSON errors are reported here.
            while more {
                let node = json.value(2)?;
                scan.take(feature(&node, format!("/features/{}", scan.features.len()), &scan.input.path, true));
                more = json.more(b']')?;
            }
            scan.count = scan.features.len();
            Node::Array(Vec::new())
        } else {
            json.value(1)?
        };
        if matches!(value, Node::Deep(_)) {
            root.inside(&key, |walk| walk.duplicates(&value));
        }
        members.push((key, value));
        if !json.more(b'}')? {
            return Ok(());
        }
    }
}

fn collection(node: &Node<'_>, streamed: bool, scan: &Scan, root: &mut FeatureWalk<'_>) {
    root.misplaced(node, &["coordinates", "geometries", "geometry", "properties"], "the collection");
    if let Some(bbox) = root.bbox(node) {
        let outside = scan.extents.iter().flatten().find_map(|extent| bbox.corner_outside(*extent));
        if let Some(at) = outside {
            root.inside("bbox", |walk| walk.placed(Code::Bbox, false, at, bbox.misses(at)));
        }
    }
    match node.get("features") {
        None => root.error(Code::MissingMember, "the FeatureCollection has no \"features\"".into()),
        Some(_) if streamed && scan.count == 0 => {
            root.inside("features", |walk| walk.warning(Code::NoFeatures, "the collection has no features".into()));
        }
        Some(_) if streamed => {}
        Some(other) => {
            let message = format!("\"features\" is {}, where an array is needed", other.word());
            root.inside("features", |walk| walk.error(Code::MemberType, message));
        }
    }
}

/// A feature with its findings.
pub(super) fn feature(
    node: &Node<'_>,
    pointer: String,
    path: &str,
    in_collection: bool,
) -> (ScanFeature, Vec<Finding>) {
    let own = match node.get("id") {
        Some(Node::String(text)) => Some(text.to_string()),
        Some(Node::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    // Its number, for now: `Scan::identify` replaces it by its id.
    let label = pointer.rsplit('/').next().filter(|step| !step.is_empty()).unwrap_or("0").to_owned();
    let mut walk = FeatureWalk::new(path, pointer.clone(), Some(label.clone()));
    if !matches!(node, Node::Object(_)) {
        walk.error(Code::MemberType, format!("the feature is {}, where an object is needed", node.word()));
    } else if walk.type_of(node, &["Feature"], "a feature").is_some() {
        if in_collection {
            walk.duplicates(node);
        }
        members(node, &mut walk);
    }
    let (findings, shapes) = walk.finish();
    let properties = match node.get("properties").map(Node::to_value) {
        Some(serde_json::Value::Object(map)) => map,
        _ => Map::new(),
    };
    (ScanFeature { id: own, label, pointer, properties, shapes, noise_m: 0.0, is_crossed: false }, findings)
}

fn members(node: &Node<'_>, walk: &mut FeatureWalk<'_>) {
    walk.misplaced(node, &["coordinates", "geometries", "features"], "the feature");
    let bbox = walk.bbox(node);
    match node.get("id") {
        None | Some(Node::String(_) | Node::Number(_)) => {}
        Some(Node::Null) => walk.inside("id", |walk| walk.warning(Code::IdType, "\"id\" is null".into())),
        Some(other) => {
            let message = format!("\"id\" is {}, where a string or a number is needed", other.word());
            walk.inside("id", |walk| walk.error(Code::IdType, message));
        }
    }
    match node.get("properties") {
        Some(Node::Object(_) | Node::Null) => {}
        None => walk.warning(Code::MissingMember, "the feature has no \"properties\" (RFC 7946, 3.2)".into()),
        Some(other) => {
            let message = format!("\"properties\" is {}, where an object or null is needed", other.word());
            walk.inside("properties", |walk| walk.error(Code::MemberType, message));
        }
    }
    match node.get("geometry") {
        None => walk.error(Code::MissingMember, "the feature has no \"geometry\"".into()),
        Some(Node::Null) => walk.warning(Code::NoGeometry, "the feature has no geometry (null)".into()),
        Some(geometry) => walk.inside("geometry", |walk| walk.geometry(geometry, false)),
    }
    walk.held(bbox, 0);
}
