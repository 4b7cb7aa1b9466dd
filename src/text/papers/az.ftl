# Təsvirlərin Azərbaycan dilində sözləri. Bax: en.ftl.
#
# "# confirm" marks a message that a native must confirm before a paper with it is signed; `describe --unconfirmed`
# lists them.

## Nöqtələr: adlıq | çıxışlıq | yönlük
# confirm
point = { $id } nömrəli nöqtə | { $id } nömrəli nöqtədən | { $id } nömrəli nöqtəyə
# confirm
point-turning = { $id } nömrəli dönüş nöqtəsi | { $id } nömrəli dönüş nöqtəsindən | { $id } nömrəli dönüş nöqtəsinə
# confirm
point-node = { $id } nömrəli qovşaq nöqtəsi | { $id } nömrəli qovşaq nöqtəsindən | { $id } nömrəli qovşaq nöqtəsinə
# confirm
point-mark = { $id } nömrəli sərhəd nişanı | { $id } nömrəli sərhəd nişanından | { $id } nömrəli sərhəd nişanına
# confirm
point-tripoint = { $id } nömrəli nöqtə | { $id } nömrəli nöqtədən | { $id } nömrəli nöqtəyə
# confirm
point-start = { $id } nömrəli başlanğıc nöqtəsi | { $id } nömrəli başlanğıc nöqtəsindən | { $id } nömrəli başlanğıc nöqtəsinə
# confirm
point-end = { $id } nömrəli son nöqtə | { $id } nömrəli son nöqtədən | { $id } nömrəli son nöqtəyə

# confirm
leg-straight = { $from } sərhəd xətti düz xətlə { $direction } { $extras } { $length } { $to } çatır
# confirm
leg-river = { $from } sərhəd xətti { $along } { $extras } { $direction } { $length-river } { $to } çatır
# confirm
leg-ridge = { $from } sərhəd xətti { $along } { $extras } { $direction } { $length } { $to } çatır
# confirm
leg-way = { $from } sərhəd xətti { $along } { $extras } { $direction } { $length } { $to } çatır
# confirm
leg-compound = { $from } sərhəd xətti { $direction } { $along } cəmi { $length } { $to } çatır
# confirm
then = { $a } və daha sonra { $b }
# confirm
situated = { $place } yerləşən { $point }
# confirm
situated-on = { $place } yerləşən { $point }
# confirm
length = { $n } { $unit } uzanaraq
# confirm
length-river = { $n } { $unit } gedərək
# confirm
sides = { $leg }; sərhəd xəttindən solda { $left } ərazisi, sağda { $right } ərazisi yerləşir
sentence = { $text }.

straight = düz xətlə
# confirm
along-river = { $what } { $line } { $stream }
# confirm
along-river-part = { $what } { $line } { $stream }
# confirm
along-bank = { $what } { $bank } sahili ilə { $stream }
# confirm
along-shore = { $what } sahili ilə
# confirm
along-ridge = { $what } suayırıcısı ilə
# confirm
along-watershed = { $what } arasındakı suayırıcı ilə
# confirm
along-way = { $what } boyunca
# confirm
along-edge = { $what } kənarı ilə
# confirm
along-offset = { $what } oxuna paralel, ondan { $n } { $unit } məsafədə
# confirm
along-list = əlavə edilmiş kataloqun nöqtələrini ardıcıl birləşdirən düz xətlərlə
# confirm
stream-up = axına qarşı
# confirm
stream-down = axın aşağı
# „… ilə“ | „…da“
# confirm
line-middle = ortası ilə | ortasında
# confirm
line-median = orta xətti ilə | orta xəttində
# confirm
line-thalweg = talveqi ilə | talveqində
# confirm
line-main-fairway = əsas farvaterinin ortası ilə | əsas farvaterinin ortasında
# confirm
line-main-branch-middle = əsas qolunun ortası ilə | əsas qolunun ortasında
# confirm
line-bed = məcrası ilə | məcrasında
# confirm
line-axis = oxu ilə | oxunda
# confirm
line-centre = mərkəz xətti ilə | mərkəz xəttində
bank-left = sol
bank-right = sağ
# confirm
via = { $what } keçməklə
# confirm
heights = { $n ->
    [1] { $list } yüksəkliyindən
   *[other] { $list } yüksəkliklərindən
 }
