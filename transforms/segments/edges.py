"""Where notes stop and story begins at the edges of a body of text: the likeliest cut, by the sum of all evidence.

Each of a body's prefixes may be a head note, each of its suffixes a tail note, or none. A candidate's score is a weighted sum of
named features: those of each of its paragraphs (`weighing`, `wording`), of its boundary (a fence, a gap, nothing) and of its
place. The scores are log-odds against "no note"; the likeliest candidate is taken, and how likely it is, is its confidence.

The weights in `edges.tsv` are those of a multinomial logit over the candidates, fitted by `bench/notes_fit.py` on marked
documents that were written for this project. This is the one place where evidence is combined.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from transforms.segments.body import CLIP, Body, Item, clipped
from transforms.segments.markers import marker_at
from transforms.segments.places import NOWHERE, Place
from transforms.segments.signatures import FEW, is_author, is_pen_name, is_valediction, signature, signed
from transforms.segments.weighing import Weight

MARGIN = 0.25  # log-odds by which a cut must be likelier than none: a false one costs more than a doubt
SHORT = 250  # characters of a cut that this is enough for
DEARER = 2.0  # what each doubling of that length asks more: the more story would be lost, the surer it must be
DOUBTFUL = 0.15  # the probability of a note from which a stretch is a doubt
TALK = -5.0  # the sum of two paragraphs of dialogue: no notice
REACH = 60  # paragraphs looked at from an edge
HOPELESS = -6.0  # log-odds of a prefix from which no more is looked at
BELOW = 5.0  # and by which it must be below the best
NEGLIGIBLE = 10.0  # log-odds below the best from which a candidate leaves its probability as it is
PLAINLY_STORY = -3.5  # an edge whose words lean so far is looked at no closer
PLAINLY_AUTHOR = 3.0  # one that leans so far the other way may be a notice's
LONGEST = 9000  # characters of a note without a mark; what is longer may be a preface, but of a book
LONGEST_OF_SENTENCES = 1500  # where line breaks are lost
NOTICE = 24  # paragraphs of a body that may be a notice as a whole
AUTHORLIKE = 1.5  # how far a paragraph's words must lean where nothing else shows the author
STORYLIKE = -1.5  # the account of a paragraph that speaks for story
ENDED = frozenset(".!?…\"”'’)]}>*_~:")

MARGIN_OF_ALL = 3.0  # where no narrator would be left of a body of several paragraphs, or in a document without other notes
SEVERAL = 4  # paragraphs
# "End Notes" opens some.
_CLOSES = re.compile(r"\b(?:end|fin|конец) (?:of|de|du|d')\b|/|\bend (?:of )?(?:a/?n|note)\b", re.IGNORECASE)
PLAIN = frozenset(("base", "bland", "third_person"))
_LENGTHS = (4, 10, 25, 60, 120)  # words


@dataclass(frozen=True, slots=True)
class Cut:
    """A head or tail of a body: how many items it takes, and how likely that is."""

    size: int
    confidence: float  # that there is a note
    certain: bool
    doubtful: bool = False
    missing: float = 99.0  # log-odds that are missing for it to be certain
    score: float = 0.0  # its log-odds against no note
    plain: bool = True  # no paragraph of it looks like story


class Candidate(NamedTuple):
    """The first (or last) `size` items as a note, and the features that speak for and against it: those of the note and its
    place, and (`contrast`) those that need the rest of the body, which cost more to know than most candidates are worth."""

    size: int
    own: dict[str, float]
    contrast: Contrast
    length: int = 0  # characters
    at_limit: bool = False  # what follows would make it longer than notes are
    weak: bool = False  # its paragraph next to the story has nothing of an author

    @property
    def features(self) -> dict[str, float]:
        """All of its features."""
        return self.own | self.contrast.features()


class Contrast(NamedTuple):
    """What a candidate is compared by: how the words of its paragraphs lean, where it ends, and the body."""

    body: Body
    leans: tuple[float, ...]
    in_first_person: tuple[str, ...]  # its features where the narrator is an "I"
    beyond: Item | None  # the paragraph next to it, if it ends there

    def features(self) -> dict[str, float]:
        """The features that the rest of the body decides."""
        voice = self.body.voice()
        found = self.against(voice.first_person, self.body.usual_lean())
        if self.beyond is not None:
            found["words_beyond"] = clipped(self.beyond.lean())
        if voice.letters:
            found["letters"] = 1
        return found

    def against(self, first_person: bool, usual: float) -> dict[str, float]:
        """The features of its contrast with a narrator who is an "I" or not, and whose words lean as usual."""
        unlike = sum([clipped(lean - usual) for lean in self.leans])
        found = {"unlike_the_rest": unlike, "usual_words": usual * len(self.leans)}
        if first_person:
            found |= {"words_in_first_person": sum(self.leans), "unlike_in_first_person": unlike}
            found |= dict.fromkeys(self.in_first_person, 1.0)
        return found

    def most(self) -> float:
        """The log-odds that `features` are worth at most, as far as they are unknown by now."""
        body, weights = self.body, _weights()
        persons = (False, True) if body.heard is None else (body.heard.first_person,)
        usual = (-CLIP, CLIP) if body.usual is None else (body.usual,)
        most = max([score(self.against(person, lean)) for person in persons for lean in usual])
        return most + CLIP * abs(weights.get("words_beyond", 0.0)) + max(0.0, weights.get("letters", 0.0))


NONE = Cut(0, 0.0, False)


# -- candidates and their features -----------------------------------------------------------------------------------------


def head_candidates(body: Body, place: Place) -> Iterator[Candidate]:
    """The prefixes of a body that may be a note, shortest first."""
    yield from _candidates(body, place, list(range(min(len(body.items), REACH))), "head", place.above)


def tail_candidates(body: Body, place: Place, start: int = 0) -> Iterator[Candidate]:
    """The suffixes of a body's items from `start` on that may be a note, shortest first."""
    count = len(body.items)
    order = list(range(count - 1, max(start, count - REACH) - 1, -1))
    yield from _candidates(body, place, order, "tail", place.below, count - start)


