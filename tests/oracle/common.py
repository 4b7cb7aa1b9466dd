"""What the oracles share: running the program, lengths of edges by quadrature, GeoJSON, and counting mismatches."""

import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy

# WGS 84.
A = 6378137.0
F = 1 / 298.257223563
E2 = F * (2 - F)
NODES, WEIGHTS = numpy.polynomial.legendre.leggauss(20)


def arguments():
    """The program to ask, and the seed."""
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} PROGRAM [SEED]")
    return sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1


class Program:
    """The program under test, with a folder for its inputs."""

    def __init__(self, path):
        self.path = path
        self.folder = Path(tempfile.mkdtemp(prefix="oracle"))

    def run(self, *args):
        done = subprocess.run([self.path, *map(str, args), "--quiet"], capture_output=True, timeout=100)
        if done.returncode:
            raise RuntimeError(f"{args}: exit {done.returncode}: {done.stderr.decode(errors='replace')[:400]}")
        return json.loads(done.stdout)

    def results(self, *args):
        return self.run(*args, "--format", "json")["results"]

    def write(self, name, features):
        path = self.folder / name
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return path


def feature(identity, kind, coordinates):
    return {
        "type": "Feature",
        "properties": {"id": identity},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def edge_length_m(p, q):
    """Length of an edge that is straight in longitude and latitude (degrees), by quadrature."""
    d_lon, d_lat = math.radians(q[0] - p[0]), math.radians(q[1] - p[1])
    pieces = max(1, int(max(abs(q[0] - p[0]), abs(q[1] - p[1])) / 2) + 1)
    total = 0.0
    for k in range(pieces):
        lat = math.radians(p[1]) + (k + (NODES + 1) / 2) / pieces * d_lat
        w = 1 - E2 * numpy.sin(lat) ** 2
        meridian, prime = A * (1 - E2) / w**1.5, A / numpy.sqrt(w)
        total += float(numpy.sum(WEIGHTS * numpy.hypot(meridian * d_lat, prime * numpy.cos(lat) * d_lon))) / (2 * pieces)
    return total


def line_length_m(line):
    return sum(edge_length_m(p, q) for p, q in zip(line, line[1:]))


def metres_per_degree(lat):
    """Of longitude and of latitude, at a latitude in degrees."""
    phi = math.radians(lat)
    w = 1 - E2 * math.sin(phi) ** 2
    return math.radians(A / math.sqrt(w) * math.cos(phi)), math.radians(A * (1 - E2) / w**1.5)


class Tally:
    """Cases, the worst error of each figure, and the mismatches."""

    def __init__(self, name):
        self.name, self.cases, self.mismatches, self.worst = name, 0, 0, {}

    def case(self):
        self.cases += 1

    def fail(self, text):
        self.mismatches += 1
        print("MISMATCH", text)

    def error(self, figure, error, limit, where):
        if error > self.worst.get(figure, (-1, ""))[0]:
            self.worst[figure] = (error, where)
        if not error <= limit:
            self.fail(f"{figure}: {error:.6g} > {limit:g}: {where}")

    def end(self):
        print(f"{self.name}: {self.cases} cases, {self.mismatches} mismatches")
        for figure, (error, where) in sorted(self.worst.items()):
            print(f"  worst {figure}: {error:.3g} ({where})")
        sys.exit(1 if self.mismatches or not self.cases else 0)
