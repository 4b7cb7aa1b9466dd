"""Layer `lines`: the arcs of `states`, merged into maximal lines."""

from . import enclaves
from .earth import distance_m, length_km
from .points import joined, name
from .provinces import common_line
from .rings import Arcs, edges, on_frame
from .states import FROM_POINTS, NAMES

# id: (territory on the left, neighbour on the right, part of the left one, names' suffix)
PAIRS = {
    "arm-aze-naxcivan": ("ARM", "AZE", "main", "naxcivan"),
    "arm-geo": ("ARM", "GEO", "main", None),
    "arm-irn": ("ARM", "IRN", "main", None),
    "arm-tur": ("ARM", "TUR", "main", None),
    "aze-geo": ("AZE", "GEO", "main", None),
    "aze-irn-main": ("AZE", "IRN", "main", "main"),
    "aze-irn-naxcivan": ("AZE", "IRN", "naxcivan", "naxcivan"),
    "aze-rus": ("AZE", "RUS", "main", None),
    "aze-tur": ("AZE", "TUR", "naxcivan", None),
    "geo-rus": ("GEO", "RUS", "main", None),
    "geo-tur": ("GEO", "TUR", "main", None),
    "irn-tur": ("IRN", "TUR", "main", None),
}

SUFFIX = {
    None: name("", "", "", ""),
    "main": name(", main line", ", հիմնական գիծ", ", əsas xətt", ", основная линия"),
    "naxcivan": name(" (Naxçıvan)", " (Նախչըվան)", " (Naxçıvan)", " (Нахичевань)"),
    "2024": name(", section of 2024", ", 2024 թ. հատված", ", 2024-cü il hissəsi", ", участок 2024 года"),
}

ENCLAVE_SOURCE = "Ring drawn by the source as a part of its owner"
POINTS_SOURCE = "Ring through control points computed from the outline of Who's On First"

# The three stretches of 2024: (places they lie between, length on the Armenian side in km)
SECTION = (
    (("v_baganis_ayrim", "v_asagi_eskipara"), 4.9),
    (("v_kirants", "v_xeyrimli"), 5.8),
    (("v_berkaber", "v_qizilhacili"), 1.9),
)


def features(states, points, syunik) -> list:
    arcs = Arcs(states.polygons)
    main = [run for run in _runs(states, arcs, "AZE", "main") if run[0] == "ARM" and len(run[1]) > 500]
    lines = main_line(main[0][1], points)
    lines += [pair(states, arcs, key, *spec) for key, spec in PAIRS.items()]
    lines += [ring(states, key, line) for key, line in states.rings.items()]
    lines.append(common_line(syunik))
    return lines


def _runs(states, arcs, code, part):
    polygon = states.naxcivan() if part == "naxcivan" else states.main(code)
    return arcs.runs(polygon[0])


def pair(states, arcs, key, left, right, part, suffix):
    """The line between two territories, from the ring of the left one, with that territory on its left."""
    runs = [run for run in _runs(states, arcs, left, part) if run[0] == right]
    if key == "arm-aze-naxcivan":
        runs = [run for run in runs if _far_from(run[1], states.main("AZE")[0])]
    matched = sum(distance_m(*edge) for run in runs for edge in run[2]) / 1000
    length = sum(length_km(run[1]) for run in runs)
    properties = {
        "id": key,
        "name": joined([NAMES[left], NAMES[right]], suffix=SUFFIX[suffix]),
        "kind": "state",
        "status": "undefined" if (left, right) == ("ARM", "AZE") else "unspecified",
        "left": left,
        "right": right,
        "matched_km": round(matched, 3),
    }
    if length - matched > 0.0005:
        raise SystemExit(f"error: the sides of {key} coincide on {matched:.3f} km of {length:.3f}")
    changed = sum(row[5] for row in states.moved if row[0] == f"{left}-{right}" and row[1])
    if changed:
        properties["note"] = snapped_note(left, right, changed, length)
    if any(on_frame(p) for run in runs for p in run[1]):
        properties["clipped"] = True
    return {"properties": properties, "geometry": multi([run[1] for run in runs])}


