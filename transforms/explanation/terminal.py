"""An explanation for a terminal: colour where there is colour, and nothing that needs it to be understood."""

from __future__ import annotations

from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from transforms.documents import Segment
from transforms.explanation.building import Explanation
from transforms.explanation.marks import runs, trim
from transforms.explanation.sentences import describe_labels, describe_passage, describe_related, describe_source
from transforms.report.visible import excerpt, reveal

STYLES = {
    "story": "default",
    "note": "yellow",
    "summary": "magenta",
    "metadata": "cyan",
    "heading": "bold green",
    "break": "blue",
    "end_marker": "green",
    "boilerplate": "bright_black",
}
"""How the text of each kind is coloured; the margin names the kind, so that it can be read without."""

CHAPTERS, PASSAGES, RELATIVES = 40, 12, 30
"""Chapters that are listed, passages of the narration, and relations."""

MARGIN = 26
EDGE = 700
"""Characters of a long story segment that are shown at each of its edges: what matters is where it begins and ends."""


def to_terminal(explanation: Explanation, width: int = 100, colour: bool = False, whole: bool = False) -> str:
    """The explanation as text of `width` columns, with ANSI colours where `colour` says so.

    Long segments are shown at their edges, with the number of characters between, unless `whole`.
    """
    out = StringIO()
    console = Console(
        file=out, width=max(width, 50), force_terminal=colour, color_system="256" if colour else None, no_color=not colour,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    console.print(Text(reveal(explanation.source), "bold"))
    for name, value in describe_source(explanation):
        _entry(console, name, Text(reveal(value)))
    _repairs(console, explanation)
    _metadata(console, explanation)
    _labels(console, explanation)
    _statements(console, explanation)
    _related(console, explanation)
    _segments(console, explanation, whole)
    # Tables fill their lines with blanks, which would be copied along.
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _title(console: Console, title: str) -> None:
    console.print()
    console.print(Text(title, "bold underline" if console.color_system else "bold"))


def _entry(console: Console, name: str, value: Text, indent: int = 2) -> None:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=MARGIN - 2, style="bright_black", overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(" " * indent + name, value)
    console.print(grid)


def _repairs(console: Console, explanation: Explanation) -> None:
    if not explanation.repairs:
        return
    _title(console, "Repairs")
    for repair in explanation.repairs:
        _entry(console, repair.rule, Text(f"{repair.count:,} place{'s' if repair.count != 1 else ''}"))
        for place in repair.places:
            line = Text(_one_line(place.before), "red") + Text("  ->  ", "bright_black") + Text(_one_line(place.after), "green")
            _entry(console, "", line)


def _one_line(text: str) -> str:
    return reveal(text.replace("\n", "↵").replace("\t", "⇥"))


def _metadata(console: Console, explanation: Explanation) -> None:
    if explanation.metadata:
        _title(console, "Metadata as stated")
        for name, value in explanation.metadata:
            _entry(console, name, Text(excerpt(value, words=60, characters=400)))


def _labels(console: Console, explanation: Explanation) -> None:
    if not explanation.narration:
        return
    _title(console, "Labels")
    for name, value in describe_labels(explanation.narration):
        _entry(console, name, Text(value))
    single = len(explanation.chapters) == 1
    shown = PASSAGES if single else PASSAGES // 4
    for chapter in explanation.chapters[:CHAPTERS]:
        told = chapter.narration
        if not single:
            labels = f"{told.tense} ({told.tense_confidence:.2f}), {told.pov} ({told.pov_confidence:.2f})"
            _entry(console, f"chapter {chapter.chapter + 1}", Text(f"{labels}, {chapter.n_words:,} words"))
        for passage in told.passages[:shown]:
            _entry(console, "aside" if passage.aside else "passage", Text(describe_passage(passage), "bright_black"), indent=4)
        if len(told.passages) > shown:
            _entry(console, "", Text(f"{len(told.passages) - shown} more passages", "bright_black"), indent=4)
    if len(explanation.chapters) > CHAPTERS:
        _entry(console, "", Text(f"{len(explanation.chapters) - CHAPTERS} more chapters", "bright_black"))


def _statements(console: Console, explanation: Explanation) -> None:
    if explanation.opt_outs:
        _title(console, "What the author says about reuse")
        for found in explanation.opt_outs:
            _entry(console, f"{found.kind} {found.confidence:.2f}", Text(f"“{excerpt(found.phrase)}”"))
    if explanation.doubts:
        _title(console, "In doubt: left in the story, may be notes")
        for doubt in explanation.doubts:
            passage = explanation.text[doubt.start : doubt.end]
            _entry(console, f"{doubt.reason} {doubt.score:.2f}", Text(f"“{excerpt(passage)}” at {doubt.start:,}"))


def _related(console: Console, explanation: Explanation) -> None:
    if not explanation.related:
        return
    _title(console, "Relations")
    for related in explanation.related[:RELATIVES]:
        _entry(console, related.relative.relation, Text(describe_related(related.relative)))
        for passage in related.passages.shared:
            _entry(console, "shared", Text(_quoted(passage), "green"), indent=4)
        for own, other in related.passages.differing:
            line = Text(_quoted(own), "yellow") + Text(" / ", "bright_black") + Text(_quoted(other), "magenta")
            _entry(console, "here / there", line, indent=4)
    if len(explanation.related) > RELATIVES:
        _entry(console, "", Text(f"{len(explanation.related) - RELATIVES} more relations"))


def _quoted(passage: str) -> str:
    return f"“{excerpt(passage)}”" if passage else "nothing"


def _segments(console: Console, explanation: Explanation, whole: bool) -> None:
    if not explanation.segments:
        return
    _title(console, "Segments")
    chapter = 0
    for segment in explanation.segments:
        if segment.chapter != chapter:
            chapter = segment.chapter
            console.print(Text(f"\nchapter {chapter + 1}", "bold"))
        if not explanation.text[segment.start : segment.end].strip():
            continue
        margin = _margin(segment)
        lines = _body(explanation, segment, whole).wrap(console, console.width - MARGIN - 4, overflow="fold")
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=MARGIN, overflow="fold")
        grid.add_column(width=1, style="bright_black")
        grid.add_column(ratio=1, overflow="fold")
        bars = Text("\n".join("│" * max(len(lines), margin.plain.count("\n") + 1)))
        grid.add_row(margin, bars, Text("\n").join(lines))
        console.print(grid)


