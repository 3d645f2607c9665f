"""The form of a story: prose, letters, script, chat, verse or other, by the shapes of its lines."""

from __future__ import annotations

import re
from collections import Counter

from transforms.narration.classes import letters, tokens
from transforms.narration.insets import _DEAR, _SIGN_OFF

_TIME = r"[\[(<]?(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? )?\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?[\])>]?"
_HANDLE = r"[*_]{0,3}[@#~]?[^\s:<>\[\]()*\"“”][^:<>\[\]()*\"“”\n]{0,24}[*_]{0,3}"
_CHAT_LINE = re.compile(
    rf"(?:{_TIME}\s*[-–—|]?\s*)?(?:<[^<>\n]{{1,25}}>|\[[^\[\]\n]{{1,25}}\]:?|"
    rf"{_HANDLE}\s*(?:{_TIME}|[\[(][^\])\n]{{1,24}}[\])])?[*_]{{0,3}}:[*_]{{0,3}})(?:\s|$)",
    re.IGNORECASE,
)
_CHAT_EVENT = re.compile(
    r"\W{0,4}[^\n]{1,60}\b(?:added|created|changed|named|renamed|left|joined|removed|pinned|is typing|is offline|is online|"
    r"has entered|has left|logged (?:on|off|in|out)|signed (?:on|off)|set the topic|seen|delivered|read)\b",
    re.IGNORECASE,
)
_CAPS_SPEAKER = re.compile(
    r"[*_]{0,3}(?=[^a-z\n]{2,40}$)(?=.*[A-Z]{2})[A-Z][A-Z0-9 .,'’&/#-]*(?:\([^)\n]{1,40}\))?[*_]{0,3}:?[*_]{0,3}\s*$"
)
_SPEAKER = re.compile(
    r"[*_]{0,3}(?P<who>(?:(?:The|A|First|Second|Third|1st|2nd|3rd|4th|5th|Old|Young) )?"
    r"[A-Z][\w'’.-]*(?: (?:[A-Z#&][\w'’.-]*|and|of|the|\d+)){0,3})"
    r"(?P<manner>\s*[\[(][^\])\n]{1,80}[\])])?[*_]{0,3}\s*(?P<mark>[:.])[*_]{0,3}\s+\S"
)
_SPEAKER_ALONE = re.compile(r"([*_]{1,3})[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3}\1[.:]?$")
"""A name in emphasis on a line of its own, the speech under it."""
_SPEAKER_SET_OFF = re.compile(r"([*_]{1,3})(?P<who>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3})\1 +\S")
"""The same, the speech behind it."""
_SLUG = re.compile(
    r"[*_]*(?:INT|EXT|INT/EXT|I/E)\b[. /]|(?:CUT|FADE|DISSOLVE|SMASH CUT|MATCH CUT)\b.{0,20}(?:TO|IN|OUT)\b|(?:ACT|SCENE)\b"
)
_STAGE = re.compile(r"[*_]{0,3}[(\[][^\n]*[)\]][*_.]{0,4}$")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|"
    r"Dec(?:ember)?)"
)
_DATE = re.compile(
    r"[*_]*(?:(?:Mon|Tues?|Wed(?:nes)?|Thurs?|Fri|Satur|Sat|Sun)(?:day)?\b[^.!?\n]{0,40}|"
    rf"(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of|,)? )?{_MONTH}\.?(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? (?:the )?\w+){{0,3}}|"
    r"(?:Day|Night|Week|Entry|Log|Record|Stardate|Sol|Cycle|Letter)\b[^.!?\n]{0,40}\d[^.!?\n]{0,20}|"
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.{0,20})[*_.:]*(?=$|\s*[—–-]|\.\s)"
)

_DEAR_BEGINS = frozenset("*_MDdTB")
_SIGN_OFF_BEGINS = frozenset("*_IEAFBUTYLWSRCKHxP")
_DATED = frozenset("*_0123456789tACDEFJLMNORSTW")  # what a date may begin with
_MAIL = re.compile(r"[*_]{0,3}(?:From|To|Subject|Date|Sent|Cc|Re)[*_]{0,3}: ?\S", re.IGNORECASE)

_SAMPLE = 40  # lines looked at from each of three places