# confirm
crossing = , { $what } kəsməklə,
# confirm
leaving = , { $what } saxlamaqla,
# confirm
left-in = { $what } { $territory } ərazisində
# confirm
it = onu

# confirm
direction = { $wind } istiqamətində
# confirm
direction-general = ümumi { $wind } istiqamətində
# confirm
direction-azimuth = { $angle } azimutu üzrə
# confirm
direction-azimuth-general = { $angle } ümumi azimutu üzrə

# confirm
tie = { $what } { $n } { $unit } { $wind }
# confirm
tie-approx = { $what } təxminən { $n } { $unit } { $wind }
# confirm
tie-azimuth = { $what } { $angle } azimutu üzrə { $n } { $unit } məsafədə
# confirm
tie-azimuth-approx = { $what } { $angle } azimutu üzrə təxminən { $n } { $unit } məsafədə
# confirm
at = { $what } yerində
# confirm
near = { $what } yaxınlığında
# confirm
on-line = { $what } { $line }
# confirm
on-bank = { $what } { $bank } sahilində
# confirm
on-ridge = { $what } suayırıcısında
# confirm
on-way = { $what } oxunda
# confirm
in-territory = { $territory } ərazisindəki { $what }
# confirm
start = Təsvirin başlanğıc nöqtəsi { $point } hesab olunur
# confirm
tripoint = { $point } { $states } dövlət sərhədlərinin kəsişmə nöqtəsidir
# confirm
tripoint-treaty = { $point } { $states } dövlət sərhədlərinin kəsişmə nöqtəsidir və onun mövqeyi ayrıca müqavilə ilə müəyyən ediləcək
# confirm
lies = { $point } { $place } yerləşir

and = { $a } və { $b }
km = km
m = m
ha = ha

## Cəhətlər: adlıq | yerlik
# confirm
wind-N = şimal | şimalda
# confirm
wind-NNE = şimal-şimal-şərq | şimal-şimal-şərqdə
# confirm
wind-NE = şimal-şərq | şimal-şərqdə
# confirm
wind-ENE = şərq-şimal-şərq | şərq-şimal-şərqdə
wind-E = şərq | şərqdə
# confirm
wind-ESE = şərq-cənub-şərq | şərq-cənub-şərqdə
wind-SE = cənub-şərq | cənub-şərqdə
# confirm
wind-SSE = cənub-cənub-şərq | cənub-cənub-şərqdə
wind-S = cənub | cənubda
# confirm
wind-SSW = cənub-cənub-qərb | cənub-cənub-qərbdə
# confirm
wind-SW = cənub-qərb | cənub-qərbdə
# confirm
wind-WSW = qərb-cənub-qərb | qərb-cənub-qərbdə
# confirm
wind-W = qərb | qərbdə
# confirm
wind-WNW = qərb-şimal-qərb | qərb-şimal-qərbdə
# confirm
wind-NW = şimal-qərb | şimal-qərbdə
# confirm
wind-NNW = şimal-şimal-qərb | şimal-şimal-qərbdə

