"""Lists in one line: authors, fandoms, relationships, characters, tags."""

from __future__ import annotations

import re

from transforms.metadata.fandoms import is_fandom_like, is_known_fandom
from transforms.metadata.tables import fold
from transforms.metadata.vocabularies import category

_OPEN, _CLOSE = "([{（【", ")]}）】"


def _split_outside(value: str, separators: str) -> list[str]:
    """Pieces of `value` between separator characters that stand outside brackets and quotes."""
    pieces, depth, quoted, start = [], 0, False, 0
    for at, char in enumerate(value):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in '"“”':
            quoted = char == "“" or (char == '"' and not quoted)
        elif char in separators and not depth and not quoted:
            if char == "," and value[at + 1 : at + 2].isdigit() and value[at - 1 : at].isdigit():
                continue  # "7,526"
            pieces.append(value[start:at])
            start = at + 1
    pieces.append(value[start:])
    return [piece.strip(" \t\n\u3000\xa0") for piece in pieces if piece.strip(" \t\n\u3000\xa0")]


_NOTHING = frozenset(
    (
        "none",
        "null",
        "n/a",
        "na",
        "-",
        "--",
        "—",
        "nil",
        "tba",
        "tbd",
        "нет",
        "ninguno",
        "ninguna",
        "keine",
        "aucun",
        "无",
        "なし",
        "없음",
    )
)
_CODED_PAIR = re.compile(r"^[A-Z][A-Za-z0-9]*(?:/[A-Z][A-Za-z0-9]*)+$")
_PAIR_SIGN = re.compile(r"/|&|\s[x×+]\s|\S[×＋]\S|\bx\b")
_AND = re.compile(r"\s+(?:and|und|et|y|e|и|i)\s+")
_AND_OR_SIGN = re.compile(r"\s+(?:and|und|et|y|e|и|i|&)\s+")
_LEADING_AND = re.compile(r"^(?:and|&|und|et|y)\s+(?=\S)")
_ADDRESS = re.compile(r"\s*[<(\[]?\s*[\w.+-]+(?:@| at | \(at\) |\[at\])[\w-]+(?:(?:\.| dot )[\w-]+)+\s*[>)\]]?")
_GIFT = re.compile(r"(?<=\w) for @?[\w.-]{2,40}$")  # "sextant for kestrelwing"
_MARKED = re.compile(r"^@?[\w.-]*[\d_][\w.-]*$")
_YEAR = re.compile(r"\s+\((?:\d{4}|TV|Movies?|Cartoon|Anime)[^()]{0,12}\)$", re.IGNORECASE)
_PROFILE = re.compile(r"^\[(?:[\w.]+ )?(?:profile|info|personal profile|livejournal\.com profile)\]\s*|^\[info\]", re.IGNORECASE)


def split_list(field: str, value: str, site: str | None = None) -> tuple[str, ...]:
    """The items of a list field, split where the source says how; order kept, doubles dropped, "None" and "N/A" nothing.

    Commas and semicolons outside brackets and quotes separate tags, characters, relationships, warnings and categories; the
    research says that tags may contain commas, so a split list from a text header is the likely reading, and the raw value
    stays in `Metadata.stated`. A fandom that is known as a whole ("Yes, Prime Minister") is not split. Relationships are
    split only between pairings: "/" and "&" stay inside. FanFiction.net's "[A, B] C" is read by the caller.
    """
    text = " ".join(value[: 1_000 if field == "authors" else 20_000].split()).strip("*")
    if text.startswith("_") and text.endswith("_"):
        text = text.strip("_")
    if not text or fold(text) in _NOTHING:
        return ()
    if field == "authors":
        items = _authors(text)
    elif field == "fandoms":
        items = [text] if is_known_fandom(text) else _fandoms(text)
    elif field == "relationships":
        items = _relationships(text)
    elif field == "categories":
        items = _split_outside(text, ",;，、；|")
        if len(items) == 1 and category(items[0]) is None and _AND.search(items[0]):
            items = _AND.split(items[0])
    elif field == "tags":
        items = _tags(text)
    elif field == "characters":
        items = _characters(text)
    else:
        items = _split_outside(text, ",;，、；")
    seen: dict[str, str] = {}
    for item in items:
        item = item.strip(" ,;")
        if item and fold(item) not in _NOTHING:
            seen.setdefault(fold(item), item)
    return tuple(seen.values())


