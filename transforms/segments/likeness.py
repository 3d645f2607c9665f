"""What a short line is most like, where no rule has decided: metadata, a heading, a break, furniture of a site, or text.

Sites and authors dress such lines in endless ways, but a reader knows them by their shape ("~ Aaaa ~", "9/9"), their words, the
lines above and below, and where they stand. Those are the features of a multinomial logit, fitted by `bench/lines_fit.py` on
marked documents that were written for this project; its weights are in `likeness.tsv`. Only what it is sure of is labelled.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from transforms.metadata.lines import read_line
from transforms.segments.breaks import end_mark, is_break
from transforms.segments.furniture import furniture
from transforms.segments.headings import heading_at
from transforms.segments.layout import OPENERS
from transforms.segments.markers import marker_at
from transforms.segments.wording import lean, tokens

if TYPE_CHECKING:
    from transforms.segments.shapes import Label

KINDS = ("story", "note", "metadata", "summary", "heading", "break", "end_marker", "boilerplate")
MOST_TEXT = 0.1  # how likely a line may be text where it is labelled as something else
SHORT = 110  # characters; longer lines are text
PROSE = 120  # characters from which a line is prose whatever it holds
NEAR = 10  # lines of text from an edge, or from a labelled line, within which a line may be anything
ALONE = 60  # characters of a line that stands alone between blank ones

_MASK = re.compile(r"[A-ZÀ-ÞА-Я]{2,}|[A-ZÀ-ÞА-Я]?[^\W\d_A-ZÀ-ÞА-Я]+(?:['’][^\W\d_]+)?|[A-ZÀ-ÞА-Я]|\d+|\s+|[^\w\s]|_")
_DATE = re.compile(
    r"\b(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}|\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d[\d.,]*\s?[kKmM]?\b")
_LENGTHS = (3, 8, 16, 30, 50, 80)
_DISTANCES = (0, 1, 2, 4, 8, 15, 30)


def mask(line: str) -> str:
    """A line's shape: words as A (capitals), Aa or a, numbers as 9, signs as themselves: `~ Clarke ~` is `~ Aa ~`."""
    out: list[str] = []
    for piece in _MASK.findall(line[:SHORT]):
        first = piece[0]
        if first.isspace():
            sign = " "
        elif first.isdigit():
            sign = "9"
        elif first.isalpha():
            sign = "A" if len(piece) > 1 and piece.isupper() else "Aa" if first.isupper() else "a"
        else:
            sign = first
        if not (out and out[-1] == sign and not sign.isalpha()):
            out.append(sign)
    return "".join(out)


def _bucket(value: float, steps: Sequence[int]) -> int:
    return sum(value > step for step in steps)


@cache
def _own(line: str) -> tuple[str, ...]:
    """The features of a line alone."""
    found = {f"length.{_bucket(len(line), _LENGTHS)}", f"words.{_bucket(line.count(' ') + 1, (1, 2, 4, 7, 12))}"}
    words = tokens(line)
    found.update(f"word.{word}" for word in words[1:])
    found.update(f"pair.{left} {right}" for left, right in zip(words, words[1:], strict=False))
    shape = mask(line)
    found.add(f"shape.{shape[:14]}")
    padded = f"^{shape}$"
    found.update(f"shapes.{padded[k : k + 4]}" for k in range(max(1, len(padded) - 3)))
    last = line[-1]
    found.add(f"last.{'letter' if last.isalpha() else 'digit' if last.isdigit() else last}")
    found.add(f"first.{'capital' if line[0].isupper() else 'letter' if line[0].isalpha() else 'digit' if line[0].isdigit() else line[0]}")
    if _DATE.search(line):
        found.add("date")
    if _COUNT.fullmatch(line):
        found.add("count")
    if not line[0].isalnum() and line[0] == last:
        found.add("ornaments")
    if sum(ch.isalpha() for ch in line) * 2 < len(line):
        found.add("few_letters")
    reading = read_line(line)
    if reading is not None:
        found |= {f"reads.{reading.kind}", f"reads.{reading.rule}"}
    chrome = furniture(line)
    if chrome:
        found.add(f"chrome.{_bucket(chrome, (0, 0.6, 0.9))}")
    heading = heading_at(line)
    if heading is not None:
        found |= {"heading", f"heading.{heading.certain}.{heading.number is not None}"}
    end = end_mark(line)
    if end:
        found.add(f"end.{end >= 0.8}")
    if is_break(line):
        found.add("break")
    marker = marker_at(line)
    if marker is not None:
        found |= {"marker", f"marker.{marker.name}"}
    return tuple(found)


