"""Text put together from pieces with labels: what white space stands where, and which empty paragraphs were meant."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from transforms.documents import Block

RULE = "* * *"
_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """What a reader knows of an element: the fields of a `Block`."""

    kind: str | None = None
    rule: str = ""
    topics: tuple[str, ...] = ()
    chapter: bool = False


TEXT = Label()
HIDDEN = Label("boilerplate", "html.hidden")
FURNITURE = Label("boilerplate", "html.furniture")


@dataclass(slots=True, eq=False)
class _Run:
    label: Label
    pieces: list[str] = field(default_factory=list)


class Writer:
    """Text put together from pieces: knows what white space stands between what was written and what comes next.

    `gap` is 0 (same line), 1 (a line break) or 2 (a blank line); `breaks` are `<br>` not yet accounted for; `extra` counts the
    empty paragraphs and lines beyond a blank line. A gap belongs to the run before it, so that each block carries its line ends.
    """

    __slots__ = ("after_dt", "breaks", "extra", "gap", "gaps", "hidden", "label", "opened", "prefix", "runs", "space", "total")

    def __init__(self, label: Label) -> None:
        self.runs: list[_Run] = []
        self.gaps: list[tuple[_Run, int, int]] = []
        self.label = label
        self.opened = True  # the next text starts a run
        self.gap = self.breaks = self.extra = 0
        self.space = self.prefix = ""
        self.after_dt = False
        self.hidden = self.total = 0

    @property
    def at_line_start(self) -> bool:
        return bool(self.gap or self.breaks or not self.runs)

    def _flush(self) -> None:
        if self.breaks:
            if self.gap:
                self.extra += self.breaks
            else:
                self.gap = min(self.breaks, 2)
                self.extra += max(0, self.breaks - 2)
            self.breaks = 0
        if self.runs and self.runs[-1].pieces:
            run = self.runs[-1]
            if self.gap:
                if self.gap == 2:
                    self.gaps.append((run, len(run.pieces), self.extra))
                run.pieces.append("\n" * self.gap)
            elif self.space:
                run.pieces.append(self.space)
        self.gap = self.extra = 0
        self.space = ""

    def text(self, text: str) -> None:
        """Writes text as it is; white space at its ends is the caller's business."""
        self._flush()
        if self.opened or not self.runs:
            if not self.runs or self.runs[-1].label is not self.label or self.label.chapter:
                self.runs.append(_Run(self.label))
            self.opened = False
        if self.prefix:
            text, self.prefix = self.prefix + text, ""
        self.runs[-1].pieces.append(text)
        self.after_dt = False
        self.total += len(text)
        if self.label is HIDDEN:
            self.hidden += len(text)

    def flowing(self, text: str) -> None:
        """Writes the text of a text node, its white space collapsed as a browser does."""
        if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
            text = _SPACE.sub(" ", text)
        bare = text.strip(" \xa0")
        if not bare:
            if text and not self.at_line_start:
                self.space = self.space or " "
            return
        if self.at_line_start:
            text = text.lstrip(" \xa0")
        elif text[0] == " ":
            self.space = self.space or " "
            text = text[1:]
        if text[-1] == " ":
            self.text(text[:-1])
            self.space = " "
        else:
            self.text(text)

    def preformatted(self, text: str) -> None:
        """Writes text whose line breaks count."""
        text = text.replace("\r\n", "\n").expandtabs(8)
        bare = text.strip("\n") if self.at_line_start else text.rstrip("\n")
        ends = len(text) - len(text.rstrip("\n"))
        if bare.strip():
            self.text(bare)
        elif not ends:
            self.space = self.space or text
        self.gap = max(self.gap, min(ends, 2))

    def newline(self) -> None:
        if not self.breaks:
            self.gap = max(self.gap, 1)
        self.space = ""

    def blank_line(self) -> None:
        if self.breaks:
            # The last <br> before a block's end shows nothing; before it, or after a block's start, each is an empty line.
            self.extra += self.breaks - (0 if self.gap else 1)
            self.breaks = 0
        self.gap = 2
        self.space = ""

    def switch(self, label: Label) -> None:
        """What is written from here on carries `label`."""
        self.label, self.opened = label, True

    def begin_chapter(self, label: Label) -> None:
        """A run of its own, kept when it stays empty: an untitled chapter."""
        if self.breaks:
            self.blank_line()
        self._flush()
        self.runs.append(_Run(label))
        self.label, self.opened = label, False

    def rule(self) -> None:
        """A line `* * *`, as a block of its own where nothing else is known of its surroundings."""
        self.blank_line()
        last = self.runs[-1].pieces if self.runs else None
        if last and last[-1] == RULE:
            return
        held = self.label
        if held.kind is None:
            self.switch(Label("break", "html.hr"))
        self.text(RULE)
        if held.kind is None:
            self.switch(held)
        self.gap = 2

    def blocks(self) -> list[Block]:
        self._settle()
        if self.runs and self.runs[-1].pieces:
            self.runs[-1].pieces.append("\n")
        return [
            Block("".join(run.pieces), run.label.kind, run.label.rule, run.label.topics, run.label.chapter)
            for run in self.runs
            if run.pieces or run.label.chapter
        ]

    def _settle(self) -> None:
        """Decides which empty paragraphs were meant: those rarer than one gap in five, beyond what is usual in the page.

        Sites put an empty paragraph after each one (noise); an author who sets one between scenes and nowhere else means it.
        It becomes a longer run of blank lines, as in a plain text, where the splitter weighs it.
        """
        if not any(extra for _, _, extra in self.gaps):
            return
        counts = Counter(extra for _, _, extra in self.gaps)
        usual = counts.most_common(1)[0][0]
        meant = sum(count for extra, count in counts.items() if extra > usual)
        if meant and meant * 5 <= len(self.gaps):
            for run, at, extra in self.gaps:
                if extra > usual:
                    run.pieces[at] = "\n" * 4
