"""What the narration says of tense and person, window by window: clauses and pronouns, counted and not yet judged."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from transforms.narration.classes import QUOTED, letters, tokens
from transforms.narration.insets import BREAK
from transforms.narration.labels import Masked

WINDOW = 900
"""Characters of narration a window holds at least, about 160 words: paragraphs are put together up to it."""

_CLAUSE = re.compile(
    r"(?P<tag>_,?A?)?(?P<who>[IWYHSTXNKEU])(?:,(?=j)|j,?|t|A[NHSTKI]){0,5}(?P<verb>[abcdefiFMCpqrzvo])(?P<then>.?)"
    r"|_,?(?P<said>[pqz])(?=[IHSTWYXNKDmhstwyx])"
    r"|(?P<noun>[DhstmwyxuGO'][lvgzq]{0,2}[lvz])j{0,3}(?P<does>[abcdifMFCpqz])(?P<next>.?)"
    r"|(?P<turned>[abcdif])j{0,3}(?=[IWYHSTXNU])"
)
_NAME = re.compile(r"(?P<before>[^NK]?)(?P<name>N[NK]{0,2}|K(?=[j']{0,2}[abcdifpqzMF]))(?P<after>'?j?.?)")


@dataclass(slots=True)
class Window:
    """A stretch of the story (offsets in characters) with the counts of its narration.

    `clauses` counts (subject class, tense) where tense is `<` past, `>` present, `~` future, `h` had, `o` a narrator's comment;
    `pronouns` counts the letters of `classes`; `verbs` the words that decided, with their tense.
    """

    start: int
    end: int
    scene: int  # windows of one scene share a number
    words: int = 0
    tags: int = 0
    clauses: Counter = field(default_factory=Counter)
    pronouns: Counter = field(default_factory=Counter)
    verbs: Counter = field(default_factory=Counter)
    names: Counter = field(default_factory=Counter)
    lines_first: int = 0  # short paragraphs that speak of I and of nobody else: thoughts without italics


def windows(text: str, paras: list[tuple[int, int]], spans: list[Masked], breaks: frozenset[int] = frozenset()) -> list[Window]:
    """The narration of `text` in windows: what is left of the paragraphs without the masked spans.

    A scene break, and each offset in `breaks` (chapters, headings), ends a window; so does a sentence's end in a paragraph of
    several windows' length.
    """
    found: list[Window] = []
    pieces: list[str] = []
    size, scene, at, n = 0, 0, 0, len(spans)
    start = -1
    marks = sorted(breaks)
    mark = 0

    def close(end: int) -> None:
        nonlocal pieces, size, start
        if start >= 0 and (size or pieces):
            found.append(_read(Window(start, end, scene), "".join(pieces)))
        pieces, size, start = [], 0, -1

    last = 0
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
        if start < 0:
            start = p_start
        cursor = p_start
        while at < n and spans[at].end <= p_start:
            at += 1
        k = at
        while cursor < p_end:
            stop, resume = p_end, p_end
            if k < n and spans[k].start < p_end:
                stop, resume = max(cursor, spans[k].start), spans[k].end
                k += 1
            while stop - cursor > 2 * WINDOW:
                cut = _sentence_end(text, cursor + WINDOW, min(stop, cursor + 2 * WINDOW))
                pieces.append(text[cursor:cut])
                close(cut)
                start = cursor = cut
            if stop > cursor:
                pieces.append(text[cursor:stop])
                size += stop - cursor
            if resume > stop or stop < p_end:
                pieces.append(QUOTED)
            cursor = max(resume, cursor)
            if size >= WINDOW and cursor < p_end and p_end - cursor > WINDOW:
                close(cursor)
                start = cursor
        pieces.append("\n")
        last = p_end
        if size >= WINDOW:
            close(p_end)
    close(last)
    return found


def _sentence_end(text: str, start: int, end: int) -> int:
    for mark in (". ", "! ", "? ", ", ", " "):
        cut = text.find(mark, start, end)
        if cut >= 0:
            return cut + len(mark)
    return end


def _read(window: Window, narration: str) -> Window:
    words = tokens(narration)
    classes = letters(words)
    pronouns = {letter: n for letter in "IWYHSTXmwyhstxNKU" if (n := classes.count(letter))}
    window.pronouns.update(pronouns)
    window.words = len(classes) - sum(classes.count(mark) for mark in ".,-|_'7")
    window.tags = classes.count("_")
    clauses, verbs = window.clauses, window.verbs
    for found in _CLAUSE.finditer(classes):
        who = found["who"]
        if who is not None:
            verb, tense, then = found["verb"], "", found["then"]
            if verb in "bipq":
                tense = "<"
                if verb == "q" and then == "7":
                    tense = "~"  # won't
            elif verb == "d":
                tense = "h"
            elif verb in "ac":
                tense = ">"
            elif verb == "z":
                tense = ">" if who not in "IWY" else ""
            elif verb == "f":
                tense = ">"
            elif verb in "ev":
                tense = ">" if who in "IWYT" or (who in "XNK" and verb == "e") else ""
                if verb == "v" and who in "NK":
                    tense = ""
            elif verb == "o":
                tense = "o" if who in "IW" else ">" if who in "YT" else ""
            elif verb == "r":
                tense = "<" if who in "HSXNKU" else ""
            elif verb == "F":
                tense = "~"
            elif verb == "M":
                tense = "m"
            elif verb == "C":
                tense = "c"
            if tense:
                clauses[who + tense] += 1
                if found["tag"]:
                    clauses["_" + tense] += 1
                if tense in "<>":
                    verbs[words[found.start("verb")].lower(), tense] += 1
            continue
        said = found["said"]
        if said is not None:
            tense = ">" if said == "z" else "<"
            clauses["_" + tense] += 1
            verbs[words[found.start("said")].lower(), tense] += 1
            continue
        does = found["does"]
        if does is not None:
            tense = "<" if does in "bip" else "h" if does == "d" else ">" if does in "acf" else "~" if does == "F" else ""
            if does == "q":
                tense = "q"  # may be a participle
            elif does == "z":
                tense = "z"  # may be a plural noun
            elif does == "M":
                tense = "m"
            if tense:
                clauses["n" + tense] += 1
                if tense in "<>":
                    verbs[words[found.start("does")].lower(), tense] += 1
            continue
        turned = found["turned"]
        if turned is not None:
            clauses["?" + ("<" if turned in "bi" else "h" if turned == "d" else ">")] += 1
    names = window.names
    for found in _NAME.finditer(classes):
        inside = found["before"] not in "" and found["before"] not in ".|_-"
        name = " ".join(words[found.start("name") : found.end("name")])
        names[name, inside, found["after"][-1:] in tuple("abcdifpqzMF")] += 1
    for line in classes.split("|"):
        if len(line) < 40 and ("I" in line or "m" in line) and not re.search(r"[HSTXNhstx_]", line):
            window.lines_first += line.count("I") + line.count("m")
    return window
