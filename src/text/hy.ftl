### Քարտեզաթերթերի տեքստերը՝ հայերեն։ What plates say, in Armenian.
###
### Correct what stands after the equals sign; leave names and values in { $braces } as they are. What is marked
### "native reader: confirm" was written by nobody whose language this is: take the mark away when the wording is right.
### A message that is to be said in English is listed as "missing: name" in a comment.

## The panel: headings

legend = Պայմանական նշաններ
scale = Մասշտաբ
sources = Աղբյուրներ
# native reader: confirm
allowed = Թույլատրված դիտողություններ
# native reader: confirm
location = Դիրք
routes = Երթուղիներ
sheet = Թերթ
edition = հրատարակություն
# native reader: confirm
data-of = տվյալները՝
# native reader: confirm
crossings = Հատումներ
profile = Պրոֆիլ

## Routes and their crossings

# native reader: confirm
route-length = Երկարությունը WGS 84 էլիպսոիդի վրա՝ { $km } կմ
# native reader: confirm
route-joined = (ցուցիչ. հայտնի կետերը միացված են ուղիղ գծերով)
# native reader: confirm
route-published = հրապարակված՝ { $km } կմ
# native reader: confirm
route-published-between = հրապարակված՝ { $low }–{ $high } կմ
# native reader: confirm
column-number = №
# native reader: confirm
column-chainage = Հեռավորությունը սկզբից
# native reader: confirm
column-passage = Անցում
# native reader: confirm
column-position = Երկայնություն, լայնություն
# native reader: confirm
column-remark = Նշում
# native reader: confirm
uncertain = անորոշ
# native reader: confirm
dashed-marks = Կետագիծ նշաններ. դիրքերի ճշտությունը թույլ չի տալիս որոշել հատումը։
outside = դրսում
# native reader: confirm
crossings-uncertain = Դատարկ նշան՝ անորոշ. դիրքերի ճշտությունը թույլ չի տալիս որոշել հատումը։
no-crossings = Այստեղ ցուցադրված ոչ մի երթուղի շրջանակի ներսում սահման չի հատում։
# $names are names of territories.
outside-frame = Շրջանակից դուրս, չի գծված՝ { $names } (մասեր)։
# $names are names of territories.
# native reader: confirm
drawn-twice = Գծված է որպես անկլավ. տվյալներում այս տարածքը նաև այն շրջապատող տարածքինն է՝ { $names }։
# $names are names of territories.
# native reader: confirm
drawn-twice-in-part = Գծված է որպես անկլավ. տվյալներում այս տարածքը նաև այն շրջապատող տարածքինն է՝ { $names } (մասեր)։
# $names are names of territories.
# native reader: confirm
overlapping = Տվյալներում որոշ հողեր այս տարածքներից մի քանիսինն են. քարտեզում գծված են որպես մեկինը՝ { $names }։
# native reader: confirm
accuracy-band = Գծից { $metres } մ-ից ({ $formula }) մոտ ճշտությունը թույլ չի տալիս որոշել
# native reader: confirm
as-of-note = Առ { $day }. գծված է այն, ինչ գործում էր այդ օրը։
# native reader: confirm
view-note = { $party } կողմի տեսակետ. գծված է այն, ինչ այս կողմը պնդում է, ընդունում է կամ չի վիճարկում։
# native reader: confirm
view-neutral-note = Չեզոք տեսակետ. գծված չէ այն, ինչ որևէ կողմ վիճարկում է կամ ինչ միայն մեկ կողմ է պնդում։
# native reader: confirm
indicative-note = Ցուցիչ. հայտնի կետերը միացնում է ուղիղ գծերով. երկարություններն ու հատումները ճշգրիտ չեն։
# native reader: confirm
indicative = { $name }, ցուցիչ

## Lines and proposals

