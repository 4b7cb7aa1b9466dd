"""PROJ's measures of lines and rings whose edges are straight in longitude and latitude, geodesics or rhumb lines.

A lon/lat edge is cut into short pieces and each is measured as a geodesic (pyproj.Geod: GeographicLib). The error of
that falls with the square of the piece; halving the pieces once and extrapolating takes it away (Richardson).
"""
import math

from pyproj import Geod, Proj
from shapely.geometry import Polygon

GEOD = Geod(ellps="WGS84")
MERCATOR = Proj(proj="merc", ellps="WGS84")
PIECE_DEG = 0.01


def cut(line, halvings):
    """The line with every edge split into equal pieces of at most PIECE_DEG / 2**halvings."""
    out = [line[0]]
    for (x0, y0), (x1, y1) in zip(line, line[1:]):
        n = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0)) / PIECE_DEG)) << halvings
        out.extend((x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n) for i in range(1, n))
        out.append((x1, y1))
    return out


def chords_m(line):
    return GEOD.line_length([p[0] for p in line], [p[1] for p in line]) if len(line) > 1 else 0.0


def extrapolate(measure):
    return (4 * measure(1) - measure(0)) / 3


def line_m(line):
    """Length of a line with lon/lat edges."""
    return extrapolate(lambda halvings: chords_m(cut(line, halvings)))


def lines_m(geometry):
    """Length of all lines of a shapely geometry."""
    if geometry.geom_type == "LineString":
        return line_m(list(geometry.coords)) if not geometry.is_empty else 0.0
    return sum(lines_m(part) for part in getattr(geometry, "geoms", []))


def geodesic_ring_m2(ring):
    return abs(GEOD.geometry_area_perimeter(Polygon(ring))[0])


def ring_m2(ring):
    """Area inside a ring with lon/lat edges."""
    return extrapolate(lambda halvings: geodesic_ring_m2(cut(ring, halvings)))


def polygon_m2(polygon):
    holes = sum(ring_m2(list(hole.coords)) for hole in polygon.interiors)
    return ring_m2(list(polygon.exterior.coords)) - holes


def geodesic(a, b):
    """Length in metres and azimuth in degrees, 0 to 360, of the shortest line."""
    azimuth, _, length = GEOD.inv(*a, *b)
    return length, azimuth % 360


def rhumb_m(a, b):
    """Length of the line of constant azimuth: meridian arc over the cosine of the course that Mercator shows."""
    y0, y1 = MERCATOR(0, a[1])[1] / GEOD.a, MERCATOR(0, b[1])[1] / GEOD.a
    east = math.radians(b[0] - a[0])
    if y0 == y1:
        return line_m([a, b])
    arc = GEOD.inv(0, a[1], 0, b[1])[2]
    return arc * math.hypot(1, east / (y1 - y0))