def _margin(segment: Segment) -> Text:
    style = STYLES[segment.kind]
    lines = [Text(f"{segment.kind} {segment.confidence:.2f}", style).append(f"  @{segment.start:,}", "bright_black")]
    lines.append(Text(_fit(segment.rule), "bright_black"))
    lines += [Text(topic, style) for topic in _wrapped(segment.topics)]
    return Text("\n").join(lines)


def _wrapped(topics: tuple[str, ...]) -> list[str]:
    """The topics, as many on a line as the margin holds."""
    lines: list[str] = []
    for topic in topics:
        if lines and len(lines[-1]) + len(topic) + 2 <= MARGIN:
            lines[-1] += f", {topic}"
        else:
            lines.append(topic)
    return lines


def _fit(text: str) -> str:
    shown = reveal(text)[: MARGIN * 2]
    while cell_len(shown) > MARGIN:
        shown = shown[:-2] + "…"
    return shown


def _body(explanation: Explanation, segment: Segment, whole: bool) -> Text:
    """The segment's text; doubts and opt-outs in it stand between ⟦ and ⟧."""
    start, end = trim(explanation, segment)
    if whole or end - start <= 2 * EDGE + 200:
        return _marked(explanation, segment, start, end)
    first = max(explanation.text.rfind(" ", start + EDGE // 2, start + EDGE), start + EDGE // 2)
    last = explanation.text.find(" ", end - EDGE, end - EDGE // 2)
    last = end - EDGE if last < 0 else last + 1
    body = _marked(explanation, segment, start, first)
    body.append(f"\n[… {last - first:,} characters of {segment.kind} …]\n", "bright_black")
    return body.append_text(_marked(explanation, segment, last, end))


def _marked(explanation: Explanation, segment: Segment, start: int, end: int) -> Text:
    body = Text()
    for run in runs(explanation, start, end):
        style = STYLES[segment.kind]
        shown = reveal(run.text.expandtabs(4))
        if run.mark:
            body.append(f"⟦{shown}⟧", "reverse" if style == "default" else f"reverse {style}")
        else:
            body.append(shown, style)
    return body
