//! Clauses of the same grammar as those of real documents, with other words, orders and abbreviations.

use super::read;

/// Language, text, and its fields in the order of the text.
const CLAUSES: [(&str, &str, &str); 53] = [
    (
        "en",
        "From point 12/1 the state border follows a straight line due north-north-west for a distance of 1,234.5 m to boundary mark No. 13, standing on the left bank of the stream Vella, 35 m south-west of the ford.",
        "from=12/1; follow=straight; wind=NNW; length=1234.5; to=13; to-bank=left; to-on=stream Vella; to-tie=35 m SW ford",
    ),
    (
        "en",
        "Thence the line proceeds along the right bank of the river Tarn downstream for 2.4 km to its confluence with the river Orla (point 14).",
        "anaphora=Thence; follow=bank; along=river Tarn; bank=right; stream=down; length=2400; to=confluence of river Orla; to-on=confluence of river Orla; to=14",
    ),
    (
        "en",
        "From B.P. 7 the boundary runs SSW in a straight line, 412.60 metres, to B.P. 8.",
        "from=7; wind=SSW; follow=straight; length=412.6; to=8",
    ),
    (
        "en",
        "From point 4 the boundary ascends the ridge in a general westerly direction through spot heights 1,204 m and 1,311 m for 2.40 km to the summit of Mount Aro (1 452.3 m).",
        "from=4; follow=ridge; along=ridge; wind=W; direction-kind=general; via=height at 1204 metre; via=height at 1311 metre; length=2400; to=summit of mountain Aro at 1452.3 metre; to-on=summit of mountain Aro at 1452.3 metre",
    ),
    (
        "en",
        "From turning point 21 the boundary goes down the middle of the unnamed stream for approximately 850 m to turning point 22, located at the culvert under the railway.",
        "from=21; follow=river; along=unnamed stream; line=middle; stream=down; approx=about; length=850; to=22; to-at=culvert of railway",
    ),
    (
        "en",
        "From boundary pillar 5 the frontier crosses the highway and the railway and continues straight in an east-south-easterly direction for 0.7 km up to boundary pillar 6.",
        "from=5; crosses=highway; crosses=railway; follow=straight; wind=ESE; length=700; to=6",
    ),
    (
        "en",
        "From point 8 the boundary runs along the edge of the forest, leaving the village of Torv in the territory of Westland and the church in the territory of Eastland, for 3.15 km to point 9.",
        "from=8; follow=forest-edge; along=forest; leaves=village Torv | Westland; leaves=church | Eastland; length=3150; to=9",
    ),
    (
        "en",
        "Point 17 lies 0.25 km north-east of the bridge over the river Mere and 1.10 km south of spot height 912.4.",
        "point=17; point-tie=250 m NE bridge of river Mere; point-tie=1100 m S height at 912.4 metre; tie-height=912.4",
    ),
    (
        "en",
        "From point 30 the boundary follows the axis of the dam in a southerly direction for 0.42 km to point 31.",
        "from=30; follow=dam; along=dam; line=axis; wind=S; length=420; to=31",
    ),
    (
        "en",
        "The boundary then follows the thalweg of the Sava upstream to the mouth of the Una.",
        "follow=river; along=Sava; line=thalweg; stream=up; to=mouth of Una; to-on=mouth of Una",
    ),
    (
        "ru",
        "От точки 15 граница следует по прямой линии в направлении на юго-запад на расстояние 2,35 км до точки 16, находящейся в 150 м к северу от моста через реку Сож.",
        "from=15; follow=straight; wind=SW; length=2350; to=16; to-tie=150 m N bridge of river Сож",
    ),
    (
        "ru",
        "От пограничного знака № 21 граница идет по водоразделу рек Уза и Вихра в общем северо-западном направлении протяженностью 3,4 км до пограничного знака № 22, установленного на вершине холма с отметкой 214,6.",
        "from=21; follow=watershed; along=watershed of river Уза and river Вихра; wind=NW; direction-kind=general; length=3400; to=22; to-on=summit of hill at 214.6 metre",
    ),
    (
        "ru",
        "От точки 5 граница идет по тальвегу реки Ипуть против течения 1,7 км до точки 6.",
        "from=5; follow=river; along=river Ипуть; line=thalweg; stream=up; length=1700; to=6",
    ),
    (
        "ru",
        "От точки 7 граница поворачивает на ВСВ и идет по прямой 0,45 км, пересекая железную дорогу и автодорогу Гомель - Брянск, до точки 8, расположенной на северо-восточной окраине поселка Заря.",
        "from=7; wind=ENE; follow=straight; length=450; crosses=railway; crosses=highway Гомель - Брянск; to=8; to-on=NE edge of settlement Заря",
    ),
    (
        "ru",
        "От точки 9 граница идет по левому берегу реки Сож вверх по течению на протяжении 0,9 км до точки 10.",
        "from=9; follow=bank; along=river Сож; bank=left; stream=up; length=900; to=10",
    ),
    (
        "ru",
        "Точка 11 расположена в 0,32 км к востоку от геодезического пункта Кирово с отметкой 187,4 и в 1,05 км юго-западнее церкви в деревне Лобановка.",
        "point=11; point-tie=320 m E geodetic-point Кирово at 187.4 metre; tie-height=187.4; point-tie=1050 m SW church of village Лобановка",
    ),
    (
        "ru",
        "От узловой точки 1 граница идет по северной обочине полевой дороги, оставляя дорогу на территории Лугового сельсовета, на протяжении 1250 м до точки 2.",
        "from=1; follow=road; along=N field-road; line=edge; side-of-feature=N; leaves=road | Лугового сельсовета; length=1250; to=2",
    ),
    (
        "ru",
        "От точки 3 граница идет вдоль железной дороги на расстоянии 50 м от ее оси на протяжении 2,2 км до точки 4.",
        "from=3; follow=offset; along=railway; offset=50; length=2200; to=4",
    ),
    (
        "ru",
        "От т. 14 граница идет по прямой на юг 640 м до т. 15.",
        "from=14; follow=straight; wind=S; length=640; to=15",
    ),
    (
        "uk",
        "Від точки 45 кордон йде по прямій лінії в напрямку на південний захід протягом 2,05 км до точки 46, що знаходиться на відстані 0,61 км на схід від геодезичного пункту Високе з відміткою 187,3.",
        "from=45; follow=straight; wind=SW; length=2050; to=46; to-tie=610 m E geodetic-point Високе at 187.3 metre; tie-height=187.3",
    ),
    (
        "uk",
        "Від прикордонного знака № 12 кордон прямує вздовж лісосмуги, залишаючи її на території Російської Федерації, у загальному північно-східному напрямку протягом 1,9 км до прикордонного знака № 13.",
        "from=12; follow=shelterbelt; along=shelterbelt; leaves=shelterbelt | Російської Федерації; wind=NE; direction-kind=general; length=1900; to=13",
    ),
    (
        "uk",
        "Від точки 50 кордон йде по балці Крута у загальному західному напрямку і далі по прямій протягом 3,44 км до точки 51, розташованої на перехресті польових доріг.",
        "from=50; follow=gully; along=gully Крута; wind=W; direction-kind=general; follow=straight; length=3440; to=51; to-on=crossroads of field-road",
    ),
    (
        "uk",
        "Від точки 60 кордон йде серединою ставка, залишаючи острів на території України, протягом 0,52 км до точки 61, розташованої на середині греблі.",
        "from=60; follow=lake; along=pond; line=middle; leaves=island | України; length=520; to=61; to-line=middle; to-on=dam",
    ),
    (
        "uk",
        "Точка 62 розташована на лівому березі річки Сейм на відстані 0,2 км на північний схід від мосту.",
        "point=62; point-bank=left; point-on=river Сейм; point-tie=200 m NE bridge",
    ),
    (
        "de",
        "Von Punkt 3 verläuft die Grenze in gerader Linie in südöstlicher Richtung auf einer Länge von 0,93 km bis zu Punkt 4, der 50 m östlich der Brücke liegt.",
        "from=3; follow=straight; wind=SE; length=930; to=4; to-tie=50 m E bridge",
    ),
    (
        "de",
        "Vom Grenzstein 12 folgt die Grenze der Mitte des Baches Lauter aufwärts 1,2 km bis zum Grenzstein 13.",
        "from=12; follow=river; along=stream Lauter; line=middle; stream=up; length=1200; to=13",
    ),
    (
        "de",
        "Von dort läuft die Grenze am Waldrand entlang nach Norden, überschreitet die Straße und erreicht Punkt 5.",
        "anaphora=Von dort; follow=forest-edge; along=forest-edge; wind=N; crosses=road; to=5",
    ),
    (
        "es",
        "Desde el punto 3 el límite sigue en línea recta en dirección sureste 0,93 km hasta el punto 4, situado a 50 m al este del puente.",
        "from=3; follow=straight; wind=SE; length=930; to=4; to-tie=50 m E bridge",
    ),
    (
        "es",
        "Desde el hito 12 la frontera sigue por el medio del río Paraná aguas abajo 12,5 km hasta la desembocadura del arroyo Hondo.",
        "from=12; follow=river; along=river Paraná; line=middle; stream=down; length=12500; to=mouth of stream Hondo; to-on=mouth of stream Hondo",
    ),
    (
        "es",
        "De allí continúa por la divisoria de aguas hasta el hito 13, cruzando el camino.",
        "anaphora=De allí; follow=watershed; along=watershed; to=13; crosses=road",
    ),
    (
        "fr",
        "Du point 3 la frontière suit une ligne droite vers le sud-est sur une longueur de 0,93 km jusqu'au point 4, situé à 50 m à l'est du pont.",
        "from=3; follow=straight; wind=SE; length=930; to=4; to-tie=50 m E bridge",
    ),
    (
        "fr",
        "De la borne 12 la frontière suit le milieu du ruisseau Vert en aval sur 1,2 km jusqu'à la borne 13.",
        "from=12; follow=river; along=stream Vert; line=middle; stream=down; length=1200; to=13",
    ),
    (
        "sr",
        "Од тачке 3 граница иде у правој линији у правцу југоистока у дужини од 0,93 км до тачке 4, која се налази 50 м источно од моста.",
        "from=3; follow=straight; wind=SE; length=930; to=4; to-tie=50 m E bridge",
    ),
    (
        "sr",
        "Од стуба 12 граница води средином реке Дрине низводно 1,2 km до стуба 13.",
        "from=12; follow=river; along=river Дрине; line=middle; stream=down; length=1200; to=13",
    ),
    (
        "az",
        "5 nömrəli nöqtədən sərhəd xətti Kür çayının ortası ilə axın aşağı 2,3 km gedərək 6 nömrəli nöqtəyə çatır.",
        "from=5; follow=river; along=river Kür; line=middle; stream=down; length=2300; to=6",
    ),
    (
        "az",
        "Buradan sərhəd xətti düz xətlə cənub-şərq istiqamətində 450 m uzanaraq körpüdən 0,1 km şimalda yerləşən 7 nömrəli sərhəd nişanına çatır.",
        "anaphora=Buradan; follow=straight; wind=SE; length=450; to-tie=100 m N bridge; to=7",
    ),
    (
        "az",
        "8 nömrəli nöqtədən sərhəd xətti suayırıcı ilə ümumi qərb istiqamətində 3,1 km uzanır və 9 nömrəli nöqtəyə çatır.",
        "from=8; follow=watershed; along=watershed; wind=W; direction-kind=general; length=3100; to=9",
    ),
    (
        "hy",
        "Թիվ 4 սահմանակետից սահմանագիծը Աղստև գետի միջնագծով, հոսանքն ի վար, անցնում է 2,3 կմ, հասնում թիվ 5 սահմանակետին։",
        "from=4; follow=river; along=river Աղստև; line=middle; stream=down; length=2300; to=5",
    ),
    (
        "hy",
        "Այստեղից սահմանագիծը ջրբաժանով թեքվում է դեպի հարավ-արևմուտք, անցնում 760 մ, հասնում բարձունքի գագաթին գտնվող թիվ 8 սահմանակետին։",
        "anaphora=Այստեղից; follow=watershed; along=watershed; wind=SW; length=760; to-at=summit; to=8",
    ),
    (
        "it",
        "Dal cippo 3 il confine corre in linea retta verso sud-est per 0,93 km fino al cippo 4, situato 50 m a est del ponte.",
        "from=3; follow=straight; wind=SE; length=930; to=4; to-tie=50 m E bridge",
    ),
    (
        "en",
        "Starting from boundary marker 101 the borderline proceeds northwards along the crest of the unnamed range, passing through summit 2,431 m, for 5.6 km until it reaches boundary marker 102.",
        "from=101; wind=N; follow=ridge; along=ridge of unnamed range; via=summit at 2431 metre; length=5600; to=102",
    ),
    (
        "en",
        "From point 21 the boundary runs in a straight line on a bearing of 157°32' for 412.6 m to point 22.",
        "from=21; follow=straight; bearing=157.5333; length=412.6; to=22",
    ),
    (
        "ru",
        "От точки 26 граница идет в общем юго-восточном направлении по оврагу, затем по прямой на протяжении 1,28 км до точки 27, расположенной в 0,24 км на запад от водонапорной башни.",
        "from=26; wind=SE; direction-kind=general; follow=ravine; along=ravine; follow=straight; length=1280; to=27; to-tie=240 m W tower",
    ),
    (
        "ru",
        "От точки 28 граница идет по прямой по азимуту 157°32' 412,6 м до точки 29.",
        "from=28; follow=straight; bearing=157.5333; length=412.6; to=29",
    ),
    (
        "ru",
        "Точка 30 расположена на гребне хребта в 1,2 км к северу от горы Песчаная (1311,0 м).",
        "point=30; point-on=ridge of range; point-tie=1200 m N mountain Песчаная at 1311.0 metre; tie-height=1311.0",
    ),
    (
        "uk",
        "Від точки 70 кордон йде по прямій у північно-західному напрямку, перетинаючи автодорогу Суми - Курськ, протягом 0,96 км до точки 71, розташованої на узбіччі путівця.",
        "from=70; follow=straight; wind=NW; crosses=highway Суми - Курськ; length=960; to=71; to-on=country-road",
    ),
    (
        "uk",
        "Від точки 72 кордон йде річкою Уди вгору за течією, залишаючи перший острів на території України, решту - на території Російської Федерації, протягом 6,45 км до точки 73.",
        "from=72; follow=river; along=river Уди; stream=up; leaves=1. island | України; leaves=remaining | Російської Федерації; length=6450; to=73",
    ),
    (
        "uk",
        "Від точки 74 кордон повертає на схід і йде по краю лісу протягом 0,4 км до точки 75.",
        "from=74; wind=E; follow=forest-edge; length=400; to=75",
    ),
    (
        "uk",
        "Від т. 76 кордон йде вздовж лісосмуги на південь 1,2 км до т. 77.",
        "from=76; follow=shelterbelt; along=shelterbelt; wind=S; length=1200; to=77",
    ),
    (
        "az",
        "1 nömrəli sərhəd nişanından sərhəd xətti yol boyunca şimal istiqamətində 800 m gedərək 2 nömrəli sərhəd nişanına çatır.",
        "from=1; follow=road; along=road; wind=N; length=800; to=2",
    ),
    (
        "de",
        "Vom Punkt 7 folgt die Grenze dem Kamm in allgemeiner nordöstlicher Richtung 2,4 km bis zum Gipfel.",
        "from=7; follow=ridge; along=ridge; wind=NE; direction-kind=general; length=2400; to=summit; to-on=summit",
    ),
    (
        "es",
        "Desde el punto 8 el límite sigue por el río Itaqui aguas arriba hasta el puente.",
        "from=8; follow=river; along=river Itaqui; stream=up; to=bridge; to-on=bridge",
    ),
    (
        "sr",
        "Од стуба 4 граница скреће на север и иде гребеном 1,3 km до стуба 5.",
        "from=4; wind=N; follow=ridge; along=ridge; length=1300; to=5",
    ),
];

#[test]
fn clauses_in_other_words_are_read() {
    for (language, text, expected) in CLAUSES {
        let read = read(text);
        assert_eq!(read.languages, [language], "{text}");
        let fields = read.clauses.iter().flat_map(|clause| &clause.fields);
        let found = fields.map(|field| format!("{}={}", field.field, field.value)).collect::<Vec<_>>().join("; ");
        assert_eq!(found, expected, "{text}");
    }
}
