"""ftfy's repair of UTF-8 that was read as something else: the same answer, its plan kept, most of it without its overhead.

Only the lines that `proof` cannot clear are touched. On these the common course is run here: encode, decode, look again.
Whatever is unusual (lossy bytes, CESU-8, lines only partly damaged, letters to be composed) goes to `ftfy.fix_and_explain`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain

import ftfy
from ftfy import chardata, fixes

from transforms.encoding import proof
from transforms.encoding.edits import Edit
from transforms.encoding.proof import CONFIG, Survey, any_suspicion, composed, distinct, has_long_line, segments, uncomposed

_NAMES = {
    "latin-1": "latin1",
    "sloppy-windows-1250": "cp1250",
    "sloppy-windows-1251": "cp1251",
    "sloppy-windows-1252": "cp1252",
    "sloppy-windows-1253": "cp1253",
    "sloppy-windows-1254": "cp1254",
    "sloppy-windows-1257": "cp1257",
    "iso-8859-2": "latin2",
    "macroman": "mac_roman",
    "cp437": "cp437",
}
READ_AS = tuple(f"utf8_as_{_NAMES.get(e, e.replace('-', '_'))}" for e in chardata.CHARMAP_ENCODINGS)
"""A rule's name for each encoding that ftfy knows UTF-8 can have been read as."""

_BEYOND_ASCII = re.compile("[^\0-\x7f]")


def find_mojibake(text: str, survey: Survey, keep: Sequence[tuple[int, int]] = ()) -> list[Edit]:
    """Edits that turn the text into what ftfy makes of it, a line an edit. `keep`: spans of lines to leave alone."""
    suspicious = survey.suspicion()
    places = uncomposed(text, survey.characters)
    first = next(places, None)
    if first is None and not suspicious.search(text):
        return []
    spans = _suspects(text, suspicious, () if first is None else chain([first], places))
    if keep:
        kept = set(keep)
        spans = [s for s in spans if s not in kept]
    edits = []
    for start, end, new, rules in _fixed(text, spans):
        first = _BEYOND_ASCII.search(text, start, end)
        at = min(first.start() if first else start, end)
        if text[start:at] != new[: at - start]:
            at = start
        for rule in rules[:-1]:  # several layers on one line: one edit each, so that each is counted
            edits.append(Edit(at, at, "", rule))
        edits.append(Edit(at, end, new[at - start :], rules[-1]))
    return edits


def _suspects(text: str, suspicious: re.Pattern[str], uncomposed_at: Iterable[int]) -> list[tuple[int, int]]:
    """Segments that ftfy may change: with badness in them, or not in form C at some place."""
    if has_long_line(text):
        found = []
        for start, end in segments(text):
            line = text[start:end]
            if not line.isascii() and (suspicious.search(line) or not unicodedata.is_normalized("NFC", line)):
                found.append((start, end))
        return found
    spans = set()
    at = 0
    for place in uncomposed_at:
        if place + 1 >= at:  # the run can begin with the line feed before
            start = text.rfind("\n", 0, place + 1) + 1
            at = text.find("\n", place + 1) + 1 or len(text)
            spans.add((start, at))
    at = 0
    while match := suspicious.search(text, at):
        start = text.rfind("\n", 0, match.start()) + 1
        # The line feed before can serve as the white space an alternative asks for; in its segment there is none.
        end = text.find("\n", match.start()) + 1 or len(text)
        if suspicious.search(text[start:end]):
            spans.add((start, end))
        at = end
    return sorted(spans)


def _fixed(text: str, spans: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int, str, list[str]]]:
    """(start, end, new text, rule names) of each segment that ftfy changes."""
    suspicious = any_suspicion()
    decoded = [_decoded(text[start:end], suspicious) for start, end in spans]
    # Looking at the characters of all lines at once is far quicker than at the normal form of each.
    together = "".join(fixed for fixed, rules in decoded if rules)
    in_form = composed(together, distinct(together) - proof.ASCII)
    for (start, end), (fixed, rules) in zip(spans, decoded, strict=True):
        line = text[start:end]
        if not rules or not (in_form or unicodedata.is_normalized("NFC", fixed)):
            fixed, rules = _explained(line)
        if fixed != line:
            yield start, end, fixed, rules


def _decoded(line: str, suspicious: re.Pattern[str]) -> tuple[str, list[str]]:
    """A segment with all its layers taken off, and their names; no names where that is for ftfy to do."""
    fixed, rules = line, []
    while suspicious.search(fixed):
        layer = _one_layer(fixed)
        if layer is None:
            return line, []
        fixed, rule = layer
        rules.append(rule)
    return fixed, rules


