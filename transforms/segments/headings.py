"""Headings: chapters and parts in numbers and words of many languages, points of view, titles without numbers.

A line is a certain heading ("Chapter 3: Low Tide") or a candidate ("3.", "III", "The Low Tide") that needs company: numbers
that go on from each other, or the same dress in several places.
"""

# ruff: noqa: E501  (tables of patterns)
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from transforms.segments.counting import letter_of, number_words

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
_CLOSE = r"[ \t]*(?P<close>[*_~=\-–—<>\])}#|:•·.+/\\\"“”☆★♥♡◆◇■□●○】》」）]{0,10})[ \t]*"
_LABELLED = re.compile(
    rf"{_OPEN}(?P<word>{_CHAPTER})(?:\b|(?=\d))[ \t]*(?:the(?=[ \t]+(?:{_ORDINALS})\b)|no\.?|nr\.?|#|n[º°o]\.?|\.|:)?[ \t]*(?P<number>{_NUMBER})(?![\w'’])(?:[ \t]*(?:/|of)[ \t]*(?:\d{{1,4}}|\?|{_UNITS}))?(?P<rest>.*)$",
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
_SYMBOLS = str.maketrans(dict.fromkeys("━─═﹣－⸺⸻", "–") | dict.fromkeys("♡✧✦✩✪✫✬✭✮✯⭐✨❀✿❁✾❃❋❄☾☽☼♪♫♬❖❥❣❦❧➳➤►◄▸◂❯❮✗✘✖†‡§¤◦∘⋆⁂※", "☆"))
_PICTURE = re.compile("[\U0001f000-\U0001faff\u2b50\u2600-\u2604\u2607-\u26ff][\ufe0e\ufe0f\u200d]*")
_SPACES = re.compile(r" +")
_SIGNED = re.compile(r"[ \t]+by[ \t]+[^\W\d_][\w .'-]{1,30}")
_LINKED = re.compile(r"\W*(?:link|here|\[link\]|\[here\]|https?://\S+)\W*", re.IGNORECASE)
_SAID = re.compile(r"\b(?:i|i['’]m|i['’]ve|my|me|you|your|if|when)\b")
_SEPARATED = re.compile(r"[ \t]*[*_]{0,3}[ \t]*(?:[:.\-–—~|)\]*=_,/☆★♥♡◆•·]|$)")
_STAMPED = re.compile(r"\W{0,3}\d{1,2}:\d\d\b")  # a time
_ENDS_SENTENCE = re.compile(r"[a-zà-ÿа-я][.,;]['\"”’]?$")
_NAME = r"[^\W\d_][\w.'’\-]*(?:[ \t]+(?:(?:the|of|de|von|van|and|&)[ \t]+)?[^\W\d_][\w.'’\-]*){0,3}"
_POV = re.compile(
    rf"[\W_]{{0,10}}(?:(?P<a>(?:\d(?:st|nd|rd)[ \t]+)?{_NAME}?|y/n\)?|reader\)?)(?:['’]s|s['’]|['’])?[ \t]*(?:\(?p\.?o\.?v\.?\)?|point of view|(?<![^\W_])(?:perspective|pdv|perspektive|sicht))(?:[ \t]*[:\-–—][ \t]*(?P<rest>[^.!?\n]{{0,40}}))?|(?:(?:change|switch) of )?(?:pov|p\.o\.v\.?|point of view|perspective|pdv|sicht|punto de vista|ponto de vista|point de vue|punto di vista|perspektive|от лица|пов|повествование от лица)[ \t]*(?:[:=\-–—]|of|de|von|di|del?|change|switch)?[ \t]*(?P<b>y/n|{_NAME})?)(?:[ \t]*\((?P<note>[^)\n]{{1,30}})\))?[\W_]{{0,10}}",
    re.IGNORECASE,
)
_POV_CJK = re.compile(r"[\W_]{0,8}(?P<c>[^\s\W]{1,12}?)(?:视角|視角|视点|視点|side|サイド|시점)[\W_]{0,8}", re.IGNORECASE)
_NO_ONE = frozenset(["normal", "third", "3rd", "first", "1st", "second", "2nd", "no", "nobody's", "nobody", "omniscient", "general", "regular", "author", "author's", "reader", "reader's", "none", "narrator", "change", "y/n"])
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
        line = _PICTURE.sub("☆", line.translate(_SYMBOLS))
    if line[1:2] == " " and _SPACED.fullmatch(line) is not None:
        line = _SPACES.sub(lambda found: " " if len(found.group()) > 1 else "", line)  # c h a p t e r  o n e
    found = _LABELLED.match(line) or _ORDINAL.match(line)
    if found:
        rest = found.group("rest")
        word = found.group("word").lower()
        number = number_value(found.group("number"))
        strong = word in _STRONG
        opened = bool(found.group("open").strip())
        if strong and number is not None and _SIGNED.fullmatch(rest) is not None:
            return Heading(_title(line), True, number, f"word.{word}")  # eFiction's "Chapter 1 by gullwing"
        if _LINKED.fullmatch(rest) is not None:
            return None  # "part one: [link]"
        if _SEPARATED.match(rest) and not _ENDS_SENTENCE.search(rest.strip() if len(rest.split()) > 3 else ""):
            said = line[0].islower() and rest.count(" ") > 3 and _SAID.search(rest) is not None
            certain = (strong and not said) or (opened and not rest.strip(" *_~=-–—<>[](){}#|:."))
            after = rest.lstrip(" \t*_")
            if after[:1] == "," and not after[1:].strip()[:1].isupper():
                return Heading(_title(line), False, number, f"word.{word}") if len(line) <= 40 and line[-1] not in ".!?,;" else None
            return Heading(_title(line), certain, number, f"word.{word}")
        body = rest.strip()
        if (opened and "close" and body[-1:] in "*_~=-)]>}#") or (strong and body[:1] in "(\"“‘'" and body[-1:] in ")\"”’'"):
            return Heading(_title(line), strong, number, f"word.{word}")
        if strong and body and len(body) <= 50 and body[:1].isupper() and body[-1:] not in ".,;!?" and (found.group("number")[:1].isdigit() or line.isupper()):
            return Heading(_title(line), True, number, f"word.{word}")
        if not strong and body[:1] == "(" and body[-1:] == ")" and len(line) <= 50:
            return Heading(_title(line), False, number, f"word.{word}")  # "Day 3 (sort of)"
        return None
    found = _CJK.match(line)
    if found:
        return Heading(_title(line), True, None, "cjk")
    found = _REVERSED.match(line)
    if found and _SEPARATED.match(found.group("rest")):
        return Heading(_title(line), True, number_value(found.group("number")), "word.reversed")
    found = _NAMED_LINE.match(line)
    if found and len(line) <= 80:
        rest = found.group("rest")
        core = _title(rest)
        if _SEPARATED.match(rest) and not _ENDS_SENTENCE.search(rest) and not core.endswith((",", ";")):
            lone = not core
            spoken = line.endswith((".", "!", "?")) and not lone
            known = found.group("word").lower() in ("intro", "outro", "extra", "introduction", "preface", "foreword", "afterword", "bonus", "序")
            if not spoken:
                return Heading(_title(line), not known or (bool(found.group("open").strip()) and lone), None, "named")
        elif re.fullmatch(r"[ \t]+(?:\d{1,3}|[ivx]{1,5}|one|two|three)\W*", rest, re.IGNORECASE):
            return Heading(_title(line), True, None, "named")
    pov = pov_at(line)
    if pov is not None:
        return Heading(_title(line), True, None, "pov", pov)
    found = _NUMBERED.match(line)
    if found:
        written, title = found.group("number"), found.group("title").strip()
        number = number_value(written)
        shown = _title(title)
        if _DAY.fullmatch(shown) is not None and written[:1].isdigit() and not found.group("sep").strip(" ."):
            return None  # "1 September" is a day of a diary
        named = found.group("sep").strip()[:1] in ("|", "/", "~", "–", "—", "-", ".") and shown[:1].isalpha()
        if number is None or (written[:1] == "0" and len(written) > 1 and number == 0 and not named):
            return None
        roman = written.isalpha() and set(written.lower()) <= set("ivxlc")
        if roman and written.lower() == "i" and not found.group("sep").strip() and shown:
            return None  # "I think" is no heading
        if len(shown) > 70 or (shown and _ENDS_SENTENCE.search(shown)) or title.endswith((",", ";")):
            return None
        if title.endswith(("\"", "”", "’")) and title[:1] not in ("\"", "“", "‘"):
            return None
        if re.fullmatch(r"[IVXLC]\. ?[A-Z]\.?", line) or (written in ("C", "L", "c", "l") and shown):
            return None  # initials
        kind = "digit" if written[:1].isdigit() else "roman" if roman else "spelled"
        if kind == "spelled" and shown and not re.search(r"[:.\-–—/|~)\]☆★♥•·=«»]", found.group("sep")):
            return None
        if kind == "spelled" and found.group("sep").strip()[:1] in ("-", "–", "—") and shown[:1].islower() and not found.group("sep").startswith(" "):
            return None
        dress = found.group("open").strip()[:2]
        if not dress and found.group("sep") in ("-", "–") and title[:1].islower():
            return None  # "x-posted", "3-day weekend"
        if kind == "digit" and not dress and not found.group("sep").strip() and shown[:1].islower():
            return None  # "3 min read"
        barred = (
            kind == "spelled" and bool(shown) and line.count("|") == 1 and "|" in found.group("sep")
        )  # "two | salt and silver"
        sign = found.group("sep").strip()[:1]
        parted = bool(sign) and bool(shown) and not shown[0].isdigit() and _CLOCK.search(line) is None
        return Heading(_title(line), barred, number, f"{kind}|{dress}|{sign}|{'t' if shown else '-'}", None, parted)
    return None


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


def pov_at(line: str) -> str | None:
    """The narrator that a point-of-view line names, "" where it names none ("Normal POV"), None for any other line."""
    if len(line) > 60 or not ("o" in line or "O" in line or not line.isascii() or "erspe" in line or "PDV" in line or "icht" in line):
        return None
    found = _POV.fullmatch(line)
    if found is None:
        if line.isascii():
            return None
        found = _POV_CJK.fullmatch(line)
        return found.group("c") if found else None
    name = (found.group("a") or found.group("b") or found.group("rest") or "").strip(" \t*_~-–—:()")
    name = re.sub(r"(?:['’]s|['’])$", "", name)
    lower = name.lower()
    if lower.split(" ")[:1] and lower.split(" ")[0].strip("'’") in _NO_ONE:
        return ""
    if name and name[0].islower() and len(name.split()) > 1:
        return None  # "from her point of view"
    if not name and len(line.strip("*_~-=:() \t")) > 16:
        return None
    return name


_BARE_NAME = re.compile(r"(?P<open>[*_~=–—+<>\[({|:•·☆★♥-]{0,5}) ?(?P<name>[^\W\d_](?:['’-]?[^\W\d_]){1,14}(?: [^\W\d_](?:['’-]?[^\W\d_]){1,14})?) ?(?P<close>[*_~=–—+<>\])}|:•·☆★♥-]{0,5})")
_NOT_NAMES = frozenset(
    ["now", "then", "before", "after", "earlier", "later", "past", "present", "today", "tomorrow", "yesterday", "here", "there", "end", "fin", "fine", "ende", "silence", "darkness", "nothing", "stop", "exit", "help", "no", "yes", "never", "black", "blood", "run", "fire", "please", "bang", "boom", "crash", "thud", "god", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "spring", "summer", "autumn", "winter", "morning", "noon", "night", "evening", "dawn", "dusk", "midnight", "summary", "notes", "note", "story", "author", "title", "warning", "disclaimer", "break", "flashback", "dream", "memory", "unknown"]
)


def bare_name(line: str) -> str | None:
    """The name that a stripped line is and nothing else, in capitals or dressed ("JUNO", "~ Juno ~"), folded; else None.

    Names stand above the parts that their bearers tell; but people shout them, too, so look at the company (`tellers`).
    """
    if not 2 <= len(line) <= 34:
        return None
    found = _BARE_NAME.fullmatch(line if line.isascii() else line.translate(_SYMBOLS))
    if found is None:
        return None
    name = found.group("name")
    dressed = bool(found.group("open")) and bool(found.group("close"))
    if not (name.isupper() and len(name) > 2) and not (dressed and (name[0].isupper() or is_set_off(line))):
        return None
    return None if any(word in _NOT_NAMES for word in name.lower().split()) else name.lower()


def is_set_off(line: str) -> bool:
    """Whether a stripped line stands in ornaments that are no emphasis, alike on both sides: `~ juno ~`, `<<Juno>>`."""
    found = _BARE_NAME.fullmatch(line if line.isascii() else line.translate(_SYMBOLS))
    if found is None or not found.group("open") or found.group("open")[0] in "*_-–—(":
        return False
    return len(found.group("open")) == len(found.group("close"))


def small_name(line: str) -> str | None:
    """The same for a name in small letters between dashes or emphasis ("- juno -", "_juno_") or in no dress at all ("Juno"): anything
    may stand so that does not come in turn with others.
    """
    found = _BARE_NAME.fullmatch(line) if 3 <= len(line) <= 34 else None
    if found is None or bool(found.group("open")) != bool(found.group("close")):
        return None
    name = found.group("name")
    if (not found.group("open") and not name.istitle()) or (name[0].islower() and " " in name):
        return None
    return None if any(word in _NOT_NAMES for word in name.lower().split()) else name.lower()


def in_turn(names: Sequence[tuple[int, str]]) -> list[int]:
    """The lines (index, name) where two names or more come by turns, each twice at least and never twice in a row; or none."""
    count = Counter(name for _, name in names)
    often = [(at, name) for at, name in names if count[name] >= 2]
    if len(often) < 4 or 4 * len(often) < 3 * len(names) or len({name for _, name in often}) < 2:
        return []
    return [] if any(a == b for (_, a), (_, b) in pairwise(often)) else [at for at, _ in often]


def tellers(
    names: Sequence[tuple[int, str]], opens: Callable[[int], bool], between: Callable[[int, int], int], set_off: bool = False
) -> set[int]:
    """Which lines (index, name) are headings of those who tell: two names or more, text between them, and headings above them.

    `opens(a)` says whether a line stands right below a chapter's heading or the header. Half of the lines have to, or the first
    one, if a name comes again after another or all are `set_off` by ornaments.
    """
    if len({name for _, name in names}) < 2 or not all(between(a[0], b[0]) >= 2 for a, b in pairwise(names)):
        return set()
    opening = [opens(line) for line, _ in names]
    again = set_off or len(names) > len({name for _, name in names})
    if 2 * sum(opening) >= len(names) or (opening[0] and again):
        return {line for line, _ in names}
    return set()


def confirm(
    candidates: Sequence[tuple[int, Heading]],
    between: Callable[[int, int], int],
    free: Callable[[int], bool],
    begins: Callable[[int], bool],
) -> set[int]:
    """Which candidates (line index, heading) are headings: those whose numbers go on in one dress, with text between them.

    `between(a, b)` says how many text lines stand between two lines, `free(a)` whether blank lines part a line from others: half
    of a run must be free, or each of three or more begin what stands below it without a blank line (`begins`). A run starts at 0 to 2, or is at least three long.
    """
    accepted: set[int] = set()
    by_style: dict[str, list[tuple[int, float]]] = {}
    for line, heading in candidates:
        if not heading.certain and heading.number is not None:
            by_style.setdefault(heading.style, []).append((line, heading.number))
    for style, members in by_style.items():
        run: list[tuple[int, float]] = []
        aged = style.startswith(("spelled|*", "spelled|_", "digit|*", "digit|_")) and style.endswith("-")  # "**seven.**", "**eleven.**"
        steps = 26 if style == "alphabet" or aged else 99 if style.startswith("ordinal") else 1
        dressed = style.endswith("t") and style.count("|") == 3 and style.split("|")[1] in ("*", "**", "_", "__", "#", "##")
        apart = 1 if dressed or style.startswith(("alphabet", "word.")) else 3 if style.startswith("words") else 2
        for member in [*members, None]:
            again = style.startswith(("word.", "alphabet"))  # "Day 2", "Day 2, still"
            if run and member is not None and (0 if again else 1e-6) <= member[1] - run[-1][1] <= steps:
                run.append(member)
                continue
            if (
                len(run) >= 2
                and (len(run) >= 3 or (run[0][1] <= 2 and style[-1] != "."))
                and all(between(a[0], b[0]) >= apart for a, b in pairwise(run))
                and (
                    2 * sum(free(line) for line, _ in run) >= len(run) or (len(run) >= 3 and all(begins(line) for line, _ in run))
                )
            ):
                accepted.update(line for line, _ in run)
            run = [member] if member is not None else []
    return accepted
