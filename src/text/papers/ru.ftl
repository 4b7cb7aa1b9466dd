# Слова описаний на русском языке. См. en.ftl.

## Точки: именительный | родительный
point = точка { $id } | точки { $id }
point-turning = поворотная точка { $id } | поворотной точки { $id }
point-node = узловая точка { $id } | узловой точки { $id }
point-mark = пограничный знак { $id } | пограничного знака { $id }
point-tripoint = точка { $id } | точки { $id }
point-start = исходная точка { $id } | исходной точки { $id }
point-end = конечная точка { $id } | конечной точки { $id }

leg-straight = От { $from } граница идет по прямой { $direction } { $extras } { $length } до { $to }
leg-river = От { $from } граница идет { $along } { $direction } { $extras } { $length } до { $to }
leg-ridge = От { $from } граница идет { $along } { $direction } { $extras } { $length } до { $to }
leg-way = От { $from } граница идет { $direction } { $along } { $extras } { $length } до { $to }
leg-compound = От { $from } граница идет { $direction } { $along } { $length } до { $to }
then = { $a } и далее { $b }
situated = { $point }, { $case ->
    [nom] { $gender ->
        [m] расположенный
       *[f] расположенная
     }
   *[gen] { $gender ->
        [m] расположенного
       *[f] расположенной
     }
 } { $place }
situated-on = { $point }, { $case ->
    [nom] { $gender ->
        [m] расположенный
       *[f] расположенная
     }
   *[gen] { $gender ->
        [m] расположенного
       *[f] расположенной
     }
 } { $place }
length = на протяжении { $n } { $unit }
length-river = на протяжении { $n } { $unit }
sides = { $leg }; слева от границы находится территория { $left }, справа - территория { $right }
sentence = { $text }.

straight = по прямой
along-river = по { $line } { $what } { $stream }
along-river-part = по { $line } { $what } { $stream }
along-bank = по { $bank } берегу { $what } { $stream }
along-shore = по берегу { $what }
along-ridge = по гребню { $what }
along-watershed = по водоразделу { $what }
along-way = вдоль { $what }
along-edge = по контуру { $what }
along-offset = параллельно оси { $what } на расстоянии { $n } { $unit } от нее
along-list = по линиям, последовательно соединяющим точки прилагаемого каталога,
stream-up = вверх против течения
stream-down = вниз по течению
# по … | на …
line-middle = середине | середине
line-median = срединной линии | срединной линии
line-thalweg = тальвегу | тальвеге
line-main-fairway = середине главного фарватера | середине главного фарватера
line-main-branch-middle = середине главного рукава | середине главного рукава
line-bed = руслу | русле
line-axis = оси | оси
line-centre = осевой линии | осевой линии
bank-left = левому | левом
bank-right = правому | правом
via = через { $what }
heights = { $n ->
    [1] высоту с отметкой { $list }
   *[other] высоты с отметками { $list }
 }
crossing = , пересекая { $what },
leaving = , оставляя { $what },
left-in = { $what } на территории { $territory }
it = { $gender ->
    [f] ее
   *[m] его
 }

direction = в { $wind } направлении
direction-general = в общем { $wind } направлении
direction-azimuth = по азимуту { $angle }
direction-azimuth-general = по общему азимуту { $angle }

tie = в { $n } { $unit } { $wind } { $what }
tie-approx = приблизительно в { $n } { $unit } { $wind } { $what }
tie-azimuth = в { $n } { $unit } от { $what } по азимуту { $angle }
tie-azimuth-approx = приблизительно в { $n } { $unit } от { $what } по азимуту { $angle }
at = у { $what }
near = вблизи { $what }
on-line = на { $line } { $what }
on-bank = на { $bank } берегу { $what }
on-ridge = на гребне { $what }
on-way = на оси { $what }
in-territory = { $what } на территории { $territory }
start = Начальной точкой описания является { $point }
tripoint = { $point } является точкой стыка государственных границ { $states }
tripoint-treaty = { $point } является точкой стыка государственных границ { $states }, положение которой будет определено отдельным договором
lies = { $point } { $gender ->
    [m] расположен
   *[f] расположена
 } { $place }

and = { $a } и { $b }
km = км
m = м
ha = га

