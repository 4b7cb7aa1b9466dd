//! Sentences of several verbs, objects told of by another, and statements that stand alone.

use super::fields::hold;
use super::read;
use merestone::document::description::{Hand, Statement, Total};

/// The fields of each clause of a text.
fn clauses(text: &str) -> Vec<String> {
    let fields = |clause: &merestone::document::parse::ParsedClause| {
        clause.fields.iter().map(|field| format!("{}={}", field.field, field.value)).collect::<Vec<_>>().join("; ")
    };
    read(text).clauses.iter().map(fields).collect()
}

#[test]
fn a_leg_ends_where_the_line_leaves_what_it_followed() {
    for text in [
        "From point 43 the boundary leaves the river at point 44 and follows the watershed to point 45.",
        "От точки 43 граница отходит от реки в точке 44 и идет по водоразделу до точки 45.",
        "Від точки 43 кордон відходить від річки в точці 44 і йде по вододілу до точки 45.",
        "43 nömrəli nöqtədən sərhəd xətti 44 nömrəli nöqtədə çaydan ayrılır və suayırıcı ilə 45 nömrəli nöqtəyə çatır.",
        "Թիվ 43 սահմանակետից սահմանագիծը թիվ 44 սահմանակետում թողնում է գետը և ջրբաժանով հասնում թիվ 45 սահմանակետին:",
    ] {
        assert_eq!(clauses(text), ["from=43; to=44", "follow=watershed; along=watershed; to=45"], "{text}");
        assert_eq!(read(text).clauses[1].starts_at.as_deref(), Some("44"), "{text}");
    }
}

#[test]
fn every_object_left_on_a_side_is_read() {
    hold(&[
        (
            "From point 12 the boundary runs north for 0.50 km to point 13, leaving the villages of Stoke, Barton and Moor to \
             the east.",
            "from=12; wind=N; length=500; to=13; leaves=village Stoke | E; leaves=Barton | E; leaves=Moor | E",
        ),
        (
            "From point 12 the boundary runs north for 0.50 km to point 13, leaving the hamlets of Ard, Belo and Cer in \
             Northland.",
            "from=12; wind=N; length=500; to=13; leaves=village Ard | Northland; leaves=Belo | Northland; \
             leaves=Cer | Northland",
        ),
        (
            "От точки 12 граница идёт на север 0,50 км до точки 13, оставляя сёла Тала, Кура и Мера к востоку.",
            "from=12; wind=N; length=500; to=13; leaves=village Тала | E; leaves=Кура | E; leaves=Мера | E",
        ),
    ]);
    for text in [
        "From point 12 the boundary runs north for 0.50 km to point 13, leaving Lake Clear on the left and the wood Dark on \
         the right.",
        "От точки 12 граница идёт на север 0,50 км до точки 13, оставляя озеро Светлое слева, а лес Тёмный справа.",
        "Від точки 12 кордон йде на північ 0,50 км до точки 13, залишаючи озеро Синє ліворуч, а ліс Чорний праворуч.",
    ] {
        let Statement::Leg(leg) = &read(text).description.sections[0].statements[0] else { panic!("a leg: {text}") };
        let left: Vec<_> = leg.parts.iter().flat_map(|part| &part.leaves).map(|left| left.hand).collect();
        assert_eq!(left, [Some(Hand::Left), Some(Hand::Right)], "{text}");
    }
}

#[test]
fn objects_of_a_long_list_have_their_own_words() {
    let names: Vec<String> = (0..3000).map(|i| format!("Ab{}", "c".repeat(1 + i % 7))).collect();
    let text = format!(
        "From point 12 the boundary runs north for 0.50 km to point 13, leaving the villages of {} and Moor to the east.",
        names.join(", ")
    );
    let read = read(&text);
    let left: Vec<&str> =
        read.clauses[0].fields.iter().filter(|f| f.field == "leaves").map(|f| f.text.as_str()).collect();
    assert_eq!((left.len(), left[1], left[3000]), (3001, "Abcc", "Moor"));
}

