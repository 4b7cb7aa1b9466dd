"""Rings and arcs: orientation, clipping to the frame, and the arcs that neighbours share."""

from shapely import box
from shapely.geometry import Polygon

from .earth import rounded

FRAME = (42.0, 37.0, 51.0, 43.0)


def polygons_of(geometry: dict) -> list:
    """The polygons of a GeoJSON geometry, rounded, shells counter-clockwise and holes clockwise."""
    coordinates = geometry["coordinates"]
    polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    return [[oriented([rounded(p) for p in ring], ccw=i == 0) for i, ring in enumerate(polygon)] for polygon in polygons]


def oriented(ring: list, ccw: bool) -> list:
    doubled = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in zip(ring, ring[1:]))
    return ring if (doubled < 0) == ccw else ring[::-1]


def on_frame(position) -> bool:
    west, south, east, north = FRAME
    return position[0] in (west, east) or position[1] in (south, north)


def in_frame(position) -> bool:
    west, south, east, north = FRAME
    return west <= position[0] <= east and south <= position[1] <= north


def clip(polygons: list) -> list:
    """The polygons cut by the frame. Every input vertex inside the frame survives."""
    parts = []
    for polygon in polygons:
        if not any(in_frame(p) for p in polygon[0]):
            continue
        cut = Polygon(polygon[0], polygon[1:]).intersection(box(*FRAME))
        for part in getattr(cut, "geoms", [cut]):
            if part.area > 0:
                parts.append(from_shapely(part))
    _check_survival(polygons, parts)
    return parts


def from_shapely(polygon) -> list:
    rings = [polygon.exterior, *polygon.interiors]
    return [oriented([rounded(p) for p in ring.coords], ccw=i == 0) for i, ring in enumerate(rings)]


def _check_survival(before, after):
    kept = {p for polygon in after for ring in polygon for p in ring}
    lost = [p for polygon in before for ring in polygon for p in ring if in_frame(p) and p not in kept]
    if lost:
        raise SystemExit(f"error: clipping lost {len(lost)} vertices, the first at {lost[0]}")


def edges(ring: list):
    return zip(ring, ring[1:])


class Arcs:
    """Which territory lies on the other side of an edge."""

    def __init__(self, territories: dict):
        self.owner = {}
        for code, polygons in territories.items():
            for polygon in polygons:
                for ring in polygon:
                    for edge in edges(ring):
                        self.owner.setdefault(edge, code)

    def across(self, edge):
        return self.owner.get((edge[1], edge[0]))

    def runs(self, ring: list) -> list:
        """The ring cut where the neighbour changes: (neighbour, positions, matched edges)."""
        runs = []
        for edge in edges(ring):
            neighbour = self.across(edge)
            _append(runs, (neighbour, list(edge), [edge] if neighbour else []))
        if len(runs) > 1 and runs[0][0] == runs[-1][0]:
            last = runs.pop()
            _append([last], runs[0])
            runs[0] = last
        return runs


def _append(runs, run):
    """Adds a run, or lengthens the last one if it has the same neighbour."""
    if runs and runs[-1][0] == run[0]:
        runs[-1][1].extend(run[1][1:])
        runs[-1][2].extend(run[2])
    else:
        runs.append((run[0], list(run[1]), list(run[2])))
