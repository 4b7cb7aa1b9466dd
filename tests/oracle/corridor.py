"""`corridor` held against shapely and pyproj: random routes through land with an enclave, settlements, and a grid of heights."""

import math
import random

import numpy
import shapely
from pyproj import Geod, Transformer

from common import Program, Tally, arguments, edge_length_m, feature

GEOD = Geod(ellps="WGS84")
WEST, SOUTH, SIDE = 10, 45, 1201
STEP_M, SETTLEMENTS_M, NEAR_M, SHARED_M = 700.0, 4000.0, 1200.0, 60.0
# An equidistant plane about the middle: distances within 20 km of it are right to some millimetres.
PLANE = Transformer.from_crs("EPSG:4326", "+proj=aeqd +lat_0=45.5 +lon_0=10.5 +ellps=WGS84", always_xy=True)


def heights(program, chance):
    """A grid of heights as the space shuttle's mission has them (.hgt): whole metres, rows from the north."""
    across, down = numpy.meshgrid(numpy.arange(SIDE), numpy.arange(SIDE))
    grid = 1500 + 3 * numpy.sin(across / 9) * down / 4 + 250 * numpy.cos(down / 23 + chance.random()) + across / 3
    grid = grid.round().astype(int)
    path = program.folder / f"N{SOUTH}E0{WEST}.hgt"
    path.write_bytes(grid.astype(">i2").tobytes())
    return path, grid


def height_m(grid, lon, lat):
    """Bilinear between four nodes."""
    x, y = (lon - WEST) * (SIDE - 1), (SOUTH + 1 - lat) * (SIDE - 1)
    i, j = min(int(x), SIDE - 2), min(int(y), SIDE - 2)
    u, v = x - i, y - j
    rows = [grid[j + k, i] * (1 - u) + grid[j + k, i + 1] * u for k in (0, 1)]
    return rows[0] * (1 - v) + rows[1] * v


def places_along(line, count):
    """Places at equal steps by length, with their chainages."""
    lengths = [edge_length_m(p, q) for p, q in zip(line, line[1:])]
    total = sum(lengths)
    for step in range(count + 1):
        left = wanted = total * step / count
        for (p, q), length in zip(zip(line, line[1:]), lengths):
            if left <= length + 1e-6:
                # The share of the length along an edge: its speed changes by far less than 1e-6 over some kilometres.
                share = min(left / length, 1.0)
                for _ in range(4):
                    share += (left - edge_length_m(p, [a + (b - a) * share for a, b in zip(p, q)])) / length
                yield wanted, [a + (b - a) * share for a, b in zip(p, q)]
                break
            left -= length


def fine(line):
    """The line with a position every 20 m or so, in the plane."""
    out = [line[0]]
    for p, q in zip(line, line[1:]):
        count = int(edge_length_m(p, q) / 20) + 1
        out += [[a + (b - a) * k / count for a, b in zip(p, q)] for k in range(1, count + 1)]
    return shapely.LineString([PLANE.transform(*at) for at in out])


def length_inside_m(line, land):
    """Length of a line (longitude, latitude) in land."""
    inside = shapely.LineString(line).intersection(land)
    pieces = [g for g in getattr(inside, "geoms", [inside]) if g.geom_type == "LineString"]
    return sum(edge_length_m(p, q) for g in pieces for p, q in zip(g.coords, g.coords[1:]))


def random_route(chance, start, end):
    line = [start]
    for k in range(1, 8):
        lon, lat = (a + (b - a) * k / 8 for a, b in zip(start, end))
        line.append([lon + chance.uniform(-0.02, 0.02), lat + chance.uniform(-0.02, 0.02)])
    return line + [end]


