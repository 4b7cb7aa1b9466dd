"""The npm packages: downloaded once, verified by digest, read from the archive."""

import base64
import hashlib
import json
import subprocess
import tarfile
from pathlib import Path

COUNTRIES = "@geo-maps/countries-coastline-10m"
WATER = "@geo-maps/earth-waterbodies-100m"
WORLD = "world-atlas"

# Version, and the document in the archive.
FILES = {
    COUNTRIES: ("0.6.0", "package/map.geo.json"),
    WATER: ("0.6.0", "package/map.geo.json"),
    WORLD: ("2.0.2", "package/land-50m.json"),
}

INTEGRITY = {
    COUNTRIES: "sha512-AzUbDk4lUIFuzKIkgWq1h0ErWG2uugBFrP+aCk0trcwClBizykRu0GdzAb2YzmxsyYi8IDO747L21Yddlbhz+g==",
    WATER: "sha512-dgftj7TF37qrqL8DTax6nNFWriVo90Y3+Qk36U7fDWt3bfR9QUGjSHwAHM2fwaa5y1HDcuwHDIqctRAQCcHDDw==",
    WORLD: "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
}


def archive(package: str, cache: Path) -> Path:
    """Path of the package's archive in the cache; `npm pack` downloads it if missing."""
    version, _ = FILES[package]
    path = cache / f"{package.lstrip('@').replace('/', '-')}-{version}.tgz"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", f"{package}@{version}", "--pack-destination", str(cache)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    check(package, path)
    return path


def check(package: str, path: Path) -> None:
    digest = base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != INTEGRITY[package]:
        raise SystemExit(f"error: {path} is not {package} {FILES[package][0]}\nhint: delete it and run again")


def read(package: str, cache: Path) -> dict:
    """The GeoJSON or TopoJSON document of the package."""
    with tarfile.open(archive(package, cache)) as tar:
        return json.load(tar.extractfile(FILES[package][1]))
