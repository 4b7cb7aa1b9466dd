//! Clauses in the words of treaties and protocols: what each states is read, and nothing else.

use super::fields::hold;
use merestone::document::parse::ClauseKind;

#[test]
fn winds_stand_in_letters() {
    hold(&[
        ("From point 8 the boundary runs S.S.E. for 2 km to point 9.", "from=8; wind=SSE; length=2000; to=9"),
        (
            "From point 8 the boundary runs N.W. by W. for 2 km to point 9.",
            "from=8; direction=298.125 to 309.375; length=2000; to=9",
        ),
        ("От точки 8 граница идет на В 1,2 км до точки 9.", "from=8; wind=E; length=1200; to=9"),
    ]);
}

#[test]
fn bearings_have_their_north() {
    hold(&[
        (
            "From mark 6 on a magnetic bearing of 45° for 300 m to mark 7.",
            "from=6; north=magnetic; bearing=45.0000; length=300; to=7",
        ),
        (
            "From point 8 the boundary runs 337½° true for 2 km to point 9.",
            "from=8; north=true; bearing=337.5000; length=2000; to=9",
        ),
        (
            "От точки 8 граница идет по азимуту 45°30′ (от магнитного меридиана) 300 м до точки 9.",
            "from=8; north=magnetic; bearing=45.5000; length=300; to=9",
        ),
    ]);
}

#[test]
fn a_north_of_one_bearing_is_not_that_of_all() {
    let text = "From mark 6 on a magnetic bearing of 45° for 300 m to mark 7. From mark 7 on a bearing of 46° for 300 m to mark 8.";
    let read = super::read(text);
    assert_eq!(read.description.conventions.north, None);
    assert!(read.facts.iter().all(|fact| fact.about != "north"), "{:?}", read.facts);
}

#[test]
fn points_are_named_by_ordinals_pairs_and_lists() {
    hold(&[
        (
            "Starting from the 37th boundary point, the boundary line runs in a straight line in a general southeasterly \
             direction for about 4.6 kilometers to the 38th boundary point.",
            "from=37; follow=straight; wind=SE; direction-kind=general; approx=about; length=4600; to=38",
        ),
        ("The boundary runs from mark 20 via marks 21, 22 and 23 to mark 24.", "from=20; via=21 22 23; to=24"),
        (
            "Between boundary stones 33 and 34 the boundary is the centre line of the highway from Dilijan to Kazakh.",
            "from=33; to=34; follow=road; along=highway; line=centre",
        ),
        ("Граница от знака 8 до знака 9 проходит по прямой.", "from=8; to=9; follow=straight"),
    ]);
}

#[test]
fn the_way_may_stand_after_both_ends() {
    hold(&[(
        "From point 10 to point 11 along the median line of Lake Peipus, 14.3 km.",
        "from=10; to=11; follow=lake; along=lake Peipus; line=median; length=14300",
    )]);
}

#[test]
fn a_sentence_on_the_length_belongs_to_the_leg_before() {
    let leg = super::leg("От точки 8 граница идет по прямой до точки 9. Длина этого участка 812 м.");
    assert_eq!(leg.length.map(|length| length.metres()), Some(812.0));
}

#[test]
fn roads_lead_to_places_that_are_no_ends() {
    hold(&[(
        "From mark 27 along the railway from Tbilisi to Yerevan for 700 m to mark 28.",
        "from=27; follow=railway; along=railway; length=700; to=28",
    )]);
}

#[test]
fn objects_are_left_to_both_sides() {
    hold(&[
        (
            "From point 1 a line to be fixed on the ground leaving to Roumania the railway from Arad to Nagyvárad and to \
             Hungary the village of Méhkerék, to point 2.",
            "from=1; follow=to-be-fixed; leaves=railway | Roumania; leaves=village Méhkerék | Hungary; to=2",
        ),
        (
            "From point 1 the boundary runs south to point 2, leaving to Austria Lackenbach and to Hungary Kopháza.",
            "from=1; wind=S; to=2; leaves=Lackenbach | Austria; leaves=Kopháza | Hungary",
        ),
    ]);
}