# native reader: confirm
claimed-by = պահանջող՝ { $name }
# native reader: confirm
proposed-by = առաջարկող՝ { $name }
# native reader: confirm
ledger = Հողային հաշվեկշիռ
# native reader: confirm
proposal = ԱՌԱՋԱՐԿ
# native reader: confirm
passes = { $from } → { $to }
# native reader: confirm
nothing-passes = Ոչ մի հող չի փոխանցվում։
# native reader: confirm
not-stated = նշված չէ
# native reader: confirm
ledger-note = Առաջարկող՝ { $name }։ Մակերեսները՝ WGS 84 էլիպսոիդի վրա։
ledger-illustration = Օրինակ, որը ոչ ոք չի առաջարկել։ Մակերեսները WGS 84 էլիպսոիդի վրա են։
sovereignty = Ինքնիշխանություն
administration = Կառավարում
# native reader: confirm
stamp = ԱՌԱՋԱՐԿ – ՉԻ ՀԱՄԱՁԱՅՆԵՑՎԱԾ
stamp-illustration = ՕՐԻՆԱԿ – ՈՉ ՈՔ ՉԻ ԱՌԱՋԱՐԿԵԼ

## Notes

# native reader: confirm
transcriptions = Մոխրագույն շեղատառ անունները մյուս լեզվի անվան տառադարձություններն են։
# native reader: confirm
disclaimer = Ցուցադրված սահմանները, անունները և կարգավիճակները որևէ տարածքի իրավական կարգավիճակի կամ որևէ սահմանի անցման վերաբերյալ դիրքորոշում չեն արտահայտում։

## The legend

# native reader: confirm
territories = Տարածքներ. հարևանները տարբեր գույնի են
other-state = Այլ պետություն
other-member = Այլ միութենական հանրապետություն
water = Ջուր
# native reader: confirm
river = Գետ
coast = Ափագիծ
context-road = Ավտոճանապարհ
context-rail = Երկաթուղի
outside-land = Այլ ցամաք՝ իր ներքին ջրերով
no-data = Տվյալներ չկան
# native reader: confirm
map-sheet = Քարտեզի թերթի շրջանակ
# native reader: confirm
outline-by = Այլ աղբյուր՝ { $source }
# native reader: confirm
route-crossing = Երթուղու հատում
# native reader: confirm
route-crossing-uncertain = Երթուղու հատում, անորոշ
# native reader: confirm
land-passes = Փոխանցվող հող
# native reader: confirm
land-stays = Մնացող հող
# native reader: confirm
inset-box = Ներդիրում
# native reader: confirm
relief = Լանջերի ստվերագծում
# $metres is the distance between them.
# native reader: confirm
contours = Հորիզոնականներ՝ ամեն { $metres } մ

## Boundaries of states, by status

# native reader: confirm
state-boundary-demarcated = Պետական սահման, սահմանազատված և սահմանագծված
# native reader: confirm
state-boundary-delimited = Պետական սահման, սահմանազատված
# native reader: confirm
state-boundary-agreed = Պետական սահման, համաձայնեցված
# native reader: confirm
state-boundary-undefined = Պետական սահման, չսահմանազատված
# native reader: confirm
state-boundary-disputed = Պետական սահման, վիճելի
# native reader: confirm
state-boundary-control-line = Վերահսկման գիծ
# native reader: confirm
state-boundary-historical = Պետական սահման, պատմական
member-boundary = Միութենական հանրապետության կամ դաշնության անդամի սահման
member-boundary-historical = Միութենական հանրապետությունների սահման, պատմական
# native reader: confirm
state-boundary-proposed = Առաջարկվող սահման
# native reader: confirm
state-boundary-unspecified = Պետական սահման, կարգավիճակը նշված չէ
# native reader: confirm
territory-boundary-unspecified = Տարածքի սահման, կարգավիճակը նշված չէ
# native reader: confirm
territory-boundary-historical = Տարածքի սահման, պատմական

## Boundaries of units, by status

# native reader: confirm
unit-boundary-historical = Պատմական վարչական սահման
# native reader: confirm
unit-boundary-proposed = Առաջարկվող վարչական սահման
# native reader: confirm
unit-boundary-disputed = Վարչական սահման, վիճելի
# native reader: confirm
unit-boundary-control-line = Ներքին վերահսկման գիծ
# native reader: confirm
unit-boundary-undefined = Վարչական սահման, չսահմանված
# native reader: confirm
unit-boundary-demarcated = Վարչական սահման, սահմանագծված
# native reader: confirm
unit-boundary-delimited = Վարչական սահման, սահմանազատված
# native reader: confirm
unit-boundary-agreed = Վարչական սահման, համաձայնեցված
# native reader: confirm
unit-boundary-unspecified = Վարչական սահման, կարգավիճակը նշված չէ

