"""Growth of cost: the same questions on parts of the real files and on densified copies, once each."""

import dataclasses
import math
import subprocess

from jobs import OURS
from measure import Contender, once
from peers import LAND, ROOT, TARGET, WORLD

FACTORS = ["0.0625", "0.25", "1", "4", "16"]
SCALED = ROOT / "target" / "release" / "examples" / "scaled"


@dataclasses.dataclass
class Step:
    factor: str
    vertices: int
    megabytes: float
    seconds: float = 0.0
    peak_mb: float = 0.0
    failure: str = ""


@dataclasses.dataclass
class Growth:
    id: str
    steps: list

    @property
    def slope(self):
        """Exponent: slope of the least-squares line of log seconds over log vertices."""
        points = [(math.log(s.vertices), math.log(s.seconds)) for s in self.steps if not s.failure]
        mean_x, mean_y = (sum(p[axis] for p in points) / len(points) for axis in (0, 1))
        return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def run(work, wanted):
    """Growth of P1, P3 and P5, and its plot."""
    subprocess.run(["cargo", "build", "--release", "--quiet", "--example", "scaled"], cwd=ROOT, check=True)
    growths = {id: Growth(id, []) for id in ("P1", "P3", "P5") if wanted is None or id in wanted}
    questions = {
        WORLD: {"P1": ["borders", "--format", "csv"], "P3": ["check", "--format", "csv"]},
        LAND: {"P5": ["info", "--format", "json"]},
    }
    for source, asked in questions.items():
        for factor in FACTORS:
            if not any(id in growths for id in asked):
                continue
            file = TARGET / "scaled.geojson"
            said = subprocess.run([SCALED, factor, source, file], check=True, capture_output=True, text=True)
            for id, words in asked.items():
                if id in growths:
                    step = Step(factor, int(said.stdout), file.stat().st_size / 1e6)
                    command = [str(OURS), words[0], str(file), *words[1:], "-o", str(work / "scaled.out"), "--quiet"]
                    outcome = once(Contender("merestone", command))
                    if isinstance(outcome, str):
                        step.failure = outcome
                    else:
                        step.seconds, _, step.peak_mb = outcome
                    growths[id].steps.append(step)
            file.unlink()
    plot([growth for growth in growths.values()])
    return list(growths.values())


def plot(growths):
    """Draws the steps with the program's own chart (plotters) into benches/growth.svg."""
    rows = [f"{g.id},{s.vertices},{s.seconds}" for g in growths for s in g.steps if not s.failure]
    subprocess.run(["cargo", "run", "--release", "--quiet", "--example", "growth", "--", str(ROOT / "benches/growth.svg")],
                   input="\n".join(rows), text=True, cwd=ROOT, check=True)
