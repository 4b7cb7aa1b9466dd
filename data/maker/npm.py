"""The two npm packages: downloaded once, verified by digest, read from the archive."""

import base64
import hashlib
import json
import subprocess
import tarfile
from pathlib import Path

VERSION = "0.6.0"
COUNTRIES = "@geo-maps/countries-coastline-10m"
WATER = "@geo-maps/earth-waterbodies-100m"

INTEGRITY = {
    COUNTRIES: "sha512-AzUbDk4lUIFuzKIkgWq1h0ErWG2uugBFrP+aCk0trcwClBizykRu0GdzAb2YzmxsyYi8IDO747L21Yddlbhz+g==",
    WATER: "sha512-dgftj7TF37qrqL8DTax6nNFWriVo90Y3+Qk36U7fDWt3bfR9QUGjSHwAHM2fwaa5y1HDcuwHDIqctRAQCcHDDw==",
}


def archive(package: str, cache: Path) -> Path:
    """Path of the package's archive in the cache; `npm pack` downloads it if missing."""
    path = cache / f"{package.lstrip('@').replace('/', '-')}-{VERSION}.tgz"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", f"{package}@{VERSION}", "--pack-destination", str(cache)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    check(package, path)
    return path


def check(package: str, path: Path) -> None:
    digest = base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != INTEGRITY[package]:
        raise SystemExit(f"error: {path} is not {package} {VERSION}\nhint: delete it and run again")


def read(package: str, cache: Path) -> dict:
    """The GeoJSON document of the package."""
    with tarfile.open(archive(package, cache)) as tar:
        return json.load(tar.extractfile("package/map.geo.json"))
