"""Bytes to text: marks, UTF-16 by its NULs, strict UTF-8, then line by line, with one detector for the lines that are not UTF-8.

A file is seldom in one wrong encoding throughout: archives put pages of one encoding into templates of another, authors paste
chapters. So a line that is UTF-8 stays UTF-8, and only the other lines are read by what `legacy` makes of them together.

Method and figures: docs/encoding.md.
"""

from __future__ import annotations

import re

from transforms.encoding import prose
from transforms.encoding.legacy import CP1252, LATIN, choose, read_strictly
from transforms.encoding.results import Decoded

HOW = {
    "utf-8": "All of it is valid UTF-8.",
    "bom": "A byte order mark names the encoding.",
    "utf-16-nuls": "Every other byte is NUL, or the 16-bit units make sensible text: UTF-16 without its mark.",
    "escapes": "Seven-bit text with the escape sequences of an ISO 2022 encoding.",
    "utf-8-stray": "UTF-8 with a few bytes that are not: a character cut off, or a lone byte of another encoding.",
    "declared": "Not UTF-8; the declared encoding fits at least as well as the detected one.",
    "detected": "Not UTF-8; the detector's answer for the lines with bytes beyond ASCII.",
    "prose": "Not UTF-8; of the encodings of Western text, the one whose characters stand best in the prose.",
    "line-wise": "Some lines are UTF-8, the others are in one other encoding.",
    "fallback": "Nothing fits; bytes that have no reading became U+FFFD.",
}
"""How an encoding was decided (`Decoded.how`), for people."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_ASCII = bytes(range(128))
_UNDECODED = re.compile("[\udc80-\udcff]")
_VALID = re.compile("[^\0-\x7f\udc80-\udcff]")
_WINDOW = 1 << 16  # of a longer line, this much around an undecodable byte is decided together


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """The text of any bytes, with the encoding and how it was decided. Never raises; byte order marks are taken off.

    `declared` is the encoding that a header or page names, if any: a hint that decides between readings that fit alike.
    Wrong when: a short text in one legacy encoding is also sensible in another (three Polish words in ISO 8859-2 or cp1250
    without the letters that differ read the same; with one accent in all, MacRoman and cp1252 may not).
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            while raw.startswith(mark):
                raw = raw[len(mark) :]
            if encoding != "utf-8":
                text = raw.decode(encoding, "replace")
                lost = _lines_with(text, "\ufffd")
                return Decoded(_unmarked(text), encoding, "bom", lost, f"The byte order mark says {encoding}.")
            decoded = _decode_unmarked(raw, "utf-8")
            if decoded.encoding == "utf-8" and decoded.how in ("utf-8", "utf-8-stray"):
                return Decoded(decoded.text, "utf-8", "bom", decoded.doubtful_lines, "The byte order mark says UTF-8.")
            return decoded
    return _decode_unmarked(raw, declared)


def _unmarked(text: str) -> str:
    return text.lstrip("\ufeff") if text.startswith("\ufeff") else text


def _lines_with(text: str, character: str) -> int:
    return len({text.count("\n", 0, m.start()) for m in re.finditer(character, text[:100_000])}) if character in text else 0


def _decode_unmarked(raw: bytes, declared: str | None) -> Decoded:
    if b"\0" in raw and (encoding := _utf16(raw)):
        text = raw.decode(encoding, "replace")
        return Decoded(
            _unmarked(text), encoding, "utf-16-nuls", _lines_with(text, "\ufffd"), f"NULs between the letters: {encoding}."
        )
    if b"\x1b" in raw and (found := _escapes(raw)):
        return found
    try:
        return Decoded(raw.decode("utf-8"), "utf-8", "utf-8", 0, HOW["utf-8"])
    except UnicodeDecodeError:
        return _line_by_line(raw, declared)


# ---- UTF-16 and ISO 2022 --------------------------------------------------------------------------------------------


def _utf16(raw: bytes) -> str | None:
    """UTF-16 without a mark, or None. NULs stand at one parity in Latin text; elsewhere the right byte order makes better
    text."""
    head = raw[: 1 << 13]
    head = head[: len(head) // 2 * 2]
    half = len(head) // 2
    if not half:
        return None
    high_le, high_be = head[1::2].count(0), head[0::2].count(0)
    if high_le > 0.3 * half and high_be < 0.05 * half:
        return "utf-16-le"
    if high_be > 0.3 * half and high_le < 0.05 * half:
        return "utf-16-be"
    controls = sum(b < 32 and b not in (9, 10, 13) for b in head)
    try:
        raw.decode("utf-8")
        if controls < 0.05 * len(head):
            return None  # text with a few NULs in it
    except UnicodeDecodeError:
        pass
    best = None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, "replace")
        strange = sum(not (c.isprintable() or c in "\t\n\r") for c in text)
        blocks = len({ord(c) >> 8 for c in text})
        spaces = sum(c in " \n\r\u3000\u3001\u3002\uff0c" for c in text)
        if strange <= len(text) // 100 and spaces:
            best = min(best or (strange, blocks, encoding), (strange, blocks, encoding))
    return best[2] if best else None


