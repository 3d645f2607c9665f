#!/usr/bin/env python3
"""Fits the weights by which notes are told from story: `transforms/segments/wording.tsv` (words) and `edges.tsv` (cuts).

usage: notes_fit.py [--cases DIR]... [--write] [--unseen DIR]... [--show missed,false]

Everything it learns from was written for this project: paragraphs of notes and of stories in `bench/notes/*.txt`, those of the
layouts and passages in `bench/layouts` and `bench/asides`, and marked documents in `tests/cases` and `tests/gold` (and in further
folders, `--cases`). Two steps:

1. Words: a logistic regression (L2) on the words and word pairs of each paragraph, note against story.
2. Cuts: a multinomial logit over the candidates of each edge of each body, with the features of `edges`; the structure of a
   document (headings, headers) is taken from its marks, so that only the cut is learnt. Copies of the documents without their
   line breaks, breaks, end markers or notes teach what neighbours are worth.

Without `--write` it prints, by folder, how many edges are cut exactly right in cross-validation by batch: neither step has seen a
document of the batch (documents of one writer) on which it is judged. `--unseen` folders are judged only, never learnt from.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.segments.cases import MARKED, Case, read_folders, read_pieces  # noqa: E402
from tests.segments.rewritten import rewrite, without  # noqa: E402
from transforms.documents import Mark  # noqa: E402
from transforms.encoding import repair  # noqa: E402
from transforms.segments import bodies, edges, notes, wording  # noqa: E402
from transforms.segments.body import Body, Item  # noqa: E402
from transforms.segments.places import Place  # noqa: E402
from transforms.segments.splitting import split  # noqa: E402

FOLDS = 6
STRENGTH = 0.6  # inverse of the L2 penalty on words
PENALTY = 0.001  # on the weights of cuts, an edge
FEWEST = 2  # paragraphs that hold a word
LEAST = 0.02  # smaller weights of words are dropped
REACH = 40
# Where weights that hardly any document teaches are held.
HELD = {
    "runs_on": -4.0,
    "in_list": -3.0,
    "below_label": -4.0,
    "dressed_as_notes": 2.5,
    "signature.pen_name": 1.0,
    "signature.author": 3.0,
    "closes": 6.0,
    "landmark.notice": 2.5,
    "past_label": -2.0,
    "gap_inside": -2.0,
}
# What is left out of copies of the marked documents, so that a note is known without its usual neighbours.
LEFT_OUT = (frozenset(("break",)), frozenset(("end_marker",)), frozenset(("note",)))
MOST_OF_COPY = 3  # edges of one that count
SHORTEST_RUN_ON = 800  # characters
MOST_RUN_ON = 4  # edges of one that count
SIGNS_OF_STORY = 12  # story paragraphs of one document that count


@dataclass(frozen=True)
class Edge:
    """The candidates at one edge of a body, and which of them is right (0: no note)."""

    folder: str
    case: str
    side: str
    candidates: list[edges.Candidate]
    right: int
    texts: list[str]


@dataclass(frozen=True)
class Words:
    weights: dict[str, float]
    bias: float

    def lean(self, text: str) -> float:
        found = wording.features(text)
        total = self.bias + sum(self.weights.get(feature, 0.0) for feature in found)
        words = {feature for feature in found if " " not in feature}
        return wording.weighed(total, words, len(words & self.weights.keys()))


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def read_samples(folder: Path) -> list[tuple[set[str], int]]:
    """(features, 1 for a note) of each paragraph of the samples."""
    out = []
    for path in sorted(folder.glob("*.txt")):
        note = int(path.name.startswith("notes"))
        for piece in re.split(r"^% \w+\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
            out += [(wording.features(text), note) for text in paragraphs(piece)]
    return out


def samples_of(case: Case) -> list[tuple[set[str], int]]:
    """The same of a marked document: all of its notes, and as many paragraphs of story from both of its ends."""
    notes, story = [], []
    at = 0
    for text in re.split(r"(\n+)", case.text):
        kinds = {case.kinds[k] for k in range(at, at + len(text)) if not case.text[k].isspace()}
        at += len(text)
        if text.strip() and len(kinds) == 1 and kinds <= {"note", "story"}:
            (notes if "note" in kinds else story).append(text.strip())
    half = SIGNS_OF_STORY // 2
    if len(story) > SIGNS_OF_STORY:
        story = story[:half] + story[-half:]
    return [(wording.features(text), 1) for text in notes] + [(wording.features(text), 0) for text in story]


def batch_of(case: Case) -> str:
    """Documents of one writer have names that begin alike."""
    return case.name.rstrip("0123456789") if "_" not in case.name else case.name[0]


def run_on(case: Case) -> Case | None:
    """The same document as a paste that lost its line breaks and all but story and notes; None if it has no notes, or one of a
    few lines."""
    text: list[str] = []
    kinds: list[str] = []
    for ch, kind in zip(case.text, case.kinds, strict=True):
        if kind not in ("story", "note") or (ch.isspace() and (not text or text[-1] == " ")):
            continue
        text.append(" " if ch.isspace() else ch)
        kinds.append(kind)
    if len(text) < SHORTEST_RUN_ON or len(set(kinds)) < 2:
        return None
    return Case(case.name, "".join(text), tuple(kinds))


def copies(case: Case) -> Iterable[Case]:
    """The document without its breaks, its end markers, its notes, where it has them."""
    for kinds in LEFT_OUT:
        if kinds & set(case.kinds):
            copy = rewrite(case, without(kinds))
            if copy.text.strip():
                yield copy


def fit_words(samples: list[tuple[set[str], int]]) -> Words:
    seen = Counter(feature for features, _ in samples for feature in features)
    kept = {feature for feature, count in seen.items() if count >= FEWEST}
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([dict.fromkeys(features & kept, 1) for features, _ in samples])
    model = LogisticRegression(C=STRENGTH, max_iter=3000, class_weight="balanced")
    model.fit(table, np.array([note for _, note in samples]))
    names = vectorizer.get_feature_names_out()
    weights = {name: round(float(w), 2) for name, w in zip(names, model.coef_[0], strict=True) if abs(w) >= LEAST}
    return Words(weights, round(float(model.intercept_[0]), 3))


def edges_of(case: Case, folder: str, words: Words) -> list[Edge]:
    """The edges of a document's bodies, each cut as it should be before the next is looked at."""
    text = case.text
    if repair(text).text != text:
        return []
    found: list[Edge] = []

    def kind_of(item: Item, starts: list[int], ends: list[int]) -> str:
        start, end = starts[item.paragraph.at], ends[item.paragraph.at]
        kinds = {case.kinds[k] for k in range(start, end) if not text[k].isspace()}
        return kinds.pop() if len(kinds) == 1 else "several"

    page: list[notes.Page] = []

    def cut(body: Body, place: Place, side: str, start: int) -> edges.Cut:
        sheet = page[-1].sheet
        items = body.items[start:] if side == "head" else body.items[start:][::-1]
        kinds = ["fence" if item.fence else kind_of(item, sheet.starts, sheet.ends) for item in items]
        size = 0
        for k, kind in enumerate(kinds):
            if kind == "note":
                size = k + 1
            elif kind != "fence":
                break
        candidates = list(edges.head_candidates(body, place) if side == "head" else edges.tail_candidates(body, place, start))
        candidates = [candidate for candidate in candidates if candidate.size <= max(REACH, size)]
        if side == "head" and size < len(items) and kinds[-1] == "note":  # a note at its other end; see `edges.cut_head`
            candidates = [candidate for candidate in candidates if candidate.size < len(items)]
        right = next((k + 1 for k, candidate in enumerate(candidates) if candidate.size == size), 0) if size else 0
        if not (size and not right) and not set(kinds[: size + 2]) - {"note", "story", "fence"}:
            texts = [
                f"{kind:6} {item.paragraph.gap} {item.paragraph.text[:150]!r} {words.lean(item.paragraph.text):.1f}"
                for kind, item in zip(kinds, items, strict=True)
            ]
            found.append(Edge(folder, case.name, side, candidates, right, texts))
        return edges.Cut(size, 1.0, size > 0)

    class Watched(notes.Page):
        def cut_bodies(self) -> None:
            page.append(self)
            super().cut_bodies()

    marks = []
    at = 0
    for kind, run in groupby(case.kinds):
        begin, at = at, at + len(tuple(run))
        piece = text[begin:at]
        if kind not in ("story", "note") and piece.strip():
            start = begin + len(piece) - len(piece.lstrip())
            marks.append(Mark(start, start + len(piece.strip()), kind, "marked"))
    weighed = sys.modules["transforms.segments.body"]
    kept = bodies.cut_head, bodies.cut_tail, weighed.lean
    bodies.cut_head = lambda body, place: cut(body, place, "head", 0)
    bodies.cut_tail = lambda body, place, start=0: cut(body, place, "tail", start)
    weighed.lean = words.lean
    partition = sys.modules["transforms.segments.partition"]
    partition.Page = Watched
    try:
        split(text, marks)
    finally:
        bodies.cut_head, bodies.cut_tail, weighed.lean = kept
        partition.Page = notes.Page
    return found


