# Words of descriptions in English.
#
# Frames take phrases in braces. `|` parts the forms of a word; the order stands above each group.
# A comment "# confirm" stands before a message that a native must confirm.

## Points: nominative | genitive | dative
point = point { $id }
point-turning = turning point { $id }
point-node = node { $id }
point-mark = mark { $id }
point-tripoint = point { $id }
point-start = the starting point { $id }
point-end = the end point { $id }

## Legs
leg-straight = From { $from } the boundary runs in a straight line { $direction } { $extras } { $length } to { $to }
leg-river = From { $from } the boundary follows { $along } { $direction } { $extras } { $length } to { $to }
leg-ridge = From { $from } the boundary runs { $along } { $direction } { $extras } { $length } to { $to }
leg-way = From { $from } the boundary runs { $direction } { $along } { $extras } { $length } to { $to }
leg-compound = From { $from } the boundary runs { $direction } { $along }, { $length } in all, to { $to }
then = { $a } and then { $b }
situated = { $point }, situated { $place }
situated-on = { $point }, situated { $place }
length = for { $n } { $unit }
length-river = for { $n } { $unit }
sides = { $leg }; on the left of the boundary lies { $left }, on the right { $right }
sentence = { $text }.

## Parts of a leg
straight = in a straight line
along-river = the { $line } of { $what } { $stream }
along-river-part = along the { $line } of { $what } { $stream }
along-bank = along the { $bank } bank of { $what } { $stream }
along-shore = along the shore of { $what }
along-ridge = along the crest of { $what }
along-watershed = along the watershed of { $what }
along-way = along { $what }
along-edge = along the edge of { $what }
along-offset = parallel to { $what } at a distance of { $n } { $unit } from its axis
along-list = along the straight lines through the points of the attached catalogue
stream-up = upstream
stream-down = downstream
line-middle = middle
line-median = median line
line-thalweg = thalweg
line-main-fairway = middle of the main fairway
line-main-branch-middle = middle of the main branch
line-bed = bed
line-axis = axis
line-centre = centre line
bank-left = left
bank-right = right
via = through { $what }
heights = { $n ->
    [one] the height { $list }
   *[other] the heights { $list }
 }
crossing = , crossing { $what },
leaving = , leaving { $what },
left-in = { $what } in the territory of { $territory }
it = it

## Directions
direction = in { $article } { $wind } direction
direction-general = in a general { $wind } direction
direction-azimuth = at an azimuth of { $angle }
direction-azimuth-general = at a general azimuth of { $angle }

## Places of points
tie = { $n } { $unit } { $wind } of { $what }
tie-approx = about { $n } { $unit } { $wind } of { $what }
tie-azimuth = { $n } { $unit } from { $what } at an azimuth of { $angle }
tie-azimuth-approx = about { $n } { $unit } from { $what } at an azimuth of { $angle }
at = at { $what }
near = near { $what }
on-line = in the { $line } of { $what }
on-bank = on the { $bank } bank of { $what }
on-ridge = on the crest of { $what }
on-way = on the axis of { $what }
in-territory = { $what } in the territory of { $territory }
start = The starting point of the description is { $point }
tripoint = { $point } is the junction point of the state borders of { $states }
tripoint-treaty = { $point } is the junction point of the state borders of { $states }, whose position will be determined by a separate treaty
lies = { $point } is situated { $place }

## Lists and units
and = { $a } and { $b }
km = km
m = m
ha = ha

## Winds: "in a … direction" | "… of"
wind-N = northerly | north
wind-NNE = north-north-easterly | north-north-east
wind-NE = north-easterly | north-east
wind-ENE = east-north-easterly | east-north-east
wind-E = easterly | east
wind-ESE = east-south-easterly | east-south-east
wind-SE = south-easterly | south-east
wind-SSE = south-south-easterly | south-south-east
wind-S = southerly | south
wind-SSW = south-south-westerly | south-south-west
wind-SW = south-westerly | south-west
wind-WSW = west-south-westerly | west-south-west
wind-W = westerly | west
wind-WNW = west-north-westerly | west-north-west
wind-NW = north-westerly | north-west
wind-NNW = north-north-westerly | north-north-west

