"""Layer `states-2026`: the two states as OpenStreetMap has them in 2026, out of its outlines of time zones.

Time zones reach over the territorial sea: what the 2018 source has as sea east of 48° E is taken off, so the shore is that
of `states`. Coordinates are rounded to 5 decimals (1 m)."""

from shapely import box, unary_union
from shapely.geometry import MultiPolygon, Polygon

from .rings import oriented
from .states import NAMES

ZONES = {"ARM": "Asia/Yerevan", "AZE": "Asia/Baku"}
SEA = (48.3, 37.0, 51.5, 42.5)
DECIMALS = 5
SMALLEST_DEG2 = 1e-6  # slivers beside the shore


def features(states) -> list:
    from timezonefinder import TimezoneFinder

    finder = TimezoneFinder()
    land = unary_union([Polygon(p[0], p[1:]) for code in states.polygons for p in states.polygons[code]])
    sea = max(polygons(box(*SEA).difference(land)), key=lambda p: p.area)
    return [feature(code, outline(finder, zone, sea if code == "AZE" else None)) for code, zone in ZONES.items()]


def outline(finder, zone, sea) -> list:
    parts = [Polygon(part[0], part[1:]) for part in finder.get_geometry(tz_name=zone, coords_as_pairs=True)]
    if sea is not None:
        parts = [piece for part in parts for piece in polygons(part.difference(sea)) if piece.area > SMALLEST_DEG2]
    kept = [rings(part) for part in parts]
    assert MultiPolygon([(part[0], part[1:]) for part in kept]).is_valid, zone
    return kept


def polygons(geometry) -> list:
    return [p for p in getattr(geometry, "geoms", [geometry]) if p.geom_type == "Polygon"]


def rings(part) -> list:
    return [oriented(thinned(ring.coords), ccw=number == 0) for number, ring in enumerate([part.exterior, *part.interiors])]


def thinned(coords) -> list:
    """Rounded, without a position twice running."""
    ring = []
    for lon, lat in coords:
        position = (round(lon, DECIMALS), round(lat, DECIMALS))
        if not ring or ring[-1] != position:
            ring.append(position)
    return ring


def feature(code, parts):
    properties = {"id": code, "name": NAMES[code], "kind": "state", "note": NOTES[code]}
    return {"properties": properties, "geometry": {"type": "MultiPolygon", "coordinates": parts}}


NOTES = {
    "ARM": "The outline of the time zone Asia/Yerevan. This edition of OpenStreetMap draws none of the enclaves.",
    "AZE": "The outline of the time zone Asia/Baku without the sea, whose shore is that of `states`. This edition of OpenStreetMap draws none of the enclaves.",
}
