"""Characters that nobody sees, and line ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.encoding.edits import Edit, Step
from transforms.encoding.proof import Survey
from transforms.encoding.results import MAX_PLACES

_BREAK = re.compile("\r\n?|[\u2028\u2029]")
_LONE_CR = re.compile("\r(?!\n)")
_NEL_BREAK = re.compile("(?<=[.!?:;\"'\u201d\u2019\n])\x85(?=[A-Z\"'\u201c\u2018\n]|\\Z)")
_C1 = re.compile("[\x80-\x84\x86-\x9f]")


def _without_cr(text: str) -> str:
    return text.encode("ascii").translate(None, b"\r").decode("ascii") if text.isascii() else text.replace("\r", "")


def find_line_breaks(text: str, survey: Survey) -> Step | None:
    """CRLF, lone CR, and Unicode's line and paragraph separators become LF: `One.\\r\\nTwo.`

    NEL (U+0085) is one only in text without other C1 controls, after a sentence and before a capital: elsewhere it is the
    ellipsis of cp1252. Wrong when: a carriage return was meant to type over the line.
    """
    characters = survey.characters
    nel = [m.start() for m in _NEL_BREAK.finditer(text)] if "\x85" in characters and not _C1.search(text) else []
    if characters.isdisjoint("\r\u2028\u2029") and not nel:
        return None
    after = text
    count = len(nel)
    if "\r" in characters:
        if _LONE_CR.search(text):
            after = text.replace("\r\n", "\n").replace("\r", "\n")
            count += text.count("\r")
        else:  # in most files every CR stands before its LF
            after = _without_cr(text)
            count += len(text) - len(after)
    if "\u2028" in characters or "\u2029" in characters:
        after = after.replace("\u2028", "\n").replace("\u2029", "\n")
        count += text.count("\u2028") + text.count("\u2029")
    if nel:
        after = _NEL_BREAK.sub("\n", after)

    def edits() -> list[Edit]:
        found = [Edit(m.start(), m.end(), "\n", "line_breaks") for m in _BREAK.finditer(text)]
        return sorted(found + [Edit(i, i + 1, "\n", "line_breaks") for i in nel])

    first = [m.start() for m, _ in zip(_BREAK.finditer(text), range(MAX_PLACES), strict=False)] or nel[:MAX_PLACES]
    return Step(text, after, edits, {"line_breaks": count}, {"line_breaks": first})


_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")


def find_surrogates(text: str, survey: Survey) -> Sequence[Edit]:
    """Halves of UTF-16 pairs: two that belong together become their character, a lone one becomes U+FFFD."""
    return [
        Edit(m.start(), m.end(), m.group().encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), "surrogates")
        for m in _SURROGATES.finditer(text)
    ]


_ESCAPE = re.compile("\x1b\\[[0-9;]{0,64}[A-Za-z]")
_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f\u206a-\u206f\ufff9-\ufffc]")


def find_controls(text: str, survey: Survey) -> Sequence[Edit]:
    """Terminal escapes and control characters are taken out: `He stopped.\\x00`. Tabs, line feeds and form feeds stay; C1
    controls are left to the mojibake rules, for they are often quotes of cp1252. Wrong when: a control character stood for a
    space."""
    found = (
        [Edit(m.start(), m.end(), "", "terminal_escapes") for m in _ESCAPE.finditer(text)] if "\x1b" in survey.characters else []
    )
    starts = {e.start for e in found}
    found += [Edit(m.start(), m.end(), "", "control_characters") for m in _CONTROL.finditer(text) if m.start() not in starts]
    return sorted(found)


# ---- invisible ------------------------------------------------------------------------------------------------------

INVISIBLE = frozenset("\u200b\xad\u2060\ufeff\u200e\u200f\ufe0e\ufe0f\u180e\u2061\u2062\u2063\u2064")
_RUN = re.compile(f"[{''.join(sorted(INVISIBLE))}]+")
_UNJOINED = re.compile("[\u2060\ufeff](?![\u2013\u2014\u2026])|^[\u2060\ufeff]")
# Scripts that are written without blanks between words, where U+200B marks a place to break; and those written from the right.
_BREAKING = ((0x0E00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF))
_RIGHT_TO_LEFT = ((0x0590, 0x08FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFC))


def _any_of(characters: frozenset[str], ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(c) <= last for c in characters for first, last in ranges)


def find_invisible(text: str, survey: Survey) -> Sequence[Edit]:
    """Invisible characters inside Latin words, left by editors and web pages: zero-width space, soft hyphen, word joiner, byte
    order mark, direction marks, variation selectors after letters: `be\\u200blieve`.

    Kept: word joiners that stand before dashes only; zero-width space in Thai, Lao, Khmer, Burmese and Tibetan; direction marks
    in text with right-to-left letters; variation selectors after anything but a letter; joiners (U+200C, U+200D) always. Wrong
    when: a soft hyphen was put in on purpose.
    """
    found = []
    keeps_breaks = _any_of(survey.characters, _BREAKING)
    keeps_joined = "\u2060" in text or "\ufeff" in text
    if keeps_joined:  # a typesetter's way to keep a dash with the word before it: then they stand nowhere else
        keeps_joined = not _UNJOINED.search(text)
    keeps_marks = _any_of(survey.characters, _RIGHT_TO_LEFT)
    for match in _RUN.finditer(text):
        start, end = match.span()
        before = text[start - 1 : start]
        kept = []
        for c in match.group():
            if (
                (c == "\u200b" and keeps_breaks)
                or (c in "\u2060\ufeff" and keeps_joined)
                or (c == "\xad" and before in "\xc3\xc2" and before)  # mojibake that was left: its evidence stays
                or (c in "\u200e\u200f" and keeps_marks)
                or (c in "\ufe0e\ufe0f" and before and not before.isalpha() and not before.isspace())
            ):
                kept.append(c)
        new = "".join(kept)
        if new != match.group():
            found.append(Edit(start, end, new, "invisible_characters"))
    return found


# ---- private use ----------------------------------------------------------------------------------------------------

# Word maps its symbol fonts to U+F020-F0FF: Symbol's bullet, and the signs of Wingdings that stand in prose.
_PRIVATE = {
    "\uf0b7": "\u2022", "\uf0a7": "\u25aa", "\uf06c": "\u25cf", "\uf06e": "\u25a0", "\uf076": "\u2756", "\uf0d8": "\u27a2",
    "\uf0fc": "\u2713", "\uf0e0": "\u2192", "\uf0df": "\u2190", "\uf0e8": "\u2794", "\uf04a": "\u263a", "\uf04b": "\U0001f610",
    "\uf04c": "\u2639", "\uf0ab": "\u2605", "\uf0a8": "\u25fb", "\uf0b0": "\xb0", "\uf0b1": "\xb1", "\uf0d7": "\xb7",
    "\uf0be": "\u2014",
    "\uf0bc": "\u2026", "\uf02d": "\u2212", "\uf020": " ", "\uf0a9": "\u2665", "\uf0ae": "\u2192", "\uf0ac": "\u2190",
}  # fmt: skip
PRIVATE = frozenset(_PRIVATE)


def find_private_use(text: str, survey: Survey) -> Sequence[Edit]:
    """Bullets, arrows and smileys of Word's symbol fonts, which it puts at U+F020 to U+F0FF: `\\uf0b7 Bring rope`.

    Wrong when: the text uses a private font of its own, or Symbol and Wingdings disagree about a code (the bullet codes do not).
    """
    return [Edit(i, i + 1, _PRIVATE[c], "private_use") for i, c in enumerate(text) if c in _PRIVATE]
