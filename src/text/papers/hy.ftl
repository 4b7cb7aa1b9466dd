# Նկարագրությունների բառերը հայերեն։ Տե՛ս en.ftl։
#
# "# confirm" marks a message that a native must confirm before a paper with it is signed; `describe --unconfirmed`
# lists them.

## Կետեր՝ ուղղական | բացառական | տրական
point = թիվ { $id } սահմանակետը | թիվ { $id } սահմանակետից | թիվ { $id } սահմանակետին
# confirm
point-turning = թիվ { $id } շրջադարձային կետը | թիվ { $id } շրջադարձային կետից | թիվ { $id } շրջադարձային կետին
point-node = { $id } հանգուցային սահմանակետը | { $id } հանգուցային սահմանակետից | { $id } հանգուցային սահմանակետին
# confirm
point-mark = թիվ { $id } սահմանային նշանը | թիվ { $id } սահմանային նշանից | թիվ { $id } սահմանային նշանին
point-tripoint = թիվ { $id } սահմանակետը | թիվ { $id } սահմանակետից | թիվ { $id } սահմանակետին
# confirm
point-start = թիվ { $id } ելակետը | թիվ { $id } ելակետից | թիվ { $id } ելակետին
# confirm
point-end = թիվ { $id } վերջնակետը | թիվ { $id } վերջնակետից | թիվ { $id } վերջնակետին

# confirm
leg-straight = { $from } սահմանագիծն ուղիղ գծով թեքվում է { $direction }, { $extras } { $length }, հասնում { $to }
# confirm
leg-river = { $from } սահմանագիծը { $along }, { $extras } { $direction } { $length-river }, հասնում { $to }
# confirm
leg-ridge = { $from } սահմանագիծը { $along }{ $extras }, { $direction } { $length-river }, հասնում { $to }
# confirm
leg-way = { $from } սահմանագիծը, { $along }{ $extras }, { $direction } { $length-river }, հասնում { $to }
# confirm
leg-compound = { $from } սահմանագիծը { $direction } { $along } ընդամենը { $length-river }, հասնում { $to }
# confirm
then = { $a } և ապա { $b }
situated = { $point }, որը գտնվում է { $place }
situated-on = { $place } գտնվող { $point }
length = անցնում { $n } { $unit }
length-river = անցնում է { $n } { $unit }
# confirm
sides = { $leg }; սահմանագծից ձախ { $left } տարածքն է, աջ՝ { $right } տարածքը
sentence = { $text }։

straight = ուղիղ գծով
# confirm
along-river = { $what } { $line }, { $stream }
# confirm
along-river-part = { $what } { $line }, { $stream },
# confirm
along-bank = { $what } { $bank } ափով, { $stream }
# confirm
along-shore = { $what } ափով
# confirm
along-ridge = { $what } ջրբաժանով
# confirm
along-watershed = { $what } բաժանող ջրբաժանով
# confirm
along-way = { $what } երկայնքով
# confirm
along-edge = { $what } եզրով
# confirm
along-offset = { $what } առանցքին զուգահեռ՝ դրանից { $n } { $unit } հեռավորությամբ
# confirm
along-list = կից ցուցակի կետերը հաջորդաբար միացնող ուղիղ գծերով
# confirm
stream-up = հոսանքն ի վեր
# confirm
stream-down = հոսանքն ի վար
# «…-ով» | «… վրա»
line-middle = միջնագծով | միջնագծի
# confirm
line-median = միջին գծով | միջին գծի
# confirm
line-thalweg = թալվեգով | թալվեգի
line-main-fairway = գլխավոր նավարկուղու միջնագծով | գլխավոր նավարկուղու միջնագծի
line-main-branch-middle = գլխավոր գետաբազկի միջնագծով | գլխավոր գետաբազկի միջնագծի
# confirm
line-bed = հունով | հունի
# confirm
line-axis = առանցքով | առանցքի
# confirm
line-centre = առանցքագծով | առանցքագծի
bank-left = ձախ
bank-right = աջ
# confirm
via = ՝ { $what }
# confirm
heights = { $n ->
    [1] { $list } նիշով բարձունքով
   *[other] { $list } նիշերով բարձունքներով
 }