def _one_layer(text: str) -> tuple[str, str] | None:
    """The first reading of the text as bytes that is UTF-8, tried in ftfy's order with its two repairs of such bytes."""
    for encoding, rule in zip(chardata.CHARMAP_ENCODINGS, READ_AS, strict=True):
        try:
            raw = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        if encoding != "macroman" and chardata.ALTERED_UTF8_RE.search(raw):
            raw = fixes.restore_byte_a0(raw)
        if 0x1A in raw or 0xED in raw or 0xC0 in raw:  # lossy or CESU-8
            return None
        try:
            fixed = raw.decode("utf-8")
        except UnicodeDecodeError:
            if encoding.startswith("sloppy") and chardata.LOSSY_UTF8_RE.search(raw):
                return None
            continue
        return None if fixed == text else (fixed, rule)
    return None


def _explained(line: str) -> tuple[str, list[str]]:
    """ftfy itself on one segment, and the rule names of its plan."""
    fixed, plan = ftfy.fix_and_explain(line, CONFIG)
    names: list[str] = []
    encoding = None
    for action, parameter in plan or ():
        if action == "encode":
            encoding = parameter
        elif action == "decode":
            if parameter.startswith("utf-8"):
                names.append(f"utf8_as_{_NAMES.get(encoding, encoding)}")
            else:
                names.append("cp1252_as_latin1")
        elif action == "normalize":
            names.append("nfc")
        elif parameter == "fix_c1_controls":
            names.append("cp1252_as_latin1")
        elif parameter == "decode_inconsistent_utf8":
            names.append("utf8_in_part")
    return fixed, names


# ---- text about mojibake --------------------------------------------------------------------------------------------

_ABOUT = re.compile(
    r"\b(?:mojibake|encod\w+|unicode|utf-?8|ascii|code ?pages?|fonts?|garbled?|gibberish|apostrophes?|accents?"
    r"|accented|umlauts?|characters?|letters?|symbols?|squiggles?|spell(?:ed|ing|s|t)?|misspel\w+|instead|display(?:s|ed)?|print(?:s|ed|er|ing)?|render\w*|typo|glitch\w*"
    r"|keyboard|web ?site|subtitles?|screen|reads?|labell?ed)\b",
    re.IGNORECASE,
)
_QUOTES = "\u201c\u201d\u2018\u2019\"'\xab\xbb\u201e(\u300c\u300d"
_RUN = chardata.UTF8_DETECTOR_RE
_MENTIONS_AT_MOST = 3
_LONGEST = 5000  # characters; who talks about mojibake does so in a paragraph


def find_mentions(text: str, survey: Survey) -> list[tuple[int, int]]:
    """Lines that talk about mojibake: to be left alone.

    In such a line other characters beyond ASCII are intact, before and after the mojibake; the mojibake is a word or two, in
    quotes of its own or where no character it could mean can stand; or the line speaks of letters and how they are shown. Only
    where the text has no more than a few damaged lines: a text that is damaged throughout does not talk about it.
    """
    suspicious = survey.suspicion()
    damaged = []
    at = 0
    while match := suspicious.search(text, at):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.start()) + 1 or len(text)
        damaged.append((start, end))
        if len(damaged) > _MENTIONS_AT_MOST:
            return []
        at = end
    return [(start, end) for start, end in damaged if end - start < _LONGEST and _mentions(text[start:end])]


def _mentions(line: str) -> bool:
    runs = [m.span() for m in _RUN.finditer(line) if still_bad(m.group()) or still_bad(line[max(0, m.start() - 1) : m.end() + 1])]
    if not 1 <= len(runs) <= 4:
        return False
    intact = [m.start() for m in _BEYOND_ASCII.finditer(line) if not any(a <= m.start() < b for a, b in runs)]
    if not any(i < runs[0][0] for i in intact) or not any(i >= runs[-1][1] for i in intact):
        return False
    if len(runs) <= 2 and _ABOUT.search(line):
        return True
    for start, end in runs:
        while start > 0 and (line[start - 1].isalnum() or line[start - 1] in "-'"):
            start -= 1
        while end < len(line) and (line[end].isalnum() or line[end] in "-'"):
            end += 1
        left, right = line[start - 1 : start], line[end : end + 1]
        word = line[start:end]
        fixed = ftfy.fix_encoding(word)
        quoted = left in _QUOTES and right != "" and right in "\u201d\u2019\"'\xbb\u201c),.!?"
        bare = left == " " and right in " ," and not any(c.isalnum() for c in fixed) and fixed not in "\u2014\u2013\u2022\u2026"
        repeated = len(fixed) > 3 and fixed.isalpha() and fixed in line
        # A letter by itself, with a quote on one side at least.
        alone = (start, end) in runs and (left in _QUOTES or right in _QUOTES) and not (left + right).isalnum()
        if not ((left and quoted) or bare or repeated or (left and right and alone)):
            return False
    return True


def still_bad(text: str) -> bool:
    """Whether a piece of text, taken as one segment, still looks like mojibake to ftfy."""
    return not text.isascii() and any_suspicion().search(text) is not None
