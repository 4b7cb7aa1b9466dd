"""Length of each route in each country, by GeoPandas' overlay and pyproj.

    route.py ROUTES TERRITORIES OUTPUT.csv
"""

import sys

import geopandas
import pyproj

routes, territories, output = sys.argv[1:]
earth = pyproj.Geod(ellps="WGS84")
lines = geopandas.read_file(routes)[["id", "geometry"]]
countries = geopandas.read_file(territories)[["A3", "geometry"]]
countries["geometry"] = countries.geometry.make_valid()
pieces = geopandas.overlay(lines, countries, how="intersection", keep_geom_type=True)
pieces["length_m"] = [earth.geometry_length(shape) for shape in pieces.geometry]
pieces.groupby(["id", "A3"])["length_m"].sum().to_csv(output)
