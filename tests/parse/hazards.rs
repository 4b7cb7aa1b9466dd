//! Hazards of parsing descriptions, each with a clause.

use super::{leg, read, statements};
use merestone::document::description::{
    Follow, Heading, LengthKind, LengthUnit, PointKind, Rule, StatedPosition, Statement, Stream, Wind, WindCount,
};
use merestone::document::parse::{ClauseKind, NoDescription, ParseOptions, parse};

fn metres(text: &str) -> Option<f64> {
    leg(text).length.map(|length| length.metres())
}

#[test]
fn a_length_and_a_tie_share_their_unit() {
    let leg = leg(
        "От точки 3 граница идет по прямой в южном направлении на протяжении 0,93 км до точки 4, расположенной в 0,05 км восточнее развилки полевых дорог.",
    );
    assert_eq!(leg.length.as_ref().map(|l| (l.metres(), l.kind)), Some((930.0, Some(LengthKind::Along))));
    let tie = &leg.to_location.ties[0];
    assert_eq!(tie.distance.as_ref().map(|l| (l.metres(), l.kind)), Some((50.0, Some(LengthKind::Straight))));
    assert_eq!(tie.direction.as_ref().map(|d| d.heading.clone()), Some(Heading::Wind(Wind::E)));
}

#[test]
fn decimal_and_thousands_marks_follow_the_document() {
    assert_eq!(metres("From point 1 the boundary runs in a straight line for 1,400 meters to point 2."), Some(1400.0));
    assert_eq!(metres("Від точки 1 кордон йде по прямій протягом 1,40 км до точки 2."), Some(1400.0));
    assert_eq!(metres("От точки 1 граница идет по прямой на протяжении 19.41 км до точки 2."), Some(19410.0));
    assert_eq!(metres("От точки 1 граница идет по прямой на протяжении 9 952,91 м до точки 2."), Some(9952.91));
}

#[test]
fn the_count_of_winds_belongs_to_the_document() {
    let sixteen =
        read("От точки 1 граница идет по прямой в юго-юго-восточном направлении на протяжении 1 км до точки 2.");
    assert_eq!(sixteen.description.conventions.winds, Some(WindCount::Sixteen));
    let eight = read("From point 1 the boundary runs south-east for 1 km to point 2.");
    assert_eq!(eight.description.conventions.winds, Some(WindCount::Eight));
    assert!(eight.facts.iter().any(|fact| fact.about == "winds" && !fact.evidence.is_empty()));
}

#[test]
fn words_that_point_back_are_marked_and_resolved() {
    let read = read(
        "Від точки 2 кордон йде серединою річки Цата вгору проти течії протягом 1,03 км до точки 3, розташованої на середині цієї річки.",
    );
    let (_, leg) = read.description.legs().next().expect("a leg");
    assert!(leg.to_location.on[0].landmark.anaphora);
    let field = read.clauses[0].fields.iter().find(|field| field.field == "anaphora").expect("said");
    assert!(field.value.contains("Цата"), "{}", field.value);
    let left = super::leg(
        "From point 1 the line runs nearly midway between the villages of Wanchon and Kaolang - leaving the former to Burmah and the latter to China - to point 2.",
    );
    let leaves = &left.parts[0].leaves;
    assert_eq!(leaves.len(), 2, "{leaves:?}");
}

#[test]
fn a_length_covers_a_compound_leg_and_its_points() {
    let leg = leg(
        "Від точки 340 кордон йде у загальному південному напрямку по контуру лісу і далі по прямій протягом 1,66 км до точки 341.",
    );
    let follows: Vec<_> = leg.parts.iter().map(|part| part.follow).collect();
    assert_eq!(follows, [Some(Follow::ForestEdge), Some(Follow::Straight)]);
    assert!(leg.parts.iter().all(|part| part.length.is_none()));
    assert_eq!(leg.length.map(|length| length.metres()), Some(1660.0));
    let via = super::leg(
        "Թիվ 1 սահմանակետից սահմանագիծը թեքվում է դեպի հյուսիս-արևելք, ջրբաժանով, թիվ 2-6 սահմանակետերով անցնում 958մ, հասնում թիվ 7 սահմանակետին",
    );
    assert_eq!(via.parts[0].via.len(), 5);
    assert_eq!(via.length.map(|length| length.metres()), Some(958.0));
}

