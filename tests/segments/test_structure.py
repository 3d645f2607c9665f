"""What needs the whole document to be seen: titles in no dress, names by turns, the lines of chats, sites and tools."""

import pytest

from transforms.segments import split

PROSE = (
    "The harbour lay under fog, and the bell on the breakwater had been ringing since four that morning.",
    '"You could have waited," said Maren, and she set the lamp down on the step between them.',
    "Tobin looked at his boots. He had walked from Hask with the letter inside his coat.",
    "Nobody spoke for a while. A gull came down on the rail and considered them with one eye.",
    '"It says that he is alive," he told her at last. "It does not say where."',
    "She took it from him and held it up to the light, though there was hardly any ink left to read.",
    "The ferry came in late. Two men and a goat got off it, and the goat seemed pleased.",
    "Tobin counted the steps to the chandler's door, and there were still forty-one of them.",
)
HEADER = "The Salt Letter\nby gullwing\nFandom: Black Sails\nRating: T"


def kind_of(text: str, line: str) -> str:
    at = text.index(f"\n{line}\n") + 1
    kinds = {segment.kind for segment in split(text) if segment.start < at + len(line) and segment.end > at}
    return kinds.pop() if len(kinds) == 1 else "mixed"


def sections(*headings: str, header: str = HEADER) -> str:
    size = len(PROSE) // len(headings)
    parts = [header]
    for at, heading in enumerate(headings):
        parts += [heading, *PROSE[at * size : (at + 1) * size]]
    return "\n" + "\n\n".join(parts) + "\n"


@pytest.mark.parametrize(
    "headings",
    [
        ("How to Use This Book", "Of Bells and Breakwaters", "A Note on the Goat"),
        ("MAREN", "TOBIN", "MAREN", "TOBIN"),
        ("Maren", "Tobin", "Maren", "Tobin"),
        ("- maren -", "- tobin -", "- maren -", "- tobin -"),
        ("❀ one ❀ the harbour", "❀ two ❀ the ferry"),
        ('Day 1: "Do not open it"', 'Day 2: "Where is the goat?"'),
        ("~Chappie 1~", "~Chappie 2~"),
    ],
)
def test_headings_of_a_document(headings):
    text = sections(*headings)
    assert [kind_of(text, heading) for heading in headings] == ["heading"] * len(headings)


def test_a_first_heading_in_the_dress_of_others_is_no_title():
    text = sections("*~The Bell~*", "*~The Goat~*", header="")
    assert kind_of(text, "*~The Bell~*") == kind_of(text, "*~The Goat~*") == "heading"


def test_rules_below_titles_are_theirs():
    text = sections("The Bell\n--------", "The Goat\n--------")
    assert kind_of(text, "The Goat") == kind_of(text, "--------") == "heading"


@pytest.mark.parametrize("days", [("1 September", "2 November"), ("Five years ago", "Now"), ("March 1", "April 2")])
def test_days_and_times_are_story(days):
    text = sections(*days)
    assert {kind_of(text, day) for day in days} == {"story"}


def test_lines_of_a_chat_program_are_the_storys():
    said = [f"<{name}> {line}" for name, line in zip(("maren", "tobin") * 4, PROSE, strict=True)]
    text = "\n" + "\n\n".join([HEADER, *said[:4], "*** goat has joined #harbour", *said[4:], "*** goat has quit (fog)"]) + "\n"
    assert kind_of(text, "*** goat has joined #harbour") == kind_of(text, "*** goat has quit (fog)") == "story"


def test_the_last_line_in_ornaments_ends_the_story():
    text = "\n" + "\n\n".join([HEADER, *PROSE, "*~ all ashore ~*", "A/N: Thank you for reading! Reviews are love."]) + "\n"
    assert kind_of(text, "*~ all ashore ~*") == "end_marker"


def test_what_a_site_says_of_rights_is_its_own():
    said = "Disclaimer: All publicly recognizable characters are the property of their respective owners."
    text = "\n" + "\n\n".join([HEADER, *PROSE, f"Back to index\n{said}\nThis story archived at http://www.example.org/"]) + "\n"
    assert kind_of(text, said) == "boilerplate"
    own = "Disclaimer: I own none of them, and the goat least of all."
    text = "\n" + "\n\n".join([HEADER, *PROSE, f"{own}\nThis story archived at http://www.example.org/"]) + "\n"
    assert kind_of(text, own) != "boilerplate"


def test_a_summary_by_its_place():
    blurb = "Maren has a lamp and a letter. Tobin has neither, and it rains."
    note = "The characters belong to somebody else. I only keep them up past their bedtime, so please be kind."
    text = "\n" + "\n\n".join([HEADER, blurb, note, "Chapter 1", *PROSE]) + "\n"
    assert kind_of(text, blurb) == "summary"
    assert kind_of("\n" + "\n\n".join([HEADER, PROSE[0], "* * *", *PROSE]) + "\n", PROSE[0]) == "story"


def test_commands_of_a_game_are_its_own():
    commands = ["> LOOK", "> GO HOME", "> SHARE"]
    text = "\n" + "\n\n".join(line for pair in zip(commands, PROSE, strict=False) for line in pair) + "\n"
    assert {kind_of(text, command) for command in commands} == {"story"}


def test_kisses_and_signatures_are_notes():
    end = "Thank you for reading, please review!\n\nLots of love,\nGullwing\nxxxxx"
    assert kind_of("\n" + "\n\n".join([HEADER, *PROSE, "***", end]) + "\n", "xxxxx") == "note"


def test_a_by_line_amid_the_story_is_an_articles():
    article = "**LOCAL GOAT FOUND**\nBy Maren Hask\nJune 4"
    text = "\n" + "\n\n".join([HEADER, *PROSE[:4], article, *PROSE[4:]]) + "\n"
    assert kind_of(text, "By Maren Hask") == "story"


def test_numbers_in_bold_need_no_more_than_a_paragraph_each():
    parts = [HEADER, "**1. The Bell**", PROSE[0], "**2. The Goat**", PROSE[1], "**3. The Ferry**", *PROSE[2:]]
    text = "\n" + "\n\n".join(parts) + "\n"
    assert kind_of(text, "**2. The Goat**") == kind_of(text, "**3. The Ferry**") == "heading"
