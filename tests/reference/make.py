#!/usr/bin/env python3
"""Writes expected.json: PROJ's and GEOS's results for the embedded dataset and some test shapes.

    python3 -m venv venv && venv/bin/pip install -r tests/reference/requirements.txt
    venv/bin/python tests/reference/make.py

Only pyproj and shapely compute here; nothing of merestone does. Topology is planar in longitude and latitude (GEOS),
measures are ellipsoidal (PROJ): see oracle.py.
"""
import json
import pathlib

import pyproj
import shapely
from shapely.geometry import LineString, MultiLineString, shape
from shapely.ops import nearest_points

from oracle import GEOD, geodesic, geodesic_ring_m2, line_m, lines_m, polygon_m2, rhumb_m, ring_m2

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parent.parent / "data"

EDGES = [
    ("a parallel of 60°", (20, 40), (80, 40)),
    ("Meghri to Naxçıvan", (46.2445, 38.9029), (45.4122, 39.2090)),
    ("ten metres", (45.0, 40.0), (45.0001, 40.00005)),
    ("north and east, long", (-70, -35), (60, 65)),
    ("a meridian almost from pole to pole", (45, -89.9), (45, 89.9)),
    ("round the north pole", (0, 89), (90, 89.5)),
    ("the equator", (-10, 0), (130, 0)),
    ("up to the antimeridian", (179, 65), (180, 66)),
    ("westward", (80, -20), (20, -50)),
]

RINGS = [
    ("one degree", [(45, 39), (46, 39), (46, 40), (45, 40), (45, 39)]),
    ("sixty degrees", [(20, 10), (80, 10), (80, 60), (20, 60), (20, 10)]),
    ("a sliver", [(45, 40), (46, 40.00001), (46, 40.00002), (45, 40)]),
    ("a triangle over the equator", [(-20, -15), (35, 5), (-5, 40), (-20, -15)]),
    ("near the pole", [(0, 88), (40, 88.5), (35, 89.5), (5, 89), (0, 88)]),
    ("against the antimeridian", [(178, -19), (180, -19), (180, -15), (178, -16), (178, -19)]),
    ("a field", [(45.5, 40.6), (45.5005, 40.6001), (45.5004, 40.6006), (45.5, 40.6)]),
]


def layer(name):
    features = json.loads((DATA / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
    return {f["properties"]["id"]: shape(f["geometry"]) for f in features}


def polygons(geometry):
    return list(geometry.geoms) if geometry.geom_type == "MultiPolygon" else [geometry]


def rings(polygon):
    return [polygon.exterior, *polygon.interiors]


def edges():
    for name, a, b in EDGES:
        length, azimuth = geodesic(a, b)
        yield {
            "name": name,
            "from": a,
            "to": b,
            "lonlat_m": round(line_m([a, b]), 6),
            "geodesic_m": round(length, 6),
            "azimuth_deg": round(azimuth, 9),
            "rhumb_m": round(rhumb_m(a, b), 6),
        }


def figures():
    for name, ring in RINGS:
        yield {
            "name": name,
            "ring": ring,
            "lonlat_m2": round(ring_m2(ring), 3),
            "geodesic_m2": round(geodesic_ring_m2(ring), 3),
        }


def parts(states):
    """Area, perimeter and gap to the largest part, for every part of Armenia and Azerbaijan."""
    for state in ("ARM", "AZE"):
        shapes = polygons(states[state])
        areas = [polygon_m2(p) for p in shapes]
        main = areas.index(max(areas))
        for number, (polygon, area) in enumerate(zip(shapes, areas)):
            perimeter = sum(line_m(list(ring.coords)) for ring in rings(polygon))
            row = {"territory": state, "part": number + 1, "area_m2": round(area, 2), "perimeter_m": round(perimeter, 5)}
            if number != main:
                row["gap_to_main_m"] = round(gap_m(polygon, shapes[main]), 3)
            yield row


def gap_m(a, b):
    """Least distance between two outlines: GEOS in an azimuthal equidistant plane, recentred on the nearest points."""
    a, b = (MultiLineString([ring.coords for ring in rings(p)]) for p in (a, b))
    middle = a.centroid.coords[0]
    for _ in range(4):
        plane = pyproj.Proj(proj="aeqd", lon_0=middle[0], lat_0=middle[1], ellps="WGS84")
        flat = [shapely.transform(line, plane, interleaved=False) for line in (a, b)]
        pair = nearest_points(*flat)
        p, q = (plane(point.x, point.y, inverse=True) for point in pair)
        middle = ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2)
    return GEOD.inv(*p, *q)[2]


def routes(territories, name):
    for route, geometry in layer("routes").items():
        inside = {id: lines_m(geometry.intersection(land)) for id, land in territories.items()}
        yield {
            "route": route,
            "layer": name,
            "length_m": round(lines_m(geometry), 5),
            "parts": {id: round(length, 5) for id, length in inside.items() if length > 0.0005},
        }


def borders(territories, name):
    """Shared edges of two territories, in opposite directions."""
    sides = {}
    for id, land in territories.items():
        oriented = [shapely.geometry.polygon.orient(p) for p in polygons(land)]
        lines = [list(ring.coords) for p in oriented for ring in rings(p)]
        sides[id] = {(a, b) for line in lines for a, b in zip(line, line[1:])}
    ids = sorted(sides)
    for i, a in enumerate(ids):
        for b in ids[i + 1 :]:
            shared = sorted(e for e in sides[a] if (e[1], e[0]) in sides[b])
            if shared:
                length = sum(line_m(list(LineString(e).coords)) for e in shared)
                yield {"layer": name, "a": a, "b": b, "edges": len(shared), "length_m": round(length, 5)}


def main():
    states, provinces = layer("states"), layer("provinces")
    expected = {
        "made_with": {
            "pyproj": pyproj.__version__,
            "PROJ": pyproj.proj_version_str,
            "shapely": shapely.__version__,
            "GEOS": shapely.geos_version_string,
        },
        "edges": list(edges()),
        "rings": list(figures()),
        "parts": list(parts(states)),
        "routes": [*routes(states, "states"), *routes(provinces, "provinces")],
        "borders": [*borders(states, "states"), *borders(provinces, "provinces")],
    }
    lines = []
    for key, value in expected.items():
        if isinstance(value, list):
            rows = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in value)
            lines.append(f"{json.dumps(key)}: [\n{rows}\n]")
        else:
            lines.append(f"{json.dumps(key)}: {json.dumps(value)}")
    (HERE / "expected.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
