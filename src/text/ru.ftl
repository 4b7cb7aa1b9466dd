### Тексты листов, по-русски. What plates say, in Russian.
###
### Correct what stands after the equals sign; leave names and values in { $braces } as they are. What is marked
### "native reader: confirm" was written by nobody whose language this is: take the mark away when the wording is right.
### A message that is to be said in English is listed as "missing: name" in a comment.

## The panel: headings

legend = Условные обозначения
scale = Масштаб
sources = Источники
# native reader: confirm
allowed = Пропущенные замечания
# native reader: confirm
location = Положение
routes = Маршруты
sheet = Лист
edition = издание
# native reader: confirm
data-of = данные:
# native reader: confirm
crossings = Пересечения
profile = Профиль

## Routes and their crossings

# native reader: confirm
route-length = Длина на эллипсоиде WGS 84: { $km } км
# native reader: confirm
route-joined = (ориентировочно: известные точки соединены прямыми)
# native reader: confirm
route-published = опубликовано: { $km } км
# native reader: confirm
route-published-between = опубликовано: { $low }–{ $high } км
# native reader: confirm
column-number = №
# native reader: confirm
column-chainage = Расстояние от начала
# native reader: confirm
column-passage = Переход
# native reader: confirm
column-position = Долгота, широта
# native reader: confirm
column-remark = Примечание
# native reader: confirm
uncertain = неточно
# native reader: confirm
dashed-marks = Пунктирные знаки: точность положений не позволяет определить место пересечения.
outside = вне
# native reader: confirm
crossings-uncertain = Полый знак: неточно. Точность положений не позволяет определить место пересечения.
no-crossings = Ни один из показанных маршрутов не пересекает границу в пределах рамки.
# $names are names of territories.
outside-frame = За пределами рамки, не показаны части: { $names }.
# $names are names of territories.
# native reader: confirm
drawn-twice = Показаны как анклавы; в данных эта территория отнесена также к окружающей её: { $names }.
# $names are names of territories.
# native reader: confirm
drawn-twice-in-part = Показаны как анклавы; в данных эта земля отнесена также к окружающей территории: части { $names }.
# $names are names of territories.
# native reader: confirm
overlapping = В данных часть земли отнесена к нескольким из этих территорий, на карте – к одной: { $names }.
# native reader: confirm
accuracy-band = Ближе { $metres } м к линии ({ $formula }) точность не позволяет судить
# native reader: confirm
as-of-note = На { $day }: показано то, что действовало в этот день.
# native reader: confirm
view-note = Позиция стороны { $party }: показано то, что эта сторона утверждает, признаёт или не оспаривает.
# native reader: confirm
view-neutral-note = Нейтральная позиция: не показано то, что оспаривает какая-либо сторона или утверждает только одна сторона.
# native reader: confirm
indicative-note = Ориентировочно: известные точки соединены прямыми; длины и пересечения неточны.
# native reader: confirm
indicative = { $name }, ориентировочно

## Lines and proposals

# native reader: confirm
claimed-by = притязание: { $name }
# native reader: confirm
proposed-by = предложено: { $name }
# native reader: confirm
ledger = Земельный баланс
# native reader: confirm
proposal = ПРЕДЛОЖЕНИЕ
# native reader: confirm
passes = { $from } → { $to }
# native reader: confirm
nothing-passes = Земля не передаётся.
# native reader: confirm
not-stated = не указано
# native reader: confirm
ledger-note = Предложено: { $name }. Площади на эллипсоиде WGS 84.
ledger-illustration = Иллюстрация, никем не предложена. Площади на эллипсоиде WGS 84.
sovereignty = Суверенитет
administration = Управление
# native reader: confirm
stamp = ПРЕДЛОЖЕНИЕ – НЕ СОГЛАСОВАНО
stamp-illustration = ИЛЛЮСТРАЦИЯ – НИКЕМ НЕ ПРЕДЛОЖЕНО

## Notes

# native reader: confirm
transcriptions = Серым курсивом даны транскрипции названий на другом языке.
# native reader: confirm
disclaimer = Показанные границы, названия и статусы не выражают мнения о правовом статусе какой-либо территории или о прохождении какой-либо границы.

## The legend

# native reader: confirm
territories = Территории; соседние различаются цветом
other-state = Другое государство
other-member = Другая союзная республика
water = Вода
# native reader: confirm
river = Река
coast = Берег
context-road = Автомобильная дорога
context-rail = Железная дорога
outside-land = Другая суша с её внутренними водами
no-data = Нет данных
# native reader: confirm
map-sheet = Рамка листа карты
# native reader: confirm
outline-by = Контур по источнику: { $source }
# native reader: confirm
route-crossing = Пересечение маршрутом
# native reader: confirm
route-crossing-uncertain = Пересечение маршрутом, неточное
# native reader: confirm
land-passes = Передаваемая земля
# native reader: confirm
land-stays = Остающаяся земля
# native reader: confirm
inset-box = Показано на врезке
# native reader: confirm
relief = Отмывка склонов
# $metres is the distance between them.
# native reader: confirm
contours = Горизонтали через { $metres } м