#[test]
fn objects_belong_to_territories() {
    let text = "From point 1 the boundary runs north for 2 km to point 2. The islands Nos. 1, 2 and 5 belong to Alpha.";
    let read = super::read(text);
    let all = read.clauses[1].fields.iter().map(|field| format!("{}={}", field.field, field.value));
    assert_eq!(
        all.collect::<Vec<_>>(),
        ["leaves=island 1 | Alpha", "leaves=island 2 | Alpha", "leaves=island 5 | Alpha"]
    );
}

#[test]
fn distances_along_streams_and_from_points_are_ties() {
    hold(&[
        (
            "От точки 5 граница идет по прямой до точки 6, расположенной в 0,25 км ниже по течению от моста.",
            "from=5; follow=straight; to=6; to-tie=250 m - bridge",
        ),
        ("From mark 33 a distance of 1.2 kilometres (0.75 mile) to mark 34.", "from=33; length=1200; to=34"),
        (
            "From mark 58 the boundary crosses the road at 0.45 km from mark 58.",
            "from=58; crosses=road; crossing-tie=450 m - point 58",
        ),
        ("The distance from mark 57 to mark 58 is 812.4 m.", "from=57; to=58; chord=812.4"),
    ]);
}

#[test]
fn a_name_after_the_verb_is_what_the_leg_follows() {
    hold(&[
        (
            "From point 8 the boundary follows the Ana for 2 km, measured along the river, to point 9.",
            "from=8; follow=river; along=river Ana; length=2000; to=9",
        ),
        (
            "From point 8 the boundary follows the Ana downstream for 2 km to point 9.",
            "from=8; follow=river; along=river Ana; stream=down; length=2000; to=9",
        ),
    ]);
}

#[test]
fn where_the_line_does_not_go_is_no_end() {
    hold(&[
        (
            "От точки 5 граница идет по левому берегу реки Сал вниз по течению, не доходя 200 м до моста, до точки 6.",
            "from=5; follow=bank; along=river Сал; bank=left; stream=down; to=6",
        ),
        (
            "От точки 13 граница идет по прямой, не пересекая автомобильную дорогу М-4, на протяжении 395 м до точки 14.",
            "from=13; follow=straight; crosses-not=highway М-4; length=395; to=14",
        ),
    ]);
}

#[test]
fn objects_of_other_words_are_known() {
    hold(&[
        (
            "From point 3 the boundary runs north to point 4, leaving the island in Yugoslav territory and the mill in Italian \
             territory.",
            "from=3; wind=N; to=4; leaves=island | Yugoslav; leaves=building | Italian",
        ),
        (
            "From point 2 the boundary proceeds south-eastwards, crossing the railway 0.50 km west of the station, to point 3.",
            "from=2; wind=SE; crosses=railway; crossing-tie=500 m W station; to=3",
        ),
        (
            "The line follows the ridge through Mt. Sabotino (609) to point 12.",
            "follow=ridge; along=ridge; via=mountain Sabotino at 609 metre; to=12",
        ),
        (
            "The line follows the crest through elevations 507, 535 and 549 to point 12.",
            "follow=ridge; along=ridge; via=height at 507 metre; via=height at 535 metre; via=height at 549 metre; to=12",
        ),
        (
            "От точки 1 граница идет по тальвегу реки Амур вниз по течению, оставляя остров Большой с левой стороны, на \
             протяжении 12,7 км до точки 2.",
            "from=1; follow=river; along=river Амур; line=thalweg; stream=down; leaves=island Большой | ; length=12700; to=2",
        ),
    ]);
}

#[test]
fn ties_along_a_stream_and_banks_of_the_river_that_is_followed() {
    hold(&[
        (
            "От знака № 101 граница идет на юг до знака № 102, расположенного в 15 м выше моста.",
            "from=101; wind=S; to=102; to-tie=15 m - bridge",
        ),
        (
            "The boundary follows the Pagani river upstream along its left bank to pillar 3.",
            "follow=bank; along=river Pagani; stream=up; bank=left; to=3",
        ),
        (
            "The boundary follows the river Pagani downstream for 2 km to pillar 3, which stands 40 m below the bridge.",
            "follow=river; along=river Pagani; stream=down; length=2000; to=3; to-tie=40 m - bridge",
        ),
    ]);
}

