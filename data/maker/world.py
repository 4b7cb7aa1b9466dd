"""The outline of the land of the world, for locators and the surroundings of plates at small scales: Natural Earth 1:50m, which has
no boundaries in it, so that it states nothing about them."""

from shapely.affinity import translate
from shapely.geometry import Polygon, box
from shapely.geometry.polygon import orient

from . import npm

THINNED_DEG = 0.01  # Douglas and Peucker 1973
LEAST_DEG2 = 0.004  # islands smaller than about 50 km² are left out
DIGITS = 3


def features(cache) -> list:
    topology = npm.read(npm.WORLD, cache)
    arcs = [decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    polygons = []
    for geometry in topology["objects"]["land"]["geometries"]:
        parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        polygons += [piece for part in parts for piece in pieces([ring(arcs, numbers) for numbers in part])]
    properties = {"id": "land", "name": {"en": "Land"}}
    return [{"properties": properties, "geometry": {"type": "MultiPolygon", "coordinates": polygons}}]


def decoded(arc: list, transform: dict) -> list:
    """Positions of an arc, which TopoJSON stores as differences of whole numbers."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    out = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        out.append((x * sx + tx, y * sy + ty))
    return out


def ring(arcs: list, numbers: list) -> list:
    """A ring without jumps at 180°; one around a pole is closed through it."""
    joined = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        joined += arc if not joined else arc[1:]
    out, turns = [joined[0]], 0
    for (x0, _), (x, y) in zip(joined, joined[1:]):
        turns += (x0 - x > 180) - (x - x0 > 180)
        out.append((x + 360 * turns, y))
    if turns:
        pole = -90.0 if out[0][1] < 0 else 90.0
        out += [(out[-1][0], pole), (out[0][0], pole), out[0]]
    return out


def pieces(rings: list) -> list:
    """The parts of a polygon between 180° west and 180° east, without islands too small to be seen."""
    middle = (min(x for x, _ in rings[0]) + max(x for x, _ in rings[0])) / 2
    holes = [[(x - 360 * round((hole[0][0] - middle) / 360), y) for x, y in hole] for hole in rings[1:]]
    polygon = Polygon(rings[0], holes)
    if not polygon.is_valid:
        polygon = polygon.buffer(0)
    out = []
    for turn in (-360, 0, 360):
        part = translate(polygon, turn).intersection(box(-180, -90, 180, 90))
        for piece in getattr(part, "geoms", [part]):
            if piece.geom_type == "Polygon" and piece.area >= LEAST_DEG2:
                out.append(thinned(piece))
    return [piece for piece in out if piece]


def thinned(polygon: Polygon) -> list:
    polygon = orient(polygon.simplify(THINNED_DEG))
    kept = [polygon.exterior] + [hole for hole in polygon.interiors if Polygon(hole).area >= LEAST_DEG2]
    return [ring for ring in ([rounded(ring.coords) for ring in kept]) if len(ring) > 3]


def rounded(positions) -> list:
    out = []
    for x, y in positions:
        position = [round(x, DIGITS), round(y, DIGITS)]
        if not out or out[-1] != position:
            out.append(position)
    return out
