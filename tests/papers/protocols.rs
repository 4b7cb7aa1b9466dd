//! Protocols of boundary marks: figures against pyproj, a page for each mark, the same bytes again.

use merestone::document::description::{Block, DescriptionPaper, Words, description_languages};
use merestone::document::{CoordinateColumns, DescriptionContext, ProtocolBasis, ProtocolOptions, mark_protocols};
use merestone::geo::{Coord, LineString, coord};
use merestone::map::MapError;
use merestone::model::{Content, Line, Name, Place, Warning};
use merestone::question::{MarkBasis, MarkOptions, MarkReport, marks};
use merestone::report::{paper_docx, paper_html};
use std::collections::BTreeSet;

fn course(points: &[(f64, f64)]) -> LineString {
    LineString(points.iter().map(|&(x, y)| Coord { x, y }).collect())
}

fn lines() -> Vec<Content> {
    let mut line = Line::new("l", [course(&[(10.0001, 45.0), (10.004, 45.0003), (10.006, 45.002)])]).expect("a line");
    (line.left, line.right) = (Some("W".to_owned()), Some("E".to_owned()));
    vec![Content::Lines(vec![line])]
}

fn place(id: &str, kind: &str, at: Coord, accuracy_m: Option<f64>) -> Place {
    let mut place = Place::new(id, at).expect("a position");
    place.meta.kind = Some(kind.to_owned());
    place.meta.name = Name::plain(id);
    place.meta.evidence.position_accuracy_m = accuracy_m;
    place
}

fn context() -> DescriptionContext {
    let mut context = DescriptionContext::default();
    context.places = vec![Content::Places(vec![
        place("Alda", "bridge", coord! { x: 10.0045, y: 45.0002 }, Some(0.5)),
        place("Saint Mary", "church", coord! { x: 10.0036, y: 45.0005 }, None),
    ])];
    context
}

fn names() -> Vec<(String, Words)> {
    let name = |id: &str, en: &str, ru: &str| (id.to_owned(), Words::of("en", en).and("ru", ru));
    vec![name("W", "Westland", "Вестландия"), name("E", "Eastland", "Истландия")]
}

fn options(languages: &[&str]) -> ProtocolOptions {
    let mut options = ProtocolOptions::default();
    options.languages = languages.iter().map(|&language| language.to_owned()).collect();
    options.parties = names().into_iter().rev().map(|(_, name)| name).collect();
    options.data = vec![("line.geojson".to_owned(), "ab".repeat(32))];
    options
}

fn reported(lines: &[Content], basis: &MarkBasis<'_>) -> MarkReport {
    marks(lines, basis, &MarkOptions::default()).expect("there is a line").report
}

type Papers = Result<(DescriptionPaper, Vec<Warning>), MapError>;

fn papers(report: &MarkReport, lines: &[Content], options: &ProtocolOptions) -> Papers {
    let (context, names) = (context(), names());
    let basis = ProtocolBasis { lines, context: &context, names: &names };
    mark_protocols(report, &basis, options).papers()
}

/// The rows of the tables of a paper, cell by cell.
fn rows(paper: &DescriptionPaper) -> Vec<Vec<Vec<String>>> {
    let rows = paper.blocks.iter().filter_map(|block| match block {
        Block::Form { rows, .. } => Some(rows.clone()),
        _ => None,
    });
    rows.flatten().collect()
}

fn row(cells: &[&str]) -> Vec<Vec<String>> {
    cells.iter().map(|cell| vec![(*cell).to_owned()]).collect()
}

#[test]
fn figures_are_those_of_pyproj() {
    // pyproj 3.7: Geod(ellps="WGS84").inv, and Transformer EPSG:4326 to EPSG:32632.
    let lines = lines();
    let report = reported(&lines, &MarkBasis::default());
    let (context, names, options) = (context(), names(), options(&["en"]));
    let basis = ProtocolBasis { lines: &lines, context: &context, names: &names };
    let protocols = mark_protocols(&report, &basis, &options);
    assert_eq!((protocols.len(), protocols.number(1)), (3, "2"));
    let (paper, warnings) = protocols.paper(1).expect("it can be drawn");
    assert!(warnings.is_empty(), "{warnings:?}");
    let rows = rows(&paper);
    for expected in [
        // 263°48′48.63″, 309.3039 m; 39°51′00.93″, 246.0866 m.
        row(&["2", "1", "263°48′49″", "309.30", "309.30"]),
        row(&["2", "3", "39°51′01″", "246.09", "246.09"]),
        // 285°44′34.82″, 40.9597 m: half a metre is 42′ of azimuth, and a decimetre is finer than half of it.
        row(&["the bridge Alda", "2", "286°", "41", ""]),
        // 125°10′25.06″, 38.5835 m: nothing says that it is not exact.
        row(&["the church Saint Mary", "2", "125°10′25″", "38.58", ""]),
    ] {
        assert!(rows.contains(&expected), "{expected:?} is not in {rows:#?}");
    }
    let utm = rows.iter().flatten().flatten().find(|cell| cell.starts_with("32N"));
    assert_eq!(utm.map(String::as_str), Some("32N 579130.151 E 4983473.993 N"));
    assert!(rows.iter().any(|row| row[0][0] == "Territory on the left" && row[1][0] == "Westland"));
}

