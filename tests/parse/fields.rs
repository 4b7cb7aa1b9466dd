//! All fields of clauses: what is stated is read, and nothing else.

use super::read;

fn fields(text: &str) -> String {
    let read = read(text);
    assert_eq!(read.clauses.len(), 1, "{text}: {:#?}", read.clauses);
    let all = read.clauses[0].fields.iter().map(|field| format!("{}={}", field.field, field.value));
    all.collect::<Vec<_>>().join("; ")
}

pub(super) fn hold(cases: &[(&str, &str)]) {
    for (text, right) in cases {
        assert_eq!(fields(text), *right, "{text}");
    }
}

#[test]
fn a_negated_verb_states_what_is_not() {
    hold(&[
        (
            "From boundary mark 15 the boundary does not follow the road but runs in a straight line to boundary mark 16.",
            "from=15; follow=straight; to=16",
        ),
        (
            "From point 3 the boundary runs north for 2 km to point 4; it does not cross the railway.",
            "from=3; wind=N; length=2000; to=4; crosses-not=railway",
        ),
        (
            "От точки 3 граница идет не по реке, а по дороге на протяжении 2 км до точки 4.",
            "from=3; follow=road; along=road; length=2000; to=4",
        ),
        (
            "Від точки 3 кордон не перетинає залізницю і йде по прямій протягом 2 км до точки 4.",
            "from=3; crosses-not=railway; follow=straight; length=2000; to=4",
        ),
        (
            "15 nöqtəsindən sərhəd xətti dəmir yolunu keçmədən düz xətlə 0,62 km uzanaraq 16 nöqtəsinə çatır.",
            "from=15; crosses-not=railway; follow=straight; length=620; to=16",
        ),
    ]);
}

#[test]
fn the_ends_of_a_crossed_road_are_no_ends_of_the_leg() {
    hold(&[(
        "From point 44 the boundary follows the watershed between the rivers Ala and Bela without crossing the road to \
         Bela, to point 45.",
        "from=44; follow=watershed; along=watershed of river Ala and river Bela; crosses-not=road; to=45",
    )]);
}

#[test]
fn an_object_is_left_to_the_territory_beside_it() {
    hold(&[
        (
            "От точки 14 граница идет вдоль леса, оставляя лес на территории Воронежской области, а дорогу - на территории \
             Ростовской области, на протяжении 2 км до точки 15.",
            "from=14; follow=forest-edge; along=forest; leaves=forest | Воронежской области; leaves=road | Ростовской \
             области; length=2000; to=15",
        ),
        (
            "13 nöqtəsindən sərhəd xətti Araz çayının ortası ilə 3,40 km uzanaraq Qazaxlı kəndini Azərbaycan ərazisində \
             saxlamaqla 14 nöqtəsinə çatır.",
            "from=13; follow=river; along=river Araz; line=middle; length=3400; leaves=village Qazaxlı | Azərbaycan; to=14",
        ),
        (
            "Թիվ 15 սահմանակետից սահմանագիծն անցնում է Աղստև գետի միջնագծով 3,2 կմ, Ոսկեպար գյուղը թողնելով Հայաստանի \
             տարածքում, հասնում թիվ 16 սահմանակետին:",
            "from=15; follow=river; along=river Աղստև; line=middle; length=3200; leaves=village Ոսկեպար | Հայաստանի; to=16",
        ),
    ]);
}

#[test]
fn distances_of_other_things_are_no_length() {
    hold(&[
        (
            "From point 15 the boundary runs parallel to the railway, 50 metres north of it, to point 16.",
            "from=15; follow=offset; along=railway; offset=50; side-of-feature=N; to=16",
        ),
        (
            "От точки 5 граница идет по прямой до точки 6, расположенной в 30 м от оси пути.",
            "from=5; follow=straight; to=6",
        ),
        (
            "From point 3 the boundary runs north to point 4, situated 1.5 km from the church on a bearing of 127 degrees.",
            "from=3; wind=N; to=4; to-tie=1500 m 127.0000 church",
        ),
        ("Pillar 57 stands 34.2 m from the boundary line.", "point=57"),
        (
            "От точки 1 граница идет по тальвегу реки Амур вниз по течению, протяженностью 12,7 км до точки 2.",
            "from=1; follow=river; along=river Амур; line=thalweg; stream=down; length=12700; to=2",
        ),
    ]);
}

#[test]
fn two_units_are_one_length() {
    hold(&[
        (
            "From point 1 the boundary runs north for 16 chains 40 links to point 2.",
            "from=1; wind=N; length=329.916; to=2",
        ),
        (
            "От точки 1 граница идет на север на протяжении 3 верст 200 сажен до точки 2.",
            "from=1; wind=N; length=3627.12; to=2",
        ),
    ]);
}

#[test]
fn a_height_in_brackets_is_no_length() {
    let text = "Սահմանագիծն սկսվում է «Ա» հանգուցային սահմանակետից, որը գտնվում է Արագած լեռան գագաթին (4090 մ), և լեռնաշղթայի \
                ջրբաժանով ձգվում է դեպի հարավ-արևելք 5,6 կմ մինչև «Բ» հանգուցային սահմանակետը:";
    assert!(fields(text).contains("length=5600"), "{}", fields(text));
    let text = "9 nömrəli nöqtədən sərhəd silsilənin tini ilə Göyəzən dağına (1250 m) qədər, oradan suayırıcı ilə cənub-şərqə 3 km \
                uzanır.";
    let read = read(text);
    assert!(read.clauses.iter().flat_map(|clause| &clause.fields).all(|field| field.value != "1250"), "{read:?}");
}

/// A tie after the end of the leg is that of the end, not of a crossing before.
#[test]
fn ties_belong_to_the_point_before_them() {
    hold(&[
        (
            "From point 2 the boundary runs north, crossing the Sava, for 3.14 km to point 3, situated 0.50 km west of the \
             bridge.",
            "from=2; wind=N; crosses=Sava; length=3140; to=3; to-tie=500 m W bridge",
        ),
        (
            "От точки 2 граница идет на север, пересекая реку Сава, на протяжении 3,14 км до точки 3, расположенной в 0,50 км \
             западнее моста.",
            "from=2; wind=N; crosses=river Сава; length=3140; to=3; to-tie=500 m W bridge",
        ),
        (
            "Від точки 2 кордон йде на північ, перетинаючи річку Сава, протягом 3,14 км до точки 3, розташованої на відстані \
             0,50 км на захід від мосту.",
            "from=2; wind=N; crosses=river Сава; length=3140; to=3; to-tie=500 m W bridge",
        ),
    ]);
}
