"""Summary of a file, by GeoPandas.

    info.py FILE
"""

import sys

import geopandas

layer = geopandas.read_file(sys.argv[1])
print(len(layer), layer.total_bounds, layer.crs, layer.geometry.count_coordinates().sum())
