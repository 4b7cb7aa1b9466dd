#!/usr/bin/env python3
"""Writes equal_earth.csv: PROJ's results for the Equal Earth projection on WGS 84.

    python3 -m venv venv && venv/bin/pip install -r tests/reference/requirements.txt
    venv/bin/python tests/reference/equal_earth.py

Rows: central meridian, lon, lat, east, north, scale along the parallel, axes of Tissot's indicatrix (the shorter first),
convergence. The first meridian is that of EPSG:8857, the others are of the same method. PROJ takes its scales and its
convergence from differences, which hold five to seven digits.
"""
import csv
import pathlib

import pyproj

HERE = pathlib.Path(__file__).resolve().parent
PLACES = [(0, 0), (44.5136, 40.1772), (49.8671, 40.4093), (-179.5, 66.1), (179.5, -16.3), (-71.1, -33.5)]
PLACES += [(151.2, -33.9), (-51.7, 64.2), (15.6, 78.2), (24.7, -77.8), (100.5, 13.8), (-180, 0), (180, 45), (37.6, 55.75)]


def rows():
    for meridian in [0, 11, -160]:
        crs = "EPSG:8857" if meridian == 0 else f"+proj=eqearth +lon_0={meridian} +datum=WGS84"
        there = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
        factors = pyproj.Proj(crs).get_factors
        for lon, lat in PLACES:
            f = factors(lon, lat)
            numbers = [*(f"{n:.6f}" for n in there(lon, lat)), f"{f.parallel_scale:.8f}"]
            numbers += [f"{n:.8f}" for n in (f.tissot_semiminor, f.tissot_semimajor, f.meridian_convergence)]
            yield [meridian, lon, lat, *numbers]


with open(HERE / "equal_earth.csv", "w", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows(rows())
