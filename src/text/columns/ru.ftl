### Headings of the columns of tables, in Russian, by their names in English.
###
### Correct what stands after the equals sign. What is marked "native reader: confirm" was written by nobody whose language
### this is: take the mark away when the wording is right.

# native reader: confirm
a = а
# native reader: confirm
a_part = часть а
# native reader: confirm
a_part_name = название части а
# native reader: confirm
after_m2 = после, м²
# native reader: confirm
along_m = вдоль, м
# native reader: confirm
area_error_km2 = погрешность площади, км²
# native reader: confirm
area_error_m2 = погрешность площади, м²
# native reader: confirm
area_km2 = площадь, км²
# native reader: confirm
area_m2 = площадь, м²
# native reader: confirm
attribution = указание источника
# native reader: confirm
b = б
# native reader: confirm
b_part = часть б
# native reader: confirm
b_part_name = название части б
# native reader: confirm
balanced = баланс сходится
# native reader: confirm
before_m2 = до, м²
# native reader: confirm
ceded_m2 = передаваемая площадь, м²
# native reader: confirm
centre_lat = широта центра
# native reader: confirm
centre_lon = долгота центра
# native reader: confirm
certain = достоверно
# native reader: confirm
chainage_m = пикетаж, м
# native reader: confirm
changes = меняет сторону
# native reader: confirm
class = класс
# native reader: confirm
components = составные части
# native reader: confirm
controlled_by = контролирует
# native reader: confirm
count = число
# native reader: confirm
crossings = пересечения
# native reader: confirm
cut_off_m2 = отсекаемая площадь, м²
# native reader: confirm
cut_off_share = отсекаемая доля
# native reader: confirm
cuts = разрывы
# native reader: confirm
data = данные
# native reader: confirm
date = дата
# native reader: confirm
difference_km2 = разность, км²
# native reader: confirm
difference_m2 = разность, м²
# native reader: confirm
distance_m = расстояние, м
# native reader: confirm
east = восток
# native reader: confirm
enclave_in = анклав в
# native reader: confirm
excursions = выходы и входы, м
# native reader: confirm
features = объекты
# native reader: confirm
file = файл
# native reader: confirm
from = от
# native reader: confirm
from_it_m2 = переходит от неё, м²
# native reader: confirm
from_m = начало, м
# native reader: confirm
gap_to_main_m = до главной части, м
# native reader: confirm
gap_to_parent_m = до своей территории, м
# native reader: confirm
greatest_residual_m2 = наибольший остаток, м²
# native reader: confirm
id = код
# native reader: confirm
incomplete = неполно
# native reader: confirm
indicative = ориентировочно
# native reader: confirm
is_exclave = эксклав
# native reader: confirm
kind = вид
# native reader: confirm
lat = широта
# native reader: confirm
length_m = длина, м
# native reader: confirm
licence = лицензия
# native reader: confirm
line_of = чья линия
# native reader: confirm
lines = линии
# native reader: confirm
lon = долгота
# native reader: confirm
name = название
# native reader: confirm
near = вблизи
# native reader: confirm
near_length_m = вблизи, м
# native reader: confirm
nearest_route = ближайший путь
# native reader: confirm
nearest_route_m = до ближайшего пути, м
# native reader: confirm
neighbours = соседи
# native reader: confirm
no = №
# native reader: confirm
north = север
# native reader: confirm
noun = тип объекта
# native reader: confirm
on_border_m = по границе, м
# native reader: confirm
order = порядок
# native reader: confirm
part = часть
# native reader: confirm
perimeter_m = периметр, м
# native reader: confirm
pieces = участки
# native reader: confirm
points = точки
# native reader: confirm
position_accuracy_m = точность положения, м
# native reader: confirm
positions = положения
# native reader: confirm
published_max_km = опубликовано, до, км
# native reader: confirm
published_max_km2 = опубликовано, до, км²
# native reader: confirm
published_min_km = опубликовано, от, км
# native reader: confirm
published_min_km2 = опубликовано, от, км²
# native reader: confirm
published_ratio_max = отношение, до
# native reader: confirm
published_ratio_min = отношение, от
# native reader: confirm
radius_m = радиус, м
# native reader: confirm
reach_m = охват, м
# native reader: confirm
received_m2 = принимаемая площадь, м²
# native reader: confirm
residual_m2 = остаток, м²
# native reader: confirm
ring = контур
# native reader: confirm
rings = контуры
# native reader: confirm
role = роль
# native reader: confirm
route = путь
# native reader: confirm
routes = пути
# native reader: confirm
settlements = населённые пункты
# native reader: confirm
severed = отсечено
# native reader: confirm
sha256 = SHA-256
# native reader: confirm
share = доля
# native reader: confirm
sliver_area_m2 = площадь узких полос, м²
# native reader: confirm
slivers = узкие полосы
# native reader: confirm
source = источник
# native reader: confirm
south = юг
# native reader: confirm
status = статус
# native reader: confirm
stretches = отрезки
# native reader: confirm
territory = территория
# native reader: confirm
to = к
# native reader: confirm
to_it_m2 = переходит к ней, м²
# native reader: confirm
to_m = конец, м
# native reader: confirm
uncertain = недостоверно
# native reader: confirm
under_other_control = под контролем другой стороны
# native reader: confirm
unknown = неизвестно
# native reader: confirm
west = запад
# native reader: confirm
what = что
# native reader: confirm
width_m = ширина, м
# native reader: confirm
within_m = в пределах, м
# native reader: confirm
without_rings_m = без контуров, м
