//! Written texts are parsed again: random lines and contexts, described, parsed and audited in every language.

use crate::chance::Chance;
use merestone::document::audit::{AuditGround, AuditLine, AuditOptions, AuditPlace, AuditReport, Verdict, audit};
use merestone::document::description::{
    Authority, Block, Description, LengthUnit, WindCount, Words, description_languages, paper,
};
use merestone::document::parse::{ParseOptions, ParsedText, parse};
use merestone::document::{
    Compass, Course, DescribeOptions, DescriptionContext, DescriptionLine, DescriptionReport, TurningPoint, describe,
};
use merestone::geo::{Coord, LineString, Polygon};
use merestone::model::{Content, Line, Name, Place, Territory};
use serde_json::{Value, json};

fn degrees((x, y): (f64, f64)) -> Coord {
    // Metres of a degree at 45° N: Snyder 1987, table 11.
    Coord { x: 10.0 + x / 78_847.0, y: 45.0 + y / 111_132.0 }
}

struct World {
    lines: Vec<DescriptionLine>,
    context: DescriptionContext,
    options: DescribeOptions,
}

const NAMES: [&str; 12] = [
    "Alda",
    "Berda",
    "Upper Mill",
    "Corva",
    "Dunmor",
    "Elst",
    "Nova Ford",
    "Garm / Harm",
    "Hesta",
    "Irvin",
    "Jolm",
    "Kerst",
];

fn feature(chance: &mut Chance, id: usize, points: Vec<Coord>, class: &str, named: f64) -> Line {
    let mut line = Line::new(format!("f{id}"), [LineString(points)]).expect("a line");
    line.meta.properties = json!({ "class": class }).as_object().expect("an object").clone();
    // Some are known less well than the line: the text says where it crosses them, or that this is not determined.
    if id % 5 == 2 {
        line.meta.evidence.position_accuracy_m = Some(60.0);
    }
    if chance.is(named) {
        line.meta.name = Name::plain(format!("{} {}", chance.one(&NAMES), chance.one(&["", "Minor", "East"])).trim());
    }
    line
}

fn spot(chance: &mut Chance, id: usize, at: Coord, kind: &str) -> Place {
    let mut place = Place::new(format!("p{id}"), at).expect("a place");
    let mut properties = json!({ "kind": kind });
    if matches!(kind, "height" | "summit") || chance.is(0.1) {
        properties["height_m"] = json!((chance.share() * 30_000.0).round() / 10.0);
    }
    if chance.is(0.15) {
        properties["territory"] = json!("Thirdland");
    }
    place.meta.properties = properties.as_object().expect("an object").clone();
    place.meta.evidence.position_accuracy_m = Some(chance.one(&[1.0, 5.0, 40.0, 600.0]));
    if chance.is(0.7) && kind != "height" {
        place.meta.name = Name::plain(chance.one(&NAMES));
    }
    place
}

fn territory(words: [&str; 4]) -> Words {
    Words::of("en", words[0]).and("ru", words[1]).and("hy", words[2]).and("az", words[3])
}

fn line(chance: &mut Chance, points: Vec<Coord>, id: &str, accuracy_m: Option<f64>) -> DescriptionLine {
    let mut line = DescriptionLine::new(id, points);
    line.heading = territory(["West and East", "Запад и Восток", "Արևմուտք", "Qərb və Şərq"]);
    line.left = Some(territory(["Westland", "Вестландия", "Վեսթլանդ", "Vestlandiya"]));
    line.right = Some(territory(["East Republic", "Республика Ост", "Օստիա", "Ost Respublikası"]));
    line.territory_ids = vec!["WES".to_owned(), "EAS".to_owned()];
    line.accuracy_m = accuracy_m;
    if chance.is(0.7) {
        line.source = Some("Survey of the commission".to_owned());
        line.date = chance.is(0.5).then(|| "2020-05-01".to_owned());
    }
    line
}

