"""Data goes one way, and so do imports; what is pure stays pure."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Each may import those before it in the list, and nothing after it. `report` and `card` read tables alone.
ORDER = [
    "metadata", "documents", "words", "titles", "wrapping", "encoding", "sources", "segments", "optouts", "narration",
    "relations", "removals", "privacy", "cleaning", "works", "schema", "report", "card", "explanation",
]  # fmt: skip

IMPURE = {"prefect", "flows", "os", "shutil", "subprocess", "socket", "requests", "httpx", "time", "tempfile", "glob"}


def modules():
    return sorted((ROOT / "transforms").rglob("*.py"))


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def subject(dotted: str) -> str:
    return dotted.split(".")[1] if dotted.count(".") else ""


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_transforms_import_what_comes_before_them(path):
    own = path.relative_to(ROOT / "transforms").parts[0].removesuffix(".py")
    if own == "__init__":
        return
    assert own in ORDER, f"{own} has no place in the order; see transforms/__init__.py"
    later = ORDER[ORDER.index(own) + 1 :]
    wrong = {name for name in imported(path) if name.startswith("transforms.") and subject(name) in later}
    assert not wrong, f"{own} must not know {wrong}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_transforms_are_pure(path):
    wrong = {name for name in imported(path) if name.split(".")[0] in IMPURE}
    assert not wrong, f"{path.name} reaches into the world with {wrong}"


def test_only_some_modules_of_flows_know_prefect():
    knowing = {
        path.stem
        for path in (ROOT / "flows").rglob("*.py")
        if any(name.split(".")[0] == "prefect" for name in imported(path))
    }
    assert knowing <= {"batches", "curate", "running", "serving"}
