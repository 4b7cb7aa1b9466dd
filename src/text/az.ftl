### Lövhələrin mətnləri, Azərbaycan dilində. What plates say, in Azerbaijani.
###
### Correct what stands after the equals sign; leave names and values in { $braces } as they are. What is marked
### "native reader: confirm" was written by nobody whose language this is: take the mark away when the wording is right.
### A message that is to be said in English is listed as "missing: name" in a comment.

## The panel: headings

legend = Şərti işarələr
scale = Miqyas
sources = Mənbələr
# native reader: confirm
allowed = Buraxılmış qeydlər
# native reader: confirm
location = Yerləşmə
routes = Marşrutlar
sheet = Vərəq
edition = nəşr
# native reader: confirm
data-of = məlumatın tarixi:
# native reader: confirm
crossings = Kəsişmələr
profile = Profil

## Routes and their crossings

# native reader: confirm
route-length = Uzunluq WGS 84 ellipsoidi üzərində { $km } km
# native reader: confirm
route-joined = (göstərici: məlum nöqtələr düz xətlərlə birləşdirilib)
# native reader: confirm
route-published = dərc olunmuş: { $km } km
# native reader: confirm
route-published-between = dərc olunmuş: { $low }–{ $high } km
# native reader: confirm
column-number = №
# native reader: confirm
column-chainage = Başlanğıcdan məsafə
# native reader: confirm
column-passage = Keçid
# native reader: confirm
column-position = Uzunluq, enlik
# native reader: confirm
column-remark = Qeyd
# native reader: confirm
uncertain = qeyri-dəqiq
# native reader: confirm
dashed-marks = Qırıq işarələr: mövqelərin dəqiqliyi kəsişməni müəyyən etməyə imkan vermir.
outside = xaricdə
# native reader: confirm
crossings-uncertain = İçi boş: qeyri-dəqiq. Mövqelərin dəqiqliyi kəsişməni müəyyən etməyə imkan vermir.
no-crossings = Burada göstərilən heç bir marşrut çərçivə daxilində sərhədi kəsmir.
# $names are names of territories.
outside-frame = Çərçivədən kənarda, çəkilməyib: { $names } (hissələr).
# $names are names of territories.
# native reader: confirm
drawn-twice = Anklav kimi çəkilib; verilənlərdə bu ərazi həm də onu əhatə edən əraziyə aiddir: { $names }.
# $names are names of territories.
# native reader: confirm
drawn-twice-in-part = Anklav kimi çəkilib; verilənlərdə bu ərazi həm də onu əhatə edən əraziyə aiddir: { $names } (hissələr).
# $names are names of territories.
# native reader: confirm
overlapping = Verilənlərdə bəzi torpaqlar bu ərazilərdən bir neçəsinə aiddir; xəritədə birinin torpağı kimi çəkilib: { $names }.
# native reader: confirm
accuracy-band = Xəttə { $metres } m-dən ({ $formula }) yaxında dəqiqlik müəyyən etməyə imkan vermir
# native reader: confirm
as-of-note = { $day } tarixinə: həmin gün qüvvədə olanlar çəkilib.
# native reader: confirm
view-note = { $party } mövqeyi: bu tərəfin iddia etdiyi, qəbul etdiyi və ya mübahisə etmədiyi çəkilib.
# native reader: confirm
view-neutral-note = Neytral mövqe: hər hansı tərəfin mübahisə etdiyi və ya yalnız bir tərəfin iddia etdiyi heç nə çəkilməyib.
# native reader: confirm
indicative-note = Göstərici: məlum nöqtələri düz xətlərlə birləşdirir; uzunluqlar və kəsişmələr dəqiq deyil.
# native reader: confirm
indicative = { $name }, göstərici

## Lines and proposals

# native reader: confirm
claimed-by = iddia edən: { $name }
# native reader: confirm
proposed-by = təklif edən: { $name }
# native reader: confirm
ledger = Torpaq hesabı
# native reader: confirm
proposal = TƏKLİF
# native reader: confirm
passes = { $from } → { $to }
# native reader: confirm
nothing-passes = Heç bir torpaq keçmir.
# native reader: confirm
not-stated = göstərilməyib
# native reader: confirm
ledger-note = Təklif edən: { $name }. Sahələr WGS 84 ellipsoidi üzərindədir.
ledger-illustration = İllüstrasiya, heç kim təklif etməyib. Sahələr WGS 84 ellipsoidi üzrədir.
sovereignty = Suverenlik
administration = İdarəetmə
# native reader: confirm
stamp = TƏKLİF – RAZILAŞDIRILMAYIB
stamp-illustration = İLLÜSTRASİYA – HEÇ KİM TƏKLİF ETMƏYİB

