"""Headings: chapters and parts in numbers and words of many languages, points of view, titles without numbers.

A line is a certain heading ("Chapter 3: Low Tide") or a candidate ("3.", "III", "The Low Tide") that needs company: numbers
that go on from each other, or the same dress in several places.
"""

# ruff: noqa: E501  (tables of patterns)
from __future__ import annotations

import re
from dataclasses import dataclass, replace

from transforms.segments.counting import letter_of, number_words
from transforms.segments.narrators import ORNAMENTS, pov_at

_UNITS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last|final"
_NUMBER = rf"(?:\d{{1,4}}(?:\.\d{{1,3}})?[a-d]?|[ivxlc]{{1,8}}|(?:{_TENS})(?:[ \t-](?:{_UNITS}))?|{_UNITS}|{_ORDINALS})"
_CHAPTER = (
    r"chapter|chappie|chappy|chapie|chaptah|chptr|chpt|chapt|chap|chp|ch|part|pt|book|act|episode|ep|scene|arc|volume|vol|section|canto|verse|track|entry|day|letter|log|round|level|stage|issue|instal?lment|interlude|intermission|phase|file|case|week"
    r"|cap[ií]tulo|cap|parte|livro|libro|chapitre|partie|tome|kapitel|kap|teil|capitolo|rozdzia[łl]|cz[eę][śs][ćc]|глава|часть|том|книга|серия"
)
_STRONG = frozenset(["chapter", "chappie", "chappy", "chapie", "chaptah", "chptr", "chpt", "chapt", "chap", "chp", "ch", "part", "pt", "book", "act", "episode", "volume", "vol", "arc", "interlude", "capítulo", "capitulo", "cap", "parte", "chapitre", "partie", "kapitel", "kap", "teil", "capitolo", "rozdział", "rozdzial", "część", "глава", "часть", "том", "книга", "livro", "libro", "tome"])
_NAMED = (
    r"prologue|prolog|prólogo|prologo|пролог|epilogue|epilog|epílogo|epilogo|épilogue|эпилог|interlude|interludio|interlúdio|интерлюдия|intermission|omake|teaser|cold open|preface|foreword|afterword|introduction|intro|outro|coda|bonus(?: chapter| scene)?|extra|side ?story|序章|序|楔子|尾声|尾聲|番外|終章|エピローグ|プロローグ|프롤로그|에필로그|외전"
)
_OPEN = r"[ \t]*(?P<open>[*_~=\-–—<>\[({#|:•·.+/\\\"“”☆★♥♡◆◇■□●○【《「（]{0,10}[ \t]*[*_]{0,3}[ \t]*)"
_LABELLED = re.compile(
    rf"{_OPEN}(?P<word>{_CHAPTER})(?:\b|(?=[\d_]))[ \t]*(?:the(?=[ \t]+(?:{_ORDINALS})\b)|no\.?|nr\.?|#|n[º°o]\.?|\.|:|-|_)?[ \t]*(?P<number>{_NUMBER})(?![\w'’])(?:[ \t]*(?:/|of)[ \t]*(?:\d{{1,4}}|\?|{_UNITS}))?(?P<rest>.*)$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"{_OPEN}(?:the )?(?P<number>{_ORDINALS})[ \t]+(?P<word>chapter|part|book|act|entry|letter|day|night|interlude|movement)\b(?P<rest>.*)$", re.IGNORECASE)
_REVERSED = re.compile(rf"{_OPEN}(?P<number>\d{{1,3}}|[IVXLC]{{1,7}})\.?[ \t]*(?P<word>fejezet|kapitel|rozdział|часть|глава|teil|luku)\b(?P<rest>.*)$", re.IGNORECASE)
_CJK = re.compile(r"[ \t\u3000*_~=\-【《「『\[(（#]{0,8}第[ \t]?(?P<number>[0-9０-９一二三四五六七八九十百零〇两兩]{1,6})[ \t]?(?P<word>章|话|話|回|节|節|部|卷|巻|幕|夜|集|화|장|부)(?P<rest>.{0,60})$|^[ \t]*(?:제[ \t]?)?(?P<kn>\d{1,4})[ \t]?(?P<kw>화|장|부)(?P<krest>[ \t.:：\-–—].{0,60}|)$")
_NAMED_LINE = re.compile(rf"{_OPEN}(?P<word>{_NAMED})(?![\w'’])(?P<rest>.*)$", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"[ \t]*(?P<open>[*_~=\-–—<>\[(#|:•·.+\\/☆★♥«»]{{0,8}}[ \t]*)(?P<number>\d{{1,3}}(?:\.\d{{1,3}})?|[IVXLC]{{1,7}}|[ivx]{{1,6}}|(?:{_TENS})(?:[ \t-](?:{_UNITS}))?|{_UNITS})(?P<sep>[ \t]*[.:)\]>/|~–—\-☆★♥•·=«»]+[ \t]*|[ \t]*[*_]{{1,3}}[.:]?[ \t]*|[ \t]+(?=[A-Z\"“])|[ \t]*$)(?P<title>.*)$",
    re.IGNORECASE,
)
_SLUG = re.compile(r"[ \t*_]*(?:\d{1,3}[A-Z]?[.):]?[ \t]+)?[\[(]?(?:INT|EXT|INT\.? ?/ ?EXT|I/E)(?:\.|[ \t:—–-])")
_SPACED = re.compile(r"\w(?: {1,4}[\w:.-]){5,60}")
_BRACKETS = {"<": ">", "(": ")", "[": "]", "{": "}"}
_PICTURE = re.compile("[\U0001f000-\U0001faff\u2b50\u2600-\u2604\u2607-\u26ff][\ufe0e\ufe0f\u200d]*")
_SPACES = re.compile(r" +")
_SIGNED = re.compile(r"[ \t]+by[ \t]+[^\W\d_][\w .'-]{1,30}")
_LINKED = re.compile(r"\W*(?:link|here|\[link\]|\[here\]|https?://\S+)\W*", re.IGNORECASE)
_SAID = re.compile(r"\b(?:i|i['’]m|i['’]ve|my|me|you|your|if|when)\b")
_SEPARATED = re.compile(r"[ \t]*[*_]{0,3}[ \t]*(?:[:.\-–—~|)\]*=_,/☆★♥♡◆•·]|$)")
_STAMPED = re.compile(r"\W{0,3}\d{1,2}:\d\d\b")  # a time
_ENDS_SENTENCE = re.compile(r"[a-zà-ÿа-я][.,;]['\"”’]?$")
_NUMERALS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_SPELLED = {name: value for value, name in enumerate(_UNITS.split("|"), start=1)}
_SPELLED |= {name: 10 * value for value, name in enumerate(_TENS.split("|"), start=2)}
_SPELLED |= {name: value for value, name in enumerate(_ORDINALS.split("|")[:12], start=1)}


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that is or may be a heading. `certain` needs no company; `number` is its place where it states one.

    `pov` holds the narrator that a point-of-view heading names ("" for "Normal POV"), None for other headings. `style` names
    the dress, so that candidates can be compared. `parted` says that a sign parts the number from a title that is no time.
    """

    title: str
    certain: bool
    number: float | None
    style: str
    pov: str | None = None
    parted: bool = False


def number_value(written: str) -> float | None:
    """The value of a number in digits, roman numerals or English words."""
    text = written.lower().strip()
    if text[:1].isdigit():
        digits = re.match(r"\d+(?:\.\d+)?", text)
        if digits is None or not digits.group().isascii():
            return None
        whole, _, part = digits.group().partition(".")
        return int(whole) + (int(part) / 1000 if part else 0)
    if text in _SPELLED:
        return _SPELLED[text]
    if all(ch in _NUMERALS for ch in text) and text:
        total = 0
        for ch, after in zip(text, text[1:] + " ", strict=True):
            value = _NUMERALS[ch]
            total += -value if _NUMERALS.get(after, 0) > value else value
        return total
    for joint in (" ", "-"):
        tens, found, unit = text.partition(joint)
        if found and tens in _SPELLED and unit in _SPELLED:
            return _SPELLED[tens] + _SPELLED[unit]
    return None


def _title(text: str) -> str:
    return text.strip().strip("*_~=-–—<>[](){}#|:•·+☆★♥♡◆◇■□●○【】《》").strip()


def heading_at(line: str) -> Heading | None:
    """The heading that a stripped line is or may be; None for any other line. Lines longer than 120 characters are none."""
    if len(line) > 120:
        return None
    line = line.removesuffix("[edit]").rstrip()
    if _SLUG.match(line) is not None:
        return None  # a scene of a script: "1. INT. KITCHEN. NIGHT."
    if ":" in line[:6] and _STAMPED.match(line) is not None:
        return None
    if line[:1] == "[" and line[1:4].lower() in ("x] ", " ] "):
        return None  # a box that is ticked
    if line[0] in _BRACKETS and line[1:2] != line[0]:
        close = _BRACKETS[line[0]]
        if close not in line or (line[-1] == close and line[-2:-1] in ".!?" and line.count(" ") > 4):
            return None  # words in brackets that go on in the next line, or that are sentences
    if not line.isascii():
        line = _PICTURE.sub("☆", line.translate(ORNAMENTS))
    if line[1:2] == " " and _SPACED.fullmatch(line) is not None:
        line = _SPACES.sub(lambda found: " " if len(found.group()) > 1 else "", line)  # c h a p t e r  o n e
    if (found := _LABELLED.match(line) or _ORDINAL.match(line)) is not None:
        return _labelled(line, found)
    if _CJK.match(line) is not None:
        return Heading(_title(line), True, None, "cjk")
    if (found := _REVERSED.match(line)) is not None and _SEPARATED.match(found.group("rest")):
        return Heading(_title(line), True, number_value(found.group("number")), "word.reversed")
    if (named := _named(line)) is not None:
        return named
    if (pov := pov_at(line)) is not None:
        return Heading(_title(line), True, None, "pov", pov)
    found = _NUMBERED.match(line)
    return None if found is None else _numbered(line, found)


def _labelled(line: str, found: re.Match[str]) -> Heading | None:
    """The heading that a line with a word and a number is ("Chapter 3: Low Tide", "the third night")."""
    rest = found.group("rest")
    word = found.group("word").lower()
    number = number_value(found.group("number"))
    strong = word in _STRONG
    opened = bool(found.group("open").strip())
    certain = Heading(_title(line), True, number, f"word.{word}")
    open_one = replace(certain, certain=False)
    if strong and number is not None and _SIGNED.fullmatch(rest) is not None and rest.rstrip()[-1] not in ".!?":
        return certain  # eFiction's "Chapter 1 by gullwing"
    if _LINKED.fullmatch(rest) is not None:
        return None  # "part one: [link]"
    if _SEPARATED.match(rest) and not _ENDS_SENTENCE.search(rest.strip() if len(rest.split()) > 3 else ""):
        after = rest.lstrip(" \t*_")
        if after[:1] == "," and not after[1:].strip()[:1].isupper():
            return open_one if len(line) <= 40 and line[-1] not in ".!?,;" else None
        said = line[0].islower() and rest.count(" ") > 3 and _SAID.search(rest) is not None
        return certain if (strong and not said) or (opened and not rest.strip(" *_~=-–—<>[](){}#|:.")) else open_one
    body = rest.strip()
    if (opened and body[-1:] in "*_~=-)]>}#") or (strong and body[:1] in "(\"“‘'" and body[-1:] in ")\"”’'"):
        return replace(certain, certain=strong)
    titled = strong and bool(body) and len(body) <= 50 and body[:1].isupper() and body[-1:] not in ".,;!?"
    if titled and (found.group("number")[:1].isdigit() or line.isupper()):
        return certain
    if not strong and body[:1] == "(" and body[-1:] == ")" and len(line) <= 50:
        return open_one  # "Day 3 (sort of)"
    return None


def _named(line: str) -> Heading | None:
    """The heading that a line with the name of a part is ("Prologue: Ash", "Interlude II")."""
    found = _NAMED_LINE.match(line) if len(line) <= 80 else None
    if found is None:
        return None
    rest = found.group("rest")
    core = _title(rest)
    if _SEPARATED.match(rest) and not _ENDS_SENTENCE.search(rest) and not core.endswith((",", ";")):
        if core and line.endswith((".", "!", "?")):
            return None
        spoken = found.group("word").lower() in _SPOKEN
        return Heading(_title(line), not spoken or (bool(found.group("open").strip()) and not core), None, "named")
    return Heading(_title(line), True, None, "named") if _NAMED_NUMBER.fullmatch(rest) is not None else None


def _numbered(line: str, found: re.Match[str]) -> Heading | None:
    """The candidate that a line with a number in front is ("3.", "III", "two | salt and silver")."""
    written, title, opened, joint = found.group("number"), found.group("title").strip(), found.group("open"), found.group("sep")
    number, shown, sign, dress = number_value(written), _title(title), joint.strip()[:1], opened.strip()[:2]
    digits = written[:1].isdigit()
    if _DAY.fullmatch(shown) is not None and digits and not joint.strip(" ."):
        return None  # "1 September" is a day of a diary
    named = sign in ("|", "/", "~", "–", "—", "-", ".") and shown[:1].isalpha()
    if number is None or (written[:1] == "0" and len(written) > 1 and number == 0 and not named):
        return None
    roman = written.isalpha() and set(written.lower()) <= set("ivxlc")
    if roman and written.lower() == "i" and not sign and shown:
        return None  # "I think" is no heading
    if len(shown) > 70 or (shown and _ENDS_SENTENCE.search(shown)) or title.endswith((",", ";")):
        return None
    if title.endswith(("\"", "”", "’")) and title[:1] not in ("\"", "“", "‘"):
        return None
    if _INITIALS.fullmatch(line) is not None or (written in ("C", "L", "c", "l") and shown):
        return None
    kind = "digit" if digits else "roman" if roman else "spelled"
    if kind == "spelled" and shown and (not _PARTS.search(joint) or ". " in shown):
        return None
    if kind == "spelled" and sign in ("-", "–", "—") and shown[:1].islower() and not joint.startswith(" "):
        return None
    if not dress and joint in ("-", "–") and title[:1].islower():
        return None  # "x-posted", "3-day weekend"
    if kind == "digit" and not dress and not sign and shown[:1].islower():
        return None  # "3 min read"
    barred = kind == "spelled" and bool(shown) and line.count("|") == 1 and "|" in joint  # "two | salt and silver"
    parted = bool(sign) and bool(shown) and not shown[0].isdigit() and _CLOCK.search(line) is None
    return Heading(_title(line), barred, number, f"{kind}|{dress}|{sign}|{'t' if shown else '-'}", None, parted)


_SPOKEN = frozenset(["intro", "outro", "extra", "introduction", "preface", "foreword", "afterword", "bonus", "序"])
_NAMED_NUMBER = re.compile(r"[ \t]+(?:\d{1,3}|[ivx]{1,5}|one|two|three)\W*", re.IGNORECASE)
_INITIALS = re.compile(r"[IVXLC]\. ?[A-Z]\.?")
_PARTS = re.compile(r"[:.\-–—/|~)\]☆★♥•·=«»]")
_DAY = re.compile(
    r"(?:st |nd |rd |th )?(?:of )?(?:jan|feb|m[aä]r|apr|ma[iyj]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|ene|abr|ago|dic|fév|fev|avr|juin|juil|aoû|déc|gen|mag|giu|lug|set|out|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru)[^\W\d_]{0,9}\.?(?:,? \d{2,4})?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(?:[ap]\.?m\b|o['’]clock|hours?|days?|weeks?|months?|years?|minutes?)", re.IGNORECASE)
_COUNTED = re.compile(
    rf"(?P<title>[^\W\d_][\w'’, -]{{1,40}}?)[ \t]+#?(?P<number>\d{{1,3}}(?:\.\d{{1,2}})?|[IVX]{{1,5}}|{_UNITS})", re.IGNORECASE
)


def counted_title(line: str) -> Heading | None:
    """A candidate for a heading that is a title with its number behind it ("Return to Sender 2"); it needs company."""
    if not 4 <= len(line) <= 48 or line[-1] in ".!?,":
        return None
    found = _COUNTED.fullmatch(line)
    if found is None or found.group("title").count(" ") > 5 or not line[0].isupper():
        return None
    number = number_value(found.group("number"))
    return None if number is None else Heading(line, False, number, f"counted {found.group('title').lower()}|||t")


def counted_line(line: str) -> list[Heading]:
    """Candidates for headings that count in the words of some language or go through the alphabet; they need company."""
    if (letter := letter_of(line)) > 0:
        return [Heading(line, False, letter, "alphabet")]
    if len(line) <= 60 and line[-1] not in ".!?,;" and (found := _ORDINAL_OF.fullmatch(line)) is not None:
        number = _SPELLED.get(found.group("number").lower(), 99)  # the last
        return [Heading(_title(line), False, number, f"ordinal {found.group('word').lower()}")]
    spoken = "." if line[-1] == "." else ""
    return [Heading(_title(line), False, place, f"words {row}{spoken}") for row, place in number_words(line) if line[-1] not in "!,"]


_EXTRA = re.compile(r"[*_~(]{0,3}(?:\+|plus[ \t])[ \t]?(?:1|one)\b[*_)]{0,3}(?:[ \t]*[.:)|–—-]?[ \t]*\S.{0,70})?", re.IGNORECASE)
_ORDINAL_OF = re.compile(rf"[\W_]{{0,6}}(?:the )?(?P<number>{_ORDINALS}) (?P<word>[a-z]{{3,12}})(?: ?\([^)]{{2,40}}\)|[,:–—-] ?.{{2,40}})?[\W_]{{0,6}}", re.IGNORECASE)


def is_extra(line: str) -> bool:
    """Whether a stripped line is the "+1" of a story in five parts and one."""
    return len(line) <= 80 and _EXTRA.fullmatch(line) is not None and (line[-1] not in ".!?," or (line[-1] == "." and len(line) <= 12))


# "Chapter 23: Not a chapter", "22. (up for adoption)", "Author's Note"
_NOTICE = re.compile(
    r"\bnot? (?:an? |another )?(?:(?:real|actual|proper|new|true) )?(?:updates?|chap\w*|posts?)\b|\ba/n\b|\bauthor['’]?s? notes?\b"
    r"|\bhiatus\b|\bannouncements?\b|\bfor adoption\b|\bdiscontinued\b|\bplease read\b|\bmailbag\b|\b(?:status|story) update\b"
    r"|\bimportant (?:news|notice|notes?|message|update|info)\b"
    r"|\b(?:aviso|nota de|объявление|перерыв|ankündigung|hinweis|annonce)\b|お知らせ|公告|请假",
    re.IGNORECASE,
)


def is_notice(line: str) -> bool:
    """Whether a heading says that its chapter is none, but an author's notice."""
    return _NOTICE.search(line) is not None
