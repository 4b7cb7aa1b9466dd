"""A network of roads with so many edges: a bent lattice cut into ways of so many edges, seeded.

    network.py EDGES OUTPUT.geojson [EDGES-PER-WAY, 10 by default]

Ways have the tags of OpenStreetMap; one in ten is one-way, which leaves every junction in reach of every other.
"""

import math
import random
import sys

CLASSES = ["residential", "residential", "unclassified", "tertiary", "secondary", "primary", "service", "track"]
STEP = 0.001


def main(edges, output, per_way=10):
    edges, per_way = int(edges), int(per_way)
    rng = random.Random(20260102)
    # A lattice of n by n junctions has 2 n (n - 1) edges.
    side = math.ceil((1 + math.sqrt(1 + 2 * edges)) / 2)
    bend = [[rng.uniform(-0.3, 0.3) * STEP for _ in range(4096)] for _ in range(2)]

    def place(i, j):
        turn = (i * 7919 + j * 104729) % 4096
        return f"[{10 + i * STEP + bend[0][turn]:.7f},{45 + j * STEP + bend[1][turn]:.7f}]"

    written, way = 0, 0
    with open(output, "w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[')
        for across in (False, True):
            for street in range(side):
                # The outermost streets stay two-way: every junction is reached from them, and reaches them.
                outermost = street in (0, side - 1)
                for first in range(0, side - 1, per_way):
                    last = min(first + per_way, side - 1, first + edges - written)
                    if last <= first:
                        continue
                    run = ",".join(place(street, k) if across else place(k, street) for k in range(first, last + 1))
                    one_way = ',"oneway":"yes"' if not outermost and rng.random() < 0.1 else ""
                    file.write(
                        f'{"," if way else ""}\n{{"type":"Feature","properties":{{"osm_id":"{way + 1}",'
                        f'"highway":"{CLASSES[rng.randrange(len(CLASSES))]}","name":"Street {street}"{one_way}}},'
                        f'"geometry":{{"type":"LineString","coordinates":[{run}]}}}}'
                    )
                    written, way = written + last - first, way + 1
        file.write("\n]}\n")
    print(written)


if __name__ == "__main__":
    main(*sys.argv[1:])
