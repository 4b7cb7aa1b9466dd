"""The NKAO of 1988, digitised: present raion nodes on its line, and a hand-drawn course between them.

A corner is the id of a control point, or a position drawn by hand between control points so that places known to be
inside or outside are on the right side. A centripetal Catmull-Rom curve joins the corners.
"""

from .earth import rounded

STEPS = 6

COURSE = [
    # north: Murovdağ, then down to the plain west of Tərtər
    "nkao_node_01",
    (46.565, 40.345),
    (46.655, 40.385),
    (46.735, 40.415),
    (46.825, 40.415),
    (46.882, 40.370),
    (46.893, 40.315),
    # the plain: Seysulan inside, Tərtər outside
    (46.955, 40.282),
    (47.030, 40.265),
    (47.030, 40.235),
    (46.950, 40.213),
    (46.880, 40.192),
    (46.826, 40.170),
    (46.795, 40.128),
    # west of Papravənd to Əsgəran and Ağdam
    "nkao_node_02",
    (46.672, 40.072),
    "nkao_node_03",
    (46.760, 40.020),
    (46.845, 40.015),
    (46.880, 39.965),
    (46.925, 39.920),
    (46.900, 39.865),
    "nkao_node_06",
    (46.970, 39.862),
    (47.060, 39.885),
    (47.160, 39.862),
    # east: Martuni
    "nkao_node_05",
    (47.325, 39.820),
    "nkao_node_09",
    (47.235, 39.715),
    (47.130, 39.665),
    (47.070, 39.630),
    (47.100, 39.560),
    # south: Hadrut
    "nkao_node_08",
    (47.035, 39.422),
    (46.960, 39.415),
    (46.860, 39.462),
    "nkao_node_07",
    "nkao_node_10",
    # west: the Lachin side, with Laçın raion between it and the Armenian SSR
    "nkao_node_11",
    (46.690, 39.640),
    (46.630, 39.620),
    (46.575, 39.680),
    "nkao_node_12",
    (46.525, 39.865),
    "nkao_node_04",
    (46.390, 40.015),
    (46.362, 40.100),
    (46.382, 40.175),
    (46.378, 40.240),
    "pk_gamish",
    (46.420, 40.285),
]


def ring(points) -> list:
    """A closed ring, counter-clockwise."""
    corners = [points.at(c) if isinstance(c, str) else c for c in COURSE]
    corners.reverse()
    n = len(corners)
    curve = []
    for i in range(n):
        curve += _span(*(corners[(i + k) % n] for k in (-1, 0, 1, 2)))
    return [rounded(p) for p in curve + curve[:1]]


def _span(p0, p1, p2, p3) -> list:
    """Positions from p1 towards p2 on the centripetal Catmull-Rom curve (Barry and Goldman's recursion)."""
    t = [0.0]
    for a, b in ((p0, p1), (p1, p2), (p2, p3)):
        t.append(t[-1] + ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.25)
    positions = [p1]
    for step in range(1, STEPS):
        u = t[1] + (t[2] - t[1]) * step / STEPS
        a1, a2, a3 = _mix(p0, p1, t[0], t[1], u), _mix(p1, p2, t[1], t[2], u), _mix(p2, p3, t[2], t[3], u)
        b1, b2 = _mix(a1, a2, t[0], t[2], u), _mix(a2, a3, t[1], t[3], u)
        positions.append(_mix(b1, b2, t[1], t[2], u))
    return positions


def _mix(a, b, ta, tb, u):
    w = (u - ta) / (tb - ta)
    return (a[0] + (b[0] - a[0]) * w, a[1] + (b[1] - a[1]) * w)