## Obyektlər: adlıq | yiyəlik | çıxışlıq | təsirlik; mənsubiyyətlə eyni dördü; cəmin yiyəliyi; adla
# confirm
class-river = çay | çayın | çaydan | çayı | çayı | çayının | çayından | çayını | çayların | çaylarının
# confirm
class-stream = kiçik çay | kiçik çayın | kiçik çaydan | kiçik çayı | kiçik çayı | kiçik çayının | kiçik çayından | kiçik çayını | kiçik çayların | kiçik çaylarının
# confirm
class-canal = kanal | kanalın | kanaldan | kanalı | kanalı | kanalının | kanalından | kanalını | kanalların | kanallarının
# confirm
class-ditch = arx | arxın | arxdan | arxı | arxı | arxının | arxından | arxını | arxların | arxlarının
# confirm
class-lake = göl | gölün | göldən | gölü | gölü | gölünün | gölündən | gölünü | göllərin | göllərinin
# confirm
class-reservoir = su anbarı | su anbarının | su anbarından | su anbarını | su anbarı | su anbarının | su anbarından | su anbarını | su anbarlarının | su anbarlarının
# confirm
class-island = ada | adanın | adadan | adanı | adası | adasının | adasından | adasını | adaların | adalarının
# confirm
class-spring = bulaq | bulağın | bulaqdan | bulağı | bulağı | bulağının | bulağından | bulağını | bulaqların | bulaqlarının
# confirm
class-well = quyu | quyunun | quyudan | quyunu | quyusu | quyusunun | quyusundan | quyusunu | quyuların | quyularının
# confirm
class-mouth = mənsəb | mənsəbin | mənsəbdən | mənsəbi | mənsəbi | mənsəbinin | mənsəbindən | mənsəbini | mənsəblərin | mənsəblərinin
# confirm
class-source = mənbə | mənbənin | mənbədən | mənbəni | mənbəsi | mənbəsinin | mənbəsindən | mənbəsini | mənbələrin | mənbələrinin
# confirm
class-confluence = qovuşduğu yer | qovuşduğu yerin | qovuşduğu yerdən | qovuşduğu yeri | qovuşduğu yer | qovuşduğu yerin | qovuşduğu yerdən | qovuşduğu yeri | qovuşduğu yerlərin | qovuşduğu yerlərinin
# confirm
class-summit = zirvə | zirvənin | zirvədən | zirvəni | zirvəsi | zirvəsinin | zirvəsindən | zirvəsini | zirvələrin | zirvələrinin
# confirm
class-height = yüksəklik | yüksəkliyin | yüksəklikdən | yüksəkliyi | yüksəkliyi | yüksəkliyinin | yüksəkliyindən | yüksəkliyini | yüksəkliklərin | yüksəkliklərinin
# confirm
class-hill = təpə | təpənin | təpədən | təpəni | təpəsi | təpəsinin | təpəsindən | təpəsini | təpələrin | təpələrinin
# confirm
class-mountain = dağ | dağın | dağdan | dağı | dağı | dağının | dağından | dağını | dağların | dağlarının
# confirm
class-ridge = silsilə | silsilənin | silsilədən | silsiləni | silsiləsi | silsiləsinin | silsiləsindən | silsiləsini | silsilələrin | silsilələrinin
# confirm
class-pass = aşırım | aşırımın | aşırımdan | aşırımı | aşırımı | aşırımının | aşırımından | aşırımını | aşırımların | aşırımlarının
# confirm
class-saddle = yəhər | yəhərin | yəhərdən | yəhəri | yəhəri | yəhərinin | yəhərindən | yəhərini | yəhərlərin | yəhərlərinin
# confirm
class-road = yol | yolun | yoldan | yolu | yolu | yolunun | yolundan | yolunu | yolların | yollarının
# confirm
class-highway = magistral yol | magistral yolun | magistral yoldan | magistral yolu | magistral yolu | magistral yolunun | magistral yolundan | magistral yolunu | magistral yolların | magistral yollarının
# confirm
class-dirt-road = torpaq yolu | torpaq yolunun | torpaq yolundan | torpaq yolunu | torpaq yolu | torpaq yolunun | torpaq yolundan | torpaq yolunu | torpaq yollarının | torpaq yollarının
# confirm
class-field-road = çöl yolu | çöl yolunun | çöl yolundan | çöl yolunu | çöl yolu | çöl yolunun | çöl yolundan | çöl yolunu | çöl yollarının | çöl yollarının
# confirm
class-forest-road = meşə yolu | meşə yolunun | meşə yolundan | meşə yolunu | meşə yolu | meşə yolunun | meşə yolundan | meşə yolunu | meşə yollarının | meşə yollarının
# confirm
class-track = kənd yolu | kənd yolunun | kənd yolundan | kənd yolunu | kənd yolu | kənd yolunun | kənd yolundan | kənd yolunu | kənd yollarının | kənd yollarının
# confirm
class-path = cığır | cığırın | cığırdan | cığırı | cığırı | cığırının | cığırından | cığırını | cığırların | cığırlarının
# confirm
class-street = küçə | küçənin | küçədən | küçəni | küçəsi | küçəsinin | küçəsindən | küçəsini | küçələrin | küçələrinin
# confirm
class-railway = dəmir yolu | dəmir yolunun | dəmir yolundan | dəmir yolunu | dəmir yolu | dəmir yolunun | dəmir yolundan | dəmir yolunu | dəmir yollarının | dəmir yollarının
# confirm
class-fork = ayrıc | ayrıcın | ayrıcdan | ayrıcı | ayrıcı | ayrıcının | ayrıcından | ayrıcını | ayrıcların | ayrıclarının
# confirm
class-crossroads = yol ayrıcı | yol ayrıcının | yol ayrıcından | yol ayrıcını | yol ayrıcı | yol ayrıcının | yol ayrıcından | yol ayrıcını | yol ayrıclarının | yol ayrıclarının
# confirm
class-bridge = körpü | körpünün | körpüdən | körpünü | körpüsü | körpüsünün | körpüsündən | körpüsünü | körpülərin | körpülərinin
# confirm
class-culvert = suötürücü boru | suötürücü borunun | suötürücü borudan | suötürücü borunu | suötürücü borusu | suötürücü borusunun | suötürücü borusundan | suötürücü borusunu | suötürücü boruların | suötürücü borularının
# confirm
class-tunnel = tunel | tunelin | tuneldən | tuneli | tuneli | tunelinin | tunelindən | tunelini | tunellərin | tunellərinin
# confirm
class-station = stansiya | stansiyanın | stansiyadan | stansiyanı | stansiyası | stansiyasının | stansiyasından | stansiyasını | stansiyaların | stansiyalarının
# confirm
class-forest = meşə | meşənin | meşədən | meşəni | meşəsi | meşəsinin | meşəsindən | meşəsini | meşələrin | meşələrinin
# confirm
class-field = tarla | tarlanın | tarladan | tarlanı | tarlası | tarlasının | tarlasından | tarlasını | tarlaların | tarlalarının
# confirm
class-parcel = sahə | sahənin | sahədən | sahəni | sahəsi | sahəsinin | sahəsindən | sahəsini | sahələrin | sahələrinin
# confirm
class-city = şəhər | şəhərin | şəhərdən | şəhəri | şəhəri | şəhərinin | şəhərindən | şəhərini | şəhərlərin | şəhərlərinin
# confirm
class-town = qəsəbə | qəsəbənin | qəsəbədən | qəsəbəni | qəsəbəsi | qəsəbəsinin | qəsəbəsindən | qəsəbəsini | qəsəbələrin | qəsəbələrinin
# confirm
class-village = kənd | kəndin | kənddən | kəndi | kəndi | kəndinin | kəndindən | kəndini | kəndlərin | kəndlərinin
# confirm
class-settlement = yaşayış məntəqəsi | yaşayış məntəqəsinin | yaşayış məntəqəsindən | yaşayış məntəqəsini | yaşayış məntəqəsi | yaşayış məntəqəsinin | yaşayış məntəqəsindən | yaşayış məntəqəsini | yaşayış məntəqələrinin | yaşayış məntəqələrinin
# confirm
class-building = bina | binanın | binadan | binanı | binası | binasının | binasından | binasını | binaların | binalarının
# confirm
class-church = kilsə | kilsənin | kilsədən | kilsəni | kilsəsi | kilsəsinin | kilsəsindən | kilsəsini | kilsələrin | kilsələrinin
# confirm
class-monastery = monastır | monastırın | monastırdan | monastırı | monastırı | monastırının | monastırından | monastırını | monastırların | monastırlarının
# confirm
class-cemetery = qəbiristanlıq | qəbiristanlığın | qəbiristanlıqdan | qəbiristanlığı | qəbiristanlığı | qəbiristanlığının | qəbiristanlığından | qəbiristanlığını | qəbiristanlıqların | qəbiristanlıqlarının
# confirm
class-dam = bənd | bəndin | bənddən | bəndi | bəndi | bəndinin | bəndindən | bəndini | bəndlərin | bəndlərinin
# confirm
class-pipeline = boru kəməri | boru kəmərinin | boru kəmərindən | boru kəmərini | boru kəməri | boru kəmərinin | boru kəmərindən | boru kəmərini | boru kəmərlərinin | boru kəmərlərinin
# confirm
class-power-line = elektrik xətti | elektrik xəttinin | elektrik xəttindən | elektrik xəttini | elektrik xətti | elektrik xəttinin | elektrik xəttindən | elektrik xəttini | elektrik xəttlərinin | elektrik xəttlərinin
# confirm
class-tower = qala | qalanın | qaladan | qalanı | qalası | qalasının | qalasından | qalasını | qalaların | qalalarının
# confirm
class-mast = dirək | dirəyin | dirəkdən | dirəyi | dirəyi | dirəyinin | dirəyindən | dirəyini | dirəklərin | dirəklərinin
# confirm
class-pylon = dayaq | dayağın | dayaqdan | dayağı | dayağı | dayağının | dayağından | dayağını | dayaqların | dayaqlarının
# confirm
class-geodetic-point = geodeziya məntəqəsi | geodeziya məntəqəsinin | geodeziya məntəqəsindən | geodeziya məntəqəsini | geodeziya məntəqəsi | geodeziya məntəqəsinin | geodeziya məntəqəsindən | geodeziya məntəqəsini | geodeziya məntəqələrinin | geodeziya məntəqələrinin
# confirm
class-boundary-mark = sərhəd nişanı | sərhəd nişanının | sərhəd nişanından | sərhəd nişanını | sərhəd nişanı | sərhəd nişanının | sərhəd nişanından | sərhəd nişanını | sərhəd nişanlarının | sərhəd nişanlarının
# confirm
class-rock = qaya | qayanın | qayadan | qayanı | qayası | qayasının | qayasından | qayasını | qayaların | qayalarının
# confirm
class-tree = ağac | ağacın | ağacdan | ağacı | ağacı | ağacının | ağacından | ağacını | ağacların | ağaclarının
# confirm
class-mound = kurqan | kurqanın | kurqandan | kurqanı | kurqanı | kurqanının | kurqanından | kurqanını | kurqanların | kurqanlarının
# confirm
class-quarry = karxana | karxananın | karxanadan | karxananı | karxanası | karxanasının | karxanasından | karxanasını | karxanaların | karxanalarının
# confirm
class-point = nöqtə | nöqtənin | nöqtədən | nöqtəni | nöqtəsi | nöqtəsinin | nöqtəsindən | nöqtəsini | nöqtələrin | nöqtələrinin
object = { $word }
# confirm
object-named = { $name } { $word }
# confirm
object-unnamed = adsız { $word }
# confirm
object-that = həmin { $word }
# confirm
object-of = { $of } { $what }
# confirm
objects-named = { $name } { $word }
# confirm
height = { $case ->
    [abl] { $height } yüksəkliyindən
    [gen] { $height } yüksəkliyinin
    [acc] { $height } yüksəkliyini
   *[nom] { $height } yüksəkliyi
 }