# confirm
crossing = ՝ հատելով { $what }
# confirm
leaving = ՝ { $what }
# confirm
left-in = { $what } թողնելով { $territory } տարածքում
it = այն

direction = դեպի { $wind }
direction-general = ընդհանուր առմամբ դեպի { $wind }
# confirm
direction-azimuth = { $angle } ազիմուտով
# confirm
direction-azimuth-general = { $angle } ընդհանուր ազիմուտով

tie = { $what } { $n } { $unit } դեպի { $wind }
# confirm
tie-approx = { $what } մոտավորապես { $n } { $unit } դեպի { $wind }
# confirm
tie-azimuth = { $what } { $n } { $unit }՝ { $angle } ազիմուտով
# confirm
tie-azimuth-approx = { $what } մոտավորապես { $n } { $unit }՝ { $angle } ազիմուտով
# confirm
at = { $what } տեղում
# confirm
near = { $what } մոտ
on-line = { $what } { $line } վրա
on-bank = { $what } { $bank } ափին
# confirm
on-ridge = { $what } ջրբաժանի վրա
# confirm
on-way = { $what } առանցքի վրա
# confirm
in-territory = { $territory } տարածքում գտնվող { $what }
# confirm
start = Նկարագրության սկիզբ է ընդունված { $point }
# confirm
tripoint = { $point } { $states } պետական սահմանների եռահատման կետն է
# confirm
tripoint-treaty = { $point } { $states } պետական սահմանների եռահատման կետն է, որի դիրքը կսահմանվի առանձին պայմանագրով
# confirm
lies = { $point } գտնվում է { $place }

and = { $a } և { $b }
km = կմ
m = մ
ha = հա

## Քամիներ
# confirm
wind-N = հյուսիս
# confirm
wind-NNE = հյուսիս-հյուսիս-արևելք
wind-NE = հյուսիս-արևելք
# confirm
wind-ENE = արևելք-հյուսիս-արևելք
# confirm
wind-E = արևելք
# confirm
wind-ESE = արևելք-հարավ-արևելք
wind-SE = հարավ-արևելք
# confirm
wind-SSE = հարավ-հարավ-արևելք
# confirm
wind-S = հարավ
# confirm
wind-SSW = հարավ-հարավ-արևմուտք
# confirm
wind-SW = հարավ-արևմուտք
# confirm
wind-WSW = արևմուտք-հարավ-արևմուտք
# confirm
wind-W = արևմուտք
# confirm
wind-WNW = արևմուտք-հյուսիս-արևմուտք
# confirm
wind-NW = հյուսիս-արևմուտք
# confirm
wind-NNW = հյուսիս-հյուսիս-արևմուտք

