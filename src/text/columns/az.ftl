### Headings of the columns of tables, in Azerbaijani, by their names in English.
###
### Correct what stands after the equals sign. What is marked "native reader: confirm" was written by nobody whose language
### this is: take the mark away when the wording is right.

# native reader: confirm
a = a
# native reader: confirm
a_part = a hissəsi
# native reader: confirm
a_part_name = a hissəsinin adı
# native reader: confirm
after_m2 = sonra, m²
# native reader: confirm
along_m = boyunca, m
# native reader: confirm
area_error_km2 = sahənin xətası, km²
# native reader: confirm
area_error_m2 = sahənin xətası, m²
# native reader: confirm
area_km2 = sahə, km²
# native reader: confirm
area_m2 = sahə, m²
# native reader: confirm
attribution = istinad
# native reader: confirm
b = b
# native reader: confirm
b_part = b hissəsi
# native reader: confirm
b_part_name = b hissəsinin adı
# native reader: confirm
balanced = tarazlıq
# native reader: confirm
before_m2 = əvvəl, m²
# native reader: confirm
ceded_m2 = keçən sahə, m²
# native reader: confirm
centre_lat = mərkəzin enliyi
# native reader: confirm
centre_lon = mərkəzin uzunluğu
# native reader: confirm
certain = dəqiq
# native reader: confirm
chainage_m = piketaj, m
# native reader: confirm
changes = tərəfini dəyişir
# native reader: confirm
class = sinif
# native reader: confirm
components = hissələr
# native reader: confirm
controlled_by = nəzarət edən
# native reader: confirm
count = say
# native reader: confirm
crossings = kəsişmələr
# native reader: confirm
cut_off_m2 = ayrılan sahə, m²
# native reader: confirm
cut_off_share = ayrılan pay
# native reader: confirm
cuts = kəsimlər
# native reader: confirm
data = məlumat
# native reader: confirm
date = tarix
# native reader: confirm
difference_km2 = fərq, km²
# native reader: confirm
difference_m2 = fərq, m²
# native reader: confirm
distance_m = məsafə, m
# native reader: confirm
east = şərq
# native reader: confirm
enclave_in = anklavın yeri
# native reader: confirm
excursions = çıxışlar və girişlər, m
# native reader: confirm
features = obyektlər
# native reader: confirm
file = fayl
# native reader: confirm
from = haradan
# native reader: confirm
from_it_m2 = ondan keçən, m²
# native reader: confirm
from_m = başlanğıc, m
# native reader: confirm
gap_to_main_m = əsas hissəyə qədər, m
# native reader: confirm
gap_to_parent_m = aid olduğu əraziyə qədər, m
# native reader: confirm
greatest_residual_m2 = ən böyük qalıq, m²
# native reader: confirm
id = kod
# native reader: confirm
incomplete = natamam
# native reader: confirm
indicative = təxmini
# native reader: confirm
is_exclave = eksklav
# native reader: confirm
kind = növ
# native reader: confirm
lat = enlik
# native reader: confirm
length_m = uzunluq, m
# native reader: confirm
licence = lisenziya
# native reader: confirm
line_of = kimin xətti
# native reader: confirm
lines = xətlər
# native reader: confirm
lon = uzunluq dairəsi
# native reader: confirm
name = ad
# native reader: confirm
near = yaxınlıqda
# native reader: confirm
near_length_m = yaxınlıqda, m
# native reader: confirm
nearest_route = ən yaxın yol
# native reader: confirm
nearest_route_m = ən yaxın yola qədər, m
# native reader: confirm
neighbours = qonşular
# native reader: confirm
no = №
# native reader: confirm
north = şimal
# native reader: confirm
noun = obyektin növü
# native reader: confirm
on_border_m = sərhəd üzrə, m
# native reader: confirm
order = sıra
# native reader: confirm
part = hissə
# native reader: confirm
perimeter_m = perimetr, m
# native reader: confirm
pieces = sahələr
# native reader: confirm
points = nöqtələr
# native reader: confirm
position_accuracy_m = mövqe dəqiqliyi, m
# native reader: confirm
positions = mövqelər
# native reader: confirm
published_max_km = dərc edilmiş, ən çoxu, km
# native reader: confirm
published_max_km2 = dərc edilmiş, ən çoxu, km²
# native reader: confirm
published_min_km = dərc edilmiş, ən azı, km
# native reader: confirm
published_min_km2 = dərc edilmiş, ən azı, km²
# native reader: confirm
published_ratio_max = nisbət, ən çoxu
# native reader: confirm
published_ratio_min = nisbət, ən azı
# native reader: confirm
radius_m = radius, m
# native reader: confirm
reach_m = əhatə, m
# native reader: confirm
received_m2 = gələn sahə, m²
# native reader: confirm
residual_m2 = qalıq, m²
# native reader: confirm
ring = halqa
# native reader: confirm
rings = halqalar
# native reader: confirm
role = rol
# native reader: confirm
route = yol
# native reader: confirm
routes = yollar
# native reader: confirm
settlements = yaşayış məntəqələri
# native reader: confirm
severed = kəsilmiş
# native reader: confirm
sha256 = SHA-256
# native reader: confirm
share = pay
# native reader: confirm
sliver_area_m2 = ensiz zolaqların sahəsi, m²
# native reader: confirm
slivers = ensiz zolaqlar
# native reader: confirm
source = mənbə
# native reader: confirm
south = cənub
# native reader: confirm
status = status
# native reader: confirm
stretches = kəsiklər
# native reader: confirm
territory = ərazi
# native reader: confirm
to = haraya
# native reader: confirm
to_it_m2 = ona keçən, m²
# native reader: confirm
to_m = son, m
# native reader: confirm
uncertain = qeyri-dəqiq
# native reader: confirm
under_other_control = başqasının nəzarətində
# native reader: confirm
unknown = məlum deyil
# native reader: confirm
west = qərb
# native reader: confirm
what = nə
# native reader: confirm
width_m = en, m
# native reader: confirm
within_m = hüdud, m
# native reader: confirm
without_rings_m = halqasız, m