## Boundaries of states, by status

# native reader: confirm
state-boundary-demarcated = Государственная граница, демаркирована
# native reader: confirm
state-boundary-delimited = Государственная граница, делимитирована
# native reader: confirm
state-boundary-agreed = Государственная граница, согласована
# native reader: confirm
state-boundary-undefined = Государственная граница, не определена
# native reader: confirm
state-boundary-disputed = Государственная граница, оспаривается
# native reader: confirm
state-boundary-control-line = Линия контроля
# native reader: confirm
state-boundary-historical = Государственная граница, историческая
member-boundary = Граница союзной республики или члена федерации
member-boundary-historical = Граница союзных республик, историческая
# native reader: confirm
state-boundary-proposed = Предлагаемая граница
# native reader: confirm
state-boundary-unspecified = Государственная граница, статус в источнике не указан
# native reader: confirm
territory-boundary-unspecified = Граница территории, статус в источнике не указан
# native reader: confirm
territory-boundary-historical = Граница территории, историческая

## Boundaries of units, by status

# native reader: confirm
unit-boundary-historical = Историческая административная граница
# native reader: confirm
unit-boundary-proposed = Предлагаемая административная граница
# native reader: confirm
unit-boundary-disputed = Административная граница, оспаривается
# native reader: confirm
unit-boundary-control-line = Внутренняя линия контроля
# native reader: confirm
unit-boundary-undefined = Административная граница, не определена
# native reader: confirm
unit-boundary-demarcated = Административная граница, демаркирована
# native reader: confirm
unit-boundary-delimited = Административная граница, делимитирована
# native reader: confirm
unit-boundary-agreed = Административная граница, согласована
# native reader: confirm
unit-boundary-unspecified = Административная граница, статус не указан

## Routes, by mode and state

# native reader: confirm
route-rail-in-use = Действующая железная дорога
# native reader: confirm
route-rail-planned = Железная дорога, планируемая
# native reader: confirm
route-rail-dismantled = Железная дорога, разобрана
# native reader: confirm
route-road-in-use = Действующая автодорога
# native reader: confirm
route-road-planned = Автодорога, планируемая
# native reader: confirm
route-road-dismantled = Автодорога, заброшена
# native reader: confirm
route-other-in-use = Другой маршрут
# native reader: confirm
route-other-planned = Другой маршрут, планируемый
# native reader: confirm
route-other-dismantled = Другой маршрут, заброшен

## Places

# native reader: confirm
place-centre = Столица или региональный центр
place-town = Город
# native reader: confirm
place-village = Село или посёлок
place-station = Железнодорожная станция
# native reader: confirm
place-crossing = Пункт пропуска
place-pass = Перевал
place-peak = Вершина
place-reservoir = Озеро или водохранилище, форма не показана
# native reader: confirm
place-tripoint = Стык трёх границ
# native reader: confirm
place-turning = Поворотная точка
# native reader: confirm
place-mark = Пограничный знак

## Datum, scale, north and projection

# native reader: confirm
datum-as-published = нет: WGS 84, как опубликовано
# native reader: confirm
datum-read-as = нет: прочитано как WGS 84
# native reader: confirm
transformation = Преобразование: { $operations }.
# native reader: confirm
scale-error-world = Площади соразмерны, длины – нет. Масштаб точен вдоль параллели в центре карты; между { $latitude }° ю. ш. и { $latitude }° с. ш. погрешность от { $least } до { $greatest } %.
# native reader: confirm
scale-error = Масштаб точен в центре карты; по карте погрешность от { $least } до { $greatest } %.
# native reader: confirm
north-world = Север вверху только на центральном меридиане; в других местах он – вдоль меридианов.
# native reader: confirm
north-grid-is-true = В центре север сетки – истинный (сближение меридианов { $angle }).
# $angle in degrees and minutes with a sign.
panel-convergence = сближение { $angle }
north-panels = Север сетки отклонён от истинного севера к востоку (+) или к западу (−) на сближение, указанное над каждой картой.
# native reader: confirm
north-grid-east = N: истинный север. Пунктир: север сетки, в центре на { $angle } восточнее (сближение меридианов, увеличено).
# native reader: confirm
north-grid-west = N: истинный север. Пунктир: север сетки, в центре на { $angle } западнее (сближение меридианов, увеличено).
# native reader: confirm
projection-polar = Полярная стереографическая проекция, центральный меридиан { $meridian }
# native reader: confirm
projection-conic = Равноугольная коническая проекция Ламберта, стандартные параллели { $south } и { $north }, центральный меридиан { $meridian }
# native reader: confirm
projection-transverse = Поперечная проекция Меркатора, центральный меридиан { $meridian }, масштабный коэффициент на нём { $factor }
# native reader: confirm
projection-azimuthal = Равновеликая азимутальная проекция Ламберта, центр: широта { $latitude }, долгота { $longitude }
# native reader: confirm
projection-equal-earth = Проекция Equal Earth (равновеликая), центральный меридиан { $meridian }
# native reader: confirm
projection-web = Проекция Web Mercator
# native reader: confirm
datum = Датум и эллипсоид WGS 84. { $projection }.

