#!/usr/bin/env python3
"""Fits the weights by which short lines are told apart: `transforms/segments/likeness.tsv`.

usage: lines_fit.py [--cases DIR]... [--unseen DIR]... [--write] [--show]

It learns from marked documents that were written for this project: those of `tests/cases` and `tests/gold`, and the layouts in
`bench/layouts/*.txt`, where only a few lines of story stand between what sites and authors put round it. The lines are those
that `likeness.Lines.open` gives after the rules have decided what they can. Without `--write` it prints, in
cross-validation by document, how often each kind is found and how often it is right at the confidence that is asked for.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.segments.cases import MARKED, Case, read_folders, read_pieces  # noqa: E402
from transforms.encoding import repair  # noqa: E402
from transforms.segments import likeness, notes  # noqa: E402
from transforms.segments.splitting import split  # noqa: E402

FOLDS = 5
STRENGTH = 0.5
FEWEST = 2
LEAST = 0.04
HIDDEN = 2  # times that what the rules decided is hidden, so that lines are learnt which they know
HINTS = ("reads.", "chrome.", "heading", "end.", "break", "marker")  # what the rules say of a line alone; often hidden too


CURVE: dict[tuple[bool, float], Counter[str]] = {}


def lines_of(case: Case) -> list[tuple[list[str], str, str]]:
    """(features, kind, line) of each line that may be anything."""
    if repair(case.text).text != case.text:
        return []
    out: list[tuple[list[str], str, str]] = []
    offsets, at = [], 0
    for line in case.text.split("\n"):
        offsets.append((at, at + len(line)))
        at += len(line) + 1

    def kind_of(line: int) -> str:
        kinds = Counter(case.kinds[k] for k in range(*offsets[line]) if not case.text[k].isspace())
        return kinds.most_common(1)[0][0]

    class Watched(notes.Page):
        def find_likeness(self) -> None:
            if len(self.sheet.lines) != len(offsets):
                return
            lines = likeness.Lines(self.sheet, self.labels)
            for k in lines.open():
                at = lines.solid[k]
                out.append((lines.features(k), kind_of(at), lines.lines[at]))
            chance = random.Random(case.name)
            for _ in range(HIDDEN):
                hidden = list(self.labels)
                hide = False
                for at in lines.solid:
                    hide = hide if chance.random() < 0.7 else chance.random() < 0.5
                    if hide and at not in self.sheet.fixed:
                        hidden[at] = None
                lines = likeness.Lines(self.sheet, hidden)
                for k in lines.open():
                    at = lines.solid[k]
                    if self.labels[at] is not None:
                        features = lines.features(k)
                        if chance.random() < 0.7:
                            features = [feature for feature in features if not feature.startswith(HINTS)]
                        out.append((features, kind_of(at), lines.lines[at]))

    partition = sys.modules["transforms.segments.partition"]
    partition.Page = Watched
    try:
        split(case.text)
    finally:
        partition.Page = notes.Page
    return out


def fit(samples: list[tuple[list[str], str, str]]) -> tuple[DictVectorizer, LogisticRegression]:
    seen = Counter(feature for features, _, _ in samples for feature in set(features))
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([{f: 1 for f in features if seen[f] >= FEWEST} for features, _, _ in samples])
    model = LogisticRegression(C=STRENGTH, max_iter=400)
    model.fit(table, [kind for _, kind, _ in samples])
    return vectorizer, model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, action="append", default=[])
    parser.add_argument("--unseen", type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    cases = read_folders(*MARKED, *options.cases)
    cases += [("layouts", case) for case in read_pieces(ROOT / "bench" / "layouts")]
    unseen = [("unseen", case) for _, case in read_folders(*options.unseen)]
    samples = [lines_of(case) for _, case in cases]
    order = list(range(len(cases)))
    random.Random(1).shuffle(order)
    fold = {at: k % FOLDS for k, at in enumerate(order)}
    seen: Counter[tuple[str, str, str]] = Counter()

    def judge(model: tuple[DictVectorizer, LogisticRegression], folder: str, name: str, found: list) -> None:
        if not found:
            return
        vectorizer, fitted = model
        chances = fitted.predict_proba(vectorizer.transform([dict.fromkeys(features, 1) for features, _, _ in found]))
        for (_, right, line), chance in zip(found, chances, strict=True):
            by_kind = dict(zip(fitted.classes_, chance, strict=True))
            text = by_kind.pop("story", 0) + by_kind.pop("note", 0)
            said = max(by_kind, key=by_kind.__getitem__)
            for most in (0.02, 0.05, 0.1, 0.2, 0.3, 0.5):
                if text <= most and by_kind[said] >= 0.5:
                    verdict = "right" if said == right else "text taken" if right in ("story", "note") else "other kind"
                    CURVE.setdefault((folder == "layouts", most), Counter()).update([verdict])
            said = said if text <= likeness.MOST_TEXT and by_kind[said] >= 0.5 else "text"
            right = "text" if right in ("story", "note") else right
            seen[folder, right, said] += 1
            if options.show and said != right and said != "text":
                print(f"{folder} {name}: {right} taken for {said} ({max(chance):.2f}): {line}")

    for k in range(FOLDS):
        model = fit([sample for at in range(len(cases)) if fold[at] != k for sample in samples[at]])
        for at, (folder, case) in enumerate(cases):
            if fold[at] == k:
                judge(model, folder, case.name, samples[at])
    model = fit([sample for found in samples for sample in found])
    for folder, case in unseen:
        judge(model, folder, case.name, lines_of(case))
    for folder in sorted({folder for folder, _, _ in seen}):
        print(folder)
        for kind in ("text", *likeness.KINDS[2:]):
            of = sum(n for (where, right, _), n in seen.items() if where == folder and right == kind)
            taken = sum(n for (where, _, said), n in seen.items() if where == folder and said == kind)
            hit = seen[folder, kind, kind]
            if of or taken:
                found, sure = hit / max(1, of), hit / max(1, taken)
                print(f"  {kind:12} lines {of:5}  found {found:.2f}  right {sure:.2f}  wrong {taken - hit}")
    for (layouts, most), counts in sorted(CURVE.items()):
        print(f"{'layouts' if layouts else 'documents'}, text at most {most}: {dict(counts)}")
    if options.write:
        vectorizer, fitted = model
        rows = ["# Written by bench/lines_fit.py; do not edit."]
        rows += [f"\t{kind}\t{weight:.3f}" for kind, weight in zip(fitted.classes_, fitted.intercept_, strict=True)]
        names = vectorizer.get_feature_names_out()
        for column, name in enumerate(names):
            for kind, weight in zip(fitted.classes_, fitted.coef_[:, column], strict=True):
                if abs(weight) >= LEAST:
                    rows.append(f"{name}\t{kind}\t{weight:.2f}")
        (ROOT / "transforms" / "segments" / "likeness.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(len(rows), "weights")


if __name__ == "__main__":
    main()