fn world(chance: &mut Chance) -> World {
    let ring = chance.is(0.25);
    let count = 4 + chance.below(11);
    let scale = chance.one(&[120.0, 400.0, 900.0]);
    let mut metres = vec![(0.0, 0.0)];
    for i in 1..count {
        let turn = if ring { std::f64::consts::TAU * i as f64 / count as f64 } else { chance.share() * 1.8 };
        let step = scale * (0.4 + chance.share());
        let last = metres[i - 1];
        metres.push((last.0 + step * turn.cos(), last.1 + step * turn.sin() * if ring { 1.0 } else { 0.9 }));
    }
    if ring {
        metres.push(metres[0]);
    }
    let points: Vec<Coord> = metres.iter().copied().map(degrees).collect();
    let accuracy_m = chance.one(&[None, Some(0.5), Some(5.0), Some(30.0), Some(150.0)]);
    let mut context = DescriptionContext::default();
    let mut id = 0;
    let mut along = |chance: &mut Chance, classes: &[&str], named: f64| -> Vec<Content> {
        let mut out = Vec::new();
        for _ in 0..chance.below(3) {
            let from = chance.below(points.len() - 1);
            let to = (from + 1 + chance.below(5)).min(points.len() - 1);
            let mut run = points[from..=to].to_vec();
            if chance.is(0.4) {
                run.reverse();
            }
            id += 1;
            let class = chance.one(classes);
            out.push(feature(chance, id, run, class, named));
        }
        for _ in 0..chance.below(3) {
            let edge = chance.below(points.len() - 1);
            let (a, b) = (points[edge], points[edge + 1]);
            let middle = Coord { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 };
            let across = Coord { x: -(b.y - a.y), y: b.x - a.x };
            id += 1;
            let class = chance.one(classes);
            out.push(feature(chance, id, vec![middle - across * 0.7, middle + across * 0.7], class, named));
        }
        vec![Content::Lines(out)]
    };
    context.rivers = along(chance, &["river", "stream", "canal", "ditch", "river"], 0.8);
    context.roads = along(chance, &["road", "field-road", "railway", "highway", "path", "dirt-road"], 0.4);
    context.ridges = along(chance, &["ridge"], 0.5);
    context.parcels = along(chance, &["forest", "parcel"], 0.3);
    let kinds = [
        "village",
        "town",
        "city",
        "bridge",
        "geodetic-point",
        "church",
        "spring",
        "well",
        "pylon",
        "mound",
        "cemetery",
        "building",
        "station",
        "tower",
        "pass",
        "saddle",
        "quarry",
        "hill",
        "mountain",
        "rock",
        "dam",
        "tunnel",
        "tree",
    ];
    let mut spots = Vec::new();
    for i in 0..chance.below(25) {
        let near = points[chance.below(points.len())];
        let off = Coord { x: (chance.share() - 0.5) * 0.04, y: (chance.share() - 0.5) * 0.03 };
        let kind = chance.one(&kinds);
        spots.push(spot(chance, i, near + off, kind));
    }
    for (i, at) in points.iter().enumerate() {
        if chance.is(0.25) {
            let kind = chance.one(&["height", "summit", "bridge", "height"]);
            spots.push(spot(chance, 100 + i, *at, kind));
        }
    }
    context.places = vec![Content::Places(spots)];
    if chance.is(0.3) {
        let corner = points[0];
        let at = |x: f64, y: f64| corner + Coord { x, y };
        let outline = vec![corner, at(0.0, -0.01), at(-0.01, -0.01), at(-0.01, 0.0), corner];
        let third = Territory::new("THI", [Polygon::new(LineString(outline), Vec::new())]);
        let mut third = third.expect("a territory");
        third.meta.name = Name::plain("Thirdland");
        context.territories = vec![third];
    }
    let mut lines = vec![line(chance, points.clone(), "a", accuracy_m)];
    if !ring && chance.is(0.3) {
        // A second sector, from the end of the first or apart from it.
        let gap = if chance.is(0.5) { 0.0 } else { 0.02 };
        let start = points[points.len() - 1] + Coord { x: gap, y: 0.0 };
        let more: Vec<Coord> =
            (0..4).map(|i| start + Coord { x: 0.004 * f64::from(i), y: 0.003 * f64::from(i % 2) }).collect();
        lines.push(line(chance, more, "b", accuracy_m));
    }
    let mut options = DescribeOptions::default();
    options.compass = chance.one(&[
        Compass::Winds(WindCount::Eight),
        Compass::Winds(WindCount::Sixteen),
        Compass::Winds(WindCount::Sixteen),
        Compass::Degrees,
    ]);
    options.unit = chance.one(&[LengthUnit::Kilometre, LengthUnit::Metre]);
    options.simplify_m = chance.one(&[None, None, Some(30.0), Some(300.0)]);
    options.river_directions = chance.is(0.3);
    options.tripoint_by_treaty = chance.is(0.5);
    if chance.is(0.3) {
        options.precedence = vec![Authority::Coordinates, Authority::Text, Authority::Marks, Authority::Map];
    }
    World { lines, context, options }
}

