//! Numeric cases of real documents, each with the correct answer computed by hand and with GeographicLib.

use super::{Verdict, audit, contradictions, course, of, on, read};
use merestone::document::audit::{AuditGround, AuditOptions};
use merestone::document::description::{Heading, WindCount};

fn with(accuracy_m: f64) -> AuditOptions {
    let mut options = AuditOptions::default();
    options.accuracy_m = accuracy_m;
    options
}

/// Degrees, minutes and seconds.
fn dms(d: f64, m: f64, s: f64) -> f64 {
    d + m / 60.0 + s / 3600.0
}

/// A position in the plane, as degrees near the equator, where degrees of longitude and latitude are equal within 0.7
/// %.
fn plane(easting_m: f64, northing_m: f64) -> (f64, f64) {
    // Lengths of a degree of longitude and of latitude at the equator, WGS 84.
    (easting_m / 111_319.490_793, northing_m / 110_574.275_6)
}

#[test]
fn case_1_words_of_direction_pass_and_straight_is_a_new_leg() {
    let line = course(&[
        ("A", -dms(1.0, 59.0, 1.0), dms(14.0, 24.0, 40.0)),
        ("B", -dms(1.0, 58.0, 49.0), dms(14.0, 28.0, 30.0)),
        ("C", -dms(1.0, 54.0, 24.0), dms(14.0, 29.0, 20.0)),
        ("D", -dms(1.0, 46.0, 38.0), dms(14.0, 28.0, 54.0)),
        ("E", -dms(1.0, 40.0, 40.0), dms(14.0, 30.0, 3.0)),
        ("F", -dms(1.0, 19.0, 5.0), dms(14.0, 43.0, 45.0)),
    ]);
    let text = "From point A the line runs in a northerly direction to point B. At point B, the line turns eastwards to point C. From point C the line continues straight to point D. From point D the line continues straight to point E. From point E, the line continues straight as far as point F.";
    let report = audit(&[read(text)], &on(line), &with(15.0)).report;
    let winds = of(&report, "wind");
    assert_eq!(winds.iter().map(|w| w.verdict).collect::<Vec<_>>(), [Verdict::Agree, Verdict::Agree]);
    assert!(winds[0].expected.contains("2.9°") && winds[1].expected.contains("79.0°"), "{winds:?}");
    assert_eq!(report.totals.contradict, 0, "{:#?}", contradictions(&report));
}

#[test]
fn case_2_a_point_to_be_determined_has_no_length() {
    let text = "From point 1, situated at 14° 24' 53.2\" N; 00° 12' 51.7\" E, the boundary runs in a straight line to point 2, whose precise co-ordinates remain to be determined. From point 2 the boundary runs to point 3.";
    let read = read(text);
    assert!(read.description.legs().all(|(_, leg)| leg.length.is_none()));
    assert!(!read.description.legs().next().expect("a leg").1.unresolved.is_empty());
    let line = course(&[("1", 0.2143611, 14.414778), ("3", 1.285333, 13.354417)]);
    let report = audit(&[read], &on(line), &AuditOptions::default()).report;
    assert!(
        of(&report, "length").iter().all(|length| length.verdict == Verdict::NotTested),
        "{:?}",
        of(&report, "length")
    );
}

