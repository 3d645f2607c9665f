"""The rules in their order, run until none has anything to change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from transforms.encoding import confusions, invisible, leftovers, lost, mojibake
from transforms.encoding.edits import Edit, Step, first_places, step
from transforms.encoding.proof import CONTROLS, Survey
from transforms.encoding.results import MAX_PLACES, Repair, Repaired

_MOST_ROUNDS = 8
_SURROGATES = frozenset(map(chr, range(0xD800, 0xE000)))


@dataclass(frozen=True, slots=True)
class Pass:
    """A finder, and the characters of which a text must hold one for it to have anything to find (None: it looks for itself)."""

    find: Callable[[str, Survey], Sequence[Edit] | Step | None]
    signs: frozenset[str] | None


_BREAKS = frozenset("\r\u2028\u2029")
_LOOK = 1 << 13


def _excerpt(text: str) -> str:
    """A text, or of a long one its start, middle and end: to look for damage in plain ASCII that, where it is, is everywhere.
    Looking at every character for it would take as long as all the rest together."""
    if len(text) <= 8 * _LOOK:
        return text
    middle = len(text) // 2
    return f"{text[: 2 * _LOOK]}\n{text[middle : middle + _LOOK]}\n{text[-_LOOK:]}"


def _question_marks(text: str, survey: Survey) -> Sequence[Edit]:
    return lost.find_question_marks(text, survey) if lost.QUESTION_SIGN.search(_excerpt(text)) else ()


def _ascii_mojibake(text: str, survey: Survey) -> Sequence[Edit]:
    excerpt = _excerpt(text)
    return leftovers.find_ascii_mojibake(text, survey) if "aEUR" in excerpt or "aEuro" in excerpt else ()


def _mojibake(text: str, survey: Survey) -> Sequence[Edit]:
    if survey.clean(text):
        return ()
    suspicious = survey.suspicion().search(text) is not None
    keep = [*mojibake.find_mentions(text, survey), *lost.lines_not_to_decode(text, survey)] if suspicious else ()
    return mojibake.find_mojibake(text, survey, keep)


PASSES = (
    Pass(invisible.find_line_breaks, frozenset("\r\u2028\u2029\x85")),
    Pass(invisible.find_surrogates, _SURROGATES),
    Pass(invisible.find_controls, CONTROLS - {"\r", "\ufeff"}),
    Pass(leftovers.find_backslash_escapes, frozenset("\\")),
    Pass(leftovers.find_quoted_printable, frozenset("=")),
    Pass(leftovers.find_percent_escapes, frozenset("%")),
    Pass(leftovers.find_entities, frozenset("&")),
    Pass(lost.find_lost_closing_quotes, frozenset("\u20ac")),
    Pass(lost.find_straightened, frozenset("\u20ac")),
    Pass(lost.find_lost_nbsp, frozenset("\xc3")),
    Pass(lost.find_lowered, lost.LOWERED),
    Pass(confusions.find_utf8_as_other, confusions.utf8_signs()),
    Pass(confusions.find_scripts, frozenset(map(chr, range(0xC0, 0x100))) | frozenset("\u201a\u0192")),
    Pass(confusions.find_page_confusions, confusions.page_signs()),
    Pass(lost.find_superscripts, frozenset("\xb9\xb2\xb3")),
    Pass(confusions.find_central_european, confusions.CENTRAL_SIGNS),
    Pass(_mojibake, None),
    Pass(lost.find_stripped, frozenset("\xe2")),
    Pass(lost.find_replacement_characters, frozenset("\ufffd")),
    Pass(_question_marks, None),
    Pass(_ascii_mojibake, None),
    Pass(invisible.find_private_use, invisible.PRIVATE),
    Pass(invisible.find_invisible, invisible.INVISIBLE),
)
_READINGS = (
    confusions.find_utf8_as_other,
    confusions.find_scripts,
    confusions.find_page_confusions,
    confusions.find_central_european,
)
_WITHOUT_READINGS = tuple(item for item in PASSES if item.find not in _READINGS)


def repair(text: str) -> Repaired:
    """The text with the damage of its encoding undone, and what was changed. Clean text comes back as the same object.

    Repairing twice changes nothing more. What comes back can always be encoded in UTF-8.
    """
    steps = _run(text)
    if not steps:
        return Repaired(text)
    return Repaired(steps[-1].after, _summed(steps))


def repair_pieces(pieces: Sequence[str]) -> tuple[tuple[str, ...], tuple[Repair, ...]]:
    """The pieces of one document, repaired as if they were one text; as many pieces come back, some perhaps empty.

    `"".join` of what comes back is `repair("".join(pieces)).text`, and places count through the pieces put together. Where a
    change spans the end of a piece, the cut falls where it does in the changed text.
    """
    text = "".join(pieces)
    steps = _run(text)
    if not steps:
        return tuple(pieces), ()
    after = steps[-1].after
    cuts = [0]
    for place in accumulate(map(len, pieces)):
        for s in steps:
            place = s.forward(place)
        cuts.append(min(max(place, cuts[-1]), len(after)))
    cuts[-1] = len(after)
    return tuple(after[a:b] for a, b in pairwise(cuts)), _summed(steps)


def _run(text: str) -> list[Step]:
    steps, settled = _rounds(text, PASSES)
    if not settled:  # two readings of a line, each better than the other to some rule: then neither
        steps, _ = _rounds(text, _WITHOUT_READINGS)
    return steps


def _rounds(text: str, passes: Sequence[Pass]) -> tuple[list[Step], bool]:
    """The steps that the passes take on a text until none has anything to change, and whether that came about."""
    steps: list[Step] = []
    survey = Survey(text)
    last: tuple[int, int] | None = (
        None  # round and number of the pass that last changed something: once round to it, all is settled
    )
    for round_ in range(_MOST_ROUNDS):
        for i, item in enumerate(passes):
            if last and round_ > last[0] and i > last[1]:
                return steps, True
            if item.signs is not None and item.signs.isdisjoint(survey.characters):
                continue
            found = item.find(text, survey)
            if not found:
                continue
            done = found if isinstance(found, Step) else step(text, found, MAX_PLACES)
            if done.after == text:
                continue
            steps.append(done)
            text = done.after
            survey = survey.without(_BREAKS) if item.find is invisible.find_line_breaks else Survey(text)
            last = round_, i
        if last is None or round_ > last[0]:
            return steps, True
    return steps, False


def _summed(steps: list[Step]) -> tuple[Repair, ...]:
    counts: dict[str, int] = {}
    places: dict[str, list[int]] = {}
    for i, done in enumerate(steps):
        for rule, count in done.counts.items():
            counts[rule] = counts.get(rule, 0) + count
            found = places.setdefault(rule, [])
            room = MAX_PLACES - len(found)
            if room > 0:
                found += first_places(steps[:i], done.first[rule][:room])
    return tuple(Repair(rule, count, tuple(sorted(places[rule]))) for rule, count in counts.items())