## The grid

# native reader: confirm
grid-utm = Синяя сетка: UTM, зона { $zone }, через { $km } км.
# native reader: confirm
grid-gauss-kruger = Синяя сетка: Гаусс–Крюгер, зона { $zone } (шестиградусная, WGS 84), через { $km } км.

## Relief

# $cell is the distance of the heights in metres.
# native reader: confirm
relief-shade = Рельеф: свет от юго-запада до севера; высоты через { $cell } м.
# native reader: confirm
relief-no-shade = Отмывки нет: высоты через { $cell } м слишком редки для этого масштаба.
# In metres; $index from one index contour to the next.
# native reader: confirm
relief-contours = Горизонтали через { $every } м, утолщённые через { $index } м.
# native reader: confirm
relief-accuracy = Точность высот ±{ $accuracy } м.
# native reader: confirm
relief-no-line = Рельеф не определяет линию.

## Cautions, by status on the plate

# native reader: confirm
caution-undefined = Неопределённые линии показаны приблизительно: делимитация ведётся или не начата.
# native reader: confirm
caution-unspecified = Где источник не указывает статус, никакой статус не подразумевается.
# native reader: confirm
caution-disputed = Оспариваемые линии показывают притязания каждой стороны.
# native reader: confirm
caution-control-line = Линии контроля не являются границами.
# native reader: confirm
caution-historical = Исторические линии относятся к указанному году.
# native reader: confirm
caution-proposed = Предлагаемые линии не согласованы.

## Units

# native reader: confirm
kilometre = км
# native reader: confirm
metre = м
# native reader: confirm
kilometres = { $value } км
# native reader: confirm
square-kilometres = { $value } км²

## The margin

# native reader: confirm
margin-plate = лист { $id }
# native reader: confirm
margin-sheet = № { $number }
# native reader: confirm
margin-edition = издание { $number }
# native reader: confirm
margin-profile = профиль: { $route }
# native reader: confirm
margin-comparison = сравнение
# native reader: confirm
margin-data = данные (SHA-256): { $list }

## Albums

# native reader: confirm
album-title = Альбом линии границы
album-index = Схема расположения листов
album-list = Список листов
album-catalogue = Каталог пограничных знаков
album-count = { $count ->
    [one] { $count } лист
    [few] { $count } листа
   *[other] { $count } листов
}
# native reader: confirm
album-basis = Основание: { $text }
album-line = Линия
# native reader: confirm
album-chainage = Расстояние от начала: { $from } – { $to } км
album-chainage-km = Расстояние от начала, км
album-adjoining = Смежные листы
album-map-sheets = Листы топографических карт
album-marks = Пограничные знаки
# native reader: confirm
album-more-marks = { $count ->
    [one] Ещё { $count } – в каталоге знаков.
   *[other] Ещё { $count } – в каталоге знаков.
}
album-corners = Юго-западный и северо-восточный угол
album-latitude = Широта
album-longitude = Долгота
album-north = Север
album-east = Восток
album-south = Юг
album-west = Запад
# native reader: confirm
album-frame = Рамка листа альбома
# native reader: confirm
album-match-line = Линия стыка смежных листов
# native reader: confirm
album-signature = От стороны: { $party }
album-signed = фамилия, подпись, дата

## The chart of routes side by side

# native reader: confirm
strips-title = Сопоставление маршрутов
# native reader: confirm
strips-heights = Полосы в одном масштабе; высоты от { $low } до { $high } м, через каждые { $step } м, также в одном масштабе.
# native reader: confirm
strips-scale = Полосы в одном масштабе.
# native reader: confirm
strips-method = Длины – по эллипсоиду. { $earth }; рёбра: { $edges }; датум: { $datum }.
# native reader: confirm
margin-corridor = сопоставление маршрутов

## The chart of statuses over time