/// The paper in one language, as paragraphs.
fn text(description: &Description, language: &str) -> String {
    let whole = paper(description, &[language.to_owned()], None);
    let mut out = String::new();
    for block in &whole.blocks {
        if let Block::Title(texts) | Block::Heading(texts) | Block::Paragraph(texts) = block {
            out.push_str(&texts.join(" "));
            out.push_str("\n\n");
        }
    }
    out
}

fn read(text: &str) -> ParsedText {
    parse(text, &ParseOptions::default()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The first place at which two values differ.
fn difference(a: &Value, b: &Value, path: &str) -> Option<String> {
    match (a, b) {
        (Value::Object(x), Value::Object(y)) => {
            let keys = x.keys().chain(y.keys().filter(|key| !x.contains_key(*key)));
            keys.filter_map(|key| {
                let (x, y) = (x.get(key).unwrap_or(&Value::Null), y.get(key).unwrap_or(&Value::Null));
                difference(x, y, &format!("{path}/{key}"))
            })
            .next()
        }
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => {
            x.iter().zip(y).enumerate().find_map(|(i, (x, y))| difference(x, y, &format!("{path}/{i}")))
        }
        _ if a == b => None,
        _ => Some(format!("{path}: {a} became {b}")),
    }
}

fn described(world: &World) -> DescriptionReport {
    let asked = describe(&world.lines.clone(), &world.context, &world.options);
    asked.unwrap_or_else(|error| panic!("{error}")).report
}

#[test]
fn descriptions_are_read_as_they_were_written() {
    let mut chance = Chance(2024);
    let (mut texts, mut legs) = (0, 0);
    let mut wrong = Vec::new();
    for nth in 0..60 {
        let world = world(&mut chance);
        let report = described(&world);
        for language in description_languages() {
            let mut expected = report.description.only(language);
            // The annexed list of points is no part of the text.
            expected.catalogue.clear();
            let text = text(&report.description, language);
            let found = read(&text).description;
            texts += 1;
            legs += expected.legs().count();
            let json = |tree: &Description| serde_json::to_value(tree).expect("JSON");
            if let Some(said) = difference(&json(&expected), &json(&found), "") {
                let place: Vec<&str> = said.split('/').collect();
                let nth_statement = place.get(4).and_then(|at| at.parse::<usize>().ok());
                let section = place.get(2).and_then(|at| at.parse::<usize>().ok());
                let sentence = section.zip(nth_statement).and_then(|(section, nth)| {
                    let statement = report.description.sections.get(section)?.statements.get(nth)?;
                    merestone::document::description::written(statement, language)
                });
                wrong.push(format!("{nth} {language}: {said}\n  {}", sentence.unwrap_or_default()));
            }
        }
    }
    assert!(texts == 240 && legs > 1500, "{texts} texts with {legs} legs");
    assert!(wrong.is_empty(), "{} of {texts} texts:\n{}", wrong.len(), wrong.join("\n"));
}

/// Words of frames and what a commission may write instead.
const CHANGED: [(&str, &[(&str, &str)]); 4] = [
    (
        "en",
        &[("the boundary runs", "the boundary then proceeds"), ("the boundary follows", "the boundary now follows")],
    ),
    ("ru", &[("граница идет", "граница далее проходит")]),
    ("hy", &[("թեքվում է", "ձգվում է"), ("հասնում", "հասնում է")]),
    ("az", &[("çatır", "gəlib çatır")]),
];

#[test]
fn papers_with_changed_words_say_the_same() {
    let mut chance = Chance(77);
    let (mut legs, mut same, mut contradicted) = (0, 0, 0);
    let mut wrong = Vec::new();
    for nth in 0..24 {
        let world = world(&mut chance);
        let report = described(&world);
        for (language, changes) in CHANGED {
            let own = text(&report.description, language).replace('\u{a0}', " ");
            let changed = changes.iter().fold(own.clone(), |text, (from, to)| text.replace(from, to));
            assert_ne!(changed, own, "{language}");
            let (before, after) = (read(&own).description, read(&changed));
            let found: Vec<_> = after.description.legs().map(|(_, leg)| leg.clone()).collect();
            let expected: Vec<_> = before.legs().map(|(_, leg)| leg.clone()).collect();
            legs += expected.len();
            let equal = expected.iter().filter(|leg| found.contains(leg)).count();
            same += equal;
            if equal < expected.len() {
                wrong.push(format!("{nth} {language}: {} of {}", expected.len() - equal, expected.len()));
            }
            let mut options = AuditOptions::default();
            options.accuracy_m = world.lines[0].accuracy_m.unwrap_or(5.0);
            let said = contradictions(&audit(&[after], &ground(&world, &report, true), &options).report);
            wrong.extend(said.iter().map(|one| format!("{nth} {language}: {one}")));
            contradicted += said.len();
        }
    }
    assert!(legs > 600 && 100 * same >= 99 * legs && contradicted == 0, "{same} of {legs}: {wrong:#?}");
}

/// The data for the audit of a text: the points of the description with their numbers, or the given lines.
fn ground(world: &World, report: &DescriptionReport, numbered: bool) -> AuditGround {
    let words = |words: &Option<Words>| words.iter().flat_map(|words| words.0.values().cloned()).collect();
    let mut ground = AuditGround::default();
    for (line, course) in world.lines.iter().zip(&report.courses) {
        let raw = || {
            let point = |position: &Coord| TurningPoint {
                position: *position,
                number: None,
                name: None,
                height_m: None,
                source: None,
                given: None,
            };
            Course { id: line.id.clone(), points: line.points.iter().map(point).collect() }
        };
        let mut one = AuditLine::new(if numbered { course.clone() } else { raw() });
        one.edges = Some(line.edges);
        (one.left, one.right) = (words(&line.left), words(&line.right));
        // The points of a ring are numbered clockwise.
        let first = course.points.first().map(|point| point.position);
        let is_turned = course.points.get(1).map(|p| p.position) != line.points.get(1).copied()
            && numbered
            && first == line.points.first().copied()
            && first == line.points.last().copied();
        if is_turned {
            std::mem::swap(&mut one.left, &mut one.right);
        }
        ground.lines.push(one);
    }
    for content in &world.context.places {
        let Content::Places(places) = content else { continue };
        ground.places.extend(places.iter().map(|place| AuditPlace {
            names: place.meta.name.texts.values().cloned().collect(),
            kind: place.meta.properties.get("kind").and_then(|kind| kind.as_str()).map(str::to_owned),
            position: place.position,
        }));
    }
    for (_, runs) in world.context.rivers.iter().flat_map(Content::courses) {
        ground.rivers.extend(runs.iter().map(|run| run.to_vec()));
    }
    ground
}

fn contradictions(report: &AuditReport) -> Vec<String> {
    let all = report.results.iter().filter(|result| result.verdict == Verdict::Contradict);
    all.map(|r| {
        let ends = format!("{}–{}", r.point_from.as_deref().unwrap_or("?"), r.point_to.as_deref().unwrap_or("?"));
        format!("{} {ends}: {} is {}, not {} ({})", r.clause, r.field, r.stated, r.expected, r.rule)
    })
    .collect()
}

#[test]
fn what_is_described_contradicts_nothing() {
    let mut chance = Chance(16);
    let mut wrong = Vec::new();
    let mut agreed = 0;
    for nth in 0..40 {
        let world = world(&mut chance);
        let report = described(&world);
        let mut options = AuditOptions::default();
        options.accuracy_m = world.lines[0].accuracy_m.unwrap_or(5.0);
        let language = chance.one(&description_languages());
        let parsed = read(&text(&report.description, language));
        for numbered in [true, false] {
            let found = audit(std::slice::from_ref(&parsed), &ground(&world, &report, numbered), &options).report;
            agreed += found.totals.agree;
            for one in contradictions(&found) {
                wrong.push(format!("{nth} {language} numbered {numbered}: {one}"));
            }
        }
    }
    assert!(agreed > 2000, "{agreed} statements agree");
    assert!(wrong.is_empty(), "{} contradictions:\n{}", wrong.len(), wrong.join("\n"));
}