# confirm
with-height = { $height } yüksəklikli { $what }

# confirm
title = { $a } və { $b } arasında dövlət sərhədi xəttinin Protokol-təsviri
# confirm
title-ring = { $name }. Sərhəd xəttinin Protokol-təsviri
parties = Tərəflər
# confirm
basis = Hüquqi əsas
definitions = Anlayışlar
surface = Sərhəd quru ərazini, suları, yerin təkini və hava məkanını ayıran xətt və bu xətt üzrə keçən şaquli səthdir.
sources = Mənbələr
# confirm
source-line = { $name }. Tarix: { $date }.
# confirm
accuracy = Xəttin mövqeyi { $n } { $unit } dəqiqliklə məlumdur.
# confirm
met-between = { $from } { $to } qədər olan hissədə sərhəd xətti { $what } kəsir; bu obyektin mövqeyi { $n } { $unit } dəqiqliklə məlumdur və kəsişmə yeri müəyyən edilməmişdir
# confirm
met-undetermined = sərhəd xəttinin { $what } göstərilənlərdən başqa yerlərdə kəsib-kəsmədiyi müəyyən edilməmişdir, çünki bu obyektin mövqeyi { $n } { $unit } dəqiqliklə məlumdur
rules = Qaydalar
# confirm
winds-8 = İstiqamətlər həqiqi şimaldan 8 cəhət üzrə göstərilir.
# confirm
winds-16 = İstiqamətlər həqiqi şimaldan 16 cəhət üzrə göstərilir.
# confirm
winds-degrees = İstiqamətlər həqiqi şimaldan dərəcə ilə azimutlar üzrə göstərilir.
# confirm
lengths = Uzunluqlar xətt boyunca { $unit } ilə, digər obyektlərə qədər məsafələr düz xətlə göstərilir.
# confirm
datum = Koordinatlar { $datum } sistemindədir.
# confirm
edge-lonlat = Düz xətt uzunluq və enlik üzrə düz olan xətdir.
# confirm
edge-geodesic = Düz xətt ellipsoidin geodezik xəttidir.
# confirm
edge-rhumb = Düz xətt loksodromdur.
# confirm
banks = Sol və sağ sahil axın aşağı baxışla müəyyən edilir.
# confirm
precedence = Sənədlər fərqləndikdə onlar bu ardıcıllıqla üstün tutulur: { $list }.
# confirm
authority-text = təsvirin mətni
# confirm
authority-coordinates = koordinatlar kataloqu
authority-map = xəritə
# confirm
authority-marks = yerdəki sərhəd nişanları
# confirm
sector = Hissə { $n }. { $heading }
# confirm
sector-length = { $sector } (uzunluğu { $length } { $unit })
# confirm
totals = Cəmi
# confirm
total-length = Xəttin uzunluğu { $n } { $unit } təşkil edir.
# confirm
total-sum = Hissələrin göstərilən uzunluqlarının cəmi { $n } { $unit } təşkil edir.
# confirm
total-land = Quru üzrə: { $n } { $unit }.
# confirm
total-rivers = Çaylar üzrə: { $n } { $unit }.
# confirm
total-lakes = Göllər üzrə: { $n } { $unit }.
# confirm
total-ring = Sərhədlə əhatə olunmuş sahə { $area } ha, uzunluğu { $n } { $unit } təşkil edir.
# confirm
total-points = Nöqtələrin sayı: { $n }.
# confirm
annex-catalogue = Əlavə. Koordinatlar kataloqu
# confirm
annex-sheets = Əlavə. Xəritə vərəqlərinin siyahısı
column-point = Nöqtə
column-latitude = Enlik
column-longitude = Uzunluq
# confirm
column-azimuth = Növbəti nöqtəyə azimut
# confirm
column-distance = Növbəti nöqtəyə qədər məsafə, m
# confirm
originals = { $n } nüsxədə tərtib edilmişdir, dillər: { $languages }; bütün mətnlər eyni qüvvəyə malikdir.
language-en = ingilis
language-ru = rus
language-hy = erməni
language-az = Azərbaycan
# confirm
signatures = İmzalar

