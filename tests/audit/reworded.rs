//! Texts in other words than those of this program that describe a line truly, in three languages: nothing contradicts.
//! A changed statement is found in its sentence, and nowhere else.

use super::{AuditGround, AuditOptions, Verdict, audit, contradictions, course, on, read};
use merestone::document::audit::AuditPlace;
use merestone::geo::Coord;

const ENGLISH: &str = "\
    Description of the boundary line between Northland and Southland\n\
    \n\
    1. The boundary begins at mark No. 1, which lies 110 m south of the summit of Mount Karn, and goes in a \
    straight line east-north-eastwards for 1.01 km to mark No. 2, leaving the village of Tarn in Northland.\n\
    2. There it turns north and continues straight for 1 000 m to mark No. 3.\n\
    3. From mark No. 3 the line proceeds north-east, leaving the village of Amar to Southland, and after 1.14 km \
    reaches mark No. 4 on the river Ala.\n\
    4. It then follows the middle of that river downstream as far as mark No. 5, situated 60 m north-north-west \
    of the Stone Bridge, a distance of 1.08 km.\n\
    5. From mark No. 5 the boundary leaves the river, runs north-north-east for 1160 m and ends at mark No. 6, \
    which is 70 m south-west of the church of Saint Ann.\n\
    6. From there the boundary runs due north 1.22 km to mark No. 7, 0.70 km south-west of the farm of Toll.\n\
    7. From mark No. 7 to mark No. 8 (475 m east-north-east of the same farm) the boundary is a straight line, \
    1151.7 m long, on a bearing of 61°10'.\n\
    8. The last section, 1.03 km, runs from mark No. 8 to mark No. 9 on an azimuth of 102°25'.\n\
    \n\
    The boundary is 8.80 km long. The total length of the boundary is 8.80 km, of which 1.08 km along the river.";

const RUSSIAN: &str = "\
    Описание прохождения границы между Северной и Южной сторонами\n\
    \n\
    Граница начинается от пограничного знака 1, расположенного в 110 м южнее вершины горы Карн, и идет по прямой \
    на востоко-северо-восток 1,01 км до пограничного знака 2.\n\
    От знака 2 граница поворачивает на север и, пройдя по прямой 1000 м, достигает знака 3.\n\
    От знака 3 линия границы следует в северо-восточном направлении на протяжении 1,14 км до знака 4, \
    установленного на середине реки Ала.\n\
    Далее граница идет вниз по течению по середине реки Ала на протяжении 1,08 км до знака 5, находящегося в \
    0,06 км северо-северо-западнее моста.\n\
    От знака 5 граница отходит от реки и по прямой в северо-северо-восточном направлении через 1160 м выходит к \
    знаку 6.\n\
    От него граница идет прямо на север 1,22 км до знака 7.\n\
    От знака 7 по азимуту 61°10' на расстояние 1151,7 м до знака 8, затем по азимуту 102°25' на расстояние \
    1033,1 м до знака 9.\n\
    Общая протяженность границы - 8,80 км, в том числе по реке 1,08 км.";

const UKRAINIAN: &str = "\
    Опис проходження кордону\n\
    \n\
    Кордон починається від прикордонного знака 1, розташованого за 110 м на південь від вершини гори Карн, і йде \
    по прямій на схід-північний схід 1,01 км до прикордонного знака 2.\n\
    Від знака 2 кордон повертає на північ і йде по прямій 1000 м до знака 3.\n\
    Від знака 3 лінія кордону прямує в північно-східному напрямку протягом 1,14 км до знака 4, встановленого на \
    середині річки Ала.\n\
    Далі кордон проходить серединою річки Ала вниз за течією протягом 1,08 км до знака 5, що знаходиться за 0,06 \
    км на північно-північний захід від мосту.\n\
    Від знака 5 кордон відходить від річки й у північно-північно-східному напрямку прямує 1160 м до знака 6.\n\
    Від нього кордон йде прямо на північ 1,22 км до знака 7.\n\
    Від знака 7 за азимутом 61°10' 1151,7 м до знака 8, потім за азимутом 102°25' 1033,1 м до знака 9.\n\
    Загальна довжина кордону - 8,80 км, з них по річці 1,08 км.";

/// A line of straight legs, the fourth of which follows a river downstream, and the objects that the texts name.
fn ground() -> AuditGround {
    let mut ground = on(course(&[
        ("1", 45.0, 41.0),
        ("2", 45.01, 41.005),
        ("3", 45.0105, 41.014),
        ("4", 45.021, 41.0205),
        ("a", 45.024, 41.0212),
        ("b", 45.028, 41.0198),
        ("c", 45.031, 41.0206),
        ("5", 45.033, 41.02),
        ("6", 45.04, 41.029),
        ("7", 45.04, 41.04),
        ("8", 45.052, 41.045),
        ("9", 45.064, 41.043),
    ]));
    let river = ground.lines[0].course.points[3..8].iter().map(|point| point.position);
    ground.rivers = vec![river.collect()];
    ground.lines[0].left = vec!["Northland".to_owned()];
    ground.lines[0].right = vec!["Southland".to_owned()];
    let place = |name: &str, kind: &str, x: f64, y: f64| AuditPlace {
        names: vec![name.to_owned()],
        kind: Some(kind.to_owned()),
        position: Coord { x, y },
    };
    ground.places = vec![
        place("Stone Bridge", "bridge", 45.0333, 41.0195),
        place("Tarn", "village", 45.004, 41.006),
        place("Amar", "village", 45.015, 41.016),
        place("Saint Ann", "church", 45.0405, 41.0295),
        place("Karn", "summit", 45.0, 41.001),
        place("Карн", "summit", 45.0, 41.001),
        place("Toll", "farm", 45.0465, 41.044),
    ];
    ground
}

