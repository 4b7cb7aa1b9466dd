"""Layer `provinces`: Syunik, the rest of Armenia's main part, and Naxçıvan."""

from .earth import distance_m
from .points import name

# From the Naxçıvan line northwards; 08 and 09 lie beyond that line and only define the start, 10 is left out.
START = "sv_08"
ORDER = [f"sv_{n:02}" for n in (7, 6, 5, 4, 3, 2, 1, 11, 12, 13, 14)]

NAMES = {
    "syunik": name("Syunik", "Սյունիք", "Syunik", "Сюник"),
    "naxcivan": name("Nakhchivan", "Նախչըվան", "Naxçıvan", "Нахичевань"),
    "armenia-outside-syunik": name(
        "Armenia outside Syunik", "Հայաստանը՝ առանց Սյունիքի", "Syunikdən kənar Ermənistan", "Армения без Сюника"
    ),
    "syunik-vayots-dzor": name("Syunik–Vayots Dzor", "Սյունիք–Վայոց ձոր", "Syunik–Vayots Dzor", "Сюник–Вайоц-Дзор"),
}


class Syunik:
    """Armenia's main part split along the line between Syunik and Vayots Dzor."""

    def __init__(self, states, points):
        shell, *holes = states.main("ARM")
        corners = shell[:-1]
        south = nearest(corners, points.at(START))
        north = nearest(corners, points.at(ORDER[-1]))
        self.common = [corners[south], *(points.at(key) for key in ORDER), corners[north]]
        eastern = walk(corners, south, north)
        western = walk(corners, north, south)
        self.inside = [eastern + self.common[-2::-1]]
        self.outside = [western + self.common[1:], *holes]


def nearest(corners, position):
    return min(range(len(corners)), key=lambda i: distance_m(corners[i], position))


def walk(corners, start, end):
    """The vertices of the ring from one index to the other, both included."""
    return corners[start : end + 1] if start <= end else corners[start:] + corners[: end + 1]


def common_line(syunik) -> dict:
    properties = {
        "id": "syunik-vayots-dzor",
        "name": NAMES["syunik-vayots-dzor"],
        "kind": "province",
        "status": "unspecified",
        "left": "armenia-outside-syunik",
        "right": "syunik",
        "source": "Control points sv_* of waypoints.csv (Mesoshapes, Natural Earth)",
        "method": "digitised",
        "position_accuracy_m": 2500,
        "note": "From the Naxçıvan line northwards through eleven control points; both ends are moved to the nearest vertex of the state line. The two "
        "southernmost control points lie beyond the Naxçıvan line and are left out.",
    }
    return {"properties": properties, "geometry": {"type": "LineString", "coordinates": syunik.common}}


def features(states, syunik) -> list:
    return [
        province(
            "syunik",
            "province",
            "ARM",
            syunik.inside,
            published_area_km2={"value": 4506, "source": "Usual figure of Armenian statistics; not confirmed by a source read"},
            note="The state line is that of `states`; the common line with Vayots Dzor is digitised from control points (2.5 km).",
        ),
        province(
            "naxcivan",
            "autonomous-republic",
            "AZE",
            states.naxcivan(),
            published_area_km2={
                "value": [5363, 5502.75],
                "source": "5 500 km² in Soviet encyclopaedias; 5 363 and 5 502.75 km² are usual figures not confirmed by a source read",
            },
            note="Azerbaijan's exclave between Armenia, Iran and Türkiye, without Karki (8.4 km²), which belongs to it and lies in Armenia.",
        ),
        province(
            "armenia-outside-syunik",
            "remainder",
            "ARM",
            syunik.outside,
            note="What is left of Armenia's main part without Syunik, not divided further: it touches Syunik in Vayots Dzor alone. "
            "Artsvashen is not in it.",
        ),
    ]


def province(key, kind, parent, polygon, **more):
    properties = {"id": key, "name": NAMES[key], "kind": kind, "parent": parent, **more}
    if key == "naxcivan":
        properties["transliterated"] = ["hy"]
        properties["variant_names"] = ["hy:Նախիջևան"]
    if key == "syunik":
        properties["transliterated"] = ["az", "ru"]
    return {"properties": properties, "geometry": {"type": "Polygon", "coordinates": polygon}}
