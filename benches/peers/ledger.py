"""Differences of five countries between two editions, by Shapely and pyproj.

    ledger.py BEFORE AFTER OUTPUT.csv
"""

import csv
import sys

import geopandas
import pyproj
import shapely

before, after, output = sys.argv[1:]
earth = pyproj.Geod(ellps="WGS84")
codes = ["ARM", "AZE", "GEO", "IRN", "TUR"]
old, new = (geopandas.read_file(path).set_index("A3").geometry.make_valid() for path in (before, after))


def area_km2(shape):
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return sum(abs(earth.geometry_area_perimeter(part)[0]) for part in polygons) / 1e6


with open(output, "w", newline="") as out:
    rows = csv.writer(out)
    for a in codes:
        rows.writerow([a, "", area_km2(shapely.difference(old[a], new[a]))])
        for b in codes:
            if a != b:
                rows.writerow([a, b, area_km2(shapely.intersection(old[a], new[b]))])
