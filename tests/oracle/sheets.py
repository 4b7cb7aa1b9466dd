#!/usr/bin/env python3
"""`sheets` of random positions and of positions on frames: names built from the rules, with no arithmetic of cells.

Rows of 4° are lettered from the equator, columns of 6° numbered from 180° W; parts of a sheet are numbered from its
north-west. Sheets are joined in twos from 60° and in fours from 76°, those of 1:200 000 in threes from 76°.

    python3 tests/oracle/sheets.py PROGRAM [SEED]      (packages: ../reference/requirements.txt)
"""

import math
import random

from pyproj import Transformer

from common import Program, Tally, arguments, feature

path, SEED = arguments()
PROGRAM, TALLY, RANDOM = Program(path), Tally("sheets"), random.Random(SEED)

# EPSG:15865 without heights, Pulkovo 1942 to WGS 84.
TO_WGS84 = Transformer.from_pipeline(
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 +step +proj=cart +ellps=krass "
    "+step +proj=helmert +x=25 +y=-141 +z=-78.5 +rx=0 +ry=-0.35 +rz=-0.736 +s=0 +convention=coordinate_frame "
    "+step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 +step +proj=unitconvert +xy_in=rad +xy_out=deg"
)

ROMAN = (
    "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV XXVI XXVII XXVIII "
    "XXIX XXX XXXI XXXII XXXIII XXXIV XXXV XXXVI"
).split()
# Parts along a side of a sheet of 1:1 000 000, and the scale that each scale's own parts are counted in.
ALONG = {1_000_000: 1, 500_000: 2, 200_000: 6, 100_000: 12, 50_000: 24, 25_000: 48}
PARENT = {500_000: 1_000_000, 200_000: 1_000_000, 100_000: 1_000_000, 50_000: 100_000, 25_000: 50_000}


def index(lon, lat, scale):
    """Column from 180° W and row from the equator (negative south of it) of the single sheet of a position."""
    return math.floor((lon + 180) / 6 * ALONG[scale]), math.floor(lat / 4 * ALONG[scale])


def words(column, row, scale):
    """The parts of a single sheet's name."""
    if scale == 1_000_000:
        return ["ABCDEFGHIJKLMNOPQRSTUV"[row if row >= 0 else -row - 1], str(column + 1)]
    times = ALONG[scale] // ALONG[PARENT[scale]]
    number = (times - 1 - row % times) * times + column % times
    word = {500_000: "АБВГ", 200_000: ROMAN, 100_000: range(1, 145), 50_000: "АБВГ", 25_000: "абвг"}[scale][number]
    return [*words(column // times, row // times, PARENT[scale]), str(word)]


def joined(lat, scale):
    if abs(lat) < 60:
        return 1
    return 2 if abs(lat) < 76 else 3 if scale == 200_000 else 4


def name(lon, lat, scale):
    column, row = index(lon, lat, scale)
    many = joined(lat, scale)
    singles = [words(column - column % many + k, row, scale) for k in range(many)]
    text = "-".join(singles[0])
    for before, after in zip(singles, singles[1:]):
        same = next(k for k in range(len(after)) if before[k] != after[k])
        text += "," + "-".join(after[same:])
    return text + (" (Ю.П.)" if lat < 0 else "")


def ask(lon, lat, scale, *more):
    file = PROGRAM.write("place.geojson", [feature("p", "Point", [lon, lat])])
    return [row["sheet"] for row in PROGRAM.results("sheets", file, "--scale", scale, *more)["sheets"]]


def random_place():
    """Anywhere but within a metre of a frame, where the datum's rounding would decide."""
    lon, lat, scale = RANDOM.uniform(-180, 180), RANDOM.uniform(-87.9, 87.9), RANDOM.choice(list(ALONG))
    near = lambda degrees, span: abs(degrees / span - round(degrees / span)) * span < 1e-5
    if near(lat, 4 / 48) or near(lon, 6 / 48):
        return
    TALLY.case()
    there = TO_WGS84.transform(lon, lat)
    got, want = ask(*there, scale), [name(lon, lat, scale)]
    if got != want:
        TALLY.fail(f"1:{scale} at {lon}, {lat} in Pulkovo 1942: {got}, expected {want}")


def on_a_frame(scale):
    """A position on a frame, given in Pulkovo 1942, belongs to the sheet north and east of it."""
    n = ALONG[scale]
    lon, lat = 6 * RANDOM.randint(-30 * n, 30 * n - 1) / n, 4 * RANDOM.randint(0, 21 * n) / n
    TALLY.case()
    got, want = ask(lon, lat, scale, "--from", "EPSG:4284"), [name(lon + 1e-7, lat + 1e-7, scale)]
    if got != want:
        TALLY.fail(f"1:{scale} on a frame at {lon!r}, {lat!r}: {got}, expected {want}")


for _ in range(300):
    random_place()
for scale in ALONG:
    for _ in range(20):
        on_a_frame(scale)
TALLY.end()
