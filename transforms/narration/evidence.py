"""What the narration says of tense and person, window by window: clauses and pronouns, counted and not yet judged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.narration.classes import QUOTED, WINDOW_END, class_of, letters, tokens
from transforms.narration.insets import BREAK

_WINDOWS_WANTED = 45
_SMALLEST, _LARGEST = 450, 1500
"""Characters of narration a window holds at least: short stories get small windows, so that a change is placed well."""

_TOGETHER = 200
_WHO = "IWYHSTXNKEUP"
_REST = r"(?:,(?=j)|j,?|t|A[NHSTKI]){0,5}(?:q7|[abcdefiFMCLpqrzvo]|(?<=[HSXUE])')"  # adverbs, "himself", "and Ron"; a verb
_CLAUSE = re.compile(  # the alternatives begin with letters that no other begins with, so the engine is soon done with a place
    # sentence end, comma, "and"; subject and verb
    rf"[.|,A-](?:j{{0,2}}[{_WHO}]{_REST}"
    # at a sentence's start: article, noun, verb in -s
    r"|(?<=[.|])D[lvg]{0,2}[lv]j{0,3}z(?=[,.A]))"
    # article or possessive, adjectives, noun, adverbs, verb
    r"|[Dhstmwyxu'][lvgzq]{0,2}[lvzg]j{0,3}(?:[abcdifMFCLpq]|z(?=[DhsmtwyxUjB]))"
    # subject and verb anywhere else
    rf"|[{_WHO}]{_REST}"
    # question or inversion: auxiliary, subject
    r"|[abcdif]j{0,3}(?=[IWYHSTXNU])"
    # quoted speech; subject and verb, or a verb of saying before its subject: "..." said the boy
    rf"|_(?:,?A?[{_WHO}]{_REST}|,?[pqz](?=[IHSTWYXNKDmhstwyxl]))"
)
_CLAUSE_PARTS = re.compile(
    rf"(?:(?P<tag>_,?A?)|(?P<main>[.|,A-]j{{0,2}}))?(?P<who>[{_WHO}])[^Q]*?(?P<verb>q7|[abcdefiFMCLpqrzvo'])"
    r"|_,?(?P<said>[pqz])"
    r"|[.|]?[Dhstmwyxu'][lvgzq]{0,2}[lvzg]j{0,3}(?P<does>[abcdifMFCLpqz])"
    r"|(?P<turned>[abcdif])j{0,3}"
)


@dataclass(slots=True)
class Window:
    """A stretch of the story (offsets in characters), the classes of its narration's words, and its clauses.

    `clauses` counts pairs of letters, subject and tense. Subjects are the letters of `classes`, and `n` a noun, `_` a speech
    tag, `?` an inversion. Tenses: `<` past, `>` present, `h` had, `~` future, `m` would and could, `c` can, `o` a narrator's
    remark (I think), `q` a past that may be a participle, `z` a present that may be a plural.
    """

    start: int
    end: int
    scene: int  # windows of one scene share a number
    narration: str
    classes: str
    counts: dict[str, int]
    clauses: Counter[str]
    words: int
    elided: int = 0  # sentences that begin with a verb of the past and have no subject
    commands: int = 0  # sentences that begin with a base form and have no subject
    persons: tuple[int, int, int] = (0, 0, 0)  # words of the first, second and third person, see `persons.counts`
    kept: Sequence[str] = ()  # the words of this and other windows, where the text is short enough to keep them
    kept_from: int = 0  # where in `kept` those of this window begin

    def tokens(self) -> Sequence[str]:
        """The words of the narration, one for each letter of `classes`."""
        if self.kept:
            return self.kept[self.kept_from : self.kept_from + len(self.classes)]
        return tokens(self.narration)


_COUNTED = "IWYHSTXNKmwyhstx"
_NONE = dict.fromkeys(_COUNTED, 0)
_NOT_COUNTED = bytes(byte for byte in range(256) if chr(byte) not in _COUNTED)
NO_WORDS = b".,-|_'7"


class _Keys(dict[str, str]):
    """Matched class strings to clause keys, filled as they are met; there are a few hundred."""

    def __missing__(self, matched: str) -> str:
        key = _key(matched)
        if len(self) < 20_000:
            self[matched] = key
        return key


def _key(matched: str) -> str:
    """Subject and tense of a matched clause; empty where its verb does not tell."""
    parts = _CLAUSE_PARTS.fullmatch(matched)
    if parts is None:
        return ""
    if who := parts["who"]:
        tense = _tense(who, parts["verb"])
        if not tense:
            return ""
        return ("_" if parts["tag"] and tense in "<>o" else "" if parts["main"] or parts["tag"] else "k") + who + tense
    if said := parts["said"]:
        return "_>" if said == "z" else "_<"
    if does := parts["does"]:
        if does == "L":
            return ""
        return "n" + {"b": "<", "i": "<", "p": "<", "d": "h", "F": "~", "M": "m", "C": "c", "q": "q", "z": "z"}.get(does, ">")
    return "?" + ("<" if parts["turned"] in "bi" else "h" if parts["turned"] == "d" else ">")


def _tense(who: str, verb: str) -> str:
    """The tense that a verb's class shows after a subject of a class, by agreement."""
    if verb in "bipq":
        return "<"
    if verb in "acf'":
        return ">"
    if verb == "L":
        return ""
    if verb in ("F", "q7"):
        return "~"
    if verb in "dMC":
        return {"d": "h", "M": "m", "C": "c"}[verb]
    if verb == "z":
        return ">" if who not in "IWY" else ""
    if verb == "r":  # put, read, let: without -s they are past after he, she, it, a name
        return "<" if who in "HSXNKU" else ""
    if verb == "o":
        return "o" if who in "IW" else ">" if who in "YT" else ""
    if verb == "e":
        return ">" if who in "IWYTX" else ""
    return ">" if who in "IWYTX" else ""  # v: "made Harry walk" tells nothing