## Objects: alone | before a name | plural
class-river = river | river | rivers
class-stream = stream | stream | streams
class-canal = canal | canal | canals
class-ditch = ditch | ditch | ditches
class-lake = lake | lake | lakes
class-reservoir = reservoir | reservoir | reservoirs
class-island = island | island of | islands
class-spring = spring | spring | springs
class-well = well | well | wells
class-mouth = mouth | mouth | mouths
class-source = source | source | sources
class-confluence = confluence | confluence | confluences
class-summit = summit | summit | summits
class-height = height | height | heights
class-hill = hill | hill | hills
class-mountain = mountain | mountain | mountains
class-ridge = ridge | ridge | ridges
class-pass = pass | pass of | passes
class-saddle = saddle | saddle | saddles
class-road = road | road | roads
class-highway = highway | highway | highways
class-dirt-road = dirt road | dirt road | dirt roads
class-field-road = field road | field road | field roads
class-forest-road = forest road | forest road | forest roads
class-track = track | track | tracks
class-path = path | path | paths
class-street = street | street | streets
class-railway = railway | railway | railways
class-fork = fork | fork | forks
class-crossroads = crossroads | crossroads | crossroads
class-bridge = bridge | bridge | bridges
class-culvert = culvert | culvert | culverts
class-tunnel = tunnel | tunnel | tunnels
class-station = station | station of | stations
class-forest = forest | forest | forests
class-field = field | field | fields
class-parcel = parcel | parcel | parcels
class-city = city | city of | cities
class-town = town | town of | towns
class-village = village | village of | villages
class-settlement = settlement | settlement of | settlements
class-building = building | building | buildings
class-church = church | church | churches
class-monastery = monastery | monastery | monasteries
class-cemetery = cemetery | cemetery | cemeteries
class-dam = dam | dam | dams
class-pipeline = pipeline | pipeline | pipelines
class-power-line = power line | power line | power lines
class-tower = tower | tower | towers
class-mast = mast | mast | masts
class-pylon = pylon | pylon | pylons
class-geodetic-point = geodetic point | geodetic point | geodetic points
class-boundary-mark = boundary mark | boundary mark | boundary marks
class-rock = rock | rock | rocks
class-tree = tree | tree | trees
class-mound = mound | mound | mounds
class-quarry = quarry | quarry | quarries
class-point = point | point | points
object = the { $word }
object-named = the { $word } { $name }
object-unnamed = the unnamed { $word }
object-that = that { $word }
object-of = { $what } of { $of }
objects-named = the { $word } { $name }
height = the height { $height }
with-height = { $what } (height { $height })

## The paper
title = Protocol-description of the line of the state border between { $a } and { $b }
title-ring = Protocol-description of the line around { $name }
parties = Parties
basis = Legal basis
definitions = Definitions
surface = The boundary is a line and the vertical surface through it, which divides land, waters, subsoil and air space.
sources = Sources
source-line = { $name }. Date: { $date }.
accuracy = The positions of the line are accurate to { $n } { $unit }.
met-between = on the stretch from { $from } to { $to } the boundary crosses { $what }, whose position is accurate only to { $n } { $unit }; the place of the crossing is not determined
met-undetermined = whether the boundary meets { $what } at places other than those stated is not determined, because its position is accurate only to { $n } { $unit }
rules = Rules
winds-8 = Directions are stated by 8 winds, from true north.
winds-16 = Directions are stated by 16 winds, from true north.
winds-degrees = Directions are stated as azimuths in degrees, from true north.
lengths = Lengths are along the line and in { $unit }; distances to other objects are straight.
datum = Coordinates are in { $datum }.
edge-lonlat = A straight line is straight in longitude and latitude.
edge-geodesic = A straight line is the geodesic of the ellipsoid.
edge-rhumb = A straight line is the rhumb line.
banks = Left and right bank are those of who looks downstream.
precedence = Where the documents differ, they prevail in this order: { $list }.
authority-text = the text of the description
authority-coordinates = the catalogue of coordinates
authority-map = the map
authority-marks = the marks on the ground
sector = Sector { $n }. { $heading }
sector-length = { $sector } (length { $length } { $unit })
totals = Totals
total-length = The length of the line is { $n } { $unit }.
total-sum = The printed lengths of the legs add up to { $n } { $unit }.
total-land = On land: { $n } { $unit }.
total-rivers = Along rivers: { $n } { $unit }.
total-lakes = Across lakes: { $n } { $unit }.
total-ring = The line encloses { $area } ha and is { $n } { $unit } long.
total-points = Points: { $n }.
annex-catalogue = Annex. Catalogue of coordinates
annex-sheets = Annex. List of map sheets
column-point = Point
column-latitude = Latitude
column-longitude = Longitude
column-azimuth = Azimuth to the next point
column-distance = Distance to the next point, m
originals = Done in { $n ->
    [one] { $n } original
   *[other] { $n } originals
 }, in { $languages }; all texts have equal force.
language-en = English
language-ru = Russian
language-hy = Armenian
language-az = Azerbaijani
signatures = Signatures

## Protocols of marks
protocol-title = Protocol of boundary mark { $number }
protocol-mark = mark
protocol-line = Line
protocol-kind = Type
protocol-kind-main = main mark
protocol-kind-intermediate = intermediate mark
protocol-kind-river-pair = river mark, two posts
protocol-kind-junction = junction mark
protocol-planned = planned
protocol-standing = standing
protocol-place = Place
protocol-on-line = on the line
protocol-on-banks = on both banks
protocol-at-junction = where the lines meet
protocol-chainage = Distance from the start of the line, m
protocol-left = Territory on the left
protocol-right = Territory on the right
protocol-height = Height of the ground, m
protocol-sheet = Map sheet 1:50 000
protocol-material = Material, colour, plate; set on
protocol-coordinates = Coordinates
protocol-post-left = post on the left
protocol-post-right = post on the right
protocol-from = From
protocol-to = To
protocol-azimuth = Azimuth
protocol-distance = Distance, m
protocol-along = Along the line, m
protocol-note = Sketch 1:{ $scale }, grid UTM { $zone } (WGS 84). Azimuths are from true north, distances are geodesic. Left and right are as seen along the line.
protocol-signature = For { $party }: name, signature, date
