"""Points by a line of two squares' common edge and by a bent line: distance (pyproj), side and containment (shapely).

Writes decide.json beside this file; tests/lines/decide.rs compares.
"""

import json
import random
from pathlib import Path

from pyproj import Geod
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import split

GEOD = Geod(ellps="WGS84")
LINE = [(10.0, 44.0), (10.004, 45.1), (9.98, 45.2), (10.05, 45.31), (10.01, 45.4), (10.0, 46.0)]
WEST = Polygon(LINE + [(9.0, 46.0), (9.0, 44.0)])
EAST = Polygon(LINE + [(11.0, 46.0), (11.0, 44.0)])


def distance_m(at: tuple) -> float:
    """Least geodesic distance to the line, its edges straight in longitude and latitude: by golden section on each edge."""
    best = 1e12
    for (ax, ay), (bx, by) in zip(LINE, LINE[1:]):
        def off(share: float) -> float:
            return GEOD.inv(at[0], at[1], ax + share * (bx - ax), ay + share * (by - ay))[2]

        low, high = 0.0, 1.0
        for _ in range(90):
            a, b = low + 0.381966 * (high - low), low + 0.618034 * (high - low)
            if off(a) < off(b):
                high = b
            else:
                low = a
        best = min(best, off((low + high) / 2))
    return best


def main() -> None:
    rng = random.Random(18)
    rows = []
    while len(rows) < 200:
        at = (rng.uniform(9.97, 10.06), rng.uniform(44.9, 45.5))
        metres = distance_m(at)
        if metres < 1.0:
            continue
        rows.append({"at": at, "distance_m": metres, "in": "west" if WEST.contains(Point(at)) else "east"})
        assert WEST.contains(Point(at)) != EAST.contains(Point(at))
    courses = []
    for _ in range(40):
        course = [(rng.uniform(9.9, 10.1), rng.uniform(44.9, 45.5)) for _ in range(3)]
        lengths = {"west": 0.0, "east": 0.0}
        for piece in split(LineString(course), LineString(LINE)).geoms:
            points = list(piece.coords)
            middle = piece.interpolate(0.5, normalized=True)
            metres = sum(GEOD.inv(*a, *b)[2] for a, b in zip(points, points[1:]))
            lengths["west" if WEST.contains(middle) else "east"] += metres
        courses.append({"course": course, **lengths})
    out = {"line": LINE, "points": rows, "courses": courses}
    Path(__file__).with_name("decide.json").write_text(json.dumps(out, indent=1) + "\n")


main()