## Notes

# native reader: confirm
transcriptions = Boz maili adlar başqa dildəki adın transkripsiyasıdır.
# native reader: confirm
disclaimer = Göstərilən sərhədlər, adlar və statuslar hər hansı ərazinin hüquqi statusu və ya hər hansı sərhədin keçməsi barədə mövqe bildirmir.

## The legend

# native reader: confirm
territories = Ərazilər; qonşular rənglə fərqlənir
other-state = Digər dövlət
other-member = Digər müttəfiq respublika
water = Su
# native reader: confirm
river = Çay
coast = Sahil xətti
context-road = Avtomobil yolu
context-rail = Dəmir yolu
outside-land = Digər quru, daxili suları ilə
no-data = Məlumat yoxdur
# native reader: confirm
map-sheet = Xəritə vərəqinin çərçivəsi
# native reader: confirm
outline-by = Digər mənbə: { $source }
# native reader: confirm
route-crossing = Marşrutun kəsişməsi
# native reader: confirm
route-crossing-uncertain = Marşrutun kəsişməsi, qeyri-dəqiq
# native reader: confirm
land-passes = Keçən torpaq
# native reader: confirm
land-stays = Qalan torpaq
# native reader: confirm
inset-box = Əlavə xəritədə
# native reader: confirm
relief = Yamacların kölgələnməsi
# $metres is the distance between them.
# native reader: confirm
contours = Horizontallar hər { $metres } m-dən bir

## Boundaries of states, by status

# native reader: confirm
state-boundary-demarcated = Dövlət sərhədi, demarkasiya edilib
# native reader: confirm
state-boundary-delimited = Dövlət sərhədi, delimitasiya edilib
# native reader: confirm
state-boundary-agreed = Dövlət sərhədi, razılaşdırılıb
# native reader: confirm
state-boundary-undefined = Dövlət sərhədi, müəyyən edilməyib
# native reader: confirm
state-boundary-disputed = Dövlət sərhədi, mübahisəli
# native reader: confirm
state-boundary-control-line = Nəzarət xətti
# native reader: confirm
state-boundary-historical = Dövlət sərhədi, tarixi
member-boundary = Müttəfiq respublikanın və ya federasiya üzvünün sərhədi
member-boundary-historical = Müttəfiq respublikaların sərhədi, tarixi
# native reader: confirm
state-boundary-proposed = Təklif olunan sərhəd
# native reader: confirm
state-boundary-unspecified = Dövlət sərhədi, statusu mənbədə göstərilməyib
# native reader: confirm
territory-boundary-unspecified = Ərazinin sərhədi, statusu mənbədə göstərilməyib
# native reader: confirm
territory-boundary-historical = Ərazinin sərhədi, tarixi

## Boundaries of units, by status

# native reader: confirm
unit-boundary-historical = Tarixi inzibati sərhəd
# native reader: confirm
unit-boundary-proposed = Təklif olunan inzibati sərhəd
# native reader: confirm
unit-boundary-disputed = İnzibati sərhəd, mübahisəli
# native reader: confirm
unit-boundary-control-line = Daxili nəzarət xətti
# native reader: confirm
unit-boundary-undefined = İnzibati sərhəd, müəyyən edilməyib
# native reader: confirm
unit-boundary-demarcated = İnzibati sərhəd, demarkasiya edilib
# native reader: confirm
unit-boundary-delimited = İnzibati sərhəd, delimitasiya edilib
# native reader: confirm
unit-boundary-agreed = İnzibati sərhəd, razılaşdırılıb
# native reader: confirm
unit-boundary-unspecified = İnzibati sərhəd, statusu göstərilməyib

## Routes, by mode and state

# native reader: confirm
route-rail-in-use = İşlək dəmir yolu
# native reader: confirm
route-rail-planned = Dəmir yolu, planlaşdırılan
# native reader: confirm
route-rail-dismantled = Dəmir yolu, sökülmüş
# native reader: confirm
route-road-in-use = İşlək avtomobil yolu
# native reader: confirm
route-road-planned = Avtomobil yolu, planlaşdırılan
# native reader: confirm
route-road-dismantled = Avtomobil yolu, istifadəsiz
# native reader: confirm
route-other-in-use = Digər marşrut
# native reader: confirm
route-other-planned = Digər marşrut, planlaşdırılan
# native reader: confirm
route-other-dismantled = Digər marşrut, istifadəsiz

## Places