#[test]
fn case_3_ties_without_coordinates_give_the_legs_between_them() {
    let text = "Від точки 194 кордон йде по прямій у східному напрямку протягом 0,36 км до точки 195, розташованої на березі рукава річки Десна на відстані 0,14 км на північно-північний захід від знака берегової сигналізації.\nВід точки 195 кордон йде по прямій у південному напрямку протягом 0,28 км до точки 196, розташованої на березі річки Десна на відстані 0,17 км на південно-південний захід від знака берегової сигналізації.\nВід точки 196 кордон йде по прямій у східному напрямку протягом 0,08 км до точки 197, розташованої на середині річки Десна на відстані 0,16 км на південь від знака берегової сигналізації.\nВід точки 197 кордон йде серединою річки Десна вниз за течією з виходом у затон протягом 1,38 км до точки 198, розташованої на середині цього затону на відстані 0,28 км на південний схід від знака берегової сигналізації.";
    let report = audit(&[read(text)], &AuditGround::default(), &AuditOptions::default()).report;
    let ties = of(&report, "tie");
    assert_eq!(
        ties.iter().map(|tie| tie.verdict).collect::<Vec<_>>(),
        [Verdict::Agree, Verdict::Agree, Verdict::Undecidable],
        "{ties:#?}"
    );
    // By random samples of the sectors 253 to 312 m and 171 to 194° are reached; the corners reach 3 m farther.
    assert_eq!(ties[0].expected, "250 to 314 m apart, 170° to 194°");
    assert!(ties[2].rule.contains("ask"), "{}", ties[2].rule);
    // A leg that is impossible for all positions of the points within their ties.
    let wrong = text.replace("0,28 км до точки 196", "0,48 км до точки 196");
    let report = audit(&[read(&wrong)], &AuditGround::default(), &AuditOptions::default()).report;
    assert_eq!(contradictions(&report).iter().map(|c| c.clause).collect::<Vec<_>>(), [2]);
}

#[test]
fn case_4_quadrants_are_found_out_and_a_path_is_no_shorter_than_its_chord() {
    let at = |x: f64, y: f64| plane(y - 304_001.57, x - 657_289.57);
    let named = [
        ("19(40)", at(657_289.57, 304_001.57)),
        ("39", at(657_873.05, 304_432.68)),
        ("38", at(658_441.19, 305_930.92)),
        ("37", at(658_294.91, 306_514.58)),
        ("36", at(658_222.23, 306_662.93)),
    ];
    let line = course(&named.map(|(name, (lon, lat))| (name, lon, lat)));
    let text = "От узловой точки 19(40) линия границы идет в северо-восточном направлении на протяжении 0,75 км по руслу безымянного ручья, вверх против течения, до поворотной точки 39.\nОт точки 39 линия границы идет на северо-восток по руслу безымянного ручья, вверх против течения, на протяжении 1,60 км до поворотной точки 38.\nОт точки 38 линия границы идет на протяжении 0,61 км на юго-восток по северной стороне кустарника до поворотной точки 37.\nОт точки 37 линия границы идет по линии раздела пахотных массивов в юго-восточном направлении на протяжении 0,16 км до поворотной точки 36.";
    let mut options = with(0.0);
    options.generalisation = 0.04;
    let report = audit(&[read(text)], &on(line), &options).report;
    assert_eq!(report.winds, Some(WindCount::Quadrants));
    assert!(of(&report, "wind").iter().all(|wind| wind.verdict == Verdict::Agree));
    let lengths = of(&report, "length");
    assert_eq!(lengths[3].verdict, Verdict::Rounding);
    assert!(
        lengths[3].rule.starts_with("shorter than the chord") && lengths[3].expected == "165.197 m",
        "{:?}",
        lengths[3]
    ); // in the plane 165.20
    assert_eq!(report.totals.contradict, 0, "{:#?}", contradictions(&report));
}

