"""Documents that lost their line breaks: header, notes, breaks and story run together in one line.

The breaks are put back where the structure shows: before the labels of a header, round scene breaks, end markers and brackets
that stand alone between sentences. A blank becomes a line end, so all offsets stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.metadata.labels import label_at
from transforms.segments.breaks import is_break
from transforms.segments.endings import end_mark
from transforms.segments.markers import marker_at

LONG = 600  # characters of a line that may be a whole document
SHARE = 0.8  # of the text that it must be
PARAGRAPH = 250  # characters of a paragraph that we make
EDGE = 2500  # characters at both ends of a stretch in which each sentence gets a line of its own: notes may end behind it
HEAD = 3000  # characters in which a header may stand
_LABEL = re.compile(r"(?:(?<=\s)|^)(?=[^\W\d_a-z][\w'’/()-]*(?: [\w'’/&-]+){0,2} ?: ?\S)")
_ORNAMENT = re.compile(
    r"(?<=[.!?…\"”'’)\]*~=-]) (?=(?P<mark>[^\w\s\"“”'‘’.,!?;:…()\[\]]\S{0,40}(?: [^\w\s\"“”'‘’.,!?;:…()\[\]]{1,6}){0,12}) )"
)
_LETTERS = re.compile(r"(?<=[.!?…\"”'’)\]*~=-]) (?=(?P<mark>[oOxX0](?:[-~* ]?[oOxX0]){2,30}) )")
_END = re.compile(
    r"(?<=[.!?…\"”'’)]) (?=(?P<mark>[~*<=_-]{0,4} ?(?:the end|fin|owari|end|tbc|to be continued)\b ?[~*>=_.!-]{0,4})(?: |$))",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"(?<=[.!?…\"”'’*~=-]) (?=(?P<mark>\([^()]{12,400}\)|\[[^\[\]]{12,400}\]) )")
_VALUES = {
    "stated_words": re.compile(r"[\d,.]+k?(?: words)?\+?", re.IGNORECASE),
    "chapters": re.compile(r"\d+(?: ?/ ?[\d?]+| of \d+)?"),
    "rating": re.compile(r"\(?(?:[A-Z][\w+]{0,3}(?:-\d\d)?|\w+ Audiences|Explicit|Mature)\)?"),
    "status": re.compile(r"\(?[\w-]+\)?"),
    "language_stated": re.compile(r"\w+"),
    "published": re.compile(r"[\d./-]{6,10}|\w+ \d{1,2},? \d{4}|\d{1,2} \w+ \d{4}"),
}
_VALUES["updated"] = _VALUES["published"]
SENTENCE_END = re.compile(
    r"(?<=[.!?…)\"”*~>\]ﾉノ♥♡☆★^_])(?<!\bMr\.)(?<!\bMrs\.)(?<!\b[DS][rt]\.)[ \t]+(?=[^\sa-z])|(?<=[!?])[ \t]+(?=[a-z])"
)
_TITLE = re.compile(r"\s*(?:[^\sa-zà-ÿ]+ ){4,30}(?=[A-ZÀ-Þ][a-zà-ÿ]+ |[AI] [a-zà-ÿ])")  # words in capitals that open a text
_CAPITAL = re.compile(r"(?<=[a-zà-ÿ!?.)]) (?=[A-Z][a-z]*['’]?[a-z]* )")


def restore_lines(text: str) -> str:
    """The text with line ends in place of some blanks, if it is a document on one line; else the text itself."""
    if len(text) < LONG:
        return text
    body = text.strip()
    if "\n" in body:
        middle = len(body) // 2  # such a line holds it
        end = body.find("\n", middle)
        size = (end if end >= 0 else len(body)) - body.rfind("\n", 0, middle) - 1
        if size < LONG or size < SHARE * len(body):
            return text
    cuts: set[int] = set()
    title = _TITLE.match(text)
    if title is not None:
        cuts.add(title.end() - 1)
    for pattern in (_ORNAMENT, _LETTERS, _BRACKET, _END):
        for found in pattern.finditer(text):
            mark = found.group("mark")
            if pattern in (_ORNAMENT, _LETTERS) and not is_break(mark):
                continue
            if pattern is _END and not (end_mark(mark) >= 0.8 or mark.islower()):
                continue
            cuts.add(found.start())  # a blank: all patterns begin with one
            if found.end("mark") < len(text) and text[found.end("mark")] == " ":
                cuts.add(found.end("mark"))
    header, begin = _header_cuts(text)
    cuts |= header
    at = begin + 1 if begin > 0 else 0
    for stop in sorted({cut for cut in cuts if cut >= at} | {len(text)}):
        cuts.update(_sentence_ends(text, at, stop))
        at = stop + 1
    if not cuts:
        return text
    letters = list(text)
    for at in cuts:
        letters[at] = "\n"
    return "".join(letters)


def _sentence_ends(text: str, start: int, stop: int) -> Iterator[int]:
    """The blanks between the sentences of a stretch, but for those inside quotation marks; in its middle, those between
    paragraphs of a usual length."""
    begin, last, straight, curly = start, start, 0, 0
    for found in SENTENCE_END.finditer(text, start, stop):
        at = found.start()
        straight += text.count('"', begin, at)
        curly += text.count("“", begin, at) - text.count("”", begin, at)
        begin = at
        if straight % 2 or curly > 0:
            continue
        if at - start < EDGE or stop - at < EDGE or at - last >= PARAGRAPH:
            yield at
            last = at


def _header_cuts(text: str) -> tuple[set[int], int]:
    """The blanks before the labels of a header at the beginning, and the one behind its last value (-1 if that is not sure)."""
    start = len(text) - len(text.lstrip())
    labels = [
        (found.start(), label)
        for found in _LABEL.finditer(text, start, HEAD)
        if (label := label_at(text[found.start() : found.start() + 200])) is not None and not label.bare
    ]
    if len(labels) < 3 or labels[0][0] - start > 120:
        return set(), -1
    chain = [labels[0]]
    for at, label in labels[1:]:
        if at - chain[-1][0] > 400 or (label.weight < 0.5 and marker_at(text[at : at + 60]) is None):
            break
        chain.append((at, label))
    if len(chain) < 3:
        return set(), -1
    cuts = {at - 1 for at, _ in chain if at > 0 and text[at - 1] == " "}
    at, last = chain[-1]
    end = _value_end(text, at + last.end, last.field, last.kind)
    if end > 0:
        cuts.add(end)
    return cuts, end


def _value_end(text: str, at: int, field: str, kind: str) -> int:
    """The blank behind a label's value that begins at `at`, or -1."""
    while text[at : at + 1] == " ":
        at += 1
    pattern = _VALUES.get(field)
    if pattern is not None:
        found = pattern.match(text, at)
        return found.end() if found is not None and text[found.end() : found.end() + 1] == " " else -1
    small = text[at : at + 1].islower()
    if small:  # a remark without capitals: the story begins with the first one
        found = _CAPITAL.search(text, at + 2, at + 1200)
        return found.start() if found is not None else -1
    found = SENTENCE_END.search(text, at, at + 600)
    return found.end() - 1 if found is not None and kind != "note" else -1
