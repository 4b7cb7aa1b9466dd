//! The model clauses of a protocol-description, in four languages, each from one tree. They name no real place.

use merestone::document::description::{Statement, description_languages, unconfirmed, written};
use serde_json::{Value, json};

/// A statement as its JSON has it.
fn statement(value: Value) -> Statement {
    serde_json::from_value(value).unwrap_or_else(|error| panic!("{error}"))
}

/// The text of a statement with plain spaces.
fn text(value: &Value, language: &str) -> String {
    written(&statement(value.clone()), language).expect("it says something").replace('\u{a0}', " ")
}

fn expect(value: &Value, expected: &[(&str, &str)]) {
    for (language, sentence) in expected {
        assert_eq!(text(value, language), *sentence, "{language}");
    }
}

fn point(id: &str) -> Value {
    json!({"kind": "point", "id": id})
}

fn along(value: &str) -> Value {
    json!({"value": value, "unit": "kilometre", "kind": "along"})
}

fn tie(value: &str, wind: &str, from: Value) -> Value {
    json!({"distance": {"value": value, "unit": "kilometre", "kind": "straight"},
           "direction": {"heading": {"wind": wind}}, "from": from})
}

fn words(text: &str) -> Value {
    json!({"en": text, "ru": text, "hy": text, "az": text})
}

#[test]
fn straight() {
    let fork = json!({"class": "fork", "of": [{"class": "field-road"}]});
    let leg = json!({"leg": {
        "from": point("3"), "to": point("4"), "parts": [{"follow": "straight"}],
        "directions": [{"heading": {"wind": "SSE"}}], "length": along("0.93"),
        "to_location": {"ties": [tie("0.05", "E", fork)]},
    }});
    expect(
        &leg,
        &[
            (
                "ru",
                "От точки 3 граница идет по прямой в юго-юго-восточном направлении на протяжении 0,93 км до точки 4, \
                 расположенной в 0,05 км восточнее развилки полевых дорог.",
            ),
            (
                "en",
                "From point 3 the boundary runs in a straight line in a south-south-easterly direction for 0.93 km to \
                 point 4, situated 0.05 km east of the fork of the field roads.",
            ),
            (
                "hy",
                "Թիվ 3 սահմանակետից սահմանագիծն ուղիղ գծով թեքվում է դեպի հարավ-հարավ-արևելք, անցնում 0,93 կմ, հասնում \
                 թիվ 4 սահմանակետին, որը գտնվում է դաշտային ճանապարհների բաժանման տեղից 0,05 կմ դեպի արևելք։",
            ),
            (
                "az",
                "3 nömrəli nöqtədən sərhəd xətti düz xətlə cənub-cənub-şərq istiqamətində 0,93 km uzanaraq çöl \
                 yollarının ayrıcından 0,05 km şərqdə yerləşən 4 nömrəli nöqtəyə çatır.",
            ),
        ],
    );
}

#[test]
fn river() {
    let leg = json!({"leg": {
        "from": point("2"), "to": point("3"), "length": along("1.03"),
        "parts": [{"follow": "river", "line": "middle", "stream": "up",
                   "along": [{"class": "river", "name": words("R")}]}],
        "to_location": {
            "on": [{"landmark": {"class": "river", "anaphora": true}, "line": "middle"}],
            "ties": [tie("0.34", "NNW", json!({"class": "bridge"}))],
        },
    }});
    expect(
        &leg,
        &[
            (
                "ru",
                "От точки 2 граница идет по середине реки R вверх против течения на протяжении 1,03 км до точки 3, \
                 расположенной на середине этой реки, в 0,34 км северо-северо-западнее моста.",
            ),
            (
                "en",
                "From point 2 the boundary follows the middle of the river R upstream for 1.03 km to point 3, situated \
                 in the middle of that river, 0.34 km north-north-west of the bridge.",
            ),
            (
                "hy",
                "Թիվ 2 սահմանակետից սահմանագիծը R գետի միջնագծով, հոսանքն ի վեր, անցնում է 1,03 կմ, հասնում գետի \
                 միջնագծի վրա՝ կամրջից 0,34 կմ դեպի հյուսիս-հյուսիս-արևմուտք գտնվող թիվ 3 սահմանակետին։",
            ),
            (
                "az",
                "2 nömrəli nöqtədən sərhəd xətti R çayının ortası ilə axına qarşı 1,03 km gedərək həmin çayın \
                 ortasında, körpüdən 0,34 km şimal-şimal-qərbdə yerləşən 3 nömrəli nöqtəyə çatır.",
            ),
        ],
    );
}

