"""What the journey left in the text: entities, quoted-printable, percent and backslash escapes, transliterated mojibake.

Escapes can also be meant: a story about a hacker, a log in a chat. So each kind needs evidence that the text was escaped as a
whole: an escape that stands inside a word, or where the character it means belongs. Then all of its kind are read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ftfy.chardata import HTML_ENTITIES

from transforms.encoding import prose
from transforms.encoding.edits import Edit
from transforms.encoding.proof import Survey

_TYPOGRAPHIC = frozenset("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\xa0")

# ---- entities -------------------------------------------------------------------------------------------------------

_BODY = re.compile(r"#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][0-9A-Za-z]{1,30};")
# Without its semicolon only what nobody writes for itself: the numbers of typographic characters, and their names before a blank.
_BARE = re.compile(r"#(8[2-4][0-9]{2}|1[3-5][0-9](?![0-9]))(?!;)|(?:nbsp|[lr][sd]quo|[mn]dash|hellip)(?![0-9A-Za-z;])")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,15})(?:\s[^<>]{0,300})?\s?/?>")
_EMPHASIS = frozenset(["i", "b", "em", "strong", "u", "s", "small", "sup", "sub", "q", "cite"])
_ABOUT = re.compile(
    r"\b(?:html|entit(?:y|ies)|escap(?:e|ed|es|ing)|markup|ampersands?|source code|codes?|mojibake|unicode|encod(?:ed|ing)s?)\b",
    re.IGNORECASE,
)
_CODE = frozenset("{}()[]=|<>")


def find_entities(text: str, survey: Survey) -> Sequence[Edit]:
    """Character references left in text: `don&#8217;t`, `caf&eacute;`, `&amp;#8217;`, `&#146;`, `&#8220Hello`.

    All are read once the text shows that it was escaped: by a reference to a character beyond ASCII that touches a word or
    stands for a dash, blank or quote, by `&quot;` or `&#39;` in speech, by `&amp;` before a name of another, or by `&amp;`
    between words. Not read in lines with tags, but for tags of emphasis (an HTML parser is to do that). `<3` is no tag.
    Wrong when: a text shows references as text and also has real ones.
    """
    found = []  # (start, end, value, counts as evidence)
    at = 0
    line_end = -1
    mode = True
    evidence = False
    while (at := text.find("&", at)) >= 0:
        if at >= line_end:
            line_start = text.rfind("\n", max(0, at - 20_000), at) + 1
            line_end = text.find("\n", at, at + 20_000)
            line_end = line_end if line_end >= 0 else min(len(text), at + 20_000)
            tags = (
                {m.group(1).lower() for m in _TAG.finditer(text, line_start, line_end)}
                if "<" in text[line_start:line_end]
                else ()
            )
            mode = None if tags and not _EMPHASIS.issuperset(tags) else not tags
        read = _reference(text, at) if mode is not None else None
        if read is None:
            at += 1
            continue
        end, value, layers = read
        if mode or value not in "&<>":
            sure = _stands(text, at, end, value, layers, line_start, line_end)
            evidence = evidence or sure
            found.append(Edit(at, end, value, "entities"))
        at = end
    return found if evidence else ()


def _reference(text: str, at: int) -> tuple[int, str, int] | None:
    """(end, character, layers of escaping) of the reference at an ampersand, or None."""
    end = at + 1
    value = "&"
    layers = 0
    while value == "&":
        match = _BODY.match(text, end)
        if match:
            new = _value(match.group())
            if new is None:
                break
            value, end = new, match.end()
            if "\ud800" <= value <= "\udbff" and text.startswith("&#", end):
                low = _BODY.match(text, end + 1)
                other = _value(low.group()) if low else None
                if other and "\udc00" <= other <= "\udfff":
                    value = (value + other).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
                    end = low.end()
        else:
            match = _BARE.match(text, end)
            if not match:
                break
            body = match.group()
            value = _value(body + ";")
            end = match.end()
        layers += 1
    if not layers or value is None or (len(value) == 1 and "\ud800" <= value <= "\udfff"):
        return None
    return end, value, layers


_CP1252 = {i: bytes([i]).decode("cp1252", "ignore") or chr(i) for i in range(0x80, 0xA0)}


def _value(body: str) -> str | None:
    if body[0] != "#":
        return HTML_ENTITIES.get("&" + body)
    number = int(body[2:-1], 16) if body[1] in "xX" else int(body[1:-1])
    if number in _CP1252:
        return _CP1252[number]
    if number > 0x10FFFF or (number < 32 and number not in (9, 10, 13)):
        return None
    return chr(number)


def _stands(text: str, start: int, end: int, value: str, layers: int, line_start: int, line_end: int) -> bool:
    """Whether a reference stands where its character belongs, so that it cannot be meant as text."""
    left = text[start - 1 : start] if start > line_start else ""
    right = text[end : end + 1] if end < line_end else ""
    beside_word = left.isalpha() or right.isalpha() or left == ";" or right == "&"
    if value.isascii():
        if value in "\"'":
            return prose.opens(left, right) or prose.closes(left, right) or (left.isalpha() and right.isalpha())
        if value == "&" and layers == 1:
            spaced = left.isalnum() and right.isalnum()
            spaced = spaced or (
                left == right == " " and text[start - 2 : start - 1].isalpha() and text[end + 1 : end + 2].isalpha()
            )
            return spaced and _CODE.isdisjoint(text[max(line_start, start - 60) : min(line_end, end + 60)])
        return False
    if beside_word or layers > 1:
        return True
    if value in _TYPOGRAPHIC:
        return (value in "\xa0\u2013\u2014\u2026" and not _ABOUT.search(text, line_start, line_end)) or prose.closes(left, right)
    return bool(
        left.isdigit() or right.isdigit() or (value.isalpha() and value not in text[line_start:line_end])
    ) and not _ABOUT.search(text, line_start, line_end)


# ---- quoted-printable and percent escapes ---------------------------------------------------------------------------

_QP_RUN = re.compile(r"=[0-9A-Fa-f]{2}(?:(?:=\n(?==[89A-Fa-f]))?=[0-9A-Fa-f]{2}){0,2000}")
_QP_SIGN = re.compile(r"=[89A-Fa-f][0-9A-Fa-f]")
_QP_SOFT = re.compile(r"(?<=[^=\n])=\n(?!=)")
_HEX = re.compile(r"[0-9A-Fa-f]{2}")


def find_quoted_printable(text: str, survey: Survey) -> Sequence[Edit]:
    """Quoted-printable of mail that nobody decoded: `don=E2=80=99t`, `don=92t`, lines cut by a `=` at their end.

    Needs a sequence that is a UTF-8 character beyond ASCII, or a cp1252 quote or accent in a word; then `=3D`, `=20` and cut
    lines are undone too. Wrong when: the text shows such escapes as text beside real ones.
    """
    if not _QP_SIGN.search(text):
        return ()
    runs = []
    evidence = False
    for match in _QP_RUN.finditer(text):
        start, end = match.span()
        raw = bytes(int(h, 16) for h in _HEX.findall(match.group().replace("=\n", "")))
        if raw.isascii():
            if raw in (b"=", b" ", b"\t", b"\r\n", b"\n"):
                runs.append(Edit(start, end, raw.decode().replace("\r\n", "\n"), "quoted_printable"))
            continue
        try:
            new = raw.decode("utf-8")
            evidence = True
        except UnicodeDecodeError:
            new = raw.decode("cp1252", "replace")
            if "\ufffd" in new or match.group() != match.group().upper():
                continue
            if new == "\u2019":
                evidence = evidence or prose.contraction(text, start, end) == 2
            elif new in "\u201c\u201d":
                around = text[max(0, start - 1) : start] + new + text[end : end + 1]
                evidence = evidence or prose.fit(around) >= 3
        runs.append(Edit(start, end, new, "quoted_printable"))
    if not evidence:
        return ()
    inside = {e.start for e in runs}
    soft = [Edit(m.start(), m.end(), "", "quoted_printable") for m in _QP_SOFT.finditer(text)]
    return sorted([*runs, *(e for e in soft if e.start not in inside and not _covered(runs, e.start))])


def _covered(edits: Sequence[Edit], place: int) -> bool:
    i = bisect_right(edits, place, key=lambda e: e.start) - 1
    return i >= 0 and edits[i].end > place


_PERCENT_SIGN = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")
_PERCENT_RUN = re.compile(r"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2}){0,3000}")
_ADDRESS = re.compile(r"://|www\.|[?&][\w.-]{1,40}=|/\S*/|\.(?:com|org|net|html?|php)\b|@", re.IGNORECASE)


def find_percent_escapes(text: str, survey: Survey) -> Sequence[Edit]:
    """UTF-8 written as in web addresses: `can%E2%80%99t`.

    Only sequences that are valid UTF-8 beyond ASCII, and none in what looks like an address. Wrong when: an address is given
    without its host and path.
    """
    if not _PERCENT_SIGN.search(text):
        return ()
    found = []
    for match in _PERCENT_RUN.finditer(text):
        start, end = match.span()
        raw = bytes(int(h, 16) for h in _HEX.findall(match.group()))
        if raw.isascii():
            continue
        low = max(text.rfind(" ", max(0, start - 500), start), text.rfind("\n", max(0, start - 500), start)) + 1
        blank = re.compile(r"\s").search(text, end, end + 500)
        token = text[max(low, start - 500) : blank.start() if blank else end + 500]
        if _ADDRESS.search(token):
            continue
        try:
            found.append(Edit(start, end, raw.decode("utf-8"), "percent_escapes"))
        except UnicodeDecodeError:
            continue
    return found


# ---- backslash escapes ----------------------------------------------------------------------------------------------

_BACKSLASH = re.compile(r"\\(?:u[0-9a-fA-F]{4}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?|[\"'\\/nrt])")


def find_backslash_escapes(text: str, survey: Survey) -> Sequence[Edit]:
    """Strings taken out of JSON or JavaScript unread: `can\\u2019t`, with `\\"` and `\\n`.

    Needs most `\\u` escapes to stand where their character belongs in prose, one at least inside or against a word. Wrong when:
    a text shows such strings as text, inside words.
    """
    good = bad = 0
    found = []
    for match in _BACKSLASH.finditer(text):
        start, end = match.span()
        body = match.group()[1:]
        if body[0] == "u":
            new = "".join(chr(int(h, 16)) for h in re.findall(r"u([0-9a-fA-F]{4})", body))
            new = new.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
            if "\ud800" <= new[0] <= "\udfff" or (new < " " and new not in "\n\t"):
                continue
            if len(found) < 2000:
                left, right = text[start - 1 : start], text[end : end + 1]
                if right == "\\":
                    right = "\u201c" if text[end + 1 : end + 2] == "u" else '"'
                beside = left.isalpha() or right.isalpha()
                fits = prose.fit(text[max(0, start - 16) : start] + new + (right or "")) + 0
                if not new.isascii():
                    good += beside and fits >= 0
                    bad += not beside and not (new in "\u2013\u2014\u2026" or left in '.,!?"' or right in '.,!?"' or len(new) > 1)
        else:
            new = {"n": "\n", "r": "", "t": "\t"}.get(body, body)
        found.append(Edit(start, end, new, "backslash_escapes"))
    return found if good and good > 2 * bad else ()


# ---- mojibake put into ASCII ----------------------------------------------------------------------------------------

_AEUR = re.compile(r"aE(?:UR|uro)(?:(\([tT][mM]\))|(oe)|([|])|(~)|(\")|(C/)|(?=([\s.,!?;:\-)]|\Z|[A-Z])))")
_A_SIGN = re.compile(r"(?<=[a-z])A(?:\(c\)|\+-|1/4|<<)(?=[a-z\s.,;!?'\"]|\Z)")
_SIGNS = {"A(c)": "\xe9", "A+-": "\xf1", "A1/4": "\xfc", "A<<": "\xeb"}


def find_ascii_mojibake(text: str, survey: Survey) -> Sequence[Edit]:
    """Mojibake that a transliterator then put into ASCII: `donaEUR(tm)t`, `aEUROE` quotes, `cafA(c)`.

    `aEUR"` was either dash; the long one is taken except in numbers. Wrong when: there an en dash was meant.
    """
    if not _AEUR.search(text):
        return ()
    found = []
    for match in _AEUR.finditer(text):
        start, end = match.span()
        apostrophe, opening, dots, single, dash, bullet, nothing = match.groups()
        if apostrophe:
            new = "\u2019"
        elif opening:
            new = "\u201c"
        elif dots:
            new = "\u2026"
        elif single:
            new = "\u2018"
        elif dash:
            new = "\u2013" if prose.compound_number(text, start, end) else "\u2014"
        elif bullet:
            new = "\u2022"
        elif prose.closes(text[start - 1 : start], nothing or ""):
            new = "\u201d"
        else:
            continue
        found.append(Edit(start, end, new, "ascii_mojibake"))
    if not found or not any(e.new in "\u2019\u201c" for e in found):
        return ()
    found += [Edit(m.start(), m.end(), _SIGNS[m.group()], "ascii_mojibake") for m in _A_SIGN.finditer(text)]
    return sorted(found)
