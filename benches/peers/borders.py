"""Every adjacent pair of countries with the ellipsoidal length of its shared border, by GeoPandas, Shapely and pyproj.

    borders.py FILE OUTPUT.csv
"""

import csv
import sys

import geopandas
import pyproj
import shapely

file, output = sys.argv[1:]
earth = pyproj.Geod(ellps="WGS84")
countries = geopandas.read_file(file)
names, shapes = countries["A3"].to_numpy(), countries.geometry.to_numpy()
tree = shapely.STRtree(shapes)
with open(output, "w", newline="") as out:
    rows = csv.writer(out)
    for a, b in sorted(map(tuple, tree.query(shapes).T)):
        if a < b and shapely.intersects(shapes[a], shapes[b]):
            common = shapely.intersection(shapely.boundary(shapes[a]), shapely.boundary(shapes[b]))
            rows.writerow([names[a], names[b], earth.geometry_length(common)])