def is_pair(item: str) -> bool:
    """Whether an item of a list is a pairing or a group, by the sign between its names."""
    return bool(_PAIR_SIGN.search(item))


def coded_pairs(codes: str) -> tuple[str, ...]:
    """The pairings among the codes of a mailing list: "J/C, PG" has "J/C"."""
    pieces = [piece for piece in re.split(r"[,;\s]+", codes) if _CODED_PAIR.match(piece)]
    return tuple(piece for piece in pieces if category(piece) is None)


def _authors(text: str) -> list[str]:
    text = _ADDRESS.sub("", _PROFILE.sub("", text)).strip() or text
    text = _GIFT.sub("", text)
    if len(both := _AND.split(text)) == 2 and all(_MARKED.match(name) for name in both):
        text = ", ".join(both)  # "moss and mortar" is one pen name
    items = [text] if "(" in text and ")," not in text else _split_outside(text, ",;，、；")
    return [piece.strip().removeprefix("by ").removeprefix("@").strip() for item in items for piece in re.split(r"\s+&\s+", item)]


def _fandoms(text: str) -> list[str]:
    pieces = _split_outside(text, ",;，、；")
    if (
        len(pieces) > 1
        and any(piece[:1].islower() for piece in pieces[1:])
        and not any(piece[:1].islower() for piece in pieces[:1])
    ):
        pieces = [text]  # "Tinker, tailor, soldier": a comma inside a name
    out: list[str] = []
    for piece in pieces:
        if is_known_fandom(_YEAR.sub("", piece)):
            out.append(piece)  # "She-Ra and the Princesses of Power (2018)"
            continue
        parts = [part for part in re.split(r"\s+[/x+&]\s+|\s*/\s*|\s+and\s+", piece) if part]
        known = [is_fandom_like(part) for part in parts]
        named = " / " in piece and all(" " in part and part[:1].isupper() for part in parts)
        out += parts if len(parts) > 1 and (all(known) or named) else [piece]
    return [re.sub(r"\s+(?:crossover|xover)$", "", piece, flags=re.IGNORECASE) for piece in out]


def _relationships(text: str) -> list[str]:
    pieces = _split_outside(text, ",;，、；")
    if len(pieces) > 1 and not all(_PAIR_SIGN.search(piece) for piece in pieces) and _PAIR_SIGN.search(pieces[-1]):
        # "Arthur, Merlin & Gwaine" is one group; "Clexa, Octavia/Lincoln" two pairings, the first a portmanteau.
        plain = [piece for piece in pieces if not _PAIR_SIGN.search(piece)]
        if "&" in pieces[-1] and len(plain) == len(pieces) - 1:
            return [text]
    out: list[str] = []
    for piece in pieces:
        halves = _AND.split(piece)  # "Kirk/Spock and Scotty/Uhura"
        out += halves if len(halves) > 1 and all("/" in half for half in halves) else [_LEADING_AND.sub("", piece)]
    return out


def _characters(text: str) -> list[str]:
    pieces = _split_outside(text, ",;，、；")
    if not pieces:
        return []
    last = _AND_OR_SIGN.split(pieces[-1])
    if len(last) == 2 and all(len(part.split()) <= (3 if len(pieces) > 1 else 2) and part[:1].isupper() for part in last):
        pieces[-1:] = last  # "Mole, Ratty and Badger", "Arthur & Merlin"
    pieces[-1] = _LEADING_AND.sub("", pieces[-1])
    return pieces


def _tags(text: str) -> list[str]:
    if text.startswith("#") and (text.count("#") > 1 or "," not in text):
        return [piece.strip(" ,;") for piece in text.split("#") if piece.strip(" ,;")]
    if " " in text and not re.search(r"[,;，、；|]", text) and re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", text):
        return text.split()  # Chinese and Japanese tags hold no spaces
    return [piece.removeprefix("#") for piece in _split_outside(text, ",;，、；|")]
