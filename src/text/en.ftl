### What plates say, in English. A message that another language lacks is said in English.
###
### Messages of other languages stand in the file of their language, under the same name. A value in { $braces } is put in
### by the program. A message may choose by number or case as Fluent does (https://projectfluent.org/fluent/guide/).

## The panel: headings

legend = Legend
scale = Scale
sources = Sources
# Before the findings that the plate lets pass.
allowed = Allowed to pass
location = Location
routes = Routes
sheet = Sheet
edition = edition
# Before the dates of the data.
data-of = data of
crossings = Crossings
profile = Profile

## Routes and their crossings

route-length = Length { $km } km on the WGS 84 ellipsoid
# After the length of an indicative route.
route-joined = (indicative: waypoints joined by straight lines)
route-published = published { $km } km
route-published-between = published { $low } to { $high } km
column-number = No.
column-chainage = Chainage
column-passage = Passes
column-position = Longitude, latitude
column-remark = Remark
uncertain = uncertain
# Before the disclaimer, on the profile of a route.
dashed-marks = Dashed marks: the positions' accuracy leaves open whether and where the route crosses.
# Where a route runs in no territory.
outside = outside
# A hollow mark in the list of crossings.
crossings-uncertain = Hollow: uncertain. The positions' accuracy leaves open whether and where the route crosses there.
no-crossings = No route shown here crosses a boundary within the frame.
# $names are names of territories.
outside-frame = Outside the frame, not drawn: parts of { $names }.
# $names are names of territories.
drawn-twice = Drawn as enclaves; in the data their land is also that of the territory around it: { $names }.
# $names are names of territories.
drawn-twice-in-part = Drawn as enclaves; in the data this land is also that of the territory around it: parts of { $names }.
# $names are names of territories.
overlapping = Some land is that of several of these territories in the data, and drawn as that of one: { $names }.
# $metres is half the width of the band, $formula how it was obtained.
accuracy-band = Nearer to a line than { $metres } m ({ $formula }) the accuracy does not tell
# $day is a date like 2024-05-15.
as-of-note = As of { $day }: drawn is what was valid on that day.
# $party is the code of a party.
view-note = View of { $party }: drawn is what this party asserts, accepts or does not dispute.
view-neutral-note = Neutral view: nothing is drawn that a party disputes, or that one party alone asserts.
indicative-note = Indicative: joins known waypoints by straight lines; lengths and crossings along it are not exact.
# $name is an entry of the legend whose course is only indicated.
indicative = { $name }, indicative

## Lines and proposals

# After an entry of the legend.
claimed-by = claimed by { $name }
# After an entry of the legend.
proposed-by = proposed by { $name }
ledger = Ledger
# Along a proposed line, in capitals.
proposal = PROPOSAL
# Land from one territory to another. $from and $to are codes or names and take no endings.
passes = from { $from } to { $to }
nothing-passes = No land passes.
not-stated = not stated
# $name is who proposes, or the words not-stated.
ledger-note = Proposed by: { $name }. Areas on the WGS 84 ellipsoid.
ledger-illustration = Illustration, proposed by no party. Areas on the WGS 84 ellipsoid.
sovereignty = Sovereignty
administration = Administration
# Above the title of a proposal.
stamp = PROPOSAL – NOT AGREED
stamp-illustration = ILLUSTRATION – PROPOSED BY NO PARTY

## Notes

# Said where a plate has names in grey italics.
transcriptions = Names in grey italics are transcriptions of the other language's name.
disclaimer = The boundaries, names and statuses shown imply no opinion on the legal status of any territory or on the course of any boundary.

## The legend

territories = Territories; neighbours differ in hue
other-state = Other state
other-member = Other union republic
water = Water
river = River
coast = Coast
context-road = Road
context-rail = Railway
outside-land = Other land and its inland waters
no-data = No data
map-sheet = Frame of a map sheet
# $source is a source with its date, which opens another outline.
outline-by = Outline by { $source }
route-crossing = Crossing of a route
route-crossing-uncertain = Crossing of a route, uncertain
land-passes = Land that passes
land-stays = Land that stays
inset-box = Shown in an inset
relief = Shade of slopes
# $metres is the distance between them.
contours = Contours every { $metres } m

## Boundaries of states, by status

state-boundary-demarcated = State boundary, demarcated
state-boundary-delimited = State boundary, delimited
state-boundary-agreed = State boundary, agreed
state-boundary-undefined = State boundary, undefined (approximate)
state-boundary-disputed = State boundary, disputed
state-boundary-control-line = Line of control
state-boundary-historical = State boundary, historical
member-boundary = Boundary of a union republic or federal member
member-boundary-historical = Boundary of union republics, historical
state-boundary-proposed = Proposed boundary
state-boundary-unspecified = State boundary, status not stated by the source
territory-boundary-unspecified = Boundary of a territory, status not stated by the source
territory-boundary-historical = Boundary of a territory, historical