#[test]
fn a_pair_has_two_posts_at_their_distance_from_the_line() {
    let lines = lines();
    let mut river =
        Line::new("Alda", [course(&[(10.0001, 45.0), (10.004, 45.0003), (10.006, 45.002)])]).expect("a line");
    river.meta.properties.insert("width_m".to_owned(), 8.into());
    let rivers = [Content::Lines(vec![river])];
    let mut basis = MarkBasis::default();
    basis.rivers = &rivers;
    let report = reported(&lines, &basis);
    let (context, names, mut options) = (DescriptionContext::default(), names(), options(&["en"]));
    options.coordinates = vec![CoordinateColumns::Wgs84];
    let basis = ProtocolBasis { lines: &lines, context: &context, names: &names };
    let (paper, _) = mark_protocols(&report, &basis, &options).paper(1).expect("it can be drawn");
    let rows = rows(&paper);
    let posts: Vec<_> = rows.iter().filter(|row| row.len() == 5 && row[0][0].starts_with("post")).collect();
    assert_eq!(posts.len(), 2, "{rows:#?}");
    // Ten metres and half of the river's width.
    assert!(posts.iter().all(|row| row[3][0] == "14.00" && row[1][0] == "on the line"), "{posts:?}");
    let places: BTreeSet<&String> =
        rows.iter().map(|row| &row[1][0]).filter(|cell| cell.starts_with("45°00′")).collect();
    assert_eq!(places.len(), 3, "{rows:#?}");
}

#[test]
fn each_mark_has_a_page_and_the_same_bytes_come_again() {
    let lines = lines();
    let report = reported(&lines, &MarkBasis::default());
    let mut options = options(&["ru", "en"]);
    options.dpi = Some(100.0);
    let (paper, _) = papers(&report, &lines, &options).expect("they can be drawn");
    let pages = paper.blocks.iter().filter(|block| **block == Block::NextPage).count() + 1;
    assert_eq!(pages, report.marks.len());
    let (html, docx) = (paper_html(&paper), paper_docx(&paper));
    let (again, _) = papers(&report, &lines, &options).expect("they can be drawn");
    assert_eq!((paper_html(&again), paper_docx(&again)), (html.clone(), docx.clone()));
    assert_eq!(html.matches("data:image/svg+xml").count(), pages);
    assert_eq!(html.matches("class=\"next\"").count(), pages - 1);
    for mark in &report.marks {
        let title = format!("<h1 lang=\"ru\">Протокол пограничного знака {}</h1>", mark.number);
        assert_eq!(html.matches(&title).count(), 1, "{title}");
    }
    // The first party of the options signs first; the hash of the data is on every page.
    let (west, east) = (html.find("Вестландия: фамилия"), html.find("Истландия: фамилия"));
    assert!(east.is_some() && east < west, "{east:?} {west:?}");
    assert_eq!(html.matches(&"ab".repeat(32)).count(), pages);
    // Names of files in a zip are not compressed; each stands before its bytes and in the directory.
    let holds = |name: &str| docx.windows(name.len()).filter(|part| *part == name.as_bytes()).count();
    for number in 1..=pages {
        assert_eq!(holds(&format!("word/media/image{number}.png")), 2);
    }
    assert_eq!(holds(&format!("word/media/image{}.png", pages + 1)), 0);
}

#[test]
fn every_language_says_all_of_it() {
    let lines = lines();
    let report = reported(&lines, &MarkBasis::default());
    for language in description_languages() {
        let (paper, _) = papers(&report, &lines, &options(&[language])).expect("they can be drawn");
        let html = paper_html(&paper);
        // A message that a language lacks shows its name.
        assert!(!html.contains("protocol-"), "{language}");
        assert!(html.contains(&format!("<html lang=\"{language}\">")));
    }
}

#[test]
fn a_scale_that_is_asked_for_is_that_of_every_sketch() {
    let lines = lines();
    let report = reported(&lines, &MarkBasis::default());
    let shown = |scale: Option<u32>| {
        let mut options = options(&["en"]);
        options.scale = scale;
        let (paper, _) = papers(&report, &lines, &options).expect("they can be drawn");
        let note = |block: &Block| match block {
            Block::Note(texts) => texts[0].strip_prefix("Sketch 1:").map(|text| text[..4].to_owned()),
            _ => None,
        };
        paper.blocks.iter().filter_map(note).collect::<Vec<_>>()
    };
    assert_eq!(shown(Some(750)), ["750,", "750,", "750,"]);
    // 1:1 000 shows what is 41 m and 39 m from mark 2; from the others no scale shows anything.
    assert_eq!(shown(None), ["2000", "1000", "2000"]);
}
