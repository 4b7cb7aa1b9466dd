"""Layer `water`: lakes, reservoirs, wide rivers and the Caspian within the frame."""

import math

from shapely import box, unary_union
from shapely.geometry import Point, Polygon

from . import npm
from .earth import area_km2, rounded
from .points import LANGUAGES, read_csv
from .rings import FRAME, from_shapely

SMALLEST_KM2 = 0.5
FEWEST_CORNERS = 5
OCEAN_DEG = 20  # wider bodies are oceans
SLENDER = 0.15  # area to perimeter: 1 for a circle; a river piece lies below


def features(cache) -> list:
    named = read_csv("water_names.csv")
    found = sorted(bodies(cache), key=lambda p: (-round(p.area, 9), rounded(p.representative_point().coords[0])))
    result, number = [], 0
    for body in found:
        row = next((r for r in named if body.covers(Point(float(r["lon"]), float(r["lat"])))), None)
        polygon = from_shapely(body)
        if row is None and (len(polygon[0]) - 1 < FEWEST_CORNERS or area_km2([polygon]) < SMALLEST_KM2):
            continue
        number += row is None
        result.append(known(row, polygon) if row else unknown(number, body, polygon))
    return result


def bodies(cache) -> list:
    """The source's polygons within the frame, pieces that touch each other put together.

    The source cuts large lakes along its tiles' edges and draws the Caspian twice: as open water (the last of its three
    collections, kept) and as a cut lake (left out)."""
    *lakes, open_water = npm.read(npm.WATER, cache)["geometries"]
    frame = box(*FRAME)
    sea = [p.intersection(frame) for p in near(open_water, frame)]
    pieces = [p for group in lakes for p in near(group, frame)]
    inland = [p for p in pieces if not any(p.intersection(s).area > 0.5 * p.intersection(frame).area for s in sea)]
    joined = unary_union([p.intersection(frame) for p in inland])
    return [p for p in [*polygons(joined), *(q for s in sea for q in polygons(s))] if p.area > 0]


def near(group, frame) -> list:
    found = []
    for shell, *holes in group["coordinates"]:
        lons, lats = zip(*shell)
        ocean = max(lons) - min(lons) > OCEAN_DEG
        if not ocean and max(lons) > FRAME[0] and min(lons) < FRAME[2] and max(lats) > FRAME[1] and min(lats) < FRAME[3]:
            polygon = Polygon(shell, holes)
            found.append(polygon if polygon.is_valid else polygon.buffer(0))
    return [p for p in found if p.intersects(frame)]


def polygons(geometry) -> list:
    return [p for p in getattr(geometry, "geoms", [geometry]) if p.geom_type == "Polygon"]


def known(row, polygon):
    properties = {"id": row["id"], "name": {code: row[code] for code in LANGUAGES}}
    for column, key in (("transliterated", "transliterated"), ("variants", "variant_names")):
        if row[column]:
            properties[key] = row[column].split(";")
    return feature(properties | {"kind": row["kind"]}, polygon)


def unknown(number, body, polygon):
    slender = 4 * math.pi * body.area / body.length**2 < SLENDER
    return feature({"id": f"water-{number:03}", "kind": "river" if slender else "lake"}, polygon)


def feature(properties, polygon):
    west, south, east, north = FRAME
    if any(lon in (west, east) or lat in (south, north) for lon, lat in polygon[0]):
        properties["clipped"] = True
    return {"properties": properties, "geometry": {"type": "Polygon", "coordinates": polygon}}
