"""Pages of sites, and pages that are no stories, as cases in pages/: a head of `key: value` lines, `---`, the page.

`story` gives the first and last words of what is left undecided; `note`, `hidden`, `not_story` words that must stand in blocks of
that kind (not_story: in none that is undecided); `chapter` a heading each; `part` key, position and total; `reason` a rejection.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from transforms.documents import Draft, Rejection
from transforms.sources import read

CASES = sorted((Path(__file__).parent / "pages").glob("*.page"))
PLAIN = {"site_id": "site_id", "title": "title", "summary": "summary", "status": "status", "rating": "rating"}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_page(path: Path) -> None:
    head, _, page = path.read_text(encoding="utf-8").partition("\n---\n")
    wanted: dict[str, list[str]] = {}
    for line in head.splitlines():
        key, _, value = line.partition(":")
        wanted.setdefault(key, []).append(value.strip())
    (found,) = read(io.BytesIO(page.encode()), f"{path.stem}.html")
    if "reason" in wanted:
        assert isinstance(found, Rejection) and found.reason == wanted["reason"][0], found
        return
    assert isinstance(found, Draft), found
    by_kind: dict[str | None, str] = {}
    for block in found.blocks:
        by_kind[block.kind] = by_kind.get(block.kind, "") + block.text
    story = " ".join(by_kind[None].split())
    first, last = wanted["story"][0].split(" | ")
    assert story.startswith(first) and story.endswith(last), story
    for text in wanted.get("note", ()):
        assert text in by_kind["note"]
        assert text not in story
    for text in wanted.get("hidden", ()):
        assert text in by_kind["boilerplate"] and text not in story
    for text in wanted.get("not_story", ()):
        assert text not in story
    assert [block.text.strip() for block in found.blocks if block.chapter] == wanted.get("chapter", [])
    meta = found.metadata
    assert found.site == meta.site == wanted.get("site", [None])[0]
    for key, name in PLAIN.items():
        if key in wanted:
            assert getattr(meta, name) == wanted[key][0]
    if "author" in wanted:
        assert list(meta.authors) == wanted["author"]
    if "fandom" in wanted:
        assert list(meta.fandoms) == wanted["fandom"]
    if "words" in wanted:
        assert meta.stated_words == int(wanted["words"][0])
    for key in ("published", "updated"):
        if key in wanted:
            assert str(getattr(meta, key)) == wanted[key][0]
    if "part" in wanted:
        key, position, total = wanted["part"][0].split()
        assert (found.part.key, found.part.position, found.part.total) == (key, int(position), int(total))