def main():
    path, seed = arguments()
    program, tally, chance = Program(path), Tally("corridor"), random.Random(seed)
    relief, grid = heights(program, chance)
    for case in range(8):
        start, end = [10.38 + chance.uniform(0, 0.02), 45.5], [10.62 + chance.uniform(0, 0.02), 45.5]
        lines = {f"r{k}": random_route(chance, start, end) for k in range(3)}
        # The last goes along the first for a while.
        lines["r2"][:4] = lines["r0"][:4]
        middle = 10.45 + chance.uniform(0, 0.1)
        hole = shapely.box(middle, 45.47, middle + 0.04, 45.53)
        west = shapely.box(10, 45, 10.6, 46).difference(hole)
        east = shapely.box(10.6, 45, 11, 46)
        land = {"a": west, "b": shapely.union_all([east, hole])}
        coordinates = lambda g: [[list(map(list, r.coords)) for r in (p.exterior, *p.interiors)]
                                 for p in getattr(g, "geoms", [g])]
        people = {f"p{k}": ([10.35 + chance.uniform(0, 0.3), 45.5 + chance.uniform(-0.1, 0.1)],
                            chance.choice([None, 120, 4500]), chance.choice(["village", "town", "peak"]))
                  for k in range(40)}
        towns = []
        for name, (at, population, kind) in people.items():
            town = feature(name, "Point", at)
            town["properties"]["kind"] = kind
            if population is not None:
                town["properties"]["population"] = population
            towns.append(town)
        routes = program.write(f"routes{case}.geojson", [feature(k, "LineString", v) for k, v in lines.items()])
        states = program.write(f"land{case}.geojson", [
            feature(k, "MultiPolygon", coordinates(v)) for k, v in land.items()])
        places = program.write(f"towns{case}.geojson", towns)
        asked = program.results(
            "corridor", routes, "--territories", states, "--places", places, "--heights", relief, "--step", STEP_M,
            "--settlements", SETTLEMENTS_M, "--near", NEAR_M, "--shared", SHARED_M, "--rank", "b", "--descending")
        rows = {row["route"]: row for row in asked["alternatives"]}
        planes = {name: fine(line) for name, line in lines.items()}
        # Outlines farther away than any route comes are left out before they are widened.
        around = [10.3, 45.4, 10.72, 45.6]
        parts = [shapely.clip_by_rect(g.boundary, *around).segmentize(0.002) for g in land.values()]
        outlines = shapely.union_all([shapely.transform(g, PLANE.transform, interleaved=False) for g in parts])
        beside_line = outlines.buffer(NEAR_M, quad_segs=128)
        in_b = {}
        for name, line in lines.items():
            tally.case()
            where, row = f"case {case}, {name}", rows[name]
            total = sum(edge_length_m(p, q) for p, q in zip(line, line[1:]))
            tally.error("length, m", abs(row["length_m"] - total), 1e-3, where)
            tally.error("length in enclaves, m", abs(row["in_enclaves_m"] - length_inside_m(line, hole)), 1e-3, where)
            in_b[name] = length_inside_m(line, land["b"])
            parts = {part["territory"]: part["length_m"] for part in row["territories"]["parts"]}
            tally.error("length in b, m", abs(parts["b"] - in_b[name]), 1e-3, where)
            tally.error("sum of parts, m", abs(sum(parts.values()) + row["outside_m"] - total), 1e-3, where)
            near = planes[name].intersection(beside_line).length
            tally.error("length near a line, m", abs(row["near_line_m"] - near), 1.0, where)
            stretches = sum(s["length_m"] for s in asked["near_line"] if s["route"] == name)
            tally.error("sum of stretches near a line, m", abs(stretches - row["near_line_m"]), 1e-3, where)
            others = shapely.union_all([plane for other, plane in planes.items() if other != name])
            shared = planes[name].intersection(others.buffer(SHARED_M, quad_segs=128)).length
            tally.error("shared length, m", abs(row["shared_m"] - shared), 1.0, where)
            count, population, without, doubt = 0, 0, 0, False
            for at, stated, kind in people.values():
                away = planes[name].distance(shapely.Point(PLANE.transform(*at)))
                doubt |= abs(away - SETTLEMENTS_M) < 2 and kind != "peak"
                if away <= SETTLEMENTS_M and kind != "peak":
                    count, population, without = count + 1, population + (stated or 0), without + (stated is None)
            told = (row["settlements"], row["population"] or 0, row["without_population"])
            if not doubt and told != (count, population, without):
                tally.fail(f"settlements: {told}, expected {(count, population, without)}: {where}")
            profile = [(m, height_m(grid, *at)) for m, at in places_along(line, max(1, math.ceil(total / STEP_M)))]
            rises = [b[1] - a[1] for a, b in zip(profile, profile[1:])]
            grades = [abs(b[1] - a[1]) / (b[0] - a[0]) * 100 for a, b in zip(profile, profile[1:])]
            for key, expected, limit in (
                ("climb_m", sum(r for r in rises if r > 0), 0.1), ("descent_m", -sum(r for r in rises if r < 0), 0.1),
                ("steepest_percent", max(grades), 0.01), ("lowest_m", min(h for _, h in profile), 0.02),
                ("highest_m", max(h for _, h in profile), 0.02),
            ):
                tally.error(key, abs(row[key] - expected), limit, where)
        order = sorted(lines, key=lambda name: (-in_b[name], name))
        if [row["route"] for row in asked["alternatives"]] != order:
            tally.fail(f"case {case}: the order of ranks")
    tally.end()


main()
