//! Texts of one line in two languages are held against each other in every statement.

use super::{AuditOptions, audit, contradictions, read};
use merestone::document::audit::{AuditGround, AuditReport};

const ENGLISH: &str = "\
From point 1 the boundary runs in a straight line in a northerly direction, crossing the canal Alda and the track, leaving \
the village of Berda in the territory of Carvo, for 1.11 km to point 2, situated 0.50 km west of the church in the \
territory of Carvo; on the left of the boundary lies Carvo, on the right Dorn.

From point 2 the boundary follows the middle of the river Elst downstream for 2.20 km to point 3, situated 0.20 km north \
of the bridge Fona in the territory of Carvo.
";
const RUSSIAN: &str = "\
От точки 1 граница идет по прямой в северном направлении, пересекая канал Alda и проселок, оставляя село Berda на территории \
Carvo, на протяжении 1,11 км до точки 2, расположенной в 0,50 км западнее церкви на территории Carvo; слева от границы \
находится территория Carvo, справа - территория Dorn.

От точки 2 граница идет по середине реки Elst вниз по течению на протяжении 2,20 км до точки 3, расположенной в 0,20 км \
севернее моста Fona на территории Carvo.
";

fn heard(english: &str) -> AuditReport {
    audit(&[read(english), read(RUSSIAN)], &AuditGround::default(), &AuditOptions::default()).report
}

#[test]
fn true_texts_agree() {
    assert_eq!(contradictions(&heard(ENGLISH)), Vec::<&merestone::document::audit::AuditResult>::new());
}

#[test]
fn a_change_in_one_language_is_found() {
    for (right, wrong, about) in [
        ("crossing the canal Alda and the track, ", "crossing the canal Alda, ", "crossings"),
        (", crossing the canal Alda and the track", "", "crossings"),
        ("the canal Alda and", "the river Alda and", "crossings"),
        ("leaving the village of Berda in the territory of Carvo, ", "", "what is left on a side"),
        ("bridge Fona in the territory of Carvo", "bridge Fona in the territory of Nowhere", "territory"),
        ("bridge Fona in the territory of Carvo", "bridge Fona", "ties of the end"),
        ("0.20 km north", "0.30 km north", "ties of the end"),
        ("river Elst downstream", "river Elst upstream", "stream"),
        ("the middle of the river", "the thalweg of the river", "way"),
        ("for 2.20 km", "for 2.30 km", "length"),
        ("northerly", "southerly", "direction"),
        ("lies Carvo, on the right Dorn", "lies Dorn, on the right Carvo", "territory"),
    ] {
        let changed = ENGLISH.replacen(right, wrong, 1);
        assert_ne!(changed, ENGLISH);
        let report = heard(&changed);
        let found = contradictions(&report);
        assert!(!found.is_empty(), "{wrong}");
        for one in found {
            assert!(one.field == "language" && one.rule.starts_with(about), "{wrong}: {one:#?}");
            // Words of a reader, not of a program.
            assert!(!one.stated.contains(['(', '_', '{']) && !one.expected.contains(['(', '_', '{']), "{one:#?}");
        }
    }
}

#[test]
fn parallel_columns_are_one_tree() {
    let rows = |text: &str| {
        text.split("\n\n").map(|one| one.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let mut text = "Sector 1. Dorn / Участок 1. Дорн\n\nEnglish\n\nРусский\n\n".to_owned();
    for (english, russian) in rows(ENGLISH).iter().zip(rows(RUSSIAN)) {
        text.push_str(&format!("{english}\n\n{russian}\n\n"));
    }
    let read = read(&text);
    let [section] = read.description.sections.as_slice() else { panic!("{:#?}", read.description.sections) };
    assert_eq!((section.heading.0.len(), section.statements.len()), (2, 2));
    assert_eq!(read.description.only("ru").legs().count(), 2);
    let (_, leg) = read.description.legs().next().expect("a leg");
    let left = &leg.parts[0].leaves[0].what.name;
    assert_eq!((left.get("en"), left.get("ru")), (Some("Berda"), Some("Berda")));
    assert_eq!(left.0.len(), 2);
    let report = audit(&[read], &AuditGround::default(), &AuditOptions::default()).report;
    assert_eq!(contradictions(&report), Vec::<&merestone::document::audit::AuditResult>::new());
}