def _candidates(
    body: Body, place: Place, order: list[int], side: str, neighbour: str, count: int | None = None
) -> Iterator[Candidate]:
    items = body.items
    count = len(items) if count is None else count
    sums: dict[str, float] = {}
    marked = strange = labelled = False
    leans: list[float] = []
    length = 0
    stands = _of_place(place, side, neighbour)

    def add(name: str, value: float) -> None:
        if value:
            sums[name] = sums.get(name, 0.0) + value

    for step, at in enumerate(order):
        item = items[at]
        if item.fence:
            add("closed_inside" if item.closed else "fence_inside", 1)
            marked = False
            continue
        if not sums and item.lean() < PLAINLY_STORY and item.weight is None and marker_at(item.paragraph.text.strip()) is None:
            break
        weight = body.weight(at)
        opens = weight.opens
        marked = marked or opens
        if step > 0 and _is_wide(body, at, order[step - 1]):
            add("gap_inside", 1)
        listed = bool(leans) and body.is_listed(max(at, order[step - 1]))
        strange = _add_paragraph(add, item.lean(), weight, strange, listed)
        if place.lost:
            add("author_words_of_sentence" if item.lean() > 0 else "story_words_of_sentence", item.lean())
        if not listed:
            add("prior", place.prior)
            add("goes_on", bool(sums.get("goes_on")) or step > 0)
        if side == "head":
            add("run", marked and not opens)
        elif labelled and weight.marker is None:
            add("past_label", 1)
        elif step <= 1:
            for name, value in _signs_off(body, order, step, weight.words):
                add(name, value)
        if place.signs and item.paragraph.text.lstrip().startswith(place.signs):
            add("dressed_as_notes", 1)
        labelled = weight.marker is not None and not weight.marker.closing
        add("story_inside", weight.score < STORYLIKE and not marked)
        last = step + 1 == count
        spoken = sums.get("cue.dialogue", 0.0) <= TALK
        narrated = not marked and weight.words > 5 and item.lean() < PLAINLY_STORY / 2
        if last and (not place.whole or spoken or narrated or body.is_verse()):
            break
        found = dict(sums)
        if leans and not last:
            found |= _inner(weight, item, leans)
        leans.append(item.lean())
        following = order[step + 1] if step + 1 < len(order) else at
        in_first_person = [f"{side}.first_person"]
        if not items[order[0]].fence:
            in_first_person.append("edge_in_first_person")
        if last:
            found |= _of_whole(place, count, leans)
            in_first_person.append("whole_in_first_person")
        else:
            end = _boundary(body, at, following, side, marked)
            found |= end
            if items[following].fence:
                in_first_person += ["at_fence_in_first_person"] * ("at_fence" in end)
            elif not marked:
                in_first_person.append(f"{next(iter(end))}_in_first_person")
        found |= stands
        if side == "head" and weight.marker is not None and weight.marker.closing and _CLOSES.search(item.paragraph.text):
            found["closes"] = 1
        if not leans[1:]:
            found |= _of_one(side, neighbour, weight, item)
        length += len(item.paragraph.text)
        longest = LONGEST_OF_SENTENCES if place.lost else LONGEST
        at_limit = not marked and length + len(items[following].paragraph.text) > longest
        weak = len(leans) > 1 and not last and not listed and weight.words > FEW and _is_weak(weight, item)
        beyond = items[following] if not last and not items[following].fence else None
        contrast = Contrast(body, tuple(leans), tuple(in_first_person), beyond)
        yield Candidate(step + 1, found, contrast, length, at_limit, weak)
        if at_limit:
            break