def _escapes(raw: bytes) -> Decoded | None:
    for sign, encoding in (
        (b"\x1b$B", "iso2022_jp"),
        (b"\x1b$@", "iso2022_jp"),
        (b"\x1b(J", "iso2022_jp"),
        (b"\x1b$)C", "iso2022_kr"),
    ):
        if sign in raw:
            for codec in (encoding, "iso2022_jp_ext") if encoding == "iso2022_jp" else (encoding,):
                try:
                    return Decoded(raw.decode(codec), codec, "escapes", 0, HOW["escapes"])
                except UnicodeDecodeError:
                    continue
    return None


# ---- line by line ---------------------------------------------------------------------------------------------------


# A character beyond ASCII in UTF-8. The first class alone makes it a fast scan.
_SEQUENCE = re.compile(
    rb"[\xc2-\xf4](?:(?<=[\xc2-\xdf])[\x80-\xbf]|(?<=[\xe0-\xef])[\x80-\xbf]{2}|(?<=[\xf0-\xf4])[\x80-\xbf]{3})"
)
_CUT_END = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
_HIGH = re.compile(rb"[\x80-\xff]")


def _high_lines(raw: bytes, most: int = 500) -> list[bytes]:
    """The first lines with bytes beyond ASCII, of long ones the surroundings of the byte."""
    lines = []
    at = 0
    while len(lines) < most and (match := _HIGH.search(raw, at)):
        place = match.start()
        low, high = max(at, place - 2000), place + 2000
        start = raw.rfind(b"\n", low, place) + 1 or low
        end = raw.find(b"\n", place, high) + 1 or min(high, len(raw))
        lines.append(raw[start:end])
        at = end
    return lines