## Routes, by mode and state

# native reader: confirm
route-rail-in-use = Գործող երկաթուղի
# native reader: confirm
route-rail-planned = Երկաթուղի, նախագծվող
# native reader: confirm
route-rail-dismantled = Երկաթուղի, ապամոնտաժված
# native reader: confirm
route-road-in-use = Գործող ավտոճանապարհ
# native reader: confirm
route-road-planned = Ավտոճանապարհ, նախագծվող
# native reader: confirm
route-road-dismantled = Ավտոճանապարհ, լքված
# native reader: confirm
route-other-in-use = Այլ երթուղի
# native reader: confirm
route-other-planned = Այլ երթուղի, նախագծվող
# native reader: confirm
route-other-dismantled = Այլ երթուղի, լքված

## Places

# native reader: confirm
place-centre = Մայրաքաղաք կամ մարզկենտրոն
place-town = Քաղաք
# native reader: confirm
place-village = Գյուղ կամ ավան
place-station = Երկաթուղային կայարան
# native reader: confirm
place-crossing = Սահմանային անցակետ
place-pass = Լեռնանցք
place-peak = Գագաթ
place-reservoir = Լիճ կամ ջրամբար, ձևը ցույց տրված չէ
# native reader: confirm
place-tripoint = Եռահատում
# native reader: confirm
place-turning = Շրջադարձային կետ
# native reader: confirm
place-mark = Սահմանանիշ

## Datum, scale, north and projection

# native reader: confirm
datum-as-published = չկա. WGS 84, ինչպես հրապարակված է
# native reader: confirm
datum-read-as = չկա. ընթերցված է որպես WGS 84
# native reader: confirm
transformation = Փոխակերպում՝ { $operations }։
# native reader: confirm
scale-error-world = Մակերեսների հարաբերությունը ճշգրիտ է, երկարություններինը՝ ոչ։ Մասշտաբը ճշգրիտ է քարտեզի կենտրոնի զուգահեռականով. հարավային { $latitude }°-ի և հյուսիսային { $latitude }°-ի միջև սխալը { $least }-ից { $greatest } % է։
# native reader: confirm
scale-error = Մասշտաբը ճշգրիտ է քարտեզի կենտրոնում. քարտեզի վրա սխալը { $least }-ից { $greatest } % է։
# native reader: confirm
north-world = Հյուսիսը վերևում է միայն կենտրոնական միջօրեականի վրա. այլուր այն միջօրեականների ուղղությամբ է։
# native reader: confirm
north-grid-is-true = Կենտրոնում ցանցի հյուսիսն իսկական հյուսիսն է (միջօրեականների մերձեցում՝ { $angle })։
# $angle in degrees and minutes with a sign.
panel-convergence = կոնվերգենցիա { $angle }
north-panels = Ցանցի հյուսիսը ճշմարիտ հյուսիսից շեղված է դեպի արևելք (+) կամ արևմուտք (−) յուրաքանչյուր քարտեզի վերևում նշված կոնվերգենցիայի չափով։
# native reader: confirm
north-grid-east = N՝ իսկական հյուսիս։ Կետագիծ՝ ցանցի հյուսիս, կենտրոնում { $angle } դեպի արևելք (միջօրեականների մերձեցում, մեծացված)։
# native reader: confirm
north-grid-west = N՝ իսկական հյուսիս։ Կետագիծ՝ ցանցի հյուսիս, կենտրոնում { $angle } դեպի արևմուտք (միջօրեականների մերձեցում, մեծացված)։
# native reader: confirm
projection-polar = Բևեռային ստերեոգրաֆիկ պրոյեկցիա, կենտրոնական միջօրեական՝ { $meridian }
# native reader: confirm
projection-conic = Լամբերտի կոնֆորմ կոնական պրոյեկցիա, ստանդարտ զուգահեռականներ՝ { $south } և { $north }, կենտրոնական միջօրեական՝ { $meridian }
# native reader: confirm
projection-transverse = Մերկատորի լայնական պրոյեկցիա, կենտրոնական միջօրեական՝ { $meridian }, մասշտաբի գործակիցն այնտեղ՝ { $factor }
# native reader: confirm
projection-azimuthal = Լամբերտի հավասարամակերես ազիմուտային պրոյեկցիա, կենտրոնը՝ լայնություն { $latitude }, երկայնություն { $longitude }
# native reader: confirm
projection-equal-earth = Equal Earth պրոյեկցիա (հավասարամակերես), կենտրոնական միջօրեական՝ { $meridian }
# native reader: confirm
projection-web = Վեբ Մերկատոր պրոյեկցիա
# native reader: confirm
datum = Դատում և էլիպսոիդ՝ WGS 84։ { $projection }։