def snapped_note(left, right, changed, length):
    return (
        f"The source draws the two sides apart on {changed:.1f} km of {length:.1f} km: {left} and {right} both take the shorter "
        "course there (moved.csv lists each)."
    )


def _far_from(line, shell):
    return line[len(line) // 2] not in set(shell)


def main_line(line, points):
    """The main line cut at the ends of the stretches delimited in 2024."""
    chainage = [0.0]
    for a, b in edges(line):
        chainage.append(chainage[-1] + distance_m(a, b) / 1000)
    cuts = [section_ends(line, chainage, [points.at(p) for p in places], km) for places, km in SECTION]
    inside = [line[a : b + 1] for a, b in cuts]
    bounds = [0, *(i for cut in cuts for i in cut), len(line) - 1]
    outside = [line[bounds[i] : bounds[i + 1] + 1] for i in range(0, len(bounds), 2)]
    return [undefined(outside), delimited(inside)]


def section_ends(line, chainage, places, km):
    """End vertices of a stretch of that length around the points of the line nearest to the places."""
    nearest = [min(range(len(line)), key=lambda i: distance_m(line[i], place)) for place in places]
    middle = sum(chainage[i] for i in nearest) / len(nearest)
    return [min(range(len(line)), key=lambda i: abs(chainage[i] - end)) for end in (middle - km / 2, middle + km / 2)]


def undefined(lines):
    return main_stretch(
        lines,
        "main",
        "undefined",
        note="From the Georgia tripoint southwards to the Iran tripoint, without the three stretches delimited in 2024 (arm-aze-2024). "
        "Delimitation is under way: the course is the one of the source, approximate and agreed by neither party.",
    )


def delimited(lines):
    return main_stretch(
        lines,
        "2024",
        "delimited",
        valid_from="2024-05-15",
        status_before="undefined",
        method="estimated",
        position_accuracy_m=1000,
        published_length_km={
            "value": [12.6, 12.7],
            "source": "12.7 km: Report.az, 24 May 2024; 12.6 km as the sum of 4.9, 5.8 and 1.9 km: Massis Post, August 2024",
        },
        note="The section between Baghanis and Berkaber described in the protocol of 15 May 2024. Its coordinates are unpublished: the course is "
        "that of the 2018 source, and the ends are estimated. Three stretches of the published lengths (4.9, 5.8 and 1.9 km) are laid about the points of the "
        "line nearest to Bağanis Ayrım and Aşağı Əskipara, Kirants and Xeyrımlı, Berkaber and Qızılhacılı, and end at the nearest vertex.",
    )


def main_stretch(lines, key, status, **more):
    """Stretches of the main line of one status."""
    properties = {
        "id": f"arm-aze-{key}",
        "name": joined([NAMES["ARM"], NAMES["AZE"]], suffix=SUFFIX[key]),
        "kind": "state",
        "status": status,
        "left": "AZE",
        "right": "ARM",
        "matched_km": round(sum(map(length_km, lines)), 3),
    }
    return {"properties": properties | more, "geometry": multi(lines)}


def ring(states, key, line):
    owner, host = enclaves.owner_and_host(key)
    ours = key in FROM_POINTS
    properties = {
        "id": f"ring-{key}",
        "name": enclaves.NAMES[key],
        "kind": "enclave-ring",
        "status": "undefined",
        "left": owner,
        "right": host,
        "enclave": key,
        "note": (POINTS_SOURCE if ours else ENCLAVE_SOURCE) + ".",
    }
    if ours:
        properties |= enclaves.POINTS
    return {"properties": properties, "geometry": {"type": "LineString", "coordinates": line}}


def multi(lines):
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}
