"""The mirror on a real S3 server, started by the test."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest
from moto.server import ThreadedMotoServer

from flows import mirrors, removing, versions
from flows.removing import Wanted
from tests.flows.conftest import curate, story


@pytest.fixture
def bucket(monkeypatch):
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    import boto3

    boto3.client("s3").create_bucket(Bucket="stories")
    yield "s3://stories/dataset"
    server.stop()


def objects(prefix="") -> dict[str, bytes]:
    import boto3

    client = boto3.client("s3")
    keys = [item["Key"] for item in client.list_objects_v2(Bucket="stories", Prefix=prefix).get("Contents", [])]
    return {key: client.get_object(Bucket="stories", Key=key)["Body"].read() for key in keys}


def test_a_mirror_holds_what_the_dataset_holds(bucket, stories, tmp_path):
    curated = tmp_path / "curated"
    first = curate(stories, curated, keep_versions=2)
    assert mirrors.sync(curated, bucket) == [first.name]
    mirror = mirrors.Mirror(bucket)
    assert mirror.latest() == first.name
    assert len(pd.read_parquet(f"{bucket}/versions/{first.name}/works")) == 3
    assert mirrors.sync(curated, bucket) == []

    for name in ("Juno", "Pell"):
        (stories / f"{name}.txt").write_text(story(name, "ran", "the moat"), encoding="utf-8")
        curate(stories, curated, keep_versions=2)
        mirrors.sync(curated, bucket)
    assert mirror.names() == versions.names(curated) and first.name not in mirror.names()
    assert len(pd.read_parquet(f"{bucket}/versions/{mirror.latest()}/works")) == 5


def test_a_removal_reaches_the_mirror(bucket, stories, tmp_path):
    curated = tmp_path / "curated"
    curate(stories, curated)
    (stories / "juno.txt").write_text(story("Juno", "ran", "the moat"), encoding="utf-8")
    curate(stories, curated)
    mirrors.sync(curated, bucket)
    removing.remove(curated, Wanted(sources=frozenset({"wren.txt"})), "asked", datetime.now(UTC))
    mirrors.sync(curated, bucket)
    for name in mirrors.Mirror(bucket).names():
        works = pd.read_parquet(f"{bucket}/versions/{name}/works")
        assert "wren.txt" not in set(works["source"]) and len(works)
    assert not [key for key, content in objects().items() if b"the mill" in content]


def test_two_writers_do_not_undo_each_other(bucket, stories, tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    curate(stories, one)
    curate(stories, other)
    mirrors.sync(one, bucket)
    mirror = mirrors.Mirror(bucket)
    stale = mirrors._read_pointer(mirror)
    mirrors._move_pointer(mirror, "somebody else's", stale)
    with pytest.raises(mirrors.MirrorMoved):
        mirrors._move_pointer(mirror, versions.latest(other).name, stale)
    with pytest.raises(mirrors.MirrorMoved):
        mirrors._move_pointer(mirror, versions.latest(other).name, None)
    assert mirror.latest() == "somebody else's"


def test_a_folder_can_be_a_mirror(stories, tmp_path):
    curated = tmp_path / "curated"
    latest = curate(stories, curated)
    uri = (tmp_path / "mirror").as_uri()
    (tmp_path / "mirror").mkdir()
    mirrors.sync(curated, uri)
    assert (tmp_path / "mirror" / "LATEST").read_text(encoding="utf-8") == latest.name
    assert len(pd.read_parquet(tmp_path / "mirror" / "versions" / latest.name / "works")) == 3