## The grid

# native reader: confirm
grid-utm = Կապույտ ցանց՝ UTM, գոտի { $zone }, ամեն { $km } կմ։
# native reader: confirm
grid-gauss-kruger = Կապույտ ցանց՝ Գաուս–Կրյուգեր, գոտի { $zone } (վեց աստիճանանի, WGS 84), ամեն { $km } կմ։

## Relief

# $cell is the distance of the heights in metres.
# native reader: confirm
relief-shade = Ռելիեֆ. լույսը՝ հարավ-արևմուտքից մինչև հյուսիս. բարձրությունները՝ ամեն { $cell } մ։
# native reader: confirm
relief-no-shade = Ստվերագծում չկա. { $cell } մ հեռավորությամբ բարձրությունները այս մասշտաբի համար նոսր են։
# In metres; $index from one index contour to the next.
# native reader: confirm
relief-contours = Հորիզոնականներ՝ ամեն { $every } մ, հաստ հորիզոնականներ՝ ամեն { $index } մ։
# native reader: confirm
relief-accuracy = Բարձրությունների ճշտությունը՝ ±{ $accuracy } մ։
# native reader: confirm
relief-no-line = Ռելիեֆը չի որոշում գիծը։

## Cautions, by status on the plate

# native reader: confirm
caution-undefined = Չսահմանազատված գծերը մոտավոր են. սահմանազատումն ընթանում է կամ չի սկսվել։
# native reader: confirm
caution-unspecified = Որտեղ աղբյուրը կարգավիճակ չի նշում, ոչ մի կարգավիճակ չի ենթադրվում։
# native reader: confirm
caution-disputed = Վիճելի գծերը ցույց են տալիս յուրաքանչյուր կողմի պահանջը։
# native reader: confirm
caution-control-line = Վերահսկման գծերը սահմաններ չեն։
# native reader: confirm
caution-historical = Պատմական գծերը վերաբերում են նշված տարվան։
# native reader: confirm
caution-proposed = Առաջարկվող գծերը համաձայնեցված չեն։

## Units

# native reader: confirm
kilometre = կմ
# native reader: confirm
metre = մ
# native reader: confirm
kilometres = { $value } կմ
# native reader: confirm
square-kilometres = { $value } կմ²

## The margin

# native reader: confirm
margin-plate = քարտեզաթերթ { $id }
# native reader: confirm
margin-sheet = թերթ { $number }
# native reader: confirm
margin-edition = հրատարակություն { $number }
# native reader: confirm
margin-profile = պրոֆիլ՝ { $route }
# native reader: confirm
margin-comparison = համեմատություն
# native reader: confirm
margin-data = տվյալներ (SHA-256)՝ { $list }

## Albums