#[test]
fn case_5_edges_of_sectors_are_not_decided_by_rounded_references() {
    let grid = [
        (522, 558),
        (531, 554),
        (523, 529),
        (532, 523),
        (530, 517),
        (523, 507),
        (524, 500),
        (540, 494),
        (533, 482),
        (517, 460),
        (518, 455),
        (500, 428),
        (496, 420),
        (499, 417),
    ];
    let names = ["X", "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M"];
    let points: Vec<(&str, f64, f64)> = names
        .iter()
        .zip(grid)
        .map(|(name, (e, n))| {
            let (lon, lat) = plane(f64::from(e - 522) * 91.44, f64::from(n - 558) * 91.44);
            (*name, lon, lat)
        })
        .collect();
    let legs = [
        ("A", "B", "southerly"),
        ("B", "C", "south-easterly"),
        ("C", "D", "southerly"),
        ("D", "E", "south-westerly"),
        ("E", "F", "southerly"),
        ("F", "G", "south-easterly"),
        ("G", "H", "south-westerly"),
        ("H", "I", "south-westerly"),
        ("I", "J", "southerly"),
        ("J", "K", "south-westerly"),
        ("K", "L", "south and south-westerly"),
        ("L", "M", "south-easterly"),
    ];
    let text: String = legs
        .iter()
        .map(|(from, to, wind)| format!("From point {from} the boundary runs in a {wind} direction to point {to}.\n"))
        .collect();
    // Half a unit of the references, 45.7 m, at each end.
    let report = audit(&[read(&text)], &on(course(&points)), &with(45.72)).report;
    let verdicts: Vec<Verdict> = of(&report, "wind").iter().map(|wind| wind.verdict).collect();
    assert_eq!(verdicts.len(), 12);
    assert_eq!(report.totals.contradict, 0, "{:#?}", contradictions(&report));
    let open: Vec<&str> =
        verdicts.iter().zip(legs).filter(|(v, _)| **v == Verdict::Undecidable).map(|(_, (from, ..))| from).collect();
    assert!(open.contains(&"C") && open.contains(&"F"), "{open:?}");
}

#[test]
fn case_6_magnetic_bearings_are_not_held_against_true_azimuths() {
    let text = "Bearings are magnetic.\nThe boundary runs from pillar No 1 in a north-westerly direction to Pillar No. 2. 308 18 335\nFrom Pillar No. 2 the boundary runs in a south-westerly direction to Pillar No. 3. 219 42 830";
    let read = read(text);
    let (_, leg) = read.description.legs().next().expect("a leg");
    assert!(
        leg.directions
            .iter()
            .any(|d| matches!(&d.heading, Heading::Bearing(b) if (b.azimuth_deg() - 308.3).abs() < 1e-9))
    );
    assert!((leg.chord.as_ref().expect("a chord").metres() - 102.108).abs() < 1e-9);
    let (a, b, c) = ((0.0, 0.0), plane(-80.1, 63.3), plane(-241.7, -131.3));
    let report = audit(&[read], &on(course(&[("1", a.0, a.1), ("2", b.0, b.1), ("3", c.0, c.1)])), &with(1.0)).report;
    let bearings = of(&report, "bearing");
    assert!(
        bearings.len() == 2 && bearings.iter().all(|b| b.verdict == Verdict::NotTested && b.rule.contains("magnetic")),
        "{bearings:?}"
    );
    assert_eq!(report.totals.contradict, 0, "{:#?}", contradictions(&report));
}

const RING: &str = "From the initial point south 43° 00' west, 258.5 feet to a point; thence north 47° 00′ west, 90'64 feet to a point; thence by a curve to the right with a radius of 56.86 feet and a central angle of 45° 00', 44.66 feet to a point; thence by a curve to the right with a radius of 91 feet and a central angle of 45° 00', 71·47 feet to a point; thence north 43° 00' east, 177.5 feet to a point; thence south 47° 00' east, 1575 feet to the point of beginning, containing 0.91 acres, more or less.";

#[test]
fn case_7_a_lost_decimal_point_is_proposed_by_closure_and_area() {
    let mut options = AuditOptions::default();
    options.repair = true;
    let report = audit(&[read(RING)], &AuditGround::default(), &options).report;
    let closure = of(&report, "closure");
    assert_eq!(closure[0].verdict, Verdict::Contradict);
    // 1 417.5 feet.
    assert!(closure[0].expected.contains("432.05"), "{}", closure[0].expected);
    let found: Vec<_> = report.repairs.iter().filter(|repair| repair.printed == "1575").collect();
    assert_eq!(found.len(), 1, "{:?}", report.repairs);
    assert_eq!(found[0].proposed, "157.5");
    assert!(found[0].evidence.contains("encloses"), "{}", found[0].evidence);
    let mended = audit(&[read(&RING.replace("1575", "157.5"))], &AuditGround::default(), &options).report;
    assert_eq!(of(&mended, "closure")[0].verdict, Verdict::Agree, "{:?}", of(&mended, "closure"));
    // 39 528 square feet: 3 672.3 m².
    assert_eq!(of(&mended, "area")[0].verdict, Verdict::Agree, "{:?}", of(&mended, "area"));
    assert!(of(&mended, "area")[0].expected.starts_with("3672"), "{:?}", of(&mended, "area"));
}