# native reader: confirm
place-centre = Paytaxt və ya regional mərkəz
place-town = Şəhər
# native reader: confirm
place-village = Kənd və ya qəsəbə
place-station = Dəmir yolu stansiyası
# native reader: confirm
place-crossing = Sərhəd keçid məntəqəsi
place-pass = Dağ aşırımı
place-peak = Zirvə
place-reservoir = Göl və ya su anbarı, forması göstərilməyib
# native reader: confirm
place-tripoint = Üç sərhədin qovşağı
# native reader: confirm
place-turning = Dönüş nöqtəsi
# native reader: confirm
place-mark = Sərhəd nişanı

## Datum, scale, north and projection

# native reader: confirm
datum-as-published = yoxdur: WGS 84, dərc olunduğu kimi
# native reader: confirm
datum-read-as = yoxdur: WGS 84 kimi oxunub
# native reader: confirm
transformation = Çevirmə: { $operations }.
# native reader: confirm
scale-error-world = Sahələrin nisbəti düzgündür, uzunluqların yox. Miqyas xəritənin mərkəzindəki paralel boyunca dəqiqdir; { $latitude }° c.e. ilə { $latitude }° ş.e. arasında xəta { $least } ilə { $greatest } % arasındadır.
# native reader: confirm
scale-error = Miqyas xəritənin mərkəzində dəqiqdir; xəritə üzrə xəta { $least } ilə { $greatest } % arasındadır.
# native reader: confirm
north-world = Şimal yalnız mərkəzi meridianda yuxarıdadır: başqa yerlərdə meridianlar boyuncadır.
# native reader: confirm
north-grid-is-true = Mərkəzdə koordinat torunun şimalı həqiqi şimaldır (meridianların yaxınlaşması { $angle }).
# $angle in degrees and minutes with a sign.
panel-convergence = konvergensiya { $angle }
north-panels = Tor şimalı həqiqi şimaldan hər xəritənin üstündəki konvergensiya qədər şərqə (+) və ya qərbə (−) meyllidir.
# native reader: confirm
north-grid-east = N: həqiqi şimal. Qırıq xətt: torun şimalı, mərkəzdə { $angle } şərqə (meridianların yaxınlaşması, böyüdülüb).
# native reader: confirm
north-grid-west = N: həqiqi şimal. Qırıq xətt: torun şimalı, mərkəzdə { $angle } qərbə (meridianların yaxınlaşması, böyüdülüb).
# native reader: confirm
projection-polar = Polyar stereoqrafik proyeksiya, mərkəzi meridian { $meridian }
# native reader: confirm
projection-conic = Lambertin konform konik proyeksiyası, standart paralellər { $south } və { $north }, mərkəzi meridian { $meridian }
# native reader: confirm
projection-transverse = Köndələn Merkator proyeksiyası, mərkəzi meridian { $meridian }, orada miqyas əmsalı { $factor }
# native reader: confirm
projection-azimuthal = Lambertin bərabərsahəli azimutal proyeksiyası, mərkəzi: enlik { $latitude }, uzunluq { $longitude }
# native reader: confirm
projection-equal-earth = Equal Earth proyeksiyası (bərabərsahəli), mərkəzi meridian { $meridian }
# native reader: confirm
projection-web = Web Merkator proyeksiyası
# native reader: confirm
datum = Datum və ellipsoid WGS 84. { $projection }.

## The grid

# native reader: confirm
grid-utm = Mavi tor: UTM, zona { $zone }, hər { $km } km.
# native reader: confirm
grid-gauss-kruger = Mavi tor: Qaus–Krüger, zona { $zone } (altıdərəcəli, WGS 84), hər { $km } km.

## Relief

# $cell is the distance of the heights in metres.
# native reader: confirm
relief-shade = Relyef: işıq cənub-qərbdən şimala qədər; hündürlüklər hər { $cell } m-dən bir.
# native reader: confirm
relief-no-shade = Kölgələnmə yoxdur: { $cell } m-dən bir verilən hündürlüklər bu miqyas üçün seyrəkdir.
# In metres; $index from one index contour to the next.
# native reader: confirm
relief-contours = Horizontallar hər { $every } m-dən, qalın horizontallar hər { $index } m-dən bir.
# native reader: confirm
relief-accuracy = Hündürlüklərin dəqiqliyi ±{ $accuracy } m.
# native reader: confirm
relief-no-line = Relyef xətti müəyyən etmir.

## Cautions, by status on the plate

