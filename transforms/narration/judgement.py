"""One story, or the chapters of one, from text to labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter

from transforms.narration import confidence, evidence, focus, persons, tenses
from transforms.narration.evidence import Window
from transforms.narration.forms import form
from transforms.narration.labels import Narration, Passage
from transforms.narration.languages import language
from transforms.narration.masks import Span, paragraphs, spans_of

_LEAST_WORDS, _LEAST_CLAUSES = 30, 2.5  # of narration; finite clauses, weighed
_FEW_WORDS, _FEW_CLAUSES = 12, 4.0  # what is enough where nearly all is dialogue: a few tags that agree
_NO_NARRATION = ("script", "chat", "verse")
_BETWEEN_CHAPTERS = 2  # characters: the blank line by which the chapters of a work are joined
_CONTENT = "lNKpqrzvng"  # the classes of words that are not function words
_LEAST_CONFIDENCE = 0.5
_WORDS_SHOWN = 100  # of a passage; its verbs are counted in its first window, or the first two where these are shorter
_WINDOWS_READ = 2  # of a chapter, whose function words are counted


@dataclass(frozen=True, slots=True)
class Scanned:
    """A chapter after the one pass over its text; `offset` is its place in the work's text."""

    text: str
    offset: int
    form: str
    spans: Sequence[Span]
    windows: Sequence[Window]
    headings: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A window with its person and tense, and the weight of its past, present and future clauses."""

    chapter: int
    window: Window
    person: str
    tense: str
    weight: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The labels of tense and person, the judged windows, and the weight of all past, present and future clauses."""

    tense: str
    pov: str
    judged: Sequence[Judged]
    weight: tuple[float, float, float]


def describe(story: str) -> Narration:
    """Tense, point of view, focal character, form and language of `story`, its story text alone (no notes, no headings).

    Paragraphs are parted by line ends or blank lines, scenes by a line `* * *`. Never fails; text that is no narration, or too
    little of it, or not English, has the labels `unknown`. `docs/narration.md` says how labels are found and when they are wrong.
    """
    one = scan(story)
    return _judge([one], _language([one]))


def describe_chapters(
    chapters: Sequence[str], pov_headings: Sequence[Sequence[tuple[int, str]]] = ()
) -> tuple[Narration, tuple[Narration, ...]]:
    """The narration of a work and of each of its chapters, from one pass over each chapter.

    `pov_headings` holds for each chapter the headings that name a narrator: offset in the chapter's text, name. Offsets in the
    work's passages are those of the chapters joined by a blank line.
    """
    scans: list[Scanned] = []
    offset = 0
    for i, text in enumerate(chapters):
        scans.append(scan(text, offset, pov_headings[i] if i < len(pov_headings) else ()))
        offset += len(text) + _BETWEEN_CHAPTERS
    tag = _language(scans)
    whole = _judge(scans, tag)
    if len(scans) == 1:
        return whole, (whole,)
    return whole, tuple(_judge([one], _language([one]) or tag, -one.offset) for one in scans)


def scan(text: str, offset: int = 0, headings: Sequence[tuple[int, str]] = ()) -> Scanned:
    """Form, masks and evidence of one chapter."""
    paras = paragraphs(text)
    spans = spans_of(text, paras)
    shape = form(text, paras)
    breaks = [at for at, _ in headings]
    found = [] if shape in _NO_NARRATION else evidence.windows(text, paras, spans, breaks)
    persons.count(found)
    return Scanned(text, offset, shape, spans, found, tuple(headings))


def _language(scans: Sequence[Scanned]) -> str | None:
    """The language of the text; English is plain from the classes of the narration's words, where there is narration."""
    function_words = words = 0
    for one in scans:
        for window in one.windows[:_WINDOWS_READ]:
            words += window.words
            function_words += window.words - sum(map(window.classes.count, _CONTENT))
    if words >= 60 and function_words >= 0.36 * words:
        return "en"
    return language("\n\n".join(one.text for one in scans))


