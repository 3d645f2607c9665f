"""One encoding read as another where ftfy does not look: UTF-8 read as a DOS or East Asian page, and one-byte pages for each
other.

A line is turned back only if it encodes and decodes without loss and the result stands better in prose (`prose.fit`), with
evidence that the wrong reading cannot explain: a contraction with a letter for its apostrophe, signs inside words, letters of
one script throughout.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from transforms.encoding import prose
from transforms.encoding.edits import Edit
from transforms.encoding.legacy import CP1252
from transforms.encoding.lost import fill
from transforms.encoding.proof import Survey

_CP1252_TABLE = codecs.charmap_build(CP1252)
_TO_CP1252 = {c: i for i, c in enumerate(CP1252)}


def _encode(text: str, encoding: str) -> bytes | None:
    """The bytes that `encoding` would have read as the text; cp1252 as browsers read it, C1 controls for its open bytes."""
    if encoding == "cp1252":
        try:
            return codecs.charmap_encode(text, "strict", _CP1252_TABLE)[0]
        except UnicodeEncodeError:
            pass
        try:
            return bytes(_TO_CP1252[c] if c in _TO_CP1252 else _latin(c) for c in text)
        except KeyError:
            return None
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def _latin(c: str) -> int:
    if "\x80" <= c <= "\x9f":
        return ord(c)
    raise KeyError(c)


def _decode(raw: bytes, encoding: str) -> str | None:
    if encoding == "cp1252":
        return codecs.charmap_decode(raw, "strict", CP1252)[0]
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _lines(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Lines (without their line feed) in which the pattern matches. Longer ones than a chapter are no lines."""
    at = 0
    while match := pattern.search(text, at):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.start())
        end = len(text) if end < 0 else end
        if end - start <= 200_000:
            yield start, end
        at = max(end, match.end())


# ---- UTF-8 read as something ftfy does not try ----------------------------------------------------------------------

_ONE_BYTE = ("cp850", "cp437", "cp852", "cp857", "cp866", "koi8_r", "mac_cyrillic", "cp874", "cp1255", "mac_roman")
_TWO_BYTE = ("gb18030", "cp932")
_TYPOGRAPHIC = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022"
_OTHERS = "\u043e\u0430\u0435\u0438\u0440\u0441\u03b1\u03bf\u03b9\u03c4"
_LETTERS = "\xe0\xe1\xe2\xe4\xe7\xe8\xe9\xea\xeb\xed\xee\xef\xf1\xf3\xf4\xf6\xfa\xfb\xfc\xc9\xc0\xd6\xdc\xc4\xb0\xa3\xa9"


def _read_as(character: str, encoding: str) -> str | None:
    try:
        return character.encode("utf-8").decode(encoding)
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=1)
def _one_byte_signs() -> dict[str, list[str]]:
    """For each encoding, what the UTF-8 of frequent characters looks like in it."""
    return {e: sorted({r for c in _TYPOGRAPHIC + _LETTERS + _OTHERS if (r := _read_as(c, e))}) for e in _ONE_BYTE}


@lru_cache(maxsize=1)
def utf8_signs() -> frozenset[str]:
    """Characters one of which any text of this kind holds."""
    return frozenset(r[-1] for seen in _one_byte_signs().values() for r in seen) | _two_byte_signs()


@lru_cache(maxsize=256)
def _one_byte_pattern(seen: tuple[str, ...]) -> re.Pattern[str]:
    """Any of some strings, hung on their last characters, which are the rarer ones."""
    branches = "|".join(f"(?<={re.escape(r)})" for r in seen)
    return re.compile(f"[{''.join(sorted({re.escape(r[-1]) for r in seen}))}](?:{branches})")


@lru_cache(maxsize=1)
def _two_byte_signs() -> frozenset[str]:
    seen = {b"\xe2\x80".decode(e, "ignore") for e in _TWO_BYTE} | {
        r for e in _TWO_BYTE for c in _LETTERS if (r := _read_as(c, e))
    }
    return frozenset(c for r in seen for c in r[:1])


