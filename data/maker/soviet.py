"""Layer `soviet`: the two republics and the two autonomous units of 1988."""

from . import nkao
from .points import name

SHORT = {
    "armenian-ssr": name("Armenian SSR", "Հայկական ՍՍՀ", "Ermənistan SSR", "Армянская ССР"),
    "azerbaijan-ssr": name("Azerbaijan SSR", "Ադրբեջանական ՍՍՀ", "Azərbaycan SSR", "Азербайджанская ССР"),
    "nakhichevan-assr": name("Nakhichevan ASSR", "Նախիջևանի ԻՍՍՀ", "Naxçıvan MSSR", "Нахичеванская АССР"),
    "nkao": name(
        "Nagorno-Karabakh Autonomous Oblast", "Լեռնային Ղարաբաղի Ինքնավար Մարզ", "Dağlıq Qarabağ Muxtar Vilayəti", "Нагорно-Карабахская автономная область"
    ),
}

OFFICIAL = {
    "armenian-ssr": name(
        "Armenian Soviet Socialist Republic",
        "Հայկական Սովետական Սոցիալիստական Հանրապետություն",
        "Ermənistan Sovet Sosialist Respublikası",
        "Армянская Советская Социалистическая Республика",
    ),
    "azerbaijan-ssr": name(
        "Azerbaijan Soviet Socialist Republic",
        "Ադրբեջանական Սովետական Սոցիալիստական Հանրապետություն",
        "Azərbaycan Sovet Sosialist Respublikası",
        "Азербайджанская Советская Социалистическая Республика",
    ),
    "nakhichevan-assr": name(
        "Nakhichevan Autonomous Soviet Socialist Republic",
        "Նախիջևանի Ինքնավար Սովետական Սոցիալիստական Հանրապետություն",
        "Naxçıvan Muxtar Sovet Sosialist Respublikası",
        "Нахичеванская Автономная Советская Социалистическая Республика",
    ),
    "nkao": SHORT["nkao"],
}

# Azerbaijani was written in Cyrillic in 1988
CYRILLIC = {
    "armenian-ssr": ["az:Ермәнистан ССР"],
    "azerbaijan-ssr": ["az:Азәрбајҹан ССР"],
    "nakhichevan-assr": ["az:Нахчыван МССР"],
    "nkao": ["NKAO", "az:Дағлыг Гарабағ Мухтар Вилајәти", "az:DQMV", "hy:ԼՂԻՄ", "ru:НКАО"],
}

PROXY = (
    "A proxy: the outline of the state of today out of `states`, which took over the line between the republics; "
    "no survey of 1988 is behind it."
)


def features(states, points) -> list:
    azerbaijan = states.polygons["AZE"]
    nakhichevan = [states.naxcivan(), [states.rings["karki"]]]
    return [
        unit("armenian-ssr", "union-republic", states.polygons["ARM"], published=([29743, 29800], "Statistics; 29 800 rounded, “includes Artsvashen”: ArmInfo, 22 May 2023")),
        unit("azerbaijan-ssr", "union-republic", azerbaijan, published=(86600, "“Includes enclaves”: ArmInfo, 22 May 2023; the source's Caspian shore differs")),
        unit(
            "nakhichevan-assr",
            "autonomous-republic",
            nakhichevan,
            parent="azerbaijan-ssr",
            published=([5363, 5502.75], "5 500: Soviet encyclopaedias; 5 363 and 5 502.75 are usual figures not confirmed by a source read"),
            extra_note=" With Karki, which was administered from it.",
        ),
        oblast(nkao.ring(points)),
    ]


def unit(key, kind, polygons, published, parent=None, extra_note=""):
    properties = common(key, kind, parent) | {
        "published_area_km2": {"value": published[0], "source": published[1]},
        "note": PROXY + extra_note,
    }
    return {"properties": properties, "geometry": {"type": "MultiPolygon", "coordinates": polygons}}


def oblast(ring):
    properties = common("nkao", "autonomous-oblast", "azerbaijan-ssr") | {
        "source": "Control points nkao_* and peaks of waypoints.csv (Mesoshapes raion nodes), places known to have lain inside or outside, and a hand-drawn course between them",
        "method": "digitised",
        "position_accuracy_m": 2000,
        "published_area_km2": {"value": [4388, 4400], "source": "4.4 thousand: eh.lenin.ru; 4 388 is a usual figure not confirmed by a source read"},
        "note": "A second-order unit inside the Azerbaijan SSR, as of 1988. It touched the Armenian SSR nowhere: Lachin raion lay between. Hand-drawn between twelve raion "
        "nodes; weakest in the north-west (towards Kalbajar) and the north-east (towards Tərtər and Ağdam), where the error can reach 5 km.",
    }
    return {"properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def common(key, kind, parent):
    properties = {"id": key, "name": SHORT[key], "official_name": OFFICIAL[key], "variant_names": CYRILLIC[key], "kind": kind, "status": "historical"}
    if parent:
        properties["parent"] = parent
    return properties
