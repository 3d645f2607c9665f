"""The fitted models of segments: what they are asked, and that their weights and samples are whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.segments.cases import parse
from transforms.segments import edges, likeness, setoff, split, wording
from transforms.segments.body import Body, Item
from transforms.segments.dresses import find_dresses
from transforms.segments.edges import Place
from transforms.segments.layout import Paragraph, lay_out
from transforms.segments.markers import marker_at
from transforms.segments.shapes import Label
from transforms.segments.voices import Voice

ROOT = Path(__file__).parents[2]
NARRATION = (
    "The lamp had gone out and nobody had noticed, and she went down the stairs with one hand on the wall.",
    '"You took your time," said the old man, and he moved his chair nearer to the stove.',
    "Rain came over the roofs. He turned the key twice, as his father had done, and listened at the door.",
)


def body_of(*texts: str, gap: int = 1) -> Body:
    items = [Item(Paragraph(k, text, gap)) for k, text in enumerate(texts)]
    return Body(items, 1, lambda: Voice(words=200))


@pytest.mark.parametrize(
    "text",
    (
        "I moved the wedding to June because the show never says when it was.",
        "No idea where this came from, I was supposed to be revising for my exams.",
        "For my sister, who wanted more of the aunt.",
    ),
)
def test_words_of_an_author_lean_to_notes(text):
    assert wording.lean(text) > 0 > max(map(wording.lean, NARRATION))


def test_names_and_numbers_are_one_word_each():
    assert wording.tokens("He met Ada Marsh on the 14th.") == ["^", "he", "met", "nm", "nm", "on", "the", "0", "th"]
    assert wording.features("my brother") == {"my", "brother", "^ my", "my brother"}


def test_a_head_note_is_cut_and_narration_is_not():
    note = "I wrote this on the train home and I have not checked it for typos, sorry! Please tell me what you think."
    cut = edges.cut_head(body_of(note, *NARRATION, *NARRATION), Place(whole=True))
    assert (cut.size, cut.certain) == (1, True) and cut.confidence > 0.9
    assert not edges.cut_head(body_of(*NARRATION, *NARRATION), Place(whole=True)).certain
    assert not edges.cut_tail(body_of(*NARRATION, *NARRATION), Place(whole=True)).certain


def test_candidates_grow_from_the_edge():
    texts = ("Sorry for the wait!", "My cat is fine again.", *NARRATION)
    heads = list(edges.head_candidates(body_of(*texts), Place()))
    assert [candidate.size for candidate in heads] == sorted({candidate.size for candidate in heads})
    assert all(candidate.size < len(texts) for candidate in heads)  # all of it is a candidate only where its place allows


@pytest.mark.parametrize(("line", "shape"), (("~ Clarke ~", "~ Aa ~"), ("3/10", "9/9"), ("THE END", "A A"), ("one two", "a a")))
def test_shapes(line, shape):
    assert likeness.mask(line) == shape


def test_lines_of_prose_stay_text():
    text = "\n\n".join((*NARRATION * 3, "No.", "She waited.", *NARRATION))
    assert {segment.kind for segment in split(text)} == {"story"}


@pytest.mark.parametrize("name", ("wording.tsv", "edges.tsv", "likeness.tsv", "asides.tsv"))
def test_weights_are_numbers(name):
    path = ROOT / "transforms" / "segments" / name
    rows = [row for row in path.read_text(encoding="utf-8").split("\n") if row and not row.startswith("# ")]
    assert len(rows) > 100
    assert all(abs(float(row.rsplit("\t", 1)[1])) < 50 for row in rows)


@pytest.mark.parametrize(
    "remark",
    (
        "(ok so i know there's no bells in the book lol, let me have this)",
        "~ omg i can't believe i finally wrote this scene, i'm so sorry!! ~",
        "<-- this is where i had to stop for a week bc of exams",
    ),
)
def test_a_remark_of_the_author_is_told_from_the_story_round_it(remark):
    text = "\n\n".join((*NARRATION, remark, *NARRATION))
    assert [text[s.start : s.end].strip() for s in split(text) if s.kind == "note"] == [remark]


@pytest.mark.parametrize(
    "line",
    (
        "(It was a good lamp. It had been in the family for as long as the stairs.)",
        "~O the miller's gone to market and his mill has gone to sea~",
        "<Somebody is on the stairs,> thought the ship.",
    ),
)
def test_what_a_narrator_sets_off_stays_story(line):
    assert {segment.kind for segment in split("\n\n".join((*NARRATION, line, *NARRATION)))} == {"story"}


def test_brackets_in_brackets_are_one_candidate():
    line = "He sat down. [yes he's tired [he was up all night] ok] Then he got up."
    (found,) = setoff.find_others(lay_out(line, ()), [None], [False])
    assert (found.dress, found.place, line[found.start : found.end]) == ("[", "between", line[13:54])


def test_samples_and_layouts_can_be_read():
    notes = ROOT / "bench" / "notes"
    for path in sorted(notes.glob("*.txt")):
        kinds = set(re.findall(r"^% (\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE))
        assert kinds <= ({"front", "end", "mid"} if path.name.startswith("notes") else {"opening", "ending", "whole"}), path.name
    marked = [path for folder in ("layouts", "asides") for path in sorted((ROOT / "bench" / folder).glob("*.txt"))]
    for path in marked:
        for piece in re.split(r"^%%% .*\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            case = parse(path.stem, piece)
            assert set(case.kinds) <= set(likeness.KINDS), path.name
            assert not re.search(r"\[\[/?[a-z_]+\]\]", case.text), path.name


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("=> soup first!!\n\nHe came in.\n\nHe sat.\n\n* * *\n\nShe left.\n\nIt rained.\n\n=> told you", ("=>",)),
        ("=> soup first!!\n\nHe came in.\n\nHe sat.\n\n* * *\n\nShe left.\n\nIt rained.", ()),  # once
        ("=> go north\n\nHe went.\n\n=> look\n\nHe looked.\n\nIt was dark.\n\n=> wait", ()),  # inside too
        ("* rice\n\n* milk\n\n* honey", ()),  # all of it
    ],
)
def test_signs_that_begin_notes_stand_at_edges_only(text, signs):
    lines = text.split("\n")
    labels = [Label("break", "break.symbols", 0.9) if line == "* * *" else None for line in lines]
    assert find_dresses(lines, [not line for line in lines], labels) == signs


def test_a_text_without_line_breaks_is_cut_at_sentences():
    note = "Hi you guys!! Sorry that this chapter took so long, I had exams. Please review!"
    things = ("lamp", "rope", "oar", "net", "kettle", "ladder", "saw", "bucket")
    story = " ".join(
        f"The {thing} went over the side. Mara did not look round, and no {thing} came up again." for thing in things
    )
    found = split(f"{note} {story}")
    assert [segment.kind for segment in found] == ["note"] + ["story"] * (len(found) - 1)
    assert f"{note} {story}"[: found[0].end].strip() == note


def test_a_note_is_parted_from_the_story_in_its_paragraph():
    story = "\n\n".join(
        f"He carried the {thing} down to the boat and came back for the next, and the rain went on."
        for thing in ("lamp", "rope", "oar", "net")
    )
    last = "Nobody had counted the steps but Anna, and she did not tell."
    note = "OMG you guys what did you think?? Please review, the next chapter is up on Friday if my laptop lives!!"
    text = f"{story}\n\n{last} {note}\n"
    found = split(text)
    assert [text[segment.start : segment.end].strip() for segment in found if segment.kind == "note"] == [note]


def test_an_empty_line_is_no_marker():
    assert marker_at("") is None
    assert marker_at("**Notes before we start**") is not None
    assert marker_at("Notes before we start were taken by nobody.") is None