def find_utf8_as_other(text: str, survey: Survey) -> Sequence[Edit]:
    """UTF-8 read as a DOS, Cyrillic, Chinese or Japanese page: `can\xd4\xc7\xd6t` (cp850), `I\u9225\u6a93` (GBK).

    A line must be valid UTF-8 when turned back, and stand better then. In the two-byte pages a byte can be lost (U+FFFD): the
    line comes back if its place tells the character. Wrong when: a line in those scripts is valid UTF-8 by chance, of one
    character at most.
    """
    found: dict[tuple[int, int], Edit] = {}
    for encoding, signs in _one_byte_signs().items():
        possible = tuple(r for r in signs if survey.characters.issuperset(r))
        if not possible:
            continue
        for start, end in _lines(text, _one_byte_pattern(possible)):
            if (start, end) in found:
                continue
            line = text[start:end]
            raw = _encode(line, encoding)
            new = _decode(raw, "utf-8") if raw else None
            if new and new != line and _better(line, new):
                rule = f"utf8_as_{encoding}" if encoding in ("mac_roman", "cp437") else "utf8_as_other"  # as ftfy's are named
                found[start, end] = Edit(start, end, new, rule)
    if not survey.characters.isdisjoint(_two_byte_signs()):
        pattern = re.compile(f"[{''.join(sorted(_two_byte_signs()))}]")
        for start, end in _lines(text, pattern):
            line = text[start:end]
            if (start, end) in found or sum(c < "\x80" for c in line) * 10 < len(line) * 7:
                continue
            for encoding in _TWO_BYTE:
                new = _two_byte_back(line, encoding, text)
                if new is not None and new != line and _better(line, new):
                    found[start, end] = Edit(start, end, new, "utf8_as_other")
                    break
    return [found[key] for key in sorted(found)]


_PLAIN = frozenset(_TYPOGRAPHIC + _LETTERS + "\xa0\u2665\u2022\u2212")


def _better(old: str, new: str) -> bool:
    beyond = [c for c in new if c > "\x7f"]
    if not beyond or any("\x80" <= c <= "\x9f" for c in beyond):
        return False
    scripts = [prose.script(c) for c in beyond if c.isalpha()]
    if len(scripts) >= 8 and (main := max(set(scripts), key=scripts.count)) != "LATIN":
        # No letters of a script come out of signs and box drawings by chance.
        return scripts.count(main) >= 0.95 * len(scripts) and sum(not c.isalnum() and c > "\x7f" for c in old) * 4 >= len(scripts)
    if sum(c.lower() not in _PLAIN for c in beyond) * 8 > len(beyond):
        return False
    fit = prose.fit(new)
    return fit >= 0 and fit - prose.fit(old) >= 3


def _inventory() -> list[tuple[str, bytes]]:
    return [(c, c.encode()) for c in _TYPOGRAPHIC + _LETTERS + "\xa0"]


def _two_byte_back(line: str, encoding: str, text: str) -> str | None:
    """The line back in UTF-8; U+FFFD in it stands for one byte that was lost."""
    pieces = [_encode(piece, encoding) for piece in re.split("[\ufffd\uff1f]" if "\ufffd" not in line else "\ufffd", line)]
    if any(p is None for p in pieces):
        return None
    if "\ufffd" not in line:
        raw = _encode(line, encoding)
        return _decode(raw, "utf-8") if raw else None
    raw = b"\xff".join(pieces)
    out: list[str] = []
    holes: list[int] = []
    at = 0
    while at < len(raw):
        size = (
            1
            if raw[at] < 0x80
            else 2
            if 0xC2 <= raw[at] < 0xE0
            else 3
            if 0xE0 <= raw[at] < 0xF0
            else 4
            if 0xF0 <= raw[at] < 0xF5
            else 0
        )
        piece = raw[at : at + size] if size else raw[at : at + 1]
        if size and 0xFF not in piece:
            try:
                out.append(piece.decode("utf-8"))
                at += size
                continue
            except UnicodeDecodeError:
                return None
        fitting = _fitting(raw, at)
        if not fitting:
            return None
        if len({c for c, _ in fitting}) == 1:
            out.append(fitting[0][0])
        else:
            if any(c not in _TYPOGRAPHIC for c, _ in fitting):
                return None
            holes.append(len(out))
            out.append("\ufffd")
        at += fitting[0][1]
    new = "".join(out)
    if not holes:
        return new
    if len(holes) > 200:
        return None
    known = fill(new, holes, "\u201c" in new, dashes=True)
    if known is None:
        return None
    return "".join(known.get(i, c) for i, c in enumerate(new))