def _line_by_line(raw: bytes, declared: str | None) -> Decoded:
    if not _SEQUENCE.search(raw):  # nothing in it is UTF-8: a sample tells, and no line needs its own answer
        encoding, how, detail = choose(_high_lines(raw), declared, "")
        whole = read_strictly(raw, encoding)
        if whole is not None:
            return Decoded(whole, encoding, how, 0, detail)
    # Every byte that is not UTF-8 is a lone surrogate here, and turns back into that byte when encoded.
    text = raw.decode("utf-8", "surrogateescape")
    spans = _undecoded_lines(text)
    lines = [text[start:end] for start, end in spans]
    undecoded = [len(_UNDECODED.findall(line)) for line in lines]
    valid = [len(_VALID.findall(line)) for line in lines]
    total_undecoded = sum(undecoded)
    pieces = [line.encode("utf-8", "surrogateescape") for line in lines]
    # Characters in lines that are UTF-8 throughout, from their bytes: two or three each.
    elsewhere = (len(raw.translate(None, _ASCII)) - sum(len(piece.translate(None, _ASCII)) for piece in pieces)) // 2
    mostly_utf8 = elsewhere + sum(valid) >= max(1, total_undecoded) if elsewhere > 0 else sum(valid) >= 3 * total_undecoded
    stray = [mostly_utf8 and v >= 1 and u <= max(2, v // 2) for u, v in zip(undecoded, valid, strict=True)]
    if elsewhere > 0 and (cut := _CUT_END.search(raw)) and undecoded[-1] == len(cut.group()):
        stray[-1] = True  # the file ends within a character
    legacy = [piece for piece, s in zip(pieces, stray, strict=True) if not s]
    if not legacy:
        read = [_mend(line) for line in lines]
        detail = f"UTF-8, but for {total_undecoded} bytes in {len(lines)} lines."
        return Decoded(_put(text, spans, read), "utf-8", "utf-8-stray", len(lines), detail)
    context = text[:20_000] if elsewhere > 0 else ""
    encoding, how, detail = choose(legacy, declared, context)
    if elsewhere <= 0 and not any(stray):
        whole = read_strictly(raw, encoding)
        if whole is not None:
            return Decoded(whole, encoding, how, 0, detail)
    if elsewhere > 0:
        more = _accidents(text, spans, encoding, legacy)
        if more:
            spans, stray = zip(*sorted([*zip(spans, stray, strict=True), *((span, False) for span in more)]), strict=True)
            lines = [text[start:end] for start, end in spans]
            elsewhere -= sum(len(_VALID.findall(text[start:end])) for start, end in more)
    read = []
    lost = 0
    for line, is_stray in zip(lines, stray, strict=True):
        if is_stray:
            read.append(_mend(line))
            continue
        piece = line.encode("utf-8", "surrogateescape")
        done = read_strictly(piece, encoding)
        if done is None:
            lost += 1
            done = piece.decode(encoding, "replace")
        read.append(done)
    if lost == len(lines) and lost:
        how, detail = "fallback", f"No encoding reads all of it; {encoding} loses least."
    elif elsewhere > 0 or any(stray):
        how, detail = "line-wise", f"{len(lines)} lines are not UTF-8. {detail}"
    return Decoded(_put(text, spans, read), encoding, how, len(lines) if how in ("line-wise", "fallback") else lost, detail)


def _undecoded_lines(text: str) -> list[tuple[int, int]]:
    """The lines that hold an undecoded byte; of very long lines only the surroundings."""
    spans = []
    at = 0
    while match := _UNDECODED.search(text, at):
        place = match.start()
        low = max(at, place - _WINDOW)
        start = text.rfind("\n", low, place) + 1
        if not start:
            start = low
            if low > at or (low and text[low - 1] != "\n"):
                start = text.find(" ", low, place) + 1 or low
        high = min(len(text), place + _WINDOW)
        end = text.find("\n", place, high) + 1
        if not end:
            end = high
            if high < len(text):
                end = text.rfind(" ", place, high) + 1 or high
        spans.append((start, end))
        at = end
    return spans


def _put(text: str, spans, read: list[str]) -> str:
    out = []
    at = 0
    for (start, end), new in zip(spans, read, strict=True):
        out.append(text[at:start])
        out.append(new)
        at = end
    out.append(text[at:])
    return "".join(out)


def _mend(line: str) -> str:
    """A line of UTF-8 with stray bytes. A lone byte that is a quote, dash or letter of cp1252 where one can stand is read so;
    what else there is becomes U+FFFD, one for each character cut off."""
    raw = line.encode("utf-8", "surrogateescape")
    out = []
    at = 0
    while at < len(raw):
        try:
            out.append(raw[at : at + _WINDOW].decode("utf-8"))
            at += _WINDOW
        except UnicodeDecodeError as error:
            start, end = at + error.start, at + error.end
            if error.start + 4 > _WINDOW and end < len(raw):  # cut by the window, not by the file
                out.append(raw[at : at + error.start].decode("utf-8"))
                at = start
                continue
            out.append(raw[at:start].decode("utf-8"))
            out.append(_lone(raw, start, end))
            at = end
    return "".join(out)


def _lone(raw: bytes, start: int, end: int) -> str:
    if end - start == 1:
        character = CP1252[raw[start]]
        left = raw[max(0, start - 16) : start].decode("utf-8", "ignore")
        right = raw[end : end + 16].decode("utf-8", "ignore")
        beside = right[:1].isalpha() or left[-1:].isalpha()
        if (
            character in "\u2018\u2019\u201c\u201d\u2013\u2014\u2026"
            and prose.fit(left + character + right) >= prose.fit(left + right) + 2
        ):
            return character
        common = character in "\xe0\xe1\xe2\xe4\xe7\xe8\xe9\xea\xeb\xed\xee\xef\xf1\xf3\xf4\xf6\xf9\xfa\xfb\xfc"
        if common and beside and not right[:1].isupper() and right[:1].isascii() and left[-1:].isascii():
            return character
    return "\ufffd"


def _accidents(text: str, spans, encoding: str, legacy: list[bytes]) -> list[tuple[int, int]]:
    """Lines that are valid UTF-8 only by accident: their legacy reading is in the script of the others, their UTF-8 reading is
    not."""
    if encoding in LATIN or not legacy:
        return []
    main: dict[str, int] = {}
    for line in legacy[:200]:
        for c in (read_strictly(line, encoding) or "")[:500]:
            if c > "\x7f" and c.isalpha():
                main[prose.script(c)] = main.get(prose.script(c), 0) + 1
    scripts = {s for s, n in main.items() if n * 20 >= sum(main.values())}
    taken = set(spans)
    found = []
    at = 0
    while match := _VALID.search(text, at):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.start()) + 1 or len(text)
        at = end
        line = text[start:end]
        if (start, end) in taken or len(line) > 2000 or _UNDECODED.search(line):
            continue
        other = read_strictly(line.encode(), encoding)
        if other is None:
            continue
        here = {prose.script(c) for c in line if c > "\x7f" and c.isalpha()}
        there = {prose.script(c) for c in other if c > "\x7f" and c.isalpha()}
        if there and there <= scripts and not here <= scripts:
            found.append((start, end))
    return found
