"""Lines of a header that begin with a label: whether they are believed, what their values are and how far these go on.

Each function looks at one line of a walk (`walking.Walk`), takes it and its continuation into the header, and gives the index of
the next line; None ends the header.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.metadata import values
from transforms.metadata.items import ENOUGH, Reading, Value
from transforms.metadata.labels import label_at
from transforms.metadata.pieces import TITLE_BY, clean, validates
from transforms.metadata.placing import place
from transforms.metadata.shapes import ARTICLE, FORM_LINE, HANDLE, HEADING, LANDMARK, is_title_like, key_of

if TYPE_CHECKING:
    from transforms.metadata.walking import Walk

_LISTED = frozenset(("characters", "tags", "relationships", "fandoms", "warnings", "categories", "authors", "cast"))
_PLURAL = frozenset(("authors", "writers", "co-authors", "coauthors", "autores", "autoras", "auteurs", "autoren", "autori"))
_AND = re.compile(r"\s+(?:and|&|und|et|y|e)\s+")
_OWN_WARNINGS = ("warn", "advert", "avis", "avert", "avv", "предуп", "ostrz", "警", "경")  # not "content notes", "triggers"
_LOOSE = {"spoilers": "warning", "setting": "author_note"}  # labels whose values authors like to talk in, and the topic
_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?]$")
_CLAUSE = 4  # blanks in such a sentence, at least
_ITEM = 8  # words of a warning in a list
_TALKED = re.compile(
    r"[^\W\d_]{2}[.!?…]\s|[!?)]$|^(?!none|no\b|nope|nothing).*\byou\b|\b(?:i|i['’]m|my|me|no flames)\b", re.IGNORECASE
)
_ORIGINAL = re.compile(r"""^[«"“'‘„].{1,120}[»"”'’“],?\s+by:?\s+([^.;,]{2,60})$""", re.IGNORECASE)


def take_labelled(walk: Walk, at: int, reading: Reading) -> int | None:
    """Takes a line that begins with a label, and what goes on with it, if the header is believed to hold it."""
    label, line = reading.label, walk.lines[at]
    assert label is not None
    if label.kind == "note":
        return _note(walk, at, reading)
    told = label.field == "title" and walk.said("title") and label.value[-1:] in tuple(".!?…") and label.value.count(" ") > 3
    if label.kind == "summary" or (told and not walk.has("summary")):
        return _summary(walk, at, reading)  # "Story: Vila is caught with a lemon." below the title
    if not walk.trusted:
        weight = walk.block_weight(at) if line.gap or not at else walk.weighed(at, reading)[1]
        if at == 0 and _is_title_alone(walk, reading):
            weight = ENOUGH
        elif not walk.items and weight < ENOUGH and not _label_after_gap(walk, at):
            return place(walk, at)
        if walk.items and line.gap and weight < (0.75 if line.gap <= 1 else ENOUGH):
            return None
        if walk.items and not line.gap and label.weight < 0.75 and not walk.weighed(at, reading)[1]:
            return None
    if not label.value:
        return _value_below(walk, at, reading)
    if label.field == "mail" and not walk.trusted:
        return None
    weight = ENOUGH if at == 0 and _is_title_alone(walk, reading) else walk.weighed(at, reading)[1]
    if not walk.trusted and not validates(label.field, label.value) and not _is_inside(walk, at):
        return place(walk, at) if not walk.items else None
    last = walk.continued(at, metadata=True)
    value = " ".join([label.value, *(walk.lines[i].text for i in range(at + 1, last + 1))])
    if (topic := _LOOSE.get(label.field)) and _SENTENCE.search(value) and value.count(" ") >= _CLAUSE:
        walk.take(at, last, "note", [(label.field, value)], "header.note", weight, (topic,), 0.85, label.field)
        return last + 1
    pairs = _pairs(walk, label.field, value, label.label.casefold() in _PLURAL)
    if label.field == "url" and label.label.casefold().startswith("orig") and (by := _ORIGINAL.match(value)):
        pairs = [("authors", by.group(1))]  # of the work that this one translates
    walk.take(at, last, "metadata", pairs, "header.label", weight, label=label.field)
    return last + 1


def _is_title_alone(walk: Walk, reading: Reading) -> bool:
    """Whether the first line is a labelled title ('Fic: "Low Water"') with a gap and no form below it."""
    label = reading.label
    if label is None or label.field != "title" or len(walk.lines) < 2 or not walk.lines[1].gap:
        return False
    return is_title_like(label.value) and not FORM_LINE.match(walk.lines[1].text)


def _label_after_gap(walk: Walk, at: int) -> bool:
    """A single weak label at the start, with more after a gap ("TITLE: X", blank, "AUTHOR: Y")."""
    after = walk.block_end(at)
    return (
        after < len(walk.lines)
        and walk.lines[after].gap <= 2
        and walk.block_weight(at) > 0
        and walk.block_weight(at) + walk.block_weight(after) >= 2.0
    )


def _is_inside(walk: Walk, at: int) -> bool:
    """Whether a labelled line stands between labelled lines of the same block."""
    after = at + 1
    if after < len(walk.lines) and walk.lines[after].gap == 0:
        reading = walk.read(after)
        return bool(walk.items) and reading is not None and reading.label is not None
    return bool(walk.items) and walk.lines[at].gap == 0 and len(walk.lines[at].text) < 120


def _pairs(walk: Walk, field: str, value: str, plural: bool = False, at: int = -1) -> list[tuple[str, Value]]:
    """The pairs that a value behind the label of a field states; `at` is the line of a warning."""
    if field == "warnings" or field == "caution":
        items = values.split_list("warnings", value)
        known = bool(items) and all(map(values.warning, items))
        listed = known or walk.in_box() or (at >= 0 and _is_list(walk, at, value))
        if field == "caution" and not listed:
            return [("caution_text", value)]
        if not any(values.warning(item) for item in items):
            return [("warnings", (value,))]  # in the author's words: one statement
        return [("warnings", value)]
    if field == "title":
        by = TITLE_BY.match(value)
        if by and not walk.author_ahead() and HANDLE.match(by.group(2)) and not ARTICLE.match(by.group(2)):
            return [("title", by.group(1)), ("authors", by.group(2))]
        return [("title", value)]
    if field == "classification":  # codes of mailing lists: "J/C, PG", "VRA"
        coded = values.coded_pairs(value)
        return [(field, value), *((("relationships", coded),) if coded else ())]
    if field == "authors" and plural and "," not in value and len(both := _AND.split(value)) == 2:
        return [("authors", tuple(both))]
    return [(field, value)]


def _is_list(walk: Walk, at: int, value: str) -> bool:
    """Whether the warnings in line `at`, in the author's own words, are a list among facts ("mild language, a goat")."""
    previous = walk.items[-1] if walk.items else None
    beside = previous is not None and previous.kind in ("metadata", "summary") and not walk.lines[at].gap
    label = label_at(walk.lines[at].text)
    named = label is not None and label.label.casefold().startswith(_OWN_WARNINGS)
    if not (named and (walk.trusted or beside)) or len(value) > 120 or walk.continued(at, metadata=False) > at:
        return False
    return _TALKED.search(value) is None and max(map(len, map(str.split, re.split(r"[,;]", value)))) <= _ITEM


def _value_below(walk: Walk, at: int, reading: Reading) -> int | None:
    """A label alone on its line: the value is in the next lines, up to the next label or gap."""
    label = reading.label
    assert label is not None
    field = label.field
    after = at + 1
    if field in ("stats", "work_metadata", "export"):
        last = after if _is_plain_value(walk, at, after) else at
        walk.take(at, last, "metadata", [], "header.label", 0.5, label=field)
        return last + 1
    if after >= len(walk.lines) or walk.lines[after].gap > 1:
        if not walk.trusted and not walk.items:
            return None
        walk.state(at, [], "header.label", 0.0, label=field)
        return after
    spaced = walk.lines[after].gap == 1
    stop = after
    while stop < len(walk.lines) and (walk.lines[stop].gap == 0 or stop == after) and stop - after < 60:
        found = label_at(walk.lines[stop].text)
        if found is not None and found.kind in ("metadata", "summary", "note") and (found.weight > 0 or found.bare):
            break
        stop += 1
    if stop == after:  # an empty field
        if not walk.trusted and not walk.items and walk.block_weight(at) < ENOUGH:
            return None
        walk.state(at, [], "header.label", 0.0, label=field)
        return after
    if field not in _LISTED or (spaced and not walk.label_follows(stop)):
        stop = after + 1
    texts = [walk.lines[i].text for i in range(after, stop)]
    if not walk.trusted and not validates(field, texts[0]):
        return None if walk.items else place(walk, at)
    pairs: list[tuple[str, Value]]
    if len(texts) > 1 and not any(text.endswith((",", ";")) for text in texts[:-1]):
        pairs = [(field, tuple(text.removeprefix("- ").strip() for text in texts))]  # one item a line
    else:
        pairs = [pair for text in texts for pair in _pairs(walk, field, text.strip(" ,;"))]
    walk.take(at, stop - 1, "metadata", pairs, "header.label_above", walk.weighed(at, reading)[1] or label.weight, label=field)
    return stop


def _is_plain_value(walk: Walk, at: int, after: int) -> bool:
    """Whether the line below a label whose value nobody asks for is that value: indented, or before the next label."""
    if after >= len(walk.lines) or walk.lines[after].gap > 1 or walk.read(after) is not None:
        return False
    return walk.lines[after].indent > walk.lines[at].indent or walk.label_follows(after + 1)


def _summary(walk: Walk, at: int, reading: Reading) -> int | None:
    """A labelled summary: behind its label, or below it up to the block's end, the next label or the page's landmark."""
    label, line = reading.label, walk.lines[at]
    assert label is not None
    if label.value:
        if not walk.trusted and line.gap > 4 and walk.items:
            return None
        last = walk.continued(at, metadata=False)
        last = _to_landmark(walk, last)
        text = walk.joined(label.value, at + 1, last)
        pairs = [(label.field if label.field == "chapter_summary" else "summary", text)]
        walk.take(at, last, "summary", pairs, "header.summary", 1.5, label=label.field)
        return last + 1
    after = at + 1
    if (
        after >= len(walk.lines)
        or walk.lines[after].gap > 2
        or (not walk.trusted and not walk.items and not _landmark_near(walk, after))
    ):
        return None if not walk.trusted else after
    block = walk.block_end(after)
    last = block - 1 if block - after <= 6 or walk.trusted else after
    for i in range(after, last + 1):
        found = walk.read(i)
        again = walk.title is not None and key_of(walk.lines[i].text) == key_of(walk.title)
        if i > after and (again or (found is not None and (found.label is not None or LANDMARK.match(walk.lines[i].text)))):
            last = i - 1
            break
    last = _to_landmark(walk, last)
    text = walk.joined("", after, last)
    pairs = [("summary", text)] if label.field == "summary" else [(label.field, text)]
    walk.take(at, last, "summary", pairs, "header.summary_below", 1.0, label=label.field)
    return last + 1


def _landmark_near(walk: Walk, at: int) -> int:
    """The index of a page's landmark ("Notes:", "Work Text:") within a few lines, or 0."""
    for i in range(at, min(at + 10, len(walk.lines))):
        if i > at and LANDMARK.match(clean(walk.lines[i].text)) and len(walk.lines[i].text) < 50:
            return i
    return 0


def _to_landmark(walk: Walk, last: int) -> int:
    """A summary of several paragraphs goes up to the page's next landmark, where one is near and nothing else between."""
    mark = _landmark_near(walk, last)
    if not mark:
        return last
    for i in range(last + 1, mark):
        reading = walk.read(i)
        if reading is not None or walk.lines[i].gap > 2 or HEADING.match(walk.lines[i].text):
            return last
    return mark - 1


def _note(walk: Walk, at: int, reading: Reading) -> int | None:
    """A labelled note: belongs to the header if the header goes on after it, or if it stands in the header's block."""
    label, line = reading.label, walk.lines[at]
    assert label is not None
    if label.field == "caution" and label.value:
        pairs = _pairs(walk, "caution", label.value, at=at)
        if pairs[0][0] == "warnings":
            weight = walk.block_weight(at)
            if walk.trusted or walk.items or weight + 1 >= ENOUGH:
                walk.state(at, pairs, "header.label", 1.5, label="warnings")
                return at + 1
    if walk.trusted:
        walk.take(at, at, "note", [], "header.note", 0.0, reading.topics, label=label.field)
        return at + 1
    if not walk.items and not (line.gap == 0 and walk.block_weight(at) >= ENOUGH and walk.block_end(at) > at + 1):
        return None
    if line.gap > 2:
        return None
    last = walk.continued(at, metadata=False)
    if not label.value and last == at:
        after = at + 1
        if after >= len(walk.lines) or walk.lines[after].gap > 1:
            return None
        last = walk.continued(after, metadata=False)
    walk.take(
        at,
        last,
        "note",
        [(label.field, walk.joined(label.value, at + 1, last))],
        "header.note",
        0.0,
        reading.topics,
        0.95,
        label.field,
    )
    return last + 1