#[test]
fn legs_of_one_sentence_are_apart() {
    let text = "thence in a southerly direction to a point D (H530517); thence in a south-westerly direction to a flat top E (H523507)";
    let read = read(text);
    let ends: Vec<_> = read.description.legs().filter_map(|(_, leg)| leg.to.as_ref()?.id.clone()).collect();
    assert_eq!(ends, ["D", "E"]);
    assert_eq!(read.clauses[1].starts_at.as_deref(), Some("D"));
}

#[test]
fn ids_have_many_forms() {
    for id in ["067-065.001", "19(40)", "8(53а)", "12/1", "0303576", "1-02"] {
        let leg = leg(&format!("От точки {id} граница идет по прямой на протяжении 1,00 км до точки 7."));
        assert_eq!(leg.from.and_then(|from| from.id).as_deref(), Some(id));
    }
    let north = statements("N 121 47°12'32,04\" северной широты и 39°42'30,77\" восточной долготы;");
    let Statement::Point(point) = &north[0] else { panic!("{north:?}") };
    assert_eq!(point.point.id.as_deref(), Some("121"));
    assert!(point.location.ties.is_empty());
}

#[test]
fn coordinates_of_every_spelling_are_the_same_point() {
    let place = |text: &str| -> (f64, f64) {
        let all = statements(text);
        let location = match &all[0] {
            Statement::Leg(leg) if leg.to_location.positions.is_empty() => leg.from_location.clone(),
            Statement::Leg(leg) => leg.to_location.clone(),
            Statement::Point(point) => point.location.clone(),
            other => panic!("{other:?}"),
        };
        let StatedPosition::Geographic { latitude: Some(latitude), longitude: Some(longitude), .. } =
            &location.positions[0]
        else {
            panic!("{location:?}")
        };
        (latitude.value_deg(), longitude.value_deg())
    };
    let expected = (16.0 + 24.0 / 60.0 + 14.8 / 3600.0, 42.0 + 46.0 / 60.0 + 19.7 / 3600.0);
    for text in [
        "From point A to the point with the coordinates 16º 24' 14.8\" North and 42º 46' 19.7\" East (point B).",
        "its co-ordinates are as follows: latitude 16, 24, 14, 8 north, and longitude 42, 46, 19, 7 east",
        "its coordinates are: parallel (8, 14, 24, 16) north and longitude(7, 19, 46, 42) east",
        "От точки 1 до точки 2: 16 град. 24`14.8\" с.ш. 42 град. 46`19.7\" в.д.",
        "From point A to point B at 42° 46′ 19.7″ E and 16° 24′ 14.8″ N.",
    ] {
        let found = place(text);
        assert!((found.0 - expected.0).abs() < 1e-9 && (found.1 - expected.1).abs() < 1e-9, "{text}: {found:?}");
    }
    // More than 60 minutes, or more than 90° of latitude, are no position.
    let wrong = read("From point A to point B at 16° 74′ 14.8″ N and 42° 46′ 19.7″ E.");
    let (_, leg) = wrong.description.legs().next().expect("a leg");
    assert!(
        leg.to_location.positions.iter().all(|position| !matches!(
            position,
            StatedPosition::Geographic { latitude: Some(_), longitude: Some(_), .. }
        ))
    );
}

#[test]
fn leaving_is_departing_or_allotting() {
    let departing = leg(
        "Leaving the Old Forest Rest House, the line will follow the approach road in the East direction till it reaches the ridge.",
    );
    assert!(departing.parts.iter().all(|part| part.leaves.is_empty()));
    assert!(departing.from.is_some());
    let allotting = leg(
        "From point 5 the boundary runs in a general south-westerly direction along the field road, leaving it in the territory of Xland, for 1.27 km to point 6.",
    );
    assert_eq!(allotting.parts[0].leaves[0].territory.get("en"), Some("Xland"));
    assert!(allotting.directions[0].general);
}

#[test]
fn straight_and_not_straight() {
    let new = leg("From point E, the line continues straight as far as point F.");
    assert_eq!((new.parts[0].follow, new.directions.len()), (Some(Follow::Straight), 0));
    let text = read(
        "Граница од овога стуба до следећег не иде у правој линији, већ, како је означено на плану 1:5000, по водомеђи.",
    );
    let (_, leg) = text.description.legs().next().expect("a leg");
    assert!(leg.parts.iter().any(|part| part.not_straight));
    assert!(leg.parts.iter().all(|part| part.follow != Some(Follow::Straight)));
}

