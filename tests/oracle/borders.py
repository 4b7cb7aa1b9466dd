#!/usr/bin/env python3
"""`borders` of random partitions: pairs, lengths, rings, points, left and right; and `--tolerance`.

    python3 tests/oracle/borders.py PROGRAM [SEED]      (packages: ../reference/requirements.txt)
"""

import math
import random
from collections import Counter, defaultdict

import shapely
from shapely.geometry import Point, Polygon
from shapely.ops import unary_union

from common import Program, Tally, arguments, edge_length_m, feature, line_length_m, metres_per_degree

path, SEED = arguments()
PROGRAM, TALLY, RANDOM = Program(path), Tally("borders"), random.Random(SEED)


def cells(n, west, south, side, jitter=0.3):
    """n by n cells with corners moved and common edges cut and bent, from (column, row) to ring."""
    corner = {}
    for i in range(n + 1):
        for j in range(n + 1):
            x = RANDOM.uniform(-jitter, jitter) if 0 < i < n else 0
            y = RANDOM.uniform(-jitter, jitter) if 0 < j < n else 0
            corner[i, j] = (west + (i + x) * side, south + (j + y) * side)
    chains = {}

    def chain(a, b):
        key = (min(a, b), max(a, b))
        if key not in chains:
            (px, py), (qx, qy) = corner[key[0]], corner[key[1]]
            bends = RANDOM.randint(0, 3)
            bend = lambda: RANDOM.uniform(-0.05, 0.05) * side
            inner = [
                (px + (qx - px) * k / (bends + 1) + bend(), py + (qy - py) * k / (bends + 1) + bend())
                for k in range(1, bends + 1)
            ]
            chains[key] = [(px, py), *inner, (qx, qy)]
        return chains[key] if (a, b) == key else chains[key][::-1]

    out = {}
    for i in range(n):
        for j in range(n):
            round_it = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1), (i, j)]
            ring = [p for a, b in zip(round_it, round_it[1:]) for p in chain(a, b)[:-1]]
            out[i, j] = [*ring, ring[0]]
    if all(Polygon(ring).is_valid for ring in out.values()):
        return out
    return cells(n, west, south, side, jitter * 0.8)


def rewritten(ring, uneven):
    """The same ring from another vertex, in either sense; `uneven`: with repeated positions and vertices of its own."""
    ring = list(ring)[:-1]
    start = RANDOM.randrange(len(ring))
    ring = ring[start:] + ring[:start]
    if RANDOM.random() < 0.5:
        ring.reverse()
    out = []
    for a, b in zip(ring, ring[1:] + ring[:1]):
        out.append(a)
        if uneven and RANDOM.random() < 0.1:
            out.append(a)
        if uneven and RANDOM.random() < 0.25:
            shares = sorted(RANDOM.uniform(0.05, 0.95) for _ in range(RANDOM.randint(1, 2)))
            out += [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for t in shares]
    return [*out, out[0]]


def rings_of(polygon):
    return [list(ring.coords) for ring in [polygon.exterior, *polygon.interiors]]


def expected(parts):
    """Of parts ((territory, number) to polygon): common edges by pair of parts, and points by pair of territories."""
    users, territories_at = defaultdict(list), defaultdict(set)
    for part, polygon in parts.items():
        for ring in rings_of(polygon):
            for a, b in zip(ring, ring[1:]):
                users[min(a, b), max(a, b)].append(part)
                territories_at[a].add(part[0])
    common = defaultdict(list)
    for edge, both in users.items():
        if len(both) == 2 and both[0][0] != both[1][0]:
            common[tuple(sorted(both))].append(edge)
    on_line = defaultdict(set)
    for (a, b), edges in common.items():
        on_line[a[0], b[0]].update(end for edge in edges for end in edge)
    points = defaultdict(set)
    for place, at in territories_at.items():
        for a in at:
            for b in at:
                if a < b and place not in on_line[a, b]:
                    points[a, b].add(place)
    return common, points


def partition(uneven):
    size = RANDOM.choice([0.002, 0.05, 0.4])
    grid = cells(RANDOM.randint(2, 6), RANDOM.uniform(-150, 140), RANDOM.uniform(-70, 70), size)
    owner = {cell: RANDOM.choice("ABCD"[: RANDOM.randint(2, 4)]) for cell in grid}
    land, parts = {}, {}
    for name in sorted(set(owner.values())):
        whole = unary_union([Polygon(grid[cell]) for cell in grid if owner[cell] == name])
        land[name] = whole
        for number, part in enumerate(getattr(whole, "geoms", [whole]), 1):
            parts[name, number] = part
    common, points = expected(parts)
    names = list(land)
    RANDOM.shuffle(names)
    polygons = {
        name: [[rewritten(ring, uneven) for ring in rings_of(p)] for (of, _), p in parts.items() if of == name]
        for name in names
    }
    file = PROGRAM.write("partition.geojson", [feature(name, "MultiPolygon", polygons[name]) for name in names])
    where = f"{'uneven' if uneven else 'plain'}, seed {SEED}, case {TALLY.cases}"
    TALLY.case()
    rows = PROGRAM.results("borders", file)
    compare(rows, common, points, where)
    sides(PROGRAM.run("borders", file, "--format", "geojson"), land, common, where)