def _fitting(raw: bytes, at: int) -> list[tuple[str, int]]:
    """Characters whose UTF-8 fits at a place where FF stands for any lost byte."""
    found = []
    for character, code in _inventory():
        piece = raw[at : at + len(code)]
        if len(piece) == len(code) and all(p in (0xFF, c) for p, c in zip(piece, code, strict=True)) and piece[0] != 0xFF:
            found.append((character, len(code)))
    return found


# ---- one one-byte page read as another ------------------------------------------------------------------------------

# (what the bytes were, what they were read as)
_PAGES = (
    ("mac_roman", "cp1252"),
    ("cp1252", "mac_roman"),
    ("cp1252", "cp437"),
    ("cp1252", "cp850"),
    ("mac_roman", "cp437"),
    ("mac_roman", "cp850"),
    ("cp1252", "koi8_r"),
    ("cp1252", "cp866"),
    ("mac_roman", "cp1251"),
)


@lru_cache(maxsize=1)
def _page_signs() -> list[tuple[str, str, str, str, str]]:
    """(was, read as, apostrophe, opening quote, closing quote), as read."""
    return [(was, seen, *(c.encode(was).decode(seen) for c in "\u2019\u201c\u201d")) for was, seen in _PAGES]


@lru_cache(maxsize=1)
def page_signs() -> frozenset[str]:
    return frozenset(c for _, _, *signs in _page_signs() for c in signs[:2])


_ENDINGS = "(?=[tsmdrvlcaTSMDRVL])(?=(?:t|s|m|d|re|ve|ll|T|S|M|D|RE|VE|LL|clock|am)(?![A-Za-z]))"


def find_page_confusions(text: str, survey: Survey) -> Sequence[Edit]:
    """cp1252 or MacRoman text read as MacRoman, cp1252 or a DOS page: `don\xedt`, `\xecNo,\xee`; `don\xd5t`; `don\xc6t`.

    Needs an English contraction with the letter that stands for its apostrophe, or quotes of that kind around speech. Then each
    line that stands better turned back is. Wrong when: a few words of another language are in the same line with letters that
    then look like signs.
    """
    found: dict[tuple[int, int], Edit] = {}
    for was, seen, apostrophe, opening, closing in _page_signs():
        if apostrophe not in survey.characters and opening not in survey.characters:
            continue
        contractions = sum(prose.contraction(text, m.start()) == 2 for m in re.finditer(re.escape(apostrophe) + _ENDINGS, text))
        if not contractions and not re.search(re.escape(opening) + "[A-Z]", text):
            continue
        speech = re.compile(
            f"{re.escape(opening)}(?=[A-Z])(?:(?<=[\\s(\\u2014].)|(?<=^.))"
            f"[^{re.escape(opening + closing)}\n]{{1,600}}{re.escape(closing)}(?=[\\s,.;)]|\\Z)",
            re.MULTILINE,
        )
        pairs = sum(1 for _, __ in zip(speech.finditer(text), range(20), strict=False))
        if not contractions and not pairs:
            continue
        signs = re.compile("[\x80-\U0010ffff]")
        for start, end in _lines(text, signs):
            line = text[start:end]
            raw = _encode(line, seen)
            new = _decode(raw, was) if raw else None
            if new is None or (not pairs and prose.words(text) < 4):
                continue
            before = prose.fit(line)
            gain = prose.fit(new) - before
            least = 4 if contractions + 2 * pairs < 3 else 1.5
            if gain >= least and not any("\x80" <= c <= "\x9f" for c in new):
                old = found.get((start, end))
                if old is None or prose.fit(old.new) < prose.fit(new):
                    found[start, end] = Edit(start, end, new, "page_confusion")
    return [found[key] for key in sorted(found)]