#[test]
fn names_of_parts_of_a_paper_are_headings() {
    for (text, heading) in [
        ("Section II. From the tripoint to the Blue bridge.", "Section II. From the tripoint to the Blue bridge."),
        ("Участок II.", "Участок II."),
        ("Ділянка № 2. Від знака № 9 до знака № 12.", "Ділянка № 2. Від знака № 9 до знака № 12."),
        ("Section 2. From mark 9 the boundary follows the river Mere for 2.4 km to mark 10.", "Section 2."),
    ] {
        let text = format!("From mark 8 the boundary runs north for 0.50 km to mark 9.\n\n{text}");
        let read = read(&text);
        assert_eq!(read.clauses[1].fields[0].value, heading, "{text}");
        assert_eq!(read.clauses[1].fields[0].field, "heading", "{text}");
        assert_eq!(read.description.sections.len(), 2, "{text}");
    }
    let first = "From mark 8 the boundary runs north for 0.50 km to mark 9.";
    let section = "Section 5 of the boundary runs from mark 9 in a straight line for 2.4 km to mark 10.";
    assert_eq!(clauses(&format!("{first}\n\n{section}"))[1], "from=9; follow=straight; length=2400; to=10");
}

#[test]
fn every_verb_of_a_sentence_is_read() {
    hold(&[
        (
            "From point 12 the boundary crosses the road, turns north-east and runs 350 m in a straight line to point 13.",
            "from=12; crosses=road; wind=NE; length=350; follow=straight; to=13",
        ),
        (
            "От точки 12 граница пересекает дорогу, поворачивает на северо-восток и идет по прямой 350 м до точки 13.",
            "from=12; crosses=road; wind=NE; follow=straight; length=350; to=13",
        ),
        (
            "Від точки 12 кордон перетинає дорогу, повертає на північний схід і йде по прямій 350 м до точки 13.",
            "from=12; crosses=road; wind=NE; follow=straight; length=350; to=13",
        ),
        (
            "12 nömrəli nöqtədən sərhəd xətti yolu keçir, şimal-şərqə dönür və düz xətlə 0,35 km uzanaraq 13 nömrəli \
             nöqtəyə çatır.",
            "from=12; crosses=road; wind=NE; follow=straight; length=350; to=13",
        ),
        (
            "Թիվ 12 սահմանակետից սահմանագիծը հատում է ճանապարհը, թեքվում է դեպի հյուսիս-արևելք և ուղիղ գծով անցնում \
             0,35 կմ, հասնում թիվ 13 սահմանակետին:",
            "from=12; crosses=road; wind=NE; follow=straight; length=350; to=13",
        ),
    ]);
    let text = "From point 7 the boundary descends the spur to the river Ala, follows its middle downstream for 1.2 km and \
                reaches point 8.";
    assert_eq!(
        clauses(text),
        [
            "from=7; follow=spur; along=spur; to=river Ala; to-on=river Ala",
            "follow=river; along= = river Ala; anaphora= = river Ala; line=middle; stream=down; length=1200; to=8"
        ]
    );
}

#[test]
fn a_length_before_another_verb_is_that_of_its_part() {
    let part = "part-length=1200";
    for text in [
        "5 nömrəli nöqtədən sərhəd xətti çayın ortası ilə axın aşağı 1,2 km gedir, sonra suayırıcı ilə şimala dönür və 6 \
         nömrəli nöqtəyə çatır.",
        "Թիվ 5 սահմանակետից սահմանագիծը Աղստև գետի միջնագծով, հոսանքն ի վար, անցնում է 1,2 կմ, ապա ջրբաժանով թեքվում է \
         դեպի հյուսիս, անցնում 0,8 կմ, հասնում թիվ 6 սահմանակետին:",
    ] {
        assert!(clauses(text)[0].contains(part), "{:?}", clauses(text));
    }
}

#[test]
fn a_river_is_not_the_river_of_which_it_is_a_tributary() {
    hold(&[
        (
            "От точки 9 граница идет по середине ручья Черный, левого притока реки Сал, вниз по течению на протяжении 0,8 км \
             до точки 10.",
            "from=9; follow=river; along=stream Черный; line=middle; stream=down; length=800; to=10",
        ),
        (
            "Від точки 9 кордон йде серединою струмка без назви - лівої притоки річки Сал вниз за течією протягом 0,8 км до \
             точки 10.",
            "from=9; follow=river; along=unnamed stream; line=middle; stream=down; length=800; to=10",
        ),
        (
            "From point 9 the boundary follows the Ak-Suu, a left tributary of the river Chu, upstream for 0.8 km to point \
             10.",
            "from=9; follow=river; along=river Ak-Suu; stream=up; length=800; to=10",
        ),
    ]);
}

