"""`trace` held against networkx: random networks with shared vertices, one-way roads, parallel ways, loops and land to
avoid, and the roads of Liechtenstein (as the program converts them to GeoJSON) where they are at hand."""

import json
import math
import random
import subprocess
from pathlib import Path

import networkx
import shapely
from pyproj import Geod

from common import Program, Tally, arguments, edge_length_m, feature

SPEEDS = {
    "motorway": 110, "motorway_link": 60, "trunk": 90, "trunk_link": 50, "primary": 75, "primary_link": 45,
    "secondary": 65, "secondary_link": 40, "tertiary": 55, "tertiary_link": 35, "unclassified": 45, "road": 45,
    "residential": 30, "living_street": 10, "service": 20, "track": 15,
}
RAILWAYS = {"rail": 80, "narrow_gauge": 50, "light_rail": 50, "preserved": 30}
CLOSED = {"no", "private", "agricultural", "forestry", "military", "emergency", "psv", "bus"}
GEOD = Geod(ellps="WGS84")


def short_m(p, q):
    """Length of a short edge: the geodesic; of a longer one by quadrature."""
    if max(abs(p[0] - q[0]), abs(p[1] - q[1])) > 0.02:
        return edge_length_m(p, q)
    return GEOD.inv(*p, *q)[2]


def directions(tags):
    word = str(tags.get("oneway", "")).lower()
    if word in ("yes", "true", "1"):
        return True, False
    if word in ("-1", "reverse"):
        return False, True
    if word in ("no", "false", "0", "reversible", "alternating"):
        return True, True
    return True, not (tags.get("junction") in ("roundabout", "circular") or tags.get("highway") == "motorway")


def runs_of(geometry):
    return [geometry["coordinates"]] if geometry["type"] == "LineString" else geometry["coordinates"]


def network(features, mode, avoid=None):
    """Every position a node, every segment an edge: nothing is contracted."""
    graph = networkx.MultiDiGraph()
    tagged = any(f["properties"].get("highway") or f["properties"].get("railway") for f in features)
    for number, f in enumerate(features):
        tags, speed = f["properties"], 50
        if tagged:
            classes, word = (SPEEDS, tags.get("highway")) if mode == "road" else (RAILWAYS, tags.get("railway"))
            if word not in classes or tags.get("area") == "yes":
                continue
            stated = next((tags[k] for k in ("motorcar", "motor_vehicle", "vehicle", "access") if tags.get(k)), "")
            if mode == "road" and {word.strip() for word in stated.split(";")} <= CLOSED:
                continue
            if mode == "rail" and "yes" in (tags.get("disused"), tags.get("abandoned")):
                continue
            speed = classes[word]
        forward, backward = directions(tags) if mode == "road" else (True, True)
        for run in runs_of(f["geometry"]):
            run = [tuple(p[:2]) for p in run]
            for p, q in zip(run, run[1:]):
                if p == q or (avoid and avoid.intersects(shapely.LineString([p, q]))):
                    continue
                length = short_m(p, q)
                for a, b, may in ((p, q, forward), (q, p, backward)):
                    if may:
                        graph.add_edge(a, b, length=length, time=length * 3.6 / speed, way=number)
    return graph


def ask(program, path, vias, *more):
    command = [program.path, "trace", "--network", str(path), "--format", "json", "--quiet", *map(str, more)]
    for x, y in vias:
        command += [f"--via={x!r},{y!r}"]
    done = subprocess.run(command, capture_output=True, timeout=200)
    return json.loads(done.stdout)["results"] if done.returncode == 0 else done.stderr.decode()


def course(program, path, vias, *more):
    command = [program.path, "trace", "--network", str(path), "--format", "geojson", "--quiet", *map(str, more)]
    for x, y in vias:
        command += [f"--via={x!r},{y!r}"]
    done = subprocess.run(command, capture_output=True, timeout=200)
    (route,) = json.loads(done.stdout)["features"]
    line = runs_of(route["geometry"])[0]
    # The ends of a line are written with seven decimals.
    for end, via in ((0, vias[0]), (-1, vias[-1])):
        if max(abs(line[end][0] - via[0]), abs(line[end][1] - via[1])) <= 1e-7:
            line[end] = list(via)
    return line