## Румбы: в … направлении | … чего-либо
wind-N = северном | севернее
wind-NNE = северо-северо-восточном | северо-северо-восточнее
wind-NE = северо-восточном | северо-восточнее
wind-ENE = восточно-северо-восточном | восточно-северо-восточнее
wind-E = восточном | восточнее
wind-ESE = восточно-юго-восточном | восточно-юго-восточнее
wind-SE = юго-восточном | юго-восточнее
wind-SSE = юго-юго-восточном | юго-юго-восточнее
wind-S = южном | южнее
wind-SSW = юго-юго-западном | юго-юго-западнее
wind-SW = юго-западном | юго-западнее
wind-WSW = западно-юго-западном | западно-юго-западнее
wind-W = западном | западнее
wind-WNW = западно-северо-западном | западно-северо-западнее
wind-NW = северо-западном | северо-западнее
wind-NNW = северо-северо-западном | северо-северо-западнее

## Объекты: род | родительный | винительный | родительный множественного
class-river = f | реки | реку | рек
class-stream = m | ручья | ручей | ручьев
class-canal = m | канала | канал | каналов
class-ditch = f | канавы | канаву | канав
class-lake = n | озера | озеро | озер
class-reservoir = n | водохранилища | водохранилище | водохранилищ
class-island = m | острова | остров | островов
class-spring = m | родника | родник | родников
class-well = m | колодца | колодец | колодцев
class-mouth = n | устья | устье | устьев
class-source = m | истока | исток | истоков
class-confluence = n | слияния | слияние | слияний
class-summit = f | вершины | вершину | вершин
class-height = f | высоты | высоту | высот
class-hill = m | холма | холм | холмов
class-mountain = f | горы | гору | гор
class-ridge = m | хребта | хребет | хребтов
class-pass = m | перевала | перевал | перевалов
class-saddle = f | седловины | седловину | седловин
class-road = f | дороги | дорогу | дорог
class-highway = n | шоссе | шоссе | шоссе
class-dirt-road = f | грунтовой дороги | грунтовую дорогу | грунтовых дорог
class-field-road = f | полевой дороги | полевую дорогу | полевых дорог
class-forest-road = f | лесной дороги | лесную дорогу | лесных дорог
class-track = m | проселка | проселок | проселков
class-path = f | тропы | тропу | троп
class-street = f | улицы | улицу | улиц
class-railway = f | железной дороги | железную дорогу | железных дорог
class-fork = f | развилки | развилку | развилок
class-crossroads = m | перекрестка | перекресток | перекрестков
class-bridge = m | моста | мост | мостов
class-culvert = f | водопропускной трубы | водопропускную трубу | водопропускных труб
class-tunnel = m | туннеля | туннель | туннелей
class-station = f | станции | станцию | станций
class-forest = m | леса | лес | лесов
class-field = n | поля | поле | полей
class-parcel = m | участка | участок | участков
class-city = m | города | город | городов
class-town = m | городка | городок | городков
class-village = n | села | село | сел
class-settlement = m | населенного пункта | населенный пункт | населенных пунктов
class-building = n | здания | здание | зданий
class-church = f | церкви | церковь | церквей
class-monastery = m | монастыря | монастырь | монастырей
class-cemetery = n | кладбища | кладбище | кладбищ
class-dam = f | плотины | плотину | плотин
class-pipeline = m | трубопровода | трубопровод | трубопроводов
class-power-line = f | линии электропередачи | линию электропередачи | линий электропередачи
class-tower = f | башни | башню | башен
class-mast = f | мачты | мачту | мачт
class-pylon = f | опоры | опору | опор
class-geodetic-point = m | геодезического пункта | геодезический пункт | геодезических пунктов
class-boundary-mark = m | пограничного знака | пограничный знак | пограничных знаков
class-rock = f | скалы | скалу | скал
class-tree = n | дерева | дерево | деревьев
class-mound = m | кургана | курган | курганов
class-quarry = m | карьера | карьер | карьеров
class-point = f | точки | точку | точек
object = { $word }
object-named = { $word } { $name }
# родительный и винительный по роду
object-unnamed = { $case ->
    [acc] { $gender ->
        [f] безымянную
        [n] безымянное
       *[m] безымянный
     }
   *[gen] { $gender ->
        [f] безымянной
       *[m] безымянного
     }
 } { $word }
object-that = { $gender ->
    [f] этой
   *[m] этого
 } { $word }