class Lines:
    """The lines of a text that are not blank, and what surrounds each."""

    def __init__(self, lines: Sequence[str], labels: Sequence[Label | None], blank: Sequence[bool]) -> None:
        self.lines = [line.strip() for line in lines]
        self.labels = labels
        self.solid = [at for at, empty in enumerate(blank) if not empty]
        self.gaps = [0] * (len(self.solid) + 1)
        for k in range(1, len(self.solid)):
            self.gaps[k] = self.solid[k] - self.solid[k - 1] - 1
        self.gaps[0] = self.gaps[-1] = 3
        self.same = Counter(self.lines[at] for at in self.solid if len(self.lines[at]) <= SHORT)
        self.first_prose = next((k for k, at in enumerate(self.solid) if labels[at] is None and self.is_prose(at)), len(self.solid))
        self.runs: list[tuple[int, int]] = []  # for each line, its place among the lines that stand together, and how many they are
        start = 0
        for k in range(1, len(self.solid) + 1):
            if k == len(self.solid) or self.gaps[k]:
                self.runs += [(j - start, k - start) for j in range(start, k)]
                start = k
        self.dresses: Counter[str] = Counter(
            mask(self.lines[at]) for k, at in enumerate(self.solid) if len(self.lines[at]) <= ALONE and self.is_alone(k)
        )

    def is_prose(self, at: int) -> bool:
        line = self.lines[at]
        return len(line) > PROSE or (line[0] in OPENERS and len(line) > 12) or (len(line) > 60 and line[-1] in ".!?…”\"")

    def is_alone(self, k: int) -> bool:
        return self.gaps[k] > 0 and self.gaps[k + 1] > 0

    def state(self, k: int) -> str:
        """What is known of the k-th line: its kind, or what free text it looks like."""
        if not 0 <= k < len(self.solid):
            return "edge"
        at = self.solid[k]
        label = self.labels[at]
        if label is not None:
            return label.kind
        return "prose" if self.is_prose(at) else "short"

    def may_be_else(self, k: int) -> bool:
        """Whether the k-th line may be anything but text: short, and near an edge or a labelled line, or standing alone."""
        at = self.solid[k]
        line = self.lines[at]
        if self.labels[at] is not None or len(line) > SHORT:
            return False
        if k <= self.first_prose or k < NEAR or len(self.solid) - k <= NEAR:
            return True
        if len(line) <= ALONE and self.is_alone(k) and line[-1] not in ".!?,…\"”":
            return True
        near = range(max(0, k - NEAR), min(len(self.solid), k + NEAR))
        return any(self.labels[self.solid[j]] is not None and self.labels[self.solid[j]].kind not in ("story", "note", "break") for j in near)

    def features(self, k: int) -> list[str]:
        """The features of the k-th line: its own, and those of its surroundings as far as the rules have decided them."""
        at = self.solid[k]
        line = self.lines[at]
        above, above2, below, below2 = self.state(k - 1), self.state(k - 2), self.state(k + 1), self.state(k + 2)
        gap, gap_below = min(self.gaps[k], 2), min(self.gaps[k + 1], 2)
        front = "front" if k <= self.first_prose else "seam"
        found = [
            *_own(line),
            f"gap.{gap}", f"gap_below.{gap_below}", f"alone.{self.is_alone(k)}",
            f"above.{above}", f"above2.{above}.{above2}", f"above.{above}.{gap}",
            f"below.{below}", f"below2.{below}.{below2}", f"below.{below}.{gap_below}",
            f"between.{above}.{below}", front, f"{front}.{above}", f"{front}.{below}",
            f"from_start.{_bucket(k, _DISTANCES)}", f"from_end.{_bucket(len(self.solid) - 1 - k, _DISTANCES)}",
            f"to_prose.{_bucket(self.first_prose - k, (-1, 0, 1, 2, 4, 8))}" if k <= self.first_prose else "after_prose",
        ]  # fmt: skip
        run = self.runs[k]
        found += [
            f"run.{_bucket(run[1], (1, 2, 4, 8))}.{'first' if run[0] == 0 else 'last' if run[0] == run[1] - 1 else 'inside'}",
            f"lean.{round(max(-4, min(4, lean(line))))}",
        ]
        shape = mask(line)
        for name, other in (("above", k - 1), ("below", k + 1)):
            if 0 <= other < len(self.solid):
                found.append(f"like_{name}.{mask(self.lines[self.solid[other]])[:8] == shape[:8]}")
        if self.same[line] > 1:
            found += ["again", f"again.{self.same[line] > 2}"]
        if len(line) <= ALONE and self.is_alone(k):
            dress = mask(line)
            if self.dresses[dress] > 1 and not dress.isalpha():
                found += ["dress_again", f"dress_again.{self.dresses[dress] > 2}"]
        if k and k <= self.first_prose and line == self.lines[self.solid[0]]:
            found.append("as_first_line")
        return found


@cache
def _weights() -> dict[str, dict[str, float]]:
    """Feature -> kind -> weight."""
    table: dict[str, dict[str, float]] = {}
    for row in files(__package__).joinpath("likeness.tsv").read_text(encoding="utf-8").split("\n"):
        if not row or row.startswith("# "):
            continue
        feature, kind, weight = row.split("\t")
        table.setdefault(feature, {})[kind] = float(weight)
    return table


def likeliest(features: Sequence[str]) -> tuple[str, float]:
    """The likeliest kind of a line with these features and how likely it is; "text" where it may well be story or note."""
    weights = _weights()
    scores = dict(weights.get("", {}))
    for feature in features:
        for kind, weight in weights.get(feature, {}).items():
            scores[kind] = scores.get(kind, 0.0) + weight
    top = max(scores.values())
    raised = {kind: math.exp(score - top) for kind, score in scores.items()}
    total = sum(raised.values())
    text = (raised.pop("story", 0.0) + raised.pop("note", 0.0)) / total
    best = max(raised, key=raised.__getitem__)
    chance = raised[best] / total
    return (best, round(chance, 2)) if text <= MOST_TEXT and chance >= 0.5 else ("text", round(text, 2))
