"""Headers in all layouts and languages, and what only looks like one, from `cases/`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from cases import Case, Span, read_cases

from transforms.metadata import Metadata
from transforms.metadata.fields import read_fields
from transforms.metadata.headers import find_header

CASES = read_cases("layouts", "languages", "traps", "more", "sites", "variants", "fresh", "last", "bare", "blocks", "dress")
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
        if span.kind not in ("boilerplate", "note") and case.text[span.start : span.end].strip():
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


PIECES = st.sampled_from(
    [
        "Title: A Walk",
        "Author: moth",
        "by moth",
        "Summary",
        "Summary: he goes",
        "",
        "",
        "The 100 (TV)",
        "F/F",
        "T",
        "A Walk",
        "***",
        "He went home, and slept.",
        "Rated: Fiction T - English - id: 1",
        "Words:1Chapters:1/1",
        "  more of it",
        "A/N: hi",
        "#a #b",
        "From: x",
        "Newsgroups: y",
        "Tags:",
        "Stats:",
        "Disclaimer: no",
        "Chapter 1",
        "Work Text:",
        "\u3000",
        "Название: X",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14).map("\n".join), st.integers(0, 12))
def test_spans_are_in_order_and_part_only_white_space(text: str, start: int) -> None:
    header = find_header(text, min(start, len(text)))
    if header is None:
        return
    at = None
    for span in header.spans:
        assert span.start < span.end <= len(text)
        assert not text[span.start].isspace() and not text[span.end - 1].isspace()
        if at is not None:
            assert text[at : span.start].strip() == ""
        at = span.end
    assert header.end == at
    read_fields(text, header.spans)


@pytest.mark.parametrize(
    "unit",
    [
        "Title: x\n",
        "a | ",
        "PG, ",
        "T - ",
        "Summary\n",
        "#a ",
        ":",
        "by ",
        "A/",
        "Words: 1 ",
        "From: a\n",
        "*",
        "(",
        "Aaa: b\n",
        "A line of text here\n",
    ],
)
def test_ends_on_hostile_text(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    find_header(text)
    read_fields(text, [Span("metadata", 0, len(text))])


def test_the_site_is_told_by_address_or_shape() -> None:
    text = "Salt\nPosted originally on the Archive of Our Own at http://archiveofourown.org/works/55.\n"
    metadata = read_fields(text, [Span("metadata", 0, len(text))])
    assert (metadata.site, metadata.site_id, metadata.title) == ("ao3", "55", "Salt")
    text = "Salt\nBy: moth\nRated: Fiction K - English - Drama - id: 99\n"
    metadata = read_fields(text, [Span("metadata", 0, len(text))])
    assert (metadata.site, metadata.site_id, metadata.rating_system) == ("ffn", "99", "ffn")


def test_the_original_of_a_translation_gives_no_id() -> None:
    text = "Title: X\nTranslator: Y\nOriginal: https://archiveofourown.org/works/55\n"
    metadata = read_fields(text, [Span("metadata", 0, len(text))])
    assert (metadata.url, metadata.site_id) == ("https://archiveofourown.org/works/55", None)


def test_a_second_header_adds_only_what_is_missing() -> None:
    first, story, second = "Title: Salt\nAuthor: moth\n", "The tide came in.\n", "Title: Salt, part two\nRating: PG\n"
    text = first + story + second
    spans = [
        Span("metadata", 0, len(first)),
        Span("story", len(first), len(first + story)),
        Span("metadata", len(first + story), len(text)),
    ]
    metadata = read_fields(text, spans)
    assert (metadata.title, metadata.rating) == ("Salt", "PG")
