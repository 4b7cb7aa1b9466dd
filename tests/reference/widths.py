#!/usr/bin/env python3
"""Writes widths.csv: the maximum inscribed circle of polygons, by GEOS (shapely.maximum_inscribed_circle) on PROJ's
azimuthal equidistant plane around each; edges are split at 50 m first, so they stay straight in longitude and latitude.

    python3 tests/reference/widths.py      (packages: requirements.txt)
"""

import csv
import json
import math
import random
from pathlib import Path

import numpy
import shapely
from pyproj import Transformer
from shapely.geometry import Polygon


def strip(rng, lat, length_m, width_m, corners):
    """A sliver between a straight line and a chain beside it, rotated by a random angle."""
    turn = rng.uniform(0, math.pi)
    along = sorted(rng.uniform(0, length_m) for _ in range(corners))
    chain = [(x, rng.uniform(0.05, 1) * width_m) for x in along]
    ring = [(0, 0), (length_m, 0), *reversed(chain)]
    return [place(lat, x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)) for x, y in ring]


def star(rng, lat, size_m, corners):
    spokes = [(2 * math.pi * i / corners, rng.uniform(0.3, 1) * size_m) for i in range(corners)]
    return [place(lat, r * math.cos(a), r * math.sin(a)) for a, r in spokes]


def regular(corners, size_m, inner=None, squeeze=1.0):
    """A regular polygon, or a star whose alternate corners are nearer to the centre."""
    corners = corners if inner is None else 2 * corners
    reach = [size_m if inner is None or i % 2 == 0 else inner * size_m for i in range(corners)]
    turn = [2 * math.pi * i / corners for i in range(corners)]
    return [(r * math.cos(a), squeeze * r * math.sin(a)) for r, a in zip(reach, turn)]


CROSS = [(1, 3), (1, 1), (3, 1), (3, -1), (1, -1), (1, -3), (-1, -3), (-1, -1), (-3, -1), (-3, 1), (-1, 1), (-1, 3)]
U = [(-3, 3), (-3, -3), (3, -3), (3, 3), (1, 3), (1, -1), (-1, -1), (-1, 3)]
L = [(-3, 3), (-3, -3), (3, -3), (3, -1), (-1, -1), (-1, 3)]


def symmetric():
    """Symmetric shapes: shell and optional hole, in metres."""
    for corners in (4, 5, 6, 8, 12, 16, 24, 64, 240):
        yield regular(corners, 1000), None
    for points, inner in ((4, 0.3), (5, 0.4), (6, 0.5), (8, 0.7), (12, 0.2)):
        yield regular(points, 1000, inner), None
    for squeeze in (0.5, 0.1, 0.01):
        yield regular(64, 1000, None, squeeze), None
    for shape in (CROSS, U, L):
        yield [(300 * x, 300 * y) for x, y in shape], None
    for corners, share in ((4, 0.5), (12, 0.8), (64, 0.3), (64, 0.95)):
        yield regular(corners, 1000), regular(corners, share * 1000)
    yield regular(16, 1000), [(x + 200, y) for x, y in regular(16, 300)]


def turned(ring, degrees, scale):
    sin, cos = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return [(scale * (x * cos - y * sin), scale * (x * sin + y * cos)) for x, y in ring]


def place(lat, x, y):
    return round(45 + x / (111320 * math.cos(math.radians(lat))), 7), round(lat + y / 111000, 7)


def width_m(polygon):
    centre = polygon.envelope.centroid
    plane = f"+proj=aeqd +lon_0={centre.x!r} +lat_0={centre.y!r} +ellps=WGS84"
    transformer = Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    fine = shapely.segmentize(polygon, 50 / 111320)
    flat = shapely.transform(fine, lambda p: numpy.column_stack(transformer.transform(p[:, 0], p[:, 1])))
    # The answer is a line from the centre to the outline.
    return 2 * shapely.maximum_inscribed_circle(flat, tolerance=0.001).length


def main():
    rng = random.Random(26)
    rows = []
    for number in range(48):
        lat = [0.5, 40.0, 65.0, -80.0][number % 4]
        if number % 3:
            length = 10 ** rng.uniform(1, 3.9)
            ring = strip(rng, lat, length, length / 10 ** rng.uniform(0.5, 3.5), rng.randint(1, 12))
        else:
            ring = star(rng, lat, 10 ** rng.uniform(1, 3.7), rng.randint(4, 60))
        polygon = Polygon(ring)
        if number % 6 == 3:
            hole = shapely.affinity.scale(polygon, 0.4, 0.4)
            polygon = Polygon(ring, [[(round(x, 7), round(y, 7)) for x, y in hole.exterior.coords]])
        if polygon.is_valid and width_m(polygon) > 0.05:
            rings = [ring.coords[:] for ring in (polygon.exterior, *polygon.interiors)]
            rows.append([f"{width_m(polygon):.3f}", json.dumps(rings)])
    for number, (shell, hole) in enumerate(symmetric()):
        for lat, degrees, scale in ((0.5, 0, 1), (40.0, [15, 45, 90][number % 3], 1), (-65.0, 7, 20), (40.0, 0, 100)):
            rings = [[place(lat, x, y) for x, y in turned(ring, degrees, scale)] for ring in (shell, hole) if ring]
            polygon = Polygon(rings[0], rings[1:])
            rings = [ring.coords[:] for ring in (polygon.exterior, *polygon.interiors)]
            rows.append([f"{width_m(polygon):.3f}", json.dumps(rings)])
    with open(Path(__file__).parent / "widths.csv", "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([f"diameter_m (GEOS {shapely.geos_version_string})", "polygon"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