def hold(tally, program, path, graph, vias, weight, where, more=(), land=None):
    tally.case()
    asked = ask(program, path, vias, "--weight", weight, *more)
    try:
        best = sum(networkx.dijkstra_path_length(graph, a, b, weight=weight) for a, b in zip(vias, vias[1:]))
    except (networkx.NetworkXNoPath, networkx.NodeNotFound):
        if not isinstance(asked, str):
            tally.fail(f"{where}: a route where there is none")
        return
    if isinstance(asked, str):
        tally.fail(f"{where}: {asked}")
        return
    ours = asked["length_m"] if weight == "length" else asked["time_s"]
    tally.error(f"{weight}, relative", abs(ours - best) / max(best, 1e-9), 1e-6, where)
    parts = sum(way["length_m"] for way in asked["ways"]) + sum(link["width_m"] for link in asked["links"])
    tally.error("sum of ways, m", abs(parts - asked["length_m"]), 1e-3, where)
    of_land = asked["territories"]
    inside = sum(part["length_m"] for part in of_land["parts"]) + of_land["outside_m"]
    tally.error("sum of territories, m", abs(inside - asked["length_m"]), 1e-3, where)
    # The course is one of the network, and its length what is said.
    line = course(program, path, vias, "--weight", weight, *more)
    steps = list(zip(map(tuple, line), map(tuple, line[1:])))
    if not all(graph.has_edge(p, q) for p, q in steps):
        tally.fail(f"{where}: the course leaves the network, or goes against a one-way road")
    tally.error("length of the course, m", abs(sum(short_m(p, q) for p, q in steps) - asked["length_m"]), 1e-2, where)
    if land and shapely.LineString(line).intersects(land):
        tally.fail(f"{where}: it touches what it is to avoid")


def random_network(chance):
    """Lines along a bent grid: of several positions each, some one-way, some drawn twice, some closed."""
    side = chance.randint(3, 12)
    bend = [[(10 + 0.01 * (i + chance.uniform(-0.4, 0.4)), 45 + 0.01 * (j + chance.uniform(-0.4, 0.4)))
             for j in range(side)] for i in range(side)]
    features = []
    for number in range(side * 3):
        i, j = chance.randrange(side), chance.randrange(side)
        run = [bend[i][j]]
        for _ in range(chance.randint(1, 2 * side)):
            di, dj = chance.choice([(0, 1), (1, 0), (0, -1), (-1, 0)])
            if 0 <= i + di < side and 0 <= j + dj < side:
                i, j = i + di, j + dj
                run.append(bend[i][j])
        if len(run) < 2:
            continue
        tags = {"highway": chance.choice(list(SPEEDS))}
        if chance.random() < 0.3:
            tags["oneway"] = chance.choice(["yes", "-1", "no", "true"])
        made = feature(f"w{number}", "LineString", run)
        made["properties"].update(tags)
        features.append(made)
        if chance.random() < 0.1:
            twin = json.loads(json.dumps(made))
            twin["properties"]["id"] += "b"
            twin["geometry"]["coordinates"].reverse()
            features.append(twin)
    return features, bend


def main():
    path, seed = arguments()
    program, tally, chance = Program(path), Tally("trace"), random.Random(seed)
    for case in range(60):
        features, bend = random_network(chance)
        file = program.write(f"n{case}.geojson", features)
        nodes = sorted({tuple(p) for f in features for p in f["geometry"]["coordinates"]})
        side = len(bend)
        x, y = 10 + 0.01 * chance.uniform(0, side - 1), 45 + 0.01 * chance.uniform(0, side - 1)
        land = shapely.box(x, y, x + 0.01 * chance.uniform(0.1, 3), y + 0.01 * chance.uniform(0.1, 3))
        block = program.write(f"t{case}.geojson", [
            feature("block", "Polygon", [[list(p) for p in land.exterior.coords]])])
        graph = network(features, "road")
        clear = network(features, "road", land)
        for number in range(4):
            vias = chance.sample(nodes, min(len(nodes), chance.choice([2, 2, 3])))
            for weight in ("length", "time"):
                hold(tally, program, file, graph, vias, weight, f"{file} {vias} {weight}")
            if not any(land.intersects(shapely.Point(v)) for v in vias):
                more = ("--territories", block, "--avoid", "block")
                hold(tally, program, file, clear, vias, "length", f"{file} {vias} avoid", more, land)
    extract = Path(__file__).resolve().parents[2] / "../shared/data/network/liechtenstein.osm.pbf"
    if extract.exists():
        roads = program.folder / "roads.geojson"
        subprocess.run([path, "convert", str(extract), str(roads), "--layer", "lines", "--quiet"], check=True)
        features = json.loads(roads.read_text())["features"]
        features = [f for f in features if f["geometry"] and "LineString" in f["geometry"]["type"]]
        for mode in ("road", "rail"):
            graph = network(features, mode)
            nodes = sorted(graph.nodes)
            for number in range(25 if mode == "road" else 8):
                vias = chance.sample(nodes, 2)
                for weight in ("length", "time"):
                    hold(tally, program, extract, graph, vias, weight, f"{mode} {vias} {weight}", ("--mode", mode))
    tally.end()


main()
