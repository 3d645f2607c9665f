#!/usr/bin/env python3
"""Fit the confidences of tense and person on labelled stories and write transforms/narration/confidence.json.

usage: narration_confidence.py [GOLD] [--also FOLDER ...] [--write]

Each labelled work counts once as a whole; and works with one tense and one person are cut into stretches of 100, 200, 400 and
800 words of narration, which inherit its labels and together count as much as the work. A logistic regression on two features a
label (see confidence.py) is fitted by Newton's method with a small ridge, and judged on works that it has not seen (ten folds,
by work): the table shows stated and observed accuracy in ten bins. `mixed` is fitted apart, and not at all on few stretches.
The weights by which the focal character is chosen are fitted too, a conditional logit. `--also` names more folders of cases.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.narration_gold import GOLD, Work, cases, pieces, public_domain
from transforms.narration import confidence, focus
from transforms.narration.judgement import scan, weigh
from transforms.narration.languages import language

OUT = Path(confidence.__file__).with_suffix(".json")
LENGTHS = (100, 200, 400, 800)
RIDGE = 0.05
LEAST_ROWS = 30  # with fewer, what was fitted before stays
PIECES_OF_MIXED = 0.3  # a stretch of a work with one label is `mixed` wrongly by definition: such stretches count less


class Row:
    """One labelled stretch: which label, whether `mixed` was said, the features, whether it was right, its weight, its work."""

    def __init__(
        self, label: str, said: str, features: tuple[float, ...], right: bool, weight: float, work: str, whole: bool
    ) -> None:
        self.label, self.mixed, self.features, self.right = label, said == "mixed", features, right
        self.weight, self.work, self.whole = weight * (PIECES_OF_MIXED if self.mixed and not whole else 1), work, whole


def rows_of(
    chapters: list[str], headings: list, answers: dict[str, list[str]], weight: float, name: str, whole: bool
) -> list[Row]:
    """The features of both labels of one stretch."""
    scans = [scan(text, 0, named) for text, named in zip(chapters, headings, strict=True)]
    found = weigh(scans, language("\n\n".join(chapters)))
    if isinstance(found, str):
        return []
    rows = []
    if found.tense != "unknown" and "tense" in answers:
        features = confidence.tense_features(found.tense, *found.weight)
        rows.append(Row("tense", found.tense, features, found.tense in answers["tense"], weight, name, whole))
    if "pov" in answers:
        told = [one for one in found.judged if one.person != "unknown"]
        features = confidence.pov_features(found.pov, [one.window for one in told], [one.person for one in told])
        rows.append(Row("pov", found.pov, features, found.pov in answers["pov"], weight, name, whole))
    return rows


def collect(works: list[Work]) -> list[Row]:
    rows: list[Row] = []
    for work in works:
        rows += rows_of(work.chapters, work.headings, work.expected, 1.0, work.name, True)
        tense, pov = work.single("tense"), work.single("pov")
        if tense and pov:
            for length in LENGTHS:
                cut = pieces(work.story, length)
                for start, end in cut:
                    answers = {"tense": [tense], "pov": [pov]}
                    rows += rows_of([work.story[start:end]], [[]], answers, 1 / len(LENGTHS) / len(cut), work.name, False)
    return rows


def fit(rows: list[Row]) -> np.ndarray:
    x = np.array([[1.0, *row.features] for row in rows])
    y = np.array([float(row.right) for row in rows])
    w = np.array([row.weight for row in rows])
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (w * (y - p)) - RIDGE * np.r_[0, beta[1:]]
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(beta))
        beta = beta + np.linalg.solve(hessian, gradient)
    return beta


def focal_rows(works: list[Work]) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """For each third-person work with one focal character: name, features of the candidates and of nobody, who is right."""
    rows = []
    for work in works:
        answers = work.expected.get("pov_character", [])
        if not answers or work.single("pov") != "third" or any(";" in answer for answer in answers) or any(work.headings):
            continue
        windows = [window for text in work.chapters for window in scan(text).windows]
        some = focus.candidates(focus.spread(windows))
        if some:
            right = [any(set(name.split()) & set(answer.split()) for answer in answers) for name, _ in some]
            x = np.array([[*features, 0.0] for _, features in some] + [[0.0] * len(some[0][1]) + [1.0]])
            rows.append((work.name, x, np.array([*right, not any(right)], dtype=float)))
    return rows


def fit_focus(rows: list[tuple[str, np.ndarray, np.ndarray]]) -> np.ndarray:
    """Conditional logit: the weights under which the right candidates are the most probable, with a ridge."""
    beta = np.zeros(rows[0][1].shape[1])
    ridge = np.diag([1.0] * (len(beta) - 1) + [0.0])
    for _ in range(100):
        gradient, hessian = -ridge @ beta, ridge.copy()
        for _, x, right in rows:
            p = np.exp(x @ beta - (x @ beta).max())
            p /= p.sum()
            q = right * p / (right * p).sum()
            mean = x.T @ p
            gradient += x.T @ (q - p)
            hessian += (x * p[:, None]).T @ x - np.outer(mean, mean)
        beta = beta + np.linalg.solve(hessian, gradient)
    return beta


def judge_focus(rows: list[tuple[str, np.ndarray, np.ndarray]], fold: dict[str, int]) -> None:
    """How probable the likeliest candidate was said to be and how often it was right, on works that were held out."""
    bins: dict[int, list[tuple[float, float]]] = {}
    for number in range(10):
        beta = fit_focus([row for row in rows if fold[row[0]] != number])
        for name, x, right in rows:
            if fold[name] == number:
                p = np.exp(x @ beta)
                p /= p.sum()
                best = int(p[:-1].argmax())
                bins.setdefault(min(9, int(p[best] * 5) * 2), []).append((p[best], right[best]))
    print("\nfocal character, works that were held out: works, stated, right")
    for low, held in sorted(bins.items()):
        stated_, right_ = (sum(column) / len(held) for column in zip(*held, strict=True))
        print(f"  {low / 10:.1f} {len(held):6} {stated_:8.3f} {right_:8.3f}")


def stated(beta: np.ndarray, row: Row) -> float:
    return float(1 / (1 + np.exp(-np.clip(beta @ np.array([1.0, *row.features]), -30, 30))))


def table(name: str, pairs: list[tuple[float, Row]]) -> None:
    print(f"\n{name}, works that were held out: stretches, weight, stated, observed")
    bins: dict[int, list[tuple[float, Row]]] = {}
    for sure, row in pairs:
        bins.setdefault(min(9, int(sure * 10)), []).append((sure, row))
    for number in sorted(bins):
        held = bins[number]
        weight = sum(row.weight for _, row in held)
        said = sum(sure * row.weight for sure, row in held) / weight
        right = sum(row.right * row.weight for _, row in held) / weight
        print(f"  {number / 10:.1f}-{(number + 1) / 10:.1f} {len(held):6} {weight:8.1f} {said:8.3f} {right:8.3f}")


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("gold", type=Path, nargs="?", default=GOLD)
    args.add_argument("--also", type=Path, nargs="*", default=[])
    args.add_argument("--write", action="store_true")
    args = args.parse_args()
    works = [*cases(args.gold / "cases"), *cases(args.gold / "seeds"), *public_domain(args.gold / "public_domain")]
    works += [work for folder in args.also for work in cases(folder)]
    rows = collect(works)
    names = sorted({row.work for row in rows})
    fold = {name: i % 10 for i, name in enumerate(names)}
    fitted = json.loads(OUT.read_text(encoding="utf-8"))
    for label in ("tense", "pov"):
        for kind, mixed in (("one", False), ("mixed", True)):
            some = [row for row in rows if row.label == label and row.mixed == mixed]
            pairs = []
            for number in range(10):
                seen = [row for row in some if fold[row.work] != number]
                if seen:
                    beta = fit(seen)
                    pairs += [(stated(beta, row), row) for row in some if fold[row.work] == number]
            table(f"{label}, {kind}", pairs)
            table(f"{label}, {kind}, whole works", [(sure, row) for sure, row in pairs if row.whole])
            if len(some) >= LEAST_ROWS:
                fitted[label][kind] = [round(float(b), 4) for b in fit(some)]
            print(Counter(row.right for row in some), fitted[label][kind])
    focal = focal_rows(works)
    judge_focus(focal, fold)
    fitted["focus"] = [round(float(b), 4) for b in fit_focus(focal)]
    print(fitted["focus"])
    if args.write:
        OUT.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
        print(f"-> {OUT.name}")


if __name__ == "__main__":
    main()