#[test]
fn road_on_the_territory_of_one_side() {
    let leg = json!({"leg": {
        "from": point("5"), "to": point("6"), "length": along("1.27"),
        "directions": [{"heading": {"wind": "SW"}, "general": true}],
        "parts": [{"follow": "road", "along": [{"class": "field-road"}],
                   "leaves": [{"what": {"anaphora": true}, "territory": words("X")}]}],
    }});
    expect(
        &leg,
        &[
            (
                "ru",
                "От точки 5 граница идет в общем юго-западном направлении вдоль полевой дороги, оставляя ее на \
                 территории X, на протяжении 1,27 км до точки 6.",
            ),
            (
                "en",
                "From point 5 the boundary runs in a general south-westerly direction along the field road, leaving it \
                 in the territory of X, for 1.27 km to point 6.",
            ),
            (
                "hy",
                "Թիվ 5 սահմանակետից սահմանագիծը, դաշտային ճանապարհի երկայնքով՝ այն թողնելով X-ի տարածքում, ընդհանուր \
                 առմամբ դեպի հարավ-արևմուտք անցնում է 1,27 կմ, հասնում թիվ 6 սահմանակետին։",
            ),
            (
                "az",
                "5 nömrəli nöqtədən sərhəd xətti çöl yolu boyunca, onu X ərazisində saxlamaqla, ümumi cənub-qərb \
                 istiqamətində 1,27 km uzanaraq 6 nömrəli nöqtəyə çatır.",
            ),
        ],
    );
}

#[test]
fn compound() {
    let leg = json!({"leg": {
        "from": point("1"), "to": point("2"), "length": along("1.66"),
        "directions": [{"heading": {"wind": "S"}, "general": true}],
        "parts": [{"follow": "forest-edge", "along": [{"class": "forest"}]}, {"follow": "straight"}],
    }});
    expect(
        &leg,
        &[
            (
                "ru",
                "От точки 1 граница идет в общем южном направлении по контуру леса и далее по прямой на протяжении \
                 1,66 км до точки 2.",
            ),
            (
                "en",
                "From point 1 the boundary runs in a general southerly direction along the edge of the forest and then \
                 in a straight line, for 1.66 km in all, to point 2.",
            ),
        ],
    );
}

#[test]
fn ridge() {
    let height = |value: &str| json!({"landmark": {"class": "height", "height": {"value": value, "unit": "metre"}}});
    let leg = json!({"leg": {
        "from": point("7"), "to": point("8"), "length": along("2.40"),
        "directions": [{"heading": {"wind": "NE"}, "general": true}],
        "parts": [{"follow": "ridge", "along": [{"class": "ridge", "unnamed": true}],
                   "via": [height("1204.3"), height("1311.0")]}],
    }});
    expect(
        &leg,
        &[
            (
                "ru",
                "От точки 7 граница идет по гребню безымянного хребта в общем северо-восточном направлении через \
                 высоты с отметками 1204,3 и 1311,0 на протяжении 2,40 км до точки 8.",
            ),
            (
                "en",
                "From point 7 the boundary runs along the crest of the unnamed ridge in a general north-easterly \
                 direction through the heights 1204.3 and 1311.0 for 2.40 km to point 8.",
            ),
            (
                "hy",
                "Թիվ 7 սահմանակետից սահմանագիծը անանուն լեռնաշղթայի ջրբաժանով՝ 1204,3 և 1311,0 նիշերով բարձունքներով, \
                 ընդհանուր առմամբ դեպի հյուսիս-արևելք անցնում է 2,40 կմ, հասնում թիվ 8 սահմանակետին։",
            ),
            (
                "az",
                "7 nömrəli nöqtədən sərhəd xətti adsız silsilənin suayırıcısı ilə 1204,3 və 1311,0 \
                 yüksəkliklərindən keçməklə ümumi şimal-şərq istiqamətində 2,40 km uzanaraq 8 nömrəli nöqtəyə çatır.",
            ),
        ],
    );
}

#[test]
fn azimuth_from_mark_to_mark_with_the_territories_on_both_sides() {
    let side = |hand: &str, name: &str| json!({"hand": hand, "territory": words(name)});
    let bearing = json!({"angle": {"degrees": "157", "minutes": "32"}, "reference": "true"});
    let leg = json!({"leg": {
        "from": {"kind": "mark", "id": "12"}, "to": {"kind": "mark", "id": "12/1"},
        "directions": [{"heading": {"bearing": bearing}}], "parts": [{"follow": "straight"}],
        "length": {"value": "412.6", "unit": "metre", "kind": "along"},
        "sides": [side("left", "X"), side("right", "Y")],
    }});
    expect(
        &leg,
        &[
            (
                "en",
                "From mark 12 the boundary runs in a straight line at an azimuth of 157°32′ for 412.6 m to mark 12/1; \
                 on the left of the boundary lies X, on the right Y.",
            ),
            (
                "ru",
                "От пограничного знака 12 граница идет по прямой по азимуту 157°32′ на протяжении 412,6 м до \
                 пограничного знака 12/1; слева от границы находится территория X, справа - территория Y.",
            ),
        ],
    );
}

