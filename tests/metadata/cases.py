"""Reads the cases: `===== name`, a head of expected fields (`known_failure: why` for what is known to fail), `---`, the text.

In the text, `[[kind]]` or `[[kind:topic]]` ... `[[/kind]]` mark what the header is made of; all else is story.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
_TAG = re.compile(r"\[\[(/?)([a-z_]+)(?::([a-z_,]+))?\]\]")


@dataclass(frozen=True)
class Span:
    kind: str
    start: int
    end: int
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    name: str
    expected: dict[str, str]
    known_failure: str | None
    text: str
    spans: tuple[Span, ...]


def read_cases(*names: str) -> list[Case]:
    found = []
    for name in names:
        raw = (HERE / "cases" / f"{name}.txt").read_text(encoding="utf-8")
        for chunk in re.split(r"(?m)^===== ", raw)[1:]:
            found.append(_read(name, chunk))
    return found


def _read(group: str, chunk: str) -> Case:
    head, _, body = chunk.partition("---\n")
    title, _, rest = head.partition("\n")
    expected = dict((part.strip() for part in line.split(":", 1)) for line in rest.splitlines() if line.strip())
    text, spans, at, cursor, kind, topics = "", [], 0, 0, "story", ()
    for tag in _TAG.finditer(body):
        text += body[cursor : tag.start()]
        if len(text) > at:
            spans.append(Span(kind, at, len(text), topics))
        at, cursor = len(text), tag.end()
        kind = "story" if tag.group(1) else tag.group(2)
        topics = tuple((tag.group(3) or "").split(",")) if tag.group(3) and not tag.group(1) else ()
    text += body[cursor:]
    spans.append(Span(kind, at, len(text), topics))
    return Case(f"{group}: {title.strip()}", expected, expected.pop("known_failure", None), text, tuple(spans))