#[test]
fn damaged_signs_are_read_with_less_confidence() {
    let read = read(
        "From the Niti Pass (Long. 78° 44′ E and Lat. 310 29′ N) the boundary follows the watershed to the Mana Pass (Long. 78″ 49′ E and Lat. 31° 38′ N).",
    );
    let positions: Vec<_> = read.clauses[0].fields.iter().filter(|field| field.field.ends_with("position")).collect();
    assert_eq!(positions.len(), 2, "{positions:?}");
    assert!(positions[0].value.starts_with("31.483") && positions[0].confidence < 0.7, "{positions:?}");
    assert!(positions[1].value.ends_with("78.8166667") && positions[1].confidence < 0.7, "{positions:?}");
}

#[test]
fn units_and_numbers_stand_in_words() {
    let chains = leg("Thence N. 51°43' W., approximately 6.60 chs., to point 7.");
    let length = chains.length.expect("a length");
    assert_eq!((length.unit, length.approx), (LengthUnit::Chain, true));
    assert!((length.metres() - 132.77).abs() < 0.01);
    let words =
        leg("Station 255 to 256, bearing north five degrees no minutes east, distance twenty-one one-hundredths mile.");
    assert!((words.length.expect("a length").metres() - 337.96).abs() < 0.01);
    let feet = leg(
        "THENCE running south sixty-seven degrees forty-two minutes east one hundred and four feet and seven-tenths of a foot more or less",
    );
    let length = feet.length.expect("a length");
    assert!((length.metres() - 104.7 * 0.3048).abs() < 1e-6 && length.approx);
    let Heading::Bearing(bearing) = &feet.directions[0].heading else { panic!("{:?}", feet.directions) };
    assert!((bearing.azimuth_deg() - 112.3).abs() < 1e-9);
}

#[test]
fn place_holders_are_not_places() {
    let leg = leg(
        "thence westwards to a point to be selected on the ground about 1 kilometre west of Antonienhof, a line to be fixed on the ground.",
    );
    assert!(!leg.unresolved.is_empty() && leg.length.is_none());
}

#[test]
fn rules_among_clauses_are_rules() {
    let all = statements(
        "From point 1 the boundary runs east for 1 km to point 2. In case of differences between the text and the map, the text will prevail.",
    );
    assert!(matches!(&all[0], Statement::Leg(_)));
    let Statement::Rule(Rule::Precedence(order)) = &all[1] else { panic!("{all:?}") };
    assert_eq!(format!("{order:?}"), "[Text, Map]");
}

#[test]
fn heights_contours_and_points_are_told_apart() {
    let leg = leg(
        "От точки 1 граница идет по гребню безымянного хребта через высоты с отметками 1204,3 и 1311,0 на протяжении 2,40 км до точки 2.",
    );
    let heights: Vec<f64> =
        leg.parts[0].via.iter().filter_map(|via| via.landmark.as_ref()?.height.as_ref().map(|h| h.metres())).collect();
    assert_eq!(heights, [1204.3, 1311.0]);
    assert_eq!(leg.to.and_then(|to| to.id).as_deref(), Some("2"));
}

#[test]
fn other_names_stand_in_brackets() {
    let all = statements(
        "Точка стыка государственных границ России, Монголии и Китая находится на вершине горы Таван-Богдо-Ула (Таван Богд, Куйтуньшань) с отметкой 4082,0.",
    );
    let Statement::Point(point) = &all[0] else { panic!("{all:?}") };
    assert_eq!(point.point.kind, PointKind::Tripoint);
    assert_eq!(point.meeting.len(), 3);
    let printed = serde_json::to_string(&point.location).expect("JSON");
    assert!(printed.contains("Куйтуньшань") && printed.contains("4082.0"), "{printed}");
}

#[test]
fn a_fragment_has_no_beginning() {
    let leg = leg(
        "протягом 1,10 км до точки 339, розташованої на відстані 1,12 км на південь від моста на покращеній ґрунтовій дорозі.",
    );
    assert!(leg.from.is_none() && leg.parts.is_empty());
    assert_eq!(leg.to.and_then(|to| to.id).as_deref(), Some("339"));
}

