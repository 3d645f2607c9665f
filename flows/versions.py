"""Versions of the dataset: built aside, made durable, renamed into place, and swapped in by one atomic step.

    versions/<version>/     whole and never changed again
    versions/.<version>     being built, or left behind by a run that died: the next run removes it
    latest                  a link to the version that readers see
    state/lock              held by who writes
    state/lock.workers      shared by the workers of who writes
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from flows.errors import Locked, NoVersion

MANIFEST = "manifest.json"

_held: set[Path] = set()  # locks of this process


@contextmanager
def locked(curated: Path, wait: bool) -> Iterator[None]:
    """Holds the dataset for one writer. The kernel frees the lock when the process ends, however it ends.

    Whoever gets it removes what dead writers left behind, and at the end what it left itself. Whoever holds it may ask for it
    again in the same process. Raises Locked where another run holds it and `wait` is false.
    """
    path = (curated / "state" / "lock").absolute()
    if path in _held:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Locked(
                f"another run is writing {curated}; wait for it, or set when_locked = \"wait\" to have runs wait by themselves"
            ) from None
        with open(path.with_name("lock.workers"), "a", encoding="utf-8") as workers:
            fcntl.flock(workers, fcntl.LOCK_EX)  # the workers of a run that was killed end by themselves, very soon
        _held.add(path)
        try:
            _clear(curated)
            yield
        finally:
            _held.discard(path)
            with suppress(OSError):
                _clear(curated)


def join_writer(curated: Path) -> IO[str]:
    """Marks this process as a worker of the run that holds the dataset, until it ends: before that no other run begins."""
    handle = open(curated / "state" / "lock.workers", "a", encoding="utf-8")  # noqa: SIM115 (held to the end)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def _clear(curated: Path) -> None:
    """Finishes or removes whatever was being made when its writer died. Only the holder of the lock may."""
    for gone in (curated / "versions").glob(".*.gone"):
        # Died within `replace`: the old version was out, and the new one, which is whole, not yet in.
        name = gone.name[1 : -len(".gone")]
        if (gone.with_name(f".{name}") / MANIFEST).exists() and not gone.with_name(name).exists():
            os.rename(gone.with_name(f".{name}"), gone.with_name(name))
    for link in curated.glob(".latest.*"):
        # Died within `publish`: the version has its name, and readers were about to see it.
        if (link / MANIFEST).exists():
            _swap(link)
        else:
            link.unlink()
    for place in ("versions/.*", "state/.*", "state/*.tmp", "state/*/.*", "state/*/*.tmp", "state/*/*/.*"):
        for left in curated.glob(place):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            else:
                left.unlink()


def new_version(curated: Path, now: datetime) -> str:
    """A name for a version: the time of its run, so that names sort as versions do."""
    name = now.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    while (curated / "versions" / name).exists():
        time.sleep(0.001)
        name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    return name


def building(curated: Path, version: str) -> Path:
    """An empty folder in which a version is built; what dead runs left behind is removed."""
    versions = curated / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    for left in versions.glob(".*"):
        shutil.rmtree(left)
    folder = versions / f".{version}"
    folder.mkdir()
    return folder


def share_files(folder: Path, parent: Path | None) -> None:
    """Replaces files that the parent version has, byte for byte, by links to them (file names carry a hash of the content)."""
    if parent is None:
        return
    for path in folder.rglob("*.parquet"):
        same = next((parent / path.relative_to(folder)).parent.glob(f"{path.stem}.*"), None)
        if same:
            linked = path.with_suffix(".link")
            try:
                os.link(same, linked)
            except OSError:
                return  # this file system refuses links: the copies stay
            os.replace(linked, path)


def stamp_files(folder: Path, content: str) -> None:
    """Marks the names of a version's files with a hash of what the version is made from, so that no two versions share a name.

    A reader may list a folder through `latest` and look at each file after the swap. Arrow leaves out, without a word, files
    that have gone meanwhile; were some names still there, it would take these few for the whole table.
    """
    stamp = hashlib.sha256(content.encode()).hexdigest()[:8]
    for path in list(folder.rglob("*.parquet")):
        os.rename(path, path.with_name(f"{path.name.partition('.')[0]}.{stamp}.parquet"))


def publish(curated: Path, folder: Path, version: str) -> Path:
    """Makes the built folder durable, gives it its name, and lets readers see it. Returns the version's folder."""
    sync_all(folder)
    link = _ready_link(curated, version)  # from here on, whoever comes after a crash can finish
    final = curated / "versions" / version
    os.rename(folder, final)
    sync(final.parent)
    _swap(link)
    return final


def point(curated: Path, version: str) -> None:
    """Swaps `latest` to a version, in one atomic step."""
    _swap(_ready_link(curated, version))


def _ready_link(curated: Path, version: str) -> Path:
    link = curated / f".latest.{os.getpid()}"
    link.unlink(missing_ok=True)
    os.symlink(Path("versions") / version, link)
    return link


def _swap(link: Path) -> None:
    os.replace(link, link.with_name("latest"))
    sync(link.parent)


def sync_all(folder: Path) -> None:
    """Has the disk hold a folder and all in it when this returns."""
    for path in sorted(folder.rglob("*")):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """Has the disk hold a file, or the names in a folder, when this returns."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def latest(curated: Path) -> Path | None:
    """The folder of the version that readers see, or None before the first."""
    link = curated / "latest"
    return link.resolve() if (link / MANIFEST).exists() else None


def names(curated: Path) -> list[str]:
    """All kept versions, oldest first."""
    versions = curated / "versions"
    return sorted(p.name for p in versions.iterdir() if not p.name.startswith(".")) if versions.is_dir() else []


def find(curated: Path, name: str) -> Path:
    """The folder of a version, named in full, by an unambiguous beginning, or as `latest`. Raises NoVersion."""
    if name == "latest" and (folder := latest(curated)):
        return folder
    fitting = [version for version in names(curated) if version.startswith(name)]
    if len(fitting) == 1:
        return curated / "versions" / fitting[0]
    if len(fitting) > 1:
        raise NoVersion(f"{name!r} begins {len(fitting)} versions: {', '.join(fitting)}")
    have = ", ".join(names(curated)) or "none yet"
    raise NoVersion(f"no version {name!r} in {curated}; there are: {have}")


def read_manifest(folder: Path) -> dict[str, Any]:
    """A version's manifest."""
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))


def replace(curated: Path, folder: Path, name: str) -> None:
    """Puts the built folder in the place of the version `name`. Readers of that version must open their files anew."""
    sync_all(folder)
    gone = curated / "versions" / f".{name}.gone"
    os.rename(curated / "versions" / name, gone)
    os.rename(folder, curated / "versions" / name)
    sync(folder.parent)
    shutil.rmtree(gone)


def drop(curated: Path, name: str) -> None:
    """Removes a version: out of the listing first, so that a half-removed one is never taken for a whole one."""
    gone = curated / "versions" / f".{name}.gone"
    os.rename(curated / "versions" / name, gone)
    shutil.rmtree(gone)


def forget(curated: Path, keep: int) -> list[str]:
    """Removes all but the `keep` newest versions (never the one readers see); returns the names removed."""
    seen = latest(curated)
    old = [name for name in names(curated)[:-keep] if seen is None or name != seen.name]
    for name in old:
        drop(curated, name)
    return old
