"""A copy of the published versions on object storage: `s3://bucket/folder`, `gs://bucket/folder`, or any other that Arrow knows.

    versions/<version>/...     the files of a version; its manifest comes last, so a version with a manifest is whole
    LATEST                     the name of the version to read: object storage has no links

The pointer is put under the condition that nobody else has moved it (S3's If-Match), so that two writers cannot undo each
other's work unseen. Other stores than S3 have no such condition here: there the lock of the local dataset is all there is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow.fs as pafs

from flows import versions
from flows.errors import CurationError, MirrorMoved

POINTER = "LATEST"


class Mirror:
    """A mirror at a URI. The store's own settings apply (AWS_ENDPOINT_URL, AWS_PROFILE, ...)."""

    def __init__(self, uri: str):
        self.uri = uri.rstrip("/")
        self.store, self.root = pafs.FileSystem.from_uri(self.uri)

    def latest(self) -> str | None:
        """The name of the version to read."""
        with suppress(FileNotFoundError), self.store.open_input_stream(f"{self.root}/{POINTER}") as stream:
            return stream.read().decode().strip()
        return None

    def names(self) -> list[str]:
        """The versions that are there, whole or not."""
        found = self.store.get_file_info(pafs.FileSelector(f"{self.root}/versions", allow_not_found=True))
        return sorted(info.base_name for info in found if info.type == pafs.FileType.Directory)

    def manifest(self, name: str) -> dict[str, Any] | None:
        """The manifest of a version; None where the version is not whole."""
        with suppress(FileNotFoundError), self.store.open_input_stream(f"{self.root}/versions/{name}/manifest.json") as stream:
            return json.loads(stream.read())
        return None


def sync(curated: Path, uri: str) -> list[str]:
    """Makes the mirror hold what the dataset holds: uploads new and rewritten versions, moves the pointer, removes the others.

    Gives the names of what was uploaded. Raises MirrorMoved, CurationError, OSError of the store.
    """
    mirror = Mirror(uri)
    before = _read_pointer(mirror)
    uploaded = []
    for name in versions.names(curated):
        folder = curated / "versions" / name
        if mirror.manifest(name) != versions.read_manifest(folder):
            _upload(mirror, folder, name)
            uploaded.append(name)
    seen = versions.latest(curated)
    if seen and mirror.latest() != seen.name:
        _move_pointer(mirror, seen.name, before)
    for name in mirror.names():
        if name not in versions.names(curated):
            mirror.store.delete_dir(f"{mirror.root}/versions/{name}")
    return uploaded


def _upload(mirror: Mirror, folder: Path, name: str) -> None:
    """Uploads a version, its manifest last. Files that the version readers see has too are copied in the store."""
    target = f"{mirror.root}/versions/{name}"
    if mirror.store.get_file_info(target).type != pafs.FileType.NotFound:
        mirror.store.delete_dir(target)
    there = mirror.latest()
    others = (mirror.manifest(there) or {"files": []})["files"] if there and there != name else []
    known = {file["sha256"]: file["path"] for file in others}
    hashes = {file["path"]: file["sha256"] for file in versions.read_manifest(folder)["files"]}
    for path in _in_order(folder):
        relative = path.relative_to(folder).as_posix()
        mirror.store.create_dir(f"{target}/{relative}".rpartition("/")[0], recursive=True)
        same = known.get(hashes.get(relative))
        if same:
            mirror.store.copy_file(f"{mirror.root}/versions/{there}/{same}", f"{target}/{relative}")
            continue
        with open(path, "rb") as source, mirror.store.open_output_stream(f"{target}/{relative}") as sink:
            while block := source.read(8 << 20):
                sink.write(block)


def _in_order(folder: Path) -> Iterator[Path]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    yield from (path for path in files if path != folder / versions.MANIFEST)
    yield folder / versions.MANIFEST


def _s3(mirror: Mirror) -> tuple[Any, str, str]:
    """A client that can put under a condition, the bucket, and the pointer's key."""
    try:
        import boto3
    except ImportError:
        raise CurationError("a mirror on s3:// needs boto3: install fiction-curator[s3]") from None
    bucket, _, folder = mirror.root.partition("/")
    return boto3.client("s3"), bucket, f"{folder}/{POINTER}".lstrip("/")


def _read_pointer(mirror: Mirror) -> str | None:
    """What identifies the pointer as it stands (S3's ETag), to move it only if it still stands so."""
    if urlsplit(mirror.uri).scheme != "s3":
        return None
    client, bucket, key = _s3(mirror)
    try:
        return client.head_object(Bucket=bucket, Key=key)["ETag"]
    except client.exceptions.ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            return None
        raise CurationError(f"{mirror.uri}: {error}") from None


def _move_pointer(mirror: Mirror, name: str, before: str | None) -> None:
    if urlsplit(mirror.uri).scheme != "s3":
        with mirror.store.open_output_stream(f"{mirror.root}/{POINTER}") as sink:
            sink.write(name.encode())
        return
    client, bucket, key = _s3(mirror)
    condition = {"IfMatch": before} if before else {"IfNoneMatch": "*"}
    try:
        client.put_object(Bucket=bucket, Key=key, Body=name.encode(), **condition)
    except client.exceptions.ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] in (409, 412):
            raise MirrorMoved(f"{mirror.uri}: another writer moved {POINTER}; nothing was overwritten, run again") from None
        raise CurationError(f"{mirror.uri}: {error}") from None