#[test]
fn a_turn_is_no_azimuth() {
    let leg = leg("граница поворачивает под углом в 80 градусов на северо-запад и тянется 1 км");
    assert!(matches!(&leg.directions[0].heading, Heading::Turn { angle, .. } if angle.value_deg() == 80.0));
    assert_eq!(leg.directions[1].heading, Heading::Wind(Wind::NW));
}

#[test]
fn a_river_leg_has_a_sense_and_no_wind() {
    let leg = leg(
        "From point 2 the boundary follows the middle of the river Mere upstream for 1.03 km to point 3, situated in the middle of that river, 0.34 km north-north-west of the bridge.",
    );
    assert_eq!((leg.parts[0].follow, leg.parts[0].stream), (Some(Follow::River), Some(Stream::Up)));
    assert!(leg.directions.is_empty());
    assert_eq!(leg.to_location.ties.len(), 1);
}

#[test]
fn spellings_of_one_letter_are_one() {
    let with = |wind: &str| {
        leg(&format!("Թիվ 1 սահմանակետից սահմանագիծը թեքվում է դեպի {wind}, անցնում 344 մ, հասնում թիվ 2 սահմանակետին"))
            .directions
    };
    assert_eq!(with("արևելք"), with("արեւելք"));
    assert_eq!(with("արևելք")[0].heading, Heading::Wind(Wind::E));
}

#[test]
fn what_is_not_understood_is_returned() {
    let text = "From point 1 the boundary runs east for 1 km to point 2. The minister thanked all who were there.";
    let read = read(text);
    assert_eq!((read.understood, read.not_understood), (1, 1));
    let rest = &read.clauses[1];
    assert_eq!(rest.kind, ClauseKind::Text);
    assert_eq!(rest.unparsed[0].text, "The minister thanked all who were there.");
    assert_eq!(&text[rest.span[0]..rest.span[1]], rest.unparsed[0].text);
    for field in read.clauses.iter().flat_map(|clause| &clause.fields) {
        assert_eq!(&text[field.span[0]..field.span[1]], field.text);
        assert!((0.0..=1.0).contains(&field.confidence));
    }
}

#[test]
fn a_text_that_is_no_description_is_refused() {
    let none = |text: &str| parse(text, &ParseOptions::default()).err();
    assert_eq!(none(" \n"), Some(NoDescription::Empty));
    let novel = "It was the best of days. She smiled, and he thought of the old house. Nobody said a word about it. "
        .repeat(30);
    assert!(matches!(none(&novel), Some(NoDescription::NoClause(_))), "{:?}", none(&novel));
    // Narratives have ways, winds and distances too.
    for sentence in [
        "The prince walked from the garden to the house along the road by the river, north of the village. ",
        "They rode for 30 km down the valley and crossed the bridge to meet the princess. ",
        "Он шел от дома до реки по дороге на север и пересек мост. ",
        "Вона йшла від саду до церкви вздовж річки на захід. ",
    ] {
        let novel = sentence.repeat(100);
        assert!(matches!(none(&novel), Some(NoDescription::NoClause(_))), "{sentence}: {:?}", none(&novel));
    }
    let mut options = ParseOptions::default();
    options.language = Some("xx".to_owned());
    assert!(matches!(parse("x", &options), Err(NoDescription::Language(..))));
}

#[test]
fn time_is_linear_in_the_text() {
    let clause = |i: usize| {
        format!(
            "От точки {i} граница идет по прямой в юго-юго-восточном направлении на протяжении 0,93 км до точки {}, расположенной в 0,05 км восточнее развилки полевых дорог.\n",
            i + 1
        )
    };
    let text = |count: usize| (1..=count).map(clause).collect::<String>();
    // The least of several runs: load on the machine only makes runs longer.
    let seconds = |text: &str| {
        let run = |_| {
            let start = std::time::Instant::now();
            assert!(read(text).not_understood == 0);
            start.elapsed().as_secs_f64()
        };
        (0..4).map(run).fold(f64::INFINITY, f64::min)
    };
    seconds(&text(10));
    let (few, many) = (seconds(&text(100)), seconds(&text(800)));
    assert!(many < 40.0 * few.max(0.01), "{few} s for 100 clauses, {many} s for 800");
    // One endless sentence.
    let long = text(400).replace(['.', '\n'], " ");
    let begun = std::time::Instant::now();
    let _ = read(&long);
    assert!(begun.elapsed().as_secs_f64() < 80.0 * few.max(0.01), "{:?}", begun.elapsed());
}