_KEYS = _Keys()


def _read(classes: str, start: int, end: int, scene: int, narration: str) -> Window:
    """The window from `start` to `end`, whose narration and its classes are given."""
    clauses = Counter(map(_KEYS.__getitem__, _CLAUSE.findall(classes)))
    clauses.pop("", None)
    plain = classes.encode()
    counts = _NONE | Counter(plain.translate(None, _NOT_COUNTED).decode())
    words = len(plain.translate(None, NO_WORDS))
    return Window(start, end, scene, narration, classes, counts, clauses, words)


def _read_all(stretches: list[tuple[int, int, int, str]]) -> list[Window]:
    """The windows of several stretches (start, end, scene, narration), whose words are looked up together, for speed."""
    found: list[Window] = []
    for i in range(0, len(stretches), _TOGETHER):
        some = stretches[i : i + _TOGETHER]
        words = tokens(WINDOW_END.join([narration.replace(WINDOW_END, " ") for *_, narration in some]))
        at = 0
        for classes, stretch in zip(letters(words).split("#"), some, strict=True):
            window = _read(classes, *stretch)
            if len(stretches) <= _TOGETHER:
                window.kept, window.kept_from = words, at
            if classes.count("K") >= 3 and classes.count(".K") + classes.count("|K") >= 3:
                window.elided, window.commands = _without_subject(classes, words[at : at + len(classes)])
            at += len(classes) + 1
            found.append(window)
    return found


_NO_SUBJECT = re.compile(r"(?<=[.|])K(?=[^.,|HSTXIWYE]*+(?:[.|]|,(?!j?[HSTXIWYEN])|A(?![HSTXIWYE])))")


def _without_subject(classes: str, words: Sequence[str]) -> tuple[int, int]:
    """Sentences that have no subject before their first comma or end and begin with a past form; with a base form, commands."""
    past = base = 0
    for found in _NO_SUBJECT.finditer("." + classes, 1):
        form = class_of(words[found.start() - 1].lower())
        past += form in ("p", "q")
        base += form in ("v", "o", "r")
    return past, base + len(_FORBIDDEN.findall(classes))


_FORBIDDEN = re.compile(r"(?<=[.|,])e7j?[vor]")  # don't look


def verbs(window: Window) -> Counter[tuple[str, str]]:
    """The finite verbs of a window that show its tense, each with "past" or "present"."""
    words = window.tokens()
    found: Counter[tuple[str, str]] = Counter()
    for match in _CLAUSE.finditer(window.classes):
        key = _KEYS[match[0]]
        if key and key[-1] in _SHOWS:
            found[_verb(words, window.classes, match.start(), match.end()), _SHOWS[key[-1]]] += 1
    return found


_SHOWS = {"<": "past", "h": "past", "q": "past", ">": "present", "z": "present"}


def _verb(words: Sequence[str], classes: str, start: int, end: int) -> str:
    """The verb at the end of a match; contracted ones with what they hang on ("it's")."""
    last = end - 1
    while last > start and classes[last] in "7j":
        last -= 1
    word = words[last].lower()
    return words[last - 1].lower() + word if word.startswith("'") and last else word


def windows(
    text: str, paras: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int, str]], breaks: Sequence[int] = ()
) -> list[Window]:
    """The narration of `text` in windows: what is left of the paragraphs without the masked spans.

    A scene break, and each offset in `breaks` (headings that name a narrator), ends a window; so does a sentence's end in a
    paragraph of several windows' length.
    """
    total = len(text) - sum(end - start for start, end, _ in spans)
    least = min(_LARGEST, max(_SMALLEST, total // _WINDOWS_WANTED))
    found: list[tuple[int, int, int, str]] = []
    pieces: list[str] = []
    size = scene = at = mark = last = 0
    n = len(spans)
    begun = -1
    marks = sorted(breaks)

    def close(end: int) -> None:
        nonlocal size, begun
        if pieces:
            found.append((begun, end, scene, "".join(pieces)))
            pieces.clear()
        size, begun = 0, -1

    for p_start, p_end in paras:
        while mark < len(marks) and marks[mark] <= p_start:
            close(last)
            scene += 1
            mark += 1
        if p_end - p_start < 40 and BREAK.fullmatch(text, p_start, p_end):
            close(last)
            scene += 1
            last = p_end
            continue
        if begun < 0:
            begun = p_start
        while at < n and spans[at][1] <= p_start:
            at += 1
        cursor, k = p_start, at
        while cursor < p_end:
            stop = resume = p_end
            if k < n and spans[k][0] < p_end:
                stop, resume = max(cursor, spans[k][0]), spans[k][1]
                k += 1
            while stop - cursor > 2 * least:
                cut = _sentence_end(text, cursor + least, cursor + 2 * least)
                pieces.append(text[cursor:cut])
                close(cut)
                begun = cursor = cut
            if stop > cursor:
                pieces.append(text[cursor:stop])
                size += stop - cursor
            if resume > stop:
                pieces.append(QUOTED)
            cursor = max(resume, cursor)
            if size >= least and p_end - cursor > least:
                close(cursor)
                begun = cursor
        pieces.append("\n")
        last = p_end
        if size >= least:
            close(p_end)
    close(last)
    return _read_all(found)


def _sentence_end(text: str, start: int, end: int) -> int:
    for mark in (". ", "! ", "? ", ", ", " "):
        cut = text.find(mark, start, end)
        if cut >= 0:
            return cut + len(mark)
    return end