## Boundaries of units, by status

unit-boundary-historical = Historical boundary of a unit
unit-boundary-proposed = Proposed boundary of a unit
unit-boundary-disputed = Boundary of a unit, disputed
unit-boundary-control-line = Line of control within a unit
unit-boundary-undefined = Boundary of a unit, undefined
unit-boundary-demarcated = Boundary of a unit, demarcated
unit-boundary-delimited = Boundary of a unit, delimited
unit-boundary-agreed = Boundary of a unit, agreed
unit-boundary-unspecified = Boundary of a unit, status not stated

## Routes, by mode and state

route-rail-in-use = Railway in use
route-rail-planned = Railway, planned
route-rail-dismantled = Railway, dismantled
route-road-in-use = Road in use
route-road-planned = Road, planned
route-road-dismantled = Road, abandoned
route-other-in-use = Other route
route-other-planned = Other route, planned
route-other-dismantled = Other route, abandoned

## Places

place-centre = Capital or regional centre
place-town = Town
place-village = Village or settlement
place-station = Railway station
place-crossing = Border crossing
place-pass = Mountain pass
place-peak = Peak
place-reservoir = Lake or reservoir, shape not shown
place-tripoint = Tripoint
place-turning = Turning point
place-mark = Boundary mark

## Datum, scale, north and projection

datum-as-published = none: WGS 84 as published
datum-read-as = none: read as WGS 84
transformation = Transformation: { $operations }.
# Percent, with their signs; $latitude in degrees.
scale-error-world = Areas are in true proportion; lengths are not. Scale true along the parallel at the centre of the map; between { $latitude }° S and { $latitude }° N the error is { $least } to { $greatest } %.
# Percent, with their signs.
scale-error = Scale true at the centre of the map; across it the error is { $least } to { $greatest } %.
north-world = North is up on the central meridian only: elsewhere it is where the meridians run.
north-grid-is-true = Grid north is true north at the centre (convergence { $angle }).
# $angle in degrees and minutes with a sign.
panel-convergence = convergence { $angle }
north-panels = Grid north is east (+) or west (−) of true north by the convergence above each map.
# $angle in degrees and minutes.
north-grid-east = N: true north. Dashed: grid north, { $angle } east of it at the centre (convergence, drawn enlarged).
north-grid-west = N: true north. Dashed: grid north, { $angle } west of it at the centre (convergence, drawn enlarged).
projection-polar = Polar stereographic projection, central meridian { $meridian }
projection-conic = Lambert conformal conic projection, standard parallels { $south } and { $north }, central meridian { $meridian }
projection-transverse = Transverse Mercator projection, central meridian { $meridian }, scale there { $factor }
projection-azimuthal = Lambert azimuthal equal-area projection, centre at latitude { $latitude }, longitude { $longitude }
projection-equal-earth = Equal Earth projection (equal-area), central meridian { $meridian }
projection-web = Web Mercator projection
# $projection is one of the sentences above.
datum = Datum and ellipsoid WGS 84. { $projection }.

## The grid

grid-utm = Blue grid: UTM zone { $zone }, every { $km } km.
grid-gauss-kruger = Blue grid: Gauss–Krüger zone { $zone } (six degrees, on WGS 84), every { $km } km.

## Relief

# $cell is the distance of the heights in metres.
relief-shade = Relief: light from the south-west to the north; heights every { $cell } m.
relief-no-shade = No shade: heights every { $cell } m are too wide apart for it at this scale.
# In metres; $index from one index contour to the next.
relief-contours = Contours every { $every } m, index contours every { $index } m.
relief-accuracy = Heights are good to ±{ $accuracy } m.
relief-no-line = Terrain does not define the line.

## Cautions, by status on the plate

caution-undefined = Lines shown as undefined are approximate: delimitation is under way or has not begun.
caution-unspecified = Where the status is not stated by the source, none is implied.
caution-disputed = Disputed lines show each side's claim.
caution-control-line = Lines of control are no boundaries.
caution-historical = Historical lines are those of the year stated.
caution-proposed = Proposed lines are not agreed.

## Units

kilometre = km
metre = m
kilometres = { $value } km
square-kilometres = { $value } km²

## The margin

margin-plate = plate { $id }
margin-sheet = sheet { $number }
margin-edition = edition { $number }
# $route is an id.
margin-profile = profile of { $route }
margin-comparison = comparison
# $list is names of layers or files, each with the start of its hash.
margin-data = data (SHA-256): { $list }

## Albums

