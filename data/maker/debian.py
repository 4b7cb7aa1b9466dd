"""Packages of Debian: downloaded once, verified by digest, read from the archive. Nothing of them is installed."""

import hashlib
import io
import subprocess
import tarfile
from pathlib import Path

RIVERS = "libmagics++-data=4.13.0-1"

# Package: name of its archive, SHA-256.
ARCHIVES = {RIVERS: ("libmagics++-data_4.13.0-1_all.deb", "0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0")}


def member(package: str, name: str, cache: Path) -> bytes:
    """A file of the package; `apt-get download` fetches it into the cache if missing."""
    file, digest = ARCHIVES[package]
    path = cache / file
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", "-qq", package], check=True, cwd=cache)
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise SystemExit(f"error: {path} is not {package}\nhint: delete it and run again")
    data = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(path)], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return tar.extractfile(name).read()
