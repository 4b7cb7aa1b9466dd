"""Lengths and areas beyond a band around outlines: buffers of GEOS (shapely) in the transverse Mercator projection of PROJ.

Writes certainty.json beside this file; tests/lines/certainty.rs compares. Edges are straight in longitude and latitude: they
are densified to 100 m before they are projected; the projection has its central meridian in the middle, where its scale is 1
to 2e-5.
"""

import json
import random
from pathlib import Path

from pyproj import Geod, Transformer
from shapely.geometry import LineString, Polygon
from shapely import transform as moved
from shapely.ops import unary_union

GEOD = Geod(ellps="WGS84")
TM = "+proj=tmerc +lat_0=45 +lon_0=10 +k=1 +ellps=WGS84"
TO_M = Transformer.from_crs("EPSG:4326", TM, always_xy=True)
TO_DEGREES = Transformer.from_crs(TM, "EPSG:4326", always_xy=True)
# A territory with a spit narrower than some bands, and one with a hole for it.
ISLE = [(10.0, 45.0), (10.12, 45.01), (10.15, 45.08), (10.1505, 45.14), (10.147, 45.14), (10.145, 45.082), (10.05, 45.1), (9.98, 45.06)]
MAIN = [(9.8, 44.9), (10.3, 44.9), (10.3, 45.25), (9.8, 45.25)]


def dense(points: list) -> list:
    out = []
    for (ax, ay), (bx, by) in zip(points, points[1:]):
        count = max(1, int(GEOD.inv(ax, ay, bx, by)[2] / 100))
        out += [(ax + i / count * (bx - ax), ay + i / count * (by - ay)) for i in range(count)]
    return out + [points[-1]]


def flat(shape):
    return moved(shape, TO_M.transform, interleaved=False)


def round_again(shape):
    return moved(shape, TO_DEGREES.transform, interleaved=False)


def length_m(shape) -> float:
    lines = [line for line in getattr(shape, "geoms", [shape]) if line.geom_type == "LineString"]
    return sum(GEOD.geometry_length(round_again(line)) for line in lines)


def area_m2(shape) -> float:
    parts = [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]
    return sum(abs(GEOD.geometry_area_perimeter(round_again(part))[0]) for part in parts)


def main() -> None:
    rng = random.Random(1818)
    isle, main_land = Polygon(dense(ISLE + ISLE[:1])), Polygon(dense(MAIN + MAIN[:1]), [dense(ISLE + ISLE[:1])])
    outlines = unary_union([flat(LineString(isle.exterior.coords)), flat(LineString(main_land.exterior.coords))])
    lands = {"isle": flat(isle), "main": flat(main_land)}
    courses = [[(rng.uniform(9.85, 10.28), rng.uniform(44.92, 45.23)) for _ in range(4)] for _ in range(12)]
    rows = []
    for band_m in [0.0, 30.0, 250.0, 1500.0]:
        near = outlines.buffer(band_m, quad_segs=64) if band_m else None
        for course in courses:
            line = flat(LineString(dense(course)))
            sure = line.difference(near) if near else line
            row = {key: length_m(sure.intersection(land)) for key, land in lands.items()}
            rows.append({"band_m": band_m, "course": course, "whole": length_m(line), **row})
    areas = []
    for band_m in [0.0, 30.0, 250.0, 700.0, 6000.0]:
        edge = flat(LineString(isle.exterior.coords))
        rest = lands["isle"].difference(edge.buffer(band_m, quad_segs=64)) if band_m else lands["isle"]
        areas.append({"band_m": band_m, "certain_m2": area_m2(rest), "whole_m2": area_m2(lands["isle"])})
    out = {"isle": ISLE, "main": MAIN, "courses": rows, "areas": areas}
    Path(__file__).with_name("certainty.json").write_text(json.dumps(out, indent=1) + "\n")


main()
