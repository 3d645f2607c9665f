"""Labelled stories for the narration benchmarks: cases in the gold folder's format, and public-domain texts with labels.jsonl.

The gold folder stands beside the project (../shared/gold) or is given as an argument; it is not part of the project.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from transforms.narration.masks import mask, paragraphs

GOLD = Path(__file__).parents[2] / "shared" / "gold"
_TAG = re.compile(r"\[\[(/?)(\w+)(?::[\w,]+)?\]\]")
_HEADED = re.compile(r"(\w[\w'’. ]*?)(?:['’]s)? (?:POV|Point of View)\b|\bPOV[: -]+(\w[\w. ]*)", re.IGNORECASE)


@dataclass
class Work:
    name: str
    chapters: list[str]
    headings: list[list[tuple[int, str]]]
    expected: dict[str, list[str]]  # label -> answers that are right, the best first
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def story(self) -> str:
        return "\n\n".join(self.chapters)

    def single(self, label: str) -> str | None:
        """The one right answer, where there is one and it is a plain one."""
        answers = self.expected.get(label, [])
        return answers[0] if len(answers) == 1 and answers[0] not in ("mixed", "unknown") else None


def cases(folder: Path) -> Iterator[Work]:
    """The stories of a folder of cases: text outside all tags, in chapters as its headings part it."""
    for path in sorted(folder.glob("*.case")):
        head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
        fields = dict(line.partition(":")[::2] for line in head.splitlines())
        expected = {key: [answer.strip() for answer in value.split(" | ")] for key, value in fields.items()}
        yield Work(path.stem, *_chapters(body), expected, {"why": fields.get("why", "").strip()})


def _chapters(body: str) -> tuple[list[str], list[list[tuple[int, str]]]]:
    chapters: list[list[str]] = [[]]
    headings: list[list[tuple[int, str]]] = [[]]
    kind, cursor = "story", 0
    for tag in [*_TAG.finditer(body), None]:
        text = body[cursor : tag.start() if tag else len(body)]
        if kind == "story" and text.strip():
            chapters[-1].append(text.strip("\n"))
        elif kind == "break":
            chapters[-1].append("* * *")
        elif kind == "heading":
            named = _HEADED.search(text)
            if named:
                headings[-1].append((len("\n\n".join([*chapters[-1], ""])), (named[1] or named[2]).strip()))
            elif any(part != "* * *" for part in chapters[-1]):
                chapters.append([])
                headings.append([])
        if tag:
            kind, cursor = ("story" if tag[1] else tag[2]), tag.end()
    full = [(parts, named) for parts, named in zip(chapters, headings, strict=True) if any(part != "* * *" for part in parts)]
    return ["\n\n".join(parts) for parts, _ in full], [named for _, named in full]


def public_domain(folder: Path) -> Iterator[Work]:
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = (folder / "texts" / f"{row['id']}.txt").read_text(encoding="utf-8")
        expected = {label: [row[label], *row.get(f"alt_{label}", [])] for label in ("tense", "pov")}
        if "focal" in row:
            expected["pov_character"] = [row["focal"]]
        yield Work(row["id"], [text], [[]], expected, {"cat": row["cat"], "conf": row["conf"]})


def pieces(story: str, words: int) -> list[tuple[int, int]]:
    """Stretches of whole paragraphs (or sentences, where a paragraph is long) with about `words` words of narration each."""
    spans = mask(story)
    found, start, held, at = [], None, 0, 0
    for p_start, p_end in paragraphs(story):
        stops = [p_end]
        if p_end - p_start > 12 * words:
            stops = [*(m.end() for m in re.finditer(r"[.!?][”\"']?\s", story[p_start:p_end])), p_end - p_start]
            stops = [p_start + stop for stop in stops]
        cursor = p_start
        for stop in stops:
            start = cursor if start is None else start
            while at < len(spans) and spans[at].end <= cursor:
                at += 1
            k, inside = at, []
            while cursor < stop:
                if k < len(spans) and spans[k].start < stop:
                    inside.append(story[cursor : max(cursor, spans[k].start)])
                    cursor = max(cursor, spans[k].end)
                    k += 1
                else:
                    inside.append(story[cursor:stop])
                    cursor = stop
            held += sum(len(part.split()) for part in inside)
            if held >= words:
                found.append((start, min(max(stop, start), p_end)))
                start, held = None, 0
    return found