object-of = { $what } { $of }
objects-named = { $word } { $name }
height = { $case ->
    [acc] высоту с отметкой
   *[gen] высоты с отметкой
 } { $height }
with-height = { $what } с отметкой { $height }

title = Протокол-описание прохождения линии государственной границы: { $a } - { $b }
title-ring = Протокол-описание прохождения линии границы: { $name }
parties = Стороны
basis = Правовая основа
definitions = Определения
surface = Границей является линия и проходящая по ней вертикальная поверхность, разделяющая сушу, воды, недра и воздушное пространство.
sources = Источники
source-line = { $name }. Дата: { $date }.
accuracy = Положение линии известно с точностью до { $n } { $unit }.
met-between = на участке от { $from } до { $to } граница пересекает { $what }; положение этого объекта известно с точностью до { $n } { $unit }, и место пересечения не определено
met-undetermined = встречает ли граница { $what } в других местах, кроме указанных, не определено, так как положение этого объекта известно с точностью до { $n } { $unit }
rules = Правила
winds-8 = Направления указаны по 8 румбам от истинного севера.
winds-16 = Направления указаны по 16 румбам от истинного севера.
winds-degrees = Направления указаны азимутами в градусах от истинного севера.
lengths = Протяженность указана вдоль линии в { $unit }; расстояния до других объектов указаны по прямой.
datum = Координаты указаны в системе { $datum }.
edge-lonlat = Прямой является линия, прямая по долготе и широте.
edge-geodesic = Прямой является геодезическая линия эллипсоида.
edge-rhumb = Прямой является локсодромия.
banks = Левый и правый берега определяются при взгляде вниз по течению.
precedence = При расхождении документов они имеют силу в следующем порядке: { $list }.
authority-text = текст описания
authority-coordinates = каталог координат
authority-map = карта
authority-marks = пограничные знаки на местности
sector = Участок { $n }. { $heading }
sector-length = { $sector } (протяженность { $length } { $unit })
totals = Итоги
total-length = Протяженность линии составляет { $n } { $unit }.
total-sum = Сумма указанных протяженностей отрезков составляет { $n } { $unit }.
total-land = По суше: { $n } { $unit }.
total-rivers = По рекам: { $n } { $unit }.
total-lakes = По озерам: { $n } { $unit }.
total-ring = Площадь участка, ограниченного границей, составляет { $area } га; протяженность { $n } { $unit }.
total-points = Точек: { $n }.
annex-catalogue = Приложение. Каталог координат
annex-sheets = Приложение. Перечень листов карты
column-point = Точка
column-latitude = Широта
column-longitude = Долгота
column-azimuth = Азимут на следующую точку
column-distance = Расстояние до следующей точки, м
originals = Совершено в { $n ->
    [one] { $n } экземпляре
   *[other] { $n } экземплярах
 }, языки: { $languages }; все тексты имеют одинаковую силу.
language-en = английский
language-ru = русский
language-hy = армянский
language-az = азербайджанский
signatures = Подписи

## Protocols of marks
protocol-title = Протокол пограничного знака { $number }
protocol-mark = знак
protocol-line = Линия
protocol-kind = Вид
protocol-kind-main = основной знак
protocol-kind-intermediate = промежуточный знак
protocol-kind-river-pair = речной знак, два столба
protocol-kind-junction = стыковой знак
protocol-planned = проектируемый
protocol-standing = существующий
protocol-place = Место установки
protocol-on-line = на линии границы
protocol-on-banks = на обоих берегах
protocol-at-junction = в месте стыка линий
protocol-chainage = Расстояние от начала линии, м
protocol-left = Территория слева
protocol-right = Территория справа
protocol-height = Высота местности, м
protocol-sheet = Лист карты 1:50 000
protocol-material = Материал, окраска, табличка; дата установки
protocol-coordinates = Координаты
protocol-post-left = столб слева
protocol-post-right = столб справа
protocol-from = От
protocol-to = До
protocol-azimuth = Азимут
protocol-distance = Расстояние, м
protocol-along = По линии, м
protocol-note = Кроки 1:{ $scale }, сетка UTM { $zone } (WGS 84). Азимуты — от истинного севера, расстояния — по геодезической линии. Слева и справа — по ходу линии.
protocol-signature = { $party }: фамилия, подпись, дата