# native reader: confirm
album-title = Սահմանագծի ալբոմ
# native reader: confirm
album-index = Թերթերի դասավորության սխեմա
# native reader: confirm
album-list = Թերթերի ցանկ
# native reader: confirm
album-catalogue = Սահմանանշանների կատալոգ
# native reader: confirm
album-count = { $count } թերթ
# native reader: confirm
album-basis = Հիմքը՝ { $text }
album-line = Գիծ
# native reader: confirm
album-chainage = Հեռավորությունը սկզբից՝ { $from } – { $to } կմ
# native reader: confirm
album-chainage-km = Հեռավորությունը սկզբից, կմ
# native reader: confirm
album-adjoining = Հարակից թերթեր
# native reader: confirm
album-map-sheets = Տեղագրական քարտեզի թերթեր
# native reader: confirm
album-marks = Սահմանանշաններ
# native reader: confirm
album-more-marks = Եվս { $count }՝ սահմանանշանների կատալոգում։
# native reader: confirm
album-corners = Հարավարևմտյան և հյուսիսարևելյան անկյուն
album-latitude = Լայնություն
album-longitude = Երկայնություն
album-north = Հյուսիս
album-east = Արևելք
album-south = Հարավ
album-west = Արևմուտք
# native reader: confirm
album-frame = Ալբոմի թերթի շրջանակ
# native reader: confirm
album-match-line = Հարակից թերթերի միացման գիծ
# native reader: confirm
album-signature = Կողմ՝ { $party }
# native reader: confirm
album-signed = անուն, ստորագրություն, ամսաթիվ

## The chart of routes side by side

# native reader: confirm
strips-title = Երթուղիների համադրում
# native reader: confirm
strips-heights = Շերտերը նույն մասշտաբով են. բարձրություններ { $low }-ից { $high } մ, ամեն { $step } մ-ը մեկ, նույնպես մեկ մասշտաբով։
# native reader: confirm
strips-scale = Շերտերը նույն մասշտաբով են։
# native reader: confirm
strips-method = Երկարությունները էլիպսոիդով են։ { $earth }. կողեր՝ { $edges }. դատում՝ { $datum }։
# native reader: confirm
margin-corridor = երթուղիների համադրում

## The chart of statuses over time

# native reader: confirm
statuses-title = Գծերն ըստ կարգավիճակի և ժամանակի
# native reader: confirm
statuses-whole = ընդամենը՝ { $km } կմ չափված
# native reader: confirm
statuses-published = { $km } կմ հրապարակված
# native reader: confirm
statuses-left-out = { $count } ավելի վաղ նիստ ցույց չի տրված
# native reader: confirm
statuses-before = մատյանից առաջ
# native reader: confirm
statuses-figure = { $status }՝ { $km } կմ, { $share } %
# native reader: confirm
statuses-figure-published = { $status }՝ { $km } կմ, { $share } %, հրապարակված՝ { $published } կմ
# native reader: confirm
margin-statuses = գծերն ըստ կարգավիճակի և ժամանակի

## The chart of a comparison

# native reader: confirm
chart-title = Գծի երկու տարբերակների հեռավորությունը
# native reader: confirm
chart-summary = Հաուսդորֆի հեռավորություն՝ { $hausdorff } մ. միջին հեռավորություն՝ { $mean } մ. երկու երկարությունների { $share } %-ը՝ { $tolerance } մ սահմաններում
# native reader: confirm
chart-summary-frechet = Հաուսդորֆի հեռավորություն՝ { $hausdorff } մ. Ֆրեշեի հեռավորություն՝ { $frechet } մ. միջին հեռավորություն՝ { $mean } մ. երկու երկարությունների { $share } %-ը՝ { $tolerance } մ սահմաններում
# native reader: confirm
chart-key = Ստվերված՝ մյուս գծից թույլատրելիից հեռու հատվածներ։ Կետագիծ՝ թույլատրելի հեռավորություն, { $tolerance } մ։ Օղակ՝ ամենամեծ հեռավորությունը։ Յուրաքանչյուր գծի հեռավորությունը սկզբից իր ընթացքով է։
# native reader: confirm
chart-floor = { $low } մ-ից փոքր հեռավորությունները գծված են որպես { $low } մ։
# native reader: confirm
chart-line = { $line }՝ { $name }, { $km } կմ. հեռավորություն { $other }-ից
# native reader: confirm
chart-chainage = հեռավորություն սկզբից { $line }-ով, կմ
# native reader: confirm
chart-offset = հեռավորություն, մ
# native reader: confirm
chart-offset-logarithmic = հեռավորություն, մ (լոգարիթմական)
# native reader: confirm
chart-worst = ամենամեծը՝ { $offset } մ, { $km } կմ-ում, { $longitude }°, { $latitude }°
# native reader: confirm
chart-method = Հեռավորությունները գեոդեզիական գծեր են դեպի մյուս գծի մոտակա տեղը՝ գծված մոտակա կողի յուրաքանչյուր փոփոխությունից մինչև հաջորդը։ { $earth }. կողեր՝ { $edges }. դատում՝ { $datum }։

