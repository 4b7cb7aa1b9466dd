#!/usr/bin/env python3
"""`ledger` of two editions with claims, the same land about 0° and about ±180° (cut there, as RFC 7946 asks): who gives what
to whom, how wide the pieces are and how sure their areas.

    python3 tests/oracle/antimeridian.py PROGRAM [SEED]      (packages: ../reference/requirements.txt)
"""

import random

from common import Program, Tally, arguments, feature

path, SEED = arguments()
PROGRAM, TALLY, RANDOM = Program(path), Tally("antimeridian"), random.Random(SEED)
CASES = 60


def cuts():
    return [0, *sorted(RANDOM.sample(range(1, 40), RANDOM.randint(1, 3))), 40]


def mosaic():
    """Rows of rectangles (west, south, east, north), in 32nds of a degree; their corners meet the sides of the next row."""
    rows = cuts()
    for south, north in zip(rows, rows[1:]):
        columns = cuts()
        yield from ((west, south, east, north) for west, east in zip(columns, columns[1:]))


def rectangle(west, east, south, north):
    south, north = 39 + south / 32, 39 + north / 32
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def polygons(rectangles, middle, is_turned):
    for west, south, east, north in rectangles:
        west, east = (west - middle) / 32, (east - middle) / 32
        if not is_turned:
            yield rectangle(west, east, south, north)
            continue
        if west < 0:
            yield rectangle(180 + west, 180 + min(east, 0), south, north)
        if east > 0:
            yield rectangle(-180 + max(west, 0), -180 + east, south, north)


def lands(edition, middle, is_turned):
    for identity, rectangles in sorted(edition.items()):
        land = feature(identity, "MultiPolygon", list(polygons(rectangles, middle, is_turned)))
        land["properties"]["position_accuracy_m"] = 30
        yield land


def editions():
    before, after = {}, {}
    for rectangle in mosaic():
        for edition in before, after:
            owner = RANDOM.randint(0, 3)
            if owner < 3:
                edition.setdefault(f"t{owner}", []).append(rectangle)
    for number in range(RANDOM.randint(0, 2)):
        west, south = RANDOM.randint(0, 29), RANDOM.randint(0, 29)
        east, north = west + RANDOM.randint(1, 10), south + RANDOM.randint(1, 10)
        before[f"u{number}"] = [(west, south, east, north)]
        after[f"u{number}"] = [(west, south, east + RANDOM.choice([0, 0, 1]), north)]
    return before, after


def answer(before, after, middle, is_turned):
    files = [
        PROGRAM.write(f"{name}.geojson", list(lands(edition, middle, is_turned)))
        for name, edition in (("before", before), ("after", after))
    ]
    results = PROGRAM.results("ledger", *files, "--axes", "xy")
    rows = [
        (str(piece["from"]), str(piece["to"]), piece["area_m2"], piece["width_m"], piece["area_error_m2"] or 0)
        for piece in results["pieces"]
    ]
    rows += [(str(pair["from"]), str(pair["to"]), pair["area_m2"], 0, 0) for pair in results["pairs"]]
    return sorted(rows)


def close(a, b):
    """Areas to rounding, the widest place to 0.2 % or a metre, errors of the area to 0.1 %."""
    return (
        a[:2] == b[:2]
        and abs(a[2] - b[2]) < 1 + 1e-7 * a[2]
        and abs(a[3] - b[3]) < 1 + 2e-3 * a[3]
        and abs(a[4] - b[4]) < 1 + 1e-3 * a[4]
    )


for number in range(CASES):
    TALLY.case()
    (before, after), middle = editions(), RANDOM.randint(0, 40)
    here, there = (answer(before, after, middle, is_turned) for is_turned in (False, True))
    if len(here) != len(there) or not all(map(close, here, there)):
        other = next((pair for pair in zip(here, there) if not close(*pair)), (len(here), len(there)))
        TALLY.fail(f"case {number}: {other[0]} at 0°, {other[1]} at ±180°")
TALLY.end()