#[test]
fn arcs_have_their_angle() {
    hold(&[
        (
            "From mark 4 by a curve to the left with a radius of 120 m through an angle of 35° to mark 5.",
            "from=4; follow=arc; radius=120; central-angle=35; turn=left; to=5",
        ),
        (
            "От знака 4 граница идет по дуге окружности радиусом 2 км с центральным углом 35° до знака 5.",
            "from=4; follow=arc; radius=2000; central-angle=35; to=5",
        ),
    ]);
}

#[test]
fn winds_are_shortened_in_several_ways() {
    hold(&[
        ("From point 1 the boundary runs N. N. E. for 2.1 km to point 2.", "from=1; wind=NNE; length=2100; to=2"),
        (
            "От точки 1 граница идет на сев.-сев.-вост. на протяжении 2,1 км до точки 2.",
            "from=1; wind=NNE; length=2100; to=2",
        ),
        (
            "Від точки 1 кордон йде на півн.-півн.-сх. протягом 2,1 км до точки 2.",
            "from=1; wind=NNE; length=2100; to=2",
        ),
        ("Від точки 1 кордон йде на ПнПнСх протягом 2,1 км до точки 2.", "from=1; wind=NNE; length=2100; to=2"),
    ]);
}

#[test]
fn bearings_to_and_from_beacons() {
    hold(&[
        (
            "From mark 7 the boundary runs on a bearing of 127°30' to the beacon on Mount Ala for 3.2 km to mark 8.",
            "from=7; bearing=127.5000; length=3200; to=8",
        ),
        ("Point 7 bears 127°30' from the lighthouse, distant 312 m.", "point=7; point-tie=312 m 127.5000 tower"),
        (
            "Mark 7 stands on a bearing of 127°30' from the beacon at a distance of 312 m.",
            "point=7; point-tie=312 m 127.5000 tower",
        ),
    ]);
}

#[test]
fn parallels_and_meridians_are_followed() {
    hold(&[
        (
            "From point 7 the boundary runs along the parallel 41°12' N to point 8.",
            "from=7; follow=parallel; latitude=41.2; to=8",
        ),
        (
            "From point 7 the boundary runs east along the parallel of latitude 41°12' N for 12 km to the meridian 44°30' E.",
            "from=7; wind=E; follow=parallel; latitude=41.2; length=12000; to-position=? 44.5000000",
        ),
        (
            "От точки 7 граница идет по меридиану 44°30' в.д. до точки 8.",
            "from=7; follow=meridian; longitude=44.5; to=8",
        ),
        (
            "Від точки 7 кордон йде по паралелі 41°12' пн. ш. до точки 8.",
            "from=7; follow=parallel; latitude=41.2; to=8",
        ),
    ]);
}

#[test]
fn positions_of_a_start_are_no_number() {
    hold(&[(
        "From the point 41°12'30\" N, 44°10'05\" E the boundary runs in a straight line for 2.1 km to point 3.",
        "from-position=41.2083333 44.1680556; follow=straight; length=2100; to=3",
    )]);
}

/// The fields of a sentence after a leg.
fn after_leg(sentence: &str) -> String {
    let leg = match sentence.is_ascii() {
        true => "From point 1 the boundary runs north for 2 km to point 2.",
        false => "",
    };
    let text = format!("{leg}\n\n{sentence}");
    clauses(&text).pop().expect("a clause")
}

#[test]
fn islands_are_allotted_by_their_names() {
    for (text, right) in [
        (
            "The islands Long and Round belong to Alpha, and Gull Island to Beta.",
            "leaves=island Long | Alpha; leaves=island Round | Alpha; leaves=island Gull Island | Beta",
        ),
        (
            "От точки 1 граница идет на север до точки 2.\n\nОстров Долгий отходит к Республике Альфа, а остров Круглый - к \
             Республике Бета.",
            "leaves=island Долгий | Республике Альфа; leaves=island Круглый | Республике Бета",
        ),
        ("The island of Ada shall belong to the Republic of Roumania.", "leaves=island Ada | Republic of Roumania"),
        (
            "Від точки 1 кордон йде на північ до точки 2.\n\nОстрів Довгий відходить до України.",
            "leaves=island Довгий | України",
        ),
    ] {
        assert_eq!(after_leg(text), right);
    }
}

