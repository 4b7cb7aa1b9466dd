"""Layer `routes`: chains of control points, kept off the far bank of the Araks."""

import tomllib

from shapely import box, unary_union
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import substring

from .earth import Plane
from .points import HERE
from .rings import edges

OFFSET_M = 150
SPUR_M = 300
SIMPLIFY_M = 10
FOLLOW = "~"
REACH = (44.3, 38.3, 48.0, 40.6)


class Bank:
    """Ground on one side of the Araks, 150 m or more from the other side."""

    def __init__(self, own: list, other: list, plane: Plane):
        self.plane = plane
        land = unary_union([self._flat(p) for p in own]).difference(unary_union([self._flat(p) for p in other]))
        inset = land.buffer(-OFFSET_M - SPUR_M).buffer(SPUR_M)
        self.ground = max(getattr(inset, "geoms", [inset]), key=lambda part: part.area)
        self.edge = self.ground.exterior

    def _flat(self, polygon):
        near = Polygon(polygon[0], polygon[1:]).intersection(box(*REACH))
        return transform(near, self.plane.forward)

    def along(self, start, end) -> list:
        """The bank's offset line from the point nearest to one position to the point nearest to another."""
        a, b = (self.edge.project(Point(self.plane.forward(p))) for p in (start, end))
        forward, backward = _way(self.edge, a, b), _way(self.edge, b, a)
        path = forward if forward.length <= backward.length else backward.reverse()
        return [self.plane.inverse(p) for p in path.simplify(SIMPLIFY_M).coords]

    def keep(self, line: list) -> list:
        """The line with every chord that leaves the ground replaced by the way along its edge."""
        line = [self._inside(p) for p in line]
        kept = line[:1]
        for a, b in edges(line):
            kept += self._leg(a, b)
        return kept

    def _leg(self, a, b):
        """From a to b without a, over the ground alone."""
        start, end = (Point(self.plane.forward(p)) for p in (a, b))
        inner = LineString([start, end]).intersection(self.ground.buffer(0.5))
        pieces = [p for p in getattr(inner, "geoms", [inner]) if p.length > 0]
        pieces.sort(key=lambda piece: start.distance(Point(piece.coords[0])))
        path = []
        for before, after in edges(pieces):
            path += self.along(*(self.plane.inverse(c) for c in (before.coords[-1], after.coords[0])))
        return path + [b]

    def _inside(self, position):
        """The position, or the nearest one on the edge if it lies off the ground."""
        point = Point(self.plane.forward(position))
        if self.ground.contains(point):
            return position
        return self.plane.inverse(self.edge.interpolate(self.edge.project(point)).coords[0])


def _way(ring, start, end):
    """The stretch of a closed ring from one chainage to another, in the ring's direction."""
    if start <= end:
        return substring(ring, start, end)
    first, second = substring(ring, start, ring.length), substring(ring, 0, end)
    return LineString([*first.coords, *second.coords[1:]])


def transform(geometry, function):
    polygons = [p for p in getattr(geometry, "geoms", [geometry]) if p.geom_type == "Polygon"]
    flat = [Polygon([function(c) for c in p.exterior.coords], [[function(c) for c in r.coords] for r in p.interiors]) for p in polygons]
    return unary_union(flat)


def features(states, points, places) -> list:
    spec = tomllib.loads((HERE / "routes.toml").read_text(encoding="utf-8"))
    plane = Plane(46.0, 39.2)
    caucasus = states.polygons["ARM"] + states.polygons["AZE"]
    banks = {
        "left": Bank(caucasus, states.polygons["IRN"], plane),
        "right": Bank(states.polygons["IRN"], caucasus, plane),
    }
    return [route(r, banks.get(r.get("bank")), points, places) for r in spec["route"]]


def route(spec, bank, points, places):
    stations = [key for key in spec["via"] if key != FOLLOW]
    properties = {
        "id": spec["id"],
        "name": spec["name"],
        "transliterated": ["hy", "az"],
        "kind": "route",
        "mode": spec["mode"],
        "status": spec["status"],
        "indicative": True,
        "position_accuracy_m": max(points.accuracy_m(key) for key in stations),
    }
    if "published_length_km" in spec:
        properties["published_length_km"] = {"value": spec["published_length_km"], "source": spec["published_source"]}
    properties |= {
        "expected_territories": spec["expected"],
        "expected_source": spec["expected_source"],
        **({"expected_ignore_m": spec["expected_ignore_m"]} if "expected_ignore_m" in spec else {}),
        "waypoints": [places.id_of(key) for key in stations if key in places.ids],
        "note": spec["note"],
    }
    if "stops" in spec:
        properties["stops"] = [places.id_of(key) for key in spec["stops"]]
    return {"properties": properties, "geometry": {"type": "LineString", "coordinates": course(spec, bank, points)}}


def course(spec, bank, points) -> list:
    """The chain of positions; with a bank, following it where the chain says so, and kept on it if asked."""
    via = spec["via"]
    if FOLLOW not in via:
        return [points.at(key) for key in via]
    cut = via.index(FOLLOW)
    middle = bank.along(points.at(via[cut - 1]), points.at(via[cut + 1]))
    before = [points.at(key) for key in via[: cut - 1]] + middle[:1]
    after = middle[-1:] + [points.at(key) for key in via[cut + 2 :]]
    if spec.get("keep"):
        before, after = bank.keep(before), bank.keep(after)
    return before[:-1] + middle + after[1:]
