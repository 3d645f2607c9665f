"""Headers in all layouts and languages, and what only looks like one, from `cases/`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from cases import Case, read_cases

from transforms.metadata import Metadata
from transforms.metadata.fields import read_fields
from transforms.metadata.headers import find_header

CASES = read_cases("layouts", "languages", "traps", "more", "sites", "variants")
COLUMNS = {"author": "authors", "fandom": "fandoms", "category": "categories", "words": "stated_words"}
FIELDS = [
    "title",
    "author",
    "fandom",
    "rating",
    "category",
    "warnings",
    "relationships",
    "characters",
    "tags",
    "status",
    "words",
    "url",
    "summary",
    "published",
    "updated",
    "chapters",
    "language",
]


def params(cases: list[Case]) -> list:
    return [
        pytest.param(
            case, id=case.name, marks=[pytest.mark.xfail(reason=case.known_failure, strict=True)] if case.known_failure else []
        )
        for case in cases
    ]


def kinds_of(case: Case) -> list[str]:
    kinds = ["story"] * len(case.text)
    for span in case.spans:
        kinds[span.start : span.end] = [span.kind] * (span.end - span.start)
    return kinds


def header_problems(case: Case) -> list[str]:
    """What is wrong with the header's spans: characters of another kind, and header characters that were not found."""
    start = 0
    for span in case.spans:
        if span.kind != "boilerplate" and case.text[span.start : span.end].strip():
            break
        start = span.end
    kinds, covered, problems = kinds_of(case), set(), []
    header = find_header(case.text, start)
    for span in header.spans if header else ():
        covered.update(range(span.start, span.end))
        wrong = {kinds[i] for i in range(span.start, span.end) if not case.text[i].isspace()} - {span.kind}
        if wrong:
            problems.append(f"{case.text[span.start : span.end][:40]!r} is {wrong}, found {span.kind} by {span.rule}")
    for span in case.spans:
        text = case.text[span.start : span.end].strip()
        if span.start >= start and text and span.kind in ("story", "heading", "boilerplate"):
            break
        if span.kind in ("metadata", "summary") and text:
            missed = [i for i in range(span.start, span.end) if i not in covered and not case.text[i].isspace()]
            if missed:
                problems.append(f"missed {case.text[missed[0] : missed[-1] + 1][:60]!r}")
    return problems


def stated(metadata: Metadata) -> dict[str, str]:
    out = {}
    for field in FIELDS:
        if field == "chapters":
            posted, total = metadata.stated_chapters, metadata.total_chapters
            value = None if posted is None else str(posted)
            out["chapters"] = (value, f"{posted}/{total if total is not None else '?'}")
            continue
        name = "language_stated" if field == "language" else COLUMNS.get(field, field)
        value = getattr(metadata, name)
        out[field] = "; ".join(value) if isinstance(value, tuple) else None if value is None else str(value)
    return out


def field_problems(case: Case, metadata: Metadata) -> list[str]:
    found, problems = stated(metadata), []
    for field in FIELDS:
        want, got = case.expected.get(field), found[field]
        if field == "chapters":
            if (want is None) != (got[0] is None) or (want is not None and want not in got):
                problems.append(f"chapters {got} for {want}")
            continue
        if field in ("published", "updated") and want is None:
            continue
        if " ".join((got or "").split()).casefold() != (want or "").casefold():
            problems.append(f"{field}: {got!r} for {want!r}")
    return problems


@pytest.mark.parametrize("case", params(CASES))
def test_reads_a_case(case: Case) -> None:
    assert header_problems(case) + field_problems(case, read_fields(case.text, case.spans)) == []
