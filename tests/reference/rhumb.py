"""Writes rhumb.csv: lengths of rhumb lines, and areas between them and the equator, by quadrature with 40 digits.

Needs mpmath. Positions are latitude and longitude in degrees on WGS 84; the line goes the shorter way round. Along a line
the longitude is linear in the isometric latitude, so length is the integral of the line element and the area that of the
zone function, both over latitude.
"""

import csv
from pathlib import Path

from mpmath import atanh, cos, mp, mpf, pi, quad, radians, sin, sqrt

mp.dps = 40
A = mpf(6378137)
F = 1 / mpf("298.257223563")
E2 = F * (2 - F)

LINES = [
    (40.6, -73.8, 51.6, -0.5), (40.64, -73.78, 1.36, 103.99), (10, 170, -35, -150), (0, 0, 0, 90), (45, 10, 45, 20),
    (45, 10, 45.00001, 20), (45, 10, 45.001, 11), (-33.9, 18.4, -34.6, -58.4), (60, 5, 60.2, 5.3), (70, 20, 80, 160),
    (85, 0, 85.5, 40), (88, 0, 89.9, 170), (-89, 10, -70, 60), (0.1, 0, -0.1, 50), (30, 0, 31, 0), (-60, 0, 60, 179),
    (38.9025, 46.2444, 40.0, 45.0), (89.99, 0, 89.991, 100), (20, 0, 20.3, 0.0001), (52, 20, 52.26, 40),
]  # fmt: skip


def meridian(phi):
    return A * (1 - E2) / (1 - E2 * sin(phi) ** 2) ** mpf(1.5)


def normal(phi):
    return A / sqrt(1 - E2 * sin(phi) ** 2)


def isometric(phi):
    e = sqrt(E2)
    return atanh(sin(phi)) - e * atanh(e * sin(phi))


def zone(phi):
    e, s = sqrt(E2), sin(phi)
    return A**2 * (1 - E2) / 2 * (s / (1 - E2 * s**2) + atanh(e * s) / e)


def row(lat1, lon1, lat2, lon2):
    p1, p2 = (radians(mpf(str(lat))) for lat in (lat1, lat2))
    turn = mpf(str(lon2)) - mpf(str(lon1))
    turn = radians(turn - 360 * mp.nint(turn / 360))
    if p1 == p2:
        return abs(turn) * normal(p1) * cos(p1), turn * zone(p1)
    span = isometric(p2) - isometric(p1)
    steps = [p1 + (p2 - p1) * i / 16 for i in range(17)]
    arc = quad(meridian, steps)
    area = quad(lambda p: zone(p) * meridian(p) / normal(p) / cos(p), steps) * turn / span
    return abs(arc) * sqrt(1 + (turn / span) ** 2), area


def main():
    with Path(__file__).with_name("rhumb.csv").open("w", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["lat1", "lon1", "lat2", "lon2", "length_m", "area_m2"])
        for line in LINES:
            length, area = row(*line)
            table.writerow([*line, mp.nstr(length, 20), mp.nstr(area, 20)])


main()
