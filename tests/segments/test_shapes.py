"""Lines that are breaks, end markers, headings, markers of notes and furniture by their own shape, and lines that are not."""

# ruff: noqa: E501  (samples)
import json
from pathlib import Path

import pytest

from transforms.segments.breaks import is_break, is_chant, is_flashback_mark, is_word_break
from transforms.segments.endings import end_mark
from transforms.segments.furniture import furniture
from transforms.segments.headings import heading_at, number_value
from transforms.segments.landmarks import notes_label
from transforms.segments.markers import marker_at
from transforms.segments.menus import is_row_of_parts
from transforms.segments.narrators import pov_at
from transforms.segments.postings import is_cut_text

SHAPES = json.loads((Path(__file__).parent / "shapes.json").read_text(encoding="utf-8"))


def is_heading(line):
    heading = heading_at(line)
    return heading is not None and heading.certain


TESTS = {
    "break": is_break, "word_break": is_word_break, "flashback": is_flashback_mark, "end": lambda line: end_mark(line) >= 0.8, "heading": is_heading,
    "chant": is_chant, "cut": is_cut_text, "notes_label": lambda line: notes_label(line) != "", "furniture": lambda line: furniture(line) >= 1, "button": lambda line: furniture(line) > 0,
}  # fmt: skip


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, lines in SHAPES.items() for line in lines])
def test_shape(name, line):
    assert TESTS[name.removeprefix("no_")](line) is not name.startswith("no_")


@pytest.mark.parametrize(
    ("line", "strength"),
    [("A/N: hi", 6), ("**A/N**", 6), ("Author's Note", 4), ("Anna's Author's Notes:", 4), ("T/N: in the original", 6), ("От автора: привет", 6), ("Nota de la autora: hola", 6),
     ("作者有话要说：", 6), ("Anmerkung der Autorin: hallo", 6), ("(AN: short)", 6), ("NdA : bonjour", 6), ("N/A: gomen", 6)],
)  # fmt: skip
def test_certain_markers(line, strength):
    assert marker_at(line).strength >= strength


@pytest.mark.parametrize(
    "line",
    [
        "An old man",
        "The author's notes were lost in the fire.",
        "Anchor: none",
        '"A/N," he said',
        "Notes fluttered down",
        "Warning shots rang out",
    ],
)
def test_no_markers(line):
    assert marker_at(line) is None


def test_closing_markers():
    assert marker_at("**end A/N**").closing
    assert marker_at("~*~End A/N~*~").closing


@pytest.mark.parametrize(
    ("written", "value"),
    [("3", 3), ("iv", 4), ("XL", 40), ("twenty-one", 21), ("thirty two", 32), ("1.2", 1.002), ("Nine", 9), ("qwerty", None)],
)
def test_numbers(written, value):
    assert number_value(written) == value


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Clarke's POV", "Clarke"),
        ("~Mira's Point of View~", "Mira"),
        ("POV: Harry Potter", "Harry Potter"),
        ("Normal POV", ""),
        ("She had a point", None),
    ],
)
def test_points_of_view(line, name):
    assert pov_at(line) == name


@pytest.mark.parametrize(
    "line",
    ["← Previous Chapter Next Chapter →", "Like 214", "3,118 notes", "1.2K reads 88 votes 14 comments", "Report Reply", "(Read the rest of this entry »)", "End file.",
     "14 comments | Leave a comment | Share | Flag | Link", "You must log in or register to reply here.", "See the end of the chapter for notes", "A+ A- Full 3/4 1/2 Expand Tighten"],
)  # fmt: skip
def test_furniture(line):
    assert furniture(line) == 1


@pytest.mark.parametrize(
    "line",
    [
        '"Log in," she said.',
        "He would like this very much.",
        "*Log in to reply · Share · Report this post*",
        "The next chapter of his life began.",
    ],
)
def test_no_furniture(line):
    assert furniture(line) == 0


@pytest.mark.parametrize("line", ["Part One | Part Two", "<< Part 1 | Master Post | Part 3 >>", "[Part One] [Part Two] [Epilogue]", "→ Part Two", "Chapters: 1 | 2 | 3"])
def test_rows_of_links_to_parts(line):
    assert is_row_of_parts(line)


@pytest.mark.parametrize("line", ["Chapter One | Part Two", "02 | blue paint", "1/3", "Chapter 3 - 4", "Part 3 - One", "one, two", "Chapters: 2/2"])
def test_what_is_no_row_of_parts(line):
    assert not is_row_of_parts(line)