# native reader: confirm
caution-undefined = Müəyyən edilməmiş xətlər təqribidir: delimitasiya davam edir və ya başlanmayıb.
# native reader: confirm
caution-unspecified = Mənbədə status göstərilmədikdə heç bir status nəzərdə tutulmur.
# native reader: confirm
caution-disputed = Mübahisəli xətlər hər tərəfin iddiasını göstərir.
# native reader: confirm
caution-control-line = Nəzarət xətləri sərhəd deyil.
# native reader: confirm
caution-historical = Tarixi xətlər göstərilən ilə aiddir.
# native reader: confirm
caution-proposed = Təklif olunan xətlər razılaşdırılmayıb.

## Units

# native reader: confirm
kilometre = km
# native reader: confirm
metre = m
# native reader: confirm
kilometres = { $value } km
# native reader: confirm
square-kilometres = { $value } km²

## The margin

# native reader: confirm
margin-plate = lövhə { $id }
# native reader: confirm
margin-sheet = vərəq { $number }
# native reader: confirm
margin-edition = nəşr { $number }
# native reader: confirm
margin-profile = profil: { $route }
# native reader: confirm
margin-comparison = müqayisə
# native reader: confirm
margin-data = məlumat (SHA-256): { $list }

## Albums

# native reader: confirm
album-title = Sərhəd xəttinin albomu
# native reader: confirm
album-index = Vərəqlərin yerləşmə sxemi
# native reader: confirm
album-list = Vərəqlərin siyahısı
# native reader: confirm
album-catalogue = Sərhəd nişanlarının kataloqu
# native reader: confirm
album-count = { $count } vərəq
# native reader: confirm
album-basis = Əsas: { $text }
album-line = Xətt
# native reader: confirm
album-chainage = Başlanğıcdan məsafə: { $from } – { $to } km
# native reader: confirm
album-chainage-km = Başlanğıcdan məsafə, km
# native reader: confirm
album-adjoining = Qonşu vərəqlər
# native reader: confirm
album-map-sheets = Topoqrafik xəritə vərəqləri
# native reader: confirm
album-marks = Sərhəd nişanları
# native reader: confirm
album-more-marks = Daha { $count } nişan kataloqdadır.
# native reader: confirm
album-corners = Cənub-qərb və şimal-şərq küncü
album-latitude = Enlik
album-longitude = Uzunluq
album-north = Şimal
album-east = Şərq
album-south = Cənub
album-west = Qərb
# native reader: confirm
album-frame = Albom vərəqinin çərçivəsi
# native reader: confirm
album-match-line = Qonşu vərəqlərin birləşmə xətti
# native reader: confirm
album-signature = Tərəf: { $party }
# native reader: confirm
album-signed = ad, imza, tarix

## The chart of routes side by side

# native reader: confirm
strips-title = Marşrutların müqayisəsi
# native reader: confirm
strips-heights = Zolaqlar eyni miqyasdadır; { $low } m-dən { $high } m-ə qədər hündürlüklər, hər { $step } m-dən bir, onlar da eyni miqyasdadır.
# native reader: confirm
strips-scale = Zolaqlar eyni miqyasdadır.
# native reader: confirm
strips-method = Uzunluqlar ellipsoid üzrədir. { $earth }; tillər: { $edges }; datum: { $datum }.
# native reader: confirm
margin-corridor = marşrutların müqayisəsi

## The chart of statuses over time

# native reader: confirm
statuses-title = Zaman üzrə xətlərin statusu
# native reader: confirm
statuses-whole = cəmi: ölçülmüş { $km } km
# native reader: confirm
statuses-published = dərc olunmuş { $km } km
# native reader: confirm
statuses-left-out = { $count } əvvəlki iclas göstərilməyib
# native reader: confirm
statuses-before = jurnaldan əvvəl
# native reader: confirm
statuses-figure = { $status }: { $km } km, { $share } %
# native reader: confirm
statuses-figure-published = { $status }: { $km } km, { $share } %, dərc olunmuş { $published } km
# native reader: confirm
margin-statuses = zaman üzrə xətlərin statusu

## The chart of a comparison