#[test]
fn case_8_the_edge_of_a_parallel_is_named() {
    let read = read("From point 1 the line has the curvature of a parallel of 49° north latitude to point 2.");
    let (_, leg) = read.description.legs().next().expect("a leg");
    assert_eq!(leg.parts[0].degrees.as_ref().map(|degrees| degrees.value_deg()), Some(49.0));
}

#[test]
fn case_9_geodesic_lines_between_points_in_degrees_with_back_ticks() {
    let text = "Линия состоит из прямых геодезических линий, соединяющих следующие точки: 1. 69 град. 47`41.42\" с.ш. 30 град. 49`03.55\" в.д. 2. 69 град. 58`45.49\" с.ш. 31 град. 06`15.58\" в.д.";
    let read = read(text);
    let positions: Vec<&str> = read
        .clauses
        .iter()
        .flat_map(|c| &c.fields)
        .filter(|f| f.field.ends_with("position"))
        .map(|f| f.value.as_str())
        .collect();
    assert_eq!(positions, ["69.7948389 30.8176528", "69.9793028 31.1043278"]);
    assert!(read.facts.iter().any(|fact| fact.about == "edge" && fact.value == "geodesic"));
    let a = merestone::geo::Coord { x: 30.817652778, y: 69.794838889 };
    let b = merestone::geo::Coord { x: 31.104327778, y: 69.979302778 };
    let line = course(&[("1", a.x, a.y), ("2", b.x, b.y)]);
    let stated = "From point 1 the boundary runs in a straight line for 23337.3 m to point 2.";
    let report = audit(&[super::read(stated)], &on(line), &AuditOptions::default()).report;
    assert_eq!(of(&report, "length")[0].verdict, Verdict::Agree, "{:?}", of(&report, "length"));
}

#[test]
fn case_10_one_point_of_four_spellings() {
    for text in [
        "From point 1 to point 2 with the coordinates 16º 24' 14.8\" North and 42º 46' 19.7\" East.",
        "its co-ordinates are as follows: latitude 16, 24, 14, 8 north, and longitude 42, 46, 19, 7 east",
        "its coordinates are: parallel (8, 14, 24, 16) north and longitude(7, 19, 46, 42) east",
    ] {
        let read = read(text);
        let field =
            read.clauses.iter().flat_map(|c| &c.fields).find(|f| f.field.ends_with("position")).expect("a position");
        assert_eq!(field.value, "16.4041111 42.7721389", "{text}");
    }
}

#[test]
fn case_11_damaged_degree_signs_are_proposed_with_their_neighbours() {
    let text = "following the range the line lies through the Shipki Pass (Long. 78° 44′ E and Lat. 31° 51′ N), the Raniso Pass (Long. 78″ 49′ E and Lat. 31° 38′ N), and the Shimdang Pass (Long. 78° 44′ E and Lat. 310 29′ N).";
    let mut options = AuditOptions::default();
    options.repair = true;
    let report = audit(&[read(text)], &AuditGround::default(), &options).report;
    assert_eq!(report.repairs.len(), 2, "{:?}", report.repairs);
    assert!(report.repairs[1].printed.contains("310 29") && report.repairs[1].proposed.starts_with("31.483"));
    assert!(report.repairs.iter().all(|repair| repair.evidence.contains("km away")), "{:?}", report.repairs);
}

