"""Layer `rivers`: courses for drawing.

The Kura is Natural Earth's; the Araks is the state lines that follow it, and Natural Earth's below them (above them no source of the
layer has it); the others follow the heights of `relief`: a priority flood (Barnes, Lehman and Mulla 2014) gives every cell the neighbour that
its water leaves by, and a river is the way down from its first point in river_names.csv. On plains the heights say nothing:
there a river ends. Where a state line runs along the river just found (Akhurian), the river is that line."""

import heapq
import math
import struct

import numpy
from shapely.geometry import LineString, Point

from . import debian
from .earth import rounded
from .points import LANGUAGES, read_csv
from .relief import PER_DEGREE
from .rings import FRAME

SHAPES = "./usr/share/magics/10m/ne_10m_rivers_lake_centerlines"
BURNT_M = 300  # how far the cells under known rivers are lowered
FLAT_M, FLAT_CELLS = 40, 4  # heights so much apart at the most, within so many cells: a plain
SEARCH_CELLS = 3  # the first point of a river is looked for so far around
ALONG_DEG = 0.012  # a state line so near is the river
THINNED_DEG = 0.0012
STATE_LINES = ("arm-tur", "aze-tur", "aze-irn-naxcivan", "arm-irn", "aze-irn-main")
AKHURIAN_NORTH = 40.74  # up to here the line arm-tur follows the Akhurian
ARAKS_SOUTH_EAST = (47.943, 39.683)  # where the line leaves the Araks
ARAKS_NORTH_WEST = (43.66, 40.105)  # where the Akhurian meets the Araks


def features(cache, relief, lines: list) -> list:
    """`lines` are the features of the layer `lines`."""
    earth = natural_earth(cache)
    state = {f["properties"]["id"]: coordinates(f["geometry"]) for f in lines}
    araks, akhurian = along_state(state, longest(earth["Aras"]))
    kura = longest(earth["Kura"])
    water = Drainage(relief, [araks, akhurian, kura])
    rows = read_csv("river_names.csv")
    found = {"kura": [kura], "araks": [araks]}
    for row in rows:
        if row["id"] in found:
            continue
        known = {key: LineString(line) for key, courses in found.items() for line in courses}
        course = water.course((float(row["lon"]), float(row["lat"])), known.get(row["into"]))
        if row["end_lon"]:
            course = course[: nearest(course, (float(row["end_lon"]), float(row["end_lat"]))) + 1]
        if row["id"] == "akhurian":
            join = min(range(len(course)), key=lambda i: (math.dist(course[i], akhurian[0]), i))
            course = course[: join + 1] + akhurian
        found[row["id"]] = [course]
    return [feature(row, found[row["id"]]) for row in rows]


def along_state(state, araks) -> tuple:
    """The Araks and the lower Akhurian, as the state lines draw them."""
    chain = joined([line for key in STATE_LINES for line in state[key]])
    if chain[0][1] < chain[-1][1]:
        chain.reverse()
    meeting = nearest(chain, ARAKS_NORTH_WEST)
    first = next(i for i, p in enumerate(chain) if p[1] < AKHURIAN_NORTH and p[0] > 43.6)
    last = nearest(chain, ARAKS_SOUTH_EAST)
    akhurian, border = chain[first : meeting + 1], chain[meeting : last + 1]
    if araks[0][0] > araks[-1][0]:
        araks = araks[::-1]
    return border + araks[nearest(araks, border[-1]) + 1 :], akhurian


def nearest(line, at) -> int:
    return min(range(len(line)), key=lambda i: (math.dist(line[i], at), i))


def coordinates(geometry) -> list:
    lines = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
    return [[tuple(p) for p in line] for line in lines]


def joined(lines) -> list:
    """Lines put end to end, each turned as it must be."""
    chain, rest = list(lines[0]), list(lines[1:])
    while rest:
        ends = [(math.dist(a, b), i, j, k) for i, line in enumerate(rest) for j, a in enumerate((chain[0], chain[-1])) for k, b in enumerate((line[0], line[-1]))]
        gap, i, j, k = min(ends)
        if gap > 0.02:
            break
        line = rest.pop(i)
        line = line if k == 1 - j else line[::-1]
        chain = line + chain if j == 0 else chain + line
    return [p for p, q in zip(chain, chain[1:] + [None]) if p != q]


def longest(lines) -> list:
    chain = joined(sorted(lines, key=lambda line: (-LineString(line).length, line[0])))
    west, south, east, north = FRAME
    inside = [p for p in chain if west <= p[0] <= east and south <= p[1] <= north]
    return [rounded(p) for p in inside]


def natural_earth(cache) -> dict:
    """Centrelines by name, of the rivers that are wanted."""
    shapes = debian.member(debian.RIVERS, SHAPES + ".shp", cache)
    table = debian.member(debian.RIVERS, SHAPES + ".dbf", cache)
    names = ["Kura" if name.startswith("K") and name.endswith("r") and len(name) <= 4 else name for name in dbf(table, b"name")]
    found = {"Aras": [], "Kura": []}
    at, i = 100, 0
    while at < len(shapes):
        words = struct.unpack(">2i", shapes[at : at + 8])[1]
        body = shapes[at + 8 : at + 8 + 2 * words]
        if names[i] in found and struct.unpack("<i", body[:4])[0] in (3, 13, 23):
            parts, points = struct.unpack("<2i", body[36:44])
            starts = [*struct.unpack(f"<{parts}i", body[44 : 44 + 4 * parts]), points]
            flat = struct.unpack(f"<{2 * points}d", body[44 + 4 * parts : 44 + 4 * parts + 16 * points])
            pairs = list(zip(flat[::2], flat[1::2]))
            found[names[i]] += [pairs[a:b] for a, b in zip(starts, starts[1:])]
        at += 8 + 2 * words
        i += 1
    near = lambda line: any(FRAME[0] <= p[0] <= FRAME[2] and FRAME[1] <= p[1] <= FRAME[3] for p in line)
    return {name: [line for line in lines if near(line)] for name, lines in found.items()}


