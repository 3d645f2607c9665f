"""Mojibake and text that lost a character on the way, and the evidence that gives it back.

A line is given back whole or left as it is: half of it repaired would hide that the rest is not. No word is ever guessed; what
comes back is punctuation whose place is certain.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ftfy.chardata import UTF8_CLUES

from transforms.encoding import prose
from transforms.encoding.edits import Edit
from transforms.encoding.legacy import CP1252
from transforms.encoding.proof import Survey

_CONTINUATION = UTF8_CLUES["utf8_continuation"].replace(" ", "")
_HEAD = "\xe2\u20ac"  # bytes E2 80 read as cp1252: all dashes, quotes and the ellipsis begin so
_INTACT = re.compile(f"{_HEAD}[\u0153\u2122\u02dc\xa6\u201c\u201d\x9d]")
_CUT = re.compile(f'{_HEAD}(?:(\ufffd)|(\\?)|(?![{_CONTINUATION}\ufffd?"]))')
_STRAIGHT = re.compile(f'{_HEAD}"')


def find_lost_closing_quotes(text: str, survey: Survey) -> Sequence[Edit]:
    """The closing quote of UTF-8 read as cp1252, which has no character for its last byte: `\xe2\u20ac\u0153No,\xe2\u20ac? she
    said`.

    Byte 9D is gone, or a question mark or U+FFFD; only the closing quote has it. It is put back for the decoding that follows.
    Needs intact mojibake of the same kind in the text. Wrong when: the last byte of another character was cut off too.
    """
    if _HEAD not in text or not _INTACT.search(text):
        return ()
    found = []
    matches = list(_CUT.finditer(text))
    dropped = any(m.group(1) is None and m.group(2) is None for m in matches)
    for match in matches:
        start, end = match.span()
        if match.group(2) and dropped:  # here byte 9D leaves nothing, so the question mark is one
            end -= 1
        left, right = text[start - 1 : start], text[end : end + 1]
        if (left.isalnum() and right in "\n") or left > "\xff":  # nothing closes a line of prose without a stop
            continue
        if prose.closes(left, right.replace("\xe2", " ")):
            found.append(Edit(start, end, _HEAD + "\x9d", "lost_closing_quotes"))
    return found


def find_straightened(text: str, survey: Survey) -> Sequence[Edit]:
    """Dashes of UTF-8 read as cp1252 whose last character was a curly quote, which a program then made straight:
    `said\xe2\u20ac"and`.

    Long dash or short dash is not to be told any more: short between digits and in numbers in words, else long. Wrong when:
    there an en dash was meant.
    """
    if f'{_HEAD}"' not in text or not _INTACT.search(text):
        return ()
    found = []
    for match in _STRAIGHT.finditer(text):
        start, end = match.span()
        left, right = text[start - 1 : start], text[end : end + 1]
        if left in ".,!?;" and not right.isalnum() and left:
            continue
        new = "\u201c" if prose.compound_number(text, start, end) else "\u201d"
        found.append(Edit(start, end, _HEAD + new, "straightened_mojibake"))
    return found


_LOST_NBSP = re.compile("\xc3 (?<=[a-z-].{2})(?=[,.;:!?)\\-\u2019])")


def find_lost_nbsp(text: str, survey: Survey) -> Sequence[Edit]:
    """An \xe0 of UTF-8 read as Latin-1 whose no-break space became a space, before punctuation: `Voil\xc3 , la mer`.

    ftfy would leave a space too many. Wrong when: the text has spaces before its commas.
    """
    return [Edit(m.start(), m.end(), "\xc3\xa0", "lost_nbsp") for m in _LOST_NBSP.finditer(text)]


_LOWERED = re.compile("\xe3([\x81\x8d\x8f\x90\x9d\xa0-\xbf\u20ac-\u2122\u0192\u02c6\u02dc\u2013-\u203a])")
_QUOTE_LIKE = frozenset("\xa0\xab\xbb\xb4\xb7\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2026\u2039\u203a")
LOWERED = frozenset("\xe3")


def find_lowered(text: str, survey: Survey) -> Sequence[Edit]:
    """Mojibake of text that was then put into small letters: `caf\xe3\xa9`. The first byte's capital comes back for the decoding.

    Only in text without any capital. Wrong when: small \xe3 stands before a sign on purpose.
    """
    if not _LOWERED.search(text) or any(c.isupper() for c in text) or sum(c < "\x80" for c in text) * 2 < len(text):
        return ()
    found = []
    sure = 0
    for match in _LOWERED.finditer(text):
        start, end = match.span()
        byte = CP1252.find(match.group(1))
        if byte < 0x80 or byte > 0xBF:
            continue
        if match.group(1) in _QUOTE_LIKE and match.group(1) != "\xa0":
            if not (text[start - 1 : start].isalpha() and text[end : end + 1].isalpha()):
                continue
            sure += 1
        elif match.group(1) != "\xa0":
            sure += 1
        meant = bytes((0xC3, byte)).decode("utf-8").lower()
        found.append(Edit(start, end, "".join(CP1252[b] for b in meant.encode()), "lowered_mojibake"))
    return found if sure else ()


# ---- quotes as superscripts -----------------------------------------------------------------------------------------

_SUPER = {"\xb9": "\u2019", "\xb3": "\u201c", "\xb2": "\u201d"}
_SUPER_CONTRACTION = re.compile("\xb9(?=[tsmdrvlTSMDRVL])")
_SUPER_SPEECH = re.compile("\xb3(?:(?<=[\\s(].)|(?<=\\A.))(?=[A-Za-z])[^\xb2\xb3\n]{1,400}[.,!?a-z]\xb2(?=\\s|\\Z)")
_SUPERSCRIPT = re.compile("[\xb9\xb2\xb3]")


def find_superscripts(text: str, survey: Survey) -> Sequence[Edit]:
    """Quotes that old Macintosh mailers turned into superscripts: `can\xb9t`, `\xb3No,\xb2`.

    Needs a contraction or a pair around words in the text; a line is changed when all its superscripts stand where quotes do.
    Wrong when: a line has footnote marks that look like quotes.
    """
    if not any(prose.contraction(text, m.start()) == 2 for m in _SUPER_CONTRACTION.finditer(text)) and not _SUPER_SPEECH.search(
        text
    ):
        return ()
    found: list[Edit] = []
    for start, end in _lines_of(text, _SUPERSCRIPT):
        edits = []
        for m in _SUPERSCRIPT.finditer(text, start, end):
            c, at = m.group(), m.start()
            left, right = text[at - 1 : at], text[at + 1 : at + 2]
            left, right = _SUPER.get(left, left), _SUPER.get(right, right)
            stands = (
                prose.opens(left, right)
                if c == "\xb3"
                else prose.closes(left, right) and not left.isdigit()
                if c == "\xb2"
                else bool(prose.contraction(text, at)) or (left in "sn" and right == " ")
            )
            if not stands:
                edits = []
                break
            edits.append(Edit(at, at + 1, _SUPER[c], "superscript_quotes"))
        found += edits
    return found


# ---- holes: a character is gone, its place is known -----------------------------------------------------------------


def _lines_of(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    spans = []
    at = 0
    while match := pattern.search(text, at):
        start = text.rfind("\n", at, match.start()) + 1 or at
        end = text.find("\n", match.start())
        end = len(text) if end < 0 else end
        spans.append((start, end))
        at = end
    return spans


_PAIRS_NEEDED = 4


def fill(line: str, holes: Sequence[int], double: bool, dashes: bool) -> dict[int, str] | None:
    """The characters that belong at the holes of a line (a hole is one character there, whatever it shows), or None if one is
    open.

    `double`: the text shows that quotes are double. `dashes`: only punctuation was lost, so a hole between letters that is no
    apostrophe is a dash.
    """
    hole_set = frozenset(holes)
    known: dict[int, str] = {}
    stack: list[str] = []
    at = 0
    for hole in holes:
        for c in line[at:hole]:
            if c in "\u201c\u2018":
                stack.append(c)
            elif c == "\u201d" and stack and stack[-1] == "\u201c":
                stack.pop()
        at = hole + 1
        left = known.get(hole - 1, line[hole - 1]) if hole else ""
        right = line[hole + 1 : hole + 2]
        if hole + 1 in hole_set:
            right = "\u201d" if prose.closes(left, " ") else "\u201c"
        sure = prose.contraction(line, hole)
        if sure == 2 or (sure == 1 and left.isascii()):
            known[hole] = "\u2019"
        elif left.isalpha() and right.isalpha():
            lone = len(line[:hole]) == 1 or not line[hole - 2 : hole - 1].isalpha()
            if lone and left in "ODL" and right.isupper():
                known[hole] = "\u2019"
            elif not dashes:
                return None
            elif prose.compound_number(line, hole, hole + 1):
                known[hole] = "\u2013"
            else:
                known[hole] = "\u2014"
        elif prose.opens(left, right) and not (left and left in "\u2014\u2013" and stack):
            if not double or stack or not right.isalpha():
                return None
            stack.append("\u201c")
            known[hole] = "\u201c"
        elif prose.closes(left, right) and (left in ".,!?\u2026\u2014-\u2019" or not right or right in ".,!?;:"):
            if not stack or stack[-1] != "\u201c":
                return None
            stack.pop()
            known[hole] = "\u201d"
        else:
            return None
    return known


def _double_quotes(text: str, hole: str) -> bool:
    """Whether the text shows that its quotes are double: by intact ones, or by so many pairs that single ones are unlikely."""
    if "\u201c" in text or "\u201d" in text:
        return not re.search("(?:^|[\\s(])\u2018[A-Z]", text)
    if re.search('(?:^|\\s)"[A-Z]', text):
        return False
    h = re.escape(hole)
    pairs = re.compile(
        f"(?:^|(?<=[\\s(])){h}(?=[A-Za-z])[^{h}\n]{{0,500}}(?:(?<=[a-z]){h}[a-z]{{1,2}}\\b[^{h}\n]{{0,500}}){{0,3}}[.,!?]{h}(?=\\s|\\Z)",
        re.MULTILINE,
    )
    return sum(1 for _, __ in zip(pairs.finditer(text), range(_PAIRS_NEEDED), strict=False)) >= _PAIRS_NEEDED


_REPLACEMENT = re.compile("\ufffd")


def find_replacement_characters(text: str, survey: Survey) -> Sequence[Edit]:
    """Apostrophes and quotes that became U+FFFD: `don\ufffdt`.

    A contraction gives its apostrophe back; quotes come back where the text shows that they are double. Wrong when: an accented
    letter was lost before an s at the end of a word (`clich\ufffds` and the like are left).
    """
    if not prose.english(text):
        return ()
    return _fill_lines(text, _REPLACEMENT, "\ufffd", "replacement_characters", dashes=False)


_A_CIRCUMFLEX = re.compile("\xe2")
_A_CERTAIN = re.compile("\xe2(?:(?<=[A-Za-z].)(?=(?:t|s|m|d|re|ve|ll)\\b)|(?<=[.,!?].)(?=\\s|\\Z))")


def _stripped(text: str) -> bool:
    """Whether UTF-8 was read as Latin-1 and its control characters then taken out, so that each quote, dash and ellipsis is an
    \xe2."""
    certain = 0
    for match, _ in zip(_A_CERTAIN.finditer(text), range(1000), strict=False):
        place = match.start()
        certain += not text[place + 1 : place + 2].isalpha() or prose.contraction(text, place) == 2
    # Else it is a language that has the letter.
    return certain * 8 >= min(1000, text.count("\xe2")) and certain > 0 and prose.words(text) >= 4


def find_stripped(text: str, survey: Survey) -> Sequence[Edit]:
    """UTF-8 read as Latin-1 with its control characters taken out: each quote, dash and ellipsis is a bare \xe2: `don\xe2t
    go\xe2I said`.

    The place tells the apostrophe, and with double quotes shown the quotes; between letters it is the dash. Wrong when: an
    ellipsis or an en dash stood between the words.
    """
    if not _stripped(text):
        return ()
    found = _fill_lines(text, _A_CIRCUMFLEX, "\xe2", "stripped_mojibake", dashes=True)
    lines = [
        span for span in _lines_of(text, _A_CIRCUMFLEX) if _stripped(text[span[0] : span[1]]) or prose.english(text[slice(*span)])
    ]
    starts = [start for start, _ in lines]
    return [e for e in found if (i := bisect_right(starts, e.start)) and e.end <= lines[i - 1][1]]


_BARE_A = re.compile("\xe2(?![\x80-\x9f\u20ac])")
_TWO_BYTE = re.compile("[\u7ab6\u9225]")  # bytes E2 80 read as Shift JIS, as GBK


def lines_not_to_decode(text: str, survey: Survey) -> list[tuple[int, int]]:
    """Lines whose quotes and dashes could not be given back: decoding the accents beside them would repair them by half."""
    spans = []
    if "\xe2" in survey.characters and _stripped(text):
        spans += _lines_of(text, _BARE_A)
    if not survey.characters.isdisjoint("\u7ab6\u9225"):
        spans += _lines_of(text, _TWO_BYTE)
    return [(start, min(len(text), end + 1)) for start, end in spans]


def _fill_lines(text: str, pattern: re.Pattern[str], hole: str, rule: str, dashes: bool) -> list[Edit]:
    double = _double_quotes(text, hole)
    found = []
    for start, end in _lines_of(text, pattern):
        line = text[start:end]
        holes = [m.start() for m in pattern.finditer(line)]
        if len(holes) > 2000:
            continue
        known = fill(line, holes, double, dashes)
        if known:
            found += [Edit(start + i, start + i + 1, c, rule) for i, c in sorted(known.items())]
    return found


_QUESTION = re.compile(r"\?")
QUESTION_SIGN = re.compile(r"\?[A-Za-z]")


def find_question_marks(text: str, survey: Survey) -> Sequence[Edit]:
    """Apostrophes that a program without them turned into question marks: `don?t`, `I?m`.

    A line is changed when each of its question marks is either in a contraction or ends a sentence. Wrong when: a sentence that
    ends in `?` is glued to a word that looks like the end of a contraction.
    """
    candidates = [m.start() for m in QUESTION_SIGN.finditer(text) if prose.contraction(text, m.start()) == 2]
    if not candidates or not prose.english(text):
        return ()
    found = []
    done = -1
    for at in candidates:
        if at < done:
            continue
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        done = end
        edits = []
        for m in _QUESTION.finditer(text, start, end):
            i = m.start()
            left, right, next_ = (
                text[i - 1 : i] if i > start else "",
                text[i + 1 : i + 2] if i + 1 < end else "",
                text[i + 2 : i + 3],
            )
            if prose.contraction(text, i):
                edits.append(Edit(i, i + 1, "\u2019", "question_marks"))
            elif (
                not left
                or left.isspace()
                or right.isalnum()
                or left in ",;"
                or (left in ".?!" and not right.strip())
                or (right == " " and next_.islower())
            ):
                edits = []
                break
        found += edits
    return found