## Օբյեկտներ՝ ուղղական | սեռական | բացառական | հոգնակի սեռական
# confirm
class-river = գետը | գետի | գետից | գետերի
# confirm
class-stream = վտակը | վտակի | վտակից | վտակների
# confirm
class-canal = ջրանցքը | ջրանցքի | ջրանցքից | ջրանցքների
# confirm
class-ditch = առուն | առվի | առվից | առուների
# confirm
class-lake = լիճը | լճի | լճից | լճերի
# confirm
class-reservoir = ջրամբարը | ջրամբարի | ջրամբարից | ջրամբարների
# confirm
class-island = կղզին | կղզու | կղզուց | կղզիների
# confirm
class-spring = աղբյուրը | աղբյուրի | աղբյուրից | աղբյուրների
# confirm
class-well = ջրհորը | ջրհորի | ջրհորից | ջրհորների
# confirm
class-mouth = գետաբերանը | գետաբերանի | գետաբերանից | գետաբերանների
# confirm
class-source = ակունքը | ակունքի | ակունքից | ակունքների
# confirm
class-confluence = գետախառնուրդը | գետախառնուրդի | գետախառնուրդից | գետախառնուրդների
# confirm
class-summit = գագաթը | գագաթի | գագաթից | գագաթների
# confirm
class-height = բարձունքը | բարձունքի | բարձունքից | բարձունքների
# confirm
class-hill = բլուրը | բլրի | բլրից | բլուրների
# confirm
class-mountain = լեռը | լեռան | լեռից | լեռների
# confirm
class-ridge = լեռնաշղթան | լեռնաշղթայի | լեռնաշղթայից | լեռնաշղթաների
# confirm
class-pass = լեռնանցքը | լեռնանցքի | լեռնանցքից | լեռնանցքների
# confirm
class-saddle = թամբոցը | թամբոցի | թամբոցից | թամբոցների
# confirm
class-road = ճանապարհը | ճանապարհի | ճանապարհից | ճանապարհների
# confirm
class-highway = մայրուղին | մայրուղու | մայրուղուց | մայրուղիների
# confirm
class-dirt-road = գրունտային ճանապարհը | գրունտային ճանապարհի | գրունտային ճանապարհից | գրունտային ճանապարհների
# confirm
class-field-road = դաշտային ճանապարհը | դաշտային ճանապարհի | դաշտային ճանապարհից | դաշտային ճանապարհների
# confirm
class-forest-road = անտառային ճանապարհը | անտառային ճանապարհի | անտառային ճանապարհից | անտառային ճանապարհների
# confirm
class-track = գյուղական ճանապարհը | գյուղական ճանապարհի | գյուղական ճանապարհից | գյուղական ճանապարհների
# confirm
class-path = արահետը | արահետի | արահետից | արահետների
# confirm
class-street = փողոցը | փողոցի | փողոցից | փողոցների
# confirm
class-railway = երկաթուղին | երկաթուղու | երկաթուղուց | երկաթուղիների
# confirm
class-fork = բաժանման տեղը | բաժանման տեղի | բաժանման տեղից | բաժանման տեղերի
# confirm
class-crossroads = խաչմերուկը | խաչմերուկի | խաչմերուկից | խաչմերուկների
# confirm
class-bridge = կամուրջը | կամրջի | կամրջից | կամուրջների
# confirm
class-culvert = ջրատար խողովակը | ջրատար խողովակի | ջրատար խողովակից | ջրատար խողովակների
# confirm
class-tunnel = թունելը | թունելի | թունելից | թունելների
# confirm
class-station = կայարանը | կայարանի | կայարանից | կայարանների
# confirm
class-forest = անտառը | անտառի | անտառից | անտառների
# confirm
class-field = դաշտը | դաշտի | դաշտից | դաշտերի
# confirm
class-parcel = հողամասը | հողամասի | հողամասից | հողամասների
# confirm
class-city = քաղաքը | քաղաքի | քաղաքից | քաղաքների
# confirm
class-town = ավանը | ավանի | ավանից | ավանների
# confirm
class-village = գյուղը | գյուղի | գյուղից | գյուղերի
# confirm
class-settlement = բնակավայրը | բնակավայրի | բնակավայրից | բնակավայրների
# confirm
class-building = շինությունը | շինության | շինությունից | շինությունների
# confirm
class-church = եկեղեցին | եկեղեցու | եկեղեցուց | եկեղեցիների
# confirm
class-monastery = վանքը | վանքի | վանքից | վանքերի
# confirm
class-cemetery = գերեզմանատունը | գերեզմանատան | գերեզմանատնից | գերեզմանատների
# confirm
class-dam = ամբարտակը | ամբարտակի | ամբարտակից | ամբարտակների
# confirm
class-pipeline = խողովակաշարը | խողովակաշարի | խողովակաշարից | խողովակաշարերի
# confirm
class-power-line = էլեկտրահաղորդման գիծը | էլեկտրահաղորդման գծի | էլեկտրահաղորդման գծից | էլեկտրահաղորդման գծերի
# confirm
class-tower = աշտարակը | աշտարակի | աշտարակից | աշտարակների
# confirm
class-mast = կայմը | կայմի | կայմից | կայմերի
# confirm
class-pylon = հենասյունը | հենասյան | հենասյունից | հենասյուների
# confirm
class-geodetic-point = գեոդեզիական կետը | գեոդեզիական կետի | գեոդեզիական կետից | գեոդեզիական կետերի
# confirm
class-boundary-mark = սահմանային նշանը | սահմանային նշանի | սահմանային նշանից | սահմանային նշանների
# confirm
class-rock = ժայռը | ժայռի | ժայռից | ժայռերի
# confirm
class-tree = ծառը | ծառի | ծառից | ծառերի
# confirm
class-mound = դամբանաբլուրը | դամբանաբլրի | դամբանաբլրից | դամբանաբլուրների
# confirm
class-quarry = քարհանքը | քարհանքի | քարհանքից | քարհանքների
# confirm
class-point = կետը | կետի | կետից | կետերի
object = { $word }
# confirm
object-named = { $name } { $word }
# confirm
object-unnamed = անանուն { $word }
object-that = { $word }
# confirm
object-of = { $of } { $what }
# confirm
objects-named = { $name } { $word }
# confirm
height = { $case ->
    [abl] { $height } նիշով բարձունքից
    [gen] { $height } նիշով բարձունքի
   *[nom] { $height } նիշով բարձունքը
 }