#[test]
fn labels_of_a_list_are_no_clauses() {
    let one = "from=1; wind=N; length=2000; to=2";
    hold(&[
        ("1. From point 1 the boundary runs north for 2 km to point 2.", one),
        ("§ 4. Від точки 1 кордон йде на північ протягом 2 км до точки 2.", one),
        ("а) От точки 1 граница идет на север на протяжении 2 км до точки 2;", one),
    ]);
    let list = "1. From point 1 the boundary runs north for 2 km to point 2. 2. From point 2 it runs east for 1 km to point 3.";
    assert_eq!(clauses(list), [one, "from=2; wind=E; length=1000; to=3"]);
    assert!(read(list).clauses.iter().all(|clause| clause.unparsed.is_empty()));
}

#[test]
fn totals_stand_alone() {
    let totals = |text: &str| match &read(text).description.sections[0].statements[0] {
        Statement::Totals(totals) => totals.clone(),
        other => panic!("{other:?}"),
    };
    let metres = |total: &Total| match total {
        Total::Length(length) | Total::Land(length) | Total::Rivers(length) | Total::Lakes(length) => length.metres(),
        _ => 0.0,
    };
    for text in [
        "The length of the state border is 7512.8 km: by land 5936.1 km, by rivers 1516.7 km and by lakes 60 km.",
        "Протяженность границы 7512,8 км, из них сухопутной 5936,1 км, речной 1516,7 км, озерной 60 км.",
        "Загальна довжина кордону становить 7512,8 км, у тому числі по суші 5936,1 км, по річках 1516,7 км, по озерах 60 км.",
    ] {
        let found = totals(text);
        assert!(matches!(found.as_slice(), [Total::Length(_), Total::Land(_), Total::Rivers(_), Total::Lakes(_)]));
        assert_eq!(found.iter().map(metres).collect::<Vec<_>>(), [7_512_800.0, 5_936_100.0, 1_516_700.0, 60_000.0]);
    }
    for (text, right) in [
        (
            "The total length of the boundary is 12.35 km, of which 4.20 km run along rivers.",
            "total-length=12350; total-rivers=4200",
        ),
        (
            "5 nömrəli nöqtədən sərhəd xətti düz xətlə 0,35 km uzanaraq 6 nömrəli nöqtəyə çatır.\n\nSərhəd xəttinin ümumi \
             uzunluğu 12,35 km-dir.",
            "total-length=12350",
        ),
        (
            "Թիվ 3 սահմանակետից սահմանագիծն ուղիղ գծով անցնում է 0,93 կմ, հասնում թիվ 4 սահմանակետին:\n\nՍահմանագծի \
             ընդհանուր երկարությունը 12,35 կմ է:",
            "total-length=12350",
        ),
    ] {
        assert_eq!(after_leg(text), right);
    }
}

#[test]
fn a_point_is_located_by_itself_in_postpositional_languages() {
    hold(&[(
        "6 nömrəli nöqtə kilsədən 0,12 km şimalda və körpüdən 0,08 km şərqdə yerləşir.",
        "point=6; point-tie=120 m N church; point-tie=80 m E bridge",
    )]);
}

#[test]
fn what_a_sentence_does_not_say_of_the_leg_is_not_read() {
    hold(&[
        (
            "From point 15 the boundary does not coincide with the stream, but lies 10 metres to the north of it as far \
             as point 16.",
            "from=15; to=16",
        ),
        (
            "От знака 9 граница пересекает озеро Мир по прямой в направлении на устье ручья Ирис.",
            "from=9; crosses=lake Мир; follow=straight",
        ),
        (
            "Від точки 21 кордон, обходячи із заходу хутір Вільний, прямує до точки 22.",
            "from=21; passes=W village Вільний; to=22",
        ),
        (
            "От точки 18 граница идет вдоль проселочной дороги, не пересекая ее, до точки 19.",
            "from=18; follow=road; along=country-road; crosses-not= = country-road; to=19",
        ),
        (
            "Mark 32 is a concrete pillar, 1.5 m high, standing on the left bank.",
            "point=32; point-bank=left; point-on=",
        ),
    ]);
}

