#!/usr/bin/env python3
"""Makes widths.csv: the largest circle in pieces of land, by GEOS (shapely.maximum_inscribed_circle) on PROJ's
azimuthal equidistant plane around each, edges cut to 50 m first so that they stay straight in longitude and latitude.

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
    """Between a straight line and a chain beside it, turned by any angle."""
    turn = rng.uniform(0, math.pi)
    along = sorted(rng.uniform(0, length_m) for _ in range(corners))
    chain = [(x, rng.uniform(0.05, 1) * width_m) for x in along]
    ring = [(0, 0), (length_m, 0), *reversed(chain)]
    return [place(lat, x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)) for x, y in ring]


def star(rng, lat, size_m, corners):
    spokes = [(2 * math.pi * i / corners, rng.uniform(0.3, 1) * size_m) for i in range(corners)]
    return [place(lat, r * math.cos(a), r * math.sin(a)) for a, r in spokes]


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
    with open(Path(__file__).parent / "widths.csv", "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([f"diameter_m (GEOS {shapely.geos_version_string})", "polygon"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
