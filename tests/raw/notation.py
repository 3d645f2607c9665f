"""The notation of the readable sources: heads, chapters, paragraphs, emphasis; and the same as XML.

A source may begin with `key: value` lines. A line `--- Title` begins a chapter; `head:`/`notes:` right under it and
`foot:`/`endnotes:` at its end are the chapter's notes. Paragraphs are parted by a blank line, `*so*` is emphasis, a
paragraph `***` is a scene break, `#` and `##` begin a title and a heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

SOURCES = Path(__file__).parent / "sources"
_NOTE = re.compile(r"^(head|notes|foot|endnotes): (.*)$", re.M)


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    paragraphs: tuple[str, ...]
    head: str | None = None
    foot: str | None = None


@dataclass(frozen=True, slots=True)
class Book:
    head: dict[str, str]
    chapters: tuple[Chapter, ...]


def text(name: str) -> str:
    return (SOURCES / name).read_bytes().decode("utf-8")


def record(name: str) -> tuple[dict[str, str], str]:
    """A source with a head, as its fields and its body."""
    head, body = text(name).split("\n---\n", 1)
    return dict(line.split(": ", 1) for line in head.splitlines()), body


def book(name: str) -> Book:
    """A source with a head and chapters."""
    head, *chapters = re.split(r"^--- ", text(name), flags=re.M)
    return Book(dict(line.split(": ", 1) for line in head.splitlines()), tuple(map(_chapter, chapters)))


def _chapter(part: str) -> Chapter:
    title, body = part.split("\n", 1)
    notes = {key: value for key, value in _NOTE.findall(body)}
    first, last = notes.get("head") or notes.get("notes"), notes.get("foot") or notes.get("endnotes")
    return Chapter(title, paragraphs(_NOTE.sub("", body)), first, last)


def paragraphs(body: str) -> tuple[str, ...]:
    return tuple(part.strip("\n") for part in re.split(r"\n\n+", body.strip("\n")))


def xml(paragraph: str) -> str:
    """A paragraph's text for XML or HTML, with its emphasis as `em`."""
    return re.sub(r"\*([^*\n]+)\*", r"<em>\1</em>", escape(paragraph, quote=False))


def html(parts: tuple[str, ...], css: str = "") -> str:
    mark = f' class="{css}"' if css else ""
    return "\n".join("<hr/>" if part == "***" else f"<p{mark}>{xml(part)}</p>" for part in parts)