#[test]
fn case_12_totals_are_sums_within_rounding() {
    let legs = |parts: [&str; 3]| {
        format!(
            "From point 1 the boundary runs in a straight line for {} km to point 2.\nFrom point 2 the boundary runs in a straight line for {} km to point 3.\nFrom point 3 the boundary runs in a straight line for {} km to point 4.\n",
            parts[0], parts[1], parts[2]
        )
    };
    let total = |parts, whole: &str| {
        let text = format!("{}The total length of the boundary is {whole} km.", legs(parts));
        of(&audit(&[read(&text)], &AuditGround::default(), &AuditOptions::default()).report, "total")[0].verdict
    };
    assert_eq!(total(["1.9", "4.9", "5.8"], "12.7"), Verdict::Rounding);
    assert_eq!(total(["5936.1", "1516.7", "60.0"], "7512.8"), Verdict::Agree);
    assert_eq!(total(["1.9", "4.9", "5.8"], "13.7"), Verdict::Contradict);
}

#[test]
fn case_13_three_ties_of_a_tripoint() {
    let text = "Точка Западного стыка государственных границ России, Монголии и Китая находится на вершине горы Таван-Богдо-Ула с отметкой 4082,0.\nЭта точка расположена в 2297 м к юго-юго-востоку от находящейся на территории России высоты с отметкой 3266,3, в 1865 м к западо-северо-западу от находящейся на территории Монголии высоты с отметкой 3828,2, в 4002 м к северо-востоку от находящейся на территории Китая высоты с отметкой 3550,0.";
    let read = read(text);
    let (_, point) = read.description.points().nth(1).expect("a point");
    let ties = &point.location.ties;
    assert_eq!(ties.len(), 3);
    let territories: Vec<&str> = ties.iter().filter_map(|tie| tie.from.territory.get("ru")).collect();
    assert_eq!(territories, ["России", "Монголии", "Китая"]);
    assert_eq!(read.description.conventions.winds, Some(WindCount::Sixteen));
}

#[test]
fn case_14_points_on_the_way_share_one_length() {
    let text = "Բարձունքի գագաթին գտնվող «Գ» հանգուցային սահմանակետից սահմանագիծը թեքվում է դեպի հարավ-արևելք, անցնում 344մ, հասնում բարձունքի գագաթին գտնվող թիվ 1 սահմանակետին\nայստեղից թեքվում է դեպի հյուսիս-արևելք, ջրբաժանով, թիվ 2-6 սահմանակետերով անցնում 958մ, հասնում բարձունքի գագաթի թիվ 7 սահմանակետին\nայստեղից թեքվում է դեպի հարավ-արևելք, թիվ 8 սահմանակետով անցնում 592մ, հասնում թիվ 9 սահմանակետին";
    let read = read(text);
    let legs: Vec<_> = read.description.legs().map(|(_, leg)| leg).collect();
    assert_eq!(
        legs.iter().map(|leg| leg.length.as_ref().expect("a length").metres()).collect::<Vec<_>>(),
        [344.0, 958.0, 592.0]
    );
    let vias: Vec<usize> = legs.iter().map(|leg| leg.parts.iter().map(|part| part.via.len()).sum()).collect();
    assert_eq!(vias, [0, 5, 1]);
    assert!(legs.iter().all(|leg| leg.parts.iter().all(|part| part.length.is_none())));
    assert_eq!(read.clauses[1].starts_at.as_deref(), Some("1"));
}

#[test]
fn case_15_units_of_old_measures() {
    let metres =
        |text: &str| read(text).description.legs().next().expect("a leg").1.length.as_ref().expect("a length").metres();
    assert!((metres("Thence N. 51°43' W., 6.60 chs., to point 7.") - 132.77).abs() < 0.005);
    assert!((metres("Thence N. 51°43' W., 90.00 chs. to point 7.") - 1810.51).abs() < 0.01);
    assert!(
        (metres(
            "Station 255 to 256, bearing north five degrees no minutes east, distance twenty-one one-hundredths mile."
        ) - 337.96)
            .abs()
            < 0.005
    );
    assert!((metres("От точки 1 граница идет по прямой на протяжении 27 верст до точки 2.") - 28_803.6).abs() < 1e-6);
}
