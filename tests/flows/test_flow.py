"""The flow with real Prefect: its own temporary server, and a server that somebody started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time

import httpx
import pandas as pd
import pytest

from flows.running import QUIET
from tests.flows.conftest import ROOT, curate, story
from tests.flows.test_incremental import tables

pytestmark = pytest.mark.xdist_group("prefect")

SMALL = {"FICTION_CURATOR_BATCH_MB": "0.02"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A Prefect server on loopback; gives its environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = tmp_path_factory.mktemp("prefect")
    env = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    env |= QUIET | {"PREFECT_HOME": str(home), "PYTHONPATH": str(ROOT)}
    log = open(home / "log", "wb")  # noqa: SIM115 (the server writes to it as long as the tests run)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}/api"
    try:
        for _ in range(240):
            try:
                if httpx.get(f"{url}/health", timeout=2).status_code == 200:
                    break
            except httpx.HTTPError:
                time.sleep(0.5)
        else:
            pytest.fail(f"Prefect's server did not start: {(home / 'log').read_text()[-2000:]}")
        yield env | {"PREFECT_API_URL": url}
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def run(env, *arguments):
    command = [sys.executable, "-c", "from flows.cli import main; main()", "run", *map(str, arguments)]
    return subprocess.run(command, env=env, capture_output=True, text=True)


@pytest.fixture
def many(tmp_path):
    """Stories for several batches, batches being as small as `SMALL` sets them."""
    raw = tmp_path / "raw"
    raw.mkdir()
    for at in range(8):
        (raw / f"s{at}.txt").write_text(story(f"Kit{at}", "rowed", f"the {at}th sluice", 12), encoding="utf-8")
    return raw


def test_a_run_shows_its_stages_in_a_server_and_no_text(server, many, tmp_path):
    done = run(server | SMALL, "--raw", many, "--curated", tmp_path / "curated", "--workers", 2)
    assert done.returncode == 0, done.stderr
    assert "8 documents = 8 published" in done.stdout
    url = server["PREFECT_API_URL"]
    flows = httpx.post(f"{url}/flow_runs/filter", json={}).json()
    assert [flow["state"]["type"] for flow in flows] == ["COMPLETED"]
    for _ in range(40):  # task runs are recorded a little later than they end
        tasks = httpx.post(f"{url}/task_runs/filter", json={}).json()
        if len(tasks) >= 6:
            break
        time.sleep(0.25)
    names = sorted(task["name"].partition("-")[0] for task in tasks)
    assert {"clean", "relate", "write", "report", "publish"} <= set(names) and names.count("clean") >= 2
    logs = httpx.post(f"{url}/logs/filter", json={"limit": 200}).text
    artifacts = httpx.post(f"{url}/artifacts/filter", json={}).text
    for word in ("sluice", "Kit3", "harbour"):
        assert word not in logs + artifacts + str(flows) + str(tasks)
    again = run(server | SMALL, "--raw", many, "--curated", tmp_path / "curated")
    assert again.returncode == 0 and "nothing has changed" in again.stdout
    # The same bytes as without Prefect, in one process and with other batches.
    assert tables(tmp_path / "curated" / "latest") == tables(curate(many, tmp_path / "other", batch_mb=0.1))


def test_a_run_starts_a_server_of_its_own(many, tmp_path):
    env = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    env |= {"PREFECT_HOME": str(tmp_path / "prefect"), "PYTHONPATH": str(ROOT)}
    done = run(env, "--raw", many, "--curated", tmp_path / "curated", "--engine", "serial", "--rows", "2")
    assert done.returncode == 0, done.stderr
    assert "published" in done.stdout and str(tmp_path / "curated" / "latest" / "report" / "index.html") in done.stdout
    assert len(pd.read_parquet(tmp_path / "curated" / "latest" / "works")) == 8


def test_a_served_deployment_runs(server, many, tmp_path):
    """`serve` keeps a deployment with a schedule; a run that is asked for is picked up and publishes."""
    command = [sys.executable, "-c", "from flows.cli import main; main()", "serve", "--cron", "0 3 * * *"]
    command += ["--raw", str(many), "--curated", str(tmp_path / "curated")]
    url = server["PREFECT_API_URL"]
    with open(tmp_path / "log", "wb") as log:
        process = subprocess.Popen(command, env=server, stdout=log, stderr=log, cwd=tmp_path)
        try:
            found = wait_for(lambda: asked("POST", f"{url}/deployments/filter", {}))
            assert found[0]["schedules"][0]["schedule"]["cron"] == "0 3 * * *"
            create = f"{url}/deployments/{found[0]['id']}/create_flow_run"
            run_ = wait_for(lambda: asked("POST", create, {"state": {"type": "SCHEDULED"}}))
            ended = wait_for(lambda: ended_state(url, run_["id"]))
            assert ended == "COMPLETED", (tmp_path / "log").read_text(encoding="utf-8")[-3000:]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
    assert len(pd.read_parquet(tmp_path / "curated" / "latest" / "works")) == 8


def asked(method, url, body=None):
    """The server's answer, or None where it has none yet: with several writers its SQLite is locked now and then, and it
    answers with an error and expects to be asked again, as Prefect's own client does."""
    answer = httpx.request(method, url, json=body, timeout=30)
    if not answer.is_success:
        print(f"{method} {url}: {answer.status_code} {answer.text[:400]}")
        return None
    return answer.json()


def ended_state(url, run_id):
    run_ = asked("GET", f"{url}/flow_runs/{run_id}")
    state = run_ and run_["state"]["type"]
    return state if state in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") else None


def wait_for(answer, seconds=90):
    for _ in range(seconds * 2):
        if found := answer():
            return found
        time.sleep(0.5)
    pytest.fail("waited in vain")