album-title = Boundary album
album-index = Index of sheets
album-list = List of sheets
album-catalogue = Catalogue of boundary marks
# $count is a number of sheets.
album-count = { $count ->
    [one] { $count } sheet
   *[other] { $count } sheets
}
# $text is what the user states.
album-basis = Basis: { $text }
album-line = Line
# $from and $to in kilometres.
album-chainage = Chainage { $from } to { $to } km
album-chainage-km = Chainage, km
album-adjoining = Adjoining sheets
album-map-sheets = Map sheets
album-marks = Boundary marks
# $count is a number of marks that the panel has no room for.
album-more-marks = { $count ->
    [one] { $count } more in the catalogue of marks.
   *[other] { $count } more in the catalogue of marks.
}
album-corners = South-west and north-east corner
album-latitude = Latitude
album-longitude = Longitude
album-north = North
album-east = East
album-south = South
album-west = West
album-frame = Frame of a sheet of the album
album-match-line = Match line of adjoining sheets
# $party is the name of a party, in no particular case.
album-signature = For: { $party }
album-signed = name, signature, date

## The chart of routes side by side

strips-title = Routes side by side
strips-heights = Strips at one scale; heights from { $low } to { $high } m, read every { $step } m, at one scale too.
strips-scale = Strips at one scale.
strips-method = Lengths are ellipsoidal. { $earth }; edges: { $edges }; datum: { $datum }.
margin-corridor = routes side by side

## The chart of statuses over time

statuses-title = Lines by status over time
statuses-whole = whole: { $km } km measured
statuses-published = { $km } km published
statuses-left-out = { $count } older meetings are left out
statuses-before = before the log
statuses-figure = { $status }: { $km } km, { $share } %
statuses-figure-published = { $status }: { $km } km, { $share } %, published { $published } km
margin-statuses = lines by status over time

## The chart of a comparison

chart-title = Offset between two versions of a line
chart-summary = Hausdorff distance { $hausdorff } m; mean offset { $mean } m; { $share } % of both lengths within { $tolerance } m
chart-summary-frechet = Hausdorff distance { $hausdorff } m; Fréchet distance { $frechet } m; mean offset { $mean } m; { $share } % of both lengths within { $tolerance } m
chart-key = Shaded: stretches farther from the other line than the tolerance. Dashed: the tolerance, { $tolerance } m. Ring: the worst place. Each line has the chainage of its own course.
chart-floor = Offsets under { $low } m are drawn as { $low } m.
# $line and $other are the letters a and b.
chart-line = { $line }: { $name }, { $km } km; offset from { $other }
chart-chainage = chainage along { $line }, km
chart-offset = offset, m
chart-offset-logarithmic = offset, m (logarithmic)
chart-worst = worst: { $offset } m at { $km } km, { $longitude }°, { $latitude }°
# $earth is the measure, $edges a word of the data, $datum the datum operation.
chart-method = Offsets are geodesics to the nearest place of the other line, drawn from each place where another edge of it comes to be nearest to the next. { $earth }; edges: { $edges }; datum: { $datum }.

## What a plate lacks and may lack

lint-layer = layer { $id }
lint-disclaimer = the disclaimer
lint-no-source = no source
lint-no-licence = no licence
lint-no-attribution = no attribution
lint-line-covered = its text comes within 0.5 mm of a state line
lint-wrong-side = its name stands beyond a state line
lint-empty-disclaimer = its text is empty
lint-no-proposer = the proposal does not say who proposes it
lint-line-no-proposer = the proposed line does not say who proposes it
lint-solid-undefined = a line whose status is undefined is drawn solid
# $status and $other are words of the data.
lint-colour-alone = its status { $status } differs from { $other } in colour alone
lint-in-nothing = its status { $status } differs from { $other } in nothing
# $language is a code.
lint-no-name = no name in "{ $language }"
lint-former-name = "{ $name }" is a historical or renamed form, kept for search only
lint-no-glyph = no glyph for "{ $character }" ({ $code }) in "{ $name }"

## The page of a dataset (dossier)

dossier-summary = Summary
dossier-map = Map
dossier-map-note = For orientation: equirectangular, positions rounded to about 1 m. The plates are to scale. Terrain and roads do not define a line.
dossier-answers = Answers
dossier-plates = Plates
dossier-files = Sources and hashes
dossier-commands = Command lines that make these answers again
dossier-layers = Layers
dossier-statuses = Status of lines
dossier-language = Language
dossier-find = Find a feature
dossier-zoom-in = Zoom in
dossier-zoom-out = Zoom out
dossier-whole = Whole extent
dossier-choose = Choose a feature of the map
dossier-demarcated = demarcated
dossier-delimited = delimited
dossier-agreed = agreed
dossier-undefined = undefined
dossier-disputed = disputed
dossier-control-line = line of control
dossier-historical = historical
dossier-proposed = proposed
dossier-unspecified = status not stated
