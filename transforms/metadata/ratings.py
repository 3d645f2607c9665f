"""Ratings as headers state them, with their system and their level on one scale."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.metadata.tables import fold


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating as stated, the system it is of (None where the letter alone does not tell), its level on one scale.

    `level` is "general", "teen", "mature", "explicit" or "not_rated"; None where the systems disagree.
    """

    stated: str
    system: str | None
    level: str | None


# system | level | ratings. A letter that several systems have stands with the system "-".
_RATINGS = """
ao3 | not_rated | not rated
ao3 | general | general audiences
ao3 | teen | teen and up audiences; teen & up audiences; teen and up
ao3 | mature | mature audiences
ao3 | explicit | explicit
- | general | g; general; all ages; everyone; k
- | teen | t; teen; teens
- | mature | m; mature; r
- | explicit | e; adult; adults only; adult only; x; xxx; smut; 18+; 18; +18; 18 anos; 18 años; r18; r-18; r 18; r-18+
- | not_rated | unrated; nr; none
ffn | general | k+; k plus; k +
ffn | explicit | ma
mpaa | general | pg
mpaa | teen | pg-13; pg13; pg 13; pg-15; pg15
mpaa | explicit | nc-17; nc17; nc 17; nc-18; nc18
mpaa | mature | hard r; soft r; strong r; light r; r-rated
fr | general | frc; frk; frcs; fr7; fr-7
fr | teen | frt; frt-13; fr13; fr-13; frt13; frt+; fryt
fr | mature | frm; fr-m; frm-15
fr | explicit | frao; fr18; fr-18; frnc-17
ficbook | explicit | nc-21; nc21
fanfiktion | general | p6
fanfiktion | teen | p12
fanfiktion | mature | p16
fanfiktion | explicit | p18; p18 avl; p18-avl
hpff | general | 1st-2nd years; 1st - 2nd years
hpff | teen | 3rd-5th years; 3rd - 5th years
hpff | mature | 6th-7th years; 6th - 7th years; 15+
hpff | explicit | professors
efp | general | verde
efp | teen | giallo
efp | mature | arancione
efp | explicit | rosso
- | general | 6; 10; 10 anos; 6 años; livre; tous publics; para todos los públicos; all audiences; 全年龄; 全年齡; 全年齢; 全年齢対象; 전체관람가; 전체이용가; 전체; p
- | teen | adolescentes y adultos; adolescente; t+; 12; 13; 14; 12 anos; 14 anos; 12 años; 12+; 13+; 14+; 12세; r-15; r15; 15금; 13금; 清水
- | mature | 16; 17; 16 anos; 16 años; 16+; 17+; maduro; adulto
- | explicit | 成人; 限制级; 限制級; 19금; 19세; 성인; 18금; 18禁; explícito; explicite; explizit
"""  # noqa: E501


def _table(text: str) -> dict[str, tuple[str, ...]]:
    rows: dict[str, tuple[str, ...]] = {}
    for row in text.strip().splitlines():
        *cells, names = (cell.strip() for cell in row.split("|"))
        for name in names.split(";"):
            rows[name.strip()] = tuple(cells)
    return rows


_RATING = _table(_RATINGS)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_DIGIT = re.compile("[0-9]")
_TELLING = frozenset(  # of each rating the word that is a rating itself ("teen" of "teen and up"), else the longest
    next((word for word in words if word in _RATING), max(words, key=len))
    for words in map(_WORD.findall, _RATING)
    if words
)
_BARE_RATINGS = frozenset("gtmekrx")  # one letter proves something only in a place where a rating may stand
_FFN_ONLY = {"k": "general", "k+": "general", "t": "teen", "m": "mature", "ma": "explicit"}
_AO3_ONLY = {"g": "general", "t": "teen", "m": "mature", "e": "explicit", "mature": "mature", "explicit": "explicit"}
_FICBOOK_ONLY = {"g": "general", "pg-13": "teen", "r": "mature", "nc-17": "explicit", "nc-21": "explicit"}
_SITE_RATINGS = {"ffn": _FFN_ONLY, "fictionpress": _FFN_ONLY, "ao3": _AO3_ONLY, "ficbook": _FICBOOK_ONLY}
_LONGEST = 200  # characters of a value that can be a rating and its comment
_FICTION = re.compile(r"^(?:fiction|rated|rating)\s*[:\-]?\s*(?:rated\s*[:\-]?\s*)?(?:fiction\s+)?", re.IGNORECASE)
_RATING_REST = re.compile(
    r"\s*(?:[(\[,;/~!]|[-–—]+\s|\.{1,3}(?:\s|$)|\b(?:for|due|because|just|to be|with|bc|b/c|in later|"
    r"later|this|overall|and|as|at|i|so)\b|para\b|por\b|für\b|wegen\b|за\b)",
    re.IGNORECASE,
)


def may_state_rating(text: str) -> bool:
    """Whether a text holds a number or a word of a rating, without which no piece of it is one; a cheap question asked first."""
    if _DIGIT.search(text) is not None or (not text.isascii() and any(map(str.isdigit, set(text)))):
        return True
    return not _TELLING.isdisjoint(_WORD.findall(text.replace("’", "'").casefold()))


def rating(text: str, site: str | None = None) -> Rating | None:
    """The rating that a value states, e.g. "Fiction T", "[PG]", "R, for language", "Teen And Up Audiences".

    `stated` is the rating's own words without brackets and without what follows ("for language"). `site` tells which system
    a letter is of. None for what is not a rating.
    """
    value = text[:_LONGEST].strip().strip("[](){}<>*_~ \t.\"'“”")
    fiction = _FICTION.match(value)
    system_hint = site
    if fiction and fiction.end() and fiction.group().casefold().startswith("fiction"):
        system_hint = site or "ffn"
    if fiction:
        value = value[fiction.end() :].strip().strip("[](){}*_~ ")
    found = _rating(value, system_hint)
    if found is not None:
        return found
    # Longest first word group that is a rating and is followed by a comment.
    limit = min(len(value), 60)
    best: Rating | None = None
    for at in range(1, limit):
        rest = _RATING_REST.match(value, at)
        if rest is None:
            continue
        found = _rating(value[:at].strip(), system_hint)
        if found is None:
            continue
        tail = value[at:].lstrip()
        if tail[:1] == "/" and _rating(tail[1:].split(" ")[0].strip("()[],."), system_hint) is not None:
            return Rating(value.strip(), None, None)  # a range: both are stated
        best = found
    return best


def _rating(value: str, site: str | None) -> Rating | None:
    folded = fold(value)
    row = _RATING.get(folded)
    if row is None:
        return None
    system, level = row
    known = _SITE_RATINGS.get(site or "")
    if known is not None and folded in known:
        return Rating(value, site, known[folded])
    return Rating(value, None if system == "-" else system, level)


def is_rating_line(text: str) -> bool:
    """Whether a whole line is a rating and nothing else, as in headers without labels ("T", "General Audiences", "PG-13")."""
    value = text[:_LONGEST].strip().strip("[]()*_ ")
    folded = fold(value)
    if folded in _BARE_RATINGS or folded == "pg":
        return value.isupper()
    if folded.isdigit() or folded in (
        "general",
        "teen",
        "teens",
        "adult",
        "none",
        "18",
        "everyone",
        "p",
        "smut",
        "adulto",
        "adolescente",
        "rosso",
        "verde",
    ):
        return False
    return folded in _RATING