def weigh(scans: Sequence[Scanned], tag: str | None) -> Weighed | str:
    """The labels of tense and person with what they rest on, or why nothing can be told (a key of `confidence.of_unknown`)."""
    windows = [window for one in scans for window in one.windows]
    words = sum(window.words for window in windows)
    if tag not in (None, "en"):
        return "language"
    if _form(scans) in _NO_NARRATION:
        return "form"
    if words < _FEW_WORDS:
        return "short"
    if _tells_of_nobody(windows, words):
        return "nobody"
    judged = _without_preface(scans[0].text, _judge_windows(scans))
    weight = _total(judged)
    tense = _tense(*weight)
    if tense == "mixed" and _only_remarks(judged):
        judged = [replace(one, weight=tenses.weigh(one.window, one.person, remarks=True)) for one in judged]
        weight = _total(judged)
        tense = _tense(*weight)
    if _is_no_story(scans, windows, words, tense):
        return "nobody"
    if (words < _LEAST_WORDS and sum(weight) < _FEW_CLAUSES) or (words < 2 * _LEAST_WORDS and tense == "unknown"):
        return "short"
    return Weighed(tense, _pov(judged), judged, weight)


def _form(scans: Sequence[Scanned]) -> str:
    forms: Counter[str] = Counter()
    for one in scans:
        forms[one.form] += len(one.text)
    return max(forms, key=lambda name: forms[name]) if forms else "other"


def _judge(scans: Sequence[Scanned], tag: str | None, shift: int = 0) -> Narration:
    """Labels from evidence. `shift` is added to the offsets of passages."""
    masked: Counter[str] = Counter()
    for one in scans:
        for start, end, reason in one.spans:
            masked[reason] += end - start
    shape = _form(scans)
    windows = [window for one in scans for window in one.windows]
    words = sum(window.words for window in windows)
    found = weigh(scans, tag)
    if isinstance(found, str):
        sure = confidence.of_unknown(found)
        shape = "other" if found == "nobody" else shape
        return Narration(
            "unknown", "unknown", sure, sure, None, None, None, 0.0, shape, tag, (), tuple(masked.most_common()), words
        )
    past, present, _ = found.weight
    total = sum(found.weight)
    tense, tense_confidence = _likelier(found.tense, found.weight)
    told = [one for one in found.judged if one.person != "unknown"]
    people = [one.person for one in told]
    windows_told = [one.window for one in told]
    pov, pov_confidence = _or_unknown(found.pov, confidence.of_pov(found.pov, windows_told, people))
    character, sure = focus.find(found.pov, windows_told, _speech(scans), _headed(scans), words)
    return Narration(
        tense=tense,
        pov=pov,
        tense_confidence=tense_confidence,
        pov_confidence=pov_confidence,
        past_share=past / total if total else None,
        present_share=present / total if total else None,
        pov_character=character,
        pov_character_confidence=sure,
        form=shape,
        language=tag,
        passages=_passages(scans, found, shift),
        masked=tuple(masked.most_common()),
        words_of_narration=words,
    )


def _likelier(tense: str, weight: tuple[float, float, float]) -> tuple[str, float]:
    """The tense with its confidence; where `mixed` rests on a few clauses at the border, the tense that prevails."""
    sure = confidence.of_tense(tense, weight)
    past, present, future = weight
    if tense == "mixed" and sure < 0.5 and max(past, present) > 0.6 * sum(weight) and future < 0.2 * sum(weight):
        return ("past" if past > present else "present"), round(1 - sure, 4)
    return _or_unknown(tense, sure)


def _or_unknown(label: str, sure: float) -> tuple[str, float]:
    """A label that is more probably wrong than right is not given: wrong is worse than unknown."""
    return (label, sure) if sure >= _LEAST_CONFIDENCE else ("unknown", round(1 - sure, 4))


def _judge_windows(scans: Sequence[Scanned]) -> list[Judged]:
    windows = [(i, window) for i, one in enumerate(scans) for window in one.windows]
    scenes = [(i, window.scene) for i, window in windows]
    people = persons.states([window for _, window in windows], scenes)
    weights = [tenses.weigh(window, person) for (_, window), person in zip(windows, people, strict=True)]
    times = tenses.states(weights, scenes)
    return [Judged(*window, *rest) for window, *rest in zip(windows, people, times, weights, strict=True)]


def _total(judged: Sequence[Judged]) -> tuple[float, float, float]:
    past, present, future = (sum(column) for column in zip(*(one.weight for one in judged), strict=True))
    return past, present, future


