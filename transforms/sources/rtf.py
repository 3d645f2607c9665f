"""Rich Text Format: the text of its body, each run decoded by the code page of its font.

Paragraphs end at `\\par`, lines at `\\line`; pictures, style sheets, headers, footers and hidden text are left out of the story.
Wrong for equations and for text kept in fields' instructions.
"""

from __future__ import annotations

import re

from transforms.sources.facts import Reading
from transforms.sources.reasons import Refusal
from transforms.sources.writer import TEXT, Label, Writer

_TOKEN = re.compile(r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)")
_SKIPPED = frozenset(
    (
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
    )
    + (
        "footerr",
        "footerf",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "generator",
        "themedata",
        "colorschememapping",
        "datastore",
    )
    + (
        "latentstyles",
        "xmlnstbl",
        "fldinst",
        "bkmkstart",
        "bkmkend",
        "annotation",
        "atnid",
        "atnauthor",
        "mmathPr",
        "revtbl",
        "xe",
        "tc",
    )
)
_CHARS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": "\u2003", "enspace": "\u2002", "zwj": "\u200d", "zwnj": "\u200c", "tab": "\t",
}  # fmt: skip
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_HIDDEN = Label("boilerplate", "rtf.hidden")


def read_rtf(raw: bytes) -> Reading:
    """The blocks of an RTF document."""
    text = raw.decode("latin-1")
    fonts = _fonts(text)
    page = re.search(r"\\ansicpg(\d{2,5})", text[:2000])
    base = f"cp{page[1]}" if page else "mac_roman" if "\\mac" in text[:200] else "cp1252"
    writer = Writer(TEXT)
    held = bytearray()  # bytes of the current run, not yet decoded
    font_page = base
    # Of each group: skipped, hidden, code page, how many characters follow a \u.
    state = (False, False, font_page, 1)
    stack: list[tuple[bool, bool, str, int]] = []
    skip = 0  # characters still to be skipped after a \u
    high = 0  # first half of a surrogate pair
    ends = 0  # \par since the last text
    first = False  # right after "{": the next word may name a destination

    def flush() -> None:
        nonlocal ends
        if held:
            put(_decode(bytes(held), state[2]))
            held.clear()

    def put(piece: str) -> None:
        nonlocal ends
        if not piece or state[0]:
            return
        if piece.strip():
            if ends:
                writer.extra += max(0, ends - 1)
                writer.gap = 2
                ends = 0
            if writer.at_line_start:
                piece = piece.lstrip(" \t\xa0")
            writer.text(piece)
        elif not writer.at_line_start and not ends:
            writer.text(piece)

    for found in _TOKEN.finditer(text):
        word, number, byte, symbol, brace, plain = found.groups()
        if plain is not None:
            if skip:
                plain, skip = plain[skip:], max(0, skip - len(plain))
            if not state[0]:
                held += plain.encode("latin-1")
            first = False
        elif byte is not None:
            if skip:
                skip -= 1
            elif not state[0]:
                held.append(int(byte, 16))
            first = False
        elif brace == "{":
            flush()
            stack.append(state)
            if len(stack) > 10_000:
                raise Refusal("unreadable", "(Its groups nest too deep.)")
            first = True
            skip = 0
        elif brace == "}":
            flush()
            if stack:
                was_hidden = state[1]
                state = stack.pop()
                if was_hidden != state[1]:
                    writer.switch(_HIDDEN if state[1] else TEXT)
            first = False
            skip = 0
        elif symbol is not None:
            if symbol == "*":
                state = (True, *state[1:])
            elif symbol == "~":
                flush()
                put("\xa0")
            elif symbol == "_":
                held += b"-"
            elif symbol in "{}\\":
                held += symbol.encode()
            elif symbol in "\r\n":
                flush()
                ends += 0 if state[0] else 1
        elif word is not None:
            value = int(number) if number else None
            if word == "u" and value is not None:
                flush()
                code = value + 65536 if value < 0 else value
                if 0xD800 <= code < 0xDC00:
                    high = code
                elif 0xDC00 <= code < 0xE000:
                    put(chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)) if high else "\ufffd")
                    high = 0
                else:
                    put(chr(code) if code < 0x110000 else "\ufffd")
                skip = state[3]
                continue
            flush()
            skip = 0
            if first and word in _SKIPPED:
                state = (True, *state[1:])
            elif word in ("par", "sect", "page", "row", "pard") and not state[0]:
                if word in ("par", "row"):
                    ends += 1
                elif word != "pard":
                    ends = max(ends, 1)
            elif word == "line" and not state[0]:
                if not ends:
                    writer.breaks += 1
            elif word == "cell":
                put("\t")
            elif word == "f":
                state = (*state[:2], fonts.get(value, base), state[3])
            elif word == "plain":
                state = (state[0], False, base, state[3])
            elif word == "uc" and value is not None:
                state = (*state[:3], max(0, min(value, 10)))
            elif word == "v":
                state = (state[0], value != 0, *state[2:])
                writer.switch(_HIDDEN if state[1] else TEXT)
            elif word == "bin" and value:
                skip = value
            elif word in _CHARS:
                put(_CHARS[word])
            first = False
    flush()
    return Reading(writer.blocks(), "rtf", encoding=base)


def _decode(raw: bytes, page: str) -> str:
    try:
        return raw.decode(page)
    except (UnicodeDecodeError, LookupError):
        return raw.decode("cp1252", "replace")


def _fonts(text: str) -> dict[int | None, str]:
    """Font number -> code page, from the font table."""
    start = text.find("{\\fonttbl")
    if start < 0:
        return {}
    fonts = {}
    for found in re.finditer(
        r"\\f(\d{1,5})(?:\\[a-z]+(?!\d)|\\f(?:nil|roman|swiss|modern|script|decor|tech|bidi))*[^{}]{0,80}?\\fcharset(\d{1,3})",
        text[start : start + 200_000],
    ):
        if int(found[2]) in _CHARSETS and int(found[2]):
            fonts[int(found[1])] = _CHARSETS[int(found[2])]
    return fonts