/// Positions known within two metres.
fn options() -> AuditOptions {
    let mut options = AuditOptions::default();
    options.accuracy_m = 2.0;
    options
}

/// Each change of a text: the words, and those in their place.
type Changes<'a> = &'a [(&'a str, &'a str)];

fn hold(text: &str, least: usize, changes: Changes<'_>) {
    let ground = ground();
    let report = audit(&[read(text)], &ground, &options()).report;
    assert!(report.totals.contradict == 0 && report.totals.agree >= least, "{:#?}", report.results);
    for (words, others) in changes {
        let at = text.find(words).unwrap_or_else(|| panic!("{words}"));
        let changed = text.replacen(words, others, 1);
        let report = audit(&[read(&changed)], &ground, &options()).report;
        let start = changed[..at].rfind('\n').map_or(0, |at| at + 1);
        let end = changed[at..].find('\n').map_or(changed.len(), |end| at + end);
        let wrong = contradictions(&report);
        let is_here = wrong.iter().all(|result| (start..end).contains(&result.span[0]));
        assert!(!wrong.is_empty() && is_here, "{words} -> {others}: {wrong:#?}");
    }
}

#[test]
fn english() {
    hold(
        ENGLISH,
        20,
        &[
            ("1.01 km", "1.06 km"),
            ("east-north-eastwards", "eastwards"),
            ("Tarn in Northland", "Tarn in Southland"),
            ("1 000 m to", "1 050 m to"),
            ("turns north and", "turns south and"),
            ("proceeds north-east", "proceeds east"),
            ("Amar to Southland", "Amar to Northland"),
            ("after 1.14 km", "after 1.19 km"),
            ("downstream", "upstream"),
            ("60 m north-north-west", "160 m north-north-west"),
            ("60 m north-north-west", "60 m north-east"),
            ("1.08 km.\n5", "1.18 km.\n5"),
            ("runs north-north-east", "runs north-east"),
            ("1160 m", "1210 m"),
            ("70 m south-west", "70 m north-east"),
            ("due north", "due east"),
            ("1.22 km", "1.12 km"),
            ("0.70 km south-west", "0.80 km south-west"),
            ("475 m", "375 m"),
            ("1151.7 m", "1115.7 m"),
            ("61°10'", "67°10'"),
            ("1.03 km, runs", "1.30 km, runs"),
            ("102°25'", "120°25'"),
            ("is 8.80 km, of", "is 8.90 km, of"),
            ("to mark No. 9", "to mark No. 19"),
            ("110 m south", "110 m north"),
        ],
    );
}

#[test]
fn russian() {
    hold(
        RUSSIAN,
        17,
        &[
            ("1,01 км", "1,06 км"),
            ("востоко-северо-восток", "восток"),
            ("на север и", "на юг и"),
            ("1000 м", "1050 м"),
            ("в северо-восточном", "в северном"),
            ("1,14 км", "1,19 км"),
            ("вниз по", "вверх по"),
            ("1,08 км до", "1,18 км до"),
            ("0,06 км северо-северо-западнее", "0,16 км северо-северо-западнее"),
            ("северо-северо-западнее", "северо-восточнее"),
            ("северо-северо-восточном", "северо-восточном"),
            ("1160 м", "1210 м"),
            ("прямо на север", "прямо на восток"),
            ("1,22 км", "1,12 км"),
            ("61°10'", "67°10'"),
            ("1151,7", "1115,7"),
            ("102°25'", "120°25'"),
            ("1033,1", "1303,1"),
            ("- 8,80", "- 8,90"),
            ("до знака 4,", "до знака 14,"),
        ],
    );
}

#[test]
fn ukrainian() {
    hold(
        UKRAINIAN,
        17,
        &[
            ("1,01 км", "1,06 км"),
            ("схід-північний схід", "схід"),
            ("на північ і йде", "на південь і йде"),
            ("1000 м", "1050 м"),
            ("в північно-східному", "в північному"),
            ("1,14 км", "1,19 км"),
            ("вниз за", "вгору проти"),
            ("1,08 км до", "1,18 км до"),
            ("0,06 км на", "0,16 км на"),
            ("північно-північний захід", "північний схід"),
            ("північно-північно-східному", "північно-східному"),
            ("1160 м", "1210 м"),
            ("прямо на північ", "прямо на схід"),
            ("61°10'", "67°10'"),
            ("1151,7", "1115,7"),
            ("102°25'", "120°25'"),
            ("- 8,80", "- 8,90"),
            ("110 м на південь", "110 м на північ"),
        ],
    );
}

#[test]
fn the_length_along_rivers_is_that_of_the_legs_that_follow_them() {
    let text = "From mark 3 the boundary runs in a straight line for 1.14 km to mark 4. From mark 4 the boundary follows the middle \
                of the river Ala downstream for 1.08 km to mark 5.\n\nThe total length of the boundary is 2.22 km, of which 1.08 km \
                along the river.";
    hold(text, 5, &[("which 1.08", "which 1.18"), ("which 1.08", "which 1.00"), ("is 2.22", "is 2.32")]);
}

#[test]
fn a_leg_without_an_end_ends_where_the_next_begins() {
    let text = "5 nömrəli nöqtədən sərhəd xətti şimal-şimal-şərqə 1160 m, sonra 6 nömrəli nöqtədən şimala 1,22 km uzanaraq 7 \
                nömrəli nöqtəyə çatır.";
    hold(text, 4, &[("1160 m", "1260 m"), ("1,22 km", "1,32 km")]);
    let report = audit(&[read(text)], &ground(), &options()).report;
    assert!(report.results.iter().all(|result| result.verdict != Verdict::NotTested), "{:#?}", report.results);
}