@dataclass(frozen=True)
class Cuts:
    weights: dict[str, float]

    def choose(self, edge: Edge, margin: float = 0.0) -> int:
        """The likeliest candidate, if it is likelier than none by `margin` more than the product asks."""
        if not edge.candidates:
            return 0
        scored = [
            (candidate, sum(self.weights.get(name, 0.0) * value for name, value in candidate.features.items()))
            for candidate in edge.candidates
        ]
        best, score = edges.likeliest_of(scored)
        return edge.candidates.index(best) + 1 if score > edges.margin_of(best) + margin else 0


def fit_cuts(seen: list[Edge]) -> Cuts:
    """The weights that make the right candidates likeliest. Cues have weights of their own, to which theirs are held."""
    names = sorted({name for edge in seen for candidate in edge.candidates for name in candidate.features})
    place = {name: k for k, name in enumerate(names)}
    first = np.array([1.0 if name.startswith("cue.") else HELD.get(name, 0.0) for name in names])
    rows, starts, right = [], [], []
    for edge in seen:
        starts.append(len(rows))
        right.append(len(rows) + edge.right)
        rows.append(np.zeros(len(names)))
        for candidate in edge.candidates:
            row = np.zeros(len(names))
            for name, value in candidate.features.items():
                row[place[name]] = value
            rows.append(row)
    table = np.array(rows)
    which = np.repeat(np.arange(len(starts)), np.diff([*starts, len(rows)]))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = table @ weights
        top = np.maximum.reduceat(scores, starts)
        raised = np.exp(scores - top[which])
        total = np.add.reduceat(raised, starts)
        likely = (scores[right] - top - np.log(total)).sum()
        slope = table[right].sum(0) - table.T @ (raised / total[which])
        held = PENALTY * len(starts) * (weights - first)
        return -likely + (held * (weights - first)).sum() / 2, held - slope

    found = minimize(loss, first.copy(), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return Cuts({name: round(float(w), 3) for name, w in zip(names, found, strict=True) if abs(w) >= 0.005})


CURVE: dict[tuple[str, float], Counter[str]] = {}


def verdict_on(chosen: int, right: int) -> str:
    if chosen == right:
        return "right"
    if not chosen or not right:
        return "missed" if right else "false"
    return "short" if chosen < right else "long"


def judge(cuts: Cuts, edges_seen: Iterable[Edge], counts: dict[tuple[str, str], Counter[str]], show: set[str]) -> None:
    for edge in edges_seen:
        chosen = cuts.choose(edge)
        for margin in (-0.25, 0.0, 0.5, 1.0, 2.0):
            k = cuts.choose(edge, margin)
            narrator = "in first person" if any(f"{edge.side}.first_person" in c.features for c in edge.candidates) else "else"
            CURVE.setdefault((narrator, margin), Counter()).update([verdict_on(k, edge.right)])
        verdict = verdict_on(chosen, edge.right)
        seen = counts.setdefault((edge.folder, edge.side), Counter())
        seen.update(["edges", verdict] + (["notes"] if edge.right else []))
        if verdict in show:
            print(f"--- {edge.folder} {edge.case} {edge.side} {verdict}: right {edge.right}, chosen {chosen}")
            size = max(edge.candidates[k - 1].size for k in (chosen, edge.right) if k)
            print("\n".join("    " + text for text in edge.texts[: size + 1]))
            right = edge.candidates[edge.right - 1].features if edge.right else {}
            got = edge.candidates[chosen - 1].features if chosen else {}
            gain = {name: cuts.weights.get(name, 0) * (got.get(name, 0) - right.get(name, 0)) for name in {**right, **got}}
            print("    why:", [(name, round(gain[name], 1)) for name in sorted(gain, key=lambda name: -abs(gain[name]))[:8]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, action="append", default=[])
    parser.add_argument("--unseen", type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    show = set(options.show.split(",")) - {""}
    cases = read_folders(*MARKED, *options.cases)
    unseen = read_folders(*options.unseen)
    pieces = [case for name in ("layouts", "asides") for case in read_pieces(ROOT / "bench" / name)]
    samples = read_samples(ROOT / "bench" / "notes") + [sample for case in pieces for sample in samples_of(case)]
    batches = Counter(batch_of(case) for _, case in cases)
    sizes = [0] * FOLDS
    fold_of = {}
    for batch, size in batches.most_common():
        fold_of[batch] = sizes.index(min(sizes))
        sizes[fold_of[batch]] += size
    fold = {at: fold_of[batch_of(case)] for at, (_, case) in enumerate(cases)}
    known = [samples_of(case) for _, case in cases]
    seen: list[list[Edge]] = [[] for _ in cases]
    for k in range(FOLDS):
        words = fit_words(samples + [sample for at in range(len(cases)) if fold[at] != k for sample in known[at]])
        for at, (folder, case) in enumerate(cases):
            if fold[at] == k:
                seen[at] = edges_of(case, folder, words)
                if (lost := run_on(case)) is not None:
                    seen[at] += edges_of(lost, "run on", words)[:MOST_RUN_ON]
                for copy in copies(case):
                    seen[at] += edges_of(copy, "copies", words)[:MOST_OF_COPY]
    counts: dict[tuple[str, str], Counter[str]] = {}
    for k in range(FOLDS):
        cuts = fit_cuts([edge for at in range(len(cases)) if fold[at] != k for edge in seen[at]])
        judge(cuts, [edge for at in range(len(cases)) if fold[at] == k for edge in seen[at]], counts, show)
    words = fit_words(samples + [sample for found in known for sample in found])
    cuts = fit_cuts([edge for found in seen for edge in found])
    for folder, case in unseen:
        judge(cuts, edges_of(case, "unseen " + folder, words), counts, show)
    total: Counter[str] = Counter()
    for (folder, side), found in sorted(counts.items()):
        print(f"{folder:24} {side:5}", dict(found))
        total.update(found)
    print("all", dict(total), f"{total['right'] / total['edges']:.4f}")
    for (narrator, margin), found in sorted(CURVE.items()):
        print(f"margin {margin} {narrator}: {dict(found)}")
    if options.write:
        home = ROOT / "transforms" / "segments"
        head = "# Written by bench/notes_fit.py; do not edit.\n"
        lines = [f"\t{words.bias}\n", *(f"{name}\t{weight}\n" for name, weight in sorted(words.weights.items()))]
        (home / "wording.tsv").write_text(head + "".join(lines), encoding="utf-8")
        lines = [f"{name}\t{weight}\n" for name, weight in sorted(cuts.weights.items())]
        (home / "edges.tsv").write_text(head + "".join(lines), encoding="utf-8")
        print(len(words.weights), "words,", len(cuts.weights), "features of cuts")


if __name__ == "__main__":
    main()