_IN_THE_PAST = 0.62


def _only_remarks(judged: Sequence[Judged]) -> bool:
    """Whether a first person tells in the past, and what is in the present is said to those who listen, here and there.

    Then nearly all windows are in the past, and so is what others do. A narrator who lives in the present and remembers has
    stretches of either.
    """
    words = sum(one.window.words for one in judged)
    if sum(one.window.words for one in judged if one.person == "first") < words:
        return False
    past = sum(one.window.words for one in judged if one.tense == "past")
    return past * tenses.others_past([one.window for one in judged]) >= _IN_THE_PAST * words


_PREFACE = re.compile(
    r"(?:^|[\n.\d]|\b[A-Z]\w*)[\s*_]*(?:(?:The )?Author['’]s )?(?:Preface|PREFACE|Foreword|FOREWORD|Introduction|INTRODUCTION)"
    r"[\s*_.:]+(?=[A-Z\"“'‘])"
)
_NEAR_THE_START = 400  # characters


def _without_preface(text: str, judged: list[Judged]) -> list[Judged]:
    """The windows of a preface in the first person, announced as one, do not count: its author is no narrator.

    Only where what follows is in another person and is a fifth of the whole; their person and tense are `unknown`.
    """
    if not judged or judged[0].person != "first" or not _PREFACE.search(text, 0, _NEAR_THE_START):
        return judged
    end = next((i for i, one in enumerate(judged) if one.person != "first"), len(judged))
    after = sum(one.window.words for one in judged[end:])
    if after < 0.2 * sum(one.window.words for one in judged):
        return judged
    return [replace(one, person="unknown", tense="unknown", weight=(0.0, 0.0, 0.0)) for one in judged[:end]] + judged[end:]


def _tense(past: float, present: float, future: float) -> str:
    total = past + present + future
    if total < _LEAST_CLAUSES:
        return "unknown"
    if past >= 2 / 3 * total:
        return "past"
    return "present" if present >= 2 / 3 * total else "mixed"


_ALTERNATES = 0.26
"""Of the words, for `mixed`. It means a fifth; but an interlude of one scene measures up to a quarter, and works that alternate
have each person for a third at least, so that between them this border is the more probable."""


def _pov(judged: Sequence[Judged]) -> str:
    held: Counter[str] = Counter()
    for one in judged:
        if one.person != "unknown":
            held[one.person] += one.window.words
    words = held.total()
    ranked = held.most_common(2)
    return "mixed" if len(ranked) > 1 and ranked[1][1] >= _ALTERNATES * words else ranked[0][0]


def _tells_of_nobody(windows: Sequence[Window], words: int) -> bool:
    """Next to no pronouns and names, hardly a clause with a person for subject: a list, a description, a prose poem.

    Not what is told in the past throughout: "The window was raised from outside. A statement was taken."
    """
    if words < 150 or sum(sum(window.counts.values()) for window in windows) >= 0.028 * words:  # what is counted are those
        return False
    clauses = persons_clauses = past = present = 0
    for window in windows:
        for key, n in window.clauses.items():
            clauses += n
            persons_clauses += n * (key[-2] in "IWYHSTXNK")
            past += n * (key[-1] in "<hq")
            present += n * (key[-1] in ">z")
    return persons_clauses < 0.15 * max(clauses, 1) and not (past > 3 * present and past > _TOLD * words)


def _is_no_story(scans: Sequence[Scanned], windows: Sequence[Window], words: int, tense: str) -> bool:
    """Whether what has the words of a narration is an essay, seldom in the past, or a song. In neither does anybody speak."""
    if tense == "past" and words >= _SONG_ENDS:
        return False
    spoken = sum(end - start for one in scans for start, end, reason in one.spans if reason == "dialogue")
    if spoken > _SPOKEN * sum(len(one.text) for one in scans):
        return False
    return (tense != "past" and _argues(windows, words)) or (words < _SONG_ENDS and not spoken and _has_refrains(windows))


_SPOKEN = 0.15
_LEAST_ARGUED = 250  # words
_ARGUING = {"B": 1.0, "LC": 1.15, "a": 0.75, "Im": -1.4, "Yy": -0.8, "HSXhsx": -0.5, "z": -0.6}
_ARGUED = 1.4