#[test]
fn rows_of_a_schedule_run_from_a_point_to_the_next() {
    let text = "The boundary runs from pillar No 11 in a northerly direction to Pillar No. 12. 8 18 335\n\n\
                Thence it turns east to pillar No. 13. 94 48 61\n\n\
                From Pillar No. 13 it goes almost due south. 187 24 164\n\n\
                The boundary thence continues in a straight line to Pillar No. 15. 212 6 208";
    let ends = |text: &str| {
        let read = read(text);
        let of = |clause: &merestone::document::parse::ParsedClause, name: &str| {
            clause.fields.iter().find(|field| field.field == name).map(|field| (field.value.clone(), field.confidence))
        };
        let one = |clause: &merestone::document::parse::ParsedClause| {
            (of(clause, "from").map(|found| found.0), clause.starts_at.clone(), of(clause, "to"))
        };
        (read.clauses.iter().map(one).collect::<Vec<_>>(), read.facts.iter().any(|fact| fact.about == "series"))
    };
    let (rows, is_series) = ends(text);
    assert!(is_series);
    assert_eq!(rows[2].2, Some(("14".to_owned(), 0.5)), "{rows:?}");
    assert_eq!(rows[3].1.as_deref(), Some("14"), "{rows:?}");
    // Where the text says other numbers, nothing follows from ones.
    let (rows, is_series) = ends(&text.replace("No. 12", "No. 21").replace("No. 13. 94", "No. 31. 94"));
    assert!(!is_series && rows[2].2.is_none(), "{rows:?}");
}

#[test]
fn a_tie_of_an_object_on_the_way_is_none_of_the_point() {
    for noun in ["buildings", "barns"] {
        let leg = leg(&format!(
            "From point 1 the line follows the path leading to the {noun} situated about 300 meters from point 77."
        ));
        assert!(leg.to_location.ties.is_empty() && leg.length.is_none(), "{leg:?}");
    }
    for text in [
        "От точки 1 граница идет по полевой дороге, ведущей к кошаре, расположенной в 300 м от точки 77, на протяжении 0,93 км до точки 2.",
        "От точки 1 граница идет по полевой дороге, ведущей к мосту, расположенному в 300 м от точки 77, на протяжении 0,93 км до точки 2.",
        "Від точки 1 кордон йде путівцем, що веде до кошари, розташованої на відстані 300 м від точки 77, протягом 0,93 км до точки 2.",
        "Від точки 1 кордон йде путівцем, що веде до моста, розташованого на відстані 300 м від точки 77, протягом 0,93 км до точки 2.",
    ] {
        let leg = leg(text);
        assert_eq!(leg.to.as_ref().and_then(|to| to.id.as_deref()), Some("2"), "{text}");
        assert_eq!(leg.length.as_ref().map(|length| length.metres()), Some(930.0), "{text}");
        assert!(leg.to_location.is_empty() && leg.parts.iter().all(|part| part.via.is_empty()), "{text}: {leg:?}");
    }
}

