#!/usr/bin/env python3
"""The benchmark's plate (benches/plates/reference.toml) by matplotlib and cartopy: 300 dpi PNG, A4.

    plate_cartopy.py DATA_FOLDER OUTPUT.png

The same polygons filled, the same boundaries, lakes, places and names, graticule and scale; no tint bands, no legend, no
placement of labels, which is less than merestone draws. The benchmark installs matplotlib and cartopy (benches/peers.py)
and runs this with them. Prints errors only.
"""

import json
import sys
from pathlib import Path

import cartopy.crs as ccrs
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from shapely.geometry import shape

FILLS = {"ARM": "#fbeccf", "AZE": "#e4efd8"}
NEUTRAL = "#f3f1ea"
WATER = "#c6dfee"
MM = 1 / 25.4
FRAME_MM = (206.0, 181.0)


def features(folder, layer):
    with open(Path(folder) / f"{layer}.geojson", encoding="utf-8") as file:
        return [(f["properties"], shape(f["geometry"])) for f in json.load(file)["features"]]


def names(properties):
    name = properties["name"]
    texts = [name] if isinstance(name, str) else [name[code] for code in ("az", "hy") if code in name]
    return "\n".join(texts)


def main(folder, output):
    plt.rcParams["font.family"] = "DejaVu Sans"
    figure = plt.figure(figsize=(297 * MM, 210 * MM))
    conic = ccrs.LambertConformal(45.8, 39.5, standard_parallels=(39.0, 40.0))
    degrees = ccrs.PlateCarree()
    width, height = FRAME_MM
    axes = figure.add_axes((14 / 297, 14 / 210, width / 297, height / 210), projection=conic)
    axes.set_xlim(-width * 500, width * 500)
    axes.set_ylim(-height * 500, height * 500)
    axes.set_facecolor(WATER)

    for properties, area in features(folder, "states"):
        axes.add_geometries([area], crs=degrees, facecolor=FILLS.get(properties["id"], NEUTRAL), edgecolor="none")
    for properties, area in features(folder, "water"):
        axes.add_geometries([area], crs=degrees, facecolor=WATER, edgecolor="#6fa8c8", linewidth=0.4)
    for properties, line in features(folder, "lines"):
        dashes = (0, (0.1, 2)) if properties.get("status") == "undefined" else (0, (5, 3))
        axes.add_geometries(
            [line], crs=degrees, facecolor="none", edgecolor="#1a1a1a", linewidth=1.4, linestyle=dashes
        )
    lines = axes.gridlines(
        crs=degrees, draw_labels=True, linewidth=0.3, color="#999999",
        xlocs=[43 + i / 2 for i in range(12)], ylocs=[37 + i / 2 for i in range(10)],
    )  # fmt: skip
    lines.xlabel_style = lines.ylabel_style = {"size": 7}

    west, east, south, north = axes.get_extent(degrees)
    for properties, point in features(folder, "places"):
        if properties.get("rank", 4) > 3 or not (west < point.x < east and south < point.y < north):
            continue
        axes.plot(point.x, point.y, "o", color="#1a1a1a", markersize=2.5, transform=degrees)
        axes.annotate(
            names(properties), xy=(point.x, point.y), xycoords=degrees._as_mpl_transform(axes),
            xytext=(3, 0), textcoords="offset points", fontsize=6, va="center", clip_on=True,
        )  # fmt: skip
    figure.text(0.76, 0.92, "Syunik and Nakhchivan", fontsize=15, weight="bold")
    figure.text(0.76, 0.88, "Scale 1:1 000 000", fontsize=9)
    figure.savefig(output, dpi=300)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("error: give the data folder and the PNG to write")
    main(sys.argv[1], sys.argv[2])
