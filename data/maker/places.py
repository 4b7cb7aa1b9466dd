"""Layer `places`: the control points that are places, without duplicates, and the towns of GeoNames, named in four languages."""

from . import towns
from .points import LANGUAGES, read_csv

SETTLEMENTS = {"town", "village"}
KINDS = {"border_crossing", "pass", "peak", "station", "town", "tripoint", "village"}
NOT_DRAWN = ("araks_", "enc_", "nkao_", "sv_")

# kept: omitted duplicate of the same settlement
SAME = {
    "v_karki": "m2_tigranashen",
    "v_barxudarli": "st_barxudarli",
    "m2_yerevan": "st_yerevan",
    "m2_ararat": "st_ararat",
    "m2_yeraskh": "st_yeraskh",
    "m2_kapan": "st_kapan",
    "i_ijevan": "st_ijevan",
    "i_qazax": "st_qazax",
    "s_naxcivan": "st_naxcivan",
    "n_ordubad": "st_ordubad",
    "n_kilit": "st_kilit",
    "n_sederek": "st_sederek",
    "z_agbend": "st_agbend",
}
TIDY = {"corridor web-map ); ": "route web map; "}


class Places:
    """Maps control points to places."""

    def __init__(self, points):
        left_out = {other: kept for kept, other in SAME.items()}
        drawn = [key for key in points if points[key]["kind"] in KINDS and not key.startswith(NOT_DRAWN)]
        self.ids = {key: left_out.get(key, key).replace("_", "-") for key in drawn}
        self.kept = [key for key in drawn if key not in left_out]

    def id_of(self, key: str) -> str:
        return self.ids[key]


def features(points, places, known) -> list:
    """`known` are the towns of GeoNames."""
    names = {row["id"]: row for row in read_csv("names.csv")}
    kept = [place(key, points, places, names[key]) for key in places.kept]
    for properties in (f["properties"] for f in kept if f["properties"]["kind"] in SETTLEMENTS):
        properties["rank"] = towns.rank(None)
    for feature in (f for f in kept if f["properties"]["kind"] in SETTLEMENTS):
        row = known.of(feature)
        if row:
            feature["properties"] |= {"rank": towns.rank(row)} | towns.figures(row)
    return kept + known.added()


def place(key, points, places, row):
    point = points[key]
    given = {"en": point["name"], "hy": point["name_hy"], "az": point["name_az"], "ru": point["name_ru"]}
    drawn = {code: row[code] or given[code] for code in LANGUAGES}
    properties = {"id": places.id_of(key), "name": drawn}
    ours = [code for code in LANGUAGES[1:] if not given[code]]
    if ours:
        properties["transliterated"] = ours
    variants = variant_names(point["variant_names"], row["variants"], drawn)
    if variants:
        properties["variant_names"] = variants
    properties |= {"kind": point["kind"], "rank": int(row["rank"])}
    if point["state"]:
        properties["parent"] = point["state"]
    if key in SAME:
        properties["same_as"] = [SAME[key].replace("_", "-")]
    properties |= {
        "source": tidy(point["source"]),
        "method": "estimated" if point["method"] == "estimated" else "digitised",
        "position_accuracy_m": points.accuracy_m(key),
    }
    if point["note"]:
        properties["note"] = point["note"]
    return {"properties": properties, "geometry": {"type": "Point", "coordinates": points.at(key)}}


def variant_names(*lists_and_names) -> list:
    *lists, drawn = lists_and_names
    names = [name.strip() for text in lists for name in text.split(";") if name.strip()]
    return [name for name in names if name not in {f"{code}:{text}" for code, text in drawn.items()}]


def tidy(source) -> str:
    for old, new in TIDY.items():
        source = source.replace(old, new)
    return source
