"""Marked notes in the middle of a text: paragraphs that begin with a certain marker, and brackets round a marked note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from transforms.segments.layout import Sheet, places_by, places_of
from transforms.segments.markers import INLINE, marker_at

if TYPE_CHECKING:
    from transforms.segments.shapes import Label

_CLOSERS = {"(": ")", "[": "]", "{": "}", "<": ">", "*": "*", "（": "）", "［": "］", "【": "】"}
ONE_LINE = 1500  # a longer line may hold a whole text
_NOTE_LETTERS = frozenset("nNАНаН")  # "A/N", "А/Н"
_LONGEST = 1200
_TOKENS = ("uthor", "ranslator", "ota d")
_TOKENS_BY_SIGN = (("AN", "N"), ("UTHOR", "U"), ("N.d", "N"), ("N. d", "N"), ("NDA", "N"), ("NdA", "N"))
_TOKENS_BEYOND_ASCII = ("рим.", "作者", "译者", "訳者", "작가")
_BEFORE_COLON = ("an", "te", "oc", "tl", "tn", "ln", "ed")  # "an:", "note:", "ooc:", "tl:", "ed:"


def _closing(line: str, at: int) -> int:
    """The offset after the bracket that closes the one at `at`, or -1: brackets may nest, asterisks may not."""
    opener = line[at]
    closer = _CLOSERS[opener]
    limit = min(len(line), at + _LONGEST)
    if opener == closer:
        width = 2 if line[at + 1 : at + 2] == opener else 1
        end = line.find(closer * width, at + width, limit)
        return end + width if end >= 0 else -1
    depth = 0
    for k in range(at, limit):
        if line[k] == opener:
            depth += 1
        elif line[k] == closer:
            depth -= 1
            if depth == 0:
                return k + 1
    return -1


def find_marked(sheet: Sheet, labels: Sequence[Label | None]) -> Iterator[tuple[int, int, int, str]]:
    """Notes inside: (line, start, end, rule) with offsets in the line, or (line, -1, -1, rule) for the whole line."""
    text = sheet.text
    places = {at for token in _TOKENS for at in places_of(text, token)}
    places |= {at for token, sign in _TOKENS_BY_SIGN for at in places_by(text, token, sign)}
    if not text.isascii():
        places |= {at for token in _TOKENS_BEYOND_ASCII if token[0] in text for at in places_of(text, token)}
    places |= {at - 1 for at in places_of(text, "/") if text[at + 1 : at + 2] in _NOTE_LETTERS}
    places |= {at - 2 for at in places_of(text, ":") if text[at - 2 : at].lower() in _BEFORE_COLON}
    places.discard(-1)
    if places:
        yield from _marked(sheet, sorted(places), labels)


def _marked(sheet: Sheet, places: Sequence[int], labels: Sequence[Label | None]) -> Iterator[tuple[int, int, int, str]]:
    line_at = 0
    done: dict[int, int] = {}
    count = len(sheet)
    for place in places:
        while line_at + 1 < count and sheet.starts[line_at + 1] <= place:
            line_at += 1
        if labels[line_at] is not None and (labels[line_at].kind != "story" or labels[line_at].rule == "story.quoted"):
            continue
        line = sheet.lines[line_at]
        offset = place - sheet.starts[line_at]
        if offset < done.get(line_at, 0):
            continue
        stripped = line.strip()
        marker = marker_at(stripped)
        if marker is not None and marker.strength >= 5 and not marker.bare and offset < 24 and marker.wrapper not in _CLOSERS:
            if len(line) > ONE_LINE:
                continue
            done[line_at] = len(line)
            yield line_at, -1, -1, "note.marked"
            continue
        for start in range(offset, max(-1, offset - 24), -1):
            if start < len(line) and line[start] in _CLOSERS and INLINE.match(line, start):
                end = _closing(line, start)
                while end > 0 and start > 0 and line[start - 1] == line[start] and line[end : end + 1] == line[end - 1]:
                    start, end = start - 1, end + 1
                if end > 0:
                    done[line_at] = end
                    if not line[:start].strip() and not line[end:].strip():
                        yield line_at, -1, -1, "note.bracket"
                    else:
                        yield line_at, start, end, "note.inline"
                break
