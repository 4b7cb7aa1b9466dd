"""Validates the coverage of the countries and lists its invalid edges, by Shapely.

    check.py FILE OUTPUT.csv
"""

import csv
import sys

import geopandas
import shapely

file, output = sys.argv[1:]
countries = geopandas.read_file(file)
shapes = countries.geometry.to_numpy()
valid = shapely.coverage_is_valid(shapes)
edges = shapely.coverage_invalid_edges(shapes)
with open(output, "w", newline="") as out:
    rows = csv.writer(out)
    rows.writerow(["coverage", bool(valid)])
    rows.writerows([name, shapely.length(edge)] for name, edge in zip(countries["A3"], edges))