## What a plate lacks and may lack

# native reader: confirm
lint-layer = { $id } շերտ
# native reader: confirm
lint-disclaimer = վերապահում
# native reader: confirm
lint-no-source = աղբյուր չկա
# native reader: confirm
lint-no-licence = լիցենզիա չկա
# native reader: confirm
lint-no-attribution = հեղինակ նշված չէ
lint-line-covered = տեքստը պետական սահմանագծին 0,5 մմ-ից մոտ է
lint-wrong-side = անունը պետական սահմանագծի մյուս կողմում է
# native reader: confirm
lint-empty-disclaimer = տեքստը դատարկ է
# native reader: confirm
lint-no-proposer = նշված չէ, թե ով է առաջարկում
# native reader: confirm
lint-line-no-proposer = նշված չէ, թե ով է առաջարկում գիծը
# native reader: confirm
lint-solid-undefined = չսահմանազատված գիծը գծված է հոծ
# native reader: confirm
lint-colour-alone = { $status } կարգավիճակը { $other }-ից տարբերվում է միայն գույնով
# native reader: confirm
lint-in-nothing = { $status } կարգավիճակը { $other }-ից ոչնչով չի տարբերվում
# native reader: confirm
lint-no-name = անուն չկա՝ "{ $language }"
# native reader: confirm
lint-former-name = "{ $name }" պատմական կամ վերանվանված ձև է՝ միայն որոնման համար
# native reader: confirm
lint-no-glyph = "{ $name }" անվան "{ $character }" ({ $code }) նիշը տառատեսակում չկա

## The page of a dataset (dossier)

# native reader: confirm
dossier-summary = Ամփոփում
# native reader: confirm
dossier-map = Քարտեզ
# native reader: confirm
dossier-map-note = Կողմնորոշման համար՝ հավասարահեռավոր գլանային պրոյեկցիա, կոորդինատները կլորացված են մոտ 1 մ-ով։ Քարտեզաթերթերը մասշտաբային են։ Ռելիեֆը և ճանապարհները գիծ չեն որոշում։
# native reader: confirm
dossier-answers = Պատասխաններ
# native reader: confirm
dossier-plates = Քարտեզաթերթեր
# native reader: confirm
dossier-files = Աղբյուրներ և հեշեր
# native reader: confirm
dossier-commands = Հրամանատողեր, որոնք նորից ստեղծում են այս պատասխանները
# native reader: confirm
dossier-layers = Շերտեր
# native reader: confirm
dossier-statuses = Գծերի կարգավիճակը
# native reader: confirm
dossier-language = Լեզու
# native reader: confirm
dossier-find = Գտնել օբյեկտ
# native reader: confirm
dossier-zoom-in = Մեծացնել
# native reader: confirm
dossier-zoom-out = Փոքրացնել
# native reader: confirm
dossier-whole = Ամբողջ տարածքը
# native reader: confirm
dossier-choose = Ընտրեք օբյեկտ քարտեզի վրա
# native reader: confirm
dossier-demarcated = սահմանագծված
# native reader: confirm
dossier-delimited = սահմանազատված
# native reader: confirm
dossier-agreed = համաձայնեցված
# native reader: confirm
dossier-undefined = չսահմանված
# native reader: confirm
dossier-disputed = վիճելի
# native reader: confirm
dossier-control-line = վերահսկման գիծ
# native reader: confirm
dossier-historical = պատմական
# native reader: confirm
dossier-proposed = առաջարկվող
# native reader: confirm
dossier-unspecified = կարգավիճակը նշված չէ