def _argues(windows: Sequence[Window], words: int) -> bool:
    """An essay or a treatise, which tells of what holds at all times: to do, must, may, is; seldom what I, you, he, she do.

    The weights, of words in a hundred, were found by logistic regression on essays and on stories that are not told in the past;
    the border is such that of stories only what is no narration in them, as chapters that describe or reason, lies beyond it.
    """
    if words < _LEAST_ARGUED:
        return False
    classes = "".join([window.classes for window in windows])
    score = sum(weight * sum(map(classes.count, letters)) for letters, weight in _ARGUING.items())
    return 100 * score > _ARGUED * words


_SONG_ENDS = 1500  # words
_REFRAINS, _REFRAIN_SHARE = 3, 0.12


def _has_refrains(windows: Sequence[Window]) -> bool:
    """A song or a prose poem: several sentences come back word for word, and are an eighth of all, and nobody speaks.

    Nor does a stretch that is there twice: of its sentences each comes back with the same one behind it.
    """
    narration = "\n".join([window.narration for window in windows])
    said = [" ".join(part.split()) for part in _SENTENCE_ENDS.split(narration.lower())]
    said = [part for part in said if " " in part]
    followers: dict[str, list[str]] = {}
    for part, after in pairwise([*said, ""]):
        followers.setdefault(part, []).append(after)
    again = [len(part) * len(after) for part, after in followers.items() if 1 < len(after) == len(set(after))]
    return len(again) >= _REFRAINS and sum(again) >= _REFRAIN_SHARE * sum(map(len, said))


_SENTENCE_ENDS = re.compile(r"[.!?…\n()]+")
_TOLD = 0.05  # finite verbs of the past to a word, of a report in which nobody is named


def _speech(scans: Sequence[Scanned]) -> list[str]:
    return [one.text[start:end] for one in scans for start, end, reason in one.spans if reason in ("dialogue", "quoted")]


def _headed(scans: Sequence[Scanned]) -> list[tuple[str, int]]:
    """The names that headings state, each with the words of narration up to the next."""
    found: list[tuple[str, int]] = []
    for one in scans:
        for i, (at, name) in enumerate(one.headings):
            until = one.headings[i + 1][0] if i + 1 < len(one.headings) else len(one.text) + 1
            found.append((name, sum(window.words for window in one.windows if at <= window.start < until)))
    return found


def _passages(scans: Sequence[Scanned], found: Weighed, shift: int) -> tuple[Passage, ...]:
    """Runs of windows in one tense and person."""
    runs: list[Passage] = []
    judged = found.judged
    first = 0
    for i in range(1, len(judged) + 1):
        if i == len(judged) or (judged[i].person, judged[i].tense) != (judged[first].person, judged[first].tense):
            runs.append(_passage(scans, judged[first:i], found.tense, found.pov, shift))
            first = i
    return tuple(runs)


def _passage(scans: Sequence[Scanned], run: Sequence[Judged], tense: str, pov: str, shift: int) -> Passage:
    past, present, future = (sum(column) for column in zip(*(one.weight for one in run), strict=True))
    verbs: Counter[tuple[str, str]] = Counter()
    for one in run[: 1 if run[0].window.words > _WORDS_SHOWN else 2]:
        verbs.update(evidence.verbs(one.window))
    pronouns = zip(persons.STATES, map(sum, zip(*(one.window.persons for one in run), strict=True)), strict=True)
    own = run[0].tense
    if own != "unknown" and past + present + future >= 8 and max(past, present) < 0.58 * (past + present + future):
        own = "mixed"  # changes within sentences, or told in the future
    return Passage(
        start=run[0].window.start + scans[run[0].chapter].offset + shift,
        end=run[-1].window.end + scans[run[-1].chapter].offset + shift,
        tense=own,
        pov=run[0].person,
        words=sum(one.window.words for one in run),
        past=round(past, 2),
        present=round(present, 2),
        verbs=tuple((verb, time, n) for (verb, time), n in sorted(verbs.items(), key=itemgetter(1), reverse=True)[:6]),
        pronouns=tuple((person, n) for person, n in pronouns if n),
        aside=(tense in ("past", "present") and own != tense) or (pov in persons.STATES and run[0].person != pov),
    )
