### Headings of the columns of tables, in Armenian, by their names in English.
###
### Correct what stands after the equals sign. What is marked "native reader: confirm" was written by nobody whose language
### this is: take the mark away when the wording is right.

# native reader: confirm
a = ա
# native reader: confirm
a_part = մաս ա
# native reader: confirm
a_part_name = մաս ա-ի անվանումը
# native reader: confirm
after_m2 = հետո, մ²
# native reader: confirm
along_m = երկայնքով, մ
# native reader: confirm
area_error_km2 = մակերեսի սխալ, կմ²
# native reader: confirm
area_error_m2 = մակերեսի սխալ, մ²
# native reader: confirm
area_km2 = մակերես, կմ²
# native reader: confirm
area_m2 = մակերես, մ²
# native reader: confirm
attribution = հղում
# native reader: confirm
b = բ
# native reader: confirm
b_part = մաս բ
# native reader: confirm
b_part_name = մաս բ-ի անվանումը
# native reader: confirm
balanced = հավասարակշռված
# native reader: confirm
before_m2 = առաջ, մ²
# native reader: confirm
ceded_m2 = փոխանցվող մակերես, մ²
# native reader: confirm
centre_lat = կենտրոնի լայնություն
# native reader: confirm
centre_lon = կենտրոնի երկայնություն
# native reader: confirm
certain = հաստատ
# native reader: confirm
chainage_m = պիկետաժ, մ
# native reader: confirm
changes = փոխում է կողմը
# native reader: confirm
class = դաս
# native reader: confirm
components = բաղադրիչներ
# native reader: confirm
controlled_by = վերահսկող
# native reader: confirm
count = քանակ
# native reader: confirm
crossings = հատումներ
# native reader: confirm
cut_off_m2 = կտրվող մակերես, մ²
# native reader: confirm
cut_off_share = կտրվող մասնաբաժին
# native reader: confirm
cuts = կտրվածքներ
# native reader: confirm
data = տվյալներ
# native reader: confirm
date = ամսաթիվ
# native reader: confirm
difference_km2 = տարբերություն, կմ²
# native reader: confirm
difference_m2 = տարբերություն, մ²
# native reader: confirm
distance_m = հեռավորություն, մ
# native reader: confirm
east = արևելք
# native reader: confirm
enclave_in = անկլավ՝ որտեղ
# native reader: confirm
excursions = ելքեր և մուտքեր, մ
# native reader: confirm
features = օբյեկտներ
# native reader: confirm
file = նիշք
# native reader: confirm
from = որտեղից
# native reader: confirm
from_it_m2 = նրանից անցնող, մ²
# native reader: confirm
from_m = սկիզբ, մ
# native reader: confirm
gap_to_main_m = մինչև հիմնական մասը, մ
# native reader: confirm
gap_to_parent_m = մինչև պատկանող տարածքը, մ
# native reader: confirm
greatest_residual_m2 = մեծագույն մնացորդ, մ²
# native reader: confirm
id = նույնացուցիչ
# native reader: confirm
incomplete = թերի
# native reader: confirm
indicative = մոտավոր
# native reader: confirm
is_exclave = էքսկլավ
# native reader: confirm
kind = տեսակ
# native reader: confirm
lat = լայնություն
# native reader: confirm
length_m = երկարություն, մ
# native reader: confirm
licence = արտոնագիր
# native reader: confirm
line_of = ում գիծը
# native reader: confirm
lines = գծեր
# native reader: confirm
lon = երկայնություն
# native reader: confirm
name = անվանում
# native reader: confirm
near = մոտ
# native reader: confirm
near_length_m = մոտ, մ
# native reader: confirm
nearest_route = մոտակա ճանապարհ
# native reader: confirm
nearest_route_m = մինչև մոտակա ճանապարհը, մ
# native reader: confirm
neighbours = հարևաններ
# native reader: confirm
no = №
# native reader: confirm
north = հյուսիս
# native reader: confirm
noun = օբյեկտի տեսակ
# native reader: confirm
on_border_m = սահմանով, մ
# native reader: confirm
order = կարգ
# native reader: confirm
part = մաս
# native reader: confirm
perimeter_m = պարագիծ, մ
# native reader: confirm
pieces = կտորներ
# native reader: confirm
points = կետեր
# native reader: confirm
position_accuracy_m = դիրքի ճշտություն, մ
# native reader: confirm
positions = դիրքեր
# native reader: confirm
published_max_km = հրապարակված, առավելագույնը, կմ
# native reader: confirm
published_max_km2 = հրապարակված, առավելագույնը, կմ²
# native reader: confirm
published_min_km = հրապարակված, նվազագույնը, կմ
# native reader: confirm
published_min_km2 = հրապարակված, նվազագույնը, կմ²
# native reader: confirm
published_ratio_max = հարաբերություն, առավելագույնը
# native reader: confirm
published_ratio_min = հարաբերություն, նվազագույնը
# native reader: confirm
radius_m = շառավիղ, մ
# native reader: confirm
reach_m = հասանելիություն, մ
# native reader: confirm
received_m2 = ստացվող մակերես, մ²
# native reader: confirm
residual_m2 = մնացորդ, մ²
# native reader: confirm
ring = օղակ
# native reader: confirm
rings = օղակներ
# native reader: confirm
role = դեր
# native reader: confirm
route = ճանապարհ
# native reader: confirm
routes = ճանապարհներ
# native reader: confirm
settlements = բնակավայրեր
# native reader: confirm
severed = կտրված
# native reader: confirm
sha256 = SHA-256
# native reader: confirm
share = մասնաբաժին
# native reader: confirm
sliver_area_m2 = նեղ շերտերի մակերես, մ²
# native reader: confirm
slivers = նեղ շերտեր
# native reader: confirm
source = աղբյուր
# native reader: confirm
south = հարավ
# native reader: confirm
status = կարգավիճակ
# native reader: confirm
stretches = հատվածներ
# native reader: confirm
territory = տարածք
# native reader: confirm
to = դեպի
# native reader: confirm
to_it_m2 = նրան անցնող, մ²
# native reader: confirm
to_m = վերջ, մ
# native reader: confirm
uncertain = անորոշ
# native reader: confirm
under_other_control = այլ վերահսկողության տակ
# native reader: confirm
unknown = անհայտ
# native reader: confirm
west = արևմուտք
# native reader: confirm
what = ինչ
# native reader: confirm
width_m = լայնք, մ
# native reader: confirm
within_m = սահման, մ
# native reader: confirm
without_rings_m = առանց օղակների, մ