def form(text: str, paras: list[tuple[int, int]]) -> str:
    """One of labels.FORMS. `letters` takes in diaries and logs; `other` is text without paragraphs of prose (lists, tables)."""
    paras = [(start, end) for start, end in _sample(paras) if text[start].isalnum() or _says(text, start, end)]
    lines = [text[start:end] if end - start <= 400 else text[start : start + 400] for start, end in paras]
    lengths = [end - start for start, end in paras]
    if not lines:
        return "other"
    n = len(lines)
    # Each line of a script or a chat shows something at its start; that is quickly seen to be missing.
    shows = sum([line[0] in "*_[(<@#" or ":" in line[:60] for line in lines])
    shows += sum([line.isupper() or (line[-1] == "." and line.count(" ") < 4) for line in lines if len(line) < 45])
    heads = [line[:30].partition(". ") for line in lines]
    shows += sum([head.istitle() or head.isupper() for head, stop, _ in heads if stop])
    in_chat = in_script = 0.0
    if shows >= 0.2 * n:
        in_chat, in_script = _share(_chat_lines(lines), lengths), _share(_script_lines(lines), lengths)
    if n >= 3 and max(in_chat, in_script) >= 0.5:
        return "script" if in_script >= in_chat else "chat"
    mail = len([line for line in lines if ":" in line[:12] and _MAIL.match(line)])
    if mail >= 4 and mail >= 0.1 * n:
        return "letters"
    if n >= 4 and _is_verse(text, paras, lines):
        return "verse"
    if _is_letters(lines, sum(lengths)):
        return "letters"
    if n < _FEW_LINES and len(text) > _RUN_ON and (found := _run_on(text[:6000])):
        return found
    if n >= 6 and sum("." not in line and not any(mark in line for mark in '!?…"”»」') for line in lines) > 0.8 * n:
        return "other"
    return "prose"


_FEW_LINES, _RUN_ON = 4, 500
_LABEL = re.compile(
    r"(?<![^\s*_>\])])([A-Z@#]?[\w'’.]{1,19}(?: [A-Z0-9][\w'’.]{0,14}){0,2})(?: ?\([^()]{1,30}\))?[*_]{0,3}:(?=[\s*_])"
    r"|\b([A-Z]{3,})\b|(?<=[.!?\])] )[*_]{0,3}([A-Z][a-z’']+(?: [A-Z][a-z]+)?)\.[*_]{0,3} (?=[A-Z\[(*_])"
)
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")


def _run_on(text: str) -> str:
    """The form of a text whose lines have run together: names before what they say, that come back; times; lines of verse."""
    often = text.count(" ") / 35
    if len(_CLOCK.findall(text)) > max(4, often):
        return "chat"
    names = Counter(map("".join, _LABEL.findall(text)))
    again = [n for n in names.values() if n > 2]
    if len(again) > 1 and sum(again) > max(5, often):
        return "script"
    return "verse" if _capitals_inside(text) else ""


