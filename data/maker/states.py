"""Layer `states`: six countries, the enclaves' land carved out of the hosts."""

from shapely.geometry import Polygon

from . import npm, snap
from .earth import distance_m, rounded
from .points import name, read_csv
from .rings import clip, oriented, polygons_of

NAMES = {
    "ARM": name("Armenia", "Հայաստան", "Ermənistan", "Армения"),
    "AZE": name("Azerbaijan", "Ադրբեջան", "Azərbaycan", "Азербайджан"),
    "GEO": name("Georgia", "Վրաստան", "Gürcüstan", "Грузия"),
    "IRN": name("Iran", "Իրան", "İran", "Иран"),
    "RUS": name("Russia", "Ռուսաստան", "Rusiya", "Россия"),
    "TUR": name("Türkiye", "Թուրքիա", "Türkiyə", "Турция"),
}
OWN_NAMES = {"GEO": ["ka:საქართველო"], "IRN": ["fa:ایران"], "TUR": ["tr:Türkiye", "Turkey"]}
WHOLE = ("ARM", "AZE")

# enclave: (owner, host, a position inside) in the source; (owner, host) where the ring is that of rings.csv
DRAWN = {
    "artsvashen": ("ARM", "AZE", "enc_artsvashen"),
    "yuxari-eskipara": ("AZE", "ARM", "enc_yuxari_eskipara"),
    "barxudarli-sofulu": ("AZE", "ARM", "enc_barxudarli_sofulu"),
}
FROM_POINTS = {"karki": ("AZE", "ARM"), "yaradullu-1": ("AZE", "ARM"), "yaradullu-2": ("AZE", "ARM")}


class States:
    """Polygons by country code, and the enclaves' rings by enclave id."""

    def __init__(self, cache, points):
        source = {f["properties"]["A3"]: f["geometry"] for f in npm.read(npm.COUNTRIES, cache)["features"]}
        self.polygons = {}
        for code in NAMES:
            polygons = polygons_of(source[code])
            self.polygons[code] = polygons if code in WHOLE else clip(polygons)
        self.moved = snap.snapped(self.polygons)
        self.rings = {}
        for key, (owner, host, centre) in DRAWN.items():
            self._carve(key, host, self._part_around(owner, points.at(centre)))
        control = read_csv("rings.csv")
        for key, (owner, host) in FROM_POINTS.items():
            corners = [rounded((float(row["lon"]), float(row["lat"]))) for row in control if row["enclave"] == key]
            ring = oriented(corners + corners[:1], ccw=True)
            self.polygons[owner].append([ring])
            self._carve(key, host, ring)

    def main(self, code: str) -> list:
        """The largest polygon of a country."""
        return max(self.polygons[code], key=_planar_size)

    def naxcivan(self) -> list:
        """Naxçıvan, Azerbaijan's second largest polygon."""
        return sorted(self.polygons["AZE"], key=_planar_size)[-2]

    def _part_around(self, owner, centre):
        """The shell of the owner's small part about a position."""
        shells = [polygon[0] for polygon in self.polygons[owner]]
        return min(shells, key=lambda ring: distance_m(middle(ring), centre))

    def _carve(self, key, host, ring):
        self.rings[key] = ring
        self.main(host).append(oriented(ring, ccw=False))


def _planar_size(polygon) -> float:
    """Good for sorting only: square degrees."""
    return Polygon(polygon[0]).area


def middle(ring) -> tuple:
    """Centre of the ring's bounds."""
    lons, lats = zip(*ring)
    return rounded(((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2))


def features(states: States) -> list:
    return [feature(code, polygons) for code, polygons in sorted(states.polygons.items())]


def feature(code, polygons):
    properties = {"id": code, "name": NAMES[code], "kind": "state"}
    if code in OWN_NAMES:
        properties["variant_names"] = OWN_NAMES[code]
    if code not in WHOLE:
        properties |= {"clipped": True, "note": "Cut to 42–51° E, 37–43° N: an area or a length that touches the frame is incomplete."}
    else:
        properties["note"] = NOTES[code]
    return {"properties": properties, "geometry": {"type": "MultiPolygon", "coordinates": polygons}}


NOTES = {
    "ARM": "The land of the enclaves Barxudarlı–Sofulu, Karki, Yaradullu 1, Yaradullu 2 and Yuxarı Əskipara is carved out; "
    "Artsvashen is a part. The rings of Karki, Yaradullu 1 and Yaradullu 2 run through control points.",
    "AZE": "The land of the enclave Artsvashen is carved out; Barxudarlı–Sofulu, Karki, Yaradullu 1, Yaradullu 2 and Yuxarı Əskipara "
    "are parts, as is Naxçıvan. The rings of Karki, Yaradullu 1 and Yaradullu 2 run through control points.",
}
