### Headings of the columns of tables, in Russian, by their names in English.
###
### Correct what stands after the equals sign. What is marked "native reader: confirm" was written by nobody whose language
### this is: take the mark away when the wording is right.

# native reader: confirm
a = а
# native reader: confirm
accuracy_m = точность, м
# native reader: confirm
after_km2 = после, км²
# native reader: confirm
along_km = вдоль, км
# native reader: confirm
area_error_km2 = погрешность площади, км²
# native reader: confirm
area_km2 = площадь, км²
# native reader: confirm
at_km = место, км
# native reader: confirm
attribution = указание источника
# native reader: confirm
b = б
# native reader: confirm
balanced = баланс сходится
# native reader: confirm
before_km2 = до, км²
# native reader: confirm
ceded_m2 = передаваемая площадь, м²
# native reader: confirm
centre_lat = широта центра
# native reader: confirm
centre_lon = долгота центра
# native reader: confirm
certain = достоверно
# native reader: confirm
chainage_km = пикетаж, км
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
cut_off_km2 = отсекаемая площадь, км²
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
distance_km = расстояние, км
# native reader: confirm
east = восток
# native reader: confirm
enclave_in = анклав в
# native reader: confirm
exclave = эксклав
# native reader: confirm
features = объекты
# native reader: confirm
file = файл
# native reader: confirm
from = от
# native reader: confirm
from_it_km2 = переходит от неё, км²
# native reader: confirm
from_km = начало, км
# native reader: confirm
gap_to_main_km = до главной части, км
# native reader: confirm
gap_to_parent_km = до своей территории, км
# native reader: confirm
greatest_residual_m2 = наибольший остаток, м²
# native reader: confirm
id = код
# native reader: confirm
incomplete = неполно
# native reader: confirm
indicative = ориентировочно
# native reader: confirm
kind = вид
# native reader: confirm
lat = широта
# native reader: confirm
layer = слой
# native reader: confirm
leaves_and_re_enters_km = выход и вход, км
# native reader: confirm
length_km = длина, км
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
near_km = вблизи, км
# native reader: confirm
nearest_route = ближайший путь
# native reader: confirm
neighbours = соседи
# native reader: confirm
no = №
# native reader: confirm
north = север
# native reader: confirm
noun = тип объекта
# native reader: confirm
on_border_km = по границе, км
# native reader: confirm
order = порядок
# native reader: confirm
part = часть
# native reader: confirm
perimeter_km = периметр, км
# native reader: confirm
pieces = участки
# native reader: confirm
points = точки
# native reader: confirm
position_accuracy_m = точность положения, м
# native reader: confirm
positions = положения
# native reader: confirm
published_km = опубликовано, км
# native reader: confirm
published_km2 = опубликовано, км²
# native reader: confirm
radius_m = радиус, м
# native reader: confirm
ratio = отношение
# native reader: confirm
reach_km = охват, км
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
route_km = путь, км
# native reader: confirm
routes = пути
# native reader: confirm
settlements = населённые пункты
# native reader: confirm
severed = отсечено
# native reader: confirm
sha256 = SHA-256
# native reader: confirm
share_percent = доля, %
# native reader: confirm
sliver_area_km2 = площадь узких полос, км²
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
to_it_km2 = переходит к ней, км²
# native reader: confirm
to_km = конец, км
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
within_km = в пределах, км
# native reader: confirm
within_m = в пределах, м
# native reader: confirm
without_rings_km = без контуров, км