def _sample(paras: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if len(paras) <= 3 * _SAMPLE:
        return paras
    middle = len(paras) // 2
    return [*paras[:_SAMPLE], *paras[middle : middle + _SAMPLE], *paras[-_SAMPLE:]]


def _says(text: str, start: int, end: int) -> bool:
    """Whether a paragraph that does not begin with a letter or a digit has one near its start."""
    if text[start + 1 : start + 2].isalnum():
        return True
    return any(map(str.isalnum, text[start : min(end, start + 400)]))


def _share(marks: list[bool], lengths: list[int]) -> float:
    """The share of the text that is in marked lines; each counts its length and a little."""
    return sum(length + 20 for length, yes in zip(lengths, marks, strict=False) if yes) / (sum(lengths) + 20 * len(lengths))


def _chat_lines(lines: list[str]) -> list[bool]:
    """Whether each line is one that a user name, a time or an event of a messenger begins; names must come back."""
    names: dict[str, int] = {}
    marks = []
    for line in lines:
        found = _CHAT_LINE.match(line)
        name = re.sub(r"[\d:.()\[\]<>*_ ]|[ap]m", "", found[0].lower()) if found else ""
        if found:
            names[name] = names.get(name, 0) + 1
        marks.append((found is not None, name))
    again = sum(n for n in names.values() if n > 1)
    if again < 4 or len([n for n in names.values() if n > 1]) < 2:
        return []
    return [
        (is_line and (names[name] > 1 or again > 8)) or (len(line) < 90 and _CHAT_EVENT.match(line) is not None)
        for (is_line, name), line in zip(marks, lines, strict=True)
    ]


def _script_lines(lines: list[str]) -> list[bool]:
    """Whether each line is a speaker's, a stage direction or a scene's head; speakers must come back."""
    speakers: dict[str, int] = {}
    kinds = []
    after_caps = False
    starts = _often_first(lines)
    slugs = sum(bool(_SLUG.match(line)) for line in lines)
    for line in lines:
        kind = ""
        spoken = _SPEAKER.match(line)
        if _SLUG.match(line):
            kind = "stage"
        elif len(line) < 40 and (_CAPS_SPEAKER.match(line) or _SPEAKER_ALONE.match(line)):
            kind, after = "caps", re.sub(r"\(.*?\)|\W", "", line)
            speakers[after] = speakers.get(after, 0) + 1
        elif spoken and (
            spoken["mark"] == ":" or line.startswith(("*", "_")) or spoken["who"].isupper() or spoken["who"] in starts
        ):
            kind = "spoken"
            speakers[spoken["who"].upper()] = speakers.get(spoken["who"].upper(), 0) + 1
        elif line[0] in "*_" and (set_off := _SPEAKER_SET_OFF.match(line)):
            kind = "spoken"
            speakers[set_off["who"].upper()] = speakers.get(set_off["who"].upper(), 0) + 1
        elif _STAGE.match(line):
            kind = "stage"
        elif after_caps:
            kind = "speech"
        after_caps = kind == "caps" or (kind == "stage" and after_caps)
        kinds.append(kind)
    again = {who for who, n in speakers.items() if n > 1}
    numbered = sum(len(line) < 45 and bool(_NAMED.fullmatch(line)) and _names_only(line) for line in lines)
    if numbered >= 8 and numbered > 0.2 * len(lines):  # a play's speakers on lines of their own, in small letters
        return [True] * len(lines)
    if len(again) < 2 and not (slugs >= 2 and again):
        return []
    return [kind != "" for kind in kinds]


def _often_first(lines: list[str]) -> frozenset[str]:
    """Names that begin many lines, a full stop behind them, where such lines are most: "Hovstad. It is astonishing ..."."""
    found = Counter(match["who"] for match in map(_SPEAKER.match, lines) if match and match["mark"] == ".")
    often = {who: n for who, n in found.items() if n > 2}
    return frozenset(often) if len(often) > 1 and sum(often.values()) > 0.4 * len(lines) else frozenset()


_NAMED = re.compile(r"(?:\d(?:st|nd|rd|th)\b )?[A-Z][\w’' ]{2,40}\.")


def _names_only(line: str) -> bool:
    """A line that says who, and nothing of what anybody does."""
    return not set(letters(tokens(line))) & set("abcdefipqzrvIWYHSTXUEgn7j")


_CAPITAL_INSIDE = re.compile(  # a little word with a capital, as at the start of a line of verse
    r" (?<=[a-z] |[,;:-] )(?:A|An|And|As|At|But|By|For|From|He|Her|His|How|If|In|Is|It|My|No|Nor|Not|Of|On|Or|Our|She|So|That|"
    r"The|Their|Then|They|This|Thou|Thy|Till|To|We|What|When|Where|Which|While|Who|With|You|Your) (?=[a-z])"
)


def _is_verse(text: str, paras: list[tuple[int, int]], lines: list[str]) -> bool:
    """Short lines, most of which do not end as sentences do; or stanzas run together, with capitals after inner line ends."""
    spoken = sum(line[0] in '"“«-—–‘「' for line in lines)
    if spoken > 0.3 * len(lines):
        return False
    short = [line for line in lines if len(line) <= 68]
    if len(short) >= 0.85 * len(lines):
        running = sum(line[-1].isalnum() or line[-1] in ",;:—–-" for line in short)
        return running >= 0.35 * len(short) and sum(map(len, lines)) / len(lines) < 55
    if len(lines) < 6 or sum(map(len, lines)) / len(lines) >= 400:
        return False
    whole = " ".join(lines)[:6000]
    return _capitals_inside(whole)


def _capitals_inside(text: str) -> bool:
    """Whether little words have a capital inside sentences, as where the lines of verse run together."""
    if 100 * len(_CAPITAL_INSIDE.findall(text, 0, 1500)) < text.count(" ", 0, 1500):
        return False
    inner = len(_CAPITAL_INSIDE.findall(text))
    stops = len(re.findall(r"[.!?]", text)) + 1
    return inner > 0.7 * stops and inner > 0.025 * text.count(" ")


def _is_letters(lines: list[str], size: int) -> bool:
    """Salutations with sign-offs, or dated entries, often enough for the length and at the start."""
    salutations = [i for i, line in enumerate(lines) if line[0] in _DEAR_BEGINS and len(line) <= 90 and _DEAR.match(line)]
    signed = len([line for line in lines if len(line) <= 80 and line[0] in _SIGN_OFF_BEGINS and _SIGN_OFF.match(line)])
    dates = [
        i
        for i, line in enumerate(lines)
        if line[0] in _DATED and _DATE.match(line) and (len(line) < 60 or re.match(r"[^.]{3,40}[.—–-]", line))
    ]
    kilo = max(size / 1000, 1.0)
    if salutations and salutations[0] <= 3 and signed and len(salutations) + signed >= max(2, 0.25 * kilo):
        return True
    return len(dates) >= 3 and dates[0] <= 2 and len(dates) >= 0.35 * kilo
