"""What the README promises is run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    """A folder with curated/latest in it, made from the sample stories."""
    from tests.flows.conftest import curate

    folder = tmp_path_factory.mktemp("readme")
    curate(ROOT / "raw", folder / "curated")
    return folder


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def test_pandas_example(dataset):
    (code,) = blocks("python")
    done = subprocess.run([sys.executable, "-c", code], cwd=dataset, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "n_words" in done.stdout


def test_duckdb_example(dataset, monkeypatch):
    (query,) = blocks("sql")
    monkeypatch.chdir(dataset)
    rows = duckdb.sql(query).fetchall()
    assert sum(works for _, _, works, _ in rows) > 10


def test_commands_are_targets_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make (\w+)`?", TEXT):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_links_lead_somewhere():
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name} points to {link}"


def test_no_path_of_a_machine_and_no_host_of_a_registry():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split("\n")
    for name in filter(None, listed):
        path = ROOT / name
        if path.suffix in {".txt", ".py", ".md", ".toml", ".html"} and path.is_file():
            content = path.read_text(encoding="utf-8", errors="replace")
            assert os.path.expanduser("~") + "/" not in content or os.path.expanduser("~") == "/", name
            assert not re.search(r"^--(?:index-url|extra-index-url|find-links)", content, re.MULTILINE), name