def dbf(table: bytes, field: bytes) -> list:
    count, head, width = struct.unpack("<IHH", table[4:12])
    at = 1
    for place in range(32, head - 1, 32):
        name, length = table[place : place + 11].rstrip(b"\0"), table[place + 16]
        if name.lower() == field:
            return [table[head + i * width + at : head + i * width + at + length].decode("latin-1").strip("\0 ") for i in range(count)]
        at += length
    raise SystemExit(f"error: the table has no field {field!r}")


class Drainage:
    """Where the water of each cell goes."""

    def __init__(self, relief, burnt):
        self.heights = relief.heights
        self.west, self.north = relief.west, relief.north
        ground = self.heights.astype(float)
        for line in burnt:
            for cell in {c for a, b in zip(line, line[1:]) for c in self.cells(a, b)}:
                ground[cell] = self.heights[cell] - BURNT_M
        self.flood(ground)
        self.gather()

    def cell(self, p) -> tuple:
        return (round((self.north - p[1]) * PER_DEGREE), round((p[0] - self.west) * PER_DEGREE))

    def position(self, cell) -> tuple:
        return (self.west + cell[1] / PER_DEGREE, self.north - cell[0] / PER_DEGREE)

    def cells(self, a, b):
        steps = max(1, math.ceil(2 * PER_DEGREE * max(abs(a[0] - b[0]), abs(a[1] - b[1]))))
        rows, columns = self.heights.shape
        for i in range(steps + 1):
            row, column = self.cell((a[0] + (b[0] - a[0]) * i / steps, a[1] + (b[1] - a[1]) * i / steps))
            if 0 <= row < rows and 0 <= column < columns:
                yield row, column

    def flood(self, ground) -> None:
        rows, columns = ground.shape
        flat = ground.ravel().tolist()
        self.into = [-1] * (rows * columns)
        done = bytearray(rows * columns)
        rim = [r * columns + c for r in range(rows) for c in (range(columns) if r in (0, rows - 1) else (0, columns - 1))]
        heap = [(flat[i], i) for i in rim]
        for i in rim:
            done[i] = 1
        heapq.heapify(heap)
        self.order = []
        around = [(r, c) for r in (-1, 0, 1) for c in (-1, 0, 1) if r or c]
        around.sort(key=lambda step: (abs(step[0]) + abs(step[1]), step))
        while heap:
            level, i = heapq.heappop(heap)
            self.order.append(i)
            row, column = divmod(i, columns)
            for r, c in around:
                if 0 <= row + r < rows and 0 <= column + c < columns:
                    j = i + r * columns + c
                    if not done[j]:
                        done[j] = 1
                        self.into[j] = i
                        heapq.heappush(heap, (max(level, flat[j]), j))

    def gather(self) -> None:
        self.upstream = [1] * len(self.into)
        for i in reversed(self.order):
            if self.into[i] >= 0:
                self.upstream[self.into[i]] += self.upstream[i]

    def course(self, start, into) -> list:
        """The way down from the cell about a point through which most water runs, smoothed, to a river or a plain."""
        rows, columns = self.heights.shape
        row, column = self.cell(start)
        reach = range(-SEARCH_CELLS, SEARCH_CELLS + 1)
        near = [(row + r) * columns + column + c for r in reach for c in reach]
        here = max(near, key=lambda i: (self.upstream[i], -i))
        path, end = [], None
        while here >= 0:
            cell = divmod(here, columns)
            at = self.position(cell)
            if into is not None and into.distance(Point(at)) < 1.1 / PER_DEGREE:
                end = into.interpolate(into.project(Point(at)))
                break
            if len(path) > 12 and self.is_plain(cell):
                break
            path.append(at)
            here = self.into[here]
        line = LineString(smoothed(path)).simplify(THINNED_DEG)
        return [rounded(p) for p in line.coords] + ([rounded(end.coords[0])] if end is not None else [])

    def is_plain(self, cell) -> bool:
        rows = slice(max(cell[0] - FLAT_CELLS, 0), cell[0] + FLAT_CELLS + 1)
        columns = slice(max(cell[1] - FLAT_CELLS, 0), cell[1] + FLAT_CELLS + 1)
        around = self.heights[rows, columns]
        return int(around.max()) - int(around.min()) < FLAT_M


def smoothed(path) -> list:
    """The path without the stairs of the grid: each point the mean of five, the ends as they are."""
    mean = lambda i: tuple(sum(p[k] for p in path[i - 2 : i + 3]) / 5 for k in (0, 1))
    return [p if i < 2 or i > len(path) - 3 else mean(i) for i, p in enumerate(path)]


def feature(row, courses):
    properties = {"id": row["id"], "name": {code: row[code] for code in LANGUAGES}}
    if row["variants"]:
        properties["variant_names"] = row["variants"].split(";")
    properties |= {"kind": "river", "method": "derived"}
    kept = [[p for p, q in zip(line, line[1:] + [None]) if p != q] for line in courses]
    if len(kept) == 1:
        return {"properties": properties, "geometry": {"type": "LineString", "coordinates": kept[0]}}
    return {"properties": properties, "geometry": {"type": "MultiLineString", "coordinates": kept}}