# ---- Central European -----------------------------------------------------------------------------------------------

_IN_WORD = re.compile(
    "[\xb3\xb9\xbf\xb6\xbc\xbe\xb1\xa3\xa5\xaf\xa6\xb5\xbb](?<=[a-z].)(?:(?=[a-z])|(?<=[\xb3\xb9\xbf])(?=[\\s,.!?]))"
)
CENTRAL_SIGNS = frozenset("\xb3\xb9\xb6\xbc\xbe\xb1")


def find_central_european(text: str, survey: Survey) -> Sequence[Edit]:
    """Polish, Czech or Hungarian in cp1250 or ISO 8859-2 read as cp1252: `poprosi\xb3a`, signs inside words where letters belong.

    Needs two such signs, and all of them letters in the other page. Wrong when: a line mixes such words with real superscripts.
    """
    signs = list(_IN_WORD.finditer(text))
    inside = [m for m in signs if text[m.end() : m.end() + 1].isalpha()]
    if len(signs) < 2 or not inside or any(prose.contraction(text, m.start()) == 2 for m in signs[:50]):
        return ()
    found = []
    for start, end in _lines(text, re.compile("[\x80-\u2122]")):
        line = text[start:end]
        raw = _encode(line, "cp1252")
        if raw is None or not _IN_WORD.search(line):
            continue
        best = None
        for encoding in ("cp1250", "iso8859_2"):
            new = _decode(raw, encoding)
            if new and not any("\x80" <= c <= "\x9f" for c in new) and not _IN_WORD.search(new):
                score = prose.fit(new, western=False)
                if score >= prose.fit(line) + 4 and (best is None or score > best[0]):
                    best = (score, new)
        if best:
            found.append(Edit(start, end, best[1], "central_european"))
    return found


# ---- another script read as Latin -----------------------------------------------------------------------------------

