"""What is masked, read off the page: in each text the masked stretches stand between ⟦ and ⟧."""

from __future__ import annotations

import re

import pytest

from transforms.narration import mask
from transforms.narration.labels import REASONS

PAGES = {
    "straight": 'He laughed. ⟦"Not today,"⟧ he said, ⟦"and not here."⟧ She left.',
    "curly": "⟦“Stop,”⟧ said Ann. ⟦“Please.”⟧",
    "german": "⟦„Halt“⟧, said Ann. ⟦„Wait“⟧, said Bo.",
    "pointing in": "⟦»Halt,«⟧ said Ann. ⟦»Wait,«⟧ said Bo.",
    "french": "⟦« Halt »⟧, said Ann. ⟦« Wait »⟧, said Bo.",
    "corner": "⟦「Halt」⟧ said Ann. ⟦『Wait』⟧ said Bo.",
    "single, contractions": "⟦'I don't know 'em,'⟧ said Ann. ⟦'They're the boys' dogs.'⟧ She didn't look up. ⟦'Ask Bo.'⟧",
    "single, curly": "⟦‘I don’t,’⟧ said Ann. ⟦‘You do,’⟧ said Bo, and it wasn’t a question. ⟦‘You’ve always.’⟧",
    "apostrophes alone": "The dogs' bowls weren't empty, and 'twas cold. Rock 'n' roll. He'd gone.",
    "inches": 'He was 6\'2" tall and the plank was 4" wide. She measured it.',
    "unclosed, a tag tells": '⟦"We should go, ⟧said Ann, and she went. ⟦"Now,"⟧ she added.',
    "unclosed, to the paragraph's end": '⟦"We should go.⟧\n\nShe went.',
    "speech over paragraphs": "⟦“I came home.⟧\n\n⟦“I sat down.”⟧\n\nHe stopped.",
    "opened once, closed paragraphs on": "⟦“I came home.⟧⟦\n\nI sat down.”⟧\n\nHe stopped.",
    "closing mark alone": '⟦I know that,"⟧ said Ann.',
    "one lost break turns nothing inside out": '⟦"A,"⟧ he said. ⟦"B."⟧ She nodded. He sat. ⟦"C,"⟧ she said. They ate.',
    "thoughts": "He waited. ⟦*I could just leave.*⟧ He *really* waited. ⟦_I could go home now._⟧",
    "headline": "He read it.\n\n⟦MAN BITES DOG⟧\n\nHe put it down.",
    "dashes": "⟦—Come in, ⟧said Ann.\n\nHe came in.\n\n⟦—Sit down.⟧\n\nHe sat.\n\n⟦—Well?⟧\n\nHe said nothing.",
    "dashes with tags inside": "⟦—Come —⟧said Ann⟦—. I have soup.⟧\n\n⟦—I ate —⟧he said, and sat.\n\n⟦—Eat.⟧",
    "scene break": "He left.\n\n⟦* * *⟧\n\nShe stayed.",
    "lyrics": "She hummed.\n\n⟦over the water and over the hill\nthe mill wheel is turning\nthe miller is still⟧\n\nShe stopped.",
    "letter": "He opened it.\n\n⟦Dear Ann,\n\nI am well.\n\nYours,\nBo⟧\n\nHe closed it.",
    "messages": "She looked.\n\n⟦**Kim** 7:02 AM⟧\n⟦are you up⟧\n\nShe put it down.",
}


def marked(text: str) -> str:
    out, at = [], 0
    for span in mask(text):
        out += [text[at : span.start], "⟦", text[span.start : span.end], "⟧"]
        at = span.end
    return "".join([*out, text[at:]])


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str):
    assert marked(re.sub("[⟦⟧]", "", PAGES[name])) == PAGES[name]


def test_lost_breaks_cost_only_what_they_touch():
    page = '"I know," said Ann. She sat down.\n\n"You do not," said Bo. He stood.\n\nIt rained. "Well," said Ann.'
    joined = page.replace("\n\n", " ")
    assert marked(joined) == marked(page).replace("\n\n", " ")


def test_reasons_are_the_documented_ones():
    assert {span.reason for text in PAGES.values() for span in mask(re.sub("[⟦⟧]", "", text))} <= set(REASONS)