#[test]
fn objects_of_several_groups_are_left_or_crossed() {
    hold(&[
        (
            "From point 3 the boundary follows the Dora for 4 km to point 4, leaving the island of Vask to Westland and the \
             two small islands below the bridge to Eastland.",
            "from=3; follow=other; along=Dora; length=4000; to=4; leaves=island Vask | Westland; leaves=island | Eastland",
        ),
        (
            "От знака № 2 граница идет по тальвегу реки Дора 4,8 км до знака № 4, оставляя остров Вал на территории Западной \
             стороны, а острова Малый и Песчаный - на территории Восточной стороны.",
            "from=2; follow=river; along=river Дора; line=thalweg; length=4800; to=4; leaves=island Вал | Западной стороны; \
             leaves=island Малый | Восточной стороны; leaves=Песчаный | Восточной стороны",
        ),
        (
            "The boundary crosses the main road 300 m from mark 5 and the railway 700 m from mark 5, and ends at mark 6.",
            "crosses=road; crossing-tie=300 m - point 5; crosses=railway; crossing-tie=700 m - point 5; to=6",
        ),
        (
            "The boundary passes between the villages of Upper and Lower Sela, leaving the former to Westland and the latter \
             to Eastland, to mark 22.",
            "passes=between  village Upper and Lower Sela; leaves=former | Westland; leaves=latter | Eastland; to=22",
        ),
    ]);
}

#[test]
fn the_line_begins_or_turns_at_a_point() {
    hold(&[
        (
            "Граница начинается в точке 1 с координатами 41°02'10\" с.ш., 45°06'05\" в.д. и идет по прямой 600 м до точки 2.",
            "from=1; from-position=41.0361111 45.1013889; follow=straight; length=600; to=2",
        ),
        ("В точке 18 граница поворачивает на юг и идет до точки 19 (0,9 км).", "from=18; wind=S; to=19; length=900"),
        (
            "7. От знака 7 по дирекционному углу 271°14'20\" 318,55 м до знака 8.",
            "from=7; north=grid; bearing=271.2389; length=318.55; to=8",
        ),
    ]);
}

#[test]
fn narratives_with_ways_and_distances_are_no_descriptions() {
    use merestone::document::parse::{NoDescription, ParseOptions, parse};
    for text in [
        "Winston ran along the road to the river, a mile from the village, and crossed the bridge. He walked north for an \
         hour. The house of his aunt stood 300 metres from the church, on the left bank of the stream. She followed the path \
         down to the mill.",
        "Он пошел вдоль реки до моста, потом повернул налево и через два километра вышел к деревне. Граница леса темнела на \
         севере. Дом стоял в трех шагах от дороги. Остров принадлежит купцу.",
    ] {
        let read = parse(text, &ParseOptions::default());
        assert!(matches!(read, Err(NoDescription::NoClause(_))), "{read:#?}");
    }
}

#[test]
fn posts_with_numbers_are_marks() {
    hold(&[
        (
            "Столб № 15 установлен на правом берегу реки Тара, в 230 м выше подвесного моста.",
            "point=15; point-bank=right; point-on=river Тара; point-tie=230 m - bridge",
        ),
        (
            "Между столбами № 15 и № 20 граница проходит по прямым линиям через столбы № 16, 17 и 18 общей протяженностью \
             4,25 км.",
            "from=15; to=20; follow=straight; via=16 17 18; length=4250",
        ),
        (
            "Від стовпа № 20 кордон протягом 5,4 км проходить серединою річки Тара до стовпа № 21, залишаючи острови № 1 і 2 \
             на території України, а острів № 3 - на території Молдови.",
            "from=20; length=5400; follow=river; along=river Тара; line=middle; to=21; leaves=island 1 | України; \
             leaves=island 2 | України; leaves=island 3 | Молдови",
        ),
    ]);
}

#[test]
fn altitudes_and_roads_that_are_left_are_no_fields_of_the_leg() {
    hold(&[
        (
            "From pillar 3 the boundary crosses the saddle at an altitude of 2431 m and descends to pillar 4.",
            "from=3; crosses=saddle at 2431 metre; to=4",
        ),
        (
            "От знака 3 граница сворачивает с дороги на север и через 450 м достигает знака 4.",
            "from=3; wind=N; length=450; to=4",
        ),
        (
            "Від точки 22 лінія кордону повертає під кутом 90 градусів на схід і через 450 м досягає точки 23.",
            "from=22; turn=90; wind=E; follow=straight; length=450; to=23",
        ),
    ]);
}