# confirm
with-height = { $height } նիշով { $what }

# confirm
title = { $a } և { $b } միջև պետական սահմանի գծի արձանագրություն-նկարագրություն
# confirm
title-ring = { $name }. սահմանագծի արձանագրություն-նկարագրություն
parties = Կողմերը
# confirm
basis = Իրավական հիմքը
definitions = Սահմանումներ
surface = Սահմանը գիծն է և այդ գծով անցնող այն ուղղահայաց մակերևույթը, որը բաժանում է ցամաքը, ջրերը, ընդերքը և օդային տարածքը։
sources = Աղբյուրներ
# confirm
source-line = { $name }։ Ամսաթիվ՝ { $date }։
# confirm
accuracy = Գծի դիրքը հայտնի է { $n } { $unit } ճշտությամբ։
# confirm
met-between = { $from } մինչև { $to } ընկած հատվածում սահմանագիծը հատում է { $what }, այդ օբյեկտի դիրքը հայտնի է { $n } { $unit } ճշտությամբ, և հատման տեղը որոշված չէ
# confirm
met-undetermined = որոշված չէ՝ արդյոք սահմանագիծը հանդիպում է { $what } նշվածներից բացի այլ տեղերում, քանի որ այդ օբյեկտի դիրքը հայտնի է { $n } { $unit } ճշտությամբ
rules = Կանոններ
# confirm
winds-8 = Ուղղությունները նշված են 8 հորիզոնի կողմերով՝ իրական հյուսիսից։
# confirm
winds-16 = Ուղղությունները նշված են 16 հորիզոնի կողմերով՝ իրական հյուսիսից։
# confirm
winds-degrees = Ուղղությունները նշված են ազիմուտներով՝ աստիճաններով, իրական հյուսիսից։
# confirm
lengths = Երկարությունները գծի երկայնքով են, միավորը՝ { $unit }. այլ օբյեկտներից հեռավորությունները ուղիղ գծով են։
# confirm
datum = Կոորդինատները { $datum } համակարգում են։
# confirm
edge-lonlat = Ուղիղ գիծն ուղիղ է ըստ երկայնության և լայնության։
# confirm
edge-geodesic = Ուղիղ գիծը էլիպսոիդի գեոդեզիական գիծն է։
# confirm
edge-rhumb = Ուղիղ գիծը լոքսոդրոմն է։
# confirm
banks = Ձախ և աջ ափերը որոշվում են հոսանքն ի վար նայելիս։
# confirm
precedence = Փաստաթղթերի տարբերության դեպքում գերակա են հետևյալ հերթականությամբ. { $list }։
# confirm
authority-text = նկարագրության տեքստը
# confirm
authority-coordinates = կոորդինատների ցուցակը
authority-map = քարտեզը
# confirm
authority-marks = տեղանքի սահմանային նշանները
# confirm
sector = Հատված { $n }. { $heading }
# confirm
sector-length = { $sector } (երկարությունը { $length } { $unit })
totals = Ընդամենը
# confirm
total-length = Գծի երկարությունը { $n } { $unit } է։
# confirm
total-sum = Հատվածների նշված երկարությունների գումարը { $n } { $unit } է։
# confirm
total-land = Ցամաքով՝ { $n } { $unit }։
# confirm
total-rivers = Գետերով՝ { $n } { $unit }։
# confirm
total-lakes = Լճերով՝ { $n } { $unit }։
# confirm
total-ring = Սահմանագծով պարփակված տարածքի մակերեսը { $area } հա է, երկարությունը՝ { $n } { $unit }։
# confirm
total-points = Կետերի թիվը՝ { $n }։
# confirm
annex-catalogue = Հավելված։ Կոորդինատների ցուցակ
# confirm
annex-sheets = Հավելված։ Քարտեզի թերթերի ցանկ
column-point = Կետ
column-latitude = Լայնություն
column-longitude = Երկայնություն
# confirm
column-azimuth = Ազիմուտը դեպի հաջորդ կետը
# confirm
column-distance = Հեռավորությունը մինչև հաջորդ կետը, մ
# confirm
originals = Կատարված է { $n } օրինակից, լեզուներ՝ { $languages }. բոլոր տեքստերն ունեն հավասար ուժ։
language-en = անգլերեն
language-ru = ռուսերեն
language-hy = հայերեն
language-az = ադրբեջաներեն
# confirm
signatures = Ստորագրություններ

