"""The two sides of a border made one where the source draws them apart.

Between two vertices that both sides have, each side has a course of its own. Both take the shorter one; a course through
a vertex that a third territory has is kept, whatever its length. No other vertex moves."""

from shapely.geometry import LineString, Point

from .earth import Plane, length_km
from .rings import oriented

LONGEST_KM = 5  # courses farther apart along the line are no two drawings of one
CODES = (("ARM", "GEO"), ("ARM", "IRN"), ("AZE", "IRN"), ("GEO", "RUS"))


def snapped(polygons: dict) -> list:
    """Changes the shells in place; a row for each course that moved: (pair, who moved, start, end, km before, km after, metres)."""
    moved = []
    for a, b in CODES:
        for left in range(len(polygons[a])):
            for right in range(len(polygons[b])):
                moved += one_pair(polygons, (a, left), (b, right))
    return [*moved, tripoint(polygons)]


# At the western Armenia–Azerbaijan–Iran tripoint the source gives a triangle on the bank to both Armenia and Naxçıvan. It
# stays Naxçıvan's: Armenia's ring goes past it.
TRIPOINT = ("ARM", [(46.14485, 38.84285), (46.14431, 38.84245), (46.14463, 38.8423), (46.14486, 38.84222)])


def tripoint(polygons):
    code, old = TRIPOINT
    new = [old[0], old[-1]]
    part = next(i for i, polygon in enumerate(polygons[code]) if old[1] in polygon[0])
    polygons[code][part][0] = replaced(polygons[code][part][0], old, new)
    return ("ARM-AZE", code, old[0], old[-1], length_km(old), length_km(new), apart_m(old, new))


def one_pair(polygons, one, other) -> list:
    moved = []
    while True:
        (a, i), (b, j) = one, other
        found = courses(polygons[a][i][0], polygons[b][j][0])
        if not found:
            return moved
        mine, theirs = found[0]
        fixed = vertices(polygons, (a, b))
        keep_theirs = (any(p in fixed for p in theirs[1:-1]), -length_km(theirs)) > (any(p in fixed for p in mine[1:-1]), -length_km(mine))
        loser, old, new = (one, mine, theirs) if keep_theirs else (other, theirs[::-1], mine[::-1])
        code, part = loser
        polygons[code][part][0] = replaced(polygons[code][part][0], old, new)
        moved.append((f"{a}-{b}", code, old[0], old[-1], length_km(old), length_km(new), apart_m(old, new)))


def courses(ours, theirs) -> list:
    """Pairs of courses between vertices that two rings share, ours in our direction and theirs in the same, where they differ."""
    ours, theirs = ours[:-1], theirs[:-1]
    place = {p: i for i, p in enumerate(theirs)}
    shared = [i for i, p in enumerate(ours) if p in place]
    found = []
    for i, j in zip(shared, shared[1:] + shared[:1]):
        mine = walk(ours, i, j)
        other = walk(theirs, place[ours[j]], place[ours[i]])[::-1]
        both_short = length_km(mine) < LONGEST_KM and length_km(other) < LONGEST_KM
        if (len(mine) > 2 or len(other) > 2) and both_short and not any(p in place for p in mine[1:-1]) and mine != other:
            found.append((mine, other))
    return found


def walk(corners, start, end) -> list:
    return corners[start : end + 1] if start < end else corners[start:] + corners[: end + 1]


def replaced(ring, old, new) -> list:
    """The ring with a course in place of another between the same ends."""
    corners = ring[:-1]
    start = corners.index(old[0])
    turned = corners[start:] + corners[:start]
    assert turned[: len(old)] == old
    turned = new + turned[len(old) :]
    result = turned + turned[:1]
    assert oriented(result, ccw=True) == result
    return result


def vertices(polygons, but) -> set:
    return {p for code, parts in polygons.items() if code not in but for part in parts for ring in part for p in ring}


def apart_m(old, new) -> float:
    """Greatest distance of a vertex of either course from the other, in metres (planar about the place)."""
    plane = Plane(*old[0])
    a, b = ([plane.forward(p) for p in line] for line in (old, new))
    return max(max(LineString(y).distance(Point(p)) for p in x) for x, y in ((a, b), (b, a)))


def listed(moved) -> str:
    """The rows as CSV."""
    rows = ["pair,moved,from_lon,from_lat,to_lon,to_lat,km_before,km_after,apart_m"]
    rows += [f"{pair},{code},{a[0]},{a[1]},{b[0]},{b[1]},{before:.3f},{after:.3f},{apart:.0f}" for pair, code, a, b, before, after, apart in moved]
    return "\n".join(rows) + "\n"