_HIGH = re.compile(
    "[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_DENSE = re.compile(_HIGH.pattern + "{5,}")
_CYRILLIC = ("cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5")
_GREEK = ("cp1253", "iso8859_7")
_COMMON_CYRILLIC = frozenset(
    "\u043e\u0435\u0430\u0438\u043d\u0442\u0441\u0440\u0432\u043b\u043a\u043c\u0434\u043f\u0443\u044f\u044b\u044c"
)
_COMMON_GREEK = frozenset(
    "\u03b1\u03bf\u03b9\u03b5\u03c4\u03c3\u03bd\u03b7\u03c5\u03c1\u03c0\u03ba\u03bc\u03bb\u03c2\u03ac\u03ad\u03af\u03cc\u03ae"
)


def find_scripts(text: str, survey: Survey) -> Sequence[Edit]:
    """Russian, Greek, Chinese, Japanese or Korean in its own old encoding, read as cp1252: `\xcf\xf0\xe8\xe2\xe5\xf2`.

    Lines that are mostly Latin letters with accents and signs, together: no Latin language has such lines. They must decode
    without loss into letters of one script, as frequent and as capitalised as in that script. Wrong when: a line of decoration
    decodes by chance.
    """
    if "\xe2\u20ac" in text or "\xe2\x80" in text:
        return ()  # ftfy's; what is left after it comes here in the next round
    spans, raws = [], []
    for start, end in _lines(text, _DENSE):
        line = text[start:end]
        high = len(line) - len(line.encode("ascii", "ignore"))
        if high < 8 or high * 2 < len(line) - line.count(" "):
            continue
        raw = _encode(line, "cp1252")
        if raw is not None and _decode(raw, "utf-8") is None:  # else it is ftfy's
            spans.append((start, end))
            raws.append(raw)
    if not raws:
        return ()
    together = b"\n".join(raws)[:40_000]
    candidates = (*_EAST_ASIAN, *_GREEK[::-1], *_CYRILLIC[::-1])  # where two fit alike, the later is the commoner
    best = max(((score, i, e) for i, e in enumerate(candidates) if (score := _script_score(together, e)) > 0), default=None)
    if best is None:
        return ()
    found = []
    for (start, end), raw in zip(spans, raws, strict=True):
        new = _decode(raw, best[2])
        if new is not None and _script_score(raw, best[2]) > 0:
            found.append(Edit(start, end, new, "script_as_latin"))
    return found


_DRAWN = re.compile("[\u2300-\u25ff\x80-\x9f]")


def _script_score(raw: bytes, encoding: str) -> float:
    """How far bytes read as the encoding look like its language: 0 not at all, 1 as text does."""
    text = _decode(raw, encoding)
    if text is None:
        text = _decode(raw[: len(raw) - 1], encoding) if len(raw) >= 40_000 else None
        if text is None:
            return 0.0
    if encoding in _EAST_ASIAN:
        return _east_asian_score(text, encoding)
    common = _COMMON_CYRILLIC if encoding in _CYRILLIC else _COMMON_GREEK
    script = "CYRILLIC" if encoding in _CYRILLIC else "GREEK"
    letters = [c for c in text if c > "\x7f" and c.isalpha()]
    signs = sum(
        c > "\x7f" and not c.isalpha() and c not in "\xab\xbb\u2014\u2013\u201e\u201c\u201d\u2026\u2019\xa0\u2116\u2018"
        for c in text
    )
    ours = [c for c in letters if prose.script(c) == script]
    if len(ours) < 8 or len(ours) < 0.95 * len(letters) or signs > 0.05 * len(ours) or _DRAWN.search(text):
        return 0.0
    if re.search("[a-zA-Z][\u0400-\u04ff]" if script == "CYRILLIC" else "[a-zA-Z][\u0370-\u03ff]", text):
        return 0.0
    share = sum(c in common for c in ours) / len(ours)
    inside = len(re.findall("(?<=[^\\W\\d_A-Z])[\u0391-\u03a9\u0401-\u042f](?=[^\\W\\d_])", text))
    capitals = sum(c.isupper() for c in ours)
    if share < 0.55 or inside * 10 > len(ours) or capitals * 3 > len(ours):
        return 0.0
    glued = len(re.findall("[\u2014\u2013\u2116](?=[^\\W\\d_])", text))
    return share - 2 * (signs + text.count("\xa0") + inside + glued) / len(ours)


_EAST_ASIAN = ("cp950", "euc_jp", "gb18030", "cp932", "cp949")


def _east_asian_score(text: str, encoding: str) -> float:
    wide = [c for c in text if c > "\x7f"]
    if len(wide) < 6:
        return 0.0
    kana = sum("\u3040" <= c <= "\u30ff" for c in wide) / len(wide)
    hangul = sum("\uac00" <= c <= "\ud7a3" for c in wide) / len(wide)
    signs = sum(
        "\u3000" <= c <= "\u3020" or "\uff00" <= c <= "\uff5e" or c in "\u201c\u201d\u2018\u2019\u2014\u2026" for c in wide
    ) / len(wide)
    han = [c for c in wide if "\u4e00" <= c <= "\u9fff"]
    if encoding in ("cp932", "euc_jp"):
        half = sum("\uff61" <= c <= "\uff9f" for c in wide) / len(wide)
        return kana + signs + len(han) / len(wide) * 0.8 - half if kana > 0.25 and half < 0.05 else 0.0
    if encoding == "cp949":
        codes = [c.encode(encoding) for c in wide if "\uac00" <= c <= "\ud7a3"]
        usual = sum(b[0] <= 0xC8 and b[1] >= 0xA1 for b in codes)  # KS X 1001: the syllables that occur
        return hangul + signs if hangul + signs > 0.9 and hangul > 0.6 and usual > 0.9 * len(codes) else 0.0
    if not han:
        return 0.0
    # The first level of each standard holds the characters that text is made of.
    first, last = (0xB0, 0xD7) if encoding == "gb18030" else (0xA4, 0xC6)
    levels = [c.encode(encoding) for c in han]
    level = sum(first <= b[0] <= last and (encoding == "cp950" or b[1] >= 0xA1) for b in levels) / len(levels)
    share = len(han) / len(wide) + signs
    return level * share if level > 0.8 and share > 0.9 else 0.0
