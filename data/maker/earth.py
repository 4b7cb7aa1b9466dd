"""Lengths and areas on the WGS 84 ellipsoid (Karney 2013), and a local plane for offsets.

Positions are (longitude, latitude) in degrees; stored positions are rounded to 6 decimals.
"""

import math

from geographiclib.geodesic import Geodesic

WGS84 = Geodesic.WGS84
DECIMALS = 6


def rounded(position) -> tuple:
    return (round(position[0], DECIMALS), round(position[1], DECIMALS))


def distance_m(a, b) -> float:
    return WGS84.Inverse(a[1], a[0], b[1], b[0], Geodesic.DISTANCE)["s12"]


def length_km(line) -> float:
    return sum(distance_m(a, b) for a, b in zip(line, line[1:])) / 1000


def ring_area_km2(ring) -> float:
    """Area of a closed ring in km², positive if counter-clockwise."""
    polygon = WGS84.Polygon()
    for lon, lat in ring[:-1]:
        polygon.AddPoint(lat, lon)
    return polygon.Compute(False, True)[2] / 1e6


def area_km2(polygons) -> float:
    """Area in km² of polygons (lists of rings, shells counter-clockwise, holes clockwise)."""
    return sum(ring_area_km2(ring) for polygon in polygons for ring in polygon)


class Plane:
    """Local plane in metres around a reference position; scale error up to 2 % within one degree of latitude."""

    def __init__(self, lon: float, lat: float):
        sin2 = math.sin(math.radians(lat)) ** 2
        w = 1 - WGS84.f * (2 - WGS84.f) * sin2
        degree = math.radians(1) * WGS84.a
        self.origin = (lon, lat)
        self.east = degree * math.cos(math.radians(lat)) / math.sqrt(w)
        self.north = degree * (1 - WGS84.f) ** 2 / w**1.5

    def forward(self, position) -> tuple:
        return ((position[0] - self.origin[0]) * self.east, (position[1] - self.origin[1]) * self.north)

    def inverse(self, point) -> tuple:
        return rounded((point[0] / self.east + self.origin[0], point[1] / self.north + self.origin[1]))
