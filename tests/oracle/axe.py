"""Accessibility of the dossier by axe-core in headless Chromium, where both are at hand: no serious and no critical fault.

axe-core is an npm package: `AXE_CORE` names its axe.min.js, else npm's global folder is looked into."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from common import Program, Tally, arguments

ASK = """axe.run(document, { resultTypes: ["violations"] }).then((found) => {
  const told = found.violations.map((fault) => [fault.impact, fault.id, fault.nodes.length].join(" "));
  document.body.dataset.axe = `rules ${found.passes.length}; ${told.join("; ")}`;
});"""


def axe_core():
    """The text of axe-core, or nothing."""
    named = os.environ.get("AXE_CORE")
    if not named and shutil.which("npm"):
        folder = subprocess.run(["npm", "root", "--global"], capture_output=True, text=True).stdout.strip()
        named = f"{folder}/axe-core/axe.min.js"
    return Path(named).read_text() if named and Path(named).exists() else None


def main():
    path, _ = arguments()
    axe = axe_core()
    browser = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    if not axe or not browser:
        print("skipped: Chromium or axe-core (npm package; AXE_CORE=…/axe.min.js) is not installed")
        sys.exit(0)
    program, tally = Program(path), Tally("axe")
    example = Path(__file__).resolve().parents[1] / "examples/dossier.in/dataset"
    for name, dataset in (("example", [example]), ("embedded", [])):
        tally.case()
        page = program.folder / f"{name}.html"
        subprocess.run([path, "dossier", *dataset, "-q", "-o", page], check=True)
        text = page.read_text().replace("</body>", f"<script>{axe}</script><script>{ASK}</script></body>")
        page.write_text(text)
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "--virtual-time-budget=60000",
                   f"--user-data-dir={program.folder / 'profile'}", f"file://{page}"]
        seen = subprocess.run(command, capture_output=True, text=True, timeout=500).stdout
        told = re.search(r'data-axe="([^"]*)"', seen)
        if not told:
            tally.fail(f"{name}: axe-core gave no answer")
            continue
        print(f"{name}: {told[1]}")
        if re.search(r"\b(serious|critical) ", told[1]):
            tally.fail(f"{name}: {told[1]}")
    tally.end()


main()