## Protocols of marks
# confirm
protocol-title = { $number } nömrəli sərhəd nişanının protokolu
# confirm
protocol-mark = nişan
# confirm
protocol-line = Xətt
# confirm
protocol-kind = Növ
# confirm
protocol-kind-main = əsas nişan
# confirm
protocol-kind-intermediate = aralıq nişan
# confirm
protocol-kind-river-pair = çay nişanı, iki dirək
# confirm
protocol-kind-junction = qovşaq nişanı
# confirm
protocol-planned = layihə üzrə
# confirm
protocol-standing = mövcud
# confirm
protocol-place = Quraşdırma yeri
# confirm
protocol-on-line = sərhəd xəttində
# confirm
protocol-on-banks = hər iki sahildə
# confirm
protocol-at-junction = xətlərin kəsişmə nöqtəsində
# confirm
protocol-chainage = Xəttin başlanğıcından məsafə, m
# confirm
protocol-left = Sol tərəfdəki ərazi
# confirm
protocol-right = Sağ tərəfdəki ərazi
# confirm
protocol-height = Yerin hündürlüyü, m
# confirm
protocol-sheet = Xəritə vərəqi 1:50 000
# confirm
protocol-material = Material, rəng, lövhə; quraşdırma tarixi
# confirm
protocol-coordinates = Koordinatlar
# confirm
protocol-post-left = sol dirək
# confirm
protocol-post-right = sağ dirək
# confirm
protocol-from = Haradan
# confirm
protocol-to = Hara
# confirm
protocol-azimuth = Azimut
# confirm
protocol-distance = Məsafə, m
# confirm
protocol-along = Xətt üzrə, m
# confirm
protocol-note = Kroki 1:{ $scale }, UTM { $zone } şəbəkəsi (WGS 84). Azimutlar həqiqi şimaldan, məsafələr geodezik xətt üzrədir. Sol və sağ xəttin istiqamətinə görədir.
# confirm
protocol-signature = { $party }: ad, imza, tarix
