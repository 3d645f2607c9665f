"""Markdown: made a page by markdown-it, then read as one; a head of `key: value` lines between `---` is its header."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from transforms.documents import Block
from transforms.metadata.labels import field_of
from transforms.sources.facts import Reading
from transforms.sources.options import Options
from transforms.sources.pages import read_page
from transforms.wrapping import unfill, width_of

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n((?:[^\n]*\n){1,200}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_ENTRY = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]*(.*)$")


def read_markdown(text: str, options: Options) -> Reading:
    """The blocks of a Markdown text. Line breaks stay, unless the lines were filled to a width; indented text is no code."""
    front = _FRONT.match(text)
    body = text[front.end() :] if front else text
    html = MarkdownIt("commonmark", {"html": True, "breaks": True}).disable(["code", "lheading"]).render(_unfilled(body))
    reading = read_page(f"<html><body>{html}</body></html>", options)
    reading.format = "md"
    if front:
        pairs = _front_matter(front[1])
        if any(field_of(key) == "title" for key, _ in pairs):
            reading.facts.pairs = [pair for pair in reading.facts.pairs if pair[0] != "Title"]
        for key, value in pairs:
            if field_of(key):
                reading.facts.add("Summary" if field_of(key) == "summary" else key, value)
        lines = "".join(f"{raw}\n" for raw in front[1].splitlines() if raw.strip())
        reading.blocks.insert(0, Block(lines + "\n", "metadata", "markdown.front_matter"))
    return reading


def _front_matter(text: str) -> list[tuple[str, str | tuple[str, ...]]]:
    """Keys and values of the simple YAML that such heads are: scalars, `[a, b]`, and lists of `- item` lines."""
    pairs: list[tuple[str, str | tuple[str, ...]]] = []
    for raw in text.splitlines():
        item = re.match(r"\s+-\s+(.+)|-\s+(.+)", raw)
        found = _ENTRY.match(raw)
        if item and pairs:
            key, value = pairs[-1]
            held = value if isinstance(value, tuple) else (value,) if value else ()
            pairs[-1] = (key, (*held, _scalar(item[1] or item[2])))
        elif found:
            value = found[2].strip()
            if value[:1] == "[" and value[-1:] == "]":
                pairs.append((found[1], tuple(_scalar(part) for part in value[1:-1].split(",") if part.strip())))
            else:
                pairs.append((found[1], "" if value in (">", "|", ">-", "|-") else _scalar(value)))
        elif raw.strip() and pairs and isinstance(pairs[-1][1], str):
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {raw.strip()}".strip())
    return pairs


def _scalar(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def _unfilled(text: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    width = width_of(lines)
    if width is None:
        return text
    out, current = [], []
    for raw in [*lines, ""]:
        # Only running text was filled: a list's item, a quote's line, a rule or a heading begins a line of its own.
        if raw.strip() and not re.match(r"\s*(?:[-*+>#|=_]|\d+[.)]\s)", raw):
            current.append(raw)
            continue
        if current:
            out.append(unfill(current, width))
            current = []
        out.append(raw)
    return "\n".join(out)