## Protocols of marks
# confirm
protocol-title = Սահմանային նշան { $number }-ի արձանագրություն
# confirm
protocol-mark = նշան
# confirm
protocol-line = Գիծ
# confirm
protocol-kind = Տեսակ
# confirm
protocol-kind-main = հիմնական նշան
# confirm
protocol-kind-intermediate = միջանկյալ նշան
# confirm
protocol-kind-river-pair = գետային նշան, երկու սյուն
# confirm
protocol-kind-junction = հանգուցային նշան
# confirm
protocol-planned = նախագծվող
# confirm
protocol-standing = գոյություն ունեցող
# confirm
protocol-place = Տեղադրման վայր
# confirm
protocol-on-line = սահմանագծի վրա
# confirm
protocol-on-banks = երկու ափերին
# confirm
protocol-at-junction = գծերի հատման կետում
# confirm
protocol-chainage = Հեռավորությունը գծի սկզբից, մ
# confirm
protocol-left = Տարածքը ձախ կողմում
# confirm
protocol-right = Տարածքը աջ կողմում
# confirm
protocol-height = Տեղանքի բարձրությունը, մ
# confirm
protocol-sheet = Քարտեզի թերթ 1:50 000
# confirm
protocol-material = Նյութ, գույն, ցուցատախտակ; տեղադրման ամսաթիվ
# confirm
protocol-coordinates = Կոորդինատներ
# confirm
protocol-post-left = ձախ սյուն
# confirm
protocol-post-right = աջ սյուն
# confirm
protocol-from = Որտեղից
# confirm
protocol-to = Մինչև
# confirm
protocol-azimuth = Ազիմուտ
# confirm
protocol-distance = Հեռավորություն, մ
# confirm
protocol-along = Գծով, մ
# confirm
protocol-note = Ուրվագիծ 1:{ $scale }, ցանց UTM { $zone } (WGS 84)։ Ազիմուտները՝ իրական հյուսիսից, հեռավորությունները՝ գեոդեզիական գծով։ Ձախ և աջ՝ գծի ուղղությամբ։
# confirm
protocol-signature = { $party }՝ անուն, ստորագրություն, ամսաթիվ