# native reader: confirm
statuses-title = Линии по статусу во времени
# native reader: confirm
statuses-whole = всего: { $km } км по измерению
# native reader: confirm
statuses-published = { $km } км по публикациям
# native reader: confirm
statuses-left-out = { $count } более ранних заседаний не показано
# native reader: confirm
statuses-before = до журнала
# native reader: confirm
statuses-figure = { $status }: { $km } км, { $share } %
# native reader: confirm
statuses-figure-published = { $status }: { $km } км, { $share } %, опубликовано { $published } км
# native reader: confirm
margin-statuses = линии по статусу во времени

## The chart of a comparison

# native reader: confirm
chart-title = Расхождение двух вариантов линии
# native reader: confirm
chart-summary = Расстояние Хаусдорфа { $hausdorff } м; среднее расхождение { $mean } м; { $share } % обеих длин в пределах { $tolerance } м
# native reader: confirm
chart-summary-frechet = Расстояние Хаусдорфа { $hausdorff } м; расстояние Фреше { $frechet } м; среднее расхождение { $mean } м; { $share } % обеих длин в пределах { $tolerance } м
# native reader: confirm
chart-key = Затенено: участки дальше допуска от другой линии. Пунктир: допуск, { $tolerance } м. Кольцо: наибольшее расхождение. Расстояние от начала – вдоль каждой линии.
# native reader: confirm
chart-floor = Расхождения менее { $low } м показаны как { $low } м.
# native reader: confirm
chart-line = { $line }: { $name }, { $km } км; расхождение с { $other }
# native reader: confirm
chart-chainage = расстояние от начала вдоль { $line }, км
# native reader: confirm
chart-offset = расхождение, м
# native reader: confirm
chart-offset-logarithmic = расхождение, м (логарифмическая шкала)
# native reader: confirm
chart-worst = наибольшее: { $offset } м на { $km } км, { $longitude }°, { $latitude }°
# native reader: confirm
chart-method = Расхождения – геодезические линии до ближайшего места другой линии, от каждой смены её ближайшего ребра до следующей. { $earth }; рёбра: { $edges }; датум: { $datum }.

## What a plate lacks and may lack

# native reader: confirm
lint-layer = слой { $id }
# native reader: confirm
lint-disclaimer = оговорка
# native reader: confirm
lint-no-source = нет источника
# native reader: confirm
lint-no-licence = нет лицензии
# native reader: confirm
lint-no-attribution = нет указания авторства
lint-line-covered = её текст ближе 0,5 мм к линии государственной границы
lint-wrong-side = её название стоит по другую сторону государственной границы
# native reader: confirm
lint-empty-disclaimer = пустой текст
# native reader: confirm
lint-no-proposer = не указано, кто предлагает
# native reader: confirm
lint-line-no-proposer = не указано, кто предлагает линию
# native reader: confirm
lint-solid-undefined = неопределённая линия показана сплошной
# native reader: confirm
lint-colour-alone = статус { $status } отличается от { $other } только цветом
# native reader: confirm
lint-in-nothing = статус { $status } не отличается от { $other }
# native reader: confirm
lint-no-name = нет названия на языке "{ $language }"
# native reader: confirm
lint-former-name = "{ $name }" – историческая или изменённая форма, только для поиска
# native reader: confirm
lint-no-glyph = нет знака для "{ $character }" ({ $code }) в "{ $name }"

## The page of a dataset (dossier)

# native reader: confirm
dossier-summary = Сводка
# native reader: confirm
dossier-map = Карта
# native reader: confirm
dossier-map-note = Для ориентирования: равнопромежуточная цилиндрическая проекция, координаты округлены примерно до 1 м. Листы составлены в масштабе. Рельеф и дороги не определяют линию.
# native reader: confirm
dossier-answers = Ответы
# native reader: confirm
dossier-plates = Листы
# native reader: confirm
dossier-files = Источники и хеши
# native reader: confirm
dossier-commands = Командные строки, которые создают эти ответы заново
# native reader: confirm
dossier-layers = Слои
# native reader: confirm
dossier-statuses = Статус линий
# native reader: confirm
dossier-language = Язык
# native reader: confirm
dossier-find = Найти объект
# native reader: confirm
dossier-zoom-in = Приблизить
# native reader: confirm
dossier-zoom-out = Отдалить
# native reader: confirm
dossier-whole = Весь охват
# native reader: confirm
dossier-choose = Выберите объект на карте
# native reader: confirm
dossier-demarcated = демаркирована
# native reader: confirm
dossier-delimited = делимитирована
# native reader: confirm
dossier-agreed = согласована
# native reader: confirm
dossier-undefined = не определена
# native reader: confirm
dossier-disputed = спорная
# native reader: confirm
dossier-control-line = линия контроля
# native reader: confirm
dossier-historical = историческая
# native reader: confirm
dossier-proposed = предлагаемая
# native reader: confirm
dossier-unspecified = статус не указан
