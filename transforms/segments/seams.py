"""Notes that run on into the story in one line: pastes that lost their line breaks, and `A/N:` at the end of a last paragraph.

Sentences take the place of paragraphs. Only the paragraphs at the edges of a body are looked at, and in a whole text on one line
what begins with a certain marker, or stands behind a dressed end marker (`~fin~`).
"""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from transforms.segments.body import Body, Item
from transforms.segments.cues import count_persons
from transforms.segments.edges import cut_head, cut_tail
from transforms.segments.layout import Paragraph
from transforms.segments.lost import SENTENCE_END
from transforms.segments.markers import marker_at
from transforms.segments.places import Place
from transforms.segments.voices import Voice, hear
from transforms.segments.wording import lean

SHORTEST_WITH_SEAM = 60  # characters of a paragraph that may hold story and note
MOST_SENTENCES = 40
STORY_WORDS, NOTE_WORDS = -1.5, 1.0  # how the words of its two parts must lean
SHORTEST_LOST = 1500  # and of one that may hold all of a body
SHORTEST = 500  # characters of a line in which a story may follow its note
_WINDOW = 6000  # characters looked at from either end of a line

_END = re.compile(
    r"(?<=[.!?…\"”*’'])[ \t]+([~\-*=<>_(\[]{1,6}[ \t]*(?:the end|end|fin|finis|owari|tbc|to be continued|fim|ende|конец|完|おわり|終|끝)[ \t]*[~\-*=<>_)\].!]{1,6})(?=[ \t]|$)|(?<=[.!?…\"”*’'])[ \t]+((?:THE END|TBC|FIN|OWARI|END)[.!]{0,3})(?=[ \t]|$)",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"(?<=[.!?…\"”*’'~)])[ \t]+(?=[*_~\-]{0,3}(?:A/N|a/n|A\.N\.|AN|Author['’]?s['’]? [Nn]otes?|AUTHOR['’]?S? NOTES?|Authors? [Nn]otes?)[ \t]?\d?[*_~]{0,3}[ \t]?[:\-–—])"
)


def _sentences(line: str, start: int, end: int) -> list[tuple[int, int]]:
    out = []
    at = start
    for found in SENTENCE_END.finditer(line, start, end):
        out.append((at, found.start()))
        at = found.end()
    out.append((at, end))
    return [(a, b) for a, b in out if line[a:b].strip()]


def seam_at(item: Item, body: Body, place: Place, side: str) -> tuple[int, int] | None:
    """Where the note lies inside a paragraph at the edge of a body that was found to be one and holds story too: (start, end) in
    its text."""
    text = item.paragraph.text
    if not SHORTEST_WITH_SEAM <= len(text) <= _WINDOW or marker_at(text.strip()):
        return None
    if text.lstrip()[:1] in "*_([{<":
        return None  # dressed as a whole
    pieces = _sentences(text, 0, len(text))
    if not 2 <= len(pieces) <= MOST_SENTENCES:
        return None
    sub = Body([Item(Paragraph(k, text[a:b], 0)) for k, (a, b) in enumerate(pieces)], 0, body.voice)
    place = replace(place, lost=True, whole=False, prior=0.0)
    cut = cut_head(sub, place) if side == "head" else cut_tail(sub, place)
    if not cut.certain or cut.size == len(pieces):
        return None
    start, end = (0, pieces[cut.size - 1][1]) if side == "head" else (pieces[-cut.size][0], len(text))
    note, story = text[start:end], text[end:] if side == "head" else text[:start]
    if count_persons(story).first and not body.voice().first_person:
        return None  # he who says "I" is no narrator
    if lean(story) > STORY_WORDS or lean(note) < NOTE_WORDS or is_inside_quotes(text, end if side == "head" else start):
        return None
    return start, end


def is_inside_quotes(text: str, at: int) -> bool:
    """Whether a quotation is open at an offset."""
    before = text[:at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def is_lost(texts: Sequence[Item]) -> bool:
    """Whether the paragraphs of a body are all of its text on one line or two: its line breaks are lost."""
    return len(texts) <= 2 and any(len(item.paragraph.text) >= SHORTEST_LOST for item in texts)


def find_run_ons(body: Body) -> Iterator[tuple[int, int, int, str, str]]:
    """Notes and end markers that share the first or the last line of a body with the story: (line, start, end, kind, rule)."""
    texts = [item for item in body.items if not item.fence]
    lost = is_lost(texts)
    for item in texts[:1] if len(texts) == 1 else (texts[0], texts[-1]):
        text = item.paragraph.text
        if item is not texts[-1] and marker_at(text.strip()) is None:
            continue  # no note begins there
        if len(text) >= (SHORTEST if item is texts[0] else SHORTEST_WITH_SEAM):
            for seam in find_seams(text, body.voice, lost):
                yield item.paragraph.at, *seam


def find_seams(line: str, voice: Callable[[], Voice], lost: bool) -> Iterator[tuple[int, int, str, str]]:
    """The notes and end markers inside one line: (start, end, kind, rule), in order.

    `lost` says that the line holds a whole body (its line breaks are gone).
    """
    stop = len(line)
    begin = 0
    marker = marker_at(line.strip())
    tail: list[tuple[int, int, str, str]] = []
    ending = None
    if lost:
        ending = max(_END.finditer(line, max(0, stop - _WINDOW)), key=lambda found: found.start(), default=None)
    if ending is not None and len(line) - ending.end() < 0.3 * len(line):
        group = 1 if ending.group(1) else 2
        tail.append((ending.start(group), ending.end(group), "end_marker", "end.inline"))
        if line[ending.end() :].strip():
            tail.append((ending.end(), stop, "note", "note.after_end"))
        stop = ending.start()
    else:
        late = _LATE.search(line, max(1, stop - _WINDOW))
        if late is not None and late.start() > 0 and len(line) - late.end() <= max(1200, 0.3 * len(line)):
            tail.append((late.end(), stop, "note", "note.late"))
            stop = late.start()
    if marker is not None and marker.strength >= 5 and not marker.bare and stop - begin >= SHORTEST:
        pieces = _sentences(line, 0, min(stop, _WINDOW))
        items = [Item(Paragraph(k, line[a:b], 1)) for k, (a, b) in enumerate(pieces)]
        rest = [line[a:b] for a, b in pieces[len(pieces) // 2 :]] if lost else []
        body = Body(items, 1, (lambda: hear(rest)) if lost else voice)
        head = cut_head(body)
        if head.size and (head.size < len(pieces) or len(line) > _WINDOW):
            yield 0, pieces[head.size - 1][1], "note", "note.run_on"
        elif head.size and not tail:
            yield 0, stop, "note", "note.run_on"
    yield from tail
