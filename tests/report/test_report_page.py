"""The report as a page: whole, safe, self-contained, bounded, and adding up."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import resources

import pandas as pd
import pyarrow as pa
import pytest
from report_frames import empty, make
from report_reading import Page, check_page

from transforms import schema
from transforms.report import COLUMNS, ReportTables, render

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> \u202egnp.exe\u202c \x1b[31m {{ 7*7 }}"


def test_a_page_of_everything(page):
    check_page(page)


def test_dispositions_add_up(tables, page):
    shown = re.search(r'<p class="sum">.*?</p>', page, re.S)[0]
    whole, *parts = (int(n.replace(",", "")) for n in re.findall(r"([\d,]+)</b>", shown))
    assert whole == sum(parts) == len(tables.documents)
    assert len(parts) == len(schema.DISPOSITIONS)


def test_nothing_at_all():
    page = check_page(render(empty()))
    assert "0 works from 0 documents" in page.words
    assert "There are no documents in this version" in page.words


def test_tables_without_columns():
    check_page(render(ReportTables(*(pd.DataFrame() for _ in range(5)), manifest={})))


def test_rejections_only():
    tables = make(200)
    rejected = tables.documents[tables.documents["disposition"] == "rejected"]
    nothing = empty()
    page = check_page(render(replace(nothing, documents=rejected)))
    assert f"0 works from {len(rejected)} documents" in page.words


def test_one_work():
    check_page(render(make(1)))


def test_text_from_files_does_nothing():
    tables = make(120)
    documents, works = tables.documents.copy(), tables.works.copy()
    for column in ("source", "format", "site", "encoding", "work_id", "detail", "reason"):
        documents[column] = documents[column].astype(object).where(documents[column].isna(), EVIL)
    for column in ("work_id", "title", "rating", "rating_system", "form", "language", "source", "cluster_id"):
        works[column] = EVIL
    works["flags"] = [[EVIL, "truncated"]] * len(works)
    segments = tables.segments.assign(kind=EVIL, rule=EVIL, topics=[[EVIL]] * len(tables.segments))
    doubts = tables.doubts.assign(excerpt=EVIL, reason=EVIL, source=EVIL)
    relations = tables.relations.assign(relation=EVIL)
    manifest = {"version": EVIL, "parent": EVIL, "created": EVIL, "counts": {EVIL: 3}, "timings": {EVIL: 1.0}}
    html = render(ReportTables(documents, works, relations, segments, doubts, manifest, {"counts": {EVIL: 1}}))
    check_page(html)
    assert "<img" not in html and "alert(1)</script>" not in html
    assert "\u202e" not in html and "\x1b" not in html
    assert "⟨U+202E⟩" in html
    assert "{{ 7*7 }}" in html  # a template's marks are text as well


def test_no_more_than_a_dozen_words_of_anybody():
    words = " ".join(f"word{i}" for i in range(1, 2_000))
    tables = make(60)
    documents = tables.documents.copy()
    documents["opt_outs"] = [[{"kind": "no_ai", "phrase": words}]] * len(documents)
    documents["disposition"] = ["opted_out" if i % 2 else "published" for i in range(len(documents))]
    works = tables.works.assign(title=words, summary=words, flags=[["truncated", "uncertain_parts"]] * len(tables.works))
    html = render(replace(tables, documents=documents, works=works, doubts=tables.doubts.assign(excerpt=words)))
    assert "word12" in html
    assert "word13" not in html


@pytest.mark.parametrize("n", [15_000])
def test_the_page_stays_of_a_size_that_can_be_read(n):
    tables = make(n)
    sites = [f"site{i % 5_000}" for i in range(n)]
    systems = [f"system {i}" for i in range(len(tables.works))]
    works = tables.works.assign(rating_system=systems, flags=[list(schema.FLAGS)] * len(systems))
    html = render(replace(tables, documents=tables.documents.assign(site=sites, encoding=sites), works=works))
    check_page(html)
    assert len(html) < 400_000
    assert "more are in the dataset" in html


def test_tables_as_parquet_gives_them(tables, page):
    """Lists come back as arrays, strings as Arrow strings, nulls as NaN or None: the page is the same."""
    frames = {}
    for name in ("documents", "works", "relations"):
        wanted = pa.schema([f for f in schema.arrow_schema(name) if f.name != "text"])
        frame = getattr(tables, name)
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        frames[name] = pa.Table.from_pylist(rows, schema=wanted).to_pandas()
    assert render(replace(tables, **frames)) == page


def test_only_the_named_columns_are_read(tables, page):
    frames = {name: getattr(tables, name)[list(columns)] for name, columns in COLUMNS.items()}
    assert render(replace(tables, **frames)) == page


def test_the_named_columns_are_published_ones():
    for table in ("documents", "works", "relations"):
        assert set(COLUMNS[table]) <= {field.name for field in schema.TABLES[table]} - {"text", "stated"}


def test_changes_since_the_version_before():
    now = {"counts": {"works": 12, "dispositions": {"rejected": 1}, "rows": {"works": 12, "segments": 40}, "new": 2}}
    before = {"counts": {"works": 10, "dispositions": {"rejected": 1}, "rows": {"works": 10, "segments": 50}, "gone": 4}}
    words = check_page(render(replace(empty(), manifest=now, previous=before))).words
    assert "works 10 12 +2" in words and "rows / segments 50 40 −10" in words and "new – 2 +2" in words and "gone 4 0 −4" in words
    assert "rejected 1" not in words and "rows / works" not in words
    assert "No count has changed" in Page(render(replace(empty(), manifest=now, previous=now))).words
    first = check_page(render(replace(empty(), manifest=now))).words
    assert "the first version" in first and "Since the version before" not in first


def test_every_chart_is_named_and_has_its_numbers(page):
    charts = [a for tag, a in Page(page).tags if tag == "svg" and a.get("role") == "img"]
    assert len(charts) >= 6
    assert all(a["aria-labelledby"] for a in charts)
    drawn = [a for tag, a in Page(page).tags if tag == "svg" and a.get("role") != "img"]
    assert all(a.get("aria-hidden") == "true" for a in drawn)  # their numbers stand beside them
    assert page.count('<svg class="histogram"') == page.count('<details class="numbers">')


def test_it_can_be_read_without_its_script(page):
    without = re.sub(r"<script>.*?</script>", "", page, flags=re.S)
    assert Page(without).words == Page(page).words


def style() -> str:
    return (resources.files("transforms.report") / "templates" / "page.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper", "least"), [
    ("ink", "paper", 7), ("ink", "card", 7), ("soft", "paper", 4.5), ("soft", "card", 4.5),
    ("link", "card", 4.5), ("ink", "mark", 7),
    *((name, "card", 3) for name in ("published", "duplicate", "opted_out", "removed", "rejected", "t0", "t1", "t2", "t3", "t4")),
])  # fmt: skip
def test_contrast(scheme, ink, paper, least):
    """WCAG 2: 4.5 for text (we want 7 where one reads), 3 for graphics."""
    light, dark = (dict(re.findall(r"--([\w]+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", style(), re.S)[:2])
    colours = light if scheme == "light" else dark
    high, low = sorted((luminance(colours[ink]), luminance(colours[paper])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= least


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