#[test]
fn ring_and_its_totals() {
    let leg = json!({"leg": {
        "from": point("9"), "to": {"kind": "start", "id": "1"}, "length": along("0.50"),
        "directions": [{"heading": {"wind": "N"}}], "parts": [{"follow": "straight"}],
    }});
    expect(
        &leg,
        &[
            (
                "ru",
                "От точки 9 граница идет по прямой в северном направлении на протяжении 0,50 км до исходной точки 1.",
            ),
            (
                "en",
                "From point 9 the boundary runs in a straight line in a northerly direction for 0.50 km to the starting \
                 point 1.",
            ),
        ],
    );
    let totals = json!({"totals": [
        {"area": {"value": "840.4", "unit": "hectare"}},
        {"perimeter": {"value": "10.31", "unit": "kilometre"}},
    ]});
    expect(
        &totals,
        &[
            ("ru", "Площадь участка, ограниченного границей, составляет 840,4 га; протяженность 10,31 км."),
            ("en", "The line encloses 840.4 ha and is 10.31 km long."),
        ],
    );
}

#[test]
fn to_be_determined_by_three_states() {
    let clause = json!({"point": {
        "point": point("5"), "meeting": [words("A"), words("B"), words("C")], "by_separate_treaty": true,
    }});
    expect(
        &clause,
        &[(
            "en",
            "Point 5 is the junction point of the state borders of A, B and C, whose position will be determined by a \
             separate treaty.",
        )],
    );
}

#[test]
fn rivers_that_meet_and_places_with_names() {
    let river = |name: &str| json!({"class": "river", "name": words(name)});
    let confluence = json!({"class": "confluence", "of": [river("A"), river("B")]});
    let clause = json!({"point": {
        "point": point("1"), "start": true,
        "location": {
            "at": [confluence],
            "ties": [tie("2", "SW", json!({"class": "village", "name": words("V"), "territory": words("X")}))],
        },
    }});
    expect(
        &clause,
        &[
            (
                "en",
                "The starting point of the description is point 1, situated at the confluence of the rivers A and B, \
                 2 km south-west of the village of V in the territory of X.",
            ),
            (
                "ru",
                "Начальной точкой описания является точка 1, расположенная у слияния рек A и B, в 2 км юго-западнее \
                 села V на территории X.",
            ),
            (
                "hy",
                "Նկարագրության սկիզբ է ընդունված թիվ 1 սահմանակետը, որը գտնվում է A և B գետերի գետախառնուրդի տեղում, \
                 X-ի տարածքում գտնվող V գյուղից 2 կմ դեպի հարավ-արևմուտք։",
            ),
            (
                "az",
                "Təsvirin başlanğıc nöqtəsi A və B çaylarının qovuşduğu yerin yerində, X ərazisindəki V kəndindən 2 km \
                 cənub-qərbdə yerləşən 1 nömrəli nöqtə hesab olunur.",
            ),
        ],
    );
}

#[test]
fn what_is_crossed_and_left_on_a_side_stands_in_order() {
    let leg = json!({"leg": {
        "from": point("1"), "to": point("2"), "length": along("3.00"),
        "directions": [{"heading": {"wind": "E"}}],
        "parts": [{"follow": "straight",
            "crosses": [{"what": {"class": "river", "name": words("M")}}, {"what": {"class": "railway"}}],
            "leaves": [{"what": {"class": "village", "name": words("V")}, "territory": words("Y")}]}],
    }});
    expect(
        &leg,
        &[
            (
                "en",
                "From point 1 the boundary runs in a straight line in an easterly direction, crossing the river M and the \
                 railway, leaving the village of V in the territory of Y, for 3.00 km to point 2.",
            ),
            (
                "ru",
                "От точки 1 граница идет по прямой в восточном направлении, пересекая реку M и железную дорогу, оставляя \
                 село V на территории Y, на протяжении 3,00 км до точки 2.",
            ),
        ],
    );
}

#[test]
fn every_language_has_words_for_every_wind_and_class_of_the_writer() {
    assert_eq!(description_languages(), ["en", "ru", "hy", "az"]);
    assert!(unconfirmed().iter().all(|one| ["hy", "az"].contains(&one.language) && !one.text.is_empty()));
    assert_eq!(written(&statement(json!({"totals": []})), "en"), None);
    assert_eq!(written(&statement(json!({"totals": []})), "tlh"), None);
}
