#!/usr/bin/env python3
"""Fits the weights by which an author's remarks inside a story are told from a narrator's: `transforms/segments/asides.tsv`.

usage: asides_fit.py [--cases DIR]... [--unseen DIR]... [--write] [--show wrong|all]

It learns from passages (`bench/asides/*.txt`), from marked documents (`tests/cases`, `tests/gold`, further folders with
`--cases`) and from whole stories without notes (`bench/notes/stories*.txt`), all written for this project. As most passages are
short, each of their remarks is also set between the paragraphs of a story of the marked documents. A logistic regression (L2) on
the features of `asides`; words are learnt apart for each fold (`notes_fit`), so that no step has seen what it is judged on.

Without `--write` it prints how many remarks it finds, and how many of those it finds are right, in six-fold cross-validation by
document, at several thresholds. `--unseen` folders are judged only.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.notes_fit import Words, fit_words, read_samples, samples_of  # noqa: E402
from tests.segments.cases import MARKED, Case, read_folders, read_pieces  # noqa: E402
from transforms.encoding import repair  # noqa: E402
from transforms.segments import asides, setoff  # noqa: E402
from transforms.segments.splitting import split  # noqa: E402

FOLDS = 6
STRENGTH = 0.4  # inverse of the L2 penalty
FEWEST = 3  # candidates that have a word
LEAST = 0.02
WORDS = 0.4  # how much the words count for the penalty, against the other features
SET_IN = 0.4  # the weight of a remark that was set into another story
STEPS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
LONG_STORY = 12  # paragraphs from which a story takes remarks


@dataclass(frozen=True)
class Sample:
    """A candidate: its features, whether it is a remark, how much it counts, its dress, and what to show of it."""

    features: dict[str, float]
    note: bool
    weight: float
    dress: str
    shown: str


@dataclass(frozen=True)
class Text:
    """A document to learn from, and how much each of its candidates counts."""

    folder: str
    case: Case
    weight: float = 1.0


def read_passages(folder: Path) -> list[Text]:
    return [Text("passages", case) for case in read_pieces(folder)]


def read_stories(folder: Path) -> list[Text]:
    out = []
    for path in sorted(folder.glob("stories*.txt")):
        pieces = re.split(r"^% (\w+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        for k, (kind, piece) in enumerate(zip(pieces[::2], pieces[1::2], strict=True)):
            if kind == "whole":
                out.append(Text("stories", Case(f"{path.stem}.{k}", piece, ("story",) * len(piece))))
    return out


def remarks_of(case: Case) -> list[tuple[bool, str]]:
    """(is a line of its own, text) of each remark of a passage."""
    out = []
    for found in re.finditer(r"\x01+", "".join("\x01" if kind == "note" else " " for kind in case.kinds)):
        start, end = found.span()
        before, behind = case.text[:start].rpartition("\n")[2], case.text[end:].partition("\n")[0]
        out.append((not before.strip() and not behind.strip(), case.text[start:end]))
    return out


def deal(remarks: Sequence[tuple[bool, str]], chance: random.Random) -> list[tuple[bool, str]]:
    """Some remarks for one story; authors who make several often dress them alike."""
    first = chance.choice(remarks)
    alike = [one for one in remarks if one[0] == first[0] and one[1][0] == first[1][0] and one is not first]
    others = alike if chance.random() < 0.5 else list(remarks)
    return [first, *chance.sample(others, min(chance.choice((0, 1, 1, 2, 3)), len(others)))]


def set_in(story: Case, remarks: Sequence[tuple[bool, str]], chance: random.Random) -> Case:
    """A story with remarks between its paragraphs and sentences, away from its ends."""
    lines = story.text.split("\n")
    places, at = [], 0
    for line in lines:
        kinds = {story.kinds[j] for j in range(at, at + len(line)) if not line[j - at].isspace()}
        if kinds == {"story"} and len(line) > 40 and line[0].isalpha():
            places.append((at, line))
        at += len(line) + 1
    cuts: list[tuple[int, str]] = []
    places = places[2:-2]
    for (whole, text), (start, line) in zip(remarks, chance.sample(places, min(len(remarks), len(places))), strict=False):
        if whole:
            cuts.append((start, text))
            continue
        ends = [found.end() for found in re.finditer(r"[a-z][.!?](?= [A-Z])", line)] or [len(line.rstrip())]
        cuts.append((start + chance.choice(ends), text))
    body, kinds, last = [], [], 0
    for at, text in sorted(cuts):
        body.append(story.text[last:at])
        kinds += story.kinds[last:at]
        inside = at > 0 and story.text[at - 1] != "\n"
        left, right = (" ", "") if inside else ("", "\n\n")
        body.append(left + text + right)
        kinds += ["story"] * len(left) + ["note"] * len(text) + ["story"] * len(right)
        last = at
    body.append(story.text[last:])
    kinds += story.kinds[last:]
    return Case(story.name, "".join(body), tuple(kinds))


def _goes_on(case: Case, start: int, end: int) -> bool:
    """Whether a note is larger than a stretch of it: a bracket or line in a note of several lines, which is cut at its edges."""
    before, behind = case.text[:start].rstrip(), case.text[end:]
    after = end + len(behind) - len(behind.lstrip())
    return (bool(before) and case.kinds[len(before) - 1] == "note") or (after < len(case.text) and case.kinds[after] == "note")


def samples_in(text: Text, words: Words) -> tuple[list[Sample], int]:
    """The candidates of a document, and how many of its remarks are none."""
    case = text.case
    if repair(case.text).text != case.text:
        return [], 0
    found: list[Sample] = []
    covered: set[int] = set()

    def lean_of(cut: list[str]) -> float:
        return words.bias + sum(words.weights.get(name, 0.0) for name in {*cut[1:], *map(" ".join, pairwise(cut))})

    def watch(document: asides.Document, candidates: Iterable[setoff.Candidate]) -> Iterable[asides.Remark]:
        sheet = document.sheet
        document.lean_of = lean_of
        for candidate in asides.judged(document, candidates):
            if candidate.place == "whole":
                start, end = sheet.starts[candidate.first], sheet.ends[candidate.last]
            else:
                start, end = (sheet.starts[candidate.first] + at for at in (candidate.start, candidate.end))
            kinds = Counter(case.kinds[k] for k in range(start, end) if not case.text[k].isspace())
            share = kinds["note"] / sum(kinds.values())
            if share:
                covered.update(range(start, end))
            if (share >= 0.9 and not _goes_on(case, start, end)) or share == 0.0:
                shown = f"{text.folder} {case.name} {candidate.dress} {candidate.place} {case.text[start:end]!r}"
                found.append(Sample(asides.features(candidate, document), share > 0, text.weight, candidate.dress, shown))
        return ()

    kept = asides.find_remarks
    asides.find_remarks = watch
    try:
        segments = split(case.text)
    finally:
        asides.find_remarks = kept
    for segment in segments:  # what the rules find without us
        if segment.kind != "story":
            covered.update(range(segment.start, segment.end))
    lost = 0
    for span in re.finditer(r"\x01+", "".join("\x01" if kind == "note" else " " for kind in case.kinds)):
        lost += not covered.intersection(range(*span.span()))
    return found, lost


@dataclass(frozen=True)
class Verdict:
    """What is made of a candidate: how likely it is a remark, and whether it is taken for one."""

    folder: str
    sample: Sample
    likely: float
    taken: bool


@dataclass(frozen=True)
class Model:
    weights: dict[str, float]

    def likelihood(self, features: dict[str, float]) -> float:
        score = sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return float(1 / (1 + np.exp(-np.clip(score, -50, 50))))


def judge(model: Model, folder: str, samples: Sequence[Sample]) -> list[Verdict]:
    likely = [model.likelihood(sample.features) for sample in samples]
    taken = asides.settled([(sample.dress, chance) for sample, chance in zip(samples, likely, strict=True)])
    return [Verdict(folder, *one) for one in zip(samples, likely, taken, strict=True)]


def _is_word(name: str) -> bool:
    return name.startswith("word.")


def fit(samples: Sequence[Sample]) -> Model:
    seen = Counter(name for sample in samples for name in sample.features)
    vectorizer = DictVectorizer()
    rows = [
        {
            name: value * (WORDS if _is_word(name) else 1.0)
            for name, value in sample.features.items()
            if name and value and seen[name] >= (FEWEST if _is_word(name) else 2)
        }
        for sample in samples
    ]
    table = vectorizer.fit_transform(rows)
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit(table, [sample.note for sample in samples], sample_weight=[sample.weight for sample in samples])
    weights = {"": round(float(model.intercept_[0]), 3)}
    for name, weight in zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True):
        weight = float(weight) * (WORDS if _is_word(name) else 1.0)
        if abs(weight) >= LEAST:
            weights[name] = round(weight, 3)
    return Model(weights)


def report(verdicts: Sequence[Verdict], lost: Counter[str]) -> None:
    for folder in sorted({verdict.folder for verdict in verdicts}):
        here = [verdict for verdict in verdicts if verdict.folder == folder]
        notes = sum(verdict.sample.note for verdict in here)
        print(f"{folder}: {len(here)} candidates, {notes} remarks, {lost[folder]} more notes that are no candidates")
        for name, taken in (
            ("taken", [verdict for verdict in here if verdict.taken]),
            *((f"{step:.2f}", [verdict for verdict in here if verdict.likely >= step]) for step in STEPS),
        ):
            right = sum(verdict.sample.note for verdict in taken)
            found, sure = right / max(1, notes), right / max(1, len(taken))
            print(f"   {name:5}: found {found:.3f}  right {sure:.3f}  wrong {len(taken) - right}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, action="append", default=[])
    parser.add_argument("--unseen", type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    marked = [Text(folder, case) for folder, case in read_folders(*MARKED, *options.cases)]
    texts = marked + read_passages(ROOT / "bench" / "asides") + read_stories(ROOT / "bench" / "notes")
    chance = random.Random(1)
    order = list(range(len(texts)))
    chance.shuffle(order)
    fold = {at: k % FOLDS for k, at in enumerate(order)}
    folds = [fold[at] for at in range(len(texts))]
    remarks: list[list[tuple[bool, str]]] = [[] for _ in range(FOLDS)]
    for text, k in zip(texts, folds, strict=True):
        if text.folder == "passages":
            remarks[k] += remarks_of(text.case)
    for at, text in enumerate(marked):  # a remark and the story that it is set in are of one fold
        if text.case.text.count("\n\n") >= LONG_STORY and remarks[folds[at]]:
            dealt = deal(remarks[folds[at]], chance)
            texts.append(Text("set in", set_in(text.case, dealt, chance), SET_IN))
            folds.append(folds[at])
    general = read_samples(ROOT / "bench" / "notes")
    known = [samples_of(text.case) for text in marked]
    samples: list[list[Sample]] = [[] for _ in texts]
    lost: Counter[str] = Counter()
    for k in range(FOLDS):
        words = fit_words(general + [sample for at in range(len(marked)) if folds[at] != k for sample in known[at]])
        for at, text in enumerate(texts):
            if folds[at] == k:
                samples[at], missing = samples_in(text, words)
                lost[text.folder] += missing
    verdicts: list[Verdict] = []
    for k in range(FOLDS):
        model = fit([sample for at in range(len(texts)) if folds[at] != k for sample in samples[at]])
        for at, text in enumerate(texts):
            if folds[at] == k:
                verdicts += judge(model, text.folder, samples[at])
    model = fit([sample for found in samples for sample in found])
    words = fit_words(general + [sample for found in known for sample in found])
    for folder, case in read_folders(*options.unseen):
        found, missing = samples_in(Text(f"unseen {folder}", case), words)
        lost[f"unseen {folder}"] += missing
        verdicts += judge(model, f"unseen {folder}", found)
    for verdict in sorted(verdicts, key=lambda verdict: verdict.likely) if options.show else ():
        if options.show == "all" or verdict.sample.note != verdict.taken:
            print(f"{'note ' if verdict.sample.note else 'story'} {verdict.likely:.2f} {verdict.sample.shown}")
    report(verdicts, lost)
    if options.write:
        rows = [f"{name}\t{weight}\n" for name, weight in sorted(model.weights.items())]
        path = ROOT / "transforms" / "segments" / "asides.tsv"
        path.write_text("# Written by bench/asides_fit.py; do not edit.\n" + "".join(rows), encoding="utf-8")
        print(len(rows), "weights")


if __name__ == "__main__":
    main()