def compare(rows, common, points, where):
    pairs = {(a[0], b[0]) for a, b in common} | {pair for pair, places in points.items() if places}
    if {(row["a"], row["b"]) for row in rows} != pairs:
        TALLY.fail(f"{where}: pairs")
    found = {
        ((row["a"], one["a_part"]), (row["b"], one["b_part"])): one for row in rows for one in row["components"]
    }
    if set(found) != set(common):
        TALLY.fail(f"{where}: pairs of parts {sorted(set(found) ^ set(common))[:4]}")
        return
    for pair, edges in common.items():
        length_m = sum(edge_length_m(*edge) for edge in edges)
        TALLY.error("length m", abs(found[pair]["length_m"] - length_m), 1e-6, where)
        meet = Counter(end for edge in edges for end in edge)
        if found[pair]["ring"] != all(n % 2 == 0 for n in meet.values()):
            TALLY.fail(f"{where}: ring {pair}")
    for row in rows:
        parts_m = sum(one["length_m"] for one in row["components"])
        TALLY.error("sum m", abs(row["length_m"] - parts_m), 1e-6, where)
        if {tuple(place) for place in row["points"]} != points[row["a"], row["b"]]:
            TALLY.fail(f"{where}: points of {row['a']} and {row['b']}")


def sides(answer, land, common, where):
    """A place a hair to the left of each edge lies in what is said to be left, and so for the right."""
    total_m = 0
    for found in answer["features"]:
        geometry, said = found["geometry"], found["properties"]
        if "String" not in geometry["type"]:
            continue
        lines = geometry["coordinates"] if geometry["type"].startswith("Multi") else [geometry["coordinates"]]
        for a, b in [edge for line in lines for edge in zip(line, line[1:])]:
            total_m += edge_length_m(a, b)
            length = math.hypot(b[0] - a[0], b[1] - a[1])
            if length < 1e-9:
                continue
            off = min(1e-7, length / 50) / length
            middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
            for side, sign in (("left", 1), ("right", -1)):
                beside = (middle[0] - sign * off * (b[1] - a[1]), middle[1] + sign * off * (b[0] - a[0]))
                if not land[said[side]].contains(Point(beside)):
                    TALLY.fail(f"{where}: {side} of {a} {b} is not {said[side]}")
                    return
    wanted_m = sum(edge_length_m(*edge) for edges in common.values() for edge in edges)
    TALLY.error("GeoJSON length m", abs(total_m - wanted_m), 1e-6, where)


def tolerance():
    """Two sides that zigzag beside each other: each length, their mean, and the same with the names exchanged."""
    apart_m, south = RANDOM.choice([5, 40, 200]), RANDOM.randint(-60, 60)
    degree_m = metres_per_degree(south + 0.5)[0]
    east = lambda low, high: 20.5 + RANDOM.uniform(low, high) * apart_m / degree_m
    west_side = [(east(-0.5, 0.5), south + k / 10) for k in range(11)]
    east_side = [(east(0.62, 1.5), south + k / 9) for k in range(10)]
    west_land = [(20, south), *west_side, (20, south + 1), (20, south)]
    east_land = [(21, south + 1), *east_side[::-1], (21, south), (21, south + 1)]
    ask = lambda a, b, *more: PROGRAM.results(
        "borders", PROGRAM.write("sides.geojson", [feature(a, "Polygon", [west_land]), feature(b, "Polygon", [east_land])]), *more
    )
    where = f"tolerance, seed {SEED}, case {TALLY.cases}"
    TALLY.case()
    if ask("A", "B"):
        TALLY.fail(f"{where}: a border without a tolerance")
    rows, exchanged = ask("A", "B", "--tolerance", 4 * apart_m), ask("B", "A", "--tolerance", 4 * apart_m)
    if len(rows) != 1 or len(exchanged) != 1:
        TALLY.fail(f"{where}: {len(rows)} rows")
        return
    a, b = rows[0]["a_side_length_m"], rows[0]["b_side_length_m"]
    # A side ends where the other is farther than the tolerance, so its length is that of its chain to some tolerances.
    for measured, side in ((a, west_side), (b, east_side)):
        TALLY.error("side m in tolerances", abs(measured - line_length_m(side)) / (4 * apart_m), 6, where)
    TALLY.error("mean m", abs(rows[0]["length_m"] - (a + b) / 2), 1e-6, where)
    swapped = (exchanged[0]["b_side_length_m"], exchanged[0]["a_side_length_m"], exchanged[0]["length_m"])
    same_m = max(abs(x - y) for x, y in zip(swapped, (a, b, rows[0]["length_m"])))
    TALLY.error("names exchanged m", same_m, 1e-6, where)


for _ in range(50):
    partition(uneven=False)
    partition(uneven=True)
for _ in range(12):
    tolerance()
TALLY.end()
