"""Layer `enclaves`: one feature per part wholly inside the other state."""

from .points import name
from .states import DRAWN, FROM_POINTS

NAMES = {
    "artsvashen": name("Artsvashen / Bashkend", "Արծվաշեն", "Başkənd", "Арцвашен / Башкенд"),
    "yuxari-eskipara": name("Verin Voskepar / Yukhari Askipara", "Վերին Ոսկեպար", "Yuxarı Əskipara", "Верин Воскепар / Юхары-Аскипара"),
    "barxudarli-sofulu": name("Barkhudarli–Sofulu", "Բարխուդարլու–Սոֆուլու", "Barxudarlı–Sofulu", "Бархударлы–Софулу"),
    "karki": name("Tigranashen / Karki", "Տիգրանաշեն", "Kərki", "Тигранашен / Кярки"),
    "yaradullu-1": name("Yaradullu 1", "Յարադուլլու 1", "Yaradullu 1", "Ярадуллу 1"),
    "yaradullu-2": name("Yaradullu 2", "Յարադուլլու 2", "Yaradullu 2", "Ярадуллу 2"),
}
TRANSLITERATED = {"yaradullu-1": ["hy"], "yaradullu-2": ["hy"]}

CONTROL = {
    "artsvashen": ("AZE", "1992-08", "EVN Report (2 730 people displaced in August 1992)"),
    "yuxari-eskipara": ("ARM", "1990/1992", "Enclave study of rcsp.am, part 2; the month is not stated"),
    "barxudarli-sofulu": ("ARM", "1992-04-27", "Azerforum and Cebhe, 2024"),
    "karki": ("ARM", "1990-01-19", "ArmInfo, 22 May 2023, for the present; 19 January 1990 or May 1992 for the beginning, sources differ"),
    "yaradullu-1": ("AZE", None, "The surrounding land is reported held by Azerbaijan; no date, and no survey read"),
    "yaradullu-2": ("AZE", None, "The surrounding land is reported held by Azerbaijan; no date, and no survey read"),
}

AREAS = {
    "artsvashen": ([35.2, 50], "About 40: Wikipedia's list of enclaves; almost 44: R. Galichian, Radar Armenia, 21 Oct 2023; about 50: travel-images.com; 35.2: Natural Earth"),
    "yuxari-eskipara": ([26, 28], "26: enclave study of rcsp.am, part 2; about 28: Wikipedia's list of enclaves"),
    "barxudarli-sofulu": ([7.3, 10.1], "About 10: Wikipedia's list of enclaves; 10.1: Russian Wikipedia; 7.3: Natural Earth"),
    "karki": ([8, 19], "8: Wikipedia's list of enclaves; 9.5: village land; 19: Wikipedia's infobox, twice any outline"),
    "yaradullu-1": ([0.10, 0.12], "0.12: Wikipedia's list of enclaves; 0.10: outline of Who's On First"),
    "yaradullu-2": ([0.04, 0.06], "0.06: Wikipedia's list of enclaves; 0.04: outline of Who's On First"),
}

NOTES = {
    "artsvashen": "Published areas differ by 15 km²: the least settled number of all the enclaves.",
    "yuxari-eskipara": "The outline of the source measures 32.4 km², more than the published 26–28 km² for this enclave alone; 37 km² is published for it together with Aşağı Əskipara.",
    "barxudarli-sofulu": "One ring about the two villages.",
    "karki": "The 2018 source does not draw it: its ring runs through 28 control points computed from the outline of Who's On First (8.40 km²), simplified by 20 m.",
    "yaradullu-1": "Farmland. The 2018 source does not draw it. Its ring runs through control points computed from the outline of Who's On First.",
    "yaradullu-2": "Farmland. The 2018 source does not draw it. Its ring runs through control points computed from the outline of Who's On First.",
}

VARIANTS = {
    "artsvashen": ["Bashkand", "Bashkend"],
    "yuxari-eskipara": ["Verin Voskepar", "Yukhari Askipara", "Верхняя Аскипара"],
    "karki": ["Karki", "Kerki", "Tigranashen"],
}


def owner_and_host(key) -> tuple:
    return (DRAWN.get(key) or FROM_POINTS[key])[:2]


def features(states) -> list:
    return [enclave(key, states.rings[key]) for key in NAMES]


def enclave(key, ring):
    owner, host = owner_and_host(key)
    controlled_by, since, source = CONTROL[key]
    area, area_source = AREAS[key]
    properties = {"id": key, "name": NAMES[key]}
    if key in TRANSLITERATED:
        properties["transliterated"] = TRANSLITERATED[key]
    if key in VARIANTS:
        properties["variant_names"] = VARIANTS[key]
    properties |= {"kind": "enclave", "parent": owner, "host": host, "controlled_by": controlled_by}
    if since:
        properties["control_since"] = since
    properties |= {"control_source": source, "published_area_km2": {"value": area, "source": area_source}}
    if key in FROM_POINTS:
        properties |= POINTS
    properties["note"] = NOTES[key]
    return {"properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


# Of the rings of rings.csv
POINTS = {"source": "Control points computed from Who's On First outlines (rings.csv)", "method": "digitised", "position_accuracy_m": 100}
