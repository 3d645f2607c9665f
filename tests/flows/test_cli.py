"""The command line as a person meets it: its verbs, its exit codes, its one-line errors."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from flows.cli import app
from tests.flows.conftest import ROOT, curate

VERBS = ("run", "serve", "explain", "check", "versions", "diff", "rollback", "remove", "report")


def call(*arguments, cwd, **environment):
    """The command in a process of its own, as installed; gives (exit code, output, errors)."""
    code = "from flows.cli import main; main()"
    env = {key: value for key, value in os.environ.items() if not key.startswith(("FICTION_CURATOR_", "PREFECT_"))}
    env |= environment | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code, *map(str, arguments)], cwd=cwd, env=env, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def test_every_verb_is_there_and_documented():
    readme = "".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", ROOT / "docs" / "operating.md"])
    for verb in VERBS:
        assert re.search(rf"(?:`|fiction-curator ){verb}\b", readme), f"{verb} is not in the documentation"
        assert app[verb].help or app[verb].default_command.__doc__


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb, tmp_path):
    code, output, _ = call(verb, "--help", cwd=tmp_path)
    assert code == 0 and "Usage: fiction-curator" in output


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "says"),
    [
        (["frobnicate"], {}, 2, "frobnicate"),
        (["check", "--nonsense"], {}, 2, "nonsense"),
        (["run", "--workers", "many"], {}, 2, "workers"),
        (["run", "--workers", "0"], {}, 2, "workers"),
        (["check"], {"FICTION_CURATOR_WROKERS": "2"}, 2, "FICTION_CURATOR_WROKERS"),
        (["check"], {"FICTION_CURATOR_CONFIG": "nowhere.toml"}, 2, "nowhere.toml"),
        (["run", "--raw", "missing"], {}, 1, "missing"),
        (["check"], {}, 1, "no version"),
        (["versions"], {}, 1, "fiction-curator run"),
        (["report"], {}, 1, "fiction-curator run"),
        (["explain", "nothing.txt"], {}, 1, "nothing.txt"),
        (["rollback", "2020"], {}, 1, "2020"),
        (["remove", "--reason", "asked"], {}, 1, "--work"),
    ],
)
def test_errors_are_one_line(arguments, environment, code, says, tmp_path):
    found, output, errors = call(*arguments, cwd=tmp_path, **environment)
    assert (found, output) == (code, "")
    assert says in errors and "Traceback" not in errors
    assert len(errors.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [("wrokers = 2", "wrokers"), ("workers = ", "fiction-curator.toml"), ("[reading]\nmax_dept = 2", "max_dept")],
)
def test_a_wrong_configuration_file_is_named(text, says, tmp_path):
    (tmp_path / "fiction-curator.toml").write_text(text, encoding="utf-8")
    code, _, errors = call("check", cwd=tmp_path)
    assert code == 2 and says in errors and len(errors.strip().splitlines()) == 1


def test_an_unwritable_dataset_is_said(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "curated").write_text("a file", encoding="utf-8")
    code, _, errors = call("run", cwd=tmp_path)
    assert code == 1 and "curated" in errors and "Traceback" not in errors


def test_history(stories, tmp_path):
    curated = tmp_path / "curated"
    first = curate(stories, curated).name
    (stories / "wren.txt").unlink()
    text = (stories / "ives.txt").read_text(encoding="utf-8")
    (stories / "ives.txt").write_text(text + "\nNobody asked her again.\n", encoding="utf-8")
    second = curate(stories, curated).name
    code, output, _ = call("diff", first, second, "--curated", curated, cwd=tmp_path)
    assert code == 0 and "removed: 1" in output and "changed: 1" in output
    code, output, _ = call("rollback", first, "--curated", curated, cwd=tmp_path)
    assert code == 0 and first in output
    code, output, _ = call("versions", "--curated", curated, cwd=tmp_path)
    assert code == 0 and f"{first}  3 works" in output and output.index("<- latest") < output.index(second)
    assert call("check", "--curated", curated, cwd=tmp_path)[0] == 0
    assert curate(stories, curated).name not in (first, second)


def test_check_finds_a_changed_file(stories, tmp_path):
    latest = curate(stories, tmp_path / "curated")
    path = next((latest / "works").iterdir())
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    code, _, errors = call("check", "--curated", tmp_path / "curated", cwd=tmp_path)
    assert code == 1 and path.name in errors


def test_explain_a_file_and_a_work(sample, tmp_path):
    raw = ROOT / "raw"
    options = ("--raw", raw, "--curated", sample.parents[1])
    code, output, errors = call("explain", raw / "pastes" / "the-third-bell.txt", *options, cwd=tmp_path)
    assert code == 0, errors
    assert "The Third Bell" in output and "note" in output
    page = tmp_path / "page.html"
    code, output, _ = call("explain", "ao3-900000101", *options, "--html", page, cwd=tmp_path)
    assert code == 0 and "<html" in page.read_text(encoding="utf-8")
    code, _, errors = call("explain", raw / "dumps" / "export.jsonl.gz", *options, cwd=tmp_path)
    assert code == 1 and "export.jsonl.gz#1" in errors
    code, output, _ = call("explain", "dumps/export.jsonl.gz#1", *options, cwd=tmp_path)
    assert code == 0 and "export.jsonl.gz#1" in output