def _of_place(place: Place, side: str, neighbour: str) -> dict[str, float]:
    """The features that all candidates at one edge of a body have."""
    found = {side: 1.0, f"{side}.{neighbour or 'end'}": 1.0}
    if place.noted:
        found["noted"] = 1
    if place.headed:
        found["headed"] = 1
    if place.lost:
        found |= {"lost": 1, f"lost.{side}": 1}
    if place.landmark:
        found[f"landmark.{place.landmark}"] = 1
    return found


def _of_whole(place: Place, count: int, leans: list[float]) -> dict[str, float]:
    """The features of a body of so many items as a note as a whole, given how the words of its paragraphs lean."""
    mean = clipped(sum(map(clipped, leans)) / len(leans))
    found = {"whole": 1, f"whole.{place.above or 'start'}.{place.below or 'end'}": 1, "whole_items": math.log2(count)}
    found["whole_words"] = mean
    if count > 4:
        found["whole_words_of_many"] = mean * math.log2(count)
    return found


def _of_one(side: str, neighbour: str, weight: Weight, item: Item) -> dict[str, float]:
    """The features of a note of one paragraph."""
    few = sum(weight.words > size for size in _LENGTHS)
    lean = clipped(item.lean())
    return {
        f"single.{side}": 1,
        f"single.{side}.{neighbour or 'end'}": 1,
        f"single.{side}.{few}": 1,
        f"single.{side}.words": lean,
    }


def _signs_off(body: Body, order: list[int], step: int, words: int) -> Iterator[tuple[str, float]]:
    """What the last or the last but one paragraph of a body proves as a signature, or as the line above one."""
    text = body.items[order[step]].paragraph.text
    if words > 5:
        if step == 0:
            yield "signed", signed(body, order[step])
        return
    if is_author(body, text):
        yield "signature.author", 1.0
    else:
        yield "signature.pen_name" if is_pen_name(text) else "signature", signature(body, order[step])
    if step == 1 and is_valediction(text, body.items[order[0]].paragraph.text):
        yield "valediction", 1.0


def _add_paragraph(add: Callable[[str, float], None], words: float, weight: Weight, strange: bool, listed: bool) -> bool:
    """Adds a paragraph's features, for a further item of a list only what it says; gives whether a stranger has spoken.

    `words` is how its words lean.
    """
    for cue in weight.cues:
        if not listed or cue.name not in PLAIN:
            add(f"cue.{cue.name}", cue.weight)
    if not listed:
        add(f"length.{sum(weight.words > size for size in _LENGTHS)}", 1)
    add("author_words" if words > 0 else "story_words", words)
    if weight.words <= 8:
        add("few_words", words)
    if weight.contrast > 0:
        if strange:
            add("stranger_again", weight.contrast)
        return True
    return strange


def _inner(weight: Weight, item: Item, before: list[float]) -> dict[str, float]:
    """The features of the paragraph of a longer note that lies next to the story, given how the words of those beyond it lean: it
    has more to prove than they have."""
    lean = clipped(item.lean())
    drop = min(0.0, lean - sum(map(clipped, before)) / len(before))
    return {"inner_words": lean, "inner_bland": float(weight.bland), "inner_drop": drop}


def _is_weak(weight: Weight, item: Item) -> bool:
    """Whether a paragraph has no words that lean to an author's, and no cue, no "I" and no "you", or tells of others."""
    return item.lean() < AUTHORLIKE and (weight.bland or any(cue.name == "third_person" for cue in weight.cues))


def _is_wide(body: Body, at: int, before: int) -> bool:
    """Whether more blank lines than usual part an item from the one before it, which may be a closed note but no scene break."""
    if body.items[before].fence and not body.items[before].closed:
        return False
    return body.items[max(at, before)].paragraph.gap > max(body.usual_gap, 1)


def _boundary(body: Body, at: int, beyond: int, side: str, marked: bool) -> dict[str, float]:
    """The features of the place between a note that ends with item `at` and the item beyond it, first what that place is."""
    items = body.items
    if items[beyond].fence:
        return {"at_closed": 1} if items[beyond].closed else {"at_fence": 1, "at_fence_marked": float(marked)}
    gap = items[beyond].paragraph.gap if side == "head" else items[at].paragraph.gap
    if gap > max(body.usual_gap, 1 if body.usual_gap else 0):
        name = "at_gap"
    elif gap < body.usual_gap:
        name = "at_no_gap"
    else:
        name = "at_usual_gap"
    upper, lower = (at, beyond) if side == "head" else (beyond, at)
    if body.is_listed(lower):
        name = "in_list"
    runs_on = items[lower].paragraph.gap == 0 and _runs_on(items[upper].paragraph.text, items[lower].paragraph.text)
    found = {name: 1, f"{name}_marked": float(marked), "runs_on": float(runs_on)}
    label = items[at].weight.marker if side == "head" and items[at].weight is not None else None
    if label is not None and label.bare and name != "at_gap":
        found["below_label"] = 1
    return found


