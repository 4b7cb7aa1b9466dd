"""Where the repository and the program are."""

import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
DATA = ROOT / "data"


def program():
    """The program to hold answers against: MERESTONE_PROGRAM, else that of a build; `None` where there is none."""
    named = os.environ.get("MERESTONE_PROGRAM")
    candidates = [named] if named else [ROOT / "target/debug/merestone", ROOT / "target/release/merestone"]
    return next((str(one) for one in candidates if pathlib.Path(one).exists()), None)


def square(name, west, south=45.0, size=1.0):
    """A feature of GeoJSON: a square of `size` degrees."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"id": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def squares():
    """Two squares side by side."""
    return {"type": "FeatureCollection", "features": [square("a", 10.0), square("b", 11.0)]}