/// Sentences with a noun in each role; with a noun of no lexicon, no field is invented and the noun is returned.
#[test]
fn unknown_nouns_invent_nothing() {
    const SENTENCES: [(&str, &str); 22] = [
        ("From point 1 the boundary runs in a straight line for 0.93 km to point 2, situated at the {}.", "zorb"),
        (
            "From point 1 the boundary runs in a straight line for 0.93 km to point 2, situated 0.05 km east of the {}.",
            "zorb",
        ),
        ("From point 1 the boundary runs in a straight line, crossing the {}, for 0.93 km to point 2.", "zorb"),
        (
            "From point 1 the boundary runs in a straight line, leaving the {} in the territory of Xland, for 0.93 km to point 2.",
            "zorb",
        ),
        ("From point 1 the boundary runs along the {} for 0.93 km to point 2.", "zorb"),
        ("From point 1 the boundary runs through the {} for 0.93 km to point 2.", "zorb"),
        ("From point 1 the boundary runs north, 200 m from the {}, for 0.93 km to point 2.", "zorb"),
        ("From point 1 the boundary follows the road past the {} for 0.93 km to point 2.", "zorb"),
        ("От точки 1 граница идет по прямой на протяжении 0,93 км до точки 2, расположенной у {}.", "кошары"),
        (
            "От точки 1 граница идет по прямой на протяжении 0,93 км до точки 2, расположенной в 0,05 км восточнее {}.",
            "кошары",
        ),
        ("От точки 1 граница идет вдоль {} на протяжении 0,93 км до точки 2.", "кошары"),
        ("От точки 1 граница идет по прямой, пересекая {}, на протяжении 0,93 км до точки 2.", "кошару"),
        ("От точки 1 граница идет через {} на протяжении 0,93 км до точки 2.", "кошару"),
        (
            "Від точки 1 кордон йде по прямій протягом 0,93 км до точки 2, розташованої на відстані 0,05 км на схід від {}.",
            "кошари",
        ),
        ("Від точки 1 кордон йде вздовж {} протягом 0,93 км до точки 2.", "кошари"),
        ("Від точки 1 кордон йде по прямій, перетинаючи {}, протягом 0,93 км до точки 2.", "кошару"),
        (
            "1 nömrəli nöqtədən sərhəd xətti düz xətlə 0,93 km uzanaraq {} 0,05 km şərqdə yerləşən 2 nömrəli nöqtəyə çatır.",
            "hasardan",
        ),
        ("1 nömrəli nöqtədən sərhəd xətti düz xətlə {} 0,05 km şərqdə yerləşən 2 nömrəli nöqtəyə çatır.", "hasardan"),
        (
            "Թիվ 1 սահմանակետից սահմանագիծն ուղիղ գծով անցնում է 0,93 կմ, հասնում թիվ 2 սահմանակետին, որը գտնվում է {} 0,05 կմ դեպի արևելք։",
            "գոմից",
        ),
        ("Von Punkt 1 verläuft die Grenze in gerader Linie entlang der {} 0,93 km bis zu Punkt 2.", "zorbe"),
        ("Du point 1 la frontière suit la ligne droite, coupant le {}, sur 0,93 km jusqu'au point 2.", "zorbe"),
        ("Desde el punto 1 el límite sigue en línea recta, cruzando el {}, 0,93 km hasta el punto 2.", "zorbe"),
    ];
    // Fields that these sentences state in other words than the noun, or with it.
    let stated = ["from", "to", "follow", "along", "length", "wind", "to-tie"];
    for (sentence, noun) in SENTENCES {
        let text = sentence.replace("{}", noun);
        let read = read(&text);
        let fields: Vec<_> = read.clauses.iter().flat_map(|clause| &clause.fields).collect();
        for field in &fields {
            assert!(stated.contains(&field.field.as_str()), "{text}: {field:?}");
            assert!(field.field != "length" || field.value == "930", "{text}: {field:?}");
            assert!(field.field != "wind" || text.contains("runs north"), "{text}: {field:?}");
            // A tie states its distance and wind; its object is among the words that match no rule.
            assert!(field.field != "to-tie" || field.value == "50 m E ", "{text}: {field:?}");
            assert!(field.field != "along" || text.contains("follows the road"), "{text}: {field:?}");
        }
        let (_, leg) = read.description.legs().next().expect("a leg");
        let ends = [&leg.from, &leg.to].map(|point| point.as_ref().and_then(|point| point.id.clone()));
        assert_eq!(ends, [Some("1".to_owned()), Some("2".to_owned())], "{text}");
        let rest = read.clauses.iter().flat_map(|clause| &clause.unparsed);
        assert!(rest.clone().any(|words| words.text.contains(noun)), "{text}: {:?}", rest.collect::<Vec<_>>());
    }
}

#[test]
fn winds_are_abbreviated() {
    let wind = |text: &str| leg(text).directions.first().map(|direction| direction.heading.clone());
    assert_eq!(
        wind("От точки 1 граница идет по прямой на ССВ на протяжении 0,93 км до точки 2."),
        Some(Heading::Wind(Wind::NNE))
    );
    assert_eq!(
        wind("From point 1 the boundary runs in a straight line ESE for 0.93 km to point 2."),
        Some(Heading::Wind(Wind::ESE))
    );
}
