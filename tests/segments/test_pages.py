"""The templates of `pages.txt`: each can be read, says what it says, and matches no line of any marked story."""

import re
from importlib.resources import files

import pytest

from tests.segments.cases import MARKED, read_folders
from transforms.segments import pages, split

TEMPLATES = [
    line
    for line in files("transforms.segments").joinpath("pages.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
VALUES = {
    "n": "12", "name": "gull_watcher", "names": "plum, otterly and 3 others", "user": "Gull Watcher", "word": "likes",
    "bar": " | ", "text": "the last ferry", "*": "",
    "date": "March 4, 2011", "time": "10:42 pm", "ago": "3 days ago", "rule": "-----",
}  # fmt: skip
THEFT = [
    "If you come across this tale on Amazon, note that it has been stolen from Royal Road. Please report it.",
    "This narrative has been purloined without the author's approval. Report any appearances on Amazon.",
    "A case of literary theft: this tale is not rightfully on Amazon; if you see it, report the violation.",
]
NO_THEFT = [
    '"They stole my book and put it on Amazon," she said. "I want to report it."',
    "If you see this on Amazon, I didn't put it there, so please report it for me!",
    "The book had been stolen from the Royal Road house, and nobody had reported it.",
]


def filled(template: str) -> str:
    """A line that a template describes: the first of its choices, its places filled."""
    line = template.removeprefix("~")
    while (inner := re.search(r"\{([^{}]*)\}", line)) is not None:
        said = inner.group(1)
        line = line[: inner.start()] + (VALUES[said] if said in VALUES else said.split("|")[0]) + line[inner.end() :]
    return line


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_matches_what_it_describes(template):
    line = filled(template).strip().lower()
    assert pages.proof(line) >= (pages.WEAK if template.startswith("~") else pages.CERTAIN)


def test_no_template_is_there_twice():
    assert len(set(TEMPLATES)) == len(TEMPLATES)


@pytest.mark.parametrize("template", ["{nobody} said", "a {n", "{a|b"])
def test_a_wrong_template_is_refused(template):
    with pytest.raises(ValueError, match=r"brace|place"):
        pages.pattern_of(template)


def test_stories_hold_nothing_certain_but_pages_of_their_own():
    found = set()
    for _, case in read_folders(*MARKED):
        at = 0
        for line in case.text.split("\n"):
            kinds = {case.kinds[k] for k in range(at, at + len(line)) if not line[k - at].isspace()}
            at += len(line) + 1
            if kinds == {"story"} and pages.proof(line.strip().lower()) == pages.CERTAIN:
                found.add(case.name)
    assert found <= SCREENS


# Stories in which somebody looks at a page.
SCREENS = {"u018", "u019"}


@pytest.mark.parametrize("line", THEFT)
def test_a_word_against_thieves_is_the_sites(line):
    assert pages.is_theft_notice(line)
    story = "The ferry left at six.\n\n" + line + "\n\nNobody was on it but the goose."
    assert [segment.kind for segment in split(story)] == ["story", "boilerplate", "story"]


@pytest.mark.parametrize("line", NO_THEFT)
def test_others_speak_of_theft_too(line):
    assert not pages.is_theft_notice(line)
