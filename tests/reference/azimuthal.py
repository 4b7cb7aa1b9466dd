#!/usr/bin/env python3
"""Writes azimuthal.csv: PROJ's results for the Lambert azimuthal equal-area projection on WGS 84.

    python3 -m venv venv && venv/bin/pip install -r tests/reference/requirements.txt
    venv/bin/python tests/reference/azimuthal.py

Rows: longitude and latitude of the centre, lon, lat, east, north, scale along the parallel, axes of Tissot's indicatrix (the
shorter first), convergence. PROJ takes its scales and its convergence from differences, which hold five to seven digits.
"""
import csv
import pathlib

import pyproj

HERE = pathlib.Path(__file__).resolve().parent
PLACES = [(0, 0.5), (44.5136, 40.1772), (49.8671, 40.4093), (-17.5, 14.7), (57.5, -20.2), (18.4, -33.9), (31.2, 30)]
PLACES += [(15.6, 78.2), (100.5, 13.8), (130.4, 66.1), (37.6, 55.75), (69.2, -49.3)]


def rows():
    for centre in [(10, 52), (18, 1), (18, 0), (95.5, 62), (60, -40)]:
        crs = f"+proj=laea +lon_0={centre[0]} +lat_0={centre[1]} +datum=WGS84"
        there = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
        factors = pyproj.Proj(crs).get_factors
        for lon, lat in PLACES:
            f = factors(lon, lat)
            numbers = [*(f"{n:.6f}" for n in there(lon, lat)), f"{f.parallel_scale:.8f}"]
            numbers += [f"{n:.8f}" for n in (f.tissot_semiminor, f.tissot_semimajor, f.meridian_convergence)]
            yield [*centre, lon, lat, *numbers]


with open(HERE / "azimuthal.csv", "w", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows(rows())
