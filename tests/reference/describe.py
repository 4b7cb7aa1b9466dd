"""Legs of random lines: azimuth, distance, winds and printed length, by pyproj (GeographicLib).

Writes describe.json beside this file; tests/papers/described.rs compares.
"""

import json
import math
import random
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from pyproj import Geod

GEOD = Geod(ellps="WGS84")
WINDS = ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"]


def printed(metres: float, decimals: int) -> str:
    step = Decimal(1).scaleb(-decimals)
    return str((Decimal(repr(metres)) / 1000).quantize(step, ROUND_HALF_UP))


def legs(rng: random.Random) -> list:
    rows = []
    while len(rows) < 120:
        lon, lat = rng.uniform(-179, 179), rng.uniform(-75, 75)
        reach = 10 ** rng.uniform(-3.2, 0.2)
        bearing = rng.uniform(0, 360)
        to = (lon + reach * math.sin(math.radians(bearing)), lat + reach * math.cos(math.radians(bearing)))
        if not -180 < to[0] < 180:
            continue
        azimuth, _, metres = GEOD.inv(lon, lat, *to)
        azimuth %= 360
        # Rounding edges are tested by themselves.
        if abs((azimuth / 22.5) % 1 - 0.5) < 1e-6 or abs((metres / 10) % 1 - 0.5) < 1e-6:
            continue
        rows.append({
            "from": [lon, lat], "to": list(to), "azimuth_deg": azimuth, "distance_m": metres,
            "wind16": WINDS[int(azimuth / 22.5 + 0.5) % 16], "wind8": WINDS[int(azimuth / 45 + 0.5) % 8 * 2],
            "km": printed(metres, 2),
        })
    return rows


def rings(rng: random.Random) -> list:
    rows = []
    for _ in range(20):
        lon, lat, size = rng.uniform(-170, 170), rng.uniform(-70, 70), 10 ** rng.uniform(-2, -0.5)
        corners = rng.randint(4, 12)
        ring = [
            [lon + size * math.sin(2 * math.pi * i / corners) * rng.uniform(0.6, 1.4),
             lat + size * math.cos(2 * math.pi * i / corners) * rng.uniform(0.6, 1.4)]
            for i in range(corners)
        ]
        area, perimeter = GEOD.polygon_area_perimeter([p[0] for p in ring], [p[1] for p in ring])
        rows.append({"ring": ring + ring[:1], "area_m2": abs(area), "perimeter_m": perimeter})
    return rows


if __name__ == "__main__":
    rng = random.Random(16)
    text = json.dumps({"legs": legs(rng), "rings": rings(rng)}, indent=1)
    (Path(__file__).parent / "describe.json").write_text(text + "\n")