def _runs_on(line: str, following: str) -> bool:
    """Whether a line goes on in the next one, as verses do: it has no end, and the next begins with a small letter."""
    start = following.lstrip()[:1]
    return line.rstrip()[-1:] not in ENDED and start.islower()


# -- the likeliest ---------------------------------------------------------------------------------------------------------


@cache
def _weights() -> dict[str, float]:
    lines = files(__package__).joinpath("edges.tsv").read_text(encoding="utf-8").splitlines()
    return {name: float(weight) for name, _, weight in (line.partition("\t") for line in lines) if not name.startswith("#")}


def score(features: dict[str, float]) -> float:
    """The log-odds of a candidate against no note. A cue that no document taught counts what its own weight says."""
    weights = _weights()
    total = 0.0
    for name, value in features.items():
        if name in weights:
            total += weights[name] * value
        elif name[:4] == "cue.":
            total += value
    return total


def margin_of(candidate: Candidate) -> float:
    """The log-odds by which a cut must be likelier than none."""
    return MARGIN + DEARER * math.log2(max(1.0, candidate.length / SHORT))


def likeliest_of(found: Sequence[tuple[Candidate, float]]) -> tuple[Candidate, float]:
    """The candidate with the highest score; the one before it where its paragraph next to the story has nothing of an author."""
    at = max(range(len(found)), key=lambda k: found[k][1])
    return found[at - 1] if at > 0 and found[at][0].weak and found[at - 1][1] > MARGIN else found[at]


def _likeliest(candidates: Iterator[Candidate], fewest_left: int = 0, count: int = 0, patient: bool = False) -> Cut:
    scored: list[tuple[Candidate, float]] = []
    best_score, odds = -math.inf, 0.0
    for candidate in candidates:
        if fewest_left and candidate.size > count - fewest_left:
            break
        found = score(candidate.own)
        if not patient and found < HOPELESS:  # perhaps so far below that nothing depends on what it is compared by
            most = found + candidate.contrast.most()
            far = BELOW if odds + math.exp(HOPELESS) < DOUBTFUL / (1 - DOUBTFUL) else NEGLIGIBLE
            if most < HOPELESS and (not scored or most < best_score - far):
                break
        found += score(candidate.contrast.features())
        scored.append((candidate, found))
        odds += math.exp(min(found, 99.0))
        best_score = max(best_score, found)
        if not patient and found < HOPELESS and (found < best_score - BELOW or best_score < HOPELESS):
            break
    if not scored:
        return NONE
    best, best_score = likeliest_of(scored)
    scores = [0.0, *(found for _, found in scored)]
    top = max(scores)
    sums = [math.exp(found - top) for found in scores]
    probability = 1 - sums[0] / sum(sums)
    margin = margin_of(best)
    if "whole" in best.own and (best.size >= SEVERAL or "noted" not in best.own) and best.contrast.body.voice().first_person:
        margin = max(margin, MARGIN_OF_ALL)
    certain = best_score > margin and not best.at_limit
    doubtful = not certain and probability >= DOUBTFUL
    plain = "story_inside" not in best.own
    return Cut(best.size, probability, certain, doubtful, margin - best_score, best_score, plain)


def cut_head(body: Body, place: Place = NOWHERE) -> Cut:
    """The head note of a body, if one is likely. All of the body is one only where that is likelier than a note at each end."""
    count = len(body.items)
    # Answers to readers stand between lines that say little, so a small body that begins like a note is read to its end.
    patient = place.whole and count <= NOTICE and body.items[0].lean() > PLAINLY_AUTHOR
    cut = _likeliest(head_candidates(body, place), patient=patient)
    if cut.certain and cut.size == count:
        apart = _likeliest(head_candidates(body, place), 1, count)
        tail = cut_tail(body, replace(place, whole=False), apart.size if apart.certain else 0)
        between = body.items[apart.size if apart.certain else 0 : count - tail.size]
        if tail.certain and tail.score + max(apart.score, 0.0) >= cut.score and any(map(_is_narration, between)):
            return apart
    return cut


def _is_narration(item: Item) -> bool:
    """Whether a paragraph has the words of a narration, and enough of them to tell."""
    return not item.fence and item.paragraph.text.count(" ") >= 11 and item.lean() < -1


def cut_tail(body: Body, place: Place = NOWHERE, start: int = 0) -> Cut:
    """The tail note of a body's items from `start` on, if one is likely."""
    return _likeliest(tail_candidates(body, place, start))
