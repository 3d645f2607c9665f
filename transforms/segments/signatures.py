"""Names at the end of a text: what proves that an author signs, and no one in the story."""

from __future__ import annotations

import re

from transforms.segments.body import Body
from transforms.segments.voices import vocabulary_of
from transforms.segments.weighing import QUOTE_OPENERS

SHORTEST_NAME = 3  # letters of one that the header's author may be called by
FEW = 4  # words of a signature
SIGNATURE = 1.9
DRESSED = 2.2  # a signature after a dash, with a name that the story does not know
_SIGNED = re.compile(
    r"^[\s*_]*[-–—~=<>♥♡]{0,3}\s*(?P<name>[^\W_][\w.'’\-]*(?:[ .\-_&+]+[\w.'’\-]+){0,3})\s*[-–—~=<>♥♡xX.]{0,4}[\s*_]*$"
)
_SIGNED_BEHIND = re.compile(r"[.!?)…]\s{1,3}(?:[-–—~]{1,2}|xo+|x+|love,?)\s?([A-Z][\w.]{2,20})[.!~<3xo♥ ]{0,6}$")
_PEN_NAME = re.compile(r"\w_\w|[A-Za-z]\d|\d[A-Za-z]|[a-z][A-Z]|\b[A-Z]{2,}-[A-Z]{2,}\b")
_NAMED = re.compile(r"[^\w\n]{0,3}\w[\w.'’\-]*(?:[ &+]+[\w.'’\-(]+){0,3}[^\n]{0,40}")


def is_pen_name(text: str) -> bool:
    """Whether a short text holds a word as only people on the net are called: `gull_wing`, `ash71`."""
    return _PEN_NAME.search(text) is not None


def signature(body: Body, at: int) -> float:
    """What a short last line proves as the author's signature: a name or initials that the story does not know."""
    paragraph = body.items[at].paragraph
    text = paragraph.text.strip()
    found = _SIGNED.match(text)
    if found is None or not any(ch.isalpha() for ch in text):
        return 0.0
    name = found.group("name")
    dressed = text[:1] in "-–—~=<♥♡"
    if text[-1:] in ".!?,;:" and not (dressed or (len(name) <= 8 and name.replace(".", "").isupper())):
        return 0.0
    if body.voice().letters:
        return 0.0
    vocabulary = vocabulary_of(item.paragraph.text for k, item in enumerate(body.items) if k != at and not item.fence)
    if any(part.lower() in vocabulary for part in re.split(r"[ .\-_]+", name) if len(part) >= 4):
        return 0.0
    odd = any(ch.isdigit() or ch in "_-." for ch in name) or name.isupper() or name.islower()
    return SIGNATURE * (0.6 + 0.3 * odd + 0.4 * dressed) + (0.4 if paragraph.gap > body.usual_gap else 0)


def is_valediction(line: str, name: str) -> bool:
    """Whether a short line and the one below it sign a letter: `Bye for now,` and `Ottilie`."""
    line = line.strip()
    leads = line[-1:] == "," and line.count(" ") < FEW and line[0] not in QUOTE_OPENERS
    return leads and _NAMED.fullmatch(name.strip()) is not None


def is_author(body: Body, text: str) -> bool:
    """Whether a short paragraph's first line is the name of an author as the header gives it, or a part of it: `ash` for
    `ashandwattle`."""
    found = _SIGNED.match(text.strip().split("\n", 1)[0].rstrip(".!~ "))
    name = found.group("name").lower().strip(".-'’ ") if found is not None and body.authors else ""
    return len(name) >= SHORTEST_NAME and re.search(rf"\b{re.escape(name)}", body.authors) is not None


def signed(body: Body, at: int) -> float:
    """What a name behind a dash at the end of the last paragraph proves: `Be good. - Ada`, where the story knows no Ada."""
    text = body.items[at].paragraph.text.strip()
    found = _SIGNED_BEHIND.search(text, max(0, len(text) - 40))
    if found is None or text[0] in QUOTE_OPENERS or body.voice().letters:
        return 0.0
    vocabulary = vocabulary_of(item.paragraph.text for k, item in enumerate(body.items) if k != at and not item.fence)
    return 0.0 if found.group(1).lower() in vocabulary else DRESSED