# native reader: confirm
chart-title = Xəttin iki variantı arasında məsafə
# native reader: confirm
chart-summary = Hausdorf məsafəsi { $hausdorff } m; orta məsafə { $mean } m; hər iki uzunluğun { $share } %-i { $tolerance } m daxilində
# native reader: confirm
chart-summary-frechet = Hausdorf məsafəsi { $hausdorff } m; Freşe məsafəsi { $frechet } m; orta məsafə { $mean } m; hər iki uzunluğun { $share } %-i { $tolerance } m daxilində
# native reader: confirm
chart-key = Kölgəli: o biri xətdən yolverilən məsafədən uzaq hissələr. Qırıq xətt: yolverilən məsafə, { $tolerance } m. Halqa: ən böyük məsafə. Hər xəttin başlanğıcdan məsafəsi öz gedişi üzrədir.
# native reader: confirm
chart-floor = { $low } m-dən az məsafələr { $low } m kimi çəkilib.
# native reader: confirm
chart-line = { $line }: { $name }, { $km } km; { $other } xəttindən məsafə
# native reader: confirm
chart-chainage = { $line } üzrə başlanğıcdan məsafə, km
# native reader: confirm
chart-offset = məsafə, m
# native reader: confirm
chart-offset-logarithmic = məsafə, m (loqarifmik)
# native reader: confirm
chart-worst = ən böyük: { $offset } m, { $km } km-də, { $longitude }°, { $latitude }°
# native reader: confirm
chart-method = Məsafələr o biri xəttin ən yaxın yerinə geodezik xətlərdir və onun ən yaxın tilinin dəyişdiyi hər yerdən növbətiyə qədər çəkilib. { $earth }; tillər: { $edges }; datum: { $datum }.

## What a plate lacks and may lack

# native reader: confirm
lint-layer = { $id } layı
# native reader: confirm
lint-disclaimer = qeyd-şərt
# native reader: confirm
lint-no-source = mənbə yoxdur
# native reader: confirm
lint-no-licence = lisenziya yoxdur
# native reader: confirm
lint-no-attribution = müəllif göstərilməyib
lint-line-covered = mətni dövlət sərhədi xəttinə 0,5 mm-dən yaxındır
lint-wrong-side = adı dövlət sərhədi xəttinin o biri tərəfindədir
# native reader: confirm
lint-empty-disclaimer = mətni boşdur
# native reader: confirm
lint-no-proposer = kimin təklif etdiyi göstərilməyib
# native reader: confirm
lint-line-no-proposer = təklif olunan xətti kimin təklif etdiyi göstərilməyib
# native reader: confirm
lint-solid-undefined = statusu müəyyən edilməmiş xətt bütöv çəkilib
# native reader: confirm
lint-colour-alone = { $status } statusu { $other } statusundan yalnız rənglə fərqlənir
# native reader: confirm
lint-in-nothing = { $status } statusu { $other } statusundan heç nə ilə fərqlənmir
# native reader: confirm
lint-no-name = "{ $language }" dilində ad yoxdur
# native reader: confirm
lint-former-name = "{ $name }" tarixi və ya dəyişdirilmiş addır, yalnız axtarış üçündür
# native reader: confirm
lint-no-glyph = "{ $name }" adında "{ $character }" ({ $code }) üçün işarə yoxdur

## The page of a dataset (dossier)

# native reader: confirm
dossier-summary = Xülasə
# native reader: confirm
dossier-map = Xəritə
# native reader: confirm
dossier-map-note = İstiqamətlənmə üçündür: bərabərməsafəli silindrik proyeksiya, koordinatlar təxminən 1 m-ə qədər yuvarlaqlaşdırılıb. Vərəqlər miqyaslıdır. Relyef və yollar xətti müəyyən etmir.
# native reader: confirm
dossier-answers = Cavablar
# native reader: confirm
dossier-plates = Vərəqlər
# native reader: confirm
dossier-files = Mənbələr və heş qiymətləri
# native reader: confirm
dossier-commands = Bu cavabları yenidən yaradan əmr sətirləri
# native reader: confirm
dossier-layers = Qatlar
# native reader: confirm
dossier-statuses = Xətlərin statusu
# native reader: confirm
dossier-language = Dil
# native reader: confirm
dossier-find = Obyekt axtar
# native reader: confirm
dossier-zoom-in = Yaxınlaşdır
# native reader: confirm
dossier-zoom-out = Uzaqlaşdır
# native reader: confirm
dossier-whole = Bütün ərazi
# native reader: confirm
dossier-choose = Xəritədə obyekt seçin
# native reader: confirm
dossier-demarcated = demarkasiya edilib
# native reader: confirm
dossier-delimited = delimitasiya edilib
# native reader: confirm
dossier-agreed = razılaşdırılıb
# native reader: confirm
dossier-undefined = müəyyən edilməyib
# native reader: confirm
dossier-disputed = mübahisəli
# native reader: confirm
dossier-control-line = nəzarət xətti
# native reader: confirm
dossier-historical = tarixi
# native reader: confirm
dossier-proposed = təklif olunan
# native reader: confirm
dossier-unspecified = status göstərilməyib
