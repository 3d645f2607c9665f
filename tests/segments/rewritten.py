"""The same marked document as other programs write it: lines filled to a width, no blank lines, blanks at the ends of lines.

What a line is must not depend on how a program breaks it, so such copies are as good a test as new documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.segments.cases import Case

WIDTH = 72
Line = tuple[str, tuple[str, ...]]  # its characters, and the kind of each


def rewrite(case: Case, write: Callable[[list[Line]], Iterator[Line]]) -> Case:
    lines: list[Line] = []
    at = 0
    for line in case.text.split("\n"):
        lines.append((line, case.kinds[at : at + len(line)]))
        at += len(line) + 1
    text, kinds = [], []
    for line, of in write(lines):
        text.append(line)
        kinds += [*of, "story"]
    return Case(case.name, "\n".join(text), tuple(kinds[:-1]))


def filled(lines: list[Line]) -> Iterator[Line]:
    """Lines of at most `WIDTH` columns, as mail programs fill them."""
    for line, kinds in lines:
        at = 0
        while len(line) - at > WIDTH:
            cut = line.rfind(" ", at, at + WIDTH + 1)
            cut = cut if cut > at else line.find(" ", at)
            if cut < 0:
                break
            yield line[at:cut], kinds[at:cut]
            at = cut + 1
        yield line[at:], kinds[at:]


def without_blank_lines(lines: list[Line]) -> Iterator[Line]:
    return (line for line in lines if line[0].strip())


def with_more_blank_lines(lines: list[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        if not line[0].strip():
            yield "", ()


def with_blanks_behind(lines: list[Line]) -> Iterator[Line]:
    return ((line + "  ", (*kinds, "story", "story")) if line.strip() else (line, kinds) for line, kinds in lines)


def indented(lines: list[Line]) -> Iterator[Line]:
    return (("   " + line, ("story",) * 3 + kinds) if line.strip() else (line, kinds) for line, kinds in lines)