/// The fields of each leg of a text.
fn legs(text: &str) -> Vec<String> {
    let said = |field: &merestone::document::parse::ParsedField| format!("{}={}", field.field, field.value);
    let read = super::read(text);
    let legs = read.clauses.iter().filter(|clause| clause.kind == ClauseKind::Leg);
    legs.map(|leg| leg.fields.iter().map(said).collect::<Vec<_>>().join("; ")).collect()
}

/// Each cell is a paragraph, as in the text of Markdown, HTML and word processor documents.
#[test]
fn rows_of_a_schedule_are_legs() {
    let english = "Schedule\nFrom\nTo\nDirection\nDistance\n1\n2\nN 45° 30' E\n312.5 m\n2\n2A\nS 12° 00' E\n0.210 km\n\
                   Done at Baarle in two originals.";
    assert_eq!(
        legs(english),
        ["from=1; to=2; bearing=45.5000; length=312.5", "from=2; to=2A; bearing=168.0000; length=210",]
    );
    // A column before and one after the known ones; units in the headings; azimuths.
    let russian = &"№ п/п\nОт точки\nДо точки\nДирекционный угол\nРасстояние, м\nПримечание\n\
                   1\n101\n102\n57°12'\n1402,5\nпо меже\n2\n102\n103\n128°00'30\"\n96,10\nпо меже"
        .replace('\n', "\n\n");
    assert_eq!(
        legs(russian),
        ["from=101; to=102; bearing=57.2000; length=1402.5", "from=102; to=103; bearing=128.0083; length=96.1",]
    );
    let read = super::read(russian);
    let rows = read.clauses.iter().filter(|clause| clause.kind == ClauseKind::Leg);
    assert!(rows.clone().all(|row| row.unparsed.iter().any(|rest| rest.text == "по меже")));
    assert!(rows.clone().all(|row| row.fields.iter().all(|f| russian[f.span[0]..f.span[1]] == f.text)));
    // Not a schedule: a column of words where a bearing is due.
    let none = legs("From\nTo\nBearing\nRiver\nBridge\nnone known\nFrom point 3 the line runs north to point 4.");
    assert!(none.iter().all(|leg| !leg.contains("bearing")), "{none:?}");
    assert_eq!(none.last().map(String::as_str), Some("from=3; wind=N; to=4"));
}

#[test]
fn french_objects_are_left_to_both_sides() {
    let text = "De la borne 11 la frontière suit le thalweg de la rivière Oyapock en aval sur 3,5 km jusqu'à la borne 12, \
                laissant l'île du Diable à la France et le village de Saint-Georges au sud.";
    let read = super::read(text);
    let fields: Vec<(&str, &str)> =
        read.clauses[0].fields.iter().map(|field| (field.field.as_str(), field.value.as_str())).collect();
    assert!(fields.contains(&("to", "12")) && fields.contains(&("leaves", "island Diable | France")), "{fields:?}");
    assert!(fields.contains(&("leaves", "village Saint-Georges | S")), "{fields:?}");
    assert!(fields.iter().all(|(field, _)| *field != "wind"), "{fields:?}");
}

#[test]
fn many_points_on_the_way_are_read_in_linear_time() {
    let list = |count: usize| {
        let all: Vec<String> = (0..count).map(|i| format!("the hill Hill{i}")).collect();
        format!("From point 1 the boundary runs through {} to point 2.", all.join(", "))
    };
    let time = |count: usize| {
        let text = list(count);
        let start = std::time::Instant::now();
        assert_eq!(super::read(&text).clauses.len(), 1);
        start.elapsed().as_secs_f64()
    };
    let (small, large) = (time(500), time(4000));
    assert!(large < 30.0 * small.max(0.02), "{small} s, then {large} s");
}
