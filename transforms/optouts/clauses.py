"""Clauses: where a note is cut, and which of the pieces can be about reuse at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST_CLAUSE = 600
_CLAUSE_END = re.compile(
    r"(?:[.!]|(?<!archive)(?<!archiving)(?<!distribution)\?)(?=[\s\"”'’)\]*_]|$)[\"”'’)\]*_]*|[。！？；]|;\s|\n|\s(?:[-–—]{1,2})\s|,?\s(?=but\s|however\b|"
    r"though\s|pero\s|mas\s|mais\s|aber\s|ma\s|но\s)",
    re.IGNORECASE,
)
CUE = re.compile(
    r"\bno\b|\bnot\b|n['’]t\b|\bnone\b|never|nope|forbid|prohibit|\bask|permi[st]|consent|opt|\bdni\b|"
    r"noai|hands off|keep|stay|feed|without|contact|message|"
    r"nobody|no\s?one|dataset|refus|reserv|circumst|theft|rather|e-?mail|archiv|distribut|prohib|proib|"
    r"não|\bne\b|n['’]a|interdi|nicht|kein|verb|erlaub|vietat|divieto|\bnon\b|зап?р|\bне\b|разреш|без|"
    r"zakaz|\bnie\b|禁|勿|不|谢绝|謝絕|请|請|ご遠慮|しないで|お断り|금지|마세요|말아|불펌",
    re.IGNORECASE,
)

# A clause about reuse holds a word that begins with one of these stems, or is one of the short words (lower case). They are
# looked for first, because they are rare and the patterns are dear.
_STEMS = (
    "post", "upload", "reupload", "publi", "pubbl", "ripubbl", "republi", "archi", "transla", "tradu", "copi", "copy",
    "plagi", "steal", "stolen", "theft", "klau", "reprod", "distribut", "redistrib", "permi", "consent", "contact",
    "ask", "without", "artific", "künstlich", "chatgpt", "gpt", "llm", "model", "machine", "generat", "neural",
    "chatbot", "bot", "scrap", "train", "mining", "mine", "dataset", "data", "crawl", "hochlad", "übersetz", "verbreit",
    "vervielf", "weiterv", "mirror", "repost", "resub", "riprod", "arquiv", "diffus", "rediffus", "anywhere",
    "elsewhere", "share", "site", "goodreads", "wattpad", "noai", "unauthor", "kopier", "kopio", "tłumacz", "rozpowsz",
    "nicht", "копи", "публик", "размещ", "перепост", "перев", "нейро", "искусств", "воров", "таска", "разреш", "запре",
    "спр",
)  # fmt: skip
_SHORT_WORDS = frozenset(("ai", "ais", "ia", "ias", "ki", "si", "ии"))
_UNSPACED = (
    "转", "轉", "搬", "二传", "二傳", "抄", "翻", "人工", "模型", "ai", "学习", "学習", "學習", "転載", "配布", "複製",
    "無断", "未经", "未經", "전재", "불펌", "번역", "도용", "복사", "배포", "무단", "인공",
)  # fmt: skip
_WORDS = re.compile(r"[^\W_]+")
_BY_HEAD: dict[str, tuple[str, ...]] = {
    head: tuple(stem for stem in _STEMS if stem.startswith(head)) for head in {stem[:3] for stem in _STEMS}
}


def is_about_reuse(text: str) -> bool:
    """Whether a text holds one of the stems that statements about reuse have; quick, and says yes too often."""
    low = text.lower()
    for word in _WORDS.findall(low):
        stems = _BY_HEAD.get(word[:3])
        if (stems is not None and word.startswith(stems)) or word in _SHORT_WORDS:
            return True
    if "a.i" in low:
        return True
    return not low.isascii() and any(stem in low for stem in _UNSPACED)


def clauses_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of the clauses of `text[start:end]` that could be a statement about reuse, without white space at the edges."""
    at = start
    while at < end:
        stop = _CLAUSE_END.search(text, at, end)
        last = stop.end() if stop else end
        first = at
        while first < last and text[first].isspace():
            first += 1
        final = last
        while final > first and text[final - 1].isspace():
            final -= 1
        if 1 < final - first <= _LONGEST_CLAUSE and is_about_reuse(text[first:final]) and CUE.search(text, first, final):
            yield first, final
        at = max(last, at + 1)
