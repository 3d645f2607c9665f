"""One story, or the chapters of one, from text to labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.narration import focus, persons, tenses
from transforms.narration.evidence import Window, windows
from transforms.narration.forms import form
from transforms.narration.labels import Narration, Passage
from transforms.narration.languages import language
from transforms.narration.masks import Span, paragraphs, spans_of

_LEAST_WORDS = 30
_LEAST_CLAUSES = 2.5
_NO_NARRATION = ("script", "chat", "verse")


@dataclass(slots=True)
class Scanned:
    """A chapter after the one pass over its text."""

    text: str
    form: str
    spans: list[Span]
    windows: list[Window]
    headings: tuple[tuple[int, str], ...] = ()


def scan(text: str, headings: Sequence[tuple[int, str]] = ()) -> Scanned:
    """Form, masks and evidence of one text."""
    paras = paragraphs(text)
    spans = spans_of(text, paras)
    shape = form(text, paras)
    breaks = [at for at, _ in headings]
    found = [] if shape in _NO_NARRATION else windows(text, paras, spans, breaks)
    return Scanned(text, shape, spans, found, tuple(headings))


def describe(story: str) -> Narration:
    """Tense, point of view, focal character, form and language of `story` (its story text alone, no notes or headings)."""
    return judge([scan(story)], language(story))


def describe_chapters(
    chapters: Sequence[str], pov_headings: Sequence[Sequence[tuple[int, str]]] = ()
) -> tuple[Narration, tuple[Narration, ...]]:
    """The narration of a work and of each of its chapters, from one pass over each."""
    headings = list(pov_headings) + [()] * (len(chapters) - len(pov_headings))
    scans = [scan(text, named) for text, named in zip(chapters, headings, strict=True)]
    tag = language("\n\n".join(chapters))
    if len(scans) == 1:
        only = judge(scans, tag)
        return only, (only,)
    return judge(scans, tag), tuple(judge([one], language(one.text) or tag) for one in scans)


def judge(scans: Sequence[Scanned], tag: str | None) -> Narration:
    """Labels from evidence."""
    forms = Counter()
    masked: Counter = Counter()
    for one in scans:
        forms[one.form] += len(one.text)
        for start, end, reason in one.spans:
            masked[reason] += end - start
    shape = forms.most_common(1)[0][0] if forms else "other"
    all_windows = [window for one in scans for window in one.windows]
    scenes = [(i, window.scene) for i, one in enumerate(scans) for window in one.windows]
    words = sum(window.words for window in all_windows)
    summary = tuple(masked.most_common())
    if tag not in (None, "en") or shape in _NO_NARRATION or words < _LEAST_WORDS:
        return Narration("unknown", "unknown", 0.9, 0.9, None, None, None, 0.0, shape, tag, (), summary, words)

    if _lists(all_windows, words):
        return Narration("unknown", "unknown", 0.8, 0.8, None, None, None, 0.0, "other", tag, (), summary, words)
    people = persons.states(all_windows, scenes)
    weights = [tenses.weigh(window, person) for window, person in zip(all_windows, people, strict=True)]
    times = tenses.states(weights, scenes)
    past, present, future = (sum(column) for column in zip(*weights, strict=True))
    total = past + present + future
    pov = _pov(all_windows, people, words)
    if total < _LEAST_CLAUSES:
        tense = "unknown"
        pov = pov if words >= 2 * _LEAST_WORDS else "unknown"
    elif past >= 2 / 3 * total:
        tense = "past"
    elif present >= 2 / 3 * total:
        tense = "present"
    else:
        tense = "mixed"
    shares = (past / total, present / total) if total else (None, None)
    character, sure = focus.find(pov, all_windows, _speech(scans), _headed(scans), words)
    passages = _passages(scans, people, times, weights)
    return Narration(tense, pov, 0.9, 0.9, *shares, character, sure, shape, tag, passages, summary, words)


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


def _lists(all_windows: list[Window], words: int) -> bool:
    """Text that tells of nobody: next to no pronouns and names, hardly a clause with a person for subject."""
    persons_named = sum(window.counts[letter] for window in all_windows for letter in "IWYHSTXmwyhstxNK")
    clauses = sum(n for window in all_windows for n in window.clauses.values())
    of_persons = sum(n for window in all_windows for key, n in window.clauses.items() if key.lstrip("k_")[:1] in set("IWYHSTXNK"))
    return words >= 150 and persons_named < 0.028 * words and of_persons < 0.15 * max(clauses, 1)


def _pov(all_windows: list[Window], people: list[str], words: int) -> str:
    held: Counter = Counter()
    for window, person in zip(all_windows, people, strict=True):
        held[person] += window.words
    ranked = held.most_common()
    if len(ranked) > 1 and ranked[1][1] >= 0.2 * words:
        return "mixed"
    return ranked[0][0]


def _passages(scans, people, times, weights) -> tuple[Passage, ...]:
    if len(scans) != 1:
        return ()
    found: list[Passage] = []
    run: list[int] = []
    all_windows = scans[0].windows

    def close() -> None:
        if not run:
            return
        verbs: Counter = Counter()
        pronouns: Counter = Counter()
        for i in run:
            for person, n in zip(persons.STATES, persons.counts(all_windows[i]), strict=True):
                pronouns[person] += round(n)
        past, present = sum(weights[i][0] for i in run), sum(weights[i][1] for i in run)
        shown = tuple((verb, "past" if tense == "<" else "present", n) for (verb, tense), n in verbs.most_common(8))
        words = sum(all_windows[i].words for i in run)
        found.append(
            Passage(all_windows[run[0]].start, all_windows[run[-1]].end, times[run[0]], people[run[0]], words, past, present, shown,
                    tuple(pronouns.items()))  # fmt: skip
        )

    for i in range(len(all_windows)):
        if run and (people[i], times[i]) != (people[run[0]], times[run[0]]):
            close()
            run = []
        run.append(i)
    close()
    return tuple(found)
